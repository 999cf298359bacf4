//! Between a product's name and the order: variants, how many are left, promotions that end meanwhile.

use super::world::*;
use crate::support::db::run;
use shellia::commands::Raw;

/// The text becomes something of which two are more than one.
const DAYS: &str = "update products set kind = 'plan_days', plan = 'pro', days = 7 where code = 'text'";

#[tokio::test(flavor = "multi_thread")]
async fn the_bare_name_of_a_product_with_variants_shows_them_to_choose_from() {
    let world = World::new().await;
    // Of a text, two would be no more than one.
    run(&mut world.database.owner().await, DAYS).await;
    let variant = [("product", t("texte")), ("name", t("Édition d’or")), ("price", t("7"))];
    assert!(words(&world.asks(BOSS, "variant_add", &variant).await).contains("ajoutée"));
    let card = world.says(MARIE, "!acheter TEXTE 2").await;
    assert!(words(&card).contains("Laquelle voulez-vous") && words(&card).contains("Édition d’or"), "{card:?}");
    assert_eq!(labels(&card), ["🛒 Standard · 3,00\u{A0}€", "🛒 Édition d’or · 7,00\u{A0}€"]);
    let offer = world.presses(MARIE, &card, "Édition d’or · 7,00\u{A0}€").await;
    assert!(words(&offer).contains("2 × 7,00\u{A0}€"), "{offer:?}");
    let gift = [("member", Raw::Member(someone(JEAN))), ("item", t("texte"))];
    let said = words(&world.asks(MARIE, "gift", &gift).await);
    assert!(said.contains("Texte · Standard") && said.contains("Texte · Édition d’or"), "{said}");
    let only = world.says(MARIE, "!acheter cle").await;
    assert!(words(&only).contains("[🛒 Clé]"), "{only:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_is_left_is_refused_when_it_is_asked_for() {
    let world = World::new().await;
    let mut owner = world.database.owner().await;
    let more = "insert into product_keys (guild_id, product, variant, secret, added_at)
                  values (7, 'key', 'standard', 'K-2', now()), (7, 'key', 'standard', 'K-3', now());
                update variants set stock = 4 where product = 'text';
                update products set member_limit = 3 where code = 'text';";
    run(&mut owner, DAYS).await;
    run(&mut owner, more).await;
    let asked = async |item: &'static str, many: i64| {
        words(&world.asks(MARIE, "buy", &[("item", t(item)), ("quantity", n(many))]).await)
    };
    for (item, many, expected) in [
        ("product/key/standard", 4, "il n’en reste que 3"),
        ("product/key/standard", 3, "3 × 15,00"),
        ("product/text/standard", 5, "vous pouvez encore en acheter 3"),
        ("product/role/standard", 2, "il n’en reste qu’un"),
    ] {
        let said = asked(item, many).await;
        assert!(said.contains(expected), "{item} {many}: {said}");
    }
    let offer = world.asks(MARIE, "buy", &[("item", t("product/text/standard")), ("quantity", n(2))]).await;
    world.presses(MARIE, &offer, "J’accepte, payer").await;
    assert!(asked("product/text/standard", 2).await.contains("vous pouvez encore en acheter un"));
    let said = words(&world.asks(JEAN, "buy", &[("item", t("product/text/standard")), ("quantity", n(3))]).await);
    assert!(said.contains("il n’en reste que 2"), "what others hold is not left: {said}");
    run(&mut owner, "update variants set stock = 0 where product = 'text'").await;
    // Who holds one himself, not paid yet, is led to it.
    assert!(asked("product/text/standard", 1).await.contains("dans une commande à vous, pas encore payée"));
    let said = words(&world.asks(JEAN, "buy", &[("item", t("product/text/standard"))]).await);
    assert!(said.contains("C’est épuisé, et rien n’est débité"), "{said}");
    assert_eq!(world.count("select count(*) as n from orders").await, 1);
}

