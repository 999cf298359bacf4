//! Who may enter a giveaway, with what weight, and what his chance is.
//!
//! The same rules count when somebody enters and when he would win. No invitations count, and no entry is sold: a paid chance
//! may make a lottery.

use crate::kernel::{RoleId, UserId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The greatest weight of an entry, bonuses included.
pub const WEIGHT_MAX: u32 = 1_000;
/// The most roles that one line may name.
const ROLES_MAX: usize = 10;
/// The first millisecond of 2015, from which snowflakes count (Discord, "Reference: Snowflakes").
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

/// What a giveaway asks of those who enter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Requirements {
    /// One of these roles, where there is any.
    pub any_role: Vec<RoleId>,
    /// All of these roles.
    pub all_roles: Vec<RoleId>,
    /// None of these roles.
    pub no_role: Vec<RoleId>,
    /// This plan, by its code.
    pub plan: Option<String>,
    /// So many days since the account was made.
    pub account_days: u32,
    /// So many days since he came to the server.
    pub member_days: u32,
    /// Further chances for a role; they add up.
    pub bonus: Vec<(RoleId, u32)>,
}

/// Somebody who would enter, or who would win.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// His account.
    pub user: UserId,
    /// His roles.
    pub roles: Vec<RoleId>,
    /// When he came to the server, where Discord told it.
    pub joined_at: Option<Timestamp>,
    /// Whether he holds the plan that is asked for.
    pub holds_plan: bool,
}

/// Why somebody may not enter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// He has none of these roles.
    AnyRole(Vec<RoleId>),
    /// He lacks these roles.
    AllRoles(Vec<RoleId>),
    /// He has these roles, which are shut out.
    NoRole(Vec<RoleId>),
    /// He doesn't hold this plan.
    Plan(String),
    /// His account is too young; it is old enough at that time.
    Account(u32, Timestamp),
    /// He hasn't been in the server for long enough; he will have been at that time.
    Member(u32, Timestamp),
    /// Discord didn't tell when he came.
    Unknown,
}

