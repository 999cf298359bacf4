//! What the product is about: types, rules, queries and use cases, on a transaction that is handed in.
//!
//! No domain reads a clock, opens a socket or commits.

pub mod accounts;
pub mod agent;
pub mod analytics;
pub mod decisions;
pub mod giveaways;
pub mod notifications;
pub mod panel;
pub mod payments;
pub mod privacy;
pub mod promotions;
pub mod shop;
pub mod tickets;
