//! The commands of tickets.
//!
//! Each file holds a family: declaration, use case, answer. `cards`, `notices` and `phrases` say what tickets look like, for
//! `jobs` too. Who may do what is decided in `domain::tickets`; here stands what is asked and what is said.

mod agent;
pub mod cards;
mod create;
mod figures;
mod history;
mod list;
pub mod notices;
pub mod phrases;
mod progress;
mod view;
mod write;

pub(super) use create::open_about;

pub use history::value_in_words;

use super::args::Args;
use super::call::Way;
use super::dispatch::Cx;
use super::spec::{Opt, Spec, Type};
use crate::domain::tickets::reading::{self, Among};
use crate::domain::tickets::{Category, DisplayName, NewFile, Priority, RefusedFile, Step};
use crate::kernel::text::{plain, shorten};
use crate::kernel::{Error, Rank, Result, UserId};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

pub(super) static COMMANDS: &[&Spec] = &[
    &create::CREATE,
    &list::LIST,
    &view::VIEW,
    &write::REPLY,
    &progress::CLOSE,
    &progress::REOPEN,
    &progress::RATE,
    &write::NOTE,
    &progress::CLAIM,
    &progress::ASSIGN,
    &progress::RESOLVE,
    &progress::PRIORITY_CHANGE,
    &progress::CATEGORY_CHANGE,
    &figures::STATS,
    &history::HISTORY,
    &create::PANEL,
    &agent::AGENT,
    &view::FILE,
    &view::ANSWER,
];

/// Longest label of a suggestion (Discord, "Application Command Option Choice").
const LABEL_MAX: usize = 100;

/// What a command of tickets has unless it says otherwise: it changes something and answers in private.
const TICKET: Spec = Spec { writes: true, ..Spec::BASE };

/// The same for staff.
const STAFF: Spec = Spec { rank: Some(Rank::Support), ..TICKET };

/// The ticket that a command is about.
const ID: Opt = Opt::required("id", Type::Ticket);
const CATEGORY: Type = Type::Choice(&Category::WORDS);
const PRIORITY: Type = Type::Choice(&Priority::WORDS);

/// The step that a call takes on the ticket it names.
fn step<'a>(cx: &Cx<'a>, args: &Args) -> Result<Step<'a>> {
    Ok(Step { guild: cx.guild.id, number: args.ticket("id")?, rules: &cx.app.tickets, now: cx.now })
}

/// The person whom a command names as agent; he must be staff of this guild.
///
/// Discord tells the roles of every member whom a command names, so whom it doesn't tell of has left, or never came. Only for
/// who is typed it had to be asked, and may not have answered.
///
/// # Errors
/// [`Error::Conflict`] for anybody else.
fn named_agent(cx: &Cx<'_>, args: &Args) -> Result<Option<UserId>> {
    let Some(agent) = args.user("agent") else { return Ok(None) };
    match args.person("agent") {
        Some(person) if cx.guild.rank_of(person).is_some() => Ok(Some(agent)),
        None if cx.way == Way::Text => Err(Error::Conflict("error-agent-not-known")),
        Some(_) | None => Err(Error::Conflict("error-agent-not-staff")),
    }
}

fn name(cx: &Cx<'_>) -> DisplayName {
    DisplayName::new(cx.name)
}

fn files(args: &Args) -> Vec<NewFile> {
    let file = |file: &super::FileRef| NewFile::new(&file.name, &file.content_type, file.size, &file.url);
    args.files("file").into_iter().map(file).collect()
}

/// A line for each file that was not kept.
fn refused_lines(cx: &Cx<'_>, refused: &[RefusedFile]) -> String {
    let line = |file: &RefusedFile| {
        let (name, why) = (plain(&shorten(&file.name, 60)), phrases::unfit(&cx.say, file.why, &cx.app.tickets));
        cx.say.with("file-not-kept", &[("name", (&name).into()), ("why", (&why).into())])
    };
    refused.iter().map(|file| format!("\n{}", line(file))).collect()
}

/// Labels with values.
type Suggestions<'a> = BoxFuture<'a, Result<Vec<(String, String)>>>;

/// Suggests tickets for the option `id`.
fn suggest<'a>(cx: &'a mut Cx<'_>, option: &'a str, typed: &'a str) -> Suggestions<'a> {
    suggest_among(cx, option, typed, Among::Usual).boxed()
}

/// Suggests solved and closed tickets for the option `id`.
fn suggest_ended<'a>(cx: &'a mut Cx<'_>, option: &'a str, typed: &'a str) -> Suggestions<'a> {
    suggest_among(cx, option, typed, Among::Ended).boxed()
}

