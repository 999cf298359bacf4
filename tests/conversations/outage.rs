//! The database goes away for ten seconds and comes back: people are told, nothing is half done, and work goes on.

use crate::kills::LEASES;
use crate::support::link::Link;
use crate::support::maxis::{Maxis, PATIENCE, button_of};
use serde_json::json;
use shellia::sandbox::{Switch, World};
use std::time::Duration;

/// How long it is away.
const AWAY: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread")]
async fn the_database_goes_away_and_comes_back() {
    let mut maxis = Maxis::prepare(World::two_guilds()).await;
    let link = Link::to(&maxis.database.app_url).await;
    maxis.set("DATABASE_URL", &link.through(&maxis.database.app_url));
    maxis.run().await;
    let marie = maxis.person("marie", "support");
    let before = marie.uses("ticket_create", json!({"subject": "Avant", "description": "Bonjour"})).await;
    assert!(before.contains("#1"), "{before}");
    link.cut();
    let cut = tokio::time::Instant::now();
    let mut answers = 0;
    while cut.elapsed() < AWAY {
        // Acknowledged in time, and told what to do; the sandbox fails what is not acknowledged within three seconds.
        let said = marie.uses("ticket_create", json!({"subject": "Pendant", "description": "Bonjour"})).await;
        assert!(said.contains("Réessayez dans une minute"), "{said}");
        answers += 1;
    }
    assert!(answers > 0);
    link.mend();
    let recovered = async {
        loop {
            let said = marie.uses("ticket_create", json!({"subject": "Après", "description": "Bonjour"})).await;
            if said.contains("✅") {
                return said;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    let after = tokio::time::timeout(PATIENCE, recovered).await.expect("work goes on");
    assert!(after.contains("#2"), "{after}");
    assert_eq!(maxis.database.count("select count(*) as n from tickets where subject = 'Pendant'").await, 0);
    assert_eq!(maxis.database.count("select count(*) as n from tickets").await, 2);
    // What the worker held when the link was cut is free when its lease ends.
    maxis.settled_within(LEASES).await;
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_while_the_gateway_forgets_everything_is_done_once_with_the_ranks_of_those_who_typed() {
    let maxis = Maxis::start().await;
    let (marie, sam) = (maxis.person("marie", "support"), maxis.person("sam", "staff"));
    marie.says("!ticket_create Avant Bonjour").await;
    maxis.settled().await;
    maxis.sandbox.gateway(Switch::CloseAtOnce(true));
    maxis.sandbox.gateway(Switch::InvalidateSessions);
    let created = marie.person.say(marie.channel, "!ticket_create Pendant MOTSECRET").await.expect("she may write");
    let assign = format!("!ticket_assign 1 <@{}>", sam.person.id());
    let assigned = sam.person.say(sam.channel, &assign).await.expect("he may write");
    maxis.sandbox.gateway(Switch::CloseAtOnce(false));
    for (speaker, typed) in [(&marie, created), (&sam, assigned)] {
        let answer = format!("answer?request={typed}");
        let answered = |seen: &[serde_json::Value]| seen.iter().any(|message| button_of(message, &answer).is_some());
        speaker.person.notified(speaker.channel, PATIENCE, answered).await.expect("an answer");
    }
    assert_eq!(maxis.database.count("select count(*) as n from tickets where subject = 'Pendant'").await, 1);
    let his = format!("select count(*) as n from tickets where number = 1 and assignee_id = {}", sam.person.id());
    assert_eq!(maxis.database.count(&his).await, 1, "staff is known as staff");
    let gone = |seen: &[serde_json::Value]| seen.iter().all(|message| !message.to_string().contains("MOTSECRET"));
    marie.person.notified(marie.channel, PATIENCE, gone).await.expect("what she typed leaves the channel");
    maxis.end().await;
}
