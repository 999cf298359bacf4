//! Stripe's API: keys, errors, lists, and the objects of the catalogue.

use serde_json::json;
use shellia::sandbox::stripe::How;

use super::{Shop, id};

#[tokio::test]
async fn a_wrong_key_and_an_unknown_path_are_refused_as_by_stripe() {
    let shop = Shop::open().await;
    let ask = shop.client.get(format!("{}/v1/customers", shop.stripe.url()));
    let answer = ask.bearer_auth("sk_test_other").send().await.unwrap();
    assert_eq!(answer.status(), 401);
    let ask = shop.client.get(format!("{}/v1/customers", shop.stripe.url()));
    assert_eq!(ask.send().await.unwrap().status(), 401);
    let (status, body) = shop.get("nothing").await;
    assert_eq!(status, 404);
    assert_eq!(body["error"]["type"], "invalid_request_error");
    let ask = shop.request("customers", &[]).header("Stripe-Version", "2020-08-27");
    assert_eq!(ask.send().await.unwrap().status(), 400);
}

#[tokio::test]
async fn what_is_missing_or_unknown_is_named() {
    let shop = Shop::open().await;
    let (status, body) = shop.get("customers/cus_none").await;
    assert_eq!((status, &body["error"]["code"]), (404, &json!("resource_missing")));
    assert_eq!(body["error"]["message"], "No such customer: 'cus_none'");
    let error = shop.refused("checkout/sessions", &[("mode", "payment"), ("success_url", "http://a.b/")]).await;
    assert_eq!((&error["code"], &error["param"]), (&json!("parameter_missing"), &json!("line_items")));
    let error = shop.refused("customers", &[("mail", "x")]).await;
    assert_eq!((&error["code"], &error["param"]), (&json!("parameter_unknown"), &json!("mail")));
    let error = shop.refused("refunds", &[("charge", "ch_none")]).await;
    assert_eq!((&error["code"], &error["param"]), (&json!("resource_missing"), &json!("charge")));
}

#[tokio::test]
async fn products_and_coupons_have_the_ids_that_their_makers_choose_once() {
    let shop = Shop::open().await;
    let product = [("id", "pro"), ("name", "Pro"), ("metadata[plan]", "pro")];
    assert_eq!(shop.made("products", &product).await["id"], "pro");
    assert_eq!(shop.refused("products", &product).await["code"], "resource_already_exists");
    let changed = shop.made("products/pro", &[("name", "Pro plus"), ("metadata[plan]", "")]).await;
    assert_eq!((&changed["name"], &changed["metadata"]), (&json!("Pro plus"), &json!({})));
    let coupon = [("id", "WELCOME"), ("percent_off", "20"), ("duration", "once"), ("max_redemptions", "1")];
    assert_eq!(shop.made("coupons", &coupon).await["valid"], true);
    assert_eq!(shop.refused("coupons", &coupon).await["code"], "resource_already_exists");
    for wrong in [
        &[("percent_off", "0")][..],
        &[("percent_off", "101")],
        &[("amount_off", "5")],
        &[("percent_off", "5"), ("amount_off", "5"), ("currency", "eur")],
        &[("percent_off", "5"), ("duration", "repeating")],
        &[("percent_off", "5"), ("redeem_by", "1")],
        &[],
    ] {
        shop.refused("coupons", wrong).await;
    }
    let client = shop.client.delete(format!("{}/v1/coupons/WELCOME", shop.stripe.url()));
    let gone = client.bearer_auth("sk_test_sandbox").send().await.unwrap();
    assert_eq!(gone.json::<serde_json::Value>().await.unwrap()["deleted"], true);
    assert_eq!(shop.get("coupons/WELCOME").await.0, 404);
}

#[tokio::test]
async fn a_price_belongs_to_a_product_and_is_used_while_it_is_active() {
    let shop = Shop::open().await;
    shop.made("products", &[("id", "pro"), ("name", "Pro")]).await;
    let monthly = [("product", "pro"), ("currency", "eur"), ("unit_amount", "999"), ("recurring[interval]", "month")];
    let price = id(&shop.made("prices", &monthly).await);
    let listed = shop.seen("prices?product=pro&active=true").await;
    assert_eq!(listed["data"][0]["recurring"]["interval"], "month");
    let session = |mode: &'static str| {
        let price = price.clone();
        let shop = &shop;
        async move {
            let form = [
                ("mode", mode),
                ("success_url", "http://a.b/"),
                ("line_items[0][price]", &price),
                ("line_items[0][quantity]", "1"),
            ];
            shop.post("checkout/sessions", &form).await
        }
    };
    assert_eq!(session("payment").await.0, 400);
    assert_eq!(session("subscription").await.0, 200);
    shop.made(&format!("prices/{price}"), &[("active", "false")]).await;
    assert_eq!(session("subscription").await.0, 400);
    shop.refused("prices", &[("product", "other"), ("currency", "eur"), ("unit_amount", "1")]).await;
}

