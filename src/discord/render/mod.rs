//! Turns what the program says into Discord's messages and forms, within Discord's limits.
//!
//! Pure: what is too long is shortened, what is too much is left out, and nothing is sent. Limits are those of Discord's
//! documents "Message resource: Embed limits", "Component reference" and "Modals"; lengths count characters.

mod buttons;
mod cards;
mod files;
mod form;
#[cfg(test)]
mod tests;

pub use form::form;

use crate::kernel::UserId;
use crate::kernel::reply::{Reply, Visibility};
use crate::kernel::text::{plain, shorten};
use serde_json::{Value, json};
use twilight_model::channel::message::{AllowedMentions, Component, Embed, MessageFlags};
use twilight_model::http::attachment::Attachment;
use twilight_model::http::interaction::InteractionResponseData;
use twilight_model::id::Id;

/// Longest text of a message.
const TEXT_MAX: usize = 2000;
/// Most people that one message may mention.
const MENTIONS_MAX: usize = 100;
/// Stands where Discord asks for a text and there is none.
const BLANK: &str = "\u{200B}";

/// A message in Discord's parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Plain text; may be empty.
    pub content: String,
    /// Cards.
    pub embeds: Vec<Embed>,
    /// Rows of buttons.
    pub components: Vec<Component>,
    /// Files.
    pub files: Vec<Attachment>,
    /// Whom it may mention: only the people that the reply names.
    pub allowed_mentions: AllowedMentions,
    /// `EPHEMERAL` for a private reply; counts in answers to interactions only.
    pub flags: MessageFlags,
}

/// Renders a reply.
pub fn message(reply: &Reply) -> Message {
    let embeds = cards::embeds(&reply.cards);
    let components = buttons::rows(&reply.buttons);
    let files = files::attachments(&reply.files);
    let mut content = content(reply);
    if content.is_empty() && embeds.is_empty() && components.is_empty() && files.is_empty() {
        BLANK.clone_into(&mut content);
    }
    let flags = match reply.visibility {
        Visibility::Private => MessageFlags::EPHEMERAL,
        Visibility::Public => MessageFlags::empty(),
    };
    Message { content, embeds, components, files, allowed_mentions: allowed(&reply.mentions), flags }
}

/// The text, with the pages whose address is too long for a button.
fn content(reply: &Reply) -> String {
    let long = reply.buttons.iter().filter(|button| buttons::is_long_link(button));
    let lines: Vec<String> = long
        .filter_map(|button| Some(format!("\n🔗 [{}](<{}>)", plain(&button.label), button.link.as_ref()?)))
        .filter(|line| line.chars().count() <= TEXT_MAX)
        .take(1)
        .collect();
    let lines = lines.concat();
    let room = TEXT_MAX.saturating_sub(lines.chars().count());
    format!("{}{lines}", shorten(reply.text.trim(), room)).trim().to_owned()
}

fn allowed(people: &[UserId]) -> AllowedMentions {
    let users = people.iter().take(MENTIONS_MAX).filter_map(|user| Id::new_checked(user.get())).collect();
    AllowedMentions { parse: Vec::new(), replied_user: false, roles: Vec::new(), users }
}

impl Message {
    /// The message as the answer to an interaction; its files travel beside it.
    pub fn into_response(self) -> InteractionResponseData {
        InteractionResponseData {
            allowed_mentions: Some(self.allowed_mentions),
            attachments: (!self.files.is_empty()).then_some(self.files),
            components: Some(self.components),
            content: Some(self.content),
            embeds: Some(self.embeds),
            flags: Some(self.flags),
            ..InteractionResponseData::default()
        }
    }

    /// The body that creates the message in a channel, once per nonce.
    pub(super) fn create_body(&self, nonce: &str) -> Value {
        let mut body = self.body();
        if let Some(fields) = body.as_object_mut() {
            fields.insert("nonce".to_owned(), json!(nonce));
            // Discord then answers with the first message of this nonce instead of posting another.
            fields.insert("enforce_nonce".to_owned(), json!(true));
        }
        body
    }

    /// The body that puts this message in the place of an earlier one.
    pub(super) fn edit_body(&self) -> Value {
        self.body()
    }

    /// The body that says it as a message of its own after an interaction was acknowledged.
    pub(super) fn followup_body(&self) -> Value {
        let mut body = self.body();
        if let Some(fields) = body.as_object_mut() {
            fields.insert("flags".to_owned(), json!(self.flags.bits()));
        }
        body
    }

    fn body(&self) -> Value {
        let files: Vec<Value> =
            self.files.iter().map(|file| json!({ "id": file.id, "filename": file.filename })).collect();
        json!({
            "content": self.content,
            "embeds": self.embeds,
            "components": self.components,
            "allowed_mentions": self.allowed_mentions,
            "attachments": files,
        })
    }
}
