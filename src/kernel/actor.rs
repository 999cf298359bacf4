//! Who acts: the identity that every transaction carries down to row-level security.
//!
//! It is made in few places: from a checked Discord payload at the edges (`commands::dispatch`), for the recipient of a
//! notification (`jobs`), and as one of the narrow system identities. It says who someone is, not what he wants.

use super::ids::{GuildId, UserId};

/// Rank of a member of staff, in rising order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// Answers tickets.
    Support,
    /// Also changes settings; holds the operator role or Discord's *Manage Server* permission.
    Operator,
}

impl Rank {
    /// The word that the database's policies compare.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Support => "support",
            Self::Operator => "operator",
        }
    }
}

/// The program itself, in one narrow duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum System {
    /// Looks up a guild's settings and roles before an identity is known.
    Accounts,
    /// Claims and finishes outbox rows.
    Outbox,
    /// Acts when a due time has come.
    Schedule,
    /// Carries out what was bought: orders, entitlements, the ledger, what is asked of the payment provider.
    Payments,
    /// Lets people into the admin panel: their sessions, before it is known who they are.
    Panel,
    /// Erases who asked for it, and what is over its time.
    Privacy,
}

impl System {
    /// The word that the database's policies compare.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Outbox => "outbox",
            Self::Schedule => "schedule",
            Self::Payments => "payments",
            Self::Panel => "panel",
            Self::Privacy => "privacy",
        }
    }
}

/// The kinds of actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A member of a guild: sees his own rows.
    Member,
    /// A member of staff: sees the rows of his guild.
    Staff(Rank),
    /// The program itself.
    System(System),
}

/// Who acts, and in which guild.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Actor {
    kind: Kind,
    guild: Option<GuildId>,
    user: Option<UserId>,
}

impl Actor {
    /// A member of `guild`.
    pub const fn member(guild: GuildId, user: UserId) -> Self {
        Self { kind: Kind::Member, guild: Some(guild), user: Some(user) }
    }

    /// A member of staff of `guild`.
    pub const fn staff(guild: GuildId, user: UserId, rank: Rank) -> Self {
        Self { kind: Kind::Staff(rank), guild: Some(guild), user: Some(user) }
    }

    /// A person in no guild: sees what is his own wherever he is.
    pub const fn person(user: UserId) -> Self {
        Self { kind: Kind::Member, guild: None, user: Some(user) }
    }

    /// What the staff channel of `guild` may be told: the rows that any member of staff sees, as nobody in particular.
    pub const fn staff_channel(guild: GuildId) -> Self {
        Self { kind: Kind::Staff(Rank::Support), guild: Some(guild), user: None }
    }

    /// What the program does in the place of the operators of `guild`, as nobody in particular.
    pub const fn for_operators(guild: GuildId) -> Self {
        Self { kind: Kind::Staff(Rank::Operator), guild: Some(guild), user: None }
    }

    /// The program, in one duty, over all guilds.
    pub const fn system(duty: System) -> Self {
        Self { kind: Kind::System(duty), guild: None, user: None }
    }

    /// The program, in one duty, for one guild.
    pub const fn system_in(duty: System, guild: GuildId) -> Self {
        Self { kind: Kind::System(duty), guild: Some(guild), user: None }
    }

    /// What kind of actor this is.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The guild he acts in.
    pub const fn guild(&self) -> Option<GuildId> {
        self.guild
    }

    /// The person, where there is one.
    pub const fn user(&self) -> Option<UserId> {
        self.user
    }

    /// His rank, where he is staff.
    pub const fn rank(&self) -> Option<Rank> {
        match self.kind {
            Kind::Staff(rank) => Some(rank),
            Kind::Member | Kind::System(_) => None,
        }
    }

    /// Whether he is staff.
    pub const fn is_staff(&self) -> bool {
        self.rank().is_some()
    }
}
