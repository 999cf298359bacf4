//! Operators keep the catalogue: forms, second steps, prices, keys, contents; every change is audited.

use super::world::*;
use insta::assert_snapshot;
use shellia::commands::Raw;

/// The audit of the shop, a line each.
pub async fn audit(world: &World) -> String {
    use diesel::QueryableByName;
    use diesel::sql_types::Text;
    use diesel_async::RunQueryDsl;
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text)]
        line: String,
    }
    let lines: Vec<Line> = diesel::sql_query(
        "select concat_ws(' ', coalesce(actor_id::text, '-'), action, subject, coalesce(old_value, '∅'), '→', \
         coalesce(new_value, '∅')) as line from shop_audit order by id",
    )
    .load(&mut world.database.owner().await)
    .await
    .unwrap();
    lines.into_iter().map(|line| line.line).collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn adding_a_product_asks_in_a_form_and_then_for_what_its_kind_needs() {
    let world = World::new().await;
    let form = world.form(&boss(), "product_add", &[("kind", t("text"))]).await;
    let asked: Vec<_> = form.inputs.iter().map(|input| (input.option, input.required)).collect();
    assert_eq!(asked, [("name", true), ("price", true), ("about", false), ("product_category", false)]);
    assert_eq!(form.action.to_string(), "product_add?kind=text");
    let given =
        [("name", t("Guide du débutant")), ("kind", t("text")), ("price", t("2,50 €")), ("about", t("Tout y est."))];
    let added = world.asks(&boss(), "product_add", &given).await;
    assert_snapshot!(timeless(&added), @"
    ✅ **Guide du débutant** est créé. Son code : `guide-du-debutant`.
    📝 Il manque le texte que reçoit l’acheteur. Écrivez-le : le produit sera mis en vente.
    [📄 Guide du débutant]
    Tout y est.
    Code = `guide-du-debutant`
    État = 🗄️ Pas en vente
    Vous recevez = 📄 Texte
    Variantes = `standard` Guide du débutant · 2,50 € · sans limite
    📄 Écrire le texte
    ");
    assert!(words(&world.asks(&marie(), "shop", &[]).await).contains("La boutique est vide"));
    let form = world.form(&boss(), "product_content", &[("product", t("guide-du-debutant"))]).await;
    assert_eq!(form.action.to_string(), "product_content?product=guide-du-debutant");
    let content = [("product", t("guide-du-debutant")), ("content", t("Le texte secret"))];
    let set = world.asks(&boss(), "product_content", &content).await;
    assert!(words(&set).contains("✅ En vente") && !words(&set).contains("secret"), "{}", words(&set));
    assert!(words(&world.asks(&marie(), "shop", &[]).await).contains("Guide du débutant"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_and_days_of_a_plan_are_chosen_in_a_second_step() {
    let world = World::new().await;
    let role = [("name", t("Rôle rouge")), ("kind", t("role")), ("price", t("3"))];
    let added = world.asks(&boss(), "product_add", &role).await;
    assert_eq!(actions(&added), ["product_role?product=role-rouge"]);
    let form = world.form(&boss(), "product_role", &[("product", t("role-rouge"))]).await;
    assert_eq!(form.inputs.len(), 1);
    let chosen = world.asks(&boss(), "product_role", &[("product", t("role-rouge")), ("role", t("<@&90>"))]).await;
    assert!(words(&chosen).contains("✅ En vente"), "{}", words(&chosen));
    let days = [("name", t("Un mois de Pro")), ("kind", t("plan_days")), ("price", t("8"))];
    let added = world.asks(&boss(), "product_add", &days).await;
    assert_eq!(labels(&added), ["⏳ Basic", "⏳ Fondateur", "⏳ Pro", "⏳ Ultra"]);
    let given = [("product", t("un-mois-de-pro")), ("plan", t("pro")), ("days", t("30"))];
    let chosen = world.asks(&boss(), "product_days", &given).await;
    assert!(words(&chosen).contains("✅ En vente") && words(&chosen).contains("Pro · 30 jours"), "{}", words(&chosen));
    assert_eq!(
        world
            .database
            .count("select count(*) as n from price_history where until is null and item like 'product/%'")
            .await,
        2
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_fetched_and_kept() {
    let world = with_files(b"PK-bytes").await;
    world.asks(&boss(), "product_add", &[("name", t("Pack")), ("kind", t("file")), ("price", t("4"))]).await;
    // A form can't take a file, so it isn't offered again.
    let wrong = [("product", t("pack")), ("content", t("un texte"))];
    let call =
        shellia::commands::Call { way: shellia::commands::Way::Form, ..world.call(&boss(), "product_content", &wrong) };
    let refused = said(shellia::commands::answer(&world.app, &call).await);
    let text = words(&refused);
    assert!(text.contains("un formulaire n’en prend pas") && text.contains("`fichier_joint`"), "{text}");
    assert_eq!(labels(&refused), [""; 0], "{text}");
    let given = [("product", t("pack")), ("upload", file("../pack\u{202E}.zip", 8))];
    let set = world.asks(&boss(), "product_content", &given).await;
    assert!(words(&set).contains("✅ En vente"), "{}", words(&set));
    let kept = "select count(*) as n from product_contents where file_name = '..pack.zip' and bytes = 'PK-bytes'";
    assert_eq!(world.database.count(kept).await, 1);
    let large = [("product", t("pack")), ("upload", file("x.zip", 50_000_000))];
    assert!(words(&world.asks(&boss(), "product_content", &large).await).contains("trop lourd"));
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_come_by_file_and_unsold_ones_go_back() {
    let world = with_files("\u{FEFF}K1\r\nK2\r\n\r\nK3\r\nK2\r\n".as_bytes()).await;
    world.sells("Jeu", "key", "10", &[]).await;
    let given = [("product", t("jeu")), ("upload", file("cles.txt", 20))];
    assert_snapshot!(timeless(&world.asks(&boss(), "product_keys", &given).await), @"
    🔑 3 clés ajoutées ; 3 en stock.
    Une clé en double, laissée de côté.
    Une ligne vide, laissée de côté.
    ");
    let again = words(&world.asks(&boss(), "product_keys", &given).await);
    assert!(again.contains("Aucune clé ajoutée ; 3 en stock") && again.contains("4 clés en double"), "{again}");
    let mut owner = world.database.owner().await;
    crate::support::db::run(&mut owner, "update product_keys set order_number = 1, user_id = 10 where secret = 'K3'")
        .await;
    let back = world.asks(&boss(), "product_keys", &[("product", t("jeu")), ("take_back", n(1))]).await;
    assert_eq!(words(&back), "🔑 Une clé invendue est retirée du stock : la voici.\nK2");
    let back = world.asks(&boss(), "product_keys", &[("product", t("jeu")), ("take_back", n(1000))]).await;
    assert!(words(&back).ends_with("K1"));
    let none = world.asks(&boss(), "product_keys", &[("product", t("jeu")), ("take_back", n(1))]).await;
    assert!(words(&none).contains("aucune clé invendue"));
    assert_eq!(world.database.count("select count(*) as n from product_keys").await, 1);
    assert!(!audit(&world).await.contains("K1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_change_is_audited_with_the_old_and_the_new_value() {
    let world = World::new().await;
    world.sells("VIP", "role", "5", &[("role", Raw::Id(77))]).await;
    let edit = [("product", t("vip")), ("name", t("VIP+")), ("price", t("6,50")), ("member_limit", n(1))];
    let edited = world.asks(&boss(), "product_edit", &edit).await;
    assert_snapshot!(timeless(&edited), @"
    ✅ C’est changé.
    [🎭 VIP+]
    Code = `vip`
    État = ✅ En vente
    Vous recevez = 🎭 Rôle <@&77> · pour toujours
    Par membre, au plus = 1
    Variantes = `standard` VIP · 6,50 € · sans limite
    ");
    assert!(words(&world.asks(&boss(), "product_edit", &edit).await).contains("Rien n’a changé"));
    world.asks(&boss(), "product_stock", &[("product", t("vip")), ("stock", n(5))]).await;
    world.asks(&boss(), "plan_edit", &[("plan", t("pro")), ("month_price", t("12")), ("hidden", t("yes"))]).await;
    let removed = world.asks(&boss(), "product_remove", &[("product", t("vip"))]).await;
    world.presses(&boss(), &removed, "Remettre en vente").await;
    world.asks(&boss(), "shop_settings", &[("currency", t("usd"))]).await;
    assert_snapshot!(audit(&world).await, @"
    - catalogue_loaded shop ∅ → free basic pro ultra founder
    22 product_added vip ∅ → VIP · 500 eur
    22 product_edited vip price=500 eur → price=650 eur
    22 product_edited vip name=VIP → name=VIP+
    22 product_edited vip member_limit= → member_limit=1
    22 stock_set vip/standard unlimited → 5
    22 plan_edited pro hidden=false → hidden=true
    22 plan_edited pro month=999 eur → month=1200 eur
    22 product_removed vip VIP+ → ∅
    22 product_edited vip archived=true → archived=false
    22 currency_changed shop eur → usd
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_added_changed_removed_and_put_back() {
    let world = World::new().await;
    let form = world.form(&boss(), "plan_add", &[]).await;
    assert_eq!(form.inputs.len(), 5);
    let given = [
        ("name", t("Argent")),
        ("month_price", t("7")),
        ("benefits", t("Un badge\nDes remises")),
        ("trial_days", t("7")),
    ];
    let added = world.asks(&boss(), "plan_add", &given).await;
    assert_snapshot!(timeless(&added), @"
    ✅ Formule **Argent** créée. Son code : `argent`.
    [⭐ Argent]
    Un badge
    Des remises
    Code = `argent`
    État = ✅ En vente
    Au mois = 7,00 €
    À l’année = —
    Assistance = Assistance de l’équipe
    Rang = 40
    Essai = 7 jours
    ");
    assert!(words(&world.asks(&marie(), "plans", &[]).await).contains("Argent"));
    let again = world.asks(&boss(), "plan_add", &given).await;
    assert!(words(&again).contains("Son code : `argent-2`"), "{}", words(&again));
    let removed = world.asks(&boss(), "plan_remove", &[("plan", t("argent"))]).await;
    let edit = [("plan", t("argent")), ("name", t("Or"))];
    assert!(words(&world.asks(&boss(), "plan_edit", &edit).await).contains("n’est plus en vente"));
    let back = world.presses(&boss(), &removed, "Remettre en vente").await;
    assert!(words(&back).contains("✅ En vente"), "{}", words(&back));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bare_typed_command_offers_its_form_which_changes_only_what_was_filled_in() {
    let world = World::new().await;
    world.sells("Jeu", "key", "10", &[]).await;
    for (typed, asked) in [
        ("!product_add", "name price kind about product_category"),
        ("!product_edit", "product name price about product_category"),
        ("!product_remove", "product"),
        ("!product_stock", "product stock"),
        ("!product_keys", "product keys"),
        ("!product_content", "product content"),
        ("!variant_add", "product name price stock"),
        ("!plan_add", "name month_price year_price benefits trial_days"),
        ("!plan_edit", "plan name month_price year_price benefits"),
        ("!plan_remove", "plan"),
        ("!promo_create", "value target duration promo_reason promo_code"),
        ("!promo_view", "promotion"),
        ("!promo_stop", "promotion"),
    ] {
        let refused = said(world.types(&boss(), typed).await);
        assert!(words(&refused).contains("Il manque une option"), "{typed}: {}", words(&refused));
        let form = world.reopens(&boss(), &refused).await;
        let mut inputs: Vec<_> = form.inputs.iter().map(|input| input.option).collect();
        let mut asked: Vec<_> = asked.split(' ').collect();
        inputs.sort_unstable();
        asked.sort_unstable();
        assert_eq!(inputs, asked, "{typed}");
    }
    let form = world.reopens(&boss(), &said(world.types(&boss(), "!product_edit").await)).await;
    let filled = [("product", "JEU"), ("name", ""), ("price", "12"), ("about", ""), ("product_category", "")];
    let edited = words(&world.sends(&boss(), &form, &filled).await);
    assert!(edited.contains("C’est changé") && edited.contains("Jeu · 12,00"), "{edited}");
    // What takes a product back on sale asks for nothing more.
    let removed = world.asks(&boss(), "product_remove", &[("product", t("jeu"))]).await;
    assert!(words(&world.presses(&boss(), &removed, "Remettre en vente").await).contains("⚠️ Épuisé"));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_currency_hides_what_has_no_price_in_it() {
    let world = World::new().await;
    world.sells("VIP", "role", "5", &[("role", Raw::Id(77))]).await;
    let changed = world.asks(&boss(), "shop_settings", &[("currency", t("jpy"))]).await;
    assert_snapshot!(timeless(&changed), @"
    ✅ C’est changé.
    [🏬 Réglages de la boutique]
    ⚠️ 6 articles n’ont pas de prix dans cette devise : ils ne sont pas vendus tant qu’ils n’en ont pas.
    Devise = Yen (¥)
    ");
    assert!(!actions(&world.asks(&marie(), "shop", &[("product", t("vip"))]).await).concat().contains("buy"));
    world.asks(&boss(), "product_edit", &[("product", t("vip")), ("price", t("800"))]).await;
    let card = world.asks(&marie(), "shop", &[("product", t("vip"))]).await;
    assert!(words(&card).contains("800\u{A0}¥"), "{}", words(&card));
    let euros = world.asks(&boss(), "product_edit", &[("product", t("vip")), ("price", t("5 €"))]).await;
    assert!(words(&euros).contains("dans la devise de la boutique"), "{}", words(&euros));
}

#[tokio::test(flavor = "multi_thread")]
async fn support_staff_look_at_the_list_and_change_nothing() {
    let world = World::new().await;
    world.sells("VIP", "role", "5", &[("role", Raw::Id(77))]).await;
    world.asks(&boss(), "product_add", &[("name", t("Pack")), ("kind", t("file")), ("price", t("4"))]).await;
    assert_snapshot!(timeless(&world.asks(&paul(), "product_list", &[]).await), @"
    [📚 Produits]
    🎭 `vip` **VIP** · 5,00 € · sans limite
    🗄️ `pack` **Pack** · 4,00 € · sans limite
    ");
    assert_snapshot!(timeless(&world.asks(&paul(), "product_list", &[("product", t("vip"))]).await), @"
    [🎭 VIP]
    Code = `vip`
    État = ✅ En vente
    Vous recevez = 🎭 Rôle <@&77> · pour toujours
    Variantes = `standard` VIP · 5,00 € · sans limite
    ");
    let before = audit(&world).await;
    for (command, given) in [
        ("product_add", vec![("name", t("X")), ("kind", t("key")), ("price", t("1"))]),
        ("product_edit", vec![("product", t("vip")), ("price", t("1"))]),
        ("product_remove", vec![("product", t("vip"))]),
        ("plan_remove", vec![("plan", t("pro"))]),
        ("shop_settings", vec![("currency", t("usd"))]),
    ] {
        let reply = words(&world.asks(&paul(), command, &given).await);
        assert!(reply.contains("réservée aux opérateurs"), "{command}: {reply}");
    }
    assert_eq!(audit(&world).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_variant_must_be_named_they_are_and_what_to_type() {
    let world = World::new().await;
    world.sells("Jeu", "role", "5", &[("role", Raw::Id(77))]).await;
    let luxe = [("product", t("jeu")), ("name", t("Édition luxe")), ("price", t("9"))];
    world.asks(&boss(), "variant_add", &luxe).await;
    for (typed, right, done) in [
        ("!produit_modifier jeu prix=7 €", "!produit_modifier jeu variante=edition-luxe prix=7 €", "C’est changé"),
        ("!produit_stock jeu 5", "!produit_stock jeu variante=edition-luxe 5", "(`edition-luxe`) : 5"),
        ("!produit_stock jeu illimité=oui", "!produit_stock jeu variante=edition-luxe illimité=Oui", "sans limite"),
    ] {
        let refused = world.hears(&boss(), typed).await;
        let expected = format!(
            "Ce produit a plusieurs variantes : Jeu (`standard`), Édition luxe (`edition-luxe`). \
             Dites laquelle, par exemple : `{right}`"
        );
        assert!(refused.contains(&expected), "{typed}: {refused}");
        let told = world.hears(&boss(), right).await;
        assert!(told.contains(done), "{right}: {told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_are_told_what_is_out_of_stock_and_how_to_mend_it() {
    let world = World::new().await;
    world.sells("Clé du jeu", "key", "5", &[]).await;
    let find = async |product: &str| words(&world.asks(&boss(), "product_list", &[("product", t(product))]).await);
    let empty = find("cle-du-jeu").await;
    assert!(empty.contains("État = ⚠️ Épuisé : ajoutez des clés avec `/produit_clés`"), "{empty}");
    let all = words(&world.asks(&boss(), "product_list", &[]).await);
    assert!(all.contains("**Clé du jeu** · 5,00\u{A0}€ · 0 · ⚠️ épuisé"), "{all}");
    world.asks(&boss(), "product_keys", &[("product", t("cle-du-jeu")), ("keys", t("AAAA"))]).await;
    assert!(find("cle-du-jeu").await.contains("État = ✅ En vente"));
    world.sells("VIP", "role", "5", &[("role", Raw::Id(77))]).await;
    world.asks(&boss(), "product_stock", &[("product", t("vip")), ("stock", n(0))]).await;
    let empty = find("vip").await;
    assert!(empty.contains("État = ⚠️ Épuisé : dites combien il en reste avec `/produit_stock`"), "{empty}");
    world.asks(&boss(), "product_remove", &[("product", t("vip"))]).await;
    assert!(find("vip").await.contains("État = 🗄️ Pas en vente"));
}
