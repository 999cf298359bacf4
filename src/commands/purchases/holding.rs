//! What `/subscription` says to who has none: the plans that he holds without one, where each comes from, and until when.

use super::super::dispatch::Cx;
use super::super::tickets::phrases::person;
use super::cards::day;
use crate::domain::shop::Source;
use crate::domain::shop::catalogue::names::names;
use crate::domain::shop::entitlements::{self, Entitlement, What};
use crate::domain::shop::orders::gifts;
use crate::kernel::reply::{Action, Button, Card, Reply, Style, Tone};
use crate::kernel::text::plain;
use crate::kernel::words::Speech;
use crate::kernel::{Error, Result, UserId};
use jiff::Timestamp;

/// Most lines of an answer.
const LINES: usize = 10;

/// A plan that he holds, or will, with who gave it where it is a gift.
struct Held {
    plan: String,
    entitlement: Entitlement,
    giver: Option<UserId>,
}

/// The answer to who has no subscription.
pub(super) async fn without_subscription(cx: &mut Cx<'_>) -> Result<Reply> {
    let now = cx.now;
    let mut all = held(cx).await?;
    all.sort_by_key(|one| one.entitlement.starts_at);
    let say = &cx.say;
    let plans = Button::new(say.t("button-plans"), Action::new("plans")).style(Style::Primary).emoji("⭐");
    if all.is_empty() {
        return Ok(Reply::private(say.t("subscription-none")).button(plans));
    }
    let mut card = Card::titled(say.t("holding-title"));
    let lines: Vec<String> = all.iter().take(LINES).map(|one| line(say, one, now)).collect();
    card.body = format!("{}\n\n{}", lines.join("\n"), say.t("holding-no-subscription"));
    card.tone = Tone::Good;
    Ok(Reply::private("").card(card).button(plans))
}

async fn held(cx: &mut Cx<'_>) -> Result<Vec<Held>> {
    let (guild, user, now) = (cx.guild.id, cx.user, cx.now);
    let mut tx = super::own(cx).await?;
    let counts = |one: &Entitlement| one.revoked_at.is_none() && one.ends_at.is_none_or(|end| end > now);
    let plans: Vec<(String, Entitlement)> = entitlements::of(&mut tx, guild, user)
        .await?
        .into_iter()
        .filter(counts)
        .filter_map(|one| match &one.what {
            What::Plan(code) => Some((code.clone(), one)),
            What::Role(_) => None,
        })
        .collect();
    let names = names(&mut tx, guild, plans.iter().map(|(code, _)| format!("plan/{code}")).collect()).await?;
    let mut all = Vec::new();
    for (code, entitlement) in plans {
        let giver = match (entitlement.source, entitlement.order) {
            (Source::Payment, Some(number)) => match gifts::one(&mut tx, guild, number).await {
                Ok(gift) => Some(gift.giver),
                Err(Error::NotFound(_)) => None,
                Err(error) => return Err(error),
            },
            _ => None,
        };
        all.push(Held { plan: plain(names.plan(&code)), entitlement, giver });
    }
    tx.end().await?;
    Ok(all)
}

/// A plan in a line: what it is, where it comes from, how long it lasts.
fn line(say: &Speech<'_>, one: &Held, now: Timestamp) -> String {
    let Held { plan, entitlement, giver } = one;
    let from = match (entitlement.source, giver, entitlement.order) {
        (_, Some(giver), _) => say.with("holding-gift", &[("giver", (&person(*giver)).into())]),
        (Source::Payment, None, Some(number)) => say.with("holding-paid", &[("number", number.into())]),
        (Source::Payment, None, None) => say.t("holding-paid-once"),
        (Source::Subscription, ..) => say.t("holding-subscription"),
        (Source::Grant, ..) => say.t("why-from-grant"),
        (Source::Prize, ..) => say.t("why-from-prize"),
    };
    let at = |id: &str, at: Timestamp| say.with(id, &[("at", (&day(at)).into())]);
    let lasts = match (entitlement.suspended_at, entitlement.ends_at) {
        (Some(since), _) => at("why-suspended", since),
        (None, Some(end)) if entitlement.starts_at > now => {
            let (from, until) = (day(entitlement.starts_at), day(end));
            say.with("holding-to-come", &[("from", (&from).into()), ("until", (&until).into())])
        }
        (None, None) if entitlement.starts_at > now => at("why-to-come", entitlement.starts_at),
        (None, Some(end)) => at("holding-until", end),
        (None, None) => say.t("delivery-for-good"),
    };
    format!("⭐ **{plan}** · {from} · {lasts}")
}
