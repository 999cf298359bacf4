//! One gateway connection: hello, heartbeats, identify or resume, and the events of its session.

use std::time::{Duration, Instant};

use actix_web::web::{Data, Payload, Query};
use actix_web::{HttpRequest, HttpResponse};
use actix_ws::{AggregatedMessage, CloseCode, CloseReason};
use futures_util::StreamExt;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::identify::INVALID;
use super::session::Socket;
use super::wire::{Deflater, Frame};
use crate::sandbox::Shared;
use crate::sandbox::json::number;

/// The heartbeat a bot is asked for.
const HEARTBEAT_MS: u64 = 41_250;
/// Largest message a bot may send (Discord's limit).
const LARGEST: usize = 4096;

/// Messages a bot may send in a minute (Discord's limit).
const PER_MINUTE: u32 = 120;

/// What a bot asks for in the address.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    v: Option<String>,
    encoding: Option<String>,
    compress: Option<String>,
}

/// Takes a new connection.
pub(crate) async fn connect(
    request: HttpRequest,
    wanted: Query<Wanted>,
    body: Payload,
    shared: Data<Shared>,
) -> actix_web::Result<HttpResponse> {
    let (response, session, stream) = actix_ws::handle(&request, body)?;
    let stream = stream.max_frame_size(1 << 20).aggregate_continuations();
    let (out, frames) = unbounded_channel();
    let connection = Connection {
        shared,
        number: 0,
        out,
        session: Some(session),
        deflater: (wanted.compress.as_deref() == Some("zlib-stream")).then(Deflater::new),
        known: false,
        heard: 0,
        window: Instant::now(),
    };
    let usable = wanted.v.as_deref().is_none_or(|v| v == "10")
        && wanted.encoding.as_deref().is_none_or(|e| e == "json")
        && wanted.compress.as_deref().is_none_or(|c| c == "zlib-stream");
    actix_web::rt::spawn(connection.run(stream, frames, usable));
    Ok(response)
}

struct Connection {
    shared: Data<Shared>,
    number: u64,
    out: UnboundedSender<Frame>,
    session: Option<actix_ws::Session>,
    deflater: Option<Deflater>,
    /// Identified or resumed.
    known: bool,
    /// Messages heard in the running minute.
    heard: u32,
    window: Instant,
}

/// How a connection ended, seen from its session.
enum End {
    /// The session may be resumed.
    Resumable,
    /// The bot closed with 1000 or 1001: the session is over.
    Over,
}

impl Connection {
    async fn run(
        mut self,
        mut stream: actix_ws::AggregatedMessageStream,
        mut frames: UnboundedReceiver<Frame>,
        usable: bool,
    ) {
        let refuse = self.shared.with(|state| {
            state.sessions.sockets += 1;
            self.number = state.sessions.sockets;
            state.sessions.close_at_once
        });
        if refuse || !usable {
            self.close(if usable { 4000 } else { 4012 }, "").await;
            return;
        }
        let hello = json!({"t": null, "s": null, "op": 10, "d": {"heartbeat_interval": HEARTBEAT_MS, "_trace": ["[\"sandbox\",{}]"]}});
        if self.send(hello.to_string()).await.is_err() {
            return;
        }
        let patience = Duration::from_millis(HEARTBEAT_MS * 3 / 2);
        let mut deadline = tokio::time::Instant::now() + patience;
        let end = loop {
            tokio::select! {
                Some(frame) = frames.recv() => {
                    if let Some(end) = self.forward(frame).await {
                        break end;
                    }
                }
                incoming = stream.next() => match incoming {
                    Some(Ok(AggregatedMessage::Text(text))) => {
                        deadline = tokio::time::Instant::now() + patience;
                        self.hear(&text);
                    }
                    Some(Ok(AggregatedMessage::Ping(bytes))) => {
                        if let Some(session) = &mut self.session {
                            // A socket that is gone is noticed on the next read.
                            session.pong(&bytes).await.unwrap_or_default();
                        }
                    }
                    Some(Ok(AggregatedMessage::Close(reason))) => break self.closed(reason).await,
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => break End::Resumable,
                },
                () = tokio::time::sleep_until(deadline) => {
                    self.close(4009, "Session timed out.").await;
                    break End::Resumable;
                }
            }
        };
        let number = self.number;
        self.shared.with(|state| {
            state.sessions.leave(number, matches!(end, End::Over));
            state.tell_world();
        });
    }

