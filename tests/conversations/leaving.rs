//! What is typed leaves the channel, with what is refused, with files, and when Discord doesn't let it go at once.

use crate::support::maxis::{Maxis, PATIENCE, button_of, id, shown};
use shellia::sandbox::{Draft, Fault, Upload, World};

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
    marie.person.notified(marie.channel, PATIENCE, gone).await.expect("it goes");
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
