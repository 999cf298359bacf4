//! The figures on a card, each beside that of the period before, with the chart below them.

use super::chart::{self, Chart, Series};
use crate::domain::analytics::{Activity, Days, Figures, Income, Moved, Movements, Pair, Placed, Takings, Window};
use crate::kernel::reply::{Card, File, Reply};
use crate::kernel::text::plain;
use crate::kernel::words::Speech;
use crate::kernel::{Balance, Currency, Locale};
use jiff::civil::Date;
use std::cmp::Ordering;

/// The chart's file.
const PICTURE: &str = "stats.png";
/// Plans on the card.
const PLANS_SHOWN: usize = 10;

/// The card of a window's figures, with its chart where there is more than one day and something to see.
pub(in crate::commands) fn reply(say: &Speech<'_>, title: &str, window: &Window, figures: &Figures) -> Reply {
    let mut card = Card::titled(title);
    card.footer = footer(say, window, figures);
    if figures.is_empty() {
        card.body = say.t("figures-empty");
        return Reply::private("").card(card);
    }
    if let Some(income) = &figures.income {
        card = takings(card, say, figures.currency, income);
    }
    card = activity(card, say, &figures.counts.activity);
    card = lists(card, say, figures);
    let picture = picture(say, window, figures);
    if picture.is_some() {
        PICTURE.clone_into(&mut card.image);
    }
    let mut reply = Reply::private("").card(card);
    reply.files.extend(picture.map(|bytes| File { name: PICTURE.to_owned(), bytes }));
    reply
}

/// The first and the last of some days.
pub(in crate::commands) fn span(say: &Speech<'_>, days: &Days) -> String {
    let (first, last) = (super::shown(say.locale, days.first()), super::shown(say.locale, days.last()));
    if first == last { first } else { format!("{first} – {last}") }
}

fn footer(say: &Speech<'_>, window: &Window, figures: &Figures) -> String {
    let (now, before) = (span(say, &window.days), span(say, &window.before));
    let mut footer = say.with("figures-footer", &[("now", (&now).into()), ("before", (&before).into())]);
    if !figures.others.is_empty() {
        let codes: Vec<String> = figures.others.iter().map(|currency| currency.code().to_uppercase()).collect();
        footer.push_str(&say.with("figures-others", &[("currencies", (&codes.join(", ")).into())]));
    }
    footer
}

/// A figure, an arrow, and the one before in brackets.
pub(in crate::commands) fn beside(now: i64, before: i64, show: impl Fn(i64) -> String) -> String {
    let arrow = match now.cmp(&before) {
        Ordering::Greater => "▲",
        Ordering::Less => "▼",
        Ordering::Equal => "＝",
    };
    format!("**{}** {arrow} ({})", show(now), show(before))
}

fn takings(card: Card, say: &Speech<'_>, currency: Currency, income: &Pair<Income>) -> Card {
    let show = |minor: i64| Balance::new(minor, currency).show(say.locale);
    let (now, before) = (&income.now.takings, &income.before.takings);
    let both = |of: fn(&Takings) -> i64| beside(of(now), of(before), show);
    let mut card = card
        .field(say.t("figures-gross"), both(|takings| takings.gross), true)
        .field(say.t("figures-net"), both(Takings::net), true)
        .field(say.t("figures-mrr"), beside(income.now.mrr, income.before.mrr, show), true);
    for (id, now, before) in [
        ("figures-tax", now.tax, before.tax),
        ("figures-fees", now.fees, before.fees),
        ("figures-refunds", now.refunds, before.refunds),
        ("figures-disputes", now.disputes, before.disputes),
    ] {
        if now != 0 || before != 0 {
            card = card.field(say.t(id), beside(now, before, show), true);
        }
    }
    card.field(say.t("figures-movements"), movements(say, currency, &income.now.movements), false)
}

/// A line for each way in which the recurring revenue moved.
fn movements(say: &Speech<'_>, currency: Currency, movements: &Movements) -> String {
    let line = |(id, moved): (&str, Moved)| {
        let sign = if moved.minor > 0 { "+" } else { "" };
        let amount = format!("{sign}{}", Balance::new(moved.minor, currency).show(say.locale));
        say.with(id, &[("amount", (&amount).into()), ("count", moved.count.into())])
    };
    let lines: Vec<String> = [
        ("figures-moved-new", movements.new),
        ("figures-moved-expansion", movements.expansion),
        ("figures-moved-contraction", movements.contraction),
        ("figures-moved-churn", movements.churn),
        ("figures-moved-reactivation", movements.reactivation),
    ]
    .into_iter()
    .filter(|(_, moved)| moved.count > 0)
    .map(line)
    .collect();
    lines.join("\n")
}

