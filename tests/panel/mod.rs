//! The admin panel over real sockets: the local Discord, a database, and browsers that keep cookies.

mod audit;
mod catalogue;
mod decisions;
mod described;
mod erased;
mod files;
mod giveaways;
mod lists;
mod live;
mod matrix;
mod members;
mod orders;
mod pages;
mod privacy;
mod promotions;
mod ranks;
mod search;
mod settings;
mod signing;
pub mod stage;
mod team;
mod tickets;