/// A promotion of one use, by a code or by itself.
async fn promote(world: &World, code: Option<&str>) {
    let mut given = vec![
        ("value", t("20 %")),
        ("target", t("produit texte")),
        ("duration", t("48h")),
        ("promo_reason", t("essai")),
        ("uses", n(1)),
    ];
    given.extend(code.map(|code| ("promo_code", t(code))));
    let made = world.asks(BOSS, "promo_create", &given).await;
    assert!(words(&made).contains("lancée"), "{made:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_after_a_promotions_last_use_is_told_so_and_offered_the_full_price() {
    for code in [Some("NOEL"), None] {
        let world = World::new().await;
        let since = "insert into price_history (guild_id, item, currency, amount_minor, since)
                     select guild_id, item, currency, amount_minor, now() - interval '100 days' from prices";
        run(&mut world.database.owner().await, since).await;
        promote(&world, code).await;
        let mut given = vec![("item", t("product/text/standard"))];
        given.extend(code.map(|code| ("code", t(code))));
        let mine = world.asks(MARIE, "buy", &given).await;
        assert!(words(&mine).contains("Total = 2,40"), "{mine:?}");
        let other = world.asks(JEAN, "buy", &given).await;
        world.presses(JEAN, &other, "J’accepte, payer").await;
        let told = world.presses(MARIE, &mine, "J’accepte, payer").await;
        assert!(words(&told).contains("prix normal") && !words(&told).contains("épuisé"), "{code:?}: {told:?}");
        let full = match code {
            Some(_) => world.presses(MARIE, &told, "Acheter au prix normal").await,
            None => told,
        };
        assert!(words(&full).contains("Total = 3,00"), "{full:?}");
        world.presses(MARIE, &full, "J’accepte, payer").await;
        assert_eq!(world.count("select total_minor as n from orders where user_id = 10").await, 300, "{code:?}");
    }
}

/// The price of a text is raised while it is reduced for everybody: neither what is shown before it is agreed to, nor the page
/// where it is paid, nor the receipt takes anything off a price that nobody was ever asked.
#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_nobody_was_asked_is_not_announced_as_reduced() {
    let world = World::new().await;
    let since = "insert into price_history (guild_id, item, currency, amount_minor, since)
                 select guild_id, item, currency, amount_minor, now() - interval '100 days' from prices";
    run(&mut world.database.owner().await, since).await;
    promote(&world, None).await;
    world.asks(BOSS, "product_edit", &[("product", t("texte")), ("price", t("9,80"))]).await;
    let offer = world.asks(MARIE, "buy", &[("item", t("product/text/standard"))]).await;
    let mut read = vec![words(&offer)];
    let mine = world.presses(MARIE, &offer, "J’accepte, payer").await;
    read.push(words(&mine));
    let asked = world.provider.state.lock().unwrap().sessions[0].new.clone();
    assert_eq!((asked.unit.minor(), asked.discount), (784, None));
    world.provider.pay(0, true);
    read.push(words(&world.presses(MARIE, &mine, "J’ai payé").await));
    world.work().await;
    read.push(words(&world.asks(MARIE, "order", &[("order", n(1))]).await));
    for text in read {
        assert!(!text.contains("Réduction") && !text.contains("9,80"), "{text}");
    }
    assert!(words(&offer).contains("Total = 7,84"), "{offer:?}");
}

/// Two products bear one name; who types it is asked which, and sold neither in silence.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_products_of_one_name_none_is_chosen_in_silence() {
    let world = World::new().await;
    for (price, warned) in [("5", false), ("7", true)] {
        let given = [("name", t("Jeu")), ("kind", t("key")), ("price", t(price))];
        let said = words(&world.asks(BOSS, "product_add", &given).await);
        assert_eq!(said.contains("Ce nom est déjà pris : Jeu (`jeu`)"), warned, "{said}");
    }
    for code in ["jeu", "jeu-2"] {
        world.asks(BOSS, "product_keys", &[("product", t(code)), ("keys", t("A1\nA2"))]).await;
    }
    // The code of the first is the name of both.
    for typed in ["!acheter Jeu 2", "!acheter jeu 2", "!acheter \"  JEU\" 2"] {
        let asked = world.says(MARIE, typed).await;
        assert!(words(&asked).contains("Plusieurs articles portent ce nom"), "{typed}: {}", words(&asked));
        assert_eq!(labels(&asked), ["🛒 Jeu (jeu) · 5,00\u{A0}€", "🛒 Jeu (jeu-2) · 7,00\u{A0}€"]);
        let offer = words(&world.presses(MARIE, &asked, "Jeu (jeu-2) · 7,00\u{A0}€").await);
        assert!(offer.contains("2 × 7,00"), "{offer}");
    }
    // A gift names its item by what is listed, since only the command can name its recipient.
    let gift = |item| [("member", Raw::Member(someone(JEAN))), ("item", t(item))];
    let said = words(&world.asks(MARIE, "gift", &gift("Jeu")).await);
    assert!(said.contains("`product/jeu/standard`") && said.contains("`product/jeu-2/standard`"), "{said}");
    let offer = words(&world.asks(MARIE, "gift", &gift("product/jeu-2/standard")).await);
    assert!(offer.contains("7,00"), "{offer}");
    // A name that was given to another is told of as well; one that is removed is in nobody's way.
    let rename = [("product", t("text")), ("name", t("JEU"))];
    assert!(words(&world.asks(BOSS, "product_edit", &rename).await).contains("Ce nom est déjà pris"));
    for code in ["text", "jeu-2"] {
        world.asks(BOSS, "product_remove", &[("product", t(code))]).await;
    }
    let offer = words(&world.asks(MARIE, "buy", &[("item", t("Jeu"))]).await);
    assert!(offer.contains("Total = 5,00"), "{offer}");
    // A plan's month and year are one thing.
    let plan = words(&world.asks(MARIE, "buy", &[("item", t("Ultra"))]).await);
    assert!(plan.contains("par mois"), "{plan}");
}

