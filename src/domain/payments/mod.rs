//! The payment provider as the program sees it: what is asked of it, the queue of questions, the ledger.
//!
//! What is true about money stands at the provider. Its events and every other reason only put a *task* into the queue; a
//! worker asks for the present state and hands it to `shop`, which makes the program's rows agree with it. So it does not
//! matter how often, in which order or whether events come. What an order is and does is `shop`'s.

mod events;
mod gateway;
pub mod keys;
pub mod ledger;
pub mod marks;
pub mod sums;
pub mod tasks;
mod views;

pub use events::{Received, heard_at, receive};
pub use gateway::{
    Change, CheckoutMode, CreditMove, CustomerId, Discount, Gateway, NewCheckout, NewCustomer, NewRefund, Refused,
    Unwired,
};
pub use views::{
    DisputeFee, DisputeState, EventPage, EventRef, InvoiceView, Listed, Listing, Payment, PaymentStatus, RefundState,
    RefundView, SessionStatus, SessionView, SubscriptionView,
};
