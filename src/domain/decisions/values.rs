//! Percentages and amounts of money: "20 %", "vingt pour cent", "half price", "5 €", "$20", "5€50", "50 centimes".

use super::catalogue::Catalogue;
use super::found::Found;
use super::phrase::any_at;
use super::sentence::Sentence;
use super::token::Kind;
use crate::kernel::Currency;

/// What makes a percentage of the number before it.
const PERCENT: &[&str] = &["%", "pct", "pourcent|pourcents|percent|percents", "pour cent|cents", "per cent", "%%"];
/// Half of the price.
const HALF: &[&str] = &["moitie prix", "half price|off", "demi tarif", "a moitie prix", "50 50", "price in half"];
/// Between two numbers of one choice: "20 ou 30 %", "20-30 %".
const BETWEEN: &str = "-|ou|or|a|to|et|and|/|puis|then";
/// Between a value and the one that is said instead of it.
const INSTEAD: &[&str] = &[
    "non",
    "no",
    "nan",
    "plutot",
    "enfin",
    "pardon",
    "sorry",
    "oops",
    "oups",
    "i mean",
    "je veux dire",
    "make that|it",
    "euh non",
    "rather",
    "correction",
    "en fait",
    "actually",
    "wait",
    "je voulais dire",
    "disons",
];

/// Takes the percentages.
pub(super) fn percents(s: &mut Sentence, found: &mut Found) {
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < s.tokens.len() {
        let number = s.tokens.get(at).and_then(|token| token.hundredths.filter(|_| !token.taken));
        let sign_before =
            at.checked_sub(1).is_some_and(|i| s.word(i) == "%") && s.tokens.get(at).is_some_and(|token| token.glued);
        let end = any_at(&s.tokens, at + 1, PERCENT).or_else(|| sign_before.then_some(at + 1));
        match (number, end) {
            (Some(hundredths), Some(end)) if s.is_free(at, end) => {
                // "20 ou 30 %", "20-30 %": the first number is one as well.
                let joined = at.checked_sub(2).filter(|_| BETWEEN.split('|').any(|word| word == s.word(at - 1)));
                if let Some(first) =
                    joined.and_then(|i| s.tokens.get(i)).filter(|token| !token.taken && token.hundredths.is_some())
                {
                    found.percents.extend(first.hundredths);
                    found.range = true;
                    s.take(at - 2, at);
                }
                places.push((at, end));
                found.percents.push(hundredths);
                found.doubtful |= s.tokens.get(at).is_some_and(|token| token.doubtful);
                let start = if sign_before { at - 1 } else { at };
                s.take(start, end);
                at = end;
            }
            _ => at += 1,
        }
    }
    for (from, to) in s.places(HALF) {
        found.percents.push(5_000);
        s.take(from, to);
    }
    instead(s, &mut found.percents, &places);
}

/// Of two values the one that is said instead of the other; the words between are taken, since they negate nothing.
fn instead(s: &mut Sentence, values: &mut Vec<i64>, places: &[(usize, usize)]) {
    if let ([_, last], [(_, from), (to, _)]) = (values.as_slice(), places) {
        let (from, to, last) = (*from, *to, *last);
        let between = s.tokens.get(from..to).unwrap_or_default();
        if to - from <= 6 && super::phrase::first(between, INSTEAD).is_some() {
            *values = vec![last];
            s.take(from, to);
        }
    }
}

/// The currency that a word or sign names.
fn currency(word: &str) -> Option<Currency> {
    let code = match word {
        "€" | "euro" | "euros" | "eur" | "balles" => "eur",
        "$" | "dollar" | "dollars" | "usd" | "bucks" => "usd",
        "£" | "livre" | "livres" | "pound" | "pounds" | "quid" | "gbp" => "gbp",
        "franc" | "francs" | "chf" => "chf",
        "¥" | "yen" | "yens" | "jpy" => "jpy",
        other => return other.parse().ok().filter(|_| other.len() == 3 && !matches!(other, "mad" | "try")),
    };
    code.parse().ok()
}

/// Minor units of a number in hundredths.
fn minor(hundredths: i64, currency: Currency) -> Option<i64> {
    match currency.digits() {
        2 => Some(hundredths),
        _ => (hundredths % 100 == 0).then_some(hundredths / 100),
    }
}

