//! What the program says, as a value: text, cards, buttons, forms.
//!
//! A command returns it and does not say it; the edges render it (Discord's embeds and components). It is kept as JSON where
//! an answer waits behind a private button.

use super::ids::UserId;
use super::link::Link;
use serde::{Deserialize, Serialize};

/// Who may read a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Only the person who asked.
    Private,
    /// Everyone in the channel.
    Public,
}

/// Something to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// Who may read it.
    pub visibility: Visibility,
    /// Plain text above the cards; may be empty when there is a card.
    pub text: String,
    /// Cards below the text.
    pub cards: Vec<Card>,
    /// Buttons below the cards, in rows of five.
    pub buttons: Vec<Button>,
    /// Files to attach.
    #[serde(default)]
    pub files: Vec<File>,
    /// Whether the reply takes the place of the message whose button was pressed.
    #[serde(default)]
    pub replaces: bool,
    /// People whom the text may notify; every other mention shows without notifying.
    #[serde(default)]
    pub mentions: Vec<UserId>,
    /// Options with which a button of this reply goes on, where they are too many for it: kept with the answer, shown to nobody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carried: Vec<(String, String)>,
}

impl Reply {
    /// A private text.
    pub fn private(text: impl Into<String>) -> Self {
        Self {
            visibility: Visibility::Private,
            text: text.into(),
            cards: Vec::new(),
            buttons: Vec::new(),
            files: Vec::new(),
            replaces: false,
            mentions: Vec::new(),
            carried: Vec::new(),
        }
    }

    /// A text for everyone in the channel.
    pub fn public(text: impl Into<String>) -> Self {
        Self { visibility: Visibility::Public, ..Self::private(text) }
    }

    /// Adds a card.
    #[must_use]
    pub fn card(mut self, card: Card) -> Self {
        self.cards.push(card);
        self
    }

    /// Lets the text notify a person whom it mentions.
    #[must_use]
    pub fn mention(mut self, user: UserId) -> Self {
        self.mentions.push(user);
        self
    }

    /// Adds a button.
    #[must_use]
    pub fn button(mut self, button: Button) -> Self {
        self.buttons.push(button);
        self
    }
}

/// The colour of a card, by meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Nothing special.
    #[default]
    Neutral,
    /// It went well.
    Good,
    /// Look at it.
    Warning,
    /// Act on it.
    Alert,
    /// Staff only.
    Internal,
}

/// A titled block with fields.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Card {
    /// Title, at most 256 characters when rendered.
    pub title: String,
    /// Body, at most 4096 characters when rendered.
    pub body: String,
    /// Fields, at most 25 when rendered.
    pub fields: Vec<Field>,
    /// Small line at the bottom.
    pub footer: String,
    /// Name of a picture among the reply's files that is shown on the card; empty for none.
    #[serde(default)]
    pub image: String,
    /// Colour.
    pub tone: Tone,
}

impl Card {
    /// A card with a title.
    pub fn titled(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Adds a field; an empty value is left out.
    #[must_use]
    pub fn field(mut self, name: impl Into<String>, value: impl Into<String>, inline: bool) -> Self {
        let value = value.into();
        if !value.is_empty() {
            self.fields.push(Field { name: name.into(), value, inline });
        }
        self
    }
}

/// A name and its value on a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Name.
    pub name: String,
    /// Value.
    pub value: String,
    /// Whether it may stand beside others.
    pub inline: bool,
}

/// A file to attach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// File name with its ending.
    pub name: String,
    /// Bytes.
    pub bytes: Vec<u8>,
}

/// The look of a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// The main thing to do.
    Primary,
    /// One of several.
    Secondary,
    /// Confirms.
    Success,
    /// Ends or removes.
    Danger,
}

/// A button that runs a command, or opens a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// Label, at most 80 characters when rendered.
    pub label: String,
    /// Emoji before the label; may be empty.
    pub emoji: String,
    /// Look.
    pub style: Style,
    /// What it runs; nothing where it opens a page.
    pub action: Action,
    /// The page that it opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
}

