//! What is won: the words between a giveaway and what else is said of it, as they were written.

use super::counts::THINGS_OF_A_DRAW;
use super::found::Found;
use super::phrase::{all, any_at, first};
use super::sentence::Sentence;
use super::token::Kind;

/// The most words of a prize.
const LONGEST: usize = 12;

/// What a prize stands behind.
const STARTS: &[&str] = &[
    "fais|faites|faire|fait gagner",
    "raffle off?",
    "give away",
    "mets|mettez|mettre en jeu",
    "to win|gagner",
    "gagner|gagnez|win",
    "lot|prix|prize|recompense est|is?",
    "tirer|fais tirer au sort",
    THINGS_OF_A_DRAW,
    "comme|as lot|prize",
];

/// Words between those and the prize.
const BETWEEN: &[&str] = &[
    "de", "d", "for", "of", "pour", "avec", "with", "le", "la", "l", "les", "the", "au", "sort", "du", "des", "some",
    "en", "comme", "lot", "prize", "as", "where", "people", "can", "win", "to", "discord", "gagner", "rapide", "flash",
    "a", "prix", "est",
];

/// Words at which a prize is over.
const ENDS: &[&str] = &[
    "pour",
    "for",
    "pendant",
    "avec",
    "with",
    "until",
    "avant",
    "before",
    "jusqu",
    "jusqua",
    "jusquau",
    "to",
    "aux",
    "quand",
    "when",
    "stp",
    "please",
    "svp",
    "once",
    "des",
    "et",
    "and",
    "among",
    "parmi",
    "qui",
    "that",
    "sur",
    "on",
    "during",
    "lasting",
    "en",
    "in",
    "over",
    "ce",
    "this",
    "durant",
    "tonight",
    "ends",
    "ending",
    "finit",
    "till",
    "a",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "demain",
    "tomorrow",
    "fin",
    "maintenant",
    "now",
    "le",
    "se",
    "at",
    "by",
    "aujourdhui",
    "today",
    "as",
    "comme",
    "entre",
    "between",
    "tire",
    "drawn",
    "tirage",
    "s",
    "if",
    "si",
    "lorsque",
    "lorsqu",
    "mais",
    "but",
    "cette",
];

/// Words that are no prize by themselves.
const NOTHING: &[&str] = &[
    "maintenant",
    "now",
    "today",
    "ca",
    "it",
    "list",
    "liste",
    "rapide",
    "quick",
    "new",
    "nouveau",
    "end",
    "stop",
    "reroll",
    "cancel",
    "extend",
    "pause",
    "unpause",
    "resume",
    "postpone",
    "delete",
    "remove",
    "abort",
    "close",
    "finish",
    "suspend",
    "one",
    "demain",
    "ok",
    "plus",
    "est",
    "is",
    "was",
    "marche",
    "a",
    "au",
    "giveaway",
    "concours",
    "please",
    "stp",
    "encore",
    "again",
    "here",
    "ici",
    "quelque",
    "chose",
    "something",
];

