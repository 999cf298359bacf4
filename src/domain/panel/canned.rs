//! Canned replies of a guild's staff, and each one's own saved views. All act as staff.

use crate::db::{Tx, sql};
use crate::kernel::text::{Body, Line};
use crate::kernel::{Error, GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// Most canned replies of a guild.
const CANNED: i64 = 200;
/// Most saved views of a person in a guild.
const VIEWS: i64 = 50;
/// Another canned reply has this title.
const TITLED: &str = "panel-canned-called-so";

/// A canned reply.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Canned {
    /// Its number.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// What it is called.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// What it says, with its variables.
    #[diesel(sql_type = Text)]
    pub body: String,
}

/// A saved view.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct SavedView {
    /// Its number.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// What it is called.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// The list's filters, as they stand behind its address.
    #[diesel(sql_type = Text)]
    pub query: String,
}

/// The canned replies, by title.
///
/// # Errors
/// As [`Tx::load`].
pub async fn canned(tx: &mut Tx, guild: GuildId) -> Result<Vec<Canned>> {
    tx.load(
        "listing canned replies",
        sql("select id, title, body from canned_replies where guild_id = ? order by title, id limit ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(CANNED),
    )
    .await
}

/// Adds a canned reply; one that says the same under the same title is there already.
///
/// # Errors
/// [`Error::Conflict`] where there are too many, or another one has this title.
pub async fn add_canned(
    tx: &mut Tx,
    (guild, by): (GuildId, UserId),
    (title, body): (&Line, &Body),
    now: Timestamp,
) -> Result<Canned> {
    let added: Option<Canned> = tx
        .first(
            "adding a canned reply",
            sql("insert into canned_replies (guild_id, title, body, made_by, updated_at) select ?, ?, ?, ?, ? \
                 where (select count(*) from canned_replies c where c.guild_id = ?) < ? \
                 on conflict (guild_id, title) do nothing returning id, title, body")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(title.as_str().to_owned())
            .bind::<Text, _>(body.as_str().to_owned())
            .bind::<BigInt, _>(by.as_i64())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(CANNED),
        )
        .await?;
    if let Some(added) = added {
        return Ok(added);
    }
    let called: Option<Canned> = tx
        .first(
            "looking for a canned reply by its title",
            sql("select id, title, body from canned_replies where guild_id = ? and title = ?")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<Text, _>(title.as_str().to_owned()),
        )
        .await?;
    match called {
        Some(same) if same.body == body.as_str() => Ok(same),
        Some(_) => Err(Error::Conflict(TITLED)),
        None => Err(Error::Conflict("panel-too-many-canned")),
    }
}

/// Changes a canned reply.
///
/// # Errors
/// [`Error::NotFound`] for none of this guild's; [`Error::Conflict`] where another one has this title.
pub async fn change_canned(
    tx: &mut Tx,
    (guild, by, id): (GuildId, UserId, i64),
    (title, body): (&Line, &Body),
    now: Timestamp,
) -> Result<Canned> {
    let changed: Option<Canned> = tx
        .first(
            "changing a canned reply",
            sql("update canned_replies set title = ?, body = ?, made_by = ?, updated_at = ? where guild_id = ? and id = ? \
                 returning id, title, body")
            .bind::<Text, _>(title.as_str().to_owned())
            .bind::<Text, _>(body.as_str().to_owned())
            .bind::<BigInt, _>(by.as_i64())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(id),
        )
        .await?;
    changed.ok_or(Error::NotFound("canned"))
}

/// Removes a canned reply.
///
/// # Errors
/// [`Error::NotFound`] for none of this guild's.
pub async fn remove_canned(tx: &mut Tx, guild: GuildId, id: i64) -> Result<()> {
    let removed = tx
        .execute(
            "removing a canned reply",
            sql("delete from canned_replies where guild_id = ? and id = ?")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(id),
        )
        .await?;
    if removed > 0 { Ok(()) } else { Err(Error::NotFound("canned")) }
}

/// Somebody's saved views.
///
/// # Errors
/// As [`Tx::load`].
pub async fn views(tx: &mut Tx, guild: GuildId, user: UserId) -> Result<Vec<SavedView>> {
    tx.load(
        "listing saved views",
        sql("select id, name, query from saved_views where guild_id = ? and user_id = ? order by id limit ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(user.as_i64())
            .bind::<BigInt, _>(VIEWS),
    )
    .await
}

/// Saves a view; the same under the same name is there already.
///
/// # Errors
/// [`Error::Conflict`] where there are too many, or another of his has this name.
pub async fn add_view(
    tx: &mut Tx,
    (guild, user): (GuildId, UserId),
    (name, query): (&Line, &str),
) -> Result<SavedView> {
    let added: Option<SavedView> = tx
        .first(
            "saving a view",
            sql("insert into saved_views (guild_id, user_id, name, query) select ?, ?, ?, ? \
                 where (select count(*) from saved_views v where v.guild_id = ? and v.user_id = ?) < ? \
                 on conflict (guild_id, user_id, name) do nothing returning id, name, query")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(user.as_i64())
            .bind::<Text, _>(name.as_str().to_owned())
            .bind::<Text, _>(query.to_owned())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(user.as_i64())
            .bind::<BigInt, _>(VIEWS),
        )
        .await?;
    if let Some(added) = added {
        return Ok(added);
    }
    let called: Option<SavedView> = tx
        .first(
            "looking for a view by its name",
            sql("select id, name, query from saved_views where guild_id = ? and user_id = ? and name = ?")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(user.as_i64())
                .bind::<Text, _>(name.as_str().to_owned()),
        )
        .await?;
    match called {
        Some(same) if same.query == query => Ok(same),
        Some(_) => Err(Error::Conflict("panel-view-called-so")),
        None => Err(Error::Conflict("panel-too-many-views")),
    }
}

/// Removes one of somebody's saved views.
///
/// # Errors
/// [`Error::NotFound`] for any other.
pub async fn remove_view(tx: &mut Tx, (guild, user): (GuildId, UserId), id: i64) -> Result<()> {
    let removed = tx
        .execute(
            "removing a saved view",
            sql("delete from saved_views where guild_id = ? and user_id = ? and id = ?")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(user.as_i64())
                .bind::<BigInt, _>(id),
        )
        .await?;
    if removed > 0 { Ok(()) } else { Err(Error::NotFound("view")) }
}
