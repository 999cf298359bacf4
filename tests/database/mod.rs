//! The database floor: identity, isolation, migrations.

mod identity;
mod migrations;
mod round_trips;
pub mod tables;
