//! What a guild sells and what its members bought and hold.
//!
//! `catalogue` is what is sold; `orders` are bought and settled, `subscriptions` and `invoices` follow the provider's and `changes` are what
//! members ask of theirs where nothing `holds` it, `entitlements` are what both give and `grants` what staff give, `lapse` acts on their ends, `unwind` undoes what rests on money that isn't here and `reclaims` sets its credit back, `roles` follow what is held; `kinds`
//! are the closed lists, `turn` has one wait for another. What is true about money is `payments`'; what is told is `notifications`'; words are the caller's.
//! Every change to what a member holds acts as the *payments* duty; members only read.

pub mod catalogue;
pub mod changes;
pub mod customers;
pub mod endings;
pub mod entitlements;
pub mod grants;
pub mod holds;
pub mod invoices;
mod kinds;
pub mod lapse;
pub mod mrr;
pub mod orders;
pub mod reclaims;
pub mod roles;
mod rules;
pub mod subscriptions;
mod trials;
mod turn;
mod unwind;

pub use catalogue::reading::current_plan;
pub use kinds::{CatalogueDeed, Mode, OrderState, Period, ProductKind, Source, SubscriptionState, Support, Trouble};
pub use rules::ShopRules;
