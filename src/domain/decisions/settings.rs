//! Settings by name: `config list`, `config KEY`, `config KEY VALUE`, "mets la langue en anglais", "what is the time zone?".

use super::orders::{Deed, Order};
use super::phrase::any_at;
use super::sentence::Sentence;
use super::token::Kind;
use jiff::tz::TimeZone;

/// Settings that people call by a name.
const NAMED: &[(&str, &[&str])] = &[
    ("language", &["langue", "language|locale|lang"]),
    ("time_zone", &["fuseau horaire?", "time zone", "timezone|time_zone"]),
    (
        "report_channel",
        &[
            "salon|canal|channel du|des|de|for|of|pour the|le|les? rapport|rapports|report|reports",
            "report|reports|recap channel",
        ],
    ),
    ("report_day", &["jour du|des rapport|rapports", "report day", "day of the report"]),
    ("report_hour", &["heure du|des rapport|rapports", "report hour|time", "time|hour of the report"]),
    (
        "alert_channel",
        &["salon|canal|channel des|d|for|of|pour the|les? alertes|alerte|alerts", "alert|alerts channel"],
    ),
    ("autonomy", &["autonomie", "autonomy mode|level|dial?", "niveau d autonomie", "autonomy"]),
    ("currency", &["devise|currency|monnaie"]),
    (
        "promotion_cap",
        &[
            "plafond|cap|ceiling|max|maximum des|de|for|of|on|d the|une|les|a? promos|promo|promotions|promotion|remises|remise|reduction|discounts|discount",
            "promo|promotion|discount cap|limit|ceiling",
            "plafond|cap|ceiling",
        ],
    ),
    ("cooldown", &["cooldown", "delai entre deux promos|promotions"]),
];

/// Verbs that set.
const SETS: &[&str] = &[
    "mets|met|mettez|mettre|set|passe|passez|passer|change|changez|changer|regle|reglez|regler|configure|configurez|configurer|modifie|modifiez|modifier|definis|definir|switch|update|utilise|use|config|fixe|fixer",
];

/// What stands between a setting and its value.
const TO: &[&str] = &["en|a|to|sur|as|into|vers|=|:|au|is", "a|to|= :", "pour", "dans|in"];

/// What a sentence says of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// Which there are, or what one of them is.
    Get(Option<String>),
    /// What one of them is to be; what is missing is asked.
    Set(Option<String>, Option<String>),
}

/// What a sentence says of a setting; `None` where it says nothing of any.
pub(super) fn read(s: &Sentence, orders: &[Order]) -> Option<Asked> {
    command(s).or_else(|| spoken(s, orders))
}

/// `config …`, as a command.
fn command(s: &Sentence) -> Option<Asked> {
    any_at(&s.tokens, 0, &["config|configuration|parametres|settings|reglages"])?;
    let mut shown: Vec<&str> = s.clean.text.split_whitespace().skip_while(|word| !is_config(word)).skip(1).collect();
    // "config list stp" asks for nothing called "stp".
    while shown.last().is_some_and(|last| is_polite(last)) {
        shown.pop();
    }
    // A name of two words is one.
    let two = |pair: &[&str]| {
        let folded: Vec<String> = pair.iter().map(|word| super::normal::folded(word)).collect();
        matches!(
            folded.iter().map(String::as_str).collect::<Vec<_>>().as_slice(),
            ["fuseau", "horaire"] | ["time", "zone"]
        )
    };
    if let Some(at) = shown.windows(2).position(two) {
        shown.splice(at..at + 2, ["time_zone"]);
    }
    let folded: Vec<String> = shown.iter().map(|word| super::normal::folded(&plain(word))).collect();
    let words: Vec<&str> = folded.iter().map(String::as_str).collect();
    let set = |key: &str, from: usize| {
        let value = shown.iter().skip(from).skip_while(|word| matches!(**word, "=" | "to" | "à"));
        let value = value.map(|word| plain(word)).collect::<Vec<_>>().join(" ");
        let key = key_of(key);
        let value = Some(value).filter(|value| !value.is_empty()).map(|value| value_of(&key, &value));
        Some(Asked::Set(Some(key), value))
    };
    match words.as_slice() {
        [] | ["list" | "liste" | "" | "show" | "get"] => Some(Asked::Get(None)),
        ["list" | "liste", ..] => Some(Asked::Get(None)),
        ["set"] => Some(Asked::Set(None, None)),
        ["get" | "show", key] | [key] => Some(Asked::Get(Some(key_of(key)))),
        ["set", key, ..] if is_key(key) => set(key, 2),
        [key, ..] if is_key(key) => set(key, 1),
        _ => None,
    }
}

/// Whether a word at the end says nothing of a setting.
fn is_polite(word: &str) -> bool {
    let word = super::normal::folded(&plain(word));
    let word = word.trim_matches(['!', '.', ',']);
    !word.chars().any(char::is_alphanumeric)
        || matches!(word, "stp" | "svp" | "please" | "pls" | "merci" | "thanks" | "maintenant" | "now")
}

/// A word without marks around it.
fn plain(word: &str) -> String {
    word.trim_matches(['"', '`', '«', '»', '?']).to_owned()
}

fn is_config(word: &str) -> bool {
    let word = super::normal::folded(word.trim_matches(['!', '/']));
    matches!(word.as_str(), "config" | "configuration" | "parametres" | "settings" | "reglages")
}

/// Whether a word may be a setting's name.
fn is_key(word: &str) -> bool {
    let word = super::normal::folded(word);
    word.len() >= 2
        && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
        && word.chars().any(|c| c.is_ascii_alphabetic())
}

