//! The two statements of the figures: what happened by day, and what there is.

use super::Window;
use crate::db::{Statement, Tx, sql};
use crate::kernel::{Currency, GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// Plans and products on the list of what sold best.
const SELLERS: i64 = 5;

/// Something that happened on one day: from where, of which kind, on which day of [`Window::borders`].
#[derive(QueryableByName)]
pub(super) struct Happened {
    #[diesel(sql_type = Text)]
    pub source: String,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Integer)]
    pub bucket: i32,
    #[diesel(sql_type = BigInt)]
    pub count: i64,
    #[diesel(sql_type = BigInt)]
    pub amount: i64,
}

// Days begin on quarters of an hour, by which ledger and orders are added up.
const SUMMED: &str = "select k.source, k.kind, q.bucket, k.count, k.amount from ( \
      select width_bucket(quarter, ?) as bucket, sum(revenue)::bigint as revenue, sum(tax)::bigint as tax, \
        sum(refunds)::bigint as refunds, sum(disputes)::bigint as disputes, sum(fees)::bigint as fees, \
        sum(placed)::bigint as placed, sum(paid)::bigint as paid \
      from quarter_sums where guild_id = ? and currency = ? and quarter >= ? and quarter < ? group by 1) q, \
    lateral (values ('ledger', 'revenue', 0::bigint, revenue), ('ledger', 'tax', 0, tax), ('ledger', 'refunds', 0, refunds), \
      ('ledger', 'disputes', 0, disputes), ('ledger', 'fees', 0, fees), ('orders', 'placed', placed, paid) \
    ) k (source, kind, count, amount) where ?::boolean or k.source = 'orders'";
const MOVED: &str = " union all select 'mrr', kind, width_bucket(at, ?), count(*), sum(after_minor - before_minor)::bigint \
    from mrr_changes where guild_id = ? and currency = ? and at >= ? and at < ? group by 2, 3";
// The days before end before the others, so one walk through the changes gives both.
const STANDING: &str = " union all select 'standing', k.kind, 0, 0, k.amount from ( \
      select coalesce(sum(after_minor - before_minor) filter (where at < ?), 0)::bigint as before, \
        coalesce(sum(after_minor - before_minor), 0)::bigint as now \
      from mrr_changes where ?::boolean and guild_id = ? and currency = ? and at < ?) s, \
    lateral (values ('before', before), ('now', now)) k (kind, amount)";

/// What happened in a window, by day; amounts only where `amounts` says so.
pub(super) async fn happened(
    tx: &mut Tx,
    guild: GuildId,
    window: &Window,
    currency: Currency,
    amounts: bool,
) -> Result<Vec<Happened>> {
    let borders = window.borders();
    let ends = |days: &super::Days| days.borders(&window.zone).last().copied().unwrap_or(Timestamp::MAX);
    let part = |statement: Statement| in_range(statement, guild, currency, &borders);
    let statement = part(bind_borders(sql(SUMMED), &borders)).bind::<Bool, _>(amounts).then(MOVED);
    let statement = part(bind_borders(statement, &borders)).then(STANDING);
    let statement = statement
        .bind::<Timestamptz, _>(ends(&window.before).to_diesel())
        .bind::<Bool, _>(amounts)
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Text, _>(currency.code())
        .bind::<Timestamptz, _>(ends(&window.days).to_diesel());
    tx.load("computing the shop's figures", statement).await
}

fn bind_borders(statement: Statement, borders: &[Timestamp]) -> Statement {
    let borders: Vec<jiff_diesel::Timestamp> = borders.iter().map(|at| at.to_diesel()).collect();
    statement.bind::<Array<Timestamptz>, _>(borders)
}

/// Guild, currency, from when, until when.
fn in_range(statement: Statement, guild: GuildId, currency: Currency, borders: &[Timestamp]) -> Statement {
    let from = borders.first().copied().unwrap_or(Timestamp::MIN);
    let until = borders.last().copied().unwrap_or(Timestamp::MAX);
    statement
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Text, _>(currency.code())
        .bind::<Timestamptz, _>(from.to_diesel())
        .bind::<Timestamptz, _>(until.to_diesel())
}

/// Something that there is: a plan with its subscriptions, something sold, another currency.
#[derive(QueryableByName)]
pub(super) struct There {
    #[diesel(sql_type = Text)]
    pub source: String,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = BigInt)]
    pub count: i64,
    #[diesel(sql_type = BigInt)]
    pub amount: i64,
}

// The ledger's currencies are found one after another by the index: asking for all at once would read the whole ledger.
const THERE: &str = "(select 'plan' as source, s.plan as code, coalesce(p.name, s.plan) as name, count(*) as count, 0::bigint as amount \
     from subscriptions s left join plans p on p.guild_id = s.guild_id and p.code = s.plan \
     where s.guild_id = ? and s.currency = ? and s.state in ('trialing', 'active', 'past_due') \
     group by s.plan, p.name order by count(*) desc, s.plan) \
    union all \
    (select 'sold', o.kind, coalesce(p.name, g.name, o.code), o.units, o.amount from ( \
       select kind, code, sum(units)::bigint as units, sum(minor)::bigint as amount from quarter_sales \
       where guild_id = ? and currency = ? and quarter >= ? and quarter < ? \
       group by kind, code having sum(units) > 0 order by 3 desc, 4 desc, 2 limit ?) o \
     left join plans p on o.kind = 'plan' and p.guild_id = ? and p.code = o.code \
     left join products g on o.kind = 'product' and g.guild_id = ? and g.code = o.code \
     order by o.units desc, o.amount desc, o.code) \
    union all \
    (with recursive found as ( \
       select min(currency) as code from ledger where ?::boolean and guild_id = ? \
       union all select (select min(currency) from ledger where guild_id = ? and currency > code) from found \
       where code is not null) \
     select 'currency', code, code, 0, 0 from found where code <> ?)";

/// What there is now, and what was sold on the days of a window.
pub(super) async fn there(
    tx: &mut Tx,
    guild: GuildId,
    window: &Window,
    currency: Currency,
    amounts: bool,
) -> Result<Vec<There>> {
    let borders = window.days.borders(&window.zone);
    let from = borders.first().copied().unwrap_or(Timestamp::MIN);
    let until = borders.last().copied().unwrap_or(Timestamp::MAX);
    let statement = sql(THERE)
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Text, _>(currency.code())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Text, _>(currency.code())
        .bind::<Timestamptz, _>(from.to_diesel())
        .bind::<Timestamptz, _>(until.to_diesel())
        .bind::<BigInt, _>(SELLERS)
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Bool, _>(amounts)
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Text, _>(currency.code());
    tx.load("looking at what the shop sold", statement).await
}
