//! How Maxis is; and why he gave no answer, for whatever was asked.

use super::{ago, asker, failed, follow};
use crate::commands::dispatch::Cx;
use crate::control::plans::plan_switch;
use crate::control::{self, Failed, State, Status, Unreached};
use crate::kernel::Result;
use crate::kernel::reply::{Card, Reply};
use crate::kernel::words::Speech;
use jiff::Timestamp;

/// Shows how Maxis is, with what is kept of it here.
pub(super) async fn status(cx: &mut Cx<'_>, at: Option<&str>) -> Result<Reply> {
    let asked = control::status(&*cx.peer, asker(cx)).await;
    let there = match &asked {
        Ok(_) => plan_switch(&*cx.peer, asker(cx)).await.ok().and_then(|switch| switch.stopped_at),
        Err(_) => None,
    };
    // What is kept here of a stop, and what Maxis knows of it: the earlier of the two.
    let here = cx
        .app
        .pilot
        .named(at)
        .and_then(|maxis| cx.app.pilot.kept(&maxis.name).halt_of(cx.guild.id).map(|halt| halt.at));
    let stopped = here.into_iter().chain(there).min();
    let beside = |card: Card| match cx.app.pilot.named(at) {
        Some(maxis) => {
            let several = cx.app.pilot.peers().len() > 1;
            let title = if several { format!("{} · {}", card.title, maxis.name) } else { card.title.clone() };
            follow::beside(cx, Card { title, ..card }, &cx.app.pilot.kept(&maxis.name))
        }
        None => card,
    };
    Ok(match asked {
        Ok(status) => {
            let card = shown(&cx.say, &status);
            let is_up = status.state == State::Up;
            Reply::public("").card(beside(halted(&cx.say, card, stopped, is_up)))
        }
        Err(Failed::Unreached(why)) if why != Unreached::Off => {
            Reply::public("").card(beside(halted(&cx.say, down(&cx.say, why), stopped, false)))
        }
        Err(why) => failed(&cx.say, why),
    })
}

/// A card that says since when everything is stopped, where it is.
fn halted(say: &Speech<'_>, mut card: Card, stopped: Option<Timestamp>, is_up: bool) -> Card {
    if let Some(at) = stopped {
        let line = say.with("autonomy-stopped", &[("since", (&ago::ago(at)).into())]);
        card.body = [line, card.body].join("\n").trim().to_owned();
        if is_up {
            card.title = say.t("maxis-up-stopped");
        }
    }
    card
}

fn shown(say: &Speech<'_>, status: &Status) -> Card {
    let mut card = Card::titled(say.t(match status.state {
        State::Up => "maxis-up",
        State::Degraded => "maxis-degraded",
    }));
    let n = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let discord = &status.discord;
    let mut line = say.with(
        "maxis-shards",
        &[
            ("ready", i64::from(discord.ready).into()),
            ("shards", i64::from(discord.shards).into()),
            ("ms", discord.latency_ms.map_or(-1, n).into()),
        ],
    );
    if discord.slash_only {
        line = format!("{line}\n{}", say.t("maxis-slash-only"));
    }
    let database = if status.database.ok {
        let (used, open) = (n(status.database.used), n(status.database.connections));
        let args = [("ms", n(status.database.took_ms).into()), ("used", used.into()), ("open", open.into())];
        say.with("maxis-database", &args)
    } else {
        say.t("maxis-database-away")
    };
    let outbox = match &status.outbox {
        None => say.t("maxis-outbox-unknown"),
        Some(outbox) => say.with(
            "maxis-outbox",
            &[
                ("waiting", n(outbox.waiting).into()),
                ("due", n(outbox.due).into()),
                ("oldest", n(outbox.oldest_s).into()),
            ],
        ),
    };
    let payments = match (status.payments.on, status.payments.heard_at) {
        (false, _) => say.t("maxis-payments-off"),
        (true, None) => say.t("maxis-payments-on"),
        (true, Some(at)) => say.with("maxis-payments-heard", &[("at", (&ago::ago(at)).into())]),
    };
    card = card
        .field(say.t("field-maxis-discord"), line, true)
        .field(say.t("field-maxis-database"), database, true)
        .field(say.t("field-maxis-outbox"), outbox, true)
        .field(say.t("field-maxis-payments"), payments, true)
        .field(say.t("field-maxis-since"), ago::ago(status.since), true)
        .field(say.t("field-maxis-version"), status.version.clone(), true);
    card
}

/// It gave no answer that is of use: why, as far as it can be told from here, and what to do.
pub(super) fn down(say: &Speech<'_>, why: Unreached) -> Card {
    let mut card = Card::titled(say.t("maxis-down"));
    card.body = match why {
        Unreached::Off => say.t("maxis-status-none"),
        Unreached::Name => say.t("maxis-down-name"),
        Unreached::Network => say.t("maxis-down-network"),
        Unreached::Certificate => say.t("maxis-down-certificate"),
        Unreached::Slow => say.t("maxis-down-slow"),
        Unreached::Key => say.t("maxis-down-key"),
        Unreached::Clock(seconds) => say.with("maxis-down-clock", &[("seconds", seconds.abs().into())]),
        Unreached::Busy => say.t("maxis-down-busy"),
        Unreached::Absent => say.t("maxis-down-absent"),
        Unreached::Fault(status) => say.with("maxis-down-fault", &[("status", i64::from(status).into())]),
        Unreached::Strange => say.t("maxis-down-strange"),
    };
    card
}
