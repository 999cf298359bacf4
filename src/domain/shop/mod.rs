//! What a guild sells and what its members bought and hold.
//!
//! `orders` are bought and settled, `subscriptions` follow the provider's, `changes` are what members ask of theirs, `entitlements` are what both give, `grants` what staff give; `kinds` are the
//! closed lists. What is true about money is `payments`'; what is told is `notifications`'; words are the caller's. Every
//! change to what a member holds acts as the *payments* duty; members only read.

pub mod changes;
pub mod customers;
pub mod entitlements;
pub mod grants;
mod kinds;
pub mod orders;
mod rules;
pub mod subscriptions;

pub use kinds::{Mode, OrderState, Period, ProductKind, Source, SubscriptionState, Trouble};
pub use rules::ShopRules;
