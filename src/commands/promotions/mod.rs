//! The commands of promotions: staff make, look at and stop them; members check a code, recommend, choose reminders.
//!
//! What may be promised and who gets what is decided in `domain::promotions`; here stands what is asked and what is said.

pub mod cards;
mod make;
mod member;
mod named;
mod view;

pub use cards::not_begun;
pub use named::target_named;

use super::args::Args;
use super::dispatch::Cx;
use super::spec::{Opt, Spec, Type};
use crate::domain::promotions::{Target, reading};
use crate::domain::shop::catalogue::names::{self, Names};
use crate::kernel::text::shorten;
use crate::kernel::{Error, Rank, Result};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

pub(super) static COMMANDS: &[&Spec] =
    &[&member::REDEEM, &member::REFERRAL, &member::REMINDERS, &make::CREATE, &view::LIST, &view::VIEW, &make::STOP];

/// Longest label of a suggestion (Discord, "Application Command Option Choice").
const LABEL_MAX: usize = 100;

/// What a member's command has unless it says otherwise: it changes something and answers in private.
const MEMBER: Spec = Spec { writes: true, ..Spec::BASE };

/// The same for operators.
const OPERATOR: Spec = Spec { rank: Some(Rank::Operator), ..MEMBER };

/// The promotion that a command is about.
const PROMOTION: Opt = Opt::required("promotion", Type::Ticket).in_form();

/// The number of the promotion that a call names.
fn number(args: &Args) -> Result<i64> {
    args.ticket("promotion")
}

/// What somebody named, with words of its own where there is no such promotion.
fn found<T>(result: Result<T>) -> Result<T> {
    result.map_err(|error| match error {
        Error::NotFound(_) => Error::Conflict("error-promo-none"),
        other => other,
    })
}

/// What the targets of promotions are called.
async fn called<'a>(cx: &mut Cx<'_>, targets: impl IntoIterator<Item = &'a Target>) -> Result<Names> {
    let single = |target: &&Target| matches!(target, Target::Plan(_) | Target::Product(_));
    let all = targets.into_iter().filter(single).map(ToString::to_string).collect();
    let guild = cx.guild.id;
    names::names(cx.tx()?, guild, all).await
}

/// Labels with values.
type Suggestions<'a> = BoxFuture<'a, Result<Vec<(String, String)>>>;

/// Suggests promotions for the option `promotion`.
fn suggest<'a>(cx: &'a mut Cx<'_>, option: &'a str, typed: &'a str) -> Suggestions<'a> {
    suggest_promotions(cx, option, typed).boxed()
}

async fn suggest_promotions(cx: &mut Cx<'_>, option: &str, typed: &str) -> Result<Vec<(String, String)>> {
    if option != "promotion" {
        return Ok(Vec::new());
    }
    let guild = cx.guild.id;
    let found = reading::list(cx.tx()?, guild, true, i64::MAX).await?;
    let names = called(cx, found.iter().map(|one| &one.target)).await?;
    let typed = typed.trim().trim_start_matches('#').to_lowercase();
    let labels =
        found.iter().map(|one| (shorten(&cards::line(&cx.say, one, &names), LABEL_MAX), one.number.to_string()));
    Ok(labels.filter(|(label, _)| label.to_lowercase().contains(&typed)).collect())
}

#[cfg(test)]
mod tests {
    use crate::commands::refused;
    use crate::domain::promotions::{Ending, PromotionKind, PromotionState, ReferralState, Refusal};
    use crate::kernel::Locale;
    use crate::kernel::words::Words;

    #[test]
    fn what_the_domain_refuses_has_words() {
        let sources = concat!(
            include_str!("../../domain/promotions/service.rs"),
            include_str!("../../domain/promotions/referrals.rs"),
            include_str!("mod.rs"),
            include_str!("make.rs"),
            include_str!("member.rs"),
        );
        let more: Vec<&str> = Refusal::ALL.iter().map(|refusal| refusal.text()).collect();
        refused::have_words(sources, &more, 20);
    }

    #[test]
    fn every_word_of_a_promotion_can_be_said() {
        let words = Words::new();
        let kinds = PromotionKind::ALL.iter().map(|kind| format!("choice-{}", kind.as_str()));
        let states = PromotionState::ALL.iter().map(|state| format!("promo-state-{}", state.as_str()));
        let endings = Ending::ALL.iter().map(|ending| format!("promo-ending-{}", ending.as_str()));
        let referrals = ReferralState::ALL.iter().map(|state| format!("referral-{}", state.as_str()));
        for id in kinds.chain(states).chain(endings).chain(referrals) {
            for locale in Locale::ALL {
                assert!(words.speak(locale).find(&id, &[]).is_some(), "{locale:?} lacks {id}");
            }
        }
    }
}
