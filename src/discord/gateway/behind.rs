//! What a connection has to catch up with: typed messages that came while no session heard them.
//!
//! Discord keeps a session's events only for a short while; whoever comes back later begins a new session and isn't told what
//! he missed. Its guilds are told of at the beginning, each channel with its newest message: those with news are read then.
//! Until all guilds came, the mark of what was handled stays, so that a crash in between loses nothing.

use super::frame::Written;
use super::progress::{Progress, UnderWay};
use crate::discord::moment;
use std::collections::HashSet;
use std::time::{Duration, Instant};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker};

/// How long a new session's guilds may take to come; one that is out of order for longer is left.
const COMING: Duration = Duration::from_secs(60);
/// How much before the mark is read again: events of several channels don't come in the order of their ids.
const OVERLAP: Duration = Duration::from_secs(3);
/// The age beyond which a typed command is left: carried out so late it would surprise.
const OLDEST: Duration = Duration::from_secs(15 * 60);

/// Messages of a guild that may have been missed.
#[derive(Debug)]
pub(in crate::discord) struct Missed {
    /// The guild.
    pub(in crate::discord) guild: Id<GuildMarker>,
    /// Channels with news, each with its newest message.
    pub(in crate::discord) channels: Vec<(Id<ChannelMarker>, u64)>,
    /// Only what comes after this id.
    pub(in crate::discord) after: u64,
    /// What was handled already, and where to note what is.
    pub(in crate::discord) typed: Progress,
    // Until all are found and begun.
    _held: UnderWay,
}

/// What a connection has to catch up with.
#[derive(Debug)]
pub(super) struct Behind {
    typed: Progress,
    mark: u64,
    /// The guilds of a new session that are still to come, and until when; a resumed one has none.
    coming: Option<(HashSet<Id<GuildMarker>>, Instant)>,
    _held: UnderWay,
}

impl Behind {
    pub(super) fn new(typed: &Progress) -> Self {
        Self { typed: typed.clone(), mark: typed.handled(), coming: None, _held: typed.hold() }
    }

    /// A session began, and these guilds will be told of.
    pub(super) fn begun(&mut self, guilds: Vec<Id<GuildMarker>>) {
        self.coming = Some((guilds.into_iter().collect(), Instant::now() + COMING));
    }

    /// A guild was told of; what may have been missed in it, if anything.
    pub(super) fn came(&mut self, written: Written) -> Option<Missed> {
        if let Some((coming, _)) = &mut self.coming {
            coming.remove(&written.guild);
        }
        let after = moment::earlier(self.mark, OVERLAP).max(moment::id_before_now(OLDEST));
        let channels: Vec<_> = written.newest.into_iter().filter(|(_, newest)| *newest > after).collect();
        let missed =
            Missed { guild: written.guild, channels, after, typed: self.typed.clone(), _held: self.typed.hold() };
        (!missed.channels.is_empty()).then_some(missed)
    }

    /// Whether every guild came, or had its time.
    pub(super) fn is_over(&self) -> bool {
        self.coming.as_ref().is_some_and(|(coming, until)| coming.is_empty() || Instant::now() > *until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(guild: u64, newest: &[(u64, u64)]) -> Written {
        let newest = newest.iter().map(|(channel, message)| (Id::new(*channel), *message)).collect();
        Written { guild: Id::new(guild), newest }
    }

    #[test]
    fn channels_with_news_are_named_and_the_mark_stays_until_all_guilds_came() {
        let minute = Duration::from_secs(60);
        let (mark, news) = (moment::id_before_now(minute), moment::id_before_now(Duration::ZERO));
        let typed = Progress::from(mark);
        let mut behind = Behind::new(&typed);
        behind.begun(vec![Id::new(1), Id::new(2)]);
        let old = moment::earlier(mark, minute);
        let missed = behind.came(written(1, &[(10, old), (11, news)])).unwrap();
        assert_eq!(missed.channels, [(Id::new(11), news)]);
        assert_eq!(missed.after, moment::earlier(mark, OVERLAP));
        typed.hear(news);
        assert_eq!((typed.handled(), behind.is_over()), (mark, false));
        assert!(behind.came(written(2, &[(20, old)])).is_none());
        assert!(behind.is_over());
        drop(behind);
        assert_eq!(typed.handled(), mark, "as long as they are looked for");
        drop(missed);
        assert_eq!(typed.handled(), news);
    }

    #[test]
    fn what_is_too_old_is_left() {
        let mut behind = Behind::new(&Progress::from(1));
        let hour = moment::id_before_now(Duration::from_secs(3600));
        assert!(behind.came(written(1, &[(10, hour)])).is_none());
    }
}
