//! What decides a plan or stops everything at once: a sentence that says that and nothing else. With a time, a choice or another thing's
//! number beside it, it is asked.

use super::draft::Draft;
use super::judge::Work;
use super::kinds::Reason;
use super::orders::{Deed, Order};
use super::phrase::first;
use super::sentence::Sentence;
use super::token::{Kind, Token};

/// What has numbers of its own and is no plan of ours.
const NO_PLAN: &str = "ticket|tickets|order|orders|commande|commandes|promo|promos|promotion|promotions|giveaway|giveaways|concours|tirage|membre|member|user|utilisateur|panier|cart|version|client|customer|facture|invoice|litige|dispute|code";

/// When a stop is to come, beside it.
const LATER: &[&str] = &[
    "demain|tomorrow|tonight|later|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday|midi|minuit|midnight|noon",
    "ce soir|week",
    "plus tard",
    "a|at|vers|around|about # h|heure|heures|pm|am|o'clock?",
    "dans|in #|un|une|an|a minute|minutes|min|h|heure|heures|hour|hours|jour|jours|day|days",
];
/// What says that it is to come at once, before a time.
const AT_ONCE: &[&str] =
    &["now|maintenant|immediately|immediatement|jusqu|jusque|until|till|til", "de suite", "right away"];

/// What may stand beside an approval or a rejection and its number.
const BESIDE: &str = "\
    le|la|l|the|ce|this|plan|proposition|proposal|numero|number|num|no|nr|n|id|#|°|!|.|,|je|j|i|tu|vous|you|peux|\
    pouvez|pourrais|pourriez|can|could|would|will|il|faut|veux|voudrais|want|to|que|👍|✅|🙏|🚀|👌|💪|stp|svp|please|pls|\
    plz|moi|nous|vite|maintenant|now|just|juste|donc|alors|bon|ok|okay|allez|aussi|also|quickly|directement|\
    immediatement|immediately|urgent|oui|yes|ouais|yep|genial|super|parfait|great|cool|merci|thanks|hey|salut|bonjour|\
    hello|hi|bonsoir|s|te|plait|tout|de|suite|right|away|d|accord|c|est|go|ahead|and|et|perfect|nice|bien|sure|let|us|\
    chef|boss|team|quand|meme";
/// What a reason follows.
const REASONS: &[&str] = &["because|cause|cuz|car|parce|puisque"];

impl Work<'_> {
    /// Doubts an approval or a rejection that says more than that of one plan; whether it does.
    pub(super) fn doubts_decision(&self, draft: &mut Draft) -> bool {
        let decides = |order: &&Order| matches!(order.deed, Deed::Approve | Deed::Reject | Deed::Stop);
        if self.orders.iter().find(decides).is_some_and(|order| decided(self.s, *order)) {
            return false;
        }
        draft.reason = draft.reason.or(Some(Reason::Uncertain));
        if draft.found.refs.len() + draft.found.bare.len() > 1 {
            draft.reason = Some(Reason::TwoValues);
        } else if self.s.has(&[NO_PLAN]) {
            draft.found.refs.clear();
            draft.found.bare.clear();
        } else if draft.found.refs.is_empty() {
            draft.found.refs.extend(only_number(self.s).or(self.prior.plan));
        }
        true
    }

    /// Whether everything is to stop later: a time stands beside the order, in the same part of the sentence.
    pub(super) fn is_for_later(&self) -> bool {
        let parts = |token: &Token| token.is_sign(",;:.!?\n");
        let Some(order) = self.orders.iter().find(|order| order.deed == Deed::Stop) else { return false };
        let before = self.s.tokens.iter().take(order.span.0).rposition(parts).map_or(0, |at| at + 1);
        let part = self.s.tokens.iter().skip(order.span.0).position(parts);
        let end = part.map_or(self.s.tokens.len(), |length| order.span.0 + length);
        let part = self.s.tokens.get(before..end).unwrap_or_default();
        let at_once = first(part, AT_ONCE).map(|(from, _)| from);
        first(part, LATER).is_some_and(|(later, _)| at_once.is_none_or(|at| at > later))
    }
}

/// The number of a sentence that has one in digits, and no other.
fn only_number(s: &Sentence) -> Option<u64> {
    let mut numbers = s.tokens.iter().filter(|token| token.hundredths.is_some());
    let number =
        numbers.next().filter(|token| token.kind == Kind::Number && token.text.chars().all(|c| c.is_ascii_digit()))?;
    numbers.next().is_none().then(|| number.whole().and_then(|n| u64::try_from(n).ok())).flatten()
}

/// Whether a sentence that approves or rejects says that of one plan and nothing else: no time, no choice, no other thing's number.
fn decided(s: &Sentence, order: Order) -> bool {
    let reason = first(&s.tokens, REASONS).map_or(s.tokens.len(), |(from, _)| from);
    let of_reason = s
        .tokens
        .iter()
        .skip(reason)
        .all(|token| token.kind == Kind::Word && token.hundredths.is_none() || token.is_sign(".!,"));
    let mut numbers = 0;
    let said = (0..reason).all(|at| {
        let Some(token) = s.tokens.get(at) else { return true };
        if (order.span.0..order.span.1).contains(&at)
            || token.is_sign("\n")
            || BESIDE.split('|').any(|word| word == token.text)
        {
            return true;
        }
        numbers += 1;
        let plain = token.kind == Kind::Number && token.text.chars().all(|c| c.is_ascii_digit());
        let spelled = token.hundredths.is_some()
            && at.checked_sub(1).is_some_and(|i| matches!(s.word(i), "plan" | "numero" | "number"));
        (plain || spelled) && numbers == 1
    });
    said && of_reason
}
