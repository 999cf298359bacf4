//! The real courier against the sandbox's Discord: what is shown, shown once, and what each refusal means.

use super::bot::{http, sandbox};
use serde_json::Value;
use shellia::discord::courier::DiscordCourier;
use shellia::domain::notifications::{Courier, Undelivered};
use shellia::kernel::reply::{Action, Button, Card, File, Reply};
use shellia::kernel::{ChannelId, MessageId, UserId};
use shellia::sandbox::{Draft, Fault, Sandbox, Upload};
use std::sync::Arc;
use std::time::Duration;

struct Scene {
    sandbox: Sandbox,
    courier: DiscordCourier,
    staff: ChannelId,
    support: ChannelId,
}

impl Scene {
    async fn new() -> Self {
        let sandbox = sandbox().await;
        let base = sandbox.url().parse().unwrap();
        let courier = DiscordCourier::new(Arc::new(http(&sandbox, "sandbox-maxis")), Some(&base)).unwrap();
        let guild = sandbox.guild_id("La Boutique de Léa").unwrap();
        let channel = |name| ChannelId::new(sandbox.channel_id(guild, name).unwrap()).unwrap();
        Self { staff: channel("staff"), support: channel("support"), courier, sandbox }
    }

    fn user(&self, name: &str) -> UserId {
        UserId::new(self.sandbox.user_id(name).unwrap()).unwrap()
    }

    fn shown(&self, channel: ChannelId) -> Vec<Value> {
        self.sandbox.messages(channel.get())
    }

    fn fail(&self, status: u16, code: Option<u64>) {
        self.sandbox.fault(Fault { status, code, times: Some(1), ..Fault::default() });
    }
}

fn card(text: &str) -> Reply {
    let card = Card { body: text.into(), ..Card::titled("Ticket n° 1") };
    Reply::public("").card(card).button(Button::new("Note", Action::new("ticket_note").with("id", 1)))
}

