//! The admin panel over real sockets: the local Discord, a database, and browsers that keep cookies.

mod catalogue;
mod described;
mod files;
mod live;
mod matrix;
mod members;
mod orders;
mod pages;
mod ranks;
mod search;
mod signing;
pub mod stage;
mod tickets;
