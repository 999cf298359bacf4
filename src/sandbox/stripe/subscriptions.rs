//! The life of a subscription: its start, its periods, its end.

use serde_json::{Value, json};

use super::Books;
use super::agenda::Due;
use super::draft::Entry;
use super::object::{field, fresh_id, id_of, int, joined, moment, own, set, set_at};
use super::prices::{Line, plan};
use super::refusal::Refusal;
use super::rules::DAY;
use super::store::Kind;
use crate::sandbox::json::{list, text, truth};

/// How long before a trial's end it is announced, in seconds.
const NOTICE: u64 = 3 * DAY;

/// A moment plus some intervals, as the calendar has them: the end of a month stays one.
pub(crate) fn later(from: u64, interval: &str, times: i64) -> u64 {
    let start = i64::try_from(from).ok().and_then(|s| jiff::Timestamp::from_second(s).ok()).unwrap_or_default();
    let span = jiff::Span::new();
    let span = match interval {
        "day" => span.try_days(times),
        "week" => span.try_weeks(times),
        "year" => span.try_years(times),
        _ => span.try_months(times),
    };
    let moved = span.and_then(|span| start.to_zoned(jiff::tz::TimeZone::UTC).checked_add(span));
    moved.ok().and_then(|moved| u64::try_from(moved.timestamp().as_second()).ok()).unwrap_or(u64::MAX)
}

/// The first moment of a price's rhythm after another, counted from an anchor.
pub(crate) fn next_beat(anchor: u64, price: &Value, after: u64) -> u64 {
    let interval = price.pointer("/recurring/interval").and_then(Value::as_str).unwrap_or("month");
    let step = price.pointer("/recurring/interval_count").and_then(Value::as_i64).unwrap_or(1).max(1);
    let beats = (1..).map(|n| later(anchor, interval, step.saturating_mul(n)));
    beats.into_iter().find(|beat| *beat > after).unwrap_or(u64::MAX)
}

/// A subscription's only item.
pub(crate) fn item_of(subscription: &Value) -> Value {
    subscription.pointer("/items/data/0").cloned().unwrap_or_default()
}

/// When a subscription's period ends.
pub(crate) fn period_end(subscription: &Value) -> u64 {
    moment(&item_of(subscription), "current_period_end")
}

impl Books {
    /// Starts a subscription; gives its id.
    pub(crate) fn start_subscription(
        &mut self,
        wish: Value,
        lines: &[Line],
        customer: &str,
        method: Option<&str>,
        discount: Option<String>,
    ) -> Result<String, Refusal> {
        let id = fresh_id("sub");
        let trial = wish.get("trial_end").and_then(Value::as_u64).filter(|end| *end > self.now);
        let recurring: Vec<&Line> = lines.iter().filter(|line| line.recurring()).collect();
        let first = recurring.first().map(|line| &line.price).cloned().unwrap_or_default();
        let end = trial.unwrap_or_else(|| next_beat(self.now, &first, self.now));
        let items: Vec<Value> = recurring.iter().map(|line| self.item(&id, line, (self.now, end))).collect();
        let metadata = field(&wish, "metadata");
        let behavior = text(&wish, "missing_payment_method").unwrap_or("create_invoice");
        let first_part = json!({
            "id": id, "object": "subscription", "application": null, "application_fee_percent": null,
            "automatic_tax": {"disabled_reason": null, "enabled": false, "liability": null},
            "billing_cycle_anchor": trial.unwrap_or(self.now), "billing_cycle_anchor_config": null,
            "billing_mode": {"flexible": {"proration_discounts": "included"}, "type": "flexible"}, "billing_schedules": [],
            "billing_thresholds": null, "cancel_at": null, "cancel_at_period_end": false, "canceled_at": null,
            "cancellation_details": {"comment": null, "feedback": null, "reason": null},
            "collection_method": "charge_automatically", "created": self.now, "currency": field(&first, "currency"),
            "customer": customer, "customer_account": null, "days_until_due": null, "default_payment_method": method,
            "default_source": null, "default_tax_rates": [], "description": field(&wish, "description"),
            "discounts": discount.iter().collect::<Vec<_>>(), "ended_at": null,
            "invoice_settings":
                {"account_tax_ids": null, "custom_fields": null, "description": null, "footer": null, "issuer": {"type": "self"}},
            "items": {
                "object": "list", "data": items, "has_more": false,
                "url": format!("/v1/subscription_items?subscription={id}"),
            },
            "latest_invoice": null, "livemode": false,
            "metadata": if metadata.is_object() { metadata } else { json!({}) },
        });
        let rest = json!({
            "next_pending_invoice_item_invoice": null, "on_behalf_of": null, "pause_collection": null,
            "payment_settings":
                {"payment_method_options": null, "payment_method_types": null, "save_default_payment_method": "off"},
            "pending_invoice_item_interval": null, "pending_setup_intent": null, "pending_update": null,
            "schedule": null, "start_date": self.now, "status": if trial.is_some() { "trialing" } else { "incomplete" },
            "test_clock": null, "transfer_data": null, "trial_end": trial,
            "trial_settings": {"end_behavior": {"missing_payment_method": behavior}},
            "trial_start": trial.map(|_| self.now),
        });
        let subscription = joined(first_part, rest);
        let names: Vec<&str> = recurring.iter().map(|line| line.description.as_str()).collect();
        if let Some(discount) = discount {
            self.change(Kind::Discount, &discount, &[], |discount| set(discount, "subscription", id.clone()))?;
        }
        self.add(Kind::Subscription, subscription, json!({"names": names}), "customer.subscription.created");
        self.agenda.put(end, Due::Period(id.clone()));
        if let Some(trial) = trial {
            self.agenda.put(trial.saturating_sub(NOTICE).max(self.now), Due::TrialSoon(id.clone()));
        }
        Ok(id)
    }

