//! A ticket's file, as staff fetch it; and what is asked for in vain.

use super::stage::Stage;
use super::tickets::opens;
use crate::support::db::run;
use crate::support::maxis::{CLUB, id};
use serde_json::json;
use shellia::sandbox::{Draft, Upload};

const AUDITED: &str = "select count(*) as n from ticket_audit where action = 'file_read'";

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_given_as_it_came_to_who_may_read_its_ticket_and_to_nobody_else() {
    let stage = Stage::open().await;
    let marie = stage.maxis.person("marie", "support");
    let bytes: &[u8] = b"\x89PNG\r\n<script>alert(1)</script>\0\xff";
    let file = Upload { filename: "preuve.png".to_owned(), content_type: None, bytes: bytes.into() };
    let content = "!ticket_create Preuve Voici".to_owned();
    let draft = Draft { content, attachments: vec![file], ..Draft::default() };
    marie.after(id(&marie.person.send(marie.channel, draft).await.expect("she may write"))).await;
    opens(&stage, "jean", "Autre", "Bonjour").await;
    let olga = stage.maxis.person_in(CLUB, "olga", "aide");
    olga.uses("ticket_create", json!({"subject": "Au club", "description": "Bonjour"})).await;
    stage.maxis.settled().await;

    let sam = stage.signed_in("sam").await;
    let told = sam.json(&stage.of_shop("/tickets/1")).await["messages"][0]["files"][0].clone();
    let number = told["id"].as_str().unwrap().to_owned();
    assert_eq!(told, json!({"id": number, "name": "preuve.png", "size": bytes.len(), "state": "kept"}));
    let path = stage.of_shop(&format!("/tickets/1/files/{number}"));
    for staff in [&sam, &stage.signed_in("lea").await] {
        let answer = staff.ask("GET", &path, None).await;
        assert_eq!(answer.status(), 200);
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), "image/png");
        let disposition = header("content-disposition");
        assert_eq!(disposition, "attachment; filename=\"preuve.png\"; filename*=UTF-8''preuve.png");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(header("cache-control"), "no-store");
        assert!(answer.bytes().await.unwrap()[..] == *bytes);
    }
    assert_eq!(stage.maxis.database.count(AUDITED).await, 2);

    // Under another ticket, in another guild, of nobody's: as if it weren't there.
    let (paul, lea) = (stage.signed_in("paul").await, stage.signed_in("lea").await);
    let club = |rest: &str| format!("/api/admin/guilds/{}{rest}", stage.club);
    for (browser, path) in [
        (&sam, stage.of_shop(&format!("/tickets/2/files/{number}"))),
        (&sam, stage.of_shop("/tickets/1/files/999999")),
        (&sam, club(&format!("/tickets/1/files/{number}"))),
        (&paul, path.clone()),
        (&paul, club(&format!("/tickets/1/files/{number}"))),
    ] {
        let answer = browser.ask("GET", &path, None).await;
        assert_eq!(answer.status(), 404, "{path}");
        assert!(!answer.headers().contains_key("content-disposition"), "{path}");
    }
    assert_eq!(stage.browser().ask("GET", &path, None).await.status(), 401);
    // Marie herself, were she signed in: the panel is staff's.
    let mut owner = stage.maxis.database.owner().await;
    let hers = "update panel_sessions set user_id = {marie} where user_id = {lea}";
    let hers =
        hers.replace("{marie}", &stage.user("marie").to_string()).replace("{lea}", &stage.user("lea").to_string());
    run(&mut owner, &hers).await;
    assert_eq!(lea.ask("GET", &path, None).await.status(), 404);
    // A type that no header can hold, and bytes that are gone.
    run(&mut owner, "update ticket_attachments set content_type = E'image/png\\nX-A: b'").await;
    let answer = sam.ask("GET", &path, None).await;
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["content-type"]),
        (200, &"application/octet-stream".parse().unwrap())
    );
    run(&mut owner, "update ticket_attachments set state = 'failed', bytes = null").await;
    assert_eq!(sam.ask("GET", &path, None).await.status(), 404);
    assert_eq!(stage.maxis.database.count(AUDITED).await, 3);
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_in_vain_costs_no_connection() {
    let stage = Stage::open().await;
    opens(&stage, "marie", "Aide", "Bonjour").await;
    let sam = stage.signed_in("sam").await;
    sam.does("POST", &stage.of_shop("/tickets/1/close"), json!({})).await;
    stage.maxis.settled().await;
    // The application's connections, each with when it began: which of them go is what counts.
    let open = async || {
        let (client, connection) =
            tokio_postgres::connect(&stage.maxis.database.app_url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        let own = "select pid from pg_stat_activity where datname = current_database() and usename = current_user and pid <> pg_backend_pid()";
        client.query(own, &[]).await.unwrap().iter().map(|row| row.get::<_, i32>(0)).collect::<Vec<i32>>()
    };
    let before = open().await;
    assert!(!before.is_empty());
    let said = json!({"body": "Bonjour"});
    let canned = json!({"title": "Merci", "body": "Bonjour"});
    for (method, path, body) in [
        ("GET", "/tickets/77", None),
        ("GET", "/tickets/77/messages", None),
        ("GET", "/tickets/77/history", None),
        ("GET", "/tickets/77/opener", None),
        ("GET", "/tickets/77/transcript", None),
        ("GET", "/tickets/1/files/999", None),
        ("POST", "/tickets/77/replies?seen=1", Some(&said)),
        ("POST", "/tickets/77/notes", Some(&said)),
        ("POST", "/tickets/77/claim", Some(&json!({}))),
        ("POST", "/tickets/77/presence", Some(&json!({"doing": "looking"}))),
        ("PUT", "/canned/99", Some(&canned)),
        ("DELETE", "/canned/99", None),
        ("DELETE", "/views/99", None),
    ] {
        let answer = sam.ask(method, &stage.of_shop(path), body.cloned()).await;
        assert_eq!(answer.status(), 404, "{method} {path}");
    }
    assert_eq!(sam.ask("DELETE", "/api/admin/sessions/999999", None).await.status(), 404);
    assert_eq!(sam.does("POST", &stage.of_shop("/tickets/1/replies"), said.clone()).await.0, 409);
    let after = open().await;
    let gone: Vec<_> = before.iter().filter(|pid| !after.contains(pid)).collect();
    assert!(gone.is_empty(), "{gone:?} of {before:?}");
    stage.close().await;
}
