//! What somebody may is Discord's word of now.

use super::stage::{PATIENCE, Stage};
use std::time::{Duration, Instant};

/// How long a role that was taken away may still count.
const PROMISED: Duration = Duration::from_secs(5);

async fn loses_his_role(settings: &[(&str, &str)]) {
    let stage = Stage::with(settings).await;
    let sam = stage.signed_in("sam").await;
    let path = stage.of_shop("/guild");
    assert_eq!(sam.json(&path).await["rank"], "support");
    stage.maxis.sandbox.set_member(stage.shop, stage.user("sam"), Some(Vec::new()), true).unwrap();
    let since = Instant::now();
    let closed = async {
        loop {
            let answer = sam.ask("GET", &path, None).await;
            if answer.status() == 403 {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let answer = tokio::time::timeout(PATIENCE, closed).await.expect("the panel closes");
    assert!(since.elapsed() < PROMISED, "{:?}", since.elapsed());
    let body: serde_json::Value = answer.json().await.unwrap();
    assert!(body["text"].as_str().unwrap().starts_with("Vous n’êtes plus dans l’équipe"), "{body}");
    // He is signed in, and has nowhere to go.
    assert_eq!(sam.json("/api/admin/me").await["guilds"], serde_json::json!([]));
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_the_gateway_tells_of_is_lost_at_once() {
    loses_his_role(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_lost_in_time_where_the_gateway_tells_nothing() {
    loses_his_role(&[("DISCORD_GUILD_MEMBERS", "false")]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_guild_is_as_if_it_were_not_there() {
    let stage = Stage::open().await;
    let (sam, lea) = (stage.signed_in("sam").await, stage.signed_in("lea").await);
    let foreign = format!("/api/admin/guilds/{}/guild", stage.club);
    for browser in [&sam, &lea] {
        for path in [foreign.as_str(), "/api/admin/guilds/5/guild", "/api/admin/guilds/x/guild"] {
            assert_eq!(browser.ask("GET", path, None).await.status(), 404, "{path}");
        }
    }
    stage.close().await;
}
