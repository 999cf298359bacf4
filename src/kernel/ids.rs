//! Ids that Discord gives, as types that can't be confused with one another.
//!
//! A snowflake is an unsigned 64-bit number with the top bit clear (Discord, "Reference: Snowflakes"), kept in
//! PostgreSQL as BIGINT; so every id here fits both.

use std::fmt;
use std::str::FromStr;

/// Text that is no Discord id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a Discord id")]
pub struct NotAnId;

macro_rules! snowflake {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(i64);

        impl $name {
            /// Takes a number that Discord sent; refuses 0 and numbers of 2^63 and more.
            pub fn new(raw: u64) -> Option<Self> {
                i64::try_from(raw).ok().filter(|id| *id > 0).map(Self)
            }

            /// The id as PostgreSQL keeps it.
            pub const fn as_i64(self) -> i64 {
                self.0
            }

            /// The id as Discord writes it.
            pub const fn get(self) -> u64 {
                self.0.unsigned_abs()
            }
        }

        impl TryFrom<i64> for $name {
            type Error = NotAnId;

            fn try_from(raw: i64) -> Result<Self, NotAnId> {
                if raw > 0 { Ok(Self(raw)) } else { Err(NotAnId) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;

            fn try_from(text: String) -> Result<Self, NotAnId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                text.parse::<u64>().ok().and_then(Self::new).ok_or(NotAnId)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

snowflake!(
    /// A Discord server.
    GuildId
);
snowflake!(
    /// A Discord account.
    UserId
);
snowflake!(
    /// A channel, a thread or a direct-message channel.
    ChannelId
);
snowflake!(
    /// A message.
    MessageId
);
snowflake!(
    /// A role of a server.
    RoleId
);

impl UserId {
    /// The least pseudonym: no id of Discord's is as high before 2083.
    pub const LEAST_PSEUDONYM: i64 = 9_000_000_000_000_000_000;

    /// Whether it is a pseudonym of somebody who was erased, and no id of Discord's.
    pub const fn is_pseudonym(self) -> bool {
        self.0 >= Self::LEAST_PSEUDONYM
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_refuse_zero_negatives_and_the_top_bit() {
        assert_eq!(GuildId::new(0), None);
        assert_eq!(GuildId::new(1 << 63), None);
        assert!("-1".parse::<UserId>().is_err());
        assert!("９".parse::<UserId>().is_err());
        assert_eq!(UserId::new(42).map(UserId::get), Some(42));
    }
}
