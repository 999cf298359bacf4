//! Events of the shops that a Maxis runs, as it streams them: what happened where and when, with numbers and amounts alone, and
//! nothing of anybody.
//!
//! The stream is of Server-Sent Events (WHATWG HTML, 9.2). A position is opaque to who reads it; a block that holds only one tells
//! how far was read. Who asks again from the last position that he kept misses nothing.

mod reader;

pub use reader::{Block, Reader, TooLong};

use super::{Asker, Failed, Peer, Unreached};
use crate::kernel::GuildId;
use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use utoipa::ToSchema;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// Something was bought and handed over.
    Sale,
    /// A subscription began with a trial.
    TrialBegun,
    /// Money went back.
    Refunded,
    /// A refund failed: its money is here again.
    RefundReturned,
    /// A bank looks into a payment.
    DisputeOpened,
    /// The money stays here.
    DisputeWon,
    /// The money went back.
    DisputeLost,
    /// A ticket missed its time.
    SlaBreached,
    /// The winners of a giveaway stand.
    GiveawayDrawn,
    /// A promotion runs.
    PromotionBegun,
    /// A promotion is over.
    PromotionEnded,
    /// A step was taken with a plan of Shellia's, or with her dial.
    Decision,
    /// Everything that she does was stopped.
    Stopped,
    /// It goes on.
    Resumed,
    /// Something that this program doesn't know yet.
    #[serde(other)]
    Other,
}

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Amount {
    /// In the currency's smallest unit.
    pub minor: i64,
    /// The currency's three letters.
    pub currency: String,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Event {
    /// Its position: opaque, and no other's.
    pub number: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The guild.
    #[schema(value_type = String)]
    pub guild: GuildId,
    /// What happened.
    pub kind: EventKind,
    /// The order's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<i64>,
    /// The ticket's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<i64>,
    /// The giveaway's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub giveaway: Option<i64>,
    /// The promotion's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promotion: Option<i64>,
    /// The plan's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<i64>,
    /// How much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
}

/// Events, and how far they reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// They, in order.
    pub events: Vec<Event>,
    /// From where to go on.
    pub reached: String,
}

/// What a stream brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// An event.
    Event(Box<Event>),
    /// Nothing happened up to this position that is told.
    Reached(String),
}

/// The bytes of an answer, as they come.
pub type Bytestream = BoxStream<'static, Result<Bytes, Unreached>>;

/// A stream of events that is read.
pub struct Stream {
    bytes: Bytestream,
    reader: Reader,
    ready: VecDeque<Block>,
}

impl Stream {
    /// Reads events from bytes.
    pub fn new(bytes: Bytestream) -> Self {
        Self { bytes, reader: Reader::default(), ready: VecDeque::new() }
    }

    /// What comes next; `None`: Maxis ended the stream in order.
    ///
    /// # Errors
    /// [`Unreached`]: it broke off, or holds what no event looks like.
    pub async fn next(&mut self) -> Result<Option<News>, Unreached> {
        loop {
            while let Some(block) = self.ready.pop_front() {
                if let Some(news) = read(&block)? {
                    return Ok(Some(news));
                }
            }
            match self.bytes.next().await {
                Some(bytes) => self.ready.extend(self.reader.take(&bytes?).map_err(|_| Unreached::Strange)?),
                None => return Ok(None),
            }
        }
    }
}

fn read(block: &Block) -> Result<Option<News>, Unreached> {
    match (&block.data, &block.id) {
        (Some(data), _) => {
            let event: Event = serde_json::from_str(data).map_err(|_| Unreached::Strange)?;
            Ok(Some(News::Event(Box::new(event))))
        }
        (None, Some(id)) => Ok(Some(News::Reached(id.clone()))),
        (None, None) => Ok(None),
    }
}

/// Follows the events of a Maxis behind a position, or from now on.
///
/// # Errors
/// As [`Peer::send`].
pub async fn events(peer: &dyn Peer, after: Option<&str>) -> Result<Stream, Failed> {
    let path = match after {
        Some(after) => {
            let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("after", after).finish();
            format!("/events?{query}")
        }
        None => "/events".to_owned(),
    };
    Ok(Stream::new(peer.stream(Asker::watch(), path).await?))
}
