//! A member's subscription: how it stands, ending it, letting it go on, another card. Another plan or period is `switch`'s.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::Spec;
use super::{CHANGES, LOOKS, cards, credit, items};
use crate::app::App;
use crate::db::Tx;
use crate::domain::payments::tasks::{self, Kind};
use crate::domain::payments::{Change, Refused};
use crate::domain::shop::catalogue::names::names;
use crate::domain::shop::changes::{self, Wish};
use crate::domain::shop::customers::{self, Customer};
use crate::domain::shop::holds::{self, Hold, Holds};
use crate::domain::shop::orders::Item;
use crate::domain::shop::subscriptions::{self, Subscription, entitlement_key};
use crate::domain::shop::{SubscriptionState, entitlements};
use crate::jobs::payments::look;
use crate::kernel::reply::{Action, Button, Card, Reply, Style, Tone};
use crate::kernel::text::plain;
use crate::kernel::{Error, GuildId, Link, Money, Result};
use futures_util::FutureExt;
use jiff::Timestamp;
use std::time::{Duration, Instant};

/// For how long it is looked again whether a worker has written down a change, and how long after one look the next comes. A
/// provider that answers slowly is asked once.
const WRITTEN_BY: Duration = Duration::from_millis(2_500);
const BETWEEN_LOOKS: Duration = Duration::from_millis(150);

pub(super) static SUBSCRIPTION: Spec =
    Spec { name: "subscription", outside: true, run: |cx, args| show(cx, args).boxed(), ..LOOKS };

pub(super) static END: Spec =
    Spec { name: "subscription_end", hidden: true, run: |cx, args| end(cx, args).boxed(), ..CHANGES };

pub(super) static GO_ON: Spec =
    Spec { name: "subscription_resume", hidden: true, run: |cx, args| go_on(cx, args).boxed(), ..CHANGES };

pub(super) static CARD: Spec =
    Spec { name: "subscription_card", hidden: true, run: |cx, args| card(cx, args).boxed(), ..CHANGES };

async fn show(cx: &mut Cx<'_>, _: &Args) -> Result<Reply> {
    match still(cx).await? {
        Some(found) => unchanged(cx, found, None).await,
        None => super::holding::without_subscription(cx).await,
    }
}

/// A subscription with what is said of it.
pub(super) struct Sight {
    pub found: Subscription,
    /// What its plan is called.
    called: String,
    /// Until when it gives access.
    until: Option<Timestamp>,
    pub holds: Holds,
    /// What earlier changes left to his credit, where it is known and more than nothing.
    credit: Option<Money>,
}

impl Sight {
    /// Reads what is said of a subscription.
    pub(super) async fn of(tx: &mut Tx, guild: GuildId, found: Subscription, now: Timestamp) -> Result<Self> {
        let all = names(tx, guild, vec![format!("plan/{}", found.plan)]).await?;
        let called = all.plan(&found.plan).to_owned();
        let key = entitlement_key(&found.id);
        let held = entitlements::of(tx, guild, found.user).await?;
        let until = held.into_iter().find(|one| one.key == key).and_then(|one| one.ends_at);
        let holds = holds::of(tx, guild, &found, now).await?;
        Ok(Self { found, called, until, holds, credit: None })
    }

    /// The same with what is to his credit; asks the provider, so no transaction may be open.
    async fn with_credit(self, app: &App, guild: GuildId) -> Result<Self> {
        let currency = self.found.price.currency();
        let credit = credit::after_changes(app, (guild, self.found.user), currency).await?;
        Ok(Self { credit: credit.filter(|credit| !credit.is_zero()), ..self })
    }

    /// Whether nothing is owed and nothing is amiss with its money: only then another plan is offered.
    fn may_change(&self) -> bool {
        runs(&self.found) && self.holds.hold.is_none()
    }

