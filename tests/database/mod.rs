//! The database floor: identity, isolation, migrations.

mod commits;
mod identity;
mod migrations;
mod round_trips;
pub mod tables;
