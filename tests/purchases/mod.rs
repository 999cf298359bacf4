//! Buying by commands: what is said, what is done, and what is refused; the provider is in memory.

mod after;
mod bad_input;
mod changes;
mod choosing;
mod faults;
mod flows;
mod gifts;
mod held;
mod mended;
mod trials;
mod unpaid;
mod withdrawal;
pub mod world;
