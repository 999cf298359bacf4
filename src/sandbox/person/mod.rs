//! People: what they see and what they do, as async methods for tests; the HTTP API calls these same methods.

mod act;
mod answer;
mod feed;
mod fill;
pub(crate) mod http;
mod options;
mod payload;
mod refused;
mod stream;
mod view;

use std::time::Duration;

use actix_web::web::{Bytes, Data};
use serde_json::Value;

pub use answer::Answer;
pub(crate) use feed::Feeds;
pub use refused::Refused;

use super::Shared;
use super::json::id;
use super::refusal::Refusal;
use super::state::{Origin, Post, State, User, interaction};
use super::world::stable_id;

/// How many messages of a channel a waiting method looks at.
const RECENT: usize = 100;

/// How long a waiting method waits when nothing else is said.
const PATIENCE: Duration = Duration::from_secs(15);

/// A file a person attaches.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Its name.
    pub filename: String,
    /// Its media type; guessed from the name when there is none.
    pub content_type: Option<String>,
    /// Its content.
    pub bytes: Bytes,
}

/// A message a person writes.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The text.
    pub content: String,
    /// The message it replies to.
    pub reply_to: Option<u64>,
    /// Its files.
    pub attachments: Vec<Upload>,
}

/// A person of the sandbox.
#[derive(Debug, Clone)]
pub struct Person {
    shared: Data<Shared>,
    user: u64,
}

impl Person {
    pub(crate) fn new(shared: Data<Shared>, user: u64) -> Self {
        Self { shared, user }
    }

    /// The user's id.
    pub fn id(&self) -> u64 {
        self.user
    }

    /// Writes in a channel and gives the message's id.
    ///
    /// # Errors
    /// What Discord's client would refuse.
    pub async fn say(&self, channel: u64, content: &str) -> Result<u64, Refused> {
        let draft = Draft { content: content.to_owned(), ..Draft::default() };
        let message = self.send(channel, draft).await?;
        id(&message, "id").ok_or_else(|| Refused::new(500, "no id"))
    }

    /// Writes in a channel, with reply and files, and gives the message.
    ///
    /// # Errors
    /// What Discord's client would refuse.
    pub async fn send(&self, channel: u64, draft: Draft) -> Result<Value, Refused> {
        self.shared.with(|state| act::say(state, self.user, channel, draft))
    }

    /// Writes to a bot in private and gives the message.
    ///
    /// # Errors
    /// What Discord's client would refuse.
    pub async fn dm(&self, to: u64, content: &str) -> Result<Value, Refused> {
        let channel = self.direct(to);
        self.send(channel, Draft { content: content.to_owned(), ..Draft::default() }).await
    }

    /// The direct message channel with another user, opened when it isn't there.
    pub fn direct(&self, other: u64) -> u64 {
        self.shared.with(|state| state.direct(self.user, other))
    }

    /// Uses a slash command; `options` maps names to values, a subcommand follows the name after a space.
    ///
    /// # Errors
    /// What Discord's client would refuse: unknown command, missing or wrong options, no permission.
    pub async fn slash(&self, channel: u64, app: u64, name: &str, options: Value) -> Result<u64, Refused> {
        self.slash_with(channel, app, name, options, Vec::new()).await
    }

    /// Uses a slash command with files, each under the name of its attachment option.
    ///
    /// # Errors
    /// What Discord's client would refuse.
    pub async fn slash_with(
        &self,
        channel: u64,
        app: u64,
        name: &str,
        options: Value,
        files: Vec<(String, Upload)>,
    ) -> Result<u64, Refused> {
        let made = self.shared.with(|s| act::slash(s, self.user, channel, app, (name, &options), files))?;
        self.watch_deadline(made);
        Ok(made)
    }

    /// Asks for suggestions for one option of a command and waits for them.
    ///
    /// # Errors
    /// What Discord's client would refuse, or no answer within 3 s.
    pub async fn autocomplete(
        &self,
        channel: u64,
        app: u64,
        name: &str,
        options: Value,
        focused: &str,
    ) -> Result<Vec<Value>, Refused> {
        let made = self.shared.with(|s| act::autocomplete(s, self.user, channel, app, (name, &options), focused))?;
        self.watch_deadline(made);
        match self.wait_answer(made).await {
            Answer::Choices(choices) => Ok(choices),
            _ => Err(Refused::new(504, "Loading options failed")),
        }
    }

