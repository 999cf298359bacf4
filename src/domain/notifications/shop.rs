//! Notices of the shop: rows of the outbox that name an order, a person's roles, or a role that staff must mend, where others
//! name a ticket.

use super::Outcome;
use crate::db::{Tx, sql};
use crate::kernel::{GuildId, Result, RoleId, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// What a notice of the shop is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ShopKind {
    /// A person's roles must agree with what he holds.
    Roles,
    /// An order was handed over: its buyer is told.
    OrderDone,
    /// A gift arrived: its recipient is told.
    Gift,
    /// A gift was taken back, is held back, or is there again: its recipient is told.
    GiftState,
    /// An order was paid and could not be handed over: its buyer is told what becomes of his money.
    OrderTrouble,
    /// Money went back: the buyer is told.
    Refunded,
    /// The bank looks into a payment of an order that was handed over, or has decided: the buyer is told what that means for what
    /// he has.
    Disputed,
    /// A checkout was left: the buyer, who agreed to that, is reminded.
    CheckoutLeft,
    /// A checkout was closed, because the role that it is for can't be given: the buyer is told that nothing is charged.
    CheckoutClosed,
    /// A renewal was not paid: the member is told what to do.
    RenewalFailed,
    /// A trial will end and be charged: its member is told while he can end it without paying.
    TrialEnds,
    /// The first payment after a trial was made: its member is told.
    TrialPaid,
    /// A subscription was changed to another plan or period: its member is told what it is now, and what he paid.
    PlanChanged,
    /// The role of a plan was deleted, or could not be given: who will be charged for it all the same is told.
    PlanBroken,
    /// What a member held has ended: he is told.
    AccessEnded,
    /// Staff gave a member something by hand, or took it back: he is told.
    Granted,
    /// Staff are told of a sale.
    Sale,
    /// Staff are told of what needs them: an order in trouble, a dispute, a refund that failed, a role that can't be given, a promotion
    /// that did not begin.
    ShopAlert,
    /// Staff are told that a member asked to be erased.
    PrivacyAsked,
    /// A member is told what became of his request to be erased.
    PrivacyTold,
}

impl ShopKind {
    /// Every kind.
    pub const ALL: [Self; 20] = [
        Self::Roles,
        Self::OrderDone,
        Self::Gift,
        Self::GiftState,
        Self::OrderTrouble,
        Self::Refunded,
        Self::Disputed,
        Self::CheckoutLeft,
        Self::CheckoutClosed,
        Self::RenewalFailed,
        Self::TrialEnds,
        Self::TrialPaid,
        Self::PlanChanged,
        Self::PlanBroken,
        Self::AccessEnded,
        Self::Granted,
        Self::Sale,
        Self::ShopAlert,
        Self::PrivacyAsked,
        Self::PrivacyTold,
    ];

    /// The word kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Roles => "roles",
            Self::OrderDone => "order_done",
            Self::Gift => "gift",
            Self::GiftState => "gift_state",
            Self::OrderTrouble => "order_trouble",
            Self::Refunded => "refunded",
            Self::Disputed => "disputed",
            Self::CheckoutLeft => "checkout_left",
            Self::CheckoutClosed => "checkout_closed",
            Self::RenewalFailed => "renewal_failed",
            Self::TrialEnds => "trial_ends",
            Self::TrialPaid => "trial_paid",
            Self::PlanChanged => "plan_changed",
            Self::PlanBroken => "plan_broken",
            Self::AccessEnded => "access_ended",
            Self::Granted => "granted",
            Self::Sale => "sale",
            Self::ShopAlert => "shop_alert",
            Self::PrivacyAsked => "privacy_asked",
            Self::PrivacyTold => "privacy_told",
        }
    }

    /// Reads the word kept in the database.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A notice of the shop to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderNotice {
    /// The guild.
    pub guild: GuildId,
    /// What it is about.
    pub kind: ShopKind,
    /// The order's number, where it is about one.
    pub order: Option<i64>,
    /// The person told, where it is one.
    pub recipient: Option<UserId>,
}

