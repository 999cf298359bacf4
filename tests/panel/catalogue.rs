//! The catalogue at the panel: plans, products, variants, stock, keys; what is shown before it is done; the figures.

use super::stage::Stage;
use crate::support::db::run;
use serde_json::{Value, json};

const KEY: [(&str, &str); 1] = [("Idempotency-Key", "6f1c1f64-7f0e-4b52-9b0a-3f0f3f0f3f0f")];

fn named<'a>(list: &'a Value, of: &str, code: &str) -> &'a Value {
    let rows = list[of].as_array().unwrap();
    rows.iter().find(|row| row["code"] == code).unwrap_or_else(|| panic!("no {code} in {list}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_made_changed_and_taken_off_sale_after_a_look() {
    let stage = Stage::open().await;
    let (sam, lea) = (stage.signed_in("sam").await, stage.signed_in("lea").await);
    let plans = stage.of_shop("/plans");
    let list = lea.json(&plans).await;
    assert_eq!((list["plans"].as_array().unwrap().len(), &list["may"]), (5, &json!(["create"])));
    let free = named(&list, "plans", "free");
    assert_eq!((&free["may"], &free["trial_days"]), (&json!(["edit"]), &Value::Null));

    for (body, field) in [
        (json!({"name": null, "month": "5"}), "name"),
        (json!({"name": "Or", "month": null}), "month"),
        (json!({"name": "Or", "month": "cher"}), "month"),
        (json!({"name": "Or", "month": "5", "year": "-3"}), "year"),
        (json!({"name": "Or", "month": "5", "trial_days": 9_999}), "trial_days"),
        (json!({"name": "Or", "month": "5", "role": "Inconnu"}), "role"),
    ] {
        let (status, refused) = lea.does("POST", &plans, body.clone()).await;
        assert_eq!((status, &refused["field"]), (400, &json!(field)), "{body}: {refused}");
        assert!(!refused["text"].as_str().unwrap().contains("**"), "{refused}");
    }
    let new = json!({"name": "Or", "month": "5,50", "year": "50", "benefits": "Un salon\nDes réponses", "trial_days": 7, "role": "Premium", "level": null});
    assert_eq!(sam.does("POST", &plans, new.clone()).await.0, 403);
    for _ in 0..2 {
        let answer = lea.ask_with("POST", &plans, Some(new.clone()), &KEY).await;
        assert_eq!(answer.status(), 201, "{}", answer.text().await.unwrap());
    }
    let list = lea.json(&plans).await;
    let gold = named(&list, "plans", "or");
    assert_eq!(list["plans"].as_array().unwrap().len(), 6);
    assert_eq!(
        gold["prices"],
        json!([{"period": "month", "price": {"minor": 550, "currency": "eur"}}, {"period": "year", "price": {"minor": 5000, "currency": "eur"}}])
    );
    assert_eq!(
        (&gold["role"]["name"], &gold["role"]["state"], &gold["trial_days"]),
        (&json!("Premium"), &json!("ok"), &json!(7))
    );
    assert_eq!((&gold["benefits"], &gold["state"]), (&json!(["Un salon", "Des réponses"]), &json!("on_sale")));
    assert_eq!((&gold["holders"], &gold["may"]), (&json!(0), &json!(["edit", "remove"])));

    let of = |rest: &str| stage.of_shop(&format!("/plans/or{rest}"));
    // What forms offer to choose from is what the guild has.
    let offered = lea.json(&stage.of_shop("/offered")).await;
    let holds = |of: &str, name: &str| offered[of].as_array().unwrap().iter().any(|one| one["name"] == name);
    assert!(holds("roles", "Premium") && !holds("roles", "@everyone") && !holds("roles", "Maxis"), "{offered}");
    assert!(offered["channels"].as_array().is_some_and(|all| !all.is_empty()), "{offered}");
    // A refusal names the field of the page, and nothing of Discord's.
    let (_, refused) = lea.does("PATCH", &of(""), json!({"trial_days": 9_999})).await;
    assert!(refused["text"].as_str().unwrap().starts_with("Essai gratuit (jours) doit être"), "{refused}");
    let (_, refused) = lea.does("PATCH", &of(""), json!({"role": "Inconnu"})).await;
    let text = refused["text"].as_str().unwrap();
    assert!(text.starts_with("Rôle") && text.contains("choisissez un rôle du serveur dans la liste"), "{text}");
    for (body, field) in
        [(json!({"month": "0,10"}), "month"), (json!({"name": null}), "name"), (json!({"level": 2_000}), "level")]
    {
        let (status, refused) = lea.does("PATCH", &of(""), body.clone()).await;
        assert_eq!((status, &refused["field"]), (400, &json!(field)), "{body}: {refused}");
    }
    let (status, done) = lea.does("PATCH", &of(""), json!({"month": "6", "trial_days": null})).await;
    assert_eq!(status, 200, "{done}");
    let list = lea.json(&plans).await;
    let gold = named(&list, "plans", "or");
    assert_eq!((&gold["prices"][0]["price"]["minor"], &gold["trial_days"]), (&json!(600), &Value::Null));
    // What was emptied is empty, but for what it can't do without.
    let none = json!({"year": null, "benefits": null, "role": null});
    let (status, done) = lea.does("PATCH", &of(""), none.clone()).await;
    assert_eq!(status, 200, "{done}");
    let list = lea.json(&plans).await;
    let gold = named(&list, "plans", "or");
    assert_eq!((gold["prices"].as_array().unwrap().len(), &gold["role"]), (1, &Value::Null), "{gold}");
    assert_eq!(gold["benefits"], json!([]));
    let (status, refused) = lea.does("PATCH", &of(""), json!({"month": null})).await;
    assert_eq!((status, &refused["field"]), (400, &json!("month")), "{refused}");
    let unknown = stage.of_shop("/plans/nothing");
    assert_eq!(lea.does("PATCH", &unknown, json!({"name": "X"})).await.0, 404);
    assert_eq!(lea.does("POST", &format!("{unknown}/remove/preview"), json!({})).await.0, 404);

    // Nothing happens without a look, nor when what was seen isn't so any more.
    let member = stage.user("amina").to_string();
    stage
        .maxis
        .person("lea", "support")
        .uses("grant", json!({"member": member, "given_plan": "or", "reason": "Concours"}))
        .await;
    let (status, unsure) = lea.does("POST", &of("/remove"), json!({})).await;
    assert_eq!((status, &unsure["error"]), (409, &json!("confirm")), "{unsure}");
    let (_, shown) = lea.does("POST", &of("/remove/preview"), json!({})).await;
    assert_eq!(shown["text"], unsure["preview"]["text"]);
    lea.does("PATCH", &of(""), json!({"month": "7"})).await;
    let (status, changed) = lea.does("POST", &of("/remove"), json!({"confirm": shown["token"]})).await;
    assert_eq!((status, &changed["error"]), (409, &json!("changed")), "{changed}");
    let other = stage.of_shop("/plans/pro/remove");
    let confirm = json!({"confirm": changed["preview"]["token"]});
    assert_eq!(lea.does("POST", &other, confirm.clone()).await.0, 409, "a word is for one thing");
    let mut told = Vec::new();
    for _ in 0..2 {
        let answer = lea.ask_with("POST", &of("/remove"), Some(confirm.clone()), &KEY).await;
        assert_eq!(answer.status(), 200);
        told.push(answer.json::<Value>().await.unwrap());
    }
    assert_eq!(told[0], told[1]);
    let list = lea.json(&plans).await;
    let gold = named(&list, "plans", "or");
    assert_eq!((&gold["state"], &gold["holders"], &gold["may"]), (&json!("off_sale"), &json!(1), &json!(["restore"])));
    let (status, refused) = lea.does("POST", &of("/remove/preview"), json!({})).await;
    assert_eq!(status, 409, "{refused}");
    let (_, back) = lea.does("POST", &of("/restore/preview"), json!({})).await;
    insta::assert_snapshot!(format!(
        "{}\n{}\n{}",
        shown["text"].as_str().unwrap(),
        told[0]["text"].as_str().unwrap(),
        back["text"].as_str().unwrap()
    ));
    assert_eq!(lea.does("POST", &of("/restore"), json!({"confirm": back["token"]})).await.0, 200);
    assert_eq!(named(&lea.json(&plans).await, "plans", "or")["state"], "on_sale");
    let audited = "select count(*) as n from shop_audit where action = 'plan_removed'";
    assert_eq!(stage.maxis.database.count(audited).await, 1);
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn products_variants_stock_and_keys() {
    let stage = Stage::open().await;
    let (sam, lea, paul) = (stage.signed_in("sam").await, stage.signed_in("lea").await, stage.signed_in("paul").await);
    let products = stage.of_shop("/products");
    for (body, field) in [
        (json!({"name": "Clé", "kind": "key", "price": "cher"}), "price"),
        (json!({"name": "Clé", "kind": "keys", "price": "5"}), "kind"),
        (json!({"name": "Clé", "kind": "key", "price": "5", "description": "x".repeat(4_001)}), "description"),
        (json!({"name": "Clé", "kind": "key", "price": "5", "category": "x".repeat(51)}), "category"),
    ] {
        let (status, refused) = lea.does("POST", &products, body.clone()).await;
        assert_eq!((status, &refused["field"]), (400, &json!(field)), "{body}: {refused}");
    }
    let new = json!({"name": "Clé du jeu", "kind": "key", "category": "Jeux", "description": "À saisir dans le jeu.", "price": "15", "role": null});
    for _ in 0..2 {
        let answer = lea.ask_with("POST", &products, Some(new.clone()), &KEY).await;
        assert_eq!(answer.status(), 201, "{}", answer.text().await.unwrap());
    }
    let (_, draft) = lea.does("POST", &products, json!({"name": "Guide", "kind": "text", "price": "3"})).await;
    insta::assert_snapshot!(draft["text"].as_str().unwrap());
    let list = lea.json(&products).await;
    assert_eq!(list["products"].as_array().unwrap().len(), 2);
    let key = named(&list, "products", "cle-du-jeu");
    assert_eq!((&key["price_from"], &key["stock"]), (&json!({"minor": 1500, "currency": "eur"}), &Value::Null));
    assert_eq!((&key["keys"], &key["category"]), (&json!({"free": 0, "reserved": 0, "sold": 0}), &json!("Jeux")));
    assert_eq!(key["may"], json!(["edit", "variants", "keys", "remove"]));
    let guide = named(&list, "products", "guide");
    assert_eq!((&guide["state"], &guide["may"]), (&json!("draft"), &json!(["edit", "variants", "stock", "content"])));
    assert_eq!(
        guide["lacks"],
        "📝 Il manque le texte que reçoit l’acheteur. Écrivez-le : le produit sera mis en vente."
    );
    for (query, expected) in [
        ("q=JEU", 1),
        ("q=guide", 1),
        ("q=zz", 0),
        ("kind=text", 1),
        ("code=guide&q=zz", 1),
        ("limit=1", 1),
        ("limit=1&cursor=1", 1),
    ] {
        let found = lea.json(&format!("{products}?{query}")).await;
        assert_eq!(found["products"].as_array().unwrap().len(), expected, "{query}");
    }
    assert_eq!(lea.json(&format!("{products}?limit=1")).await["next"], "1");
    // A text is on sale once there is one to hand over; its price may change.
    let guide = stage.of_shop("/products/guide");
    for text in [json!(null), json!("  ")] {
        let (status, refused) = lea.does("PUT", &format!("{guide}/content"), json!({"text": text})).await;
        assert_eq!((status, &refused["field"]), (400, &json!("text")), "{refused}");
    }
    let (status, told) = lea.does("PUT", &format!("{guide}/content"), json!({"text": "Une bonne photo."})).await;
    assert_eq!(status, 200, "{told}");
    let (status, told) = lea.does("PATCH", &guide, json!({"price": "7,50", "variant": "standard"})).await;
    assert_eq!(status, 200, "{told}");
    let (status, refused) = lea.does("PATCH", &guide, json!({"price": "cher", "variant": "standard"})).await;
    assert_eq!((status, &refused["field"]), (400, &json!("price")), "{refused}");
    let (status, refused) = lea.does("PATCH", &guide, json!({"price": null, "variant": "standard"})).await;
    assert_eq!((status, &refused["field"]), (400, &json!("price")), "{refused}");
    let list = lea.json(&products).await;
    let sold = named(&list, "products", "guide");
    assert_eq!((&sold["state"], &sold["price_from"]["minor"]), (&json!("on_sale"), &json!(750)), "{sold}");
    assert_eq!(lea.ask("GET", &format!("{products}?kind=x"), None).await.status(), 400);

    let of = |rest: &str| stage.of_shop(&format!("/products/cle-du-jeu{rest}"));
    let (status, _) = lea.does("PATCH", &of(""), json!({"description": "Dans le jeu.", "per_member": 2})).await;
    assert_eq!(status, 200);
    let none = json!({"description": " ", "per_member": null, "category": null});
    assert_eq!(lea.does("PATCH", &of(""), none).await.0, 200);
    let list = lea.json(&format!("{products}?code=cle-du-jeu")).await;
    let bare = &list["products"][0];
    assert_eq!(
        (&bare["description"], &bare["per_member"], &bare["category"]),
        (&Value::Null, &Value::Null, &Value::Null),
        "{bare}"
    );
    assert_eq!(lea.does("PATCH", &of(""), json!({"per_member": 2})).await.0, 200);
    let (status, refused) = lea.does("PATCH", &of(""), json!({"per_member": 0})).await;
    assert_eq!((status, &refused["field"]), (400, &json!("per_member")));
    let (status, _) = lea.does("POST", &of("/variants"), json!({"name": "Deluxe", "price": "25", "stock": null})).await;
    assert_eq!(status, 201);
    let (status, refused) = lea.does("POST", &of("/variants"), json!({"name": "Or", "price": "25", "stock": 3})).await;
    assert_eq!((status, &refused["field"]), (400, &json!("stock")), "keys count themselves");

    // Each line is told what became of it; the same paste under the same key is told the same.
    let long = "L".repeat(501);
    let paste = json!({"variant": "deluxe", "keys": format!("\nNEW-1\nOLD-1\nNEW-1\r\n\n{long}\nNEW-2\nAA\0AA\n")});
    let (status, refused) = lea.does("POST", &of("/keys"), json!({"variant": null, "keys": "OLD-1"})).await;
    assert_eq!((status, &refused["field"]), (400, &json!("variant")), "{refused}");
    assert_eq!(lea.does("POST", &of("/keys"), json!({"variant": "standard", "keys": "OLD-1"})).await.1["added"], 1);
    let mut told = Vec::new();
    for _ in 0..2 {
        let answer = lea.ask_with("POST", &of("/keys"), Some(paste.clone()), &KEY).await;
        assert_eq!(answer.status(), 200);
        told.push(answer.json::<Value>().await.unwrap());
    }
    assert_eq!(told[0], told[1]);
    assert_eq!(
        told[0],
        json!({
            "added": 2,
            "doubles": [{"line": 3, "why": "already_there"}, {"line": 4, "why": "twice_here"}],
            "refused": [{"line": 6, "why": "too_long"}, {"line": 8, "why": "not_text"}],
            "free": 2,
        })
    );
    for (keys, status) in [("", 409), ("A,B;C", 409), ("AA\0AA", 409), (long.as_str(), 400)] {
        let (found, refused) = lea.does("POST", &of("/keys"), json!({"variant": "deluxe", "keys": keys})).await;
        assert_eq!(found, status, "{refused}");
    }
    // A thousand of the longest fit.
    let many = (0..1000).map(|n| format!("{n:0>500}\n")).collect::<String>();
    let (status, all) = lea.does("POST", &of("/keys"), json!({"variant": "deluxe", "keys": many})).await;
    assert_eq!((status, &all["added"], &all["free"]), (200, &json!(1000), &json!(1002)));
    let mut owner = stage.maxis.database.owner().await;
    let sold = "update product_keys set order_number = 7, user_id = 1, delivered_at = now() where secret = 'NEW-1'; \
                update product_keys set order_number = 8 where secret = 'NEW-2'";
    run(&mut owner, sold).await;
    let list = lea.json(&format!("{products}?code=cle-du-jeu")).await;
    assert_eq!(list["products"][0]["keys"], json!({"free": 1001, "reserved": 1, "sold": 1}));
    assert_eq!(
        list["products"][0]["variants"][1],
        json!({"code": "deluxe", "name": "Deluxe", "price": {"minor": 2500, "currency": "eur"}, "stock": 1000})
    );
    assert_eq!(list["products"][0]["per_member"], 2);
    let answers = "select count(*) as n from answers where reply::text like '%NEW-%' or reply::text like '%OLD-1%'";
    assert_eq!(stage.maxis.database.count(answers).await, 0, "no key is kept in an answer");

    let stock = stage.of_shop("/products/guide/stock");
    assert_eq!(lea.does("PATCH", &stock, json!({"variant": null, "stock": 5})).await.0, 200);
    assert_eq!(lea.json(&format!("{products}?code=guide")).await["products"][0]["stock"], 5);
    assert_eq!(lea.does("PATCH", &stock, json!({"variant": "standard", "stock": null})).await.0, 200);
    assert_eq!(lea.json(&format!("{products}?code=guide")).await["products"][0]["stock"], Value::Null);
    let (status, refused) = lea.does("PATCH", &stock, json!({"stock": -1})).await;
    assert_eq!((status, &refused["field"]), (400, &json!("stock")));
    assert_eq!(lea.does("PATCH", &of("/stock"), json!({"variant": "deluxe", "stock": 5})).await.0, 409);

    lea.does("POST", &products, json!({"name": "Notice", "kind": "text", "price": "3"})).await;
    let (status, draft) = lea.does("POST", &stage.of_shop("/products/notice/restore/preview"), json!({})).await;
    assert_eq!((status, &draft["error"]), (409, &json!("error-shop-draft")));
    let (_, shown) = lea.does("POST", &of("/remove/preview"), json!({})).await;
    assert_eq!(lea.does("POST", &of("/remove"), json!({"confirm": shown["token"]})).await.0, 200);
    let list = lea.json(&format!("{products}?code=cle-du-jeu")).await;
    assert_eq!(
        (&list["products"][0]["state"], list["products"][0]["may"].as_array().unwrap().last()),
        (&json!("off_sale"), Some(&json!("restore")))
    );

    for (method, path) in [
        ("GET", ""),
        ("POST", ""),
        ("PATCH", "/guide"),
        ("POST", "/guide/keys"),
        ("POST", "/guide/variants"),
        ("PATCH", "/guide/stock"),
    ] {
        let body =
            (method != "GET").then(|| json!({"name": "X", "keys": "A", "stock": 1, "price": "5", "kind": "key"}));
        assert_eq!(sam.ask(method, &format!("{products}{path}"), body.clone()).await.status(), 403, "{method} {path}");
        assert_eq!(paul.ask(method, &format!("{products}{path}"), body.clone()).await.status(), 404, "{method} {path}");
        if path.len() > 1 {
            let club = format!("/api/admin/guilds/{}/products{path}", stage.club);
            assert_eq!(paul.ask(method, &club, body).await.status(), 404, "{method} {path}");
        }
    }
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_are_the_ledgers_and_what_waits_for_staff_leads_to_its_page() {
    let stage = Stage::selling().await;
    let lea = stage.maxis.person("lea", "support");
    lea.uses("product_add", json!({"name": "Clé", "kind": "key", "price": "15"})).await;
    lea.uses("product_keys", json!({"product": "cle", "keys": "K-1"})).await;
    let number = stage.sells("marie", "product/cle/standard").await;
    stage.sells("jean", "plan/pro/month").await;
    stage.until("select count(*) as n from invoices", 1).await;
    stage.until("select count(*) as n from ledger where account = 'fees'", 2).await;
    let lea = stage.signed_in("lea").await;
    let path = stage.of_shop("/shop/overview");
    let figures = lea.json(&format!("{path}?days=7")).await;
    assert_eq!(
        (&figures["currency"], &figures["revenue"]),
        (&json!("eur"), &json!({"minor": 2499, "currency": "eur"}))
    );
    let fees =
        stage.maxis.database.count("select sum(amount_minor)::bigint as n from ledger where account = 'fees'").await;
    assert_eq!((&figures["fees"]["minor"], &figures["net"]["minor"]), (&json!(fees), &json!(2499 - fees)));
    assert_eq!((&figures["mrr"]["minor"], &figures["refunded"]["minor"]), (&json!(999), &json!(0)));
    assert_eq!(
        (&figures["active_subscriptions"], &figures["new"], &figures["churned"]),
        (&json!(1), &json!(1), &json!(0))
    );
    assert_eq!((&figures["orders"], &figures["conversion"]), (&json!(2), &json!(1.0)));
    let days = figures["days"].as_array().unwrap();
    assert_eq!((days.len(), &days[6]["revenue"]["minor"], &days[6]["orders"]), (7, &json!(2499), &json!(2)));
    assert_eq!(
        figures["alerts"][0],
        json!({"kind": "keys", "text": "« Clé » n’a plus de clé libre : il ne se vend plus. Collez-en d’autres.", "link": "shop.html?product=cle"})
    );
    let mut owner = stage.maxis.database.owner().await;
    // It is so, since an alert of a role that can be given is forgotten.
    let role = |name| stage.maxis.sandbox.role_id(stage.shop, name).unwrap();
    stage.maxis.sandbox.drag_role(stage.shop, role("Premium"), Some(role("Maxis"))).unwrap();
    let wrong = format!(
        "update orders set dispute = 'open' where number = {number}; \
         insert into role_alerts values ({}, {}, 'too_low', now()) on conflict do nothing",
        stage.shop,
        role("Premium")
    );
    run(&mut owner, &wrong).await;
    let figures = lea.json(&path).await;
    let alerts = figures["alerts"].as_array().unwrap();
    assert_eq!((alerts.len(), figures["days"].as_array().unwrap().len()), (3, 30));
    assert_eq!(
        (&alerts[0]["kind"], &alerts[0]["link"]),
        (&json!("dispute"), &json!(format!("orders.html?order={number}")))
    );
    insta::assert_snapshot!(format!(
        "{}\n{}",
        alerts[0]["text"].as_str().unwrap(),
        alerts[1]["text"].as_str().unwrap()
    ));
    run(&mut owner, "update orders set dispute = null; delete from role_alerts").await;
    assert_eq!(lea.ask("GET", &format!("{path}?days=91"), None).await.status(), 400);
    // The pages are shown to who may open them.
    let sam = stage.signed_in("sam").await;
    assert_eq!(sam.ask("GET", &path, None).await.status(), 403);
    let places = async |browser: &super::stage::Browser| browser.json(&stage.of_shop("/guild")).await["places"].clone();
    let (of_sam, of_lea) = (places(&sam).await, places(&lea).await);
    let holds = |places: &Value, page: &str| places.as_array().unwrap().iter().any(|place| place == page);
    assert!(holds(&of_sam, "orders") && holds(&of_sam, "members") && !holds(&of_sam, "shop"), "{of_sam}");
    assert!(holds(&of_lea, "shop"), "{of_lea}");
    stage.close().await;
}
