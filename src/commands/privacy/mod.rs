//! What a member asks of his data and what operators answer: a copy, an erasure, how long what is kept.
//!
//! What is erased and what stays is `domain::privacy`'s; here stands what is asked and said.

mod cards;
mod member;
pub mod notices;
mod retention;
mod staff;

pub use retention::over;

use super::dispatch::Cx;
use super::spec::Spec;
use crate::app::App;
use crate::domain::privacy::{self, Preview};
use crate::kernel::{Actor, GuildId, Rank, Result, System, UserId};

pub(super) static COMMANDS: &[&Spec] = &[
    &member::PRIVACY,
    &member::EXPORT,
    &member::ERASE,
    &member::ASK,
    &member::WITHDRAW,
    &staff::REQUESTS,
    &staff::CONFIRM,
    &staff::REFUSE,
    &retention::RETENTION,
    &retention::SET,
];

/// What a member's command has unless it says otherwise.
const MEMBER: Spec = Spec { writes: true, ..Spec::BASE };

/// The same for operators.
const OPERATOR: Spec = Spec { rank: Some(Rank::Operator), ..MEMBER };

/// What erasing somebody would do, in numbers: read by the program, since much of it is no operator's to read.
///
/// # Errors
/// [`Error::Unavailable`](crate::kernel::Error::Unavailable) where the database can't be reached.
pub async fn preview(app: &App, who: (GuildId, UserId), now: jiff::Timestamp) -> Result<Preview> {
    let mut tx = app.db.begin(&Actor::system_in(System::Privacy, who.0)).await?;
    let preview = privacy::preview(&mut tx, who, now).await?;
    tx.end().await?;
    Ok(preview)
}

/// The same of who asks.
async fn own_preview(cx: &mut Cx<'_>) -> Result<Preview> {
    let (app, who, now) = (cx.app, (cx.guild.id, cx.user), cx.now);
    cx.outside(preview(app, who, now)).await?
}

#[cfg(test)]
mod tests {
    use crate::commands::refused;
    use crate::domain::privacy::retention::Kept;
    use crate::domain::privacy::{RequestKind, RequestState};
    use crate::kernel::Locale;
    use crate::kernel::words::Words;

    #[test]
    fn what_is_refused_has_words() {
        let sources = concat!(
            include_str!("../../domain/privacy/service.rs"),
            include_str!("member.rs"),
            include_str!("staff.rs"),
            include_str!("retention.rs"),
        );
        refused::have_words(sources, &[], 7);
    }

    #[test]
    fn every_word_of_a_request_can_be_said() {
        let words = Words::new();
        let kinds = RequestKind::ALL.iter().map(|kind| format!("privacy-kind-{}", kind.as_str()));
        let states = RequestState::ALL.iter().map(|state| format!("privacy-state-{}", state.as_str()));
        let kept = Kept::ALL.iter().map(|kept| format!("privacy-kept-{}", kept.as_str()));
        let whys = Kept::ALL.iter().map(|kept| format!("privacy-kept-why-{}", kept.as_str()));
        for id in kinds.chain(states).chain(kept).chain(whys) {
            for locale in Locale::ALL {
                assert!(words.speak(locale).find(&id, &[]).is_some(), "{locale:?} lacks {id}");
            }
        }
    }
}
