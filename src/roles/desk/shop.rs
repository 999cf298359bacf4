//! What is read out to Shellia of a guild's shop: its promotions, its names, its settings.

use super::person::operator;
use crate::app::App;
use crate::control::{Asker, Catalogue, ChangedBy, Named, Promotion, Promotions, Setting, Settings};
use crate::domain::analytics;
use crate::domain::promotions::{self, COOLDOWN, Discount, Target, reading};
use crate::domain::shop::catalogue::labels;
use crate::domain::shop::catalogue::names::{self, Labelled, Names};
use crate::kernel::Result;

/// A page of the promotions that run or will.
pub(super) async fn promotions(app: &App, asker: Asker, before: Option<i64>) -> Result<Promotions> {
    let operator = operator(app, asker).await?;
    let guild = operator.guild.id;
    let mut tx = app.db.begin(&operator.actor).await?;
    let found = reading::list(&mut tx, guild, false, before.unwrap_or(i64::MAX)).await?;
    let on = found.iter().filter_map(|one| match &one.target {
        Target::Plan(code) => Some(format!("plan/{code}")),
        Target::Product(code) => Some(format!("product/{code}")),
        Target::Everything | Target::Plans | Target::Products => None,
    });
    let names = names::names(&mut tx, guild, on.collect()).await?;
    tx.end().await?;
    Ok(Promotions { promotions: found.iter().map(|one| shown(one, &names)).collect() })
}

fn shown(promotion: &promotions::Promotion, names: &Names) -> Promotion {
    let (percent_hundredths, amount_minor) = match promotion.discount {
        Discount::Percent(percent) => (Some(percent.hundredths()), None),
        Discount::Amount(amount) => (None, Some(amount.minor())),
    };
    let target_name = match &promotion.target {
        Target::Plan(code) => Some(names.plan(code).to_owned()),
        Target::Product(code) => Some(names.product(code).to_owned()),
        Target::Everything | Target::Plans | Target::Products => None,
    };
    Promotion {
        number: promotion.number,
        state: promotion.state.as_str().to_owned(),
        kind: promotion.kind.as_str().to_owned(),
        percent_hundredths,
        amount_minor,
        currency: promotion.currency.code().to_owned(),
        target: promotion.target.to_string(),
        target_name,
        code: promotion.code.as_ref().map(ToString::to_string),
        starts_at: promotion.starts_at,
        ends_at: promotion.ends_at,
        uses: promotion.uses_held,
        uses_allowed: promotion.uses_allowed,
        spent_minor: promotion.spent.minor(),
        budget_minor: promotion.budget.map(|budget| budget.minor()),
    }
}

/// What the shop sells, by name.
pub(super) async fn catalogue(app: &App, asker: Asker) -> Result<Catalogue> {
    let operator = operator(app, asker).await?;
    let guild = operator.guild.id;
    app.open_shop(guild).await?;
    let mut tx = app.db.begin(&operator.actor).await?;
    let sold = labels::on_sale(&mut tx, guild).await?;
    let currency = analytics::shop_currency(&mut tx, guild).await?;
    tx.end().await?;
    let named = |one: Labelled| Named { code: one.code.to_string(), name: one.name };
    Ok(Catalogue {
        plans: sold.plans.into_iter().map(named).collect(),
        products: sold.products.into_iter().map(named).collect(),
        time_zone: operator.guild.time_zone.clone(),
        currency: currency.code().to_owned(),
        cap_percent: app.promotions.cap_percent,
    })
}

/// The settings that sentences know, as far as they are kept here.
pub(super) async fn settings(app: &App, asker: Asker) -> Result<Settings> {
    let operator = operator(app, asker).await?;
    let guild = &operator.guild;
    let mut tx = app.db.begin(&operator.actor).await?;
    let currency = analytics::shop_currency(&mut tx, guild.id).await?;
    tx.end().await?;
    let setting = |key: &str, value: Option<String>, changed_by| Setting { key: key.to_owned(), value, changed_by };
    let channel = |channel: Option<crate::kernel::ChannelId>| channel.map(|channel| channel.to_string());
    let days = COOLDOWN.as_hours() / 24;
    Ok(Settings {
        settings: vec![
            setting("language", Some(guild.locale.as_str().to_owned()), ChangedBy::Operator),
            setting("time_zone", Some(guild.time_zone.clone()), ChangedBy::Operator),
            setting("support_channel", channel(guild.support_channel), ChangedBy::Operator),
            setting("staff_channel", channel(guild.staff_channel), ChangedBy::Operator),
            setting("currency", Some(currency.code().to_owned()), ChangedBy::Operator),
            setting("promotion_cap", Some(app.promotions.cap_percent.to_string()), ChangedBy::Machine),
            setting("cooldown", Some(days.to_string()), ChangedBy::Machine),
        ],
    })
}
