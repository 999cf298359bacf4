//! `help`: made from the commands themselves, by rank and language; and the table of `shellia commands`.

use super::args::Args;
use super::dispatch::Cx;
use super::errors::usage;
use super::spec::Spec;
use crate::app::Bot;
use crate::kernel::reply::{Action, Button, Card, Reply, Style, Visibility};
use crate::kernel::words::{Speech, Words};
use crate::kernel::{Locale, Rank, Result};
use futures_util::FutureExt;

pub(super) static COMMANDS: &[&Spec] = &[&HELP, &SHELLIA_HELP];

static HELP: Spec = Spec {
    name: "help",
    bot: Bot::Maxis,
    rank: None,
    writes: false,
    visibility: Visibility::Public,
    hidden: false,
    inspects: false,
    outside: false,
    options: &[],
    run: |cx, args| run(cx, args).boxed(),
    suggest: None,
};

static SHELLIA_HELP: Spec = Spec {
    name: "shellia_help",
    bot: Bot::Shellia,
    rank: None,
    writes: false,
    visibility: Visibility::Public,
    hidden: false,
    inspects: false,
    outside: false,
    options: &[],
    run: |cx, args| run(cx, args).boxed(),
    suggest: None,
};

/// The help of a bot.
pub(super) const fn of(bot: Bot) -> &'static Spec {
    match bot {
        Bot::Maxis => &HELP,
        Bot::Shellia => &SHELLIA_HELP,
    }
}

async fn run(cx: &mut Cx<'_>, _: &Args) -> Result<Reply> {
    let rank = cx.actor.rank();
    let say = cx.say;
    let visible = |needed: Option<Rank>| needed.is_none_or(|needed| rank.is_some_and(|rank| rank >= needed));
    let mut card = Card::titled(say.t("help-title"));
    card.body = say.t("help-intro");
    for needed in [None, Some(Rank::Support), Some(Rank::Operator)] {
        let specs = super::of(cx.app.bot).filter(|spec| !spec.hidden && spec.rank == needed && visible(needed));
        for (at, part) in parts(specs.map(|spec| line(&say, spec))).into_iter().enumerate() {
            let heading = if at == 0 { say.t(heading(needed)) } else { "…".to_owned() };
            card = card.field(heading, part, false);
        }
    }
    let mut reply = Reply::public("").card(card);
    if cx.app.bot == Bot::Maxis {
        let create = Action::new("ticket_create");
        reply = reply.button(Button::new(say.t("button-ticket-create"), create).style(Style::Primary).emoji("🎫"));
    }
    Ok(reply)
}

const fn heading(rank: Option<Rank>) -> &'static str {
    match rank {
        None => "help-members",
        Some(Rank::Support) => "help-support",
        Some(Rank::Operator) => "help-operators",
    }
}

fn line(say: &Speech<'_>, spec: &Spec) -> String {
    format!("`{}` — {}", usage(say, spec), say.t(&format!("cmd-{}", spec.name)))
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