/// Everybody has the free plan: ordering it brings nothing, and takes nothing of what waits to be paid.
#[tokio::test(flavor = "multi_thread")]
async fn the_free_plan_is_not_ordered_and_cancels_nothing() {
    let world = World::new().await;
    world.buys(MARIE, "plan/pro/month").await;
    for item in ["plan/free/month", "Gratuite"] {
        let said = words(&world.asks(MARIE, "buy", &[("item", t(item))]).await);
        assert!(said.contains("déjà celle de chaque membre"), "{said}");
    }
    let gift = [("member", Raw::Member(someone(JEAN))), ("item", t("plan/free/month"))];
    assert!(words(&world.asks(MARIE, "gift", &gift).await).contains("déjà celle de chaque membre"));
    assert_eq!(world.count("select count(*) as n from orders where state = 'pending'").await, 1);
    assert_eq!(world.count("select count(*) as n from orders").await, 1);
}

/// One order for a plan waits at most: the one that gives way is named before and after.
#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_gives_way_is_spoken_of() {
    let world = World::new().await;
    // Shown before there was any.
    let early = world.asks(MARIE, "buy", &[("item", t("plan/ultra/month"))]).await;
    assert!(!words(&early).contains("sera annulée"), "{early:?}");
    world.buys(MARIE, "plan/pro/month").await;
    let offer = world.asks(MARIE, "buy", &[("item", t("plan/ultra/month"))]).await;
    assert!(
        words(&offer).contains("Votre commande #1 (**Pro**), pas encore payée, sera annulée si vous acceptez"),
        "{offer:?}"
    );
    assert!(labels(&offer).contains(&"🧾 Voir la commande".to_owned()), "{:?}", labels(&offer));
    assert_eq!(world.count("select count(*) as n from orders where state = 'pending'").await, 1, "shown only");
    let paying = words(&world.presses(MARIE, &early, "J’accepte, payer").await);
    assert!(paying.contains("Votre commande #1 (**Pro**), pas encore payée, est annulée"), "{paying}");
    assert_eq!(world.count("select number as n from orders where state = 'pending'").await, 2);
    let again = words(&world.presses(MARIE, &early, "J’accepte, payer").await);
    assert!(again.contains("Commande #2") && !again.contains("est annulée"), "{again}");
    // A product is in no plan's way.
    let product = words(&world.asks(MARIE, "buy", &[("item", t("product/text/standard"))]).await);
    assert!(!product.contains("sera annulée"), "{product}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_it_already_is_told_until_when_and_what_another_one_brings() {
    let world = World::new().await;
    let mut owner = world.database.owner().await;
    run(&mut owner, "update variants set stock = 9 where product = 'role'; update shops set updated_at = now()").await;
    let asks = async |who, item: &'static str, many: i64| {
        words(&world.asks(who, "buy", &[("item", t(item)), ("quantity", n(many))]).await)
    };
    assert!(!asks(MARIE, "product/role/standard", 1).await.contains("À savoir"));
    world.owns(MARIE, "product/role/standard").await;
    let day = async |days: i64| {
        let end =
            format!("select floor(extract(epoch from max(ends_at)))::bigint + {days} * 86400 as n from entitlements");
        format!("<t:{}:D>", world.count(&end).await)
    };
    let said = asks(MARIE, "product/role/standard", 2).await;
    let (until, end) = (day(0).await, day(60).await);
    assert!(
        said.contains(&format!("Vous l’avez déjà jusqu’au {until} : ces jours s’ajoutent à la suite, jusqu’au {end}")),
        "{said}"
    );
    // For somebody else it is nobody's business what he has.
    let gift = [("member", Raw::Member(someone(MARIE))), ("item", t("product/role/standard"))];
    assert!(!words(&world.asks(JEAN, "gift", &gift).await).contains("À savoir"));
    // Once it is for good there is nothing to sell.
    run(&mut owner, "update products set days = null where code = 'role'").await;
    assert!(asks(MARIE, "product/role/standard", 1).await.contains("c’est sans limite de durée"));
    run(&mut owner, "update entitlements set ends_at = null").await;
    assert!(asks(MARIE, "product/role/standard", 1).await.contains("Vous avez déjà ce que cet article donne"));
    // A plan that staff gave for some days, and then for good.
    let granted =
        [("member", Raw::Id(JEAN)), ("given_plan", t("pro")), ("given_days", n(7)), ("reason", t("Concours"))];
    world.asks(BOSS, "grant", &granted).await;
    let said = asks(JEAN, "plan/pro/month", 1).await;
    assert!(said.contains("Vous avez déjà cette formule jusqu’au") && said.contains("ne s’y ajoutent pas"), "{said}");
    run(&mut owner, "update entitlements set ends_at = null").await;
    assert!(asks(JEAN, "plan/pro/month", 1).await.contains("Vous avez déjà ce que cet article donne"));
    // A role that he wears without any purchase.
    let role =
        shellia::kernel::RoleId::try_from(world.count("select role_id as n from products where code = 'role'").await)
            .unwrap();
    let mut call = world.call(PAUL, "buy", &[("item", t("product/role/standard"))]);
    call.person.roles.push(role);
    let said = words(&world.answer(&call).await);
    assert!(said.contains("Vous portez déjà ce rôle sur le serveur"), "{said}");
}