/// When an account was made, by its id.
fn made_at(user: UserId) -> Timestamp {
    Timestamp::from_millisecond((user.as_i64() >> 22).saturating_add(DISCORD_EPOCH_MS)).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn days_after(from: Timestamp, days: u32) -> Timestamp {
    from.checked_add(SignedDuration::from_hours(i64::from(days).saturating_mul(24))).unwrap_or(Timestamp::MAX)
}

impl Requirements {
    /// Every role that counts for something.
    pub fn roles(&self) -> impl Iterator<Item = RoleId> {
        let asked = [&self.any_role, &self.all_roles, &self.no_role].into_iter().flatten().copied();
        asked.chain(self.bonus.iter().map(|(role, _)| *role))
    }

    /// Whether nothing is asked.
    pub fn is_none(&self) -> bool {
        let Self { any_role, all_roles, no_role, plan, account_days, member_days, bonus: _ } = self;
        let roles = any_role.is_empty() && all_roles.is_empty() && no_role.is_empty();
        roles && plan.is_none() && *account_days == 0 && *member_days == 0
    }

    /// Why he may not enter; `None`: he may.
    pub fn refuse(&self, who: &Candidate, now: Timestamp) -> Option<Refusal> {
        let has = |role: &&RoleId| who.roles.contains(role);
        if !self.any_role.is_empty() && !self.any_role.iter().any(|role| has(&role)) {
            return Some(Refusal::AnyRole(self.any_role.clone()));
        }
        let lacking: Vec<RoleId> = self.all_roles.iter().filter(|role| !has(role)).copied().collect();
        if !lacking.is_empty() {
            return Some(Refusal::AllRoles(lacking));
        }
        let shut_out: Vec<RoleId> = self.no_role.iter().filter(has).copied().collect();
        if !shut_out.is_empty() {
            return Some(Refusal::NoRole(shut_out));
        }
        if let Some(plan) = self.plan.as_ref().filter(|_| !who.holds_plan) {
            return Some(Refusal::Plan(plan.clone()));
        }
        let old_enough = days_after(made_at(who.user), self.account_days);
        if self.account_days > 0 && old_enough > now {
            return Some(Refusal::Account(self.account_days, old_enough));
        }
        match who.joined_at.map(|joined| days_after(joined, self.member_days)) {
            _ if self.member_days == 0 => None,
            None => Some(Refusal::Unknown),
            Some(long_enough) => (long_enough > now).then_some(Refusal::Member(self.member_days, long_enough)),
        }
    }

    /// The weight of his entry.
    pub fn weight(&self, roles: &[RoleId]) -> u32 {
        let bonus = self.bonus.iter().filter(|(role, _)| roles.contains(role)).map(|(_, more)| *more);
        bonus.fold(1_u32, u32::saturating_add).min(WEIGHT_MAX)
    }
}

/// The chance of an entry to win, in hundredths of a percent: exact where all weights are the same, else a little too low.
pub fn chance(weight: u32, (entries, total): (u64, u64), winners: u32) -> u32 {
    const ALL: u32 = 10_000;
    if entries <= u64::from(winners) || total == 0 {
        return ALL;
    }
    if u64::from(weight).saturating_mul(entries) == total {
        let share = u64::from(winners).saturating_mul(u64::from(ALL)) / entries;
        return u32::try_from(share).unwrap_or(ALL).min(ALL);
    }
    // A total is below 2^32: at most 2 000 000 entries of a weight of at most 1 000.
    let total = u32::try_from(total).unwrap_or(u32::MAX);
    let loses = 1.0 - f64::from(weight) / f64::from(total);
    let wins = 1.0 - loses.powi(i32::try_from(winners).unwrap_or(i32::MAX));
    (0..=ALL).rev().find(|hundredths| f64::from(*hundredths) <= wins * f64::from(ALL)).unwrap_or(0)
}

/// A line that doesn't name roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a list of roles")]
pub struct NotRoles;

/// Reads roles as people name them in a line: mentions or ids, with spaces or commas between them.
///
/// # Errors
/// [`NotRoles`] where one is no role, or there are none or too many.
pub fn roles_of(line: &str) -> Result<Vec<RoleId>, NotRoles> {
    let spaced = line.replace("><", "> <");
    let words = spaced.split([' ', ',', ';']).filter(|word| !word.is_empty());
    let role = |word: &str| {
        let inner = word.strip_prefix("<@&").and_then(|rest| rest.strip_suffix('>')).unwrap_or(word);
        inner.parse::<RoleId>().map_err(|_| NotRoles)
    };
    let mut roles = words.map(role).collect::<Result<Vec<_>, _>>()?;
    roles.sort_unstable();
    roles.dedup();
    if roles.is_empty() || roles.len() > ROLES_MAX { Err(NotRoles) } else { Ok(roles) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(id: u64) -> RoleId {
        RoleId::new(id).unwrap()
    }

    fn who(roles: &[u64]) -> Candidate {
        // An account of 2016-04-30, as in Discord's own example.
        let user = UserId::new(175_928_847_299_117_063).unwrap();
        let joined_at = Some("2026-11-01T00:00:00Z".parse().unwrap());
        Candidate { user, roles: roles.iter().map(|id| role(*id)).collect(), joined_at, holds_plan: false }
    }

    fn now() -> Timestamp {
        "2026-11-27T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn roles_are_asked_for_and_shut_out() {
        let asked = Requirements { any_role: vec![role(1), role(2)], ..Requirements::default() };
        assert_eq!(asked.refuse(&who(&[2]), now()), None);
        assert_eq!(asked.refuse(&who(&[3]), now()), Some(Refusal::AnyRole(vec![role(1), role(2)])));
        let asked = Requirements { all_roles: vec![role(1), role(2)], ..Requirements::default() };
        assert_eq!(asked.refuse(&who(&[1, 2]), now()), None);
        assert_eq!(asked.refuse(&who(&[2]), now()), Some(Refusal::AllRoles(vec![role(1)])));
        let asked = Requirements { no_role: vec![role(1)], ..Requirements::default() };
        assert_eq!(asked.refuse(&who(&[]), now()), None);
        assert_eq!(asked.refuse(&who(&[1]), now()), Some(Refusal::NoRole(vec![role(1)])));
    }

    #[test]
    fn a_plan_is_asked_for() {
        let asked = Requirements { plan: Some("pro".to_owned()), ..Requirements::default() };
        assert_eq!(asked.refuse(&who(&[]), now()), Some(Refusal::Plan("pro".to_owned())));
        assert_eq!(asked.refuse(&Candidate { holds_plan: true, ..who(&[]) }, now()), None);
    }

    #[test]
    fn ages_are_counted_in_whole_days_and_say_when_they_are_reached() {
        let asked = Requirements { account_days: 3_800, ..Requirements::default() };
        assert_eq!(asked.refuse(&who(&[]), now()), None);
        let asked = Requirements { account_days: 4_000, ..Requirements::default() };
        assert!(matches!(asked.refuse(&who(&[]), now()), Some(Refusal::Account(4_000, at)) if at > now()));
        let asked = Requirements { member_days: 26, ..Requirements::default() };
        assert_eq!(asked.refuse(&who(&[]), now()), None);
        let asked = Requirements { member_days: 27, ..Requirements::default() };
        let at = "2026-11-28T00:00:00Z".parse().unwrap();
        assert_eq!(asked.refuse(&who(&[]), now()), Some(Refusal::Member(27, at)));
        let unknown = Candidate { joined_at: None, ..who(&[]) };
        assert_eq!(asked.refuse(&unknown, now()), Some(Refusal::Unknown));
        assert_eq!(Requirements::default().refuse(&unknown, now()), None);
    }

    #[test]
    fn bonuses_add_up_to_the_cap() {
        let asked = Requirements { bonus: vec![(role(1), 4), (role(2), 5), (role(3), 999)], ..Requirements::default() };
        assert!(asked.is_none());
        assert_eq!(asked.weight(&[]), 1);
        assert_eq!(asked.weight(&[role(1), role(2)]), 10);
        assert_eq!(asked.weight(&[role(1), role(3)]), WEIGHT_MAX);
    }

    #[test]
    fn a_chance_is_exact_where_all_are_alike() {
        assert_eq!(chance(1, (4, 4), 1), 2_500);
        assert_eq!(chance(1, (3, 3), 1), 3_333);
        assert_eq!(chance(1, (3, 3), 3), 10_000);
        assert_eq!(chance(5, (1, 5), 2), 10_000);
        // Half of all chances, one winner.
        assert_eq!(chance(2, (3, 4), 1), 5_000);
        assert_eq!(chance(1, (3, 4), 2), 4_375);
        assert_eq!(chance(1, (2_000_000, 2_000_000_000), 1), 0);
    }

    #[test]
    fn a_line_of_roles_is_read_as_people_write_it() {
        assert_eq!(roles_of("<@&12> <@&7>"), Ok(vec![role(7), role(12)]));
        assert_eq!(roles_of("<@&12><@&12>, 7"), Ok(vec![role(7), role(12)]));
        for line in ["", " ", "@Membres", "<@12>", "0", "<@&0>", "1 2 3 4 5 6 7 8 9 10 11", "-1"] {
            assert_eq!(roles_of(line), Err(NotRoles), "{line}");
        }
    }

    #[test]
    fn requirements_are_kept_as_they_are() {
        let asked = Requirements {
            any_role: vec![role(1)],
            plan: Some("pro".to_owned()),
            bonus: vec![(role(2), 3)],
            ..Requirements::default()
        };
        let kept = serde_json::to_value(&asked).unwrap();
        assert_eq!(serde_json::from_value::<Requirements>(kept).unwrap(), asked);
        assert_eq!(serde_json::from_str::<Requirements>("{}").unwrap(), Requirements::default());
    }
}
