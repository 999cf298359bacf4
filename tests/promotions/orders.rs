//! Uses follow their orders: reserved, given back, taken again, used up.

use super::shop::{Shop, code, euros, game, pro, why};
use crate::tickets::world::{guild, user};
use shellia::domain::promotions;
use shellia::domain::promotions::service::NewPromotion;
use shellia::domain::shop::orders::{Item, Order};

#[tokio::test(flavor = "multi_thread")]
async fn a_use_goes_with_its_order() {
    let shop = Shop::open().await;
    let made =
        shop.makes(&NewPromotion { uses: Some(1), budget: Some(euros(2000)), ..shop.coded("NOEL20") }).await.unwrap();
    let order = shop.buys(10, &game(), Some("noel 20")).await.unwrap();
    assert_eq!((order.discount, order.total, order.promotion), (euros(400), euros(1600), Some(made.number)));
    assert_eq!((shop.field(1, "uses_held").await, shop.field(1, "spent_minor").await), (1, 400));
    assert_eq!(why(shop.buys(11, &game(), Some("NOEL20")).await), "error-promo-used-up");
    // As long as the order may end unpaid, the promotion isn't over.
    assert!(shop.tick().await.is_nothing());
    assert_eq!(shop.lets_expire(&order).await, "expired");
    assert_eq!((shop.field(1, "uses_held").await, shop.field(1, "spent_minor").await), (0, 0));
    let second = shop.buys(11, &game(), Some("NOEL20")).await.unwrap();
    assert_eq!(shop.pays(&second).await, "fulfilled");
    assert_eq!(shop.pays(&second).await, "known");
    assert_eq!(shop.lets_expire(&second).await, "expired", "what is told late changes nothing");
    assert_eq!((shop.field(1, "uses_held").await, shop.field(1, "spent_minor").await), (1, 400));
    assert_eq!(shop.tick().await.gone, 1);
    assert_eq!(why(shop.buys(12, &game(), Some("NOEL20")).await), "error-promo-used-up");
    // The first order's money comes after all: its use is gone, so it goes back.
    assert_eq!(shop.pays(&order).await, "out_of_stock");
    assert_eq!(shop.database.count("select count(*) as n from promotion_uses where state = 'used'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_comes_late_takes_the_use_again_though_the_promotion_is_over() {
    let shop = Shop::open().await;
    shop.makes(&NewPromotion { uses: Some(1), ..shop.coded("NOEL20") }).await.unwrap();
    let order = shop.buys(10, &game(), Some("NOEL20")).await.unwrap();
    shop.lets_expire(&order).await;
    shop.wait_hours(49);
    assert_eq!(shop.tick().await.ended, 1);
    assert_eq!(shop.pays(&order).await, "fulfilled");
    assert_eq!(shop.field(1, "uses_held").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_plan_may_be_chosen_with_the_same_last_use() {
    let shop = Shop::open().await;
    shop.makes(&NewPromotion { uses: Some(1), per_member: Some(1), ..shop.coded("NOEL20") }).await.unwrap();
    let first = shop.buys(10, &pro(), Some("NOEL20")).await.unwrap();
    let second = shop.buys(10, &pro(), Some("NOEL20")).await.unwrap();
    assert_ne!(first.number, second.number);
    assert_eq!(second.discount, euros(200));
    assert_eq!(shop.field(1, "uses_held").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_says_why_it_does_not_work() {
    let shop = Shop::open().await;
    let later = shop.now() + jiff::SignedDuration::from_hours(24);
    shop.makes(&NewPromotion { starts_at: later, ..shop.coded("DEMAIN") }).await.unwrap();
    let target = |text: &str| promotions::Target::parse(text).unwrap();
    shop.makes(&NewPromotion { target: target("produit jeu"), per_member: Some(1), ..shop.coded("JEU") })
        .await
        .unwrap();
    shop.makes(&NewPromotion { target: target("plans"), first_purchase: true, ..shop.coded("BIENVENUE") })
        .await
        .unwrap();
    shop.makes(&NewPromotion { target: target("produits"), budget: Some(euros(500)), ..shop.coded("BUDGET") })
        .await
        .unwrap();
    let asks = async |item: Item, code: &str| why(shop.off(10, &item, Some(code)).await);
    assert_eq!(asks(game(), "RIEN").await, "error-promo-unknown");
    assert_eq!(asks(game(), "DEMAIN").await, "error-promo-not-begun");
    assert_eq!(asks(pro(), "JEU").await, "error-promo-not-for-this");
    assert_eq!(asks(game(), "BIENVENUE").await, "error-promo-not-for-this");
    assert_eq!(shop.off(10, &pro(), Some("BIENVENUE")).await.unwrap().unwrap().amount, euros(200));
    let order = shop.buys(10, &game(), Some("JEU")).await.unwrap();
    shop.pays(&order).await;
    assert_eq!(asks(game(), "JEU").await, "error-promo-member-cap");
    assert_eq!(asks(pro(), "BIENVENUE").await, "error-promo-first-only");
    shop.buys(11, &game(), Some("BUDGET")).await.unwrap();
    assert_eq!(asks(game(), "BUDGET").await, "error-promo-budget-spent");
    shop.stops(2).await.unwrap();
    assert_eq!(asks(game(), "JEU").await, "error-promo-ended");
    shop.wait_hours(49);
    shop.tick().await;
    assert_eq!(asks(pro(), "BIENVENUE").await, "error-promo-ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_buyer_gets_one_promotion_the_best() {
    let shop = Shop::open().await;
    let ten = promotions::Discount::parse("10 %").unwrap();
    shop.makes(&NewPromotion { discount: ten, ..shop.twenty() }).await.unwrap();
    shop.makes(&NewPromotion { target: promotions::Target::Plans, ..shop.coded("PLANS20") }).await.unwrap();
    let five = promotions::Discount::parse("5 %").unwrap();
    shop.makes(&NewPromotion { discount: five, ..shop.coded("PETIT") }).await.unwrap();
    assert_eq!(shop.off(10, &game(), None).await.unwrap().unwrap().amount, euros(200));
    assert_eq!(shop.off(10, &pro(), Some("PLANS20")).await.unwrap().unwrap().amount, euros(200));
    assert_eq!(why(shop.off(10, &pro(), Some("PETIT")).await), "error-promo-smaller");
    // A code that was checked before counts without being typed, where it is better, and is forgotten once used.
    let mut tx = shop.duty().await;
    let (found, _) =
        promotions::check_code(&mut tx, (guild(7), user(10)), &code("plans20"), shop.now()).await.unwrap().unwrap();
    promotions::remember(&mut tx, (guild(7), user(10)), found.number, shop.now());
    tx.commit().await.unwrap();
    assert_eq!(shop.off(10, &game(), None).await.unwrap().unwrap().amount, euros(200));
    let order = shop.buys(10, &pro(), None).await.unwrap();
    assert_eq!((order.discount, order.promotion), (euros(200), Some(2)));
    shop.pays(&order).await;
    assert_eq!(shop.database.count("select count(*) as n from remembered_codes").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_handed_over_stays_used_though_its_money_goes_back() {
    let shop = Shop::open().await;
    let new = NewPromotion { uses: Some(1), per_member: Some(1), budget: Some(euros(2000)), ..shop.coded("NOEL20") };
    shop.makes(&new).await.unwrap();
    let order = shop.buys(10, &game(), Some("NOEL20")).await.unwrap();
    assert_eq!(shop.pays(&order).await, "fulfilled");
    shop.gives_back(&order, euros(1000)).await;
    shop.gives_back(&order, order.total).await;
    assert_eq!(shop.database.count("select count(*) as n from orders where state = 'refunded'").await, 1);
    assert_eq!((shop.field(1, "uses_held").await, shop.field(1, "spent_minor").await), (1, 400));
    assert_eq!(why(shop.buys(10, &game(), Some("NOEL20")).await), "error-promo-used-up");
    assert_eq!(why(shop.buys(11, &game(), Some("NOEL20")).await), "error-promo-used-up");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_never_handed_over_gives_its_use_back_with_its_money() {
    let shop = Shop::open().await;
    shop.makes(&NewPromotion { uses: Some(1), ..shop.coded("NOEL20") }).await.unwrap();
    let order = shop.buys(10, &game(), Some("NOEL20")).await.unwrap();
    // Another amount than agreed came: staff decide, and the use waits with them.
    let odd = Order { total: euros(1500), ..order.clone() };
    shop.pays(&odd).await;
    assert_eq!(shop.database.count("select count(*) as n from orders where state = 'paid'").await, 1);
    assert_eq!(why(shop.buys(11, &game(), Some("NOEL20")).await), "error-promo-used-up");
    shop.gives_back(&odd, odd.total).await;
    assert_eq!(shop.database.count("select count(*) as n from orders where state = 'refunded'").await, 1);
    assert_eq!((shop.field(1, "uses_held").await, shop.field(1, "spent_minor").await), (0, 0));
    shop.buys(11, &game(), Some("NOEL20")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_member_has_one_first_purchase_however_many_promotions_greet_him() {
    let shop = Shop::open().await;
    let target = |text: &str| promotions::Target::parse(text).unwrap();
    shop.makes(&NewPromotion { first_purchase: true, target: target("produit jeu"), ..shop.coded("SALUT") })
        .await
        .unwrap();
    let ten = promotions::Discount::parse("10 %").unwrap();
    let album = Item::Product { code: "album".to_owned(), variant: "standard".to_owned() };
    let greeting =
        NewPromotion { first_purchase: true, discount: ten, target: target("produit album"), ..shop.twenty() };
    shop.makes(&greeting).await.unwrap();
    // As long as his first one waits to be paid, another is no first one; it has its own price and is not refused.
    let first = shop.buys(10, &game(), Some("SALUT")).await.unwrap();
    let second = shop.buys(10, &album, None).await.unwrap();
    assert_eq!((first.discount, second.discount), (euros(400), euros(0)));
    shop.lets_expire(&second).await;
    shop.lets_expire(&first).await;
    let again = shop.buys(10, &album, None).await.unwrap();
    assert_eq!(again.discount, euros(100));
    assert_eq!(shop.pays(&again).await, "fulfilled");
    assert_eq!(why(shop.buys(10, &game(), Some("SALUT")).await), "error-promo-first-only");
    // Nor after his money went back: he is known.
    shop.gives_back(&again, again.total).await;
    assert_eq!(why(shop.buys(10, &game(), Some("SALUT")).await), "error-promo-first-only");
    assert_eq!(shop.buys(11, &game(), Some("SALUT")).await.unwrap().discount, euros(400));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_handed_over_was_no_purchase() {
    let shop = Shop::open().await;
    shop.makes(&NewPromotion { first_purchase: true, ..shop.coded("PREMIER") }).await.unwrap();
    let album = Item::Product { code: "album".to_owned(), variant: "standard".to_owned() };
    crate::support::db::run(&mut shop.database.owner().await, "update variants set stock = 1 where product = 'album'")
        .await;
    // The last one went to another before his money came.
    let late = shop.buys(10, &album, None).await.unwrap();
    shop.lets_expire(&late).await;
    let other = shop.buys(11, &album, None).await.unwrap();
    assert_eq!((shop.pays(&other).await, shop.pays(&late).await), ("fulfilled", "out_of_stock"));
    let first = shop.buys(10, &game(), Some("PREMIER")).await.unwrap();
    assert_eq!((first.discount, shop.pays(&first).await), (euros(400), "fulfilled"));
    assert_eq!(why(shop.buys(10, &game(), Some("PREMIER")).await), "error-promo-first-only");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_to_pay_is_never_less_than_the_provider_takes() {
    let shop = Shop::open().await;
    shop.makes(&NewPromotion { target: promotions::Target::Products, ..shop.coded("NOEL20") }).await.unwrap();
    // Of a text, two would be no more than one.
    let days = "update products set kind = 'plan_days', plan = 'pro', days = 7 where code = 'jeu'";
    crate::support::db::run(&mut shop.database.owner().await, days).await;
    let asks = async |price: i64, quantity: u32| {
        let set = format!("update prices set amount_minor = {price} where item = 'product/jeu/standard'");
        crate::support::db::run(&mut shop.database.owner().await, &set).await;
        shop.buys_many(10, &game(), quantity, Some("NOEL20")).await
    };
    assert_eq!(asks(55, 1).await.unwrap().total, euros(50), "20 % would leave 44 cents");
    assert_eq!(asks(55, 2).await.unwrap().total, euros(88), "all units are paid at once");
    assert_eq!(why(asks(50, 1).await), "error-promo-not-for-this");
    assert_eq!(why(asks(1, 1).await), "error-promo-not-for-this");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_for_one_first_purchase_is_used_once_however_late_money_comes() {
    let shop = Shop::open().await;
    shop.makes(&NewPromotion { per_member: Some(1), first_purchase: true, ..shop.coded("BIENVENUE") }).await.unwrap();
    let first = shop.buys(10, &game(), Some("BIENVENUE")).await.unwrap();
    shop.lets_expire(&first).await;
    let second = shop.buys(10, &game(), Some("BIENVENUE")).await.unwrap();
    assert_eq!(shop.pays(&second).await, "fulfilled");
    assert_ne!(shop.pays(&first).await, "fulfilled", "its money goes back");
    assert_eq!(shop.database.count("select count(*) as n from promotion_uses where state = 'used'").await, 1);
}
