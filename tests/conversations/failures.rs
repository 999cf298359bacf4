//! What Discord fails to carry out is done or told all the same.

use crate::support::maxis::{Maxis, PATIENCE, button_of, shown};
use serde_json::json;
use shellia::sandbox::Fault;

#[tokio::test(flavor = "multi_thread")]
async fn failures_of_discord_lose_nothing() {
    let maxis = Maxis::start().await;
    let (marie, sam) = (maxis.person("marie", "support"), maxis.person("sam", "staff"));
    for (n, (status, code)) in [(500, 0), (403, 50001), (403, 50013), (404, 10008)].into_iter().enumerate() {
        // The answer and the card meet the failure once; what was asked is done all the same.
        maxis.sandbox.fault(Fault {
            method: Some("POST".to_owned()),
            path_regex: Some("^/channels/[0-9]+/messages$".to_owned()),
            status,
            code: (code != 0).then_some(code),
            times: Some(1),
            ..Fault::default()
        });
        marie.person.say(marie.channel, &format!("!ticket_create Panne{n} Bonjour")).await.unwrap();
        let numbered = format!("select count(*) as n from tickets where number = {}", n + 1);
        let stored = async {
            while maxis.database.count(&numbered).await == 0 {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, stored).await.expect("the ticket is stored");
        maxis.settled().await;
        maxis.sandbox.clear_faults();
    }
    // Direct messages shut: the opener gets a ping without content and a private button.
    marie.person.set_dms(false);
    sam.uses("ticket_reply", json!({"id": 1, "message": "MOTSECRET"})).await;
    let holds = |seen: &[serde_json::Value]| seen.iter().any(|m| button_of(m, "ticket_view?id=1").is_some());
    let seen = marie.person.notified(marie.channel, PATIENCE, holds).await.unwrap();
    assert!(!serde_json::to_string(&seen).unwrap().contains("MOTSECRET"));
    // The ping is no way in for another. It goes once its person has looked.
    let jean = maxis.person("jean", "support");
    let read = shown(&jean.presses_in(jean.channel, "ticket_view?id=1").await);
    assert!(!read.contains("MOTSECRET"), "{read}");
    let read = shown(&marie.presses_in(marie.channel, "ticket_view?id=1").await);
    assert!(read.contains("MOTSECRET"), "{read}");
    maxis.end().await;
}
