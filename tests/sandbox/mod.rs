//! The sandbox, reached by the real twilight clients over real sockets.

mod bot;
mod gateway;
mod interactions;
mod messages;

pub use bot::{Bot, sandbox};
