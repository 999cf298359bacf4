//! The event log as it is read on: from a position, each line once, none missed that commits late.
//!
//! A line's place is the transaction that wrote it, then its number; nothing is read of transactions that one still running is older
//! than. A position is a place, or the end of what could be read. Writing is `record` and its siblings beside this file's [`tell`].

use crate::db::{Tx, sql};
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Money, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;
use std::fmt;
use std::str::FromStr;

/// What an event is about, and how much.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// The order's number.
    pub order: Option<i64>,
    /// The giveaway's or the promotion's number.
    pub number: Option<i64>,
    /// What was paid, went back or is disputed.
    pub amount: Option<Money>,
}

/// Adds a line with its figures to the event log at the commit. An amount is the payments duty's to tell.
pub fn tell(tx: &mut Tx, guild: GuildId, kind: &'static str, figures: Figures, now: Timestamp) {
    let actor = tx.actor().user().map(UserId::as_i64);
    let Figures { order, number, amount } = figures;
    // A person may write these columns only.
    let statement = if order.is_none() && amount.is_none() {
        sql("insert into events (guild_id, kind, number, actor_id, at) values (?, ?, ?, ?, ?)")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(kind)
            .bind::<Nullable<BigInt>, _>(number)
    } else {
        sql("insert into events (guild_id, kind, number, order_number, amount_minor, currency, actor_id, at) \
             values (?, ?, ?, ?, ?, ?, ?, ?)")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Text, _>(kind)
        .bind::<Nullable<BigInt>, _>(number)
        .bind::<Nullable<BigInt>, _>(order)
        .bind::<Nullable<BigInt>, _>(amount.map(Money::minor))
        .bind::<Nullable<Text>, _>(amount.map(|amount| amount.currency().code()))
    };
    let statement = statement.bind::<Nullable<BigInt>, _>(actor).bind::<Timestamptz, _>(now.to_diesel());
    tx.defer("telling an event", statement);
    tx.wake_events();
}

/// A place in the event log: everything up to it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    xact: u64,
    id: i64,
}

impl Position {
    /// The number of the line there.
    pub const fn line(self) -> i64 {
        self.id
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.xact, self.id)
    }
}

/// Text that is no position of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no position in the event log")]
pub struct NotAPosition;

impl FromStr for Position {
    type Err = NotAPosition;

    fn from_str(text: &str) -> std::result::Result<Self, NotAPosition> {
        let (xact, id) = text.split_once('-').ok_or(NotAPosition)?;
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !plain(xact) || !plain(id) {
            return Err(NotAPosition);
        }
        Ok(Self { xact: xact.parse().map_err(|_| NotAPosition)?, id: id.parse().map_err(|_| NotAPosition)? })
    }
}

/// A line of the event log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its place.
    pub position: Position,
    /// The guild.
    pub guild: GuildId,
    /// What happened: a fixed word.
    pub kind: String,
    /// When.
    pub at: Timestamp,
    /// The ticket's number.
    pub ticket: Option<i64>,
    /// What else it is about.
    pub figures: Figures,
}

/// Lines, and how far they reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// They, in order.
    pub lines: Vec<Line>,
    /// From where to go on.
    pub reached: Position,
    /// Whether more is there already.
    pub more: bool,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    head: String,
    #[diesel(sql_type = Bool)]
    foreign: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    id: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    xact: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    guild_id: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    kind: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    ticket_number: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    order_number: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    number: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    amount_minor: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    currency: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    at: Option<jiff_diesel::Timestamp>,
}

impl Row {
    fn line(self) -> Result<Option<Line>> {
        const WHAT: &str = "reading an event";
        let (Some(id), Some(xact), Some(guild), Some(kind), Some(at)) =
            (self.id, self.xact, self.guild_id, self.kind, self.at)
        else {
            return Ok(None);
        };
        let amount = match (self.amount_minor, self.currency) {
            (Some(minor), Some(currency)) => {
                let currency = currency.parse().internal(WHAT)?;
                Some(Money::new(minor, currency).internal(WHAT)?)
            }
            _ => None,
        };
        Ok(Some(Line {
            position: Position { xact: xact.parse().internal(WHAT)?, id },
            guild: GuildId::try_from(guild).internal(WHAT)?,
            kind,
            at: at.to_jiff(),
            ticket: self.ticket_number,
            figures: Figures { order: self.order_number, number: self.number, amount },
        }))
    }
}

/// At most `limit` lines of these kinds behind a position, or from now on; `None`: the position is of another database, or of a
/// time that this one doesn't know any more. Acts as the *outbox* duty.
///
/// # Errors
/// As [`Tx::load`].
pub async fn after(tx: &mut Tx, from: Option<Position>, kinds: &[&'static str], limit: i64) -> Result<Option<Page>> {
    let kinds: Vec<&'static str> = kinds.to_vec();
    // One statement, so one snapshot: what is behind the head can't be passed over.
    let rows: Vec<Row> = tx
        .load(
            "reading the event log",
            sql("with s as (select pg_snapshot_xmin(pg_current_snapshot()) as head, pg_snapshot_xmax(pg_current_snapshot()) as next, \
                                   ?::text::xid8 as from_xact, ?::bigint as from_id) \
                 select s.head::text as head, coalesce(s.from_xact > s.next, false) as foreign, e.id, e.xact::text as xact, e.guild_id, \
                        e.kind, e.ticket_number, e.order_number, e.number, e.amount_minor, e.currency, e.at \
                 from s left join lateral ( \
                   select v.id, v.xact, v.guild_id, v.kind, v.ticket_number, v.order_number, v.number, v.amount_minor, v.currency, v.at \
                   from events v where (v.xact, v.id) > (s.from_xact, s.from_id) and v.xact < s.head and v.kind = any(?) \
                   order by v.xact, v.id limit ?) e on true")
            .bind::<Nullable<Text>, _>(from.map(|from| from.xact.to_string()))
            .bind::<Nullable<BigInt>, _>(from.map(|from| from.id))
            .bind::<Array<Text>, _>(kinds)
            .bind::<BigInt, _>(limit),
        )
        .await?;
    let Some(first) = rows.first() else { return Ok(None) };
    if first.foreign {
        return Ok(None);
    }
    let head = Position { xact: first.head.parse().internal("reading the event log")?, id: 0 };
    let lines: Vec<Line> = rows.into_iter().filter_map(|row| row.line().transpose()).collect::<Result<_>>()?;
    let more = i64::try_from(lines.len()).is_ok_and(|found| found >= limit);
    let reached = match lines.last() {
        Some(last) if more => last.position,
        _ => from.map_or(head, |from| from.max(head)),
    };
    Ok(Some(Page { lines, reached, more }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_reads_back_what_it_writes_and_nothing_else() {
        let position = Position { xact: 7, id: 12 };
        assert_eq!(position.to_string().parse(), Ok(position));
        for text in ["", "-", "7", "7-", "-7", "7-12-1", "+7-1", "7- 1", "a-1", "99999999999999999999-1"] {
            assert_eq!(text.parse::<Position>(), Err(NotAPosition), "{text}");
        }
        assert!(Position { xact: 8, id: 0 } > position && Position { xact: 7, id: 13 } > position);
    }
}
