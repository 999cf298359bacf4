//! The audit: a line for each step, chained by hashes (SHA-256) that the database gives; here they are reckoned again.
//!
//! What a line's hash is of is `app.agent_audit_text` in the database, and `Line::text` here: line by line the version, the hash
//! before, the guild, the number, the time in microseconds since 1970, who, what, the plan or `-`, and the words.

use super::Step;
use crate::db::{Tx, sql};
use crate::domain::notifications::events::{self, Figures};
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;
use sha2::{Digest, Sha256};

/// Lines that are read at once.
const PAGE: i64 = 50;
/// Lines that are checked at once.
const CHECKED: i64 = 1000;
/// Longest words, in characters.
const WORDS_MAX: usize = 4000;
/// The hash before the first line.
const FIRST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// SHA-256 of a text, in hexadecimal.
pub(super) fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Adds a line at the commit.
pub(super) fn add(tx: &mut Tx, step: Step, (action, plan): (&'static str, Option<i64>), words: &str) {
    tx.defer(
        "adding to the audit",
        sql("insert into agent_audit (guild_id, at, actor_id, action, plan, words) values (?, ?, ?, ?, ?, ?)")
            .bind::<BigInt, _>(step.guild.as_i64())
            .bind::<Timestamptz, _>(step.now.to_diesel())
            .bind::<BigInt, _>(step.by.as_i64())
            .bind::<Text, _>(action)
            .bind::<Nullable<BigInt>, _>(plan)
            .bind::<Text, _>(crate::kernel::text::shorten(words, WORDS_MAX)),
    );
    // What was refused changed nothing that anybody looks at.
    if action != "refused" {
        let kind = match action {
            "stopped" => "agent_stopped",
            "resumed" => "agent_resumed",
            _ => "decision",
        };
        events::tell(tx, step.guild, kind, Figures { number: plan, ..Figures::default() }, step.now);
    }
}

/// A line of the audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number in the guild.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: UserId,
    /// What was done.
    pub action: String,
    /// With which plan.
    pub plan: Option<i64>,
    /// More: what was wanted, what came of it.
    pub words: String,
    /// The hash of the line before.
    pub previous: String,
    /// Its own.
    pub hash: String,
}

impl Line {
    /// What its hash is of.
    fn text(&self, guild: GuildId) -> String {
        let plan = self.plan.map_or_else(|| "-".to_owned(), |plan| plan.to_string());
        format!(
            "agent-audit-1\n{}\n{guild}\n{}\n{}\n{}\n{}\n{plan}\n{}",
            self.previous,
            self.number,
            self.at.as_microsecond(),
            self.by,
            self.action,
            self.words
        )
    }
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Timestamptz)]
    at: jiff_diesel::Timestamp,
    #[diesel(sql_type = BigInt)]
    actor_id: i64,
    #[diesel(sql_type = Text)]
    action: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    plan: Option<i64>,
    #[diesel(sql_type = Text)]
    words: String,
    #[diesel(sql_type = Text)]
    previous: String,
    #[diesel(sql_type = Text)]
    hash: String,
}

impl Row {
    fn read(self) -> Result<Line> {
        Ok(Line {
            number: self.number,
            at: self.at.to_jiff(),
            by: UserId::try_from(self.actor_id).internal("reading the audit")?,
            action: self.action,
            plan: self.plan,
            words: self.words,
            previous: self.previous,
            hash: self.hash,
        })
    }
}

/// A guild's lines, the newest first, below the number `before` where it is given; at most fifty.
///
/// # Errors
/// As [`Tx::load`].
pub async fn page(tx: &mut Tx, guild: GuildId, before: Option<i64>) -> Result<Vec<Line>> {
    let statement = sql("select * from agent_audit where guild_id = ? and number < ? order by number desc limit ?")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(before.unwrap_or(i64::MAX))
        .bind::<BigInt, _>(PAGE);
    let rows: Vec<Row> = tx.load("reading the audit", statement).await?;
    rows.into_iter().map(Row::read).collect()
}

#[derive(QueryableByName)]
struct GuildRow {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
}

/// The guilds that have an audit. Acts as the *payments* duty.
///
/// # Errors
/// As [`Tx::load`].
pub async fn guilds(tx: &mut Tx) -> Result<Vec<GuildId>> {
    let rows: Vec<GuildRow> = tx
        .load(
            "looking which guilds have an audit",
            sql("select guild_id from agent_switch union select distinct guild_id from agent_audit order by 1"),
        )
        .await?;
    rows.into_iter().map(|row| GuildId::try_from(row.guild_id).internal("reading the audit")).collect()
}

/// What the check of a guild's audit finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain {
    /// The guild.
    pub guild: GuildId,
    /// How many lines it has.
    pub lines: i64,
    /// The first line that isn't what it was, isn't there, or shouldn't be; `None`: it is whole.
    pub broken: Option<i64>,
}

#[derive(QueryableByName)]
struct End {
    #[diesel(sql_type = BigInt)]
    last_line: i64,
    #[diesel(sql_type = Text)]
    last_hash: String,
}

async fn end(tx: &mut Tx, guild: GuildId) -> Result<End> {
    let end = sql("select last_line, last_hash from agent_switch where guild_id = ?").bind::<BigInt, _>(guild.as_i64());
    let end: Option<End> = tx.first("looking where the audit ends", end).await?;
    Ok(end.unwrap_or(End { last_line: 0, last_hash: FIRST.to_owned() }))
}

/// Walks a guild's audit from its first line to where its end is kept. Acts as the *payments* duty.
///
/// # Errors
/// As [`Tx::load`].
pub async fn chain(tx: &mut Tx, guild: GuildId) -> Result<Chain> {
    // Before the lines, so that one that is added meanwhile is beyond it.
    let end = end(tx, guild).await?;
    let (mut lines, mut hash, mut broken) = (0_i64, FIRST.to_owned(), None);
    loop {
        let statement = sql("select * from agent_audit where guild_id = ? and number > ? order by number limit ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(lines)
            .bind::<BigInt, _>(CHECKED);
        let rows: Vec<Row> = tx.load("reading the audit", statement).await?;
        if rows.is_empty() {
            break;
        }
        for line in rows.into_iter().map(Row::read) {
            let line = line?;
            let next = lines.saturating_add(1);
            let whole = line.number == next && line.previous == hash && line.hash == digest(&line.text(guild));
            let at_the_end = line.number != end.last_line || line.hash == end.last_hash;
            if broken.is_none() && !(whole && at_the_end) {
                broken = Some(next);
            }
            (lines, hash) = (line.number, line.hash);
        }
    }
    if broken.is_none() && lines < end.last_line {
        broken = Some(lines.saturating_add(1));
    }
    // What was added meanwhile has moved the end; a line that has not was put there by another way.
    if broken.is_none() && lines > end.last_line {
        let end = self::end(tx, guild).await?;
        broken = (lines > end.last_line).then(|| end.last_line.saturating_add(1));
    }
    Ok(Chain { guild, lines, broken })
}
