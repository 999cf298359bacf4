//! The pages beside tickets that are served, and who may open which.

use crate::kernel::Rank;

/// Each page's name, and the least rank that may open it.
const PLACES: &[(&str, Rank)] = &[
    ("orders", Rank::Support),
    ("members", Rank::Support),
    ("shop", Rank::Operator),
    ("promotions", Rank::Operator),
    ("giveaways", Rank::Support),
    ("decisions", Rank::Operator),
    ("settings", Rank::Operator),
    ("privacy", Rank::Operator),
    ("audit", Rank::Operator),
];

/// The pages that somebody of that rank may open.
pub(super) fn of(rank: Rank) -> Vec<&'static str> {
    PLACES.iter().filter(|(_, least)| rank >= *least).map(|(name, _)| *name).collect()
}
