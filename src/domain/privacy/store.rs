//! Queries of requests.

use super::{Request, RequestKind, RequestState};
use crate::db::{Tx, sql};
use crate::kernel::{GuildId, Locale, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    user_id: i64,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Text)]
    locale: String,
    #[diesel(sql_type = Timestamptz)]
    asked_at: jiff_diesel::Timestamp,
    #[diesel(sql_type = Timestamptz)]
    due_at: jiff_diesel::Timestamp,
    #[diesel(sql_type = Nullable<Text>)]
    reason: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    decided_by: Option<i64>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    decided_at: Option<jiff_diesel::Timestamp>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    done_at: Option<jiff_diesel::Timestamp>,
}

fn read(row: Row) -> Option<Request> {
    let by = row.decided_by.and_then(|id| UserId::try_from(id).ok());
    Some(Request {
        guild: GuildId::try_from(row.guild_id).ok()?,
        id: row.id,
        user: UserId::try_from(row.user_id).ok()?,
        kind: RequestKind::from_word(&row.kind)?,
        state: RequestState::from_word(&row.state)?,
        locale: Locale::from_code(&row.locale)?,
        asked_at: row.asked_at.to_jiff(),
        due_at: row.due_at.to_jiff(),
        reason: row.reason,
        decided: by.zip(row.decided_at.map(jiff_diesel::Timestamp::to_jiff)),
        done_at: row.done_at.map(jiff_diesel::Timestamp::to_jiff),
    })
}

const COLUMNS: &str = "select guild_id, id, user_id, kind, state, locale, asked_at, due_at, reason, decided_by, decided_at, done_at \
                       from privacy_requests where guild_id = ? ";

/// The requests of one member, the newest first.
pub(super) async fn of(tx: &mut Tx, guild: GuildId, user: UserId, limit: i64) -> Result<Vec<Request>> {
    let query = sql(COLUMNS).then("and user_id = ? order by id desc limit ?");
    let query = query.bind::<BigInt, _>(guild.as_i64()).bind::<BigInt, _>(user.as_i64()).bind::<BigInt, _>(limit);
    let rows: Vec<Row> = tx.load("looking for a member's requests", query).await?;
    Ok(rows.into_iter().filter_map(read).collect())
}

/// One request.
pub(super) async fn one(tx: &mut Tx, guild: GuildId, id: i64) -> Result<Option<Request>> {
    let query = sql(COLUMNS).then("and id = ?").bind::<BigInt, _>(guild.as_i64()).bind::<BigInt, _>(id);
    let row: Option<Row> = tx.first("looking for a request", query).await?;
    Ok(row.and_then(read))
}

/// One request that nobody else changes until the end of the transaction, where it is confirmed.
pub(super) async fn locked(tx: &mut Tx, guild: GuildId, id: i64) -> Result<Option<Request>> {
    let query = sql(COLUMNS).then("and id = ? and state = 'confirmed' for update");
    let query = query.bind::<BigInt, _>(guild.as_i64()).bind::<BigInt, _>(id);
    let row: Option<Row> = tx.first("taking up a request", query).await?;
    Ok(row.and_then(read))
}

