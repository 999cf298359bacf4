//! Registering commands, one by one and all at once, for all and for one guild.

use serde_json::{Value, json};
use twilight_model::application::command::Command;

use super::{Scene, model};

/// One command with options of every type, as the bots register theirs.
pub(super) fn command() -> Value {
    let text = |name: &str, more: Value| {
        let mut option = json!({
            "type": 3, "name": name, "description": "Option", "name_localizations": {"en-US": format!("{name}_en")},
            "description_localizations": {"en-US": "An option"},
        });
        option.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        option
    };
    let option = |kind: u64, name: &str| json!({"type": kind, "name": name, "description": "Option"});
    json!({
        "name": "ticket_create", "name_localizations": {"en-US": "ticket_open"}, "type": 1, "version": "1",
        "description": "Créer un ticket", "description_localizations": {"en-US": "Open a ticket"},
        "default_member_permissions": "8192", "contexts": [0, 1], "integration_types": [0], "nsfw": false,
        "options": [
            text("sujet", json!({"required": true, "min_length": 1, "max_length": 100})),
            text("priorite", json!({"choices": [
                {"name": "Haute", "name_localizations": {"en-US": "High"}, "value": "high"},
                {"name": "Basse", "value": "low"},
            ]})),
            text("ticket", json!({"autocomplete": true})),
            {"type": 4, "name": "note", "description": "De 1 à 5", "min_value": 1, "max_value": 5},
            {"type": 7, "name": "salon", "description": "Où", "channel_types": [0]},
            option(5, "interne"), option(6, "pour"), option(8, "role"), option(9, "qui"), option(10, "prix"),
            option(11, "fichier"),
        ],
    })
}

fn grouped() -> Value {
    json!({
        "name": "maxis", "type": 1, "description": "Piloter Maxis", "version": "1", "options": [
            {"type": 1, "name": "status", "description": "État"},
            {"type": 2, "name": "promo", "description": "Promotions", "options": [
                {"type": 1, "name": "lancer", "description": "Lancer", "options": [
                    {"type": 3, "name": "code", "description": "Le code", "required": true},
                ]},
            ]},
        ],
    })
}

#[tokio::test]
async fn commands_for_all_and_for_one_guild() {
    let scene = Scene::open().await;
    let (client, guild) = (scene.bot.interactions(), scene.guild);
    let all: Vec<Command> =
        model(json!([command(), grouped(), {"name": "Ticket", "type": 3, "description": "", "version": "1"}]));
    let known = client.set_global_commands(&all).await.unwrap().models().await.unwrap();
    client.global_commands().with_localizations(true).await.unwrap();
    client.global_commands().await.unwrap();
    let first = known[0].id.unwrap();
    client.global_command(first).await.unwrap();
    client.delete_global_command(first).await.unwrap();
    client.set_guild_commands(guild, &all).await.unwrap();
    client.guild_commands(guild).with_localizations(true).await.unwrap();
    let options = model::<Command>(grouped()).options;
    for _ in 0..2 {
        let made = client.create_guild_command(guild).chat_input("autre", "Une autre").command_options(&options);
        made.await.unwrap().model().await.unwrap();
        client.create_global_command().chat_input("autre", "Une autre").await.unwrap().model().await.unwrap();
    }
    client.set_guild_commands(guild, &[]).await.unwrap();
    scene.close().await;
}