    /// When access ends of one that ends with its period: where the period is not paid, earlier.
    fn ends(&self) -> Timestamp {
        let end = self.found.period_end;
        self.until.filter(|_| is_unpaid(&self.found)).map_or(end, |until| until.min(end))
    }

    /// What is said of how it stands.
    fn words(&self, now: Timestamp) -> String {
        let over = self.until.is_none_or(|until| until <= now);
        match (self.holds.hold, self.found.ends_with_period, self.found.state) {
            (Some(Hold::Awaiting), false, _) => "subscription-awaiting".to_owned(),
            (Some(Hold::Awaiting), true, _) => "subscription-awaiting-ends".to_owned(),
            (Some(Hold::Disputed), ..) => "subscription-disputed".to_owned(),
            (_, true, SubscriptionState::PastDue) => "subscription-ends-unpaid".to_owned(),
            (Some(Hold::Owes), true, _) => "subscription-ends-owes".to_owned(),
            (_, true, _) => "subscription-ends".to_owned(),
            (_, false, SubscriptionState::PastDue) if over => "subscription-state-past-due-over".to_owned(),
            (_, false, state) => format!("subscription-state-{}", state.as_str().replace('_', "-")),
        }
    }
}

/// A subscription with what may be done with it.
pub(super) fn shown(cx: &Cx<'_>, sight: &Sight) -> Reply {
    let (say, found) = (&cx.say, &sight.found);
    let name = plain(&items::title(say, &item(found), &sight.called));
    let mut card = Card::titled(say.with("subscription-title", &[("plan", (&name).into())]));
    card.body = say.with(&sight.words(cx.now), &[("end", (&cards::day(sight.ends())).into())]);
    card = card.field(say.t("subscription-field-price"), found.price.show(say.locale), true);
    let runs = runs(found);
    if found.state == SubscriptionState::Trialing {
        card = card.field(say.t("subscription-field-trial"), found.trial_end.map(cards::day).unwrap_or_default(), true);
    }
    if runs && !found.ends_with_period {
        card = card.field(say.t("subscription-field-next"), cards::day(found.period_end), true);
    }
    if let Some(credit) = sight.credit {
        let id = if found.ends_with_period { "subscription-credit-later" } else { "subscription-credit-next" };
        let amount = credit.show(say.locale);
        let words = say.with(id, &[("amount", (&amount).into())]);
        card = card.field(say.t("subscription-field-credit"), words, false);
    }
    card.tone = if sight.may_change() { Tone::Good } else { Tone::Warning };
    if let (SubscriptionState::PastDue, Some(until)) = (found.state, sight.until.filter(|until| *until > cx.now)) {
        card = card.field(say.t("subscription-field-access"), cards::day(until), true);
    }
    let mut reply = Reply::private("").card(card);
    let change_card = Button::new(say.t("button-change-card"), Action::new("subscription_card")).emoji("💳");
    reply = reply.button(if runs { change_card } else { change_card.style(Style::Primary) });
    if sight.may_change() {
        reply = reply.button(Button::new(say.t("button-switch"), Action::new("subscription_switch")).emoji("🔀"));
    }
    if found.ends_with_period {
        let resume = Button::new(say.t("button-resume"), Action::new("subscription_resume"));
        reply = reply.button(resume.style(Style::Success).emoji("▶️"));
    }
    if !found.ends_with_period || is_unpaid(found) {
        let end = Button::new(say.t("button-end"), Action::new("subscription_end"));
        reply = reply.button(end.style(Style::Danger).emoji("⏹️"));
    }
    reply
}

/// One that can't be changed now, as it stands; with why.
pub(super) async fn unchanged(cx: &mut Cx<'_>, found: Subscription, why: Option<&str>) -> Result<Reply> {
    let (guild, now) = (cx.guild.id, cx.now);
    let mut tx = super::own(cx).await?;
    let sight = Sight::of(&mut tx, guild, found, now).await?;
    tx.end().await?;
    let sight = sight.with_credit(cx.app, guild).await?;
    let mut reply = shown(cx, &sight);
    reply.text = why.map(|why| cx.say.t(why)).unwrap_or_default();
    Ok(reply)
}

