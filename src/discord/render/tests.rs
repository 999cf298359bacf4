//! Tests of this module.

use super::*;
use crate::kernel::reply::{Action, Button, Card, Field, File, Form, Input, Shape, Style, Tone};
use proptest::prelude::*;
use twilight_http::Client;
use twilight_http::request::TryIntoRequest;

fn text(max: usize) -> impl Strategy<Value = String> {
    prop_oneof![
        3 => proptest::string::string_regex(&format!("(?s).{{0,{}}}", max.min(60))).unwrap(),
        1 => (0..max + 50).prop_map(|n| "é".repeat(n)),
        1 => (0..max / 2 + 50).prop_map(|n| "👩‍👩‍👧 ".repeat(n)),
        1 => Just("  \n\t ".to_owned()),
    ]
}

fn card() -> impl Strategy<Value = Card> {
    let field = (text(256), text(1024), any::<bool>()).prop_map(|(name, value, inline)| Field { name, value, inline });
    let tone = prop_oneof![
        Just(Tone::Neutral),
        Just(Tone::Good),
        Just(Tone::Warning),
        Just(Tone::Alert),
        Just(Tone::Internal)
    ];
    (text(256), text(4096), prop::collection::vec(field, 0..30), text(2048), tone).prop_map(
        |(title, body, fields, footer, tone)| Card { title, body, fields, footer, image: String::new(), tone },
    )
}

fn button() -> impl Strategy<Value = Button> {
    let style = prop_oneof![Just(Style::Primary), Just(Style::Secondary), Just(Style::Success), Just(Style::Danger)];
    let emoji = prop_oneof![Just(String::new()), Just("🙋".to_owned()), Just("✍️".to_owned()), text(3)];
    ("[a-z_]{1,20}", "[a-z0-9]{0,95}", text(80), emoji, style).prop_map(|(command, value, label, emoji, style)| {
        Button { label, emoji, style, action: Action::new(command).with("id", value), link: None }
    })
}

fn reply() -> impl Strategy<Value = Reply> {
    let file = (text(120), prop::collection::vec(any::<u8>(), 0..10)).prop_map(|(name, bytes)| File { name, bytes });
    (
        text(2000),
        prop::collection::vec(card(), 0..13),
        prop::collection::vec(button(), 0..30),
        prop::collection::vec(file, 0..12),
        any::<bool>(),
    )
        .prop_map(|(text, cards, buttons, files, private)| {
            let start = if private { Reply::private(text) } else { Reply::public(text) };
            Reply { cards, buttons, files, ..start }
        })
}

fn count(text: &str) -> usize {
    text.chars().count()
}

/// All texts of a card.
fn size(embed: &Embed) -> usize {
    let fields: usize = embed.fields.iter().map(|field| count(&field.name) + count(&field.value)).sum();
    let title = embed.title.as_deref().map_or(0, count);
    let footer = embed.footer.as_ref().map_or(0, |footer| count(&footer.text));
    title + footer + fields + embed.description.as_deref().map_or(0, count)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_reply_keeps_discords_limits(reply in reply()) {
        let message = message(&reply);
        // Building the client asks for a runtime.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let _inside = runtime.enter();
        let http = Client::builder().ratelimiter(None).build();
        // The client library checks each part against Discord's limits.
        let request = http
            .create_message(Id::new(1))
            .content(&message.content)
            .embeds(&message.embeds)
            .components(&message.components)
            .attachments(&message.files)
            .try_into_request();
        prop_assert!(request.is_ok(), "{:?}", request.err().and_then(|error| error.into_source()));
        prop_assert!(message.embeds.iter().map(size).sum::<usize>() <= 6000);
        prop_assert!(message.files.len() <= 10);
        for embed in &message.embeds {
            prop_assert!(size(embed) > 0);
            prop_assert!(embed.fields.iter().all(|f| !f.name.trim().is_empty() && !f.value.trim().is_empty()));
        }
        let something = !message.content.trim().is_empty()
            || !message.embeds.is_empty()
            || !message.components.is_empty()
            || !message.files.is_empty();
        prop_assert!(something);
        prop_assert!(message.allowed_mentions.parse.is_empty());
    }

    #[test]
    fn any_form_keeps_discords_limits(
        title in text(45),
        inputs in prop::collection::vec((text(45), text(100), any::<bool>(), any::<u16>(), 0..3_u8,
            prop::collection::vec(("[a-z]{0,3}", text(100), any::<bool>()), 0..30)), 1..7),
    ) {
        const NAMES: [&str; 7] = ["a", "b", "c", "d", "e", "f", "g"];
        let inputs = NAMES.into_iter().zip(inputs).map(|(option, (label, hint, required, max, kind, choices))| {
            let shape = match kind {
                0 => Shape::Line(max),
                1 => Shape::Paragraph(max),
                _ => Shape::Choice(choices),
            };
            Input { option, label, value: String::new(), hint, required, shape }
        });
        let json = serde_json::to_value(form(&Form { action: Action::new("x"), title, inputs: inputs.collect() })).unwrap();
        let data = &json["data"];
        prop_assert!((1..=45).contains(&count(data["title"].as_str().unwrap())));
        let labels = data["components"].as_array().unwrap();
        prop_assert!((1..=5).contains(&labels.len()));
        for label in labels {
            prop_assert!((1..=45).contains(&count(label["label"].as_str().unwrap())));
            let inner = &label["component"];
            prop_assert!(inner["placeholder"].as_str().is_none_or(|hint| (1..=100).contains(&count(hint))));
            if inner["type"] == 3 {
                let options = inner["options"].as_array().unwrap();
                prop_assert!((1..=25).contains(&options.len()));
                prop_assert!(options.iter().filter(|o| o["default"] == true).count() <= 1);
                for option in options {
                    prop_assert!((1..=100).contains(&count(option["label"].as_str().unwrap())));
                    prop_assert!((1..=100).contains(&count(option["value"].as_str().unwrap())));
                }
            } else {
                prop_assert_eq!(&inner["type"], 4);
                prop_assert!((1..=4000).contains(&inner["max_length"].as_u64().unwrap()));
            }
        }
    }
}

