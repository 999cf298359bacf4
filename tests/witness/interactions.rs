//! Interactions: every kind of first answer, with and without its echo, and what follows.

use serde_json::{Value, json};
use twilight_model::application::interaction::Interaction;
use twilight_model::http::attachment::Attachment;
use twilight_model::http::interaction::{
    InteractionResponse, InteractionResponseData, InteractionResponseType as Kind,
};

use super::commands::command;
use super::messages::rows;
use super::{Scene, model};

impl Scene {
    async fn register(&self) {
        self.bot.interactions().set_global_commands(&[model(command())]).await.unwrap();
    }

    /// Léa, who may do all, uses the command.
    async fn used(&mut self) -> Interaction {
        let lea = self.sandbox.person(self.user("lea").get());
        let (channel, app) = (self.channel("support").get(), self.bot.app.get());
        lea.slash(channel, app, "ticket_create", json!({"sujet": "Paiement"})).await.unwrap();
        self.bot.interaction().await
    }

    /// Marie presses the first button of a fresh panel.
    async fn pressed(&mut self) -> Interaction {
        let channel = self.channel("support");
        let panel = self.bot.http.create_message(channel).content("Support").components(&rows()).await.unwrap();
        let panel = panel.model().await.unwrap().id.get();
        let marie = self.sandbox.person(self.user("marie").get());
        marie.press(channel.get(), panel, "claim:1", Vec::new()).await.unwrap();
        self.bot.interaction().await
    }

    /// Answers, and asks for the answer's echo.
    async fn answers(&self, to: &Interaction, kind: Kind, data: Value) {
        let data: InteractionResponseData = model(data);
        let response = InteractionResponse { kind, data: Some(data) };
        let client = self.bot.interactions();
        client.create_response(to.id, &to.token, &response).with_response().await.unwrap().model().await.unwrap();
    }
}

#[tokio::test]
async fn a_message_and_its_followups() {
    let mut scene = Scene::open().await;
    scene.register().await;
    let used = scene.used().await;
    let data = json!({"content": "Créé", "flags": 64, "allowed_mentions": {"parse": []}, "tts": false});
    scene.answers(&used, Kind::ChannelMessageWithSource, data).await;
    let client = scene.bot.interactions();
    let files = [Attachment::from_bytes("ticket.txt".to_owned(), b"un".to_vec(), 0)];
    let rows = rows();
    let followup = client.create_followup(&used.token).content("Et aussi").components(&rows).attachments(&files);
    let followup = followup.await.unwrap().model().await.unwrap().id;
    client.update_followup(&used.token, followup).content(Some("Enfin")).components(None).await.unwrap();
    client.followup(&used.token, followup).await.unwrap();
    client.delete_followup(&used.token, followup).await.unwrap();
    client.response(&used.token).await.unwrap();
    client.update_response(&used.token).content(Some("Fait")).components(Some(&rows)).await.unwrap();
    client.delete_response(&used.token).await.unwrap();
    let used = scene.used().await;
    let plain = model(json!({"embeds": [{"type": "rich", "title": "Ticket", "fields": []}]}));
    scene.bot.respond(&used, Kind::ChannelMessageWithSource, Some(plain)).await.unwrap();
    scene.close().await;
}

#[tokio::test]
async fn deferred_answers() {
    let mut scene = Scene::open().await;
    scene.register().await;
    let used = scene.used().await;
    scene.answers(&used, Kind::DeferredChannelMessageWithSource, json!({"flags": 64})).await;
    scene.bot.interactions().update_response(&used.token).content(Some("Fait")).await.unwrap();
    let used = scene.used().await;
    scene.bot.respond(&used, Kind::DeferredChannelMessageWithSource, None).await.unwrap();
    scene.bot.interactions().create_followup(&used.token).content("Fait").await.unwrap();
    let pressed = scene.pressed().await;
    scene.bot.respond(&pressed, Kind::DeferredUpdateMessage, None).await.unwrap();
    scene.bot.interactions().update_response(&pressed.token).content(Some("Pris")).await.unwrap();
    let pressed = scene.pressed().await;
    scene.answers(&pressed, Kind::DeferredUpdateMessage, json!({})).await;
    let pressed = scene.pressed().await;
    scene.answers(&pressed, Kind::UpdateMessage, json!({"content": "Pris", "components": []})).await;
    let pressed = scene.pressed().await;
    scene.answers(&pressed, Kind::ChannelMessageWithSource, json!({"content": "Privé", "flags": 64})).await;
    scene.close().await;
}

#[tokio::test]
async fn a_form_and_its_answer() {
    let mut scene = Scene::open().await;
    let form = json!({"custom_id": "form:1", "title": "Nouveau ticket", "components": [
        {"type": 1, "components": [{
            "type": 4, "custom_id": "sujet", "label": "Sujet", "style": 1, "min_length": 1, "max_length": 100,
            "required": true, "placeholder": "De quoi s’agit-il ?",
        }]},
        {"type": 18, "label": "Détails", "description": "Tout ce qui aide",
         "component": {"type": 4, "custom_id": "texte", "style": 2, "required": false, "value": "Bonjour"}},
        {"type": 18, "label": "Catégorie", "component": {
            "type": 3, "custom_id": "cat", "required": false, "options": [{"label": "Bug", "value": "bug"}],
        }},
        {"type": 18, "label": "Fichiers", "component": {"type": 19, "custom_id": "file", "min_values": 0, "required": false}},
    ]});
    let pressed = scene.pressed().await;
    scene.bot.respond(&pressed, Kind::Modal, Some(model(form.clone()))).await.unwrap();
    let marie = scene.sandbox.person(scene.user("marie").get());
    let values = json!({"sujet": "Panne", "texte": "Rien ne va", "cat": ["bug"]});
    marie.submit(marie.wait_answer(pressed.id.get()).await.modal().unwrap(), values).await.unwrap();
    let sent = scene.bot.interaction().await;
    scene.answers(&sent, Kind::ChannelMessageWithSource, json!({"content": "Merci", "flags": 64})).await;
    let pressed = scene.pressed().await;
    scene.answers(&pressed, Kind::Modal, form).await;
    marie.submit(marie.wait_answer(pressed.id.get()).await.modal().unwrap(), json!({"sujet": "Panne"})).await.unwrap();
    let sent = scene.bot.interaction().await;
    scene.answers(&sent, Kind::UpdateMessage, json!({"content": "Merci", "components": []})).await;
    scene.close().await;
}

#[tokio::test]
async fn suggestions() {
    let mut scene = Scene::open().await;
    scene.register().await;
    let (channel, app, lea) = (scene.channel("support").get(), scene.bot.app.get(), scene.user("lea").get());
    for echo in [false, true] {
        let lea = scene.sandbox.person(lea);
        let asking = tokio::spawn(async move {
            lea.autocomplete(channel, app, "ticket_create", json!({"ticket": "pa"}), "ticket").await
        });
        let asked = scene.bot.interaction().await;
        let data = json!({"choices": [{"name": "n° 1", "name_localizations": {"en-US": "No 1"}, "value": "1"}]});
        if echo {
            scene.answers(&asked, Kind::ApplicationCommandAutocompleteResult, data).await;
        } else {
            let data = Some(model(data));
            scene.bot.respond(&asked, Kind::ApplicationCommandAutocompleteResult, data).await.unwrap();
        }
        asking.await.unwrap().unwrap();
    }
    scene.close().await;
}