/// What it is a subscription to.
pub(super) fn item(found: &Subscription) -> Item {
    Item::Plan { code: found.plan.clone(), period: found.period }
}

/// Whether nothing of it is overdue.
pub(super) const fn runs(found: &Subscription) -> bool {
    matches!(found.state, SubscriptionState::Trialing | SubscriptionState::Active)
}

/// Whether the present period was to be paid and was not.
const fn is_unpaid(found: &Subscription) -> bool {
    matches!(found.state, SubscriptionState::PastDue | SubscriptionState::Unpaid)
}

/// His subscription.
///
/// # Errors
/// [`Error::Conflict`] where he has none.
pub(super) async fn mine(cx: &mut Cx<'_>) -> Result<Subscription> {
    still(cx).await?.ok_or(Error::Conflict("subscription-none"))
}

async fn still(cx: &mut Cx<'_>) -> Result<Option<Subscription>> {
    let mut tx = super::own(cx).await?;
    let found = subscriptions::of(&mut tx, cx.guild.id, cx.user).await?;
    tx.end().await?;
    Ok(found)
}

async fn end(cx: &mut Cx<'_>, _: &Args) -> Result<Reply> {
    let found = mine(cx).await?;
    // The provider would try an unpaid period's payment again until the end of it; of one that is over it tries nothing (Stripe,
    // "Cancel subscriptions").
    if is_unpaid(&found) {
        let reply = change(cx, &found, (&Wish::End, &Change::EndNow), "subscription-ended-now").await?;
        return Ok(with_credit(cx, &found, reply).await);
    }
    let (guild, now) = (cx.guild.id, cx.now);
    let mut tx = super::own(cx).await?;
    let hold = holds::of(&mut tx, guild, &found, now).await?.hold;
    tx.end().await?;
    let done = match hold {
        Some(Hold::Awaiting) => "subscription-ended-awaiting",
        Some(Hold::Owes) => "subscription-ended-owes",
        Some(Hold::Disputed) => "subscription-ended-disputed",
        Some(Hold::Refunding) | None => "subscription-ended",
    };
    let reply = change(cx, &found, (&Wish::End, &Change::EndWithPeriod), done).await?;
    Ok(with_credit(cx, &found, reply).await)
}

/// Adds what is left to his credit, which no invoice of this subscription will take off any more; where that can't be learnt,
/// nothing: the change is made already.
async fn with_credit(cx: &mut Cx<'_>, found: &Subscription, mut reply: Reply) -> Reply {
    let left = credit::left(cx.app, (cx.guild.id, cx.user), found.price.currency()).await;
    if let Ok(Some(left)) = left.map(|left| left.filter(|left| !left.is_zero())) {
        let amount = left.show(cx.say.locale);
        let words = cx.say.with("subscription-credit-left", &[("amount", (&amount).into())]);
        reply.text = format!("{}\n{words}", reply.text);
    }
    reply
}

async fn go_on(cx: &mut Cx<'_>, _: &Args) -> Result<Reply> {
    let found = mine(cx).await?;
    change(cx, &found, (&Wish::GoOn, &Change::GoOn), "subscription-resumed").await
}

/// Writes a change down with its key, unless it is one of plan that something holds.
async fn ask(cx: &mut Cx<'_>, found: &Subscription, wish: &Wish) -> Result<changes::ToSend> {
    let fresh = format!("change-{:032x}", rand::random::<u128>());
    let (guild, now) = (cx.guild.id, cx.now);
    let mut tx = super::payments(cx).await?;
    let held = match wish {
        Wish::Switch { credits, .. } => holds::refuse(&mut tx, guild, found, *credits, now).await,
        Wish::End | Wish::GoOn => Ok(()),
    };
    if let Err(error) = held {
        tx.rollback().await?;
        return Err(error);
    }
    let to_send = changes::ask(&mut tx, guild, (found, wish), (cx.request, &fresh), now).await?;
    tx.commit().await?;
    Ok(to_send)
}

