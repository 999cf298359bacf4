//! How a sentence is meant: as an order, or not to, as a supposition, as somebody else's words, as taken back, on a condition.
//!
//! Whatever is in doubt counts against the order.

use super::mood_words::{IF, NO_CONDITION, NO_NEGATION, NO_NEGATION_ASKED, NOT, SAID, TAKEN_BACK, WHAT_IF};
use super::orders::Order;
use super::phrase::{all, any_at, first};
use super::sentence::Sentence;
use super::token::Kind;

/// How a sentence is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    /// As it says.
    Plain,
    /// Not to.
    Negated,
    /// It orders something, and something else not: which is which is asked.
    Doubtful,
    /// What if.
    Hypothetical,
    /// Somebody else says so.
    Reported,
    /// It was said and is no longer wanted.
    TakenBack,
    /// Only if something else holds.
    Condition,
}

/// Where an order may still stand after what is negated: signs and words that part.
const PARTS: &str = ".!?;:,\n";

/// How a sentence is meant that orders these things. `wish` says whether it would be an order without a verb.
pub(super) fn of(s: &Sentence, orders: &[Order], wish: bool) -> Mood {
    let last_order = orders.last().map(|order| order.span.0);
    if let Some((from, _)) = all(&s.tokens, TAKEN_BACK).into_iter().next_back()
        && !excused(s, NO_NEGATION).contains(&from)
        && s.tokens.get(from).is_some_and(|token| !token.taken)
    {
        // "laisse tomber, lance plutôt …": what is ordered afterwards stands; what was before is gone.
        let after = last_order.is_some_and(|order| order > from + 1);
        let forgets = orders.iter().any(|order| order.span.0 == from);
        if !after || forgets {
            return Mood::TakenBack;
        }
        if orders.iter().any(|order| order.span.0 < from) {
            return Mood::Doubtful;
        }
    }
    if is_mocked(s) {
        return Mood::TakenBack;
    }
    if is_reported(s) {
        return Mood::Reported;
    }
    if what_if(s) {
        return Mood::Hypothetical;
    }
    match negation(s, orders, wish) {
        Mood::Plain if condition(s) => Mood::Condition,
        mood => mood,
    }
}

/// Whether "/s" stands in it, by which people say that they don't mean what they write.
fn is_mocked(s: &Sentence) -> bool {
    (1..s.tokens.len()).any(|at| {
        let tone = matches!(s.word(at), "s" | "j" | "jk" | "sarcasm" | "joke");
        let slash = s.tokens.get(at - 1).is_some_and(|token| token.is_sign("/") && !token.glued);
        tone && slash
            && s.tokens.get(at).is_some_and(|token| token.glued)
            && s.tokens.get(at + 1).is_none_or(|next| !next.glued || next.kind == Kind::Sign)
    })
}

/// Whether somebody else's words are told.
fn is_reported(s: &Sentence) -> bool {
    all(&s.tokens, SAID).into_iter().any(|(from, to)| {
        let first_person =
            (from.saturating_sub(3)..from + 1).any(|i| matches!(s.word(i), "je" | "j" | "i" | "we" | "nous"));
        // "dis à Maxis de …", "ask Maxis to …" are orders, "qu'est-ce que tu as dit" is none of ours.
        let inner = s.tokens.get(from..to).unwrap_or_default();
        let asks_us =
            any_at(&s.tokens, from, &["on demande", "veut dire", "on veut|voudrait|propose", "qui veut|veulent|wants"])
                .is_some();
        !first_person && !asks_us && inner.iter().all(|token| !token.taken)
    })
}

/// Whether it supposes.
pub(super) fn what_if(s: &Sentence) -> bool {
    if first(&s.tokens, WHAT_IF).is_some_and(|(from, _)| s.tokens.get(from).is_some_and(|token| !token.taken)) {
        return true;
    }
    // "si on faisait": an imperfect behind "si".
    let imperfect = |word: &str| {
        word.len() > 5
            && (word.ends_with("ait") || word.ends_with("ais") || word.ends_with("ions") || word.ends_with("aient"))
    };
    s.tokens.iter().enumerate().any(|(i, token)| {
        matches!(token.text.as_str(), "si" | "s")
            && !token.taken
            && (i + 1..i + 5).take_while(|j| s.tokens.get(*j).is_some_and(|t| t.kind != Kind::Sign)).any(|j| {
                let word = s.word(j);
                imperfect(word)
                    && !matches!(
                        word,
                        "pourrais"
                            | "voudrais"
                            | "serais"
                            | "reductions"
                            | "promotions"
                            | "conditions"
                            | "abonnements"
                            | "francais"
                            | "jamais"
                            | "questions"
                            | "options"
                            | "solutions"
                            | "parfait"
                            | "souhait"
                            | "extrait"
                            | "portrait"
                            | "retrait"
                            | "forfait"
                            | "forfaits"
                            | "relais"
                            | "essais"
                            | "mauvais"
                            | "anglais"
                            | "delais"
                            | "desormais"
                            | "versions"
                            | "actions"
                            | "transactions"
                            | "conversions"
                    )
                    || matches!(word, "etait" | "avait" | "allait")
            })
    })
}

