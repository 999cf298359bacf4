//! `maxis report`: the weekly recap.

use super::analytics::{giveaway_line, promotion_line, wanted};
use super::{ago, asker, failed};
use crate::commands::dispatch::Cx;
use crate::commands::figures::card::{beside, percent};
use crate::control::{self, Failed, Report, Unreached, Wanted};
use crate::kernel::reply::{Card, Reply};
use crate::kernel::words::Speech;
use crate::kernel::{Balance, Currency, Result};

/// Answers `maxis report [period]`; of the last whole week where none is named.
pub(super) async fn command(cx: &mut Cx<'_>, details: &str) -> Result<Reply> {
    match wanted(cx, details).await? {
        Ok(wanted) => shown(cx, &wanted).await,
        Err(why) => Ok(failed(&cx.say, why)),
    }
}

/// Asks for the recap and shows it.
pub(super) async fn shown(cx: &mut Cx<'_>, wanted: &Wanted) -> Result<Reply> {
    let found = match control::report(&*cx.peer, asker(cx), wanted).await {
        Ok(found) => found,
        Err(why) => return Ok(failed(&cx.say, why)),
    };
    Ok(match found.currency.parse() {
        Ok(currency) => Reply::public("").card(recap(&cx.say, &found, currency)),
        Err(_) => failed(&cx.say, Failed::Unreached(Unreached::Strange)),
    })
}

/// The recap of a week, as it is posted by itself; `maxis` names the one that it is of where there are several. None: what Maxis says
/// can't be read.
pub fn weekly(say: &Speech<'_>, maxis: Option<&str>, report: &Report) -> Option<Reply> {
    let currency = report.currency.parse().ok()?;
    let name = maxis.map_or_else(String::new, |maxis| format!("**{maxis}**"));
    Some(Reply::public(name).card(recap(say, report, currency)))
}

/// The recap on a card.
pub(super) fn recap(say: &Speech<'_>, report: &Report, currency: Currency) -> Card {
    let show = |minor: i64| Balance::new(minor, currency).show(say.locale);
    let orders = report.orders;
    let conversion = orders.conversion_tenths.map_or_else(|| say.t("figures-none"), |part| percent(say.locale, part));
    let paid = say.with("maxis-report-orders", &[("paid", orders.paid.into()), ("placed", orders.placed.into())]);
    let mut card = Card::titled(say.with("maxis-report-title", &[("span", (&ago::span(say, &report.period)).into())]));
    card = card
        .field(say.t("figures-gross"), beside(report.gross, report.gross_before, show), true)
        .field(say.t("figures-net"), format!("**{}**", show(report.net)), true)
        .field(say.t("figures-mrr"), beside(report.mrr, report.mrr_before, show), true)
        .field(say.t("metric-orders"), paid, true)
        .field(say.t("figures-conversion"), format!("**{conversion}**"), true)
        .field(say.t("figures-new"), format!("**{}**", report.new), true)
        .field(say.t("figures-churned"), format!("**{}**", report.churned), true);
    if let Some(members) = report.members {
        card = card.field(say.t("metric-members"), format!("**{members}**"), true);
    }
    card.field(say.t("maxis-report-tickets"), format!("**{}**", report.tickets_resolved), true)
        .field(say.t("maxis-field-giveaways"), giveaway_line(say, report.giveaways), false)
        .field(say.t("maxis-field-promotions"), promotion_line(say, report.promotions, currency), false)
}
