//! Deeds of the catalogue that Discord does at once and a page shows first: what would happen, with a word for what was shown.

use crate::panel::deeds::{Done, Preview};
use crate::panel::sealed::digest;
use crate::panel::{Panel, Staff};
use serde::Deserialize;
use utoipa::ToSchema;

/// The word of a preview.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = PanelSure)]
pub struct Sure {
    /// The word.
    pub confirm: String,
}

/// What came of a deed that is shown first.
#[derive(Debug)]
pub enum Outcome {
    /// It is done.
    Done(Done),
    /// It is to be looked at first: `confirm`, or `changed` where what was shown isn't so any more.
    Unsure(&'static str, Preview),
}

impl Panel {
    /// A preview of something, whose word holds for what was shown: its facts.
    pub(super) fn shown(&self, staff: &Staff, (what, text): (&str, String), facts: &[String]) -> Preview {
        Preview { text, token: self.sealed(staff, what, &digest(&facts)) }
    }

    /// Why a word doesn't hold for what is so now; nothing where it does.
    pub(super) fn objection(
        &self,
        staff: &Staff,
        (what, word): (&str, &str),
        facts: &[String],
    ) -> Option<&'static str> {
        match self.unsealed::<String>(staff, what, word) {
            Ok(seen) if seen == digest(&facts) => None,
            Ok(_) => Some("changed"),
            Err(_) => Some("confirm"),
        }
    }
}