#[tokio::test]
async fn a_message_is_posted_once_and_edited_in_place() {
    let scene = Scene::new().await;
    let (courier, staff) = (&scene.courier, scene.staff);
    let first = courier.post(staff, &card("avant"), "c-1").await.unwrap();
    assert_eq!(courier.post(staff, &card("avant"), "c-1").await.unwrap(), first);
    courier.edit(staff, first, &card("après")).await.unwrap();
    let shown = scene.shown(staff);
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0]["embeds"][0]["description"], "après");
    assert_eq!(courier.find(staff, "ticket_note?id=1").await.unwrap(), Some(first));
    assert_eq!(courier.find(staff, "ticket_note?id=2").await.unwrap(), None);
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn an_answer_that_is_lost_after_its_effect_doubles_nothing() {
    let scene = Scene::new().await;
    scene.sandbox.fault(Fault { status: 500, times: Some(1), after: true, ..Fault::default() });
    let lost = scene.courier.post(scene.staff, &card("x"), "c-1").await;
    assert_eq!(lost, Err(Undelivered::Later(None)));
    scene.courier.post(scene.staff, &card("x"), "c-1").await.unwrap();
    assert_eq!(scene.shown(scene.staff).len(), 1);
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn a_person_is_told_until_his_messages_are_shut() {
    let scene = Scene::new().await;
    let marie = scene.user("marie");
    let person = scene.sandbox.person_named("marie").unwrap();
    let maxis = scene.sandbox.bot_user(scene.sandbox.app_id("Maxis").unwrap()).unwrap();
    scene.courier.tell(marie, &Reply::private("Bonjour"), "d-1").await.unwrap();
    let seen = person.visible(person.direct(maxis));
    assert_eq!(seen.last().unwrap()["content"], "Bonjour");
    assert_eq!(seen.last().unwrap()["flags"], 0, "a direct message is not ephemeral");
    person.set_dms(false);
    assert_eq!(scene.courier.tell(marie, &Reply::private("Encore"), "d-2").await, Err(Undelivered::DmShut));
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn only_the_named_person_is_mentioned() {
    let scene = Scene::new().await;
    let (marie, jean) = (scene.user("marie"), scene.user("jean"));
    let text = format!("<@{marie}> <@{jean}> @everyone");
    scene.courier.post(scene.support, &Reply::public(text).mention(marie), "p-1").await.unwrap();
    let shown = scene.shown(scene.support);
    let mentions = shown[0]["mentions"].as_array().unwrap();
    assert_eq!(mentions.len(), 1);
    assert_eq!(mentions[0]["id"], marie.to_string());
    assert_eq!(shown[0]["mention_everyone"], false);
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn a_person_has_deleted_what_he_wrote_or_is_called_in() {
    let scene = Scene::new().await;
    let (marie, jean) = (scene.user("marie"), scene.user("jean"));
    let (courier, support) = (&scene.courier, scene.support);
    scene.sandbox.person_named("jean").unwrap().say(support.get(), "!aide").await.unwrap();
    let typed: MessageId = scene.shown(support)[0]["id"].as_str().unwrap().parse().unwrap();
    let call = courier.post(support, &Reply::public(format!("<@{jean}>")).mention(jean), "p-1").await.unwrap();
    let named = courier.post(support, &Reply::public(format!("<@{marie}>")), "p-2").await.unwrap();
    for message in [typed, call, named] {
        assert_eq!(courier.remove(support, message, Some(marie)).await, Err(Undelivered::NoPermission));
    }
    assert_eq!(scene.shown(support).len(), 3);
    for message in [typed, call] {
        assert_eq!(courier.remove(support, message, Some(jean)).await, Ok(()));
        assert_eq!(courier.remove(support, message, Some(jean)).await, Err(Undelivered::Gone));
    }
    assert_eq!(courier.remove(support, named, None).await, Ok(()));
    assert!(scene.shown(support).is_empty());
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn each_refusal_has_its_meaning() {
    let scene = Scene::new().await;
    for (status, code, meaning) in [
        (403, Some(50001), Undelivered::NoAccess),
        (403, Some(50013), Undelivered::NoPermission),
        (403, Some(50007), Undelivered::DmShut),
        (404, Some(10003), Undelivered::Gone),
        (404, Some(10008), Undelivered::Gone),
        (400, Some(50035), Undelivered::Refused(50035)),
        (500, None, Undelivered::Later(None)),
        (503, None, Undelivered::Later(None)),
        (0, None, Undelivered::Later(None)),
    ] {
        scene.fail(status, code);
        assert_eq!(scene.courier.post(scene.staff, &card("x"), "c-1").await, Err(meaning), "{status} {code:?}");
    }
    let nowhere = ChannelId::new(1).unwrap();
    assert_eq!(scene.courier.post(nowhere, &card("x"), "c-1").await, Err(Undelivered::Gone));
    let nothing = MessageId::new(1).unwrap();
    assert_eq!(scene.courier.edit(scene.staff, nothing, &card("x")).await, Err(Undelivered::Gone));
    assert!(scene.shown(scene.staff).is_empty());
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn a_rate_limit_is_waited_out() {
    let scene = Scene::new().await;
    scene.sandbox.fault(Fault { status: 429, times: Some(1), retry_after: Some(0.2), ..Fault::default() });
    scene.courier.post(scene.staff, &card("x"), "c-1").await.unwrap();
    assert_eq!(scene.shown(scene.staff).len(), 1);
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn files_go_out_and_come_back() {
    let scene = Scene::new().await;
    let mut reply = Reply::public("Voici");
    reply.files.push(File { name: "reçu.txt".into(), bytes: b"42 euros".to_vec() });
    scene.courier.post(scene.support, &reply, "f-1").await.unwrap();
    let shown = scene.shown(scene.support);
    assert_eq!(shown[0]["attachments"][0]["filename"], "recu.txt");
    let url = shown[0]["attachments"][0]["url"].as_str().unwrap().to_owned();
    assert_eq!(scene.courier.fetch(&url, 8).await.unwrap(), b"42 euros");
    assert_eq!(scene.courier.fetch(&url, 7).await, Err(Undelivered::TooLarge));
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn what_a_person_attaches_can_be_copied() {
    let scene = Scene::new().await;
    let marie = scene.sandbox.person_named("marie").unwrap();
    let upload = Upload { filename: "a.png".into(), content_type: None, bytes: vec![1, 2, 3].into() };
    let draft = Draft { content: "voir".into(), attachments: vec![upload], ..Draft::default() };
    let said = marie.send(scene.support.get(), draft).await.unwrap();
    let url = said["attachments"][0]["url"].as_str().unwrap();
    assert_eq!(scene.courier.fetch(url, 10).await.unwrap(), [1, 2, 3]);
    scene.sandbox.stop().await;
}

#[tokio::test]
async fn a_server_that_hangs_is_left_in_time() {
    let scene = Scene::new().await;
    scene.sandbox.fault(Fault { status: 200, hang_ms: Some(60_000), ..Fault::default() });
    let started = std::time::Instant::now();
    assert_eq!(scene.courier.post(scene.staff, &card("x"), "c-1").await, Err(Undelivered::Later(None)));
    assert!(started.elapsed() < Duration::from_secs(15));
    scene.sandbox.stop().await;
}
