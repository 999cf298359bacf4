//! How long is kept what: the rules of a guild, and their carrying out in small steps.
//!
//! An operator chooses for tickets, their files and the audit. The rest is the installation's (`PrivacyRules`) or the law's, and is
//! shown beside.

use super::{PrivacyRules, REMOVED, store};
use crate::db::{Tx, sql};
use crate::kernel::{GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

/// Fewest days that can be chosen: a closed ticket may be opened again for some, and who complains must find what was said.
pub const FEWEST_DAYS: u32 = 30;
/// Most days that can be chosen: ten years.
pub const MOST_DAYS: u32 = 3650;
/// How long the books are kept (French Code de commerce, article L123-22), in days.
const ACCOUNTING_DAYS: u32 = 3650;
/// How long an answer can be asked for again, in days (`notifications::sweep`).
const ANSWER_DAYS: u32 = 1;
/// How long tries to sign in to the panel are kept, in days (`panel::service`).
const SIGN_IN_DAYS: u32 = 400;

/// What is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kept {
    /// Subjects and messages of closed tickets.
    Tickets,
    /// Files of tickets.
    Files,
    /// The audit of tickets and shop.
    Audit,
    /// Tries to sign in to the panel.
    SignIns,
    /// Names of the payment provider's events.
    ProviderEvents,
    /// Answers that can be asked for again.
    Answers,
    /// Orders, invoices, refunds, the ledger.
    Accounting,
}

impl Kept {
    /// Everything that is listed.
    pub const ALL: [Self; 7] =
        [Self::Tickets, Self::Files, Self::Audit, Self::SignIns, Self::ProviderEvents, Self::Answers, Self::Accounting];
    /// The words of what operators choose for.
    pub const CHOSEN: [&'static str; 3] = ["tickets", "files", "audit"];

    /// Its word in the database and in texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tickets => "tickets",
            Self::Files => "files",
            Self::Audit => "audit",
            Self::SignIns => "sign_ins",
            Self::ProviderEvents => "provider_events",
            Self::Answers => "answers",
            Self::Accounting => "accounting",
        }
    }

    /// Reads its word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kept| kept.as_str() == word)
    }

    /// Whether operators choose for it.
    pub const fn is_chosen(self) -> bool {
        matches!(self, Self::Tickets | Self::Files | Self::Audit)
    }
}

/// How long something is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// What.
    pub kept: Kept,
    /// For how many days; `None`: without limit.
    pub days: Option<u32>,
    /// Whether the guild chose it.
    pub chosen: bool,
}

/// The installation's own: rules, and the days for files of tickets, 0 for no limit.
pub type Installed = (PrivacyRules, u32);

fn preset(kept: Kept, (rules, file_days): Installed) -> Option<u32> {
    let days = match kept {
        Kept::Tickets => rules.ticket_days,
        Kept::Files => file_days,
        Kept::Audit => rules.audit_days,
        Kept::SignIns => SIGN_IN_DAYS,
        Kept::ProviderEvents => rules.event_days,
        Kept::Answers => ANSWER_DAYS,
        Kept::Accounting => ACCOUNTING_DAYS,
    };
    Some(days).filter(|days| *days > 0)
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    what: String,
    #[diesel(sql_type = Nullable<Integer>)]
    days: Option<i32>,
}

/// The rules of a guild. Acts as an operator or as the *privacy* duty.
///
/// # Errors
/// As [`Tx::load`].
pub async fn rules(tx: &mut Tx, guild: GuildId, installed: Installed) -> Result<Vec<Rule>> {
    let query = sql("select what, days from retention where guild_id = ?").bind::<BigInt, _>(guild.as_i64());
    let rows: Vec<Row> = tx.load("loading how long what is kept", query).await?;
    let rule = |kept: Kept| match rows.iter().find(|row| row.what == kept.as_str()) {
        Some(row) => Rule { kept, days: row.days.and_then(|days| u32::try_from(days).ok()), chosen: true },
        None => Rule { kept, days: preset(kept, installed), chosen: false },
    };
    Ok(Kept::ALL.into_iter().map(rule).collect())
}

