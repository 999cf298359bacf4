//! What is done by a command of Maxis and by no sentence: a giveaway cancelled, paused or made longer, a plan given to somebody, the stock,
//! word of each sale. It is refused by the name of that command. It does none of it, and it takes no order that a sentence can bring about.

use super::found::Found;
use super::kinds::Reason;
use super::orders::{Deed, Order};
use super::phrase::{any_at, first};
use super::sentence::Sentence;
use super::slots::Target;
use super::token::{Kind, Token};
use super::words::{FILLERS, GIVEAWAY, PROMO_NOUN, is_common};
use super::{chosen, follow};

/// What takes a giveaway away, so that nobody wins it: "end" draws it.
const CANCELS: &str = "annule|annules|annulez|annuler|cancel|abort|supprime|supprimes|supprimez|supprimer|delete|remove|retire|\
    retires|retirez|retirer|enleve|enleves|enlevez|enlever|vire|virer|drop|pull|desactive|desactives|desactivez|desactiver|disable|\
    deactivate|kill";
/// The same in two words.
const CALLS_OFF: &[&str] = &["call off", "take down", "would|do you mind cancelling|canceling|disabling"];
/// What puts it off.
const PAUSES: &str = "pause|suspends|suspend|suspendez|suspendre|interromps|interrompez|interrompre|freeze|gele|gelez|geler|hold|bloque|bloquez|bloquer";
/// What makes it longer.
const EXTENDS: &str =
    "prolonge|prolongez|prolonger|extend|rallonge|rallongez|rallonger|etends|repousse|repousser|postpone|reporte";
/// What gives.
const GIVES: &str = "donne|donnes|donnez|donner|give|offre|offres|offrez|offrir|offer|accorde|accordez|accorder|attribue|grant|mets|file";
/// A length of a plan that is given.
const LENGTHS: &[&str] = &[
    "#|un|une|a|an|d+un|d+une|free|gratuit mois|month|months|semaine|semaines|week|weeks|an|ans|annee|year|years|jours|days",
    "abonnement|subscription|formule|plan|gratuit|gratuits|gratuitement|free",
];
/// What tells somebody of each of them.
const TELLS: &[&str] = &[
    "previens|prevenez|prevenir|notifie|notifiez|notify|alerte|alertez|alert|avertis|avertissez|ping -? moi|nous|me|us",
    "dis|dites|tell|let -? moi|nous|me|us know? quand|when|whenever|lorsque|lorsqu|a+chaque|each+time|every+time",
];
/// What is told of so.
const TOLD: &str = "vente|ventes|vend|achete|achat|achats|sale|sales|sells|sold|buys|purchase|purchases|commande|commandes|order|orders|\
    litige|litiges|dispute|disputes|panne|outage|giveaway|concours|promo|promotion";
/// What asks how many are left.
const LEFT: &[&str] = &["reste|restent|restant|restantes|left|remaining|dispo|disponibles|available"];
/// What there may be some of left.
const THINGS: &[&str] = &["cle|cles|key|keys|exemplaire|exemplaires|copies|unites|units|produit|produits|item|items"];
/// Who buys most: people, and no figure.
const BUYERS: &[&str] = &[
    "meilleurs|meilleures|meilleur|meilleure|best|top|biggest|gros|grands|fideles clients|client|clientes|customers|customer|acheteurs|acheteur|buyers|buyer",
    "qui|who achete|depense|buys|spends le|the? plus|most",
];

fn is_one(word: &str, words: &str) -> bool {
    words.split('|').any(|one| one.trim() == word)
}

/// Why a sentence is not followed though it is plain, where a command does what it wants.
pub(super) fn done(s: &Sentence, found: &Found, orders: &[Order]) -> Option<Reason> {
    let of_giveaways = orders.iter().enumerate().find_map(|(at, order)| {
        let end = orders.get(at + 1).map_or(s.tokens.len(), |next| next.span.0);
        of_giveaway(s, *order, s.tokens.get(order.span.0..end)?)
    });
    let told = || {
        let of = |end: usize| s.tokens.iter().skip(end).any(|it| is_one(&it.text, TOLD));
        // "tell me when the last sale was" asks for a figure.
        first(&s.tokens, TELLS).is_some_and(|(_, end)| of(end)) && !s.has(&["dernier|derniere|dernieres|last|latest"])
    };
    of_giveaways
        .or_else(|| orders.iter().any(|order| gives(s, found, *order)).then_some(Reason::Grant))
        .or_else(|| told().then_some(Reason::Follow))
        .or_else(|| asks_for_stock(s).then_some(Reason::Stock))
        .or_else(|| {
            (s.has(BUYERS) && !s.has(&[PROMO_NOUN, GIVEAWAY, "%"]) && orders.iter().all(shows))
                .then_some(Reason::OthersData)
        })
}

