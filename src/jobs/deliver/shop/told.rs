//! Tells a person by direct message what became of his purchase, read under his own identity.
//!
//! What was bought is delivered without it. Whose messages are shut is called where members ask for support, without a word of
//! what it is about; the call goes by itself after a week.

use super::super::opener::seen;
use super::super::{Undone, audience, channel_refusal, held};
use super::Result;
use crate::app::App;
use crate::commands::purchases::notices;
use crate::db::Tx;
use crate::domain::notifications::projection::Place;
use crate::domain::notifications::shop::{ClaimedNotice, is_overtaken};
use crate::domain::notifications::{Outcome, ShopKind, Undelivered, removal};
use crate::domain::payments::DisputeState;
use crate::domain::promotions::reminders;
use crate::domain::shop::catalogue::names::names;
use crate::domain::shop::entitlements::{self, Entitlement, What};
use crate::domain::shop::orders::{Order, gifts, given, later, reading};
use crate::domain::shop::{Mode, OrderState, Source, SubscriptionState, subscriptions};
use crate::kernel::reply::Reply;
use crate::kernel::words::Speech;
use crate::kernel::{Actor, GuildId, Locale, Result as OurResult, System, UserId};
use jiff::SignedDuration;
use std::time::Duration;

/// How often it is looked whether a role was given, before a notice is put off, and how long after one look the next comes.
const LOOKS: u32 = 10;
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);
/// At which attempt a notice waits no longer for a role.
const PUT_OFF: u32 = 3;
/// How long a call in public stands.
const CALL: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The order was handed over.
pub(super) async fn done(app: &App, claimed: &ClaimedNotice) -> Result {
    let Some((mut tx, user, order)) = order(app, claimed).await? else { return Ok(Outcome::Unneeded) };
    let consent = reading::consent(&mut tx, order.guild, order.number).await?;
    tx.end().await?;
    let later = order.mode == Mode::Subscription;
    let stuck = !order.is_gift() && is_stuck(app, claimed, (user, order.number), later).await?;
    let say = speech(app, order.guild, user, Some(&order)).await?;
    tell(app, claimed, user, &notices::done(&say, &order, consent.as_ref(), stuck)).await
}

/// Whether the role of what he got could not be given. That is known a moment after the handing over, of a subscription after it was
/// seen (`later`): it is waited for, then the notice is put off; not for long, because Discord may be away.
async fn is_stuck(app: &App, claimed: &ClaimedNotice, (user, number): (UserId, i64), later: bool) -> Result<bool> {
    let guild = claimed.notice.guild;
    for _ in 0..LOOKS {
        let mut tx = app.db.begin(&Actor::member(guild, user)).await?;
        let role = given::of(&mut tx, guild, number).await?;
        let held = entitlements::of(&mut tx, guild, user).await?;
        tx.end().await?;
        let is_there = !later || held.iter().any(|one| one.order == Some(number));
        match role {
            Some(role) if !role.is_open() => return Ok(role.stuck().is_some()),
            None if is_there => return Ok(false),
            Some(_) | None => tokio::time::sleep(BETWEEN_LOOKS).await,
        }
    }
    if claimed.attempts < PUT_OFF { Err(Undone::later("role", None)) } else { Ok(false) }
}

/// Somebody gave him something.
pub(super) async fn gift(app: &App, claimed: &ClaimedNotice) -> Result {
    let notice = claimed.notice;
    let (Some(user), Some(number)) = (notice.recipient, notice.order) else { return Ok(Outcome::Unneeded) };
    let mut tx = app.db.begin(&Actor::member(notice.guild, user)).await?;
    let found = seen(gifts::one(&mut tx, notice.guild, number).await)?;
    tx.end().await?;
    let Some(gift) = found.filter(|gift| gift.revoked_at.is_none()) else { return Ok(Outcome::Unneeded) };
    let stuck = is_stuck(app, claimed, (user, number), false).await?;
    let say = speech(app, notice.guild, user, None).await?;
    tell(app, claimed, user, &notices::gift(&say, &gift, stuck)).await
}

