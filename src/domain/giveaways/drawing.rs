//! The winners: what is kept of a draw, made into its ranking and its log again, and what is written of it. Acts as the *payments*
//! duty.
//!
//! The ranking follows from the entries, the salt and the proof alone, so that whoever is interrupted draws the same. Who is asked
//! whether a candidate is still there is not here: that is Discord, and no transaction is open then.

use super::draw::{Event, Id, InclusionProof, Log, LogEntry, Ranked, Reason, Transcript};
use super::freezing::{broken, entries, frozen, secrets};
use super::{Candidate, Giveaway, State, entering, store, work};
use crate::db::{Tx, sql};
use crate::kernel::error::Context;
use crate::kernel::{Result, RoleId, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Integer, Jsonb, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// What a draw is made of again.
pub struct Material {
    giveaway: Giveaway,
    entries: Vec<super::draw::Entry>,
    salt: super::draw::Salt,
    log: Vec<LogEntry>,
}

/// A draw as far as it went.
#[derive(Debug, Clone)]
pub struct Draw {
    /// The ranking.
    pub ranked: Ranked,
    /// What was written of it.
    pub log: Log,
    /// How many entries of the log are kept already.
    pub kept: usize,
}

#[derive(QueryableByName)]
struct LogRow {
    #[diesel(sql_type = BigInt)]
    at_second: i64,
    #[diesel(sql_type = BigInt)]
    actor_id: i64,
    #[diesel(sql_type = Jsonb)]
    event: serde_json::Value,
    #[diesel(sql_type = Text)]
    note: String,
    #[diesel(sql_type = Text)]
    hash: String,
}

/// The secret of a giveaway whose randomness is one; it is the proof of its draw.
///
/// # Errors
/// [`crate::kernel::Error::Internal`] where there is none.
pub async fn secret(tx: &mut Tx, giveaway: &Giveaway) -> Result<String> {
    secrets(tx, giveaway).await?.secret.ok_or_else(|| broken("revealing a giveaway's secret"))
}

/// The proof is known and holds: it is kept, once. `None`: it has moved on meanwhile.
///
/// # Errors
/// As [`Tx::load`]; [`crate::kernel::Error::Internal`] for a proof that doesn't hold.
pub async fn prove(tx: &mut Tx, seen: &Giveaway, proof: &str, now: Timestamp) -> Result<Option<Giveaway>> {
    let holds = seen.source().is_some_and(|source| source.randomness(proof).is_some());
    if !holds {
        return Err(broken("checking a round's signature"));
    }
    work::change(tx, seen, now, |giveaway| {
        giveaway.proof.get_or_insert_with(|| proof.to_owned());
        giveaway.waits_since = None;
        giveaway.look_at = Some(now);
    })
    .await
}

/// Loads what the draw of a giveaway is made of.
///
/// # Errors
/// As [`Tx::load`].
pub async fn material(tx: &mut Tx, giveaway: &Giveaway) -> Result<Material> {
    let entries = entries(tx, giveaway).await?;
    let salt = secrets(tx, giveaway).await?.salt;
    let rows: Vec<LogRow> = tx
        .load(
            "loading a giveaway's log",
            sql("select at_second, actor_id, event, note, hash from giveaway_log \
                 where guild_id = ? and giveaway = ? order by index")
            .bind::<BigInt, _>(giveaway.guild.as_i64())
            .bind::<BigInt, _>(giveaway.number),
        )
        .await?;
    let read = |row: LogRow| {
        Ok(LogEntry {
            at: row.at_second.unsigned_abs(),
            actor: Id(row.actor_id.unsigned_abs()),
            event: serde_json::from_value(row.event).internal("reading a giveaway's log")?,
            note: row.note,
            hash: row.hash.parse().internal("reading a giveaway's log")?,
        })
    };
    let log = rows.into_iter().map(read).collect::<Result<_>>()?;
    Ok(Material { giveaway: giveaway.clone(), entries, salt, log })
}

impl Material {
    /// Makes the draw again; takes seconds for a million entries.
    ///
    /// # Errors
    /// [`crate::kernel::Error::Internal`] where what is kept is not what was committed to.
    pub fn draw(self) -> Result<Draw> {
        let unreadable = || broken("ranking a giveaway's entries");
        let terms = self.giveaway.terms().ok_or_else(unreadable)?;
        let announcement = self.giveaway.announcement().ok_or_else(unreadable)?;
        let committed = self.giveaway.committed().ok_or_else(unreadable)?;
        let proof = self.giveaway.proof.as_deref().ok_or_else(unreadable)?;
        let frozen = frozen(self.entries, &self.salt)?;
        let ranked = Ranked::new(terms, announcement, frozen, committed, proof).internal("drawing a giveaway")?;
        if Some(ranked.posted().digest.to_string()) != self.giveaway.commitment {
            return Err(broken("comparing a draw with its commitment"));
        }
        let kept = self.log.len();
        let log = ranked.log().replay(self.log).map_err(|_| broken("replaying a giveaway's log"))?;
        Ok(Draw { ranked, log, kept })
    }

    /// The file that shows one entrant that he is in the list; `None` where he isn't.
    ///
    /// # Errors
    /// [`crate::kernel::Error::Internal`] where what is kept is not what was committed to.
    pub fn proof_of(self, user: UserId) -> Result<Option<InclusionProof>> {
        let unreadable = || broken("proving an entry");
        let terms = self.giveaway.terms().ok_or_else(unreadable)?;
        let announcement = self.giveaway.announcement().ok_or_else(unreadable)?;
        let committed = self.giveaway.committed().ok_or_else(unreadable)?;
        let frozen = frozen(self.entries, &self.salt)?;
        let tree = frozen.tree().ok_or_else(unreadable)?;
        Ok(InclusionProof::new(terms, [announcement, committed], &frozen, &tree, Id(user.get())))
    }
}

impl Draw {
    /// Who is at a rank (from 1).
    pub fn user(&self, rank: u32) -> Option<UserId> {
        self.ranked.user(rank).and_then(|id| UserId::new(id.0))
    }

    /// The rank that would win next and was not looked at: the first of those who would be drawn, at first; later, who would
    /// follow somebody.
    pub fn unchecked(&self, checked: u32) -> Option<u32> {
        self.log.standing().first().into_iter().find(|rank| *rank > checked)
    }

    /// Writes down that something happened; times never go back.
    ///
    /// # Errors
    /// [`crate::kernel::Error::Internal`] where it can't have happened.
    pub fn write(&mut self, now: Timestamp, actor: Option<UserId>, event: Event, note: &str) -> Result<()> {
        let last = self.log.entries().last().map_or(0, |entry| entry.at);
        let at = u64::try_from(now.as_second()).unwrap_or(0).max(last);
        let actor = actor.map_or(Id::BOT, |user| Id(user.get()));
        self.log.write(at, actor, event, note.to_owned()).internal("writing a giveaway's log")?;
        Ok(())
    }

    /// The file for everybody, or with `open` the one that names everybody; `None` never happens, since the list names accounts.
    ///
    /// # Errors
    /// [`crate::kernel::Error::Internal`] where it can't be written.
    pub fn file(&self, open: bool) -> Result<Option<Vec<u8>>> {
        let Some(file) = self.transcript() else { return Ok(None) };
        let bytes = if open { file.to_json() } else { file.blinded().to_json() };
        bytes.internal("writing a draw's file").map(Some)
    }

    /// The file that names everybody, for staff; `None` never happens, since the list names accounts.
    pub fn transcript(&self) -> Option<Transcript> {
        self.ranked.transcript(&self.log)
    }
}

/// What somebody who would win has to meet still: what Discord tells no more is left out.
///
/// # Errors
/// As [`Tx::load`].
pub async fn refuses(
    tx: &mut Tx,
    giveaway: &Giveaway,
    (user, roles, joined_at): (UserId, Vec<RoleId>, Option<Timestamp>),
    now: Timestamp,
) -> Result<Option<Reason>> {
    let mut asked = giveaway.requirements.clone();
    if joined_at.is_none() {
        asked.member_days = 0;
    }
    let holds_plan = match &asked.plan {
        Some(plan) => entering::holds(tx, giveaway.guild, user, plan, now).await?,
        None => true,
    };
    let candidate = Candidate { user, roles, joined_at, holds_plan };
    Ok(asked.refuse(&candidate, now).map(|_| Reason::RequirementLost))
}

/// Whether something was written of a draw that its channel wasn't told.
///
/// # Errors
/// As [`Tx::load`].
pub async fn has_news(tx: &mut Tx, giveaway: &Giveaway) -> Result<bool> {
    Ok(count(tx, giveaway).await? > i64::from(giveaway.told))
}

async fn count(tx: &mut Tx, giveaway: &Giveaway) -> Result<i64> {
    let row: Option<Count> = tx
        .first(
            "counting a giveaway's log",
            sql("select count(*) as n from giveaway_log where guild_id = ? and giveaway = ?")
                .bind::<BigInt, _>(giveaway.guild.as_i64())
                .bind::<BigInt, _>(giveaway.number),
        )
        .await?;
    Ok(row.map_or(0, |row| row.n))
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// Keeps what was written of a draw since it was loaded, and the ranks that were looked at; `None`: somebody else wrote meanwhile,
/// and nothing is kept.
///
/// # Errors
/// As [`Tx::load`].
pub async fn keep(tx: &mut Tx, seen: &Giveaway, draw: &Draw, checked: u32, now: Timestamp) -> Result<Option<Giveaway>> {
    let Some(mut giveaway) = work::unmoved(tx, seen).await? else { return Ok(None) };
    if usize::try_from(count(tx, &giveaway).await?) != Ok(draw.kept) {
        return Ok(None);
    }
    for (index, entry) in draw.log.entries().iter().enumerate().skip(draw.kept) {
        append(tx, &giveaway, index, entry)?;
        follow(tx, &giveaway, draw, &entry.event, now)?;
    }
    giveaway.checked = checked.max(giveaway.checked);
    giveaway.attempts = 0;
    giveaway.look_at = Some(now);
    if giveaway.state == State::Drawing && draw.log.standing().is_drawn() {
        giveaway.state = State::Drawn;
        work::record(tx, (giveaway.guild, giveaway.number), "giveaway_drawn", now);
    }
    store::save(tx, &giveaway, now);
    Ok(Some(giveaway))
}

fn append(tx: &mut Tx, giveaway: &Giveaway, index: usize, entry: &LogEntry) -> Result<()> {
    let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let event = serde_json::to_value(&entry.event).internal("writing a giveaway's log")?;
    tx.defer(
        "adding to a giveaway's log",
        sql("insert into giveaway_log (guild_id, giveaway, index, at_second, actor_id, event, note, hash) \
             values (?, ?, ?, ?, ?, ?, ?, ?)")
        .bind::<BigInt, _>(giveaway.guild.as_i64())
        .bind::<BigInt, _>(giveaway.number)
        .bind::<Integer, _>(i32::try_from(index).unwrap_or(i32::MAX))
        .bind::<BigInt, _>(signed(entry.at))
        .bind::<BigInt, _>(signed(entry.actor.0))
        .bind::<Jsonb, _>(event)
        .bind::<Text, _>(entry.note.clone())
        .bind::<Text, _>(entry.hash.to_string()),
    );
    Ok(())
}

/// Lets the places follow an event of the log.
fn follow(tx: &mut Tx, giveaway: &Giveaway, draw: &Draw, event: &Event, now: Timestamp) -> Result<()> {
    match event {
        Event::Drawn { winners } => {
            for (place, rank) in (1..).zip(winners) {
                add(tx, giveaway, draw, (*rank, Place::Number(place)), now)?;
            }
        }
        Event::Disqualified { rank, .. } => out(tx, giveaway, *rank, now),
        Event::Rerolled { rank, next, .. } => {
            out(tx, giveaway, *rank, now);
            if *next > 0 {
                add(tx, giveaway, draw, (*next, Place::Of(*rank)), now)?;
            }
        }
    }
    Ok(())
}

fn out(tx: &mut Tx, giveaway: &Giveaway, rank: u32, now: Timestamp) {
    tx.defer(
        "taking a place away",
        sql(
            "update giveaway_places set state = 'out', updated_at = ? where guild_id = ? and giveaway = ? and rank = ?",
        )
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(giveaway.guild.as_i64())
        .bind::<BigInt, _>(giveaway.number)
        .bind::<Integer, _>(i32::try_from(rank).unwrap_or(i32::MAX)),
    );
}

/// Which place somebody gets.
#[derive(Clone, Copy)]
enum Place {
    Number(i32),
    /// That of this rank.
    Of(u32),
}

/// The time to claim begins once he can read that he won.
fn add(tx: &mut Tx, giveaway: &Giveaway, draw: &Draw, (rank, place): (u32, Place), now: Timestamp) -> Result<()> {
    let user = draw.user(rank).ok_or_else(|| broken("naming a winner"))?;
    let small = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    let (number, of) = match place {
        Place::Number(number) => (Some(number), None),
        Place::Of(rank) => (None, Some(small(rank))),
    };
    tx.defer(
        "giving a place",
        sql("insert into giveaway_places (guild_id, giveaway, rank, place, user_id, state, created_at, updated_at) \
             select ?, ?, ?, coalesce(?, (select p.place from giveaway_places p \
               where p.guild_id = ? and p.giveaway = ? and p.rank = ?)), ?, 'pending', ?, ?")
        .bind::<BigInt, _>(giveaway.guild.as_i64())
        .bind::<BigInt, _>(giveaway.number)
        .bind::<Integer, _>(small(rank))
        .bind::<Nullable<Integer>, _>(number)
        .bind::<BigInt, _>(giveaway.guild.as_i64())
        .bind::<BigInt, _>(giveaway.number)
        .bind::<Nullable<Integer>, _>(of)
        .bind::<BigInt, _>(user.as_i64())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
    Ok(())
}
