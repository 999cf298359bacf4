//! Days and moments, as they stand in what Shellia says.

use crate::commands::figures::card;
use crate::control::Span;
use crate::domain::analytics::Days;
use crate::kernel::words::Speech;
use jiff::Timestamp;

/// A moment that Discord counts from, such as "in 2 days" (Discord, "Message formatting: Timestamps").
pub(super) fn ago(at: Timestamp) -> String {
    format!("<t:{}:R>", at.as_second())
}

/// Some days: `25/11/2026`, `28/10/2026 – 26/11/2026`.
pub(super) fn span(say: &Speech<'_>, span: &Span) -> String {
    match Days::between(span.first, span.last) {
        Some(days) => card::span(say, &days),
        None => format!("{} – {}", span.first, span.last),
    }
}
