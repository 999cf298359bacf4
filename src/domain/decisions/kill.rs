//! The kill switch by its name, and orders to stop everything.

use super::judge::Work;
use super::orders::{Deed, Order};
use super::phrase::{any_at, ends_at, first};

/// The kill switch by its names.
const KILL: &[&str] = &[
    "kill switch|swich",
    "killswitch",
    "arret|bouton d urgence",
    "emergency|panic stop|button|shutdown",
    "coupe circuit",
    "bouton rouge",
    "red button",
    "urgence arrete|stop",
];

/// What lets go of it, just before its name.
const LETS_GO: &[&str] = &[
    "desactive|desactives|desactivez|desactiver|disable|disabling|deactivate|leve|levez|lever|lift|lifting|release|relache|relachez|relacher|disengage le|l|the|ce|cet|this|notre|our?",
    "enleve|enlevez|enlever|retire|retirez|retirer|annule|annulez|annuler|coupe|coupez|couper|arrete|arretez|arreter|stop|cancel|end|remove|undo le|l|the|ce|cet|this|notre|our",
    "turn|switch off the|this|our?",
];

impl Work<'_> {
    /// Whether all that it orders is to stop everything: "stop everything without asking" asks for no approval.
    pub(super) fn stops_all(&self) -> bool {
        let all = |order: &Order| any_at(&self.s.tokens, order.span.1, &["it? tout|everything"]).is_some();
        !self.orders.is_empty() && self.orders.iter().all(|order| order.deed == Deed::Stop && all(order))
    }

    /// Whether it orders that the kill switch be let go of: "turn the kill switch off" is no stop.
    pub(super) fn lets_go(&self) -> bool {
        let tokens = &self.s.tokens;
        let Some((from, to)) = first(tokens, KILL) else { return false };
        let off = any_at(tokens, to, &["off"]).is_some() && !self.s.has(&["is|was|s kill|the|killswitch"]);
        (off || ends_at(tokens, from, LETS_GO).is_some()) && (!self.s.asks() || !self.orders.is_empty())
    }

    /// Whether it speaks of the kill switch in a way that pulls it: with whether it only says how it stands.
    pub(super) fn kills(&self) -> Option<bool> {
        let (from, to) = first(&self.s.tokens, KILL).filter(|_| !self.s.asks())?;
        // "the kill switch is off" says how it stands; "kill" in it is no order of its own.
        let stands = any_at(&self.s.tokens, to, &["is|was|isn+t|est|etait"]).is_some()
            && self.orders.iter().all(|order| (from..to).contains(&order.span.0));
        (stands || self.s.tokens.len() <= 8).then_some(stands)
    }
}
