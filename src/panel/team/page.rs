//! Which part of a list is asked for.

use crate::kernel::error::Problem;
use crate::kernel::{Error, Money, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Rows on a page where nobody says how many, and the most.
const USUAL: i64 = 50;
const MOST: i64 = 100;

/// What stands behind every list's address. An empty value means that it isn't asked for.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Paged {
    /// How many.
    pub limit: String,
    /// Where the page begins, as the page before it said.
    pub cursor: String,
}

pub(super) const fn wrong(option: &'static str, problem: Problem) -> Error {
    Error::Argument { option, problem }
}

impl Paged {
    /// How many rows, from 1 to 100.
    ///
    /// # Errors
    /// [`Error::Argument`].
    pub(super) fn limit(&self) -> Result<i64> {
        let range = Problem::NotInRange { min: 1, max: MOST };
        match self.limit.as_str() {
            "" => Ok(USUAL),
            text => text.parse().ok().filter(|n| (1..=MOST).contains(n)).ok_or_else(|| wrong("limit", range)),
        }
    }

    /// The number below which the page begins.
    ///
    /// # Errors
    /// [`Error::Argument`].
    pub(super) fn below(&self) -> Result<i64> {
        match self.cursor.as_str() {
            "" => Ok(i64::MAX),
            text => text.parse().ok().filter(|n| *n > 0).ok_or_else(|| wrong("cursor", Problem::Unknown)),
        }
    }
}

/// Keeps at most `limit` of the rows that were read, one more than that, and tells where the next page begins.
pub(super) fn cut<T>(rows: &mut Vec<T>, limit: i64, number: impl Fn(&T) -> i64) -> Option<String> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    if rows.len() <= limit {
        return None;
    }
    rows.truncate(limit);
    rows.last().map(|last| number(last).to_string())
}

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PanelSum)]
pub struct Sum {
    /// In the smallest unit of its currency.
    pub minor: i64,
    /// The currency's code in small letters.
    pub currency: String,
}

impl Sum {
    pub(super) fn of(money: Money) -> Self {
        Self { minor: money.minor(), currency: money.currency().code().to_owned() }
    }
}
