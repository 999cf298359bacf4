//! Faults of the gateway on request.

use super::wire::Frame;
use crate::sandbox::state::State;

/// A fault of the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    /// Every connection ends without a close frame; sessions can be resumed.
    DropAll,
    /// While on, a new connection is closed as soon as it opened.
    CloseAtOnce(bool),
    /// Every session is forgotten and told so (op 9, not resumable).
    InvalidateSessions,
    /// Every connection is asked to reconnect (op 7).
    Reconnect,
    /// Every connection gets a frame that is no valid event.
    BadFrame,
    /// Every connection gets its last n events again, numbers unchanged.
    RedeliverLast(usize),
    /// While on, privileged intents are refused to every bot (close 4014).
    RefuseIntents(bool),
    /// While on, events go out in swapped pairs.
    Reorder(bool),
    /// Every connection is closed with this code.
    CloseAll(u16),
}

impl State {
    /// Works a switch.
    pub(crate) fn work(&mut self, switch: Switch) {
        match switch {
            Switch::CloseAtOnce(on) => self.sessions.close_at_once = on,
            Switch::RefuseIntents(on) => self.sessions.refuse_intents = on,
            Switch::Reorder(on) => self.reorder(on),
            Switch::DropAll => self.send_all(|| Frame::Drop, true),
            Switch::CloseAll(code) => self.send_all(|| Frame::Close(code, "Sandbox switch."), true),
            Switch::Reconnect => {
                self.send_all(|| Frame::Text(r#"{"op":7,"d":null,"s":null,"t":null}"#.to_owned()), false);
            }
            Switch::BadFrame => self
                .send_all(|| Frame::Text(r#"{"op":0,"s":null,"t":"MESSAGE_CREATE","d":{"id":7}}"#.to_owned()), false),
            Switch::InvalidateSessions => {
                self.send_all(|| Frame::Text(r#"{"op":9,"d":false,"s":null,"t":null}"#.to_owned()), false);
                self.sessions.all.clear();
            }
            Switch::RedeliverLast(n) => {
                for session in &mut self.sessions.all {
                    let from = session.kept.len().saturating_sub(n);
                    let again: Vec<_> = session.kept.iter().skip(from).cloned().collect();
                    for sent in again {
                        session.send(&sent);
                    }
                }
            }
        }
        self.tell_world();
    }

    fn reorder(&mut self, on: bool) {
        self.sessions.reorder = on;
        for session in &mut self.sessions.all {
            if let Some(held) = session.held.take() {
                session.send(&held);
            }
        }
    }

    fn send_all(&mut self, frame: impl Fn() -> Frame, detach: bool) {
        for session in &mut self.sessions.all {
            if let Some(socket) = &session.socket {
                // A socket that closed meanwhile needs no frame.
                socket.out.send(frame()).unwrap_or_default();
            }
            if detach {
                session.socket = None;
            }
        }
    }
}
