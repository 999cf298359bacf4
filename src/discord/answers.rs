//! Answers to interactions: acknowledged within Discord's three seconds, shown now or later, and once.
//!
//! Source of the rules: Discord, "Interactions: Receiving and Responding". An interaction may be acknowledged once; until 15
//! minutes later its answer may be edited and followed up.

use super::Discord;
use super::calm::calmly;
use super::fault::{Fault, code};
use super::{moment, render};
use crate::kernel::reply::{Form, Reply, Visibility};
use std::sync::Arc;
use std::time::{Duration, Instant};
use twilight_model::application::command::{CommandOptionChoice, CommandOptionChoiceValue};
use twilight_model::application::interaction::Interaction;
use twilight_model::channel::message::MessageFlags;
use twilight_model::http::interaction::{InteractionResponse, InteractionResponseData, InteractionResponseType};
use twilight_model::id::Id;
use twilight_model::id::marker::{ApplicationMarker, InteractionMarker, MessageMarker};

/// When an answer that isn't there yet is put off, from the moment the interaction was heard.
pub(super) const PATIENCE: Duration = Duration::from_millis(1500);
/// How long one attempt to acknowledge may take.
const ATTEMPT: Duration = Duration::from_millis(1200);
/// How long attempts to acknowledge are repeated; Discord itself gives up after 3 s.
const ATTEMPTS: Duration = Duration::from_millis(3500);
const ATTEMPT_PAUSE: Duration = Duration::from_millis(150);
/// Waiting times between attempts to show an answer that was put off.
const AGAIN: [Duration; 6] = [
    Duration::from_millis(300),
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(5),
    Duration::from_secs(10),
    Duration::from_secs(30),
];

/// An interaction that must be answered.
pub(super) struct Asker {
    discord: Arc<Discord>,
    application: Id<ApplicationMarker>,
    id: Id<InteractionMarker>,
    token: String,
    /// The message whose button was pressed, or whose button opened the form.
    message: Option<Id<MessageMarker>>,
    heard: Instant,
}

/// How an acknowledgement went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ack {
    Done,
    /// It had been acknowledged before: by an attempt whose answer was lost, or before a restart.
    Already,
    /// Discord has given up on it.
    Expired,
    Failed(Fault),
}

/// How an answer was put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deferred {
    /// A "thinking" message stands for it.
    Thinking(Visibility),
    /// Nothing is shown yet; the message with the button may be changed.
    Quietly,
    /// Nobody waits for it any more.
    Expired,
}

impl Asker {
    pub(super) fn of(
        discord: Arc<Discord>,
        interaction: &Interaction,
        message: Option<Id<MessageMarker>>,
        heard: Instant,
    ) -> Self {
        Self {
            discord,
            application: interaction.application_id,
            id: interaction.id,
            token: interaction.token.clone(),
            message,
            heard,
        }
    }

    /// Whether it was asked so long ago that it must be acknowledged before anything else: it was told late, or again after a
    /// restart.
    pub(super) fn is_old(&self) -> bool {
        moment::age(self.id.get()).saturating_sub(self.heard.elapsed()) > PATIENCE
    }

    /// When the answer must be put off.
    pub(super) fn deadline(&self) -> Instant {
        self.heard + PATIENCE
    }

    /// Opens a form.
    pub(super) async fn ask(&self, form: &Form) {
        match self.acknowledge(&render::form(form)).await {
            // A form can't be opened twice: it was opened by an attempt before.
            Ack::Done | Ack::Already => {}
            Ack::Expired => self.lost("the interaction had expired"),
            Ack::Failed(fault) => self.lost(&fault.to_string()),
        }
    }

    /// Suggests values.
    pub(super) async fn suggest(&self, choices: Vec<(String, String)>, numbers: bool) {
        let choice = |(label, value): (String, String)| {
            let name = crate::kernel::text::shorten(&label, 100);
            let value =
                if numbers { value.parse::<i64>().ok()?.into() } else { CommandOptionChoiceValue::String(value) };
            (!name.is_empty()).then_some(CommandOptionChoice { name, name_localizations: None, value })
        };
        let choices = choices.into_iter().filter_map(choice).take(25).collect();
        let data = InteractionResponseData { choices: Some(choices), ..InteractionResponseData::default() };
        let response = InteractionResponse {
            kind: InteractionResponseType::ApplicationCommandAutocompleteResult,
            data: Some(data),
        };
        if let Ack::Failed(fault) = self.acknowledge(&response).await {
            self.discord.counters().failed_requests.add();
            tracing::debug!(%fault, "suggestions could not be shown");
        }
    }

    /// Says something as the first answer; tells whether it is shown.
    pub(super) async fn say(&self, reply: &Reply) -> bool {
        let kind = if reply.replaces && self.message.is_some() {
            InteractionResponseType::UpdateMessage
        } else {
            InteractionResponseType::ChannelMessageWithSource
        };
        let response = InteractionResponse { kind, data: Some(render::message(reply).into_response()) };
        match self.acknowledge(&response).await {
            Ack::Done => return true,
            Ack::Already => {
                let deferred = self.found(reply.visibility).await;
                return self.say_late(deferred, reply).await;
            }
            Ack::Expired => self.lost("the interaction had expired"),
            Ack::Failed(fault) => self.lost(&fault.to_string()),
        }
        false
    }

