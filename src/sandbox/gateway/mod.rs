//! The gateway: sessions with their replay buffers, who hears which event, and the sockets.
//!
//! Source of the rules: Discord's documentation, "Gateway" and "Gateway Events".

mod dispatch;
mod identify;
pub(crate) mod intents;
mod session;
mod socket;
mod switches;
mod wire;

pub(crate) use dispatch::Reach;
pub(crate) use session::Sessions;
pub(crate) use socket::connect;
pub use switches::Switch;
