//! The isolation matrix: every person × every command and every table, generated from the registered commands and from the
//! database's catalogue. A new command or table is in it by itself.

mod commands;
mod mutants;
mod scene;
mod shelf;
mod tables;
