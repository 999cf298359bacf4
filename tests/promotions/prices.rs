//! A reduction that everybody gets stands in the history of prices, and is announced against what people paid before.

use super::shop::{GUILD, Shop, euros, why};
use crate::tickets::world::{guild, user};
use jiff::SignedDuration;
use shellia::domain::promotions::service::NewPromotion;
use shellia::domain::promotions::{self, Ask, Discount, Target, announced};
use shellia::domain::shop::catalogue::products::{self, ProductChange};
use shellia::domain::shop::catalogue::{Code, PriceText, Step};
use shellia::kernel::{Actor, Money};

/// What a member is shown of an item: before and now.
async fn shown(shop: &Shop, item: &str) -> Option<(Money, Money)> {
    let mut tx = shop.db.begin(&Actor::member(guild(GUILD), user(10))).await.unwrap();
    let found = announced(&mut tx, guild(GUILD), &[item.to_owned()], shop.now()).await.unwrap();
    tx.rollback().await.unwrap();
    found.get(item).map(|one| (one.before, one.now))
}

async fn history(shop: &Shop, item: &str) -> i64 {
    shop.database.count(&format!("select count(*) as n from price_history where item = '{item}'")).await
}

async fn asked_now(shop: &Shop, item: &str) -> i64 {
    shop.database
        .count(&format!("select amount_minor as n from price_history where item = '{item}' and until is null"))
        .await
}

const GAME: &str = "product/jeu/standard";

