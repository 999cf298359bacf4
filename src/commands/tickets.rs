//! The commands of tickets.

use super::Spec;

pub(super) static COMMANDS: &[&Spec] = &[];
