//! Tells a member what becomes of his subscription: that its trial ends, what was paid then, that its plan changed, that its role
//! is gone or can't be given; read under his own identity, as it stands now.

use super::Result;
use super::told::{order, speech, tell};
use crate::app::App;
use crate::commands::purchases::credit;
use crate::commands::purchases::renewals::{self, Now};
use crate::domain::notifications::Outcome;
use crate::domain::notifications::shop::ClaimedNotice;
use crate::domain::shop::invoices::Payment;
use crate::domain::shop::orders::course::{self, Changed};
use crate::domain::shop::orders::{Item, Order};
use crate::domain::shop::subscriptions::{self, Subscription};
use crate::domain::shop::{SubscriptionState, catalogue, roles};
use crate::kernel::{Actor, Result as OurResult, UserId};
use jiff::{SignedDuration, Timestamp};

/// How long before a change was asked for, by our clock, what it was charged may have been paid, by the provider's.
const EARLY: SignedDuration = SignedDuration::from_mins(10);
/// How long before a change was seen that nobody asked for here, what it was charged may have been paid.
const SEEN_WITHIN: SignedDuration = SignedDuration::from_mins(15);

/// What a notice is about.
struct About {
    user: UserId,
    order: Order,
    found: Subscription,
    /// What its plan is called.
    plan: String,
    course: Option<course::Course>,
    /// Whether its plan's role was deleted.
    role_gone: bool,
}

async fn about(app: &App, claimed: &ClaimedNotice) -> OurResult<Option<About>> {
    let Some((mut tx, user, order)) = order(app, claimed).await? else { return Ok(None) };
    let found = subscriptions::of(&mut tx, order.guild, user).await?;
    let Some(found) = found.filter(|found| found.order == Some(order.number)) else {
        return tx.end().await.map(|()| None);
    };
    let item = format!("plan/{}", found.plan);
    let names = catalogue::names::names(&mut tx, order.guild, vec![item]).await?;
    let plan = names.plan(&found.plan).to_owned();
    let course = course::of(&mut tx, &order).await?;
    let role_gone = roles::plan_lost_its(&mut tx, order.guild, &found.plan).await?;
    tx.end().await?;
    Ok(Some(About { user, order, found, plan, course, role_gone }))
}

impl About {
    /// The payment that stands as its order's.
    fn first_payment(&self) -> Option<&Payment> {
        self.course.as_ref()?.payments.iter().find(|paid| Some(&paid.id) == self.order.payment.as_ref())
    }

    /// What was paid for its change to what it is now, seen at `seen`, and what was agreed to with it.
    fn last_change(&self, seen: Timestamp) -> (Option<&Payment>, Option<&Changed>) {
        let Some(course) = &self.course else { return (None, None) };
        let item = Item::Plan { code: self.found.plan.clone(), period: self.found.period }.name();
        let change = course.changes.iter().rev().find(|change| change.item == item);
        let since = change.map_or_else(
            || seen.checked_sub(SEEN_WITHIN).unwrap_or(seen),
            |change| change.at.checked_sub(EARLY).unwrap_or(change.at),
        );
        // A payment is that of the change beside which it was made: another may have been a minute before.
        let beside = |paid: &&Payment| course.changes.iter().min_by_key(|one| one.at.duration_since(paid.at).abs());
        let paid = course.payments.iter().rev().find(|paid| paid.at >= since);
        let paid = paid.filter(|paid| change.is_none() || beside(paid) == change);
        (paid.filter(|paid| Some(&paid.id) != self.order.payment.as_ref()), change)
    }

    fn now(&self) -> Now<'_> {
        Now { order: &self.order, found: &self.found, plan: &self.plan }
    }
}

/// His trial is about to end, and he will be charged; where he ended it, nothing is told.
pub(super) async fn trial_ends(app: &App, claimed: &ClaimedNotice) -> Result {
    let about = about(app, claimed).await?;
    let charged = |about: &About| about.found.state == SubscriptionState::Trialing && !about.found.ends_with_period;
    let Some(about) = about.filter(charged) else { return Ok(Outcome::Unneeded) };
    let say = speech(app, about.order.guild, about.user, Some(&about.order)).await?;
    tell(app, claimed, about.user, &renewals::trial_ends(&say, about.now())).await
}

/// The first payment after his trial was made.
pub(super) async fn trial_paid(app: &App, claimed: &ClaimedNotice) -> Result {
    let Some(about) = about(app, claimed).await? else { return Ok(Outcome::Unneeded) };
    let Some(paid) = about.first_payment() else { return Ok(Outcome::Unneeded) };
    let say = speech(app, about.order.guild, about.user, Some(&about.order)).await?;
    tell(app, claimed, about.user, &renewals::trial_paid(&say, about.now(), paid)).await
}

/// His plan or period was changed: what it is now, what was paid for it at once, and what he agreed to.
pub(super) async fn plan_changed(app: &App, claimed: &ClaimedNotice) -> Result {
    let Some(about) = about(app, claimed).await? else { return Ok(Outcome::Unneeded) };
    let (paid, change) = about.last_change(claimed.created_at);
    let say = speech(app, about.order.guild, about.user, Some(&about.order)).await?;
    let currency = about.found.price.currency();
    let credit = credit::after_changes(app, (about.order.guild, about.user), currency).await?;
    tell(app, claimed, about.user, &renewals::plan_changed(&say, about.now(), (paid, change), credit)).await
}

/// The role of his plan was deleted, or could not be given to him, and he will be charged for it: where staff mended it meanwhile,
/// nothing is told.
pub(super) async fn plan_broken(app: &App, claimed: &ClaimedNotice) -> Result {
    let runs = |found: &Subscription| {
        matches!(found.state, SubscriptionState::Trialing | SubscriptionState::Active) && !found.ends_with_period
    };
    let about = about(app, claimed).await?;
    let Some(about) = about.filter(|about| runs(&about.found)) else { return Ok(Outcome::Unneeded) };
    let words = if about.role_gone { renewals::plan_broken } else { renewals::plan_withheld };
    if !about.role_gone && !is_withheld(app, &about).await? {
        return Ok(Outcome::Unneeded);
    }
    let say = speech(app, about.order.guild, about.user, Some(&about.order)).await?;
    tell(app, claimed, about.user, &words(&say, about.now())).await
}

async fn is_withheld(app: &App, about: &About) -> OurResult<bool> {
    let (guild, user) = (about.order.guild, about.user);
    let mut tx = app.db.begin(&Actor::member(guild, user)).await?;
    let withheld = roles::is_withheld(&mut tx, guild, user, &about.found.plan).await?;
    tx.end().await?;
    Ok(withheld)
}
