//! Carries notifications over Discord's REST API.
//!
//! Each call ends within its time, whatever Discord does; what to do with a failure is `jobs::outbox`'s.

mod bytes;
mod refusal;
#[cfg(test)]
mod tests;

pub use refusal::undelivered;

use super::calm::calmly;
use super::render;
use crate::domain::notifications::{Courier, Undelivered};
use crate::kernel::reply::Reply;
use crate::kernel::{ChannelId, MessageId, Result as OurResult, UserId, error::Context};
use async_trait::async_trait;
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;
use std::future::IntoFuture;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::OnceCell;
use twilight_http::Client;
use twilight_http::response::{Response, ResponseFuture};
use twilight_model::id::Id;
use url::Url;

type Result<T> = std::result::Result<T, Undelivered>;

/// How long one call may take, waiting for a free place under Discord's rate limits included.
const CALL: Duration = Duration::from_secs(12);
/// How many direct-message channels are remembered; they never change, and opening one anew only costs a call.
const CHANNELS_KEPT: usize = 10_000;
/// Most messages that Discord lists at once.
const LISTED: u16 = 100;

/// The courier of a bot.
pub struct DiscordCourier {
    http: Arc<Client>,
    fetcher: bytes::Fetcher,
    me: OnceCell<UserId>,
    // Never held over an await.
    direct: Mutex<HashMap<UserId, ChannelId>>,
}

/// The part of a message or channel that we need; the rest may change its shape without harm.
#[derive(Deserialize)]
struct Made<T> {
    id: T,
}

/// A message as listed.
#[derive(Deserialize)]
struct Listed {
    id: MessageId,
    author: Made<UserId>,
    #[serde(default)]
    components: Vec<Value>,
}

/// Whose a message is, and whom it mentions.
#[derive(Deserialize)]
struct Posted {
    author: Made<UserId>,
    #[serde(default)]
    mentions: Vec<Made<UserId>>,
}

impl Posted {
    /// Whether a person may have it deleted: he wrote it, or we call him in it.
    fn is_for(&self, user: UserId, me: UserId) -> bool {
        self.author.id == user || (self.author.id == me && self.mentions.iter().any(|mention| mention.id == user))
    }
}

impl DiscordCourier {
    /// A courier over `http`; `api` is the configured base of Discord's API where it isn't Discord's own.
    ///
    /// # Errors
    /// [`crate::kernel::Error::Internal`] when the HTTP client for attachments can't be built.
    pub fn new(http: Arc<Client>, api: Option<&Url>) -> OurResult<Self> {
        let fetcher = bytes::Fetcher::new(api).internal("building the attachments' HTTP client")?;
        Ok(Self { http, fetcher, me: OnceCell::new(), direct: Mutex::default() })
    }

    async fn send(&self, channel: ChannelId, reply: &Reply, nonce: &str) -> Result<MessageId> {
        let message = render::message(reply);
        let body = message.create_body(nonce).to_string();
        let request = self.http.create_message(Id::new(channel.get())).attachments(&message.files);
        let made: Made<MessageId> = read(request.payload_json(body.as_bytes()).into_future()).await?;
        Ok(made.id)
    }

    /// The channel of a person's direct messages.
    async fn direct(&self, user: UserId) -> Result<ChannelId> {
        let kept = self.direct.lock().unwrap_or_else(PoisonError::into_inner).get(&user).copied();
        if let Some(channel) = kept {
            return Ok(channel);
        }
        let request = self.http.create_private_channel(Id::new(user.get()));
        let made: Made<ChannelId> = read(request.into_future()).await?;
        let mut direct = self.direct.lock().unwrap_or_else(PoisonError::into_inner);
        if direct.len() >= CHANNELS_KEPT {
            direct.clear();
        }
        direct.insert(user, made.id);
        Ok(made.id)
    }

    async fn me(&self) -> Result<UserId> {
        let ask = || async {
            let made: Made<UserId> = read(self.http.current_user().into_future()).await?;
            Ok(made.id)
        };
        self.me.get_or_try_init(ask).await.copied()
    }
}

#[async_trait]
impl Courier for DiscordCourier {
    async fn post(&self, channel: ChannelId, reply: &Reply, nonce: &str) -> Result<MessageId> {
        in_time(self.send(channel, reply, nonce)).await
    }

    async fn edit(&self, channel: ChannelId, message: MessageId, reply: &Reply) -> Result<()> {
        let rendered = render::message(reply);
        let body = rendered.edit_body().to_string();
        let request =
            self.http.update_message(Id::new(channel.get()), Id::new(message.get())).attachments(&rendered.files);
        let edited: Made<MessageId> = in_time(read(request.payload_json(body.as_bytes()).into_future())).await?;
        debug_assert_eq!(edited.id, message);
        Ok(())
    }

    async fn tell(&self, user: UserId, reply: &Reply, nonce: &str) -> Result<MessageId> {
        in_time(async { self.send(self.direct(user).await?, reply, nonce).await }).await
    }

    async fn remove(&self, channel: ChannelId, message: MessageId, asked: Option<UserId>) -> Result<()> {
        in_time(async {
            if let Some(asked) = asked {
                let request = self.http.message(Id::new(channel.get()), Id::new(message.get()));
                let found: Posted = read(request.into_future()).await?;
                if !found.is_for(asked, self.me().await?) {
                    return Err(Undelivered::NoPermission);
                }
            }
            let deleting = self.http.delete_message(Id::new(channel.get()), Id::new(message.get()));
            calmly(deleting).await.map(drop).map_err(|error| undelivered(&error))
        })
        .await
    }

    async fn find(&self, channel: ChannelId, action: &str) -> Result<Option<MessageId>> {
        in_time(async {
            let me = self.me().await?;
            let request = self.http.channel_messages(Id::new(channel.get())).limit(LISTED);
            let listed: Vec<Listed> = read(request.into_future()).await?;
            let ours = listed.into_iter().filter(|message| message.author.id == me);
            Ok(ours.into_iter().find(|message| message.components.iter().any(|c| runs(c, action))).map(|m| m.id))
        })
        .await
    }

    async fn stands(&self, channel: ChannelId, message: MessageId) -> Result<()> {
        let request = self.http.message(Id::new(channel.get()), Id::new(message.get()));
        let _found: Made<MessageId> = in_time(read(request.into_future())).await?;
        Ok(())
    }

    async fn fetch(&self, url: &str, max: u64) -> Result<Vec<u8>> {
        self.fetcher.fetch(url, max).await
    }
}

/// Whether a component, or one inside it, carries this action.
fn runs(component: &Value, action: &str) -> bool {
    let inside = component.get("components").and_then(Value::as_array);
    component.get("custom_id").and_then(Value::as_str) == Some(action)
        || inside.is_some_and(|inside| inside.iter().any(|c| runs(c, action)))
}

async fn in_time<T>(call: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::time::timeout(CALL, call).await.unwrap_or(Err(Undelivered::Later(None)))
}

/// Waits for an answer and reads it. An answer that can't be read counts as none: the same nonce gives the same message.
async fn read<T: serde::de::DeserializeOwned, M: Unpin>(request: ResponseFuture<M>) -> Result<T> {
    let response: Response<M> = calmly(request).await.map_err(|error| undelivered(&error))?;
    let body = response.bytes().await.map_err(|_cut| Undelivered::Later(None))?;
    serde_json::from_slice(&body).map_err(|_unreadable| Undelivered::Later(None))
}
