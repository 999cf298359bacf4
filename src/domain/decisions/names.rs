//! Names: what something is on (plans, products, everything), and whom it is for.

use super::catalogue::Catalogue;
use super::found::Found;
use super::normal;
use super::phrase::{any_at, at};
use super::sentence::Sentence;
use super::slots::{Audience, Period, Target};
use super::token::{Kind, Token};
use super::words;

/// What leads to an audience.
const LEAD: &str = "pour|for|to|aux|a|chez|reserve|reservee|limitee|limite|limited|only|seulement|uniquement|vers|parmi|among|between|entre";

/// Takes whom something is for.
pub(super) fn audience(s: &mut Sentence, catalogue: &Catalogue, found: &mut Found) {
    if let Some((from, to, days)) = inactive(s) {
        found.audience = Some(Audience::Inactive { days });
        s.take(from, to);
        return;
    }
    let ones = "ceux|celles|those|people|members|membres|clients|customers|users|gens|personnes|anyone";
    let of_ones = |rest: &str| format!("{LEAD}? les|the|des|de? tous|all? {ones} {rest}");
    let led = |rest: &str| format!("{LEAD} aux|les|the|our|nos|tous|all|to|des? les|the|our|nos? {rest}");
    let rules: [(Vec<String>, Audience); 10] = [
        (
            vec![
                of_ones(
                    "qui|who|that|n|ne|have|haven't .. jamais|never|rien|nothing|yet .. achete|commande|bought|purchased|ordered|depense",
                ),
                of_ones("qui n|ne ont pas|jamais encore? achete|commande"),
                of_ones("who have|haven't|hasn't|didn't|never not? bought|purchased|buy|ordered yet?"),
            ],
            Audience::NeverBought,
        ),
        (
            vec![
                of_ones("qui|who .. abandonne|abandoned|left .. panier|paniers|cart|carts|checkout|commande"),
                led("paniers|abandoned abandonnes|carts|cart|checkouts|checkout"),
            ],
            Audience::AbandonedCarts,
        ),
        (
            vec![
                led("anciens|ex|former|past|lapsed|churned abonnes|subscribers|membres|members"),
                of_ones("qui|who .. resilie|partis|left|churned|cancelled|canceled|unsubscribed"),
            ],
            Audience::FormerSubscribers,
        ),
        (vec![led("anciens|ex|former|past|lapsed|old clients|customers|acheteurs|buyers")], Audience::FormerCustomers),
        (
            vec![
                led(
                    "nouveaux|nouvelles|new|first clients|client|acheteurs|acheteuses|customers|buyers|customer|purchase|order|purchases|orders",
                ),
                led("premiere|premier|1ere commande|achat"),
                led("first time customers|buyers"),
            ],
            Audience::NewCustomers,
        ),
        (
            vec![
                led(
                    "nouveaux|nouvelles|new|derniers membres|members|arrivants|arrives|inscrits|venus|joiners|people|users|utilisateurs",
                ),
                led("newcomers|nouveaux|nouvelles"),
            ],
            Audience::NewMembers,
        ),
        (
            vec![
                led("server? boosters|boosteurs|boosts|nitro_boosters"),
                of_ones("qui|who boostent|boost .."),
                led("boosters|booster du serveur"),
            ],
            Audience::Boosters,
        ),
        (
            vec![
                "pour|for|to|a|chez? tout le monde".to_owned(),
                "pour|for|to|a everyone|everybody|tous|toutes".to_owned(),
                led("membres|members|communaute|community"),
            ],
            Audience::Everyone,
        ),
        (vec![led("abonnes|subscribers|abonnees")], Audience::Subscribers),
        (vec!["everyone|everybody".to_owned(), "tout le monde".to_owned()], Audience::Everyone),
    ];
    // "aux abonnés Pro", "for Pro subscribers"
    let of_plan = |word: &str| catalogue.plan(word).map(str::to_owned);
    for start in 0..s.tokens.len() {
        let people =
            "abonnes|abonnees|subscribers|members|membres|clients|customers|users|utilisateurs|holders|detenteurs";
        let lead = format!("{LEAD} aux|les|the|our|nos|tous|all|to|des? les|the|our|nos? current|actuels|existing?");
        let Some(from) = at(&s.tokens, start, &lead) else { continue };
        let (plan_at, end) = match at(&s.tokens, from, people) {
            Some(plan_at) => {
                let plan_at = any_at(&s.tokens, plan_at, &["au? du? plan|formule", "du|de|of"]).unwrap_or(plan_at);
                (plan_at, plan_at + 1)
            }
            None => match any_at(&s.tokens, from + 1, &["subscribers|members|users|holders|customers|abonnes"]) {
                Some(end) => (from, end),
                None => continue,
            },
        };
        if let Some(plan) = of_plan(s.word(plan_at)).filter(|_| s.is_free(start, end)) {
            found.audience = Some(Audience::SubscribersOf(plan));
            s.take(start, end);
            return;
        }
    }
    for (patterns, audience) in rules {
        let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
        if let Some((from, to)) = s.places(&patterns).first().copied() {
            // "3 winners among new members" counts winners as well; "5 new members" counts members.
            let counted =
                from.checked_sub(1).and_then(|i| s.tokens.get(i)).is_some_and(|token| token.hundredths.is_some());
            if !counted {
                found.audience = Some(audience);
                s.take(from, to);
                return;
            }
        }
    }
    if s.tokens.iter().any(|token| token.text == "@everyone") {
        found.audience = Some(Audience::Everyone);
    }
}

