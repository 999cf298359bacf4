//! Pure values that every floor may use: ids, actor, error, clock, locale, money, words, replies.
//!
//! Nothing here reads a file, a clock of its own, a socket or the database.

pub mod actor;
pub mod balance;
pub mod clock;
pub mod error;
pub mod ids;
pub mod link;
pub mod locale;
pub mod money;
mod percent;
pub mod reply;
pub mod text;
pub mod until;
mod week;
pub mod words;

pub use actor::{Actor, Rank, System};
pub use balance::Balance;
pub use clock::Clock;
pub use error::{Error, Result};
pub use ids::{ChannelId, GuildId, MessageId, RoleId, UserId};
pub use link::Link;
pub use locale::Locale;
pub use money::{Currency, Money};
pub use percent::Percent;
pub use week::WeekTime;
