//! How many tickets a filter shows, and how many each other choice of one facet would.

use super::super::service::staff_only;
use super::super::{Category, Priority, State};
use super::list::holding;
use super::wanted::{Due, Facet, Wanted, narrow_due};
use crate::db::{Statement, Tx, sql};
use crate::kernel::{GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Text};
use jiff::Timestamp;

/// Up to where is counted.
const MOST: i64 = 1_000;

/// How many tickets there are of each kind; each facet is counted without its own filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// All that the filter shows.
    pub total: i64,
    /// By state.
    pub states: Vec<(State, i64)>,
    /// By priority.
    pub priorities: Vec<(Priority, i64)>,
    /// By category.
    pub categories: Vec<(Category, i64)>,
    /// One's own.
    pub mine: i64,
    /// Nobody's.
    pub nobodys: i64,
    /// Those that missed their time.
    pub breached: i64,
    /// Those that will soon.
    pub soon: i64,
    /// Whether one of them is more than was counted.
    pub capped: bool,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    value: String,
    #[diesel(sql_type = BigInt)]
    n: i64,
}

struct Counting<'a> {
    guild: GuildId,
    wanted: &'a Wanted,
    found: Option<Vec<i64>>,
    now: Timestamp,
}

impl Counting<'_> {
    fn narrow(&self, statement: Statement, but: Option<Facet>) -> Statement {
        self.wanted.narrow(statement, (but.as_slice(), self.found.as_deref()), self.now)
    }

    /// By each value of a facet.
    async fn by(&self, tx: &mut Tx, (head, facet): (&'static str, Facet), values: &[&'static str]) -> Result<Vec<i64>> {
        let statement = self.narrow(sql(head).bind::<BigInt, _>(self.guild.as_i64()), Some(facet));
        let statement = statement
            // In the order of the index on what is counted, so that it is walked and not the whole table.
            .then(" order by t.number desc limit ?) c) as n from unnest(?) v (value)")
            .bind::<BigInt, _>(MOST + 1)
            .bind::<Array<Text>, _>(values.to_vec());
        let rows: Vec<Row> = tx.load("counting tickets", statement).await?;
        let of = |value: &&str| rows.iter().find(|row| row.value == **value).map_or(0, |row| row.n);
        Ok(values.iter().map(of).collect())
    }

    /// Those that more conditions fit.
    async fn one(&self, tx: &mut Tx, but: Option<Facet>, more: impl Fn(Statement) -> Statement) -> Result<i64> {
        let head = sql("select '' as value, count(*) as n from (select from tickets t where t.guild_id = ?");
        let statement = more(self.narrow(head.bind::<BigInt, _>(self.guild.as_i64()), but));
        let statement = statement.then(" limit ?) c").bind::<BigInt, _>(MOST + 1);
        let row: Option<Row> = tx.first("counting tickets", statement).await?;
        Ok(row.map_or(0, |row| row.n))
    }
}

const BY_STATE: &str =
    "select v.value, (select count(*) from (select from tickets t where t.state = v.value and t.guild_id = ?";
const BY_PRIORITY: &str =
    "select v.value, (select count(*) from (select from tickets t where t.priority = v.value and t.guild_id = ?";
const BY_CATEGORY: &str =
    "select v.value, (select count(*) from (select from tickets t where t.category = v.value and t.guild_id = ?";

/// Counts, each up to a thousand: more says no more to who looks, and each further row is read.
///
/// # Errors
/// [`crate::kernel::Error::NotAllowed`] for a member.
pub async fn counts(tx: &mut Tx, guild: GuildId, wanted: &Wanted, now: Timestamp) -> Result<Counts> {
    staff_only(tx, "ticket_list")?;
    let me = tx.actor().user().map_or(0, UserId::as_i64);
    let found = match &wanted.words {
        Some(words) => Some(holding(tx, guild, words).await?),
        None => None,
    };
    let all = Counting { guild, wanted, found, now };
    let states = all.by(tx, (BY_STATE, Facet::State), &State::ALL.map(State::as_str)).await?;
    let priorities = all.by(tx, (BY_PRIORITY, Facet::Priority), &Priority::WORDS).await?;
    let categories = all.by(tx, (BY_CATEGORY, Facet::Category), &Category::WORDS).await?;
    let total = all.one(tx, None, |statement| statement).await?;
    let mine = |statement: Statement| statement.then(" and t.assignee_id = ?").bind::<BigInt, _>(me);
    let mine = all.one(tx, Some(Facet::Assigned), mine).await?;
    let nobodys = all.one(tx, Some(Facet::Assigned), |one| one.then(" and t.assignee_id is null")).await?;
    let breached = all.one(tx, Some(Facet::Due), |one| narrow_due(one, Due::Breached, now)).await?;
    let soon = all.one(tx, Some(Facet::Due), |one| narrow_due(one, Due::Soon, now)).await?;
    let several = [&states[..], &priorities, &categories].concat();
    let capped = several.into_iter().chain([total, mine, nobodys, breached, soon]).any(|n| n > MOST);
    let most = |n: i64| n.min(MOST);
    Ok(Counts {
        total: most(total),
        states: State::ALL.into_iter().zip(states.into_iter().map(most)).collect(),
        priorities: Priority::ALL.into_iter().zip(priorities.into_iter().map(most)).collect(),
        categories: Category::ALL.into_iter().zip(categories.into_iter().map(most)).collect(),
        mine: most(mine),
        nobodys: most(nobodys),
        breached: most(breached),
        soon: most(soon),
        capped,
    })
}
