//! What one role asks of the other: the questions, their answers, and the pass that each question carries.
//!
//! Maxis answers through a [`Desk`], which the HTTP edge serves; Shellia asks through a [`Peer`], which the HTTP edge implements.
//! It knows neither HTTP nor Discord. What it holds no question for can't be asked from afar: no refund, no payout, no role.

mod hmac;
pub mod pass;
mod peer;
mod status;

pub use pass::{Behalf, Question, Signer, Turned, Verifier};
pub use peer::{Peer, Unreached, Unwired};
pub use status::{Database, Discord, Outbox, Payments, State, Status};

use async_trait::async_trait;

/// Answers what the other role may ask of Maxis.
#[async_trait]
pub trait Desk: Send + Sync {
    /// How Maxis is.
    async fn status(&self) -> Status;
}
