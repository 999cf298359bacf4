//! Why somebody may not enter, in words that say what to do.

use crate::domain::giveaways::Refusal;
use crate::domain::shop::catalogue::names::Names;
use crate::kernel::RoleId;
use crate::kernel::text::plain;
use crate::kernel::words::Speech;

/// Roles as they are mentioned; nobody is notified by them.
pub(super) fn roles(all: &[RoleId]) -> String {
    all.iter().map(|role| format!("<@&{role}>")).collect::<Vec<_>>().join(", ")
}

/// Why he may not, and what he can do.
pub(super) fn refused(say: &Speech<'_>, refusal: &Refusal, names: &Names) -> String {
    match refusal {
        Refusal::AnyRole(all) => say.with("giveaway-refused-any", &[("roles", (&roles(all)).into())]),
        Refusal::AllRoles(all) => say.with("giveaway-refused-all", &[("roles", (&roles(all)).into())]),
        Refusal::NoRole(all) => say.with("giveaway-refused-none", &[("roles", (&roles(all)).into())]),
        Refusal::Plan(code) => {
            let plan = plain(names.plan(code));
            say.with("giveaway-refused-plan", &[("plan", (&plan).into())])
        }
        Refusal::Account(days, at) => {
            let at = format!("<t:{}:R>", at.as_second());
            say.with("giveaway-refused-account", &[("days", i64::from(*days).into()), ("at", (&at).into())])
        }
        Refusal::Member(days, at) => {
            let at = format!("<t:{}:R>", at.as_second());
            say.with("giveaway-refused-member", &[("days", i64::from(*days).into()), ("at", (&at).into())])
        }
        Refusal::Unknown => say.t("giveaway-refused-unknown"),
    }
}