/// "ceux qui n'ont rien acheté depuis 2 mois": where it stands, and days.
fn inactive(s: &Sentence) -> Option<(usize, usize, u32)> {
    let verbs: &[&str] = &[
        "achete|achetes|commande|bought|purchased|ordered|connectes|connecte|actifs|inactifs|inactives|inactive|inactif|depense|spent|buy|purchase|order|active|seen|absents|venus|dormants|dormant anything|rien|nothing? depuis|for|since|in the? last|past|over|plus? de|than?",
        "depuis|for|in the? last|past|over? plus? de|than?",
    ];
    let units: [(u32, &str); 5] = [
        (1, "jour|jours|day|days|j|d"),
        (7, "semaine|semaines|week|weeks"),
        (30, "mois|month|months"),
        (365, "an|ans|annee|year|years"),
        (0, "heures|hours|h"),
    ];
    for start in 0..s.tokens.len() {
        let Some(number_at) = at(&s.tokens, start, verbs.first()?) else { continue };
        let number = s.tokens.get(number_at).and_then(super::spelled::count)?;
        let (days, _) = units.iter().find(|(_, names)| at(&s.tokens, number_at + 1, names).is_some())?;
        let days = u32::try_from(number).ok()?.checked_mul(*days)?;
        // From where people are named.
        let people = "ceux|celles|those|people|members|membres|clients|customers|users|gens|personnes|anyone|abonnes|subscribers|inactifs|inactive|acheteurs|buyers";
        let named = (start.saturating_sub(8)..=start).find(|i| at(&s.tokens, *i, people).is_some())?;
        let lead = format!("{LEAD} aux|les|the|to|tous|all|de|des? les|the|tous|all?");
        let from = (named.saturating_sub(3)..named).find(|i| at(&s.tokens, *i, &lead) == Some(named)).unwrap_or(named);
        let end = at(&s.tokens, number_at + 2, "ou plus|or more").unwrap_or(number_at + 2);
        return Some((from, end, days));
    }
    None
}

