//! What happens at the provider without the program: buyers pay, banks take back, time passes, somebody works in its dashboard.

use super::Provider;
use super::state::{after, rest, total};
use shellia::domain::payments::*;

/// What somebody does in the provider's dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dashboard {
    EndWithPeriod(bool),
    Pause,
    Resume,
    End,
    Plan(&'static str),
}

impl Provider {
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
        if to == DisputeState::Open {
            let fee = DisputeFee { id: state.name("txn"), amount_minor: 2000, at: now };
            state.payments[at].dispute_fees.push(fee);
        }
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

    /// The customer of a checkout is removed.
    pub fn lose_customer(&self, at: usize) -> CustomerId {
        let mut state = self.state.lock().unwrap();
        let customer = state.sessions[at].new.customer.clone();
        state.lost.push(customer.clone());
        customer
    }
}
