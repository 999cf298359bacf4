//! What a member may ask of his data: a copy of it (`export`) and its erasure (`erasure`); and how long what is kept (`retention`).
//!
//! Requests are rows; an erasure waits for an operator and is carried out by the *privacy* duty. What is kept of whom and why stands,
//! table by table, in `docs/PRIVACY.md`. It decides nothing about what the payment provider keeps.

mod erasure;
mod export;
mod kinds;
mod parts;
mod posts;
mod preview;
pub mod retention;
mod service;
mod steps;
mod store;
mod tidy;

pub use erasure::{Carried, carry_out, due, is_pseudonym, put_off};
pub use export::{About, read as export};
pub use kinds::{Obstacle, Request, RequestKind, RequestState};
pub use parts::split;
pub use posts::keep_post;
pub use preview::{Counted, Preview, preview};
pub use service::{ask_erasure, confirm, note_export, own, refuse, request, requests, withdraw};
pub use steps::REMOVED;
pub use tidy::tidy;

use jiff::SignedDuration;

/// How long there is to answer a request: one month (GDPR, article 12(3)); the shortest one counts with 30 days here.
pub const TIME_TO_ANSWER: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long a member waits for his next copy.
pub const BETWEEN_EXPORTS: SignedDuration = SignedDuration::from_hours(1);

/// How long what is kept where a guild didn't choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrivacyRules {
    /// Days after its end for which a ticket keeps its words.
    pub ticket_days: u32,
    /// Days for which the audit of tickets and shop is kept.
    pub audit_days: u32,
    /// Days for which it is remembered which events the payment provider told.
    pub event_days: u32,
}

impl Default for PrivacyRules {
    fn default() -> Self {
        Self { ticket_days: 1095, audit_days: 1095, event_days: 400 }
    }
}