fn activity(card: Card, say: &Speech<'_>, activity: &Pair<Activity>) -> Card {
    let (now, before) = (&activity.now, &activity.before);
    let both = |of: fn(&Activity) -> i64| beside(of(now), of(before), |count| count.to_string());
    let conversion = |placed: &Placed| {
        placed.conversion_tenths().map_or_else(|| say.t("figures-none"), |tenths| percent(say.locale, tenths))
    };
    let [paid_now, paid_before] = [&now.orders, &before.orders].map(conversion);
    card.field(say.t("figures-placed"), both(|activity| activity.orders.placed), true)
        .field(say.t("figures-paid"), both(|activity| activity.orders.paid), true)
        .field(say.t("figures-conversion"), format!("**{paid_now}** ({paid_before})"), true)
        .field(say.t("figures-new"), both(|activity| activity.new + activity.reactivated), true)
        .field(say.t("figures-churned"), both(|activity| activity.churned), true)
}

/// `12,5 %` in French, `12.5%` in English.
pub(in crate::commands) fn percent(locale: Locale, tenths: i64) -> String {
    let (whole, tenth) = (tenths / 10, tenths % 10);
    match locale {
        Locale::Fr => format!("{whole},{tenth}\u{A0}%"),
        Locale::En => format!("{whole}.{tenth}%"),
    }
}

fn lists(card: Card, say: &Speech<'_>, figures: &Figures) -> Card {
    let plans: Vec<String> = figures
        .counts
        .plans
        .iter()
        .take(PLANS_SHOWN)
        .map(|plan| say.with("figures-plan", &[("name", (&plain(&plan.name)).into()), ("count", plan.count.into())]))
        .collect();
    let sellers: Vec<String> = figures
        .counts
        .sellers
        .iter()
        .map(|seller| {
            let amount = seller.minor.map(|minor| Balance::new(minor, figures.currency).show(say.locale));
            let amount = amount.map(|amount| format!(" · {amount}")).unwrap_or_default();
            format!("{} × {}{amount}", seller.units, plain(&seller.name))
        })
        .collect();
    card.field(say.t("figures-plans"), plans.join("\n"), true).field(say.t("figures-sellers"), sellers.join("\n"), true)
}

/// Takings by day for operators, orders by day for support; `None` for a single day, or where every day is empty.
fn picture(say: &Speech<'_>, window: &Window, figures: &Figures) -> Option<Vec<u8>> {
    let (id, now, before): (&str, Vec<i64>, Vec<i64>) = match &figures.income {
        Some(income) => {
            let gross = |income: &Income| income.days.iter().map(|day| day.gross).collect();
            ("figures-chart-takings", gross(&income.now), gross(&income.before))
        }
        None => {
            let placed = |activity: &Activity| activity.days.iter().map(|day| day.placed).collect();
            let activity = &figures.counts.activity;
            ("figures-chart-orders", placed(&activity.now), placed(&activity.before))
        }
    };
    if now.len() < 2 || now.iter().chain(&before).all(|value| *value == 0) {
        return None;
    }
    let days: Vec<String> = window.days.each().map(|day| short(say.locale, day)).collect();
    let amount = |minor: i64| Balance::new(minor, figures.currency).short(say.locale);
    let count = |count: i64| count.to_string();
    let write: &dyn Fn(i64) -> String = if figures.income.is_some() { &amount } else { &count };
    chart::png(&Chart {
        title: &say.t(id),
        subtitle: &span(say, &window.days),
        now: Series { name: &say.t("figures-chart-now"), values: &now },
        before: Series { name: &say.t("figures-chart-before"), values: &before },
        days: &days,
        write,
    })
}

/// A day below its bar.
fn short(locale: Locale, day: Date) -> String {
    match locale {
        Locale::Fr => day.strftime("%d/%m").to_string(),
        Locale::En => day.strftime("%-d %b").to_string(),
    }
}
