//! What the chat page uses: the HTTP API of a person, the event stream, the page's files.

use std::time::Duration;

use futures_util::StreamExt;
use serde_json::{Value, json};
use shellia::sandbox::Sandbox;
use twilight_model::application::interaction::InteractionData;
use twilight_model::http::interaction::{InteractionResponseData, InteractionResponseType};

use super::{Bot, sandbox};

struct Page {
    client: reqwest::Client,
    api: String,
    marie: String,
}

impl Page {
    fn open(sandbox: &Sandbox) -> Self {
        super::bot::provide();
        let marie = format!("as/{}", sandbox.user_id("marie").unwrap());
        Self { client: reqwest::Client::new(), api: format!("{}/sandbox/api", sandbox.url()), marie }
    }

    async fn get(&self, path: &str) -> (u16, Value) {
        read(self.client.get(format!("{}/{path}", self.api)).send().await.unwrap()).await
    }

    async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        read(self.client.post(format!("{}/{path}", self.api)).json(&body).send().await.unwrap()).await
    }
}

async fn read(answer: reqwest::Response) -> (u16, Value) {
    let status = answer.status().as_u16();
    (status, answer.json().await.unwrap())
}

#[tokio::test]
async fn the_page_and_its_files_are_served() {
    let sandbox = sandbox().await;
    let home = reqwest::get(format!("{}/?lang=en", sandbox.url())).await.unwrap();
    assert_eq!(home.url().as_str(), format!("{}/sandbox/?lang=en", sandbox.url()));
    assert!(home.headers()["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
    let script = reqwest::get(format!("{}/sandbox/chat.js", sandbox.url())).await.unwrap();
    assert_eq!(script.headers()["content-type"], "text/javascript; charset=utf-8");
    assert_eq!(reqwest::get(format!("{}/sandbox/nothing.js", sandbox.url())).await.unwrap().status(), 404);
}

#[tokio::test]
async fn a_person_sees_his_channels_and_writes() {
    let sandbox = sandbox().await;
    let page = Page::open(&sandbox);
    let (_, world) = page.get("world").await;
    let guild = world["guilds"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(world["users"].as_array().unwrap().len(), 16);
    let (_, view) = page.get(&format!("{}/view?guild={guild}", page.marie)).await;
    let names: Vec<&str> = view["channels"].as_array().unwrap().iter().map(|c| c["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["accueil", "boutique", "support", "discussion"]);
    let channel = view["channels"][2]["id"].clone();
    let file = json!({"filename": "a.txt", "content_type": "text/plain", "base64": "w6k="});
    let body = json!({"channel": channel, "content": "Bonjour", "attachments": [file]});
    let (status, message) = page.post(&format!("{}/say", page.marie), body).await;
    assert_eq!((status, message["content"].as_str()), (200, Some("Bonjour")));
    let bytes = reqwest::get(message["attachments"][0]["url"].as_str().unwrap()).await.unwrap();
    assert_eq!(bytes.text().await.unwrap(), "é");
    let channel = channel.as_str().unwrap();
    let (_, seen) = page.get(&format!("{}/messages?channel={channel}&limit=1", page.marie)).await;
    assert_eq!(seen["messages"][0]["id"], message["id"]);
    let (status, refused) = page.post(&format!("{}/say", page.marie), json!({"channel": channel})).await;
    assert_eq!((status, &refused["code"]), (400, &json!(50006)));
    let (status, refused) = page.get("as/marie/view").await;
    assert!(status == 400 && refused["error"].is_string(), "{status} {refused}");
    let gone = json!({"channel": channel, "message": message["id"]});
    assert_eq!(page.post(&format!("{}/delete", page.marie), gone).await.0, 200);
    let maxis = world["apps"][0]["user_id"].clone();
    let (_, opened) = page.post(&format!("{}/dm", page.marie), json!({"to": maxis})).await;
    assert!(opened["channel_id"].is_string());
}

#[tokio::test]
async fn the_stream_tells_what_happens_and_resumes() {
    let sandbox = sandbox().await;
    let page = Page::open(&sandbox);
    let guild = sandbox.guild_id("La Boutique de Léa").unwrap();
    let support = sandbox.channel_id(guild, "support").unwrap();
    let url = format!("{}/{}/stream", page.api, page.marie);
    let jean = sandbox.person_named("jean").unwrap();
    let mut stream = page.client.get(&url).send().await.unwrap().bytes_stream();
    stream.next().await.unwrap().unwrap();
    jean.say(support, "un").await.unwrap();
    let first = next_event(&mut stream).await;
    assert!(first.contains("event: message_create"), "{first}");
    drop(stream);
    jean.say(support, "deux").await.unwrap();
    let id = first.lines().find_map(|line| line.strip_prefix("id: ")).unwrap();
    let again = page.client.get(&url).header("Last-Event-ID", id).send().await.unwrap();
    let mut stream = again.bytes_stream();
    let missed = next_event(&mut stream).await;
    assert!(missed.contains("deux"), "{missed}");
    sandbox.stop().await;
}

async fn next_event(stream: &mut (impl StreamExt<Item = reqwest::Result<bytes::Bytes>> + Unpin)) -> String {
    let found = async {
        loop {
            let piece = stream.next().await.unwrap().unwrap();
            let text = String::from_utf8(piece.to_vec()).unwrap();
            if text.contains("event: message") {
                return text;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(5), found).await.unwrap()
}

#[tokio::test]
async fn files_travel_with_commands_and_forms() {
    let sandbox = sandbox().await;
    let mut bot = Bot::connect(&sandbox).await;
    let page = Page::open(&sandbox);
    let guild = sandbox.guild_id("La Boutique de Léa").unwrap();
    let support = sandbox.channel_id(guild, "support").unwrap().to_string();
    let command = json!({
        "name": "joindre", "description": "Joindre", "type": 1, "version": "1",
        "options": [{"type": 11, "name": "fichier", "description": "Le fichier", "required": true}],
    });
    let command = serde_json::from_value(command).unwrap();
    bot.interactions().set_global_commands(&[command]).await.unwrap();
    let file = json!({"filename": "photo.png", "content_type": "image/png", "base64": "iVBORw=="});
    let used = json!({
        "guild": guild.to_string(), "channel": support, "application_id": bot.app.to_string(), "name": "joindre",
        "options": {}, "attachments": {"fichier": file},
    });
    let (status, made) = page.post(&format!("{}/slash", page.marie), used).await;
    assert_eq!(status, 200, "{made}");
    let interaction = bot.interaction().await;
    let Some(InteractionData::ApplicationCommand(data)) = &interaction.data else { panic!("a command") };
    assert_eq!(data.resolved.as_ref().unwrap().attachments.values().next().unwrap().filename, "photo.png");
    let form = json!({
        "custom_id": "form", "title": "Pièces",
        "components": [{"type": 18, "label": "Pièces", "component": {"type": 19, "custom_id": "pieces", "max_values": 2}}],
    });
    let data: InteractionResponseData = serde_json::from_value(form).unwrap();
    bot.respond(&interaction, InteractionResponseType::Modal, Some(data)).await.unwrap();
    let id = made["interaction_id"].as_str().unwrap();
    let (_, state) = page.get(&format!("{}/interaction?id={id}&wait_ms=3000", page.marie)).await;
    assert_eq!(state["state"], "modal");
    let body = json!({"modal": state["modal"]["id"], "values": {}});
    let (status, refused) = page.post(&format!("{}/submit", page.marie), body).await;
    assert!(status == 400 && refused["error"].is_string());
    let body = json!({"modal": state["modal"]["id"], "values": {}, "files": {"pieces": [file, file]}});
    let (status, _) = page.post(&format!("{}/submit", page.marie), body).await;
    assert_eq!(status, 200);
    let interaction = bot.interaction().await;
    let Some(InteractionData::ModalSubmit(data)) = &interaction.data else { panic!("a form") };
    assert_eq!(data.resolved.as_ref().unwrap().attachments.len(), 2);
}
