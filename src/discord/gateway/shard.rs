//! The life of one shard: dial, hear, keep its session, wait, dial again; until shutdown or a close that is final.
//!
//! Each connection gets a `Shard` of its own that is dropped at the first disconnect, with its session carried over: left
//! alone, the library dials again by itself and without pause.

use super::backoff::Backoff;
use super::behind::Behind;
use super::ear::{Ear, Heard};
use super::frame::{self, Said, Written};
use super::seat::{Handling, Seat, State};
use super::trouble::{Trouble, Why};
use super::{Fatal, Intake, Told};
use crate::discord::Discord;
use crate::discord::rights::Change;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;
use twilight_gateway::error::ReceiveMessageErrorType;
use twilight_gateway::queue::InMemoryQueue;
use twilight_gateway::{CloseFrame, ConfigBuilder, Intents, Message, Session, Shard, ShardState};
use twilight_model::gateway::CloseCode;

/// How often the session is written when it moved.
const SAVE_EVERY: Duration = Duration::from_secs(1);
/// How long a server may stay silent after we dialled.
const FIRST_FRAME: Duration = Duration::from_secs(20);
/// How long it may take until a session stands, beside waiting for a turn to begin it.
const READY: Duration = Duration::from_secs(120);
/// How far apart sessions may begin (Discord, "Gateway: Rate Limiting").
const TURN: Duration = Duration::from_secs(5);
/// How long the server may take to answer our close.
const CLOSE: Duration = Duration::from_secs(1);

/// One shard and what it needs.
pub(super) struct Life {
    pub(super) discord: Arc<Discord>,
    pub(super) seat: Arc<Seat>,
    pub(super) intake: Arc<dyn Intake>,
    pub(super) queue: InMemoryQueue,
    /// Where to dial without a session's own address.
    pub(super) base: String,
    pub(super) shutdown: CancellationToken,
}

/// How a connection ended.
enum End {
    Shutdown,
    /// It broke or was closed; the session, if any, may be resumed.
    Broken(Why),
    /// The session was refused.
    Refused,
    /// The server closed with a code that forbids coming back as we came.
    Final(CloseCode),
}

