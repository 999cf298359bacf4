//! Figures that are read out to Shellia: of the shop over some days, the recap, the tickets. They are added up by the domains.

use super::person::{Operator, operator};
use crate::app::App;
use crate::commands::Census;
use crate::control::{
    Analytics, Asker, BestSeller, DayFigures, GiveawayFigures, Money, Move, Mrr, Orders, PeriodFigures, PlanFigures,
    PromotionFigures, Report, Span, Standing, TicketFigures, Tickets, Wanted,
};
use crate::db::Tx;
use crate::domain::analytics::{self, Activity, Days, Figures, Income, Moved, Placed, Takings, Window};
use crate::domain::tickets::{Priority, State, flow, stats};
use crate::domain::{giveaways, promotions};
use crate::kernel::error::Problem;
use crate::kernel::{Currency, Error, GuildId, Result};
use jiff::{Timestamp, ToSpan};

/// Days whose figures may be asked for: no shop is older, and what is far from today is a slip.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2200;

/// Figures of the shop over some days.
pub(super) async fn analytics(app: &App, asker: Asker, wanted: &Wanted) -> Result<Analytics> {
    let operator = operator(app, asker).await?;
    let (guild, window) = (operator.guild.id, window(app, &operator, wanted, "30d")?);
    let ends = [ends(&window, &window.days), ends(&window, &window.before)];
    // Neither needs the other, so they are asked for beside each other, each over a connection of its own.
    let (found, others, members) =
        tokio::join!(sums(app, &operator, &window, wanted), others(app, &operator, wanted, ends), members(app, guild));
    let (found, [other, other_before]) = (found?, others?);
    let (currency, income) = (found.currency, found.income.ok_or(Error::NotAllowed("analytics"))?);
    let activity = found.counts.activity;
    let now = side((&income.now, &activity.now), other);
    let then = side((&income.before, &activity.before), other_before);
    let plans = found.counts.plans.into_iter();
    let sellers = found.counts.sellers.into_iter();
    Ok(Analytics {
        period: span(&window.days),
        before: span(&window.before),
        time_zone: operator.guild.time_zone.clone(),
        currency: currency.code().to_owned(),
        others: found.others.iter().map(|other| other.code().to_owned()).collect(),
        now,
        then,
        plans: plans.map(|one| PlanFigures { plan: one.plan, name: one.name, count: one.count }).collect(),
        sellers: sellers
            .map(|one| BestSeller {
                is_plan: one.is_plan,
                name: one.name,
                units: one.units,
                minor: one.minor.unwrap_or_default(),
            })
            .collect(),
        members,
    })
}

/// The recap of some days.
pub(super) async fn report(app: &App, asker: Asker, wanted: &Wanted) -> Result<Report> {
    let operator = operator(app, asker).await?;
    let (guild, window) = (operator.guild.id, window(app, &operator, wanted, "last_week")?);
    let members = members(app, guild).await;
    let mut tx = app.db.begin(&operator.actor).await?;
    let currency = currency(&mut tx, guild, wanted).await?;
    let recap = analytics::recap(&mut tx, guild, &window, currency).await?;
    let ends = ends(&window, &window.days);
    let (giveaways, promotions) = beside(&mut tx, guild, currency, ends).await?;
    tx.end().await?;
    Ok(Report {
        period: span(&window.days),
        currency: currency.code().to_owned(),
        members,
        gross: recap.gross,
        gross_before: recap.gross_before,
        net: recap.net,
        mrr: recap.mrr,
        mrr_before: recap.mrr_before,
        orders: orders(&Placed { placed: recap.orders, paid: recap.paid }),
        new: recap.new,
        churned: recap.churned,
        giveaways,
        promotions,
        tickets_resolved: recap.tickets_resolved,
    })
}

/// How the tickets stand, and what some days brought.
pub(super) async fn tickets(app: &App, asker: Asker, wanted: &Wanted) -> Result<Tickets> {
    let operator = operator(app, asker).await?;
    let (guild, window) = (operator.guild.id, window(app, &operator, wanted, "30d")?);
    let mut tx = app.db.begin(&operator.actor).await?;
    let now = flowed(&mut tx, guild, ends(&window, &window.days)).await?;
    let then = flowed(&mut tx, guild, ends(&window, &window.before)).await?;
    let stand = stats::figures(&mut tx, guild, app.clock.now()).await?;
    tx.end().await?;
    let at = |state: State| stand.by_state.iter().find(|(one, _)| *one == state).map_or(0, |(_, count)| *count);
    let critical = stand.urgent.iter().find(|(one, _)| *one == Priority::Critical).map_or(0, |(_, count)| *count);
    let standing = Standing {
        open: at(State::Open),
        in_progress: at(State::InProgress),
        waiting_user: at(State::WaitingUser),
        resolved: at(State::Resolved),
        closed: at(State::Closed),
        critical,
    };
    Ok(Tickets { period: span(&window.days), now, then, standing })
}

/// The days that are meant, in the shop's time zone; `usual` where none are named.
fn window(app: &App, operator: &Operator, wanted: &Wanted, usual: &str) -> Result<Window> {
    let unread = || Error::Argument { option: "period", problem: Problem::NotADate };
    let (zone, now) = (analytics::zone(&operator.guild.time_zone), app.clock.now());
    let window = match (wanted.period.as_deref(), wanted.from, wanted.to) {
        (word, None, None) => Window::named(word.unwrap_or(usual), now, &zone),
        (None, from, to) => {
            let last = to.unwrap_or_else(|| now.to_zoned(zone.clone()).date());
            let first = from.unwrap_or_else(|| last.checked_sub(29.days()).unwrap_or(last));
            Days::between(first, last)
                .filter(|days| YEARS.contains(&days.first().year()))
                .map(|days| Window::of(days, zone))
        }
        (Some(_), ..) => None,
    };
    let near = |days: &Days| YEARS.contains(&days.first().year()) && YEARS.contains(&days.last().year());
    window.filter(|window| near(&window.days) && near(&window.before)).ok_or_else(unread)
}

