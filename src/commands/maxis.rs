//! The commands of Shellia.

use super::Spec;

pub(super) static COMMANDS: &[&Spec] = &[];
