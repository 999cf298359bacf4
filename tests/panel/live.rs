//! What open pages hear, and when they hear no more.

use super::stage::{Browser, PATIENCE, Stage};
use super::tickets::opens;
use futures_util::StreamExt;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

struct Page {
    bytes: std::pin::Pin<Box<dyn futures_util::Stream<Item = reqwest::Result<bytes::Bytes>> + Send>>,
    text: String,
    id: Option<String>,
}

impl Page {
    async fn open(browser: &Browser, path: &str, headers: &[(&str, &str)]) -> Self {
        let answer = browser.ask_with("GET", path, None, headers).await;
        assert_eq!(answer.status(), 200);
        Self { bytes: Box::pin(answer.bytes_stream()), text: String::new(), id: None }
    }

    /// The next event: its name and data; `None` at the end.
    async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            while let Some((block, rest)) = self.text.clone().split_once("\n\n") {
                self.text = rest.to_owned();
                let field = |name: &str| {
                    block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ").map(str::to_owned))
                };
                if let Some(id) = field("id") {
                    self.id = Some(id);
                }
                if let Some(event) = field("event") {
                    return Some((event, serde_json::from_str(&field("data").unwrap()).unwrap()));
                }
            }
            match tokio::time::timeout(PATIENCE, self.bytes.next()).await.expect("in time") {
                Some(Ok(bytes)) => self.text.push_str(std::str::from_utf8(&bytes).unwrap()),
                Some(Err(_)) | None => return None,
            }
        }
    }

    /// The next event of a ticket of that kind.
    async fn hears(&mut self, kind: &str) -> Value {
        loop {
            let (event, data) = self.next().await.expect("it goes on");
            assert!(event != "over" && event != "reset", "{event} {data}");
            if event == "ticket" && data["kind"] == kind {
                return data;
            }
        }
    }

    /// Why it is over.
    async fn is_over(&mut self) -> Value {
        loop {
            let (event, data) = self.next().await.expect("it says why");
            if event == "over" {
                assert!(self.next().await.is_none());
                return data["why"].clone();
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn open_pages_hear_what_happens_in_their_guild_and_go_on_where_they_were() {
    let stage = Stage::open().await;
    let (sam, lea, paul) = (stage.signed_in("sam").await, stage.signed_in("lea").await, stage.signed_in("paul").await);
    let path = stage.of_shop("/stream");
    let mut page = Page::open(&sam, &path, &[]).await;
    let mut foreign = Page::open(&paul, &format!("/api/admin/guilds/{}/stream", stage.club), &[]).await;
    opens(&stage, "marie", "Aide", "Bonjour").await;
    let opened = page.hears("opened").await;
    assert_eq!((&opened["number"], &opened["by"]["name"]), (&json!(1), &json!("Marie")));
    let at = page.id.clone().unwrap();
    drop(page);
    lea.does("POST", &stage.of_shop("/tickets/1/replies"), json!({"body": "Oui ?"})).await;
    // It missed nothing that happened while it was away, and hears nothing twice.
    let mut page = Page::open(&sam, &path, &[("Last-Event-ID", &at)]).await;
    let replied = page.hears("replied").await;
    assert_eq!(replied["by"]["name"], "Léa");
    lea.does("POST", &stage.of_shop("/tickets/1/replies"), json!({"body": "Encore ?"})).await;
    page.hears("delivered").await;
    assert_eq!(
        lea.ask("POST", &stage.of_shop("/tickets/1/presence"), Some(json!({"doing": "typing"}))).await.status(),
        204
    );
    loop {
        let (event, data) = page.next().await.unwrap();
        if event == "presence" {
            assert_eq!(
                (&data["number"], &data["here"][0]["name"], &data["here"][0]["doing"]),
                (&json!(1), &json!("Léa"), &json!("typing"))
            );
            break;
        }
    }
    assert_eq!(sam.json(&stage.of_shop("/tickets/1")).await["here"][0]["name"], "Léa");
    // A place of which nothing is known any more.
    let mut lost = Page::open(&sam, &format!("{path}?after=1-1"), &[]).await;
    assert_eq!(lost.next().await.unwrap().0, "reset");
    // Of the other guild nothing was heard.
    let olga = stage.maxis.person_in(crate::support::maxis::CLUB, "olga", "aide");
    olga.uses("ticket_create", json!({"subject": "Au club", "description": "Bonjour"})).await;
    let (event, data) = foreign.next().await.unwrap();
    assert_eq!((event.as_str(), &data["kind"], &data["by"]["name"]), ("ticket", &json!("opened"), &json!("Olga")));
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_no_page_is_open_nobody_is_asked_for_and_one_that_comes_back_reads_names() {
    let stage = Stage::open().await;
    let (first, second) = (stage.signed_in("sam").await, stage.signed_in("sam").await);
    let path = stage.of_shop("/stream");
    let mut page = Page::open(&first, &path, &[]).await;
    opens(&stage, "marie", "Aide", "Bonjour").await;
    assert_eq!(page.hears("opened").await["by"]["name"], "Marie");
    let at = page.id.clone().unwrap();
    assert_eq!(first.ask("POST", "/api/admin/sign-out", None).await.status(), 204);
    assert_eq!(page.is_over().await, "revoked");
    // Of the other guild a page is open: what is heard there comes behind what happened in the first.
    let mut foreign =
        Page::open(&stage.signed_in("paul").await, &format!("/api/admin/guilds/{}/stream", stage.club), &[]).await;
    opens(&stage, "jean", "Aide", "Bonjour").await;
    let olga = stage.maxis.person_in(crate::support::maxis::CLUB, "olga", "aide");
    olga.uses("ticket_create", json!({"subject": "Au club", "description": "Bonjour"})).await;
    assert_eq!(foreign.hears("opened").await["by"]["name"], "Olga");
    let jean = format!("/guilds/{}/members/{}", stage.shop, stage.user("jean"));
    let asked = || stage.maxis.sandbox.log(0).iter().filter(|one| one.method == "GET" && one.path == jean).count();
    assert_eq!(asked(), 0);
    let mut page = Page::open(&second, &path, &[("Last-Event-ID", &at)]).await;
    assert_eq!(page.hears("opened").await["by"]["name"], "Jean");
    assert_eq!(asked(), 1);
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_closes_in_time_when_its_session_or_its_role_is_taken() {
    let stage = Stage::open().await;
    let path = stage.of_shop("/stream");
    let (first, second) = (stage.signed_in("sam").await, stage.signed_in("sam").await);
    let (mut ends, mut stays) = (Page::open(&first, &path, &[]).await, Page::open(&second, &path, &[]).await);
    let listed = second.json("/api/admin/sessions").await;
    let other =
        listed["sessions"].as_array().unwrap().iter().find(|one| one["current"] == false).unwrap()["id"].clone();
    let since = Instant::now();
    second.ask("DELETE", &format!("/api/admin/sessions/{}", other.as_str().unwrap()), None).await;
    assert_eq!(ends.is_over().await, "revoked");
    assert!(since.elapsed() < Duration::from_secs(5), "{:?}", since.elapsed());
    // One that another process ended.
    let third = stage.signed_in("lea").await;
    let mut elsewhere = Page::open(&third, &path, &[]).await;
    let since = Instant::now();
    let ended = format!("update panel_sessions set ended_at = now() where user_id = {}", stage.user("lea"));
    crate::support::db::run(&mut stage.maxis.database.owner().await, &ended).await;
    assert_eq!(elsewhere.is_over().await, "revoked");
    assert!(since.elapsed() < Duration::from_secs(5), "{:?}", since.elapsed());
    let since = Instant::now();
    stage.maxis.sandbox.set_member(stage.shop, stage.user("sam"), Some(Vec::new()), true).unwrap();
    assert_eq!(stays.is_over().await, "role");
    assert!(since.elapsed() < Duration::from_secs(5), "{:?}", since.elapsed());
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_beside_tickets_hear_which_row_to_load_anew_as_far_as_they_may() {
    let stage = Stage::open().await;
    let (sam, lea, paul) = (stage.signed_in("sam").await, stage.signed_in("lea").await, stage.signed_in("paul").await);
    let path = stage.of_shop("/stream");
    let mut pages = [Page::open(&sam, &path, &[]).await, Page::open(&lea, &path, &[]).await];
    let mut foreign = Page::open(&paul, &format!("/api/admin/guilds/{}/stream", stage.club), &[]).await;
    assert_eq!(lea.does("POST", &stage.of_shop("/stop"), json!({})).await.0, 200);
    let giveaway = json!({"prize": "Un jeu", "winners": 1, "duration": "2d", "giveaway_channel": "discussion"});
    assert_eq!(lea.does("POST", &stage.of_shop("/giveaways"), giveaway).await.0, 201);
    let mut heard = Vec::new();
    for page in &mut pages {
        let mut names = Vec::new();
        loop {
            let (event, data) = page.next().await.expect("it goes on");
            if event == "beat" || event == "reset" {
                continue;
            }
            names.push(event.clone());
            if event == "giveaway" {
                assert_eq!(data, json!({"number": 1, "kind": "giveaway_made"}));
                break;
            }
        }
        heard.push(names);
    }
    // Who works for support hears nothing of what is an operator's.
    assert_eq!(heard, [vec!["giveaway"], vec!["decision", "giveaway"]]);
    opens_in_club(&stage).await;
    let (event, data) = loop {
        let next = foreign.next().await.expect("it goes on");
        if next.0 != "beat" {
            break next;
        }
    };
    assert_eq!((event.as_str(), &data["kind"]), ("ticket", &json!("opened")), "another guild's rows are not told");
    stage.close().await;
}

async fn opens_in_club(stage: &Stage) {
    let olga = stage.maxis.person_in(crate::support::maxis::CLUB, "olga", "aide");
    olga.uses("ticket_create", json!({"subject": "Au club", "description": "Bonjour"})).await;
}
