//! The control API over real sockets: who is let in, and what Shellia makes of each way to fail.

mod cents;
mod described;
mod docs;
mod door;
mod elsewhere;
mod events;
mod follow;
mod monitor;
mod near;
mod orders;
mod orders_again;
mod orders_attack;
mod orders_lost;
mod orders_said;
mod orders_typed;
mod plans;
mod reads;
mod real;
mod sentences;
mod stage;
mod status;
mod tls;
mod told;
mod weekly;
mod wired;
mod world;
