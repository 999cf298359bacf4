//! The shapes in which orders, and what members hold, are shown.

use crate::commands::purchases::cards;
use crate::domain::payments::DisputeState;
use crate::domain::shop::catalogue::names::Names;
use crate::domain::shop::entitlements::{Entitlement, What};
use crate::domain::shop::orders::desk::Listed;
use crate::domain::shop::orders::{Order, desk};
use crate::domain::shop::roles::RoleState;
use crate::domain::shop::subscriptions::Subscription;
use crate::domain::shop::{OrderState, Period, Source, Trouble};
use crate::kernel::words::Speech;
use crate::kernel::{Money, UserId};
use crate::panel::GuildNames;
use crate::panel::tickets::Person;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PanelSum)]
pub struct Sum {
    /// In the currency's smallest unit.
    pub minor: i64,
    /// The currency's code in small letters.
    pub currency: &'static str,
}

impl From<Money> for Sum {
    fn from(money: Money) -> Self {
        Self { minor: money.minor(), currency: money.currency().code() }
    }
}

/// An order in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelOrderRow)]
pub struct OrderRow {
    /// Its number.
    pub number: i64,
    /// Who bought it.
    pub member: Person,
    /// Who gets it, where it is a gift.
    pub recipient: Option<Person>,
    /// What it is for.
    pub what: String,
    /// Its state's word.
    pub state: &'static str,
    /// What was agreed to be paid.
    pub total: Sum,
    /// What of it went back.
    pub refunded: Option<Sum>,
    /// When it was placed.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// What is wrong with it, and what to do.
    pub trouble: Option<String>,
    /// What may be done with it: `refund`, `evidence`.
    pub may: Vec<&'static str>,
}

/// Something that happened to an order.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelOrderLine)]
pub struct Happening {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// What, by whom.
    pub text: String,
}

/// How an order was paid.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelPayment)]
pub struct PaymentView {
    /// The provider's name of it.
    pub id: String,
    /// The provider's page of its newest invoice.
    pub invoice_url: Option<String>,
}

/// A subscription.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelSubscription)]
pub struct SubscriptionView {
    /// Its state's word, as at the provider.
    pub state: &'static str,
    /// What its plan is called.
    pub plan: String,
    /// When the present period ends.
    #[schema(value_type = String, format = DateTime)]
    pub until: Timestamp,
    /// What a period costs.
    pub price: Sum,
    /// What happens then.
    pub text: String,
}

/// Money that was asked to go back.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelRefund)]
pub struct RefundView {
    /// How much.
    pub amount: Sum,
    /// `requested`, `done` or `failed`.
    pub state: String,
    /// Why.
    pub reason: String,
    /// When it was asked for.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// A dispute.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelDispute)]
pub struct DisputeView {
    /// `open`, `won` or `lost`.
    pub state: &'static str,
    /// What that means.
    pub text: String,
}

/// What somebody was given.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelEntitlement)]
pub struct EntitlementView {
    /// A plan's name, or a role's.
    pub what: String,
    /// `active`, `to_come`, `suspended`, `ended` or `revoked`.
    pub state: &'static str,
    /// From when.
    #[schema(value_type = String, format = DateTime)]
    pub from: Timestamp,
    /// Until when; nothing: for good.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Timestamp>,
    /// What gave it, in words.
    pub source: String,
    /// Why it was taken away.
    pub reason: Option<String>,
    /// By what it is taken back, as `plan/CODE` or `role/ID`; nothing where it was neither given by hand nor won, or is not held now.
    pub revokes: Option<String>,
}

/// What is wrong with an order, for staff, with what to do.
fn trouble(say: &Speech<'_>, listed: &Listed) -> Option<String> {
    let order = &listed.order;
    if let Some(trouble) = order.trouble.filter(|_| matches!(order.state, OrderState::Paid | OrderState::Canceled)) {
        let why = say.t(&format!("panel-trouble-{}", trouble.as_str().replace('_', "-")));
        let money = match (trouble, order.dispute) {
            (Trouble::TrialUsed, _) => return Some(why),
            (_, Some(DisputeState::Open)) => "panel-money-held",
            (_, Some(DisputeState::Lost)) => "panel-money-taken",
            (Trouble::AmountDiffers, _) => "panel-money-staff",
            _ => "panel-money-back",
        };
        return Some(format!("{why} {}", say.t(money)));
    }
    let id = match (order.dispute, listed.stuck) {
        (Some(DisputeState::Open), _) if order.fulfilled_at.is_some() => "panel-trouble-disputed",
        (Some(DisputeState::Open), _) => "panel-trouble-disputed-nothing",
        (_, Some(RoleState::Gone)) => "panel-trouble-no-role",
        (_, Some(_)) => "panel-trouble-stuck-role",
        _ if listed.owes => "panel-trouble-owed",
        _ => return None,
    };
    Some(say.t(id))
}

/// What may be done with an order: what the commands would do.
fn may(order: &Order) -> Vec<&'static str> {
    let paid = order.payment.is_some() && order.paid_at.is_some() && order.paid_minor > order.refunded_minor;
    let free = !matches!(order.dispute, Some(DisputeState::Open | DisputeState::Lost));
    if paid && free { vec!["refund", "evidence"] } else { vec!["evidence"] }
}