/// Takes what is won.
pub(super) fn prize(s: &mut Sentence, found: &mut Found) {
    if !s.has(&[super::words::GIVEAWAY, "gagner|gagnez", "raffle off", "give away", "en jeu", "tirer au sort"]) {
        return;
    }
    let mut best: Option<(usize, usize, bool)> = None;
    for (start, end) in all(&s.tokens, STARTS) {
        let mut from = end;
        // "a month of Basic" is won whole.
        let length =
            |at: usize| matches!(s.word(at), "a" | "an") && matches!(s.word(at + 1), "month" | "year" | "week" | "day");
        while !length(from)
            && s.tokens
                .get(from)
                .is_some_and(|token| !token.taken && (token.is_sign(":,-=") || BETWEEN.contains(&token.text.as_str())))
        {
            from += 1;
        }
        // What is said to be won names the prize better than what stands behind "giveaway".
        let sure = !THINGS_OF_A_DRAW.split(['|', ' ']).any(|word| word == s.word(start));
        if let Some((from, to)) =
            thing(s, from).filter(|_| best.is_none() || (sure && best.is_some_and(|(.., sure)| !sure)))
        {
            best = Some((from, to, sure));
        }
    }
    // "concours à 500 membres : Nitro"
    let behind = || {
        let at = (1..s.tokens.len()).find(|at| {
            s.tokens.get(*at).is_some_and(|token| token.is_sign(":"))
                && s.tokens.get(at - 1).is_some_and(|token| token.taken)
        })?;
        found.milestone.and_then(|_| thing(s, at + 1))
    };
    // "mets un Nitro en giveaway", "a Nitro giveaway"
    let before = || {
        let (at, _) = first(&s.tokens, &["en|as|in concours|giveaway|tirage|jeu|a", super::words::GIVEAWAY])?;
        let is_part = |i: &usize| {
            let token = s.tokens.get(*i);
            token.is_some_and(|t| !t.taken && t.kind != Kind::Sign)
                && !matches!(
                    s.word(*i),
                    "mets"
                        | "mettre"
                        | "put"
                        | "met"
                        | "offre"
                        | "lance"
                        | "launch"
                        | "start"
                        | "run"
                        | "fais"
                        | "make"
                        | "create"
                        | "cree"
                        | "organise"
                        | "do"
                        | "host"
                        | "new"
                        | "nouveau"
                        | "lancer"
                        | "le"
                        | "the"
                        | "ce"
                        | "this"
                        | "open"
                        | "another"
                        | "petit"
                        | "quick"
                        | "me"
                        | "us"
                        | "big"
                        | "gros"
                        | "setup"
                        | "up"
                        | "faire"
                        | "did"
                        | "faisait"
                        | "ran"
                        | "had"
                        | "gave"
                        | "lancait"
                        | "on"
                        | "we"
                        | "faisons"
                        | "about"
                        | "if"
                        | "any"
                        | "mettez"
                        | "ouvre"
                        | "nos"
                        | "our"
                        | "les"
                        | "des"
                        | "d"
                        | "l"
                        | "de"
                )
        };
        let from = (0..at).rev().take_while(is_part).last()?;
        thing(s, from).filter(|(_, to)| *to == at)
    };
    if let Some((from, to, _)) = best.or_else(|| behind().or_else(before).map(|(from, to)| (from, to, true))) {
        found.prize = Some(s.shown(from, to).trim_matches(['"', '«', '»', ' ', '\'']).to_owned());
        s.take(from, to);
    }
}

/// The words of a thing that begin at a token.
fn thing(s: &Sentence, from: usize) -> Option<(usize, usize)> {
    let span = |i: usize| {
        any_at(&s.tokens, i, &["# h|heure|heures|hours|hour|j|jour|jours|days|day|semaine|semaines|weeks|week|min|minutes|mois|months|month|d|w", "# :|/ #", "# %|€|$", "# gagnant|gagnants|winner|winners", "un|une|a semaine|heure|jour|week|day"]).is_some()
    };
    let ends = |i: usize| {
        s.tokens.get(i).is_none_or(|token| {
            token.taken
                || super::words::GIVEAWAY.split('|').any(|word| word == token.text)
                || token.is_sign(".!?;:,\n()-")
                || (i > from + 1 || i > from && !is_article(s, from)) && ENDS.contains(&token.text.as_str())
                || (i > from && span(i))
        })
    };
    let article = is_article(s, from);
    let unit =
        matches!(s.word(from + 1), "mois" | "an" | "jour" | "semaine" | "month" | "year" | "week" | "day" | "annee");
    let from = if article && !unit { from + 1 } else { from };
    // "24h" behind "giveaway" is how long it runs; "1 mois de Pro" is won.
    let money = any_at(&s.tokens, from, &["# €|$|£|euros|euro|dollars", "€|$|£ #"]).is_some();
    let runs = span(from)
        && !money
        && any_at(
            &s.tokens,
            from,
            &["#|un|une|a mois|an|month|year|jours|jour|days|day|semaine|semaines|weeks|week|months of|de|d"],
        )
        .is_none();
    if runs || ends(from) || !(article && unit) && ENDS.contains(&s.word(from)) {
        return None;
    }
    let mut to = (from..from + LONGEST).take_while(|i| !ends(*i)).last()? + 1;
    while to > from + 1
        && matches!(s.word(to - 1), "de" | "d" | "of" | "du" | "the" | "un" | "une" | "l" | "la" | "dans")
    {
        to -= 1;
    }
    let named = s
        .tokens
        .get(from..to)?
        .iter()
        .any(|token| token.kind == Kind::Quote || (token.kind == Kind::Word && token.hundredths.is_none()));
    let only = to == from + 1 && NOTHING.contains(&s.word(from));
    ((named || money) && !only).then_some((from, to))
}

fn is_article(s: &Sentence, at: usize) -> bool {
    matches!(s.word(at), "un" | "une" | "a" | "an")
}
