//! The audit of a ticket, for staff.

use super::super::args::Args;
use super::super::call::Way;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{ID, STAFF, cards, phrases, suggest};
use crate::domain::tickets::{Category, Deed, HistoryLine, Priority, State, reading};
use crate::kernel::reply::{Button, Card, Reply, Tone};
use crate::kernel::text::plain;
use crate::kernel::words::Speech;
use crate::kernel::{Result, UserId};
use futures_util::FutureExt;

/// More pages than any audit has.
const PAGES_MAX: i64 = 100_000;

pub(super) static HISTORY: Spec = Spec {
    name: "ticket_history",
    writes: false,
    options: &[ID, Opt::optional("page", Type::Int(1, PAGES_MAX))],
    run: |cx, args| history(cx, args).boxed(),
    suggest: Some(suggest),
    ..STAFF
};

async fn history(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (guild, now, number) = (cx.guild.id, cx.now, args.ticket("id")?);
    let asked = args.int("page").unwrap_or(1);
    let (lines, page, more) = reading::history(cx.tx()?, guild, number, asked, now).await?;
    let mut card = Card::titled(cx.say.with("history-title", &[("number", number.into())]));
    card.tone = Tone::Internal;
    card.body = lines.iter().map(|entry| line(&cx.say, entry)).collect::<Vec<_>>().join("\n");
    if card.body.is_empty() {
        card.body = cx.say.t("list-end");
    }
    let mut reply = Reply::private("").card(card);
    reply.replaces = cx.way == Way::Button && args.int("page").is_some();
    let to = |page: i64| cards::on("ticket_history", number).with("page", page);
    if page > 1 {
        reply = reply.button(Button::new(cx.say.t("button-newer"), to(page - 1)).emoji("◀️"));
    }
    if more {
        reply = reply.button(Button::new(cx.say.t("button-older"), to(page + 1)).emoji("▶️"));
    }
    Ok(reply)
}

fn line(say: &Speech<'_>, entry: &HistoryLine) -> String {
    let who = entry.actor.map_or_else(|| say.t("history-clock"), phrases::person);
    let deed = entry.deed.map_or_else(|| "?".to_owned(), |deed| say.t(&format!("deed-{}", deed.as_str())));
    let values = match (
        value_in_words(say, entry.deed, entry.old.as_deref()),
        value_in_words(say, entry.deed, entry.new.as_deref()),
    ) {
        (Some(old), Some(new)) if old != new => format!(" · {old} → {new}"),
        (_, Some(new)) => format!(" · {new}"),
        (Some(old), None) => format!(" · {old} → —"),
        (None, None) => String::new(),
    };
    format!("{} · {who} · {deed}{values}", phrases::ago(entry.at))
}

/// A value of the audit in words.
pub fn value_in_words(say: &Speech<'_>, deed: Option<Deed>, value: Option<&str>) -> Option<String> {
    let value = value?;
    let words = match deed {
        Some(Deed::Claimed | Deed::Assigned | Deed::Freed) => value.parse::<UserId>().ok().map(phrases::person),
        Some(Deed::Rated) => value.parse().ok().map(phrases::stars),
        Some(Deed::Created) => {
            let (category, priority) = value.split_once(' ').unwrap_or((value, ""));
            let category = Category::from_word(category).map(|category| phrases::category(say, category));
            let priority = Priority::from_word(priority).map(|priority| phrases::priority(say, priority));
            Some([category, priority].into_iter().flatten().collect::<Vec<_>>().join(" "))
        }
        Some(Deed::PriorityChanged) => Priority::from_word(value).map(|priority| phrases::priority(say, priority)),
        Some(Deed::CategoryChanged) => Category::from_word(value).map(|category| phrases::category(say, category)),
        Some(_) | None => State::from_word(value).map(|state| phrases::state(say, state)),
    };
    Some(words.unwrap_or_else(|| plain(value)))
}
