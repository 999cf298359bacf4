//! The help.

use super::Spec;

pub(super) static COMMANDS: &[&Spec] = &[];
