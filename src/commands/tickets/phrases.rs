//! Small phrases about tickets: emoji with words, times, spans, stars, sizes.

use crate::domain::tickets::{Category, Priority, State, TicketRules, Unfit};
use crate::kernel::UserId;
use crate::kernel::text::plain;
use crate::kernel::words::Speech;
use jiff::Timestamp;

/// The emoji of a category.
pub const fn category_emoji(category: Category) -> &'static str {
    match category {
        Category::General => "❓",
        Category::Billing => "💳",
        Category::Technical => "🔧",
        Category::Bug => "🐛",
        Category::Account => "👤",
        Category::FeatureRequest => "💡",
    }
}

/// The emoji of a priority.
pub const fn priority_emoji(priority: Priority) -> &'static str {
    match priority {
        Priority::Critical => "🔴",
        Priority::High => "🟠",
        Priority::Medium => "🟡",
        Priority::Low => "⚪",
    }
}

/// The emoji of a state.
pub const fn state_emoji(state: State) -> &'static str {
    match state {
        State::Open => "🆕",
        State::InProgress => "🛠️",
        State::WaitingUser => "⏳",
        State::Resolved => "✅",
        State::Closed => "🔒",
    }
}

/// Emoji and word of a category.
pub fn category(say: &Speech<'_>, category: Category) -> String {
    format!("{} {}", category_emoji(category), say.t(&format!("choice-{}", category.as_str())))
}

/// Emoji and word of a priority.
pub fn priority(say: &Speech<'_>, priority: Priority) -> String {
    format!("{} {}", priority_emoji(priority), say.t(&format!("choice-{}", priority.as_str())))
}

/// Emoji and word of a state.
pub fn state(say: &Speech<'_>, state: State) -> String {
    format!("{} {}", state_emoji(state), say.t(&format!("choice-{}", state.as_str())))
}

/// Where somebody's own ticket stands, as he is told: it waits for him, not for "the member".
pub fn own_state(say: &Speech<'_>, standing: State) -> String {
    match standing {
        State::WaitingUser => format!("{} {}", state_emoji(standing), say.t("state-waits-for-you")),
        State::Open | State::InProgress | State::Resolved | State::Closed => state(say, standing),
    }
}

/// A time that Discord shows as "2 hours ago" in the reader's language (Discord, "Message formatting: Timestamps").
pub fn ago(at: Timestamp) -> String {
    format!("<t:{}:R>", at.as_second())
}

/// A person, who isn't notified.
pub fn person(user: UserId) -> String {
    format!("<@{user}>")
}

/// Stars as they are pressed.
pub fn stars(count: i16) -> String {
    "⭐".repeat(usize::try_from(count).unwrap_or(0))
}

/// A mean of stars, from tenths.
pub fn mean_stars(say: &Speech<'_>, tenths: i64) -> String {
    say.with("stars-mean", &[("whole", (tenths / 10).into()), ("tenth", (tenths % 10).into())])
}

/// A span of time in its two largest units.
pub fn span(say: &Speech<'_>, seconds: i64) -> String {
    let minutes = seconds.max(0) / 60;
    let (days, hours) = (minutes / 1440, minutes / 60 % 24);
    if days > 0 {
        say.with("span-days", &[("days", days.into()), ("hours", hours.into())])
    } else if hours > 0 {
        say.with("span-hours", &[("hours", hours.into()), ("minutes", (minutes % 60).into())])
    } else {
        say.with("span-minutes", &[("minutes", minutes.into())])
    }
}

/// A size in the unit that fits.
pub fn size(say: &Speech<'_>, bytes: u64) -> String {
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX).into();
    match bytes {
        0..1024 => say.with("size-bytes", &[("count", count(bytes))]),
        1024..1_048_576 => say.with("size-kib", &[("count", count(bytes / 1024))]),
        _ => say.with("size-mib", &[("count", count(bytes / 1_048_576))]),
    }
}

/// Why a file was not kept.
pub fn unfit(say: &Speech<'_>, why: Unfit, rules: &TicketRules) -> String {
    match why {
        Unfit::TooLarge => {
            let max = size(say, rules.attachment_max_bytes);
            say.with("file-too-large", &[("max", (&max).into())])
        }
        Unfit::WrongType => say.t("file-wrong-type"),
        Unfit::QuotaFull => say.t("file-quota-full"),
        Unfit::TooMany => say.t("file-too-many"),
        Unfit::Elsewhere => say.t("file-elsewhere"),
    }
}

/// The word for a plan's code, else its name, else the code.
pub fn plan(say: &Speech<'_>, code: &str, name: Option<&str>) -> String {
    say.find(&format!("plan-{code}"), &[]).unwrap_or_else(|| plain(name.unwrap_or(code)))
}
