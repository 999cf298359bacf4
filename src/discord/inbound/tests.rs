//! Tests of this module.

use super::interaction::{self, Wants};
use crate::commands::{Call, FileRef, Raw, Way};
use crate::kernel::{GuildId, Locale};
use serde_json::{Value, json};
use twilight_model::application::interaction::Interaction;

fn user() -> Value {
    json!({"id": "5", "username": "marie", "global_name": "Marie", "discriminator": "0", "avatar": null})
}

fn in_guild(kind: u8, data: Value) -> Value {
    json!({
        "id": "1000", "application_id": "2", "type": kind, "token": "t", "version": 1, "locale": "en-GB",
        "guild_id": "1", "guild_locale": "fr", "context": 0, "entitlements": [], "attachment_size_limit": 10_485_760,
        "authorizing_integration_owners": {"0": "1"}, "app_permissions": "8",
        "channel": {"id": "20", "type": 0, "guild_id": "1", "name": "support"}, "channel_id": "20",
        "member": {"user": user(), "roles": ["7"], "nick": null, "joined_at": "2026-01-01T00:00:00+00:00", "deaf": false,
                   "mute": false, "flags": 0, "permissions": "2048", "communication_disabled_until": null},
        "data": data,
    })
}

fn in_direct_messages(kind: u8, data: Value) -> Value {
    let mut value = in_guild(kind, data);
    let fields = value.as_object_mut().unwrap();
    for name in ["guild_id", "guild_locale", "member"] {
        fields.remove(name);
    }
    fields.insert("user".into(), user());
    fields.insert("context".into(), json!(1));
    fields.insert("channel".into(), json!({"id": "21", "type": 1}));
    value
}

fn read(value: Value) -> Option<Wants> {
    interaction::read(&serde_json::from_value::<Interaction>(value).unwrap())
}

fn call(value: Value) -> Call {
    match read(value) {
        Some(Wants::Answer(call)) => call,
        other => panic!("no call: {other:?}"),
    }
}

fn text(name: &str, value: &str) -> (String, Raw) {
    (name.to_owned(), Raw::Text(value.to_owned()))
}

#[test]
fn a_slash_command_brings_its_options_as_discord_resolved_them() {
    let data = json!({
        "id": "50", "name": "ticket_assign", "type": 1,
        "options": [
            {"name": "id", "type": 4, "value": 12},
            {"name": "agent", "type": 6, "value": "6"},
            {"name": "channel", "type": 7, "value": "20"},
            {"name": "role", "type": 8, "value": "7"},
            {"name": "note", "type": 3, "value": "0012"},
            {"name": "file", "type": 11, "value": "300"},
        ],
        "resolved": {"attachments": {"300": {"id": "300", "filename": "a.png", "content_type": "image/png", "size": 12,
                     "url": "https://cdn.discordapp.com/a.png", "proxy_url": "https://x/a.png", "ephemeral": true}}},
    });
    let call = call(in_guild(2, data));
    assert_eq!((call.command.as_str(), call.way), ("ticket_assign", Way::Slash));
    assert_eq!((call.guild.map(GuildId::get), call.channel.get()), (Some(1), 20));
    assert_eq!((call.request.as_str(), call.person.name.as_str()), ("1000", "Marie"));
    assert_eq!(call.person.locale, Some(Locale::En));
    assert_eq!(call.person.roles.iter().map(|role| role.get()).collect::<Vec<_>>(), [7]);
    assert!(!call.person.manages_guild);
    let file = FileRef {
        name: "a.png".into(),
        content_type: "image/png".into(),
        size: 12,
        url: "https://cdn.discordapp.com/a.png".into(),
    };
    let expected = [
        ("id".to_owned(), Raw::Int(12)),
        ("agent".to_owned(), Raw::Id(6)),
        ("channel".to_owned(), Raw::Id(20)),
        ("role".to_owned(), Raw::Id(7)),
        text("note", "0012"),
        ("file".to_owned(), Raw::File(file)),
    ];
    assert_eq!(call.given, expected);
}

