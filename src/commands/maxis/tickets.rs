//! `maxis tickets`: how the tickets stand, and what some days brought.

use super::analytics::{ticket_line, wanted};
use super::{ago, asker, failed};
use crate::commands::dispatch::Cx;
use crate::commands::figures::card::beside;
use crate::commands::tickets::phrases;
use crate::control;
use crate::domain::tickets::State;
use crate::kernel::Result;
use crate::kernel::reply::{Card, Reply};
use crate::kernel::words::Speech;

/// Answers `maxis tickets [period]`.
pub(super) async fn command(cx: &mut Cx<'_>, details: &str) -> Result<Reply> {
    let wanted = match wanted(cx, details).await? {
        Ok(wanted) => wanted,
        Err(why) => return Ok(failed(&cx.say, why)),
    };
    Ok(match control::tickets(&*cx.peer, asker(cx), wanted.period.as_deref()).await {
        Ok(found) => Reply::public("").card(card(&cx.say, &found)),
        Err(why) => failed(&cx.say, why),
    })
}

fn card(say: &Speech<'_>, found: &control::Tickets) -> Card {
    let stand = found.standing;
    let states = [
        (State::Open, stand.open),
        (State::InProgress, stand.in_progress),
        (State::WaitingUser, stand.waiting_user),
        (State::Resolved, stand.resolved),
        (State::Closed, stand.closed),
    ];
    let states = states.map(|(state, count)| format!("{} : **{count}**", phrases::state(say, state)));
    let count = |now: i64, before: i64| beside(now, before, |count| count.to_string());
    let mut card = Card::titled(say.with("maxis-tickets-title", &[("span", (&ago::span(say, &found.period)).into())]));
    card.body = ticket_line(say, &found.now);
    card.field(say.t("metric-tickets"), count(found.now.opened, found.then.opened), true)
        .field(say.t("maxis-report-tickets"), count(found.now.closed, found.then.closed), true)
        .field(say.t("stats-breached"), count(found.now.breached, found.then.breached), true)
        .field(say.t("maxis-tickets-standing"), states.join("\n"), false)
}
