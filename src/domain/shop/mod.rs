//! What a guild sells and what its members bought and hold.
//!
//! `kinds` are the closed lists, `rules` what an installation decides. What is true about money is `payments`'; what is told
//! is `notifications`'; words are the caller's. Every change to what a member holds acts as the *payments* duty; members
//! only read.

mod kinds;
mod rules;

pub use kinds::{Mode, OrderState, Period, ProductKind, Source, SubscriptionState, Trouble};
pub use rules::ShopRules;
