//! What a guild sells and what its members bought and hold.
//!
//! `kinds` are the closed lists, `catalogue` is what is sold. What is true about money is `payments`'; what is told is `notifications`'; words are the
//! caller's. Every change to what a member holds acts as the *payments* duty; members only read.

pub mod catalogue;
mod kinds;

pub use catalogue::reading::current_plan;
pub use kinds::{CatalogueDeed, Mode, OrderState, Period, ProductKind, Source, SubscriptionState, Support, Trouble};
