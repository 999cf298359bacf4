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
/// Longest address of a link button.
const LINK_MAX: usize = 512;
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

/// Whether the address of a button is longer than Discord takes on one; then it stands in the text.
pub(super) fn is_long_link(button: &Button) -> bool {
    button.link.as_ref().is_some_and(|link| link.as_str().chars().count() > LINK_MAX)
}

/// Renders buttons in rows. One that Discord would refuse the whole message for (an action or address too long, or twice the
/// same) is left out.
pub(super) fn rows(buttons: &[Button]) -> Vec<Any> {
    let mut seen = HashSet::new();
    let shown: Vec<Any> = buttons
        .iter()
        .filter(|button| !is_long_link(button))
        .map(|button| (button, button.link.as_ref().map_or_else(|| button.action.to_string(), ToString::to_string)))
        .filter(|(button, does)| button.link.is_some() || (!does.is_empty() && does.chars().count() <= ACTION_MAX))
        .filter(|(_, does)| seen.insert(does.clone()))
        .take(IN_ROW * ROWS)
        .map(|(button, does)| component(button, does))
        .collect();
    shown.chunks(IN_ROW).map(|row| Any::ActionRow(ActionRow { components: row.to_vec(), id: None })).collect()
}

fn component(button: &Button, does: String) -> Any {
    let emoji = emoji(&button.emoji);
    let label = shorten(button.label.trim(), LABEL_MAX);
    let label = if label.is_empty() && emoji.is_none() { Some("…".to_owned()) } else { Some(label) };
    let (custom_id, url, style) = match button.link {
        Some(_) => (None, Some(does), ButtonStyle::Link),
        None => (Some(does), None, look(button.style)),
    };
    Any::Button(Component {
        custom_id,
        disabled: false,
        emoji,
        id: None,
        label: label.filter(|label| !label.is_empty()),
        sku_id: None,
        style,
        url,
    })
}

/// A single emoji; anything else would make Discord refuse the message.
fn emoji(text: &str) -> Option<EmojiReactionType> {
    let one = text.graphemes(true).count() == 1 && text.chars().all(|c| !c.is_ascii() || c == '#' || c == '*');
    let visible = text.chars().any(|c| !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control());
    (one && visible).then(|| EmojiReactionType::Unicode { name: text.to_owned() })
}
