//! Forms (modals) and autocomplete suggestions.

use std::collections::HashSet;

use serde_json::Value;

use super::components::{custom_id, number_all, select};
use crate::sandbox::json::{length, list, number, text};
use crate::sandbox::refusal::{Form, Refusal};

const TEXT_INPUT: u64 = 4;

/// Checks a form and gives it back with its components numbered.
pub(crate) fn check(data: &Value) -> Result<Value, Refusal> {
    let mut form = Form::default();
    let mut seen = HashSet::new();
    form.bounds("data.title", text(data, "title").map_or(0, length), 1, 45);
    form.bounds("data.custom_id", text(data, "custom_id").map_or(0, length), 1, 100);
    let components = list(data, "components");
    form.bounds("data.components", components.len(), 1, 5);
    for (n, component) in components.iter().enumerate() {
        let path = format!("data.components.{n}");
        match number(component, "type") {
            Some(1) => row(&mut form, &path, component, &mut seen),
            Some(18) => label(&mut form, &path, component, &mut seen),
            Some(10) => {
                let size = text(component, "content").map_or(0, length);
                form.bounds(&format!("{path}.content"), size, 1, 4000);
            }
            _ => form.choice(&format!("{path}.type"), "1, 10, 18"),
        }
    }
    form.finish()?;
    let mut modal = data.clone();
    if let Some(Value::Array(components)) = modal.get_mut("components") {
        number_all(components);
    }
    Ok(modal)
}

fn row(form: &mut Form, path: &str, row: &Value, seen: &mut HashSet<String>) {
    let inside = list(row, "components");
    form.bounds(&format!("{path}.components"), inside.len(), 1, 1);
    for (n, input) in inside.iter().enumerate() {
        let path = format!("{path}.components.{n}");
        if number(input, "type") == Some(TEXT_INPUT) {
            form.bounds(&format!("{path}.label"), text(input, "label").map_or(0, length), 1, 45);
            text_input(form, &path, input, seen);
        } else {
            form.choice(&format!("{path}.type"), "4");
        }
    }
}

fn label(form: &mut Form, path: &str, label: &Value, seen: &mut HashSet<String>) {
    form.bounds(&format!("{path}.label"), text(label, "label").map_or(0, length), 1, 45);
    form.at_most(&format!("{path}.description"), text(label, "description").map_or(0, length), 100);
    let Some(inner) = label.get("component") else {
        return form.required(&format!("{path}.component"));
    };
    let path = format!("{path}.component");
    match number(inner, "type") {
        Some(TEXT_INPUT) => {
            if inner.get("label").is_some_and(|label| !label.is_null()) {
                let message = "Text inputs within a label cannot have a label";
                form.fail(&format!("{path}.label"), "TEXT_INPUT_LABEL_NOT_ALLOWED", message);
            }
            text_input(form, &path, inner, seen);
        }
        Some(3 | 5..=8) => {
            custom_id(form, &path, inner, seen);
            select(form, &path, inner);
        }
        Some(19 | 21..=23) => custom_id(form, &path, inner, seen),
        _ => form.choice(&format!("{path}.type"), "3, 4, 5, 6, 7, 8, 19, 21, 22, 23"),
    }
}

fn text_input(form: &mut Form, path: &str, input: &Value, seen: &mut HashSet<String>) {
    custom_id(form, path, input, seen);
    if !matches!(number(input, "style"), Some(1 | 2)) {
        form.choice(&format!("{path}.style"), "1, 2");
    }
    let (min, max) = (number(input, "min_length").unwrap_or(0), number(input, "max_length").unwrap_or(4000));
    if min > 4000 {
        form.fail(&format!("{path}.min_length"), "NUMBER_TYPE_MAX", "int value should be less than or equal to 4000.");
    }
    if max == 0 || max > 4000 || max < min {
        form.fail(&format!("{path}.max_length"), "NUMBER_TYPE_MAX", "int value should be between min_length and 4000.");
    }
    let value = text(input, "value").map_or(0, length);
    form.at_most(&format!("{path}.value"), value, usize::try_from(max).unwrap_or(4000));
    form.at_most(&format!("{path}.placeholder"), text(input, "placeholder").map_or(0, length), 100);
}

/// Checks autocomplete suggestions.
pub(crate) fn choices(data: &Value) -> Result<Value, Refusal> {
    let mut form = Form::default();
    let choices = list(data, "choices");
    form.at_most("data.choices", choices.len(), 25);
    for (n, choice) in choices.iter().enumerate() {
        let path = format!("data.choices.{n}");
        form.bounds(&format!("{path}.name"), text(choice, "name").map_or(0, length), 1, 100);
        match choice.get("value") {
            Some(Value::String(value)) => form.bounds(&format!("{path}.value"), length(value), 1, 100),
            Some(Value::Number(_)) => {}
            _ => form.required(&format!("{path}.value")),
        }
    }
    form.finish()?;
    Ok(Value::Array(choices.to_vec()))
}
