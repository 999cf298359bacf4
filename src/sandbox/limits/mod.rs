//! What Discord accepts in messages, forms and commands, and how it names what it doesn't.
//!
//! Source: Discord's documentation, "Message Resource", "Component Reference", "Application Commands".

mod commands;
mod components;
mod embeds;
mod message;
mod modal;

pub(crate) use commands::check as check_command;
pub(crate) use commands::check_all as check_commands;
pub(crate) use components::usable;
pub(crate) use message::{edit, post};
pub(crate) use modal::{check as check_modal, choices as check_choices};

/// Largest file a bot or a person may attach, in bytes.
pub(crate) const FILE_BYTES: usize = 10 * 1024 * 1024;
/// Largest request body, in bytes.
pub(crate) const BODY_BYTES: usize = 25 * 1024 * 1024;
/// Longest message, in characters.
pub(crate) const CONTENT: usize = 2000;
