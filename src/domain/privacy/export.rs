//! A member's copy of his data (GDPR, articles 15 and 20): read under his own identity, so that nothing can be in it that he may not
//! read. It holds no internal note, and nobody else: not who gave him something, nor who came by his recommendation.

use crate::db::{Tx, sql};
use crate::kernel::{GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Jsonb};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// What stands at the head of a copy, in its reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// What the file is and how to read it, a paragraph each.
    pub lines: Vec<String>,
    /// When it was made.
    pub made_at: Timestamp,
}

/// The parts of a copy, each with its query; amounts are in minor units, such as cents.
const SECTIONS: &[(&str, &str)] = &[
    (
        "tickets",
        "select x.number, x.subject, x.category, x.priority, x.state, x.plan, x.created_at, x.resolved_at, x.closed_at, x.close_reason, \
           x.rating from tickets x, g where x.guild_id = g.guild and x.opener_id = g.who order by x.number",
    ),
    (
        "messages",
        "select x.ticket_number as ticket, case when x.author_id = g.who then 'you' else 'team' end as \"from\", x.body as text, \
           x.created_at as at from ticket_messages x, g \
         where x.guild_id = g.guild and x.opener_id = g.who and x.kind <> 'note' order by x.ticket_number, x.id",
    ),
    (
        "files",
        "select x.ticket_number as ticket, x.file_name as name, x.content_type as type, x.size_bytes as bytes, x.state, x.created_at as at \
         from ticket_attachments x, g where x.guild_id = g.guild and x.opener_id = g.who and not x.internal order by x.id",
    ),
    (
        "orders",
        "select x.number, x.title, x.kind, x.plan, x.period, x.product, x.variant, x.quantity, x.recipient_id <> g.who as gift, \
           x.user_name as your_name, x.currency, x.list_minor, x.discount_minor, x.total_minor, x.paid_minor, x.refunded_minor, x.code, \
           x.state, x.dispute, x.consent_version, x.consent_at, x.created_at, x.paid_at, x.fulfilled_at, x.ended_at \
         from orders x, g where x.guild_id = g.guild and x.user_id = g.who order by x.number",
    ),
    (
        "delivered",
        "select x.order_number as \"order\", x.kind, x.product, x.title, x.giver_id is not null as gift, x.body as content, \
           x.delivered_at as at, x.revoked_at from deliveries x, g where x.guild_id = g.guild and x.user_id = g.who order by x.order_number",
    ),
    (
        "keys",
        "select x.order_number as \"order\", x.product, x.variant, x.secret as key, x.delivered_at as at \
         from product_keys x, g where x.guild_id = g.guild and x.user_id = g.who and x.delivered_at is not null order by x.id",
    ),
    (
        "entitlements",
        "select x.kind, x.plan, x.role_id::text as role, x.source, x.order_number as \"order\", x.starts_at, x.ends_at, x.suspended_at, \
           x.revoked_at, x.reason from entitlements x, g where x.guild_id = g.guild and x.user_id = g.who order by x.id",
    ),
    (
        "roles",
        "select x.role_id::text as role, x.state, x.since from granted_roles x, g \
         where x.guild_id = g.guild and x.user_id = g.who order by x.role_id",
    ),
    (
        "subscriptions",
        "select x.id, x.plan, x.period, x.state, x.currency, x.amount_minor, x.started_at, x.period_end, x.trial_end, \
           x.cancel_at_period_end, x.ended_at from subscriptions x, g where x.guild_id = g.guild and x.user_id = g.who order by x.started_at",
    ),
    (
        "invoices",
        "select x.id, x.order_number as \"order\", x.subscription_id as subscription, x.currency, x.amount_minor, x.credit_minor, \
           x.refunded_minor, x.dispute, x.url, x.paid_at from invoices x, g \
         where x.guild_id = g.guild and x.user_id = g.who order by x.paid_at",
    ),
    (
        "refunds",
        "select x.order_number as \"order\", x.amount_minor, x.currency, x.state, x.created_at, x.done_at \
         from refunds x, g where x.guild_id = g.guild and x.user_id = g.who order by x.id",
    ),
    (
        "trials",
        "select x.order_number as \"order\", x.at from trials x, g where x.guild_id = g.guild and x.user_id = g.who order by x.at",
    ),
    (
        "promotions_used",
        "select x.order_number as \"order\", x.promotion_number as promotion, x.state, x.amount_minor, x.currency, x.reserved_at as at \
         from promotion_uses x, g where x.guild_id = g.guild and x.user_id = g.who order by x.order_number",
    ),
    (
        "codes_kept",
        "select x.promotion_number as promotion, x.remembered_at as at from remembered_codes x, g \
         where x.guild_id = g.guild and x.user_id = g.who",
    ),
    (
        "credits_used",
        "select x.order_number as \"order\", x.state, x.amount_minor, x.currency, x.updated_at as at from credit_uses x, g \
         where x.guild_id = g.guild and x.user_id = g.who order by x.order_number",
    ),
    (
        "recommendation_code",
        "select x.code, x.created_at as at from referral_codes x, g where x.guild_id = g.guild and x.user_id = g.who",
    ),
    (
        "recommendations",
        "select x.state, x.amount_minor, x.currency, x.due_at, x.created_at as at from referrals x, g \
         where x.guild_id = g.guild and x.user_id = g.who order by x.created_at",
    ),
    (
        "giveaways_entered",
        "select x.giveaway, w.title, x.weight as chances, x.entered_at as at from giveaway_entries x \
           join giveaways w on w.guild_id = x.guild_id and w.number = x.giveaway, g \
         where x.guild_id = g.guild and x.user_id = g.who order by x.giveaway",
    ),
    (
        "prizes",
        "select x.giveaway, w.title, x.place, x.state, x.order_number as \"order\", x.created_at as at from giveaway_places x \
           join giveaways w on w.guild_id = x.guild_id and w.number = x.giveaway, g \
         where x.guild_id = g.guild and x.user_id = g.who order by x.giveaway",
    ),
    ("language", "select x.locale as language from languages x, g where x.guild_id = g.guild and x.user_id = g.who"),
    ("reminders", "select x.agreed_at from reminders x, g where x.guild_id = g.guild and x.user_id = g.who"),
    (
        "payment_provider",
        "select 'Stripe' as provider, x.customer_id as customer, x.created_at as at from customers x, g \
         where x.guild_id = g.guild and x.user_id = g.who",
    ),
    (
        "panel_sessions",
        "select x.via, x.browser, x.made_at, x.seen_at, x.ends_at, x.ended_at from panel_sessions x, g \
         where x.user_id = g.who and (x.guild_id is null or x.guild_id = g.guild) order by x.made_at",
    ),
    (
        "panel_sign_ins",
        "select x.via, x.outcome, x.network, x.at from panel_sign_ins x, g \
         where x.user_id = g.who and (x.guild_id is null or x.guild_id = g.guild) order by x.at",
    ),
    (
        "requests",
        "select x.id, x.kind, x.state, x.reason, x.asked_at, x.due_at, x.decided_at, x.done_at from privacy_requests x, g \
         where x.guild_id = g.guild and x.user_id = g.who order by x.id",
    ),
];

#[derive(QueryableByName)]
struct Rows {
    #[diesel(sql_type = Jsonb)]
    rows: Value,
}

/// Reads everything of a member that is his in a guild. Acts as that member, whatever his rank is.
///
/// # Errors
/// As [`Tx::load`].
pub async fn read(tx: &mut Tx, (guild, user): (GuildId, UserId), about: &About) -> Result<Value> {
    let mut copy = Map::new();
    copy.insert("about".to_owned(), json!(about.lines));
    copy.insert("made_at".to_owned(), json!(about.made_at.to_string()));
    // As text: a program that keeps numbers as floats would round them.
    copy.insert("guild".to_owned(), json!(guild.to_string()));
    copy.insert("you".to_owned(), json!(user.to_string()));
    for (name, query) in SECTIONS {
        let statement = sql("with g as (select ?::bigint as guild, ?::bigint as who) select coalesce(jsonb_agg(to_jsonb(r)), '[]') as rows from (")
            .then(query)
            .then(") r")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(user.as_i64());
        let found: Option<Rows> = tx.first("copying a member's data", statement).await?;
        copy.insert((*name).to_owned(), found.map_or_else(|| json!([]), |found| found.rows));
    }
    Ok(Value::Object(copy))
}
