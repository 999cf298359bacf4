//! The payment engine against the real database: histories, races, refunds.

mod histories;
mod provider;
mod races;
mod shop;
mod sockets;
