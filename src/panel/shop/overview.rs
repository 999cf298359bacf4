//! The figures of the shop at the panel: what some days brought, and what waits for staff.

use super::shape::{self, Sum};
use crate::commands::purchases::notices::remedy;
use crate::db::Tx;
use crate::domain::analytics::{self, Days, Placed, Takings, Window};
use crate::domain::shop::catalogue::desk as catalogue;
use crate::domain::shop::catalogue::names::Labelled;
use crate::domain::shop::orders::desk;
use crate::domain::shop::roles;
use crate::kernel::error::Problem;
use crate::kernel::{Error, Locale, Result, RoleId};
use crate::panel::plain::{Called, line};
use crate::panel::{Panel, Staff};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// Most days of the figures.
const DAYS: i64 = 90;
/// Most alerts of each kind.
const ALERTS: i64 = 10;

/// The figures of some days.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelShopFigures)]
pub struct ShopFigures {
    /// The currency of all of it.
    pub currency: &'static str,
    /// What was paid, taxes included.
    pub revenue: Sum,
    /// What went back.
    pub refunded: Sum,
    /// What the provider kept.
    pub fees: Sum,
    /// What stays: without taxes, refunds, disputes and fees.
    pub net: Sum,
    /// What subscriptions bring a month, now.
    pub mrr: Sum,
    /// Subscriptions that run now, trials included.
    pub active_subscriptions: i64,
    /// Subscriptions of members who pay for the first time.
    pub new: i64,
    /// Subscriptions that ended.
    pub churned: i64,
    /// Orders that were placed, without those free of charge.
    pub orders: i64,
    /// Paid ÷ placed; nothing where nothing was placed.
    pub conversion: Option<f64>,
    /// Each day, the oldest first.
    pub days: Vec<ShopDay>,
    /// What waits for staff.
    pub alerts: Vec<Alert>,
}

/// A day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelShopDay)]
pub struct ShopDay {
    /// Which, such as 2026-11-27.
    pub day: String,
    /// What was paid.
    pub revenue: Sum,
    /// Orders that were placed.
    pub orders: i64,
}

/// Something that waits for staff.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelAlert)]
pub struct Alert {
    /// `order`, `dispute`, `role` or `keys`.
    pub kind: &'static str,
    /// What, and what to do.
    pub text: String,
    /// The page that shows it, without the guild.
    pub link: Option<String>,
}

impl Panel {
    /// The figures of the shop over the last `days`.
    ///
    /// # Errors
    /// [`Error::Argument`] for too many days.
    pub async fn shop_overview(&self, staff: &Staff, days: &str, locale: Locale) -> Result<ShopFigures> {
        let range = || Error::Argument { option: "days", problem: Problem::NotInRange { min: 1, max: DAYS } };
        let days: i64 = match days {
            "" => 30,
            text => text.parse().ok().filter(|days| (1..=DAYS).contains(days)).ok_or_else(range)?,
        };
        let (guild, zone) = (staff.guild.id, analytics::zone(&staff.guild.time_zone));
        let last = self.now().to_zoned(zone.clone()).date();
        let first = last.checked_sub((days - 1).days()).unwrap_or(last);
        let window = Days::between(first, last).map(|days| Window::of(days, zone)).ok_or_else(range)?;
        self.app.open_shop(guild).await?;
        let read = async |tx: &mut Tx| {
            let currency = analytics::shop_currency(tx, guild).await?;
            let figures = analytics::figures(tx, guild, &window, currency).await?;
            let waiting = desk::waiting(tx, guild, ALERTS).await?;
            let stuck = roles::alerts(tx, guild, ALERTS).await?;
            Ok((figures, waiting, stuck, catalogue::keyless(tx, guild, ALERTS).await?))
        };
        let (figures, waiting, stuck, keyless) = self.reading(&staff.actor, read).await?;
        let income = figures.income.ok_or(Error::NotAllowed("shop"))?.now;
        let activity = figures.counts.activity.now;
        // What goes back may be more than what comes in.
        let signed = |minor: i64| Sum { minor, currency: figures.currency.code() };
        let by_day = window.days.each().zip(&income.days).zip(&activity.days);
        let day = |((day, takings), placed): ((Date, &Takings), &Placed)| ShopDay {
            day: day.to_string(),
            revenue: signed(takings.gross),
            orders: placed.placed,
        };
        let tenths = activity.orders.conversion_tenths().and_then(|tenths| i32::try_from(tenths).ok());
        let say = self.app.words.speak(locale);
        let mut called = Called::new(&staff.guild.time_zone, locale);
        called.inside = self.names_in(guild).await;
        let order = |one: &desk::Listed| {
            let row = shape::order(&say, one, &HashMap::new());
            let (number, what) = (row.number, row.what);
            let text = row.trouble.unwrap_or_default();
            let args = [("number", number.into()), ("what", (&what).into()), ("text", (&text).into())];
            let kind = if one.order.dispute.is_some() { "dispute" } else { "order" };
            Alert {
                kind,
                text: say.with("panel-alert-order", &args),
                link: Some(format!("orders.html?order={number}")),
            }
        };
        let role = |(role, why): &(RoleId, roles::RoleState)| {
            let text = line(&remedy(&say, *role, *why), &called);
            Alert { kind: "role", text, link: Some("shop.html?tab=plans".to_owned()) }
        };
        let keys = |one: &Labelled| {
            let text = say.with("panel-alert-keys", &[("name", (&one.name).into())]);
            Alert { kind: "keys", text, link: Some(format!("shop.html?product={}", one.code)) }
        };
        let alerts = waiting.iter().map(order).chain(stuck.iter().map(role)).chain(keyless.iter().map(keys));
        Ok(ShopFigures {
            currency: figures.currency.code(),
            revenue: signed(income.takings.gross),
            refunded: signed(income.takings.refunds),
            fees: signed(income.takings.fees),
            net: signed(income.takings.net()),
            mrr: signed(income.mrr),
            active_subscriptions: figures.counts.plans.iter().map(|plan| plan.count).sum(),
            new: activity.new,
            churned: activity.churned,
            orders: activity.orders.placed,
            conversion: tenths.map(|tenths| f64::from(tenths) / 1000.0),
            days: by_day.map(day).collect(),
            alerts: alerts.collect(),
        })
    }
}