async fn suggest_among(cx: &mut Cx<'_>, option: &str, typed: &str, among: Among) -> Result<Vec<(String, String)>> {
    if option != "id" {
        return Ok(Vec::new());
    }
    let guild = cx.guild.id;
    let found = reading::suggest(cx.tx()?, guild, among, typed).await?;
    let label = |ticket: &reading::Suggestion| {
        let emoji = phrases::state_emoji(ticket.state);
        shorten(&format!("#{} {emoji} {}", ticket.number, ticket.subject), LABEL_MAX)
    };
    Ok(found.iter().map(|ticket| (label(ticket), ticket.number.to_string())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Bot;
    use crate::kernel::Locale;
    use crate::kernel::reply::Visibility;
    use crate::kernel::words::Words;

    #[test]
    fn every_ticket_command_answers_in_private_but_the_panel() {
        let public: Vec<_> =
            COMMANDS.iter().filter(|spec| spec.visibility == Visibility::Public).map(|spec| spec.name).collect();
        assert_eq!(public, ["ticket_panel"]);
    }

    #[test]
    fn every_command_and_option_has_words_that_discord_takes() {
        // Discord, "Application Commands: Naming".
        let is_name = |name: &str| {
            (1..=32).contains(&name.chars().count())
                && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
                && name.to_lowercase() == name
        };
        let words = Words::new();
        for locale in Locale::ALL {
            let say = words.speak(locale);
            let fits = |id: String, max: usize| {
                let text = say.find(&id, &[]).unwrap_or_else(|| panic!("{locale:?} lacks {id}"));
                assert!((1..=max).contains(&text.chars().count()), "{locale:?}: {id} is too long");
                text
            };
            let mut taken = std::collections::HashSet::new();
            for spec in crate::commands::all().filter(|spec| !spec.hidden) {
                let name = fits(format!("cmd-{}-name", spec.name), 32);
                assert!(is_name(&name) && taken.insert((spec.bot, name.clone())), "{locale:?}: {name}");
                fits(format!("cmd-{}", spec.name), 100);
                if spec.has_form() {
                    fits(format!("form-{}", spec.name), 45);
                }
                let mut options = std::collections::HashSet::new();
                for opt in spec.options {
                    let name = fits(format!("opt-{}-name", opt.name), 32);
                    assert!(is_name(&name) && options.insert(name.clone()), "{locale:?}: {name}");
                    fits(format!("opt-{}", opt.name), 100);
                    if opt.in_form {
                        fits(format!("label-{}", opt.name), 45);
                        fits(format!("hint-{}-{}", spec.name, opt.name), 100);
                    }
                    if let Some(codes) = opt.ty.codes() {
                        codes.iter().for_each(|code| drop(fits(format!("choice-{code}"), 100)));
                    }
                }
            }
        }
    }

    #[test]
    fn no_two_commands_are_typed_alike() {
        let words = Words::new();
        for bot in [Bot::Maxis, Bot::Shellia] {
            let mut taken = std::collections::HashMap::new();
            for spec in crate::commands::of(bot) {
                let named = Locale::ALL.iter().map(|l| words.speak(*l).find(&format!("cmd-{}-name", spec.name), &[]));
                for name in named.flatten().chain([spec.name.to_owned()]) {
                    let other = *taken.entry(crate::kernel::text::folded(&name)).or_insert(spec.name);
                    assert_eq!(other, spec.name, "{name}");
                }
            }
        }
    }

    #[test]
    fn commands_that_texts_name_exist_in_the_texts_language() {
        let words = Words::new();
        let french = concat!(
            include_str!("../../../config/locales/fr/common.ftl"),
            include_str!("../../../config/locales/fr/setup.ftl"),
            include_str!("../../../config/locales/fr/tickets.ftl"),
            include_str!("../../../config/locales/fr/shop.ftl"),
            include_str!("../../../config/locales/fr/purchases.ftl"),
        );
        let english = concat!(
            include_str!("../../../config/locales/en/common.ftl"),
            include_str!("../../../config/locales/en/setup.ftl"),
            include_str!("../../../config/locales/en/tickets.ftl"),
            include_str!("../../../config/locales/en/shop.ftl"),
            include_str!("../../../config/locales/en/purchases.ftl"),
        );
        for (locale, texts) in [(Locale::Fr, french), (Locale::En, english)] {
            let name_of = |spec: &&Spec| words.speak(locale).t(&format!("cmd-{}-name", spec.name));
            let names: Vec<String> = crate::commands::all().map(|spec| name_of(&spec)).collect();
            for named in texts.split("`/").skip(1) {
                let name: String = named.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                assert!(name.is_empty() || names.contains(&name), "{locale:?}: no command {name}");
            }
        }
    }

    #[test]
    fn what_the_domain_refuses_has_words() {
        let words = Words::new();
        let source = concat!(
            include_str!("../../domain/tickets/state.rs"),
            include_str!("../../domain/tickets/service.rs"),
            include_str!("mod.rs"),
            include_str!("progress.rs"),
            include_str!("agent.rs"),
        );
        let ids: Vec<&str> =
            source.split("Error::Conflict(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(ids.len() > 10);
        for locale in Locale::ALL {
            for id in &ids {
                assert!(words.speak(locale).find(id, &[]).is_some(), "{locale:?} lacks {id}");
            }
        }
    }
}
