//! Tells the staff channel of sales, and of what needs staff.

use super::super::opener::seen;
use super::super::{channel_refusal, closed};
use super::Result;
use crate::app::App;
use crate::commands::promotions::not_begun;
use crate::commands::purchases::notices::{self, Wrong};
use crate::domain::notifications::Outcome;
use crate::domain::notifications::shop::ClaimedNotice;
use crate::domain::payments::DisputeState;
use crate::domain::privacy::keep_post;
use crate::domain::promotions::{self, Target};
use crate::domain::shop::catalogue::names::names;
use crate::domain::shop::catalogue::stock;
use crate::domain::shop::orders::{Item, Order, later, reading};
use crate::domain::shop::{Mode, OrderState, ProductKind, Trouble, endings, reclaims, roles};
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
    match (claimed.role, claimed.promotion, claimed.notice.order) {
        (Some(role), ..) => role_alert(app, claimed, role).await,
        (None, Some(number), _) => promotion_alert(app, claimed, number).await,
        (None, None, Some(number)) => order_alert(app, claimed, number).await,
        (None, None, None) => Ok(Outcome::Unneeded),
    }
}

/// A promotion was stopped where it was to begin.
async fn promotion_alert(app: &App, claimed: &ClaimedNotice, number: i64) -> Result {
    let guild = claimed.notice.guild;
    let mut tx = app.db.begin(&Actor::staff_channel(guild)).await?;
    let found = seen(promotions::reading::promotion(&mut tx, guild, number).await)?;
    let target = match found.as_ref().map(|promotion| &promotion.target) {
        Some(target @ (Target::Plan(_) | Target::Product(_))) => vec![target.to_string()],
        Some(Target::Everything | Target::Plans | Target::Products) | None => Vec::new(),
    };
    let names = names(&mut tx, guild, target).await?;
    tx.end().await?;
    match found {
        Some(promotion) => post(app, claimed, |say| not_begun(say, &promotion, &names)).await,
        None => Ok(Outcome::Unneeded),
    }
}

async fn role_alert(app: &App, claimed: &ClaimedNotice, role: RoleId) -> Result {
    let mut tx = app.db.begin(&Actor::staff_channel(claimed.notice.guild)).await?;
    let alerted = roles::alerted(&mut tx, claimed.notice.guild, role).await?;
    tx.end().await?;
    match alerted {
        Some(roles::Alerted { why, waiting, charged }) => {
            post(app, claimed, |say| notices::role_alert(say, role, why, (waiting, charged))).await
        }
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
    let mut wrong = money(&order, later.dispute, refunds.failed);
    wrong.extend(refunds.late.then_some(Wrong::RefundLate));
    wrong.extend(runs_on.then_some(Wrong::RunsOn));
    if wrong.is_empty() && short.is_none() {
        return Ok(Outcome::Unneeded);
    }
    post(app, claimed, |say| notices::order_alert(say, &order, &wrong, short.as_ref())).await
}

/// What is wrong with the money of an order: `later` is how the newest dispute of its subscription's later months stands, and
/// `failed` says that money which should go back did not.
fn money(order: &Order, later: Option<DisputeState>, failed: bool) -> Vec<Wrong> {
    let stuck =
        order.trouble.filter(|_| matches!(order.state, OrderState::Paid | OrderState::Refunded | OrderState::Canceled));
    let disputed = if order.fulfilled_at.is_some() { Wrong::Disputed } else { Wrong::DisputedUngiven };
    let refund = match (order.dispute, order.mode) {
        // What the bank took is not here any more; of what it holds and was never handed over its own line tells.
        (Some(DisputeState::Lost), _) => None,
        (Some(DisputeState::Open), _) => order.fulfilled_at.map(|_| Wrong::RefundHeld),
        (_, Mode::Subscription) if order.refund_returned => Some(Wrong::RefundReturned),
        (_, Mode::Subscription | Mode::Payment | Mode::Free) => Some(Wrong::RefundFailed),
    };
    let goes_back = stuck.is_some_and(|trouble| !matches!(trouble, Trouble::AmountDiffers | Trouble::TrialUsed))
        && !matches!(order.dispute, Some(DisputeState::Open | DisputeState::Lost));
    let refund = if failed { refund } else { goes_back.then_some(Wrong::GoesBack) };
    let later = later.filter(|dispute| order.dispute != Some(*dispute)).map(Wrong::Disputed);
    stuck.map(Wrong::Stuck).into_iter().chain(order.dispute.map(disputed)).chain(later).chain(refund).collect()
}

pub(super) async fn post(app: &App, claimed: &ClaimedNotice, words: impl Fn(&Speech<'_>) -> Reply) -> Result {
    let guild = app.guild(claimed.notice.guild).await?;
    let Some(channel) = guild.staff_channel else { return Ok(Outcome::Unneeded) };
    closed(app, guild.id, channel).await?;
    let reply = words(&app.words.speak(guild.locale));
    match app.courier.post(channel, &reply, &format!("o-{}", claimed.id)).await {
        Ok(message) => {
            if let Some(order) = claimed.notice.order {
                let mut tx = app.db.begin(&Actor::system_in(System::Payments, guild.id)).await?;
                keep_post(&mut tx, (guild.id, order), (channel, message), app.clock.now());
                tx.commit().await?;
            }
            Ok(Outcome::Channel)
        }
        Err(refusal) => channel_refusal(&refusal),
    }
}