/// Takes what something is on.
pub(super) fn targets(s: &mut Sentence, catalogue: &Catalogue, found: &mut Found) {
    for (period, names) in [
        (Period::Yearly, "annuel|annuels|annuelle|annuelles|annual|yearly"),
        (Period::Monthly, "mensuel|mensuels|mensuelle|mensuelles|monthly"),
    ] {
        for (from, to) in s.places(&[names]) {
            found.period = found.period.or(Some(period));
            found.billing = found.billing.or(Some(period));
            s.take(from, to);
        }
    }
    let general: [(&[&str], Target); 3] = [
        (
            &[
                "toute|tout la|le|l boutique|magasin|site|catalogue|shop|store",
                "l ensemble de|du la? boutique|magasin|site|catalogue",
                "everything in|on|from? the|our? shop|store?",
                "the|our whole|entire|full shop|store|catalogue|catalog|site|range",
                "whole|entire shop|store|catalogue|catalog",
                "sitewide|storewide|shopwide|shop_wide",
                "site|store|shop wide",
                "all items|articles",
                "sur|on|a|for|of|off|de tout",
                "every item",
                "la boutique entiere|complete",
                "la totalite du|de la? catalogue|boutique|site",
                "the shop|store",
                "plans|formules et|and produits|products",
                "products|produits et|and plans|formules",
            ],
            Target::Everything,
        ),
        (
            &[
                "tous|toutes|all|every|each|chaque|chacun|nos of|les|des|nos|the|our|vos? les|nos|the|our? plans|plan|formules|formule|abonnements|abonnement|subscriptions|subscription|forfaits|tiers|offres",
                "les|nos|the|our|aux|des plans|formules|abonnements|subscriptions|forfaits",
                "on|off|sur plans|subscriptions|formules|abonnements",
            ],
            Target::AllPlans,
        ),
        (
            &[
                "tous|toutes|all|every|each|chaque|nos les|nos|the|our? digital? produits|produit|articles|products|product|goods",
                "les|nos|the|our|aux|des|on|off|sur digital? produits|products|articles|goods",
            ],
            Target::Products,
        ),
    ];
    products(s, catalogue, found);
    plans(s, catalogue, found);
    for (patterns, target) in general {
        for (from, to) in s.places(patterns) {
            let idiom = any_at(
                &s.tokens,
                to.saturating_sub(1),
                &["tout le monde", "tout de suite", "tout a l", "tout a fait", "tout temps"],
            )
            .is_some();
            // "les plans Pro" are those of one name.
            let named = found.targets.iter().any(|target| matches!(target, Target::Plan(_)))
                && target == Target::AllPlans
                && near_plan(s, catalogue, to);
            if !idiom && !named && !found.targets.contains(&target) {
                found.targets.push(target.clone());
            }
            s.take(from, to);
        }
    }
}

fn near_plan(s: &Sentence, catalogue: &Catalogue, at: usize) -> bool {
    (at..at + 2).any(|i| catalogue.plan(s.word(i)).is_some())
}

/// Words for a plan.
const PLAN: &str =
    "plan|plans|formule|formules|abonnement|abonnements|forfait|forfaits|tier|tiers|subscription|subscriptions|offre";

