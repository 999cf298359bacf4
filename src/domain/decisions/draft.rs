//! What is understood so far, and the verdict on it: what is refused, what is asked, what is a plan.

use super::Understood;
use super::found::Found;
use super::kinds::{Intent, Missing, Reason, Verdict};
use super::plan::Plan;
use super::slots::{Period, Slots, Target};
use crate::kernel::Currency;

/// What is understood so far.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// What is wanted.
    pub(super) intent: Intent,
    /// What is said of it.
    pub(super) found: Found,
    /// Which setting, and what it is to be.
    pub(super) setting: (Option<String>, Option<String>),
    /// The shop's currency, and the most that may come off, in percent.
    pub(super) rules: (Currency, u8),
    /// What makes it doubtful as a whole.
    pub(super) reason: Option<Reason>,
}

/// The verdict on what is understood.
pub(super) fn judge(draft: &Draft) -> Understood {
    let found = &draft.found;
    let slots = slots(draft);
    let understood = |verdict: Verdict| Understood { slots: slots.clone(), ..Understood::new(draft.intent, verdict) };
    if draft.intent.reads() {
        let beside = draft.reason.filter(|reason| *reason == Reason::Entrants);
        return Understood { reason: beside, ..understood(Verdict::Answer) };
    }
    if draft.intent == Intent::PromoCreate
        && let Some(reason) = refused(found, draft.rules.1)
    {
        let cap_percent = (reason == Reason::AboveCap).then_some(draft.rules.1);
        return Understood { cap_percent, ..understood(Verdict::Refuse).because(reason) };
    }
    match draft.intent {
        Intent::StopAll | Intent::Approve | Intent::Reject => {
            let needs = draft.intent != Intent::StopAll && slots.reference.is_none();
            let several = found.refs.len() > 1 && draft.intent != Intent::StopAll;
            match (draft.reason.or(several.then_some(Reason::TwoValues)), needs) {
                (Some(reason), _) => doubted(understood(Verdict::Ask), reason),
                (None, true) => Understood { missing: vec![Missing::Ref], ..understood(Verdict::Ask) },
                (None, false) => understood(Verdict::Act),
            }
        }
        _ => {
            let reason = draft.reason.or_else(|| doubt(draft));
            let plan = Plan::of(draft.intent, &slots, draft.rules.0);
            let mut missing = match &plan {
                Some(Err(missing)) => missing.clone(),
                _ => Vec::new(),
            };
            // A number without a unit is asked for its unit.
            if !found.bare.is_empty() || found.foreign || found.doubtful {
                missing
                    .iter_mut()
                    .filter(|one| **one == Missing::Value && draft.intent == Intent::PromoCreate)
                    .for_each(|one| *one = Missing::Unit);
            }
            if found.nameless_code && draft.intent == Intent::PromoCreate {
                missing.push(Missing::Code);
            }
            match (plan, reason) {
                (Some(Ok(plan)), None) if missing.is_empty() => {
                    Understood { plan: Some(plan), ..understood(Verdict::Plan) }
                }
                (_, Some(reason)) => doubted(Understood { missing, ..understood(Verdict::Ask) }, reason),
                _ => Understood { missing, ..understood(Verdict::Ask) },
            }
        }
    }
}

/// What is asked for because of a doubt.
pub(super) fn doubted(understood: Understood, reason: Reason) -> Understood {
    let decides = matches!(understood.intent, Intent::Approve | Intent::Reject);
    let asks = match reason {
        Reason::TwoTargets | Reason::UnknownTarget => Missing::Target,
        Reason::UnknownAudience => Missing::Audience,
        Reason::DoubtfulNumber if understood.intent == Intent::GiveawayCreate => Missing::Value,
        Reason::DoubtfulNumber if understood.missing.contains(&Missing::End) => Missing::End,
        Reason::DoubtfulNumber if understood.missing.contains(&Missing::Value) => Missing::Value,
        Reason::Currency | Reason::DoubtfulNumber => Missing::Unit,
        Reason::PriceChange => Missing::Value,
        Reason::UnknownLimit => Missing::Intent,
        Reason::LaterStart if understood.intent == Intent::StopAll => Missing::Intent,
        Reason::Uncertain | Reason::Condition | Reason::LaterStart if decides => {
            if understood.slots.reference.is_some() { Missing::Button } else { Missing::Ref }
        }
        Reason::VagueLength | Reason::PastDate | Reason::ImpossibleDate => Missing::End,
        _ => Missing::Choice,
    };
    let mut missing = understood.missing;
    if !missing.contains(&asks) {
        missing.push(asks);
    }
    Understood { verdict: Verdict::Ask, plan: None, missing, reason: Some(reason), ..understood }
}

