//! A customer's credit as it stands, and what moved it.

use super::Metadata;
use crate::domain::payments::Refused;
use crate::kernel::{Currency, GuildId};
use serde::Deserialize;

/// The fields of a customer that say what stands to his credit.
#[derive(Deserialize)]
pub(in crate::stripe) struct Balance {
    balance: Option<i64>,
    currency: Option<String>,
    #[serde(default)]
    deleted: bool,
}

impl Balance {
    /// What stands to his credit in a currency; what is in another one is none of it.
    ///
    /// # Errors
    /// [`Refused::Missing`] for a customer that was deleted.
    pub(in crate::stripe) fn credit(self, currency: Currency) -> Result<i64, Refused> {
        if self.deleted {
            return Err(Refused::Missing);
        }
        let ours = self.currency.is_none_or(|code| code == currency.code());
        Ok(if ours { self.balance.unwrap_or(0).saturating_neg() } else { 0 })
    }
}

/// The fields of a change of a credit.
#[derive(Deserialize)]
pub(in crate::stripe) struct Moved {
    #[serde(default)]
    metadata: Metadata,
}

impl Moved {
    /// The guild and our own number of what made it.
    pub(in crate::stripe) fn reclaim(&self) -> Option<(GuildId, i64)> {
        Some((self.metadata.guild()?, self.metadata.get("reclaim")?.parse().ok()?))
    }
}
