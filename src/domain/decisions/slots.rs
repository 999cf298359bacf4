//! What a sentence says, typed: the slots.

use jiff::Timestamp;
use jiff::civil::Date;
use std::fmt;

/// What a promotion is on, or what a figure is of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// The plan of this code.
    Plan(String),
    /// Every plan.
    AllPlans,
    /// The product of this name, in lower case.
    Product(String),
    /// Every product.
    Products,
    /// All that is sold.
    Everything,
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan(name) | Self::Product(name) => f.write_str(name),
            Self::AllPlans => f.write_str("all_plans"),
            Self::Products => f.write_str("products"),
            Self::Everything => f.write_str("everything"),
        }
    }
}

/// Whom something is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Audience {
    /// All members.
    Everyone,
    /// Who came lately.
    NewMembers,
    /// Who never bought before, and does now.
    NewCustomers,
    /// Who has a plan.
    Subscribers,
    /// Who has the plan of this code.
    SubscribersOf(String),
    /// Who had a plan.
    FormerSubscribers,
    /// Who bought once.
    FormerCustomers,
    /// Who bought nothing yet.
    NeverBought,
    /// Who bought nothing, or was not there, for so many days.
    Inactive {
        /// Days.
        days: u32,
    },
    /// Who left a checkout.
    AbandonedCarts,
    /// Who boosts the server.
    Boosters,
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everyone => f.write_str("everyone"),
            Self::NewMembers => f.write_str("new_members"),
            Self::NewCustomers => f.write_str("new_customers"),
            Self::Subscribers => f.write_str("subscribers"),
            Self::SubscribersOf(plan) => write!(f, "{plan}_subscribers"),
            Self::FormerSubscribers => f.write_str("former_subscribers"),
            Self::FormerCustomers => f.write_str("former_customers"),
            Self::NeverBought => f.write_str("never_bought"),
            Self::Inactive { days } => write!(f, "inactive_{days}_days"),
            Self::AbandonedCarts => f.write_str("abandoned_carts"),
            Self::Boosters => f.write_str("boosters"),
        }
    }
}

/// Days of which a figure is asked for; of a promotion, which of a plan's prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// Today so far.
    Today,
    /// The day before.
    Yesterday,
    /// The calendar week so far, from Monday.
    ThisWeek,
    /// The calendar week before.
    LastWeek,
    /// The calendar month so far.
    ThisMonth,
    /// The calendar month before.
    LastMonth,
    /// The calendar quarter so far.
    ThisQuarter,
    /// The calendar quarter before.
    LastQuarter,
    /// The calendar year so far.
    ThisYear,
    /// The calendar year before.
    LastYear,
    /// The last days, today included.
    LastDays(u16),
    /// The last hours.
    LastHours(u16),
    /// A day.
    Day(Date),
    /// The calendar month in which this day is.
    Month(Date),
    /// A calendar year.
    Year(i16),
    /// From a day to another, both included.
    Between(Date, Date),
    /// Since the beginning.
    AllTime,
    /// A plan's price by the month.
    Monthly,
    /// A plan's price by the year.
    Yearly,
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Today => f.write_str("today"),
            Self::Yesterday => f.write_str("yesterday"),
            Self::ThisWeek => f.write_str("this_week"),
            Self::LastWeek => f.write_str("last_week"),
            Self::ThisMonth => f.write_str("this_month"),
            Self::LastMonth => f.write_str("last_month"),
            Self::ThisQuarter => f.write_str("this_quarter"),
            Self::LastQuarter => f.write_str("last_quarter"),
            Self::ThisYear => f.write_str("this_year"),
            Self::LastYear => f.write_str("last_year"),
            Self::LastDays(days) => write!(f, "last_{days}_days"),
            Self::LastHours(hours) => write!(f, "last_{hours}_hours"),
            Self::Day(day) => write!(f, "{day}"),
            Self::Month(day) => write!(f, "{:04}-{:02}", day.year(), day.month()),
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Between(first, last) => write!(f, "{first}/{last}"),
            Self::AllTime => f.write_str("all_time"),
            Self::Monthly => f.write_str("monthly"),
            Self::Yearly => f.write_str("yearly"),
        }
    }
}

/// What a figure is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Compare {
    /// As many days before.
    Previous,
    /// These days.
    With(Period),
}

impl fmt::Display for Compare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Previous => f.write_str("previous"),
            Self::With(period) => period.fmt(f),
        }
    }
}

/// A figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Metric {
    /// Money that came in.
    Revenue,
    /// Orders, that is sales.
    Orders,
    /// Monthly recurring revenue.
    Mrr,
    /// Part of who looks that buys.
    Conversion,
    /// Money that went back.
    Refunds,
    /// Subscribers that left.
    Churn,
    /// Payments that were disputed.
    Disputes,
    /// Money of an order, on average.
    AverageOrder,
    /// Members of the server.
    Members,
    /// Members that came.
    NewMembers,
    /// Who has a plan.
    Subscribers,
    /// Trials.
    Trials,
    /// Tickets.
    Tickets,
    /// Times of answers.
    Sla,
    /// Giveaways and who takes part.
    Giveaways,
    /// What promotions did.
    Promotions,
    /// The plan that sells best.
    BestPlan,
    /// The product that sells best.
    BestProduct,
}

impl Metric {
    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Revenue => "revenue",
            Self::Orders => "orders",
            Self::Mrr => "mrr",
            Self::Conversion => "conversion",
            Self::Refunds => "refunds",
            Self::Churn => "churn",
            Self::Disputes => "disputes",
            Self::AverageOrder => "average_order",
            Self::Members => "members",
            Self::NewMembers => "new_members",
            Self::Subscribers => "subscribers",
            Self::Trials => "trials",
            Self::Tickets => "tickets",
            Self::Sla => "sla",
            Self::Giveaways => "giveaways",
            Self::Promotions => "promotions",
            Self::BestPlan => "best_plan",
            Self::BestProduct => "best_product",
        }
    }
}

/// Everything that a sentence said; what it didn't is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slots {
    /// How much off, in hundredths of a percent; also what no promotion may have, such as 10 000.
    pub percent_hundredths: Option<i64>,
    /// How much off, in minor units of the shop's currency.
    pub amount_minor: Option<i64>,
    /// The code of that currency.
    pub currency: Option<&'static str>,
    /// What it is on, or of.
    pub target: Option<Target>,
    /// Of which days.
    pub period: Option<Period>,
    /// How long, in minutes, counted from now.
    pub minutes: Option<i64>,
    /// Until when.
    pub ends: Option<Timestamp>,
    /// Whom it is for.
    pub audience: Option<Audience>,
    /// The code that members type, in capitals.
    pub code: Option<String>,
    /// How often it may be used in all.
    pub max_uses: Option<u32>,
    /// What is won, as it was written.
    pub prize: Option<String>,
    /// How many win.
    pub winners: Option<u32>,
    /// At how many members it begins.
    pub milestone_members: Option<u32>,
    /// Which figure.
    pub metric: Option<Metric>,
    /// Beside what.
    pub compare: Option<Compare>,
    /// The number of a plan, a promotion, a giveaway.
    pub reference: Option<u64>,
    /// Which setting.
    pub key: Option<String>,
    /// What it is to be, as it was written.
    pub value: Option<String>,
}
