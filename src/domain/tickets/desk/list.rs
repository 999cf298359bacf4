//! Pages of tickets, in one of several orders.

use super::super::service::staff_only;
use super::super::store::{self, TicketRow, Trace};
use super::super::{Category, Deed, Priority, State, Ticket};
use super::wanted::{Facet, Order, Place, Wanted, words};
use crate::db::{Tx, sql};
use crate::kernel::{GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text};
use jiff::Timestamp;

/// How many tickets that hold words are looked at, the newest first.
const FOUND: i32 = 1000;

/// A ticket in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The ticket.
    pub ticket: Ticket,
    /// What its opener's plan is called.
    pub plan_name: Option<String>,
    /// How many messages it has, a thousand at most.
    pub messages: i64,
    /// Whether staff wrote last; notes don't count.
    pub from_staff: bool,
    /// Whether its opener wrote last and who looks hasn't seen it since.
    pub unread: bool,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice {
    /// The tickets.
    pub tickets: Vec<Listed>,
    /// Where the next page begins, if there is one.
    pub next: Option<Place>,
    /// Whether words were found in more tickets than are looked at.
    pub partial: bool,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(embed)]
    ticket: TicketRow,
    #[diesel(sql_type = Nullable<Text>)]
    plan_name: Option<String>,
    #[diesel(sql_type = BigInt)]
    messages: i64,
    #[diesel(sql_type = Bool)]
    from_staff: bool,
    #[diesel(sql_type = Bool)]
    seen: bool,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// The numbers of the newest tickets that hold words; of one that is named by its number, that too.
pub(super) async fn holding(tx: &mut Tx, guild: GuildId, words: &str) -> Result<Vec<i64>> {
    let rows: Vec<Number> = tx
        .load(
            "searching tickets",
            sql("select s as number from app.search_tickets(?, ?, ?) s")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<Text, _>(words.to_owned())
                .bind::<Integer, _>(FOUND),
        )
        .await?;
    let named = words.trim().trim_start_matches('#').parse().ok();
    Ok(rows.into_iter().map(|row| row.number).chain(named).collect())
}

// What is told beside a ticket is looked up for those that are shown.
const HEAD: &str = "select t.*, \
   (select p.name from plans p where p.guild_id = t.guild_id and p.code = t.plan) as plan_name, \
   (select count(*) from (select from ticket_messages m where m.guild_id = t.guild_id and m.ticket_number = t.number \
      limit 1000) c) as messages, \
   coalesce((select m.from_staff from ticket_messages m where m.guild_id = t.guild_id and m.ticket_number = t.number \
      and m.kind <> 'note' order by m.id desc limit 1), false) as from_staff, \
   exists (select from ticket_audit a where a.guild_id = t.guild_id and a.ticket_number = t.number and a.actor_id = ? \
      and a.action = 'viewed' and a.at >= t.updated_at) as seen \
 from (select f.* from unnest(?) s (state)";
// Within each state, or each kind, by its index, then together.
const IN_STATE: &str = " cross join lateral (select t.* from tickets t where t.guild_id = ? and t.state = s.state";
const OF_KIND: &str = " cross join unnest(?) c (category) cross join unnest(?) p (priority) cross join lateral ( \
   select t.* from tickets t where t.guild_id = ? and t.state = s.state and t.category = c.category and t.priority = p.priority";

/// The words of what is wanted, or of all where nothing is chosen.
fn each<T: Copy>(wanted: &[T], all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
    words(if wanted.is_empty() { all } else { wanted }, word)
}

/// A page of at most `limit` tickets; that staff read it is audited.
///
/// # Errors
/// [`crate::kernel::Error::NotAllowed`] for a member.
pub async fn list(
    tx: &mut Tx,
    guild: GuildId,
    (wanted, order): (&Wanted, Order),
    (place, limit): (Option<Place>, usize),
    now: Timestamp,
) -> Result<Slice> {
    staff_only(tx, "ticket_list")?;
    let me = tx.actor().user().map_or(0, UserId::as_i64);
    let found = match &wanted.words {
        Some(said) => Some(holding(tx, guild, said).await?),
        None => None,
    };
    let one_more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let head = sql(HEAD).bind::<BigInt, _>(me).bind::<Array<Text>, _>(each(&wanted.states, &State::ALL, State::as_str));
    let statement = if wanted.by_kind(order) {
        let statement = head
            .then(OF_KIND)
            .bind::<Array<Text>, _>(each(&wanted.categories, &Category::ALL, Category::as_str))
            .bind::<Array<Text>, _>(each(&wanted.priorities, &Priority::ALL, Priority::as_str))
            .bind::<BigInt, _>(guild.as_i64());
        let kind = [Facet::State, Facet::Category, Facet::Priority];
        let statement = wanted.narrow(statement, (&kind, found.as_deref()), now);
        match place {
            Some(place) => order.behind_within(statement, place),
            None => statement,
        }
        .then(order.by_within())
    } else {
        let statement = head.then(IN_STATE).bind::<BigInt, _>(guild.as_i64());
        let statement = wanted.narrow(statement, (&[Facet::State], found.as_deref()), now);
        match place {
            Some(place) => order.behind(statement, place),
            None => statement,
        }
        .then(order.by())
    };
    let statement = statement.then(" limit ?").bind::<BigInt, _>(one_more).then(") f) t");
    let statement = statement.then(order.by()).then(" limit ?").bind::<BigInt, _>(one_more);
    let rows: Vec<Row> = tx.load("listing tickets for a desk", statement).await?;
    let mut tickets = rows.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    let more = tickets.len() > limit;
    tickets.truncate(limit);
    if place.is_none() {
        store::audit(tx, guild, None, Trace { deed: Deed::Listed, old: None, new: None }, now);
    }
    let next = tickets.last().filter(|_| more).map(|last| order.place(&last.ticket));
    let partial = found.is_some_and(|found| found.len() >= usize::try_from(FOUND).unwrap_or(usize::MAX));
    Ok(Slice { tickets, next, partial })
}

fn read(row: Row) -> Result<Listed> {
    let ticket = row.ticket.read()?;
    let unread = !row.from_staff && !row.seen && matches!(ticket.state, State::Open | State::InProgress);
    Ok(Listed { plan_name: row.plan_name, messages: row.messages, from_staff: row.from_staff, unread, ticket })
}
