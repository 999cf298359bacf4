//! Slash commands, forms, buttons, ephemeral answers, deadlines.

use std::time::Duration;

use serde_json::json;
use shellia::sandbox::{Answer, Sandbox};
use twilight_model::application::command::{Command, CommandOptionChoice, CommandOptionChoiceValue};
use twilight_model::application::interaction::InteractionData;
use twilight_model::application::interaction::application_command::CommandOptionValue;
use twilight_model::application::interaction::modal::ModalInteractionComponent;
use twilight_model::channel::message::MessageFlags;
use twilight_model::http::interaction::{InteractionResponseData, InteractionResponseType};

use super::bot::code;
use super::{Bot, sandbox};

fn support(sandbox: &Sandbox) -> u64 {
    sandbox.channel_id(sandbox.guild_id("La Boutique de Léa").unwrap(), "support").unwrap()
}

async fn register(bot: &Bot) {
    let command = json!({
        "name": "ticket_create", "description": "Créer un ticket", "type": 1, "version": "1",
        "options": [
            {"type": 3, "name": "sujet", "description": "De quoi il s’agit", "required": true, "max_length": 100},
            {"type": 3, "name": "priorite", "description": "Urgence", "choices": [
                {"name": "Haute", "value": "high"}, {"name": "Basse", "value": "low"},
            ]},
            {"type": 6, "name": "pour", "description": "Pour qui"},
            {"type": 3, "name": "ticket", "description": "Le ticket", "autocomplete": true},
        ],
    });
    let create: Command = serde_json::from_value(command).unwrap();
    bot.interactions().set_global_commands(&[create]).await.unwrap().models().await.unwrap();
}

fn ephemeral(content: &str) -> Option<InteractionResponseData> {
    Some(InteractionResponseData {
        content: Some(content.to_owned()),
        flags: Some(MessageFlags::EPHEMERAL),
        ..InteractionResponseData::default()
    })
}

#[tokio::test]
async fn a_slash_command_is_answered_to_its_person_alone() {
    let sandbox = sandbox().await;
    let mut bot = Bot::connect(&sandbox).await;
    register(&bot).await;
    let (marie, jean) = (sandbox.person_named("marie").unwrap(), sandbox.person_named("jean").unwrap());
    let app = bot.app.get();
    let missing = marie.slash(support(&sandbox), app, "ticket_create", json!({})).await;
    assert!(missing.unwrap_err().error.contains("sujet"));
    let options = json!({"sujet": "Paiement", "priorite": "high", "pour": jean.id().to_string()});
    let used = marie.slash(support(&sandbox), app, "ticket_create", options).await.unwrap();
    let interaction = bot.interaction().await;
    assert_eq!(interaction.author_id().unwrap().get(), marie.id());
    assert_eq!(interaction.locale.as_deref(), Some("fr"));
    assert!(interaction.member.as_ref().unwrap().permissions.is_some());
    let Some(InteractionData::ApplicationCommand(data)) = &interaction.data else { panic!("a command") };
    assert_eq!(data.options.len(), 3);
    assert_eq!(data.resolved.as_ref().unwrap().users.len(), 1);
    assert_eq!(data.resolved.as_ref().unwrap().members.len(), 1);
    let reply = InteractionResponseType::ChannelMessageWithSource;
    bot.respond(&interaction, reply, ephemeral("Ticket n° 1 créé")).await.unwrap();
    assert_eq!(marie.wait_answer(used).await.content(), "Ticket n° 1 créé");
    assert_eq!(marie.visible(support(&sandbox)).len(), 1);
    assert!(jean.visible(support(&sandbox)).is_empty());
    let twice = bot.respond(&interaction, reply, ephemeral("encore")).await.unwrap_err();
    assert_eq!(code(&twice), 40060);
}

#[tokio::test]
async fn a_deferred_answer_thinks_and_then_speaks() {
    let sandbox = sandbox().await;
    let mut bot = Bot::connect(&sandbox).await;
    register(&bot).await;
    let marie = sandbox.person_named("marie").unwrap();
    let used = marie.slash(support(&sandbox), bot.app.get(), "ticket_create", json!({"sujet": "x"})).await.unwrap();
    let interaction = bot.interaction().await;
    let defer = InteractionResponseType::DeferredChannelMessageWithSource;
    let data = InteractionResponseData { flags: Some(MessageFlags::EPHEMERAL), ..Default::default() };
    bot.respond(&interaction, defer, Some(data)).await.unwrap();
    assert_eq!(marie.visible(support(&sandbox))[0]["flags"], 64 + 128);
    bot.interactions().update_response(&interaction.token).content(Some("Fait")).await.unwrap();
    assert_eq!(marie.wait_answer(used).await.content(), "Fait");
    assert_eq!(marie.visible(support(&sandbox))[0]["flags"], 64);
    let followup = bot.interactions().create_followup(&interaction.token).content("Et aussi").await.unwrap();
    assert!(followup.model().await.unwrap().interaction_metadata.is_some());
    sandbox.advance(Duration::from_secs(16 * 60));
    let late = bot.interactions().update_response(&interaction.token).content(Some("Trop tard")).await.unwrap_err();
    assert_eq!(code(&late), 50027);
}

