//! A plan's parameters, typed: what the control API's writes take. Nothing here is carried out.
//!
//! What a sentence says becomes one of these only when everything is there that it needs. Whoever proposes a write without a person's
//! sentence (a `decisions::Advisor`) proposes the same types. What they promise is measured once more, by Maxis, against every cap.

use super::slots::{Audience, Period, Slots, Target};
use super::{Intent, Missing};
use crate::kernel::{Currency, Money, Percent};
use jiff::{SignedDuration, Timestamp};

/// A write that waits for approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// A promotion begins.
    Promotion(Promotion),
    /// A promotion ends.
    StopPromotion(Which),
    /// A giveaway begins.
    Giveaway(Giveaway),
    /// A giveaway ends.
    EndGiveaway(Which),
    /// A giveaway is drawn again.
    Reroll(Which),
    /// A setting changes.
    Setting {
        /// Its name.
        key: String,
        /// What it is to be.
        value: String,
    },
    /// What was stopped goes on.
    Resume,
}

/// How much comes off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Off {
    /// A part of the price.
    Percent(Percent),
    /// An amount.
    Amount(Money),
}

/// When something ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// So long after it begins.
    After(SignedDuration),
    /// Then.
    At(Timestamp),
}

/// Which of a plan's prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Billing {
    /// That by the month.
    Monthly,
    /// That by the year.
    Yearly,
}

/// A promotion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promotion {
    /// How much comes off.
    pub off: Off,
    /// What it is on.
    pub target: Target,
    /// When it ends.
    pub end: End,
    /// Whom it is for; `None`: everybody.
    pub audience: Option<Audience>,
    /// The code that members type; `None`: it applies by itself.
    pub code: Option<String>,
    /// How often it may be used in all.
    pub max_uses: Option<u32>,
    /// Which of the plan's prices; `None`: each.
    pub billing: Option<Billing>,
}

/// A giveaway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Giveaway {
    /// What is won, as it was written.
    pub prize: String,
    /// When it ends; where it begins at a milestone, counted from then.
    pub end: End,
    /// How many win.
    pub winners: u32,
    /// Who may take part; `None`: everybody.
    pub audience: Option<Audience>,
    /// At how many members it begins; `None`: at once.
    pub milestone_members: Option<u32>,
}

/// Which promotion or giveaway. All absent: the one that runs, and where several do, that is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Which {
    /// Its number.
    pub reference: Option<u64>,
    /// What it is on.
    pub target: Option<Target>,
    /// Its code.
    pub code: Option<String>,
    /// Which of a plan's prices it is on.
    pub billing: Option<Billing>,
}

fn billing(slots: &Slots) -> Option<Billing> {
    match slots.period {
        Some(Period::Monthly) => Some(Billing::Monthly),
        Some(Period::Yearly) => Some(Billing::Yearly),
        _ => None,
    }
}

fn end(slots: &Slots) -> Option<End> {
    let after = slots.minutes.map(|minutes| End::After(SignedDuration::from_mins(minutes)));
    slots.ends.map(End::At).or(after)
}

fn off(slots: &Slots, currency: Currency) -> Option<Off> {
    let percent = slots.percent_hundredths.and_then(|n| Percent::from_hundredths(n).ok()).map(Off::Percent);
    let amount = || slots.amount_minor.filter(|n| *n > 0).and_then(|n| Money::new(n, currency).ok()).map(Off::Amount);
    percent.or_else(amount)
}

impl Plan {
    /// The plan that these slots make, or what it lacks. `None` for an intent that makes no plan.
    pub(super) fn of(intent: Intent, slots: &Slots, currency: Currency) -> Option<Result<Self, Vec<Missing>>> {
        let which = || Which {
            reference: slots.reference,
            target: slots.target.clone(),
            code: slots.code.clone(),
            billing: billing(slots),
        };
        let plan = match intent {
            Intent::PromoCreate => Self::promotion(slots, currency),
            Intent::GiveawayCreate => Self::giveaway(slots),
            Intent::ConfigSet => match (&slots.key, &slots.value) {
                (Some(key), Some(value)) => Ok(Self::Setting { key: key.clone(), value: value.clone() }),
                (Some(_), None) => Err(vec![Missing::Value]),
                (None, Some(_)) => Err(vec![Missing::Key]),
                (None, None) => Err(vec![Missing::Key, Missing::Value]),
            },
            Intent::PromoStop => Ok(Self::StopPromotion(which())),
            Intent::GiveawayEnd => Ok(Self::EndGiveaway(which())),
            Intent::GiveawayReroll => Ok(Self::Reroll(which())),
            Intent::Resume => Ok(Self::Resume),
            Intent::Status
            | Intent::Analytics
            | Intent::Report
            | Intent::PromoList
            | Intent::GiveawayList
            | Intent::ConfigGet
            | Intent::StopAll
            | Intent::Pending
            | Intent::Approve
            | Intent::Reject
            | Intent::Audit
            | Intent::Help
            | Intent::None => return None,
        };
        Some(plan)
    }

    fn promotion(slots: &Slots, currency: Currency) -> Result<Self, Vec<Missing>> {
        match (off(slots, currency), slots.target.clone(), end(slots)) {
            (Some(off), Some(target), Some(end)) => Ok(Self::Promotion(Promotion {
                off,
                target,
                end,
                audience: slots.audience.clone(),
                code: slots.code.clone(),
                max_uses: slots.max_uses,
                billing: billing(slots),
            })),
            (off, target, end) => Err(lacking([
                (off.is_none(), Missing::Value),
                (target.is_none(), Missing::Target),
                (end.is_none(), Missing::End),
            ])),
        }
    }

    fn giveaway(slots: &Slots) -> Result<Self, Vec<Missing>> {
        match (slots.prize.clone(), end(slots), slots.winners.unwrap_or(1)) {
            (Some(prize), Some(end), winners @ 1..) => Ok(Self::Giveaway(Giveaway {
                prize,
                end,
                winners,
                audience: slots.audience.clone(),
                milestone_members: slots.milestone_members,
            })),
            (prize, end, winners) => Err(lacking([
                (prize.is_none(), Missing::Prize),
                (end.is_none(), Missing::End),
                (winners == 0, Missing::Value),
            ])),
        }
    }
}

fn lacking(all: [(bool, Missing); 3]) -> Vec<Missing> {
    all.into_iter().filter(|(lacks, _)| *lacks).map(|(_, missing)| missing).collect()
}