    async fn forward(&mut self, frame: Frame) -> Option<End> {
        match frame {
            Frame::Text(text) => self.send(text).await.err().map(|()| End::Resumable),
            Frame::Close(code, reason) => {
                self.close(code, reason).await;
                Some(End::Resumable)
            }
            Frame::Drop => {
                self.session = None;
                Some(End::Resumable)
            }
        }
    }

    async fn closed(&mut self, reason: Option<CloseReason>) -> End {
        let code = reason.as_ref().map(|r| u16::from(r.code));
        if let Some(session) = self.session.take() {
            // The other side is leaving; whether our echo arrives is of no matter.
            session.close(reason).await.unwrap_or_default();
        }
        if matches!(code, Some(1000 | 1001)) { End::Over } else { End::Resumable }
    }

    async fn close(&mut self, code: u16, reason: &'static str) {
        if let Some(session) = self.session.take() {
            let reason = CloseReason { code: CloseCode::from(code), description: Some(reason.to_owned()) };
            // A connection that broke before needs no close.
            session.close(Some(reason)).await.unwrap_or_default();
        }
    }

    async fn send(&mut self, text: String) -> Result<(), ()> {
        let session = self.session.as_mut().ok_or(())?;
        let sent = match &mut self.deflater {
            Some(deflater) => session.binary(deflater.pack(&text)).await,
            None => session.text(text).await,
        };
        sent.map_err(|_| ())
    }

    /// Queues a frame to this very connection.
    fn reply(&self, frame: Frame) {
        // The receiver lives as long as this connection.
        self.out.send(frame).unwrap_or_default();
    }

    fn hear(&mut self, text: &str) {
        let minute = Duration::from_secs(60);
        if self.window.elapsed() > minute {
            (self.window, self.heard) = (Instant::now(), 0);
        }
        self.heard += 1;
        if self.heard > PER_MINUTE {
            return self.reply(Frame::Close(4008, "Rate limited."));
        }
        if text.len() > LARGEST {
            return self.reply(Frame::Close(4002, "Error while decoding payload."));
        }
        let Ok(payload) = serde_json::from_str::<Value>(text) else {
            return self.reply(Frame::Close(4002, "Error while decoding payload."));
        };
        let data = payload.get("d").unwrap_or(&Value::Null);
        let socket = Socket { number: self.number, out: self.out.clone() };
        match number(&payload, "op") {
            Some(1) => self.reply(Frame::Text(r#"{"t":null,"s":null,"op":11,"d":null}"#.to_owned())),
            Some(2 | 6) if self.known => self.reply(Frame::Close(4005, "Already authenticated.")),
            Some(2) => match self.shared.with(|state| state.identify(data, socket)) {
                Ok(()) => self.known = true,
                Err(refusal) => self.reply(refusal),
            },
            Some(6) => {
                self.known = self.shared.with(|state| state.resume(data, socket));
                if !self.known {
                    self.reply(Frame::Text(INVALID.to_owned()));
                }
            }
            Some(_) if !self.known => self.reply(Frame::Close(4003, "Not authenticated.")),
            Some(8) => self.members(data),
            Some(3 | 4) => {}
            _ => self.reply(Frame::Close(4001, "Unknown opcode.")),
        }
    }

    fn members(&self, data: &Value) {
        self.shared.with(|state| {
            let Some(app) = state.sessions.on_socket(self.number).map(|session| session.app) else { return };
            for chunk in state.member_chunks(app, data).unwrap_or_default() {
                if let Some(session) = state.sessions.on_socket(self.number) {
                    session.push("GUILD_MEMBERS_CHUNK", &chunk.to_string().into(), false);
                }
            }
        });
    }
}
