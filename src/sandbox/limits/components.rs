//! Components of messages: action rows with buttons and selects, and the newer layout components.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::embeds::is_link;
use crate::sandbox::json::{length, list, number, text};
use crate::sandbox::refusal::Form;

const ACTION_ROW: u64 = 1;
const BUTTON: u64 = 2;
const STRING_SELECT: u64 = 3;
const SECTION: u64 = 9;
const TEXT: u64 = 10;
const CONTAINER: u64 = 17;

/// Most components of a message in the newer layout, nested ones included.
const MOST: usize = 40;

/// Checks the components of a message; `layout` allows the newer kinds.
pub(crate) fn check(form: &mut Form, components: &[Value], layout: bool) {
    let mut seen = HashSet::new();
    if !layout {
        form.at_most("components", components.len(), 5);
    } else if total(components) > MOST {
        form.fail("components", "BASE_TYPE_BAD_LENGTH", "Must be 40 or fewer components in total.");
    }
    for (n, component) in components.iter().enumerate() {
        let path = format!("components.{n}");
        match number(component, "type") {
            Some(ACTION_ROW) => row(form, &path, component, &mut seen),
            Some(9..=14 | CONTAINER) if layout => laid_out(form, &path, component, &mut seen),
            _ if layout => form.choice(&format!("{path}.type"), "1, 9, 10, 12, 13, 14, 17"),
            _ => form.choice(&format!("{path}.type"), "1"),
        }
    }
}

fn total(components: &[Value]) -> usize {
    let inside = |c: &Value| total(list(c, "components")) + usize::from(c.get("accessory").is_some());
    components.iter().map(|c| 1 + inside(c)).sum()
}

fn laid_out(form: &mut Form, path: &str, component: &Value, seen: &mut HashSet<String>) {
    match number(component, "type") {
        Some(TEXT) => {
            let size = text(component, "content").map_or(0, length);
            form.bounds(&format!("{path}.content"), size, 1, 4000);
        }
        Some(SECTION) => {
            let texts = list(component, "components");
            form.bounds(&format!("{path}.components"), texts.len(), 1, 3);
            match component.get("accessory") {
                Some(button) if number(button, "type") == Some(BUTTON) => {
                    self::button(form, &format!("{path}.accessory"), button, seen);
                }
                Some(_) => {}
                None => form.required(&format!("{path}.accessory")),
            }
        }
        Some(CONTAINER) => {
            for (n, inner) in list(component, "components").iter().enumerate() {
                let path = format!("{path}.components.{n}");
                match number(inner, "type") {
                    Some(ACTION_ROW) => row(form, &path, inner, seen),
                    Some(9..=14) => laid_out(form, &path, inner, seen),
                    _ => form.choice(&format!("{path}.type"), "1, 9, 10, 12, 13, 14"),
                }
            }
        }
        _ => {}
    }
}

