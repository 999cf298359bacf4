//! `maxis …`: Shellia's commands over the Maxis that she pilots.
//!
//! She asks on behalf of who typed it, outside any transaction: she has no database. What Maxis answers is shown as it is.

use super::args::Args;
use super::dispatch::Cx;
use super::spec::{Opt, Spec, Type};
use super::{follow, text};
use crate::app::Bot;
use crate::control::{self, Asker, Failed, State, Status, Unreached};
use crate::kernel::reply::{Card, Reply, Visibility};
use crate::kernel::words::Speech;
use crate::kernel::{Error, Rank, Result, error::Problem};
use futures_util::FutureExt;
use jiff::Timestamp;

pub(super) static COMMANDS: &[&Spec] = &[&MAXIS];

/// What may be asked of a Maxis.
const TOPICS: &[&str] = &["status", "follow", "unfollow"];
/// Longest text behind a topic, in characters.
const DETAILS_MAX: usize = 1000;
/// Longest name of a Maxis.
const NAME_MAX: usize = 40;

static TOPIC: Opt = Opt::optional("topic", Type::Choice(TOPICS));

static MAXIS: Spec = Spec {
    name: "maxis",
    bot: Bot::Shellia,
    rank: Some(Rank::Operator),
    visibility: Visibility::Public,
    // Typed, everything is the second one: its first word is the topic.
    options: &[
        Opt::optional("topic", Type::Choice(TOPICS)),
        Opt::optional("details", Type::Short(DETAILS_MAX)).whole(),
        Opt::optional("at", Type::Short(NAME_MAX)),
    ],
    run: |cx, args| run(cx, args).boxed(),
    ..Spec::BASE
};

async fn run(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let at = args.line_if("at").map(|at| at.as_str().trim());
    if cx.app.pilot.named(at).is_none() && at.is_some() {
        return Ok(Reply::public(unknown(cx, at.unwrap_or_default())));
    }
    let typed = args.line_if("details").map(|line| line.as_str().trim().to_owned()).unwrap_or_default();
    let (topic, details) = match args.choice("topic") {
        Some(topic) => (topic.to_owned(), typed),
        None if typed.is_empty() => ("status".to_owned(), typed),
        None => {
            let (first, rest) = typed.split_once(char::is_whitespace).unwrap_or((&typed, ""));
            (text::code_of(&TOPIC, first.to_owned(), &cx.app.words), rest.trim().to_owned())
        }
    };
    match topic.as_str() {
        "status" => status(cx, at).await,
        "follow" => follow::follow(cx, at, &details).await,
        "unfollow" => follow::unfollow(cx, at, &details).await,
        _ => Err(Error::Argument { option: "topic", problem: Problem::NotAChoice { choices: TOPICS.to_vec() } }),
    }
}

/// What is said of a name that no Maxis has.
fn unknown(cx: &Cx<'_>, name: &str) -> String {
    let known: Vec<String> = cx.app.pilot.peers().iter().map(|one| format!("`{}`", one.name)).collect();
    if known.is_empty() {
        return cx.say.t("maxis-status-none");
    }
    let name = code(name);
    cx.say.with("maxis-unknown", &[("name", (&name).into()), ("known", (&known.join(", ")).into())])
}

/// A name as it was typed, without what would end its frame.
fn code(name: &str) -> String {
    format!("`{}`", name.replace('`', ""))
}

async fn status(cx: &mut Cx<'_>, at: Option<&str>) -> Result<Reply> {
    let asker = Asker::person(cx.guild.id, cx.user, cx.say.locale);
    let maxis = cx.app.pilot.named(at);
    let peer = maxis.map_or(&cx.app.peer, |maxis| &maxis.peer);
    let asked = control::status(&**peer, asker).await;
    let beside = |card: Card| match maxis {
        Some(maxis) => {
            let several = cx.app.pilot.peers().len() > 1;
            let title = if several { format!("{} · {}", card.title, maxis.name) } else { card.title.clone() };
            follow::beside(cx, Card { title, ..card }, &cx.app.pilot.kept(&maxis.name))
        }
        None => card,
    };
    Ok(match asked {
        Ok(status) => Reply::public("").card(beside(shown(&cx.say, &status))),
        Err(Failed::Unreached(Unreached::Off)) => Reply::public(cx.say.t("maxis-status-none")),
        Err(Failed::Unreached(why)) => Reply::public("").card(beside(down(&cx.say, why))),
        Err(Failed::Denied(denied)) => Reply::public(denied.text),
    })
}

fn ago(at: Timestamp) -> String {
    format!("<t:{}:R>", at.as_second())
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
        (true, Some(at)) => say.with("maxis-payments-heard", &[("at", (&ago(at)).into())]),
    };
    card = card
        .field(say.t("field-maxis-discord"), line, true)
        .field(say.t("field-maxis-database"), database, true)
        .field(say.t("field-maxis-outbox"), outbox, true)
        .field(say.t("field-maxis-payments"), payments, true)
        .field(say.t("field-maxis-since"), ago(status.since), true)
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
