//! Changing a message that is there.

use serde_json::Value;

use super::message::{COMPONENTS_V2, LOADING, SUPPRESS_EMBEDS};
use super::post::Allowed;
use super::{File, State};
use crate::sandbox::json::id;
use crate::sandbox::refusal::Refusal;

/// The fields to change; `None` leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edit {
    pub(crate) content: Option<String>,
    pub(crate) embeds: Option<Vec<Value>>,
    pub(crate) components: Option<Vec<Value>>,
    pub(crate) files: Vec<File>,
    /// The attachments to keep and the new ones; the others go.
    pub(crate) attachments: Option<Vec<Value>>,
    pub(crate) flags: Option<u64>,
    pub(crate) allowed: Allowed,
    /// Ends the "… is thinking" of a deferred answer; such a first edit leaves no "(edited)" mark.
    pub(crate) completes: bool,
}

impl State {
    /// Changes a message and tells everybody.
    pub(crate) fn edit(&mut self, channel: u64, message: u64, edit: Edit) -> Result<(), Refusal> {
        let mut changed = self.message(channel, message)?.clone();
        if let Some(listed) = &edit.attachments {
            let kept = |one: u64| listed.iter().any(|value| id(value, "id") == Some(one));
            changed.attachments.retain(|attachment| kept(attachment.id));
        }
        let described = edit.attachments.as_deref().unwrap_or_default();
        changed.attachments.extend(self.attach(channel, edit.files, described));
        if let Some(content) = edit.content {
            changed.content = content;
        }
        if let Some(embeds) = edit.embeds {
            changed.embeds = embeds;
        }
        if let Some(components) = edit.components {
            changed.components = components;
        }
        if let Some(flags) = edit.flags {
            changed.flags = changed.flags & !SUPPRESS_EMBEDS | flags & (SUPPRESS_EMBEDS | COMPONENTS_V2);
        }
        let empty = changed.content.is_empty()
            && changed.embeds.is_empty()
            && changed.components.is_empty()
            && changed.attachments.is_empty();
        if empty {
            return Err(Refusal::EMPTY_MESSAGE);
        }
        self.settle_embeds(&mut changed);
        self.settle_mentions(&mut changed, &edit.allowed);
        if edit.completes && changed.flags & LOADING != 0 {
            changed.flags &= !LOADING;
        } else {
            changed.edited_ms = Some(self.clock.now_ms());
        }
        *self.message_mut(channel, message)? = changed;
        self.announce(channel, message, false);
        Ok(())
    }
}