/// What somebody gave him was taken back, is held back, or is there again: as it stands now.
pub(super) async fn gift_state(app: &App, claimed: &ClaimedNotice) -> Result {
    let notice = claimed.notice;
    let (Some(user), Some(number)) = (notice.recipient, notice.order) else { return Ok(Outcome::Unneeded) };
    let mut tx = app.db.begin(&Actor::member(notice.guild, user)).await?;
    let found = seen(gifts::one(&mut tx, notice.guild, number).await)?;
    let held = entitlements::of(&mut tx, notice.guild, user).await?;
    tx.end().await?;
    let Some(gift) = found else { return Ok(Outcome::Unneeded) };
    if overtaken(app, claimed).await? {
        return Ok(Outcome::Unneeded);
    }
    let suspended = held.iter().any(|one| one.order == Some(number) && one.suspended_at.is_some());
    let say = speech(app, notice.guild, user, None).await?;
    tell(app, claimed, user, &notices::gift_state(&say, &gift, suspended)).await
}

/// It could not be handed over.
pub(super) async fn trouble(app: &App, claimed: &ClaimedNotice) -> Result {
    plainly(app, claimed, |say, order| Some(notices::trouble(say, order, order.trouble?))).await
}

/// Money went back, of the order or of its subscription's later months.
pub(super) async fn refunded(app: &App, claimed: &ClaimedNotice) -> Result {
    let Some((mut tx, user, mut order)) = order(app, claimed).await? else { return Ok(Outcome::Unneeded) };
    let later = later::of(&mut tx, &order).await?;
    tx.end().await?;
    order.paid_minor = order.paid_minor.saturating_add(later.paid_minor);
    order.refunded_minor = order.refunded_minor.saturating_add(later.refunded_minor);
    if order.refunded_minor == 0 {
        return Ok(Outcome::Unneeded);
    }
    let say = speech(app, order.guild, user, Some(&order)).await?;
    tell(app, claimed, user, &notices::refunded(&say, &order)).await
}

/// The bank looks into a payment of his, or has decided: as it stands now.
pub(super) async fn disputed(app: &App, claimed: &ClaimedNotice) -> Result {
    let Some((mut tx, user, order)) = order(app, claimed).await? else { return Ok(Outcome::Unneeded) };
    let later = later::of(&mut tx, &order).await?;
    let held = entitlements::of(&mut tx, order.guild, order.recipient).await?;
    tx.end().await?;
    let open = [order.dispute, later.dispute].contains(&Some(DisputeState::Open));
    let Some(state) = Some(DisputeState::Open).filter(|_| open).or(later.dispute).or(order.dispute) else {
        return Ok(Outcome::Unneeded);
    };
    if overtaken(app, claimed).await? {
        return Ok(Outcome::Unneeded);
    }
    let now = app.clock.now();
    let given: Vec<&Entitlement> = held.iter().filter(|one| one.order == Some(order.number)).collect();
    // What comes back may begin behind what else he has.
    let stands = |one: &&Entitlement| {
        one.revoked_at.is_none() && one.suspended_at.is_none() && one.ends_at.is_none_or(|end| end > now)
    };
    let holds =
        order.state == OrderState::Fulfilled && (order.is_gift() || given.is_empty() || given.iter().any(stands));
    let say = speech(app, order.guild, user, Some(&order)).await?;
    tell(app, claimed, user, &notices::disputed(&say, &order, (state, holds))).await
}

/// He left its checkout, and had agreed to be reminded; where it is paid or over by now, or he agrees no more, nothing is told.
pub(super) async fn left(app: &App, claimed: &ClaimedNotice) -> Result {
    let Some((mut tx, user, order)) = order(app, claimed).await? else { return Ok(Outcome::Unneeded) };
    let agreed = reminders::agreed(&mut tx, order.guild, user).await?;
    tx.end().await?;
    let payable = order.state == OrderState::Pending && order.expires_at.is_some_and(|end| end > app.clock.now());
    if !agreed || !payable {
        return Ok(Outcome::Unneeded);
    }
    let say = speech(app, order.guild, user, Some(&order)).await?;
    tell(app, claimed, user, &notices::left(&say, &order)).await
}

