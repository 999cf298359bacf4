//! A sentence of an operator: by `!shellia …`, by mention, in direct messages, or by a button that answers what Shellia asked.
//!
//! It is understood by the grammar over the shop's own names, after what was said in the same channel a moment ago. Questions are
//! answered; what wants something done goes to [`super::wanted`]; nothing else is followed. What is typed behind `maxis promo` and its
//! like is read by the same grammar, by itself.

use super::line::Line;
use super::wanted::{self, Beside};
use super::{ask, asker, failed, figures, orders};
use crate::app::Bot;
use crate::commands::args::Args;
use crate::commands::dispatch::Cx;
use crate::commands::spec::{Opt, Spec, Type};
use crate::control::{self, Catalogue, Failed};
use crate::domain::analytics;
use crate::domain::decisions::{self, Grammar, Intent, PlanName, Reason, Said, Speaker, Understood, Verdict};
use crate::kernel::reply::{Reply, Visibility};
use crate::kernel::text::{folded, shorten};
use crate::kernel::{ChannelId, Currency, Rank, Result};
use futures_util::FutureExt;

/// How much of an answer is remembered: the number of a plan stands at its beginning.
const HEARD_MAX: usize = 300;

pub(super) static SHELLIA: Spec = Spec {
    name: "shellia",
    bot: Bot::Shellia,
    rank: Some(Rank::Operator),
    visibility: Visibility::Public,
    bare: Some("shellia_help"),
    options: &[Opt::required("sentence", Type::Body)],
    // A short sentence with one of the words that stop everything: what it means is looked at once it is heard.
    urgent: |call| {
        let words: Vec<String> = super::words(call).take(URGENT_WORDS + 1).map(folded).collect();
        words.len() <= URGENT_WORDS && words.iter().any(|word| STOPS.iter().any(|stop| word.starts_with(stop)))
    },
    run: |cx, args| run(cx, args).boxed(),
    ..Spec::BASE
};

/// The most words of what is heard whatever else was asked before.
const URGENT_WORDS: usize = 14;
/// How words begin that may stop everything.
const STOPS: [&str; 29] = [
    "stop",
    "stp0p",
    "st0p",
    "arret",
    "coupe",
    "halt",
    "kill",
    "pause",
    "freeze",
    "turn",
    "shut",
    "switch",
    "disable",
    "desactiv",
    "annul",
    "cancel",
    "suspen",
    "gel",
    "bloqu",
    "abort",
    "pani",
    "mayday",
    "cess",
    "urgence",
    "emergency",
    "eteins",
    "debranch",
    "interromp",
    "off",
];

async fn run(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let text = args.body("sentence")?.as_str().to_owned();
    // The answer is in the language of the sentence, that of Maxis included.
    if let Some(locale) = super::tongue::of(&text) {
        cx.say = cx.app.words.speak(locale);
    }
    let line = Line::of(cx, None);
    // What stops everything is heard before anybody is asked for the shop's names, none of which may stand in its way.
    if stops(cx, &text) {
        let reply = super::halt::stop(cx, line.at.as_deref()).await?;
        heard(cx, text, &reply);
        return Ok(reply);
    }
    let shop = match shop(cx, None).await {
        Ok(shop) => shop,
        Err(why) => return Ok(failed(&cx.say, why)),
    };
    let (bare, named) = channel(&text);
    let before = cx.app.guilds.talks.before(cx.channel, cx.user, cx.now);
    let grammar = grammar_of(&shop);
    let mut understood = grammar.understand(&text, &before, cx.now);
    if named.is_some() && matches!(understood.intent, Intent::GiveawayCreate | Intent::None) {
        // Where a giveaway is announced is no word of its prize.
        understood = grammar.understand(&bare, &before, cx.now);
    }
    let beside = Beside { channel: named, words: &text, is_reason: false };
    let reply = followed(cx, &line, (&understood, &shop), beside).await?;
    heard(cx, text, &reply);
    Ok(reply)
}

/// What is typed behind a topic, read by the grammar without what was said before.
pub(super) async fn typed(cx: &mut Cx<'_>, line: &Line, text: &str, beside: Beside<'_>) -> Result<Reply> {
    let shop = match shop(cx, line.at.as_deref()).await {
        Ok(shop) => shop,
        Err(why) => return Ok(failed(&cx.say, why)),
    };
    let understood = grammar_of(&shop).understand(text, &[], cx.now);
    let mut reply = followed(cx, line, (&understood, &shop), beside).await?;
    if line.at.is_none() {
        heard(cx, text.to_owned(), &reply);
    } else {
        // A sentence is for the first Maxis: what follows on from another's is typed whole.
        reply.buttons.retain(|button| button.action.command != SHELLIA.name);
    }
    Ok(reply)
}

