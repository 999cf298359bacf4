//! The integration tests, one binary over the public crate; PostgreSQL is real.
#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test may stop where it stands"
)]

mod analytics;
mod architecture;
mod control;
mod conversations;
mod database;
mod dependencies;
mod deploy;
#[cfg(feature = "sandbox")]
mod discord_edge;
mod embedded;
mod giveaways;
mod isolation;
mod kills;
mod notices;
mod panel;
mod payments;
mod privacy;
mod promotions;
mod purchases;
mod roles;
mod sandbox;
mod shop;
mod stripe;
mod support;
mod tickets;
mod understand;
mod webhook;
mod witness;
