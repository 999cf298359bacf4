//! What a member reads by direct message when staff give him something by hand, or take it back: what it is, and until when. Why is
//! staff's own; what he may ask is behind a ticket.

use super::super::tickets::notices::from_afar;
use super::notices::day;
use crate::kernel::GuildId;
use crate::kernel::reply::{Action, Button, Reply, Style};
use crate::kernel::text::plain;
use crate::kernel::words::Speech;
use jiff::Timestamp;

/// A plan by its name, or a role: in direct messages Discord shows no role's name.
fn what(say: &Speech<'_>, plan: Option<&str>) -> String {
    plan.map_or_else(|| say.t("granted-role"), |plan| say.with("granted-plan", &[("plan", (&plain(plan)).into())]))
}

/// Tells what staff give him: the plan's name, or `None` for a role; `until` when, or `None` for good.
pub fn given(say: &Speech<'_>, guild: GuildId, plan: Option<&str>, until: Option<Timestamp>) -> Reply {
    let what = what(say, plan);
    let text = match until.map(day) {
        Some(until) => say.with("notice-granted-until", &[("what", (&what).into()), ("until", (&until).into())]),
        None => say.with("notice-granted", &[("what", (&what).into())]),
    };
    let (label, shows, emoji) =
        if plan.is_some() { ("button-what-i-have", "subscription", "⭐") } else { ("button-why-role", "why", "❔") };
    let see = Button::new(say.t(label), Action::new(shows)).style(Style::Primary).emoji(emoji);
    from_afar(Reply::private(text).button(see), guild)
}

/// Tells that staff took back what they had given him.
pub fn taken(say: &Speech<'_>, guild: GuildId, plan: Option<&str>) -> Reply {
    let text = say.with("notice-taken-back", &[("what", (&what(say, plan)).into())]);
    from_afar(Reply::private(text), guild)
}
