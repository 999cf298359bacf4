//! What people may ask of a bot: every command, declared once, and the way a call goes.
//!
//! A call comes from an edge as a [`Call`] and leaves as an [`Answer`]; between them stand one parser, one validation, the
//! limits, the identity, one transaction. Nothing here knows Discord's wire format.

mod afar;
pub mod args;
mod call;
mod dispatch;
mod errors;
pub mod figures;
mod forms;
pub mod help;
mod inspector;
mod maxis;
mod once;
pub mod purchases;
mod refusal;
mod setup;
pub mod shop;
pub mod spec;
pub mod text;
pub mod tickets;
mod zones;

pub use afar::{Home, only_there, reaches_from_afar, told_from, typed_from_afar, written};
pub use args::{Args, FileRef, Raw};
pub use call::{Answer, Call, Way};
pub use dispatch::{Cx, answer, answer_from_afar, remove_later, suggest, unknown, unread};
pub use forms::form_for;
pub use inspector::{Audience, Blind, Inspector, Lacking, Seen};
pub use spec::{Opt, Spec, Type};

use crate::app::Bot;

/// Every command of both bots; the one place where a new one is listed.
static ALL: &[&[&Spec]] = &[
    tickets::COMMANDS,
    shop::COMMANDS,
    purchases::COMMANDS,
    figures::COMMANDS,
    setup::COMMANDS,
    help::COMMANDS,
    maxis::COMMANDS,
];

/// Every command, in the order of the help.
pub fn all() -> impl Iterator<Item = &'static Spec> {
    ALL.iter().flat_map(|family| family.iter().copied())
}

/// The commands of one bot.
pub fn of(bot: Bot) -> impl Iterator<Item = &'static Spec> {
    all().filter(move |spec| spec.bot == bot)
}

/// The command of that name.
pub fn find(bot: Bot, name: &str) -> Option<&'static Spec> {
    of(bot).find(|spec| spec.name == name)
}
