//! `maxis …` and `shellia …`: what operators ask Shellia about the Maxis that she pilots, by command or in their own words.
//!
//! She asks on behalf of who typed it, outside any transaction: she has no database. What Maxis answers is shown as it is, and whether
//! somebody may know it, or have it done, is decided there. What changes anything is a plan that people approve ([`orders`]); what
//! stops everything acts at once ([`halt`]). How sentences are read is `decisions`'.

mod ago;
mod analytics;
mod ask;
mod commit;
mod dial;
mod figures;
mod follow;
mod halt;
mod line;
mod lists;
mod orders;
mod pilot;
mod plan_card;
mod plan_page;
mod report;
mod said;
mod settings;
mod status;
mod tickets;
pub(super) mod tongue;
mod typed;
mod wanted;
mod which;

pub use commit::{Settled, settled};
pub use pilot::pilots;
pub use plan_card::{moved_card, plan_card};
pub use plan_page::{PlanPage, autonomy_name, plan_page};
pub use report::weekly;

use super::args::{Args, Raw};
use super::call::Call;
use super::dispatch::Cx;
use super::spec::{Opt, Spec, Type};
use super::text;
use crate::app::Bot;
use crate::control::{Asker, Failed, Unreached};
use crate::kernel::reply::{Reply, Visibility};
use crate::kernel::text::folded;
use crate::kernel::words::Speech;
use crate::kernel::{Error, Rank, Result, error::Problem};
use futures_util::FutureExt;
use line::Line;

pub(super) static COMMANDS: &[&Spec] = &[&MAXIS, &said::SHELLIA];

/// What may be asked of a Maxis.
const TOPICS: &[&str] = &[
    "status",
    "analytics",
    "report",
    "config",
    "promos",
    "giveaways",
    "tickets",
    "pending",
    "approve",
    "reject",
    "stop",
    "resume",
    "audit",
    "autonomy",
    "follow",
    "unfollow",
];
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
    urgent: |call| words(call).next().is_some_and(|word| folded(word) == "stop"),
    run: |cx, args| run(cx, args).boxed(),
    ..Spec::BASE
};

/// The words of a call, with those of its options one after another.
fn words(call: &Call) -> impl Iterator<Item = &str> {
    call.given
        .iter()
        .filter(|(name, _)| name != "at")
        .filter_map(|(_, raw)| text_of(raw))
        .flat_map(str::split_whitespace)
}

fn text_of(raw: &Raw) -> Option<&str> {
    match raw {
        Raw::Text(text) => Some(text),
        Raw::Int(_) | Raw::Id(_) | Raw::Member(_) | Raw::File(_) => None,
    }
}

async fn run(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let at = args.line_if("at").map(|at| at.as_str().trim());
    match (cx.app.pilot.named(at), at) {
        (Some(maxis), _) => cx.peer = maxis.peer.clone(),
        (None, Some(name)) => return Ok(Reply::public(unknown(cx, name))),
        (None, None) => {}
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
    let line = Line::of(cx, at);
    match topic.as_str() {
        "status" => status::status(cx, at).await,
        "analytics" => analytics::command(cx, &details).await,
        "report" => report::command(cx, &details).await,
        "config" => typed::config(cx, &line, &details).await,
        "promos" => typed::promo(cx, &line, &details).await,
        "giveaways" => typed::giveaway(cx, &line, &details).await,
        "pending" => match orders::numbered(&details) {
            Some((number, _)) => orders::one(cx, &line, number).await,
            None => orders::pending(cx, &line).await,
        },
        "approve" => match orders::numbered(&details) {
            Some(plan) => orders::approve(cx, &line, plan).await,
            None => orders::pending(cx, &line).await,
        },
        "reject" => match orders::numbered(&details) {
            Some((number, _)) => orders::reject(cx, &line, number).await,
            None => orders::pending(cx, &line).await,
        },
        "stop" => halt::stop(cx, at).await,
        "resume" => halt::resume(cx, &line).await,
        "audit" => dial::log(cx, &line, orders::numbered(&details).map(|(number, _)| number)).await,
        "autonomy" => dial::autonomy(cx, &line, &details).await,
        "tickets" => tickets::command(cx, &details).await,
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

/// On whose behalf Maxis is asked, and in which language.
fn asker(cx: &Cx<'_>) -> Asker {
    Asker::person(cx.guild.id, cx.user, cx.say.locale)
}

/// What is shown where Maxis gives no answer that is of use: why, as far as it can be told from here, or what Maxis says himself.
fn failed(say: &Speech<'_>, failed: Failed) -> Reply {
    match failed {
        Failed::Unreached(Unreached::Off) => Reply::public(say.t("maxis-status-none")),
        Failed::Unreached(why) => Reply::public("").card(status::down(say, why)),
        Failed::Denied(denied) => Reply::public(denied.text),
    }
}