/// Tells the provider of a change whose key is kept first, then looks at what it made of it.
pub(super) async fn change(
    cx: &mut Cx<'_>,
    found: &Subscription,
    (wish, change): (&Wish, &Change),
    done: &str,
) -> Result<Reply> {
    let (guild, now) = (cx.guild.id, cx.now);
    let to_send = ask(cx, found, wish).await?;
    let outcome = cx.app.gateway.change_subscription(&to_send.key, &found.id, change).await;
    let mut tx = super::payments(cx).await?;
    match &outcome {
        Ok(_) => changes::told(&mut tx, guild, &to_send, true, now),
        // A fault is answered again under the same key; a change that is made twice is made once.
        Err(Refused::No(_) | Refused::Card(_) | Refused::Missing | Refused::Fault) => {
            changes::told(&mut tx, guild, &to_send, false, now)
        }
        Err(Refused::Off | Refused::Unknown | Refused::Later(_) | Refused::Strange(_)) => {}
    }
    // However it went, what stands there is looked at.
    tasks::ask(&mut tx, Kind::Subscription, &found.id, Some(guild), now);
    tx.commit().await?;
    if let Err(refused) = outcome {
        tracing::warn!(%refused, "a change of a subscription was not made");
        let again = Button::new(cx.say.t("button-subscription"), Action::new("subscription")).emoji("🔁");
        if matches!(refused, Refused::Card(_)) {
            let card = Button::new(cx.say.t("button-change-card"), Action::new("subscription_card")).emoji("💳");
            let reply = Reply::private(cx.say.t("subscription-card-refused"));
            return Ok(reply.button(card.style(Style::Primary)).button(again));
        }
        return Ok(Reply::private(cx.say.t("subscription-not-now")).button(again));
    }
    // The change's own event may have set a worker to it: what is shown is what it finds.
    let began = Instant::now();
    while !look(cx.app, Kind::Subscription, &found.id, guild).await? && began.elapsed() < WRITTEN_BY {
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    let Some(after) = still(cx).await? else { return Ok(Reply::private(cx.say.t(done))) };
    let mut tx = super::own(cx).await?;
    let sight = Sight::of(&mut tx, guild, after, now).await?;
    tx.end().await?;
    // At the end it is told of in words.
    let sight = if matches!(wish, Wish::Switch { .. }) { sight.with_credit(cx.app, guild).await? } else { sight };
    let mut reply = shown(cx, &sight);
    reply.text = cx.say.with(done, &[("end", (&cards::day(sight.ends())).into())]);
    Ok(reply)
}

async fn card(cx: &mut Cx<'_>, _: &Args) -> Result<Reply> {
    mine(cx).await?;
    let fresh = format!("customer-{:032x}", rand::random::<u128>());
    let mut tx = super::payments(cx).await?;
    let customer = customers::of(&mut tx, cx.guild.id, cx.user, &fresh, cx.now).await?;
    tx.commit().await?;
    let page = match customer {
        Customer::Known(customer) => cx
            .app
            .gateway
            .portal(&customer, &cx.app.shop.return_url, cx.locale())
            .await
            .map_err(|refused| refused.to_string()),
        Customer::ToMake { .. } => Err("no customer".to_owned()),
    };
    let link = page.and_then(|url| url.parse::<Link>().map_err(|error| error.to_string()));
    Ok(match link {
        Ok(link) => Reply::private(cx.say.t("subscription-card"))
            .button(Button::to(cx.say.t("button-change-card"), link).emoji("💳")),
        Err(error) => {
            tracing::warn!(error, "the page for changing a card can't be opened");
            Reply::private(cx.say.t("subscription-not-now"))
        }
    })
}
