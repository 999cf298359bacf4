//! The commands of settings.

use super::Spec;

pub(super) static COMMANDS: &[&Spec] = &[];
