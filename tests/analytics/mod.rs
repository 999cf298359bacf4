//! Figures of the shop on a real database: against a recomputation, as conversations, as files.

mod balance;
mod conversation;
mod export;
mod history;
mod recomputed;
mod recurring;
mod world;
