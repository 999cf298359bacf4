//! A gift is for who is there.

use super::world::*;
use crate::support::db::{count, run};
use async_trait::async_trait;
use shellia::commands::Raw;
use shellia::domain::shop::roles::{RoleKeeper, Unkept};
use shellia::kernel::{GuildId, RoleId, UserId};
use std::collections::HashSet;
use std::sync::{Arc, Mutex};

/// A guild that people leave.
#[derive(Debug, Default)]
struct Leaving {
    gone: Mutex<HashSet<UserId>>,
}

impl Leaving {
    fn set(&self, user: u64, gone: bool) {
        let user = UserId::new(user).unwrap();
        let mut all = self.gone.lock().unwrap();
        if gone {
            all.insert(user)
        } else {
            all.remove(&user)
        };
    }
}

#[async_trait]
impl RoleKeeper for Leaving {
    async fn held(&self, _: GuildId, user: UserId) -> Result<Vec<RoleId>, Unkept> {
        if self.gone.lock().unwrap().contains(&user) { Err(Unkept::Left) } else { Ok(Vec::new()) }
    }

    async fn manages(&self, _: GuildId, _: UserId, _: &[RoleId]) -> Result<bool, Unkept> {
        Ok(false)
    }

    async fn give(&self, _: GuildId, _: UserId, _: RoleId) -> Result<(), Unkept> {
        Ok(())
    }

