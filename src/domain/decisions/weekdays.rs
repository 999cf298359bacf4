//! Named days: "vendredi", "next Friday", "lundi 30 novembre", "vendredi 13".

use super::kinds::Reason;
use super::phrase::{any_at, at};
use super::token::{Kind, Token};
use super::when::{Clock, Day, ordinal};
use jiff::ToSpan;
use jiff::civil::Weekday;

/// How many days away a named day of the month may be: farther off, nobody means it.
const FARTHEST: i64 = 62;

const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "lundi|monday|lun"),
    (Weekday::Tuesday, "mardi|tuesday|tue|tues"),
    (Weekday::Wednesday, "mercredi|wednesday|wed"),
    (Weekday::Thursday, "jeudi|thursday|thu|thur|thurs"),
    (Weekday::Friday, "vendredi|friday|fri|ven"),
    (Weekday::Saturday, "samedi|saturday|sat|sam"),
    (Weekday::Sunday, "dimanche|sunday|sun|dim"),
];

impl Clock {
    /// The named day that begins at a token: the next one, never today.
    pub(super) fn weekday(&self, tokens: &[Token], start: usize) -> Option<(usize, Day)> {
        let start = at(tokens, start, "next|this|prochain|coming").unwrap_or(start);
        let (weekday, _) = WEEKDAYS.iter().find(|(_, names)| at(tokens, start, names).is_some())?;
        let end = at(tokens, start + 1, "prochain|next").unwrap_or(start + 1);
        let days = i64::from(self.today().weekday().until(*weekday));
        let days = if days == 0 { 7 } else { days };
        // "lundi 30 novembre" is that date, where it is a Monday.
        if let Some((end, day)) = self.date(tokens, end) {
            let date = day
                .date
                .and_then(|date| if date.weekday() == *weekday { Ok(date) } else { Err(Reason::ImpossibleDate) });
            return Some((end, Day { date, ..day }));
        }
        // "vendredi 13" is the next Friday that is a 13th.
        if let Some((end, number)) = of_month(tokens, end) {
            let all = (1..=FARTHEST).filter_map(|days| self.today().checked_add(days.days()).ok());
            let mut fits = all.filter(|date| date.weekday() == *weekday && i64::from(date.day()) == number);
            let date = fits.next().ok_or(Reason::ImpossibleDate);
            return Some((end, Day { date, soft: false, rolls: false }));
        }
        let (end, days) = at(tokens, end, "en huit").map_or((end, days), |end| (end, days + 7));
        Some((end, Day { date: self.after(days), soft: false, rolls: false }))
    }
}

/// A day of the month behind a named one, and nothing that is counted: "13", "the 13th".
fn of_month(tokens: &[Token], start: usize) -> Option<(usize, i64)> {
    let number_at = at(tokens, start, "le|the").unwrap_or(start);
    let number = tokens.get(number_at).filter(|token| token.kind == Kind::Number).and_then(Token::whole)?;
    let end = ordinal(tokens, number_at + 1);
    let follows = tokens.get(end).is_none_or(|token| {
        (token.kind == Kind::Sign && !token.is_sign("%€$£:/-+*"))
            || any_at(
                tokens,
                end,
                &["a|at|inclus|included|pour|for|sur|on|avec|with|stp|please|et|and|max|pro|ultra|basic|off|merci|svp"],
            )
            .is_some()
    });
    ((1..=31).contains(&number) && follows).then_some((end, number))
}
