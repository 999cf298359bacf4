//! Two members and one of staff: a support conversation from the first word to the stars, typed and by slash commands.

use crate::support::maxis::{Maxis, PATIENCE, Speaker, button_of, id, shown};
use serde_json::{Value, json};
use shellia::sandbox::Answer;

/// What was said and read, in order.
#[derive(Default)]
pub(super) struct Transcript(pub String);

impl Transcript {
    pub fn add(&mut self, who: &str, said: &str, read: &str) {
        self.0.push_str(&format!("\n● {who} : {said}\n{read}\n"));
    }

    /// Types, and notes what is read.
    async fn types(&mut self, who: &str, speaker: &Speaker<'_>, text: &str) {
        let read = speaker.says(text).await;
        self.add(who, text, &read);
    }

    /// Uses a slash command, and notes what is read.
    async fn uses(&mut self, who: &str, speaker: &Speaker<'_>, command: &str, options: Value) {
        let read = speaker.uses(command, options.clone()).await;
        self.add(who, &format!("/{command} {options}"), &read);
    }

    /// Waits for a direct message, and notes it.
    async fn told(&mut self, who: &str, speaker: &Speaker<'_>, text: &str) {
        let read = speaker.is_told(text).await;
        self.add(who, "(message privé)", &read);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_members_and_one_of_staff_typed() {
    let maxis = Maxis::start().await;
    let (marie, jean, sam) =
        (maxis.person("marie", "support"), maxis.person("jean", "support"), maxis.person("sam", "staff"));
    let mut t = Transcript::default();
    let create =
        "!ticket_create \"Paiement refusé\" category=billing priority=high Ma carte est refusée 😢\nQue faire ?";
    t.types("Marie", &marie, create).await;
    t.types("Jean", &jean, "!ticket_create Question Le plan Pro est-il mensuel ?").await;
    t.types("Marie", &marie, "!ticket_list").await;
    t.types("Jean", &jean, "!ticket_view 1").await;
    t.types("Jean", &jean, "!ticket_view 999").await;
    t.types("Sam", &sam, "!ticket_list").await;
    t.types("Sam", &sam, &format!("!ticket_assign 1 <@{}>", sam.person.id())).await;
    t.types("Sam", &sam, "!ticket_note 1 Banque en ligne, voir avec Léa").await;
    t.types("Sam", &sam, "!ticket_reply 1 Bonjour Marie, confirmez le paiement dans l’application de votre banque.")
        .await;
    t.told("Marie", &marie, "confirmez le paiement").await;
    // She may read it before it is written down that she was told.
    maxis.settled().await;
    t.types("Sam", &sam, "!ticket_view #1").await;
    t.types("Marie", &marie, "!ticket_view 1").await;
    t.types("Marie", &marie, "!ticket_reply 1 Merci, ça marche !").await;
    t.types("Sam", &sam, "!ticket_close 1").await;
    t.told("Marie", &marie, "fermé").await;
    t.types("Marie", &marie, "!ticket_rate 1 5").await;
    t.types("Sam", &sam, "!ticket_stats").await;
    insta::assert_snapshot!(t.0);
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_members_and_one_of_staff_by_slash() {
    let maxis = Maxis::start().await;
    let (marie, jean, sam) =
        (maxis.person("marie", "support"), maxis.person("jean", "support"), maxis.person("sam", "staff"));
    let mut t = Transcript::default();
    let create = json!({"subject": "Paiement refusé", "description": "Ma carte est refusée 😢\nQue faire ?",
                        "category": "billing", "priority": "high"});
    t.uses("Marie", &marie, "ticket_create", create).await;
    let question = json!({"subject": "Question", "description": "Le plan Pro est-il mensuel ?"});
    t.uses("Jean", &jean, "ticket_create", question).await;
    t.uses("Marie", &marie, "ticket_list", json!({})).await;
    t.uses("Jean", &jean, "ticket_view", json!({"id": 1})).await;
    t.uses("Jean", &jean, "ticket_view", json!({"id": 999})).await;
    t.uses("Sam", &sam, "ticket_list", json!({})).await;
    t.uses("Sam", &sam, "ticket_assign", json!({"id": 1, "agent": sam.person.id().to_string()})).await;
    t.uses("Sam", &sam, "ticket_note", json!({"id": 1, "message": "Banque en ligne, voir avec Léa"})).await;
    let reply = json!({"id": 1, "message": "Bonjour Marie, confirmez le paiement dans l’application de votre banque."});
    t.uses("Sam", &sam, "ticket_reply", reply).await;
    t.told("Marie", &marie, "confirmez le paiement").await;
    // She may read it before it is written down that she was told.
    maxis.settled().await;
    t.uses("Sam", &sam, "ticket_view", json!({"id": 1})).await;
    t.uses("Marie", &marie, "ticket_view", json!({"id": 1})).await;
    t.uses("Marie", &marie, "ticket_reply", json!({"id": 1, "message": "Merci, ça marche !"})).await;
    t.uses("Sam", &sam, "ticket_close", json!({"id": 1})).await;
    t.told("Marie", &marie, "fermé").await;
    t.uses("Marie", &marie, "ticket_rate", json!({"id": 1, "stars": 5})).await;
    t.uses("Sam", &sam, "ticket_stats", json!({})).await;
    insta::assert_snapshot!(t.0);
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_english_speaker_is_answered_in_english() {
    let maxis = Maxis::start().await;
    let emma = maxis.person("emma", "support");
    emma.person.set_locale("en-US");
    let mut t = Transcript::default();
    let create = json!({"subject": "Card refused", "description": "My card is refused.", "category": "billing"});
    t.uses("Emma", &emma, "ticket_create", create).await;
    t.uses("Emma", &emma, "ticket_list", json!({})).await;
    t.uses("Emma", &emma, "ticket_view", json!({"id": 1})).await;
    t.uses("Emma", &emma, "ticket_view", json!({"id": 2})).await;
    t.uses("Emma", &emma, "ticket_close", json!({"id": 1, "reason": "Found it"})).await;
    t.uses("Emma", &emma, "ticket_rate", json!({"id": 1, "stars": 4})).await;
    t.uses("Emma", &emma, "help", json!({})).await;
    insta::assert_snapshot!(t.0);
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn buttons_and_forms_do_the_same() {
    let maxis = Maxis::start().await;
    let (lea, marie, sam) =
        (maxis.person("lea", "support"), maxis.person("marie", "support"), maxis.person("sam", "staff"));
    let mut t = Transcript::default();
    t.uses("Léa", &lea, "ticket_panel", json!({})).await;
    let form = marie.presses_in(marie.channel, "ticket_create").await;
    t.add("Marie", "[bouton du panneau]", &crate::support::maxis::shown(&form));
    let filled = json!({"subject": "Accès perdu", "description": "Je ne vois plus le salon premium.",
                        "category": ["account"], "priority": ["medium"]});
    let read = marie.fills(&form, filled).await;
    t.add("Marie", "(formulaire envoyé)", &read);
    // The card in the staff channel carries what staff do next.
    let holds = |seen: &[Value]| seen.iter().any(|m| crate::support::maxis::button_of(m, "ticket_claim").is_some());
    sam.person.notified(sam.channel, crate::support::maxis::PATIENCE, holds).await.expect("the card is there");
    let read = sam.presses("ticket_claim").await;
    t.add("Sam", "[prendre en charge]", &read);
    let form = sam.presses_in(sam.channel, "ticket_reply").await;
    assert!(matches!(form, Answer::Modal(_)), "{form:?}");
    let read = sam.fills(&form, json!({"message": "C’est réparé, pouvez-vous vérifier ?"})).await;
    t.add("Sam", "[répondre]", &read);
    t.told("Marie", &marie, "C’est réparé").await;
    // She answers from her direct messages, where no guild is known but by the button.
    let form = marie.presses_in(marie.direct(), "ticket_reply").await;
    let read = marie.fills(&form, json!({"message": "Oui, merci !"})).await;
    t.add("Marie", "[répondre en privé]", &read);
    insta::assert_snapshot!(t.0);
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_button_of_a_private_answer_names_its_asker_and_goes_when_he_used_it() {
    let maxis = Maxis::start().await;
    let (marie, jean) = (maxis.person("marie", "support"), maxis.person("jean", "support"));
    let stub = marie.hears("!ticket_create Aide Bonjour").await;
    let (message, button) = (id(&stub), button_of(&stub, "answer?").expect("a button"));
    assert!(stub["content"].as_str().is_some_and(|text| text.contains(&format!("<@{}>", marie.person.id()))), "{stub}");
    assert_eq!(stub["mentions"], json!([]), "she is not notified");
    let foreign = shown(&jean.press(jean.channel, message, &button).await);
    assert!(foreign.contains("n’est pas la vôtre"), "{foreign}");
    assert!(jean.person.visible(jean.channel).iter().any(|seen| id(seen) == message), "it stays for her");
    let hers = shown(&marie.press(marie.channel, message, &button).await);
    assert!(hers.contains("#1"), "{hers}");
    let gone = |seen: &[Value]| !seen.iter().any(|one| id(one) == message);
    marie.person.notified(marie.channel, PATIENCE, gone).await.expect("it goes");
    maxis.end().await;
}
