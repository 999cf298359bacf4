//! What is told about erasures: to the staff channel, and to a member.

use super::cards::day;
use crate::domain::privacy::Request;
use crate::kernel::reply::{Action, Button, Reply};
use crate::kernel::text::plain;
use crate::kernel::words::Speech;
use jiff::Timestamp;

/// So many members wait for an answer, the first of them until a day.
pub fn asked(say: &Speech<'_>, waiting: usize, first: Timestamp) -> Reply {
    let count = i64::try_from(waiting).unwrap_or(i64::MAX);
    let text = say.with("privacy-notice-asked", &[("count", count.into()), ("day", (&day(first)).into())]);
    let button = Button::new(say.t("button-privacy-requests"), Action::new("privacy_requests")).emoji("🔒");
    Reply::public(text).button(button)
}

/// He was erased.
pub fn erased(say: &Speech<'_>) -> Reply {
    Reply::private(say.t("privacy-notice-erased"))
}

/// His request was refused.
pub fn refused(say: &Speech<'_>, request: &Request) -> Reply {
    let reason = request.reason.as_deref().map(plain).unwrap_or_default();
    Reply::private(say.with("privacy-notice-refused", &[("reason", (&reason).into())]))
}