/// People for whom a list needs names that don't stand with it.
pub(super) fn recipients(listed: &[Listed]) -> impl Iterator<Item = UserId> {
    listed.iter().map(|one| &one.order).filter(|order| order.is_gift()).map(|order| order.recipient)
}

pub(super) fn order(say: &Speech<'_>, listed: &Listed, names: &HashMap<UserId, String>) -> OrderRow {
    let order = &listed.order;
    let named = |user: UserId| names.get(&user).cloned().unwrap_or_else(|| user.to_string());
    let refunded = Money::new(order.refunded_minor, order.total.currency()).ok().filter(|sum| !sum.is_zero());
    OrderRow {
        number: order.number,
        member: Person { id: order.buyer.to_string(), name: listed.buyer_name.clone() },
        recipient: order.is_gift().then(|| Person { id: order.recipient.to_string(), name: named(order.recipient) }),
        what: cards::named(say, order),
        state: order.state.as_str(),
        total: order.total.into(),
        refunded: refunded.map(Sum::from),
        at: order.created_at,
        trouble: trouble(say, listed),
        may: may(order),
    }
}

pub(super) fn subscription(say: &Speech<'_>, one: &Subscription, names: &Names) -> SubscriptionView {
    let period = match one.period {
        Period::Month => "buy-monthly",
        Period::Year => "buy-yearly",
    };
    let text = match one.state.as_str() {
        "canceled" | "incomplete_expired" => "panel-subscription-over",
        "past_due" | "unpaid" => "panel-subscription-owes",
        _ if one.ends_with_period => "panel-subscription-ends",
        _ => "panel-subscription-renews",
    };
    SubscriptionView {
        state: one.state.as_str(),
        plan: format!("{} · {}", names.plan(&one.plan), say.t(period)),
        until: one.period_end,
        price: one.price.into(),
        text: say.t(text),
    }
}

pub(super) fn refund(say: &Speech<'_>, back: desk::Back) -> RefundView {
    // Of what the program gave back by itself the reason is the trouble's word.
    let reason = match Trouble::from_word(&back.reason) {
        Some(trouble) => say.t(&format!("panel-trouble-{}", trouble.as_str().replace('_', "-"))),
        None => back.reason,
    };
    RefundView { amount: back.amount.into(), state: back.state, reason, at: back.at }
}

pub(super) fn dispute(say: &Speech<'_>, order: &Order) -> Option<DisputeView> {
    let state = match order.dispute? {
        DisputeState::Open => "open",
        DisputeState::Won => "won",
        DisputeState::Lost => "lost",
    };
    Some(DisputeView { state, text: cards::dispute(say, order)? })
}

pub(super) fn entitlement(
    say: &Speech<'_>,
    one: &Entitlement,
    (names, roles): (&Names, &GuildNames),
    now: Timestamp,
) -> EntitlementView {
    let what = match &one.what {
        What::Plan(code) => names.plan(code).to_owned(),
        What::Role(role) => format!("@{}", roles.role(*role).map_or_else(|| role.to_string(), str::to_owned)),
    };
    let state = match one.ends_at {
        _ if one.revoked_at.is_some() => "revoked",
        _ if one.suspended_at.is_some() => "suspended",
        Some(end) if end <= now => "ended",
        _ if one.starts_at > now => "to_come",
        _ => "active",
    };
    let source = match (one.source, one.order) {
        (Source::Grant, _) => say.t("why-from-grant"),
        (Source::Prize, _) => say.t("why-from-prize"),
        (Source::Payment | Source::Subscription, Some(number)) => {
            say.with("why-from-order", &[("number", number.into())])
        }
        (Source::Payment | Source::Subscription, None) => say.t("why-from-subscribing"),
    };
    let by_hand = matches!(one.source, Source::Grant | Source::Prize) && one.is_active(now);
    let item = match &one.what {
        What::Plan(code) => format!("plan/{code}"),
        What::Role(role) => format!("role/{role}"),
    };
    // What the program took has a word of its own, which says nothing to anybody.
    let reason = one.reason.as_deref().and_then(|reason| reason.strip_prefix("staff: ")).map(str::to_owned);
    EntitlementView {
        what,
        state,
        from: one.starts_at,
        until: one.ends_at,
        source,
        reason,
        revokes: by_hand.then_some(item),
    }
}
