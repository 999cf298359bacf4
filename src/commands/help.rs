//! `help`: made from the commands themselves, by rank and language, a line each, and one with all its options where it is named;
//! and the table of `shellia commands`.

use super::Topic;
use super::args::Args;
use super::dispatch::Cx;
use super::errors::{self, usage};
use super::near;
use super::spec::{Opt, Spec, Type};
use crate::app::Bot;
use crate::kernel::error::{Error, Problem};
use crate::kernel::reply::{Action, Button, Card, Reply, Style, Visibility};
use crate::kernel::text::folded;
use crate::kernel::words::{Speech, Words};
use crate::kernel::{Locale, Rank, Result};
use futures_util::FutureExt;

pub(super) static COMMANDS: &[&Spec] = &[&MAXIS_HELP, &TEAM_HELP, &SHELLIA_HELP];

const HELP: Spec = Spec {
    name: "help",
    visibility: Visibility::Public,
    // A text, because what is no name may be anything, of any length: it is hidden with the refusal.
    options: &[Opt::optional("command", Type::Body)],
    run: |cx, args| run(cx, args).boxed(),
    ..Spec::BASE
};

static SHELLIA_HELP: Spec = Spec { name: "shellia_help", bot: Bot::Shellia, ..HELP };

static MAXIS_HELP: Spec = HELP;

/// The help of a bot.
pub(super) const fn of(bot: Bot) -> &'static Spec {
    match bot {
        Bot::Maxis => &MAXIS_HELP,
        Bot::Shellia => &SHELLIA_HELP,
    }
}

/// What the team may use beside, by topic: shown to him alone who presses.
static TEAM_HELP: Spec = Spec {
    name: "team_help",
    rank: Some(Rank::Support),
    visibility: Visibility::Private,
    hidden: true,
    options: &[Opt::required("team_topic", Type::Choice(TOPICS))],
    run: |cx, args| team(cx, args).boxed(),
    ..HELP
};

const TOPICS: &[&str] = &["team_tickets", "team_shop", "team_giveaways", "team_server"];

fn topic(word: &str) -> Topic {
    match word {
        "team_tickets" => Topic::Tickets,
        "team_shop" => Topic::Shop,
        "team_giveaways" => Topic::Giveaways,
        _ => Topic::Server,
    }
}

