//! Queries of sessions, links and sign-ins.

use super::{NewSession, SignIn};
use crate::db::{Tx, sql};
use crate::kernel::{GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Binary, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

type Time = jiff_diesel::Timestamp;

#[derive(QueryableByName)]
pub(super) struct SessionRow {
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    #[diesel(sql_type = BigInt)]
    pub user_id: i64,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub avatar: Option<String>,
    #[diesel(sql_type = Text)]
    pub locale: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub guild_id: Option<i64>,
    #[diesel(sql_type = Text)]
    pub browser: String,
    #[diesel(sql_type = Timestamptz)]
    pub made_at: Time,
    #[diesel(sql_type = Timestamptz)]
    pub seen_at: Time,
    #[diesel(sql_type = Timestamptz)]
    pub ends_at: Time,
}

#[derive(QueryableByName)]
pub(super) struct OwnRow {
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    #[diesel(sql_type = Text)]
    pub browser: String,
    #[diesel(sql_type = Timestamptz)]
    pub made_at: Time,
    #[diesel(sql_type = Timestamptz)]
    pub seen_at: Time,
    #[diesel(sql_type = Timestamptz)]
    pub ends_at: Time,
}

#[derive(QueryableByName)]
pub(super) struct Id {
    #[diesel(sql_type = BigInt)]
    pub id: i64,
}

#[derive(QueryableByName)]
pub(super) struct LinkRow {
    #[diesel(sql_type = BigInt)]
    pub guild_id: i64,
    #[diesel(sql_type = BigInt)]
    pub user_id: i64,
}

pub(super) async fn add(
    tx: &mut Tx,
    digest: Vec<u8>,
    new: &NewSession,
    (now, ends): (Timestamp, Timestamp),
) -> Result<Option<Id>> {
    tx.first(
        "opening a session",
        sql("insert into panel_sessions (token_hash, user_id, name, avatar, locale, via, guild_id, browser, made_at, seen_at, \
             ends_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id")
        .bind::<Binary, _>(digest)
        .bind::<BigInt, _>(new.user.as_i64())
        .bind::<Text, _>(new.name.clone())
        .bind::<Nullable<Text>, _>(new.avatar.clone())
        .bind::<Text, _>(new.locale.as_str())
        .bind::<Text, _>(new.via.as_str())
        .bind::<Nullable<BigInt>, _>(new.via.guild().map(GuildId::as_i64))
        .bind::<Text, _>(new.browser.clone())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(ends.to_diesel()),
    )
    .await
}

pub(super) async fn find(tx: &mut Tx, digest: Vec<u8>, now: Timestamp) -> Result<Option<SessionRow>> {
    tx.first(
        "looking up a session",
        sql("select id, user_id, name, avatar, locale, guild_id, browser, made_at, seen_at, ends_at from panel_sessions \
             where token_hash = ? and ended_at is null and ends_at > ?")
        .bind::<Binary, _>(digest)
        .bind::<Timestamptz, _>(now.to_diesel()),
    )
    .await
}

pub(super) fn touch(tx: &mut Tx, id: i64, now: Timestamp, ends: Timestamp) {
    tx.defer(
        "noting that a session is used",
        sql("update panel_sessions set seen_at = ?, ends_at = ? where id = ? and ended_at is null")
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(ends.to_diesel())
            .bind::<BigInt, _>(id),
    );
}

pub(super) async fn end(tx: &mut Tx, id: i64, now: Timestamp) -> Result<usize> {
    tx.execute(
        "ending a session",
        sql("update panel_sessions set ended_at = ? where id = ? and ended_at is null")
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(id),
    )
    .await
}

pub(super) async fn own(tx: &mut Tx, user: UserId, now: Timestamp) -> Result<Vec<OwnRow>> {
    tx.load(
        "listing somebody's sessions",
        sql("select id, browser, made_at, seen_at, ends_at from panel_sessions \
             where user_id = ? and ended_at is null and ends_at > ? order by seen_at desc, id desc limit 100")
        .bind::<BigInt, _>(user.as_i64())
        .bind::<Timestamptz, _>(now.to_diesel()),
    )
    .await
}

pub(super) async fn alive(tx: &mut Tx, ids: Vec<i64>, now: Timestamp) -> Result<Vec<Id>> {
    tx.load(
        "looking which sessions go on",
        sql("select id from panel_sessions where id = any(?) and ended_at is null and ends_at > ?")
            .bind::<Array<BigInt>, _>(ids)
            .bind::<Timestamptz, _>(now.to_diesel()),
    )
    .await
}

pub(super) fn add_link(
    tx: &mut Tx,
    digest: Vec<u8>,
    (guild, user): (GuildId, UserId),
    (now, ends): (Timestamp, Timestamp),
) {
    tx.defer(
        "making a one-time link",
        sql("insert into panel_links (token_hash, guild_id, user_id, made_at, ends_at) values (?, ?, ?, ?, ?)")
            .bind::<Binary, _>(digest)
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(user.as_i64())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(ends.to_diesel()),
    );
}

pub(super) async fn take_link(tx: &mut Tx, digest: Vec<u8>, now: Timestamp) -> Result<Option<LinkRow>> {
    tx.first(
        "using a one-time link",
        sql("update panel_links set used_at = ? where token_hash = ? and used_at is null and ends_at > ? \
             returning guild_id, user_id")
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Binary, _>(digest)
        .bind::<Timestamptz, _>(now.to_diesel()),
    )
    .await
}

pub(super) fn note(tx: &mut Tx, tried: &SignIn, now: Timestamp) {
    tx.defer(
        "noting a sign-in",
        sql("insert into panel_sign_ins (user_id, guild_id, via, outcome, network, at) values (?, ?, ?, ?, ?, ?)")
            .bind::<Nullable<BigInt>, _>(tried.user.map(UserId::as_i64))
            .bind::<Nullable<BigInt>, _>(tried.via.guild().map(GuildId::as_i64))
            .bind::<Text, _>(tried.via.as_str())
            .bind::<Text, _>(tried.outcome.as_str())
            .bind::<Text, _>(tried.network.clone())
            .bind::<Timestamptz, _>(now.to_diesel()),
    );
}

pub(super) fn sweep(tx: &mut Tx, sessions: Timestamp, tried: Timestamp) {
    tx.defer(
        "forgetting old sessions",
        sql("delete from panel_sessions where ends_at < ?").bind::<Timestamptz, _>(sessions.to_diesel()),
    );
    tx.defer(
        "forgetting old links",
        sql("delete from panel_links where ends_at < ?").bind::<Timestamptz, _>(sessions.to_diesel()),
    );
    tx.defer(
        "forgetting old sign-ins",
        sql("delete from panel_sign_ins where at < ?").bind::<Timestamptz, _>(tried.to_diesel()),
    );
}