#[test]
fn a_person_in_an_option_comes_with_his_roles_in_the_guild() {
    let data = json!({
        "id": "50", "name": "ticket_assign", "type": 1, "options": [{"name": "agent", "type": 6, "value": "6"}],
        "resolved": {"members": {"6": {"roles": ["8", "9"], "nick": "Paul", "joined_at": "2026-01-01T00:00:00+00:00",
                     "flags": 0, "pending": false, "permissions": "8", "communication_disabled_until": null}}},
    });
    let call = call(in_guild(2, data));
    let [(_, Raw::Member(person))] = call.given.as_slice() else { panic!("{:?}", call.given) };
    assert_eq!((person.user.get(), person.name.as_str(), person.manages_guild), (6, "Paul", true));
    assert_eq!(person.roles.iter().map(|role| role.get()).collect::<Vec<_>>(), [8, 9]);
}

#[test]
fn administrators_and_managers_may_manage() {
    for (permissions, manages) in [("8", true), ("32", true), ("2080", true), ("2048", false)] {
        let mut value = in_guild(2, json!({"id": "50", "name": "help", "type": 1}));
        value["member"]["permissions"] = json!(permissions);
        assert_eq!(call(value).person.manages_guild, manages, "{permissions}");
    }
}

#[test]
fn typing_an_option_asks_for_suggestions() {
    let data = json!({"id": "50", "name": "ticket_view", "type": 1,
                      "options": [{"name": "id", "type": 4, "value": "1", "focused": true}]});
    match read(in_guild(4, data)) {
        Some(Wants::Suggestions { call, option, typed }) => {
            assert_eq!((call.command.as_str(), option.as_str(), typed.as_str()), ("ticket_view", "id", "1"));
            assert_eq!(call.given, []);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_button_runs_its_action() {
    let call = call(in_guild(3, json!({"component_type": 2, "custom_id": "ticket_view?id=4&page=2"})));
    assert_eq!((call.command.as_str(), call.way), ("ticket_view", Way::Button));
    assert_eq!(call.given, [text("id", "4"), text("page", "2")]);
}

#[test]
fn a_forged_button_is_no_command() {
    for forged in ["", "DROP TABLE", "x?y", "é", &"x".repeat(101)] {
        let call = call(in_guild(3, json!({"component_type": 2, "custom_id": forged})));
        assert_eq!((call.command.as_str(), call.given.len()), ("", 0), "{forged:?}");
    }
}

#[test]
fn a_button_in_direct_messages_acts_in_the_guild_it_names_as_a_plain_member() {
    let call = call(in_direct_messages(3, json!({"component_type": 2, "custom_id": "ticket_view?id=4&guild=9"})));
    assert_eq!((call.guild.map(GuildId::get), call.channel.get()), (Some(9), 21));
    assert_eq!(call.given, [text("id", "4")]);
    assert_eq!((call.person.roles.len(), call.person.manages_guild), (0, false));
}

#[test]
fn in_a_guild_a_button_cannot_name_another() {
    let call = call(in_guild(3, json!({"component_type": 2, "custom_id": "ticket_view?id=4&guild=9"})));
    assert_eq!(call.guild.map(GuildId::get), Some(1));
    assert_eq!(call.given, [text("id", "4")]);
}

#[test]
fn without_a_guild_there_is_none() {
    let call = call(in_direct_messages(3, json!({"component_type": 2, "custom_id": "ticket_view?id=4"})));
    assert_eq!(call.guild, None);
}

#[test]
fn a_form_brings_its_fields_in_rows_and_in_labels() {
    let data = json!({
        "custom_id": "ticket_reply?id=4",
        "components": [
            {"type": 1, "id": 1, "components": [{"type": 4, "id": 2, "custom_id": "message", "value": "Bonjour\n👋"}]},
            {"type": 18, "id": 3, "component": {"type": 3, "id": 4, "custom_id": "priority", "values": ["high"]}},
            {"type": 18, "id": 5, "component": {"type": 4, "id": 6, "custom_id": "subject", "value": ""}},
            {"type": 18, "id": 7, "component": {"type": 3, "id": 8, "custom_id": "category", "values": []}},
        ],
    });
    let call = call(in_guild(5, data));
    assert_eq!((call.command.as_str(), call.way), ("ticket_reply", Way::Form));
    assert_eq!(
        call.given,
        [text("id", "4"), text("message", "Bonjour\n👋"), text("priority", "high"), text("subject", "")]
    );
}

#[test]
fn a_ping_asks_nothing() {
    let mut value = in_guild(2, json!({"id": "50", "name": "help", "type": 1}));
    value["type"] = json!(1);
    value.as_object_mut().unwrap().remove("data");
    assert_eq!(read(value), None);
}
