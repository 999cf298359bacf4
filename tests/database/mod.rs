//! The database floor: identity, isolation, migrations.

mod commits;
mod depth;
mod identity;
mod migrations;
mod plans;
mod round_trips;
pub mod tables;
