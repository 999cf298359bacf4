//! Every table is shut: policies on and forced, and nothing visible without an identity.

use crate::support::db::{Database, count};
use diesel::QueryableByName;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Every table of ours, by the catalogue.
pub async fn all(database: &Database) -> Vec<String> {
    let rows: Vec<Name> = diesel::sql_query(
        "select c.relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace \
         where n.nspname not in ('pg_catalog', 'information_schema') and c.relkind in ('r', 'p', 'm') \
           and n.nspname not like 'pg_toast%' and c.relname <> '__diesel_schema_migrations' order by 1",
    )
    .load(&mut database.owner().await)
    .await
    .unwrap();
    rows.into_iter().map(|row| row.name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_has_forced_policies() {
    let database = Database::fresh().await;
    let tables = all(&database).await;
    assert!(tables.len() >= 12, "{tables:?}");
    for table in tables {
        let forced = format!(
            "select count(*) as n from pg_class c where c.oid = '{table}'::regclass and c.relrowsecurity \
             and c.relforcerowsecurity and exists (select from pg_policy p where p.polrelid = c.oid)"
        );
        assert_eq!(database.count(&forced).await, 1, "{table}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_policy_asks_per_row_who_acts() {
    let database = Database::fresh().await;
    // A bare app.guild_id() in a policy is evaluated for each row; (select app.guild_id()) once for a query.
    let bare = "select count(*) as n from pg_policies where \
                regexp_replace(coalesce(qual, '') || ' ' || coalesce(with_check, ''), 'SELECT app\\.[a-z_]+\\(\\)', '', 'g') ~ 'app\\.'";
    assert_eq!(database.count(bare).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_identity_every_table_is_empty() {
    let database = Database::fresh().await;
    crate::support::db::run(&mut database.owner().await, super::tables::SEED).await;
    let mut login = database.login().await;
    for table in all(&database).await {
        assert!(database.count(&format!("select count(*) as n from {table}")).await > 0, "{table} has a row to hide");
        // The general grant of answers is of one column, asked below; words are their owner's alone.
        if table == "answers" || table == "ticket_words" {
            continue;
        }
        assert_eq!(count(&mut login, &format!("select count(*) as n from {table}")).await, 0, "{table}");
    }
    assert_eq!(count(&mut login, "select count(created_at) as n from answers").await, 0);
}

/// A row in every table.
pub const SEED: &str = "
    insert into guilds (guild_id, created_at, updated_at) values (7, now(), now());
    insert into staff_roles values (7, 70, 'support');
    insert into category_agents values (7, 'billing', 6);
    insert into languages values (7, 5, 'en');
    insert into ticket_counters values (7, 1);
    insert into tickets (guild_id, number, opener_id, opener_name, opener_locale, subject, category, priority, state,
        created_at, updated_at, sla_due_at) values (7, 1, 5, 'Marie', 'fr', 'Aide', 'general', 'low', 'open', now(), now(), now());
    insert into ticket_messages (guild_id, ticket_number, opener_id, author_id, author_name, kind, from_staff, body, created_at)
        values (7, 1, 5, 5, 'Marie', 'opening', false, 'Bonjour', now());
    insert into ticket_attachments (guild_id, ticket_number, message_id, opener_id, internal, file_name, content_type, size_bytes,
        state, created_at) select 7, 1, id, 5, false, 'a.png', 'image/png', 1, 'pending', now() from ticket_messages;
    insert into ticket_audit (guild_id, ticket_number, actor_id, action, at) values (7, 1, 5, 'created', now());
    insert into outbox (guild_id, kind, ticket_number, due_at, created_at) values (7, 'card', 1, now(), now());
    insert into ticket_cards values (7, 1, 71, 72, now());
    insert into ticket_calls values (7, 1, 5, 73, 74);
    insert into events (guild_id, kind, ticket_number, actor_id, at) values (7, 'ticket_created', 1, 5, now());
    insert into answers values (7, 5, 'r1', '{}', now());
    insert into shops (guild_id, updated_at) values (7, now());
    insert into plans (guild_id, code, name, created_at, updated_at) values (7, 'pro', 'Pro', now(), now());
    insert into products (guild_id, code, name, kind, created_at, updated_at) values (7, 'jeu', 'Jeu', 'key', now(), now());
    insert into product_contents (guild_id, product, body, updated_at) values (7, 'jeu', 'Merci', now());
    insert into variants (guild_id, product, code, name) values (7, 'jeu', 'standard', 'Standard');
    insert into prices values (7, 'product/jeu/standard', 'eur', 500, now());
    insert into price_history (guild_id, item, currency, amount_minor, since) values (7, 'product/jeu/standard', 'eur', 500, now());
    insert into product_keys (guild_id, product, variant, secret, added_at) values (7, 'jeu', 'standard', 'AAAA', now());
    insert into order_counters values (7, 1);
    insert into customers (guild_id, user_id, create_key, created_at) values (7, 5, 'c1', now());
    insert into orders (guild_id, number, user_id, recipient_id, user_name, locale, request, kind, mode, product, variant, title,
        currency, list_minor, total_minor, state, reserved, checkout_key, created_at, paid_at, updated_at)
        values (7, 1, 5, 5, 'Marie', 'fr', 'r2', 'product', 'payment', 'jeu', 'standard', 'Jeu', 'eur', 500, 500, 'fulfilled',
        false, 'k1', now(), now(), now());
    insert into staff_posts values (7, 1, 73, 75);
    insert into subscriptions (guild_id, id, user_id, plan, period, state, currency, amount_minor, period_end, started_at,
        updated_at) values (7, 'sub_1', 5, 'pro', 'month', 'active', 'eur', 999, now(), now(), now());
    insert into subscription_changes (guild_id, user_id, subscription_id, request, kind, change_key, created_at)
        values (7, 5, 'sub_1', 'r3', 'end', 'change-1', now());
    insert into entitlements (guild_id, user_id, kind, plan, source, source_key, starts_at, created_at, updated_at)
        values (7, 5, 'plan', 'pro', 'grant', 'grant/1', now(), now(), now());
    insert into trials values (7, 5, 1, null, now());
    insert into granted_roles values (7, 5, 70, 'given', now(), now());
    insert into role_alerts values (7, 70, 'gone', now());
    insert into deliveries (guild_id, order_number, user_id, kind, product, delivered_at) values (7, 1, 5, 'key', 'jeu', now());
    insert into invoices (guild_id, id, user_id, currency, amount_minor, paid_at) values (7, 'in_1', 5, 'eur', 999, now());
    insert into refunds (guild_id, order_number, user_id, amount_minor, currency, reason, state, send_key, created_at)
        values (7, 1, 5, 100, 'eur', 'geste', 'requested', 's1', now());
    insert into reclaims (guild_id, order_number, user_id, subscription_id, customer_id, currency, amount_minor, send_key, created_at)
        values (7, 1, 5, 'sub_1', 'cus_1', 'eur', 100, 's2', now());
    insert into ledger (guild_id, txn, account, currency, amount_minor, at) values
        (7, 'sale/1', 'provider', 'eur', 500, now()), (7, 'sale/1', 'revenue', 'eur', -500, now());
    insert into provider_events values ('evt_1', 'checkout.session.completed', 'cs_1', true, now(), now());
    insert into provider_marks values ('events', now());
    insert into payment_tasks (kind, object, due_at, created_at) values ('session', 'cs_1', now(), now());
    insert into shop_audit (guild_id, actor_id, action, subject, at) values (7, 6, 'product_added', 'jeu', now());
    insert into promotion_counters values (7, 1);
    insert into promotions (guild_id, number, kind, percent_hundredths, currency, target, starts_at, ends_at, made_by, reason,
        request, state, created_at, updated_at)
        values (7, 1, 'manual', 2000, 'eur', 'plans', now(), now() + interval '2 days', 6, 'été', 'r3', 'active', now(), now());
    insert into promotion_uses values (7, 1, 1, 5, 'used', 100, 'eur', now(), now());
    insert into remembered_codes values (7, 5, 1, now());
    insert into referral_codes values (7, 5, 'MARIE', now());
    insert into referrals (guild_id, user_id, friend_id, state, created_at, updated_at) values (7, 5, 8, 'waiting', now(), now());
    insert into reminders values (7, 5, now());
    insert into credit_uses values (7, 1, 5, 'used', 100, 'eur', now());
    insert into mrr_changes (guild_id, subscription_id, at, currency, before_minor, after_minor, kind)
        values (7, 'sub_1', now(), 'eur', 0, 999, 'new');
    insert into giveaway_counters values (7, 1);
    insert into giveaways (guild_id, number, host_id, request, channel_id, title, description, winners, prize, requirements,
        claim_hours, source, state, starts_at, ends_at, created_at, updated_at)
        values (7, 1, 6, 'r4', 50, 'Un jeu', '', 1, 'hand', '{}', 48, 'quicknet', 'open', now(), now() + interval '2 days', now(), now());
    insert into giveaway_secrets values (7, 1, repeat('ab', 32), null);
    insert into giveaway_entries values (7, 1, 5, 1, now());
    insert into giveaway_places (guild_id, giveaway, rank, place, user_id, state, created_at, updated_at)
        values (7, 1, 1, 1, 5, 'pending', now(), now());
    insert into giveaway_repeats values (7, 1, 4, 1080, 'Europe/Paris', 3600, now(), 6, now());
    insert into milestone_watches (guild_id, channel_id, set_by, members, peak, seen_at, look_at, created_at, updated_at)
        values (7, 50, 6, 40, 60, now(), now() + interval '1 year', now(), now());
    insert into milestones (guild_id, members, reward, hours, winners, created_at, updated_at) values (7, 100, '1 000', 72, 3, now(), now());
    insert into giveaway_requests values (7, 'k1', repeat('ab', 32), 1, 6, now());
    insert into agent_switch (guild_id) values (7);
    insert into agent_plans (guild_id, number, key, asked, wanted, effect, digest, tier, approvals_needed, state, made_by, made_at,
        expires_at) values (7, 1, 'k1', repeat('ab', 32), '{}', '{}', repeat('ab', 32), 'one', 1, 'waiting', 6, now(), now() + interval '10 minutes');
    insert into agent_approvals values (7, 1, 6, now());
    insert into agent_audit (guild_id, at, actor_id, action, plan, words) values (7, now(), 6, 'planned', 1, '');
    insert into panel_sessions (token_hash, user_id, name, locale, via, browser, made_at, seen_at, ends_at)
        values (sha256('a'), 5, 'Marie', 'fr', 'discord', 'Firefox', now(), now(), now() + interval '1 day');
    insert into panel_links (token_hash, guild_id, user_id, made_at, ends_at) values (sha256('b'), 7, 6, now(), now() + interval '15 minutes');
    insert into panel_sign_ins (user_id, via, outcome, network, at) values (5, 'discord', 'in', '203.0.113.0/24', now());
    insert into canned_replies (guild_id, title, body, made_by, updated_at) values (7, 'Merci', 'Bonjour', 6, now());
    insert into saved_views (guild_id, user_id, name, query) values (7, 6, 'Urgent', 'priority=critical');
    insert into privacy_requests (guild_id, user_id, kind, state, locale, asked_at, due_at)
        values (7, 5, 'erasure', 'asked', 'fr', now(), now() + interval '30 days');
    insert into retention values (7, 'tickets', 365, 6, now());
    insert into giveaway_log values (7, 1, 0, 0, 0, jsonb_build_object('drawn', jsonb_build_object('winners', array[1])), '', repeat('ab', 32));";