#[test]
fn a_reply_shows_as_discord_wants_it() {
    let card = Card { body: "Corps".into(), footer: "Ticket n° 7".into(), tone: Tone::Good, ..Card::titled("Titre") };
    let view = Action::new("ticket_view").with("id", 7);
    let reply = Reply::public("<@5> Bonjour")
        .card(card.field("État", "🟢 Ouvert", true))
        .button(Button::new("Voir", view).style(Style::Primary).emoji("👀"))
        .mention(UserId::new(5).unwrap());
    insta::assert_json_snapshot!(message(&reply).create_body("r1"), @r#"
    {
      "allowed_mentions": {
        "parse": [],
        "users": [
          "5"
        ]
      },
      "attachments": [],
      "components": [
        {
          "components": [
            {
              "custom_id": "ticket_view?id=7",
              "emoji": {
                "name": "👀"
              },
              "label": "Voir",
              "style": 1,
              "type": 2
            }
          ],
          "type": 1
        }
      ],
      "content": "<@5> Bonjour",
      "embeds": [
        {
          "color": 3066993,
          "description": "Corps",
          "fields": [
            {
              "inline": true,
              "name": "État",
              "value": "🟢 Ouvert"
            }
          ],
          "footer": {
            "text": "Ticket n° 7"
          },
          "title": "Titre",
          "type": "rich"
        }
      ],
      "enforce_nonce": true,
      "nonce": "r1"
    }
    "#);
}

#[test]
fn a_form_shows_as_discord_wants_it() {
    let inputs = vec![
        Input {
            option: "subject",
            label: "Sujet".into(),
            value: String::new(),
            hint: "En une ligne".into(),
            required: true,
            shape: Shape::Line(100),
        },
        Input {
            option: "priority",
            label: "Priorité".into(),
            value: String::new(),
            hint: String::new(),
            required: false,
            shape: Shape::Choice(vec![("low".into(), "⚪ Basse".into(), true)]),
        },
    ];
    let form = form(&Form { action: Action::new("ticket_create"), title: "Nouveau ticket".into(), inputs });
    insta::assert_json_snapshot!(form, @r#"
    {
      "type": 9,
      "data": {
        "components": [
          {
            "type": 18,
            "label": "Sujet",
            "component": {
              "type": 4,
              "custom_id": "subject",
              "max_length": 100,
              "min_length": 1,
              "placeholder": "En une ligne",
              "required": true,
              "style": 1
            }
          },
          {
            "type": 18,
            "label": "Priorité",
            "component": {
              "type": 3,
              "options": [
                {
                  "default": true,
                  "label": "⚪ Basse",
                  "value": "low"
                }
              ],
              "custom_id": "priority",
              "disabled": false,
              "max_values": 1,
              "min_values": 0,
              "required": false
            }
          }
        ],
        "custom_id": "ticket_create",
        "title": "Nouveau ticket"
      }
    }
    "#);
}

#[test]
fn a_private_reply_is_ephemeral_and_mentions_nobody() {
    let message = message(&Reply::private("@everyone <@5>"));
    assert_eq!(message.flags, MessageFlags::EPHEMERAL);
    assert_eq!(message.allowed_mentions, AllowedMentions::default());
}

#[test]
fn file_names_become_plain() {
    assert_eq!(files::name("reçu d'été.pdf"), "recu_d_ete.pdf");
    assert_eq!(files::name("../../etc/passwd"), "passwd");
    assert_eq!(files::name("..."), "file");
    assert_eq!(files::name("日本.png"), "__.png");
    assert_eq!(files::name(&format!("{}.txt", "a".repeat(300))).len(), 104);
}

#[test]
fn a_page_is_opened_by_a_link_button_and_one_too_long_for_it_stands_in_the_text() {
    let short = "https://pay.example/cs_1";
    let long = format!("https://pay.example/cs_1#{}", "x".repeat(600));
    let page = |address: &str| Button::to("Payer", address.parse().unwrap()).emoji("💳");
    let said = message(&Reply::private("Voici.").button(page(short)).button(page(short)));
    let Some(Component::ActionRow(row)) = said.components.first() else { panic!("{said:?}") };
    assert_eq!(row.components.len(), 1, "twice the same would be refused");
    let Some(Component::Button(button)) = row.components.first() else { panic!("{said:?}") };
    assert_eq!((button.url.as_deref(), button.custom_id.as_deref()), (Some(short), None));
    let said = message(&Reply::private("Voici.").button(page(&long)));
    assert_eq!(said.content, format!("Voici.\n🔗 [Payer](<{long}>)"));
    assert!(said.components.is_empty());
}
