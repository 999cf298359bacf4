//! Who is not, or no longer, of the guild, and buttons that nobody was given: nothing of others is seen or changed.

use super::bad_input::fingerprint;
use crate::support::maxis::{CLUB, Maxis, PATIENCE, SHOP, button_of, id, shown};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn who_left_the_guild_reads_and_answers_his_own_tickets_and_nothing_else() {
    let maxis = Maxis::start().await;
    let (mut marie, jean, sam) =
        (maxis.person("marie", "support"), maxis.person("jean", "support"), maxis.person("sam", "staff"));
    marie.says("!ticket_create Aide Bonjour").await;
    jean.says("!ticket_create Autre MOTSECRET").await;
    sam.uses("ticket_reply", json!({"id": 1, "message": "Que voyez-vous ?"})).await;
    marie.is_told("Que voyez-vous ?").await;
    maxis.settled().await;
    let shop = maxis.sandbox.guild_id(SHOP).unwrap();
    maxis.sandbox.set_member(shop, marie.person.id(), None, false).unwrap();
    marie.channel = marie.direct();
    // Her data stays hers.
    assert!(marie.presses("ticket_view?id=1").await.contains("Que voyez-vous ?"));
    let form = marie.presses_in(marie.channel, "ticket_reply?id=1").await;
    let answered = marie.fills(&form, json!({"message": "Une page blanche"})).await;
    assert!(answered.contains("Réponse ajoutée au ticket #1"), "{answered}");
    // Nothing new, nothing of others, nothing of staff: whatever a button of hers is made to say.
    let seen = marie.person.visible(marie.channel);
    let message = seen.iter().rev().find(|m| button_of(m, "ticket_view?id=1").is_some()).map(id).unwrap();
    let before = fingerprint(&maxis).await;
    for (forged, expected) in [
        ("ticket_create", "Lancez cette commande sur le serveur"),
        ("ticket_list", "Lancez cette commande sur le serveur"),
        ("help", "Lancez cette commande sur le serveur"),
        ("ticket_view?id=2", "Rien sous ce numéro"),
        ("ticket_view?id=99", "Rien sous ce numéro"),
        ("ticket_history?id=1", "réservée à l’équipe"),
        ("ticket_claim?id=1", "réservée à l’équipe"),
    ] {
        let tag = if forged.contains('?') { '&' } else { '?' };
        let forged = format!("{forged}{tag}guild={shop}");
        let pressed = marie.person.forge_press(marie.channel, message, &forged).await.unwrap();
        let read = shown(&marie.person.wait_answer_for(pressed, PATIENCE).await);
        assert!(read.contains(expected) && !read.contains("MOTSECRET"), "{forged}: {read}");
    }
    assert_eq!(fingerprint(&maxis).await, before);
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_in_direct_messages_that_names_a_guild_that_is_not_there_leaves_nothing() {
    let maxis = Maxis::start().await;
    let (marie, sam) = (maxis.person("marie", "support"), maxis.person("sam", "staff"));
    marie.says("!ticket_create Aide Bonjour").await;
    sam.uses("ticket_reply", json!({"id": 1, "message": "Que voyez-vous ?"})).await;
    marie.is_told("Que voyez-vous ?").await;
    let seen = marie.person.visible(marie.direct());
    let message = seen.iter().rev().find(|m| button_of(m, "ticket_view?id=1").is_some()).map(id).unwrap();
    let before = maxis.database.count("select count(*) as n from guilds").await;
    for guild in 1..4 {
        let forged = format!("ticket_view?id=1&guild=90000000{guild}");
        let pressed = marie.person.forge_press(marie.direct(), message, &forged).await.unwrap();
        let read = shown(&marie.person.wait_answer_for(pressed, PATIENCE).await);
        assert!(read.contains("Rien sous ce numéro"), "{read}");
    }
    assert_eq!(maxis.database.count("select count(*) as n from guilds").await, before);
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_that_was_made_up_neither_deletes_nor_changes_the_message_it_names() {
    let mut maxis = Maxis::start().await;
    let (channel, panel) = {
        let (marie, sam) = (maxis.person("marie", "support"), maxis.person("sam", "support"));
        marie.says("!ticket_create Aide Bonjour").await;
        sam.uses("ticket_panel", json!({})).await;
        let seen = marie.person.visible(marie.channel);
        let panel = seen.iter().rev().find(|m| button_of(m, "ticket_create").is_some()).expect("a panel").clone();
        let stub = marie.hears("!ticket_list").await;
        let answer = button_of(&stub, "answer?").expect("it waits");
        for (forged, expected) in [(answer.as_str(), "Aide"), ("ticket_view?id=1&page=1", "Aide")] {
            let pressed = marie.person.forge_press(marie.channel, id(&panel), forged).await.unwrap();
            let read = shown(&marie.person.wait_answer_for(pressed, PATIENCE).await);
            assert!(read.contains(expected), "{read}");
        }
        (marie.channel, panel)
    };
    maxis.settled().await;
    // What is under way comes to its end.
    maxis.halt().await;
    let left = maxis.sandbox.messages(channel).into_iter().find(|message| message["id"] == panel["id"]);
    assert_eq!(left.expect("the panel")["embeds"], panel["embeds"]);
    crate::support::witness::judge(&maxis.sandbox).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_of_another_guild_know_nothing_of_this_one() {
    let maxis = Maxis::start().await;
    let marie = maxis.person("marie", "support");
    marie.says("!ticket_create Aide MOTSECRET").await;
    let nora = maxis.person_in(CLUB, "nora", "aide");
    let read = nora.uses("ticket_view", json!({"id": 1})).await;
    assert_eq!(read, nora.uses("ticket_view", json!({"id": 2})).await);
    assert!(!read.contains("MOTSECRET"));
    maxis.end().await;
}
