//! The routes of the shop: catalogue, orders, members.

use super::table::Row;

/// They.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
];
