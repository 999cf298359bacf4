//! What people get wrong: each time a kind answer that says what to do next, and nothing changed.

use crate::support::maxis::{Maxis, PATIENCE, id};
use serde_json::json;

/// Everything that a command could change, as one number.
pub async fn fingerprint(maxis: &Maxis) -> i64 {
    let tables = ["tickets", "ticket_messages", "ticket_attachments", "ticket_counters", "guilds", "staff_roles"];
    let sums =
        tables.map(|t| format!("coalesce((select sum(hashtextextended(x::text, 0) % 1000000007) from {t} x), 0)"));
    maxis.database.count(&format!("select ({})::bigint as n", sums.join(" + "))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn typed_mistakes_are_explained_and_change_nothing() {
    let maxis = Maxis::start().await;
    let (marie, jean) = (maxis.person("marie", "support"), maxis.person("jean", "support"));
    marie.says("!ticket_create Aide Bonjour").await;
    marie.says("!ticket_create Fermé Bonjour").await;
    marie.says("!ticket_close 2").await;
    maxis.settled().await;
    let before = fingerprint(&maxis).await;
    let mut transcript = String::new();
    for text in [
        "!ticket_create",
        "!ticket_create \"Sans fin",
        "!ticket_create \"\" Description",
        "!ticket_create Sujet \u{200b}\u{2800}",
        "!ticket_create Sujet category=chats Description",
        "!ticket_view",
        "!ticket_view 0",
        "!ticket_view -1",
        "!ticket_view 9223372036854775808",
        "!ticket_view douze",
        "!ticket_view 999",
        "!ticket_reply 1",
        "!ticket_reply 2 Encore une question",
        "!ticket_rate 2 6",
        "!ticket_rate 2 zéro",
        "!ticket_assign 1 quelqu’un",
        "!ticket_note 1 Je ne suis pas du staff",
        "!ticket_stats",
        "!ticket_creat Faute de frappe",
    ] {
        transcript.push_str(&format!("\n● Marie : {text}\n{}\n", marie.says(text).await));
    }
    for text in ["!ticket_view 1", "!ticket_reply 1 Coucou", "!ticket_close 1", "!ticket_rate 2 5", "!ticket_reopen 2"]
    {
        transcript.push_str(&format!("\n● Jean : {text}\n{}\n", jean.says(text).await));
    }
    insta::assert_snapshot!(transcript);
    assert_eq!(fingerprint(&maxis).await, before);
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_hides_in_a_text_is_shown_harmless_and_nobody_is_pinged() {
    let maxis = Maxis::start().await;
    let marie = maxis.person("marie", "support");
    let mean = "!ticket_create \"@everyone **gras** \u{202e}inversé\u{202c} ||caché||\" <@&1> @here [clic](https://mal.example) \u{0}# Titre";
    let read = marie.says(mean).await;
    assert!(read.contains("#1"), "{read}");
    let read = marie.uses("ticket_view", json!({"id": 1})).await;
    assert!(!read.contains('\u{202e}') && !read.contains("](https://mal.example)"), "{read}");
    maxis.settled().await;
    for exchange in maxis.sandbox.log(0) {
        let body = &exchange.request;
        if body.get("content").is_some() {
            let allowed = &body["allowed_mentions"];
            assert!(allowed["parse"].as_array().is_none_or(Vec::is_empty), "{body}");
        }
    }
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_is_too_long_is_refused_with_its_length() {
    let maxis = Maxis::start().await;
    let marie = maxis.person("marie", "support");
    // Discord's client lets nobody type so much; a form or another client may.
    let form = marie.answer("ticket_create", json!({})).await;
    let sent =
        marie.person.submit(form.modal().unwrap(), json!({"subject": "a", "description": "x".repeat(100_000)})).await;
    assert!(sent.is_err(), "the sandbox refuses what Discord refuses");
    let read = marie.says(&format!("!ticket_create \"{}\" Bonjour", "é".repeat(150))).await;
    insta::assert_snapshot!(read);
    assert_eq!(maxis.database.count("select count(*) as n from tickets").await, 0);
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_in_a_direct_message_says_where_to_go() {
    let maxis = Maxis::start().await;
    let marie = maxis.person("marie", "support");
    let typed = marie.person.dm(maxis.bot(), "!ticket_create Aide Bonjour").await.unwrap();
    let bot = maxis.bot().to_string();
    let after = |seen: &[serde_json::Value]| seen.iter().any(|m| m["author"]["id"] == bot && id(m) > id(&typed));
    let seen = marie.person.notified(marie.direct(), PATIENCE, after).await.unwrap();
    insta::assert_snapshot!(crate::support::show::show(seen.last().unwrap()));
    assert_eq!(maxis.database.count("select count(*) as n from tickets").await, 0);
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_whom_a_command_names_is_asked_for_and_must_be_in_the_guild() {
    let maxis = Maxis::start().await;
    let (marie, sam) = (maxis.person("marie", "support"), maxis.person("sam", "staff"));
    marie.says("!ticket_create Aide Bonjour").await;
    // What the bot asks of himself is about the staff channel.
    let own = format!("/members/{}", maxis.bot());
    let other = |path: &str| path.contains("/members/") && !path.ends_with(&own);
    let asked = |maxis: &Maxis| maxis.sandbox.log(0).iter().filter(|entry| other(&entry.path)).count();
    let before = asked(&maxis);
    sam.says(&format!("!ticket_assign 1 <@{}>", sam.person.id())).await;
    assert_eq!(asked(&maxis), before, "the message told of him");
    for unknown in ["123", "<@123>", "\"<@!123>\""] {
        let said = sam.says(&format!("!ticket_assign 1 {unknown}")).await;
        assert!(said.contains("doit être une personne"), "{unknown}: {said}");
    }
    assert_eq!(asked(&maxis), before + 3);
    marie.says("!ticket_create Encore Bonjour").await;
    let said = sam.says(&format!("!ticket_assign 2 {}", sam.person.id())).await;
    assert!(said.contains("attribué"), "by his bare id: {said}");
    maxis.end().await;
}
