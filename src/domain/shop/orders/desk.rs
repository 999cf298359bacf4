//! Orders as a desk lists them: narrowed by what staff look for, in one of several orders, page by page; and those that wait for
//! staff. It reads, and says of each what only staff can mend.
//!
//! Acts as staff; the policies decide what is there.

use super::Order;
use super::given::HELD;
use super::store::Row as OrderRow;
use crate::db::{Statement, Tx, sql};
use crate::domain::shop::OrderState;
use crate::domain::shop::roles::RoleState;
use crate::kernel::error::Context;
use crate::kernel::{Error, GuildId, Money, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;
use std::fmt;
use std::str::FromStr;

/// So many of the newest orders are searched for words.
const SEARCHED: i64 = 200_000;

/// Which orders a list shows; what is `None` doesn't narrow it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Where they stand.
    pub state: Option<OrderState>,
    /// Who bought them, or is to get them.
    pub member: Option<UserId>,
    /// A number, or what the item or the buyer's name holds.
    pub words: Option<String>,
    /// Placed then or later.
    pub from: Option<Timestamp>,
    /// Placed before.
    pub until: Option<Timestamp>,
}

/// In which order a list shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
    /// The dearest first.
    Total,
}

impl Sort {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Newest, Self::Oldest, Self::Total];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Total => "total",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == word)
    }

    const fn by(self) -> &'static str {
        match self {
            Self::Newest => " order by o.number desc",
            Self::Oldest => " order by o.number",
            Self::Total => " order by o.total_minor desc, o.number desc",
        }
    }
}

/// Where a page ended: its order, what was paid, and the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The list's order.
    pub sort: Sort,
    minor: i64,
    number: i64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}_{}", self.sort.as_str(), self.minor, self.number)
    }
}

/// What can't be read as a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAPlace;

impl FromStr for Place {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<Self, NotAPlace> {
        let mut parts = text.split('_');
        let sort = parts.next().and_then(Sort::from_word).ok_or(NotAPlace)?;
        let mut number = || parts.next().and_then(|part| part.parse().ok()).ok_or(NotAPlace);
        let place = Self { sort, minor: number()?, number: number()? };
        if parts.next().is_none() { Ok(place) } else { Err(NotAPlace) }
    }
}

/// An order in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The order.
    pub order: Order,
    /// What its buyer was called then.
    pub buyer_name: String,
    /// Whether money that was to go back did not.
    pub owes: bool,
    /// What keeps its role from who holds it, where only staff can mend it.
    pub stuck: Option<RoleState>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(embed)]
    order: OrderRow,
    #[diesel(sql_type = Text)]
    user_name: String,
    #[diesel(sql_type = Bool)]
    owes: bool,
    #[diesel(sql_type = Nullable<Text>)]
    role_state: Option<String>,
}

fn read(row: Row) -> Result<Listed> {
    let order = row.order.read()?;
    let stuck = row.role_state.as_deref().and_then(RoleState::from_word).filter(|state| state.needs_staff());
    let stuck = stuck.filter(|_| order.state == OrderState::Fulfilled);
    Ok(Listed { order, buyer_name: row.user_name, owes: row.owes, stuck })
}

/// The orders `o` of a statement that ends behind its `from (select … `, with what is told beside each.
fn told() -> Statement {
    sql("select o.*, coalesce((select f.state = 'failed' from refunds f where f.guild_id = o.guild_id and f.order_number = o.number \
           order by f.id desc limit 1), false) and (o.dispute is null or o.dispute = 'won') as owes, \
         (select h.state from (")
    .then(HELD)
    .then(" and e.guild_id = o.guild_id and e.order_number = o.number order by e.id desc limit 1) h) as role_state from (")
}