/// How a text is understood by itself.
///
/// # Errors
/// Why Maxis could not be asked for the shop's names.
pub(super) async fn read(cx: &mut Cx<'_>, line: &Line, text: &str) -> Result<Understood, Failed> {
    Ok(grammar_of(&shop(cx, line.at.as_deref()).await?).understand(text, &[], cx.now))
}

async fn followed(
    cx: &mut Cx<'_>,
    line: &Line,
    (understood, shop): (&Understood, &Catalogue),
    beside: Beside<'_>,
) -> Result<Reply> {
    let decides = matches!(understood.intent, Intent::Approve | Intent::Reject);
    match (understood.verdict, understood.slots.reference.and_then(|number| i64::try_from(number).ok())) {
        (Verdict::Answer, _) if !matches!(understood.intent, Intent::Pending | Intent::Audit) => {
            figures::answer(cx, understood, shop).await
        }
        (Verdict::Answer | Verdict::Plan | Verdict::Act, _) => {
            wanted::wanted(cx, line, (understood, shop), beside).await
        }
        // A plan that is only pointed to is shown with its buttons.
        (Verdict::Ask, Some(number)) if decides && understood.reason != Some(Reason::TwoValues) => {
            let why = understood.reason.map(|_| ask::back(cx, &cx.say, understood, shop).text);
            let mut one = orders::one(cx, line, number).await?;
            one.text = [why.unwrap_or_default(), one.text].join("\n").trim().to_owned();
            Ok(one)
        }
        (Verdict::Ask, _) if decides => {
            let asked = ask::back(cx, &cx.say, understood, shop);
            let mut list = orders::pending(cx, line).await?;
            list.text = [asked.text, list.text].join("\n").trim().to_owned();
            Ok(list)
        }
        (Verdict::Ask | Verdict::Refuse | Verdict::Ignore, _) => Ok(ask::back(cx, &cx.say, understood, shop)),
    }
}

/// Whether a sentence stops everything, whatever is sold.
fn stops(cx: &Cx<'_>, text: &str) -> bool {
    let zone = analytics::zone(&cx.guild.time_zone);
    let nameless = decisions::Catalogue::new(Vec::new(), Vec::new(), Currency::EUR, 0);
    let understood = Grammar::new(nameless, zone).understand(text, &[], cx.now);
    (understood.verdict, understood.intent) == (Verdict::Act, Intent::StopAll)
}

fn heard(cx: &Cx<'_>, text: String, reply: &Reply) {
    let talks = &cx.app.guilds.talks;
    talks.hear(cx.channel, cx.user, cx.now, Said { from: Speaker::Operator, text });
    let told = Said { from: Speaker::Controller, text: shorten(&reply.text, HEARD_MAX) };
    talks.hear(cx.channel, cx.user, cx.now, told);
}

/// A text without the channel that it names (Discord, "Message formatting"), and the channel.
pub(super) fn channel(text: &str) -> (String, Option<ChannelId>) {
    let found = text.split_once("<#").and_then(|(before, rest)| {
        let (id, after) = rest.split_once('>')?;
        Some((before, id.parse().ok()?, after))
    });
    let Some((before, id, after)) = found else { return (text.to_owned(), None) };
    let mut words: Vec<&str> = before.split_whitespace().collect();
    if words.last().is_some_and(|word| matches!(*word, "dans" | "in" | "sur" | "on" | "salon" | "channel")) {
        words.pop();
    }
    words.extend(after.split_whitespace());
    (words.join(" "), Some(id))
}

/// What the shop sells, as Maxis told it a moment ago; `at`: of the one that was named, who is asked each time.
///
/// # Errors
/// Why he could not be asked.
pub(super) async fn shop(cx: &mut Cx<'_>, at: Option<&str>) -> Result<Catalogue, Failed> {
    let talks = &cx.app.guilds.talks;
    if at.is_some() {
        return control::catalogue(&*cx.peer, asker(cx)).await;
    }
    if let Some(kept) = talks.shop(cx.guild.id, cx.user, cx.now) {
        return Ok(kept);
    }
    let shop = control::catalogue(&*cx.peer, asker(cx)).await?;
    talks.keep_shop(cx.guild.id, cx.user, cx.now, shop.clone());
    Ok(shop)
}

/// The grammar over the shop's own names, in its time zone.
///
/// # Errors
/// Why Maxis could not be asked for them.
pub(super) async fn grammar(cx: &mut Cx<'_>) -> Result<Grammar, Failed> {
    Ok(grammar_of(&shop(cx, None).await?))
}

fn grammar_of(shop: &Catalogue) -> Grammar {
    let plan = |plan: &control::Named| PlanName { code: plan.code.clone(), names: vec![plan.name.clone()] };
    let currency = shop.currency.parse().unwrap_or(Currency::EUR);
    let plans = shop.plans.iter().map(plan).collect();
    let products = shop.products.iter().map(|product| product.name.clone()).collect();
    let catalogue = decisions::Catalogue::new(plans, products, currency, shop.cap_percent);
    Grammar::new(catalogue, analytics::zone(&shop.time_zone))
}