/// Takes the amounts of money.
pub(super) fn amounts(s: &mut Sentence, catalogue: &Catalogue, found: &mut Found) {
    let shop = catalogue.currency();
    let mut places: Vec<(usize, usize)> = Vec::new();
    for at in 0..s.tokens.len() {
        let Some(token) = s.tokens.get(at).filter(|token| !token.taken) else { continue };
        let Some(hundredths) = token.hundredths else { continue };
        let doubtful = token.doubtful;
        let before = at
            .checked_sub(1)
            .filter(|i| s.tokens.get(*i).is_some_and(|t| t.kind == Kind::Sign && !t.taken))
            .and_then(|i| currency(s.word(i)));
        let behind = currency(s.word(at + 1)).filter(|_| s.is_free(at + 1, at + 2));
        let cents = matches!(s.word(at + 1), "centimes" | "centime" | "cents" | "cent") && s.is_free(at + 1, at + 2);
        let (start, mut end, of) = match (before, behind) {
            (_, Some(of)) => (at, at + 2, of),
            (Some(of), None) => (at - 1, at + 1, of),
            (None, None) if cents => (at, at + 2, shop),
            (None, None) => continue,
        };
        let mut value = if cents { Some(hundredths / 100) } else { minor(hundredths, of) };
        // "5€50", "5 euros 50"
        let part = s.tokens.get(end).filter(|part| {
            !cents && behind.is_some() && part.kind == Kind::Number && part.text.len() == 2 && !part.taken
        });
        let word = s.tokens.get(at + 1).is_some_and(|token| token.kind == Kind::Word);
        if let Some(part) = part.filter(|part| (part.glued || word) && any_at(&s.tokens, end + 1, PERCENT).is_none()) {
            value = value.zip(part.whole()).map(|(value, part)| value + part);
            end += 1;
        }
        let price = of == shop && is_price(s, start, end);
        s.take(start, end);
        if price {
            found.priced = true;
        } else if of == shop {
            found.amounts.extend(value);
            found.doubtful |= doubtful || value.is_none();
            places.push((start, end));
        } else {
            found.foreign = true;
        }
    }
    instead(s, &mut found.amounts, &places);
}

/// Whether an amount is what something is to cost: "à 7 €", "for €7". "Un code à 5 € de remise" takes off.
fn is_price(s: &Sentence, start: usize, end: usize) -> bool {
    let Some(lead) = start.checked_sub(1).and_then(|i| s.tokens.get(i)) else { return false };
    let leads = lead.accented == "à" || matches!(lead.text.as_str(), "a" | "at" | "for" | "to" | "pour" | "=");
    let off = any_at(
        &s.tokens,
        end,
        &[
            "de|d|en? moins|off|less|discount",
            "de|d|en|of? _? reduction|remise|rabais|promo|promotion|discount|reduc|ristourne|coupon|off",
        ],
    );
    leads && off.is_none()
}

/// What gives something away, or adds it up with others.
pub(super) fn free_and_stacking(s: &mut Sentence, found: &mut Found) {
    let free: &[&str] = &[
        "rends|rendre|rendez|mets|mettre|make|passe|passer|put|passez|mettez .. gratuit|gratuite|gratuits|gratuites|free",
        "offert|offerte|offerts|offertes",
        "gratuit|gratuite|gratuits|gratuites pour|jusqu|pendant|a|aux|ce|cette|toute|tout|tous|dimanche|demain",
        "for free",
        "gratuitement",
        "free for|until|this|access|month|months|all|to everyone|everybody|all|sunday|a|the|month|week|weekend|two|users",
        "# mois|months|month|semaines|weeks gratuits|gratuit|free|offert|offerts",
        "un mois gratuit|offert",
        "a free month",
        "prix zero",
        "zero euro",
        "pour rien",
        "acces gratuit",
        "free access",
        "give|giving away pro|ultra|basic|everything|all",
    ];
    let stacking: &[&str] = &[
        "cumulable|cumulables|stackable|cumulee|cumulees|combinable|combinables|stacked|cumulatif|cumulative",
        "cumuler|cumule|cumul|stack|stacks|combine|combined|combiner|stacking avec|with|on|top",
        "on top of",
        "en plus de|des la|l|celle|autres|promo~?",
        "s ajoute|ajoutant a|aux",
        "par dessus",
        "added to the",
        "qui se cumule|cumulent|ajoute|ajoutent",
    ];
    let refuses: &[&str] = &[
        "non|not|pas|non- cumulable|cumulables|stackable|cumulative|combinable|combinables",
        "sans cumul|cumuler",
        "ne se cumule|cumulent pas",
        "without stacking",
        "no stacking",
        "pas de cumul",
    ];
    for (from, to) in s.places(refuses) {
        s.take(from, to);
    }
    found.stacking = !s.places(stacking).is_empty();
    // What is won may well be free.
    found.free = found.prize.is_none() && !s.places(free).is_empty();
}
