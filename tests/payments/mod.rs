//! The payment engine against the real database: histories, races, refunds.

mod agreed;
mod found_again;
mod histories;
mod in_vain;
mod later_months;
mod mended;
pub mod provider;
mod races;
mod recommended;
mod returned;
mod second_tries;
pub mod shop;
mod sockets;
pub mod till;
mod unwound;
mod world;
