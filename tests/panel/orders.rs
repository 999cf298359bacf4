//! Orders at the panel: lists, one order, its refund in two steps, its file.

use super::stage::{Browser, Stage};
use crate::support::db::run;
use serde_json::{Value, json};

const KEY: [(&str, &str); 1] = [("Idempotency-Key", "6f1c1f64-7f0e-4b52-9b0a-3f0f3f0f3f0f")];

fn numbers(list: &Value) -> Vec<i64> {
    list["orders"].as_array().unwrap().iter().map(|row| row["number"].as_i64().unwrap()).collect()
}

/// A shop with a text for 15.00 and a file of it that is sold, and a plan.
async fn filled(stage: &Stage) {
    let lea = stage.maxis.person("lea", "support");
    lea.uses("product_add", json!({"name": "Guide", "kind": "text", "price": "15"})).await;
    lea.uses("product_content", json!({"product": "guide", "content": "Une bonne photo"})).await;
}

async fn keyed(browser: &Browser, path: &str, body: &Value) -> (u16, Value) {
    let answer = browser.ask_with("POST", path, Some(body.clone()), &KEY).await;
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_listed_shown_and_given_back_once_and_only_after_a_look() {
    let stage = Stage::selling().await;
    filled(&stage).await;
    let marie = stage.user("marie").to_string();
    let number = stage.sells("marie", "product/guide/standard").await;
    let plan = stage.sells("marie", "plan/pro/month").await;
    stage.until("select count(*) as n from invoices", 1).await;
    let (sam, lea, paul) = (stage.signed_in("sam").await, stage.signed_in("lea").await, stage.signed_in("paul").await);
    let of = |rest: &str| stage.of_shop(&format!("/orders/{number}{rest}"));

    let list = sam.json(&stage.of_shop("/orders")).await;
    assert_eq!((numbers(&list), &list["next"]), (vec![plan, number], &Value::Null));
    let row = &list["orders"][1];
    assert_eq!(row["member"], json!({"id": marie, "name": "Marie"}));
    assert_eq!((&row["what"], &row["state"]), (&json!("Guide"), &json!("fulfilled")));
    assert_eq!((&row["total"], &row["refunded"]), (&json!({"minor": 1500, "currency": "eur"}), &Value::Null));
    assert_eq!(
        (&row["recipient"], &row["trouble"], &row["may"]),
        (&Value::Null, &Value::Null, &json!(["refund", "evidence"]))
    );
    assert_eq!(list["orders"][0]["what"], "Pro · au mois");

    let one = sam.json(&of("")).await;
    assert_eq!((&one["number"], &one["total"]["minor"]), (&json!(number), &json!(1500)));
    assert!(one["payment"]["id"].as_str().unwrap().starts_with("pi_"), "{one}");
    assert_eq!((&one["subscription"], &one["refunds"], &one["dispute"]), (&Value::Null, &json!([]), &Value::Null));
    let texts: Vec<&str> = one["lines"].as_array().unwrap().iter().map(|line| line["text"].as_str().unwrap()).collect();
    assert!(texts.iter().any(|text| text.starts_with("commande livrée · le programme")), "{texts:?}");
    let subscribed = sam.json(&stage.of_shop(&format!("/orders/{plan}"))).await;
    assert_eq!(subscribed["subscription"]["state"], "active");
    assert_eq!(subscribed["subscription"]["price"], json!({"minor": 999, "currency": "eur"}));
    assert_eq!(subscribed["subscription"]["text"], "Se renouvelle à cette date.");
    assert_eq!(subscribed["entitlements"][0]["what"], "Pro");
    assert_eq!(subscribed["entitlements"][0]["state"], "active");

    // A look, which does nothing.
    let (status, refused) = lea.does("POST", &of("/refund/preview"), json!({"amount": "99", "reason": "Geste"})).await;
    assert_eq!((status, &refused["field"]), (400, &json!("amount")));
    insta::assert_snapshot!(refused["text"].as_str().unwrap());
    let (status, refused) = lea.does("POST", &of("/refund/preview"), json!({"amount": null, "reason": null})).await;
    assert_eq!((status, &refused["field"]), (400, &json!("reason")));
    let part = json!({"amount": "5,00", "reason": "Geste *commercial*"});
    let (status, shown) = lea.does("POST", &of("/refund/preview"), part.clone()).await;
    assert_eq!(status, 200, "{shown}");
    insta::assert_snapshot!(shown["text"].as_str().unwrap());
    assert_eq!(stage.maxis.database.count("select count(*) as n from refunds").await, 0);

    // Somebody else's word, another order's, and none are none.
    let confirm = json!({"confirm": shown["token"]});
    let strange = json!({"confirm": format!("{plan}:refund_confirm?from=x")});
    for (browser, path, body) in [
        (&sam, of("/refund"), &confirm),
        (&lea, stage.of_shop(&format!("/orders/{plan}/refund")), &confirm),
        (&lea, of("/refund"), &strange),
        (&lea, of("/refund"), &json!({})),
    ] {
        let (status, refused) = browser.does("POST", &path, body.clone()).await;
        assert_eq!((status, &refused["error"]), (409, &json!("changed")), "{refused}");
    }
    assert_eq!(stage.maxis.database.count("select count(*) as n from refunds").await, 0);

    // Twice with the same key is once.
    let (status, done) = keyed(&lea, &of("/refund"), &confirm).await;
    assert_eq!(status, 200, "{done}");
    insta::assert_snapshot!(done["text"].as_str().unwrap());
    assert_eq!(keyed(&lea, &of("/refund"), &confirm).await, (200, done));
    stage.until("select count(*) as n from orders where refunded_minor = 500", 1).await;
    assert_eq!(stage.maxis.database.count("select count(*) as n from refunds").await, 1);
    let after = sam.json(&of("")).await;
    assert_eq!(after["refunded"], json!({"minor": 500, "currency": "eur"}));
    assert_eq!(after["refunds"][0]["reason"], "Geste *commercial*");
    assert_eq!((&after["refunds"][0]["amount"]["minor"], &after["refunds"][0]["state"]), (&json!(500), &json!("done")));
    assert!(after["lines"].to_string().contains("remboursement demandé · Léa · 5,00"), "{}", after["lines"]);

    // Support gives back what its limit allows, here as in Discord; and reads the file.
    let (status, refused) = sam.does("POST", &of("/refund/preview"), json!({"reason": "Geste"})).await;
    assert_eq!(status, 200, "{refused}");
    // What a colleague gave back after the look isn't given a second time.
    let part = json!({"amount": "1,00", "reason": "Geste"});
    let seen = sam.does("POST", &of("/refund/preview"), part.clone()).await.1;
    let again = lea.does("POST", &of("/refund/preview"), part).await.1;
    assert_eq!(lea.does("POST", &of("/refund"), json!({"confirm": again["token"]})).await.0, 200);
    let (status, refused) = sam.does("POST", &of("/refund"), json!({"confirm": seen["token"]})).await;
    assert_eq!((status, &refused["error"]), (409, &json!("error-refund-meanwhile")), "{refused}");
    assert_eq!(stage.maxis.database.count("select count(*) as n from refunds").await, 2);
    // Nor in the same moment: of several looks at the same money one gives it.
    let mut looks = Vec::new();
    for n in 0..6 {
        let by = if n % 2 == 0 { &lea } else { &sam };
        let part = json!({"amount": "0,10", "reason": format!("Geste {n}")});
        let shown = by.does("POST", &of("/refund/preview"), part).await.1;
        looks.push((by, json!({"confirm": shown["token"]})));
    }
    let path = of("/refund");
    let all = looks.into_iter().map(|(by, confirm)| by.does("POST", &path, confirm));
    let mut all: Vec<_> = futures_util::future::join_all(all).await;
    all.sort_unstable_by_key(|(status, _)| *status);
    assert_eq!(all.iter().map(|(status, _)| *status).collect::<Vec<_>>(), [200, 409, 409, 409, 409, 409]);
    assert!(all[1..].iter().all(|(_, told)| told["error"] == "error-refund-meanwhile"), "{all:?}");
    assert_eq!(stage.maxis.database.count("select count(*) as n from refunds").await, 3);
    let file = sam.ask("GET", &of("/evidence?lang=en"), None).await;
    assert_eq!(file.status(), 200);
    assert!(file.headers()["content-disposition"].to_str().unwrap().contains(&format!("order-{number}.txt")));
    let file = file.text().await.unwrap();
    assert!(file.contains("order delivered") && !file.contains("Une bonne photo"), "{file}");
    let audited = "select count(*) as n from shop_audit where action = 'evidence_read'";
    assert_eq!(stage.maxis.database.count(audited).await, 1);

    // Another guild's staff find none of it.
    let club = |rest: &str| format!("/api/admin/guilds/{}/orders/{number}{rest}", stage.club);
    for (method, rest) in [("GET", ""), ("GET", "/evidence"), ("POST", "/refund/preview"), ("POST", "/refund")] {
        let body = (method == "POST").then(|| json!({"reason": "Geste", "confirm": shown["token"]}));
        let status = paul.ask(method, &club(rest), body.clone()).await.status().as_u16();
        assert!(status == 404 || (rest == "/refund" && status == 409), "{method} {rest}: {status}");
        assert_eq!(paul.ask(method, &of(rest), body).await.status(), 404, "{method} {rest}");
    }
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_are_filtered_sorted_and_paged_and_say_what_waits_for_staff() {
    let stage = Stage::open().await;
    filled(&stage).await;
    let (shop, marie, jean) = (stage.shop, stage.user("marie"), stage.user("jean"));
    let rows = format!(
        "insert into orders (guild_id, number, user_id, recipient_id, user_name, locale, request, kind, mode, product, variant, title, \
           currency, list_minor, total_minor, state, problem, reserved, checkout_key, payment_id, paid_minor, dispute, created_at, paid_at, \
           fulfilled_at, updated_at) \
         select {shop}, n, case when n % 2 = 0 then {marie} else {jean} end, {marie}, case when n % 2 = 0 then 'Marie É.' else 'Jean' end, \
           'fr', 'r' || n, 'product', 'payment', 'guide', 'standard', case when n = 3 then 'Clé 100 %' else 'Guide' end, 'eur', n * 100, n * 100, \
           case n when 1 then 'expired' when 2 then 'paid' else 'fulfilled' end, case n when 2 then 'out_of_stock' end, false, 'k' || n, \
           case when n > 1 then 'pi_' || n end, case when n > 1 then n * 100 else 0 end, case n when 4 then 'open' end, \
           timestamptz '2026-11-01 12:00+00' + n * interval '1 day', case when n > 1 then timestamptz '2026-11-01 12:00+00' end, \
           case when n > 2 then timestamptz '2026-11-01 12:00+00' end, now() from generate_series(1, 7) n"
    );
    let mut owner = stage.maxis.database.owner().await;
    run(&mut owner, &rows).await;
    let sam = stage.signed_in("sam").await;
    let found = async |query: &str| numbers(&sam.json(&stage.of_shop(&format!("/orders?{query}"))).await);
    for (sort, expected) in
        [("", [7, 6, 5, 4, 3, 2, 1]), ("oldest", [1, 2, 3, 4, 5, 6, 7]), ("total", [7, 6, 5, 4, 3, 2, 1])]
    {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = sam.json(&stage.of_shop(&format!("/orders?limit=3&sort={sort}&cursor={cursor}"))).await;
            seen.extend(numbers(&page));
            let Some(next) = page["next"].as_str() else { break };
            cursor = next.to_owned();
        }
        assert_eq!(seen, expected, "{sort}");
    }
    assert_eq!(found("state=expired").await, [1]);
    assert_eq!(found(&format!("member={jean}")).await, [7, 5, 3, 1]);
    // Who is to get it finds it too.
    assert_eq!(found(&format!("member={marie}")).await.len(), 7);
    assert_eq!(found("q=%23999").await, Vec::<i64>::new());
    assert_eq!(found("q=%235").await, [5]);
    assert_eq!(found("q=cl%C3%A9").await, [3]);
    assert_eq!(found("q=100%20%25").await, [3]);
    assert_eq!(found("q=marie").await, [6, 4, 2]);
    assert_eq!(found("q=nobody_%25").await, Vec::<i64>::new());
    assert_eq!(found("from=2026-11-03&to=2026-11-04").await, [3, 2]);
    let list = sam.json(&stage.of_shop("/orders")).await;
    let trouble = |number: i64| {
        let rows = list["orders"].as_array().unwrap();
        rows.iter().find(|row| row["number"] == number).unwrap()["trouble"].as_str().unwrap().to_owned()
    };
    insta::assert_snapshot!(format!("{}\n{}", trouble(2), trouble(4)));
    assert_eq!(list["orders"][3]["may"], json!(["evidence"]), "what a bank looks into isn't given back");
    assert_eq!(list["orders"][0]["recipient"]["name"], "Marie");
    for query in [
        "state=asleep",
        "sort=age",
        "limit=0",
        "cursor=abc",
        "cursor=total_1_1",
        "member=marie",
        "from=hier",
        "to=2026-13-01",
    ] {
        let answer = sam.ask("GET", &stage.of_shop(&format!("/orders?{query}")), None).await;
        assert_eq!(answer.status(), 400, "{query}");
    }
    let refused: Value = sam.ask("GET", &stage.of_shop("/orders?state=x"), None).await.json().await.unwrap();
    let text = refused["text"].as_str().unwrap();
    assert!(
        text.ends_with("en attente, paiement en cours, payée, livrée, expirée, annulée, échouée, remboursée."),
        "{text}"
    );
    let audited = "select count(distinct subject) as n from shop_audit where action = 'orders_read'";
    assert_eq!(stage.maxis.database.count(audited).await, 3);
    stage.close().await;
}
