//! What stays visible though it should not: a typed command that Maxis may not delete, and tickets in a channel that was opened.

use crate::support::maxis::{Maxis, PATIENCE, SHOP, id};
use crate::support::show::show;
use serde_json::json;
use shellia::sandbox::{Draft, Fault, Upload};
use std::time::Duration;

const VIEW_CHANNEL: u64 = 1 << 10;
/// What Maxis has for talking, without what lets him delete others' messages.
const TALKS: u64 = VIEW_CHANNEL | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 28;
const STAYS: &str = "il reste visible ici. Supprimez-le";

#[tokio::test(flavor = "multi_thread")]
async fn who_typed_what_can_not_be_deleted_is_told_once_that_it_stays() {
    let maxis = Maxis::start().await;
    let shop = maxis.sandbox.guild_id(SHOP).unwrap();
    maxis.sandbox.permit(shop, maxis.sandbox.role_id(shop, "Maxis").unwrap(), TALKS).unwrap();
    let marie = maxis.person("marie", "support");
    let read = marie.says("!ticket_create Aide Mon adresse est 1 rue de la Paix").await;
    assert_eq!(read.matches(STAYS).count(), 1, "{read}");
    assert!(read.contains("#1"), "{read}");
    let said = maxis.sandbox.messages(marie.channel);
    assert!(
        said.iter().any(|m| m["content"].as_str().is_some_and(|text| text.contains("rue de la Paix"))),
        "{said:#?}"
    );
    let refused = marie.says("!ticket_reply 99 Mon adresse").await;
    assert_eq!(refused.matches(STAYS).count(), 1, "{refused}");
    let list = marie.says("!ticket_list").await;
    assert!(!list.contains("visible ici"), "nothing private was typed: {list}");
    marie.person.set_locale("en-US");
    marie.uses("ticket_list", json!({})).await;
    let read = marie.says("!ticket_reply 1 My address").await;
    assert!(read.contains("it stays visible here. Delete it"), "{read}");
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sends_files_that_can_not_be_deleted_is_told_that_they_stay() {
    let maxis = Maxis::start().await;
    let shop = maxis.sandbox.guild_id(SHOP).unwrap();
    let marie = maxis.person("marie", "support");
    let sends = async |subject: &str| {
        let file = Upload { filename: "a.png".to_owned(), content_type: None, bytes: b"x".as_slice().into() };
        let content = format!("!ticket_create {subject} Voici");
        let draft = Draft { content, attachments: vec![file], ..Draft::default() };
        let sent = marie.person.send(marie.channel, draft).await.expect("she may write");
        show(&marie.after(id(&sent)).await)
    };
    let read = sends("Un").await;
    assert!(!read.contains(STAYS), "{read}");
    maxis.sandbox.permit(shop, maxis.sandbox.role_id(shop, "Maxis").unwrap(), TALKS).unwrap();
    let read = sends("Deux").await;
    assert_eq!(read.matches(STAYS).count(), 1, "{read}");
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_that_comes_late_is_told_after_the_answer() {
    let maxis = Maxis::start().await;
    let marie = maxis.person("marie", "support");
    maxis.sandbox.fault(Fault {
        method: Some("DELETE".into()),
        path_regex: Some("^/channels/[0-9]+/messages/[0-9]+$".into()),
        status: 403,
        code: Some(50013),
        times: Some(1),
        hang_ms: Some(1500),
        ..Fault::default()
    });
    let stub = marie.hears("!ticket_create Aide Mon adresse est 1 rue de la Paix").await;
    assert!(!show(&stub).contains(STAYS), "{stub:#?}");
    let told = marie.after(id(&stub)).await;
    assert!(show(&told).contains(STAYS), "{told:#?}");
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_posted_in_the_staff_channel_from_the_moment_that_it_is_opened_to_everybody() {
    let mut maxis = Maxis::start().await;
    let shop = maxis.sandbox.guild_id(SHOP).unwrap();
    let staff = maxis.sandbox.channel_id(shop, "staff").unwrap();
    let holds = |maxis: &Maxis, number: i64| {
        let named = format!("#{number}");
        maxis.sandbox.messages(staff).iter().any(|message| show(message).contains(&named))
    };
    let opens = async |maxis: &Maxis, subject: &str| {
        let marie = maxis.person("marie", "support");
        marie.uses("ticket_create", json!({"subject": subject, "description": "Bonjour"})).await;
    };
    opens(&maxis, "Un").await;
    maxis.settled().await;
    assert!(holds(&maxis, 1));
    // The role of everyone has the guild's id.
    maxis.sandbox.overwrite(staff, shop, (VIEW_CHANNEL, 0));
    opens(&maxis, "Deux").await;
    held_back(&maxis, 2).await;
    assert!(!holds(&maxis, 2));
    // Opened in another way: by what everybody may do everywhere.
    maxis.sandbox.overwrite(staff, shop, (0, VIEW_CHANNEL));
    opens(&maxis, "Trois").await;
    let seen = async {
        while !holds(&maxis, 3) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, seen).await.expect("it is closed again");
    maxis.sandbox.permit(shop, shop, 1 << 3).unwrap();
    opens(&maxis, "Quatre").await;
    held_back(&maxis, 4).await;
    assert!(!holds(&maxis, 4));
    maxis.halt().await;
    maxis.sandbox.stop().await;
}

/// Waits until a ticket's card was held back because everybody would read it.
async fn held_back(maxis: &Maxis, ticket: i64) {
    let card = format!(
        "select count(*) as n from outbox where kind = 'card' and ticket_number = {ticket} and outcome = 'open'"
    );
    let held = async {
        while maxis.database.count(&card).await == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, held).await.expect("the card is held back");
}