    /// Puts the answer off; `expected` is who will read it.
    pub(super) async fn defer(&self, expected: Visibility) -> Deferred {
        let quiet = self.message.is_some();
        let (kind, data) = if quiet {
            (InteractionResponseType::DeferredUpdateMessage, None)
        } else {
            let flags = (expected == Visibility::Private).then_some(MessageFlags::EPHEMERAL);
            let data = InteractionResponseData { flags, ..InteractionResponseData::default() };
            (InteractionResponseType::DeferredChannelMessageWithSource, Some(data))
        };
        self.discord.counters().deferred.add();
        match self.acknowledge(&InteractionResponse { kind, data }).await {
            Ack::Done if quiet => Deferred::Quietly,
            // It may have arrived all the same; if not, the attempts to show the answer tell.
            Ack::Failed(_) if quiet => Deferred::Quietly,
            Ack::Done | Ack::Failed(_) => Deferred::Thinking(expected),
            Ack::Already => self.found(expected).await,
            Ack::Expired => Deferred::Expired,
        }
    }

    /// How it was acknowledged when that wasn't (knowingly) done here: a pressed message that is itself the answer was put off
    /// quietly, anything else is a message of its own that can be edited.
    async fn found(&self, expected: Visibility) -> Deferred {
        let Some(pressed) = self.message else { return Deferred::Thinking(expected) };
        let client = self.discord.http().interaction(self.application);
        let shown = match calmly(client.response(&self.token)).await {
            Ok(response) => response.model().await.ok().map(|message| message.id),
            Err(_) => None,
        };
        match shown {
            Some(shown) if shown != pressed => Deferred::Thinking(expected),
            Some(_) | None => Deferred::Quietly,
        }
    }

    /// Says something after it was put off; tells whether it is shown.
    pub(super) async fn say_late(&self, deferred: Deferred, reply: &Reply) -> bool {
        let mut outcome = self.show(deferred, reply).await;
        for pause in AGAIN {
            match outcome {
                Err(fault) if fault.may_pass() => tokio::time::sleep(pause).await,
                Ok(()) | Err(_) => break,
            }
            outcome = self.show(deferred, reply).await;
        }
        if let Err(fault) = outcome {
            self.lost(&fault.to_string());
        }
        outcome.is_ok() && deferred != Deferred::Expired
    }

    async fn show(&self, deferred: Deferred, reply: &Reply) -> Result<(), Fault> {
        let client = self.discord.http().interaction(self.application);
        let message = render::message(reply);
        let edits = match deferred {
            Deferred::Expired => return Ok(()),
            Deferred::Quietly => reply.replaces,
            // What was promised to everyone but is for one person must not be edited in: its place goes, it comes privately.
            Deferred::Thinking(Visibility::Public) if reply.visibility == Visibility::Private => {
                match calmly(client.delete_response(&self.token)).await.map_err(|error| Fault::of(&error)) {
                    Err(fault) if fault.may_pass() => return Err(fault),
                    // Gone already: an attempt before did it.
                    Ok(_) | Err(_) => false,
                }
            }
            Deferred::Thinking(_) => true,
        };
        let body = if edits { message.edit_body() } else { message.followup_body() };
        let body = body.to_string().into_bytes();
        let fault = |error: twilight_http::Error| Fault::of(&error);
        if edits {
            let request = client.update_response(&self.token).attachments(&message.files).payload_json(&body);
            calmly(request).await.map(drop).map_err(fault)
        } else {
            let request = client.create_followup(&self.token).attachments(&message.files).payload_json(&body);
            calmly(request).await.map(drop).map_err(fault)
        }
    }

    async fn acknowledge(&self, response: &InteractionResponse) -> Ack {
        loop {
            let client = self.discord.http().interaction(self.application);
            let attempt = tokio::time::timeout(ATTEMPT, calmly(client.create_response(self.id, &self.token, response)));
            let fault = match attempt.await {
                Ok(Ok(_)) => return Ack::Done,
                Ok(Err(error)) => Fault::of(&error),
                Err(_) => Fault::Unreachable,
            };
            match fault.code() {
                code::ALREADY_ACKNOWLEDGED => return Ack::Already,
                code::UNKNOWN_INTERACTION => {
                    self.discord.counters().late.add();
                    return Ack::Expired;
                }
                _ if fault.may_pass() && self.heard.elapsed() < ATTEMPTS => tokio::time::sleep(ATTEMPT_PAUSE).await,
                _ => return Ack::Failed(fault),
            }
        }
    }

    fn lost(&self, why: &str) {
        self.discord.counters().lost_answers.add();
        tracing::warn!(interaction = %self.id, why, "the answer to an interaction could not be shown");
    }
}