/// Why a promotion is refused, if it is.
fn refused(found: &Found, cap_percent: u8) -> Option<Reason> {
    let most = found.percents.iter().copied().max().unwrap_or(0);
    if found.raises {
        Some(Reason::PriceChange)
    } else if most >= 10_000 || found.free {
        Some(Reason::Free)
    } else if most > i64::from(cap_percent) * 100 {
        Some(Reason::AboveCap)
    } else if found.stacking {
        Some(Reason::Stacking)
    } else {
        found.endless.then_some(Reason::WithoutEnd)
    }
}

fn one<T: PartialEq + Clone>(all: &[T]) -> Option<T> {
    all.first().filter(|first| all.iter().all(|other| other == *first)).cloned()
}

/// What makes a write doubtful.
fn doubt(draft: &Draft) -> Option<Reason> {
    let found = &draft.found;
    let several = |is: bool, reason: Reason| is.then_some(reason);
    match draft.intent {
        Intent::PromoCreate => {
            let values = usize::from(!found.percents.is_empty()) + usize::from(!found.amounts.is_empty());
            let two = values > 1
                || found.range
                || (!found.percents.is_empty() && one(&found.percents).is_none())
                || (!found.amounts.is_empty() && one(&found.amounts).is_none());
            several(two, Reason::TwoValues)
                .or(several(found.foreign, Reason::Currency))
                .or(several(found.doubtful || found.reckoned, Reason::DoubtfulNumber))
                .or(several(found.priced, Reason::PriceChange))
                .or(several(found.targets.len() > 1, Reason::TwoTargets))
                .or(several(found.unknown, Reason::UnknownTarget))
                .or(several(found.someone, Reason::UnknownAudience))
                .or(several(found.limit, Reason::UnknownLimit))
                .or(several(values > 0 && !found.bare.is_empty(), Reason::TwoValues))
                .or(ends(found))
                .or(several(found.unclear, Reason::Uncertain))
        }
        Intent::GiveawayCreate => several(found.endless, Reason::WithoutEnd)
            .or(several(found.reckoned || found.doubtful, Reason::DoubtfulNumber))
            .or(several(found.someone, Reason::UnknownAudience))
            .or(several(found.limit || found.max_uses.is_some(), Reason::UnknownLimit))
            .or(several(!found.bare.is_empty(), Reason::TwoValues))
            .or(ends(found))
            .or(several(found.unclear, Reason::Uncertain)),
        Intent::PromoStop | Intent::GiveawayEnd | Intent::GiveawayReroll => {
            // "end giveaway 4 or 5"
            let numbers = found.prize.as_ref().is_some_and(|prize| prize.chars().any(|c| c.is_ascii_digit()));
            several(found.refs.len() > 1 || !found.bare.is_empty() || numbers, Reason::TwoValues)
                .or(several(found.targets.len() > 1, Reason::TwoTargets))
                .or(several(found.limit, Reason::UnknownLimit))
                .or(several(found.unknown || found.stray && !is_named(found), Reason::UnknownTarget))
                .or(several(found.later || !found.ends.is_empty(), Reason::LaterStart))
        }
        Intent::Resume => several(found.later, Reason::LaterStart),
        _ => None,
    }
}

