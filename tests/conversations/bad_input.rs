//! What people get wrong: each time a kind answer that says what to do next, and nothing changed.

use crate::support::maxis::{CLUB, Maxis, PATIENCE, SHOP, button_of, id, shown};
use serde_json::json;
use shellia::sandbox::{Draft, Fault, Upload, World};

/// Everything that a command could change, as one number.
async fn fingerprint(maxis: &Maxis) -> i64 {
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
    let seen = marie.person.notified(marie.direct(), crate::support::maxis::PATIENCE, after).await.unwrap();
    insta::assert_snapshot!(crate::support::show::show(seen.last().unwrap()));
    assert_eq!(maxis.database.count("select count(*) as n from tickets").await, 0);
    maxis.end().await;
}

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
        tokio::time::timeout(crate::support::maxis::PATIENCE, stored).await.expect("the ticket is stored");
        maxis.settled().await;
        maxis.sandbox.clear_faults();
    }
    // Direct messages shut: the opener gets a ping without content and a private button.
    marie.person.set_dms(false);
    sam.uses("ticket_reply", json!({"id": 1, "message": "MOTSECRET"})).await;
    let holds = |seen: &[serde_json::Value]| {
        seen.iter().any(|m| crate::support::maxis::button_of(m, "ticket_view?id=1").is_some())
    };
    let seen = marie.person.notified(marie.channel, crate::support::maxis::PATIENCE, holds).await.unwrap();
    assert!(!serde_json::to_string(&seen).unwrap().contains("MOTSECRET"));
    let read = shown(&marie.presses_in(marie.channel, "ticket_view?id=1").await);
    assert!(read.contains("MOTSECRET"), "{read}");
    // The ping is no way in for another.
    let jean = maxis.person("jean", "support");
    let read = shown(&jean.presses_in(jean.channel, "ticket_view?id=1").await);
    assert!(!read.contains("MOTSECRET"), "{read}");
    maxis.end().await;
}

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
async fn what_is_typed_leaves_the_channel_though_the_answer_before_can_not_be_shown() {
    let maxis = Maxis::start().await;
    let marie = maxis.person("marie", "support");
    maxis.sandbox.fault(Fault {
        method: Some("POST".to_owned()),
        path_regex: Some(format!("^/channels/{}/messages$", marie.channel)),
        status: 500,
        ..Fault::default()
    });
    let typed = ["!ticket_create Aide MOTSECRET", "!ticket_reply 1 AUTRESECRET"];
    for text in typed {
        marie.person.say(marie.channel, text).await.unwrap();
    }
    let gone = async {
        while !maxis.sandbox.messages(marie.channel).is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, gone).await.expect("both leave the channel");
    maxis.sandbox.clear_faults();
    let stubs = |seen: &[serde_json::Value]| seen.iter().filter(|m| button_of(m, "answer?").is_some()).count() == 2;
    let seen = marie.person.notified(marie.channel, PATIENCE, stubs).await.expect("both answers wait");
    let mut read = Vec::new();
    for stub in seen.iter().filter(|m| button_of(m, "answer?").is_some()) {
        let button = button_of(stub, "answer?").expect("it waits");
        read.push(shown(&marie.press(marie.channel, id(stub), &button).await));
    }
    assert!(read[0].contains("créé") && read[1].contains("Réponse ajoutée"), "in the order of asking: {read:?}");
    maxis.end().await;
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

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_command_with_a_file_leaves_the_channel_once_the_file_is_copied() {
    let maxis = Maxis::start().await;
    let marie = maxis.person("marie", "support");
    let file = Upload { filename: "preuve.png".to_owned(), content_type: None, bytes: b"MOTSECRET".as_slice().into() };
    // Deleting fails at first, as often as the edge itself would try.
    maxis.sandbox.fault(Fault {
        method: Some("DELETE".to_owned()),
        path_regex: Some("^/channels/[0-9]+/messages/[0-9]+$".to_owned()),
        status: 500,
        times: Some(2),
        ..Fault::default()
    });
    let content = "!ticket_create Preuve MOTSECRET".to_owned();
    let draft = Draft { content, attachments: vec![file], ..Draft::default() };
    let typed = id(&marie.person.send(marie.channel, draft).await.expect("she may write"));
    marie.after(typed).await;
    maxis.settled().await;
    let seen = marie.person.visible(marie.channel);
    assert!(!seen.iter().any(|message| id(message) == typed), "{seen:#?}");
    let stored = "select count(*) as n from ticket_attachments where state = 'stored' and bytes = 'MOTSECRET'";
    assert_eq!(maxis.database.count(stored).await, 1);
    maxis.sandbox.clear_faults();
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_command_that_cannot_be_deleted_at_once_is_deleted_later() {
    let maxis = Maxis::start().await;
    let marie = maxis.person("marie", "support");
    let typed = marie.person.say(marie.channel, "!ticket_create Aide MOTSECRET").await.expect("she may write");
    maxis.sandbox.fault(Fault {
        method: Some("DELETE".to_owned()),
        path_regex: Some(format!("^/channels/[0-9]+/messages/{typed}$")),
        status: 500,
        times: Some(4),
        ..Fault::default()
    });
    let gone = |seen: &[serde_json::Value]| !seen.iter().any(|message| id(message) == typed);
    marie.person.notified(marie.channel, crate::support::maxis::PATIENCE, gone).await.expect("it goes");
    maxis.settled().await;
    assert_eq!(
        maxis.database.count("select count(*) as n from outbox where kind = 'removal' and outcome = 'removed'").await,
        1
    );
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_leaves_no_text_in_the_channel() {
    let maxis = Maxis::start().await;
    let marie = maxis.person("marie", "support");
    for text in [
        "!ticket_reply 999 4242 4242 4242 4242",
        "!ticket_reply #999 0612345678",
        "!ticket_create 4242424242424242",
        "!ticket_creat \"Accès perdu\" mon mot de passe",
        "!ticket_repondre_a 1 mon mot de passe",
        "!ticket_view 12 mon mot de passe",
        "!ticket_view \"mon mot de passe",
        "!ticket_list mon mot de passe",
        "!ticket_rate 1 5 mon mot de passe",
        "!help mon mot de passe",
        "!setup motdepasse",
    ] {
        let said = marie.says(text).await;
        let kept = shellia::kernel::text::plain(text);
        assert!(said.contains("Ce que vous aviez tapé") && said.contains(&kept), "{text}: {said}");
        let gone = |messages: Vec<serde_json::Value>| messages.iter().all(|message| message["content"] != text);
        for _ in 0..100 {
            if gone(maxis.sandbox.messages(marie.channel)) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert!(gone(maxis.sandbox.messages(marie.channel)), "{text}");
    }
    for text in ["!ticket_view 999", "!ticket_reply 999", "!ticket_veiw 12", "!ticket_creat"] {
        assert!(!marie.says(text).await.contains("Ce que vous aviez tapé"), "{text} holds nothing private");
    }
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_can_be_kept_the_writer_is_told_that_his_text_stays() {
    let mut maxis = Maxis::prepare(World::two_guilds()).await;
    maxis.set("LIMIT_MEMBER_COMMANDS_PER_MINUTE", "1");
    maxis.run().await;
    for (name, text) in [
        ("marie", "!ticket_create Aide mon mot de passe"),
        ("jean", "!ticket_view 12 mon mot de passe"),
        ("amina", "!ticket_creat mon secret"),
    ] {
        let speaker = maxis.person(name, "support");
        let read = speaker.says("!ticket_list").await;
        assert!(
            read.contains("Vous n’avez pas encore de ticket"),
            "an answer that is ready is read whatever the limit: {read}"
        );
        let said = speaker.says(text).await;
        assert!(said.contains("Doucement") && said.contains("il reste visible ici. Supprimez-le"), "{text}: {said}");
    }
    let marie = maxis.person("marie", "support");
    let said = marie.says("!ticket_view 12").await;
    assert!(said.contains("Doucement") && !said.contains("visible"), "{said}");
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
