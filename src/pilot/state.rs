//! What is kept, as it stands in the file: positions, channels that follow, readings, orders that aren't settled, where
//! cards of plans stand. No message, no name,
//! no key.

use super::cards::PlanCard;
use super::heard::Heard;
use super::orders::{Halt, Unsettled};
use super::standing::{Level, Watched, Why};
use super::topic::Topic;
use super::weekly::Weekly;
use crate::kernel::{ChannelId, GuildId, Locale};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Most channels of one guild that follow.
pub const FOLLOWS_MAX: usize = 25;
/// Most alerts that wait to be posted; of more the oldest is old news.
const ALERTS_MAX: usize = 20;

/// All that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    /// Whose file it is.
    pub(super) of: String,
    /// How it is written.
    pub(super) version: u32,
    /// What is kept of each Maxis, by its name.
    pub(super) maxis: BTreeMap<String, Kept>,
    /// What was asked lately, by Discord's id of the message or press.
    #[serde(default)]
    pub(super) heard: VecDeque<String>,
    /// What of it isn't answered yet.
    #[serde(default)]
    pub(super) open: VecDeque<Heard>,
}

/// Whose file it is.
pub(super) const OF: &str = "shellia pilot";
/// How it is written by this program.
pub(super) const VERSION: u32 = 1;

impl Default for State {
    fn default() -> Self {
        Self {
            of: OF.to_owned(),
            version: VERSION,
            maxis: BTreeMap::new(),
            heard: VecDeque::new(),
            open: VecDeque::new(),
        }
    }
}

/// What is kept of one Maxis.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The position up to which every event was posted; none: it was never followed.
    #[serde(default)]
    pub after: Option<String>,
    /// The event behind it that was posted in some channels, and not in all.
    #[serde(default)]
    pub posted: Option<Posted>,
    /// The channels that follow.
    #[serde(default)]
    pub follows: Vec<Follow>,
    /// Of those that follow the recap: how far it was posted.
    #[serde(default)]
    pub reports: Vec<Weekly>,
    /// How it was.
    #[serde(default)]
    pub watched: Watched,
    /// What is still to be posted of how it is.
    #[serde(default)]
    pub alerts: Vec<Alert>,
    /// Commits of which it isn't known what became.
    #[serde(default)]
    pub unsettled: Vec<Unsettled>,
    /// The guilds in which everything is stopped.
    #[serde(default)]
    pub halts: Vec<Halt>,
    /// The cards of plans that wait.
    #[serde(default)]
    pub cards: Vec<PlanCard>,
    /// Where it was asked, and is about to be answered, that all goes on in a guild.
    #[serde(default)]
    pub resuming: Vec<(GuildId, ChannelId)>,
}

/// An event that was posted in some channels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// Its position.
    pub event: String,
    /// The channels.
    pub channels: Vec<ChannelId>,
}

/// A channel that follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Follow {
    /// Its guild: nothing of another is posted there.
    pub guild: GuildId,
    /// It.
    pub channel: ChannelId,
    /// What it follows.
    pub topics: BTreeSet<Topic>,
    /// The language of what is posted.
    pub locale: Locale,
    /// Why it is over.
    #[serde(default)]
    pub ended: Option<Ended>,
}

/// Why a channel follows no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// It was deleted.
    Gone,
    /// Shellia may not write there.
    Closed,
}

/// A change of how a Maxis is that some channels are still to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// When it was found.
    pub at: Timestamp,
    /// How it is.
    pub level: Level,
    /// What is wrong.
    #[serde(default)]
    pub why: Option<Why>,
    /// Since when.
    pub since: Timestamp,
    /// For how many seconds it was away, where it is back.
    #[serde(default)]
    pub away_s: Option<i64>,
    /// The channels, each with its language.
    pub channels: Vec<(ChannelId, Locale)>,
}

impl Kept {
    /// Has a channel follow more; tells what it follows now. `None`: too many of that guild do.
    pub fn follow(&mut self, follow: Follow) -> Option<BTreeSet<Topic>> {
        if let Some(had) = self.follows.iter_mut().find(|one| one.channel == follow.channel) {
            if had.ended.take().is_some() || had.guild != follow.guild {
                *had = follow;
            } else {
                had.topics.extend(follow.topics);
                had.locale = follow.locale;
            }
            return Some(had.topics.clone());
        }
        if self.follows.iter().filter(|one| one.guild == follow.guild).count() >= FOLLOWS_MAX {
            return None;
        }
        let topics = follow.topics.clone();
        self.follows.push(follow);
        Some(topics)
    }

    /// Has a channel follow less; tells what it follows still. `None`: it followed none of it.
    pub fn unfollow(&mut self, channel: ChannelId, topics: &BTreeSet<Topic>) -> Option<BTreeSet<Topic>> {
        let had = self.follows.iter_mut().find(|one| one.channel == channel && one.ended.is_none())?;
        let before = had.topics.len();
        had.topics.retain(|topic| !topics.contains(topic));
        let left = had.topics.clone();
        let fewer = left.len() < before;
        if left.is_empty() {
            self.follows.retain(|one| one.channel != channel);
        }
        fewer.then_some(left)
    }

    /// The channels that follow something; of one guild, where it concerns one.
    pub fn followers(&self, guild: Option<GuildId>, topic: Topic) -> Vec<(ChannelId, Locale)> {
        let follows = |one: &&Follow| {
            one.ended.is_none() && one.topics.contains(&topic) && guild.is_none_or(|guild| guild == one.guild)
        };
        self.follows.iter().filter(follows).map(|one| (one.channel, one.locale)).collect()
    }

    /// A channel follows no more.
    pub fn end(&mut self, channel: ChannelId, ended: Ended) {
        for one in self.follows.iter_mut().filter(|one| one.channel == channel) {
            one.ended = Some(ended);
        }
    }

    /// Something is to be posted of how it is.
    pub fn alert(&mut self, alert: Alert) {
        if !alert.channels.is_empty() {
            self.alerts.push(alert);
        }
        let surplus = self.alerts.len().saturating_sub(ALERTS_MAX);
        self.alerts.drain(..surplus);
    }
}
