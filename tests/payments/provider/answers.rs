//! What the program asks of the provider, and what it is told.

use super::state::{Session, rest, total};
use super::{Provider, refuse_after, refuse_before};
use async_trait::async_trait;
use jiff::Timestamp;
use shellia::domain::payments::*;
use shellia::kernel::{Currency, GuildId, Locale};

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
            if state.lost.contains(&new.customer) {
                return Err(Refused::Missing);
            }
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

    async fn credit(&self, customer: &CustomerId, _: Currency) -> Result<i64, Refused> {
        refuse_before(self.next_fault())?;
        Ok(self.state.lock().unwrap().credits.get(&customer.0).copied().unwrap_or(0))
    }

    async fn move_credit(&self, key: &str, new: &CreditMove) -> Result<(), Refused> {
        let fault = self.keyed(key)?;
        {
            let mut state = self.state.lock().unwrap();
            if state.keys.insert(key.to_owned(), "credit".to_owned()).is_none() {
                *state.credits.entry(new.customer.0.clone()).or_default() -= new.minor;
                state.moves.push(new.reclaim);
            }
        }
        refuse_after(fault)
    }

    async fn has_moved_credit(&self, _: &CustomerId, reclaim: (GuildId, i64)) -> Result<bool, Refused> {
        refuse_before(self.next_fault())?;
        Ok(self.state.lock().unwrap().moves.contains(&reclaim))
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