    fn item(&self, subscription: &str, line: &Line, period: (u64, u64)) -> Value {
        json!({
            "id": fresh_id("si"), "object": "subscription_item", "billing_thresholds": null, "created": self.now,
            "current_period_end": period.1, "current_period_start": period.0, "discounts": [], "metadata": {},
            "plan": plan(&line.price), "price": line.price, "quantity": line.quantity, "subscription": subscription,
            "tax_rates": [],
        })
    }

    /// Drafts a subscription's first invoice: nothing for a trial, and what is bought once.
    pub(crate) fn first_invoice(&mut self, subscription: &str, lines: &[Line]) -> Result<String, Refusal> {
        let object = self.get(Kind::Subscription, subscription)?;
        let trial = text(&object, "status") == Some("trialing");
        let period = (self.now, period_end(&object));
        let items = object.pointer("/items").map(|items| list(items, "data")).unwrap_or_default();
        let mut items = items.iter().map(id_of);
        let entries: Vec<Entry> = lines
            .iter()
            .map(|line| {
                let item = if line.recurring() { items.next() } else { None };
                let free = trial && item.is_some();
                Entry::of(line, if free { 0 } else { line.subtotal() }, period, item)
            })
            .collect();
        self.draft_invoice(&object, "subscription_create", &entries, (self.now, self.now))
    }

    /// The lines of a period to come, and what plan changes left behind.
    pub(crate) fn period_entries(&self, subscription: &Value) -> Vec<Entry> {
        let names = self.notes(Kind::Subscription, &id_of(subscription));
        let items = subscription.pointer("/items").map(|items| list(items, "data")).unwrap_or_default();
        let named = items.iter().zip(list(&names, "names").iter().chain(std::iter::repeat(&Value::Null)));
        let regular = named.map(|(item, name)| {
            let name = name.as_str().unwrap_or_default().to_owned();
            let line = Line { price: field(item, "price"), quantity: int(item, "quantity"), description: name };
            let period = (moment(item, "current_period_start"), moment(item, "current_period_end"));
            Entry::of(&line, line.subtotal(), period, Some(id_of(item)))
        });
        regular.collect()
    }