#[tokio::test(flavor = "multi_thread")]
async fn a_promotion_begins_and_ends_in_the_history() {
    let shop = Shop::open().await;
    let later = shop.now() + SignedDuration::from_hours(1);
    let games = Target::parse("produit/jeu").unwrap();
    shop.makes(&NewPromotion { target: games, starts_at: later, ..shop.twenty() }).await.unwrap();
    assert_eq!(shop.tick().await.begun, 0);
    assert_eq!((asked_now(&shop, GAME).await, shown(&shop, GAME).await), (2000, None));
    assert_eq!(shop.off(10, &super::shop::game(), None).await.unwrap(), None);
    shop.wait_hours(2);
    assert_eq!(shop.tick().await.begun, 1);
    assert_eq!((asked_now(&shop, GAME).await, shown(&shop, GAME).await), (1600, Some((euros(2000), euros(1600)))));
    assert_eq!(shown(&shop, "plan/pro/month").await, None);
    assert!(shop.tick().await.is_nothing());
    shop.wait_hours(48);
    assert_eq!(shop.tick().await.ended, 1);
    assert_eq!((asked_now(&shop, GAME).await, shown(&shop, GAME).await), (2000, None));
    assert_eq!((history(&shop, GAME).await, history(&shop, "plan/pro/month").await), (3, 1));
    assert_eq!(shop.database.count("select count(*) as n from promotions where ended_reason = 'due'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_paid_as_little_for_before_is_no_reduction() {
    let shop = Shop::open().await;
    let games = || Target::parse("produit/jeu").unwrap();
    shop.makes(&NewPromotion { target: games(), ..shop.twenty() }).await.unwrap();
    shop.wait_hours(48 + 7 * 24 + 1);
    shop.tick().await;
    let percent = |text: &str| Discount::parse(text).unwrap();
    let same = NewPromotion { target: games(), ..shop.twenty() };
    assert_eq!(why(shop.makes(&same).await), "error-promo-no-reduction");
    let less = NewPromotion { target: Target::Products, discount: percent("15 %"), ..shop.twenty() };
    assert_eq!(why(shop.makes(&less).await), "error-promo-no-reduction");
    // A code is not announced to everybody; a deeper reduction is one, against the lowest price.
    shop.makes(&NewPromotion { target: games(), ..shop.coded("ENCORE") }).await.unwrap();
    shop.makes(&NewPromotion { target: games(), discount: percent("25 %"), ..shop.twenty() }).await.unwrap();
    assert_eq!(shown(&shop, GAME).await, Some((euros(1600), euros(1500))));
    shop.stops(3).await.unwrap();
    assert_eq!((asked_now(&shop, GAME).await, shown(&shop, GAME).await), (2000, None));
    // After thirty days the first one is forgotten.
    shop.wait_hours(32 * 24);
    shop.tick().await;
    shop.makes(&NewPromotion { target: games(), ..shop.twenty() }).await.unwrap();
    assert_eq!(shown(&shop, GAME).await, Some((euros(2000), euros(1600))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planned_promotion_that_reduces_nothing_any_more_does_not_begin() {
    let shop = Shop::open().await;
    let later = shop.now() + SignedDuration::from_hours(1);
    let games = Target::parse("produit/jeu").unwrap();
    shop.makes(&NewPromotion { target: games, starts_at: later, ..shop.twenty() }).await.unwrap();
    let mut owner = shop.database.owner().await;
    crate::support::db::run(
        &mut owner,
        "update price_history set until = now() where item = 'product/jeu/standard';
         insert into price_history (guild_id, item, currency, amount_minor, since, until)
             values (7, 'product/jeu/standard', 'eur', 1500, now() - interval '1 hour', now())",
    )
    .await;
    shop.wait_hours(2);
    shop.tick().await;
    assert_eq!(
        shop.database.count("select count(*) as n from promotions where ended_reason = 'no_reduction'").await,
        1
    );
    assert_eq!(shown(&shop, GAME).await, None);
    let told = "select count(*) as n from outbox where kind = 'shop_alert' and promotion_number = 1";
    assert_eq!(shop.database.count(told).await, 1, "staff learn of it");
}

#[tokio::test(flavor = "multi_thread")]
async fn members_read_what_is_on_show_and_neither_codes_nor_budgets() {
    let shop = Shop::open().await;
    shop.makes(&NewPromotion { budget: Some(euros(90000)), ..shop.twenty() }).await.unwrap();
    shop.makes(&shop.coded("SECRET")).await.unwrap();
    let mut login = shop.database.login().await;
    let identity = "begin; select set_config('role', 'maxis_member', true), set_config('app.guild_id', '7', true), \
                    set_config('app.user_id', '10', true)";
    crate::support::db::run(&mut login, identity).await;
    let count = async |login: &mut _, what: &str| {
        crate::support::db::count(login, &format!("select {what} as n from promotions")).await
    };
    assert_eq!(count(&mut login, "count(number)").await, 1);
    assert_eq!(count(&mut login, "max(number)").await, 1);
    let hidden =
        diesel_async::SimpleAsyncConnection::batch_execute(&mut login, "select budget_minor from promotions").await;
    assert!(hidden.unwrap_err().to_string().contains("permission denied"));
}

/// An operator changes what the game costs.
async fn costs(shop: &Shop, price: &str) {
    let mut tx = shop.boss().await;
    let change = ProductChange { price: Some(PriceText::new("price", price.to_owned())), ..ProductChange::default() };
    let step = Step { guild: guild(GUILD), now: shop.now() };
    products::edit(&mut tx, step, &Code::parse("jeu").unwrap(), change).await.unwrap();
    tx.commit().await.unwrap();
}

/// What the promotions take off the game at its price now.
async fn off_now(shop: &Shop, list: i64, typed: Option<&str>) -> i64 {
    let item = super::shop::game().name();
    let ask = Ask { guild: guild(GUILD), member: user(10), item: &item, list: euros(list) };
    let mut tx = shop.duty().await;
    let found = promotions::best(&mut tx, &ask, typed.map(super::shop::code).as_ref(), shop.now()).await.unwrap();
    tx.rollback().await.unwrap();
    found.map_or(0, |found| found.amount.minor())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amount_stays_within_the_ceiling_of_a_price_that_fell() {
    let shop = Shop::open().await;
    let games = || Target::parse("produit/jeu").unwrap();
    let six = Discount::parse("6 €").unwrap();
    shop.makes(&NewPromotion { target: games(), discount: six, ..shop.twenty() }).await.unwrap();
    let five = Discount::parse("5 €").unwrap();
    shop.makes(&NewPromotion { target: games(), discount: five, ..shop.coded("CINQ") }).await.unwrap();
    assert_eq!((off_now(&shop, 2000, None).await, asked_now(&shop, GAME).await), (600, 1400));
    costs(&shop, "10").await;
    // What is taken off, what the history says and what is announced are one: 30 % of 10 €.
    assert_eq!((off_now(&shop, 1000, None).await, asked_now(&shop, GAME).await), (300, 700));
    assert_eq!(shown(&shop, GAME).await.map(|(_, now)| now), Some(euros(700)));
    let order = shop.buys(10, &super::shop::game(), None).await.unwrap();
    assert_eq!((order.list, order.discount), (euros(1000), euros(300)));
    costs(&shop, "40").await;
    assert_eq!(
        (off_now(&shop, 4000, None).await, asked_now(&shop, GAME).await),
        (600, 3400),
        "and no more than was promised"
    );
    shop.stops(1).await.unwrap();
    costs(&shop, "7").await;
    assert_eq!(off_now(&shop, 700, Some("CINQ")).await, 210, "a code's amount too");
}

/// A price is raised while everybody gets a reduction of it: it is announced from what people paid before, or not at all.
#[tokio::test(flavor = "multi_thread")]
async fn a_reduction_is_announced_from_no_price_that_was_asked_of_nobody() {
    let shop = Shop::open().await;
    let games = || Target::parse("produit/jeu").unwrap();
    shop.makes(&NewPromotion { target: games(), ..shop.twenty() }).await.unwrap();
    shop.makes(&NewPromotion { discount: Discount::parse("30%").unwrap(), ..shop.coded("MOINS") }).await.unwrap();
    let mut member = 30;
    let mut bought = async |quantity: u32, code: Option<&str>| {
        member += 1;
        let order = shop.buys_many(member, &super::shop::album(), 1, None).await.unwrap();
        assert_eq!(order.announced(), None, "nothing comes off");
        let order = shop.buys_many(member, &super::shop::game(), quantity, code).await.unwrap();
        (order.total, order.announced())
    };
    assert_eq!(bought(1, None).await, (euros(1600), Some((euros(2000), euros(400)))));
    costs(&shop, "22").await;
    assert_eq!(shown(&shop, GAME).await, Some((euros(2000), euros(1760))));
    assert_eq!(bought(1, None).await, (euros(1760), Some((euros(2000), euros(240)))));
    assert_eq!(bought(1, Some("MOINS")).await, (euros(1540), Some((euros(2000), euros(460)))));
    costs(&shop, "40").await;
    assert_eq!(bought(1, None).await, (euros(3200), None));
    assert_eq!(bought(1, Some("MOINS")).await, (euros(2800), None));
    // The code alone is from the price that everybody is asked.
    shop.stops(1).await.unwrap();
    assert_eq!(bought(1, Some("MOINS")).await, (euros(2800), Some((euros(4000), euros(1200)))));
}

/// What came into the shop while everybody gets a reduction was asked of nobody without it: nothing is struck through.
#[tokio::test(flavor = "multi_thread")]
async fn what_came_while_a_promotion_runs_is_announced_from_no_price_that_nobody_was_asked() {
    let shop = Shop::open().await;
    shop.makes(&NewPromotion { target: Target::Everything, ..shop.twenty() }).await.unwrap();
    let mut owner = shop.database.owner().await;
    crate::support::db::run(&mut owner, "delete from price_history where item = 'product/jeu/standard'").await;
    let mut member = 50;
    let mut bought = async || {
        member += 1;
        let order = shop.buys(member, &super::shop::game(), None).await.unwrap();
        let offer = shown(&shop, GAME).await.filter(|(before, now)| before.minor() > now.minor());
        (order.total, order.announced(), offer)
    };
    for (list, asked) in [("10", 800), ("8", 640), ("20", 1600), ("120", 9600)] {
        costs(&shop, list).await;
        assert_eq!(bought().await, (euros(asked), None, None), "{list}");
    }
    // Another, later: what was asked before it is known by then.
    shop.stops(1).await.unwrap();
    costs(&shop, "20").await;
    shop.wait_hours(32 * 24);
    shop.tick().await;
    shop.makes(&NewPromotion { target: Target::Everything, ..shop.twenty() }).await.unwrap();
    assert_eq!(bought().await, (euros(1600), Some((euros(2000), euros(400))), Some((euros(2000), euros(1600)))));
}