fn row(form: &mut Form, path: &str, row: &Value, seen: &mut HashSet<String>) {
    let inside = list(row, "components");
    form.bounds(&format!("{path}.components"), inside.len(), 1, 5);
    let mut width = 0;
    for (n, component) in inside.iter().enumerate() {
        let path = format!("{path}.components.{n}");
        match number(component, "type") {
            Some(BUTTON) => {
                width += 1;
                button(form, &path, component, seen);
            }
            Some(STRING_SELECT | 5..=8) => {
                width += 5;
                custom_id(form, &path, component, seen);
                select(form, &path, component);
            }
            _ => form.choice(&format!("{path}.type"), "2, 3, 5, 6, 7, 8"),
        }
    }
    if width > 5 && inside.len() <= 5 {
        form.fail(path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width");
    }
}

fn button(form: &mut Form, path: &str, button: &Value, seen: &mut HashSet<String>) {
    let label = text(button, "label").unwrap_or_default();
    form.at_most(&format!("{path}.label"), length(label), 80);
    if label.is_empty() && button.get("emoji").is_none_or(Value::is_null) && number(button, "style") != Some(6) {
        form.fail(path, "BUTTON_COMPONENT_LABEL_REQUIRED", "A label or emoji is required");
    }
    match number(button, "style") {
        Some(1..=4) => {
            custom_id(form, path, button, seen);
            if button.get("url").is_some_and(|url| !url.is_null()) {
                form.fail(path, "BUTTON_COMPONENT_INVALID_URL", "A url is not allowed with this style");
            }
        }
        Some(5) => {
            let url = text(button, "url").unwrap_or_default();
            if button.get("custom_id").is_some_and(|id| !id.is_null()) {
                let message = "A custom id and url cannot both be specified";
                form.fail(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message);
            }
            if url.is_empty() {
                form.fail(path, "BUTTON_COMPONENT_URL_REQUIRED", "A url is required");
            } else if !is_link(url) || length(url) > 512 {
                let message = format!("Not a well formed URL: \"{url}\"");
                form.fail(&format!("{path}.url"), "URL_TYPE_INVALID_URL", &message);
            }
        }
        Some(6) => {}
        _ => form.choice(&format!("{path}.style"), "1, 2, 3, 4, 5, 6"),
    }
}

/// Checks a custom id: 1 to 100 characters, only once in the message.
pub(crate) fn custom_id(form: &mut Form, path: &str, component: &Value, seen: &mut HashSet<String>) {
    let path = format!("{path}.custom_id");
    match text(component, "custom_id") {
        None => form.required(&path),
        Some(id) => {
            form.bounds(&path, length(id), 1, 100);
            if !seen.insert(id.to_owned()) {
                let message = "Component custom id cannot be duplicated";
                form.fail(&path, "COMPONENT_CUSTOM_ID_DUPLICATED", message);
            }
        }
    }
}

/// Checks a select of any kind.
pub(crate) fn select(form: &mut Form, path: &str, select: &Value) {
    form.at_most(&format!("{path}.placeholder"), text(select, "placeholder").map_or(0, length), 150);
    let options = list(select, "options");
    let (min, max) = (number(select, "min_values").unwrap_or(1), number(select, "max_values").unwrap_or(1));
    if min > 25 || max == 0 || max > 25 || min > max {
        form.fail(
            &format!("{path}.min_values"),
            "BASE_TYPE_BAD_LENGTH",
            "Must be between 0 and 25, and not above max_values.",
        );
    }
    if number(select, "type") != Some(STRING_SELECT) {
        return;
    }
    form.bounds(&format!("{path}.options"), options.len(), 1, 25);
    let mut values = HashSet::new();
    for (n, option) in options.iter().enumerate() {
        for key in ["label", "value"] {
            form.bounds(&format!("{path}.options.{n}.{key}"), text(option, key).map_or(0, length), 1, 100);
        }
        form.at_most(&format!("{path}.options.{n}.description"), text(option, "description").map_or(0, length), 100);
        if !values.insert(text(option, "value").unwrap_or_default()) {
            let message = "The specified option value is already used";
            form.fail(&format!("{path}.options.{n}.value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message);
        }
    }
    if max > 1 && usize::try_from(max).is_ok_and(|max| max > options.len()) {
        form.fail(&format!("{path}.max_values"), "BASE_TYPE_BAD_LENGTH", "Must not exceed the number of options.");
    }
}

/// Numbers every component that has no number yet, as Discord does, and adds the fields it always sends.
pub(crate) fn number_all(components: &mut [Value]) {
    let mut next = 1;
    for component in components {
        number_one(component, &mut next);
    }
}

fn number_one(component: &mut Value, next: &mut u64) {
    let Some(map) = component.as_object_mut() else { return };
    map.retain(|_, value| !value.is_null());
    let kind = map.get("type").and_then(Value::as_u64);
    let given = map.get("id").and_then(Value::as_u64).filter(|id| *id > 0);
    map.insert("id".to_owned(), json!(given.unwrap_or(*next)));
    *next += 1;
    if matches!(kind, Some(STRING_SELECT | 5..=8)) {
        map.entry("min_values").or_insert(json!(1));
        map.entry("max_values").or_insert(json!(1));
    }
    for key in ["components", "component", "accessory"] {
        match map.get_mut(key) {
            Some(Value::Array(items)) => items.iter_mut().for_each(|item| number_one(item, next)),
            Some(inner) => number_one(inner, next),
            None => {}
        }
    }
}

/// Every component that a person can use, nested ones included.
pub(crate) fn usable(components: &[Value]) -> Vec<&Value> {
    let mut found = Vec::new();
    for component in components {
        if component.get("custom_id").is_some() || number(component, "type") == Some(BUTTON) {
            found.push(component);
        }
        found.extend(usable(list(component, "components")));
        let single = component.get("accessory").or_else(|| component.get("component"));
        found.extend(single.map(std::slice::from_ref).map(usable).unwrap_or_default());
    }
    found
}
