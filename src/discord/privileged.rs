//! The privileged intents: which are asked for, and how one that Discord disallows is given up.
//!
//! Discord closes with one code whichever of them it disallows (Discord, "Gateway Close Event Codes": 4014), so it is tried
//! without one and then without the other: what is allowed is kept.

use std::sync::{Mutex, MutexGuard, PoisonError};
use twilight_gateway::Intents;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Asked {
    content: bool,
    members: bool,
}

/// The privileged intents of a bot.
#[derive(Debug)]
pub(super) struct Privileged {
    /// What the settings ask for.
    wanted: Asked,
    // Never held over an await.
    now: Mutex<Asked>,
}

impl Privileged {
    /// What the settings ask for: the text of messages, and what happens to members.
    pub(super) const fn new(content: bool, members: bool) -> Self {
        let wanted = Asked { content, members };
        Self { wanted, now: Mutex::new(wanted) }
    }

    fn now(&self) -> MutexGuard<'_, Asked> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the text of messages is asked for.
    pub(super) fn reads_messages(&self) -> bool {
        self.now().content
    }

    /// The intents asked for now.
    pub(super) fn intents(&self) -> Intents {
        let now = *self.now();
        // Direct messages come with their text whatever the intents.
        let mut intents = Intents::GUILDS | Intents::DIRECT_MESSAGES;
        if now.content {
            intents |= Intents::GUILD_MESSAGES | Intents::MESSAGE_CONTENT;
        }
        if now.members {
            intents |= Intents::GUILD_MEMBERS;
        }
        intents
    }

    /// Does without an intent that Discord disallows; `false` when none of them was among the intents `asked`, so that
    /// something else must be wrong.
    pub(super) fn give_up(&self, asked: Intents) -> bool {
        let asked = Asked {
            content: asked.contains(Intents::MESSAGE_CONTENT),
            members: asked.contains(Intents::GUILD_MEMBERS),
        };
        let next = match (asked.content, asked.members) {
            (false, false) => return false,
            // The lesser one first.
            (true, true) => Asked { members: false, ..asked },
            // Then the other: this one may be allowed.
            (true, false) => Asked { content: false, members: self.wanted.members },
            (false, true) => Asked { members: false, ..asked },
        };
        let mut now = self.now();
        // Only the first of several shards changes it, and tells.
        if *now == asked {
            *now = next;
            tell(asked, next);
        }
        true
    }
}

fn tell(asked: Asked, next: Asked) {
    if asked.content && !next.content {
        tracing::warn!(
            "Discord doesn't allow this bot to read messages: only slash commands work. Switch on the Message Content Intent \
             in the developer portal (Bot, Privileged Gateway Intents) and restart, or set DISCORD_MESSAGE_CONTENT=false"
        );
    }
    if asked.members && !next.members {
        tracing::warn!(
            "Discord doesn't allow this bot to hear of members: roles that are moved by hand, or wait for somebody who comes \
             back, are put right within six hours. Switch on the Server Members Intent in the developer portal (Bot, \
             Privileged Gateway Intents) and restart, or set DISCORD_GUILD_MEMBERS=false"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_tried_without_the_other() {
        let both = Privileged::new(true, true);
        let mut tried = Vec::new();
        loop {
            let asked = both.intents();
            tried.push((asked.contains(Intents::MESSAGE_CONTENT), asked.contains(Intents::GUILD_MEMBERS)));
            if !both.give_up(asked) {
                break;
            }
        }
        assert_eq!(tried, [(true, true), (true, false), (false, true), (false, false)]);
    }

    #[test]
    fn several_shards_that_are_refused_at_once_give_one_up() {
        let both = Privileged::new(true, true);
        let asked = both.intents();
        assert!(both.give_up(asked) && both.give_up(asked));
        assert!(both.reads_messages());
        let one = Privileged::new(true, false);
        assert!(one.give_up(one.intents()));
        assert!(!one.intents().intersects(Intents::MESSAGE_CONTENT | Intents::GUILD_MEMBERS));
    }
}
