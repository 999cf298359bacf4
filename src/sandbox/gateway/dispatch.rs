//! Who hears an event: intents, shard, membership and sight of the channel decide.

use std::sync::Arc;

use serde_json::Value;

use super::intents;
use super::session::Session;
use crate::sandbox::state::State;

/// Whom an event concerns.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Reach {
    /// One of these intents is needed; 0 means none.
    pub(crate) intents: u64,
    pub(crate) guild: Option<u64>,
    pub(crate) channel: Option<u64>,
    /// Only this application.
    pub(crate) only: Option<u64>,
}

impl Reach {
    /// An event of a guild.
    pub(crate) fn guild(guild: u64, intents: u64) -> Self {
        Self { intents, guild: Some(guild), ..Self::default() }
    }

    /// An event outside guilds: it goes to shard 0.
    pub(crate) fn direct(intents: u64) -> Self {
        Self { intents, ..Self::default() }
    }

    /// An event for one application, whatever its intents.
    pub(crate) fn app(app: u64, guild: Option<u64>) -> Self {
        Self { only: Some(app), guild, ..Self::default() }
    }
}

/// A session that hears an event.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hearer {
    /// Its place among the sessions, good until they change.
    place: usize,
    pub(crate) app: u64,
    pub(crate) intents: u64,
}

/// The shard a guild belongs to.
pub(crate) fn shard_of(guild: u64, shards: u64) -> u64 {
    (guild >> 22).checked_rem(shards).unwrap_or(0)
}

impl State {
    /// The sessions that hear an event of this reach.
    pub(crate) fn hearers(&self, reach: &Reach) -> Vec<Hearer> {
        let sessions = self.sessions.all.iter().enumerate();
        let hearing = sessions.filter(|(_, session)| self.hears(session, reach));
        hearing.map(|(place, s)| Hearer { place, app: s.app, intents: s.intents }).collect()
    }

    fn hears(&self, session: &Session, reach: &Reach) -> bool {
        let wanted = reach.intents == 0 || session.intents & reach.intents != 0;
        if !wanted || reach.only.is_some_and(|app| app != session.app) {
            return false;
        }
        let Some(bot) = self.apps.get(&session.app).map(|app| app.user) else { return false };
        let home = reach.guild.map_or(0, |guild| shard_of(guild, session.shard.1));
        if home != session.shard.0 {
            return false;
        }
        let member = |guild: u64| self.guilds.get(&guild).is_some_and(|g| g.member(bot).is_some());
        if reach.guild.is_some_and(|guild| !member(guild)) {
            return false;
        }
        match reach.channel.and_then(|id| self.channels.get(&id)) {
            Some(channel) => self.sees(channel, bot),
            None => true,
        }
    }

    /// Sends an event to sessions; `live` ones are lost on sessions without a socket.
    pub(crate) fn deliver(&mut self, hearers: &[Hearer], name: &'static str, data: &Value, live: bool) -> bool {
        let text: Arc<str> = data.to_string().into();
        let reorder = self.sessions.reorder;
        let mut heard = false;
        for hearer in hearers {
            let Some(session) = self.sessions.all.get_mut(hearer.place) else { continue };
            if live && session.socket.is_none() {
                continue;
            }
            session.push(name, &text, reorder);
            heard = true;
        }
        heard
    }

    /// Sends an event to all it concerns.
    pub(crate) fn dispatch(&mut self, reach: &Reach, name: &'static str, data: &Value) {
        let hearers = self.hearers(reach);
        self.deliver(&hearers, name, data, false);
    }

    /// A channel event: GUILDS intent, and sight of the channel as Discord asks.
    pub(crate) fn dispatch_channel(&mut self, channel: u64, name: &'static str) {
        let Some(found) = self.channels.get(&channel) else { return };
        let Some(guild) = found.guild else { return };
        let data = self.channel_json(found);
        let mut reach = Reach::guild(guild, intents::GUILDS);
        if found.thread.is_some() {
            reach.channel = Some(channel);
        }
        self.dispatch(&reach, name, &data);
        self.tell_world();
    }
}
