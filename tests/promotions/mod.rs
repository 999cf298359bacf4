//! Promotions on a real database: what is taken, given back and promised at most.

mod caps;
mod crowd;
mod orders;
mod prices;
mod referrals;
mod shop;
