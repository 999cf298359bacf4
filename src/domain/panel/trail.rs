//! What was done in a guild, as one list over the audits of tickets, of the shop and of Shellia; and who came in at the panel.
//!
//! It writes nothing: each domain writes its own audit. What a line means in words is said above.

use crate::db::{Statement, Tx, sql};
use crate::kernel::{GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;
use std::fmt;
use std::str::FromStr;

/// Whose audit a line is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The tickets'.
    Ticket,
    /// The shop's, with promotions and giveaways.
    Shop,
    /// Shellia's.
    Agent,
    /// The panel's: who came in.
    Panel,
}

impl Source {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Ticket, Self::Shop, Self::Agent, Self::Panel];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::Shop => "shop",
            Self::Agent => "agent",
            Self::Panel => "panel",
        }
    }

    const fn rank(self) -> i32 {
        match self {
            Self::Ticket => 1,
            Self::Shop => 2,
            Self::Agent => 3,
            Self::Panel => 4,
        }
    }
}

/// A place in the list: lines are in the order of their time, then of their source, then of their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    us: i64,
    source: Source,
    id: i64,
}

impl Place {
    /// Behind every line.
    pub const END: Self = Self { us: END_US, source: Source::Panel, id: i64::MAX };

    fn at(self) -> Timestamp {
        Timestamp::from_microsecond(self.us).unwrap_or(Timestamp::MAX)
    }
}

/// The year 9999, in microseconds since 1970: no line is later.
const END_US: i64 = 253_370_764_800_000_000;

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}_{}", self.us, self.source.as_str(), self.id)
    }
}

/// Text that is no place of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no place in the audit")]
pub struct NotAPlace;

impl FromStr for Place {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<Self, NotAPlace> {
        let mut parts = text.split('_');
        let (Some(us), Some(source), Some(id), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(NotAPlace);
        };
        let source = Source::ALL.into_iter().find(|one| one.as_str() == source).ok_or(NotAPlace)?;
        let read = |part: &str| part.parse::<i64>().map_err(|_| NotAPlace);
        let place = Self { us: read(us)?, source, id: read(id)? };
        if (0..=END_US).contains(&place.us) && place.to_string() == text { Ok(place) } else { Err(NotAPlace) }
    }
}

/// Which lines are asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Of whom; `None`: of anybody.
    pub by: Option<UserId>,
    /// Of these deeds; `None`: of any but those that only read.
    pub deeds: Option<Vec<String>>,
    /// From then on.
    pub from: Timestamp,
    /// Before then.
    pub until: Timestamp,
    /// Below that place.
    pub below: Place,
    /// At most so many.
    pub limit: i64,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Where it stands.
    pub place: Place,
    /// Whose audit it is of.
    pub source: Source,
    /// When.
    pub at: Timestamp,
    /// Who; nobody: the program.
    pub by: Option<UserId>,
    /// What was done, in a word.
    pub deed: String,
    /// To what: a number, a code.
    pub subject: String,
    /// The number of the ticket, the order or the plan.
    pub number: Option<i64>,
    /// What it was before.
    pub old: Option<String>,
    /// What it is then.
    pub new: Option<String>,
    /// The code of the currency of the order that it is about.
    pub currency: Option<String>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Integer)]
    source: i32,
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Timestamptz)]
    at: jiff_diesel::Timestamp,
    #[diesel(sql_type = Nullable<BigInt>)]
    actor_id: Option<i64>,
    #[diesel(sql_type = Text)]
    action: String,
    #[diesel(sql_type = Text)]
    subject: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    number: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    old_value: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    new_value: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    currency: Option<String>,
}

