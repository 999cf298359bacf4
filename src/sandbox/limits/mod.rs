//! What Discord accepts in messages, forms and commands, and how it names what it doesn't.
//!
//! Source: Discord's documentation, "Message Resource", "Component Reference", "Application Commands".

mod commands;
mod components;
mod embeds;
mod message;
mod modal;

pub(crate) use commands::check as check_command;
pub(crate) use commands::check_all as check_commands;
pub(crate) use components::usable;
pub(crate) use message::{edit, post};
pub(crate) use modal::{check as check_modal, choices as check_choices};

/// Largest file a bot or a person may attach, in bytes.
pub(crate) const FILE_BYTES: usize = 10 * 1024 * 1024;
/// Largest request body, in bytes.
pub(crate) const BODY_BYTES: usize = 25 * 1024 * 1024;
/// Longest message, in characters.
pub(crate) const CONTENT: usize = 2000;

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn faults(body: &Value) -> Value {
        post(body, Vec::new(), u64::MAX).unwrap_err().errors.unwrap_or_default()
    }

    #[test]
    fn embeds_together_hold_six_thousand_characters() {
        let embed = |size: usize| json!({"description": "x".repeat(size)});
        assert!(post(&json!({"embeds": [embed(4000), embed(2000)]}), Vec::new(), 0).is_ok());
        let errors = faults(&json!({"embeds": [embed(4000), embed(2001)]}));
        assert_eq!(errors["embeds"]["_errors"][0]["code"], "MAX_EMBED_SIZE_EXCEEDED");
    }

    #[test]
    fn an_embed_has_twenty_five_fields_with_name_and_value() {
        let field = json!({"name": "n", "value": "v"});
        let errors = faults(&json!({"embeds": [{"fields": vec![field; 26]}]}));
        assert!(errors["embeds"]["0"]["fields"]["_errors"].is_array());
        let errors = faults(&json!({"embeds": [{"fields": [{"name": "n", "value": ""}]}]}));
        assert!(errors["embeds"]["0"]["fields"]["0"]["value"]["_errors"].is_array());
    }

    #[test]
    fn buttons_have_one_custom_id_each_and_five_in_a_row() {
        let button = |id: &str| json!({"type": 2, "style": 1, "label": "b", "custom_id": id});
        let row = |buttons: Vec<Value>| json!({"components": [{"type": 1, "components": buttons}]});
        assert!(post(&row(vec![button("a"), button("b")]), Vec::new(), 0).is_ok());
        let errors = faults(&row(vec![button("a"), button("a")]));
        let second = &errors["components"]["0"]["components"]["1"]["custom_id"];
        assert_eq!(second["_errors"][0]["code"], "COMPONENT_CUSTOM_ID_DUPLICATED");
        let six = (0..6).map(|n| button(&n.to_string())).collect();
        assert!(faults(&row(six))["components"]["0"]["components"]["_errors"].is_array());
        let long = "x".repeat(101);
        assert!(faults(&row(vec![button(&long)]))["components"].is_object());
    }

    #[test]
    fn a_form_has_a_title_and_one_to_five_fields() {
        let input = json!({"type": 4, "custom_id": "a", "label": "A", "style": 1});
        let form = |title: &str, count: usize| {
            let rows = (0..count).map(|n| {
                let mut input = input.clone();
                input["custom_id"] = json!(n.to_string());
                json!({"type": 1, "components": [input]})
            });
            json!({"title": title, "custom_id": "f", "components": rows.collect::<Vec<_>>()})
        };
        assert!(check_modal(&form("Titre", 5)).is_ok());
        assert!(check_modal(&form("Titre", 6)).is_err());
        assert!(check_modal(&form("", 1)).is_err());
        assert!(check_modal(&form(&"x".repeat(46), 1)).is_err());
    }

    #[test]
    fn suggestions_are_twenty_five_at_most() {
        let choice = json!({"name": "n", "value": "v"});
        assert!(check_choices(&json!({"choices": vec![choice.clone(); 25]})).is_ok());
        assert!(check_choices(&json!({"choices": vec![choice; 26]})).is_err());
    }
}
