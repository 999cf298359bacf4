//! Stripe's webhook over a real socket: what is believed, what is refused, and that nothing is taken before it is kept.

mod deliveries;
mod endpoint;
mod forgeries;
mod outage;
