//! The words in which events and changes are posted: one short line, with numbers and amounts alone.

use crate::control::{Amount, Event, EventKind};
use crate::kernel::reply::Reply;
use crate::kernel::words::Speech;
use crate::kernel::{Currency, Money};
use crate::pilot::{Alert, Level, Why};

/// An event's line; none for what isn't told.
pub(super) fn event(say: &Speech<'_>, maxis: Option<&str>, event: &Event) -> Option<Reply> {
    let (id, number) = match event.kind {
        EventKind::Sale => ("event-sale", event.order),
        EventKind::TrialBegun => ("event-trial", event.order),
        EventKind::Refunded => ("event-refunded", event.order),
        EventKind::RefundReturned => ("event-refund-returned", event.order),
        EventKind::DisputeOpened => ("event-dispute-opened", event.order),
        EventKind::DisputeWon => ("event-dispute-won", event.order),
        EventKind::DisputeLost => ("event-dispute-lost", event.order),
        EventKind::SlaBreached => ("event-sla", event.ticket),
        EventKind::GiveawayDrawn => ("event-giveaway", event.giveaway),
        EventKind::PromotionBegun => ("event-promotion-begun", event.promotion),
        EventKind::PromotionEnded => ("event-promotion-ended", event.promotion),
        EventKind::Stopped => ("event-stopped", None),
        EventKind::Resumed => ("event-resumed", None),
        EventKind::Decision | EventKind::Other => return None,
    };
    let amount = event.amount.as_ref().map_or_else(|| "—".to_owned(), |amount| shown(say, amount));
    let line = say.with(id, &[("number", number.unwrap_or_default().into()), ("amount", (&amount).into())]);
    Some(Reply::public(named(maxis, &line)))
}

fn shown(say: &Speech<'_>, amount: &Amount) -> String {
    let money = amount.currency.parse::<Currency>().ok().and_then(|currency| Money::new(amount.minor, currency).ok());
    money.map_or_else(|| format!("{} {}", amount.minor, amount.currency), |money| money.show(say.locale))
}

/// A change's lines.
pub(super) fn alert(say: &Speech<'_>, maxis: Option<&str>, alert: &Alert) -> Reply {
    let since = format!("<t:{}:R>", alert.since.as_second());
    let line = match (alert.level, alert.away_s) {
        (Level::Up, Some(away)) => say.with("alert-back", &[("away", (&length(away)).into())]),
        (Level::Up, None) => say.t("alert-up"),
        (Level::Degraded, _) => say.with("alert-degraded", &[("since", (&since).into())]),
        (Level::Down, _) => say.with("alert-down", &[("since", (&since).into())]),
    };
    let why = alert.why.filter(|_| alert.level != Level::Up).map(|why| reason(say, why));
    let text = [Some(named(maxis, &line)), why].into_iter().flatten().collect::<Vec<_>>().join("\n");
    Reply::public(text)
}

fn named(maxis: Option<&str>, line: &str) -> String {
    maxis.map_or_else(|| line.to_owned(), |maxis| format!("**{maxis}** · {line}"))
}

fn reason(say: &Speech<'_>, why: Why) -> String {
    match why {
        Why::Database => say.t("maxis-weak-database"),
        Why::Discord => say.t("maxis-weak-discord"),
        Why::Late => say.t("maxis-weak-late"),
        Why::Name => say.t("maxis-down-name"),
        Why::Network => say.t("maxis-down-network"),
        Why::Certificate => say.t("maxis-down-certificate"),
        Why::Slow => say.t("maxis-down-slow"),
        Why::Key => say.t("maxis-down-key"),
        Why::Clock(seconds) => say.with("maxis-down-clock", &[("seconds", seconds.abs().into())]),
        Why::Busy => say.t("maxis-down-busy"),
        Why::Absent => say.t("maxis-down-absent"),
        Why::Fault(status) => say.with("maxis-down-fault", &[("status", i64::from(status).into())]),
        Why::Strange => say.t("maxis-down-strange"),
    }
}

/// A length of time in the units that both languages share.
fn length(seconds: i64) -> String {
    match seconds.max(0) {
        s @ 0..=119 => format!("{s} s"),
        s @ 120..=7199 => format!("{} min", s / 60),
        s => format!("{} h {:02} min", s / 3600, s % 3600 / 60),
    }
}
