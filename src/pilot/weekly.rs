//! How far the recap of the week was posted in a channel.
//!
//! A week's recap is posted once. What is about to be posted is written down first: whoever finds that after a crash posts it again
//! only for as long as Discord knows a repeat by its nonce, and later takes it for posted.

use super::{Follow, Kept, Topic};
use crate::kernel::{ChannelId, UserId};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// For how long a repeat is known by its nonce. Discord says "a few minutes" (Create Message, `enforce_nonce`).
const KNOWN: SignedDuration = SignedDuration::from_secs(90);

/// How far it was posted in a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weekly {
    /// The channel.
    pub channel: ChannelId,
    /// On whose behalf Maxis is asked: who typed it. Whether he may is asked each time.
    pub by: UserId,
    /// The Monday of the last week that was posted, or that was over when it began.
    pub week: Date,
    /// What was about to be posted, and since when.
    #[serde(default)]
    pub begun: Option<(Date, Timestamp)>,
}

/// What is to be done about a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Nothing.
    No,
    /// It is to be posted.
    Post,
    /// It may have been posted before a crash: it counts as posted.
    Unsure,
}

impl Weekly {
    /// What is to be done about the week that begins then.
    pub fn due(&self, week: Date, now: Timestamp) -> Due {
        match self.begun {
            _ if week <= self.week => Due::No,
            Some((begun, at)) if begun == week && now.duration_since(at) > KNOWN => Due::Unsure,
            _ => Due::Post,
        }
    }
}

impl Weekly {
    /// A week is about to be posted; once more, it is so since the first time.
    pub fn begin(&mut self, week: Date, now: Timestamp) {
        if self.begun.is_none_or(|(begun, _)| begun != week) {
            self.begun = Some((week, now));
        }
    }
}

impl Kept {
    /// A channel begins to follow the recap, or goes on under another name; weeks up to `week` are over.
    pub fn report(&mut self, channel: ChannelId, by: UserId, week: Date) {
        match self.reports.iter_mut().find(|one| one.channel == channel) {
            Some(had) => had.by = by,
            None => self.reports.push(Weekly { channel, by, week, begun: None }),
        }
    }

    /// The channels that follow it, each with how far it was posted there. What is kept of others is forgotten.
    pub fn reported(&mut self) -> Vec<(Follow, Weekly)> {
        let Self { follows, reports, .. } = self;
        let follow = |one: &Weekly| {
            follows.iter().find(|follow| follow.channel == one.channel && follow.topics.contains(&Topic::Report))
        };
        reports.retain(|one| follow(one).is_some());
        let open = |one: &Weekly| follow(one).filter(|follow| follow.ended.is_none()).map(|of| (of.clone(), *one));
        reports.iter().filter_map(open).collect()
    }

    /// Changes how far it was posted in a channel.
    pub fn weekly(&mut self, channel: ChannelId, change: impl FnOnce(&mut Weekly)) {
        if let Some(one) = self.reports.iter_mut().find(|one| one.channel == channel) {
            change(one);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_posted_once_and_what_may_have_been_posted_is_not_posted_again() {
        let (monday, before) = (Date::constant(2026, 11, 16), Date::constant(2026, 11, 9));
        let now: Timestamp = "2026-11-23T08:00:00Z".parse().unwrap();
        let (channel, by) = (ChannelId::new(50).unwrap(), UserId::new(7).unwrap());
        let weekly = Weekly { channel, by, week: before, begun: None };
        assert_eq!(weekly.due(before, now), Due::No);
        assert_eq!(weekly.due(Date::constant(2026, 11, 2), now), Due::No, "another zone, another hour");
        assert_eq!(weekly.due(monday, now), Due::Post);
        let ago = |seconds| Some((monday, now - SignedDuration::from_secs(seconds)));
        assert_eq!(Weekly { begun: ago(60), ..weekly }.due(monday, now), Due::Post);
        assert_eq!(Weekly { begun: ago(91), ..weekly }.due(monday, now), Due::Unsure);
        let next = Date::constant(2026, 11, 23);
        assert_eq!(Weekly { begun: ago(9_999), ..weekly }.due(next, now), Due::Post, "that was another week's");
    }
}
