//! The database floor: identity, isolation, migrations.

mod identity;
mod migrations;
pub mod tables;