/// The setting that a word names, else the word.
fn key_of(word: &str) -> String {
    let folded = super::normal::folded(word);
    let named = NAMED.iter().find(|(_, names)| names.iter().any(|name| name.split('|').any(|one| one == folded)));
    named.map_or_else(|| folded.clone(), |(key, _)| (*key).to_owned())
}

/// A setting in a sentence.
fn spoken(s: &Sentence, orders: &[Order]) -> Option<Asked> {
    // "passe en mode automatique"
    let mode = super::phrase::first(
        &s.tokens,
        &["mode auto|automatique|automatic|suggest|suggestion|suggestions|approve|approbation|off"],
    );
    if let Some((_, end)) = mode.filter(|_| orders.iter().any(|order| order.deed == Deed::Make)) {
        return Some(Asked::Set(Some("autonomy".to_owned()), Some(value_of("autonomy", s.word(end - 1)))));
    }
    let (at, end, key) = place(s)?;
    if let Some(value) = named_first(s, at, end, &key) {
        return Some(Asked::Set(Some(key), Some(value)));
    }
    let sets = orders.iter().any(|order| order.deed == Deed::Make && any_at(&s.tokens, order.span.0, SETS).is_some());
    if sets {
        let value = any_at(&s.tokens, end, TO).and_then(|from| value(s, from)).map(|value| value_of(&key, &value));
        return Some(Asked::Set(Some(key), value));
    }
    let reads = orders.iter().any(|order| order.deed == Deed::Show)
        || s.asks()
        || any_at(&s.tokens, 0, &["quel|quelle|what|which|c est quoi|what s|combien"]).is_some()
        || at <= 1 && s.tokens.len() <= end + 1;
    reads.then_some(Asked::Get(Some(key)))
}

/// "langue : anglais", "time zone Europe/Brussels": what a setting that begins the sentence is to be, where it can be nothing else.
fn named_first(s: &Sentence, at: usize, end: usize, key: &str) -> Option<String> {
    let articles = s.tokens.iter().take(at).all(|token| {
        matches!(token.text.as_str(), "la" | "le" | "l" | "the") || super::words::FILLERS.contains(&token.text.as_str())
    });
    let typed = |from: usize| value(s, from).map(|typed| value_of(key, &typed)).filter(|value| is_value(key, value));
    let behind = || any_at(&s.tokens, end, &["en|a|to|sur|=|:", "- >"]).and_then(typed);
    (articles && !s.asks()).then(|| typed(end).or_else(behind)).flatten()
}

/// Whether a value is one that only this setting has.
fn is_value(key: &str, value: &str) -> bool {
    match key {
        "language" => matches!(value, "fr" | "en"),
        "time_zone" => TimeZone::get(value).is_ok(),
        "autonomy" => matches!(value, "off" | "suggest" | "approve" | "automatic"),
        "currency" => value.parse::<crate::kernel::Currency>().is_ok(),
        _ => false,
    }
}

/// Where a setting is named: one of ours, or a word that only settings are like.
fn place(s: &Sentence) -> Option<(usize, usize, String)> {
    let named = NAMED.iter().filter_map(|(key, names)| {
        super::phrase::first(&s.tokens, names).map(|(at, end)| (at, end, (*key).to_owned()))
    });
    let literal = || {
        let (at, token) = s.tokens.iter().enumerate().find(|(_, token)| {
            token.kind == Kind::Word && token.text.contains('_') && token.text.chars().any(|c| c.is_alphabetic())
        })?;
        // "shop.grace_days" is cut at its dot.
        let dotted = at.checked_sub(2).filter(|_| token.glued && s.word(at - 1) == ".");
        let from = dotted.unwrap_or(at);
        Some((from, at + 1, s.shown(from, at + 1).to_lowercase()))
    };
    named.max_by_key(|(at, end, _)| end - at).or_else(literal)
}

fn value(s: &Sentence, from: usize) -> Option<String> {
    let end = s.tokens.iter().enumerate().skip(from).find(|(_, token)| {
        matches!(token.text.as_str(), "stp" | "svp" | "please" | "merci" | "thanks")
            || token.is_sign("!?,;\n")
            || (token.is_sign(".") && !s.tokens.iter().skip(from).any(|t| t.text.contains('/')))
    });
    let end = end.map_or(s.tokens.len(), |(at, _)| at);
    let shown = s.shown(from, end).trim_matches(['"', '`', '«', '»', ' ']).to_owned();
    Some(shown).filter(|shown| !shown.is_empty())
}

/// A value as the setting takes it.
pub(super) fn value_of(key: &str, typed: &str) -> String {
    let folded = super::normal::folded(typed);
    let word = match (key, folded.as_str()) {
        ("language", "anglais" | "english" | "en" | "l'anglais") => "en",
        ("language", "francais" | "french" | "fr" | "le francais") => "fr",
        ("autonomy", "off" | "desactive" | "eteint") => "off",
        ("autonomy", "suggest" | "suggestion" | "suggestions" | "propose") => "suggest",
        ("autonomy", "approve" | "approbation" | "approval") => "approve",
        ("autonomy", "automatic" | "automatique" | "auto") => "automatic",
        ("currency", "euro" | "euros" | "€") => "eur",
        // A zone is written as everybody writes it, whatever its letters were.
        ("time_zone", zone) => {
            let known = TimeZone::get(zone).ok();
            return known.as_ref().and_then(TimeZone::iana_name).unwrap_or(typed).to_owned();
        }
        _ => return typed.to_owned(),
    };
    word.to_owned()
}
