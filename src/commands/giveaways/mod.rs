//! The commands of giveaways: members look, enter and claim; operators make them and see to them.
//!
//! Who may enter and who wins is decided in `domain::giveaways`; here stands what is asked and what is said. Each changes something
//! as the *payments* duty, outside the call's own transaction. What is posted by itself is worded in [`notices`] and [`cards`].

pub mod cards;
mod enter;
mod list;
mod make;
mod manage;
mod milestones;
pub mod notices;
mod repeat;
mod why;
pub mod win;

pub use make::{Secrets, announceable, secrets};
pub use milestones::text as milestone_text;

use super::args::Args;
use super::dispatch::Cx;
use super::spec::{Opt, Spec, Type};
use crate::db::Tx;
use crate::domain::giveaways::service::Step;
use crate::domain::giveaways::{Giveaway, Prize, State, reading};
use crate::domain::shop::catalogue::names::{self, Names};
use crate::kernel::text::shorten;
use crate::kernel::{Actor, Error, Rank, Result, System};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

pub(super) static COMMANDS: &[&Spec] = &[
    &list::LIST,
    &enter::ENTER,
    &enter::LEAVE,
    &win::CLAIM,
    &win::PROOF,
    &win::FAIR,
    &make::CREATE,
    &manage::END,
    &manage::PAUSE,
    &manage::EXTEND,
    &manage::MOVE,
    &manage::CANCEL,
    &manage::REROLL,
    &manage::ENTRANTS,
    &manage::GIVEN,
    &repeat::REPEAT,
    &repeat::STOP,
    &milestones::LIST,
    &milestones::ANNOUNCE,
    &milestones::SET,
    &milestones::REMOVE,
];

/// Longest label of a suggestion (Discord, "Application Command Option Choice").
const LABEL_MAX: usize = 100;

/// What a member's command has unless it says otherwise: what it does is the same when it is done twice.
const MEMBER: Spec = Spec { outside: true, ..Spec::BASE };

/// What an operator's has.
const OPERATOR: Spec = Spec { rank: Some(Rank::Operator), writes: true, ..MEMBER };

/// The giveaway that a command is about.
const GIVEAWAY: Opt = Opt::required("giveaway", Type::Giveaway).in_form();

/// Begins a transaction in which giveaways may change.
async fn payments(cx: &mut Cx<'_>) -> Result<Tx> {
    cx.app.db.begin(&Actor::system_in(System::Payments, cx.guild.id)).await
}

/// Begins a transaction as who asks.
async fn own(cx: &mut Cx<'_>) -> Result<Tx> {
    cx.app.db.begin(&cx.actor).await
}

/// Ends a transaction: keeps what was done, or nothing.
async fn end<T>(tx: Tx, done: Result<T>) -> Result<T> {
    match done {
        Ok(value) => tx.commit().await.map(|()| value),
        Err(error) => {
            tx.rollback().await?;
            Err(missing(error))
        }
    }
}

/// What somebody named, with words of its own where there is no such giveaway.
fn missing(error: Error) -> Error {
    match error {
        Error::NotFound(_) => Error::Conflict("error-giveaway-none"),
        other => other,
    }
}

/// The step that a command takes.
fn step<'a>(cx: &Cx<'a>, args: &Args) -> Result<Step<'a>> {
    let number = args.giveaway("giveaway")?;
    Ok(Step { guild: cx.guild.id, number, by: cx.user, request: cx.request, now: cx.now })
}

/// What the plans and products of giveaways are called.
///
/// # Errors
/// As [`Tx::load`].
pub async fn called(tx: &mut Tx, all: &[&Giveaway]) -> Result<Names> {
    let Some(guild) = all.first().map(|giveaway| giveaway.guild) else { return Ok(Names::default()) };
    let prize = |giveaway: &&Giveaway| match &giveaway.prize {
        Prize::Plan { code, .. } => Some(format!("plan/{code}")),
        Prize::Product { code, .. } => Some(format!("product/{code}")),
        Prize::Role { .. } | Prize::Coupon { .. } | Prize::Hand => None,
    };
    let asked = |giveaway: &&Giveaway| giveaway.requirements.plan.as_ref().map(|code| format!("plan/{code}"));
    let also = |giveaway: &&Giveaway| giveaway.also.plan.as_ref().map(|(code, _)| format!("plan/{code}"));
    let codes =
        all.iter().filter_map(prize).chain(all.iter().filter_map(asked)).chain(all.iter().filter_map(also)).collect();
    names::names(tx, guild, codes).await
}

/// Labels with values.
type Suggestions<'a> = BoxFuture<'a, Result<Vec<(String, String)>>>;

/// Suggests the newest giveaways for the option `giveaway`.
fn suggest<'a>(cx: &'a mut Cx<'_>, option: &'a str, typed: &'a str) -> Suggestions<'a> {
    async move {
        if option != "giveaway" {
            return Ok(Vec::new());
        }
        let guild = cx.guild.id;
        let found = reading::newest(cx.tx()?, guild, &State::ALL).await?;
        let typed = typed.trim().trim_start_matches('#').to_lowercase();
        let labels = found.iter().map(|one| (shorten(&cards::line(&cx.say, one), LABEL_MAX), one.number.to_string()));
        Ok(labels.filter(|(label, _)| label.to_lowercase().contains(&typed)).collect())
    }
    .boxed()
}

#[cfg(test)]
mod tests {
    use crate::commands::refused;
    use crate::domain::giveaways::draw::Reason;
    use crate::domain::giveaways::{State, Trouble};
    use crate::kernel::Locale;
    use crate::kernel::words::Words;

    #[test]
    fn what_the_domain_refuses_has_words() {
        let sources = concat!(
            include_str!("../../domain/giveaways/service.rs"),
            include_str!("../../domain/giveaways/entering.rs"),
            include_str!("../../domain/giveaways/places.rs"),
            include_str!("../../domain/giveaways/rerolls.rs"),
            include_str!("mod.rs"),
            include_str!("make.rs"),
            include_str!("manage.rs"),
            include_str!("win.rs"),
            include_str!("repeat.rs"),
            include_str!("../../domain/giveaways/repeats.rs"),
            include_str!("milestones.rs"),
            include_str!("../../domain/giveaways/milestones.rs"),
            include_str!("../../domain/giveaways/remote.rs"),
        );
        refused::have_words(sources, &[], 25);
    }

    #[test]
    fn every_word_of_a_giveaway_can_be_said() {
        let words = Words::new();
        let states = State::ALL.iter().map(|state| format!("giveaway-state-{}", state.as_str()));
        let reasons = Reason::ALL.iter().map(|reason| format!("giveaway-reason-{}", reason.code()));
        let troubles = Trouble::ALL.iter().map(|trouble| format!("giveaway-trouble-{}", trouble.as_str()));
        for id in states.chain(reasons).chain(troubles) {
            for locale in Locale::ALL {
                assert!(words.speak(locale).find(&id, &[]).is_some(), "{locale:?} lacks {id}");
            }
        }
    }
}
