//! Faults that were found by trying the shop: stock out of nothing, gaps, goods held twice, amounts in another's language.

use super::world::*;
use crate::payments::provider::Fault;
use shellia::commands::Raw;

impl World {
    async fn stock(&self, left: &str) {
        let how = if left == "unlimited" { ("unlimited", t("yes")) } else { ("stock", n(left.parse().unwrap())) };
        self.asks(BOSS, "product_stock", &[("product", t("role")), how]).await;
    }

    async fn left(&self) -> i64 {
        self.count("select stock::bigint as n from variants where product = 'role'").await
    }

    async fn cancels(&self, who: u64, order: i64) {
        let said = words(&self.asks(who, "order_cancel", &[("order", n(order))]).await);
        assert_eq!(
            self.count(&format!("select count(*) as n from orders where number = {order} and state = 'canceled'"))
                .await,
            1,
            "{said}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stock_gets_back_what_was_counted_off_it_and_nothing_else() {
    let world = World::new().await;
    world.stock("unlimited").await;
    world.buys(MARIE, "product/role/standard").await;
    world.stock("1").await;
    world.cancels(MARIE, 1).await;
    assert_eq!(world.left().await, 1, "nothing was counted off");
    world.buys(MARIE, "product/role/standard").await;
    assert_eq!(world.left().await, 0);
    world.cancels(MARIE, 2).await;
    assert_eq!(world.left().await, 1);
    // Counted off a limit that is gone: the next one is another.
    world.buys(MARIE, "product/role/standard").await;
    world.stock("unlimited").await;
    world.stock("5").await;
    world.cancels(MARIE, 3).await;
    assert_eq!(world.left().await, 5);
    // Another number for the same limit keeps what is counted off.
    world.buys(MARIE, "product/role/standard").await;
    world.stock("2").await;
    world.wait_hours(2);
    shellia::jobs::janitor::reconcile(&world.app).await.unwrap();
    world.provider.expire_old();
    world.work().await;
    assert_eq!(world.count("select count(*) as n from orders where number = 4 and state = 'expired'").await, 1);
    assert_eq!(world.left().await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_staff_take_back_leaves_no_gap_before_what_was_paid() {
    let world = World::new().await;
    let role = ("given_role", Raw::Id(902));
    let given = [("member", Raw::Id(MARIE)), role.clone(), ("given_days", n(30)), ("reason", t("Merci"))];
    world.asks(BOSS, "grant", &given).await;
    world.owns(MARIE, "product/role/standard").await;
    let waits =
        "select count(*) as n from entitlements where source = 'payment' and starts_at > now() + interval '29 days'";
    assert_eq!(world.count(waits).await, 1, "behind what was given");
    let taken = [("member", Raw::Id(MARIE)), role, ("reason", t("Erreur"))];
    world.asks(BOSS, "revoke", &taken).await;
    let now = "select count(*) as n from entitlements where source = 'payment' and revoked_at is null \
               and starts_at <= now() + interval '1 minute' and ends_at between now() + interval '29 days' and now() + interval '31 days'";
    assert_eq!(world.count(now).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plan_that_everybody_has_is_given_to_nobody() {
    let world = World::new().await;
    let given = [("member", Raw::Id(JEAN)), ("given_plan", t("free")), ("reason", t("Merci"))];
    let said = words(&world.asks(BOSS, "grant", &given).await);
    assert!(said.contains("Tout le monde a déjà cette formule"), "{said}");
    assert_eq!(world.count("select count(*) as n from entitlements").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_another_forestalled_is_refused_in_the_readers_own_words() {
    let world = World::new().await;
    world.owns(MARIE, "product/key/standard").await;
    crate::support::db::run(&mut world.database.owner().await, "update orders set locale = 'en'").await;
    let asking = [("order", n(1)), ("amount", t("10")), ("reason", t("Geste"))];
    let (first, second) = (world.asks(PAUL, "refund", &asking).await, world.asks(PAUL, "refund", &asking).await);
    world.presses(PAUL, &first, "Rembourser").await;
    let said = words(&world.presses(PAUL, &second, "Rembourser").await);
    assert!(said.contains("Entre-temps, de l’argent de cette commande a déjà été rendu"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amount_of_a_currency_without_cents_is_refused_with_one_of_its_own() {
    let world = World::new().await;
    world.asks(BOSS, "shop_settings", &[("currency", t("jpy"))]).await;
    world.asks(BOSS, "product_edit", &[("product", t("text")), ("price", t("500"))]).await;
    world.owns(MARIE, "product/text/standard").await;
    let asking = [("order", n(1)), ("amount", t("1,50")), ("reason", t("Geste"))];
    let said = words(&world.asks(BOSS, "refund", &asking).await);
    assert!(said.contains("`150`") && !said.contains("`1,50`"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_buys_again_after_a_page_that_did_not_open_holds_one_unit() {
    let world = World::new().await;
    world.stock("3").await;
    world.fault(Fault::Nothing);
    let kept = world.buys(MARIE, "product/role/standard").await;
    assert!(words(&kept).contains("Votre commande #1 est gardée"), "{kept:?}");
    world.app.clock.advance(jiff::SignedDuration::from_secs(11));
    let paying = world.buys(MARIE, "product/role/standard").await;
    assert!(words(&paying).contains("Payez sur la page sécurisée") && words(&paying).contains("#1"), "{paying:?}");
    assert_eq!((world.left().await, world.count("select count(*) as n from orders").await), (2, 1));
    // It is another order for somebody else, and once its page was shown.
    world.app.clock.advance(jiff::SignedDuration::from_secs(11));
    world.fault(Fault::Nothing);
    world.buys(JEAN, "product/role/standard").await;
    world.buys(MARIE, "product/role/standard").await;
    assert_eq!((world.left().await, world.count("select count(*) as n from orders").await), (0, 3));
}

/// Days or a role that a plan of his gives already: he reads that it is his plan, and not that somebody gave it by hand.
#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_his_own_plan_gives_is_not_called_worn_without_buying() {
    let world = World::new().await;
    let mut owner = world.database.owner().await;
    crate::support::db::run(&mut owner, "update products set role_id = 901 where code = 'role'").await;
    world.owns(MARIE, "plan/pro/month").await;
    let mut call = world.call(MARIE, "buy", &[("item", t("product/role/standard"))]);
    call.person.roles.push(shellia::kernel::RoleId::new(901).unwrap());
    let offer = words(&world.answer(&call).await);
    assert!(offer.contains("Votre formule vous donne déjà ce rôle"), "{offer}");
    assert!(!offer.contains("sans l’avoir acheté"), "{offer}");
    // Who wears it by another's hand reads so still.
    call = world.call(JEAN, "buy", &[("item", t("product/role/standard"))]);
    call.person.roles.push(shellia::kernel::RoleId::new(901).unwrap());
    let offer = words(&world.answer(&call).await);
    assert!(offer.contains("sans l’avoir acheté") && !offer.contains("Votre formule"), "{offer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_read_a_consent_as_its_buyer_did() {
    let world = World::new().await;
    let mut call = world.call(MARIE, "buy", &[("item", t("product/text/standard"))]);
    call.person.locale = Some(shellia::kernel::Locale::En);
    let offer = world.answer(&call).await;
    let mut press = world.press(MARIE, &offer, "I agree and pay");
    press.person.locale = Some(shellia::kernel::Locale::En);
    world.answer(&press).await;
    let card = words(&world.asks(PAUL, "order_find", &[("order", n(1))]).await);
    assert!(card.contains("By paying, I ask") && !card.contains("En payant"), "{card}");
}

/// What he has by a gift whose payment is disputed he has, but not now.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_back_is_not_called_had() {
    let world = World::new().await;
    let mut owner = world.database.owner().await;
    crate::support::db::run(
        &mut owner,
        "update products set days = null where code = 'role'; update variants set stock = null",
    )
    .await;
    world.owns(MARIE, "product/role/standard").await;
    let again = words(&world.asks(MARIE, "buy", &[("item", t("product/role/standard"))]).await);
    assert!(again.contains("Vous avez déjà ce que cet article donne"), "{again}");
    crate::support::db::run(&mut owner, "update entitlements set suspended_at = now()").await;
    let again = words(&world.asks(MARIE, "buy", &[("item", t("product/role/standard"))]).await);
    assert!(again.contains("suspendu le temps d’une vérification"), "{again}");
}