#[tokio::test]
async fn an_answer_after_three_seconds_is_too_late() {
    let sandbox = sandbox().await;
    let mut bot = Bot::connect(&sandbox).await;
    register(&bot).await;
    let marie = sandbox.person_named("marie").unwrap();
    let used = marie.slash(support(&sandbox), bot.app.get(), "ticket_create", json!({"sujet": "x"})).await.unwrap();
    let interaction = bot.interaction().await;
    assert!(matches!(marie.wait_answer(used).await, Answer::Failed(_)));
    let reply = InteractionResponseType::ChannelMessageWithSource;
    assert_eq!(code(&bot.respond(&interaction, reply, ephemeral("ouf")).await.unwrap_err()), 10062);
}

#[tokio::test]
async fn a_button_opens_a_form_and_the_form_comes_back() {
    let sandbox = sandbox().await;
    let mut bot = Bot::connect(&sandbox).await;
    let marie = sandbox.person_named("marie").unwrap();
    let support = support(&sandbox);
    let row = json!([{"type": 1, "components": [{"type": 2, "style": 1, "label": "Ouvrir", "custom_id": "open"}]}]);
    let row: Vec<twilight_model::channel::message::Component> = serde_json::from_value(row).unwrap();
    let channel = twilight_model::id::Id::new(support);
    let panel = bot.http.create_message(channel).content("Support").components(&row).await.unwrap();
    let panel = panel.model().await.unwrap();
    let pressed = marie.press(support, panel.id.get(), "open", Vec::new()).await.unwrap();
    let interaction = bot.interaction().await;
    assert_eq!(interaction.message.as_ref().unwrap().id, panel.id);
    let form = json!({
        "custom_id": "form", "title": "Nouveau ticket",
        "components": [
            {"type": 1, "components": [{"type": 4, "custom_id": "sujet", "label": "Sujet", "style": 1, "max_length": 10}]},
            {"type": 18, "label": "Détails", "component": {"type": 4, "custom_id": "texte", "style": 2, "required": false}},
            {"type": 18, "label": "Catégorie", "component": {"type": 3, "custom_id": "cat", "options": [{"label": "Bug", "value": "bug"}]}},
        ],
    });
    let data: InteractionResponseData = serde_json::from_value(form).unwrap();
    bot.respond(&interaction, InteractionResponseType::Modal, Some(data)).await.unwrap();
    let modal = marie.wait_answer(pressed).await.modal().unwrap();
    assert!(marie.submit(modal, json!({"sujet": "beaucoup trop long", "cat": ["bug"]})).await.is_err());
    let sent = marie.submit(modal, json!({"sujet": "Panne", "texte": "Rien\nne va", "cat": ["bug"]})).await.unwrap();
    let interaction = bot.interaction().await;
    let Some(InteractionData::ModalSubmit(data)) = &interaction.data else { panic!("a form") };
    let ModalInteractionComponent::ActionRow(first) = &data.components[0] else { panic!("a row") };
    let ModalInteractionComponent::TextInput(input) = &first.components[0] else { panic!("an input") };
    assert_eq!(input.value, "Panne");
    assert!(matches!(data.components[1], ModalInteractionComponent::Label(_)));
    let update = InteractionResponseData { content: Some("Merci".to_owned()), ..Default::default() };
    bot.respond(&interaction, InteractionResponseType::UpdateMessage, Some(update)).await.unwrap();
    assert_eq!(marie.wait_answer(sent).await.content(), "Merci");
    assert_eq!(marie.visible(support)[0]["content"], "Merci");
}

#[tokio::test]
async fn suggestions_reach_the_person() {
    let sandbox = sandbox().await;
    let mut bot = Bot::connect(&sandbox).await;
    register(&bot).await;
    let marie = sandbox.person_named("marie").unwrap();
    let (channel, app) = (support(&sandbox), bot.app.get());
    let asking = {
        let marie = marie.clone();
        tokio::spawn(async move {
            marie.autocomplete(channel, app, "ticket_create", json!({"ticket": "pai"}), "ticket").await
        })
    };
    let interaction = bot.interaction().await;
    let Some(InteractionData::ApplicationCommand(data)) = &interaction.data else { panic!("a command") };
    let CommandOptionValue::Focused(typed, _) = &data.options[0].value else { panic!("focused") };
    assert_eq!(typed, "pai");
    let choice = CommandOptionChoice {
        name: "#1 Paiement".to_owned(),
        name_localizations: None,
        value: CommandOptionChoiceValue::String("1".to_owned()),
    };
    let data = InteractionResponseData { choices: Some(vec![choice]), ..Default::default() };
    bot.respond(&interaction, InteractionResponseType::ApplicationCommandAutocompleteResult, Some(data)).await.unwrap();
    assert_eq!(asking.await.unwrap().unwrap()[0]["value"], "1");
}
