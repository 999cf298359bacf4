//! Deeds of the catalogue that Discord does at once and a page shows first: what would happen, with a word that holds for ten minutes
//! and for what was shown. The word is no right: whoever has it could ask at once.

use crate::panel::Staff;
use crate::panel::deeds::{Done, Preview};
use jiff::Timestamp;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

/// For how many seconds a preview holds.
const HOLDS: i64 = 600;

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

fn digest(staff: &Staff, what: &str, facts: &[String], until: i64) -> String {
    let mut sum = Sha256::new();
    for part in [&staff.guild.id.to_string(), what, &until.to_string()] {
        sum.update(part.as_bytes());
        sum.update([0]);
    }
    for fact in facts {
        sum.update(fact.as_bytes());
        sum.update([0]);
    }
    sum.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// A preview of something, whose word holds for what was shown: its facts.
pub(super) fn preview(staff: &Staff, (what, text): (&str, String), facts: &[String], now: Timestamp) -> Preview {
    let until = now.as_second().saturating_add(HOLDS);
    Preview { text, token: format!("{until}-{}", digest(staff, what, facts, until)) }
}

/// Why a word doesn't hold for what is so now; nothing where it does.
pub(super) fn objection(
    staff: &Staff,
    (what, word): (&str, &str),
    facts: &[String],
    now: Timestamp,
) -> Option<&'static str> {
    let read = word.split_once('-').and_then(|(until, sum)| Some((until.parse::<i64>().ok()?, sum)));
    match read {
        Some((until, _)) if !(now.as_second()..=now.as_second().saturating_add(HOLDS)).contains(&until) => {
            Some("confirm")
        }
        Some((until, sum)) if sum == digest(staff, what, facts, until) => None,
        Some(_) => Some("changed"),
        None => Some("confirm"),
    }
}
