//! The database floor: identity, isolation, migrations.

mod commits;
mod depth;
mod ends;
mod forged;
mod identity;
mod login;
mod migrations;
mod passing;
mod plans;
mod round_trips;
mod scripts;
mod shadows;
mod silence;
pub mod tables;
mod traces;
