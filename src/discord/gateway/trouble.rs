//! A gateway that can't be reached, told to whoever runs the program: not each dial, and never an address, which may hold a
//! password.

use std::error::Error;
use std::fmt;
use std::time::{Duration, Instant};
use twilight_gateway::ShardId;
use twilight_gateway::error::ReceiveMessageError;

/// How many dials in a row bring no session before it is told: fewer pass by themselves.
const PATIENCE: u32 = 3;
/// How often it is told at most.
const EVERY: Duration = Duration::from_secs(60);

/// Why a connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// There was none, or it broke; what the system says, where it says something.
    Broken(Option<std::io::ErrorKind>),
    /// Nothing was said after the dial.
    Silent,
    /// What was said could not be read.
    Unreadable,
    /// No session stood in time.
    Late,
    /// The server ended it, with this code.
    Closed(Option<u16>),
    /// The server refused the session.
    Refused,
}

impl Why {
    /// The kind of a failure, without the address that its text may hold.
    pub(super) fn of(error: &ReceiveMessageError) -> Self {
        let mut source = error.source();
        while let Some(cause) = source {
            if let Some(io) = cause.downcast_ref::<std::io::Error>() {
                return Self::Broken(Some(io.kind()));
            }
            source = cause.source();
        }
        Self::Broken(None)
    }

    const fn remedy(self) -> &'static str {
        match self {
            Self::Broken(_) | Self::Silent => {
                "check the network, the resolver, any firewall or proxy in between, and DISCORD_GATEWAY_URL"
            }
            Self::Unreadable => {
                "something else than Discord's gateway answers: check DISCORD_GATEWAY_URL and any proxy"
            }
            Self::Late | Self::Closed(_) | Self::Refused => {
                "if it lasts, look at discordstatus.com, at SHARDS, and whether the bot runs twice"
            }
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(Some(kind)) => write!(f, "no connection: {kind}"),
            Self::Broken(None) => f.write_str("no connection"),
            Self::Silent => f.write_str("the server says nothing"),
            Self::Unreadable => f.write_str("the server says what can't be read"),
            Self::Late => f.write_str("no session stood in time"),
            Self::Closed(Some(code)) => write!(f, "the server closed with code {code}"),
            Self::Closed(None) => f.write_str("the server closed"),
            Self::Refused => f.write_str("the server refused the session"),
        }
    }
}

/// What went wrong in a row.
#[derive(Debug, Default)]
pub(super) struct Trouble {
    dials: u32,
    told: Option<Instant>,
}

impl Trouble {
    /// Takes in how a connection ended, and tells of it where that is worth knowing.
    pub(super) fn after(&mut self, shard: ShardId, stood: bool, why: Why) {
        if self.is_told(stood, Instant::now()) {
            let (dials, remedy) = (self.dials, why.remedy());
            tracing::warn!(%shard, dials, cause = %why, remedy, "the gateway can't be reached; it is dialled again and again");
        }
    }

    fn is_told(&mut self, stood: bool, now: Instant) -> bool {
        self.dials = if stood { 0 } else { self.dials.saturating_add(1) };
        let told_lately = self.told.is_some_and(|at| now.duration_since(at) < EVERY);
        let tells = self.dials >= PATIENCE && !told_lately;
        if tells {
            self.told = Some(now);
        }
        tells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_after_three_dials_in_a_row_and_once_a_minute() {
        let (mut trouble, start) = (Trouble::default(), Instant::now());
        let after = |s: u64| start + Duration::from_secs(s);
        let told: Vec<bool> = [1, 2, 3, 5, 62, 64].into_iter().map(|s| trouble.is_told(false, after(s))).collect();
        assert_eq!(told, [false, false, true, false, false, true]);
        assert!(!trouble.is_told(true, after(200)), "it stood");
        assert!(!trouble.is_told(false, after(201)));
    }

    #[test]
    fn a_cause_names_no_address() {
        let kind = std::io::ErrorKind::ConnectionRefused;
        assert_eq!(Why::Broken(Some(kind)).to_string(), "no connection: connection refused");
    }
}
