//! Application commands: names, descriptions, localizations, options.

use std::collections::HashSet;

use serde_json::Value;

use crate::sandbox::json::{length, list, number, text, truth};
use crate::sandbox::refusal::{Form, Refusal};

/// Locales that Discord knows.
const LOCALES: [&str; 33] = [
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR",
    "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko", "he",
];

/// Characters of names, descriptions and values that one command may hold.
const SIZE: usize = 8000;

/// Checks the whole list of a bulk overwrite.
pub(crate) fn check_all(commands: &[Value]) -> Result<(), Refusal> {
    let mut form = Form::default();
    let slash = commands.iter().filter(|c| number(c, "type").unwrap_or(1) == 1).count();
    if slash > 100 {
        return Err(Refusal::new(400, 30032, "Maximum number of application commands reached (100)."));
    }
    let mut names = HashSet::new();
    for (n, command) in commands.iter().enumerate() {
        fields(&mut form, &n.to_string(), command);
        if !names.insert((number(command, "type").unwrap_or(1), text(command, "name"))) {
            form.fail(
                &n.to_string(),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            );
        }
    }
    form.finish()
}

/// Checks one command.
pub(crate) fn check(command: &Value) -> Result<(), Refusal> {
    let mut form = Form::default();
    // The paths of a single command start at its fields.
    fields(&mut form, "", command);
    form.finish()
}

fn at(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

fn fields(form: &mut Form, path: &str, command: &Value) {
    let slash = number(command, "type").unwrap_or(1) == 1;
    name(form, &at(path, "name"), text(command, "name"), slash);
    localized(form, &at(path, "name_localizations"), command.get("name_localizations"), |form, path, value| {
        name(form, path, Some(value), slash);
    });
    if slash {
        described(form, path, command);
        options(form, path, list(command, "options"), 0);
    }
    if size(command) > SIZE {
        let message = "Command exceeds maximum size (8000)";
        form.fail(&at(path, "name"), "APPLICATION_COMMAND_TOO_LARGE", message);
    }
    let permissions = command.get("default_member_permissions").filter(|p| !p.is_null());
    if permissions.is_some_and(|p| p.as_str().and_then(|p| p.parse::<u64>().ok()).is_none()) {
        form.fail(&at(path, "default_member_permissions"), "NUMBER_TYPE_COERCE", "Value is not a permission string.");
    }
    for (n, context) in list(command, "contexts").iter().enumerate() {
        if !matches!(context.as_u64(), Some(0..=2)) {
            form.choice(&at(path, &format!("contexts.{n}")), "0, 1, 2");
        }
    }
}

fn described(form: &mut Form, path: &str, thing: &Value) {
    form.bounds(&at(path, "description"), text(thing, "description").map_or(0, length), 1, 100);
    let translated = thing.get("description_localizations");
    localized(form, &at(path, "description_localizations"), translated, |form, path, value| {
        form.bounds(path, length(value), 1, 100);
    });
}

fn localized(form: &mut Form, path: &str, given: Option<&Value>, check: impl Fn(&mut Form, &str, &str)) {
    let Some(map) = given.and_then(Value::as_object) else { return };
    for (locale, value) in map {
        let path = format!("{path}.{locale}");
        if !LOCALES.contains(&locale.as_str()) {
            form.choice(&path, &LOCALES.join(", "));
        } else if let Some(value) = value.as_str() {
            check(form, &path, value);
        }
    }
}

/// Slash names: 1 to 32 letters, digits, `-`, `_`, without capitals where the script has small letters.
fn name(form: &mut Form, path: &str, name: Option<&str>, slash: bool) {
    let Some(name) = name else { return form.required(path) };
    form.bounds(path, length(name), 1, 32);
    let good = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\'');
    if slash && (!name.chars().all(good) || name.to_lowercase() != name) {
        let message = "Command name is invalid";
        form.fail(path, "APPLICATION_COMMAND_INVALID_NAME", message);
    }
}

fn options(form: &mut Form, path: &str, options: &[Value], depth: usize) {
    form.at_most(&at(path, "options"), options.len(), 25);
    let mut names = HashSet::new();
    let mut optional_seen = false;
    for (n, option) in options.iter().enumerate() {
        let path = at(path, &format!("options.{n}"));
        name(form, &at(&path, "name"), text(option, "name"), true);
        let names_path = at(&path, "name_localizations");
        localized(form, &names_path, option.get("name_localizations"), |form, path, value| {
            name(form, path, Some(value), true);
        });
        described(form, &path, option);
        if !names.insert(text(option, "name")) {
            form.fail(
                &at(&path, "name"),
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                "Option name already exists",
            );
        }
        let required = truth(option, "required");
        if required && optional_seen {
            let message = "Required options must be placed before non-required options";
            form.fail(&path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message);
        }
        optional_seen |= !required;
        match number(option, "type") {
            Some(1 | 2) if depth < 2 => self::options(form, &path, list(option, "options"), depth + 1),
            Some(3..=11) => choices(form, &path, option),
            _ => form.choice(&at(&path, "type"), "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11"),
        }
    }
}

fn choices(form: &mut Form, path: &str, option: &Value) {
    let choices = list(option, "choices");
    form.at_most(&at(path, "choices"), choices.len(), 25);
    if !choices.is_empty() && truth(option, "autocomplete") {
        let message = "Autocomplete cannot be used with choices";
        form.fail(path, "APPLICATION_COMMAND_AUTOCOMPLETE_WITH_CHOICES", message);
    }
    for (n, choice) in choices.iter().enumerate() {
        let path = at(path, &format!("choices.{n}"));
        form.bounds(&at(&path, "name"), text(choice, "name").map_or(0, length), 1, 100);
        let translated = choice.get("name_localizations");
        localized(form, &at(&path, "name_localizations"), translated, |form, path, value| {
            form.bounds(path, length(value), 1, 100);
        });
        match choice.get("value") {
            Some(Value::String(value)) => form.bounds(&at(&path, "value"), length(value), 1, 100),
            Some(Value::Number(_)) => {}
            _ => form.required(&at(&path, "value")),
        }
    }
    for key in ["min_length", "max_length"] {
        if number(option, key).is_some_and(|n| n > 6000) {
            form.fail(&at(path, key), "NUMBER_TYPE_MAX", "int value should be less than or equal to 6000.");
        }
    }
}

fn size(thing: &Value) -> usize {
    let own = |key: &str| text(thing, key).map_or(0, length);
    let inside = list(thing, "options").iter().chain(list(thing, "choices")).map(size).sum::<usize>();
    own("name") + own("description") + own("value") + inside
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_command_with_capitals_is_refused() {
        assert_eq!(check(&json!({"name": "Ticket", "description": "x"})).unwrap_err().code, 50035);
        assert!(check(&json!({"name": "ticket_create", "description": "Créer un ticket"})).is_ok());
    }

    #[test]
    fn required_options_come_first() {
        let option =
            |name: &str, required: bool| json!({"type": 3, "name": name, "description": "x", "required": required});
        let command = json!({"name": "a", "description": "x", "options": [option("b", false), option("c", true)]});
        assert!(check(&command).is_err());
    }
}