    async fn take(&self, _: GuildId, _: UserId, _: RoleId) -> Result<(), Unkept> {
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_to_who_left_meanwhile_is_refused_before_its_checkout_opens() {
    let people = Arc::new(Leaving::default());
    let roles = people.clone();
    let world = World::with(move |app| app.roles = roles).await;
    let given = [("member", Raw::Member(someone(JEAN))), ("item", t("plan/pro/month"))];
    let offer = world.asks(MARIE, "gift", &given).await;
    people.set(JEAN, true);
    let refused = world.presses(MARIE, &offer, "J’accepte, payer").await;
    assert!(words(&refused).contains("Ce membre n’est plus sur le serveur"), "{refused:?}");
    assert_eq!(world.count("select count(*) as n from orders").await, 0);
    assert_eq!(world.provider.state.lock().unwrap().sessions.len(), 0);
    people.set(JEAN, false);
    let paying = world.presses(MARIE, &offer, "J’accepte, payer").await;
    assert!(words(&paying).contains("Payez sur la page sécurisée"), "{paying:?}");
    // He leaves before she comes back to pay.
    people.set(JEAN, true);
    let late = world.asks(MARIE, "order_pay", &[("order", n(1))]).await;
    assert!(words(&late).contains("Ce membre n’est plus sur le serveur"), "{late:?}");
    let canceled = world.presses(MARIE, &late, "Annuler la commande").await;
    assert!(words(&canceled).contains("Commande #1 annulée"), "{canceled:?}");
}

/// Her checkout was open when he left: nothing of what she pays waits for somebody who may never come back.
#[tokio::test(flavor = "multi_thread")]
async fn a_gift_that_is_paid_when_who_gets_it_has_left_is_given_back() {
    let people = Arc::new(Leaving::default());
    let roles = people.clone();
    let world = World::with(move |app| app.roles = roles).await;
    let given = [("member", Raw::Member(someone(JEAN))), ("item", t("plan/pro/month"))];
    let offer = world.asks(MARIE, "gift", &given).await;
    let paying = world.presses(MARIE, &offer, "J’accepte, payer").await;
    people.set(JEAN, true);
    assert!(world.provider.pay(0, true));
    let paid = world.presses(MARIE, &paying, "J’ai payé").await;
    assert!(words(&paid).contains("le membre avait quitté le serveur"), "{paid:?}");
    world.work().await;
    let stands = "select count(*) as n from orders where state = 'refunded' and problem = 'left' and refunded_minor = paid_minor \
                  and paid_minor > 0 and not reserved";
    assert_eq!(world.count(stands).await, 1);
    assert_eq!(world.count("select count(*) as n from entitlements").await, 0);
    let told = |kind: &str, who: u64| {
        format!("select count(*) as n from outbox where kind = '{kind}' and recipient_id = {who}")
    };
    assert_eq!(world.count(&told("order_trouble", MARIE)).await, 1);
    assert_eq!(world.count(&told("gift", JEAN)).await, 0);
}

/// What a transaction of Jean's counts.
async fn jean_counts(world: &World, query: &str) -> i64 {
    let mut login = world.database.login().await;
    let identity = format!(
        "begin; select set_config('role', 'maxis_member', true), set_config('app.guild_id', '{GUILD}', true), \
         set_config('app.user_id', '{JEAN}', true)"
    );
    run(&mut login, &identity).await;
    count(&mut login, query).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gets_a_gift_reads_what_it_is_once_it_is_paid_and_never_the_order() {
    let world = World::new().await;
    let given = [("member", Raw::Member(someone(JEAN))), ("item", t("plan/pro/month"))];
    let offer = world.asks(MARIE, "gift", &given).await;
    let paying = world.presses(MARIE, &offer, "J’accepte, payer").await;
    let said = words(&paying);
    assert!(said.contains("<@11> reçoit votre cadeau dès le paiement") && !said.contains("vous arrive"), "{said}");
    // It waits to be paid: there is nothing for him to see.
    let listed = words(&world.asks(JEAN, "orders", &[]).await);
    assert!(listed.contains("Vous n’avez pas encore de commande"), "{listed}");
    for command in ["order", "order_delivery", "order_help"] {
        let more = ("description", t("Où est-ce ?"));
        let given = [("order", n(1)), more];
        let given = if command == "order_help" { &given[..] } else { &given[..1] };
        let said = words(&world.asks(JEAN, command, given).await);
        assert!(said.contains("Aucune commande sous ce numéro"), "{command}: {said}");
    }
    assert!(world.provider.pay(0, true));
    world.presses(MARIE, &paying, "J’ai payé").await;
    world.work().await;
    assert_eq!(
        jean_counts(&world, "select count(*) as n from orders").await,
        0,
        "price, session and address of the checkout"
    );
    let delivered = "select count(*) as n from deliveries where giver_id = 10 and title = 'Pro' and period = 'month'";
    assert_eq!(jean_counts(&world, delivered).await, 1);
    let ticket = [("order", n(1)), ("description", t("Où est-ce ?"))];
    let helped = words(&world.asks(JEAN, "order_help", &ticket).await);
    assert!(helped.contains(r"Commande \#1 · Pro"), "{helped}");
    // The money goes back: he sees that it was taken back, and still no price.
    let refund = world.asks(BOSS, "refund", &[("order", n(1)), ("reason", t("Erreur"))]).await;
    world.presses(BOSS, &refund, "Rembourser").await;
    world.work().await;
    let seen = words(&world.asks(JEAN, "order", &[("order", n(1))]).await);
    assert!(seen.contains("Repris") && !seen.contains('€') && !seen.contains("Voir ma livraison"), "{seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn gifts_and_purchases_stand_in_one_list_by_their_numbers() {
    let world = World::new().await;
    for recipient in [None, Some(JEAN), None] {
        let (buyer, command) = if recipient.is_some() { (MARIE, "gift") } else { (JEAN, "buy") };
        let mut given = vec![("item", t("product/text/standard"))];
        given.extend(recipient.map(|user| ("member", Raw::Member(someone(user)))));
        let offer = world.asks(buyer, command, &given).await;
        let paying = world.presses(buyer, &offer, "J’accepte, payer").await;
        let at = world.provider.state.lock().unwrap().sessions.len() - 1;
        assert!(world.provider.pay(at, true));
        world.presses(buyer, &paying, "J’ai payé").await;
    }
    let listed = world.asks(JEAN, "orders", &[]).await;
    assert_eq!(labels(&listed), [" #3 Texte", " #2 Texte", " #1 Texte"], "{}", words(&listed));
    let older = world.asks(JEAN, "orders", &[("below", n(3))]).await;
    assert_eq!(labels(&older), [" #2 Texte", " #1 Texte"]);
    // A member of staff who looks for his orders sees them with the price, as everything of the shop.
    let found = words(&world.asks(BOSS, "order_find", &[("member", Raw::Id(JEAN))]).await);
    assert!(found.contains("**#2** Texte · 3,00"), "{found}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_that_costs_nothing_is_not_said_to_be_the_givers() {
    let world = World::new().await;
    let given = [("member", Raw::Member(someone(JEAN))), ("item", t("Guide"))];
    let done = words(&world.asks(MARIE, "gift", &given).await);
    assert!(done.contains("est remis à <@11>, sans rien payer") && !done.contains("est à vous"), "{done}");
}

/// Discord shows a link without a colour: a coloured button beside it would be the main one.
#[tokio::test(flavor = "multi_thread")]
async fn of_the_buttons_under_a_checkout_paying_is_the_main_one() {
    use shellia::kernel::reply::Style;
    let world = World::new().await;
    let paying = world.buys(MARIE, "product/text/standard").await;
    assert_eq!(labels(&paying), ["💳 Payer", "🔄 J’ai payé", "✖️ Annuler la commande"]);
    assert!(paying.buttons[0].link.is_some(), "{:?}", paying.buttons[0]);
    assert!(paying.buttons.iter().all(|button| button.style == Style::Secondary));
}

#[tokio::test(flavor = "multi_thread")]
async fn gifts_that_cost_nothing_come_once_to_each_and_not_without_end() {
    let world = World::new().await;
    let gift = |to: u64| [("member", Raw::Member(someone(to))), ("item", t("Guide"))];
    let gives = async |to: u64| words(&world.asks(MARIE, "gift", &gift(to)).await);
    assert!(gives(JEAN).await.contains("est remis à <@11>"));
    let again = gives(JEAN).await;
    assert!(again.contains("Ce membre a déjà ce que vous voulez lui offrir"), "{again}");
    let told = format!("select count(*) as n from outbox where kind = 'gift' and recipient_id = {JEAN}");
    assert_eq!(world.count(&told).await, 1, "one message");
    for to in 31..35 {
        assert!(gives(to).await.contains("est remis"), "{to}");
    }
    let enough = gives(35).await;
    assert!(enough.contains("5 articles gratuits en 24 heures"), "{enough}");
    // What costs something may be given still, what she takes for herself is no gift, and tomorrow is another day.
    let paid = [("member", Raw::Member(someone(35))), ("item", t("product/text/standard"))];
    assert!(labels(&world.asks(MARIE, "gift", &paid).await).iter().any(|label| label.contains("J’accepte")));
    assert!(words(&world.asks(MARIE, "buy", &[("item", t("Guide"))]).await).contains("est à vous"));
    world.wait_hours(25);
    assert!(gives(35).await.contains("est remis"));
    // What was taken back from him he may be given again.
    let taken = format!("update deliveries set revoked_at = now() where user_id = {JEAN}");
    run(&mut world.database.owner().await, &taken).await;
    assert!(gives(JEAN).await.contains("est remis à <@11>"));
}

/// He has a higher plan: the giver is asked whether he is sure, and told no more than that it would bring nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_gift_of_a_smaller_plan_than_he_has_is_asked_about_before_it_is_paid() {
    let world = World::new().await;
    let given = [("member", Raw::Member(someone(JEAN))), ("item", t("plan/pro/month"))];
    let offer = words(&world.asks(MARIE, "gift", &given).await);
    assert!(!offer.contains("n’apporterait rien"), "{offer}");
    let has = "insert into entitlements (guild_id, user_id, kind, plan, source, source_key, starts_at, ends_at, created_at, updated_at) \
               values (7, 11, 'plan', 'ultra', 'subscription', 'sub/x', now() - interval '1 day', now() + interval '20 days', now(), now())";
    crate::support::db::run(&mut world.database.owner().await, has).await;
    let offer = world.asks(MARIE, "gift", &given).await;
    let text = words(&offer);
    assert!(text.contains("ce cadeau n’apporterait rien à ce membre") && !text.contains("Ultra"), "{text}");
    let paying = world.presses(MARIE, &offer, "J’accepte, payer").await;
    assert!(words(&paying).contains("Payez sur la page sécurisée"), "{paying:?}");
    // Her own purchase says nothing of it.
    let own = words(&world.asks(JEAN, "buy", &[("item", t("product/text/standard"))]).await);
    assert!(!own.contains("n’apporterait rien"), "{own}");
}

/// Who has a higher plan by a gift, a grant or a prize is asked before he pays for a smaller one.
#[tokio::test(flavor = "multi_thread")]
async fn a_smaller_plan_than_the_one_he_has_is_asked_about_before_it_is_paid() {
    const NOTE: &str = "Vous avez déjà une formule au moins aussi élevée";
    let world = World::new().await;
    let buying = [("item", t("plan/pro/month"))];
    assert!(!words(&world.asks(JEAN, "buy", &buying).await).contains(NOTE));
    let has = "insert into entitlements (guild_id, user_id, kind, plan, source, source_key, starts_at, ends_at, created_at, updated_at) \
               values (7, 11, 'plan', 'ultra', 'grant', 'grant/x', now() - interval '1 day', now() + interval '20 days', now(), now())";
    run(&mut world.database.owner().await, has).await;
    let offer = world.asks(JEAN, "buy", &buying).await;
    assert!(words(&offer).contains(NOTE), "{}", words(&offer));
    let paying = world.presses(JEAN, &offer, "J’accepte, payer").await;
    assert!(words(&paying).contains("Payez sur la page sécurisée"), "{paying:?}");
    assert!(!words(&world.asks(MARIE, "buy", &buying).await).contains(NOTE), "it is his, not hers");
    // A higher one than he has is worth its price.
    let lower = "update entitlements set plan = 'pro'";
    run(&mut world.database.owner().await, lower).await;
    let offer = words(&world.asks(JEAN, "buy", &[("item", t("plan/ultra/year"))]).await);
    assert!(!offer.contains(NOTE), "{offer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_of_a_role_that_his_plan_gives_is_asked_about_before_it_is_paid() {
    let world = World::new().await;
    let given = [("member", Raw::Member(someone(JEAN))), ("item", t("product/role/standard"))];
    let has = "update plans set role_id = (select role_id from products where code = 'role'); \
               insert into entitlements (guild_id, user_id, kind, plan, source, source_key, starts_at, ends_at, created_at, updated_at) \
               values (7, 11, 'plan', 'pro', 'subscription', 'sub/x', now() - interval '1 day', now() + interval '20 days', now(), now())";
    run(&mut world.database.owner().await, has).await;
    let text = words(&world.asks(MARIE, "gift", &given).await);
    assert!(text.contains("La formule de ce membre lui donne déjà ce rôle"), "{text}");
    let own = words(&world.asks(MARIE, "buy", &[("item", t("product/role/standard"))]).await);
    assert!(!own.contains("donne déjà ce rôle"), "the plan is his, not hers: {own}");
}

/// What somebody was given is no purchase of his: staff who look at his orders see who paid, and its buyer whom it is for.
#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_orders_says_of_a_gift_from_whom_and_for_whom() {
    let world = World::new().await;
    let given = [("member", Raw::Member(someone(JEAN))), ("item", t("product/text/standard"))];
    let offer = world.asks(MARIE, "gift", &given).await;
    let paying = world.presses(MARIE, &offer, "J’accepte, payer").await;
    assert!(world.provider.pay(0, true));
    world.presses(MARIE, &paying, "J’ai payé").await;
    world.owns(JEAN, "product/role/standard").await;
    let jeans = words(&world.asks(PAUL, "order_find", &[("member", Raw::Id(JEAN))]).await);
    let lines: Vec<&str> = jeans.lines().filter(|line| line.starts_with("**#")).collect();
    assert!(lines[1].contains("3,00\u{A0}€ · 🎁 <@10> → <@11> · "), "{jeans}");
    assert!(lines[0].contains("**#2** ") && !lines[0].contains('🎁'), "{jeans}");
    let maries = words(&world.asks(MARIE, "orders", &[]).await);
    assert!(maries.contains("3,00\u{A0}€ · 🎁 <@10> → <@11> · "), "{maries}");
}