    /// Ends a period whose end has come: the subscription ends with it, or another one begins.
    pub(crate) fn end_period_if_due(&mut self, subscription: &str) {
        let Ok(object) = self.get(Kind::Subscription, subscription) else { return };
        let over = matches!(text(&object, "status"), Some("canceled" | "paused" | "incomplete_expired"));
        if over || period_end(&object) > self.now {
            return;
        }
        if let Err(refusal) = self.end_period(&object) {
            tracing::warn!(reason = refusal.message(), "a subscription of the sandbox could not be renewed");
        }
    }

    fn end_period(&mut self, object: &Value) -> Result<(), Refusal> {
        let id = id_of(object);
        let cancel_at = moment(object, "cancel_at");
        if truth(object, "cancel_at_period_end") || (cancel_at > 0 && cancel_at <= self.now) {
            return self.cancel_now(&id, "").map(drop);
        }
        let trial = text(object, "status") == Some("trialing");
        if trial && text(object, "default_payment_method").is_none() {
            let behavior =
                object.pointer("/trial_settings/end_behavior/missing_payment_method").and_then(Value::as_str);
            match behavior {
                Some("cancel") => return self.cancel_now(&id, "").map(drop),
                Some("pause") => {
                    let events = ["customer.subscription.paused", "customer.subscription.updated"];
                    return self.change(Kind::Subscription, &id, &events, |s| set(s, "status", "paused")).map(drop);
                }
                _ => {}
            }
        }
        self.begin_period(&id, self.now, trial)?;
        self.renew(&id)
    }

    /// Moves a subscription into the period that begins at a moment.
    pub(crate) fn begin_period(&mut self, id: &str, start: u64, activate: bool) -> Result<(), Refusal> {
        let object = self.get(Kind::Subscription, id)?;
        let price = field(&item_of(&object), "price");
        let end = next_beat(moment(&object, "billing_cycle_anchor"), &price, start);
        self.change(Kind::Subscription, id, &["customer.subscription.updated"], |subscription| {
            if activate {
                set(subscription, "status", "active");
            }
            let items = subscription.pointer_mut("/items/data").and_then(Value::as_array_mut);
            for item in items.into_iter().flatten() {
                set(item, "current_period_start", start);
                set(item, "current_period_end", end);
            }
        })?;
        self.agenda.put(end, Due::Period(id.to_owned()));
        Ok(())
    }

    /// Drafts the invoice of a new period; what becomes of it follows the subscription's state.
    fn renew(&mut self, id: &str) -> Result<(), Refusal> {
        let object = self.get(Kind::Subscription, id)?;
        let mut entries = self.take_pending(id);
        entries.extend(self.period_entries(&object));
        let before = entries.iter().map(|entry| entry.period.0).min().unwrap_or(self.now);
        let invoice = self.draft_invoice(&object, "subscription_cycle", &entries, (before.min(self.now), self.now))?;
        let paused = object.pointer("/pause_collection/behavior").and_then(Value::as_str);
        let unpaid = text(&object, "status") == Some("unpaid");
        if unpaid || paused == Some("keep_as_draft") {
            return self.change(Kind::Invoice, &invoice, &[], |invoice| set(invoice, "auto_advance", false)).map(drop);
        }
        if let Some(behavior) = paused {
            let now = self.now;
            let (status, event, key) = match behavior {
                "void" => ("void", "invoice.voided", "voided_at"),
                _ => ("uncollectible", "invoice.marked_uncollectible", "marked_uncollectible_at"),
            };
            return self
                .change(Kind::Invoice, &invoice, &[event], |invoice| {
                    set(invoice, "status", status);
                    set(invoice, "auto_advance", false);
                    set_at(invoice, "/status_transitions", key, now);
                })
                .map(drop);
        }
        let when = self.now + self.rules.draft_s;
        self.change(Kind::Invoice, &invoice, &[], |invoice| {
            set(invoice, "automatically_finalizes_at", when);
            set(invoice, "next_payment_attempt", when);
        })?;
        self.agenda.put(when, Due::Finalize(invoice));
        Ok(())
    }

    /// Ends a trial at this moment: the first paid period begins, and is paid at once.
    pub(crate) fn end_trial(&mut self, id: &str) -> Result<(), Refusal> {
        let now = self.now;
        self.change(Kind::Subscription, id, &[], |subscription| {
            set(subscription, "trial_end", now);
            set(subscription, "billing_cycle_anchor", now);
        })?;
        self.begin_period(id, now, true)?;
        self.bill_now(id, &[])
    }

