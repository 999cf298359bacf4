//! An erasure leaves nothing but what it says, is done once, and the books stay as they were.

use super::life::*;
use crate::support::db::run;
use crate::tickets::world::*;
use diesel::sql_types::BigInt;
use shellia::domain::privacy::{self as domain, Carried};

use shellia::domain::tickets::{Category, DisplayName, NewTicket, Priority, service};
use shellia::jobs::privacy;
use shellia::kernel::text::{Body, Line};
use shellia::kernel::{Actor, ChannelId, Locale, MessageId, System};
use std::time::Duration;

const BOOKS: &str = "select (hashtextextended((select string_agg(concat_ws('/', txn, account, amount_minor, at), ',' order by txn, account) from ledger), 0) / 16 \
    + hashtextextended((select string_agg(q::text, ',' order by id) from quarter_sums q), 0) / 16 \
    + hashtextextended((select string_agg(q::text, ',' order by id) from quarter_sales q), 0) / 16 \
    + hashtextextended((select string_agg(concat_ws('/', number, total_minor, paid_minor, refunded_minor, state), ',' order by number) from orders), 0) / 16) as n";

#[tokio::test(flavor = "multi_thread")]
async fn afterwards_nothing_names_him_or_holds_his_words() {
    let world = world().await;
    let id = WHO.to_string();
    let before = tables_with(&world.database, &[&id, WORD, NOTE]).await;
    assert!(before.len() >= 30, "{before:?}");
    agreed(&world).await;
    carried_out(&world).await;
    assert_eq!(tables_with(&world.database, &[&id, WORD, NOTE]).await, Vec::<String>::new());
    // What others said and did is there.
    assert_eq!(tables_with(&world.database, &["Affaire de Jean"]).await, ["ticket_messages"]);
    assert_eq!(world.database.count("select count(*) as n from giveaway_entries").await, 1);
    assert_eq!(world.database.count("select sum(entries)::bigint as n from giveaway_crowds").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_books_are_the_same_to_the_cent_under_one_pseudonym() {
    let world = world().await;
    let stats = words(&world.asks(&boss(), "stats", &[]).await);
    let books = world.database.count(BOOKS).await;
    agreed(&world).await;
    carried_out(&world).await;
    assert_eq!(world.database.count(BOOKS).await, books);
    assert_eq!(words(&world.asks(&boss(), "stats", &[]).await), stats);
    let aliases = "select count(distinct a) as n from (select user_id a from orders where number = 900 union select customer_id from ledger \
                   where order_number = 900 union select user_id from invoices union select user_id from product_keys where order_number = 900) x";
    assert_eq!(world.database.count(aliases).await, 1);
    let least = "select min(user_id) as n from orders where number = 900";
    assert!(world.database.count(least).await >= 9_000_000_000_000_000_000);
    let balance = "select coalesce(sum(amount_minor), 0)::bigint as n from ledger";
    assert_eq!(world.database.count(balance).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_killed_in_the_middle_has_done_nothing_and_it_is_done_once() {
    let world = world().await;
    agreed(&world).await;
    let (id, texts) = (request(&world).await, [WORD]);
    let before = tables_with(&world.database, &texts).await;
    let of = Actor::system_in(System::Privacy, guild(GUILD));
    let mut tx = world.app.db.begin(&of).await.unwrap();
    let carried = domain::carry_out(&mut tx, (guild(GUILD), id), 1, world.app.clock.now()).await.unwrap();
    assert_eq!(carried, Carried::Done(user(WHO)));
    drop(tx);
    assert_eq!(tables_with(&world.database, &texts).await, before);
    // Several processes look at once.
    let looks = (0..4).map(|_| {
        let app = world.app.clone();
        tokio::spawn(async move { privacy::look(&app).await.unwrap() })
    });
    for look in looks {
        look.await.unwrap();
    }
    assert_eq!(world.database.count("select count(*) as n from outbox where kind = 'privacy_told'").await, 1);
    assert_eq!(world.database.count("select count(*) as n from privacy_requests where state = 'done'").await, 1);
    let again = world.asks(&boss(), "privacy_confirm", &[("privacy_request", n(id))]).await;
    assert!(words(&again).contains("déjà traitée"), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_he_holds_ends_first_and_roles_are_waited_for_a_day() {
    let world = world().await;
    run(
        &mut world.database.owner().await,
        &format!(
            "update entitlements set ends_at = null where user_id = {WHO};
             insert into granted_roles values (7, {WHO}, 70, 'given', now(), now());"
        ),
    )
    .await;
    agreed(&world).await;
    privacy::look(&world.app).await.unwrap();
    let waits = "select count(*) as n from privacy_requests where state = 'confirmed'";
    assert_eq!(world.database.count(waits).await, 1);
    let roles = format!("select count(*) as n from outbox where kind = 'roles' and recipient_id = {WHO}");
    assert_eq!(world.database.count(&roles).await, 1);
    assert_eq!(world.database.count("select count(*) as n from entitlements where revoked_at is null").await, 0);
    world.wait_hours(25);
    carried_out(&world).await;
    assert_eq!(tables_with(&world.database, &[&WHO.to_string()]).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_in_the_way_after_the_decision_brings_it_back_to_who_decides() {
    let world = world().await;
    agreed(&world).await;
    let owner = &mut world.database.owner().await;
    run(owner, "delete from outbox").await;
    run(owner, &format!("update subscriptions set state = 'active', ended_at = null where user_id = {WHO}")).await;
    privacy::look(&world.app).await.unwrap();
    let waits =
        "select count(*) as n from privacy_requests where state = 'asked' and decided_by is null and look_at is null";
    assert_eq!(world.database.count(waits).await, 1);
    assert_eq!(world.database.count("select count(*) as n from outbox where kind = 'privacy_asked'").await, 1);
    run(owner, &format!("update subscriptions set state = 'canceled', ended_at = now() where user_id = {WHO}")).await;
    world.wait_hours(2);
    privacy::look(&world.app).await.unwrap();
    assert_eq!(world.database.count(waits).await, 1, "nobody agreed to it again");
    let id = request(&world).await;
    world.asks(&boss(), "privacy_confirm", &[("privacy_request", n(id))]).await;
    privacy::look(&world.app).await.unwrap();
    world.wait_hours(25);
    privacy::look(&world.app).await.unwrap();
    assert_eq!(world.database.count("select count(*) as n from privacy_requests where state = 'done'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn between_the_decision_and_the_end_nothing_of_his_begins() {
    let world = world().await;
    agreed(&world).await;
    let said = [("subject", t("Neu")), ("description", t("Noch etwas"))];
    let told = world.asks(&zoe(), "ticket_create", &said).await;
    assert!(words(&told).contains("en cours d’effacement"), "{told:?}");
    let told = world.asks(&zoe(), "giveaway_enter", &[("giveaway", n(1))]).await;
    let entries = format!("select count(*) as n from giveaway_entries where user_id = {WHO}");
    assert_eq!(world.database.count(&entries).await, 1, "{told:?}");
    let places = async |buyer: u64, recipient: u64| {
        let mut tx = world.app.db.begin(&Actor::system_in(System::Payments, guild(GUILD))).await.unwrap();
        let order = shellia::db::sql(
            "insert into orders (guild_id, number, user_id, recipient_id, user_name, locale, request, kind, mode, product, variant, title, \
               currency, list_minor, total_minor, state, reserved, checkout_key, created_at, updated_at) values (7, 950, ?, ?, 'X', 'fr', 'r950', \
               'product', 'payment', 'jeu', 'standard', 'Jeu', 'eur', 500, 500, 'pending', false, 'k950', now(), now())",
        )
        .bind::<BigInt, _>(user(buyer).as_i64())
        .bind::<BigInt, _>(user(recipient).as_i64());
        let placed = tx.execute("placing", order).await;
        tx.rollback().await.unwrap();
        placed.map_err(|error| format!("{error:?}"))
    };
    assert!(places(WHO, WHO).await.unwrap_err().contains("error-privacy-underway"));
    assert!(places(11, WHO).await.unwrap_err().contains("error-privacy-recipient"));
    assert_eq!(places(11, 11).await, Ok(1));
    let given = [("member", shellia::commands::Raw::Id(WHO)), ("given_plan", t("pro")), ("reason", t("Geste"))];
    let told = world.asks(&boss(), "grant", &given).await;
    assert!(words(&told).contains("effacement de ce membre est confirmé"), "{told:?}");
    carried_out(&world).await;
    assert!(words(&world.asks(&zoe(), "ticket_create", &said).await).contains("Neu"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_under_way_ends_before_it_is_carried_out() {
    let world = world().await;
    // Begun before it was agreed to, and committed in the middle of it.
    let mut tx = world.app.db.begin(&Actor::member(guild(GUILD), user(WHO))).await.unwrap();
    let opens = NewTicket {
        guild: guild(GUILD),
        opener: user(WHO),
        opener_name: DisplayName::new(WORD),
        opener_locale: Locale::Fr,
        subject: Line::parse(WORD).unwrap(),
        description: Body::parse(WORD).unwrap(),
        category: Category::General,
        priority: Priority::Low,
        files: Vec::new(),
    };
    service::create(&mut tx, opens, &world.app.tickets, world.app.clock.now()).await.unwrap();
    agreed(&world).await;
    let carried = tokio::spawn({
        let app = world.app.clone();
        async move { privacy::look(&app).await }
    });
    // It waits for the lock.
    let waiting = "select count(*) as n from pg_locks where locktype = 'advisory' and not granted";
    while world.database.count(waiting).await == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    tx.commit().await.unwrap();
    carried.await.unwrap().unwrap();
    carried_out(&world).await;
    assert_eq!(tables_with(&world.database, &[WORD, &WHO.to_string()]).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draw_keeps_its_entries_so_that_it_can_be_checked() {
    let world = world().await;
    let ended = "update giveaways set state = 'done', ended_at = now(), root = repeat('ab', 32), commitment = repeat('ab', 32), entries = 2";
    run(&mut world.database.owner().await, ended).await;
    agreed(&world).await;
    carried_out(&world).await;
    assert_eq!(tables_with(&world.database, &[&WHO.to_string(), WORD]).await, ["giveaway_entries"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_prize_no_message_and_no_decision_of_his_leads_to_the_pseudonym() {
    let world = world().await;
    run(
        &mut world.database.owner().await,
        &format!(
            "update giveaways set state = 'done', ended_at = now(), root = repeat('ab', 32), commitment = repeat('ab', 32), entries = 2;
             insert into giveaway_places (guild_id, giveaway, rank, place, user_id, state, order_number, created_at, updated_at)
                 values (7, 1, 5, 1, {WHO}, 'delivered', 900, now(), now());
             update orders set request = 'prize/1/5' where number = 900;
             update promotions set request = 'prize/1/5' where number = 90;
             update entitlements set source = 'prize', source_key = 'prize/1/5/plan' where user_id = {WHO};
             insert into shop_audit (guild_id, actor_id, action, subject, order_number, at) values (7, {WHO}, 'sale', 'Jeu', 900, now());"
        ),
    )
    .await;
    agreed(&world).await;
    // As if he were one of the team and had agreed himself.
    run(
        &mut world.database.owner().await,
        &format!(
            "update privacy_requests set decided_by = {WHO};
             update shop_audit set actor_id = {WHO} where action = 'erasure_confirmed';"
        ),
    )
    .await;
    carried_out(&world).await;
    let id = WHO.to_string();
    assert_eq!(tables_with(&world.database, &[&id]).await, ["giveaway_entries", "giveaway_places"]);
    assert_eq!(tables_with(&world.database, &["prize/1/5", "\"r901\"", "r902"]).await, Vec::<String>::new());
    let led = "select count(*) as n from giveaway_places where order_number is not null";
    assert_eq!(world.database.count(led).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_fails_holds_up_nobody() {
    let world = world().await;
    agreed(&world).await;
    let jeans = world.asks(&jean(), "privacy_ask", &[]).await;
    assert!(words(&jeans).contains("Demande envoyée"), "{jeans:?}");
    let id = request(&world).await;
    world.asks(&boss(), "privacy_confirm", &[("privacy_request", n(id))]).await;
    run(
        &mut world.database.owner().await,
        &format!(
            "create function fails() returns trigger language plpgsql as $$ begin raise exception 'as a test wants it'; end $$;
             create trigger fails before delete on languages for each row when (old.user_id = {WHO}) execute function fails();
             update privacy_requests set look_at = look_at - interval '1 hour' where user_id = {WHO};"
        ),
    )
    .await;
    world.wait_hours(1);
    privacy::look(&world.app).await.unwrap();
    assert!(tables_with(&world.database, &[WORD]).await.contains(&"ticket_messages".to_owned()));
    let done = format!("select count(*) as n from privacy_requests where id = {id} and state = 'done'");
    assert_eq!(world.database.count(&done).await, 1);
    run(&mut world.database.owner().await, "drop function fails() cascade").await;
    carried_out(&world).await;
    world.wait_hours(1);
    privacy::look(&world.app).await.unwrap();
    assert!(!tables_with(&world.database, &[WORD]).await.contains(&"ticket_messages".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_back_is_a_new_person() {
    let world = world().await;
    agreed(&world).await;
    carried_out(&world).await;
    let reply = world.asks(&zoe(), "ticket_create", &[("subject", t("Neu")), ("description", t("Wieder da"))]).await;
    let id = number(&reply);
    assert!(words(&world.asks(&zoe(), "ticket_view", &[("id", n(id))]).await).contains("Wieder da"));
    let old = words(&world.asks(&zoe(), "ticket_view", &[("id", n(1))]).await);
    assert!(!old.contains("effacé"), "{old}");
    let again = world.asks(&zoe(), "privacy_ask", &[]).await;
    assert!(words(&again).contains("Demande envoyée"), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_duty_reaches_no_other_guild() {
    let world = world().await;
    let mut tx = world.app.db.begin(&Actor::system_in(System::Privacy, guild(ELSEWHERE))).await.unwrap();
    let touched = tx.execute("trying", shellia::db::sql("update tickets set subject = 'x'")).await.unwrap();
    let sessions = tx.execute("trying", shellia::db::sql("delete from ticket_messages")).await.unwrap();
    assert_eq!((touched, sessions), (0, 0));
    tx.rollback().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_about_his_order_that_is_posted_meanwhile_goes_at_once() {
    let world = world().await;
    let posted = async |message| {
        let mut tx = world.app.db.begin(&Actor::system_in(System::Payments, guild(GUILD))).await.unwrap();
        let place = (ChannelId::new(50).unwrap(), MessageId::new(message).unwrap());
        domain::keep_post(&mut tx, (guild(GUILD), 900), place, world.app.clock.now());
        tx.commit().await.unwrap();
    };
    let removed = "select coalesce(sum(posted_message_id), 0)::bigint as n from outbox where kind = 'removal' and posted_channel_id = 50";
    posted(801).await;
    assert_eq!(world.database.count(removed).await, 0);
    agreed(&world).await;
    carried_out(&world).await;
    assert_eq!(world.database.count(removed).await, 801);
    posted(802).await;
    assert_eq!(world.database.count(removed).await, 1603);
    assert_eq!(world.database.count("select count(*) as n from staff_posts").await, 0);
}
