//! Promotions on a real database: what is taken, given back and promised at most.

mod bad_input;
mod caps;
mod conversation;
mod credits;
mod crowd;
mod orders;
mod prices;
mod referrals;
mod rests;
pub mod shop;
