//! Every route of the table × everybody who might ask: staff of this guild, staff of another, a member, signed out, revoked, forged,
//! expired, and without what a page of ours says. A new route is in it by itself.

use super::stage::{Browser, Stage};
use crate::support::db::run;
use serde_json::json;
use shellia::web::{Who, panel_routes};

/// A path with something in the place of each variable part.
fn filled(path: &str, guild: u64) -> String {
    let parts = path.split('/').map(|part| match part {
        "{guild}" => guild.to_string(),
        part if part.starts_with('{') => "999999".to_owned(),
        part => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

async fn status(browser: &Browser, method: &str, path: &str) -> u16 {
    let body = (method != "GET").then(|| json!({}));
    let answer = browser.ask(method, path, body).await;
    let (status, text) = (answer.status().as_u16(), answer.text().await.unwrap());
    assert!(status < 500, "{method} {path}: {status} {text}");
    status
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_through_a_route_that_is_not_his() {
    let stage = Stage::open().await;
    let sam = stage.signed_in("sam").await;
    let paul = stage.signed_in("paul").await;
    let revoked = stage.signed_in("sam").await;
    assert_eq!(revoked.ask("POST", "/api/admin/sign-out", None).await.status(), 204);
    let expired = stage.signed_in("lea").await;
    let (lea, amina) = (stage.user("lea"), stage.user("amina"));
    // A member who holds a session all the same: his role went meanwhile.
    let member = stage.signed_in("lea").await;
    let mut owner = stage.maxis.database.owner().await;
    run(&mut owner, &format!(
        "update panel_sessions set ends_at = now() - interval '1 second' where id = (select min(id) from panel_sessions where user_id = {lea}); \
         update panel_sessions set user_id = {amina} where id = (select max(id) from panel_sessions where user_id = {lea})"
    )).await;
    let operator = stage.signed_in("lea").await;
    let mut forged = stage.browser();
    (forged.session, forged.csrf) = (Some("0123456789abcdef".repeat(4)), sam.csrf.clone());
    let mut bare = sam.clone();
    bare.csrf = None;
    let out = stage.browser();
    let mut seen = 0;
    for (method, path, who) in panel_routes() {
        let path = filled(path, stage.shop);
        if who == Who::Anybody || path.ends_with("/sign-out") || path.ends_with("/stream") {
            continue;
        }
        seen += 1;
        for (browser, name) in [(&out, "signed out"), (&revoked, "revoked"), (&expired, "expired"), (&forged, "forged")]
        {
            assert_eq!(status(browser, method, &path).await, 401, "{name}: {method} {path}");
        }
        if method != "GET" {
            assert_eq!(status(&bare, method, &path).await, 403, "without CSRF: {method} {path}");
        }
        if matches!(who, Who::Staff | Who::Operator) {
            for (browser, name) in [(&paul, "staff of another guild"), (&member, "a member")] {
                assert_eq!(status(browser, method, &path).await, 404, "{name}: {method} {path}");
            }
        }
        let support = status(&sam, method, &path).await;
        if who == Who::Operator {
            assert_eq!(support, 403, "support: {method} {path}");
        }
        let own = if who == Who::Operator { status(&operator, method, &path).await } else { support };
        assert!(own != 401 && own != 403, "staff of this guild: {method} {path}: {own}");
    }
    assert!(seen > 3);
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_described_is_what_is_served() {
    let stage = Stage::open().await;
    let all = stage.browser().json("/api/openapi.json").await;
    for (method, path, _) in panel_routes() {
        let about = &all["paths"][path][method.to_lowercase()];
        assert!(about["summary"].is_string(), "{method} {path}");
    }
    let paths = all["paths"].as_object().unwrap();
    let described = paths
        .iter()
        .filter(|(path, _)| path.starts_with("/api/admin/"))
        .flat_map(|(_, about)| about.as_object().unwrap());
    assert_eq!(described.count(), panel_routes().len());
    for part in all.to_string().split("\"#/components/schemas/").skip(1) {
        let shape = part.split('"').next().unwrap();
        assert!(all["components"]["schemas"][shape].is_object(), "{shape}");
    }
    stage.close().await;
}
