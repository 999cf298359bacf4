//! Queries that change tickets: taking a number, locking, saving, adding messages, the audit.

use super::files::Sorted;
use super::{
    Category, Closing, Deed, DisplayName, Hands, MessageKind, NewTicket, Priority, Rating, Sla, Stars, State, Ticket,
};
use crate::db::{Statement, Tx, sql};
use crate::kernel::error::Context;
use crate::kernel::{Error, GuildId, Locale, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Nullable, SmallInt, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

type Time = jiff_diesel::Timestamp;

/// A row of `tickets`.
#[derive(QueryableByName)]
pub(super) struct TicketRow {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = BigInt)]
    opener_id: i64,
    #[diesel(sql_type = Text)]
    opener_name: String,
    #[diesel(sql_type = Text)]
    opener_locale: String,
    #[diesel(sql_type = Text)]
    plan: String,
    #[diesel(sql_type = Text)]
    subject: String,
    #[diesel(sql_type = Text)]
    category: String,
    #[diesel(sql_type = Text)]
    priority: String,
    #[diesel(sql_type = Bool)]
    priority_by_plan: bool,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    assignee_id: Option<i64>,
    #[diesel(sql_type = Timestamptz)]
    created_at: Time,
    #[diesel(sql_type = Timestamptz)]
    updated_at: Time,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    first_response_at: Option<Time>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    sla_due_at: Option<Time>,
    #[diesel(sql_type = Nullable<BigInt>)]
    sla_left_ms: Option<i64>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    sla_reminder_at: Option<Time>,
    #[diesel(sql_type = Bool)]
    sla_reminded: bool,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    sla_breached_at: Option<Time>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    resolved_at: Option<Time>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    closed_at: Option<Time>,
    #[diesel(sql_type = Nullable<BigInt>)]
    closed_by: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    close_reason: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    auto_close_at: Option<Time>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    rating: Option<i16>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    rated_at: Option<Time>,
}

/// A word in the database that no version of ours wrote.
fn strange(what: &'static str) -> Error {
    Error::Internal { what: "reading a ticket", cause: crate::kernel::error::Cause::new(what) }
}

fn jiff(time: Option<Time>) -> Option<Timestamp> {
    time.map(|time| time.to_jiff())
}

impl TicketRow {
    /// Reads the row into a ticket.
    ///
    /// # Errors
    /// [`Error::Internal`] for a value that the table's checks should have refused.
    pub(super) fn read(self) -> Result<Ticket> {
        let user = |id: i64| UserId::try_from(id).internal("reading a ticket");
        let hands = match (self.sla_due_at, self.sla_left_ms) {
            (Some(due_at), _) => Hands::Running { due_at: due_at.to_jiff() },
            (None, left_ms) => Hands::Paused { left_ms: left_ms.ok_or_else(|| strange("no clock"))? },
        };
        let closed_by = self.closed_by.map(user).transpose()?;
        let closing = jiff(self.closed_at).map(|at| Closing { at, by: closed_by, reason: self.close_reason });
        let rating = match (self.rating, jiff(self.rated_at)) {
            (Some(stars), Some(at)) => {
                let stars = Stars::new(i64::from(stars)).map_err(|_| strange("rating"))?;
                Some(Rating { stars, at })
            }
            _ => None,
        };
        Ok(Ticket {
            guild: GuildId::try_from(self.guild_id).internal("reading a ticket")?,
            number: self.number,
            opener: user(self.opener_id)?,
            opener_name: self.opener_name,
            opener_locale: Locale::from_code(&self.opener_locale).unwrap_or_default(),
            plan: self.plan,
            subject: self.subject,
            category: Category::from_word(&self.category).ok_or_else(|| strange("category"))?,
            priority: Priority::from_word(&self.priority).ok_or_else(|| strange("priority"))?,
            priority_by_plan: self.priority_by_plan,
            state: State::from_word(&self.state).ok_or_else(|| strange("state"))?,
            assignee: self.assignee_id.map(user).transpose()?,
            created_at: self.created_at.to_jiff(),
            updated_at: self.updated_at.to_jiff(),
            first_response_at: jiff(self.first_response_at),
            sla: Sla {
                hands,
                reminder_at: jiff(self.sla_reminder_at),
                reminded: self.sla_reminded,
                breached_at: jiff(self.sla_breached_at),
            },
            resolved_at: jiff(self.resolved_at),
            closing,
            auto_close_at: jiff(self.auto_close_at),
            rating,
        })
    }
}