impl Button {
    /// A secondary button.
    pub fn new(label: impl Into<String>, action: Action) -> Self {
        Self { label: label.into(), emoji: String::new(), style: Style::Secondary, action, link: None }
    }

    /// A button that opens a page.
    pub fn to(label: impl Into<String>, link: Link) -> Self {
        Self { link: Some(link), ..Self::new(label, Action::new("open")) }
    }

    /// Sets the look.
    #[must_use]
    pub fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// Sets the emoji.
    #[must_use]
    pub fn emoji(mut self, emoji: impl Into<String>) -> Self {
        self.emoji = emoji.into();
        self
    }
}

/// A command with some of its options, as a button or a form carries it (Discord's `custom_id`).
///
/// Grammar: `command?option=value&option=value`, at most 100 characters; values hold neither `&` nor `=`. Nothing secret
/// or personal goes in: a person can read and forge it, so it is parsed and authorised like typed text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Action {
    /// Name of the command.
    pub command: String,
    /// Options already known.
    pub options: Vec<(String, String)>,
}

impl Action {
    /// A command without options.
    pub fn new(command: impl Into<String>) -> Self {
        Self { command: command.into(), options: Vec::new() }
    }

    /// Adds an option.
    #[must_use]
    pub fn with(mut self, option: &str, value: impl ToString) -> Self {
        self.options.push((option.to_owned(), value.to_string()));
        self
    }
}

/// Text that is no action of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an action")]
pub struct NotAnAction;

impl std::str::FromStr for Action {
    type Err = NotAnAction;

    fn from_str(text: &str) -> Result<Self, NotAnAction> {
        let (command, rest) = text.split_once('?').unwrap_or((text, ""));
        let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if command.is_empty() || !command.chars().all(known) || text.len() > 100 {
            return Err(NotAnAction);
        }
        let mut options = Vec::new();
        for pair in rest.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').ok_or(NotAnAction)?;
            if value.contains('=') {
                return Err(NotAnAction);
            }
            options.push((name.to_owned(), value.to_owned()));
        }
        Ok(Self { command: command.to_owned(), options })
    }
}

impl TryFrom<String> for Action {
    type Error = NotAnAction;

    fn try_from(text: String) -> Result<Self, NotAnAction> {
        text.parse()
    }
}

impl From<Action> for String {
    fn from(action: Action) -> String {
        action.to_string()
    }
}

impl std::fmt::Display for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.command)?;
        for (at, (name, value)) in self.options.iter().enumerate() {
            write!(f, "{}{name}={value}", if at == 0 { '?' } else { '&' })?;
        }
        Ok(())
    }
}

/// A form to fill (Discord's modal): at most five inputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// What runs when it is sent.
    pub action: Action,
    /// Title, at most 45 characters when rendered.
    pub title: String,
    /// Inputs.
    pub inputs: Vec<Input>,
}

/// One input of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Name of the option it fills.
    pub option: &'static str,
    /// Label.
    pub label: String,
    /// What stands in it at first; for text only.
    pub value: String,
    /// Hint inside an empty input.
    pub hint: String,
    /// Whether it must be filled.
    pub required: bool,
    /// What it looks like.
    pub shape: Shape,
}

/// The shape of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// One line, with its greatest length in characters.
    Line(u16),
    /// Several lines, with the greatest length in characters.
    Paragraph(u16),
    /// One of a list: value, label, and whether it is chosen at first.
    Choice(Vec<(String, String, bool)>),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_reads_back_what_it_writes() {
        let action = Action::new("ticket_view").with("id", 12).with("page", 2);
        assert_eq!(action.to_string(), "ticket_view?id=12&page=2");
        assert_eq!(action.to_string().parse(), Ok(action));
    }

    #[test]
    fn forged_actions_are_refused() {
        for text in ["", "?id=1", "Ticket?id=1", "a b", "x?id", "x?a=b=c", &"x".repeat(101), "é?x=1"] {
            assert!(text.parse::<Action>().is_err(), "{text:?}");
        }
    }
}
