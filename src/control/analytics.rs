//! Figures of a guild's shop over some days, beside those of the days before: of one currency, in minor units, and of nobody by name.

use super::peer::get;
use super::{Asker, Failed, Peer};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What is asked for; what is left out is the last thirty days in the shop's currency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// A period in a word, such as `yesterday`, `this_month`, `last_30_days`, `2026-11`.
    pub period: Option<String>,
    /// The first day, instead of a word.
    #[param(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    /// The last day, included.
    #[param(value_type = Option<String>, format = Date)]
    pub to: Option<Date>,
    /// ISO 4217, in any case.
    pub currency: Option<String>,
}

impl Wanted {
    /// A period by its word, in the shop's currency.
    pub fn period(word: impl Into<String>) -> Self {
        Self { period: Some(word.into()), ..Self::default() }
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        let all = [
            ("period", self.period.clone()),
            ("from", day(self.from)),
            ("to", day(self.to)),
            ("currency", self.currency.clone()),
        ];
        all.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))).collect()
    }
}

/// Days in a row, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Span {
    /// The first.
    #[schema(value_type = String, format = Date)]
    pub first: Date,
    /// The last.
    #[schema(value_type = String, format = Date)]
    pub last: Date,
}

/// Money that came and went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Money {
    /// What customers paid, taxes included.
    pub gross: i64,
    /// The part of it that is tax.
    pub tax: i64,
    /// What was given back, less the refunds that failed.
    pub refunds: i64,
    /// What banks took back, less what was won.
    pub disputes: i64,
    /// What the payment provider kept.
    pub fees: i64,
    /// What stays: gross without tax, refunds, disputes and fees.
    pub net: i64,
}

/// Orders that were placed, without those free of charge.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Orders {
    /// All of them.
    pub placed: i64,
    /// Those of them that were paid.
    pub paid: i64,
    /// Paid of placed, in tenths of a percent; none where nothing was placed.
    pub conversion_tenths: Option<i64>,
}

/// How many subscriptions moved in one way, and by how much a month: below zero where it is less.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Move {
    /// How many.
    pub count: i64,
    /// By how much.
    pub minor: i64,
}

/// Monthly recurring revenue, and how it came to that.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Mrr {
    /// At the end of the days.
    pub minor: i64,
    /// Members who pay for the first time.
    pub new: Move,
    /// Subscriptions that are worth more.
    pub expansion: Move,
    /// Subscriptions that are worth less.
    pub contraction: Move,
    /// Subscriptions that are worth nothing any more: churn.
    pub churn: Move,
    /// Members who pay again.
    pub reactivation: Move,
}

/// Giveaways.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GiveawayFigures {
    /// Those that were made.
    pub made: i64,
    /// Members who entered one, each once a giveaway.
    pub entries: i64,
    /// Those that ended with winners.
    pub drawn: i64,
}

/// Promotions and what they did; what would have been bought without them isn't known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PromotionFigures {
    /// Those that ran, if only for a part of the days.
    pub ran: i64,
    /// Paid orders that used one.
    pub uses: i64,
    /// What came off for those orders.
    pub discount: i64,
    /// What those orders cost their buyers, refunds taken off.
    pub revenue: i64,
}

/// Tickets that came and went, and how long people waited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TicketFigures {
    /// Opened.
    pub opened: i64,
    /// Solved, or closed without that.
    pub closed: i64,
    /// Those that missed their time.
    pub breached: i64,
    /// Median time to the first answer, in seconds.
    pub first_response_s: Option<i64>,
    /// Median time to resolution, in seconds.
    pub resolution_s: Option<i64>,
    /// How many were rated.
    pub rated: i64,
    /// Mean of their stars, in tenths.
    pub stars_tenths: Option<i64>,
}

/// What happened on one day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DayFigures {
    /// Money, on the day on which it moved.
    pub money: Money,
    /// Orders, on the day on which they were placed.
    pub orders: Orders,
}

/// What some days brought.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PeriodFigures {
    /// Money.
    pub money: Money,
    /// Recurring revenue.
    pub mrr: Mrr,
    /// Orders.
    pub orders: Orders,
    /// Free trials that began.
    pub trials: i64,
    /// Giveaways.
    pub giveaways: GiveawayFigures,
    /// Promotions.
    pub promotions: PromotionFigures,
    /// Tickets.
    pub tickets: TicketFigures,
    /// Day by day.
    pub days: Vec<DayFigures>,
}

/// How many subscriptions a plan has now, trials included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanFigures {
    /// The plan's code.
    pub plan: String,
    /// Its name.
    pub name: String,
    /// How many.
    pub count: i64,
}

/// What sold best, without what went back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BestSeller {
    /// Whether it is a plan; else a product.
    pub is_plan: bool,
    /// Its name.
    pub name: String,
    /// Units.
    pub units: i64,
    /// What it brought, taxes included; of a subscription, its first invoice.
    pub minor: i64,
}

/// Figures of a guild's shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Analytics {
    /// Which days.
    pub period: Span,
    /// Which days before.
    pub before: Span,
    /// Whose days they are, by the zone's IANA name.
    pub time_zone: String,
    /// The currency of all of it, by its code.
    pub currency: String,
    /// Other currencies in which something was ever taken: they are not in these figures.
    pub others: Vec<String>,
    /// What the days brought.
    pub now: PeriodFigures,
    /// What the days before brought.
    pub then: PeriodFigures,
    /// Subscriptions by plan as they are now, the most first.
    pub plans: Vec<PlanFigures>,
    /// What sold best, at most five.
    pub sellers: Vec<BestSeller>,
    /// Members of the guild now, bots among them; none where Discord doesn't tell.
    pub members: Option<u32>,
}

/// The weekly recap: few figures of a week, beside those of the week before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Report {
    /// Which days.
    pub period: Span,
    /// The currency, by its code.
    pub currency: String,
    /// Members of the guild now; none where Discord doesn't tell.
    pub members: Option<u32>,
    /// What customers paid, taxes included.
    pub gross: i64,
    /// The same of as many days before.
    pub gross_before: i64,
    /// What stays of it.
    pub net: i64,
    /// Monthly recurring revenue at the end.
    pub mrr: i64,
    /// Monthly recurring revenue at the beginning.
    pub mrr_before: i64,
    /// Orders.
    pub orders: Orders,
    /// Subscriptions that began to be paid, first ones and returns.
    pub new: i64,
    /// Subscriptions that are not paid any more.
    pub churned: i64,
    /// Giveaways.
    pub giveaways: GiveawayFigures,
    /// Promotions.
    pub promotions: PromotionFigures,
    /// Tickets that were solved, or closed without that.
    pub tickets_resolved: i64,
}

async fn of_days<T: serde::de::DeserializeOwned>(
    peer: &dyn Peer,
    asker: Asker,
    path: &str,
    wanted: &Wanted,
) -> Result<T, Failed> {
    let query = wanted.query();
    let query: Vec<(&str, &str)> = query.iter().map(|(name, value)| (*name, value.as_str())).collect();
    get(peer, asker, path, &query).await
}

/// Asks for the figures of some days.
///
/// # Errors
/// As [`Peer::send`].
pub async fn analytics(peer: &dyn Peer, asker: Asker, wanted: &Wanted) -> Result<Analytics, Failed> {
    of_days(peer, asker, "/analytics", wanted).await
}

/// Asks for the recap; where no days are named, of the last whole week.
///
/// # Errors
/// As [`Peer::send`].
pub async fn report(peer: &dyn Peer, asker: Asker, wanted: &Wanted) -> Result<Report, Failed> {
    of_days(peer, asker, "/report", wanted).await
}
