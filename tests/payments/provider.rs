//! A payment provider in memory, with state and with the real one's rules, as far as the engine meets them; it can lose
//! answers, answer 500 and 429, and keeps events to be told in any order, twice, or never.
//!
//! It shares nothing with the sandbox's Stripe: this one is for many thousand short histories, that one for real sockets.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp, ToSpan};
use shellia::domain::payments::*;
use shellia::kernel::{Clock, Locale, Money};
use std::collections::{HashMap, HashSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// What happens to the next call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is done, and the answer is lost.
    LostAnswer,
    /// It is not done, and nobody knows: 500.
    Nothing,
    /// It is not done: 429.
    Later,
    /// It is not done: 500, and so again under the same key.
    Broken,
    /// It is done, and answered by 500, and so again under the same key.
    DoneBroken,
}

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
    keys: HashMap<String, String>,
    broken: HashSet<String>,
    next: u64,
    /// Names are unique over all providers, as the real one's are.
    number: u64,
}

static NUMBER: AtomicU64 = AtomicU64::new(1);

/// The provider.
#[derive(Debug)]
pub struct Provider {
    pub state: Mutex<State>,
    pub clock: Clock,
}

impl State {
    fn name(&mut self, start: &str) -> String {
        self.next += 1;
        format!("{start}_{}_{}", self.number, self.next)
    }

    fn event(&mut self, kind: &str, object: &str, payment: Option<&str>, subscription: Option<&str>, at: Timestamp) {
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

    fn pay_in(&mut self, amount: Money, at: Timestamp) -> String {
        let id = self.name("pi");
        let fee = 25 + amount.minor() / 70;
        self.payments.push(Payment {
            id: id.clone(),
            received: Some(amount),
            fee_minor: Some(fee),
            refunds: Vec::new(),
            dispute: None,
            fingerprint: Some("card_1".to_owned()),
            at,
        });
        id
    }

    pub fn payment(&mut self, id: &str) -> &mut Payment {
        self.payments.iter_mut().find(|payment| payment.id == id).unwrap()
    }
}

impl Provider {
    pub fn new(clock: Clock) -> Self {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        Self { state: Mutex::new(State { number, ..State::default() }), clock }
    }

    /// A buyer pays an open checkout; `at_once` or by a debit that takes days. `false` when it can't be paid.
    pub fn pay(&self, at: usize, at_once: bool) -> bool {
        let now = self.clock.now();
        let mut state = self.state.lock().unwrap();
        let Some(session) = state.sessions.get(at).cloned() else { return false };
        if session.view.status != SessionStatus::Open || session.new.expires_at <= now {
            return false;
        }
        let total = total(&session.new);
        let id = session.view.id.clone();
        state.sessions[at].view.status = SessionStatus::Complete;
        state.sessions[at].view.url = None;
        match &session.new.mode {
            CheckoutMode::Payment if at_once => {
                let payment = state.pay_in(total, now);
                let view = &mut state.sessions[at].view;
                view.payment = Some(payment.clone());
                view.payment_status = PaymentStatus::Paid;
                state.event("payment_intent.succeeded", &payment, Some(&payment), None, now);
                state.event("charge.succeeded", "ch", Some(&payment), None, now);
            }
            CheckoutMode::Payment => state.sessions[at].view.payment_status = PaymentStatus::Unpaid,
            CheckoutMode::Subscription { interval, trial_days } => {
                state.begin(at, total, (interval, *trial_days), now);
            }
        }
        state.event("checkout.session.completed", &id, None, None, now);
        true
    }

    /// A debit under way arrives or bounces.
    pub fn settle_debit(&self, at: usize, arrives: bool) -> bool {
        let now = self.clock.now();
        let mut state = self.state.lock().unwrap();
        let Some(session) = state.sessions.get(at).cloned() else { return false };
        let under_way = session.view.status == SessionStatus::Complete
            && session.view.payment_status == PaymentStatus::Unpaid
            && !session.view.failed;
        if !under_way {
            return false;
        }
        let id = session.view.id.clone();
        if arrives {
            let payment = state.pay_in(total(&session.new), now);
            state.sessions[at].view.payment = Some(payment.clone());
            state.sessions[at].view.payment_status = PaymentStatus::Paid;
            state.event("checkout.session.async_payment_succeeded", &id, None, None, now);
        } else {
            state.sessions[at].view.failed = true;
            state.event("checkout.session.async_payment_failed", &id, None, None, now);
        }
        true
    }

