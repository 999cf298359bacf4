//! `maxis promo …`, `maxis giveaway …` and `maxis config set …`: what is typed there is read by the grammar of the sentences, behind the
//! few words that a sentence would need in their place.

use super::line::Line;
use super::wanted::Beside;
use super::{lists, said, settings};
use crate::commands::dispatch::Cx;
use crate::domain::decisions::{Intent, Understood};
use crate::kernel::Result;
use crate::kernel::reply::Reply;
use crate::kernel::text::folded;

/// Words that end what they stand before.
const ENDS: &[&str] =
    &["stop", "end", "fin", "finir", "arrete", "arreter", "termine", "terminer", "coupe", "stoppe", "cancel", "annule"];
/// Words that would end a giveaway without a draw, or put it off: commands of Maxis do.
const CANCELS: &[&str] = &[
    "cancel",
    "annule",
    "annuler",
    "delete",
    "supprime",
    "supprimer",
    "remove",
    "pause",
    "extend",
    "prolonge",
    "prolonger",
];
/// Words that draw anew.
const REROLLS: &[&str] = &["reroll", "remplacer", "remplace", "retirage", "redraw"];
/// Words that ask for the list.
const LISTS: &[&str] = &["list", "liste", "lister"];
/// Words that set.
const SETS: &[&str] = &["set", "mettre", "mets", "change", "changer", "regler", "definir"];

fn cut(details: &str) -> (String, &str) {
    let (first, rest) = details.split_once(char::is_whitespace).unwrap_or((details, ""));
    (folded(first), rest.trim())
}

/// A number as a sentence has it.
fn numbered(rest: &str) -> String {
    let number = rest.trim_start_matches('#');
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { format!("#{number}") } else { rest.to_owned() }
}

/// Answers `maxis promo …`.
pub(super) async fn promo(cx: &mut Cx<'_>, line: &Line, details: &str) -> Result<Reply> {
    let (first, rest) = cut(details);
    if first.is_empty() || LISTS.contains(&first.as_str()) {
        return lists::promotions(cx).await;
    }
    if !ENDS.contains(&first.as_str()) {
        return said::typed(cx, line, &format!("promo {details}"), Beside::default()).await;
    }
    // Where neither a number nor a target is in it, it is a code: what isn't known stops nothing.
    let names_something = |understood: &Understood| {
        let slots = &understood.slots;
        rest.is_empty() || slots.reference.is_some() || slots.target.is_some() || slots.code.is_some()
    };
    let sentence = format!("stop promo {}", numbered(rest));
    let understood = match said::read(cx, line, &sentence).await {
        Ok(understood) => understood,
        Err(why) => return Ok(super::failed(&cx.say, why)),
    };
    let sentence = if understood.intent != Intent::PromoStop || names_something(&understood) {
        sentence
    } else {
        format!("stop promo code {rest}")
    };
    said::typed(cx, line, &sentence, Beside::default()).await
}

/// Answers `maxis giveaway …`.
pub(super) async fn giveaway(cx: &mut Cx<'_>, line: &Line, details: &str) -> Result<Reply> {
    let (first, rest) = cut(details);
    if first.is_empty() || LISTS.contains(&first.as_str()) {
        return lists::giveaways(cx).await;
    }
    if CANCELS.contains(&first.as_str()) {
        return said::typed(cx, line, &format!("{first} giveaway {}", numbered(rest)), Beside::default()).await;
    }
    if ENDS.contains(&first.as_str()) {
        return said::typed(cx, line, &format!("end giveaway {}", numbered(rest)), Beside::default()).await;
    }
    if REROLLS.contains(&first.as_str()) {
        let (number, why) = cut(rest);
        let beside = Beside { channel: None, words: why, is_reason: true };
        return said::typed(cx, line, &format!("reroll giveaway {}", numbered(&number)), beside).await;
    }
    let (sentence, channel) = said::channel(details);
    let beside = Beside { channel, ..Beside::default() };
    said::typed(cx, line, &format!("giveaway {sentence}"), beside).await
}

/// Answers `maxis config …`.
pub(super) async fn config(cx: &mut Cx<'_>, line: &Line, details: &str) -> Result<Reply> {
    let (first, rest) = cut(details);
    if SETS.contains(&first.as_str()) {
        return said::typed(cx, line, &format!("config set {rest}"), Beside::default()).await;
    }
    if first.is_empty() || LISTS.contains(&first.as_str()) {
        return settings::command(cx, "").await;
    }
    if rest.is_empty() || settings::is_named(cx, details) {
        return settings::command(cx, details).await;
    }
    // A key and a value, as the manual has it.
    said::typed(cx, line, &format!("config set {details}"), Beside::default()).await
}
