//! Counted things and names of things: `#12`, the name of a code, uses, winners, the members of a milestone.

use super::found::Found;
use super::phrase::{any_at, at};
use super::sentence::Sentence;
use super::spelled::count;
use super::token::{Kind, Token};
use super::words::{GIVEAWAY, PROMO, PROMO_NOUN};

/// What comes before a number that names something.
const NUMBERED: &[&str] = &["#", "n°|no|nr|num|numero|number|id #?", "n ° #?"];

/// Things that have numbers.
const THINGS: &str = "plan|promo|promotion|giveaway|concours|tirage|demande|request|proposition|proposal|raffle|promos|approuve|approve|rejette|reject|valide|validate|refuse|accept|accepte|confirme|confirm|decline|reroll|approuver|rejeter|valider|audit|tombola|giveways";

/// What is drawn; what is won stands behind it.
pub(super) const THINGS_OF_A_DRAW: &str = "giveaway|concours|raffle|tombola|loterie|lottery|tirage|give_away au? sort?";

/// Takes the numbers that name plans, promotions and giveaways.
pub(super) fn refs(s: &mut Sentence, found: &mut Found) {
    for at in 0..s.tokens.len() {
        let Some(number) = s.tokens.get(at).filter(|token| token.kind == Kind::Number && !token.taken) else {
            continue;
        };
        let Some(value) = number.whole().and_then(|n| u64::try_from(n).ok()) else { continue };
        let before = (at.saturating_sub(3)..at)
            .find(|start| NUMBERED.iter().any(|pattern| marks(s, *start, pattern) == Some(at)));
        let thing = at.checked_sub(1).is_some_and(|i| THINGS.split('|').any(|thing| thing == s.word(i)));
        // "approuve le 12"
        let decides = at.checked_sub(2).is_some_and(|i| any_at(&s.tokens, i, &["approuve|approuver|approve|valide|valider|validate|rejette|rejeter|reject|refuse|accepte|confirme le|la|the"]).is_some());
        let thing = thing || decides;
        let counts = s.tokens.get(at + 1).is_some_and(|next| {
            next.kind == Kind::Number
                || next.is_sign("%€$£/:")
                || next.is_sign("+*^-×") && next.glued
                || (next.kind == Kind::Word
                    && !matches!(
                        next.text.as_str(),
                        "stp"
                            | "svp"
                            | "please"
                            | "pls"
                            | "et"
                            | "and"
                            | "now"
                            | "maintenant"
                            | "s"
                            | "merci"
                            | "thanks"
                            | "immediatement"
                            | "tout"
                            | "?"
                            | "vite"
                            | "in"
                            | "qui"
                            | "because"
                            | "cause"
                            | "cuz"
                            | "since"
                            | "as"
                            | "car"
                            | "parce"
                            | "puisque"
                            | "vu"
                            | "hier"
                    ))
        });
        if before.is_some() || (thing && !counts) {
            found.refs.push(value);
            s.take(before.unwrap_or(at), at + 1);
        }
    }
}

/// As [`at`], where `#` is the sign itself.
fn marks(s: &Sentence, start: usize, pattern: &str) -> Option<usize> {
    match pattern {
        "#" => (s.word(start) == "#").then_some(start + 1),
        "n ° #?" => at(&s.tokens, start, "n ° ").map(|end| end + usize::from(s.word(end) == "#")),
        _ => at(&s.tokens, start, pattern.trim_end_matches(" #?")).map(|end| end + usize::from(s.word(end) == "#")),
    }
}

/// What comes before the name of a code.
const CODE: &[&str] = &[
    "code|coupon|codes promo|promotionnel|coupon|reduction|de|discount? nomme|appele|named|called|:?",
    "code|coupon",
    "code promo|coupon",
];
/// Words that are no names of codes, though they stand where one does.
const NO_CODES: &str = "de|d|of|for|pour|with|avec|promo|a|qui|that|sur|on|in|et|and|un|une|the|le|off|is|est|giving|worth|valable|valid|jusqu|until|pendant|discount|reduction|coupon";

