//! Forms as Discord's modals: each input inside a label.

use super::BLANK;
use crate::kernel::reply::{Form, Input, Shape};
use crate::kernel::text::shorten;
use std::collections::HashSet;
use twilight_model::channel::message::Component;
use twilight_model::channel::message::component::{
    Label, SelectMenu, SelectMenuOption, SelectMenuType, TextInput, TextInputStyle,
};
use twilight_model::http::interaction::{InteractionResponse, InteractionResponseData, InteractionResponseType};

const TITLE_MAX: usize = 45;
const INPUTS_MAX: usize = 5;
const LABEL_MAX: usize = 45;
const HINT_MAX: usize = 100;
const LENGTH_MAX: u16 = 4000;
const CHOICES_MAX: usize = 25;
const CHOICE_MAX: usize = 100;

/// Renders a form as the answer that opens it. The `custom_id` of each input is the name of its option.
pub fn form(form: &Form) -> InteractionResponse {
    let components = form.inputs.iter().take(INPUTS_MAX).map(|input| Component::Label(label(input))).collect();
    InteractionResponse {
        kind: InteractionResponseType::Modal,
        data: Some(InteractionResponseData {
            custom_id: Some(form.action.to_string()),
            title: Some(shown(&form.title, TITLE_MAX)),
            components: Some(components),
            ..InteractionResponseData::default()
        }),
    }
}

fn shown(text: &str, max: usize) -> String {
    let text = text.trim();
    if text.is_empty() { BLANK.to_owned() } else { shorten(text, max) }
}

fn hint(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| shorten(text, HINT_MAX))
}

fn label(input: &Input) -> Label {
    let component = match &input.shape {
        Shape::Line(max) => text(input, TextInputStyle::Short, *max),
        Shape::Paragraph(max) => text(input, TextInputStyle::Paragraph, *max),
        Shape::Choice(choices) => choice(input, choices),
    };
    Label { component: Box::new(component), description: None, id: None, label: shown(&input.label, LABEL_MAX) }
}

#[expect(deprecated, reason = "the model's struct still has the field that labels replaced")]
fn text(input: &Input, style: TextInputStyle, max: u16) -> Component {
    Component::TextInput(TextInput {
        custom_id: input.option.to_owned(),
        id: None,
        label: None,
        max_length: Some(max.clamp(1, LENGTH_MAX)),
        min_length: input.required.then_some(1),
        placeholder: hint(&input.hint),
        required: Some(input.required),
        style,
        value: value(&input.value, max.clamp(1, LENGTH_MAX)),
    })
}

/// What stands in an input at first: never more than it takes, which Discord would refuse.
fn value(text: &str, max: u16) -> Option<String> {
    let text = shorten(text, usize::from(max));
    (!text.trim().is_empty()).then_some(text)
}

fn choice(input: &Input, choices: &[(String, String, bool)]) -> Component {
    let mut seen = HashSet::new();
    let mut chosen = false;
    let options: Vec<SelectMenuOption> = choices
        .iter()
        .filter(|(value, ..)| !value.is_empty() && value.chars().count() <= CHOICE_MAX && seen.insert(value.as_str()))
        .take(CHOICES_MAX)
        .map(|(value, label, default)| {
            // At most as many as may be chosen, which is one.
            let default = *default && !chosen;
            chosen |= default;
            let label = shown(label, CHOICE_MAX);
            SelectMenuOption { default, description: None, emoji: None, label, value: value.clone() }
        })
        .collect();
    if options.is_empty() {
        return text(input, TextInputStyle::Short, LENGTH_MAX);
    }
    Component::SelectMenu(SelectMenu {
        channel_types: None,
        custom_id: input.option.to_owned(),
        default_values: None,
        disabled: false,
        id: None,
        kind: SelectMenuType::Text,
        max_values: Some(1),
        min_values: Some(u8::from(input.required)),
        options: Some(options),
        placeholder: hint(&input.hint),
        required: Some(input.required),
    })
}