    /// Presses a button, or chooses in a select.
    ///
    /// # Errors
    /// The message or the component is not there for this person.
    pub async fn press(
        &self,
        channel: u64,
        message: u64,
        custom_id: &str,
        values: Vec<String>,
    ) -> Result<u64, Refused> {
        let made = self.shared.with(|s| act::press(s, self.user, channel, message, custom_id, values))?;
        self.watch_deadline(made);
        Ok(made)
    }

    /// Sends a component's interaction with a custom id that the message may not have: what Discord lets no person do,
    /// and a bot must bear all the same.
    ///
    /// # Errors
    /// The message is not there for this person.
    pub async fn forge_press(&self, channel: u64, message: u64, custom_id: &str) -> Result<u64, Refused> {
        let made = self.shared.with(|s| act::forge_press(s, self.user, channel, message, custom_id))?;
        self.watch_deadline(made);
        Ok(made)
    }

    /// Writes without the limits of length that Discord has; gives the message's id.
    ///
    /// # Errors
    /// The channel is not there for this person.
    pub async fn forge_say(&self, channel: u64, content: &str) -> Result<u64, Refused> {
        self.shared.with(|s| act::forge_say(s, self.user, channel, content))
    }

    /// Sends a form; `values` maps custom ids to a text or a list (a file upload's list holds `{filename, base64}`).
    ///
    /// # Errors
    /// The form is not there any more, or a field is not filled as it asks.
    pub async fn submit(&self, modal: u64, values: Value) -> Result<u64, Refused> {
        let made = self.shared.with(|s| act::submit(s, self.user, modal, &values))?;
        self.watch_deadline(made);
        Ok(made)
    }

    /// Waits for what becomes of an interaction.
    pub async fn wait_answer(&self, interaction: u64) -> Answer {
        self.wait_answer_for(interaction, PATIENCE).await
    }

    /// Waits for what becomes of an interaction, so long and no longer.
    pub async fn wait_answer_for(&self, interaction: u64, patience: Duration) -> Answer {
        let changes = self.shared.with(|s| s.interactions.get(&interaction).map(|i| i.changed.subscribe()));
        let Some(mut changes) = changes else { return Answer::Failed("unknown interaction".to_owned()) };
        let settled = async {
            while !self.shared.with(|s| s.interactions.get(&interaction).is_none_or(|i| i.phase.settled())) {
                if changes.changed().await.is_err() {
                    return;
                }
            }
        };
        // Either way, what stands at the end is the answer.
        tokio::time::timeout(patience, settled).await.unwrap_or_default();
        self.shared.with(|s| answer::of(s, interaction))
    }

    /// What this person sees in a channel, oldest first, his ephemeral messages in their place.
    pub fn visible(&self, channel: u64) -> Vec<Value> {
        self.shared.with(|state| view::visible(state, self.user, channel))
    }

    /// Waits until this person sees a message in a channel that fits, and gives it: one of the newest hundred, or one
    /// that comes or changes within `patience`. Cheap enough for a crowd in one channel.
    ///
    /// # Errors
    /// The time is over.
    pub async fn sees(
        &self,
        channel: u64,
        patience: Duration,
        fits: impl Fn(&Value) -> bool,
    ) -> Result<Value, Refused> {
        let (mut changes, mut last, now) = self.shared.with(|state| {
            let changes = state.feeds.follow(self.user);
            (changes, state.feeds.last(), view::newest(state, self.user, channel, RECENT))
        });
        if let Some(found) = now.into_iter().rev().find(&fits) {
            return Ok(found);
        }
        let watching = async {
            loop {
                changes.borrow_and_update();
                let events = self.shared.with(|state| state.feeds.after(self.user, last));
                last = events.last().map_or(last, |event| event.number);
                let here = events.iter().filter(|event| id(&event.data, "channel_id") == Some(channel));
                let found = here.filter_map(|event| event.data.get("message")).find(|message| fits(message));
                if let Some(found) = found {
                    return Ok(found.clone());
                }
                if changes.changed().await.is_err() {
                    return Err(Refused::new(504, "the sandbox ended"));
                }
            }
        };
        let over = || Refused::new(504, "not seen in time");
        tokio::time::timeout(patience, watching).await.map_err(|_| over())?
    }