/// The places of words that seem to mean something and don't.
fn excused(s: &Sentence, patterns: &[&str]) -> Vec<usize> {
    all(&s.tokens, patterns).into_iter().flat_map(|(from, to)| from..to).collect()
}

/// Places of words that negate.
pub(super) fn negations(s: &Sentence) -> Vec<usize> {
    let mut fine = excused(s, NO_NEGATION);
    if s.asks() {
        fine.extend(excused(s, NO_NEGATION_ASKED));
    }
    let places = all(&s.tokens, NOT).into_iter().map(|(from, _)| from);
    places.filter(|from| !fine.contains(from) && s.tokens.get(*from).is_some_and(|token| !token.taken)).collect()
}

fn negation(s: &Sentence, orders: &[Order], wish: bool) -> Mood {
    let mut not = negations(s);
    // "Non, lance plutôt …": an answer to what was before.
    let starts = |i: usize| {
        matches!(s.word(i), "non" | "no" | "nan" | "nope")
            && s.tokens.get(i + 1).is_some_and(|next| next.is_sign(",.!"))
    };
    if starts(0) && orders.first().is_some_and(|order| order.span.0 > 0) {
        not.retain(|i| *i != 0);
    }
    // "non au plan 12" rejects it.
    not.retain(|i| {
        !orders
            .iter()
            .any(|order| order.deed == super::orders::Deed::Reject && (order.span.0..order.span.1).contains(i))
    });
    let Some(first_not) = not.first().copied() else { return Mood::Plain };
    if is_beside_a_stop(s, orders, &not) {
        return Mood::Plain;
    }
    if orders.is_empty() && !wish {
        return Mood::Negated;
    }
    // What is ordered before, in a part of its own, may stand; which is meant is asked.
    let ordered = orders.first().map_or(0, |order| order.span.0);
    let parts = (ordered..first_not).any(|i| {
        s.tokens
            .get(i)
            .is_some_and(|token| token.is_sign(PARTS) || matches!(token.text.as_str(), "mais" | "but" | "et" | "and"))
    });
    // "arrête tout sauf …": what is left out of a stop is asked.
    let stops = orders.iter().any(|order| order.deed == super::orders::Deed::Stop && order.span.0 < first_not);
    if stops
        && not.len() == 1
        && any_at(&s.tokens, first_not, &["tout|everything|anything|all sauf|but|except"]).is_some()
    {
        return Mood::Doubtful;
    }
    let ends = s.tokens.len() <= first_not + 3;
    if ordered < first_not && parts && !ends { Mood::Doubtful } else { Mood::Negated }
}

/// What a negation behind a stop may be about, so that it leaves it out or puts it off.
const OF_THE_STOP: &str = "promo|promos|promotion|promotions|giveaway|giveaways|concours|plan|plans|tickets|maintenant|now|yet|encore|today|\
    aujourdhui|ca|cela|that|this|it|one|ones|celle|celui|celles|ceux|them|tout|everything|all|stop|arrete|sauf|except|lol|mdr";

/// Whether what is negated stands behind an order to stop everything, in a part of its own, and says why or how: "stop everything,
/// no time to explain". Whoever is in doubt there is better off stopped.
fn is_beside_a_stop(s: &Sentence, orders: &[Order], not: &[usize]) -> bool {
    let is_part = |at: usize| s.tokens.get(at).is_some_and(|token| token.is_sign(PARTS));
    let ends = orders.iter().filter(|order| order.deed == super::orders::Deed::Stop).find_map(|order| {
        let end = any_at(&s.tokens, order.span.1, &["it? tout|everything", "all"]).unwrap_or(order.span.1);
        is_part(end).then_some(end)
    });
    use super::orders::Deed;
    let others = orders.iter().any(|order| !matches!(order.deed, Deed::Stop | Deed::Show | Deed::Other));
    let Some(part) = ends.filter(|_| !others) else { return false };
    not.iter().all(|at| {
        let behind = s.tokens.get(at + 1..).unwrap_or_default().iter().filter(|token| token.kind != Kind::Sign);
        let about =
            |token: &super::token::Token| token.taken || OF_THE_STOP.split('|').any(|word| word.trim() == token.text);
        let least = if matches!(s.word(*at), "nothing" | "rien") { 1 } else { 2 };
        *at > part && behind.clone().count() >= least && !behind.clone().take(4).any(about)
    })
}

/// Whether it depends on something.
fn condition(s: &Sentence) -> bool {
    let fine = excused(s, NO_CONDITION);
    all(&s.tokens, IF)
        .into_iter()
        .any(|(from, _)| !fine.contains(&from) && s.tokens.get(from).is_some_and(|token| !token.taken))
}
