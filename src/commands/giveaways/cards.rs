//! A giveaway as a card and in lines: in its channel, and for who looks at it.

use super::why::roles;
use crate::domain::giveaways::{Also, Giveaway, Prize, Requirements, SourceKind, State};
use crate::domain::shop::catalogue::names::Names;
use crate::kernel::Locale;
use crate::kernel::reply::{Action, Button, Card, Reply, Style, Tone};
use crate::kernel::text::{plain, unmasked};
use crate::kernel::words::Speech;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// A moment, and how far it is from now, in the reader's own time (Discord, "Message formatting: Timestamps").
pub(super) fn when(at: Timestamp) -> String {
    format!("<t:{0}:f> (<t:{0}:R>)", at.as_second())
}

const fn emoji(state: State) -> &'static str {
    match state {
        State::Scheduled => "⏳",
        State::Open => "🎉",
        State::Paused => "⏸️",
        State::Drawing => "🎲",
        State::Drawn => "🏆",
        State::Done => "🏁",
        State::Cancelled => "🛑",
    }
}

/// A giveaway in one line, without marks: `#3 🎉 Un jeu`.
pub(super) fn line(say: &Speech<'_>, giveaway: &Giveaway) -> String {
    let state = say.t(&format!("giveaway-state-{}", giveaway.state.as_str()));
    format!("#{} {} {} · {state}", giveaway.number, emoji(giveaway.state), giveaway.title)
}

/// A chance of so many hundredths of a percent.
pub(super) fn percent(say: &Speech<'_>, hundredths: u32) -> String {
    let point = if say.locale == Locale::Fr { ',' } else { '.' };
    let space = if say.locale == Locale::Fr { "\u{A0}" } else { "" };
    match (hundredths / 100, hundredths % 100) {
        (0, 0) => format!("< 0{point}01{space}%"),
        (whole, 0) => format!("{whole}{space}%"),
        (whole, part) => format!("{whole}{point}{part:02}{space}%"),
    }
}

/// What is won beside the title, in words.
fn prize(say: &Speech<'_>, prize: &Prize, names: &Names) -> String {
    match prize {
        Prize::Plan { code, days } => {
            let plan = plain(names.plan(code));
            say.with("giveaway-prize-plan", &[("plan", (&plan).into()), ("days", i64::from(*days).into())])
        }
        Prize::Role { role, days: Some(days) } => {
            let role = format!("<@&{role}>");
            say.with("giveaway-prize-role-days", &[("role", (&role).into()), ("days", i64::from(*days).into())])
        }
        Prize::Role { role, days: None } => {
            let role = format!("<@&{role}>");
            say.with("giveaway-prize-role", &[("role", (&role).into())])
        }
        Prize::Coupon { discount, days, .. } => {
            let off = discount.show(say.locale);
            say.with("giveaway-prize-coupon", &[("off", (&off).into()), ("days", i64::from(*days).into())])
        }
        Prize::Product { code, variant } => {
            let mut product = plain(names.product(code));
            if variant != "standard" {
                product = format!("{product} ({variant})");
            }
            say.with("giveaway-prize-product", &[("product", (&product).into())])
        }
        Prize::Hand => say.t("giveaway-prize-hand"),
    }
}

/// All that a winner gets beside the title, a line each.
pub fn prizes(say: &Speech<'_>, giveaway: &Giveaway, names: &Names) -> String {
    let mut lines = vec![prize(say, &giveaway.prize, names)];
    lines.extend(also(say, &giveaway.also, names).into_iter().map(|more| format!("+ {more}")));
    lines.join("\n")
}

/// What comes beside the prize.
pub(super) fn also(say: &Speech<'_>, also: &Also, names: &Names) -> Vec<String> {
    let plan = also.plan.clone().map(|(code, days)| Prize::Plan { code, days });
    let role = also.role.map(|role| Prize::Role { role, days: None });
    plan.into_iter().chain(role).map(|more| prize(say, &more, names)).collect()
}

/// What is asked, a line each.
pub fn asked(say: &Speech<'_>, asked: &Requirements, names: &Names) -> String {
    let mut lines = Vec::new();
    let mut with_roles = |id: &str, all: &[crate::kernel::RoleId]| {
        if !all.is_empty() {
            lines.push(say.with(id, &[("roles", (&roles(all)).into())]));
        }
    };
    with_roles("giveaway-asks-any", &asked.any_role);
    with_roles("giveaway-asks-all", &asked.all_roles);
    with_roles("giveaway-asks-none", &asked.no_role);
    if let Some(plan) = &asked.plan {
        let plan = plain(names.plan(plan));
        lines.push(say.with("giveaway-asks-plan", &[("plan", (&plan).into())]));
    }
    for (id, days) in [("giveaway-asks-account", asked.account_days), ("giveaway-asks-member", asked.member_days)] {
        if days > 0 {
            lines.push(say.with(id, &[("days", i64::from(days).into())]));
        }
    }
    for (role, more) in &asked.bonus {
        let role = format!("<@&{role}>");
        lines.push(say.with("giveaway-bonus", &[("role", (&role).into()), ("more", i64::from(*more).into())]));
    }
    if lines.is_empty() { say.t("giveaway-asks-nothing") } else { lines.join("\n") }
}

