//! The shop through its commands, on a real database, without Discord.

mod bad_input;
mod catalogue;
mod emptied;
mod history;
mod names;
mod offers;
mod operators;
mod privacy;
mod roles;
mod world;
