//! A subscription moves to another price: what is credited for the rest of its period, and what is due.

use serde_json::{Value, json};

use super::Books;
use super::draft::Entry;
use super::object::{field, id_of, int, moment, own, set};
use super::prices::{Line, plan};
use super::refusal::Refusal;
use super::store::Kind;
use super::subscriptions::item_of;
use crate::sandbox::json::{list, text};

/// When the difference is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prorate {
    /// With the next invoice.
    Later,
    /// At once.
    Now,
    /// Never.
    No,
}

impl Books {
    /// Moves a subscription's item to another price or quantity.
    pub(crate) fn move_item(
        &mut self,
        subscription: &str,
        price: Value,
        quantity: i64,
        prorate: Prorate,
    ) -> Result<(), Refusal> {
        let object = self.get(Kind::Subscription, subscription)?;
        let old = item_of(&object);
        let name = self.store.get(Kind::Product, &own(&price, "product")).map(|product| own(product, "name"));
        let name = name.unwrap_or_default();
        let trial = text(&object, "status") == Some("trialing");
        let other_rhythm = old.pointer("/price/recurring/interval") != price.pointer("/recurring/interval")
            || old.pointer("/price/recurring/interval_count") != price.pointer("/recurring/interval_count");
        let line = Line { price: price.clone(), quantity, description: name.clone() };
        let credit = self.rest_of(&old, prorate);
        self.change(Kind::Subscription, subscription, &["customer.subscription.updated"], |subscription| {
            if let Some(item) = subscription.pointer_mut("/items/data/0") {
                set(item, "plan", plan(&price));
                set(item, "price", price.clone());
                set(item, "quantity", quantity);
            }
        })?;
        self.note(Kind::Subscription, subscription, "names", vec![name]);
        if trial {
            return Ok(());
        }
        if other_rhythm {
            return self.restart(subscription, credit);
        }
        let Some(credit) = credit else { return Ok(()) };
        let charge = self.entry_for_rest(&line, &old);
        if prorate == Prorate::Now {
            let object = self.get(Kind::Subscription, subscription)?;
            return self.bill_entries(&object, &[credit, charge]);
        }
        let pending = [credit, charge].map(|entry| note(&entry)).to_vec();
        self.note(Kind::Subscription, subscription, "pending", pending);
        Ok(())
    }

    /// The credit for what is left of an item's period: of what it was billed, discounts taken off (Stripe, "Compare classic and
    /// flexible billing mode"; flexible is what new subscriptions are).
    fn rest_of(&self, item: &Value, prorate: Prorate) -> Option<Entry> {
        if prorate == Prorate::No {
            return None;
        }
        let line = Line { price: field(item, "price"), quantity: int(item, "quantity"), description: String::new() };
        let mut entry = self.entry_for_rest(&line, item);
        let billed = self.billed(item).map(|(net, span)| self.rest(net, span));
        entry.amount = -billed.unwrap_or(entry.amount);
        entry.description = "Unused time".to_owned();
        Some(entry)
    }

    /// What an item was billed last for the period that runs, and for which time of it.
    fn billed(&self, item: &Value) -> Option<(i64, (u64, u64))> {
        let (id, end) = (id_of(item), moment(item, "current_period_end"));
        let is_its = |line: &&Value| {
            let of = line.pointer("/parent/subscription_item_details/subscription_item").and_then(Value::as_str);
            of == Some(id.as_str()) && int(line, "amount") > 0 && line.pointer("/period/end") == Some(&json!(end))
        };
        let line = self.store.all(Kind::Invoice).rev().find_map(|row| {
            row.object.get("lines").and_then(|lines| list(lines, "data").iter().find(is_its).cloned())
        })?;
        let off: i64 = list(&line, "discount_amounts").iter().map(|cut| int(cut, "amount")).sum();
        let period = field(&line, "period");
        Some((int(&line, "amount") - off, (moment(&period, "start"), end)))
    }

    /// The part of an amount for a time that is left of it.
    fn rest(&self, amount: i64, (start, end): (u64, u64)) -> i64 {
        let rest = i64::try_from(end.saturating_sub(self.now)).unwrap_or(0);
        let whole = i64::try_from(end.saturating_sub(start)).unwrap_or(1).max(1);
        (amount.saturating_mul(rest) + whole / 2) / whole
    }

    fn entry_for_rest(&self, line: &Line, item: &Value) -> Entry {
        let (start, end) = (moment(item, "current_period_start"), moment(item, "current_period_end"));
        let share = self.rest(line.subtotal(), (start, end));
        let mut entry = Entry::of(line, share, (self.now, end), Some(id_of(item)));
        entry.proration = true;
        entry.description = format!("Remaining time on {}", line.description);
        entry
    }

    /// A new rhythm begins now, and its first period is paid now.
    fn restart(&mut self, subscription: &str, credit: Option<Entry>) -> Result<(), Refusal> {
        let now = self.now;
        self.change(Kind::Subscription, subscription, &[], |object| set(object, "billing_cycle_anchor", now))?;
        self.begin_period(subscription, now, false)?;
        let credit: Vec<Entry> = credit.into_iter().collect();
        self.bill_now(subscription, &credit)
    }

    /// What plan changes left for the next invoice.
    pub(crate) fn take_pending(&mut self, subscription: &str) -> Vec<Entry> {
        let notes = self.notes(Kind::Subscription, subscription);
        self.note(Kind::Subscription, subscription, "pending", Value::Null);
        list(&notes, "pending").iter().map(read).collect()
    }

    /// Gives a subscription another end of its trial.
    pub(crate) fn move_trial_end(&mut self, subscription: &str, end: u64) -> Result<(), Refusal> {
        self.change(Kind::Subscription, subscription, &["customer.subscription.updated"], |object| {
            set(object, "trial_end", end);
            set(object, "status", "trialing");
            set(object, "billing_cycle_anchor", end);
            if let Some(item) = object.pointer_mut("/items/data/0") {
                set(item, "current_period_end", end);
            }
        })?;
        self.agenda.put(end, super::agenda::Due::Period(subscription.to_owned()));
        Ok(())
    }

    /// A paused subscription goes on: a period begins now, and is paid now.
    pub(crate) fn resume(&mut self, subscription: &str) -> Result<Value, Refusal> {
        let object = self.get(Kind::Subscription, subscription)?;
        if text(&object, "status") != Some("paused") {
            let message = "This subscription is not paused, so it can't be resumed.";
            return Err(Refusal::invalid(message).code("resource_missing"));
        }
        let now = self.now;
        self.change(Kind::Subscription, subscription, &[], |object| set(object, "billing_cycle_anchor", now))?;
        self.begin_period(subscription, now, true)?;
        let resumed = self.get(Kind::Subscription, subscription)?;
        self.tell("customer.subscription.resumed", &resumed);
        self.bill_now(subscription, &[])?;
        self.get(Kind::Subscription, subscription)
    }
}

fn note(entry: &Entry) -> Value {
    json!({
        "price": entry.price, "amount": entry.amount, "quantity": entry.quantity, "description": entry.description,
        "from": entry.period.0, "until": entry.period.1, "item": entry.item,
    })
}

fn read(note: &Value) -> Entry {
    Entry {
        price: field(note, "price"),
        amount: int(note, "amount"),
        quantity: int(note, "quantity"),
        description: own(note, "description"),
        period: (moment(note, "from"), moment(note, "until")),
        item: text(note, "item").map(str::to_owned),
        proration: true,
    }
}