impl Row {
    fn read(self) -> Option<Line> {
        let source = Source::ALL.into_iter().find(|source| source.rank() == self.source)?;
        let at = self.at.to_jiff();
        Some(Line {
            place: Place { us: at.as_microsecond(), source, id: self.id },
            source,
            at,
            by: self.actor_id.and_then(|id| UserId::try_from(id).ok()),
            deed: self.action,
            subject: self.subject,
            number: self.number,
            old: self.old_value,
            new: self.new_value,
            currency: self.currency,
        })
    }
}

/// Deeds that are looked at to see who is at work.
const LATELY: i64 = 1000;
/// Deeds that only read: they are asked for by name.
const READS: [&str; 5] = ["viewed", "listed", "history_read", "order_read", "orders_read"];

const TICKET: &str = "(select 1 as source, id, at, actor_id, action, coalesce('ticket/' || ticket_number, '') as subject, \
     ticket_number as number, old_value, new_value, null::text as currency from ticket_audit \
     where guild_id = ? and at >= ? and at < ? and at <= ? and (at, 1, id) < (?, ?, ?) and (? is null or actor_id = ?) \
       and (case when ? then action = any(?) else action <> all(?) end) order by at desc, id desc limit ?)";
const SHOP: &str = " union all (select 2, id, at, actor_id, action, subject, order_number, old_value, new_value, \
       (select o.currency from orders o where o.guild_id = s.guild_id and o.number = s.order_number) from shop_audit s \
     where guild_id = ? and at >= ? and at < ? and at <= ? and (at, 2, id) < (?, ?, ?) and (? is null or actor_id = ?) \
       and (case when ? then action = any(?) else action <> all(?) end) order by at desc, id desc limit ?)";
/// Its words hold digests and what programs wrote; of a refusal they say why.
const AGENT: &str = " union all (select 3, number, at, actor_id, action, coalesce('plan/' || plan, 'shellia'), plan, null::text, \
       case when action in ('refused', 'autonomy') then words end, null::text from agent_audit \
     where guild_id = ? and at >= ? and at < ? and at <= ? and (at, 3, number) < (?, ?, ?) and (? is null or actor_id = ?) \
       and (case when ? then action = any(?) else action <> all(?) end) order by at desc, number desc limit ?)";
const PANEL: &str = "select 4 as source, id, at, user_id as actor_id, 'sign_in_' || outcome as action, via || ' · ' || network as subject, \
     null::bigint as number, null::text as old_value, null::text as new_value, null::text as currency from panel_sign_ins \
     where (guild_id = ? or guild_id is null and user_id = any(?)) and at >= ? and at < ? and at <= ? and (at, 4, id) < (?, ?, ?) \
       and (? is null or user_id = ?) and (not ? or 'sign_in_' || outcome = any(?)) order by at desc, id desc limit ?";

/// The values of a branch that come behind its guild.
fn times(statement: Statement, wanted: &Wanted) -> Statement {
    let below = wanted.below;
    statement
        .bind::<Timestamptz, _>(wanted.from.to_diesel())
        .bind::<Timestamptz, _>(wanted.until.to_diesel())
        .bind::<Timestamptz, _>(below.at().to_diesel())
        .bind::<Timestamptz, _>(below.at().to_diesel())
        .bind::<Integer, _>(below.source.rank())
        .bind::<BigInt, _>(below.id)
        .bind::<Nullable<BigInt>, _>(wanted.by.map(UserId::as_i64))
        .bind::<Nullable<BigInt>, _>(wanted.by.map(UserId::as_i64))
}

fn branch(statement: Statement, guild: GuildId, wanted: &Wanted) -> Statement {
    let statement = times(statement.bind::<BigInt, _>(guild.as_i64()), wanted);
    statement
        .bind::<Bool, _>(wanted.deeds.is_some())
        .bind::<Array<Text>, _>(wanted.deeds.clone().unwrap_or_default())
        .bind::<Array<Text>, _>(READS.to_vec())
        .bind::<BigInt, _>(wanted.limit)
}