    /// Checkouts whose time is over can't be paid any more.
    pub fn expire_old(&self) {
        let now = self.clock.now();
        let mut state = self.state.lock().unwrap();
        for at in 0..state.sessions.len() {
            if state.sessions[at].view.status == SessionStatus::Open && state.sessions[at].new.expires_at <= now {
                state.sessions[at].view.status = SessionStatus::Expired;
                state.sessions[at].view.url = None;
                let id = state.sessions[at].view.id.clone();
                state.event("checkout.session.expired", &id, None, None, now);
            }
        }
    }

    /// Somebody gives money back in the provider's dashboard.
    pub fn refund_in_dashboard(&self, at: usize, part: i64) -> bool {
        let now = self.clock.now();
        let mut state = self.state.lock().unwrap();
        let Some(payment) = state.payments.get(at).cloned() else { return false };
        let rest = rest(&payment);
        let amount = (rest * part / 100).max(1);
        if rest == 0 || amount > rest {
            return false;
        }
        let id = state.name("re");
        state.payments[at].refunds.push(RefundView {
            id: id.clone(),
            ours: None,
            amount_minor: amount,
            state: RefundState::Succeeded,
            at: now,
        });
        state.event("refund.created", &id, Some(&payment.id), None, now);
        true
    }

    /// A refund under way fails: the money is here again.
    pub fn refund_fails(&self, at: usize) -> bool {
        let now = self.clock.now();
        let mut state = self.state.lock().unwrap();
        let Some(payment) = state.payments.get_mut(at) else { return false };
        let Some(refund) = payment.refunds.iter_mut().find(|refund| refund.state != RefundState::Failed) else {
            return false;
        };
        refund.state = RefundState::Failed;
        let (id, payment) = (refund.id.clone(), payment.id.clone());
        state.event("refund.failed", &id, Some(&payment), None, now);
        true
    }

    /// A bank takes a payment back, decides for us, or against us.
    pub fn dispute(&self, at: usize, to: DisputeState) -> bool {
        let now = self.clock.now();
        let mut state = self.state.lock().unwrap();
        let Some(payment) = state.payments.get(at).cloned() else { return false };
        let id = match (&payment.dispute, to) {
            (None, DisputeState::Open) if rest(&payment) > 0 => state.name("dp"),
            (Some((id, DisputeState::Open, ..)), DisputeState::Won | DisputeState::Lost) => id.clone(),
            _ => return false,
        };
        let amount = payment.dispute.as_ref().map_or_else(|| rest(&payment), |dispute| dispute.2);
        let since = payment.dispute.as_ref().map_or(now, |dispute| dispute.3);
        state.payments[at].dispute = Some((id.clone(), to, amount, since));
        let kind = if to == DisputeState::Open { "charge.dispute.created" } else { "charge.dispute.closed" };
        state.event(kind, &id, Some(&payment.id), None, now);
        true
    }

    /// A subscription comes to the end of its period: it renews, fails to, or ends.
    pub fn renew(&self, at: usize, paid: bool) -> bool {
        let now = self.clock.now();
        let mut state = self.state.lock().unwrap();
        let Some(sub) = state.subs.get(at).cloned() else { return false };
        if !matches!(sub.view.state.as_str(), "active" | "trialing") || sub.view.period_end > now {
            return false;
        }
        let id = sub.view.id.clone();
        if sub.view.cancel_at_period_end {
            state.subs[at].view.state = "canceled".to_owned();
            state.subs[at].view.ended_at = Some(sub.view.period_end);
            state.event("customer.subscription.deleted", &id, None, None, now);
            return true;
        }
        let start = sub.view.period_end;
        state.subs[at].view.period_start = start;
        state.subs[at].view.period_end = after(start, sub.view.interval.as_deref().unwrap_or("month"));
        if paid {
            state.subs[at].view.state = "active".to_owned();
            state.invoice(at, now);
        } else {
            state.subs[at].view.state = "past_due".to_owned();
            state.event("invoice.payment_failed", "in", None, Some(&id), now);
        }
        state.event("customer.subscription.updated", &id, None, None, now);
        true
    }

