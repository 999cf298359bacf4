//! Times of day as people say them: "18h30", "6pm", "midi", "ce soir"; the day they belong to is `when`'s.

use super::phrase::{any_at, at};
use super::token::{Kind, Token};
use jiff::civil::{Time, time};

/// What time was said.
#[derive(Debug, Clone, Copy)]
pub(super) enum Hour {
    At(Time),
    Midnight,
    /// The end of the day.
    Night,
    /// "morning": no one knows when it ends.
    Vague,
}

/// A time of day that begins at a token.
pub(super) fn hour(tokens: &[Token], start: usize) -> Option<(usize, Hour)> {
    let named: [(&[&str], Hour); 5] = [
        (&["midi", "noon"], Hour::At(time(12, 0, 0, 0))),
        (&["minuit", "midnight"], Hour::Midnight),
        (&["soir", "evening", "night", "nuit", "inclus", "au soir", "in the evening", "fin de journee"], Hour::Night),
        (&["matin", "morning", "in the morning", "au matin"], Hour::Vague),
        (&["apres midi", "afternoon", "dans l apres midi", "in the afternoon"], Hour::Vague),
    ];
    if let Some(found) = named.iter().find_map(|(words, hour)| any_at(tokens, start, words).map(|end| (end, *hour))) {
        return Some(found);
    }
    let number = |at: usize| tokens.get(at).and_then(Token::whole).and_then(|n| i8::try_from(n).ok());
    let hours = number(start)?;
    let at_time = |hours: i8, minutes: i8| match (hours, minutes) {
        (24, 0) => Some(Hour::Midnight),
        _ => Time::new(hours, minutes, 0, 0).ok().map(Hour::At),
    };
    let halves = |end: usize| any_at(tokens, end, &["pm", "p m", "p . m .?", "de l apres midi", "du soir"]);
    let morning = |end: usize| any_at(tokens, end, &["am", "a . m .?", "du matin"]);
    let minutes =
        |at: usize| tokens.get(at).filter(|t| t.glued && t.kind == Kind::Number && t.text.len() == 2).and(number(at));
    let (end, minutes) = match at(tokens, start + 1, "h|heure|heures|:") {
        Some(end) => match minutes(end).or_else(|| {
            number(end).filter(|_| tokens.get(end).is_some_and(|t| t.text.len() == 2 && t.kind == Kind::Number))
        }) {
            Some(minutes) => (end + 1, minutes),
            None if tokens.get(start + 1).is_some_and(|token| token.is_sign(":")) => return None,
            None => (end, 0),
        },
        None => (start + 1, 0),
    };
    match (halves(end), morning(end)) {
        (Some(end), _) if hours <= 12 => {
            at_time(if hours == 12 { 12 } else { hours + 12 }, minutes).map(|hour| (end, hour))
        }
        (Some(end), _) => at_time(hours, minutes).map(|hour| (end, hour)),
        (_, Some(end)) => at_time(if hours == 12 { 0 } else { hours }, minutes).map(|hour| (end, hour)),
        // A number alone is no hour.
        _ if end == start + 1 => None,
        _ => at_time(hours, minutes).map(|hour| (end, hour)),
    }
}
