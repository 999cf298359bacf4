//! How a Maxis is, as it tells Shellia: figures only, nothing of anybody.

use super::peer::get;
use super::{Asker, Failed, Peer};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether it does its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Everything works.
    Up,
    /// It answers, and something that it needs doesn't work.
    Degraded,
}

/// How a Maxis is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Status {
    /// In a word.
    pub state: State,
    /// Its version.
    pub version: String,
    /// Its own time.
    #[schema(value_type = String, format = DateTime)]
    pub now: Timestamp,
    /// Since when it runs.
    #[schema(value_type = String, format = DateTime)]
    pub since: Timestamp,
    /// Its connection to Discord.
    pub discord: Discord,
    /// Its database.
    pub database: Database,
    /// What waits to be told or done; none: the database could not be asked.
    pub outbox: Option<Outbox>,
    /// Payments.
    pub payments: Payments,
}

/// The connection to Discord.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Discord {
    /// Shards of this process.
    pub shards: u32,
    /// Those that hear events.
    pub ready: u32,
    /// The slowest round trip among them, in milliseconds.
    pub latency_ms: Option<u64>,
    /// Whether typed commands are not heard.
    pub slash_only: bool,
}

/// The database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Database {
    /// Whether it answers.
    pub ok: bool,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// Connections open.
    pub connections: u64,
    /// Those in use.
    pub used: u64,
}

/// What waits to be told or done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Outbox {
    /// Rows that wait, those of later included.
    pub waiting: u64,
    /// Rows whose time has come.
    pub due: u64,
    /// For how long the oldest of those has been due, in seconds.
    pub oldest_s: u64,
}

/// Payments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Payments {
    /// Whether payment is on.
    pub on: bool,
    /// When the provider told something last.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub heard_at: Option<Timestamp>,
}

/// Asks a Maxis how it is.
///
/// # Errors
/// As [`Peer::send`].
pub async fn status(peer: &dyn Peer, asker: Asker) -> Result<Status, Failed> {
    get(peer, asker, "/status", &[]).await
}
