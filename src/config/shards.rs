//! Which shards of the gateway this process runs.
//!
//! Grammar: `all`, or `first-last/total` with `first <= last < total`; `3/16` is short for `3-3/16`.

use std::{fmt, str::FromStr};

/// The shards that this process runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shards {
    /// As many as Discord recommends, all of them here.
    All,
    /// A fixed part of a fixed number.
    Part(ShardPlan),
}

/// A checked range of shards: `first <= last < total`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShardPlan {
    first: u32,
    last: u32,
    total: u32,
}

impl ShardPlan {
    /// Makes a plan, or nothing when the numbers don't fit together.
    pub fn new(first: u32, last: u32, total: u32) -> Option<Self> {
        (first <= last && last < total).then_some(Self { first, last, total })
    }

    /// The lowest shard of this process.
    pub fn first(self) -> u32 {
        self.first
    }

    /// The highest shard of this process, included.
    pub fn last(self) -> u32 {
        self.last
    }

    /// The number of shards over all processes.
    pub fn total(self) -> u32 {
        self.total
    }
}

/// The text is not a shard plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Write `all` or `first-last/total` with first <= last < total, such as `0-7/16`")]
pub struct NotAShardPlan;

impl Shards {
    /// Whether these are all there are, so that no other process hears of a guild.
    pub const fn is_whole(self) -> bool {
        match self {
            Self::All => true,
            Self::Part(plan) => plan.first == 0 && plan.last + 1 == plan.total,
        }
    }
}

impl FromStr for Shards {
    type Err = NotAShardPlan;

    fn from_str(text: &str) -> Result<Self, NotAShardPlan> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("all") {
            return Ok(Self::All);
        }
        let (range, total) = text.split_once('/').ok_or(NotAShardPlan)?;
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let number = |text: &str| text.trim().parse::<u32>().map_err(|_| NotAShardPlan);
        ShardPlan::new(number(first)?, number(last)?, number(total)?).map(Self::Part).ok_or(NotAShardPlan)
    }
}

impl fmt::Display for Shards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Part(plan) => write!(f, "{}-{}/{}", plan.first, plan.last, plan.total),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_read_and_checked() {
        let part = |first, last, total| Ok(Shards::Part(ShardPlan { first, last, total }));
        for (text, expected) in [
            ("all", Ok(Shards::All)),
            (" ALL ", Ok(Shards::All)),
            ("0-7/16", part(0, 7, 16)),
            ("15/16", part(15, 15, 16)),
            ("0-0/1", part(0, 0, 1)),
            ("", Err(NotAShardPlan)),
            ("16", Err(NotAShardPlan)),
            ("7-0/16", Err(NotAShardPlan)),
            ("0-16/16", Err(NotAShardPlan)),
            ("0-0/0", Err(NotAShardPlan)),
            ("-1-3/16", Err(NotAShardPlan)),
            ("0-7/16/2", Err(NotAShardPlan)),
            ("0-99999999999/2", Err(NotAShardPlan)),
        ] {
            assert_eq!(text.parse::<Shards>(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_plan_prints_as_it_is_written() {
        for text in ["all", "0-7/16", "3-3/16"] {
            assert_eq!(text.parse::<Shards>().unwrap().to_string(), text);
        }
    }
}