#[tokio::test]
async fn lists_are_paged_and_filtered() {
    let shop = Shop::open().await;
    let mut all = Vec::new();
    for _ in 0..3 {
        all.insert(0, shop.customer().await);
    }
    let page = shop.seen("customers?limit=2").await;
    assert_eq!((&page["has_more"], id(&page["data"][1])), (&json!(true), all[1].clone()));
    let page = shop.seen(&format!("customers?limit=2&starting_after={}", all[1])).await;
    assert_eq!((&page["has_more"], id(&page["data"][0])), (&json!(false), all[2].clone()));
    let page = shop.seen(&format!("customers?limit=1&ending_before={}", all[2])).await;
    assert_eq!((&page["has_more"], id(&page["data"][0])), (&json!(true), all[1].clone()));
    assert_eq!(shop.get("customers?limit=0").await.0, 400);
    let session = shop.session("500", &[("customer", &all[0])]).await;
    shop.session("500", &[]).await;
    let paid = shop.stripe.pay(&id(&session), How::Card).unwrap();
    for filter in
        [format!("customer={}", all[0]), format!("payment_intent={}", paid["payment_intent"].as_str().unwrap())]
    {
        let page = shop.seen(&format!("checkout/sessions?{filter}")).await;
        assert_eq!(page["data"].as_array().unwrap().len(), 1, "{filter}");
        assert_eq!(page["data"][0]["id"], session["id"]);
    }
    assert_eq!(shop.seen("checkout/sessions?status=open").await["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn metadata_is_laid_over_what_is_there() {
    let shop = Shop::open().await;
    let customer = shop.customer().await;
    let path = format!("customers/{customer}");
    let changed = shop.made(&path, &[("metadata[rank]", "3"), ("name", "Marie")]).await;
    assert_eq!(changed["metadata"], json!({"discord_id": "42", "rank": "3"}));
    let event = shop.stripe.events().pop().unwrap();
    assert_eq!(event["data"]["previous_attributes"], json!({"metadata": {"rank": null}, "name": null}));
    let long = "x".repeat(501);
    assert_eq!(shop.refused(&path, &[("metadata[a]", &long)]).await["param"], "metadata");
}

#[tokio::test]
async fn promotion_codes_lead_to_a_coupon() {
    let shop = Shop::open().await;
    shop.made("coupons", &[("id", "TWENTY"), ("percent_off", "20"), ("duration", "once")]).await;
    let form =
        [("promotion[type]", "coupon"), ("promotion[coupon]", "TWENTY"), ("code", "HELLO"), ("max_redemptions", "1")];
    let code = id(&shop.made("promotion_codes", &form).await);
    assert_eq!(shop.refused("promotion_codes", &form).await["code"], "resource_already_exists");
    assert_eq!(shop.seen("promotion_codes?code=hello").await["data"][0]["id"], code);
    let session = shop.session("1000", &[("discounts[0][promotion_code]", &code)]).await;
    assert_eq!(session["amount_total"], 800);
    shop.stripe.pay(&id(&session), How::Card).unwrap();
    assert_eq!(shop.seen(&format!("promotion_codes/{code}")).await["times_redeemed"], 1);
    assert_eq!(shop.seen("coupons/TWENTY").await["times_redeemed"], 1);
    let (status, body) = shop
        .post(
            "checkout/sessions",
            &[
                ("mode", "payment"),
                ("success_url", "http://a.b/"),
                ("discounts[0][promotion_code]", &code),
                ("line_items[0][price_data][currency]", "eur"),
                ("line_items[0][price_data][unit_amount]", "900"),
                ("line_items[0][price_data][product_data][name]", "Guide"),
                ("line_items[0][quantity]", "1"),
            ],
        )
        .await;
    assert_eq!((status, &body["error"]["code"]), (400, &json!("coupon_expired")));
}
