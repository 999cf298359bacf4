//! The way from Shellia to a Maxis.

use super::{Behalf, Status};
use async_trait::async_trait;

/// Why a Maxis gave no answer that is of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Unreached {
    /// None is set.
    #[error("no Maxis is set")]
    Off,
    /// Its name is known to no name server.
    #[error("its name is not known")]
    Name,
    /// There is no way to it, or it broke off.
    #[error("it can't be reached")]
    Network,
    /// It shows another certificate than the one that is expected.
    #[error("its certificate is not the expected one")]
    Certificate,
    /// It took too long.
    #[error("it took too long")]
    Slow,
    /// It doesn't take our pass: the keys or names differ.
    #[error("it doesn't take our key")]
    Key,
    /// It doesn't take our pass, and the two clocks differ by so many seconds; ours is ahead where it is positive.
    #[error("the clocks differ by {0} s")]
    Clock(i64),
    /// It asks us to wait.
    #[error("it asks us to wait")]
    Busy,
    /// It has no such question: another version, or another address.
    #[error("there is no control API at that address")]
    Absent,
    /// It met a fault of its own.
    #[error("a fault of its own ({0})")]
    Fault(u16),
    /// Its answer can't be read.
    #[error("an answer that can't be read")]
    Strange,
}

/// A Maxis that can be asked.
#[async_trait]
pub trait Peer: Send + Sync {
    /// How it is.
    async fn status(&self, behalf: Behalf) -> Result<Status, Unreached>;
}

/// The peer of a role that has none.
#[derive(Debug, Clone, Copy)]
pub struct Unwired;

#[async_trait]
impl Peer for Unwired {
    async fn status(&self, _: Behalf) -> Result<Status, Unreached> {
        Err(Unreached::Off)
    }
}