    /// Drafts an invoice for the period that runs, with other lines before its own, and collects it.
    pub(crate) fn bill_now(&mut self, id: &str, before: &[Entry]) -> Result<(), Refusal> {
        let object = self.get(Kind::Subscription, id)?;
        let entries: Vec<Entry> = before.iter().cloned().chain(self.period_entries(&object)).collect();
        self.bill_entries(&object, &entries)
    }

    /// Drafts an invoice of some lines, and collects it.
    pub(crate) fn bill_entries(&mut self, subscription: &Value, entries: &[Entry]) -> Result<(), Refusal> {
        let invoice = self.draft_invoice(subscription, "subscription_update", entries, (self.now, self.now))?;
        let method = self.method_for(&self.get(Kind::Invoice, &invoice)?);
        if self.finalize(&invoice)? {
            self.collect(&invoice, method.as_deref(), false)?;
        }
        Ok(())
    }

    /// Cancels a subscription at this moment.
    pub(crate) fn cancel_now(&mut self, id: &str, reason: &str) -> Result<Value, Refusal> {
        let now = self.now;
        self.let_go(id);
        let ended = self.change(Kind::Subscription, id, &[], |subscription| {
            set(subscription, "status", "canceled");
            set(subscription, "ended_at", now);
            if subscription.get("canceled_at").is_none_or(Value::is_null) {
                set(subscription, "canceled_at", now);
            }
            set(subscription, "cancel_at_period_end", false);
            if !reason.is_empty() {
                set_at(subscription, "/cancellation_details", "reason", reason);
            }
        })?;
        self.tell("customer.subscription.deleted", &ended);
        Ok(ended)
    }

    /// Lets a subscription end with its period, or takes that back.
    pub(crate) fn cancel_at_period_end(&mut self, id: &str, cancel: bool) -> Result<Value, Refusal> {
        let now = self.now;
        self.change(Kind::Subscription, id, &["customer.subscription.updated"], |subscription| {
            if truth(subscription, "cancel_at_period_end") == cancel {
                return;
            }
            let end = period_end(subscription);
            set(subscription, "cancel_at_period_end", cancel);
            set(subscription, "cancel_at", cancel.then_some(end));
            set(subscription, "canceled_at", cancel.then_some(now));
            let reason = cancel.then_some("cancellation_requested");
            set_at(subscription, "/cancellation_details", "reason", reason);
        })
    }

    /// Announces the end of a trial that still runs.
    pub(crate) fn warn_of_trial_end(&mut self, id: &str) {
        let Ok(object) = self.get(Kind::Subscription, id) else { return };
        if text(&object, "status") == Some("trialing") {
            self.tell("customer.subscription.trial_will_end", &object);
        }
    }

    /// Gives a customer's subscriptions another card.
    pub(crate) fn replace_card(&mut self, customer: &str, method: &str) -> Result<(), Refusal> {
        let all: Vec<String> = self
            .store
            .all(Kind::Subscription)
            .filter(|row| text(&row.object, "customer") == Some(customer))
            .filter(|row| text(&row.object, "status") != Some("canceled"))
            .map(|row| own(&row.object, "id"))
            .collect();
        self.change(Kind::Customer, customer, &["customer.updated"], |customer| {
            set_at(customer, "/invoice_settings", "default_payment_method", method);
        })?;
        for id in all {
            self.change(Kind::Subscription, &id, &["customer.subscription.updated"], |subscription| {
                set(subscription, "default_payment_method", method);
            })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_month_stays_the_end_of_a_month() {
        let day = |text: &str| u64::try_from(text.parse::<jiff::Timestamp>().unwrap().as_second()).unwrap();
        let price = json!({"recurring": {"interval": "month", "interval_count": 1}});
        let anchor = day("2026-01-31T10:00:00Z");
        let february = next_beat(anchor, &price, anchor);
        assert_eq!(february, day("2026-02-28T10:00:00Z"));
        assert_eq!(next_beat(anchor, &price, february), day("2026-03-31T10:00:00Z"));
    }
}
