//! The control API over real sockets: who is let in, and what Shellia makes of each way to fail.

mod door;
mod near;
mod stage;
mod status;
mod tls;