/// A page of at most `limit` orders, and where the next begins.
///
/// # Errors
/// As [`Tx::load`].
pub async fn list(
    tx: &mut Tx,
    guild: GuildId,
    (wanted, sort): (&Wanted, Sort),
    (place, limit): (Option<Place>, usize),
) -> Result<(Vec<Listed>, Option<Place>)> {
    let one_more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut all = told().then("select * from orders o where o.guild_id = ?").bind::<BigInt, _>(guild.as_i64());
    if let Some(state) = wanted.state {
        all = all.then(" and o.state = ?").bind::<Text, _>(state.as_str());
    }
    if let Some(member) = wanted.member.map(UserId::as_i64) {
        all = all.then(" and (o.user_id = ? or o.recipient_id = ?)");
        all = all.bind::<BigInt, _>(member).bind::<BigInt, _>(member);
    }
    if let Some(from) = wanted.from {
        all = all.then(" and o.created_at >= ?").bind::<Timestamptz, _>(from.to_diesel());
    }
    if let Some(until) = wanted.until {
        all = all.then(" and o.created_at < ?").bind::<Timestamptz, _>(until.to_diesel());
    }
    if let Some(words) = &wanted.words {
        let number = words.trim_start_matches('#').parse::<i64>().unwrap_or(0);
        let words = words.to_lowercase();
        all = all
            .then(
                " and (o.number = ? or (o.number > (select coalesce(max(m.number), 0) - ? from orders m where m.guild_id = ?) \
                   and (strpos(lower(o.title), ?) > 0 or strpos(lower(o.user_name), ?) > 0)))",
            )
            .bind::<BigInt, _>(number)
            .bind::<BigInt, _>(SEARCHED)
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(words.clone())
            .bind::<Text, _>(words);
    }
    all = match place {
        None => all,
        Some(Place { sort: Sort::Newest, number, .. }) => all.then(" and o.number < ?").bind::<BigInt, _>(number),
        Some(Place { sort: Sort::Oldest, number, .. }) => all.then(" and o.number > ?").bind::<BigInt, _>(number),
        Some(Place { sort: Sort::Total, minor, number }) => {
            all.then(" and (o.total_minor, o.number) < (?, ?)").bind::<BigInt, _>(minor).bind::<BigInt, _>(number)
        }
    };
    all = all.then(sort.by()).then(" limit ?").bind::<BigInt, _>(one_more).then(") o").then(sort.by());
    let rows: Vec<Row> = tx.load("listing orders for a desk", all).await?;
    let mut orders = rows.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    let more = orders.len() > limit;
    orders.truncate(limit);
    let next = orders.last().filter(|_| more);
    let next = next.map(|last| Place { sort, minor: last.order.total.minor(), number: last.order.number });
    Ok((orders, next))
}

/// One order, as a list shows it.
///
/// # Errors
/// [`Error::NotFound`] for one that isn't this guild's.
pub async fn one(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Listed> {
    let query = told().then("select * from orders o where o.guild_id = ? and o.number = ?) o");
    let query = query.bind::<BigInt, _>(guild.as_i64()).bind::<BigInt, _>(number);
    let row: Option<Row> = tx.first("loading an order for a desk", query).await?;
    row.map(read).transpose()?.ok_or(Error::NotFound("order"))
}

/// The newest orders that wait for staff, at most `limit`: paid and not handed over, or looked into by a bank.
///
/// # Errors
/// As [`Tx::load`].
pub async fn waiting(tx: &mut Tx, guild: GuildId, limit: i64) -> Result<Vec<Listed>> {
    let query = told()
        .then(
            "(select * from orders where guild_id = ? and state = 'paid' order by number desc limit ?) union \
               (select * from orders where guild_id = ? and dispute = 'open' order by number desc limit ?) \
               order by number desc limit ?) o order by o.number desc",
        )
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(limit)
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(limit)
        .bind::<BigInt, _>(limit);
    let rows: Vec<Row> = tx.load("listing orders that wait for staff", query).await?;
    rows.into_iter().map(read).collect()
}

#[derive(QueryableByName)]
struct BackRow {
    #[diesel(sql_type = BigInt)]
    amount_minor: i64,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Text)]
    reason: String,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Timestamptz)]
    created_at: jiff_diesel::Timestamp,
}

/// What was given back of an order, with why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Back {
    /// How much.
    pub amount: Money,
    /// What staff wrote, or the word of the trouble for which the program gave it back.
    pub reason: String,
    /// `requested`, `done` or `failed`.
    pub state: String,
    /// When it was asked for.
    pub at: Timestamp,
}

/// What was given back of an order, the oldest first; 100 at most.
///
/// # Errors
/// As [`Tx::load`].
pub async fn given_back(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Vec<Back>> {
    let query = sql("select amount_minor, currency, reason, state, created_at from refunds \
                     where guild_id = ? and order_number = ? order by id limit 100")
    .bind::<BigInt, _>(guild.as_i64())
    .bind::<BigInt, _>(number);
    let rows: Vec<BackRow> = tx.load("loading what was given back", query).await?;
    let read = |row: BackRow| {
        let currency = row.currency.parse().internal("reading a refund")?;
        let amount = Money::new(row.amount_minor, currency).internal("reading a refund")?;
        Ok(Back { amount, reason: row.reason, state: row.state, at: row.created_at.to_jiff() })
    };
    rows.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_back_and_nothing_else_is_one() {
        for sort in Sort::ALL {
            let place = Place { sort, minor: 990, number: 12 };
            assert_eq!(place.to_string().parse(), Ok(place));
        }
        for text in ["", "newest", "newest_1", "newest_1_2_3", "age_1_2", "total_x_2"] {
            assert_eq!(text.parse::<Place>(), Err(NotAPlace), "{text}");
        }
    }
}
