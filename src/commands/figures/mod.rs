//! `/stats` and `/stats_export`: figures of the shop for staff, and its books as a file for operators.
//!
//! Support staff see counts: orders, subscriptions, what sells. Amounts are for operators; for others they are not even read.

pub(super) mod card;
pub mod chart;
mod csv;
mod pen;

use super::args::Args;
use super::call::Way;
use super::dispatch::Cx;
use super::spec::{Opt, Spec, Type};
use crate::domain::analytics::{self, Days, Period};
use crate::kernel::error::Problem;
use crate::kernel::reply::{Action, Button, File, Reply, Style};
use crate::kernel::{Currency, Error, Locale, Rank, Result};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use jiff::civil::Date;
use jiff::{ToSpan, tz::TimeZone};

pub(super) static COMMANDS: &[&Spec] = &[&STATS, &EXPORT];

static STATS: Spec = Spec {
    name: "stats",
    rank: Some(Rank::Support),
    options: &[
        Opt::optional("period", Type::Choice(&Period::WORDS)),
        // Twenty currencies, by their codes: a choice of them would need as many words that say the same.
        Opt::optional("currency", Type::Line),
    ],
    run: |cx, args| stats(cx, args).boxed(),
    suggest: Some(|_, option, typed| suggest(option, typed)),
    ..Spec::BASE
};

static EXPORT: Spec = Spec {
    name: "stats_export",
    rank: Some(Rank::Operator),
    options: &[
        Opt::required("what", Type::Choice(&["ledger", "orders"])),
        Opt::optional("since", Type::Line),
        Opt::optional("until", Type::Line),
    ],
    run: |cx, args| export(cx, args).boxed(),
    ..Spec::BASE
};

/// The days of an export that names none.
const EXPORT_DAYS: i64 = 30;

fn suggest<'a>(option: &'a str, typed: &'a str) -> BoxFuture<'a, Result<Vec<(String, String)>>> {
    let typed = typed.trim().to_lowercase();
    let fits = |currency: &Currency| option == "currency" && currency.code().contains(&typed);
    let codes =
        Currency::all().filter(fits).map(|currency| (currency.code().to_uppercase(), currency.code().to_owned()));
    futures_util::future::ready(Ok(codes.take(25).collect())).boxed()
}

async fn stats(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let period = args.choice("period").and_then(Period::from_word).unwrap_or_default();
    let zone = analytics::zone(&cx.guild.time_zone);
    let window = period.window(cx.now, &zone);
    let guild = cx.guild.id;
    let asked = args.line_if("currency").map(|typed| currency(typed.as_str())).transpose()?;
    let currency = match asked {
        Some(currency) => currency,
        None => analytics::shop_currency(cx.tx()?, guild).await?,
    };
    let figures = analytics::figures(cx.tx()?, guild, &window, currency).await?;
    let word = args.choice("period").unwrap_or("30d");
    let title = cx.say.with("figures-title", &[("period", (&cx.say.t(&format!("choice-{word}"))).into())]);
    Ok(card::reply(&cx.say, &title, &window, &figures))
}

fn currency(typed: &str) -> Result<Currency> {
    let choices = || Currency::all().map(Currency::code).collect();
    typed
        .parse()
        .map_err(|_| Error::Argument { option: "currency", problem: Problem::NotAChoice { choices: choices() } })
}

async fn export(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let what = args.choice("what").unwrap_or("ledger");
    let zone = analytics::zone(&cx.guild.time_zone);
    let today = cx.now.to_zoned(zone.clone()).date();
    let days = days(args, today)?;
    let span = card::span(&cx.say, &days);
    if cx.way == Way::Text {
        // The answer of a typed command is kept until it is opened: a button makes the file when it is wanted instead.
        let file =
            Action::new("stats_export").with("what", what).with("since", days.first()).with("until", days.last());
        let text = cx.say.with("figures-export-ready", &[("span", (&span).into())]);
        let button = Button::new(cx.say.t("button-download"), file).style(Style::Primary).emoji("💾");
        return Ok(Reply::private(text).button(button));
    }
    let (bytes, lines, cut) = file(cx, what, &days, &zone).await?;
    if lines == 0 {
        return Ok(Reply::private(cx.say.with("figures-export-empty", &[("span", (&span).into())])));
    }
    let id = if cut { "figures-export-cut" } else { "figures-export-done" };
    let mut reply = Reply::private(cx.say.with(id, &[("lines", lines.into()), ("span", (&span).into())]));
    reply.files.push(File { name: format!("{what}-{}-{}.csv", days.first(), days.last()), bytes });
    Ok(reply)
}

/// The file, how many lines it has, and whether it was cut.
async fn file(cx: &mut Cx<'_>, what: &str, days: &Days, zone: &TimeZone) -> Result<(Vec<u8>, i64, bool)> {
    let (guild, say) = (cx.guild.id, cx.say);
    let format = csv::Format { say, zone };
    let count = |lines: usize| i64::try_from(lines).unwrap_or(i64::MAX);
    if what == "orders" {
        let found = analytics::orders(cx.tx()?, guild, days, zone).await?;
        Ok((format.orders(&found.lines)?, count(found.lines.len()), found.cut))
    } else {
        let found = analytics::ledger(cx.tx()?, guild, days, zone).await?;
        Ok((format.ledger(&found.lines)?, count(found.lines.len()), found.cut))
    }
}

/// The days that were asked for: both included, the last thirty where nothing is said.
fn days(args: &Args, today: Date) -> Result<Days> {
    let day = |option: &'static str| args.line_if(option).map(|typed| date(option, typed.as_str())).transpose();
    let last = day("until")?.unwrap_or(today);
    let first = match day("since")? {
        Some(first) => first,
        None => last.checked_sub((EXPORT_DAYS - 1).days()).unwrap_or(last),
    };
    Days::between(first, last).ok_or(Error::Argument { option: "since", problem: Problem::NotADate })
}

/// Reads `2026-11-26` or, as people write, `26/11/2026`.
fn date(option: &'static str, typed: &str) -> Result<Date> {
    let typed = typed.trim();
    let read = typed.parse().or_else(|_| Date::strptime("%d/%m/%Y", typed));
    read.map_err(|_| Error::Argument { option, problem: Problem::NotADate })
}

/// A day as a person reads it.
fn shown(locale: Locale, day: Date) -> String {
    match locale {
        Locale::Fr => day.strftime("%d/%m/%Y").to_string(),
        Locale::En => day.strftime("%-d %b %Y").to_string(),
    }
}
