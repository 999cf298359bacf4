//! What was said before, and how a sentence goes on from it: "et hier ?", "%", "jusqu'à dimanche", "on Ultra", "plutôt 15 %".

use super::draft::{self, Draft};
use super::found::Found;
use super::kinds::{Intent, Missing, Reason, Verdict};
use super::phrase::any_at;
use super::sentence::Sentence;
use super::words::{FILLERS, GIVEAWAY, GREETINGS, PROMO_NOUN};
use super::{Understood, token};

/// An understanding, and what may be gone on from.
pub(super) type Followed = (Understood, Option<Draft>);

/// What was said before.
#[derive(Debug, Clone, Default)]
pub(super) struct Prior {
    /// What the person wanted last.
    pub(super) draft: Option<Draft>,
    /// What became of it.
    pub(super) verdict: Option<Verdict>,
    /// The plan whose number we named last.
    pub(super) plan: Option<u64>,
}

impl Prior {
    /// Hears what we said ourselves: nothing of it counts but a plan's number.
    pub(super) fn hear(&mut self, text: &str) {
        let tokens = token::tokens(text);
        let number = |pair: &[token::Token]| match pair {
            [sign, number] if sign.is_sign("#") => number.whole().and_then(|n| u64::try_from(n).ok()),
            _ => None,
        };
        let plan = tokens.iter().any(|token| matches!(token.text.as_str(), "plan" | "proposition"));
        if let Some(number) = tokens.windows(2).find_map(number).filter(|_| plan) {
            self.plan = Some(number);
        }
    }
}

/// What goes on from before begins so.
const GOES_ON: &[&str] = &[
    "et|and|puis|plutot|rather|instead|pareil|idem|same|ou|or|mais|but",
    "what|how about",
    "finalement",
    "make|mets it|le|la|plutot|les",
    "non ,? plutot",
    "no ,? make|rather",
    "disons",
    "c est|it s",
    "qu en est il",
];

/// A yes, and a no.
const YES: &[&str] = &[
    "oui",
    "yes",
    "ok|okay",
    "ouais|yep|yeah|yup|si",
    "d accord",
    "go",
    "vas y",
    "confirme|confirmed",
    "parfait|perfect",
    "c est bon",
    "do it",
    "fais le",
    "go for it|ahead",
    "sure",
    "bien sur",
    "lance",
    "exact|exactement|exactly",
    "👍",
    "✅",
];
const NO: &[&str] = &[
    "non",
    "no",
    "nan|nope|nah",
    "annule|cancel|stop|oublie|abandonne",
    "laisse|laissez tomber",
    "never mind",
    "nevermind|nvm",
    "rien",
    "non merci",
    "no thanks",
    "surtout pas",
    "plus tard|later",
    "pas maintenant|now",
    "not now",
    "forget it",
    "👎",
    "❌",
];

/// Words that carry nothing in an answer.
const EMPTY: &[&str] = &[
    "sur",
    "on",
    "for",
    "pour",
    "de",
    "d",
    "du",
    "le",
    "la",
    "les",
    "l",
    "the",
    "un",
    "une",
    "a",
    "an",
    "of",
    "off",
    "et",
    "and",
    "alors",
    "plan",
    "plans",
    "formule",
    "en",
    "in",
    "it",
    "c",
    "est",
    "s",
    "is",
    "plutot",
    "rather",
    "instead",
    "make",
    "mets",
    "finalement",
    "what",
    "about",
    "how",
    "non",
    "no",
    "pas",
    "to",
    "by",
    "que",
    "disons",
    "promo",
    "percent",
    "pourcentage",
    "percentage",
    "euros",
    "euro",
    "pareil",
    "same",
    "avec",
    "with",
    "merci",
    "celle",
    "celui",
    "au",
    "aux",
    "i",
    "mean",
    "je",
    "veux",
    "dire",
    "mais",
    "but",
    "ou",
    "or",
    "enfin",
    "seulement",
    "only",
    "uniquement",
    "pendant",
    "jusqu",
    "until",
    "mon",
    "notre",
    "our",
    "then",
];

