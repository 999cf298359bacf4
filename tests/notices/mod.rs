//! Notices from the change to the reader: the outbox's worker, the schedule and the reconciler on a real database, with a
//! courier that keeps Discord's rules.

mod agents;
mod attachments;
mod cards;
pub mod courier;
mod openers;
mod places;
mod removals;
mod times;
pub mod world;
