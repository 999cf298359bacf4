//! Questions answered in a line: the figure, its days, and the same of the days before, or of those that it is compared with.

use super::{ago, analytics, asker, failed, lists, report, settings, status};
use crate::commands::dispatch::Cx;
use crate::commands::figures::card::percent;
use crate::commands::tickets::phrases;
use crate::control::{self, Analytics, BestSeller, Catalogue, PeriodFigures, Span, Wanted};
use crate::domain::decisions::{Compare, Intent, Metric, Target, Understood};
use crate::kernel::reply::Reply;
use crate::kernel::text::plain;
use crate::kernel::words::Speech;
use crate::kernel::{Balance, Currency, Result};
use std::cmp::Ordering;

/// Answers a question as it was understood.
///
/// # Errors
/// As the commands that show the same.
pub(super) async fn answer(cx: &mut Cx<'_>, understood: &Understood, shop: &Catalogue) -> Result<Reply> {
    let slots = &understood.slots;
    let period = slots.period.map(|period| period.to_string());
    match understood.intent {
        Intent::Status => status::status(cx, None).await,
        Intent::Report => report::shown(cx, &Wanted { period, ..Wanted::default() }).await,
        Intent::PromoList => lists::promotions(cx).await,
        Intent::GiveawayList => {
            let mut list = lists::giveaways(cx).await?;
            if let Some(reason) = understood.reason {
                list.text = cx.say.t(&format!("said-why-{}", reason.as_str()));
            }
            Ok(list)
        }
        Intent::ConfigGet => settings::shown(cx, slots.key.as_deref()).await,
        Intent::Analytics => match slots.metric {
            Some(metric) => figure(cx, understood, metric, shop).await,
            None => analytics::shown(cx, &Wanted { period, ..Wanted::default() }).await,
        },
        Intent::Help => Ok(Reply::public(cx.say.t("said-help"))),
        // What is only supposed: nothing was done, and what would come of it isn't known from here.
        Intent::PromoCreate
        | Intent::PromoStop
        | Intent::GiveawayCreate
        | Intent::GiveawayEnd
        | Intent::GiveawayReroll
        | Intent::ConfigSet
        | Intent::StopAll
        | Intent::Resume
        | Intent::Pending
        | Intent::Approve
        | Intent::Reject
        | Intent::Audit
        | Intent::None => Ok(Reply::public(cx.say.t("said-why-hypothetical"))),
    }
}

async fn figure(cx: &mut Cx<'_>, understood: &Understood, metric: Metric, shop: &Catalogue) -> Result<Reply> {
    let slots = &understood.slots;
    let wanted = Wanted { period: slots.period.map(|period| period.to_string()), ..Wanted::default() };
    let found = match control::analytics(&*cx.peer, asker(cx), &wanted).await {
        Ok(found) => found,
        Err(why) => return Ok(failed(&cx.say, why)),
    };
    let beside = match slots.compare {
        Some(Compare::With(period)) => {
            match control::analytics(&*cx.peer, asker(cx), &Wanted::period(period.to_string())).await {
                Ok(beside) => Some(beside),
                Err(why) => return Ok(failed(&cx.say, why)),
            }
        }
        Some(Compare::Previous) | None => None,
    };
    let sides = Sides { say: &cx.say, found: &found, beside: beside.as_ref() };
    let line = sides.line(metric, slots.target.as_ref(), shop);
    Ok(Reply::public(line.unwrap_or_else(|| cx.say.t("maxis-answer-unknown"))))
}

/// A figure as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Worth {
    Money(i64),
    Count(i64),
    /// Tenths of a percent; none where there is nothing to take a part of.
    Part(Option<i64>),
    /// A time in seconds; none where nothing was timed.
    Time(Option<i64>),
}

impl Worth {
    const fn number(self) -> Option<i64> {
        match self {
            Self::Money(n) | Self::Count(n) => Some(n),
            Self::Part(n) | Self::Time(n) => n,
        }
    }

    fn show(self, say: &Speech<'_>, currency: Option<Currency>) -> String {
        let none = || say.t("figures-none");
        match self {
            Self::Money(minor) => {
                currency.map_or_else(|| minor.to_string(), |code| Balance::new(minor, code).show(say.locale))
            }
            Self::Count(count) => count.to_string(),
            Self::Part(part) => part.map_or_else(none, |tenths| percent(say.locale, tenths)),
            Self::Time(time) => time.map_or_else(none, |seconds| phrases::span(say, seconds)),
        }
    }
}

/// What a figure was over some days; `None` for one that isn't counted by days.
const fn worth(metric: Metric, of: &PeriodFigures) -> Option<Worth> {
    Some(match metric {
        Metric::Revenue => Worth::Money(of.money.gross),
        Metric::Orders => Worth::Count(of.orders.paid),
        Metric::Mrr => Worth::Money(of.mrr.minor),
        Metric::Conversion => Worth::Part(of.orders.conversion_tenths),
        Metric::Refunds => Worth::Money(of.money.refunds),
        Metric::Churn => Worth::Count(of.mrr.churn.count),
        Metric::Disputes => Worth::Money(of.money.disputes),
        Metric::Trials => Worth::Count(of.trials),
        Metric::Tickets => Worth::Count(of.tickets.opened),
        Metric::Sla => Worth::Time(of.tickets.first_response_s),
        Metric::Giveaways => Worth::Count(of.giveaways.entries),
        Metric::Promotions => Worth::Money(of.promotions.revenue),
        Metric::AverageOrder
        | Metric::Members
        | Metric::NewMembers
        | Metric::Subscribers
        | Metric::BestPlan
        | Metric::BestProduct => return None,
    })
}