/// How the winners are drawn, in a sentence.
fn fairness(say: &Speech<'_>, source: SourceKind) -> String {
    say.t(match source {
        SourceKind::Quicknet => "giveaway-fair-quicknet",
        SourceKind::Sandbox => "giveaway-fair-sandbox",
        SourceKind::None => "giveaway-fair-none",
    })
}

/// The facts of a giveaway.
pub(super) fn card(say: &Speech<'_>, giveaway: &Giveaway, entries: u64, names: &Names) -> Card {
    let mut card = Card::titled(format!("{} {}", emoji(giveaway.state), plain(&giveaway.title)));
    card.body = unmasked(&giveaway.description);
    let state = say.t(&format!("giveaway-state-{}", giveaway.state.as_str()));
    let (label, at) = match giveaway.state {
        State::Scheduled => ("giveaway-field-starts", giveaway.starts_at),
        _ => ("giveaway-field-ends", giveaway.ends_at),
    };
    let shown_end = match giveaway.state {
        State::Paused => say.t("giveaway-end-waits"),
        _ => when(at),
    };
    let claim = match giveaway.claim_hours {
        0 => say.t("giveaway-claim-none"),
        hours => say.with("giveaway-claim-hours", &[("hours", i64::from(hours).into())]),
    };
    card = card
        .field(say.t("giveaway-field-state"), state, true)
        .field(say.t(label), shown_end, true)
        .field(say.t("giveaway-field-winners"), giveaway.winners.to_string(), true)
        .field(say.t("giveaway-field-entries"), entries.to_string(), true)
        .field(say.t("giveaway-field-prize"), prizes(say, giveaway, names), true)
        .field(say.t("giveaway-field-host"), format!("<@{}>", giveaway.host), true)
        .field(say.t("giveaway-field-asks"), asked(say, &giveaway.requirements, names), false)
        .field(
            say.t("giveaway-field-rules"),
            format!("{}\n{claim}\n{}", say.t("giveaway-rules"), fairness(say, giveaway.source)),
            false,
        );
    card.footer = say.with("giveaway-footer", &[("number", giveaway.number.into())]);
    card.tone = match giveaway.state {
        State::Open => Tone::Good,
        State::Scheduled | State::Drawing | State::Drawn | State::Done => Tone::Neutral,
        State::Paused => Tone::Warning,
        State::Cancelled => Tone::Alert,
    };
    card
}

pub(super) fn action(command: &str, number: i64) -> Action {
    Action::new(command).with("giveaway", number)
}

pub(super) fn enter_button(say: &Speech<'_>, number: i64) -> Button {
    let label = say.t("button-giveaway-enter");
    Button::new(label, action("giveaway_enter", number)).style(Style::Success).emoji("🎉")
}

pub(super) fn leave_button(say: &Speech<'_>, number: i64) -> Button {
    Button::new(say.t("button-giveaway-leave"), action("giveaway_leave", number)).emoji("🚪")
}

/// A button that explains what a message proves; `step` tells the messages of a giveaway apart.
pub(super) fn fair_button(say: &Speech<'_>, number: i64, step: &str) -> Button {
    Button::new(say.t("button-giveaway-fair"), fair_action(number, step)).emoji("🔎")
}

/// The action of that button: a message that was posted is found by it.
pub fn fair_action(number: i64, step: &str) -> Action {
    action("giveaway_fair", number).with("step", step)
}

/// The card in the giveaway's channel, with its buttons, and a digest of what it shows.
pub fn announcement(say: &Speech<'_>, giveaway: &Giveaway, entries: u64, names: &Names) -> (Reply, String) {
    // It is posted to begin.
    let shown = match giveaway.state {
        State::Scheduled => Giveaway { state: State::Open, ..giveaway.clone() },
        _ => giveaway.clone(),
    };
    let mut reply = Reply::public("").card(card(say, &shown, entries, names));
    if shown.state == State::Open {
        reply = reply.button(enter_button(say, shown.number)).button(leave_button(say, shown.number));
    }
    reply = reply.button(fair_button(say, shown.number, CARD));
    let json = serde_json::to_vec(&reply).unwrap_or_default();
    let digest: String = Sha256::digest(&json).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    (reply, digest)
}

/// The step of the card's button.
pub const CARD: &str = "card";
