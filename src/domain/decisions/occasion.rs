//! The name of an occasion that a promotion bears as its title: "Black Friday : 25 % …", "promo Cyber Monday 20 % …". It names a day as
//! well, so that where this day is still to come, when the promotion begins is asked. It is no end: "until Black Friday" stays a date.

use super::found::Found;
use super::phrase::any_at;
use super::sentence::Sentence;
use super::token::Token;
use super::when::Clock;
use super::words::PROMO;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

/// Those that are known: how many days behind Thanksgiving's Thursday they are, where they are a day.
const KNOWN: [(&str, Option<i64>); 5] = [
    ("black friday", Some(1)),
    ("cyber monday", Some(4)),
    ("happy hour|hours", None),
    ("vente|ventes flash", None),
    ("flash sale", None),
];

/// Takes the title of a promotion.
pub(super) fn title(s: &mut Sentence, clock: &Clock, found: &mut Found) {
    let place = (0..s.tokens.len())
        .find_map(|at| KNOWN.iter().find_map(|(name, day)| any_at(&s.tokens, at, &[name]).map(|end| (at, end, *day))));
    let Some((from, name, day)) = place else { return };
    let is = |token: Option<&Token>, words: &str| token.is_some_and(|it| words.split('|').any(|word| word == it.text));
    let before = from.checked_sub(1).and_then(|at| s.tokens.get(at));
    // "promo Black Friday 25 %"
    let named = is(before, PROMO);
    // "Black Friday : 25 %", "Black Friday sale: 25%", "Black Friday 25 %"
    let behind = if is(s.tokens.get(name), PROMO) { name + 1 } else { name };
    let says = s.tokens.get(behind).is_some_and(|token| token.is_sign(":-,!") || token.hundredths.is_some());
    if !(named || from == 0 && says) {
        return;
    }
    let end = behind + usize::from(s.tokens.get(behind).is_some_and(|token| token.is_sign(":")));
    s.take(from, end);
    found.title = end;
    let today = clock.today();
    found.later |= day.and_then(|days| this_year(today, days)).is_some_and(|day| today < day);
}

/// The day that many days behind the fourth Thursday of November.
fn this_year(today: Date, days: i64) -> Option<Date> {
    let thursday = date(today.year(), 11, 1).nth_weekday_of_month(4, Weekday::Thursday).ok()?;
    thursday.checked_add(days.days()).ok()
}
