//! What a draw needs from outside: someone who fetches a round of the public randomness.

use super::draw::{Hex, Source};
use async_trait::async_trait;

/// A round that could not be had; it may work later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the beacon can't be reached, or doesn't have the round yet")]
pub struct Unreached;

/// Fetches rounds. What it brings is checked by whoever draws: it needs no trust.
#[async_trait]
pub trait Beacon: Send + Sync {
    /// The key of the sandbox's beacon, where that is the one that is asked; `None`: drand's public network is.
    fn sandbox_key(&self) -> Option<Hex<96>>;

    /// The signature of the source's round, in hexadecimal.
    ///
    /// # Errors
    /// [`Unreached`].
    async fn signature(&self, source: &Source) -> Result<String, Unreached>;
}

/// Stands where no beacon is connected.
#[derive(Debug, Default)]
pub struct Unwired;

#[async_trait]
impl Beacon for Unwired {
    fn sandbox_key(&self) -> Option<Hex<96>> {
        None
    }

    async fn signature(&self, _: &Source) -> Result<String, Unreached> {
        Err(Unreached)
    }
}
