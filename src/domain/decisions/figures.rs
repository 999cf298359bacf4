//! Of which days a figure is asked for, and beside which.

use super::found::Found;
use super::phrase::{any_at, at};
use super::sentence::Sentence;
use super::slots::{Compare, Period};
use super::token::Token;
use super::when::{Clock, month};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// What says that the period behind it is the one compared with.
const BESIDE: &[&str] = &[
    "vs|versus|contre|than|against",
    "par rapport a|au|aux",
    "compared|compare|compares|comparee|comparees with|to|a|au|aux|avec",
    "face a|au",
    "plus|moins|more|less|fewer|mieux|better|worse qu|que|than",
    "que|qu",
    "over",
];

/// A period in a sentence: where it begins and ends.
type Place = (usize, usize, Period);

/// Notes the period and what it is compared with. Words of the past are taken; "this week" may still be an end.
pub(super) fn periods(s: &mut Sentence, clock: &Clock, found: &mut Found) {
    let mut places: Vec<Place> = Vec::new();
    let mut start = 0;
    while start < s.tokens.len() {
        match period(&s.tokens, start, clock).filter(|(end, _)| s.is_free(start, *end)) {
            Some((end, period)) => {
                places.push((start, end, period));
                start = end;
            }
            None => start += 1,
        }
    }
    let previous = s.places(&[
        "periode|mois|semaine precedente|precedent",
        "previous|prior period|one",
        "precedente?|period before",
        "period over period",
        "periode d avant",
        "# precedents|precedentes|before|prior",
        "# jours|semaines|mois|days|weeks|months precedents|precedentes|before|prior",
    ]);
    let compares = s.has(&["compare|compares|comparez|comparer|comparaison|comparison|evolution|versus|vs"]);
    let beside = |from: usize| {
        BESIDE.iter().any(|words| (from.saturating_sub(5)..from).any(|i| leads(&s.tokens, i, words, from)))
    };
    let (with, of): (Vec<Place>, Vec<Place>) = places.iter().partition(|(from, ..)| beside(*from));
    match (of.as_slice(), with.as_slice()) {
        ([], []) => {}
        ([(.., one)], [(.., other)]) => (found.period, found.compare) = (Some(*one), Some(Compare::With(*other))),
        ([(.., one)], []) => found.period = Some(*one),
        ([(.., one), (.., other)], []) if compares => {
            (found.period, found.compare) = (Some(*one), Some(Compare::With(*other)))
        }
        ([], [(.., one), (.., other)]) => (found.period, found.compare) = (Some(*one), Some(Compare::With(*other))),
        ([], [(.., other)]) => found.compare = Some(Compare::With(*other)),
        _ => found.two_periods = true,
    }
    for (from, to) in previous {
        let compared = compares || s.has(&["par rapport", "compared"]) || found.period.is_some();
        if compared && found.compare.is_none() {
            found.compare = Some(Compare::Previous);
        }
        s.take(from, to);
    }
    for (from, to, period) in places {
        if is_past(period) {
            s.take(from, to);
        }
    }
}

/// Whether words end, articles aside, just before a token.
fn leads(tokens: &[Token], start: usize, words: &str, end: usize) -> bool {
    let Some(behind) = at(tokens, start, words) else { return false };
    behind == end
        || at(tokens, behind, "a|au|aux|celle|celles|celui|ceux|the|of|de|du|la|le|l|d|those|that") == Some(end)
        || at(tokens, behind, "a|celles|celle|celui|ceux|those de|du|of|d l|la|le|the?") == Some(end)
}

fn is_past(period: Period) -> bool {
    !matches!(
        period,
        Period::Today | Period::ThisWeek | Period::ThisMonth | Period::ThisYear | Period::Day(_) | Period::Between(..)
    )
}

