//! Tickets through their commands, on a real database, without Discord.

mod bad_input;
mod cap;
mod clock;
mod conversation;
mod forms;
mod help;
mod lists;
mod numbers;
mod own;
mod plans;
mod privacy;
mod settings;
mod typed;
pub mod world;
