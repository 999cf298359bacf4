//! Buttons as Discord's rows of components.

use crate::kernel::reply::{Button, Style};
use crate::kernel::text::shorten;
use std::collections::HashSet;
use twilight_model::channel::message::component::{ActionRow, Button as Component, ButtonStyle};
use twilight_model::channel::message::{Component as Any, EmojiReactionType};
use unicode_segmentation::UnicodeSegmentation;

const IN_ROW: usize = 5;
const ROWS: usize = 5;
const LABEL_MAX: usize = 80;
/// Longest text of an action on a component or form.
pub(super) const ACTION_MAX: usize = 100;

const fn look(style: Style) -> ButtonStyle {
    match style {
        Style::Primary => ButtonStyle::Primary,
        Style::Secondary => ButtonStyle::Secondary,
        Style::Success => ButtonStyle::Success,
        Style::Danger => ButtonStyle::Danger,
    }
}

/// Renders buttons in rows. One that Discord would refuse the whole message for (an action too long, or twice the same)
/// is left out.
pub(super) fn rows(buttons: &[Button]) -> Vec<Any> {
    let mut seen = HashSet::new();
    let shown: Vec<Any> = buttons
        .iter()
        .map(|button| (button, button.action.to_string()))
        .filter(|(_, action)| !action.is_empty() && action.chars().count() <= ACTION_MAX && seen.insert(action.clone()))
        .take(IN_ROW * ROWS)
        .map(|(button, action)| component(button, action))
        .collect();
    shown.chunks(IN_ROW).map(|row| Any::ActionRow(ActionRow { components: row.to_vec(), id: None })).collect()
}

fn component(button: &Button, action: String) -> Any {
    let emoji = emoji(&button.emoji);
    let label = shorten(button.label.trim(), LABEL_MAX);
    let label = if label.is_empty() && emoji.is_none() { Some("…".to_owned()) } else { Some(label) };
    Any::Button(Component {
        custom_id: Some(action),
        disabled: false,
        emoji,
        id: None,
        label: label.filter(|label| !label.is_empty()),
        sku_id: None,
        style: look(button.style),
        url: None,
    })
}

/// A single emoji; anything else would make Discord refuse the message.
fn emoji(text: &str) -> Option<EmojiReactionType> {
    let one = text.graphemes(true).count() == 1 && text.chars().all(|c| !c.is_ascii() || c == '#' || c == '*');
    let visible = text.chars().any(|c| !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control());
    (one && visible).then(|| EmojiReactionType::Unicode { name: text.to_owned() })
}
