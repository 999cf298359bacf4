//! Giveaways. So far it is the draw alone: who wins, in an order that anybody can check.
//!
//! It is no bot: no command, no row and no clock is here.

pub mod draw;
