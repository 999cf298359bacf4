//! Logs, however much they are asked to say, hold no token, no password and nothing that people wrote.

use crate::kills::stream::Child;
use crate::support::maxis::{Maxis, PATIENCE, id};
use serde_json::json;
use shellia::sandbox::{Exchange, Fault, World};
use std::collections::HashSet;
use std::time::Duration;

/// Written in a ticket, a note and a direct message.
const WORD: &str = "MOTPRIVE";

#[tokio::test(flavor = "multi_thread")]
async fn the_most_talkative_log_holds_nothing_private() {
    let mut maxis = Maxis::prepare(World::two_guilds()).await;
    maxis.set("RUST_LOG", "trace");
    let child = Child::start(&maxis).await;
    let (marie, sam) = (maxis.person("marie", "support"), maxis.person("sam", "staff"));
    // The client of Discord's API speaks of it when it is asked to slow down, around the address.
    for path in ["^/interactions/[0-9]+/.+/callback$", "^/webhooks/[0-9]+/.+/messages/@original$"] {
        let path_regex = Some(path.to_owned());
        maxis.sandbox.fault(Fault {
            path_regex,
            status: 429,
            times: Some(1),
            retry_after: Some(0.2),
            ..Fault::default()
        });
    }
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
    let tokens = tokens(&maxis);
    assert!(maxis.sandbox.log(0).iter().any(|exchange| exchange.status == 429), "it was asked to slow down");
    assert!(tokens.len() >= 2, "{tokens:?}");
    for token in tokens {
        assert!(!log.contains(&token), "an interaction's token stands in the log");
    }
    maxis.sandbox.stop().await;
}

/// The tokens of the interactions that were answered.
fn tokens(maxis: &Maxis) -> HashSet<String> {
    let token = |exchange: &Exchange| {
        let mut parts = exchange.path.trim_start_matches('/').split('/');
        let of_interaction = matches!(parts.next(), Some("interactions" | "webhooks"));
        parts.nth(1).filter(|_| of_interaction).map(str::to_owned)
    };
    maxis.sandbox.log(0).iter().filter_map(token).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_is_never_reached_is_told_of_with_a_remedy_and_without_its_address() {
    let mut maxis = Maxis::prepare(World::two_guilds()).await;
    // Nobody listens there.
    maxis.set("DISCORD_GATEWAY_URL", "ws://127.0.0.1:9/hush-hush");
    let child = Child::start_anew(&maxis).await;
    let told = async {
        loop {
            let log = std::fs::read_to_string(maxis.data_dir().join("maxis.log")).expect("a log");
            if let Some(line) = log.lines().find(|line| line.contains("the gateway can't be reached")) {
                return (line.to_owned(), log);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let (line, log) = tokio::time::timeout(PATIENCE * 2, told).await.expect("it is told");
    assert!(
        line.contains("WARN") && line.contains("connection refused") && line.contains("check the network"),
        "{line}"
    );
    assert!(!log.contains("hush-hush"), "{log}");
    child.stop().await;
    maxis.sandbox.stop().await;
}