/// The period that begins at a token.
fn period(tokens: &[Token], start: usize, clock: &Clock) -> Option<(usize, Period)> {
    let today = clock.today();
    let fixed: [(&[&str], Period); 13] = [
        (&["aujourdhui", "today", "ce jour", "journee en cours"], Period::Today),
        (&["hier soir?", "yesterday", "la veille"], Period::Yesterday),
        (
            &[
                "cette semaine",
                "this week",
                "la semaine en cours",
                "current week",
                "depuis lundi",
                "since monday",
                "wtd",
                "week to date",
                "la semaine",
                "of|for|during|over the week",
            ],
            Period::ThisWeek,
        ),
        (
            &["la? semaine derniere|passee|precedente", "last week s?", "the? previous week", "la? semaine d avant"],
            Period::LastWeek,
        ),
        (
            &[
                "ce mois ci?",
                "this month s?",
                "le mois en cours",
                "current month",
                "month to date|so far",
                "mtd",
                "du|le mois",
                "of|for|during|over the month",
            ],
            Period::ThisMonth,
        ),
        (
            &[
                "le? mois dernier|passe|precedent",
                "last month s?",
                "the? previous month",
                "du mois dernier|passe",
                "le? mois d avant",
            ],
            Period::LastMonth,
        ),
        (&["ce trimestre", "this quarter", "qtd"], Period::ThisQuarter),
        (&["le? trimestre dernier|precedent|passe", "last quarter"], Period::LastQuarter),
        (
            &[
                "cette annee",
                "this year",
                "l annee en cours",
                "ytd",
                "year to date",
                "l annee",
                "of|for|during|over the year",
            ],
            Period::ThisYear,
        ),
        (&["l? annee derniere|passee|precedente", "last year", "l an dernier|passe"], Period::LastYear),
        (
            &[
                "depuis le debut|lancement|toujours",
                "since the? beginning|start|launch",
                "all time",
                "en tout et pour tout",
                "au total depuis le debut",
                "ever",
            ],
            Period::AllTime,
        ),
        (&["avant hier", "the? day before yesterday"], Period::Day(back(today, 2))),
        (&["le? week end dernier|passe", "le? weekend dernier|passe", "last weekend", "last week end"], weekend(today)),
    ];
    let best = fixed
        .iter()
        .filter_map(|(words, period)| any_at(tokens, start, words).map(|end| (end, *period)))
        .max_by_key(|(end, _)| *end);
    let counted = last(tokens, start);
    let named = || named(tokens, start, today);
    match (best, counted) {
        (Some(a), Some(b)) => Some(if b.0 > a.0 { b } else { a }),
        (a, b) => a.or(b).or_else(named),
    }
}

fn back(day: Date, days: i64) -> Date {
    day.checked_sub(days.days()).unwrap_or(day)
}

fn weekend(today: Date) -> Period {
    let since_sunday = i64::from(Weekday::Sunday.until(today.weekday()));
    let sunday = back(today, if since_sunday == 0 { 7 } else { since_sunday });
    Period::Between(back(sunday, 1), sunday)
}

/// "les 30 derniers jours", "the last 2 weeks", "24 dernières heures", "depuis 7 jours", "past week".
fn last(tokens: &[Token], start: usize) -> Option<(usize, Period)> {
    let units: [(i64, &str); 4] = [
        (1, "jour|jours|day|days|j|d"),
        (7, "semaine|semaines|week|weeks"),
        (30, "mois|month|months"),
        (365, "an|ans|annee|annees|year|years"),
    ];
    let hours = "heure|heures|hour|hours|h";
    let before = any_at(
        tokens,
        start,
        &[
            "sur|depuis|ces|les|au|aux|des|over|for|in|during? les|des|cours|the? de|des? last|past|previous|derniers|dernieres",
            "over|in|during|depuis|since|sur les|the|about?",
            "l7d",
        ],
    );
    let number_at =
        before.filter(|at| tokens.get(*at).is_some_and(|token| token.hundredths.is_some())).unwrap_or(start);
    let number = tokens.get(number_at)?.whole().filter(|n| (1..=3_000).contains(n))?;
    let adjective = at(tokens, number_at + 1, "derniers|dernieres|dernier|derniere|last|past|precedents");
    let unit_at = adjective.unwrap_or(number_at + 1);
    let end = unit_at + 1;
    let behind = at(tokens, end, "derniers|dernieres|ecoules|ecoulees|passes");
    let says = before == Some(number_at)
        && tokens.get(start..number_at)?.iter().any(|token| {
            matches!(
                token.text.as_str(),
                "last" | "past" | "previous" | "derniers" | "dernieres" | "depuis" | "since" | "over"
            )
        });
    if !(says || adjective.is_some() || behind.is_some()) {
        return None;
    }
    let end = behind.unwrap_or(end);
    if at(tokens, unit_at, hours).is_some() {
        return Some((end, Period::LastHours(u16::try_from(number).ok()?)));
    }
    let (days, _) = units.iter().find(|(_, names)| at(tokens, unit_at, names).is_some())?;
    let days = if (*days, number) == (30, 12) { 365 } else { number.checked_mul(*days)? };
    Some((end, Period::LastDays(u16::try_from(days).ok()?)))
}

