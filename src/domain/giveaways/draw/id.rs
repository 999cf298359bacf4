//! Discord ids as a draw's file writes them, and the time that is in them.
//!
//! Any unsigned 64-bit number, in decimal digits without anything else, as text: programs that keep numbers as floats lose none.

use super::digest::Text;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// The first millisecond of 2015, from which snowflakes count (Discord, "Reference: Snowflakes").
const DISCORD_EPOCH_MS: u64 = 1_420_070_400_000;

/// Text that is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id in plain decimal digits")]
pub struct NotAnId;

/// A Discord id: of an account, a guild, a channel or a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u64);

impl Id {
    /// The bot itself, where somebody who did something is named.
    pub const BOT: Self = Self(0);

    /// When Discord made it; in milliseconds since 1970 (Discord, "Reference: Snowflakes").
    pub const fn made_at_ms(self) -> u64 {
        (self.0 >> 22) + DISCORD_EPOCH_MS
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Id {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let plain = text == "0" || text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
        text.parse().ok().filter(|_| plain).map(Self).ok_or(NotAnId)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text::<Self>(std::marker::PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_in_one_way_only() {
        assert_eq!("0".parse(), Ok(Id::BOT));
        assert_eq!("18446744073709551615".parse(), Ok(Id(u64::MAX)));
        for text in ["", "+1", "-1", "01", "00", " 1", "1 ", "1.0", "18446744073709551616", "９"] {
            assert_eq!(text.parse::<Id>(), Err(NotAnId), "{text}");
        }
    }

    #[test]
    fn the_time_in_an_id_is_discords() {
        // The example in Discord's "Reference: Snowflakes".
        assert_eq!(Id(175_928_847_299_117_063).made_at_ms(), 1_462_015_105_796);
    }
}