/// What was found, and what it is compared with where other days were named.
struct Sides<'a> {
    say: &'a Speech<'a>,
    found: &'a Analytics,
    beside: Option<&'a Analytics>,
}

impl Sides<'_> {
    fn currency(&self) -> Option<Currency> {
        self.found.currency.parse().ok()
    }

    fn what(&self, metric: Metric) -> String {
        self.say.t(&format!("metric-{}", metric.as_str()))
    }

    /// The answer; `None` for a figure that nobody counts.
    fn line(&self, metric: Metric, target: Option<&Target>, shop: &Catalogue) -> Option<String> {
        match metric {
            Metric::AverageOrder | Metric::NewMembers => None,
            Metric::Members => Some(self.now_only(metric, i64::from(self.found.members?))),
            Metric::Subscribers => Some(self.subscribers(target)),
            Metric::BestPlan => Some(self.best(metric, true)),
            Metric::BestProduct => Some(self.best(metric, false)),
            Metric::Revenue | Metric::Orders => match target {
                Some(Target::Plan(code)) => {
                    let plan = shop.plans.iter().find(|plan| plan.code == *code);
                    Some(self.sold(true, plan.map_or(code, |plan| &plan.name)))
                }
                Some(Target::Product(name)) => Some(self.sold(false, name)),
                Some(Target::AllPlans | Target::Products) => Some(self.whole(self.beside(metric)?)),
                Some(Target::Everything) | None => self.beside(metric),
            },
            Metric::Mrr
            | Metric::Conversion
            | Metric::Refunds
            | Metric::Churn
            | Metric::Disputes
            | Metric::Trials
            | Metric::Tickets
            | Metric::Sla
            | Metric::Giveaways
            | Metric::Promotions => {
                let line = self.beside(metric)?;
                let whole = matches!(target, None | Some(Target::Everything));
                Some(if whole { line } else { self.whole(line) })
            }
        }
    }

    /// `Encaissé · 25/11/2026 : **25,00 €** ▲ (24/11/2026 : 10,00 €)`
    fn beside(&self, metric: Metric) -> Option<String> {
        let now = worth(metric, &self.found.now)?;
        let (before, span) = match self.beside {
            Some(other) => (worth(metric, &other.now)?, other.period),
            None => (worth(metric, &self.found.then)?, self.found.before),
        };
        let arrow = match (now.number(), before.number()) {
            (Some(now), Some(before)) => match now.cmp(&before) {
                Ordering::Greater => " ▲",
                Ordering::Less => " ▼",
                Ordering::Equal => " ＝",
            },
            _ => "",
        };
        let show = |worth: Worth| worth.show(self.say, self.currency());
        Some(self.say.with(
            "maxis-answer",
            &[
                ("what", (&self.what(metric)).into()),
                ("span", (&self.span(&self.found.period)).into()),
                ("now", (&show(now)).into()),
                ("arrow", arrow.into()),
                ("then", (&self.span(&span)).into()),
                ("before", (&show(before)).into()),
            ],
        ))
    }

    fn span(&self, span: &Span) -> String {
        ago::span(self.say, span)
    }

    fn now_only(&self, metric: Metric, count: i64) -> String {
        self.say.with("maxis-answer-now", &[("what", (&self.what(metric)).into()), ("count", count.into())])
    }

    /// The whole shop's figure, where one of a part of it was asked for.
    fn whole(&self, line: String) -> String {
        format!("{line}\n{}", self.say.t("maxis-answer-whole"))
    }

    fn subscribers(&self, target: Option<&Target>) -> String {
        let counts = |plan: &&control::PlanFigures| match target {
            Some(Target::Plan(code)) => plan.plan == *code,
            _ => true,
        };
        let count: i64 = self.found.plans.iter().filter(counts).map(|plan| plan.count).sum();
        match target {
            Some(Target::Plan(code)) => {
                let named = self.found.plans.iter().find(|plan| plan.plan == *code);
                let name = plain(named.map_or(code, |plan| &plan.name));
                let what = format!("{} · {name}", self.what(Metric::Subscribers));
                self.say.with("maxis-answer-now", &[("what", (&what).into()), ("count", count.into())])
            }
            _ => self.now_only(Metric::Subscribers, count),
        }
    }

    fn best(&self, metric: Metric, plans: bool) -> String {
        let best = self.found.sellers.iter().find(|one| one.is_plan == plans);
        let span = self.span(&self.found.period);
        match best {
            Some(one) => self.say.with(
                "maxis-answer-best",
                &[
                    ("what", (&self.what(metric)).into()),
                    ("span", (&span).into()),
                    ("name", (&plain(&one.name)).into()),
                    ("units", one.units.into()),
                    ("amount", (&self.amount(one)).into()),
                ],
            ),
            None => {
                self.say.with("maxis-answer-none", &[("what", (&self.what(metric)).into()), ("span", (&span).into())])
            }
        }
    }

    fn amount(&self, seller: &BestSeller) -> String {
        Worth::Money(seller.minor).show(self.say, self.currency())
    }

    /// What was sold of one thing, where it is among what sold best.
    fn sold(&self, plan: bool, name: &str) -> String {
        let wanted = crate::kernel::text::same(name);
        let is = |one: &&BestSeller| one.is_plan == plan && crate::kernel::text::same(&one.name) == wanted;
        let span = self.span(&self.found.period);
        match self.found.sellers.iter().find(is) {
            Some(one) => self.say.with(
                "maxis-answer-sold",
                &[
                    ("name", (&plain(&one.name)).into()),
                    ("span", (&span).into()),
                    ("units", one.units.into()),
                    ("amount", (&self.amount(one)).into()),
                ],
            ),
            None => self.say.with("maxis-answer-unsold", &[("name", (&plain(name)).into()), ("span", (&span).into())]),
        }
    }
}
