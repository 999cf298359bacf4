//! The sandbox, reached by the real twilight clients over real sockets.

mod bot;
mod courier;
mod crowd;
mod gateway;
mod interactions;
mod messages;
mod oauth;
mod page;
pub mod stripe;
mod tour;

pub use bot::{Bot, sandbox};
