//! The payment engine against the real database: histories, races, refunds.

mod histories;
pub mod provider;
mod races;
pub mod shop;
mod sockets;