fn plans(s: &mut Sentence, catalogue: &Catalogue, found: &mut Found) {
    for i in 0..s.tokens.len() {
        let Some(token) = s.tokens.get(i).filter(|token| token.kind == Kind::Word && !token.taken) else { continue };
        let before = |back: usize| i.checked_sub(back).map_or("", |i| s.word(i));
        let is_plan = |word: &str| PLAN.split('|').any(|plan| plan == word);
        let beside = is_plan(before(1)) || is_plan(s.word(i + 1));
        let on = matches!(
            before(1),
            "sur"
                | "on"
                | "off"
                | "for"
                | "pour"
                | "du"
                | "of"
                | "de"
                | "le"
                | "l"
                | "the"
                | "d"
                | "to"
                | "from"
                | "un"
                | "une"
                | "a"
                | "aux"
                | "au"
                | "et"
                | "and"
                | "celle"
                | "celui"
                | "for the"
        );
        let exact = catalogue.plan(&token.text).map(str::to_owned);
        // "free" and "gratuit" are words as well as a name.
        let exact =
            exact.filter(|code| code != "free" || beside || (token.capital && matches!(before(1), "sur" | "on")));
        let slip = || {
            catalogue
                .plan_like(&token.text)
                .filter(|_| (beside || on) && !words::is_common(&token.text))
                .map(str::to_owned)
        };
        if let Some(code) = exact.or_else(slip) {
            let target = Target::Plan(code);
            let from = if is_plan(before(1)) { i - 1 } else { i };
            if !found.targets.contains(&target) {
                found.targets.push(target);
            }
            let excluded =
                matches!(before(1), "sauf" | "except" | "hors" | "excluding" | "hormis" | "without" | "pas" | "not")
                    || (matches!(before(2), "sauf" | "except" | "pas" | "not" | "but") && on);
            found.unknown |= excluded;
            s.take(from, i + 1 + usize::from(!is_plan(before(1)) && is_plan(s.word(i + 1))));
        } else if unknown_name(s, i, token, beside) {
            found.unknown = true;
        }
    }
}

/// Whether a word stands where the name of a plan does, and is none of ours.
fn unknown_name(s: &Sentence, i: usize, token: &Token, beside: bool) -> bool {
    let before = i.checked_sub(1).map_or("", |i| s.word(i));
    let named =
        token.capital && token.hundredths.is_none() && !words::is_common(&token.text) && !counts_word(&token.text);
    let plural = matches!(s.word(i + 1), "plans" | "plan") && !words::is_common(&token.text);
    (named && ((beside && i > 0) || matches!(before, "sur" | "on" | "off")))
        || (plural
            && matches!(before, "the" | "on" | "our" | "off")
            && !matches!(token.text.as_str(), "yearly" | "annual" | "monthly" | "paid" | "all"))
        || (PLAN.split('|').any(|plan| plan == before)
            && !words::is_common(&token.text)
            && !counts_word(&token.text)
            && matches!(i.checked_sub(2).map_or("", |i| s.word(i)), "le" | "du" | "la" | "the" | "sur" | "on")
            && !matches!(token.text.as_str(), "annuel" | "mensuel" | "payants" | "payant"))
}

/// Words that are capitalised and no names: days, months, our own.
fn counts_word(word: &str) -> bool {
    matches!(
        word,
        "discord"
            | "shellia"
            | "maxis"
            | "noel"
            | "christmas"
            | "approuve"
            | "stripe"
            | "friday"
            | "en"
            | "h"
            | "expires"
            | "until"
            | "jusqu"
            | "fin"
    )
}

/// Takes products, which are named with their kind, or are of the catalogue.
fn products(s: &mut Sentence, catalogue: &Catalogue, found: &mut Found) {
    for name in catalogue.products() {
        let folded = normal::folded(name);
        if let Some((from, to)) = s.places(&[folded.as_str()]).first().copied() {
            found.targets.push(Target::Product(name.to_lowercase()));
            s.take(from, to);
        }
    }
    let Some((from, name_at)) =
        s.places(&["le|l|the|du|d|de|un|a|sur|on|off? produit|article|product"]).first().copied()
    else {
        return;
    };
    let is_name = |i: usize| {
        s.tokens.get(i).is_some_and(|token| {
            !token.taken && (token.kind == Kind::Quote || (token.kind == Kind::Word && token.capital))
        })
    };
    let mut to = name_at;
    while is_name(to) && to < name_at + 4 {
        to += 1;
    }
    if to == name_at {
        return;
    }
    let name = s.shown(name_at, to).to_lowercase();
    let known =
        catalogue.products().is_empty() || catalogue.products().iter().any(|product| product.to_lowercase() == name);
    if known {
        found.targets.push(Target::Product(name));
    } else {
        found.unknown = true;
    }
    s.take(from, to);
}
