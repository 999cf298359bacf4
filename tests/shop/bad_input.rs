//! Bad input: each gets a helpful answer, and nothing changes.

use super::world::*;
use shellia::commands::{self, Answer, Call, Raw, Way};

type Mistake = (&'static str, Vec<(&'static str, Raw)>, &'static str);

#[tokio::test(flavor = "multi_thread")]
async fn each_mistake_is_named_and_changes_nothing() {
    let world = World::new().await;
    world.sells("VIP", "role", "5", &[("role", Raw::Id(77))]).await;
    world.sells("Jeu", "key", "10", &[]).await;
    world.asks(&boss(), "plan_remove", &[("plan", t("ultra"))]).await;
    let count = "select count(*) + (select count(*) from plans) + (select count(*) from price_history) \
                 + (select count(*) from shop_audit) + (select sum(amount_minor)::bigint from prices) as n from products";
    let before = world.database.count(count).await;
    let add = |kind: &str, price: &str| vec![("name", t("X")), ("kind", t(kind)), ("price", t(price))];
    let vip = |name: &'static str, raw: Raw| vec![("product", t("vip")), (name, raw)];
    let long = "a".repeat(10_000);
    let keys = (0..1001).map(|n| format!("{n}\n")).collect::<String>();
    let table: Vec<Mistake> = vec![
        ("product_add", add("key", "gratuit"), "doit être un montant, comme 4,99. Pour offrir un produit, écrivez 0"),
        ("product_add", add("key", "-5"), "doit aller de 0 à 999 999,99"),
        ("product_add", add("key", "1000000000"), "doit aller de 0 à"),
        ("product_add", add("key", "1e9"), "doit être un montant"),
        ("product_add", add("key", "0,49"), "doit être 0 (gratuit) ou au moins 0,50\u{a0}€"),
        ("product_add", add("key", "4,999 9"), "doit aller de 0 à"),
        ("product_add", add("key", "9.999"), "Écrivez 9999 pour des milliers, ou 9,99 avec deux décimales"),
        ("product_edit", vip("price", t("1,200 €")), "Écrivez 1200 pour des milliers, ou 1,20 avec deux décimales"),
        ("product_add", add("key", "5 $"), "dans la devise de la boutique"),
        ("product_add", add("key", "5 bitcoins"), "dans la devise de la boutique"),
        ("product_add", add("key", &long), "trop long : 10000 caractères pour 30"),
        ("product_add", add("plan_days", "0"), "donneraient la formule à qui la demande"),
        ("product_add", add("voiture", "5"), "doit être l’un de"),
        (
            "product_add",
            vec![("name", t(&long)), ("kind", t("key")), ("price", t("1"))],
            "trop long : 10000 caractères pour 80",
        ),
        ("product_add", vec![("name", t("\u{200B}")), ("kind", t("key")), ("price", t("1"))], "est vide"),
        (
            "product_add",
            [add("plan_days", "5"), vec![("plan", t("ultra")), ("days", n(30))]].concat(),
            "n’est plus en vente",
        ),
        (
            "product_add",
            [add("plan_days", "5"), vec![("plan", t("nope")), ("days", n(30))]].concat(),
            "je ne connais pas ce nom",
        ),
        ("product_add", [add("role", "5"), vec![("role", Raw::Id(7))]].concat(), "celui de tout le monde"),
        ("product_edit", vip("about", t(&"é".repeat(2001))), "trop long : 2001 caractères pour 2000"),
        ("product_edit", vip("price", t("-1")), "doit aller de 0 à"),
        ("product_edit", vip("days", n(0)), "doit être un nombre de 1"),
        ("product_edit", vec![("product", t("inconnu")), ("price", t("1"))], "je ne connais pas ce nom"),
        (
            "product_edit",
            vec![("product", t("é'; drop table products")), ("price", t("1"))],
            "je ne connais pas ce nom",
        ),
        ("product_edit", vec![("product", t("jeux")), ("price", t("1"))], "Vouliez-vous dire : Jeu (`jeu`)"),
        ("product_edit", vec![("product", t(&long)), ("price", t("1"))], "trop long : 10000 caractères pour 100"),
        ("product_edit", [vip("price", t("1")), vec![("variant", t("nope"))]].concat(), "je ne connais pas ce nom"),
        ("product_remove", vip("variant", t("standard")), "sa seule variante"),
        ("product_stock", vip("stock", n(-1)), "doit être un nombre de 0"),
        ("product_stock", vec![("product", t("jeu")), ("stock", n(5))], "ce sont ses clés"),
        ("product_stock", [vip("stock", n(1)), vec![("unlimited", t("yes"))]].concat(), "pas les deux"),
        ("product_keys", vip("keys", t("A\nB")), "ne remet pas de clés"),
        ("product_edit", vip("price", t("0,01")), "ou au moins 0,50\u{a0}€"),
        ("plan_edit", vec![("plan", t("pro")), ("month_price", t("0,10"))], "ou au moins 0,50\u{a0}€"),
        ("product_keys", vec![("product", t("jeu")), ("keys", t("AAAA-1,BBBB-2"))], "Une clé par ligne"),
        ("product_keys", vec![("product", t("jeu")), ("keys", t("AAAA-1; BBBB-2"))], "Une clé par ligne"),
        ("product_keys", vec![("product", t("jeu")), ("keys", t(&keys))], "Mille clés au plus"),
        ("product_keys", vec![("product", t("jeu")), ("keys", t("A")), ("take_back", n(1))], "Choisissez"),
        ("product_keys", vec![("product", t("jeu")), ("upload", file("x.txt", 9_000_000))], "trop lourd"),
        ("product_keys", vec![("product", t("jeu")), ("upload", file("x.txt", 9))], "Réessayez dans une minute"),
        ("product_content", vip("content", t("x")), "ni texte ni fichier"),
        (
            "variant_add",
            vec![("product", t("vip")), ("name", t("Standard")), ("price", t("1"))],
            "déjà une variante de ce nom",
        ),
        ("plan_add", vec![("name", t("Or")), ("month_price", t("0"))], "seule `free` est gratuite"),
        ("plan_add", vec![("name", t("Or")), ("month_price", t("5")), ("trial_days", n(91))], "de 0 à 90"),
        ("plan_edit", vec![("plan", t("free")), ("month_price", t("5"))], "elle reste à 0"),
        ("plan_edit", vec![("plan", t("pro")), ("year_price", t("0"))], "seule `free` est gratuite"),
        ("plan_edit", vec![("plan", t("ultra")), ("name", t("X"))], "n’est plus en vente"),
        ("plan_edit", vec![("plan", t("nope")), ("name", t("X"))], "je ne connais pas ce nom"),
        ("plan_remove", vec![("plan", t("free"))], "ne se retire pas"),
        ("plan_remove", vec![("plan", t("ultra"))], "n’est plus en vente"),
        ("shop_settings", vec![("currency", t("eur"))], "déjà la devise"),
        ("shop_settings", vec![("currency", t("btc"))], "doit être l’un de"),
        ("shop", vec![("product", t("inconnu"))], "Rien de tel dans la boutique"),
        ("shop", vec![("page", n(0))], "doit être un nombre de 1"),
        ("shop", vec![("product_category", t("nulle part"))], "Rien dans ce rayon"),
        ("plans", vec![("period", t("week"))], "doit être l’un de"),
    ];
    for (command, given, expected) in table {
        let said = words(&world.asks(&boss(), command, &given).await);
        assert!(said.contains(expected), "{command} {:.200?}: {said}", format!("{given:?}"));
    }
    assert_eq!(world.database.count(count).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_of_nothing_gives_the_product_away_and_says_so() {
    let world = World::new().await;
    let added =
        world.asks(&boss(), "product_add", &[("name", t("Cadeau")), ("kind", t("key")), ("price", t("0"))]).await;
    assert!(words(&added).contains("les membres le reçoivent sans payer"), "{}", words(&added));
    assert!(words(&world.asks(&marie(), "shop", &[]).await).contains("**Cadeau** · Gratuit"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_button_gets_no_further_than_its_presser() {
    let world = World::new().await;
    world.sells("VIP", "role", "5", &[("role", Raw::Id(77))]).await;
    for (custom_id, expected) in [
        ("product_back?product=vip&on_sale=yes", "réservée aux opérateurs"),
        ("product_role?product=vip&role=99", "réservée aux opérateurs"),
        ("plan_back?plan=free&on_sale=yes", "réservée aux opérateurs"),
        ("shop?product=../../etc", "Rien de tel dans la boutique"),
        ("shop?page=99999999", "doit être un nombre"),
        ("shop?page=9999", "Rien de plus ici"),
        ("plans?period=month&period=year", "donné deux fois"),
    ] {
        let action: shellia::kernel::reply::Action = custom_id.parse().unwrap();
        let given: Vec<_> = action.options.iter().map(|(name, value)| (name.as_str(), t(value))).collect();
        let call = Call { way: Way::Button, ..world.call(&marie(), &action.command, &given) };
        let said = words(&said(commands::answer(&world.app, &call).await));
        assert!(said.contains(expected), "{custom_id}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tricks_in_names_do_no_harm() {
    let world = World::new().await;
    world.sells("@everyone [x](http://évil) **gras** & a=b", "key", "1", &[("product_category", t("a=b & c?d"))]).await;
    let shop = world.asks(&marie(), "shop", &[]).await;
    assert!(words(&shop).contains("\\@everyone \\[x\\]\\(http://évil\\) \\*\\*gras\\*\\* & a=b"), "{}", words(&shop));
    for action in actions(&shop) {
        assert!(action.len() <= 100 && action.parse::<shellia::kernel::reply::Action>().is_ok(), "{action}");
    }
    assert!(words(&world.presses(&marie(), &shop, "a=b & c?d").await).contains("gras"));
}

#[tokio::test(flavor = "multi_thread")]
async fn typed_commands_explain_their_mistakes() {
    let world = World::new().await;
    for (typed, expected) in [
        ("!produit_ajouter \"Jeu\"", "Il manque une option : **type**"),
        ("!produit_ajouter \"Jeu\" clé", "Il manque une option : **prix**"),
        ("!produit_modifier", "Il manque une option : **produit**"),
        ("!produit_modifier produit=É", "je ne connais pas ce nom"),
    ] {
        let mut reply = said(world.types(&boss(), typed).await);
        if labels(&reply).iter().any(|label| label.contains("Lire la réponse")) {
            reply = world.presses(&boss(), &reply, "Lire la réponse").await;
        }
        let reply = words(&reply);
        assert!(reply.contains(expected) && reply.contains("Usage : `!produit_"), "{typed}: {reply}");
    }
    let added = words(&world.says(&boss(), "!produit_ajouter \"Jeu complet\" clé \"12,50 €\" Une présentation").await);
    assert!(added.contains("Jeu complet") && added.contains("Une présentation") && added.contains("12,50"), "{added}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amount_with_spaces_is_one() {
    let world = World::new().await;
    for (typed, expected) in [
        ("!produit_ajouter Clé clé 5 € Une clé", "5,00\u{A0}€"),
        ("!produit_ajouter Coffre clé 1 234,50 € Un coffre", "1\u{202F}234,50\u{A0}€"),
        ("!produit_modifier coffre prix=2 345 €", "2\u{202F}345,00\u{A0}€"),
        ("!produit_ajouter Rôle texte 3", "3,00\u{A0}€"),
        ("!variante_ajouter role Or 3 100", "3,00\u{A0}€ · 100"),
        ("!variante_ajouter role Argent 3 € 50", "3,00\u{A0}€ · 50"),
        ("!formule_ajouter Argent 1 000", "1\u{202F}000,00\u{A0}€"),
        ("!promo_creer 20 % tout 48h essai budget=1 000 € code=NOEL", "−20\u{A0}%"),
    ] {
        let said = words(&world.says(&boss(), typed).await);
        assert!(said.contains(expected), "{typed}: {said}");
    }
    assert_eq!(world.database.count("select budget_minor as n from promotions").await, 100_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_least_price_is_written_as_its_reader_writes_money() {
    let world = World::new().await;
    let given = [("name", t("X")), ("kind", t("key")), ("price", t("0.49"))];
    let mut english = boss();
    english.person.locale = Some(shellia::kernel::Locale::En);
    for (who, least) in [(english, "at least €0.50"), (boss(), "au moins 0,50\u{a0}€")] {
        let said = words(&world.asks(&who, "product_add", &given).await);
        assert!(said.contains(least), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn names_of_several_words_are_understood_or_given_back_in_quotation_marks() {
    let world = World::new().await;
    let added = world.hears(&boss(), "!produit_ajouter Clé du jeu clé 10 €").await;
    assert!(added.contains("**Clé du jeu** est créé"), "{added}");
    let lacks = world.hears(&boss(), "!produit_ajouter Pack de Noël 10 €").await;
    assert!(lacks.contains("Il manque une option : **type**"), "{lacks}");
    assert!(lacks.contains("Usage : `!produit_ajouter \"<nom>\" <type> <prix>"), "{lacks}");
    let promotion = world.hears(&boss(), "!promo_créer 2 € produits 7 jours Soldes d’hiver").await;
    assert!(promotion.contains("**−2,00\u{A0}€** sur tous les produits"), "{promotion}");
    let refused = world.hears(&boss(), "!variante_ajouter Clé du jeu Édition luxe 9,99 €").await;
    let right = "!variante_ajouter \"Clé du jeu\" Édition luxe 9,99 €";
    assert!(refused.contains(&format!("Un nom de plusieurs mots se met entre guillemets : `{right}`")), "{refused}");
    let added = world.hears(&boss(), right).await;
    assert!(added.contains("Variante **Édition luxe** ajoutée"), "{added}");
}

/// A button's id is anybody's to make up: who may not do it gets no form to write in.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_staff_opens_for_who_has_the_rank() {
    let world = World::new().await;
    world.sells("Jeu", "key", "10", &[]).await;
    let press = |who: &Someone| Call { way: Way::Button, ..world.call(who, "product_edit", &[("product", t("jeu"))]) };
    for who in [marie(), with_role(marie(), 77)] {
        match commands::answer(&world.app, &press(&who)).await {
            Answer::Say { reply, .. } => assert!(words(&reply).contains("réservée aux opérateurs"), "{reply:?}"),
            other => panic!("{other:?}"),
        }
    }
    assert!(matches!(commands::answer(&world.app, &press(&boss())).await, Answer::Ask(_)));
}
