//! What an operator means who writes to Shellia, in French or English: a closed grammar, and the typed plan that comes of it.
//!
//! It is pure: no clock is read (`now` comes in, with the shop's time zone), nothing is looked up, nothing is carried out. Both
//! languages are read side by side, without guessing which it is. It is no translator and no conversation: what it doesn't know it
//! asks back or lets pass, and what is quoted, negated, supposed, reported or taken back never becomes a plan. It isn't the boundary
//! either: a plan waits for approval, and Maxis measures it against every cap whoever asks. Whatever else may propose a write one
//! day, such as a model behind `decisions::Advisor`, proposes the same [`Plan`].
//!
//! ```text
//! sentence  → normal (spelling of the same) → token → sentence (quotes, whom it calls)
//!           → found (values, ends, targets, audience, codes, counts, figures; each token taken once)
//!           → orders (verbs where an order stands) + moods (how it is meant)
//!           → protected (what is refused) → judge (intent) → draft (slots, what is missing, verdict) → Plan
//! ```
//!
//! `docs/UNDERSTANDING.md` says what each slot holds.

mod catalogue;
mod chosen;
mod counts;
mod decided;
mod draft;
mod elsewhere;
mod figures;
mod follow;
mod follow_words;
mod found;
mod hours;
mod judge;
mod kill;
mod kinds;
mod merge;
mod metrics;
mod mood_words;
mod moods;
mod names;
mod normal;
mod occasion;
mod orders;
mod phrase;
mod plan;
mod prize;
mod protected;
mod reading;
mod rest;
mod sentence;
mod settings;
mod slots;
mod spans;
mod spelled;
mod spelling;
mod token;
mod turns;
mod values;
mod view;
mod wanted;
mod weekdays;
mod when;
mod words;

pub use catalogue::{Catalogue, PlanName};
pub use kinds::{Intent, Missing, Reason, Verdict};
pub use plan::{Billing, End, Giveaway, Off, Plan, Promotion, Which};
pub use slots::{Audience, Compare, Metric, Period, Slots, Target};
pub use view::View;

use follow::Prior;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The most characters of a sentence that is looked at: Discord's longest message.
pub const LONGEST: usize = 4_000;
/// The most messages before it that are looked at.
pub const CONTEXT: usize = 12;

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// The person.
    Operator,
    /// Shellia.
    Controller,
}

/// A message that came before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Who wrote it.
    pub from: Speaker,
    /// What.
    pub text: String,
}

/// How a sentence is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    /// What is wanted.
    pub intent: Intent,
    /// What may be done about it.
    pub verdict: Verdict,
    /// What it says.
    pub slots: Slots,
    /// Why it is not followed, where it isn't.
    pub reason: Option<Reason>,
    /// What must be asked, where something must.
    pub missing: Vec<Missing>,
    /// The cap, where it stands in the way, in percent.
    pub cap_percent: Option<u8>,
    /// The plan, where the verdict is one.
    pub plan: Option<Plan>,
}

impl Understood {
    fn new(intent: Intent, verdict: Verdict) -> Self {
        Self {
            intent,
            verdict,
            slots: Slots::default(),
            reason: None,
            missing: Vec::new(),
            cap_percent: None,
            plan: None,
        }
    }

    fn because(self, reason: Reason) -> Self {
        Self { reason: Some(reason), ..self }
    }

    fn ignored(reason: Reason) -> Self {
        Self::new(Intent::None, Verdict::Ignore).because(reason)
    }

    fn asked(intent: Intent, missing: Missing) -> Self {
        Self { missing: vec![missing], ..Self::new(intent, Verdict::Ask) }
    }
}

/// The grammar over a shop's names, in its time zone.
#[derive(Debug, Clone)]
pub struct Grammar {
    catalogue: Catalogue,
    zone: TimeZone,
}

impl Grammar {
    /// The grammar over these names, in that time zone.
    pub const fn new(catalogue: Catalogue, zone: TimeZone) -> Self {
        Self { catalogue, zone }
    }

    /// The shop's time zone.
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// How a sentence is understood that was said then, after those messages.
    pub fn understand(&self, text: &str, context: &[Said], now: Timestamp) -> Understood {
        let clock = when::Clock::new(now, &self.zone);
        let mut prior = Prior::default();
        for said in context.iter().skip(context.len().saturating_sub(CONTEXT)) {
            match said.from {
                Speaker::Operator => prior = judge::judge(&said.text, &prior, &self.catalogue, &clock).1,
                Speaker::Controller => prior.hear(&said.text),
            }
        }
        judge::judge(text, &prior, &self.catalogue, &clock).0
    }
}
