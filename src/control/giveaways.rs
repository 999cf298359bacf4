//! Giveaways, as Shellia may see them: what stands in their announcements, and nothing of who takes part.

use super::peer::get;
use super::{Asker, Failed, Peer};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One giveaway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Giveaway {
    /// Its number in the guild.
    pub number: i64,
    /// What is won, in words.
    pub prize: String,
    /// Where it stands: scheduled, open, paused, drawing, drawn, done or cancelled.
    pub state: String,
    /// How many win.
    pub winners: u32,
    /// From when.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Timestamp,
    /// Until when.
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Timestamp,
}

/// A page of giveaways, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Giveaways {
    /// They; at most fifty.
    pub giveaways: Vec<Giveaway>,
}

/// Asks for a guild's giveaways, below the number `before` where it is given.
///
/// # Errors
/// As [`Peer::send`].
pub async fn giveaways(peer: &dyn Peer, asker: Asker, before: Option<i64>) -> Result<Giveaways, Failed> {
    let before = before.map(|before| before.to_string());
    let query: Vec<(&str, &str)> = before.iter().map(|before| ("before", before.as_str())).collect();
    get(peer, asker, "/giveaways", &query).await
}