async fn currency(tx: &mut Tx, guild: GuildId, wanted: &Wanted) -> Result<Currency> {
    let Some(code) = &wanted.currency else { return analytics::shop_currency(tx, guild).await };
    let choices = || Currency::all().map(Currency::code).collect();
    code.to_lowercase()
        .parse()
        .map_err(|_| Error::Argument { option: "currency", problem: Problem::NotAChoice { choices: choices() } })
}

/// How many members there are; none where Discord doesn't tell: the rest is told all the same.
async fn members(app: &App, guild: GuildId) -> Option<u32> {
    match Census::size(&*app.inspector, guild).await {
        Ok(size) => size.map(|size| size.members),
        Err(error) => {
            tracing::debug!(%error, "how many members there are could not be asked");
            None
        }
    }
}

/// When some days begin and end.
fn ends(window: &Window, days: &Days) -> (Timestamp, Timestamp) {
    let borders = days.borders(&window.zone);
    (borders.first().copied().unwrap_or(Timestamp::MIN), borders.last().copied().unwrap_or(Timestamp::MAX))
}

/// What the shop's domain adds up.
async fn sums(app: &App, operator: &Operator, window: &Window, wanted: &Wanted) -> Result<Figures> {
    let guild = operator.guild.id;
    let mut tx = app.db.begin(&operator.actor).await?;
    let currency = currency(&mut tx, guild, wanted).await?;
    let found = analytics::figures(&mut tx, guild, window, currency).await?;
    tx.end().await?;
    Ok(found)
}

/// What other domains know of some days.
struct Other {
    giveaways: GiveawayFigures,
    promotions: PromotionFigures,
    tickets: TicketFigures,
    trials: i64,
}

/// What other domains know of two times.
async fn others(
    app: &App,
    operator: &Operator,
    wanted: &Wanted,
    [now, then]: [(Timestamp, Timestamp); 2],
) -> Result<[Other; 2]> {
    let guild = operator.guild.id;
    let mut tx = app.db.begin(&operator.actor).await?;
    let currency = currency(&mut tx, guild, wanted).await?;
    let both = [other(&mut tx, guild, currency, now).await?, other(&mut tx, guild, currency, then).await?];
    tx.end().await?;
    Ok(both)
}

async fn other(tx: &mut Tx, guild: GuildId, currency: Currency, ends: (Timestamp, Timestamp)) -> Result<Other> {
    let (giveaways, promotions) = beside(tx, guild, currency, ends).await?;
    let tickets = flowed(tx, guild, ends).await?;
    Ok(Other { giveaways, promotions, tickets, trials: analytics::trials(tx, guild, ends.0, ends.1).await? })
}

/// What some days brought: what was added up already, and what other domains know of them.
fn side((income, activity): (&Income, &Activity), other: Other) -> PeriodFigures {
    let moved = |moved: Moved| Move { count: moved.count, minor: moved.minor };
    let by_day = income.days.iter().zip(&activity.days);
    PeriodFigures {
        money: money(&income.takings),
        mrr: Mrr {
            minor: income.mrr,
            new: moved(income.movements.new),
            expansion: moved(income.movements.expansion),
            contraction: moved(income.movements.contraction),
            churn: moved(income.movements.churn),
            reactivation: moved(income.movements.reactivation),
        },
        orders: orders(&activity.orders),
        trials: other.trials,
        giveaways: other.giveaways,
        promotions: other.promotions,
        tickets: other.tickets,
        days: by_day.map(|(takings, placed)| DayFigures { money: money(takings), orders: orders(placed) }).collect(),
    }
}

async fn beside(
    tx: &mut Tx,
    guild: GuildId,
    currency: Currency,
    ends: (Timestamp, Timestamp),
) -> Result<(GiveawayFigures, PromotionFigures)> {
    let ran = giveaways::figures::figures(tx, guild, ends.0, ends.1).await?;
    let effect = promotions::effect::effect(tx, guild, currency, ends).await?;
    let promotions = PromotionFigures {
        ran: effect.ran,
        uses: effect.uses,
        discount: effect.discount_minor,
        revenue: effect.revenue_minor,
    };
    Ok((GiveawayFigures { made: ran.made, entries: ran.entries, drawn: ran.drawn }, promotions))
}

async fn flowed(tx: &mut Tx, guild: GuildId, (since, until): (Timestamp, Timestamp)) -> Result<TicketFigures> {
    let flow = flow::flow(tx, guild, since, until).await?;
    Ok(TicketFigures {
        opened: flow.opened,
        closed: flow.closed,
        breached: flow.breached,
        first_response_s: flow.first_response_s,
        resolution_s: flow.resolution_s,
        rated: flow.rated,
        stars_tenths: flow.stars_tenths,
    })
}

fn span(days: &Days) -> Span {
    Span { first: days.first(), last: days.last() }
}

const fn money(takings: &Takings) -> Money {
    let Takings { gross, tax, refunds, disputes, fees } = *takings;
    Money { gross, tax, refunds, disputes, fees, net: takings.net() }
}

const fn orders(orders: &Placed) -> Orders {
    Orders { placed: orders.placed, paid: orders.paid, conversion_tenths: orders.conversion_tenths() }
}
