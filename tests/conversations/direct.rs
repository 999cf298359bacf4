//! Direct messages with Maxis: what a person may ask there, and what he reads who only writes.

use crate::support::maxis::{Maxis, PATIENCE, SHOP, Speaker, button_of, id, shown};
use serde_json::{Value, json};
use shellia::sandbox::World;

/// Someone who writes in his direct messages.
fn in_private<'a>(maxis: &'a Maxis, name: &str) -> Speaker<'a> {
    let mut speaker = maxis.person(name, "support");
    speaker.channel = speaker.direct();
    speaker
}

/// Types each and notes what is read.
async fn noted(who: &Speaker<'_>, name: &str, texts: &[&str]) -> String {
    let mut transcript = String::new();
    for text in texts {
        transcript.push_str(&format!("\n● {name} : {text}\n{}\n", who.says(text).await));
    }
    transcript
}

#[tokio::test(flavor = "multi_thread")]
async fn what_concerns_ones_own_tickets_may_be_typed_in_private() {
    let maxis = Maxis::start_in(World::demo()).await;
    let (there, jean) = (maxis.person("marie", "support"), maxis.person("jean", "support"));
    there.uses("ticket_create", json!({"subject": "Paiement refusé", "description": "Ma carte est refusée."})).await;
    jean.uses("ticket_create", json!({"subject": "MOTSECRET", "description": "MOTSECRET"})).await;
    let marie = in_private(&maxis, "marie");
    let read = noted(
        &marie,
        "Marie",
        &[
            "!ticket_voir 1",
            "!ticket_répondre 1 C’est une carte Visa.",
            "!ticket_répondre 1",
            "!ticket_voir 2",
            "!ticket_répondre 2 Bonjour",
            "!ticket_note 1 Je ne suis pas du staff",
            "!ticket_créer \"Autre chose\" Bonjour",
            "!ticket_liste",
            "!setup",
            "!ticket_vior 1",
            "!ticket_voir \"1",
            "!aide",
        ],
    )
    .await;
    insta::assert_snapshot!(read);
    assert!(!read.contains("MOTSECRET"));
    assert_eq!(maxis.database.count("select count(*) as n from tickets").await, 2);
    assert_eq!(maxis.database.count("select count(*) as n from ticket_messages").await, 3);
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_writes_is_shown_his_open_tickets_and_answers_from_there() {
    let maxis = Maxis::start_in(World::demo()).await;
    let there = maxis.person("marie", "support");
    for n in 1..=7 {
        there.uses("ticket_create", json!({"subject": format!("Sujet *{n}*"), "description": "Bonjour"})).await;
    }
    there.uses("ticket_close", json!({"id": 6})).await;
    let marie = in_private(&maxis, "marie");
    let mut read = noted(&marie, "Marie", &["Bonjour, ma carte MOTSECRET ne passe pas"]).await;
    let form = marie.presses_in(marie.channel, "ticket_reply?id=7").await;
    read.push_str(&format!("\n● Marie : [répondre au ticket #7]\n{}\n", shown(&form)));
    read.push_str(&format!(
        "\n● Marie : (formulaire envoyé)\n{}\n",
        marie.fills(&form, json!({"message": "Voilà"})).await
    ));
    let (jean, emma) = (in_private(&maxis, "jean"), in_private(&maxis, "emma"));
    read.push_str(&noted(&jean, "Jean", &["!!! Allô ?"]).await);
    emma.person.set_locale("en-US");
    let server = maxis.person("emma", "support");
    server.uses("ticket_list", json!({})).await;
    read.push_str(&noted(&emma, "Emma", &["Hello?", "!ticket_create Help Hello"]).await);
    server.uses("ticket_create", json!({"subject": "Card refused", "description": "Hello"})).await;
    insta::assert_snapshot!(read);
    maxis.settled().await;
    // What she wrote is nowhere.
    for (table, column) in [("answers", "reply::text"), ("ticket_messages", "body"), ("ticket_audit", "new_value")] {
        let kept = format!("select count(*) as n from {table} where {column} like '%MOTSECRET%'");
        assert_eq!(maxis.database.count(&kept).await, 0, "{table}");
    }
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_writes_on_is_answered_once_and_a_machine_never() {
    let maxis = Maxis::start_in(World::demo()).await;
    let marie = in_private(&maxis, "marie");
    marie.says("Bonjour").await;
    marie.person.say(marie.channel, "Vous êtes là ?").await.unwrap();
    maxis.sandbox.webhook_says(marie.channel, "annonces", "Bonjour").unwrap();
    // Carried out in order: what comes now is behind whatever would have come before.
    let help = marie.says("!aide").await;
    assert!(help.contains("Aide"), "{help}");
    let bot = maxis.bot().to_string();
    let answers = marie.person.visible(marie.channel).iter().filter(|m| m["author"]["id"] == bot).count();
    assert_eq!(answers, 2, "one for what she wrote, one for the help");
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_several_servers_the_one_that_told_something_last_is_meant() {
    let maxis = Maxis::start().await;
    let (there, sam) = (maxis.person("marie", "support"), maxis.person("sam", "staff"));
    there.uses("ticket_create", json!({"subject": "Aide", "description": "Bonjour"})).await;
    let marie = in_private(&maxis, "marie");
    let mut read = noted(&marie, "Marie", &["!ticket_voir 1", "!aide", "Bonjour ?"]).await;
    sam.uses("ticket_reply", json!({"id": 1, "message": "Que voyez-vous ?"})).await;
    there.is_told("Que voyez-vous ?").await;
    maxis.settled().await;
    read.push_str(&noted(&marie, "Marie", &["!ticket_répondre 1 Rien", "!ticket_créer Aide Bonjour"]).await);
    insta::assert_snapshot!(read);
    assert_eq!(maxis.database.count("select count(*) as n from ticket_messages").await, 3);
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_is_not_called_in_public_and_staff_read_why() {
    let maxis = Maxis::start().await;
    let (marie, sam) = (maxis.person("marie", "support"), maxis.person("sam", "staff"));
    marie.uses("ticket_create", json!({"subject": "Aide", "description": "Bonjour"})).await;
    let shop = maxis.sandbox.guild_id(SHOP).unwrap();
    maxis.sandbox.set_member(shop, marie.person.id(), None, false).unwrap();
    let said = sam.uses("ticket_reply", json!({"id": 1, "message": "Que voyez-vous ?"})).await;
    assert!(said.contains("Le membre va être prévenu") && !said.contains("est prévenu"), "{said}");
    maxis.settled().await;
    let jean = maxis.person("jean", "support");
    assert_eq!(jean.person.visible(jean.channel), Vec::<Value>::new(), "nobody is called");
    let why = "⚠️ Non remis : le membre a quitté le serveur";
    let read = sam.uses("ticket_view", json!({"id": 1})).await;
    assert!(read.contains(why), "{read}");
    let on_card = |seen: &[Value]| seen.iter().any(|m| crate::support::show::show(m).contains(why));
    sam.person.notified(sam.channel, PATIENCE, on_card).await.expect("the card shows it");
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_public_call_goes_when_a_newer_one_comes_or_its_person_has_read() {
    let maxis = Maxis::start().await;
    let (marie, jean, sam) =
        (maxis.person("marie", "support"), maxis.person("jean", "support"), maxis.person("sam", "staff"));
    marie.uses("ticket_create", json!({"subject": "Aide", "description": "Bonjour"})).await;
    marie.person.set_dms(false);
    let calls = |seen: &[Value]| -> Vec<u64> {
        seen.iter().filter(|m| button_of(m, "ticket_view?id=1").is_some() && m["flags"] != 64).map(id).collect()
    };
    let mut called = Vec::new();
    for message in ["Un", "Deux"] {
        sam.uses("ticket_reply", json!({"id": 1, "message": message})).await;
        maxis.settled().await;
        let now = calls(&jean.person.visible(jean.channel));
        assert_eq!(now.len(), 1, "{message}");
        called.extend(now);
    }
    assert_ne!(called[0], called[1], "the newer one stands");
    // Another's press changes nothing.
    jean.presses("ticket_view?id=1").await;
    maxis.settled().await;
    assert_eq!(calls(&jean.person.visible(jean.channel)), called[1..]);
    assert!(marie.presses("ticket_view?id=1").await.contains("Deux"));
    marie.person.notified(marie.channel, PATIENCE, |seen| calls(seen).is_empty()).await.expect("it goes");
    // By a command it goes, too.
    sam.uses("ticket_reply", json!({"id": 1, "message": "Trois"})).await;
    marie.person.notified(marie.channel, PATIENCE, |seen| calls(seen).len() == 1).await.expect("it comes");
    maxis.settled().await;
    marie.uses("ticket_view", json!({"id": 1})).await;
    marie.person.notified(marie.channel, PATIENCE, |seen| calls(seen).is_empty()).await.expect("it goes");
    maxis.end().await;
}
