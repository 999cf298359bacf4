//! Tickets as staff see them at a desk, many at once: lists in several orders, counts, one with pages of its messages, what was done.
//!
//! All of it acts as staff. Nothing changes, except that the audit says who read what. Changes are `service`'s.

mod counts;
mod list;
mod overview;
mod thread;
mod wanted;

pub use counts::{Counts, counts};
pub use list::{Listed, Slice, list};
pub use overview::{Day, Overview, overview};
pub use thread::{
    Deed as Done, Letter, Looks, Posting, Told, answered_meanwhile, done, hold, letter, letters, look, looks,
    staff_seen,
};
pub use wanted::{Due, Order, Place, Sort, Standing, Wanted};