/// What was done to tickets, in the shop and by Shellia, the newest first. Acts as an operator.
///
/// # Errors
/// As [`Tx::load`].
pub async fn done(tx: &mut Tx, guild: GuildId, wanted: &Wanted) -> Result<Vec<Line>> {
    let mut statement = sql("select * from (");
    for part in [TICKET, SHOP, AGENT] {
        statement = branch(statement.then(part), guild, wanted);
    }
    let statement =
        statement.then(") a order by at desc, source desc, id desc limit ?").bind::<BigInt, _>(wanted.limit);
    let rows: Vec<Row> = tx.load("reading the audit", statement).await?;
    Ok(rows.into_iter().filter_map(Row::read).collect())
}

#[derive(QueryableByName)]
struct Actor {
    #[diesel(sql_type = BigInt)]
    actor_id: i64,
}

/// Who did lately to tickets what staff alone do. Acts as staff.
///
/// # Errors
/// As [`Tx::load`].
pub async fn seen_at_work(tx: &mut Tx, guild: GuildId) -> Result<Vec<UserId>> {
    let statement = sql("select distinct w.actor_id from (select actor_id from ticket_audit \
         where guild_id = ? and actor_id is not null and action in ('noted', 'claimed', 'assigned', 'resolved', 'priority_changed', \
           'category_changed', 'viewed', 'listed', 'history_read', 'file_read') \
         order by at desc, id desc limit ?) w")
    .bind::<BigInt, _>(guild.as_i64())
    .bind::<BigInt, _>(LATELY);
    let rows: Vec<Actor> = tx.load("looking who is at work", statement).await?;
    Ok(rows.into_iter().filter_map(|row| UserId::try_from(row.actor_id).ok()).collect())
}

/// Who came in or tried to: by a link into this guild, or by Discord as one of its `staff`. Acts as the *panel* duty.
///
/// # Errors
/// As [`Tx::load`].
pub async fn came_in(tx: &mut Tx, (guild, staff): (GuildId, &[UserId]), wanted: &Wanted) -> Result<Vec<Line>> {
    let staff: Vec<i64> = staff.iter().map(|user| user.as_i64()).collect();
    let statement = sql(PANEL).bind::<BigInt, _>(guild.as_i64()).bind::<Array<BigInt>, _>(staff);
    let statement = times(statement, wanted)
        .bind::<Bool, _>(wanted.deeds.is_some())
        .bind::<Array<Text>, _>(wanted.deeds.clone().unwrap_or_default())
        .bind::<BigInt, _>(wanted.limit);
    let rows: Vec<Row> = tx.load("reading who came in", statement).await?;
    Ok(rows.into_iter().filter_map(Row::read).collect())
}

/// What was done to one thing of the shop, such as `giveaway/7`, the newest first; at most `limit` lines. Acts as staff.
///
/// # Errors
/// As [`Tx::load`].
pub async fn of_subject(tx: &mut Tx, guild: GuildId, subject: &str, limit: i64) -> Result<Vec<Line>> {
    let statement = sql("select 2 as source, id, at, actor_id, action, subject, order_number as number, old_value, new_value, null::text as currency \
         from shop_audit where guild_id = ? and subject = ? order by id desc limit ?")
    .bind::<BigInt, _>(guild.as_i64())
    .bind::<Text, _>(subject.to_owned())
    .bind::<BigInt, _>(limit);
    let rows: Vec<Row> = tx.load("reading what was done to something", statement).await?;
    Ok(rows.into_iter().filter_map(Row::read).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_back_and_nothing_else_does() {
        for source in Source::ALL {
            let place = Place { us: 1_790_000_000_000_000, source, id: 12 };
            assert_eq!(place.to_string().parse(), Ok(place));
        }
        for text in ["", "1", "1_shop", "1_shop_x", "1_nothing_2", "+1_shop_2", "1_shop_2_3", "-5_shop_1"] {
            assert_eq!(text.parse::<Place>(), Err(NotAPlace), "{text}");
        }
    }
}
