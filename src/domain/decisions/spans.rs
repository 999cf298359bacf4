//! How long something runs: lengths ("48h", "deux semaines"), ends ("jusqu'à dimanche"), and what is neither.

use super::found::Found;
use super::kinds::Reason;
use super::phrase::{any_at, at, ends_at};
use super::sentence::Sentence;
use super::spelled::count;
use super::when::Clock;

/// Minutes of each unit.
const UNITS: [(i64, &str); 6] = [
    (1, "min|mins|minute|minutes|mn|m"),
    (60, "h|hr|hrs|heure|heures|hour|hours"),
    (24 * 60, "j|jr|jrs|jour|jours|d|day|days|journee|journees|nuits"),
    (7 * 24 * 60, "sem|semaine|semaines|w|wk|wks|week|weeks"),
    (30 * 24 * 60, "mois|month|months"),
    (365 * 24 * 60, "an|ans|annee|annees|year|years"),
];

/// What says that an end follows.
const UNTIL: &[&str] = &[
    "jusqu|jusque|jusk|jusqua|jusquau|jusqu' '? a|au|aux|en|la|le|ce|cette|dans?",
    "until|till|til|thru|through",
    "up to|until",
    "d ici a|au|le|la?",
    "de|d maintenant a|au|jusqu",
    "from now to|until|till",
    "se? termine|terminant|terminera|finit|finissant|finira|finisse|expire|expirant|s+arrete|prend+fin|cloture|fin a|le|au|en|dans|the|on|in|:?",
    "ends|ending|end|expires|expiring|closes|closing|finishing|stops|over on|at|by|in|the?",
    "valable|valid jusqu a|au",
    "valid until|till|through",
    "avant|before|by",
    "fin le|a|:",
    "> ",
    "tire|tires|tirage|drawn|draw|tirer le|on|at|a?",
    "deadline :|is?",
    "to",
    "-",
];

/// What says that a length follows.
const FOR: &[&str] = &[
    "pendant|for|pour|durant|during|sur|over|de|of|within|lasting|dure|duree|duration|longueur|length|d|a|dans|in :?",
    "d une duree de",
    "que durera",
    "lasts?",
];

/// What says that something begins.
const FROM: &[&str] = &[
    "a partir de|du|d",
    "from",
    "des",
    "starting|beginning|commencing|start|begin on|from|at?",
    "debutant|commencant|demarrant le|a?",
    "a compter de|du|d",
    "dans|in",
    "qui commence|debute le?",
];

/// What is no length though it counts time.
const NO_END: &[&str] = &[
    "pour toujours",
    "a vie",
    "forever",
    "for ever",
    "indefiniment",
    "indefinitely",
    "sans fin",
    "sans date de? fin|limite?",
    "sans limite|limites de|du temps|duree",
    "permanente|permanent|permanently|permanentes|permanents|perpetuelle|perpetuel",
    "illimitee|illimite dans le temps",
    "duree illimitee|indeterminee",
    "no end date?",
    "without an|any? end date?",
    "never|not ending|ends|expires",
    "jusqu a nouvel ordre",
    "until further notice",
    "en permanence",
    "endless",
    "qui ne? finit|expire|termine jamais",
    "sans expiration",
    "no expiry|expiration",
    "lifetime",
    "all year round",
    "toute l annee",
    "with no time limit",
    "without time limit",
    "sans s arreter",
    "ad vitam",
];

/// Parts of an hour behind it.
const PAST: &[&str] = &["et quart|demie|demi", "moins le? quart|dix|vingt|cinq", "and a? quarter|half"];

/// A length without a number.
const VAGUE: &[&str] = &[
    "pendant|for|pour? quelques|plusieurs|some|few|several|certain|certaine|temps|couple _? minutes|heures|jours|semaines|mois|temps|hours|days|weeks|months|time",
    "a few|couple|bunch|handful of? minutes|hours|days|weeks|months",
    "un certain? moment|temps|bout de? temps?",
    "a while|bit|little while|time?",
    "longtemps",
    "for long",
    "quelque temps",
    "some time",
    "un peu",
    "bientot",
    "soon",
    "court|courte|short duree|time|period|periode",
    "a short time|while|period",
    "une duree courte|limitee|raisonnable",
    "temps limite",
    "limited time",
    "deux trois jours",
    "un jour ou deux",
    "a day or two",
];