impl Life {
    /// Lives until shutdown.
    ///
    /// # Errors
    /// [`Fatal`] when Discord closed for good.
    pub(super) async fn live(self) -> Result<(), Fatal> {
        let mut backoff = Backoff::default();
        let mut trouble = Trouble::default();
        let mut session = self.seat.kept(self.discord.privileged().intents());
        loop {
            let intents = self.discord.privileged().intents();
            let mut shard = self.shard(session.take(), intents);
            self.discord.counters().dials.add();
            self.seat.set(State::Connecting);
            let dialled = Instant::now();
            let end = self.hear(&mut shard, intents).await;
            session = shard.session().cloned().map(|session| (session, shard.resume_url().map(str::to_owned)));
            // Dropping ends the connection; without a close frame Discord keeps the session.
            drop(shard);
            let stood = self.seat.look().0 == State::Ready;
            match &end {
                End::Broken(why) => trouble.after(self.seat.id, stood, *why),
                End::Refused => trouble.after(self.seat.id, stood, Why::Refused),
                End::Shutdown | End::Final(_) => {}
            }
            let wait = match end {
                End::Shutdown => {
                    self.seat.set(State::Stopped);
                    return Ok(());
                }
                End::Broken(_) => backoff.after(dialled.elapsed()),
                End::Refused => backoff.after_refused_session(dialled.elapsed()),
                End::Final(CloseCode::DisallowedIntents) if self.discord.privileged().give_up(intents) => {
                    session = None;
                    backoff.after(dialled.elapsed())
                }
                End::Final(code) => {
                    self.seat.set(State::Stopped);
                    return Err(Fatal { shard: self.seat.id, code });
                }
            };
            self.discord.counters().disconnects.add();
            self.seat.set(State::Waiting);
            let ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
            tracing::info!(shard = %self.seat.id, wait_ms = ms, "the gateway connection ended; dialling again");
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = self.shutdown.cancelled() => {
                    self.seat.set(State::Stopped);
                    return Ok(());
                }
            }
        }
    }

    fn shard(&self, session: Option<(Session, Option<String>)>, intents: Intents) -> Shard {
        let mut config =
            ConfigBuilder::new(self.discord.token(), intents).queue(self.queue.clone()).proxy_url(self.base.clone());
        if let Some((session, resume_url)) = session {
            config = config.session(session);
            // A gateway that was set is always the one dialled: a proxy's own address stands in front of Discord's.
            if let Some(url) = resume_url.filter(|url| !self.discord.gateway_is_set() && dialable(url)) {
                config = config.resume_url(url);
            }
        }
        Shard::with_config(self.seat.id, config.build())
    }

    /// Hears a connection to its end.
    async fn hear(&self, shard: &mut Shard, intents: Intents) -> End {
        let mut save = tokio::time::interval(SAVE_EVERY);
        save.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let silence = tokio::time::sleep(FIRST_FRAME);
        tokio::pin!(silence);
        let mut silent = true;
        // Every shard of this process may have to wait for its turn to begin a session.
        let turns = u32::try_from(self.discord.seats().len()).unwrap_or(u32::MAX);
        let ready_by = Instant::now() + READY + TURN.saturating_mul(turns);
        let mut behind = self.seat.behind();
        let mut ear = Ear::on(shard);
        loop {
            let heard = tokio::select! {
                biased;
                () = self.shutdown.cancelled() => {
                    leave(&mut ear).await;
                    return End::Shutdown;
                }
                // Before the frames: a stream of them must not keep the session from being written.
                _ = save.tick() => {
                    self.seat.measure(ear.shard.latency());
                    self.seat.save().await;
                    behind = behind.filter(|behind| !behind.is_over());
                    if Instant::now() > ready_by && self.seat.look().0 != State::Ready {
                        return End::Broken(Why::Late);
                    }
                    continue;
                }
                heard = ear.next() => heard,
                () = &mut silence, if silent => return End::Broken(Why::Silent),
            };
            silent = false;
            match heard {
                Heard::Frame(Ok(Message::Close(frame))) => return ended(frame.as_ref().map(|frame| frame.code)),
                Heard::Frame(Ok(Message::Text(text))) => {
                    if self.read(&text, ear.shard, intents, &mut behind) {
                        self.seat.save().await;
                    }
                }
                Heard::Frame(Err(error)) => match error.kind() {
                    ReceiveMessageErrorType::Deserializing { event } => {
                        self.unreadable(event);
                        // Without a session a frame that can't be read may be the one that begins it.
                        if !ear.shard.state().is_identified() {
                            return End::Broken(Why::Unreadable);
                        }
                    }
                    _ => return End::Broken(Why::of(&error)),
                },
                Heard::Nothing => return End::Broken(Why::Closed(None)),
            }
            // The library has taken in a request to reconnect, or that the session is refused: then it let it go.
            if matches!(ear.shard.state(), ShardState::Disconnected { .. }) {
                let asked = End::Broken(Why::Closed(None));
                return if ear.shard.session().is_none() { End::Refused } else { asked };
            }
        }
    }

    /// Acts on a frame; tells whether a session began.
    fn read(&self, text: &str, shard: &Shard, intents: Intents, behind: &mut Option<Behind>) -> bool {
        let Some(envelope) = frame::envelope(text) else { return false };
        self.discord.counters().events.add();
        let mut said = frame::read(&envelope.name, text);
        if let (Ok(Said::Ready(guilds)), Some(session)) = (&mut said, shard.session()) {
            self.discord.counters().identified.add();
            tracing::info!(shard = %self.seat.id, "a gateway session began");
            self.seat.begin(session, shard.resume_url(), intents);
            if let Some(behind) = behind {
                behind.begun(std::mem::take(guilds));
            }
            return true;
        }
        let message = if let Ok(Said::Asked(asked)) = &said { asked.message() } else { None };
        let handling = self.seat.heard(envelope.sequence, message);
        match said {
            Err(_) => self.unreadable(text),
            Ok(Said::Resumed) => {
                self.discord.counters().resumed.add();
                tracing::info!(shard = %self.seat.id, "a gateway session was resumed");
                self.seat.set(State::Ready);
                // All that was missed has been told again.
                *behind = None;
            }
            Ok(Said::Guilds(change)) => self.change(change),
            Ok(Said::Channel(guild)) => self.discord.changed(guild),
            Ok(Said::Member(told)) => {
                // What the bot itself sees may have changed.
                if let Told::Member { guild, user, .. } = &told
                    && *user == self.discord.user()
                {
                    self.discord.changed(*guild);
                }
                self.intake.hear(told);
            }
            Ok(Said::Guild(change, written)) => {
                self.change(change);
                self.look_into(written, handling, behind);
            }
            Ok(Said::Passed(message)) => self.seat.passed(message),
            Ok(Said::Asked(asked)) => self.intake.clone().take(asked, handling),
            Ok(Said::Ready(_) | Said::Other) => {}
        }
        false
    }

    /// Takes in what was told of a guild and its roles.
    fn change(&self, change: Change) {
        self.discord.changed(change.guild());
        if let Some(told) = change.told() {
            self.intake.hear(told);
        }
        self.discord.rights().hear(change);
    }

    /// Has what was missed in a guild looked for; where nothing can have been, its newest messages count as heard.
    fn look_into(&self, written: Written, handling: Handling, behind: &mut Option<Behind>) {
        let Some(waiting) = behind else {
            written.newest.iter().for_each(|(_, newest)| self.seat.passed(*newest));
            return;
        };
        if let Some(missed) = waiting.came(written) {
            self.intake.clone().catch_up(missed, handling);
        }
        if waiting.is_over() {
            *behind = None;
        }
    }

    /// Counts a frame that can't be read; its content stays out of the log.
    fn unreadable(&self, text: &str) {
        self.discord.counters().unparsed.add();
        let envelope = frame::envelope(text);
        let event = envelope.as_ref().map_or("unknown", |envelope| &*envelope.name);
        // The name is text from outside, too.
        let event: String = event.chars().filter(|c| c.is_ascii_uppercase() || *c == '_').take(40).collect();
        tracing::warn!(shard = %self.seat.id, event, bytes = text.len(), "a gateway frame could not be read and is skipped");
    }
}

