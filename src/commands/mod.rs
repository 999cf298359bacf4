//! What people may ask of a bot: every command, declared once, and the way a call goes.
//!
//! A call comes from an edge as a [`Call`] and leaves as an [`Answer`]; between them stand one parser, one validation, the
//! limits, the identity, one transaction. Nothing here knows Discord's wire format.

mod afar;
mod amount;
pub mod args;
mod call;
mod dispatch;
mod elsewhere;
mod errors;
pub mod figures;
mod forms;
pub mod giveaways;
pub mod help;
mod inspector;
mod maxis;
mod near;
mod once;
pub mod privacy;
pub mod promotions;
pub mod purchases;
mod refusal;
#[cfg(test)]
pub(crate) mod refused;
mod role_names;
mod setup;
pub mod shop;
pub mod spec;
mod split;
pub mod text;
pub mod tickets;
mod zones;

pub use afar::{Home, only_there, reaches_from_afar, told_from, typed_from_afar, written};
pub use args::{Args, FileRef, Raw};
pub use call::{Answer, Call, Way};
pub use dispatch::{Cx, answer, answer_from_afar, remove_later, suggest, unknown, unread};
pub use elsewhere::{Order, ordered};
pub use errors::{log, problem_of, told};
pub use forms::form_for;
pub use inspector::{Audience, Blind, Census, Inspector, Lacking, Seen};
pub use maxis::{PlanPage, Settled, autonomy_name, moved_card, pilots, plan_card, plan_page, settled, weekly};
pub use refusal::stays;
pub use setup::time_zone;
pub use spec::{Opt, Spec, Type};

use crate::app::Bot;

/// Every command of both bots; the one place where a new one is listed.
static ALL: &[(Topic, &[&Spec])] = &[
    (Topic::Tickets, tickets::COMMANDS),
    (Topic::Shop, shop::COMMANDS),
    (Topic::Shop, purchases::COMMANDS),
    (Topic::Shop, promotions::COMMANDS),
    (Topic::Giveaways, giveaways::COMMANDS),
    (Topic::Server, figures::COMMANDS),
    (Topic::Server, privacy::COMMANDS),
    (Topic::Server, setup::COMMANDS),
    (Topic::Server, help::COMMANDS),
    (Topic::Server, maxis::COMMANDS),
];

/// What a family of commands is about, for the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Topic {
    Tickets,
    Shop,
    Giveaways,
    /// Figures, settings, and what belongs to nothing else.
    Server,
}

/// Every command, in the order of the help.
pub fn all() -> impl Iterator<Item = &'static Spec> {
    ALL.iter().flat_map(|(_, family)| family.iter().copied())
}

/// The commands of one bot about a topic that a person can be shown.
fn about(bot: Bot, topic: Topic) -> impl Iterator<Item = &'static Spec> {
    let families = ALL.iter().filter(move |(about, _)| *about == topic).flat_map(|(_, family)| family.iter().copied());
    families.filter(move |spec| spec.bot == bot && !spec.hidden)
}

/// The commands of one bot.
pub fn of(bot: Bot) -> impl Iterator<Item = &'static Spec> {
    all().filter(move |spec| spec.bot == bot)
}

/// The command of that name.
pub fn find(bot: Bot, name: &str) -> Option<&'static Spec> {
    of(bot).find(|spec| spec.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Locale;
    use crate::kernel::words::Words;

    /// The names after a slash between backticks: commands that a text sends people to.
    fn named(text: &str) -> impl Iterator<Item = &str> {
        let names =
            text.split("`/").skip(1).filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next());
        names.filter(|name| !name.is_empty())
    }

    #[test]
    fn every_form_has_a_title() {
        let words = Words::new();
        for locale in Locale::ALL {
            let say = words.speak(locale);
            for spec in all().filter(|spec| spec.options.iter().any(|opt| opt.in_form)) {
                assert!(say.find(&format!("form-{}", spec.name), &[]).is_some(), "{locale:?}: {}", spec.name);
            }
        }
    }

    #[test]
    fn what_texts_send_people_to_is_there_under_that_name() {
        let words = Words::new();
        for locale in Locale::ALL {
            let say = words.speak(locale);
            let names: Vec<String> =
                all().filter(|spec| !spec.hidden).map(|spec| say.t(&format!("cmd-{}-name", spec.name))).collect();
            let files = format!("{}/config/locales/{}", env!("CARGO_MANIFEST_DIR"), locale.as_str());
            for file in std::fs::read_dir(files).unwrap() {
                let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
                for name in named(&text) {
                    assert!(names.iter().any(|known| known == name), "{locale:?}: /{name}");
                }
            }
        }
    }
}
