//! A payment provider in memory that answers at once, so that what is measured is the program's own time.
//!
//! It keeps checkouts that were opened, and makes every other answer from them. It has no events, and no faults: what it is
//! right about is tested elsewhere.

use async_trait::async_trait;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use shellia::domain::payments::{
    Change, CheckoutMode, CreditMove, CustomerId, EventPage, Gateway, InvoiceView, Listed, Listing, NewCheckout,
    NewCustomer, NewRefund, Payment, PaymentStatus, RefundState, RefundView, Refused, SessionStatus, SessionView,
    SubscriptionView,
};
use shellia::kernel::{Currency, GuildId, Locale, Money};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Names in one page of a list (Stripe, "Pagination": at most 100).
const PAGE: usize = 100;

/// The provider.
#[derive(Default)]
pub(crate) struct Provider {
    /// Never held over an await.
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    deals: Vec<Deal>,
    /// Numbers of deals by the key that opened them.
    keys: HashMap<String, usize>,
}

/// A checkout and what came of it. Everything of it is named after its number.
struct Deal {
    new: NewCheckout,
    paid_at: Option<Timestamp>,
    /// All money went back, in the provider's dashboard.
    refunded_at: Option<Timestamp>,
    /// The subscription ended, in the provider's dashboard.
    ended_at: Option<Timestamp>,
}

impl Provider {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many checkouts were opened.
    pub(crate) fn len(&self) -> usize {
        self.state().deals.len()
    }

    /// Every open checkout is paid.
    pub(crate) fn pay_all(&self, now: Timestamp) {
        for deal in &mut self.state().deals {
            deal.paid_at.get_or_insert(now);
        }
    }

    /// One in so many of each kind goes wrong behind our back: a payment goes back, a subscription ends. Tells how many of
    /// both.
    pub(crate) fn drift(&self, one_in: usize, now: Timestamp) -> (usize, usize) {
        let (mut refunded, mut ended) = (0, 0);
        let mut state = self.state();
        let (subscribed, bought): (Vec<&mut Deal>, Vec<&mut Deal>) =
            state.deals.iter_mut().partition(|deal| deal.subscribes());
        for deal in bought.into_iter().step_by(one_in) {
            deal.refunded_at = Some(now);
            refunded += 1;
        }
        for deal in subscribed.into_iter().step_by(one_in) {
            deal.ended_at = Some(now);
            ended += 1;
        }
        (refunded, ended)
    }

    fn ask<T>(&self, name: &str, answer: impl FnOnce(usize, &Deal) -> T) -> Result<T, Refused> {
        let number = number(name).ok_or(Refused::Missing)?;
        self.state().deals.get(number).map(|deal| answer(number, deal)).ok_or(Refused::Missing)
    }
}

/// `cs_7`, `pi_7`, `sub_7` are all of deal 7.
fn number(name: &str) -> Option<usize> {
    name.rsplit('_').next()?.parse().ok()
}

impl Deal {
    fn subscribes(&self) -> bool {
        matches!(self.new.mode, CheckoutMode::Subscription { .. })
    }

    fn total(&self) -> Option<Money> {
        self.new.unit.times(self.new.quantity).ok()
    }

    fn session(&self, number: usize) -> SessionView {
        let (paid, subscribes, id) = (self.paid_at.is_some(), self.subscribes(), format!("cs_{number}"));
        SessionView {
            order: Some((self.new.guild, self.new.order)),
            customer: Some(self.new.customer.clone()),
            status: if paid { SessionStatus::Complete } else { SessionStatus::Open },
            payment_status: if paid { PaymentStatus::Paid } else { PaymentStatus::Unpaid },
            total: self.total(),
            tax_minor: 0,
            url: (!paid).then(|| format!("https://pay.example/{id}")),
            payment: (paid && !subscribes).then(|| format!("pi_{number}")),
            subscription: (paid && subscribes).then(|| format!("sub_{number}")),
            invoice: (paid && subscribes).then(|| format!("in_{number}")),
            failed: false,
            id,
        }
    }

    fn subscription(&self, number: usize) -> SubscriptionView {
        let began = self.paid_at.unwrap_or_default();
        let month = began.to_zoned(TimeZone::UTC).checked_add(1.month());
        SubscriptionView {
            id: format!("sub_{number}"),
            order: Some((self.new.guild, self.new.order)),
            customer: Some(self.new.customer.clone()),
            state: if self.ended_at.is_some() { "canceled" } else { "active" }.to_owned(),
            item: Some(self.new.item.clone()),
            line: Some(format!("si_{number}")),
            interval: Some("month".to_owned()),
            amount: Some(self.new.unit),
            period_start: began,
            period_end: month.map_or(began, |month| month.timestamp()),
            cancel_at_period_end: false,
            trial_end: None,
            started_at: began,
            ended_at: self.ended_at,
            latest_invoice: Some(format!("in_{number}")),
            fingerprint: None,
        }
    }