/// Sets, at the commit, how long something is kept; `None`: without limit. Acts as an operator; `days` were checked against
/// [`FEWEST_DAYS`] and [`MOST_DAYS`].
pub fn set(tx: &mut Tx, (guild, by): (GuildId, UserId), (kept, days): (Kept, Option<u32>), now: Timestamp) {
    tx.defer(
        "setting how long something is kept",
        sql("insert into retention (guild_id, what, days, set_by, set_at) values (?, ?, ?, ?, ?) \
             on conflict (guild_id, what) do update set days = excluded.days, set_by = excluded.set_by, set_at = excluded.set_at")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Text, _>(kept.as_str())
        .bind::<Nullable<Integer>, _>(days.and_then(|days| i32::try_from(days).ok()))
        .bind::<BigInt, _>(by.as_i64())
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
    // Zero is without limit, as it is typed.
    let value = days.unwrap_or(0).to_string();
    store::audit(tx, (guild, by), ("retention_set", kept.as_str().to_owned()), Some(value), now);
}

fn before(now: Timestamp, days: u32) -> jiff_diesel::Timestamp {
    now.checked_sub(SignedDuration::from_hours(i64::from(days) * 24)).unwrap_or(Timestamp::MIN).to_diesel()
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How much a rule of so many days would erase now. Acts as the *privacy* duty in that guild.
///
/// # Errors
/// As [`Tx::first`].
pub async fn over(tx: &mut Tx, guild: GuildId, (kept, days): (Kept, u32), now: Timestamp) -> Result<i64> {
    let query = match kept {
        Kept::Tickets => {
            sql("select count(*) as count from tickets where guild_id = ? and state = 'closed' and closed_at < ? \
             and (emptied_at is null or emptied_at < closed_at)")
        }
        Kept::Files => sql("select count(*) as count from ticket_attachments where guild_id = ? and created_at < ?"),
        Kept::Audit => sql("with g as (select ?::bigint as guild, ?::timestamptz as before) \
                            select (select count(*) from ticket_audit a, g where a.guild_id = g.guild and a.at < g.before) \
                                 + (select count(*) from shop_audit a, g where a.guild_id = g.guild and a.at < g.before) as count"),
        Kept::SignIns | Kept::ProviderEvents | Kept::Answers | Kept::Accounting => return Ok(0),
    };
    let query = query.bind::<BigInt, _>(guild.as_i64()).bind::<Timestamptz, _>(before(now, days));
    let found: Option<Count> = tx.first("counting what is over its time", query).await?;
    Ok(found.map_or(0, |found| found.count))
}

#[derive(QueryableByName)]
struct GuildRow {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
}

/// The next guilds after one, in order. Acts as the *privacy* duty.
///
/// # Errors
/// As [`Tx::load`].
pub async fn guilds(tx: &mut Tx, after: i64, limit: i64) -> Result<Vec<GuildId>> {
    let query = sql("select guild_id from guilds where guild_id > ? order by guild_id limit ?");
    let query = query.bind::<BigInt, _>(after).bind::<BigInt, _>(limit);
    let rows: Vec<GuildRow> = tx.load("listing guilds", query).await?;
    Ok(rows.into_iter().filter_map(|row| GuildId::try_from(row.guild_id).ok()).collect())
}

/// Erases at most `limit` of each that are over their time in a guild; tells how many of the most there were. Acts as the *privacy* duty in that guild.
///
/// # Errors
/// As [`Tx::execute`].
pub async fn carry_out(
    tx: &mut Tx,
    guild: GuildId,
    (installed, now): (Installed, Timestamp),
    limit: i64,
) -> Result<usize> {
    let mut most = 0;
    for Rule { kept, days, chosen } in rules(tx, guild, installed).await? {
        // Files that no guild chose for go by `tickets::files`.
        let Some(days) = days.filter(|_| chosen || kept != Kept::Files) else { continue };
        let before = before(now, days);
        let bound = |text: &'static str| {
            sql(text).bind::<BigInt, _>(guild.as_i64()).bind::<Timestamptz, _>(before).bind::<BigInt, _>(limit)
        };
        let done = match kept {
            Kept::Tickets => {
                let at = now.to_diesel();
                let query = bound(EMPTY).bind::<Text, _>(REMOVED.to_owned()).bind::<Timestamptz, _>(at);
                let query = query.bind::<Text, _>(REMOVED.to_owned()).bind::<Timestamptz, _>(at);
                let emptied = tx.execute("emptying old tickets", query).await?;
                if emptied > 0 {
                    tx.wake_outbox();
                }
                emptied
            }
            Kept::Files => tx.execute("removing old files", bound(FILES)).await?,
            Kept::Audit => {
                let tickets = tx.execute("removing old lines of tickets' audit", bound(TICKET_AUDIT)).await?;
                tickets.max(tx.execute("removing old lines of the shop's audit", bound(SHOP_AUDIT)).await?)
            }
            Kept::SignIns | Kept::ProviderEvents | Kept::Answers | Kept::Accounting => 0,
        };
        most = most.max(done);
    }
    Ok(most)
}

/// Tickets with their messages, notes and files; whose ticket it was, and when, stays. Their cards in Discord lose the words too.
const EMPTY: &str = "\
    with old as ( \
      select guild_id, number from tickets where guild_id = ? and state = 'closed' and closed_at < ? \
        and (emptied_at is null or emptied_at < closed_at) \
      order by closed_at limit ? for update skip locked), \
    files as (delete from ticket_attachments a using old where a.guild_id = old.guild_id and a.ticket_number = old.number), \
    notes as (delete from ticket_messages m using old where m.guild_id = old.guild_id and m.ticket_number = old.number and m.kind = 'note'), \
    words as (update ticket_messages m set body = ?, author_name = '—' from old \
              where m.guild_id = old.guild_id and m.ticket_number = old.number and m.kind <> 'note'), \
    cards as (insert into outbox (guild_id, kind, ticket_number, due_at, created_at) \
              select c.guild_id, 'card', c.ticket_number, g.at, g.at from old, (select ?::timestamptz as at) g, ticket_cards c \
              where c.guild_id = old.guild_id and c.ticket_number = old.number) \
    update tickets t set subject = ?, opener_name = '—', close_reason = null, emptied_at = ? from old \
    where t.guild_id = old.guild_id and t.number = old.number";

const FILES: &str = "\
    delete from ticket_attachments a using ( \
      select guild_id, ticket_number, message_id, id from ticket_attachments where guild_id = ? and created_at < ? order by created_at limit ?) old \
    where a.guild_id = old.guild_id and a.ticket_number = old.ticket_number and a.message_id = old.message_id and a.id = old.id";

const TICKET_AUDIT: &str = "\
    delete from ticket_audit where id in (select id from ticket_audit where guild_id = ? and at < ? order by at limit ?)";

const SHOP_AUDIT: &str = "\
    delete from shop_audit a using (select guild_id, id from shop_audit where guild_id = ? and at < ? order by at limit ?) old \
    where a.guild_id = old.guild_id and a.id = old.id";

/// Forgets at most `limit` events of the payment provider that are over their time. Acts as the *payments* duty.
///
/// # Errors
/// As [`Tx::execute`].
pub async fn forget_events(tx: &mut Tx, rules: PrivacyRules, now: Timestamp, limit: i64) -> Result<usize> {
    if rules.event_days == 0 {
        return Ok(0);
    }
    let query = sql("delete from provider_events where id in (select id from provider_events where received_at < ? order by received_at limit ?)")
        .bind::<Timestamptz, _>(before(now, rules.event_days))
        .bind::<BigInt, _>(limit);
    tx.execute("forgetting old events of the payment provider", query).await
}
