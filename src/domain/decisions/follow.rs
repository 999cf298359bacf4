//! What was said before, and how a sentence goes on from it: "et hier ?", "%", "jusqu'à dimanche", "on Ultra", "plutôt 15 %".

use super::draft::{self, Draft};
use super::follow_words::{CALLS_OFF, CHAT, CRIES, EMPTY, GOES_ON, NO, WHOLE, YES};
use super::found::Found;
use super::kinds::{Intent, Missing, Reason, Verdict};
use super::phrase::any_at;
use super::sentence::Sentence;
use super::words::{FILLERS, GIVEAWAY, GREETINGS, PROMO_NOUN};
use super::{Understood, merge, settings, token};

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

/// Whether a sentence is one of these and nothing else.
fn is_bare(s: &Sentence, patterns: &[&str]) -> bool {
    let skip = s.tokens.iter().take_while(|token| token.is_sign(",.!-")).count();
    any_at(&s.tokens, skip, patterns).is_some_and(|end| {
        s.tokens.iter().skip(end).all(|token| {
            token.is_sign(".!,? ")
                || FILLERS.contains(&token.text.as_str())
                || matches!(token.text.as_str(), "ca" | "it" | "that")
        })
    })
}

/// Whether a sentence says no and nothing else, and no more than that: "stop" stops everything.
pub(super) fn is_no(s: &Sentence) -> bool {
    is_bare(s, NO) && !is_bare(s, &["stop"])
}

/// Whether a sentence calls off what was just shown, and says nothing else.
pub(super) fn calls_off(s: &Sentence) -> bool {
    is_bare(s, CALLS_OFF) && !s.asks() && !s.has(&["tout|everything|all|demain|tomorrow"])
}

/// Whether a sentence is a cry that stops everything, and nothing else.
pub(super) fn cries(s: &Sentence) -> bool {
    is_bare(s, CRIES) && !s.asks()
}

/// Whether a sentence greets, thanks or laughs, and says little else.
pub(super) fn is_small_talk(s: &Sentence) -> bool {
    let chats = |token: &&token::Token| {
        let word = token.text.as_str();
        GREETINGS.contains(&word) || CHAT.contains(&word)
    };
    let words: Vec<_> = s.tokens.iter().filter(|token| token.kind != token::Kind::Sign).collect();
    let others = words.iter().filter(|token| !chats(token)).count();
    words.is_empty() || others <= 3 && others < words.len() && !s.has(&[PROMO_NOUN, GIVEAWAY])
}

/// What a sentence means after what was said before; `None` where it stands by itself.
pub(super) fn follow(s: &Sentence, found: &Found, prior: &Prior) -> Option<Followed> {
    let bare = |patterns: &[&str]| is_bare(s, patterns);
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
    // What says a value, a target and an end is whole: it goes on from no question, and answers none but a promotion's.
    let says_value = found.percents.len() + found.amounts.len() > 0;
    let is_whole = (says_value || !found.bare.is_empty())
        && !found.targets.is_empty()
        && found.lengths.len() + found.ends.len() > 0;
    if draft.intent != Intent::PromoCreate && is_whole || draft.intent.reads() && says_value {
        return None;
    }
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
        .count()
        .saturating_sub(usize::from(found.unknown));
    match draft.intent {
        Intent::PromoCreate => {
            let other = s.has(&[PROMO_NOUN]) && !goes_on || s.has(&[GIVEAWAY]);
            let answers = unknown == 0 || whole(s, draft).is_some() || (goes_on && unknown <= 1);
            if other || !answers || found.metric.is_some() {
                return None;
            }
            let open = prior.verdict == Some(Verdict::Ask);
            let Some(merged) = merge::over(s, found, draft).or_else(|| whole(s, draft).filter(|_| open)) else {
                // A number that answers nothing leaves the question open.
                return (open && !found.bare.is_empty()).then(|| (draft::judge(draft), Some(draft.clone())));
            };
            // "et sur Ultra ?" asks about another one; it orders none.
            let judged = draft::judge(&merged);
            let asks = s.asks() && prior.verdict != Some(Verdict::Ask);
            Some((if asks { draft::doubted(judged, Reason::Uncertain) } else { judged }, Some(merged)))
        }
        Intent::GiveawayCreate => {
            let prize = draft.found.prize.is_none() && found.prize.is_none() && !s.asks();
            let merged = merge::over(s, found, draft);
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
        Intent::PromoStop | Intent::GiveawayEnd | Intent::GiveawayReroll | Intent::Approve | Intent::Reject => {
            let other = found.percents.len() + found.amounts.len() + found.lengths.len() + found.ends.len() > 0
                || found.winners.is_some()
                || found.max_uses.is_some()
                || found.milestone.is_some();
            let short = s.tokens.len() <= 4 && unknown == 0 && !s.asks() && !other;
            let number = s.tokens.iter().filter_map(token::Token::whole).next().and_then(|n| u64::try_from(n).ok());
            // A number behind an approval that was answered is shown, with its buttons; only one that was asked for decides.
            let decides = matches!(draft.intent, Intent::Approve | Intent::Reject);
            let wanted = prior.verdict == Some(Verdict::Ask) && draft.reason.is_none() && draft.found.refs.is_empty();
            if let Some(number) = number.filter(|_| decides && short && !wanted) {
                let mut asked = Understood::asked(draft.intent, Missing::Button);
                asked.slots.reference = Some(number);
                return Some((asked, Some(draft.clone())));
            }
            let mut merged = draft.clone();
            merged.found.refs = number.into_iter().collect();
            merged.found.targets.clone_from(&found.targets);
            let says = number.is_some() || (draft.intent == Intent::PromoStop && !found.targets.is_empty());
            (short && says).then(|| (draft::judge(&merged), Some(merged)))
        }
        Intent::ConfigSet if draft.setting.1.is_none() && !s.asks() && s.tokens.len() <= 4 => {
            let skip = s
                .tokens
                .iter()
                .take_while(|token| matches!(token.text.as_str(), "en" | "a" | "to" | "sur" | "in"))
                .count();
            let value = Some(s.shown(skip, s.tokens.len()).to_owned()).filter(|value| !value.is_empty());
            let mut merged = draft.clone();
            merged.setting.1 =
                value.map(|value| settings::value_of(draft.setting.0.as_deref().unwrap_or_default(), &value));
            Some((draft::judge(&merged), Some(merged)))
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

/// All of what is sold, said in a word: "tout", "all of them".
fn whole(s: &Sentence, before: &Draft) -> Option<Draft> {
    let (_, target) = WHOLE.iter().find(|(words, _)| is_bare(s, &[words]))?;
    let mut merged = before.clone();
    merged.found.targets = vec![target.clone()];
    merged.found.unknown = false;
    Some(merged)
}