/// Writes a notice of the shop at the commit and wakes the worker after it.
pub fn queue_order(tx: &mut Tx, notice: OrderNotice, now: Timestamp) {
    tx.defer(
        "queuing a notice of the shop",
        sql("insert into outbox (guild_id, kind, order_number, recipient_id, due_at, created_at) values (?, ?, ?, ?, ?, ?)")
            .bind::<BigInt, _>(notice.guild.as_i64())
            .bind::<Text, _>(notice.kind.as_str())
            .bind::<Nullable<BigInt>, _>(notice.order)
            .bind::<Nullable<BigInt>, _>(notice.recipient.map(UserId::as_i64))
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel()),
    );
    tx.wake_outbox();
}

/// Writes, at the commit, a notice that is about a person and no order, and wakes the worker after it.
pub fn queue_person(tx: &mut Tx, (guild, kind): (GuildId, ShopKind), recipient: Option<UserId>, now: Timestamp) {
    tx.defer(
        "queuing a notice about a person",
        sql("insert into outbox (guild_id, kind, recipient_id, due_at, created_at) values (?, ?, ?, ?, ?)")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(kind.as_str())
            .bind::<Nullable<BigInt>, _>(recipient.map(UserId::as_i64))
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel()),
    );
    tx.wake_outbox();
}

/// Tells staff at the commit that a promotion was stopped where it was to begin, and wakes the worker after it.
pub fn queue_promotion(tx: &mut Tx, guild: GuildId, number: i64, now: Timestamp) {
    tx.defer(
        "queuing a notice of a promotion",
        sql("insert into outbox (guild_id, kind, promotion_number, due_at, created_at) values (?, ?, ?, ?, ?)")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(ShopKind::ShopAlert.as_str())
            .bind::<BigInt, _>(number)
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel()),
    );
    tx.wake_outbox();
}

/// A notice of the shop that this worker holds for the time of its lease.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedNotice {
    /// Number of the outbox row: the source of nonces.
    pub id: i64,
    /// What to tell.
    pub notice: OrderNotice,
    /// The role that it is about, where it is one.
    pub role: Option<RoleId>,
    /// The promotion that it is about, where it is one.
    pub promotion: Option<i64>,
    /// How often it was claimed, this time included.
    pub attempts: u32,
    /// When it was written.
    pub created_at: Timestamp,
    /// The rows that this one answers: itself, and others about the same person's roles that were there when it was claimed.
    pub covers: Vec<i64>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    order_number: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    recipient_id: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    role_id: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    promotion_number: Option<i64>,
    #[diesel(sql_type = Integer)]
    attempts: i32,
    #[diesel(sql_type = Timestamptz)]
    created_at: jiff_diesel::Timestamp,
    #[diesel(sql_type = Array<BigInt>)]
    covers: Vec<i64>,
}

