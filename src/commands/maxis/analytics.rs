//! `maxis analytics`: the shop's figures on a card, with a chart of the days, as Maxis himself shows them to his staff.

use super::{ago, asker, failed, said};
use crate::commands::dispatch::Cx;
use crate::commands::figures::card;
use crate::commands::tickets::phrases;
use crate::control::{self, Analytics, Failed, Money, Move, Orders, PeriodFigures, TicketFigures, Unreached, Wanted};
use crate::domain::analytics::{
    self, Activity, Counts, Days, Figures, Income, Moved, Movements, Pair, Placed, PlanCount, Seller, Takings, Window,
};
use crate::kernel::reply::{Card, Reply, Visibility};
use crate::kernel::words::Speech;
use crate::kernel::{Balance, Currency, Error, Result};

/// Answers `maxis analytics [period] [currency]`.
pub(super) async fn command(cx: &mut Cx<'_>, details: &str) -> Result<Reply> {
    match wanted(cx, details).await? {
        Ok(wanted) => shown(cx, &wanted).await,
        Err(why) => Ok(failed(&cx.say, why)),
    }
}

/// Asks for the figures and shows them.
pub(super) async fn shown(cx: &mut Cx<'_>, wanted: &Wanted) -> Result<Reply> {
    let found = match control::analytics(&*cx.peer, asker(cx), wanted).await {
        Ok(found) => found,
        Err(why) => return Ok(failed(&cx.say, why)),
    };
    let Some((window, figures)) = read(&found) else {
        return Ok(failed(&cx.say, Failed::Unreached(Unreached::Strange)));
    };
    let title = cx.say.with("maxis-analytics-title", &[("span", (&ago::span(&cx.say, &found.period)).into())]);
    let mut reply = card::reply(&cx.say, &title, &window, &figures);
    reply.visibility = Visibility::Public;
    reply.cards = reply.cards.into_iter().map(|card| beside(card, &cx.say, &found, figures.currency)).collect();
    Ok(reply)
}

/// Which figures a text asks for: `30d`, `hier`, `last month usd`; none of it: the last thirty days in the shop's currency.
///
/// # Errors
/// [`Error::Conflict`] for what is no period; within, why Maxis could not be asked about the shop's day.
pub(super) async fn wanted(cx: &mut Cx<'_>, details: &str) -> Result<Result<Wanted, Failed>> {
    let mut wanted = Wanted::default();
    let mut words: Vec<&str> = details.split_whitespace().collect();
    if let Some(code) = words.last().and_then(|word| word.parse::<Currency>().ok()) {
        wanted.currency = Some(code.code().to_owned());
        words.pop();
    }
    let typed = words.join(" ").to_lowercase();
    if typed.is_empty() {
        return Ok(Ok(wanted));
    }
    let short = typed.strip_suffix(['d', 'j']).filter(|count| count.bytes().all(|byte| byte.is_ascii_digit()));
    if let Some(count) = short.filter(|count| !count.is_empty()) {
        wanted.period = Some(format!("{count}d"));
        return Ok(Ok(wanted));
    }
    let grammar = match said::grammar(cx).await {
        Ok(grammar) => grammar,
        Err(why) => return Ok(Err(why)),
    };
    let understood = grammar.understand(&format!("analytics {typed}"), &[], cx.now);
    let period = understood.slots.period.ok_or(Error::Conflict("maxis-period-unknown"))?;
    wanted.period = Some(period.to_string());
    Ok(Ok(wanted))
}

/// The figures as the shop's own card shows them; `None` where they don't fit together.
pub(super) fn read(found: &Analytics) -> Option<(Window, Figures)> {
    let days = Days::between(found.period.first, found.period.last)?;
    let before = Days::between(found.before.first, found.before.last)?;
    let window = Window { days, before, zone: analytics::zone(&found.time_zone) };
    let seller = |one: &control::BestSeller| Seller {
        is_plan: one.is_plan,
        name: one.name.clone(),
        units: one.units,
        minor: Some(one.minor),
    };
    let plan =
        |one: &control::PlanFigures| PlanCount { plan: one.plan.clone(), name: one.name.clone(), count: one.count };
    let figures = Figures {
        currency: found.currency.parse().ok()?,
        counts: Counts {
            activity: Pair { now: activity(&found.now), before: activity(&found.then) },
            plans: found.plans.iter().map(plan).collect(),
            sellers: found.sellers.iter().map(seller).collect(),
        },
        income: Some(Pair { now: income(&found.now), before: income(&found.then) }),
        others: found.others.iter().filter_map(|code| code.parse().ok()).collect(),
    };
    Some((window, figures))
}