    /// The provider tries again after a failed renewal: it is paid, or given up.
    pub fn try_again(&self, at: usize, paid: bool) -> bool {
        let now = self.clock.now();
        let mut state = self.state.lock().unwrap();
        let Some(sub) = state.subs.get(at).cloned() else { return false };
        if sub.view.state != "past_due" {
            return false;
        }
        if paid {
            state.subs[at].view.state = "active".to_owned();
            state.invoice(at, now);
        } else {
            state.subs[at].view.state = "unpaid".to_owned();
        }
        let id = sub.view.id;
        state.event("customer.subscription.updated", &id, None, None, now);
        true
    }

    /// A subscription is changed behind our back, in the provider's dashboard or portal.
    pub fn change_in_dashboard(&self, at: usize, change: Dashboard) -> bool {
        let now = self.clock.now();
        let mut state = self.state.lock().unwrap();
        let Some(sub) = state.subs.get_mut(at) else { return false };
        if matches!(sub.view.state.as_str(), "canceled") {
            return false;
        }
        let mut kind = "customer.subscription.updated";
        match change {
            Dashboard::EndWithPeriod(ends) => sub.view.cancel_at_period_end = ends,
            Dashboard::Pause => sub.view.state = "paused".to_owned(),
            Dashboard::Resume if sub.view.state == "paused" => sub.view.state = "active".to_owned(),
            Dashboard::Resume => return false,
            Dashboard::End => {
                sub.view.state = "canceled".to_owned();
                sub.view.ended_at = Some(now);
                kind = "customer.subscription.deleted";
            }
            Dashboard::Plan(code) => sub.view.item = Some(format!("plan/{code}")),
        }
        let id = sub.view.id.clone();
        state.event(kind, &id, None, None, now);
        true
    }

    fn next_fault(&self) -> Option<Fault> {
        self.state.lock().unwrap().faults.pop()
    }

    /// The fault that a call with a key meets, if it goes on.
    fn keyed(&self, key: &str) -> Result<Option<Fault>, Refused> {
        let mut state = self.state.lock().unwrap();
        if state.broken.contains(key) {
            return Err(Refused::Fault);
        }
        let fault = state.faults.pop();
        if matches!(fault, Some(Fault::Broken | Fault::DoneBroken)) {
            state.broken.insert(key.to_owned());
        }
        refuse_before(fault).map(|()| fault)
    }
}

/// What somebody does in the provider's dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dashboard {
    EndWithPeriod(bool),
    Pause,
    Resume,
    End,
    Plan(&'static str),
}

/// What is neither refunded nor disputed.
pub fn rest(payment: &Payment) -> i64 {
    let gone: i64 =
        payment.refunds.iter().filter(|refund| refund.state != RefundState::Failed).map(|r| r.amount_minor).sum();
    let held = payment.dispute.as_ref().filter(|dispute| dispute.1 != DisputeState::Won).map_or(0, |dispute| dispute.2);
    (payment.received.map_or(0, Money::minor) - gone - held).max(0)
}

fn total(new: &NewCheckout) -> Money {
    let list = new.unit.times(new.quantity).unwrap();
    new.discount.as_ref().map_or(list, |discount| list.minus(discount.amount).unwrap())
}

fn after(from: Timestamp, interval: &str) -> Timestamp {
    let span = if interval == "year" { 1.year() } else { 1.month() };
    from.to_zoned(jiff::tz::TimeZone::UTC).checked_add(span).unwrap().timestamp()
}

impl State {
    fn begin(&mut self, at: usize, total: Money, (interval, trial_days): (&str, Option<u32>), now: Timestamp) {
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

    fn invoice(&mut self, at: usize, now: Timestamp) {
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
            total: Some(total),
            tax_minor: 0,
            payment: Some(payment),
            url: None,
            at: now,
        });
        self.event("invoice.paid", &id, None, Some(&sub), now);
    }
}

