//! Many people at once.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use shellia::sandbox::{Kind, Limits, Options, Sandbox, World, rights};
use twilight_model::application::command::Command;
use twilight_model::channel::message::MessageFlags;
use twilight_model::http::interaction::{InteractionResponse, InteractionResponseData, InteractionResponseType};

use super::Bot;
use super::bot::http;

const PATIENCE: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_members_in_one_second_are_all_served() {
    let mut world = World::new();
    let owner = world.person("lea", "Léa");
    let guild = world.guild("Foule", owner);
    let maxis = world.bot("Maxis", "sandbox-maxis", owner);
    world.install(guild, maxis, rights::ADMINISTRATOR);
    world.channel(guild, "support", Kind::Text);
    let people = world.crowd(guild, "client", 100);
    let sandbox = Sandbox::start(Options { limits: Limits::raised(), ..Options::new(world) }).await.unwrap();
    let mut bot = Bot::connect(&sandbox).await;
    let command: Command = serde_json::from_value(json!({
        "name": "ouvrir", "description": "Ouvrir", "type": 1, "version": "1",
    }))
    .unwrap();
    bot.interactions().set_global_commands(&[command]).await.unwrap();
    let support = sandbox.channel_id(guild, "support").unwrap();
    let app = bot.app;
    let waiting: Vec<_> = people
        .into_iter()
        .map(|user| {
            let person = sandbox.person(user);
            tokio::spawn(async move {
                let used = person.slash(support, app.get(), "ouvrir", json!({})).await.unwrap();
                let answer = person.wait_answer(used).await;
                person.say(support, &format!("merci {user}")).await.unwrap();
                let thanks = format!("de rien {user}");
                person.sees(support, PATIENCE, |message| message["content"] == thanks).await.unwrap();
                answer.content().to_owned()
            })
        })
        .collect();
    let http = Arc::new(http(&sandbox, "sandbox-maxis"));
    let answering = tokio::spawn(async move {
        let (mut opened, mut thanked) = (0, 0);
        while opened < 100 || thanked < 100 {
            match bot.next().await {
                twilight_gateway::Event::InteractionCreate(interaction) => {
                    opened += 1;
                    let number = opened;
                    let http = Arc::clone(&http);
                    tokio::spawn(async move {
                        let data = InteractionResponseData {
                            content: Some(format!("n° {number}")),
                            flags: Some(MessageFlags::EPHEMERAL),
                            ..InteractionResponseData::default()
                        };
                        let kind = InteractionResponseType::ChannelMessageWithSource;
                        let response = InteractionResponse { kind, data: Some(data) };
                        http.interaction(app).create_response(interaction.id, &interaction.token, &response).await
                    });
                }
                twilight_gateway::Event::MessageCreate(message) if !message.author.bot => {
                    thanked += 1;
                    let http = Arc::clone(&http);
                    let text = message.content.replace("merci", "de rien");
                    tokio::spawn(async move { http.create_message(message.channel_id).content(&text).await });
                }
                _ => {}
            }
        }
    });
    let mut numbers = Vec::new();
    for waiting in waiting {
        numbers.push(waiting.await.unwrap());
    }
    answering.await.unwrap();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 100);
}
