//! The gateway to Stripe against a stub that answers what a test tells it: what is sent, and what each answer means.

mod changes;
mod outcomes;
mod requests;
mod stub;
mod views;