/// Closes so that the session can be resumed, and waits a moment for the server's answer.
async fn leave(ear: &mut Ear<'_>) {
    ear.shard.close(CloseFrame::RESUME);
    let closed = async { while let Heard::Frame(Ok(Message::Text(_))) = ear.next().await {} };
    // Past the time-out the connection is simply dropped.
    tokio::time::timeout(CLOSE, closed).await.unwrap_or_default();
}

fn ended(code: Option<u16>) -> End {
    match code.map(CloseCode::try_from) {
        Some(Ok(code)) if !code.can_reconnect() => End::Final(code),
        _ => End::Broken(Why::Closed(code)),
    }
}

/// Whether the library can dial an address without fault.
fn dialable(url: &str) -> bool {
    let plain = url.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b));
    plain && url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "ws" | "wss") && url.has_host())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sound_websocket_addresses_are_dialled() {
        assert!(dialable("wss://gateway-us-east1-b.discord.gg"));
        assert!(dialable("ws://127.0.0.1:9/gateway"));
        for bad in ["", "https://discord.com", "wss://", "ws://a b", "ws://é", "wss://a\"b"] {
            assert!(!dialable(bad), "{bad:?}");
        }
    }

    #[test]
    fn closes_that_forbid_coming_back_are_final() {
        assert!(matches!(ended(Some(4004)), End::Final(CloseCode::AuthenticationFailed)));
        assert!(matches!(ended(Some(4014)), End::Final(CloseCode::DisallowedIntents)));
        for code in [None, Some(1000), Some(1006), Some(4000), Some(4009), Some(4999)] {
            assert!(matches!(ended(code), End::Broken(Why::Closed(_))), "{code:?}");
        }
    }
}