/// A ticket with what writing a message to it needs.
#[derive(QueryableByName)]
pub(super) struct LockedRow {
    #[diesel(embed)]
    pub ticket: TicketRow,
    /// The number that the next message takes.
    #[diesel(sql_type = BigInt)]
    pub message_id: i64,
    /// Bytes of files that the opener has stored.
    #[diesel(sql_type = BigInt)]
    pub stored_bytes: i64,
}

/// Whose tickets the actor may see: `None` for all of the guild.
pub(super) fn viewer(tx: &Tx) -> Option<i64> {
    // A member without an account is nobody: he sees the tickets of number 0, which no one is.
    if tx.actor().is_staff() { None } else { Some(tx.actor().user().map_or(0, UserId::as_i64)) }
}

/// Reads a ticket.
pub(super) async fn find(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Option<TicketRow>> {
    let viewer = viewer(tx);
    tx.first(
        "loading a ticket",
        sql("select t.* from tickets t where t.guild_id = ? and t.number = ? and t.opener_id = coalesce(?, t.opener_id)")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number)
            .bind::<Nullable<BigInt>, _>(viewer),
    )
    .await
}

/// Reads a ticket and keeps it from changing until the commit.
pub(super) async fn lock(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Option<LockedRow>> {
    let viewer = viewer(tx);
    tx.first(
        "locking a ticket",
        sql("select t.*, nextval('ticket_messages_id_seq') as message_id, \
               (select coalesce(sum(a.size_bytes), 0)::bigint from ticket_attachments a \
                where a.guild_id = t.guild_id and a.opener_id = t.opener_id and a.state in ('pending', 'stored')) \
               as stored_bytes \
             from tickets t where t.guild_id = ? and t.number = ? and t.opener_id = coalesce(?, t.opener_id) \
             for update of t")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(number)
        .bind::<Nullable<BigInt>, _>(viewer),
    )
    .await
}

/// Takes the guild's next number and inserts the ticket, in one statement. The category's agent gets it, unless he is the
/// opener: it is asked here, because a policy refuses anybody else and what the program remembers may be old. A plan with
/// priority support makes it `raised.0`, with that clock, unless another priority than the usual one was chosen.
///
/// `None`, with no number taken, when a member has `open_max` open tickets or more; 0: any number. They are counted as the
/// statement begins, so of several that he opens in the same instant more may come through.
pub(super) async fn insert(
    tx: &mut Tx,
    new: &NewTicket,
    (sla, raised): (&Sla, (Priority, &Sla)),
    open_max: u32,
    now: Timestamp,
) -> Result<Option<LockedRow>> {
    let open_max = if tx.actor().is_staff() || open_max == 0 { None } else { Some(i64::from(open_max)) };
    tx.first(
        "opening a ticket",
        sql("with allowed as ( \
               select ?::bigint as guild where ?::bigint is null or ? > ( \
                 select count(*) from tickets o \
                 where o.guild_id = ? and o.opener_id = ? and o.state not in ('resolved', 'closed'))), \
             counter as ( \
               insert into ticket_counters as c (guild_id, last_number) select guild, 1 from allowed \
               on conflict (guild_id) do update set last_number = c.last_number + 1 returning last_number), \
             agent as ( \
               select max(a.agent_id) as id from category_agents a \
               where a.guild_id = ? and a.category = ? and a.agent_id <> ?), \
             held as ( \
               select p.code, p.support from entitlements e join plans p on p.guild_id = e.guild_id and p.code = e.plan \
               where e.guild_id = ? and e.user_id = ? and e.revoked_at is null and e.suspended_at is null \
                 and e.starts_at <= ? and (e.ends_at is null or e.ends_at > ?) \
               order by p.level desc limit 1), \
             raised as ( \
               select ?::boolean and exists (select from held where support in ('priority', 'vip')) as by_plan), \
             opened as ( \
               insert into tickets (guild_id, number, opener_id, opener_name, opener_locale, plan, subject, category, \
                                    priority, priority_by_plan, state, assignee_id, created_at, updated_at, \
                                    sla_due_at, sla_reminder_at) \
               select ?, counter.last_number, ?, ?, ?, coalesce((select code from held), 'free'), ?, ?, \
                      case when raised.by_plan then ? else ? end, raised.by_plan, \
                      case when agent.id is null then 'open' else 'in_progress' end, agent.id, ?, ?, \
                      case when raised.by_plan then ? else ? end, case when raised.by_plan then ? else ? end \
               from counter, agent, raised returning *) \
             select opened.*, nextval('ticket_messages_id_seq') as message_id, \
               (select coalesce(sum(a.size_bytes), 0)::bigint from ticket_attachments a \
                where a.guild_id = opened.guild_id and a.opener_id = opened.opener_id \
                  and a.state in ('pending', 'stored')) as stored_bytes from opened")
        .bind::<BigInt, _>(new.guild.as_i64())
        .bind::<Nullable<BigInt>, _>(open_max)
        .bind::<Nullable<BigInt>, _>(open_max)
        .bind::<BigInt, _>(new.guild.as_i64())
        .bind::<BigInt, _>(new.opener.as_i64())
        .bind::<BigInt, _>(new.guild.as_i64())
        .bind::<Text, _>(new.category.as_str())
        .bind::<BigInt, _>(new.opener.as_i64())
        .bind::<BigInt, _>(new.guild.as_i64())
        .bind::<BigInt, _>(new.opener.as_i64())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Bool, _>(new.priority == Priority::default())
        .bind::<BigInt, _>(new.guild.as_i64())
        .bind::<BigInt, _>(new.opener.as_i64())
        .bind::<Text, _>(new.opener_name.as_str().to_owned())
        .bind::<Text, _>(new.opener_locale.as_str())
        .bind::<Text, _>(new.subject.as_str().to_owned())
        .bind::<Text, _>(new.category.as_str())
        .bind::<Text, _>(raised.0.as_str())
        .bind::<Text, _>(new.priority.as_str())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Nullable<Timestamptz>, _>(diesel_time(raised.1.due_at()))
        .bind::<Nullable<Timestamptz>, _>(diesel_time(sla.due_at()))
        .bind::<Nullable<Timestamptz>, _>(diesel_time(raised.1.reminder_at))
        .bind::<Nullable<Timestamptz>, _>(diesel_time(sla.reminder_at)),
    )
    .await
}

fn diesel_time(time: Option<Timestamp>) -> Option<Time> {
    time.map(|time| time.to_diesel())
}

/// Saves a locked ticket at the commit: the columns that the actor's role may write.
pub(super) fn save(tx: &mut Tx, ticket: &Ticket) {
    let left_ms = match ticket.sla.hands {
        Hands::Running { .. } => None,
        Hands::Paused { left_ms } => Some(left_ms),
    };
    let closing = ticket.closing.as_ref();
    let statement = sql("update tickets set state = ?, updated_at = ?, sla_due_at = ?, sla_left_ms = ?, \
                         sla_reminder_at = ?, sla_reminded = ?, resolved_at = ?, closed_at = ?, closed_by = ?, \
                         close_reason = ?, auto_close_at = ?, rating = ?, rated_at = ?")
    .bind::<Text, _>(ticket.state.as_str())
    .bind::<Timestamptz, _>(ticket.updated_at.to_diesel())
    .bind::<Nullable<Timestamptz>, _>(diesel_time(ticket.sla.due_at()))
    .bind::<Nullable<BigInt>, _>(left_ms)
    .bind::<Nullable<Timestamptz>, _>(diesel_time(ticket.sla.reminder_at))
    .bind::<Bool, _>(ticket.sla.reminded)
    .bind::<Nullable<Timestamptz>, _>(diesel_time(ticket.resolved_at))
    .bind::<Nullable<Timestamptz>, _>(diesel_time(closing.map(|closing| closing.at)))
    .bind::<Nullable<BigInt>, _>(closing.and_then(|closing| closing.by).map(UserId::as_i64))
    .bind::<Nullable<Text>, _>(closing.and_then(|closing| closing.reason.clone()))
    .bind::<Nullable<Timestamptz>, _>(diesel_time(ticket.auto_close_at))
    .bind::<Nullable<SmallInt>, _>(ticket.rating.map(|rating| rating.stars.get()))
    .bind::<Nullable<Timestamptz>, _>(diesel_time(ticket.rating.map(|rating| rating.at)));
    let statement = if tx.actor().is_staff() { staff_columns(statement, ticket) } else { statement };
    tx.defer(
        "saving a ticket",
        statement
            .then(" where guild_id = ? and number = ?")
            .bind::<BigInt, _>(ticket.guild.as_i64())
            .bind::<BigInt, _>(ticket.number),
    );
}

fn staff_columns(statement: Statement, ticket: &Ticket) -> Statement {
    statement
        .then(", category = ?, priority = ?, priority_by_plan = ?, assignee_id = ?, first_response_at = ?")
        .bind::<Text, _>(ticket.category.as_str())
        .bind::<Text, _>(ticket.priority.as_str())
        .bind::<Bool, _>(ticket.priority_by_plan)
        .bind::<Nullable<BigInt>, _>(ticket.assignee.map(UserId::as_i64))
        .bind::<Nullable<Timestamptz>, _>(diesel_time(ticket.first_response_at))
}

/// A message to add.
pub(super) struct NewMessage<'a> {
    pub id: i64,
    pub author: UserId,
    pub author_name: &'a DisplayName,
    pub kind: MessageKind,
    pub from_staff: bool,
    pub body: &'a str,
}