/// What two of would be no more than one is sold one at a time; who has the text already reads so before he pays again.
#[tokio::test(flavor = "multi_thread")]
async fn what_can_not_be_had_twice_is_sold_once() {
    let world = World::new().await;
    let mut owner = world.database.owner().await;
    run(&mut owner, "update variants set stock = 9 where product = 'role'").await;
    let asks = async |item: &'static str, many: i64| {
        words(&world.asks(MARIE, "buy", &[("item", t(item)), ("quantity", n(many))]).await)
    };
    assert!(asks("product/role/standard", 3).await.contains("3 × 5,00"), "days add up");
    run(&mut owner, "update products set days = null where code = 'role'").await;
    for item in ["product/role/standard", "product/text/standard", "product/file/standard"] {
        let said = asks(item, 3).await;
        assert!(said.contains("qu’en un seul exemplaire") && said.contains("sans quantité"), "{item}: {said}");
    }
    assert_eq!(world.count("select count(*) as n from orders").await, 0);
    assert!(asks("product/role/standard", 1).await.contains("Total = 5,00"));
    let first = asks("product/text/standard", 1).await;
    assert!(first.contains("Total = 3,00") && !first.contains("Vous l’avez déjà"), "{first}");
    world.owns(MARIE, "product/text/standard").await;
    let again = asks("product/text/standard", 1).await;
    assert!(again.contains("Vous l’avez déjà : vous le retrouvez dans `/commandes`"), "{again}");
    // What she has is nobody else's business.
    let gift = [("member", Raw::Member(someone(MARIE))), ("item", t("product/text/standard"))];
    assert!(!words(&world.asks(JEAN, "gift", &gift).await).contains("déjà"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_names_no_order_is_shown_his_own_and_who_says_only_that_he_gives_what_there_is() {
    let world = World::new().await;
    world.owns(MARIE, "product/text/standard").await;
    world.owns(JEAN, "product/role/standard").await;
    let orders = world.says(MARIE, "!commande").await;
    assert_eq!(labels(&orders), [" #1 Texte"], "{}", words(&orders));
    let gift = words(&world.says(MARIE, "!offrir").await);
    assert!(gift.contains("`!offrir @membre ") && gift.contains("• Pro · au mois · 9,99"), "{gift}");
    assert!(!gift.contains("Gratuite"), "{gift}");
    // Each is suggested his own orders, and the free plan to nobody.
    let suggested = async |command: &str, option: &str, typed: &str| {
        let call = world.call(MARIE, command, &[]);
        shellia::commands::suggest(&world.app, &call, option, typed).await
    };
    let found = suggested("order", "order", "").await;
    assert_eq!(found, [("#1 Texte · ✅ Payée et livrée".to_owned(), "1".to_owned())]);
    assert_eq!(suggested("order", "order", "texte").await.len(), 1);
    assert_eq!(suggested("order", "order", "rôle").await.len(), 0);
    for command in ["buy", "gift"] {
        let labels: Vec<String> = suggested(command, "item", "").await.into_iter().map(|(label, _)| label).collect();
        assert!(labels.iter().any(|label| label.starts_with("Pro")), "{labels:?}");
        assert!(!labels.iter().any(|label| label.starts_with("Gratuite")), "{labels:?}");
    }
}

/// All variants of a text hand over the same: nobody pays more for one of them.
#[tokio::test(flavor = "multi_thread")]
async fn a_text_has_no_variant_at_another_price() {
    let world = World::new().await;
    let dear = [("product", t("texte")), ("name", t("Luxe")), ("price", t("20"))];
    let said = words(&world.asks(BOSS, "variant_add", &dear).await);
    assert!(said.contains("remettent le même contenu") && said.contains("/produit_ajouter"), "{said}");
    assert_eq!(world.count("select count(*) as n from variants where product = 'text'").await, 1);
    let same = [("product", t("texte")), ("name", t("Luxe")), ("price", t("3"))];
    assert!(words(&world.asks(BOSS, "variant_add", &same).await).contains("ajoutée"));
}
