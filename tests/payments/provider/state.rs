//! What the provider keeps, and how money and subscriptions come into it.

use jiff::{SignedDuration, Timestamp, ToSpan};
use shellia::domain::payments::*;
use shellia::kernel::{GuildId, Money};
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};

use super::Fault;

#[derive(Debug, Clone)]
pub struct Session {
    pub view: SessionView,
    pub new: NewCheckout,
}

#[derive(Debug, Clone)]
pub struct Sub {
    pub view: SubscriptionView,
    pub invoices: Vec<InvoiceView>,
    pub new: NewCheckout,
}

#[derive(Debug, Default)]
pub struct State {
    pub sessions: Vec<Session>,
    pub subs: Vec<Sub>,
    pub payments: Vec<Payment>,
    pub events: Vec<EventRef>,
    pub faults: Vec<Fault>,
    /// Customers that it doesn't know any more.
    pub lost: Vec<CustomerId>,
    /// What stands to whose credit.
    pub credits: HashMap<String, i64>,
    pub(super) moves: Vec<(GuildId, i64)>,
    pub(super) keys: HashMap<String, String>,
    pub(super) broken: HashSet<String>,
    next: u64,
    /// Names are unique over all providers, as the real one's are.
    number: u64,
}

static NUMBER: AtomicU64 = AtomicU64::new(1);

impl State {
    pub(super) fn new() -> Self {
        Self { number: NUMBER.fetch_add(1, Ordering::Relaxed), ..Self::default() }
    }

    pub(super) fn name(&mut self, start: &str) -> String {
        self.next += 1;
        format!("{start}_{}_{}", self.number, self.next)
    }

    pub(super) fn event(
        &mut self,
        kind: &str,
        object: &str,
        payment: Option<&str>,
        subscription: Option<&str>,
        at: Timestamp,
    ) {
        let id = self.name("evt");
        self.events.push(EventRef {
            id,
            kind: kind.to_owned(),
            object: Some(object.to_owned()),
            payment: payment.map(str::to_owned),
            subscription: subscription.map(str::to_owned),
            at,
        });
    }

    pub(super) fn pay_in(&mut self, amount: Money, at: Timestamp) -> String {
        let id = self.name("pi");
        let fee = 25 + amount.minor() / 70;
        self.payments.push(Payment {
            id: id.clone(),
            received: Some(amount),
            fee_minor: Some(fee),
            refunds: Vec::new(),
            dispute: None,
            dispute_fees: Vec::new(),
            fingerprint: Some("card_1".to_owned()),
            at,
        });
        id
    }

    pub fn payment(&mut self, id: &str) -> &mut Payment {
        self.payments.iter_mut().find(|payment| payment.id == id).unwrap()
    }
}

/// What is neither refunded nor disputed.
pub fn rest(payment: &Payment) -> i64 {
    let gone: i64 =
        payment.refunds.iter().filter(|refund| refund.state != RefundState::Failed).map(|r| r.amount_minor).sum();
    let held = payment.dispute.as_ref().filter(|dispute| dispute.1 != DisputeState::Won).map_or(0, |dispute| dispute.2);
    (payment.received.map_or(0, Money::minor) - gone - held).max(0)
}

pub(super) fn total(new: &NewCheckout) -> Money {
    let list = new.unit.times(new.quantity).unwrap();
    new.discount.as_ref().map_or(list, |discount| list.minus(discount.amount).unwrap())
}

pub(super) fn after(from: Timestamp, interval: &str) -> Timestamp {
    let span = if interval == "year" { 1.year() } else { 1.month() };
    from.to_zoned(jiff::tz::TimeZone::UTC).checked_add(span).unwrap().timestamp()
}

impl State {
    pub(super) fn begin(
        &mut self,
        at: usize,
        total: Money,
        (interval, trial_days): (&str, Option<u32>),
        now: Timestamp,
    ) {
        let new = self.sessions[at].new.clone();
        let id = self.name("sub");
        let trial_end =
            trial_days.map(|days| now.checked_add(SignedDuration::from_hours(24 * i64::from(days))).unwrap());
        let item = new.item.clone();
        let view = SubscriptionView {
            id: id.clone(),
            order: Some((new.guild, new.order)),
            customer: Some(new.customer.clone()),
            state: if trial_end.is_some() { "trialing" } else { "active" }.to_owned(),
            item: Some(item),
            line: Some("si_1".to_owned()),
            interval: Some(interval.to_owned()),
            amount: Some(new.unit),
            period_start: now,
            period_end: trial_end.unwrap_or_else(|| after(now, interval)),
            cancel_at_period_end: false,
            trial_end,
            started_at: now,
            ended_at: None,
            latest_invoice: None,
            fingerprint: None,
        };
        self.subs.push(Sub { view, invoices: Vec::new(), new });
        let index = self.subs.len() - 1;
        let session = &mut self.sessions[at].view;
        session.subscription = Some(id.clone());
        session.payment_status = PaymentStatus::Paid;
        if trial_end.is_some() {
            session.total = Some(Money::zero(total.currency()));
            session.payment_status = PaymentStatus::NotRequired;
        } else {
            let payment = self.pay_in(total, now);
            self.invoice_of(index, total, payment, now);
        }
        self.event("customer.subscription.created", &id, None, None, now);
    }

    pub(super) fn invoice(&mut self, at: usize, now: Timestamp) {
        let unit = self.subs[at].new.unit;
        let payment = self.pay_in(unit, now);
        self.invoice_of(at, unit, payment, now);
    }

    fn invoice_of(&mut self, at: usize, total: Money, payment: String, now: Timestamp) {
        let id = self.name("in");
        let sub = self.subs[at].view.id.clone();
        self.subs[at].invoices.push(InvoiceView {
            id: id.clone(),
            subscription: Some(sub.clone()),
            paid: true,
            open: false,
            change: false,
            billed_minor: total.minor(),
            total: Some(total),
            tax_minor: 0,
            payment: Some(payment),
            url: None,
            at: now,
        });
        self.event("invoice.paid", &id, None, Some(&sub), now);
    }
}