    fn invoice(&self, number: usize) -> InvoiceView {
        InvoiceView {
            id: format!("in_{number}"),
            subscription: Some(format!("sub_{number}")),
            paid: true,
            open: false,
            change: false,
            billed_minor: self.total().map_or(0, Money::minor),
            total: self.total(),
            tax_minor: 0,
            payment: Some(format!("pi_{number}")),
            url: None,
            at: self.paid_at.unwrap_or_default(),
        }
    }

    fn payment(&self, number: usize) -> Payment {
        let amount_minor = self.total().map_or(0, Money::minor);
        let refund =
            |at| RefundView { id: format!("re_{number}"), ours: None, amount_minor, state: RefundState::Succeeded, at };
        Payment {
            id: format!("pi_{number}"),
            received: self.paid_at.and_then(|_| self.total()),
            fee_minor: Some(25 + amount_minor / 70),
            refunds: self.refunded_at.map(refund).into_iter().collect(),
            dispute: None,
            dispute_fees: Vec::new(),
            fingerprint: Some(format!("card{number}")),
            at: self.paid_at.unwrap_or_default(),
        }
    }
}

#[async_trait]
impl Gateway for Provider {
    fn is_on(&self) -> bool {
        true
    }

    async fn create_customer(&self, _: &str, new: &NewCustomer) -> Result<CustomerId, Refused> {
        Ok(CustomerId(format!("cus_{}", new.user)))
    }

    async fn open_checkout(&self, key: &str, new: &NewCheckout) -> Result<SessionView, Refused> {
        let mut state = self.state();
        let next = state.deals.len();
        let number = *state.keys.entry(key.to_owned()).or_insert(next);
        if number == next {
            state.deals.push(Deal { new: new.clone(), paid_at: None, refunded_at: None, ended_at: None });
        }
        state.deals.get(number).map(|deal| deal.session(number)).ok_or(Refused::Missing)
    }

    async fn session(&self, id: &str) -> Result<SessionView, Refused> {
        self.ask(id, |number, deal| deal.session(number))
    }

    async fn expire_session(&self, _: &str) -> Result<SessionView, Refused> {
        Err(Refused::No("over".to_owned()))
    }

    async fn subscription(&self, id: &str) -> Result<SubscriptionView, Refused> {
        self.ask(id, |number, deal| deal.subscription(number))
    }

    async fn change_subscription(&self, _: &str, _: &str, _: &Change) -> Result<SubscriptionView, Refused> {
        Err(Refused::Off)
    }

    async fn invoices(&self, subscription: &str) -> Result<Vec<InvoiceView>, Refused> {
        self.ask(subscription, |number, deal| vec![deal.invoice(number)])
    }

    async fn payment(&self, id: &str) -> Result<Payment, Refused> {
        self.ask(id, |number, deal| deal.payment(number))
    }

    async fn refund(&self, _: &str, _: &NewRefund) -> Result<RefundView, Refused> {
        Err(Refused::Off)
    }

    async fn credit(&self, _: &CustomerId, _: Currency) -> Result<i64, Refused> {
        Ok(0)
    }

    async fn move_credit(&self, _: &str, _: &CreditMove) -> Result<(), Refused> {
        Err(Refused::Off)
    }

    async fn has_moved_credit(&self, _: &CustomerId, _: (GuildId, i64)) -> Result<bool, Refused> {
        Err(Refused::Off)
    }

    async fn portal(&self, _: &CustomerId, _: &str, _: Locale) -> Result<String, Refused> {
        Err(Refused::Off)
    }

    async fn events(&self, _: Timestamp, _: Option<&str>) -> Result<EventPage, Refused> {
        Ok(EventPage::default())
    }

    async fn list(&self, what: Listing, _: Timestamp, after: Option<&str>) -> Result<Listed, Refused> {
        let state = self.state();
        let (start, listed): (&str, fn(&Deal) -> bool) = match what {
            Listing::Sessions => ("cs", |_| true),
            Listing::Subscriptions => ("sub", |deal| deal.paid_at.is_some() && deal.subscribes()),
            Listing::Payments => ("pi", |deal| deal.paid_at.is_some()),
            // Nothing went back.
            Listing::Refunds | Listing::Disputes => return Ok(Listed::default()),
        };
        // The newest first: what stands before a name has a smaller number.
        let end = after.and_then(number).unwrap_or(state.deals.len());
        let older = state.deals.iter().enumerate().take(end).rev();
        let mut ids: Vec<String> = older
            .filter(|(_, deal)| listed(deal))
            .map(|(number, _)| format!("{start}_{number}"))
            .take(PAGE + 1)
            .collect();
        let more = ids.len() > PAGE;
        ids.truncate(PAGE);
        Ok(Listed { after: ids.last().filter(|_| more).cloned(), ids })
    }
}
