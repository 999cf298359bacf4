//! A member with something of his in nearly every table, and words that nobody else says.

use crate::support::db::{Database, run};
use crate::tickets::world::*;
use diesel::QueryableByName;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use shellia::commands::Raw;
use shellia::jobs::privacy;

/// The member who is erased.
pub const WHO: u64 = 987_654_321_012_345_678;
/// In all that he says, and in his name.
pub const WORD: &str = "Zebrawort";
/// In what the team notes about him.
pub const NOTE: &str = "Giraffennotiz";

pub fn zoe() -> Someone {
    member(WHO, WORD)
}

/// A world in which he opened a ticket, was answered and noted about, bought, took part and chose.
pub async fn world() -> World {
    let world = World::new().await;
    // Whoever asks first makes the guild, with its ranks.
    world.asks(&boss(), "help", &[]).await;
    crate::promotions::shop::fill(&world.database).await;
    let said = [("subject", t(WORD)), ("description", t(&format!("{WORD} hilft nicht")))];
    let id = number(&world.asks(&zoe(), "ticket_create", &said).await);
    world.asks(&paul(), "ticket_reply", &[("id", n(id)), ("message", t(&format!("Bonjour {WORD}")))]).await;
    world.asks(&paul(), "ticket_note", &[("id", n(id)), ("message", t(&format!("{NOTE} {WORD}")))]).await;
    world.asks(&zoe(), "ticket_reply", &[("id", n(id)), ("message", t(&format!("Merci {WORD}")))]).await;
    world.asks(&jean(), "ticket_create", &[("subject", t("Autre")), ("description", t("Affaire de Jean"))]).await;
    run(&mut world.database.owner().await, &seed()).await;
    world
}

fn seed() -> String {
    let who = WHO;
    format!(
        "insert into languages values (7, {who}, 'en') on conflict do nothing;
         insert into ticket_attachments (guild_id, ticket_number, message_id, opener_id, internal, file_name, content_type, size_bytes, state,
             bytes, created_at) select 7, ticket_number, id, {who}, false, '{WORD}.txt', 'text/plain', 9, 'stored', convert_to('{WORD}', 'utf8'),
             now() from ticket_messages where opener_id = {who} and kind = 'opening';
         insert into ticket_cards values (7, 1, 71, 72, now()) on conflict do nothing;
         insert into ticket_calls values (7, 1, {who}, 73, 74);
         insert into order_counters values (7, 900) on conflict (guild_id) do update set last_number = 900;
         insert into customers (guild_id, user_id, customer_id, create_key, created_at) values (7, {who}, 'cus_x', 'c1', now());
         insert into orders (guild_id, number, user_id, recipient_id, user_name, locale, request, kind, mode, product, variant, title, currency,
             list_minor, total_minor, paid_minor, state, reserved, checkout_key, checkout_url, created_at, paid_at, fulfilled_at, updated_at)
             values (7, 900, {who}, {who}, '{WORD}', 'fr', 'r900', 'product', 'payment', 'jeu', 'standard', 'Jeu', 'eur', 500, 500, 500,
             'fulfilled', false, 'k900', 'https://pay.example/{WORD}', now(), now(), now(), now());
         insert into deliveries (guild_id, order_number, user_id, kind, product, delivered_at) values (7, 900, {who}, 'key', 'jeu', now());
         insert into product_keys (guild_id, product, variant, secret, order_number, user_id, delivered_at, added_at)
             values (7, 'jeu', 'standard', 'SCHLUESSEL-1', 900, {who}, now(), now());
         insert into subscriptions (guild_id, id, user_id, customer_id, plan, period, state, currency, amount_minor, period_end, started_at,
             ended_at, updated_at) values (7, 'sub_x', {who}, 'cus_x', 'pro', 'month', 'canceled', 'eur', 999, now(), now(), now(), now());
         insert into subscription_changes (guild_id, user_id, subscription_id, request, kind, change_key, state, created_at, done_at)
             values (7, {who}, 'sub_x', 'r901', 'end', 'change-x', 'done', now(), now());
         insert into invoices (guild_id, id, user_id, subscription_id, currency, amount_minor, url, paid_at)
             values (7, 'in_x', {who}, 'sub_x', 'eur', 999, 'https://invoice.example/{WORD}', now());
         insert into entitlements (guild_id, user_id, kind, plan, source, source_key, starts_at, ends_at, reason, created_at, updated_at)
             values (7, {who}, 'plan', 'pro', 'grant', 'grant/x', now(), now(), '{WORD}', now(), now());
         insert into trials values (7, {who}, 900, 'finger', now());
         insert into refunds (guild_id, order_number, user_id, amount_minor, currency, reason, state, send_key, created_at, done_at)
             values (7, 900, {who}, 100, 'eur', '{WORD} klagt', 'done', 's900', now(), now());
         insert into reclaims (guild_id, order_number, user_id, subscription_id, customer_id, currency, amount_minor, state, send_key, created_at,
             done_at) values (7, 900, {who}, 'sub_x', 'cus_x', 'eur', 100, 'done', 's901', now(), now());
         insert into ledger (guild_id, txn, account, currency, amount_minor, order_number, customer_id, at) values
             (7, 'sale/900', 'provider', 'eur', 500, 900, {who}, now()), (7, 'sale/900', 'revenue', 'eur', -500, 900, {who}, now());
         insert into shop_audit (guild_id, actor_id, action, subject, new_value, at) values (7, 22, 'granted', '{who}', 'plan/pro {WORD}', now()),
             (7, 22, 'giveaway_given', 'giveaway/1', '{who}', now());
         insert into promotion_counters values (7, 90) on conflict (guild_id) do update set last_number = 90;
         insert into promotions (guild_id, number, kind, percent_hundredths, currency, target, starts_at, ends_at, made_by, reason, request, state,
             for_user, created_at, updated_at) values (7, 90, 'manual', 1000, 'eur', 'plans', now(), now() + interval '2 days', 22, 'été', 'r902',
             'active', {who}, now(), now());
         insert into promotion_uses values (7, 900, 90, {who}, 'used', 100, 'eur', now(), now());
         insert into credit_uses values (7, 900, {who}, 'used', 100, 'eur', now());
         insert into remembered_codes values (7, {who}, 90, now());
         insert into referral_codes values (7, {who}, 'ZEBRAWORT', now());
         insert into referrals (guild_id, user_id, friend_id, state, created_at, updated_at)
             values (7, {who}, 11, 'waiting', now(), now()), (7, 11, {who}, 'waiting', now(), now());
         insert into saved_views (guild_id, user_id, name, query) values (7, 22, 'Lui', 'opener={who}&state=open');
         insert into reminders values (7, {who}, now());
         insert into giveaway_counters values (7, 1);
         insert into giveaways (guild_id, number, host_id, request, channel_id, title, description, winners, prize, requirements, claim_hours,
             source, state, starts_at, ends_at, created_at, updated_at) values
             (7, 1, 22, 'r903', 50, 'Un jeu', '', 1, 'hand', '{{}}', 48, 'quicknet', 'open', now(), now() + interval '2 days', now(), now());
         insert into giveaway_entries values (7, 1, {who}, 1, now()), (7, 1, 11, 1, now());
         insert into panel_sessions (token_hash, user_id, name, locale, via, browser, made_at, seen_at, ends_at)
             values (sha256('a'), {who}, '{WORD}', 'fr', 'discord', 'Firefox', now(), now(), now() + interval '1 day');
         insert into panel_sign_ins (user_id, via, outcome, network, at) values ({who}, 'discord', 'in', '203.0.113.0/24', now());"
    )
}

