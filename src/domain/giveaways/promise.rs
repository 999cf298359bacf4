//! What a giveaway is, and what its draw's terms are.

use super::draw::{Id, Post, Source, Terms};
use super::{Requirements, SourceKind, State, Trouble};
use crate::domain::promotions::Discount;
use crate::kernel::{ChannelId, GuildId, MessageId, Percent, RoleId, UserId};
use jiff::{SignedDuration, Timestamp};

/// The shortest giveaway.
pub const SHORTEST: SignedDuration = SignedDuration::from_mins(1);
/// The longest, from now to its end.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(366 * 24);
/// Longest title of a prize, in characters.
pub const TITLE_MAX: usize = 100;

/// What is won.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prize {
    /// Days of a plan.
    Plan {
        /// Its code.
        code: String,
        /// How many.
        days: u32,
    },
    /// A role.
    Role {
        /// The role.
        role: RoleId,
        /// For so many days; `None`: for good.
        days: Option<u32>,
    },
    /// A product of the shop.
    Product {
        /// Its code.
        code: String,
        /// The variant's code.
        variant: String,
    },
    /// A promotion code that the winner alone may use, once.
    Coupon {
        /// What comes off.
        discount: Discount,
        /// The largest part of a price that comes off, as the rules were when it was made.
        cap: Percent,
        /// For how many days.
        days: u32,
    },
    /// What staff give by hand.
    Hand,
}

impl Prize {
    /// The word kept in the database.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Plan { .. } => "plan",
            Self::Role { .. } => "role",
            Self::Product { .. } => "product",
            Self::Coupon { .. } => "coupon",
            Self::Hand => "hand",
        }
    }
}

/// What each winner gets beside the prize, once he has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Also {
    /// A plan by its code, for so many days.
    pub plan: Option<(String, u32)>,
    /// A role, for good.
    pub role: Option<RoleId>,
}

/// A giveaway to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGiveaway {
    /// The guild.
    pub guild: GuildId,
    /// The intent: a repeat finds the giveaway that it made.
    pub request: String,
    /// Who makes it.
    pub host: UserId,
    /// Where it is announced.
    pub channel: ChannelId,
    /// What is won, in words.
    pub title: String,
    /// More words; may be empty.
    pub description: String,
    /// How many win.
    pub winners: u32,
    /// What is won.
    pub prize: Prize,
    /// What each winner gets beside it.
    pub also: Also,
    /// Who may enter.
    pub requirements: Requirements,
    /// Hours in which a prize is claimed; 0: it is given without that.
    pub claim_hours: u32,
    /// Where the randomness comes from; [`Source`] of the end is made from it.
    pub source: SourceKind,
    /// The sandbox's key or the secret's hash, in hexadecimal.
    pub source_value: Option<String>,
    /// The giveaway's salt, in hexadecimal: 32 random bytes.
    pub salt: String,
    /// Its secret, in hexadecimal, where the randomness is one.
    pub secret: Option<String>,
    /// From when; what is past means now.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
}

/// A giveaway as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Giveaway {
    /// The guild.
    pub guild: GuildId,
    /// Its number in that guild.
    pub number: i64,
    /// Who made it.
    pub host: UserId,
    /// Where it is announced, and its draw committed to.
    pub channel: ChannelId,
    /// What is won, in words.
    pub title: String,
    /// More words; may be empty.
    pub description: String,
    /// How many win.
    pub winners: u32,
    /// What is won.
    pub prize: Prize,
    /// What each winner gets beside it.
    pub also: Also,
    /// Who may enter.
    pub requirements: Requirements,
    /// Hours in which a prize is claimed; 0: it is given without that.
    pub claim_hours: u32,
    /// Where the randomness comes from.
    pub source: SourceKind,
    /// The sandbox's key or the secret's hash, in hexadecimal.
    pub source_value: Option<String>,
    /// Where it stands.
    pub state: State,
    /// From when.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// Since when it is paused.
    pub paused_at: Option<Timestamp>,
    /// Version of the terms.
    pub version: i32,
    /// The version that was posted last; 0: none.
    pub terms_version: i32,
    /// The message of the newest terms.
    pub terms_message: Option<MessageId>,
    /// The card with the buttons.
    pub card_message: Option<MessageId>,
    /// A digest of what the card shows.
    pub card_shows: Option<String>,
    /// The frozen list's root, in hexadecimal.
    pub root: Option<String>,
    /// The commitment's digest, in hexadecimal.
    pub commitment: Option<String>,
    /// How many entries the frozen list has.
    pub entries: Option<u32>,
    /// Where the commitment was posted.
    pub commitment_message: Option<MessageId>,
    /// The beacon's signature or the secret, in hexadecimal.
    pub proof: Option<String>,
    /// Since when the beacon is asked in vain.
    pub waits_since: Option<Timestamp>,
    /// Whether the channel was told of that.
    pub wait_told: bool,
    /// The lowest rank that was looked at.
    pub checked: u32,
    /// How many entries of the log were told.
    pub told: i32,
    /// The newest message that names winners and bears the button by which they claim.
    pub winners_message: Option<MessageId>,
    /// When the card, later that message, was last found where it was posted.
    pub seen_at: Option<Timestamp>,
    /// Where it goes on after its list was frozen.
    pub moved_to: Option<ChannelId>,
    /// When the roles of those who take part were looked at last, and the account to which that came.
    pub weighed: Option<(Timestamp, i64)>,
    /// Why nothing can be posted in its channel.
    pub trouble: Option<Trouble>,
    /// Whether staff were told of that.
    pub trouble_told: bool,
    /// How often it was looked at in vain.
    pub attempts: u32,
    /// When the program looks at it again.
    pub look_at: Option<Timestamp>,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
    /// The intent that changed it last.
    pub last_request: Option<String>,
}

impl Giveaway {
    /// The end in whole seconds since 1970, as the terms have it.
    pub fn end_second(&self) -> u64 {
        u64::try_from(self.ends_at.as_second()).unwrap_or(0)
    }

    /// The randomness of the present end; `None` where what is kept of it can't be read, or drand was not yet.
    pub fn source(&self) -> Option<Source> {
        let value = self.source_value.as_deref();
        match self.source {
            SourceKind::Quicknet => Source::quicknet(self.end_second()),
            SourceKind::Sandbox => Source::sandbox(value?.parse().ok()?, self.end_second()),
            SourceKind::None => Some(Source::None { secret_hash: value?.parse().ok()? }),
        }
    }

    /// What is promised, as the draw takes it.
    pub fn terms(&self) -> Option<Terms> {
        Some(Terms {
            guild: Id(self.guild.get()),
            giveaway: u64::try_from(self.number).ok()?,
            ends_at: self.end_second(),
            winners: self.winners,
            source: self.source()?,
        })
    }

    /// Where its messages are posted now.
    pub fn posts_in(&self) -> ChannelId {
        self.moved_to.unwrap_or(self.channel)
    }

    fn post(&self, message: Option<MessageId>) -> Option<Post> {
        Some(Post { channel: Id(self.channel.get()), message: Id(message?.get()) })
    }

    /// Where the newest terms were posted.
    pub fn announcement(&self) -> Option<Post> {
        self.post(self.terms_message)
    }

    /// Where the commitment was posted.
    pub fn committed(&self) -> Option<Post> {
        self.post(self.commitment_message)
    }

    /// Whether the present terms were posted.
    pub const fn is_announced(&self) -> bool {
        self.terms_version == self.version
    }
}