#[async_trait]
impl Gateway for Provider {
    fn is_on(&self) -> bool {
        true
    }

    async fn create_customer(&self, key: &str, _: &NewCustomer) -> Result<CustomerId, Refused> {
        let fault = self.keyed(key)?;
        let id = {
            let mut state = self.state.lock().unwrap();
            let known = state.keys.get(key).cloned();
            let id = known.unwrap_or_else(|| state.name("cus"));
            state.keys.insert(key.to_owned(), id.clone());
            id
        };
        refuse_after(fault)?;
        Ok(CustomerId(id))
    }

    async fn open_checkout(&self, key: &str, new: &NewCheckout) -> Result<SessionView, Refused> {
        let fault = self.keyed(key)?;
        let view = {
            let mut state = self.state.lock().unwrap();
            match state.keys.get(key).cloned() {
                Some(id) => state.sessions.iter().find(|session| session.view.id == id).unwrap().view.clone(),
                None => {
                    let id = state.name("cs");
                    let view = SessionView {
                        id: id.clone(),
                        order: Some((new.guild, new.order)),
                        customer: Some(new.customer.clone()),
                        status: SessionStatus::Open,
                        payment_status: PaymentStatus::Unpaid,
                        total: Some(total(new)),
                        tax_minor: 0,
                        url: Some(format!("https://pay.example/{id}")),
                        payment: None,
                        subscription: None,
                        invoice: None,
                        failed: false,
                    };
                    state.keys.insert(key.to_owned(), id);
                    state.sessions.push(Session { view: view.clone(), new: new.clone() });
                    view
                }
            }
        };
        refuse_after(fault)?;
        Ok(view)
    }

    async fn session(&self, id: &str) -> Result<SessionView, Refused> {
        refuse_before(self.next_fault())?;
        let state = self.state.lock().unwrap();
        state.sessions.iter().find(|session| session.view.id == id).map(|s| s.view.clone()).ok_or(Refused::Missing)
    }

    async fn expire_session(&self, id: &str) -> Result<SessionView, Refused> {
        let fault = self.next_fault();
        refuse_before(fault)?;
        let now = self.clock.now();
        let view = {
            let mut state = self.state.lock().unwrap();
            let session = state.sessions.iter_mut().find(|session| session.view.id == id).ok_or(Refused::Missing)?;
            if session.view.status != SessionStatus::Open {
                return Err(Refused::No("over".to_owned()));
            }
            session.view.status = SessionStatus::Expired;
            session.view.url = None;
            let view = session.view.clone();
            state.event("checkout.session.expired", id, None, None, now);
            view
        };
        refuse_after(fault)?;
        Ok(view)
    }

    async fn subscription(&self, id: &str) -> Result<SubscriptionView, Refused> {
        refuse_before(self.next_fault())?;
        let state = self.state.lock().unwrap();
        state.subs.iter().find(|sub| sub.view.id == id).map(|sub| sub.view.clone()).ok_or(Refused::Missing)
    }

    async fn change_subscription(&self, key: &str, id: &str, change: &Change) -> Result<SubscriptionView, Refused> {
        let fault = self.keyed(key)?;
        let now = self.clock.now();
        let view = {
            let mut state = self.state.lock().unwrap();
            let sub = state.subs.iter_mut().find(|sub| sub.view.id == id).ok_or(Refused::Missing)?;
            if sub.view.state == "canceled" {
                return Err(Refused::Missing);
            }
            match change {
                Change::EndWithPeriod => sub.view.cancel_at_period_end = true,
                Change::GoOn => sub.view.cancel_at_period_end = false,
                Change::EndNow => {
                    sub.view.state = "canceled".to_owned();
                    sub.view.ended_at = Some(now);
                }
                Change::Switch { item, unit, interval, .. } => {
                    sub.view.item = Some(item.clone());
                    sub.view.amount = Some(*unit);
                    sub.view.interval = Some((*interval).to_owned());
                }
            }
            let view = sub.view.clone();
            state.event("customer.subscription.updated", id, None, None, now);
            view
        };
        refuse_after(fault)?;
        Ok(view)
    }