/// What a sentence means after what was said before; `None` where it stands by itself.
pub(super) fn follow(s: &Sentence, found: &Found, prior: &Prior) -> Option<Followed> {
    let bare = |patterns: &[&str]| {
        let skip = s.tokens.iter().take_while(|token| token.is_sign(",.!-")).count();
        any_at(&s.tokens, skip, patterns).is_some_and(|end| {
            s.tokens.iter().skip(end).all(|token| {
                token.is_sign(".!,? ")
                    || FILLERS.contains(&token.text.as_str())
                    || matches!(token.text.as_str(), "ca" | "it" | "that")
            })
        })
    };
    let draft = prior.draft.as_ref();
    if bare(NO) && (draft.is_some() || prior.plan.is_some()) {
        return Some((Understood::ignored(Reason::TakenBack), None));
    }
    if bare(YES) {
        if let Some(plan) = prior.plan {
            let mut asked = Understood::asked(Intent::Approve, Missing::Button);
            asked.slots.reference = Some(plan);
            return Some((asked, prior.draft.clone()));
        }
        // What was asked back still is.
        let open = draft.filter(|_| prior.verdict == Some(Verdict::Ask))?;
        return Some((draft::judge(open), Some(open.clone())));
    }
    let draft = draft?;
    let goes_on = any_at(&s.tokens, 0, GOES_ON).is_some();
    let unknown = s
        .tokens
        .iter()
        .filter(|token| {
            !token.taken
                && token.kind == token::Kind::Word
                && token.hundredths.is_none()
                && !EMPTY.contains(&token.text.as_str())
                && !FILLERS.contains(&token.text.as_str())
                && !GREETINGS.contains(&token.text.as_str())
        })
        .count();
    match draft.intent {
        Intent::PromoCreate => {
            let other = s.has(&[PROMO_NOUN]) && !goes_on || s.has(&[GIVEAWAY]);
            let answers = unknown == 0 || (goes_on && unknown <= 1);
            if other || !answers || found.metric.is_some() {
                return None;
            }
            let merged = over(s, found, draft)?;
            // "et sur Ultra ?" asks about another one; it orders none.
            let judged = draft::judge(&merged);
            let asks = s.asks() && prior.verdict != Some(Verdict::Ask);
            Some((if asks { draft::doubted(judged, Reason::Uncertain) } else { judged }, Some(merged)))
        }
        Intent::GiveawayCreate => {
            let prize = draft.found.prize.is_none() && found.prize.is_none() && !s.asks();
            let merged = over(s, found, draft);
            match merged {
                Some(merged) if unknown == 0 => Some((draft::judge(&merged), Some(merged))),
                _ if prize && s.tokens.len() <= 8 && found.metric.is_none() => {
                    let mut merged = merged.unwrap_or_else(|| draft.clone());
                    let skip = s
                        .tokens
                        .iter()
                        .take_while(|token| {
                            matches!(
                                token.text.as_str(),
                                "un" | "une" | "a" | "an" | "le" | "la" | "the" | "du" | "des"
                            )
                        })
                        .count();
                    let end = (skip..s.tokens.len())
                        .take_while(|i| {
                            s.tokens
                                .get(*i)
                                .is_some_and(|token| !token.is_sign(".!,;\n") && (!token.taken || *i <= skip))
                        })
                        .last()?
                        + 1;
                    merged.found.prize =
                        Some(s.shown(skip, end).to_owned()).filter(|prize| prize.chars().any(char::is_alphabetic));
                    Some((draft::judge(&merged), Some(merged)))
                }
                _ => None,
            }
        }
        intent if intent.reads() => {
            let says = found.period.is_some()
                || found.metric.is_some()
                || found.compare.is_some()
                || !found.targets.is_empty()
                || !found.lengths.is_empty();
            if says && (goes_on || unknown == 0) {
                let mut merged = draft.clone();
                merged.found.period = found.period.or(draft.found.period);
                merged.found.metric = found.metric.or(draft.found.metric);
                merged.found.compare = found.compare.or(draft.found.compare.filter(|_| found.period.is_none()));
                if !found.targets.is_empty() {
                    merged.found.targets.clone_from(&found.targets);
                }
                if found.metric.is_some() {
                    merged.intent = Intent::Analytics;
                }
                return Some((draft::judge(&merged), Some(merged)));
            }
            goes_on.then(|| {
                let mut asked = draft::judge(draft);
                asked.slots.period = None;
                (Understood { verdict: Verdict::Ask, missing: vec![Missing::Period], ..asked }, Some(draft.clone()))
            })
        }
        _ => None,
    }
}

/// What was said before with what is said now in its place; `None` where nothing is.
pub(super) fn over(s: &Sentence, now: &Found, before: &Draft) -> Option<Draft> {
    let mut merged = before.clone();
    let found = &mut merged.found;
    let mut says = false;
    let percent = s.has(&["%", "pourcent|pourcents|percent|pourcentage|percentage", "pour cent", "per cent"]);
    let money = s.has(&["€|euro|euros|eur"]);
    if !now.percents.is_empty() || !now.amounts.is_empty() || now.foreign {
        found.percents.clone_from(&now.percents);
        found.amounts.clone_from(&now.amounts);
        (found.foreign, found.bare, found.range, found.doubtful) = (now.foreign, Vec::new(), now.range, now.doubtful);
        says = true;
    } else if let ([number], true) = (before.found.bare.as_slice(), percent || money) {
        // The unit of the number that was there.
        if percent {
            found.percents = vec![*number];
        } else {
            found.amounts = vec![*number];
        }
        found.bare.clear();
        says = true;
    } else if let ([number], [], []) =
        (now.bare.as_slice(), before.found.percents.as_slice(), before.found.amounts.as_slice())
    {
        found.bare = vec![*number];
        says = true;
    }
    if !now.lengths.is_empty() || !now.ends.is_empty() || now.vague || now.endless || now.later {
        found.lengths.clone_from(&now.lengths);
        found.ends.clone_from(&now.ends);
        // "dimanche", asked until when, is the end.
        (found.vague, found.endless, found.later) = (now.vague, now.endless, now.later);
        if let (true, Some(day)) = (
            now.later && now.ends.is_empty() && before.found.ends.is_empty() && before.found.lengths.is_empty(),
            now.bare_day,
        ) {
            found.ends = vec![day];
            found.later = false;
        }
        says = true;
    }
    if !now.targets.is_empty() || now.unknown {
        found.targets.clone_from(&now.targets);
        found.unknown = now.unknown;
        says = true;
    }
    let mut replace = |is: bool| says |= is;
    replace(now.audience.is_some());
    replace(now.code.is_some());
    replace(now.max_uses.is_some());
    replace(now.winners.is_some());
    replace(now.prize.is_some());
    replace(now.milestone.is_some());
    found.audience = now.audience.clone().or_else(|| found.audience.take());
    found.nameless_code = found.nameless_code && now.code.is_none();
    found.code = now.code.clone().or_else(|| found.code.take());
    found.max_uses = now.max_uses.or(found.max_uses);
    found.winners = now.winners.or(found.winners);
    found.prize = now.prize.clone().or_else(|| found.prize.take());
    found.milestone = now.milestone.or(found.milestone);
    (found.stacking, found.free) = (found.stacking || now.stacking, found.free || now.free);
    merged.reason = None;
    says.then_some(merged)
}
