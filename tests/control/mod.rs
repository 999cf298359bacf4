//! The control API over real sockets: who is let in, and what Shellia makes of each way to fail.

mod door;
mod events;
mod follow;
mod monitor;
mod stage;
mod status;
mod told;
mod world;
