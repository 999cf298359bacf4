//! The commands of buying: orders, checkouts, subscriptions, refunds, and why a member holds what he holds.

pub mod checkout;
