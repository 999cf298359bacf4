//! Tells the staff channel of sales, and of what needs staff.

use super::super::opener::seen;
use super::super::{channel_refusal, closed};
use super::Result;
use crate::app::App;
use crate::commands::purchases::notices::{self, Wrong};
use crate::domain::notifications::Outcome;
use crate::domain::notifications::shop::ClaimedNotice;
use crate::domain::shop::catalogue::stock;
use crate::domain::shop::orders::{Item, later, reading};
use crate::domain::shop::{Mode, OrderState, ProductKind, endings, reclaims, roles};
use crate::kernel::reply::Reply;
use crate::kernel::words::Speech;
use crate::kernel::{Actor, GuildId, Result as OurResult, RoleId, System};

/// Something was sold.
pub(super) async fn sale(app: &App, claimed: &ClaimedNotice) -> Result {
    let Some(number) = claimed.notice.order else { return Ok(Outcome::Unneeded) };
    let mut tx = app.db.begin(&Actor::staff_channel(claimed.notice.guild)).await?;
    let order = seen(reading::order(&mut tx, claimed.notice.guild, number).await)?;
    tx.end().await?;
    let sold_out = match order.as_ref().map(|order| &order.item) {
        Some(Item::Product { code, variant }) => sold_out(app, claimed.notice.guild, (code, variant)).await?,
        Some(Item::Plan { .. }) | None => None,
    };
    match order {
        Some(order) => post(app, claimed, |say| notices::sale(say, &order, sold_out)).await,
        None => Ok(Outcome::Unneeded),
    }
}

/// What is on show is shown to people; the channel is none.
async fn sold_out(app: &App, guild: GuildId, of: (&str, &str)) -> OurResult<Option<ProductKind>> {
    let mut tx = app.db.begin(&Actor::system_in(System::Payments, guild)).await?;
    let found = stock::sold_out(&mut tx, guild, of).await?;
    tx.end().await?;
    Ok(found)
}

/// Something needs staff; where it was mended meanwhile, nothing is told.
pub(super) async fn alert(app: &App, claimed: &ClaimedNotice) -> Result {
    match (claimed.role, claimed.notice.order) {
        (Some(role), _) => role_alert(app, claimed, role).await,
        (None, Some(number)) => order_alert(app, claimed, number).await,
        (None, None) => Ok(Outcome::Unneeded),
    }
}

async fn role_alert(app: &App, claimed: &ClaimedNotice, role: RoleId) -> Result {
    let mut tx = app.db.begin(&Actor::staff_channel(claimed.notice.guild)).await?;
    let alerted = roles::alerted(&mut tx, claimed.notice.guild, role).await?;
    tx.end().await?;
    match alerted {
        Some((state, waiting)) => post(app, claimed, |say| notices::role_alert(say, role, state, waiting)).await,
        None => Ok(Outcome::Unneeded),
    }
}

async fn order_alert(app: &App, claimed: &ClaimedNotice, number: i64) -> Result {
    let guild = claimed.notice.guild;
    let mut tx = app.db.begin(&Actor::staff_channel(guild)).await?;
    let Some(order) = seen(reading::order(&mut tx, guild, number).await)? else {
        tx.end().await?;
        return Ok(Outcome::Unneeded);
    };
    let refunds = reading::refund_trouble(&mut tx, guild, number, app.clock.now()).await?;
    let later = later::of(&mut tx, &order).await?;
    let runs_on = endings::runs_on(&mut tx, guild, number).await?;
    let short = reclaims::short(&mut tx, guild, number, app.clock.now()).await?;
    tx.end().await?;
    let stuck =
        order.trouble.filter(|_| matches!(order.state, OrderState::Paid | OrderState::Refunded | OrderState::Canceled));
    let failed = match order.mode {
        Mode::Subscription if order.refund_returned => Wrong::RefundReturned,
        Mode::Subscription | Mode::Payment | Mode::Free => Wrong::RefundFailed,
    };
    let wrong: Vec<Wrong> = stuck
        .map(Wrong::Stuck)
        .into_iter()
        .chain(order.dispute.map(Wrong::Disputed))
        .chain(later.dispute.filter(|dispute| order.dispute != Some(*dispute)).map(Wrong::Disputed))
        .chain(refunds.failed.then_some(failed))
        .chain(refunds.late.then_some(Wrong::RefundLate))
        .chain(runs_on.then_some(Wrong::RunsOn))
        .collect();
    if wrong.is_empty() && short.is_none() {
        return Ok(Outcome::Unneeded);
    }
    post(app, claimed, |say| notices::order_alert(say, &order, &wrong, short.as_ref())).await
}

async fn post(app: &App, claimed: &ClaimedNotice, words: impl Fn(&Speech<'_>) -> Reply) -> Result {
    let guild = app.guild(claimed.notice.guild).await?;
    let Some(channel) = guild.staff_channel else { return Ok(Outcome::Unneeded) };
    closed(app, guild.id, channel).await?;
    let reply = words(&app.words.speak(guild.locale));
    match app.courier.post(channel, &reply, &format!("o-{}", claimed.id)).await {
        Ok(_) => Ok(Outcome::Channel),
        Err(refusal) => channel_refusal(&refusal),
    }
}
