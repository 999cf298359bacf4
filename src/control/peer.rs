//! The way from Shellia to a Maxis: one request out, one answer back. What may be asked stands beside it, each kind of question in a
//! file of its own; how it travels is the edge's.

use super::{Asker, Bytestream, Denied};
use async_trait::async_trait;
use serde::Serialize;
use serde::de::DeserializeOwned;

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

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    /// No answer came: of a change it is not known whether it was made.
    #[error(transparent)]
    Unreached(#[from] Unreached),
    /// Maxis says no, with the reason.
    #[error("refused: {}", .0.error)]
    Denied(Denied),
}

/// A request as it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The body, where something is to change; none: it is only read.
    pub body: Option<Vec<u8>>,
    /// The path below the API's base, with its query: `/status`.
    pub path: String,
}

/// A Maxis that can be asked.
#[async_trait]
pub trait Peer: Send + Sync {
    /// Sends a request once, and gives the answer's body. It is never sent again by itself.
    ///
    /// # Errors
    /// [`Failed`].
    async fn send(&self, asker: Asker, request: Request) -> Result<Vec<u8>, Failed>;

    /// Opens an answer that goes on and on, at a path with its query; it breaks off where nothing comes for long.
    ///
    /// # Errors
    /// [`Failed`].
    async fn stream(&self, asker: Asker, path: String) -> Result<Bytestream, Failed>;
}

/// The peer of a role that has none.
#[derive(Debug, Clone, Copy)]
pub struct Unwired;

#[async_trait]
impl Peer for Unwired {
    async fn send(&self, _: Asker, _: Request) -> Result<Vec<u8>, Failed> {
        Err(Failed::Unreached(Unreached::Off))
    }

    async fn stream(&self, _: Asker, _: String) -> Result<Bytestream, Failed> {
        Err(Failed::Unreached(Unreached::Off))
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failed> {
    serde_json::from_slice(bytes).map_err(|_| Failed::Unreached(Unreached::Strange))
}

/// Reads what stands at a path, with this query.
///
/// # Errors
/// As [`Peer::send`].
pub(super) async fn get<T: DeserializeOwned>(
    peer: &dyn Peer,
    asker: Asker,
    path: &str,
    query: &[(&str, &str)],
) -> Result<T, Failed> {
    let mut path = path.to_owned();
    if !query.is_empty() {
        let pairs = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        path = format!("{path}?{pairs}");
    }
    read(&peer.send(asker, Request { body: None, path }).await?)
}

/// Asks for a change.
///
/// # Errors
/// As [`Peer::send`].
pub(super) async fn post<B: Serialize + Sync, T: DeserializeOwned>(
    peer: &dyn Peer,
    asker: Asker,
    path: &str,
    body: &B,
) -> Result<T, Failed> {
    let body = serde_json::to_vec(body).map_err(|_| Failed::Unreached(Unreached::Strange))?;
    read(&peer.send(asker, Request { body: Some(body), path: path.to_owned() }).await?)
}
