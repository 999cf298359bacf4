//! What members see: the shop by pages and categories, product cards, plans side by side.

use super::world::*;
use insta::assert_snapshot;
use shellia::kernel::Locale;

async fn stocked() -> World {
    let world = World::new().await;
    let shelf = |name: &str| ("product_category", t(name));
    world
        .sells(
            "Édition spéciale",
            "key",
            "19,90",
            &[shelf("Jeux vidéo"), ("about", t("Une clé pour tout débloquer.\nMerci !"))],
        )
        .await;
    world.sells("VIP", "role", "5", &[("role", shellia::commands::Raw::Id(77)), ("days", n(30))]).await;
    world.sells("Badge", "role", "0", &[("role", shellia::commands::Raw::Id(78)), shelf("Rôles & badges")]).await;
    world.asks(&boss(), "product_stock", &[("product", t("vip")), ("stock", n(3))]).await;
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shop_shows_what_is_on_sale_with_buttons() {
    let world = stocked().await;
    let shop = world.asks(&marie(), "shop", &[]).await;
    assert_snapshot!(timeless(&shop), @"
    [🏬 Boutique]
    🎭 **VIP** · 5,00 €

    🔑 **Édition spéciale** · 19,90 € · épuisé
    Une clé pour tout débloquer.

    🎭 **Badge** · Gratuit
    🎭 VIP | 🔑 Édition spéciale | 🎭 Badge | 📂 Jeux vidéo | 📂 Rôles & badges | ⭐ Formules
    ");
    let games = world.presses(&marie(), &shop, "Jeux vidéo").await;
    assert_snapshot!(timeless(&games), @"
    [🏬 Boutique]
    🔑 **Édition spéciale** · 19,90 € · épuisé
    Une clé pour tout débloquer.
    🔑 Édition spéciale | 📂 Rôles & badges | 📂 Tout | ⭐ Formules
    ");
    let badges = world.asks(&marie(), "shop", &[("product_category", t("rôles & BADGES"))]).await;
    assert!(words(&badges).contains("Badge") && !words(&badges).contains("VIP"), "{}", words(&badges));
    let card = world.presses(&marie(), &shop, "VIP").await;
    assert_snapshot!(timeless(&card), @"
    [🎭 VIP]
    Vous recevez = 🎭 Rôle <@&77> · 30 jours
    Prix = 5,00 €
    Stock = plus que 3
    🛒 Acheter · 5,00 € | 🏬 Boutique
    ");
    assert_eq!(actions(&card), ["buy?item=product/vip/standard", "shop?page=1"]);
    assert!(card.replaces);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_product_is_out_of_stock_until_it_has_keys() {
    let world = stocked().await;
    let edition = [("product", t("edition-speciale"))];
    let card = world.asks(&marie(), "shop", &edition).await;
    assert!(words(&card).contains("épuisé") && !actions(&card).concat().contains("buy"), "{}", words(&card));
    let keys = [("product", t("edition-speciale")), ("keys", t("AAAA\n\nBBBB\nAAAA"))];
    assert_snapshot!(timeless(&world.asks(&boss(), "product_keys", &keys).await), @"
    🔑 2 clés ajoutées ; 2 en stock.
    Une clé en double, laissée de côté.
    Une ligne vide, laissée de côté.
    ");
    let card = world.asks(&marie(), "shop", &edition).await;
    assert!(words(&card).contains("plus que 2"), "{}", words(&card));
    assert_eq!(actions(&card)[0], "buy?item=product/edition-speciale/standard");
}

#[tokio::test(flavor = "multi_thread")]
async fn variants_have_their_own_prices_and_buttons() {
    let world = stocked().await;
    let variant = [("product", t("vip")), ("name", t("Un an")), ("price", t("45")), ("stock", n(0))];
    assert!(words(&world.asks(&boss(), "variant_add", &variant).await).contains("Variante **Un an** ajoutée"));
    let list = words(&world.asks(&marie(), "shop", &[]).await);
    assert!(list.contains("**VIP** · dès 5,00"), "{list}");
    let card = world.asks(&marie(), "shop", &[("product", t("vip"))]).await;
    assert_snapshot!(timeless(&card), @"
    [🎭 VIP]
    Vous recevez = 🎭 Rôle <@&77> · 30 jours
    Variantes = **VIP** · 5,00 € · plus que 3
    **Un an** · 45,00 € · épuisé
    🛒 VIP · 5,00 € | 🏬 Boutique
    ");
    world
        .asks(&boss(), "product_stock", &[("product", t("vip")), ("variant", t("un-an")), ("unlimited", t("yes"))])
        .await;
    let card = world.asks(&marie(), "shop", &[("product", t("vip"))]).await;
    assert_eq!(actions(&card)[1], "buy?item=product/vip/un-an");
}

#[tokio::test(flavor = "multi_thread")]
async fn products_of_a_role_are_seen_by_its_holders_alone() {
    let world = stocked().await;
    let reserved = [("product", t("vip")), ("visible_role", shellia::commands::Raw::Id(500))];
    world.asks(&boss(), "product_edit", &reserved).await;
    let (holder, product) = (with_role(jean(), 500), [("product", t("vip"))]);
    assert!(words(&world.asks(&holder, "shop", &product).await).contains("VIP"));
    for other in [marie(), paul()] {
        let reply = words(&world.asks(&other, "shop", &product).await);
        assert!(reply.contains("Rien de tel dans la boutique"), "{reply}");
        assert!(!words(&world.asks(&other, "shop", &[]).await).contains("VIP"));
    }
    let typed = |who: Someone| {
        let call = world.call(&who, "shop", &[]);
        let app = world.app.clone();
        async move { shellia::commands::suggest(&app, &call, "product", "VI").await }
    };
    assert_eq!(typed(holder).await, [("VIP (vip)".to_owned(), "vip".to_owned())]);
    assert_eq!(typed(marie()).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_hold_five_products_each() {
    let world = World::new().await;
    for number in 1..=12 {
        world.sells(&format!("Objet {number:02}"), "key", "1", &[]).await;
    }
    let first = world.asks(&marie(), "shop", &[]).await;
    assert!(words(&first).contains("Objet 05") && !words(&first).contains("Objet 06"));
    assert_eq!(first.cards[0].footer, "Page 1 sur 3");
    let second = world.presses(&marie(), &first, "Suivant").await;
    let third = world.presses(&marie(), &second, "Suivant").await;
    assert_eq!(labels(&third), ["🔑 Objet 11", "🔑 Objet 12", "◀️ Précédent", "⭐ Formules"]);
    assert!(third.replaces);
    let card = world.presses(&marie(), &third, "Objet 12").await;
    let back = world.presses(&marie(), &card, "Boutique").await;
    assert_eq!(back.cards[0].footer, "Page 3 sur 3");
}

#[tokio::test(flavor = "multi_thread")]
async fn plans_stand_side_by_side_with_ones_own_marked() {
    let world = World::new().await;
    let plans = world.asks(&marie(), "plans", &[]).await;
    assert_snapshot!(timeless(&plans), @"
    [⭐ Formules]
    Choisissez celle qui vous va ; vous pourrez en changer.
    Gratuit · ✅ la vôtre = **Gratuit**
    • Les salons de la communauté
    • L’entraide entre membres
    🛟 Entraide
    Basic = **4,99 € par mois**
    • Les salons réservés aux abonnés
    • Une réponse de l’équipe à vos tickets
    • Les concours des abonnés
    🛟 Assistance de l’équipe
    \u{200B} = \u{200B}
    Pro = **9,99 € par mois**
    • Tout ce qu’offre Basic
    • Vos tickets passent en priorité
    • Les nouveautés avant tout le monde
    🛟 Assistance prioritaire
    Ultra = **29,99 € par mois**
    • Tout ce qu’offre Pro
    • Un accompagnement VIP
    • Un salon privé avec l’équipe
    🛟 Assistance VIP
    \u{200B} = \u{200B}
    🔁 Voir à l’année | 🛒 Choisir Basic | 🛒 Choisir Pro | 🎁 Essayer Pro 3 jours | 🛒 Choisir Ultra
    ");
    assert_eq!(
        actions(&plans),
        [
            "plans?period=year",
            "buy?item=plan/basic/month",
            "buy?item=plan/pro/month",
            "buy?item=plan/pro/month&trial=yes",
            "buy?item=plan/ultra/month"
        ]
    );
    world.entitles(&marie(), "pro").await;
    let yearly = world.presses(&marie(), &plans, "Voir à l’année").await;
    assert!(yearly.replaces);
    assert!(yearly.cards[0].fields.iter().any(|field| field.name == "Pro · ✅ la vôtre"));
    // He has no subscription that could go back to a lower plan.
    assert_eq!(labels(&yearly), ["🔁 Voir au mois", "⬆️ Passer à Ultra"]);
    assert_eq!(actions(&yearly)[1], "buy?item=plan/ultra/year");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_plan_is_shown_to_who_holds_it() {
    let world = World::new().await;
    assert!(!words(&world.asks(&marie(), "plans", &[]).await).contains("Fondateur"));
    world.entitles(&marie(), "founder").await;
    assert!(words(&world.asks(&marie(), "plans", &[]).await).contains("Fondateur 🔒 · ✅ la vôtre"));
    assert!(!words(&world.asks(&jean(), "plans", &[]).await).contains("Fondateur"));
    let mut owner = world.database.owner().await;
    crate::support::db::run(&mut owner, "update entitlements set suspended_at = now()").await;
    assert!(!words(&world.asks(&marie(), "plans", &[]).await).contains("Fondateur"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_english_speaker_reads_english() {
    let world = stocked().await;
    let mut john = member(12, "John");
    john.person.locale = Some(Locale::En);
    let shop = world.asks(&john, "shop", &[]).await;
    assert_snapshot!(timeless(&shop), @"
    [🏬 Shop]
    🎭 **VIP** · €5.00

    🔑 **Édition spéciale** · €19.90 · sold out
    Une clé pour tout débloquer.

    🎭 **Badge** · Free
    🎭 VIP | 🔑 Édition spéciale | 🎭 Badge | 📂 Jeux vidéo | 📂 Rôles & badges | ⭐ Plans
    ");
    let shown = world.asks(&john, "plans", &[]).await;
    let named = |shown: &shellia::kernel::reply::Reply| shown.cards[0].fields[0].name.clone();
    assert_eq!(named(&shown), "Free · ✅ yours");
    let plans = words(&shown);
    assert!(plans.contains("€4.99 a month") && plans.contains("Priority support"), "{plans}");
    // What a shop begins with is said in his language; what an operator wrote, as he wrote it.
    assert!(plans.contains("• Your tickets go first") && !plans.contains("Vos tickets"), "{plans}");
    let given = [("plan", t("pro")), ("benefits", t("Vos tickets avant les autres"))];
    world.asks(&boss(), "plan_edit", &given).await;
    let plans = words(&world.asks(&john, "plans", &[]).await);
    assert!(plans.contains("• Vos tickets avant les autres") && !plans.contains("Your tickets go first"), "{plans}");
    assert!(words(&world.asks(&marie(), "plans", &[]).await).contains("• L’entraide entre membres"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_behind_the_shop_may_be_a_product_a_category_or_a_page() {
    let world = World::new().await;
    assert!(words(&world.says(&marie(), "!boutique jeux").await).contains("Rien de tel"), "nothing is sold yet");
    world.sells("Guide du débutant", "key", "5", &[("product_category", t("Jeux vidéo"))]).await;
    world.sells("Épée", "key", "6", &[("product_category", t("Objets"))]).await;
    for (typed, expected, not) in [
        ("!boutique Jeux video", "Guide du débutant", "Épée"),
        ("!boutique OBJETS", "Épée", "Guide"),
        ("!boutique guide du  debutant", "[🔑 Guide du débutant]", "Épée"),
        ("!boutique epee", "[🔑 Épée]", "Guide"),
        ("!boutique 1", "Épée", "Rien de tel"),
        ("!boutique rayon=jeux_video", "Rien dans ce rayon", "Épée"),
    ] {
        let said = timeless(&world.says(&marie(), typed).await);
        assert!(said.contains(expected) && !said.contains(not), "{typed}: {said}");
    }
    let near = world.says(&marie(), "!boutique guide").await;
    assert!(words(&near).contains("Cherchiez-vous"), "{}", words(&near));
    assert_eq!(labels(&near), ["🔎 Guide du débutant", "📂 Jeux vidéo", "📂 Objets", "🏬 Tout"]);
    assert!(words(&world.presses(&marie(), &near, "Guide du débutant").await).contains("5,00"));
    let none = world.says(&marie(), "!boutique voiture").await;
    assert!(words(&none).contains("Voici ses rayons"), "{}", words(&none));
    assert!(words(&world.presses(&marie(), &none, "Objets").await).contains("Épée"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_first_heard_in_a_new_shop_is_written_down() {
    let world = World::new().await;
    let mut john = member(12, "John");
    john.person.locale = Some(Locale::En);
    world.asks(&john, "shop", &[]).await;
    let written = "select count(*) as n from languages where user_id = 12 and locale = 'en'";
    assert_eq!(world.database.count(written).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_operator_removed_does_not_come_back() {
    let world = World::new().await;
    world.asks(&marie(), "plans", &[]).await;
    let removed = world.asks(&boss(), "plan_remove", &[("plan", t("ultra"))]).await;
    assert!(words(&removed).contains("n’est plus en vente"), "{}", words(&removed));
    // Another process, which knows nothing of the shop yet.
    let again = crate::support::app::unwired(&world.database);
    let reply = shellia::commands::answer(&again, &world.call(&marie(), "plans", &[])).await;
    let plans = words(&said(reply));
    assert!(plans.contains("Pro") && !plans.contains("Ultra"), "{plans}");
    assert_eq!(world.database.count("select count(*) as n from plans where guild_id = 7").await, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn four_plans_stand_two_by_two_and_none_is_alone_on_a_row() {
    let world = World::new().await;
    let rows = async || {
        let reply = world.asks(&marie(), "plans", &[]).await;
        let fields = reply.cards[0].fields.iter().map(|field| (field.name.clone(), field.inline));
        fields.collect::<Vec<_>>()
    };
    let named = |name: &str| (name.to_owned(), true);
    let space = || named("\u{200B}");
    let four = rows().await;
    let names = ["Gratuit · ✅ la vôtre", "Basic", "Pro", "Ultra"].map(named);
    assert_eq!(four, [names[0].clone(), names[1].clone(), space(), names[2].clone(), names[3].clone(), space()]);
    for name in ["Cinq", "Six", "Sept"] {
        world.asks(&boss(), "plan_add", &[("name", t(name)), ("month_price", t("50"))]).await;
    }
    let seven = rows().await;
    assert_eq!((seven.len(), seven.iter().filter(|(_, inline)| *inline).count()), (7, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_types_only_that_he_wants_to_buy_is_shown_the_shop() {
    let world = stocked().await;
    for typed in ["!acheter", "!buy"] {
        let shop = world.hears(&marie(), typed).await;
        assert!(shop.contains("[🏬 Boutique]") && shop.contains("VIP"), "{shop}");
    }
}