    async fn invoices(&self, subscription: &str) -> Result<Vec<InvoiceView>, Refused> {
        refuse_before(self.next_fault())?;
        let state = self.state.lock().unwrap();
        let sub = state.subs.iter().find(|sub| sub.view.id == subscription).ok_or(Refused::Missing)?;
        Ok(sub.invoices.iter().rev().cloned().collect())
    }

    async fn payment(&self, id: &str) -> Result<Payment, Refused> {
        refuse_before(self.next_fault())?;
        let state = self.state.lock().unwrap();
        state.payments.iter().find(|payment| payment.id == id).cloned().ok_or(Refused::Missing)
    }

    async fn refund(&self, key: &str, new: &NewRefund) -> Result<RefundView, Refused> {
        let fault = self.keyed(key)?;
        let now = self.clock.now();
        let view = {
            let mut state = self.state.lock().unwrap();
            let known = state.keys.get(key).cloned();
            if let Some(id) = known {
                let found = state.payment(&new.payment).refunds.iter().find(|refund| refund.id == id).cloned();
                found.unwrap()
            } else {
                if !state.payments.iter().any(|payment| payment.id == new.payment) {
                    return Err(Refused::Missing);
                }
                if new.amount_minor > rest(state.payment(&new.payment)) {
                    return Err(Refused::No("charge_already_refunded".to_owned()));
                }
                let id = state.name("re");
                let view = RefundView {
                    id: id.clone(),
                    ours: Some(new.refund),
                    amount_minor: new.amount_minor,
                    state: RefundState::Succeeded,
                    at: now,
                };
                state.payment(&new.payment).refunds.push(view.clone());
                state.keys.insert(key.to_owned(), id.clone());
                let payment = new.payment.clone();
                state.event("refund.created", &id, Some(&payment), None, now);
                view
            }
        };
        refuse_after(fault)?;
        Ok(view)
    }

    async fn portal(&self, _: &CustomerId, _: &str, _: Locale) -> Result<String, Refused> {
        Ok("https://pay.example/portal".to_owned())
    }

    async fn events(&self, since: Timestamp, _: Option<&str>) -> Result<EventPage, Refused> {
        let state = self.state.lock().unwrap();
        Ok(EventPage { events: state.events.iter().filter(|event| event.at >= since).cloned().collect(), more: false })
    }

    async fn list(&self, what: Listing, since: Timestamp, _: Option<&str>) -> Result<Listed, Refused> {
        let state = self.state.lock().unwrap();
        let refunded = |payment: &&Payment| payment.refunds.iter().any(|refund| refund.at >= since);
        let disputed = |payment: &&Payment| payment.dispute.as_ref().is_some_and(|dispute| dispute.3 >= since);
        let names = |payments: Vec<&Payment>| payments.iter().map(|payment| payment.id.clone()).collect();
        let ids = match what {
            Listing::Sessions => state.sessions.iter().map(|session| session.view.id.clone()).collect(),
            Listing::Subscriptions => state.subs.iter().map(|sub| sub.view.id.clone()).collect(),
            Listing::Payments => names(state.payments.iter().collect()),
            Listing::Refunds => names(state.payments.iter().filter(refunded).collect()),
            Listing::Disputes => names(state.payments.iter().filter(disputed).collect()),
        };
        Ok(Listed { ids, after: None })
    }
}

fn refuse_before(fault: Option<Fault>) -> Result<(), Refused> {
    match fault {
        Some(Fault::Nothing) => Err(Refused::Unknown),
        Some(Fault::Later) => Err(Refused::Later(None)),
        Some(Fault::Broken) => Err(Refused::Fault),
        Some(Fault::LostAnswer | Fault::DoneBroken) | None => Ok(()),
    }
}

fn refuse_after(fault: Option<Fault>) -> Result<(), Refused> {
    match fault {
        Some(Fault::LostAnswer) => Err(Refused::Unknown),
        Some(Fault::DoneBroken) => Err(Refused::Fault),
        _ => Ok(()),
    }
}