/// His checkout is closed, as what it is for can't be given; where he paid or canceled before, nothing is told.
pub(super) async fn closed(app: &App, claimed: &ClaimedNotice) -> Result {
    let Some((tx, user, order)) = order(app, claimed).await? else { return Ok(Outcome::Unneeded) };
    tx.end().await?;
    match order.state {
        OrderState::Pending => return Err(Undone::later("checkout", None)),
        OrderState::Expired if !overtaken(app, claimed).await? => {}
        OrderState::Expired
        | OrderState::Awaiting
        | OrderState::Paid
        | OrderState::Fulfilled
        | OrderState::Failed
        | OrderState::Canceled
        | OrderState::Refunded => return Ok(Outcome::Unneeded),
    }
    let say = speech(app, order.guild, user, Some(&order)).await?;
    tell(app, claimed, user, &notices::closed(&say, &order)).await
}

/// A renewal was not paid; where it is by now, nothing is told.
pub(super) async fn renewal_failed(app: &App, claimed: &ClaimedNotice) -> Result {
    let Some((mut tx, user, order)) = order(app, claimed).await? else { return Ok(Outcome::Unneeded) };
    let subscription = subscriptions::of(&mut tx, order.guild, user).await?;
    let held = entitlements::of(&mut tx, order.guild, user).await?;
    tx.end().await?;
    let Some(unpaid) = subscription.filter(|sub| sub.state == SubscriptionState::PastDue) else {
        return Ok(Outcome::Unneeded);
    };
    let key = subscriptions::entitlement_key(&unpaid.id);
    let until = held.iter().find(|entitlement| entitlement.key == key).and_then(|entitlement| entitlement.ends_at);
    let say = speech(app, order.guild, user, Some(&order)).await?;
    tell(app, claimed, user, &notices::renewal_failed(&say, &order, until)).await
}

/// What he held has ended; where he holds it again, nothing is told.
pub(super) async fn access_ended(app: &App, claimed: &ClaimedNotice) -> Result {
    let notice = claimed.notice;
    let Some(user) = notice.recipient else { return Ok(Outcome::Unneeded) };
    let now = app.clock.now();
    let mut tx = app.db.begin(&Actor::member(notice.guild, user)).await?;
    let held = entitlements::of(&mut tx, notice.guild, user).await?;
    let (mut order, mut title) = (None, None);
    if let Some(number) = notice.order {
        order = seen(reading::order(&mut tx, notice.guild, number).await)?;
        title = match &order {
            Some(order) => Some((number, order.title.clone())),
            None => seen(gifts::title(&mut tx, notice.guild, number).await)?.map(|title| (number, title)),
        };
    }
    let over = |one: &&Entitlement| one.order == notice.order && one.ends_at.is_some_and(|end| end <= now);
    let Some(ended) = held.iter().filter(over).max_by_key(|one| one.ends_at) else {
        tx.end().await?;
        return Ok(Outcome::Unneeded);
    };
    if held.iter().any(|one| one.what == ended.what && one.is_active(now)) {
        tx.end().await?;
        return Ok(Outcome::Unneeded);
    }
    let plan = match &ended.what {
        What::Plan(code) => Some(code.as_str()),
        What::Role(_) => None,
    };
    let names = names(&mut tx, notice.guild, plan.iter().map(|code| format!("plan/{code}")).collect()).await?;
    tx.end().await?;
    let plan = plan.map(|code| names.plan(code));
    // The order names what was bought; a subscription may have been changed since.
    let title = title.map(|(number, title)| match (plan, ended.source) {
        (Some(plan), Source::Subscription) => (number, plan.to_owned()),
        _ => (number, title),
    });
    let say = speech(app, notice.guild, user, order.as_ref()).await?;
    tell(
        app,
        claimed,
        user,
        &notices::access_ended(
            &say,
            notice.guild,
            title.as_ref().map(|(number, title)| (*number, title.as_str())),
            plan,
        ),
    )
    .await
}

