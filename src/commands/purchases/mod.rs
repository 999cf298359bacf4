//! The commands of buying: orders, checkouts, subscriptions, refunds, and why a member holds what he holds.
//!
//! Each file holds a family. What may be bought, by whom and for how much is decided in `domain::shop`; here stands what is
//! asked and what is said. What talks to the payment provider works outside any transaction.

mod agree;
mod buy;
pub mod cards;
pub mod checkout;
pub mod credit;
pub mod evidence;
mod gift;
pub mod granted;
mod holding;
mod items;
pub mod notices;
mod orders;
mod refund;
pub mod renewals;
mod staff;
mod steps;
mod subscription;
mod switch;
pub mod why;
mod wish;

use super::dispatch::Cx;
use super::spec::{Opt, Spec, Type};
use crate::db::Tx;
use crate::kernel::{Actor, Result, System};

pub(super) static COMMANDS: &[&Spec] = &[
    &buy::BUY,
    &gift::GIFT,
    &gift::CHOICE,
    &agree::AGREE,
    &agree::DECLINE,
    &orders::ORDERS,
    &orders::ONE,
    &orders::DELIVERY,
    &orders::HELP,
    &steps::PAY,
    &steps::VERIFY,
    &steps::CANCEL,
    &steps::WITHDRAW,
    &subscription::SUBSCRIPTION,
    &subscription::END,
    &subscription::GO_ON,
    &subscription::CARD,
    &switch::SWITCH,
    &switch::CONFIRM,
    &refund::REFUND,
    &refund::CONFIRM,
    &staff::FIND,
    &staff::GRANT,
    &staff::REVOKE,
    &evidence::EVIDENCE,
    &why::WHY,
    &why::ROLES_CHECK,
];

/// What a command of buying has unless it says otherwise: it looks only, in private.
const LOOKS: Spec = Spec::BASE;

/// One that changes something, as the *payments* duty or at the provider: outside any transaction.
const CHANGES: Spec = Spec { writes: true, outside: true, ..LOOKS };

/// The order that a command is about.
const ORDER: Opt = Opt::required("order", Type::Order);
const YES: Type = Type::Choice(&["yes"]);

/// Begins a transaction in which orders and what members hold may change.
async fn payments(cx: &mut Cx<'_>) -> Result<Tx> {
    cx.app.db.begin(&Actor::system_in(System::Payments, cx.guild.id)).await
}

/// Begins a transaction as who asks.
async fn own(cx: &mut Cx<'_>) -> Result<Tx> {
    cx.app.db.begin(&cx.actor).await
}