fn shows(order: &Order) -> bool {
    order.deed == Deed::Show
}

/// "annule le concours 4", "pause the giveaway", "prolonge le tirage".
fn of_giveaway(s: &Sentence, order: Order, part: &[Token]) -> Option<Reason> {
    let other = first(part, &[PROMO_NOUN, "plan|plans|proposition|proposal|demande|request"]).is_some();
    if first(part, &[GIVEAWAY]).is_none() || other {
        return None;
    }
    let verb = s.tokens.get(order.span.0..order.span.1).unwrap_or_default();
    let says = |words: &str| verb.iter().any(|token| is_one(&token.text, words));
    match order.deed {
        Deed::Stop if says(PAUSES) => Some(Reason::GiveawayPause),
        Deed::Stop if says(CANCELS) || any_at(&s.tokens, order.span.0, CALLS_OFF).is_some() => {
            Some(Reason::GiveawayCancel)
        }
        // "mets le concours 4 en pause"
        Deed::Make if first(part, &["en|sur|on pause|hold|suspens"]).is_some() => Some(Reason::GiveawayPause),
        Deed::Other if says(EXTENDS) => Some(Reason::GiveawayExtend),
        _ => None,
    }
}

/// "donne 1 mois gratuit à Marie", "give @bob Pro": a plan that nobody pays, to somebody.
fn gives(s: &Sentence, found: &Found, order: Order) -> bool {
    let value = found.percents.len() + found.amounts.len() > 0 || found.metric.is_some();
    if value || s.has(&[GIVEAWAY, PROMO_NOUN, "gagner|win|role|roles|grade|rank|lot|prize"]) {
        return false;
    }
    let plan = found.targets.iter().any(|target| matches!(target, Target::Plan(_)));
    let verb = is_one(s.word(order.span.0), GIVES) && matches!(order.deed, Deed::Make | Deed::Show);
    verb && (plan || s.has(LENGTHS)) && (order.span.1..s.tokens.len()).any(|at| is_given(s, order, at))
}

/// Whether who gets it stands at a place: behind the verb, or behind "to".
fn is_given(s: &Sentence, order: Order, at: usize) -> bool {
    let mention = s.tokens.get(at).is_some_and(|token| token.kind == Kind::Mention);
    let to = at > order.span.1 && matches!(s.word(at - 1), "a" | "to");
    let last =
        s.tokens.iter().skip(at + 1).all(|token| token.kind == Kind::Sign || FILLERS.contains(&token.text.as_str()));
    let small = to
        && last
        && s.is_free(at, at + 1)
        && s.tokens.get(at).is_some_and(|token| token.kind == Kind::Word && token.hundredths.is_none())
        && !is_common(s.word(at))
        && !FILLERS.contains(&s.word(at))
        && !chosen::is_nobody(s.word(at));
    mention || small || (to || at == order.span.1) && chosen::is_somebody(s, at)
}

/// "quel est le stock de la clé du jeu ?", "how many keys are left?"
fn asks_for_stock(s: &Sentence) -> bool {
    let asks = s.asks() || s.has(&["combien|quel|quels|quelle|how|what|which|show|montre|affiche|est+ce"]);
    asks && (s.has(&["stock|stocks"]) || s.has(LEFT) && s.has(THINGS))
        && !s.has(&["promo|promotion|code|coupon", GIVEAWAY])
}

/// Whether a question about giveaways asks who won one or takes part, which their list doesn't say.
pub(super) fn asks_who(s: &Sentence) -> bool {
    s.has(&[
        "qui|who|whos .. gagne|gagnant|gagnante|gagnants|won|wins|winner|winners|participe|entered|joined|inscrit|inscrits",
        "gagnant|gagnants|gagnante|winner|winners|participants|participant|inscrits|entrants|entries|participations",
    ])
}

/// Whether what is called off can be no plan that was just shown: which one is meant, if any, is asked.
pub(super) fn calls_off_something(s: &Sentence, prior: &follow::Prior) -> bool {
    let asked = prior.verdict == Some(super::kinds::Verdict::Ask) && prior.draft.is_some();
    prior.plan.is_none() && !asked && follow::calls_off(s) && is_one(s.word(0), "annule|annulez|cancel")
}
