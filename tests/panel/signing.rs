//! Who gets in, and how one stays in or doesn't.

use super::stage::{Stage, cookies, location};
use crate::support::db::run;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn who_is_staff_signs_in_with_discord_and_nobody_else() {
    let stage = Stage::open().await;
    let sam = stage.signed_in("sam").await;
    let me = sam.json("/api/admin/me").await;
    assert_eq!(me["user"], json!({"id": stage.user("sam").to_string(), "name": "Sam", "avatar": null}));
    let shop = json!({"id": stage.shop.to_string(), "name": "La Boutique de Léa", "rank": "support"});
    assert_eq!(me["guilds"], json!([shop]));
    assert_eq!((&me["locale"], &me["discord"], &me["session"]["via"]), (&json!("fr"), &json!(true), &json!("discord")));
    let lea = stage.signed_in("lea").await.json("/api/admin/me").await;
    assert_eq!(lea["guilds"][0]["rank"], "operator");

    let mut marie = stage.browser();
    let back = marie.at_discord(Some(stage.user("marie"))).await;
    assert_eq!(location(&marie.follow(&back).await), "/admin-panel/index.html?why=nobody");
    assert_eq!(marie.session, None);
    let mut denies = stage.browser();
    let back = denies.at_discord(None).await;
    assert_eq!(location(&denies.follow(&back).await), "/admin-panel/index.html?why=denied");

    let signed_out = stage.browser().ask("GET", "/api/admin/me", None).await;
    assert_eq!(signed_out.status(), 401);
    let body: serde_json::Value = signed_out.json().await.unwrap();
    assert_eq!((&body["error"], &body["discord"]), (&json!("signed-out"), &json!(true)));
    let tried = "select count(*) as n from panel_sign_ins where network = '127.0.0.0/24' and outcome = ";
    for (outcome, n) in [("in", 2), ("nobody", 1), ("denied", 1)] {
        assert_eq!(stage.maxis.database.count(&format!("{tried} '{outcome}'")).await, n, "{outcome}");
    }
    // The token stands nowhere.
    let token = sam.session.clone().unwrap();
    let kept = format!("select count(*) as n from panel_sessions s where s::text like '%{token}%'");
    assert_eq!(stage.maxis.database.count(&kept).await, 0);
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_is_good_once_and_for_the_browser_that_got_it() {
    let stage = Stage::open().await;
    let (mut mine, mut other) = (stage.browser(), stage.browser());
    let sam = Some(stage.user("sam"));
    let (back, theirs) = (mine.at_discord(sam).await, other.at_discord(sam).await);
    let over = "/admin-panel/index.html?why=expired";
    // Another's code and state, as a link that one is made to open: nobody is signed in as somebody else.
    assert_eq!(location(&mine.follow(&theirs).await), over);
    assert_eq!(location(&stage.browser().follow(&back).await), over);
    let made_up = format!("{}/api/admin/signed-in?code=abc&state={}", stage.base, "0".repeat(64));
    assert_eq!(location(&mine.follow(&made_up).await), over);
    assert_eq!((mine.session.as_ref(), other.session.as_ref()), (None, None));
    // A code that was got for another state was challenged with another secret.
    let code = |address: &str| address.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let mixed = back.replace(&code(&back), &code(&theirs));
    assert_eq!(location(&mine.follow(&mixed).await), over);
    let back = mine.at_discord(sam).await;
    let mut again = mine.clone();
    let answer = mine.follow(&back).await;
    let session = cookies(&answer).into_iter().find(|line| line.starts_with("shellia=")).unwrap();
    assert!(session.ends_with("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax"), "{session}");
    assert_eq!(location(&again.follow(&back).await), over);
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn over_tls_the_cookie_is_the_hosts_alone() {
    let stage = Stage::with(&[("MAXIS_PANEL_URL", "https://shop.example")]).await;
    let begun = stage.browser().ask("GET", "/api/admin/sign-in?to=//evil.example", None).await;
    let set = cookies(&begun);
    let [state] = &set[..] else { panic!("one cookie") };
    assert!(state.starts_with("__Host-shellia-state="), "{state}");
    assert!(state.ends_with("; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure"), "{state}");
    let to = location(&begun);
    for part in [
        "redirect_uri=https%3A%2F%2Fshop.example%2Fapi%2Fadmin%2Fsigned-in&",
        "scope=identify&",
        "response_type=code&",
        "code_challenge_method=S256",
    ] {
        assert!(to.contains(part), "{to}");
    }
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_one_time_link_lets_an_operator_in_once() {
    let stage = Stage::open().await;
    let settings =
        shellia::config::Settings::load(&shellia::config::Sources::from_environment(stage.maxis.environment()));
    let settings = settings.unwrap();
    let made = shellia::roles::admin_link(&settings, stage.shop, stage.user("lea")).await.unwrap();
    let (page, token) = made.split_once("/admin-panel/index.html#link=").unwrap();
    assert!(page.starts_with("http://127.0.0.1"), "{made}");
    let mut lea = stage.browser();
    assert_eq!(lea.post_link(token).await.status(), 204);
    let me = lea.json("/api/admin/me").await;
    assert_eq!((&me["session"]["via"], &me["guilds"][0]["rank"]), (&json!("link"), &json!("operator")));
    assert_eq!(me["guilds"].as_array().unwrap().len(), 1);
    let mut second = stage.browser();
    let answer = second.post_link(token).await;
    assert_eq!((answer.status().as_u16(), second.session.as_ref()), (409, None));
    let told: serde_json::Value = answer.json().await.unwrap();
    insta::assert_snapshot!(told["text"].as_str().unwrap(), @"Ce lien a déjà servi, ou il est trop ancien. Faites-en un autre avec shellia admin-link.");
    // One that is too old.
    let old = shellia::roles::admin_link(&settings, stage.shop, stage.user("lea")).await.unwrap();
    run(&mut stage.maxis.database.owner().await, "update panel_links set ends_at = now() - interval '1 second'").await;
    assert_eq!(second.post_link(old.split_once("#link=").unwrap().1).await.status(), 409);
    assert_eq!(second.post_link("abc").await.status(), 409);
    let unknown = shellia::roles::admin_link(&settings, 5, 6).await.unwrap_err();
    assert!(unknown.to_string().contains("isn't known here"), "{unknown}");
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_seen_and_ended_by_its_owner_and_slides_for_a_day() {
    let stage = Stage::open().await;
    let (first, second) = (stage.signed_in("sam").await, stage.signed_in("sam").await);
    let lea = stage.signed_in("lea").await;
    let listed = first.json("/api/admin/sessions").await;
    let listed = listed["sessions"].as_array().unwrap();
    assert_eq!(listed.len(), 2);
    assert_eq!(listed.iter().filter(|one| one["current"] == true).count(), 1);
    assert_eq!(listed[0]["browser"], "Firefox (tests)");
    let other = listed.iter().find(|one| one["current"] == false).unwrap()["id"].as_str().unwrap().to_owned();
    // Another's is as if it weren't there.
    let path = format!("/api/admin/sessions/{other}");
    assert_eq!(lea.ask("DELETE", &path, None).await.status(), 404);
    assert_eq!(first.ask("DELETE", "/api/admin/sessions/x", None).await.status(), 400);
    assert_eq!(first.ask("DELETE", &path, None).await.status(), 204);
    assert_eq!(second.ask("GET", "/api/admin/me", None).await.status(), 401);
    // What was used a while ago lasts a day from its next use, and never beyond thirty.
    let mut owner = stage.maxis.database.owner().await;
    run(
        &mut owner,
        "update panel_sessions set seen_at = now() - interval '20 hours', ends_at = now() + interval '4 hours'",
    )
    .await;
    first.json("/api/admin/me").await;
    let longer =
        "select count(*) as n from panel_sessions where ended_at is null and ends_at > now() + interval '23 hours'";
    let slid = async {
        while stage.maxis.database.count(longer).await != 1 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(super::stage::PATIENCE, slid).await.expect("it lasts longer");
    run(&mut owner, "update panel_sessions set ends_at = now() - interval '1 second'").await;
    assert_eq!(first.ask("GET", "/api/admin/me", None).await.status(), 401);
    let third = stage.signed_in("sam").await;
    assert_eq!(third.ask("POST", "/api/admin/sign-out", None).await.status(), 204);
    assert_eq!(third.ask("GET", "/api/admin/me", None).await.status(), 401);
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_page_changes_nothing_and_tries_are_limited() {
    let stage = Stage::open().await;
    let mut sam = stage.signed_in("sam").await;
    for headers in [
        &[("Sec-Fetch-Site", "cross-site")][..],
        &[("Sec-Fetch-Site", "same-site")],
        &[("Origin", "https://evil.example")],
        &[("Origin", "null")],
    ] {
        let answer = sam.ask_with("POST", "/api/admin/sign-out", None, headers).await;
        assert_eq!(answer.status(), 403, "{headers:?}");
    }
    let csrf = sam.csrf.take();
    assert_eq!(sam.ask("POST", "/api/admin/sign-out", None).await.status(), 403);
    sam.csrf = Some("0".repeat(64));
    assert_eq!(sam.ask("POST", "/api/admin/sign-out", None).await.status(), 403);
    sam.csrf = csrf;
    let base = stage.base.clone();
    let own = [("Origin", base.as_str()), ("Sec-Fetch-Site", "same-origin")];
    assert_eq!(sam.ask_with("POST", "/api/admin/sign-out", None, &own).await.status(), 204);
    let large = json!({"token": "x".repeat(70_000)});
    assert_eq!(stage.browser().ask("POST", "/api/admin/link", Some(large)).await.status(), 413);
    let mut busy = None;
    for _ in 0..40 {
        let answer = stage.browser().ask("GET", "/api/admin/sign-in", None).await;
        if answer.status() == 303 {
            busy = Some(answer);
            break;
        }
    }
    let busy = busy.expect("tries are limited");
    assert_eq!(location(&busy), "/admin-panel/index.html?why=busy");
    assert!(busy.headers().contains_key("retry-after"));
    let link = stage.browser().ask("POST", "/api/admin/link", Some(json!({"token": "x"}))).await;
    assert_eq!(link.status(), 429);
    assert!(link.headers().contains_key("retry-after"));
    stage.close().await;
}
