//! How requests and previews are shown.

use crate::domain::privacy::{Counted, Preview, Request, RequestState};
use crate::kernel::reply::{Action, Button, Card, Style, Tone};
use crate::kernel::text::plain;
use crate::kernel::words::Speech;
use jiff::Timestamp;

/// A day in the reader's language.
pub(super) fn day(at: Timestamp) -> String {
    format!("<t:{}:D>", at.as_second())
}

fn line(say: &Speech<'_>, one: &Counted) -> String {
    format!("• {}", say.with(&format!("privacy-what-{}", one.what), &[("count", one.count.into())]))
}

/// What would be erased.
fn erased(say: &Speech<'_>, preview: &Preview) -> String {
    let lines: Vec<String> = preview.erased.iter().map(|one| line(say, one)).collect();
    if lines.is_empty() { say.t("privacy-erased-nothing") } else { lines.join("\n") }
}

/// What would stay, with each reason once, behind what it is the reason of.
fn kept(say: &Speech<'_>, preview: &Preview) -> String {
    let mut lines = Vec::new();
    let mut whys: Vec<&str> = preview.kept.iter().map(|one| one.why).collect();
    whys.dedup();
    for why in whys {
        lines.extend(preview.kept.iter().filter(|one| one.why == why).map(|one| line(say, one)));
        lines.push(format!("-# {}", say.t(&format!("privacy-why-{why}"))));
    }
    lines.join("\n")
}

/// Adds to a card what an erasure would do and what comes first.
pub(super) fn with_preview(card: Card, say: &Speech<'_>, preview: &Preview) -> Card {
    let first = preview.obstacles.iter().map(|one| format!("• {}", say.t(&format!("privacy-first-{}", one.as_str()))));
    let first: Vec<String> = first.collect();
    let mut card = card
        .field(say.t("privacy-field-first"), first.join("\n"), false)
        .field(say.t("privacy-field-erased"), erased(say, preview), false)
        .field(say.t("privacy-field-kept"), kept(say, preview), false);
    if preview.holds {
        card = card.field(say.t("privacy-field-given-up"), say.t("privacy-gives-up"), false);
    }
    card
}

/// One line of a request.
pub(super) fn request_line(say: &Speech<'_>, request: &Request) -> String {
    let state = say.t(&format!("privacy-state-{}", request.state.as_str()));
    let kind = say.t(&format!("privacy-kind-{}", request.kind.as_str()));
    let who = if request.state == RequestState::Done && request.decided.is_some() {
        say.t("privacy-somebody-erased")
    } else {
        format!("<@{}>", request.user)
    };
    let when = if request.state.is_open() {
        say.with("privacy-due", &[("day", (&day(request.due_at)).into())])
    } else {
        day(request.done_at.or(request.decided.map(|(_, at)| at)).unwrap_or(request.asked_at))
    };
    format!("\\#{} {kind} · {who} · {state} · {when}", request.id)
}

/// A request for who decides.
pub(super) fn request_card(say: &Speech<'_>, request: &Request) -> Card {
    let mut card = Card::titled(say.with("privacy-request-title", &[("id", request.id.into())]));
    card.tone = if request.state == RequestState::Asked { Tone::Warning } else { Tone::Neutral };
    card.body = request_line(say, request);
    let decided = request.decided.map(|(by, at)| format!("<@{by}> · {}", day(at))).unwrap_or_default();
    card.field(say.t("privacy-field-asked"), day(request.asked_at), true)
        .field(say.t("privacy-field-decided"), decided, true)
        .field(say.t("field-reason"), request.reason.as_deref().map(plain).unwrap_or_default(), false)
}

pub(super) fn ask_button(say: &Speech<'_>) -> Button {
    Button::new(say.t("button-privacy-ask"), Action::new("privacy_ask")).style(Style::Danger).emoji("🗑️")
}

pub(super) fn erase_button(say: &Speech<'_>) -> Button {
    Button::new(say.t("button-privacy-erase"), Action::new("privacy_erase")).emoji("🗑️")
}

pub(super) fn export_button(say: &Speech<'_>) -> Button {
    Button::new(say.t("button-privacy-export"), Action::new("privacy_export")).style(Style::Primary).emoji("💾")
}

pub(super) fn withdraw_button(say: &Speech<'_>) -> Button {
    Button::new(say.t("button-privacy-withdraw"), Action::new("privacy_withdraw")).emoji("↩️")
}
