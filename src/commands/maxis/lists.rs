//! `maxis promos` and `maxis giveaways`: what runs and what comes.

use super::{ago, asker, failed};
use crate::commands::dispatch::Cx;
use crate::control::{self, Giveaway, Promotion};
use crate::domain::promotions::Discount;
use crate::kernel::reply::{Card, Reply};
use crate::kernel::text::plain;
use crate::kernel::words::Speech;
use crate::kernel::{Balance, Percent, Result};

/// Giveaways that are listed: a card's body is not endless.
const SHOWN: usize = 15;

/// Shows the promotions that run or will.
pub(super) async fn promotions(cx: &mut Cx<'_>) -> Result<Reply> {
    let found = match control::promotions(&*cx.peer, asker(cx), None).await {
        Ok(found) => found.promotions,
        Err(why) => return Ok(failed(&cx.say, why)),
    };
    let mut card = Card::titled(cx.say.t("promo-list"));
    card.body = found.iter().map(|one| promotion(&cx.say, one)).collect::<Vec<_>>().join("\n");
    if found.is_empty() {
        card.body = cx.say.t("maxis-promos-none");
    }
    Ok(Reply::public("").card(card))
}

/// `#3 🟢 −20 % · la formule Pro · NOEL20 · 4 / 50 · −12,00 € · dans 2 jours`
fn promotion(say: &Speech<'_>, one: &Promotion) -> String {
    let currency = one.currency.parse().ok();
    let money =
        |minor: i64| currency.map_or_else(|| minor.to_string(), |code| Balance::new(minor, code).show(say.locale));
    let percent = one.percent_hundredths.and_then(|part| Percent::from_hundredths(i64::from(part)).ok());
    let off = match (percent, one.amount_minor) {
        (Some(percent), _) => Discount::Percent(percent).show(say.locale),
        (None, amount) => money(amount.unwrap_or_default()),
    };
    let name = one.target_name.clone().unwrap_or_default();
    let target = match one.target.split('/').next() {
        Some("plan") => say.with("promo-target-plan", &[("name", (&name).into())]),
        Some("product") => say.with("promo-target-product", &[("name", (&name).into())]),
        Some("plans") => say.t("promo-target-plans"),
        Some("products") => say.t("promo-target-products"),
        _ => say.t("promo-target-everything"),
    };
    let uses = match one.uses_allowed {
        Some(most) => format!("{} / {most}", one.uses),
        None => one.uses.to_string(),
    };
    let (sign, when) =
        if one.state == "scheduled" { ("⏳", ago::ago(one.starts_at)) } else { ("🟢", ago::ago(one.ends_at)) };
    let code = one.code.as_ref().map(|code| format!(" · `{}`", plain(code))).unwrap_or_default();
    let spent = money(one.spent_minor);
    let did = say
        .with("maxis-promo-did", &[("count", one.uses.into()), ("uses", (&uses).into()), ("spent", (&spent).into())]);
    let id = if one.state == "scheduled" { "maxis-promo-begins" } else { "maxis-promo-ends" };
    let when = say.with(id, &[("when", (&when).into())]);
    format!("**#{}** {sign} −{off} · {}{code} · {did} · {when}", one.number, plain(&target))
}

/// Shows the giveaways that run, will, or whose prizes are under way.
pub(super) async fn giveaways(cx: &mut Cx<'_>) -> Result<Reply> {
    let found = match control::giveaways(&*cx.peer, asker(cx), None).await {
        Ok(found) => found.giveaways,
        Err(why) => return Ok(failed(&cx.say, why)),
    };
    let live = |one: &&Giveaway| !matches!(one.state.as_str(), "done" | "cancelled");
    let lines: Vec<String> = found.iter().filter(live).take(SHOWN).map(|one| giveaway(&cx.say, one)).collect();
    let mut card = Card::titled(cx.say.t("giveaway-list"));
    card.body = if lines.is_empty() { cx.say.t("maxis-giveaways-none") } else { lines.join("\n") };
    Ok(Reply::public("").card(card))
}

fn giveaway(say: &Speech<'_>, one: &Giveaway) -> String {
    // A state of a newer Maxis shows as its own word.
    let state = say.find(&format!("giveaway-state-{}", one.state), &[]).unwrap_or_else(|| plain(&one.state));
    let when = if one.state == "scheduled" { one.starts_at } else { one.ends_at };
    let winners = say.with("maxis-giveaway-winners", &[("winners", i64::from(one.winners).into())]);
    format!("**#{}** {} · {winners} · {state} · {}", one.number, plain(&one.prize), ago::ago(when))
}