/// Whether it says which one is meant.
const fn is_named(found: &Found) -> bool {
    !found.targets.is_empty() || !found.refs.is_empty() || found.code.is_some() || found.loud.is_some()
}

/// What is doubtful about when it ends.
fn ends(found: &Found) -> Option<Reason> {
    let wrong = found.ends.iter().find_map(|end| end.err());
    let several = found.lengths.len() + found.ends.len() > 1
        && !(found.ends.is_empty() && one(&found.lengths).is_some())
        && !(found.lengths.is_empty() && one(&found.ends).is_some());
    wrong
        .or_else(|| several.then_some(Reason::TwoValues))
        .or_else(|| (found.vague && found.lengths.is_empty() && found.ends.is_empty()).then_some(Reason::VagueLength))
        .or_else(|| found.later.then_some(Reason::LaterStart))
}

/// The slots of what is understood: those that belong to its intent.
fn slots(draft: &Draft) -> Slots {
    let found = &draft.found;
    let none = Slots::default();
    let target = || one(&found.targets);
    let reference = one(&found.refs);
    let billing = found.billing;
    let days = found.period.filter(|period| !matches!(period, Period::Monthly | Period::Yearly));
    let end = || if found.lengths.is_empty() { one(&found.ends).and_then(Result::ok) } else { None };
    let minutes = || if found.ends.is_empty() { one(&found.lengths) } else { None };
    match draft.intent {
        Intent::PromoCreate => {
            let percent = one(&found.percents).filter(|n| *n > 0).filter(|_| found.amounts.is_empty() && !found.range);
            let amount = one(&found.amounts).filter(|_| found.percents.is_empty() && !found.range && !found.doubtful);
            Slots {
                percent_hundredths: percent,
                amount_minor: amount,
                currency: amount.map(|_| draft.rules.0.code()),
                target: target().filter(|target| *target != Target::Plan("free".to_owned()) && !found.unknown),
                minutes: minutes(),
                ends: end(),
                audience: found.audience.clone(),
                code: found.code.clone(),
                max_uses: found.max_uses,
                period: billing,
                ..none
            }
        }
        Intent::GiveawayCreate => Slots {
            prize: found.prize.clone(),
            minutes: minutes(),
            ends: end(),
            winners: Some(found.winners.unwrap_or(1)).filter(|_| !found.reckoned && !found.doubtful),
            audience: found.audience.clone(),
            milestone_members: found.milestone,
            ..none
        },
        Intent::PromoStop => {
            let code = found.code.clone().or_else(|| found.loud.clone());
            Slots { target: target(), reference, code, period: billing, ..none }
        }
        Intent::PromoList => Slots { target: target(), reference, period: days, ..none },
        Intent::GiveawayList | Intent::GiveawayEnd | Intent::GiveawayReroll | Intent::Approve | Intent::Reject => {
            Slots { reference, ..none }
        }
        Intent::Audit => Slots { reference, period: days, ..none },
        Intent::Analytics => Slots {
            metric: found.metric,
            period: days.or_else(|| days_of(found)),
            compare: found.compare,
            target: target(),
            ..none
        },
        Intent::Report => Slots { period: days.or_else(|| days_of(found)), compare: found.compare, ..none },
        Intent::ConfigGet => Slots { key: draft.setting.0.clone(), ..none },
        Intent::ConfigSet => Slots { key: draft.setting.0.clone(), value: draft.setting.1.clone(), ..none },
        Intent::Status | Intent::StopAll | Intent::Resume | Intent::Pending | Intent::Help | Intent::None => none,
    }
}

/// "analytics 7d", "sur 30 jours": the last days.
fn days_of(found: &Found) -> Option<Period> {
    let minutes = one(&found.lengths)?;
    let days = u16::try_from(minutes / (24 * 60)).ok();
    if minutes % (24 * 60) == 0 && minutes > 24 * 60 {
        return days.map(Period::LastDays);
    }
    (minutes % 60 == 0).then(|| u16::try_from(minutes / 60).ok()).flatten().map(Period::LastHours)
}
