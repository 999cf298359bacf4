//! The handlers of Stripe's API, a file for each family of objects.

pub(crate) mod catalogue;
pub(crate) mod coupons;
pub(crate) mod credit;
pub(crate) mod customers;
pub(crate) mod events;
pub(crate) mod invoices;
pub(crate) mod money;
pub(crate) mod portal;
pub(crate) mod refunds;
pub(crate) mod sessions;
pub(crate) mod subscriptions;