/// Tells what the order alone says, if it says so still.
async fn plainly(app: &App, claimed: &ClaimedNotice, words: impl Fn(&Speech<'_>, &Order) -> Option<Reply>) -> Result {
    let Some((tx, user, order)) = order(app, claimed).await? else { return Ok(Outcome::Unneeded) };
    tx.end().await?;
    let reply = words(&speech(app, order.guild, user, Some(&order)).await?, &order);
    match reply {
        Some(reply) => tell(app, claimed, user, &reply).await,
        None => Ok(Outcome::Unneeded),
    }
}

/// Whether a newer notice of the same waits: it tells how it stands then, once.
async fn overtaken(app: &App, claimed: &ClaimedNotice) -> OurResult<bool> {
    let mut tx = app.db.begin(&Actor::system(System::Outbox)).await?;
    let found = is_overtaken(&mut tx, claimed).await?;
    tx.end().await?;
    Ok(found)
}

/// The order as its recipient sees it, with the transaction that read it; `None` when he doesn't.
pub(super) async fn order(app: &App, claimed: &ClaimedNotice) -> OurResult<Option<(Tx, UserId, Order)>> {
    let notice = claimed.notice;
    let (Some(user), Some(number)) = (notice.recipient, notice.order) else { return Ok(None) };
    let mut tx = app.db.begin(&Actor::member(notice.guild, user)).await?;
    match seen(reading::order(&mut tx, notice.guild, number).await)? {
        Some(order) => Ok(Some((tx, user, order))),
        None => tx.end().await.map(|()| None),
    }
}

/// The buyer's language is known from his order; of others only the guild's.
pub(super) async fn speech<'a>(
    app: &'a App,
    guild: GuildId,
    user: UserId,
    order: Option<&Order>,
) -> OurResult<Speech<'a>> {
    let own = order.filter(|order| order.buyer == user).map(|order| order.locale);
    let locale: Locale = match own {
        Some(locale) => locale,
        None => app.guild(guild).await?.locale,
    };
    Ok(app.words.speak(locale))
}

pub(super) async fn tell(app: &App, claimed: &ClaimedNotice, user: UserId, reply: &Reply) -> Result {
    match app.courier.tell(user, reply, &format!("o-{}", claimed.id)).await {
        Ok(_) => Ok(Outcome::Dm),
        Err(Undelivered::DmShut) => ping(app, claimed, user).await,
        Err(Undelivered::Later(after)) => Err(Undone::later("later", after)),
        Err(refusal) => {
            tracing::error!(notice = claimed.id, %refusal, "Discord refused a direct message about a purchase");
            Ok(Outcome::Failed("refused"))
        }
    }
}

/// His direct messages are shut: a mention that says only that something waits, with a button that shows everybody his own. A
/// reminder of a checkout is not worth one, and what no command shows leads nowhere.
async fn ping(app: &App, claimed: &ClaimedNotice, user: UserId) -> Result {
    let notice = claimed.notice;
    if notice.kind == ShopKind::CheckoutLeft || notice.order.is_none() {
        return Ok(Outcome::DmShut);
    }
    let guild = app.guild(notice.guild).await?;
    let Some(channel) = guild.support_channel else { return Ok(Outcome::DmShut) };
    if held(app, guild.id, user).await?.is_none() {
        return Ok(Outcome::Left);
    }
    audience(app, guild.id, channel).await?;
    let locale = app.guilds.languages.of(guild.id, user).unwrap_or(guild.locale);
    let of_subscription = matches!(
        notice.kind,
        ShopKind::RenewalFailed
            | ShopKind::TrialEnds
            | ShopKind::TrialPaid
            | ShopKind::PlanChanged
            | ShopKind::PlanBroken
    );
    let shows = if of_subscription { "subscription" } else { "orders" };
    let reply = notices::call(&app.words.speak(locale), user, shows);
    match app.courier.post(channel, &reply, &format!("p-{}", claimed.id)).await {
        Ok(message) => {
            let now = app.clock.now();
            let mut tx = app.db.begin(&Actor::system(System::Outbox)).await?;
            removal::remove(&mut tx, guild.id, Place { channel, message }, now.checked_add(CALL).unwrap_or(now));
            tx.commit().await?;
            Ok(Outcome::Ping)
        }
        Err(refusal) => channel_refusal(&refusal),
    }
}
