//! Where the cards of plans stand that wait for somebody, so that what is decided elsewhere is shown on them. It holds no card, and
//! posts nothing: `jobs::pilot` does.

use super::orders::{Teller, pause};
use super::state::Kept;
use crate::control::plans::{Plan, PlanState};
use crate::kernel::{ChannelId, GuildId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Most cards that are kept; beyond, those of before go first.
const CARDS_MAX: usize = 200;
/// How long after a step with its plan a card is looked at: an answer to a press has taken its place by then, where there is one.
const ANSWERED: SignedDuration = SignedDuration::from_secs(2);
/// How long after a plan's end its card is looked at.
const OVER: SignedDuration = SignedDuration::from_secs(5);

/// The card of a plan that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanCard {
    /// Who was shown it, and where.
    pub of: Teller,
    /// The plan's number.
    pub plan: i64,
    /// What its button to approve does: by it its message is found.
    pub action: String,
    /// The name of its Maxis, where one was named.
    pub at: Option<String>,
    /// Whether somebody decided here, by its button or in words, so that an answer says what came of it.
    #[serde(default)]
    pub answered: bool,
    /// How the plan stood when it was shown.
    pub state: PlanState,
    /// By how many people it was approved then.
    pub approvals: usize,
    /// When it is looked at.
    pub next: Timestamp,
    /// How often that failed in a row.
    pub tries: u32,
}

impl PlanCard {
    /// Whether a plan stands as the card shows it.
    pub fn shows(&self, plan: &Plan) -> bool {
        (self.state, self.approvals) == (plan.state, plan.approvals.len())
    }

    /// When the card of a plan is looked at if nothing happens to it before.
    pub fn due(plan: &Plan) -> Timestamp {
        plan.expires_at.checked_add(OVER).unwrap_or(plan.expires_at)
    }
}

impl Kept {
    /// Keeps where a card stands: the newest of a plan in its channel.
    pub fn shows(&mut self, card: PlanCard) {
        self.drops(&card);
        self.cards.push(card);
        let surplus = self.cards.len().saturating_sub(CARDS_MAX);
        self.cards.drain(..surplus);
    }

    /// A card shows all that will be.
    pub fn drops(&mut self, card: &PlanCard) {
        self.cards.retain(|one| !one.is_at(card));
    }

    /// A step was taken with a plan of a guild, or with all of them: what its cards show is soon looked at.
    pub fn moves(&mut self, guild: GuildId, plan: Option<i64>, now: Timestamp) {
        let soon = now.checked_add(ANSWERED).unwrap_or(now);
        let of = |one: &&mut PlanCard| one.of.guild == guild && plan.is_none_or(|plan| plan == one.plan);
        for one in self.cards.iter_mut().filter(of) {
            one.next = one.next.min(soon);
        }
    }

    /// A card could not be looked at; it is again.
    pub fn misses(&mut self, card: &PlanCard, now: Timestamp) {
        for one in self.cards.iter_mut().filter(|one| one.is_at(card)) {
            one.tries = one.tries.saturating_add(1);
            one.next = now.checked_add(pause(one.tries)).unwrap_or(now);
        }
    }

    /// Somebody decides a plan in a channel where its card stands.
    pub fn answers(&mut self, (guild, channel): (GuildId, ChannelId), plan: i64) {
        let is = |one: &&mut PlanCard| (one.of.guild, one.of.channel, one.plan) == (guild, channel, plan);
        for one in self.cards.iter_mut().filter(is) {
            one.answered = true;
        }
    }

    /// That all goes on was asked for in a channel, which is answered there.
    pub fn resumes(&mut self, guild: GuildId, channel: ChannelId) {
        self.resuming.retain(|(of, _)| *of != guild);
        self.resuming.push((guild, channel));
    }

    /// The channel in which that was asked for, once.
    pub fn resumed(&mut self, guild: GuildId) -> Option<ChannelId> {
        let at = self.resuming.iter().position(|(of, _)| *of == guild)?;
        Some(self.resuming.swap_remove(at).1)
    }
}

impl PlanCard {
    fn is_at(&self, other: &Self) -> bool {
        (self.of.guild, self.of.channel, self.plan) == (other.of.guild, other.of.channel, other.plan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{Locale, UserId};

    fn card(guild: u64, channel: u64, plan: i64) -> PlanCard {
        let of = Teller {
            guild: GuildId::new(guild).unwrap(),
            user: UserId::new(1).unwrap(),
            channel: ChannelId::new(channel).unwrap(),
            locale: Locale::Fr,
        };
        let next = Timestamp::from_second(1_800_000_900).unwrap();
        let (action, state) = (format!("maxis?topic=approve&details={plan}"), PlanState::Waiting);
        PlanCard { of, plan, action, at: None, answered: false, state, approvals: 0, next, tries: 0 }
    }

    #[test]
    fn a_step_with_a_plan_has_its_cards_looked_at_and_a_stop_all_of_its_guild() {
        let mut kept = Kept::default();
        for one in [card(7, 1, 4), card(7, 2, 4), card(7, 2, 9), card(8, 3, 4), card(7, 2, 4)] {
            kept.shows(one);
        }
        assert_eq!(kept.cards.len(), 4, "one for each plan in a channel");
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let soon = |kept: &Kept| kept.cards.iter().filter(|one| one.next < card(7, 1, 4).next).count();
        let guild = GuildId::new(7).unwrap();
        kept.moves(guild, Some(4), now);
        assert_eq!(soon(&kept), 2);
        kept.moves(guild, None, now);
        assert_eq!(soon(&kept), 3);
        let here = ChannelId::new(2).unwrap();
        kept.answers((guild, here), 4);
        assert_eq!(kept.cards.iter().filter(|one| one.answered).count(), 1);
        kept.resumes(guild, ChannelId::new(1).unwrap());
        kept.resumes(guild, here);
        assert_eq!((kept.resumed(guild), kept.resumed(guild)), (Some(here), None));
        kept.misses(&card(7, 1, 4), now);
        kept.drops(&card(7, 2, 9));
        assert_eq!((kept.cards.len(), kept.cards.iter().map(|one| one.tries).sum::<u32>()), (3, 1));
    }

    #[test]
    fn they_dont_grow_for_ever() {
        let mut kept = Kept::default();
        (0..1_000).for_each(|plan| kept.shows(card(7, 1, plan)));
        assert_eq!((kept.cards.len(), kept.cards.last().map(|one| one.plan)), (CARDS_MAX, Some(999)));
    }
}