/// Takes what says that something never ends.
pub(super) fn endless(s: &mut Sentence, found: &mut Found) {
    for (from, to) in s.places(NO_END) {
        found.endless = true;
        s.take(from, to);
    }
}

/// Takes the ends that are announced as such, and what begins later.
pub(super) fn ends(s: &mut Sentence, clock: &Clock, found: &mut Found) {
    for start in 0..s.tokens.len() {
        let Some(until) = any_at(&s.tokens, start, UNTIL).filter(|until| *until > start && s.is_free(start, *until))
        else {
            continue;
        };
        // "ends in 24h" is a length, though "until 24h" is an hour.
        let inside = matches!(s.word(until - 1), "dans" | "in").then_some(until);
        let behind = at(&s.tokens, until, "dans|in").or(inside).and_then(|from| length(s, from));
        if let Some((end, minutes)) = behind.filter(|(end, _)| s.is_free(start, *end)) {
            found.lengths.push(minutes);
            s.take(start, end);
            continue;
        }
        // The shortest reading of the marker leaves the article, with which "le 30" is a date.
        let read = (start + 1..=until).rev().find_map(|from| clock.read(&s.tokens, from));
        if let Some((end, moment)) = read.filter(|(end, _)| s.is_free(start, *end) && !is_weak(s, start, *end)) {
            let before = matches!(s.word(start), "avant" | "before") && !moment.soft;
            found.ends.push(if before { clock.day_before(moment.at) } else { moment.at });
            // "minuit et quart": how late is not read.
            if let Some(late) = any_at(&s.tokens, end, PAST).filter(|late| s.is_free(end, *late)) {
                found.ends.push(Err(Reason::VagueLength));
                s.take(end, late);
            }
            s.take(start, end);
            continue;
        }
        // "jusqu'à 25h" is no hour, and no length either.
        let is_hour = any_at(&s.tokens, until, &["# h|heure|heures|:"]).filter(|end| s.is_free(start, *end));
        if let Some(end) =
            is_hour.filter(|_| matches!(s.word(start), "jusqu" | "jusqua" | "jusqu'" | "until" | "till" | "til"))
        {
            found.ends.push(Err(Reason::ImpossibleDate));
            s.take(start, end);
            continue;
        }
        // "ends in 3 days": the length says when.
        if !matches!(s.word(start), "to" | "-" | "by" | "avant" | "before" | "tirage" | "draw")
            && let Some((end, minutes)) = length(s, at(&s.tokens, until, "dans|in").unwrap_or(until))
        {
            found.lengths.push(minutes);
            s.take(start, end);
        }
    }
    for start in 0..s.tokens.len() {
        let Some(from) = any_at(&s.tokens, start, FROM).filter(|from| *from > start && s.is_free(start, *from)) else {
            continue;
        };
        // "dès maintenant" is now.
        if let Some(end) = any_at(&s.tokens, from, &["maintenant|now|present|la|aujourdhui|today", "tout de suite"]) {
            s.take(start, end);
            continue;
        }
        if let Some((end, _)) = clock.read(&s.tokens, from).filter(|(end, _)| s.is_free(start, *end)) {
            found.later = true;
            s.take(start, end);
        } else if let Some((end, _)) = length(s, from).filter(|_| matches!(s.word(start), "dans" | "in")) {
            found.later = true;
            s.take(start, end);
        }
    }
}

/// "to" and "-" announce an end only before what can be nothing else.
fn is_weak(s: &Sentence, start: usize, end: usize) -> bool {
    matches!(s.word(start), "to" | "-")
        && (end - start < 2 || s.tokens.get(start + 1).is_some_and(|token| token.hundredths.is_some()))
}

/// Takes the lengths.
pub(super) fn lengths(s: &mut Sentence, clock: &Clock, found: &mut Found) {
    for (from, to) in s.places(VAGUE) {
        found.vague = true;
        s.take(from, to);
    }
    let mut start = 0;
    while start < s.tokens.len() {
        // "dimanche 20h" is an hour of that day.
        let of_day = |end: usize| {
            start
                .checked_sub(1)
                .and_then(|before| clock.read(&s.tokens, before))
                .is_some_and(|(behind, _)| behind >= end && s.is_free(start - 1, start))
        };
        match length(s, start).filter(|(end, _)| s.is_free(start, *end) && !of_day(*end)) {
            Some((end, minutes)) => {
                found.lengths.push(minutes);
                let lead = ends_at(&s.tokens, start, FOR).filter(|lead| s.is_free(*lead, start));
                s.take(lead.unwrap_or(start), end);
                start = end;
            }
            None => start += 1,
        }
    }
}

