//! The commands of buying: orders, checkouts, subscriptions, refunds, and why a member holds what he holds.

pub mod checkout;
pub mod notices;
mod why;

use super::spec::Spec;

pub(super) static COMMANDS: &[&Spec] = &[&why::WHY, &why::ROLES_CHECK];
