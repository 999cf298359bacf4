//! Figures of the shop on a real database: against a recomputation, as conversations, as files.

mod balance;
pub mod conversation;
mod export;
pub mod history;
pub mod recomputed;
mod recurring;
mod sums;
pub mod world;