/// A month or a day by its name: "en octobre", "in October 2025", "le 12 novembre", "lundi", "2026-11-12".
fn named(tokens: &[Token], start: usize, today: Date) -> Option<(usize, Period)> {
    let before = start.checked_sub(1).and_then(|i| tokens.get(i)).map_or("", |token| token.text.as_str());
    let whole = |i: usize| tokens.get(i).and_then(Token::whole);
    if let Some(month) = month(tokens.get(start)) {
        let counted =
            start.checked_sub(1).is_some_and(|i| whole(i).is_some()) || whole(start + 1).is_some_and(|n| n <= 31);
        let year = whole(start + 1).filter(|n| (2000..=2200).contains(n)).and_then(|n| i16::try_from(n).ok());
        let in_it = matches!(
            before,
            "en" | "in"
                | "de"
                | "of"
                | "for"
                | "d"
                | "du"
                | "mois"
                | "et"
                | "and"
                | "a"
                | "to"
                | "vs"
                | "pour"
                | "than"
                | "since"
                | "depuis"
                | "avec"
                | "with"
                | ""
        );
        if counted || !in_it {
            return None;
        }
        let past = if month > today.month() { today.year() - 1 } else { today.year() };
        let first = Date::new(year.unwrap_or(past), month, 1).ok()?;
        return Some((start + 1 + usize::from(year.is_some()), Period::Month(first)));
    }
    let year = whole(start)
        .filter(|n| (2015..=2100).contains(n) && matches!(before, "en" | "in" | "annee" | "year" | "for" | "pour"));
    if let Some(year) = year {
        return Some((start + 1, Period::Year(i16::try_from(year).ok()?)));
    }
    let weekday = [
        (Weekday::Monday, "lundi|monday"),
        (Weekday::Tuesday, "mardi|tuesday"),
        (Weekday::Wednesday, "mercredi|wednesday"),
        (Weekday::Thursday, "jeudi|thursday"),
        (Weekday::Friday, "vendredi|friday"),
        (Weekday::Saturday, "samedi|saturday"),
        (Weekday::Sunday, "dimanche|sunday"),
    ];
    let start_word = at(tokens, start, "last|on|le|de|du").unwrap_or(start);
    // Black Friday is no Friday that came last.
    if before == "black" {
        return None;
    }
    if let Some((weekday, _)) = weekday.iter().find(|(_, names)| at(tokens, start_word, names).is_some()) {
        let days = i64::from(weekday.until(today.weekday()));
        let end = at(tokens, start_word + 1, "dernier|passe").unwrap_or(start_word + 1);
        return Some((end, Period::Day(back(today, if days == 0 { 7 } else { days }))));
    }
    day(tokens, start, today)
}

/// "le 12 novembre", "12/11", "2026-11-12": the last day of that date.
fn day(tokens: &[Token], start: usize, today: Date) -> Option<(usize, Period)> {
    let whole = |i: usize| tokens.get(i).and_then(Token::whole);
    let sign = |i: usize, signs: &str| tokens.get(i).is_some_and(|token| token.is_sign(signs) && token.glued);
    let part = |n: i64| i8::try_from(n).ok();
    let past = |day: i64, month: i64| {
        let of = |year: i16| Date::new(year, part(month)?, part(day)?).ok();
        of(today.year()).filter(|date| *date <= today).or_else(|| of(today.year() - 1))
    };
    let first = whole(start)?;
    if let Some(month) = month(tokens.get(start + 1)).filter(|_| first <= 31) {
        return past(first, i64::from(month)).map(|date| (start + 2, Period::Day(date)));
    }
    let second = whole(start + 2).filter(|_| sign(start + 1, "/-"))?;
    if sign(start + 3, "/-") {
        let third = whole(start + 4)?;
        let (year, day) = if first > 31 { (first, third) } else { (third, first) };
        let date = Date::new(i16::try_from(year).ok()?, part(second)?, part(day)?).ok()?;
        return Some((start + 5, Period::Day(date)));
    }
    (!sign(start + 1, "-")).then(|| past(first, second)).flatten().map(|date| (start + 3, Period::Day(date)))
}