/// Lets him ask, and an operator agree.
pub async fn agreed(world: &World) {
    let preview = world.asks(&zoe(), "privacy_erase", &[]).await;
    world.presses(&zoe(), &preview, "Demander l’effacement").await;
    let id = request(world).await;
    let confirmed = world.asks(&boss(), "privacy_confirm", &[("privacy_request", n(id))]).await;
    assert!(words(&confirmed).contains("confirmée"), "{confirmed:?}");
}

/// The number of his request.
pub async fn request(world: &World) -> i64 {
    world.database.count("select max(id) as n from privacy_requests where kind = 'erasure'").await
}

/// Lets the worker look, and the outbox tell.
pub async fn carried_out(world: &World) {
    privacy::look(&world.app).await.unwrap();
    run(
        &mut world.database.owner().await,
        "update outbox set state = 'done', outcome = 'dm', done_at = now() where kind = 'privacy_told'",
    )
    .await;
    // The team's own answers go within a day.
    run(&mut world.database.owner().await, "delete from answers").await;
    world.wait_hours(1);
    privacy::look(&world.app).await.unwrap();
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Every table that holds a text anywhere, in whatever type of column.
pub async fn tables_with(database: &Database, texts: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for table in crate::database::tables::all(database).await {
        let holds: Vec<String> = texts
            .iter()
            .map(|text| {
                let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
                format!("to_jsonb(t)::text ilike '%{text}%' or to_jsonb(t)::text ilike '%{hex}%'")
            })
            .collect();
        let query = format!("select '{table}' as name from {table} t where {} limit 1", holds.join(" or "));
        let rows: Vec<Name> = diesel::sql_query(query).load(&mut database.owner().await).await.unwrap();
        found.extend(rows.into_iter().map(|row| row.name));
    }
    found
}

/// Options of a call, for brevity.
pub fn days(kept: &str, days: i64) -> [(&'static str, Raw); 2] {
    [("kept", t(kept)), ("kept_days", n(days))]
}