const fn placed(orders: &Orders) -> Placed {
    Placed { placed: orders.placed, paid: orders.paid }
}

const fn takings(money: &Money) -> Takings {
    let Money { gross, tax, refunds, disputes, fees, net: _ } = *money;
    Takings { gross, tax, refunds, disputes, fees }
}

const fn moved(moved: Move) -> Moved {
    Moved { count: moved.count, minor: moved.minor }
}

fn activity(figures: &PeriodFigures) -> Activity {
    Activity {
        days: figures.days.iter().map(|day| placed(&day.orders)).collect(),
        orders: placed(&figures.orders),
        new: figures.mrr.new.count,
        reactivated: figures.mrr.reactivation.count,
        churned: figures.mrr.churn.count,
    }
}

fn income(figures: &PeriodFigures) -> Income {
    let mrr = &figures.mrr;
    Income {
        days: figures.days.iter().map(|day| takings(&day.money)).collect(),
        takings: takings(&figures.money),
        mrr: mrr.minor,
        movements: Movements {
            new: moved(mrr.new),
            expansion: moved(mrr.expansion),
            contraction: moved(mrr.contraction),
            churn: moved(mrr.churn),
            reactivation: moved(mrr.reactivation),
        },
    }
}

/// What the shop's own card doesn't hold: members, giveaways, promotions, tickets. What there was nothing of is left out.
fn beside(mut card: Card, say: &Speech<'_>, found: &Analytics, currency: Currency) -> Card {
    if let Some(members) = found.members {
        card = card.field(say.t("metric-members"), format!("**{members}**"), true);
    }
    let now = &found.now;
    if now.trials > 0 {
        card = card.field(say.t("metric-trials"), format!("**{}**", now.trials), true);
    }
    let giveaways = now.giveaways;
    if giveaways != control::GiveawayFigures::default() {
        card = card.field(say.t("maxis-field-giveaways"), giveaway_line(say, giveaways), false);
    }
    if now.promotions != control::PromotionFigures::default() {
        card = card.field(say.t("maxis-field-promotions"), promotion_line(say, now.promotions, currency), false);
    }
    if now.tickets != TicketFigures::default() {
        card = card.field(say.t("maxis-field-tickets"), ticket_line(say, &now.tickets), false);
    }
    card.footer = footer(say, found);
    card
}

fn footer(say: &Speech<'_>, found: &Analytics) -> String {
    let (now, before) = (ago::span(say, &found.period), ago::span(say, &found.before));
    let mut footer = say.with("figures-footer", &[("now", (&now).into()), ("before", (&before).into())]);
    if !found.others.is_empty() {
        let codes = found.others.join(", ").to_uppercase();
        footer.push_str(&say.with("maxis-others", &[("currencies", (&codes).into())]));
    }
    footer
}

/// Giveaways in a line.
pub(super) fn giveaway_line(say: &Speech<'_>, figures: control::GiveawayFigures) -> String {
    let args = [("made", figures.made.into()), ("entries", figures.entries.into()), ("drawn", figures.drawn.into())];
    say.with("maxis-giveaways-line", &args)
}

/// Promotions in a line.
pub(super) fn promotion_line(say: &Speech<'_>, figures: control::PromotionFigures, currency: Currency) -> String {
    let show = |minor: i64| Balance::new(minor, currency).show(say.locale);
    let (discount, revenue) = (show(figures.discount), show(figures.revenue));
    say.with(
        "maxis-promotions-line",
        &[
            ("ran", figures.ran.into()),
            ("uses", figures.uses.into()),
            ("discount", (&discount).into()),
            ("revenue", (&revenue).into()),
        ],
    )
}

/// Tickets in a line or two.
pub(super) fn ticket_line(say: &Speech<'_>, figures: &TicketFigures) -> String {
    let args =
        [("opened", figures.opened.into()), ("closed", figures.closed.into()), ("breached", figures.breached.into())];
    let mut parts = vec![say.with("maxis-tickets-line", &args)];
    if let Some(seconds) = figures.first_response_s {
        let span = phrases::span(say, seconds);
        parts.push(say.with("maxis-tickets-first", &[("span", (&span).into())]));
    }
    if let Some(seconds) = figures.resolution_s {
        let span = phrases::span(say, seconds);
        parts.push(say.with("maxis-tickets-resolution", &[("span", (&span).into())]));
    }
    parts.extend(figures.stars_tenths.map(|tenths| phrases::mean_stars(say, tenths)));
    parts.join(" · ")
}
