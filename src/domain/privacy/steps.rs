//! What an erasure does, table by table. Each statement is given the guild, the member, the pseudonym that takes his place, and the time.
//!
//! Rows that accounting, other people or the rules of the shop need stay and bear the pseudonym: a random number that stands nowhere
//! else, so the link is cut for good: messages and draws that led to a row (`request`, `source_key`) are cut from it too. `docs/PRIVACY.md` says for each table why; a test holds the two together.

use crate::db::{Statement, sql};
use crate::kernel::{GuildId, UserId};
use diesel::sql_types::{BigInt, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// What stands where words were removed, in both languages.
pub const REMOVED: &str = "— effacé · erased —";

/// What every statement is given.
const GIVEN: &str = "with g as (select ?::bigint as guild, ?::bigint as who, ?::bigint as alias, ?::timestamptz as at, ?::text as removed) ";

/// One statement.
pub(super) struct Step {
    /// What it does, for the log.
    pub what: &'static str,
    /// Its text after [`GIVEN`].
    text: &'static str,
}

/// Who is erased.
#[derive(Debug, Clone, Copy)]
pub(super) struct Erased {
    pub guild: GuildId,
    pub user: UserId,
    /// The pseudonym.
    pub alias: i64,
    pub now: Timestamp,
}

impl Step {
    /// The statement for somebody.
    pub(super) fn of(&self, erased: Erased) -> Statement {
        given(sql(GIVEN).then(self.text), erased)
    }
}

pub(super) fn given(statement: Statement, erased: Erased) -> Statement {
    statement
        .bind::<BigInt, _>(erased.guild.as_i64())
        .bind::<BigInt, _>(erased.user.as_i64())
        .bind::<BigInt, _>(erased.alias)
        .bind::<Timestamptz, _>(erased.now.to_diesel())
        .bind::<Text, _>(REMOVED.to_owned())
}

const fn step(what: &'static str, text: &'static str) -> Step {
    Step { what, text }
}

/// The statements, in order: what is found by the tickets' opener comes before the tickets.
pub(super) const STEPS: &[Step] = &[
    step(
        "erasing what tickets' audit says",
        "update ticket_audit a set actor_id = case when a.actor_id = g.who then g.alias else a.actor_id end, old_value = null, new_value = null \
         from g join tickets t on t.guild_id = g.guild and t.opener_id = g.who where a.guild_id = g.guild and a.ticket_number = t.number",
    ),
    step(
        "erasing files of tickets",
        "delete from ticket_attachments a using g where a.guild_id = g.guild and a.opener_id = g.who",
    ),
    step(
        "erasing notes about a member",
        "delete from ticket_messages m using g where m.guild_id = g.guild and m.opener_id = g.who and m.kind = 'note'",
    ),
    step(
        "erasing messages of tickets",
        "update ticket_messages m set body = g.removed, opener_id = g.alias, \
           author_id = case when m.author_id = g.who then g.alias else m.author_id end, \
           author_name = case when m.author_id = g.who then '—' else m.author_name end \
         from g where m.guild_id = g.guild and m.opener_id = g.who",
    ),
    step(
        "having calls of a member removed",
        "insert into outbox (guild_id, kind, posted_channel_id, posted_message_id, due_at, created_at) \
         select c.guild_id, 'removal', c.channel_id, c.message_id, g.at, g.at from ticket_calls c, g \
         where c.guild_id = g.guild and c.recipient_id = g.who",
    ),
    step(
        "forgetting calls of a member",
        "delete from ticket_calls c using g where c.guild_id = g.guild and c.recipient_id = g.who",
    ),
    // A message that he had removed is still to go, without saying whose it was.
    step(
        "keeping removals without a name",
        "update outbox o set recipient_id = null from g \
         where o.guild_id = g.guild and o.recipient_id = g.who and o.kind = 'removal' and o.state = 'pending'",
    ),
    step(
        "forgetting what a member was told",
        "delete from outbox o using g where o.guild_id = g.guild and o.recipient_id = g.who",
    ),
    step(
        "having cards show what is left",
        "insert into outbox (guild_id, kind, ticket_number, due_at, created_at) \
         select t.guild_id, 'card', t.number, g.at, g.at from tickets t, g where t.guild_id = g.guild and t.opener_id = g.who \
           and exists (select from ticket_cards c where c.guild_id = t.guild_id and c.ticket_number = t.number)",
    ),
    step(
        "telling who looks at the tickets",
        "insert into events (guild_id, kind, ticket_number, at) select t.guild_id, 'erased', t.number, g.at from tickets t, g \
         where t.guild_id = g.guild and t.opener_id = g.who",
    ),
    step(
        "telling who looks at members",
        "insert into events (guild_id, kind, at) select g.guild, 'privacy', g.at from g",
    ),
    step(
        "erasing tickets",
        "update tickets t set opener_id = g.alias, opener_name = '—', subject = g.removed, close_reason = null, \
           closed_by = case when t.closed_by = g.who then g.alias else t.closed_by end, state = 'closed', \
           closed_at = coalesce(t.closed_at, g.at), updated_at = g.at, sla_due_at = null, sla_left_ms = coalesce(t.sla_left_ms, 0), \
           sla_reminder_at = null, auto_close_at = null, emptied_at = g.at \
         from g where t.guild_id = g.guild and t.opener_id = g.who",
    ),
    step(
        "erasing a name in the event log",
        "update events e set actor_id = g.alias from g where e.guild_id = g.guild and e.actor_id = g.who",
    ),
    step("erasing answers", "delete from answers a using g where a.guild_id = g.guild and a.user_id = g.who"),
    step("erasing a language", "delete from languages l using g where l.guild_id = g.guild and l.user_id = g.who"),
    step(
        "erasing a wish for reminders",
        "delete from reminders r using g where r.guild_id = g.guild and r.user_id = g.who",
    ),
    step(
        "erasing a code that was kept",
        "delete from remembered_codes r using g where r.guild_id = g.guild and r.user_id = g.who",
    ),
    step(
        "erasing a code of a member",
        "delete from referral_codes r using g where r.guild_id = g.guild and r.user_id = g.who",
    ),
    step(
        "erasing a customer's link",
        "delete from customers c using g where c.guild_id = g.guild and c.user_id = g.who",
    ),
    step(
        "erasing saved views, and those of others that name him",
        "delete from saved_views v using g where v.guild_id = g.guild and (v.user_id = g.who or strpos(v.query, g.who::text) > 0)",
    ),
    step(
        "erasing links to the panel",
        "delete from panel_links l using g where l.guild_id = g.guild and l.user_id = g.who",
    ),
    step("ending sessions of the panel", "delete from panel_sessions s using g where s.user_id = g.who"),
    step("erasing sign-ins", "delete from panel_sign_ins s using g where s.user_id = g.who"),
    step(
        "erasing roles that were given",
        "delete from granted_roles r using g where r.guild_id = g.guild and r.user_id = g.who",
    ),
    step(
        "erasing entries of giveaways",
        "delete from giveaway_entries e using g where e.guild_id = g.guild and e.user_id = g.who \
           and exists (select from giveaways w where w.guild_id = e.guild_id and w.number = e.giveaway and w.state in ('open', 'cancelled'))",
    ),
    // His place is in the proof of the draw; what he got for it would lead from there to the pseudonym.
    step(
        "parting a prize from its order",
        "update giveaway_places p set order_number = null from g where p.guild_id = g.guild and p.user_id = g.who and p.order_number is not null",
    ),
    step(
        "putting a pseudonym on orders",
        "update orders o set user_id = case when o.user_id = g.who then g.alias else o.user_id end, \
           recipient_id = case when o.recipient_id = g.who then g.alias else o.recipient_id end, \
           user_name = case when o.user_id = g.who then '—' else o.user_name end, \
           request = case when o.user_id = g.who then 'erased/' || o.number else o.request end, \
           checkout_url = case when o.user_id = g.who then null else o.checkout_url end \
         from g where o.guild_id = g.guild and (o.user_id = g.who or o.recipient_id = g.who)",
    ),
    // By the pseudonym: whoever writes such a message down waits for the lock of its order.
    step(
        "having messages to staff about orders removed",
        ", gone as (delete from staff_posts p using orders o, g where p.guild_id = g.guild and o.guild_id = p.guild_id \
           and o.number = p.order_number and g.alias in (o.user_id, o.recipient_id) returning p.guild_id, p.channel_id, p.message_id) \
         insert into outbox (guild_id, kind, posted_channel_id, posted_message_id, due_at, created_at) \
         select p.guild_id, 'removal', p.channel_id, p.message_id, g.at, g.at from gone p, g",
    ),
    step(
        "putting a pseudonym on subscriptions",
        "update subscriptions s set user_id = g.alias from g where s.guild_id = g.guild and s.user_id = g.who",
    ),
    step(
        "putting a pseudonym on changes of subscriptions",
        "update subscription_changes s set user_id = g.alias, request = 'erased/' || s.id from g where s.guild_id = g.guild and s.user_id = g.who",
    ),
    step(
        "putting a pseudonym on what was held",
        "update entitlements e set user_id = g.alias, reason = null, \
           source_key = case when e.source in ('grant', 'prize') then 'erased/' || e.id else e.source_key end \
         from g where e.guild_id = g.guild and e.user_id = g.who",
    ),
    step(
        "putting a pseudonym on trials",
        "update trials t set user_id = g.alias from g where t.guild_id = g.guild and t.user_id = g.who",
    ),
    step(
        "putting a pseudonym on deliveries",
        "update deliveries d set user_id = case when d.user_id = g.who then g.alias else d.user_id end, \
           giver_id = case when d.giver_id = g.who then g.alias else d.giver_id end \
         from g where d.guild_id = g.guild and (d.user_id = g.who or d.giver_id = g.who)",
    ),
    step(
        "putting a pseudonym on keys",
        "update product_keys k set user_id = g.alias from g where k.guild_id = g.guild and k.user_id = g.who",
    ),
    step(
        "putting a pseudonym on invoices",
        "update invoices i set user_id = g.alias, url = null from g where i.guild_id = g.guild and i.user_id = g.who",
    ),
    step(
        "putting a pseudonym on refunds",
        "update refunds r set user_id = g.alias, reason = g.removed, \
           actor_id = case when r.actor_id = g.who then g.alias else r.actor_id end \
         from g where r.guild_id = g.guild and r.user_id = g.who",
    ),
    step(
        "putting a pseudonym on credits that were taken back",
        "update reclaims r set user_id = g.alias from g where r.guild_id = g.guild and r.user_id = g.who",
    ),
    step(
        "putting a pseudonym on the ledger",
        "update ledger l set customer_id = g.alias from g where l.guild_id = g.guild and l.customer_id = g.who",
    ),
    step(
        "putting a pseudonym on the shop's audit",
        "update shop_audit a set actor_id = case when a.actor_id = g.who then g.alias else a.actor_id end, \
           subject = case when a.subject = g.who::text then g.alias::text else a.subject end, old_value = null, new_value = null \
         from g where a.guild_id = g.guild and (g.who::text in (a.subject, a.old_value, a.new_value) or (a.actor_id = g.who \
           and (exists (select from orders o where o.guild_id = a.guild_id and o.number = a.order_number and g.alias in (o.user_id, o.recipient_id)) \
             or exists (select from privacy_requests r where r.guild_id = a.guild_id and a.subject = 'request/' || r.id and r.user_id = g.who))))",
    ),
    step(
        "putting a pseudonym on coupons",
        "update promotions p set for_user = g.alias, request = 'erased/' || p.number from g where p.guild_id = g.guild and p.for_user = g.who",
    ),
    step(
        "putting a pseudonym on uses of promotions",
        "update promotion_uses u set user_id = g.alias from g where u.guild_id = g.guild and u.user_id = g.who",
    ),
    step(
        "putting a pseudonym on uses of credits",
        "update credit_uses u set user_id = g.alias from g where u.guild_id = g.guild and u.user_id = g.who",
    ),
    step(
        "putting a pseudonym on recommendations",
        "update referrals r set user_id = case when r.user_id = g.who then g.alias else r.user_id end, \
           friend_id = case when r.friend_id = g.who then g.alias else r.friend_id end \
         from g where r.guild_id = g.guild and (r.user_id = g.who or r.friend_id = g.who)",
    ),
    step(
        "ending a request to be erased",
        "update privacy_requests r set user_id = g.alias, \
           decided_by = case when r.decided_by = g.who then g.alias else r.decided_by end, \
           reason = case when r.reason is not null then '—' end, \
           state = case when r.state = 'confirmed' then 'done' else r.state end, \
           done_at = case when r.state = 'confirmed' then g.at else r.done_at end, \
           look_at = case when r.state = 'confirmed' then g.at + interval '1 minute' else r.look_at end \
         from g where r.guild_id = g.guild and r.user_id = g.who",
    ),
    // The only row that knows him still: it goes once he was told (`tidy`).
    step(
        "having a member told that he is erased",
        "insert into outbox (guild_id, kind, recipient_id, due_at, created_at) \
         select g.guild, 'privacy_told', g.who, g.at, g.at from g",
    ),
];
