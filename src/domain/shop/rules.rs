//! The rules of a shop that the settings decide.

use jiff::SignedDuration;

/// Rules of the shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopRules {
    /// How long access goes on when a renewal is late or fails.
    pub grace: SignedDuration,
    /// How long a checkout can be paid; at least 30 minutes (Stripe).
    pub checkout: SignedDuration,
    /// Where the provider's page leads when it is done.
    pub return_url: String,
    /// The largest refund that support staff may give, in minor units; operators have no such limit.
    pub refund_cap_minor: i64,
}

impl Default for ShopRules {
    fn default() -> Self {
        Self {
            grace: SignedDuration::from_hours(72),
            checkout: SignedDuration::from_mins(60),
            return_url: "https://discord.com/channels/@me".to_owned(),
            refund_cap_minor: 5_000,
        }
    }
}