/// A page of a guild's requests below a number: open ones first by when they must be answered, where only those are wanted.
pub(super) async fn page(tx: &mut Tx, guild: GuildId, (all, below): (bool, i64), limit: i64) -> Result<Vec<Request>> {
    let query = sql(COLUMNS)
        .then("and id < ? and (? or (kind = 'erasure' and state in ('asked', 'confirmed'))) order by id desc limit ?")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(below)
        .bind::<Bool, _>(all)
        .bind::<BigInt, _>(limit);
    let rows: Vec<Row> = tx.load("listing requests", query).await?;
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Adds a request at the commit.
pub(super) fn add(
    tx: &mut Tx,
    (guild, user): (GuildId, UserId),
    (kind, locale): (RequestKind, Locale),
    (now, due): (Timestamp, Timestamp),
) {
    let (state, done) = match kind {
        RequestKind::Export => (RequestState::Done, Some(now.to_diesel())),
        RequestKind::Erasure => (RequestState::Asked, None),
    };
    tx.defer(
        "adding a request",
        sql("insert into privacy_requests (guild_id, user_id, kind, state, locale, asked_at, due_at, done_at) \
             values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(user.as_i64())
        .bind::<Text, _>(kind.as_str())
        .bind::<Text, _>(state.as_str())
        .bind::<Text, _>(locale.as_str())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(due.to_diesel())
        .bind::<Nullable<Timestamptz>, _>(done),
    );
}

/// Takes a member's request back; tells whether it was there to be.
pub(super) async fn withdraw(tx: &mut Tx, guild: GuildId, user: UserId) -> Result<bool> {
    let query = sql("update privacy_requests set state = 'withdrawn' \
                     where guild_id = ? and user_id = ? and kind = 'erasure' and state = 'asked'");
    let query = query.bind::<BigInt, _>(guild.as_i64()).bind::<BigInt, _>(user.as_i64());
    Ok(tx.execute("taking a request back", query).await? > 0)
}

/// Confirms or, with a reason, refuses a request that waits; tells whether it waited.
pub(super) async fn decide(
    tx: &mut Tx,
    (guild, id): (GuildId, i64),
    (by, now): (UserId, Timestamp),
    reason: Option<&str>,
) -> Result<bool> {
    let (state, look) = match reason {
        None => (RequestState::Confirmed, Some(now.to_diesel())),
        Some(_) => (RequestState::Refused, None),
    };
    let query = sql("update privacy_requests set state = ?, reason = ?, decided_by = ?, decided_at = ?, look_at = ? \
                     where guild_id = ? and id = ? and kind = 'erasure' and state = 'asked'")
    .bind::<Text, _>(state.as_str())
    .bind::<Nullable<Text>, _>(reason.map(str::to_owned))
    .bind::<BigInt, _>(by.as_i64())
    .bind::<Timestamptz, _>(now.to_diesel())
    .bind::<Nullable<Timestamptz>, _>(look)
    .bind::<BigInt, _>(guild.as_i64())
    .bind::<BigInt, _>(id);
    Ok(tx.execute("deciding about a request", query).await? > 0)
}

/// Writes an operator's deed into the shop's audit at the commit.
pub(super) fn audit(
    tx: &mut Tx,
    (guild, by): (GuildId, UserId),
    (action, subject): (&'static str, String),
    value: Option<String>,
    now: Timestamp,
) {
    tx.defer(
        "adding to the shop's audit",
        sql("insert into shop_audit (guild_id, actor_id, action, subject, new_value, at) values (?, ?, ?, ?, ?, ?)")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(by.as_i64())
            .bind::<Text, _>(action)
            .bind::<Text, _>(subject)
            .bind::<Nullable<Text>, _>(value)
            .bind::<Timestamptz, _>(now.to_diesel()),
    );
}

#[derive(QueryableByName)]
struct Due {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// What is to be looked at, in every guild.
pub(super) async fn due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<(GuildId, i64)>> {
    let query = sql("select guild_id, id from privacy_requests where look_at <= ? order by look_at limit ?");
    let query = query.bind::<Timestamptz, _>(now.to_diesel()).bind::<BigInt, _>(limit);
    let rows: Vec<Due> = tx.load("looking for requests that are due", query).await?;
    Ok(rows.into_iter().filter_map(|row| Some((GuildId::try_from(row.guild_id).ok()?, row.id))).collect())
}

/// Has a request looked at later, at the commit.
pub(super) fn look_at(tx: &mut Tx, (guild, id): (GuildId, i64), at: Option<Timestamp>) {
    tx.defer(
        "putting a request off",
        sql("update privacy_requests set look_at = ? where guild_id = ? and id = ?")
            .bind::<Nullable<Timestamptz>, _>(at.map(|at| at.to_diesel()))
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(id),
    );
}

/// Has a confirmed request wait for a decision again, at the commit.
pub(super) fn hand_back(tx: &mut Tx, (guild, id): (GuildId, i64)) {
    tx.defer(
        "handing a request back",
        sql("update privacy_requests set state = 'asked', decided_by = null, decided_at = null, look_at = null \
             where guild_id = ? and id = ? and state = 'confirmed'")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(id),
    );
}
