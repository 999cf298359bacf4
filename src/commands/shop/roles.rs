//! Which roles may be sold: whoever pays gets them, so none that makes staff or could harm the guild.
//!
//! It looks when a role is set, by what Discord tells with the call; what a role is allowed later is the guild's own doing.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::purchases::notices::remedy;
use crate::kernel::error::{Cause, Error, Problem};
use crate::kernel::{Result, RoleId};

/// The role that is named to be sold, where one is.
///
/// # Errors
/// [`Error::Conflict`] for one that must not be sold, [`Error::Argument`] for one that isn't there, [`Error::Unavailable`]
/// when Discord didn't tell what it is.
pub(super) fn sold(cx: &Cx<'_>, args: &Args) -> Result<Option<RoleId>> {
    harmless(cx, args, "role")
}

/// The role under an option, for people who aren't staff and don't become it by that.
///
/// # Errors
/// As [`sold`].
pub(crate) fn harmless(cx: &Cx<'_>, args: &Args, option: &'static str) -> Result<Option<RoleId>> {
    let Some(role) = named(cx, args, option)? else { return Ok(None) };
    if cx.guild.ranks.contains_key(&role) {
        return Err(Error::Conflict("error-shop-staff-role"));
    }
    let untold = || Error::Unavailable { what: "looking at a role", cause: Cause::new("Discord did not tell") };
    let seen = cx.seen.as_ref().ok_or_else(untold)?;
    if seen.unknown_roles.contains(&role) {
        return Err(Error::Argument { option, problem: Problem::NotARole });
    }
    if seen.managed_roles.contains(&role) {
        return Err(Error::Conflict("error-shop-managed-role"));
    }
    if seen.powerful_roles.contains(&role) {
        return Err(Error::Conflict("error-shop-powerful-role"));
    }
    // Tickets are shown there.
    if cx.guild.staff_channel.is_some_and(|staff| seen.readers.contains(&(staff, role))) {
        return Err(Error::Conflict("error-shop-reader-role"));
    }
    Ok(Some(role))
}

/// What staff read at once where the role that they name to be sold can't be given as things are; empty where it can.
pub(super) fn warning(cx: &Cx<'_>, args: &Args) -> String {
    let role = args.role("role");
    let seen = cx.seen.iter().flat_map(|seen| &seen.out_of_reach);
    let found = seen.copied().find(|(named, _)| Some(*named) == role);
    let say = &cx.say;
    found
        .map_or_else(String::new, |(role, why)| format!("\n{}\n{}", remedy(say, role, why), say.t("shop-role-warning")))
}

/// The role under an option; the one that everybody has gives nothing and hides nothing.
///
/// # Errors
/// [`Error::Conflict`] for everybody's.
pub(super) fn named(cx: &Cx<'_>, args: &Args, option: &str) -> Result<Option<RoleId>> {
    let role = args.role(option);
    // It carries the guild's own id (Discord, "Permissions").
    let everybody = role.is_some_and(|role| role.get() == cx.guild.id.get());
    if everybody { Err(Error::Conflict("error-shop-everyone-role")) } else { Ok(role) }
}