    /// Waits until what this person sees in a channel (the newest hundred messages) holds, and gives it; at the latest
    /// after `patience`.
    ///
    /// # Errors
    /// The time is over; the error lists what he saw last.
    pub async fn notified(
        &self,
        channel: u64,
        patience: Duration,
        holds: impl Fn(&[Value]) -> bool,
    ) -> Result<Vec<Value>, Refused> {
        let mut changes = self.shared.with(|state| state.feeds.follow(self.user));
        let watching = async {
            loop {
                changes.borrow_and_update();
                let seen = self.shared.with(|state| view::newest(state, self.user, channel, RECENT));
                if holds(&seen) || changes.changed().await.is_err() {
                    return seen;
                }
            }
        };
        tokio::time::timeout(patience, watching).await.map_err(|_| {
            let seen = Value::Array(self.visible(channel));
            Refused::new(504, format!("not seen in time; last view: {seen:#}"))
        })
    }

    /// The commands this person may use in a guild, or in direct messages.
    pub fn commands(&self, guild: Option<u64>) -> Vec<Value> {
        self.shared.with(|state| view::commands(state, self.user, guild))
    }

    /// The channels this person sees.
    pub fn view(&self, guild: u64) -> Value {
        self.shared.with(|state| view::view(state, self.user, guild))
    }

    /// Deletes a message of his own.
    ///
    /// # Errors
    /// The message is not there or not his.
    pub async fn delete(&self, channel: u64, message: u64) -> Result<(), Refused> {
        self.shared.with(|state| {
            if state.message(channel, message)?.author != self.user {
                return Err(Refusal::MISSING_PERMISSIONS.into());
            }
            state.remove_message(channel, message);
            Ok(())
        })
    }

    /// Opens or shuts his direct messages.
    pub fn set_dms(&self, open: bool) {
        self.shared.with(|state| {
            if let Some(user) = state.users.get_mut(&self.user) {
                user.dms_open = open;
            }
            state.tell_world();
        });
    }

    /// Changes the language of his client.
    pub fn set_locale(&self, locale: &str) {
        self.shared.with(|state| {
            if let Some(user) = state.users.get_mut(&self.user) {
                user.locale = locale.to_owned();
            }
            state.tell_world();
        });
    }

    /// Lets the interaction fail when nobody answers in time.
    fn watch_deadline(&self, interaction: u64) {
        let shared = self.shared.clone().into_inner();
        let wait = Duration::from_millis(interaction::ACKNOWLEDGE_MS + 5);
        self.shared.later(async move {
            tokio::time::sleep(wait).await;
            shared.with(|state| state.expire(interaction));
        });
    }
}

/// Moves the clock and lets pass what is late by it.
pub(crate) fn advance(shared: &Shared, by: Duration) {
    shared.with(|state| {
        state.clock.advance(u64::try_from(by.as_millis()).unwrap_or(u64::MAX));
        state.expire_all();
        state.tell_world();
    });
    // What became due at Stripe happens now, in order.
    shared.stripe(|_| ());
}

/// Puts a webhook's message into a channel.
pub(crate) fn webhook_says(state: &mut State, channel: u64, name: &str, content: &str) -> Result<u64, Refused> {
    state.channel(channel)?;
    let author = stable_id(&format!("webhook/{name}"));
    state.users.entry(author).or_insert_with(|| User::webhook(author, name));
    let post = Post { content: content.to_owned(), ..Post::default() };
    Ok(state.post(author, channel, post, Origin { webhook: Some(author), ..Origin::default() }))
}

/// Joins, leaves, comes back, gets roles.
pub(crate) fn set_member(
    state: &mut State,
    guild: u64,
    user: u64,
    roles: Option<Vec<u64>>,
    present: bool,
) -> Result<(), Refused> {
    if !present {
        return Ok(state.leave(guild, user)?);
    }
    if state.guild(guild)?.member(user).is_none() {
        return Ok(state.join(guild, user, roles.unwrap_or_default())?);
    }
    if let Some(roles) = roles {
        state.set_member(guild, user, |member| member.roles = roles)?;
    }
    Ok(())
}
