//! Logs, however much they are asked to say, hold no token, no password and nothing that people wrote.

use crate::kills::stream::Child;
use crate::support::maxis::{Maxis, PATIENCE, id};
use serde_json::json;
use shellia::sandbox::{Fault, World};

/// Written in a ticket, a note and a direct message.
const WORD: &str = "MOTPRIVE";

#[tokio::test(flavor = "multi_thread")]
async fn the_most_talkative_log_holds_nothing_private() {
    let mut maxis = Maxis::prepare(World::two_guilds()).await;
    maxis.set("RUST_LOG", "trace");
    let child = Child::start(&maxis).await;
    let (marie, sam) = (maxis.person("marie", "support"), maxis.person("sam", "staff"));
    // An answer that must be tried again: the client tells of it.
    let busy = Fault {
        path_regex: Some("callback".to_owned()),
        times: Some(2),
        retry_after: Some(0.2),
        status: 429,
        ..Fault::default()
    };
    maxis.sandbox.fault(busy);
    let created = marie.uses("ticket_create", json!({"subject": WORD, "description": WORD})).await;
    assert!(created.contains("#1"), "{created}");
    marie.says(&format!("!ticket_reply 1 {WORD}")).await;
    sam.uses("ticket_note", json!({"id": 1, "message": WORD})).await;
    let private = marie.person.dm(maxis.bot(), &format!("Bonjour, {WORD} !")).await.expect("she may write");
    let answered = |seen: &[serde_json::Value]| seen.iter().any(|message| id(message) > id(&private));
    marie.person.notified(marie.direct(), PATIENCE, answered).await.expect("she is answered");
    maxis.settled().await;
    child.stop().await;
    let log = std::fs::read_to_string(maxis.data_dir().join("maxis.log")).expect("a log");
    assert!(log.contains("Maxis is ready"), "it speaks: {log}");
    let bytes = WORD.bytes().map(|b| b.to_string()).collect::<Vec<_>>().join(", ");
    for private in [WORD, bytes.as_str(), "sandbox-maxis", "test-only"] {
        assert!(!log.contains(private), "{private} stands in the log");
    }
    // Whoever has an interaction's token may answer in its place for a quarter of an hour.
    let calls = maxis.sandbox.log(0);
    let tokens: Vec<&str> =
        calls.iter().filter_map(|call| call.path.split("/interactions/").nth(1)?.split('/').nth(1)).collect();
    assert!(tokens.len() > 3, "{tokens:?}");
    assert!(tokens.iter().all(|token| token.len() > 20 && !log.contains(token)), "a token stands in the log");
    maxis.sandbox.stop().await;
}