/// Adds a message at the commit.
pub(super) fn add_message(tx: &mut Tx, ticket: &Ticket, message: &NewMessage<'_>, now: Timestamp) {
    tx.defer(
        "adding a message",
        sql("insert into ticket_messages (guild_id, ticket_number, id, opener_id, author_id, author_name, kind, \
             from_staff, body, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind::<BigInt, _>(ticket.guild.as_i64())
        .bind::<BigInt, _>(ticket.number)
        .bind::<BigInt, _>(message.id)
        .bind::<BigInt, _>(ticket.opener.as_i64())
        .bind::<BigInt, _>(message.author.as_i64())
        .bind::<Text, _>(message.author_name.as_str().to_owned())
        .bind::<Text, _>(message.kind.as_str())
        .bind::<Bool, _>(message.from_staff)
        .bind::<Text, _>(message.body.to_owned())
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
}

/// Adds a file of a message at the commit; one that doesn't fit is kept by name only.
pub(super) fn add_file(tx: &mut Tx, ticket: &Ticket, message: &NewMessage<'_>, file: &Sorted, now: Timestamp) {
    let size = i64::try_from(file.file.size).unwrap_or(i64::MAX);
    let (state, url) = match file.unfit {
        None => ("pending", Some(file.file.url.clone())),
        Some(_) => ("refused", None),
    };
    tx.defer(
        "adding a file",
        sql("insert into ticket_attachments (guild_id, ticket_number, message_id, opener_id, internal, file_name, \
             content_type, size_bytes, state, source_url, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind::<BigInt, _>(ticket.guild.as_i64())
        .bind::<BigInt, _>(ticket.number)
        .bind::<BigInt, _>(message.id)
        .bind::<BigInt, _>(ticket.opener.as_i64())
        .bind::<Bool, _>(message.kind == MessageKind::Note)
        .bind::<Text, _>(file.file.name.clone())
        .bind::<Text, _>(file.file.content_type.clone())
        .bind::<BigInt, _>(size)
        .bind::<Text, _>(state)
        .bind::<Nullable<Text>, _>(url)
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
}

/// What the audit keeps of a deed beside who and when.
pub(super) struct Trace {
    pub deed: Deed,
    pub old: Option<String>,
    pub new: Option<String>,
}

/// Adds a line to the audit at the commit.
pub(super) fn audit(tx: &mut Tx, guild: GuildId, number: Option<i64>, trace: Trace, now: Timestamp) {
    let actor = tx.actor().user().map(UserId::as_i64);
    tx.defer(
        "adding to the audit",
        sql("insert into ticket_audit (guild_id, ticket_number, actor_id, action, old_value, new_value, at) \
             values (?, ?, ?, ?, ?, ?, ?)")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Nullable<BigInt>, _>(number)
        .bind::<Nullable<BigInt>, _>(actor)
        .bind::<Text, _>(trace.deed.as_str())
        .bind::<Nullable<Text>, _>(trace.old)
        .bind::<Nullable<Text>, _>(trace.new)
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
}
