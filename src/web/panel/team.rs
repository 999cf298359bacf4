//! The routes of promotions, giveaways, decisions, settings and the audit.

use super::table::Row;

/// They.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
];