/// A command that this person may use, by any of its names.
///
/// # Errors
/// [`Error::Argument`] for any other name: it may be words that were never meant for a bot, and goes with them.
fn named(cx: &Cx<'_>, typed: &str) -> Result<&'static Spec> {
    let name = folded(typed.trim_start_matches(['!', '/']));
    let may = |spec: &&Spec| !spec.hidden && spec.rank.is_none_or(|needed| cx.actor.rank() >= Some(needed));
    let called = |spec: &&Spec| near::names(spec, &cx.app.words).contains(&name);
    let unknown = Error::Argument { option: "command", problem: Problem::Unknown };
    super::of(cx.app.bot).filter(may).find(called).ok_or(unknown)
}

/// The words that an option takes, where it takes few: as they are typed, those of several words in quotation marks.
fn values(say: &Speech<'_>, opt: &Opt) -> String {
    let Some(codes) = opt.ty.codes() else { return String::new() };
    let typed = |code: &&str| {
        let word = say.find(&format!("choice-{code}"), &[]).unwrap_or_else(|| (*code).to_owned()).to_lowercase();
        if word.contains(char::is_whitespace) { format!("`\"{word}\"`") } else { format!("`{word}`") }
    };
    format!(" ({})", codes.iter().map(typed).collect::<Vec<_>>().join(", "))
}

/// One command with its options.
fn details(say: &Speech<'_>, spec: &'static Spec) -> Reply {
    let mut card = Card::titled(format!("!{}", errors::name(say, spec)));
    let option = |opt: &Opt| {
        let name = say.t(&format!("opt-{}-name", opt.name));
        let needed = if opt.required { say.t("help-needed") } else { String::new() };
        format!("`{name}`{needed} — {}{}", say.t(&format!("opt-{}", opt.name)), values(say, opt))
    };
    let told = spec.options.iter().filter(|opt| !matches!(opt.ty, Type::Request | Type::Offer));
    let whole = [say.t(&format!("cmd-{}", spec.name)), format!("`{}`", usage(say, spec))];
    let lines = whole.into_iter().chain(told.map(option));
    card.body = lines.collect::<Vec<_>>().join("\n");
    Reply::public("").card(card)
}

async fn run(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (say, bot) = (cx.say, cx.app.bot);
    if let Some(typed) = args.body_if("command") {
        return Ok(details(&say, named(cx, typed.as_str())?));
    }
    let mut card = Card::titled(say.t("help-title"));
    card.body = say.t(match bot {
        Bot::Maxis => "help-intro",
        Bot::Shellia => "help-intro-shellia",
    });
    for (topic, heading) in [
        (Topic::Tickets, "help-tickets"),
        (Topic::Shop, "help-shop"),
        (Topic::Giveaways, "help-about-giveaways"),
        (Topic::Server, "help-server"),
    ] {
        // Shellia has few, so that those of her operators stand among them.
        let may = |spec: &Spec| bot == Bot::Shellia && spec.rank.is_some_and(|needed| cx.actor.rank() >= Some(needed));
        let specs = super::about(bot, topic).filter(|spec| spec.rank.is_none() || may(spec));
        card = listed(card, &say, heading, specs);
    }
    let help = errors::name(&say, of(bot));
    card.footer = say.with("help-details", &[("help", (&help).into())]);
    let mut reply = Reply::public("").card(card);
    if bot == Bot::Maxis {
        let create = Action::new("ticket_create");
        reply = reply
            .button(Button::new(say.t("button-ticket-create"), create).style(Style::Primary).emoji("🎫"))
            .button(Button::new(say.t("button-help-shop"), Action::new("shop")).emoji("🛒"));
        for word in TOPICS.iter().filter(|word| about_team(cx, topic(word)).next().is_some()) {
            let action = Action::new(TEAM_HELP.name).with("team_topic", word);
            reply = reply.button(Button::new(say.t(&format!("choice-{word}")), action).emoji("🛠️"));
        }
    }
    Ok(reply)
}

/// The team's commands about a topic that this person may use.
fn about_team(cx: &Cx<'_>, topic: Topic) -> impl Iterator<Item = &'static Spec> {
    let rank = cx.actor.rank();
    super::about(cx.app.bot, topic).filter(move |spec| spec.rank.is_some_and(|needed| rank >= Some(needed)))
}

async fn team(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (say, word) = (cx.say, args.choice("team_topic").unwrap_or_default());
    let mut card = Card::titled(say.t(&format!("choice-{word}")));
    for rank in [Rank::Support, Rank::Operator] {
        let specs = about_team(cx, topic(word)).filter(|spec| spec.rank == Some(rank));
        card = listed(card, &say, heading(Some(rank)), specs);
    }
    Ok(Reply::private("").card(card))
}

/// A card with these commands under a heading.
fn listed(mut card: Card, say: &Speech<'_>, heading: &str, specs: impl Iterator<Item = &'static Spec>) -> Card {
    for (at, part) in parts(specs.map(|spec| line(say, spec))).into_iter().enumerate() {
        // A field's name may not be empty; this one shows nothing.
        let heading = if at == 0 { say.t(heading) } else { "\u{200B}".to_owned() };
        card = card.field(heading, part, false);
    }
    card
}

const fn heading(rank: Option<Rank>) -> &'static str {
    match rank {
        None => "help-members",
        Some(Rank::Support) => "help-support",
        Some(Rank::Operator) => "help-operators",
    }
}

fn line(say: &Speech<'_>, spec: &Spec) -> String {
    format!("`!{}` — {}", errors::name(say, spec), say.t(&format!("cmd-{}", spec.name)))
}

/// Joins lines into parts that fit a card's field (1024 characters, Discord, "Embed Limits").
fn parts(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for line in lines {
        match parts.last_mut() {
            Some(part) if part.chars().count() + line.chars().count() < 1000 => {
                part.push('\n');
                part.push_str(&line);
            }
            _ => parts.push(line),
        }
    }
    parts
}

/// Every command of both bots as a Markdown table, in one language.
pub fn table(words: &Words, locale: Locale) -> String {
    let say = words.speak(locale);
    let head = [say.t("table-bot"), say.t("table-command"), say.t("table-for"), say.t("table-does")];
    let mut table = format!("| {} |\n|---|---|---|---|\n", head.join(" | "));
    for spec in super::all().filter(|spec| !spec.hidden) {
        let bot = match spec.bot {
            Bot::Maxis => "Maxis",
            Bot::Shellia => "Shellia",
        };
        let row = [
            bot.to_owned(),
            format!("`{}`", usage(&say, spec)),
            say.t(heading(spec.rank)),
            say.t(&format!("cmd-{}", spec.name)),
        ];
        table.push_str(&format!("| {} |\n", row.join(" | ")));
    }
    table
}
