//! Interactions: their life from a person's click to the bot's answer.

use serde_json::{Value, json};
use tokio::sync::watch;

use super::State;
use crate::sandbox::json::sid;
use crate::sandbox::refusal::Refusal;

/// A bot must answer within this time.
pub(crate) const ACKNOWLEDGE_MS: u64 = 3_000;
/// A token works this long after its interaction.
pub(crate) const TOKEN_MS: u64 = 15 * 60 * 1000;
/// Interactions older than this are forgotten.
const KEEP_MS: u64 = 30 * 60 * 1000;

/// Discord's interaction types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Command,
    Component,
    Autocomplete,
    ModalSubmit,
}

impl Kind {
    /// Discord's number.
    pub(crate) fn number(self) -> u64 {
        match self {
            Self::Command => 2,
            Self::Component => 3,
            Self::Autocomplete => 4,
            Self::ModalSubmit => 5,
        }
    }
}

/// How far an interaction got.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Phase {
    /// No answer yet.
    Waiting,
    /// Deferred with "… is thinking": the answer will be a message.
    Thinking,
    /// Deferred silently on a component: the message may be edited later.
    Silent,
    /// A message was sent or changed.
    Answered,
    /// A form was opened.
    Modal(Value),
    /// Suggestions were given.
    Choices(Value),
    /// Nothing came in time.
    Failed(String),
}

impl Phase {
    /// The word the person's API uses.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Thinking | Self::Silent => "acknowledged",
            Self::Answered | Self::Choices(_) => "answered",
            Self::Modal(_) => "modal",
            Self::Failed(_) => "failed",
        }
    }

    /// Whether nothing more is awaited.
    pub(crate) fn settled(&self) -> bool {
        !matches!(self, Self::Waiting | Self::Thinking | Self::Silent)
    }
}

/// An interaction.
#[derive(Debug)]
pub(crate) struct Interaction {
    pub(crate) token: String,
    pub(crate) app: u64,
    pub(crate) kind: Kind,
    pub(crate) user: u64,
    pub(crate) channel: u64,
    pub(crate) created_ms: u64,
    pub(crate) phase: Phase,
    /// After how many milliseconds the first answer came.
    pub(crate) acknowledged_ms: Option<u64>,
    /// The message `@original` stands for.
    pub(crate) original: Option<u64>,
    /// The message whose component was used.
    pub(crate) source: Option<u64>,
    /// The name of the command.
    pub(crate) name: Option<String>,
    /// Discord's `interaction_metadata` for messages made from it.
    pub(crate) metadata: Value,
    /// Follow-up messages made with its token.
    pub(crate) followups: Vec<u64>,
    /// The last message that the person got from it.
    pub(crate) latest: Option<u64>,
    /// Counts the changes, for those who wait.
    pub(crate) changed: watch::Sender<u64>,
    /// The modal was submitted; it can be only once.
    pub(crate) submitted: bool,
}

impl Interaction {
    /// Sets the phase and wakes those who wait.
    pub(crate) fn reach(&mut self, phase: Phase) {
        self.phase = phase;
        self.changed.send_modify(|n| *n += 1);
    }
}

impl State {
    /// The interaction with this token, as long as the token lives.
    pub(crate) fn by_token(&self, app: u64, token: &str) -> Result<u64, Refusal> {
        let id = self.tokens.get(token).copied().ok_or(Refusal::UNKNOWN_WEBHOOK)?;
        let found = self.interactions.get(&id).filter(|i| i.app == app).ok_or(Refusal::UNKNOWN_WEBHOOK)?;
        if self.clock.now_ms().saturating_sub(found.created_ms) > TOKEN_MS {
            return Err(Refusal::INVALID_WEBHOOK_TOKEN);
        }
        Ok(id)
    }

    /// The interaction to change.
    pub(crate) fn interaction_mut(&mut self, id: u64) -> Result<&mut Interaction, Refusal> {
        self.interactions.get_mut(&id).ok_or(Refusal::UNKNOWN_INTERACTION)
    }

    /// Gives up on an interaction nobody answered in time, and tells its person.
    pub(crate) fn expire(&mut self, id: u64) {
        let now = self.clock.now_ms();
        let Some(found) = self.interactions.get(&id) else { return };
        let french = self.users.get(&found.user).is_none_or(|user| user.locale == "fr");
        let reason = if french { "L’application ne répond pas" } else { "The application did not respond" };
        let Some(found) = self.interactions.get_mut(&id) else { return };
        let late = now.saturating_sub(found.created_ms) >= ACKNOWLEDGE_MS;
        if found.phase != Phase::Waiting || !late {
            return;
        }
        found.reach(Phase::Failed(reason.to_owned()));
        let (user, channel) = (found.user, found.channel);
        let event = json!({"channel_id": sid(channel), "interaction_id": sid(id), "reason": reason});
        self.tell(user, "interaction_failed", event);
    }

    /// Gives up on all that are late; asked after the clock was moved.
    pub(crate) fn expire_all(&mut self) {
        let ids: Vec<u64> = self.interactions.keys().copied().collect();
        for id in ids {
            self.expire(id);
        }
    }

    /// Forgets interactions whose tokens are long dead.
    pub(crate) fn forget_interactions(&mut self) {
        let now = self.clock.now_ms();
        while let Some((id, oldest)) = self.interactions.first_key_value() {
            if now.saturating_sub(oldest.created_ms) < KEEP_MS {
                break;
            }
            let id = *id;
            if let Some(gone) = self.interactions.remove(&id) {
                self.tokens.remove(&gone.token);
            }
        }
    }
}