/// A length that begins at a token: where it ends, and its minutes.
fn length(s: &Sentence, start: usize) -> Option<(usize, i64)> {
    let fixed: [(&[&str], i64); 8] = [
        (&["une? demi heure", "half an hour", "a half hour"], 30),
        (&["une? demi journee", "half a day"], 12 * 60),
        (&["une? quinzaine de? jours?", "a? fortnight"], 15 * 24 * 60),
        (&["a? fortnight"], 14 * 24 * 60),
        (&["une? huitaine de? jours?"], 8 * 24 * 60),
        (&["une heure et demie", "an hour and a half"], 90),
        (&["24 / 24"], 24 * 60),
        (&["un trimestre", "a quarter"], 90 * 24 * 60),
    ];
    if let Some(found) =
        fixed.iter().rev().find_map(|(words, minutes)| any_at(&s.tokens, start, words).map(|end| (end, *minutes)))
    {
        return Some(found);
    }
    let number = s.tokens.get(start)?;
    let hundredths = number.hundredths.or_else(|| count(number).map(|n| n * 100))?;
    let unit_at = at(&s.tokens, start + 1, "full|whole|entire|pleines|bonnes").unwrap_or(start + 1);
    let (minutes, _) = UNITS.iter().find(|(_, names)| at(&s.tokens, unit_at, names).is_some())?;
    // "m" and "d" and "j" only where they are glued to digits or nothing else could be meant.
    let letter = s.word(unit_at);
    if letter.len() == 1 && !(s.tokens.get(unit_at)?.glued || letter == "h" || letter == "j") {
        return None;
    }
    let whole = hundredths.checked_mul(*minutes)?;
    let mut total = (whole % 100 == 0).then_some(whole / 100).filter(|minutes| *minutes > 0)?;
    let mut end = unit_at + 1;
    // "1h30", "2 heures et demie", "1 jour et 12 heures"
    if *minutes == 60
        && let Some(part) =
            s.tokens.get(end).filter(|part| part.glued && part.text.len() == 2).and_then(super::token::Token::whole)
    {
        return Some((end + 1, total.checked_add(part)?));
    }
    if let Some(half) = any_at(&s.tokens, end, &["et demi|demie", "and a half"]) {
        return Some((half, total.checked_add(minutes / 2)?));
    }
    let next = at(&s.tokens, end, "et|and").unwrap_or(end);
    if s.tokens.get(next).is_some_and(|token| token.hundredths.is_some() && !token.taken)
        && let Some((behind, more)) = length(s, next).filter(|(_, more)| *more < *minutes)
    {
        (end, total) = (behind, total.checked_add(more)?);
    }
    Some((end, total))
}

/// Takes ends that nothing announces: "ce soir", "this weekend". A day alone may be when it begins.
pub(super) fn soft_ends(s: &mut Sentence, clock: &Clock, found: &mut Found) {
    let mut start = 0;
    while start < s.tokens.len() {
        let named = at(&s.tokens, start, "semaine|week|month|mois|annee|journee|soir|nuit|evening|we|weekend|a|l|la|le|midi|noon|minuit|midnight|sat|sun|sam|dim|year|fin|bout").is_none()
            || any_at(&s.tokens, start, &["le|week weekend|end", "fin|bout de|du", "la fin", "le week end", "weekend", "la journee"]).is_some();
        let read = clock.read(&s.tokens, start).filter(|(end, _)| named && s.is_free(start, *end));
        match read {
            Some((end, moment)) if end > start => {
                if moment.soft || found.ends.is_empty() && is_draw(s) {
                    found.ends.push(moment.at);
                } else if moment.at == Err(Reason::PastDate) {
                    // "hier" in a sentence that is no order.
                } else {
                    found.later = true;
                    found.bare_day = Some(moment.at);
                }
                s.take(start, end);
                start = end;
            }
            _ => start += 1,
        }
    }
}

/// Of a giveaway a day alone is when it is drawn.
fn is_draw(s: &Sentence) -> bool {
    s.has(&[super::words::GIVEAWAY, "gagner", "raffle off"])
}