/// Claims at most `limit` due notices of these kinds until `until`, oldest first, one per order and kind at a time. Acts as
/// the system's *outbox* duty; the caller commits before it acts.
///
/// # Errors
/// As [`Tx::load`].
pub async fn claim(
    tx: &mut Tx,
    kinds: &[ShopKind],
    (now, until): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<ClaimedNotice>> {
    let kinds: Vec<&'static str> = kinds.iter().map(|kind| kind.as_str()).collect();
    let rows: Vec<Row> = tx
        .load(
            "claiming notices of the shop",
            sql("with due as ( \
                   select o.id from outbox o \
                   where o.state = 'pending' and o.kind = any(?) and o.due_at <= ? and (o.lease_until is null or o.lease_until <= ?) \
                     and not exists (select from outbox e where e.guild_id = o.guild_id \
                                     and e.order_number = o.order_number and e.kind = o.kind and e.id < o.id \
                                     and e.state = 'pending') \
                   order by o.due_at, o.id limit ? for update skip locked) \
                 update outbox o set lease_until = ?, attempts = o.attempts + 1 from due where o.id = due.id \
                 returning o.id, o.guild_id, o.kind, o.order_number, o.recipient_id, o.role_id, o.promotion_number, o.attempts, o.created_at, \
                           array[o.id] as covers")
            .bind::<Array<Text>, _>(kinds)
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(limit)
            .bind::<Timestamptz, _>(until.to_diesel()),
        )
        .await?;
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Claims the roles of at most `limit` people until `until`, one worker a person: his first notice, as soon as any of his is
/// due, so that news need not wait behind one that was put off. What is read afterwards answers all of his that are there now.
/// Acts as the system's *outbox* duty; the caller commits before it acts.
///
/// # Errors
/// As [`Tx::load`].
pub async fn claim_roles(tx: &mut Tx, (now, until): (Timestamp, Timestamp), limit: i64) -> Result<Vec<ClaimedNotice>> {
    let rows: Vec<Row> = tx
        .load(
            "claiming people's roles",
            sql("with mine as ( \
                   select o.guild_id, o.recipient_id, min(o.id) as first, array_agg(o.id) as covers, min(o.due_at) as due_at \
                   from outbox o where o.kind = 'roles' and o.state = 'pending' \
                   group by o.guild_id, o.recipient_id \
                   having min(o.due_at) <= ? and coalesce(max(o.lease_until), '-infinity') <= ? \
                   order by min(o.due_at) limit ?), \
                 due as ( \
                   select o.id, m.covers from outbox o join mine m on m.first = o.id \
                   where o.state = 'pending' and (o.lease_until is null or o.lease_until <= ?) for update of o skip locked) \
                 update outbox o set lease_until = ?, attempts = o.attempts + 1 from due where o.id = due.id \
                 returning o.id, o.guild_id, o.kind, o.order_number, o.recipient_id, o.role_id, o.promotion_number, o.attempts, o.created_at, \
                           due.covers")
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(limit)
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(until.to_diesel()),
        )
        .await?;
    Ok(rows.into_iter().filter_map(read).collect())
}

fn read(row: Row) -> Option<ClaimedNotice> {
    Some(ClaimedNotice {
        id: row.id,
        notice: OrderNotice {
            guild: GuildId::try_from(row.guild_id).ok()?,
            kind: ShopKind::from_word(&row.kind)?,
            order: row.order_number,
            recipient: row.recipient_id.and_then(|id| UserId::try_from(id).ok()),
        },
        role: row.role_id.and_then(|id| RoleId::try_from(id).ok()),
        promotion: row.promotion_number,
        attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
        created_at: row.created_at.to_jiff(),
        covers: row.covers,
    })
}

#[derive(QueryableByName)]
struct Overtaken {
    #[diesel(sql_type = Bool)]
    overtaken: bool,
}

/// Whether a newer notice of the same waits, which will tell how it stands then: what stood before needs no telling. Asked after that
/// was read. Acts as the system's *outbox* duty.
///
/// # Errors
/// As [`Tx::first`].
pub async fn is_overtaken(tx: &mut Tx, claimed: &ClaimedNotice) -> Result<bool> {
    let notice = claimed.notice;
    let found: Option<Overtaken> = tx
        .first(
            "looking for a newer notice of the same",
            sql("select exists (select from outbox o where o.guild_id = ? and o.order_number = ? and o.kind = ? \
                   and o.recipient_id is not distinct from ? and o.id > ? and o.state = 'pending') as overtaken")
            .bind::<BigInt, _>(notice.guild.as_i64())
            .bind::<Nullable<BigInt>, _>(notice.order)
            .bind::<Text, _>(notice.kind.as_str())
            .bind::<Nullable<BigInt>, _>(notice.recipient.map(UserId::as_i64))
            .bind::<BigInt, _>(claimed.id),
        )
        .await?;
    Ok(found.is_some_and(|row| row.overtaken))
}

/// Marks a claimed notice, and those that it answers, as ended, at the commit.
pub fn finish(tx: &mut Tx, claimed: &ClaimedNotice, outcome: Outcome, now: Timestamp) {
    tx.defer(
        "finishing a notice of the shop",
        sql("update outbox set state = ?, outcome = ?, done_at = ?, lease_until = null where id = any(?) and state = 'pending'")
            .bind::<Text, _>(outcome.state())
            .bind::<Text, _>(outcome.word())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Array<BigInt>, _>(claimed.covers.clone()),
    );
}

/// Gives a claimed notice, and those that it would have answered, back to be tried again at `due`, with the word that says why,
/// at the commit.
pub fn retry(tx: &mut Tx, claimed: &ClaimedNotice, due: Timestamp, why: &'static str) {
    tx.defer(
        "putting a notice of the shop off",
        sql("update outbox set due_at = ?, outcome = ?, lease_until = null where id = any(?) and state = 'pending'")
            .bind::<Timestamptz, _>(due.to_diesel())
            .bind::<Text, _>(why)
            .bind::<Array<BigInt>, _>(claimed.covers.clone()),
    );
}
