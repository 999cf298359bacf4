//! Who is signed in to the admin panel: sessions behind a token, one-time links, and who came in how; and whom it knows.
//!
//! A token is known here by its digest alone. What somebody may do in a guild is not kept: Discord and the guild's settings say
//! it, each time anew.

pub mod canned;
pub mod people;
mod service;
mod store;
mod things;
mod token;
pub mod trail;

pub use service::{alive, end, end_own, make_link, note, open, own, session, sweep, take_link, touch};
pub use things::{Things, things};
pub use token::Token;

use crate::kernel::{GuildId, Locale, UserId};
use jiff::{SignedDuration, Timestamp};

/// How long a session lasts after it was last used.
pub const LASTS: SignedDuration = SignedDuration::from_hours(24);
/// How long a session lasts however much it is used.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long a one-time link may be used.
pub const LINK_LASTS: SignedDuration = SignedDuration::from_mins(15);
/// A session's last use is written down once in this time.
pub const NOTED: SignedDuration = SignedDuration::from_mins(1);

/// How somebody came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// Discord said who he is.
    Discord,
    /// A one-time link, made on the machine, into one guild.
    Link(GuildId),
}

impl Via {
    /// The word kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Discord => "discord",
            Self::Link(_) => "link",
        }
    }

    /// The guild to which it is bound.
    pub const fn guild(self) -> Option<GuildId> {
        match self {
            Self::Discord => None,
            Self::Link(guild) => Some(guild),
        }
    }
}

/// What came of a try to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// He is in.
    In,
    /// He said no at Discord.
    Denied,
    /// The way back from Discord, or the link, was not begun here, too late or used.
    Expired,
    /// Discord didn't answer, or not as it should.
    Discord,
    /// He is of no guild's staff.
    Nobody,
    /// Too many tries from there.
    Busy,
}

impl Tried {
    /// The word kept in the database and shown in the page's address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Denied => "denied",
            Self::Expired => "expired",
            Self::Discord => "discord",
            Self::Nobody => "nobody",
            Self::Busy => "busy",
        }
    }
}

/// A session to open.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Whose.
    pub user: UserId,
    /// His name.
    pub name: String,
    /// His picture's hash at Discord.
    pub avatar: Option<String>,
    /// His language.
    pub locale: Locale,
    /// How he came in.
    pub via: Via,
    /// What his browser calls itself.
    pub browser: String,
}

/// A session that goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its number.
    pub id: i64,
    /// Whose.
    pub user: UserId,
    /// His name.
    pub name: String,
    /// His picture's hash at Discord.
    pub avatar: Option<String>,
    /// His language.
    pub locale: Locale,
    /// How he came in.
    pub via: Via,
    /// What his browser calls itself.
    pub browser: String,
    /// When it was opened.
    pub made_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
    /// When it ends unless it is used.
    pub ends_at: Timestamp,
}

/// One of a person's own sessions, as he sees them listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// Its number.
    pub id: i64,
    /// What the browser calls itself.
    pub browser: String,
    /// When it was opened.
    pub made_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
    /// When it ends unless it is used.
    pub ends_at: Timestamp,
}

/// A try to sign in, as the audit keeps it.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// Who, where that is known.
    pub user: Option<UserId>,
    /// How.
    pub via: Via,
    /// What came of it.
    pub outcome: Tried,
    /// From which network.
    pub network: String,
}
