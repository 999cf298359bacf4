//! Logs, however much they are asked to say, hold no token, no password and nothing that people wrote.

use crate::kills::stream::Child;
use crate::support::maxis::Maxis;
use serde_json::json;
use shellia::sandbox::World;

/// Written in a ticket and a note.
const WORD: &str = "MOTPRIVE";

#[tokio::test(flavor = "multi_thread")]
async fn the_most_talkative_log_holds_nothing_private() {
    let mut maxis = Maxis::prepare(World::two_guilds()).await;
    maxis.set("RUST_LOG", "trace");
    let child = Child::start(&maxis).await;
    let (marie, sam) = (maxis.person("marie", "support"), maxis.person("sam", "staff"));
    let created = marie.uses("ticket_create", json!({"subject": WORD, "description": WORD})).await;
    assert!(created.contains("#1"), "{created}");
    marie.says(&format!("!ticket_reply 1 {WORD}")).await;
    sam.uses("ticket_note", json!({"id": 1, "message": WORD})).await;
    maxis.settled().await;
    child.stop().await;
    let log = std::fs::read_to_string(maxis.data_dir().join("maxis.log")).expect("a log");
    assert!(log.contains("Maxis is ready"), "it speaks: {log}");
    let bytes = WORD.bytes().map(|b| b.to_string()).collect::<Vec<_>>().join(", ");
    for private in [WORD, bytes.as_str(), "sandbox-maxis", "test-only"] {
        assert!(!log.contains(private), "{private} stands in the log");
    }
    maxis.sandbox.stop().await;
}
