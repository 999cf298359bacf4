//! Listens to a shard and notices when the library is about to dial by itself, which it does without pause and without
//! telling when a server ends a connection without a close frame.
//!
//! The library's state is looked at after each poll: connected before and disconnected now, with nothing to tell, means that
//! it has begun to dial. Dropping the shard then stops it: an attempt by address may have opened a socket, one by name has
//! only begun to look the name up.

use futures_util::StreamExt;
use std::future::poll_fn;
use std::task::{Context, Poll};
use tokio::task::coop;
use twilight_gateway::error::ReceiveMessageError;
use twilight_gateway::{Message, Shard, ShardState};

/// What was heard.
pub(super) enum Heard {
    /// A frame, or why there is none.
    Frame(Result<Message, ReceiveMessageError>),
    /// The connection is gone.
    Nothing,
}

/// An ear on one connection of a shard.
pub(super) struct Ear<'a> {
    pub(super) shard: &'a mut Shard,
    /// Whether the connection was seen to stand.
    connected: bool,
}

impl<'a> Ear<'a> {
    pub(super) const fn on(shard: &'a mut Shard) -> Self {
        Self { shard, connected: false }
    }

    /// Hears the next frame. May be dropped and asked again.
    pub(super) async fn next(&mut self) -> Heard {
        poll_fn(|cx| self.poll(cx)).await
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Heard> {
        if !self.connected {
            one_step(cx);
        }
        let polled = self.shard.poll_next_unpin(cx);
        let disconnected = matches!(self.shard.state(), ShardState::Disconnected { .. });
        match polled {
            Poll::Ready(Some(frame)) => {
                self.connected = !disconnected;
                Poll::Ready(Heard::Frame(frame))
            }
            Poll::Ready(None) => Poll::Ready(Heard::Nothing),
            Poll::Pending if disconnected && self.connected => Poll::Ready(Heard::Nothing),
            Poll::Pending => {
                self.connected = !disconnected;
                Poll::Pending
            }
        }
    }
}

/// Leaves this poll one step of input or output, so that a connection can't be made, ended and made again within a single poll,
/// unseen. Only until it stands: closing takes several steps at once.
fn one_step(cx: &mut Context<'_>) {
    while let Poll::Ready(step) = coop::poll_proceed(cx) {
        if !coop::has_budget_remaining() {
            // Given back by being dropped unused.
            drop(step);
            return;
        }
        step.made_progress();
    }
}