/// Takes the name of a code.
pub(super) fn code(s: &mut Sentence, found: &mut Found) {
    let Some((from, _)) = s.places(&["code|codes|coupon"]).first().copied() else { return };
    let excused = from.checked_sub(1).is_some_and(|i| matches!(s.word(i), "sans" | "without" | "no"));
    if excused {
        s.take(from - 1, from + 1);
        return;
    }
    let name_at = any_at(&s.tokens, from, CODE).unwrap_or(from + 1);
    let name_at = name_at + usize::from(s.tokens.get(name_at).is_some_and(|token| token.is_sign(":")));
    let is_name = |token: &Token, at: usize| match token.kind {
        Kind::Quote => true,
        Kind::Word => {
            let shown = s.shown(at, at + 1);
            let loud = shown.chars().count() >= 3 && !shown.chars().any(char::is_lowercase);
            (loud || token.text.chars().any(|c| c.is_ascii_digit()))
                && !NO_CODES.split('|').any(|word| word == token.text)
        }
        Kind::Number | Kind::Mention | Kind::Sign => false,
    };
    // "le code NOEL20" and "20% off with SUMMER as code".
    let behind = s.tokens.get(name_at).filter(|token| is_name(token, name_at)).map(|_| name_at);
    let before = from
        .checked_sub(1)
        .filter(|i| s.tokens.get(*i).is_some_and(|token| token.kind == Kind::Word && is_name(token, *i)));
    match behind.or(before) {
        Some(at) => {
            let name: String = super::normal::folded(s.shown(at, at + 1))
                .to_uppercase()
                .chars()
                .filter(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
                .collect();
            s.take(from.min(at), name_at.max(from + 1).max(at + 1));
            found.code = Some(name).filter(|name| (2..=32).contains(&name.len()));
            found.nameless_code = found.code.is_none();
        }
        None => {
            found.nameless_code = true;
            s.take(from, from + 1);
        }
    }
}

/// Takes the name of a code that stands without the word: "promo NOEL20 20% pro", "stop the SUMMER promo". Read behind the names of
/// what is sold, which are no codes.
pub(super) fn bare_code(s: &mut Sentence, found: &mut Found) {
    if found.code.is_some() || found.nameless_code || !s.has(&[PROMO]) || s.has(&[GIVEAWAY]) {
        return;
    }
    let is_loud = |at: usize| {
        let shown = s.shown(at, at + 1);
        shown.chars().count() >= 4 && shown.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
    };
    let is_free = |at: usize| {
        s.tokens.get(at).is_some_and(|token| {
            token.kind == Kind::Word && !token.taken && !NO_CODES.split('|').any(|word| word == token.text)
        })
    };
    let numbered = |at: usize| s.word(at).chars().any(|c| c.is_ascii_digit());
    if let Some(at) = (0..s.tokens.len()).find(|at| is_free(*at) && is_loud(*at) && numbered(*at)) {
        found.code = Some(s.shown(at, at + 1).to_owned());
        s.take(at, at + 1);
        return;
    }
    // Letters alone may as well be said loudly: only where the rest isn't, beside the promotion, and only to find one.
    let shouts = !s.clean.text.chars().any(char::is_lowercase);
    let Some((from, to)) = s.places(&[PROMO_NOUN]).first().copied().filter(|_| !shouts) else { return };
    let before = from.checked_sub(2).filter(|i| matches!(s.word(*i), "la" | "the" | "cette" | "this")).map(|i| i + 1);
    let beside = [Some(to), before].into_iter().flatten().find(|at| is_free(*at) && is_loud(*at));
    found.loud = beside.map(|at| s.shown(at, at + 1).to_owned());
}

/// Takes how often something may be used.
pub(super) fn uses(s: &mut Sentence, found: &mut Found) {
    let patterns: &[&str] = &[
        "maximum|max|max.|limite|limited|limitee|capped|plafonne a|to|at? # utilisations|utilisation|uses|use|fois|times|personnes|people|clients|customers|redemptions|usages",
        "# utilisations|utilisation|uses|fois|redemptions|usages max|maximum?",
        "# use limit",
        "les? # premiers|premieres|1ers personnes|clients|acheteurs|utilisateurs|inscrits|membres|utilisations?",
        "the? first # customers|people|users|buyers|members|uses|orders?",
        "premiers|premieres # personnes|clients|acheteurs|utilisateurs?",
        "limite|limitee|limited|capped a|to|at #",
        "pas|no|not plus|more de|than # utilisations|uses|fois|times|personnes|people",
        "max|maximum # times|fois|uses|people|personnes|utilisations",
        "up to # uses|times|people",
        "jusqu a # utilisations|fois",
        "used|utilisable|valable|usable # fois|times|time",
        "maximum|max .? # premiers|premieres?",
        "# max|maximum",
        "max|maximum #",
    ];
    // Of a giveaway these win.
    let people: &[&str] = &[
        "pour|for|a|to les|the? # personnes|people|clients|customers|acheteurs|buyers|membres|members|utilisateurs|users max|maximum|only|seulement?",
        "# personnes|people|clients|customers|acheteurs|buyers|utilisateurs|users max|maximum|only|seulement",
        "# exemplaires|copies|places|only max|maximum?",
    ];
    let draw = s.has(&[GIVEAWAY, "gagner|gagnez", "raffle off", "give away", "en jeu", "tirer au sort"]);
    let people = if draw { &[] } else { people };
    let patterns: Vec<&str> = patterns.iter().chain(people).copied().collect();
    let patterns = patterns.as_slice();
    for (from, to) in s.places(&[
        "sans|without|no limite|limit|limites|limits d|de|of|on|du utilisation|utilisations|use|uses|nombre",
        "no use|usage limit",
        "utilisations|usages illimitees|illimites",
        "unlimited uses|use",
    ]) {
        s.take(from, to);
    }
    if let Some((from, to)) = s.places(patterns).first().copied() {
        let number = s.tokens.get(from..to).unwrap_or_default().iter().find_map(Token::whole);
        // "limited to 48 hours" is a length, "max 10 %" a value.
        let other = any_at(
            &s.tokens,
            to,
            &[
                "%|h|heures|hours|jours|days|day|jour|€|euros|semaine|semaines|week|weeks|percent|gagnants|winners",
                "mois|month|months|an|ans|annee|annees|year|years|echeances|factures|invoices|bills|payments|cycles",
                "pour cent",
            ],
        )
        .is_some();
        if !other {
            found.max_uses = number.and_then(|n| u32::try_from(n).ok());
            let leads = from
                .checked_sub(1)
                .is_some_and(|i| matches!(s.word(i), "pour" | "for" | "aux" | "to" | "avec" | "with" | "les" | "the"));
            s.take(if leads { from - 1 } else { from }, to);
        }
    }
}

/// Takes the members of a milestone.
pub(super) fn milestone(s: &mut Sentence, found: &mut Found) {
    let patterns: &[&str] = &[
        "quand|lorsqu|lorsque|des|when|once|if|si|as soon? qu|que|as? on|nous|we|le|the|il serveur|server|y? _? _? # membres|members|membre",
        "a|at|pour|for|les|on|des|upon|aux|reaching|hitting|of # membres|members",
        "au|at|a|aux? cap|palier|seuil|milestone|objectif des|de|of|aux|les # membres|members?",
        "# membres|members milestone",
        "# membres|members atteints|reached|sont atteints|are reached",
    ];
    if let Some((from, to)) = s.places(patterns).into_iter().next() {
        let number = s.tokens.get(from..to).unwrap_or_default().iter().find_map(Token::whole);
        let behind = at(&s.tokens, to, "atteints|reached").unwrap_or(to);
        found.milestone = number.and_then(|n| u32::try_from(n).ok());
        s.take(from, behind);
    }
}

/// Takes how many win.
pub(super) fn winners(s: &mut Sentence, found: &mut Found) {
    let patterns: &[&str] = &[
        "avec|with|pour|for|to|a|,? #|un|une|one|a lucky|heureux|seul|single? gagnant|gagnants|gagnante|gagnantes|winner|winners|vainqueur|vainqueurs|laureats",
        "#|un|one|a lucky members|people|winner|winners",
        "gagnants|winners|vainqueurs :|= #",
    ];
    let counted = |part: &[Token]| {
        part.iter()
            .find_map(|token| token.whole())
            .or_else(|| part.iter().find_map(count))
            .and_then(|n| u32::try_from(n).ok())
    };
    if let Some((from, to)) = s.places(patterns).first().copied() {
        found.winners = counted(s.tokens.get(from..to).unwrap_or_default());
        // "2.5 winners"
        found.doubtful |= found.winners.is_none();
        s.take(from, to);
        return;
    }
    // "fais gagner … à 5 personnes": people count as winners where something is to be won.
    let wins = s.has(&[GIVEAWAY, "gagner", "raffle", "give away", "tirer au sort", "mets en jeu"]);
    let people: &[&str] = &[
        "pour|for|to|a|among|parmi|entre #|un|une|one|a lucky? personnes|people|personne|person|membres|members|membre|member|chanceux|joueurs|players|abonnes|subscribers",
    ];
    if let Some((from, to)) = s.places(people).first().copied().filter(|_| wins && found.milestone.is_none()) {
        found.winners = counted(s.tokens.get(from..to).unwrap_or_default());
        s.take(from, to);
    }
}
