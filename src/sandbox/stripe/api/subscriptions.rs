//! Subscriptions: reading, changing, cancelling.

use serde_json::{Value, json};

use crate::sandbox::json::text;
use crate::sandbox::stripe::Books;
use crate::sandbox::stripe::change::Prorate;
use crate::sandbox::stripe::form::Form;
use crate::sandbox::stripe::object::{field, id_of, int, own, set, set_at};
use crate::sandbox::stripe::refusal::Refusal;
use crate::sandbox::stripe::routes::{Call, Outcome};
use crate::sandbox::stripe::store::Kind;
use crate::sandbox::stripe::subscriptions::item_of;

/// What changing a subscription takes.
pub(crate) const TAKES: &[&str] = &[
    "cancel_at_period_end",
    "cancellation_details.comment",
    "cancellation_details.feedback",
    "default_payment_method",
    "description",
    "items.*.id",
    "items.*.price",
    "items.*.quantity",
    "items.*.price_data.currency",
    "items.*.price_data.unit_amount",
    "items.*.price_data.product",
    "items.*.price_data.tax_behavior",
    "items.*.price_data.recurring.interval",
    "items.*.price_data.recurring.interval_count",
    "metadata",
    "metadata.*",
    "pause_collection",
    "pause_collection.behavior",
    "pause_collection.resumes_at",
    "payment_behavior",
    "proration_behavior",
    "trial_end",
];

pub(crate) fn get(books: &mut Books, call: &Call) -> Outcome {
    books.get(Kind::Subscription, call.id())
}

pub(crate) fn list(books: &mut Books, call: &Call) -> Outcome {
    let states = [
        "active",
        "all",
        "canceled",
        "ended",
        "incomplete",
        "incomplete_expired",
        "past_due",
        "paused",
        "trialing",
        "unpaid",
    ];
    let wanted = call.form.choice("status", &states)?;
    let same =
        [("customer", "/customer"), ("price", "/items/data/0/price/id"), ("collection_method", "/collection_method")];
    books.store.page(Kind::Subscription, &call.form, &same, |row| {
        let state = text(&row.object, "status").unwrap_or_default();
        match wanted {
            None => state != "canceled",
            Some("all") => true,
            Some("ended") => matches!(state, "canceled" | "incomplete_expired"),
            Some(wanted) => state == wanted,
        }
    })
}

pub(crate) fn update(books: &mut Books, call: &Call) -> Outcome {
    let (form, id) = (&call.form, call.id());
    let present = books.get(Kind::Subscription, id)?;
    if text(&present, "status") == Some("canceled") {
        let message = "A canceled subscription can only update its cancellation_details and metadata.";
        return Err(Refusal::invalid(message));
    }
    // Everything is read before anything is changed.
    let metadata = form.metadata("metadata", &field(&present, "metadata"))?;
    let cancel = form.truth("cancel_at_period_end")?;
    let pause = pause(form)?;
    let moved = moved(books, form, &present)?;
    let trial = trial(books, form)?;
    let behaviors = ["allow_incomplete", "default_incomplete", "error_if_incomplete", "pending_if_incomplete"];
    let firm = form.choice("payment_behavior", &behaviors)? == Some("error_if_incomplete");
    let before = if firm { books.before(&present) } else { None };
    let method = form.text("default_payment_method");
    if let Some(method) = method {
        books.store.get(Kind::PaymentMethod, method).map_err(|refusal| refusal.named_by("default_payment_method"))?;
    }
    books.change(Kind::Subscription, id, &["customer.subscription.updated"], |subscription| {
        set(subscription, "metadata", metadata);
        if let Some(pause) = pause {
            set(subscription, "pause_collection", pause);
        }
        if let Some(method) = method {
            set(subscription, "default_payment_method", method);
        }
        if form.has("description") {
            set(subscription, "description", form.text("description"));
        }
        for key in ["comment", "feedback"] {
            if let Some(said) = form.text(&format!("cancellation_details.{key}")) {
                set_at(subscription, "/cancellation_details", key, said);
            }
        }
    })?;
    if let Some((price, quantity, prorate)) = moved {
        books.move_item(id, price, quantity, prorate)?;
    }
    match trial {
        None => {}
        Some(end) if end <= books.now => books.end_trial(id)?,
        Some(end) => books.move_trial_end(id, end)?,
    }
    if let Some(before) = before {
        books.stand_or_undo(&present, id, before)?;
    }
    match cancel {
        None => books.get(Kind::Subscription, id),
        Some(cancel) => books.cancel_at_period_end(id, cancel),
    }
}

fn pause(form: &Form) -> Result<Option<Value>, Refusal> {
    if !form.has("pause_collection") {
        return Ok(None);
    }
    let behavior = form.choice("pause_collection.behavior", &["keep_as_draft", "mark_uncollectible", "void"])?;
    let resumes_at = form.moment("pause_collection.resumes_at")?;
    Ok(Some(behavior.map_or(Value::Null, |behavior| json!({"behavior": behavior, "resumes_at": resumes_at}))))
}

fn trial(books: &Books, form: &Form) -> Result<Option<u64>, Refusal> {
    if form.text("trial_end") == Some("now") {
        return Ok(Some(books.now));
    }
    let end = form.moment("trial_end")?;
    match end {
        Some(end) if end <= books.now => {
            Err(Refusal::invalid("Invalid timestamp: must be in the future, or now").param("trial_end"))
        }
        _ => Ok(end),
    }
}

fn moved(books: &mut Books, form: &Form, present: &Value) -> Result<Option<(Value, i64, Prorate)>, Refusal> {
    let words = ["always_invoice", "create_prorations", "none"];
    let prorate = match form.choice("proration_behavior", &words)? {
        Some("always_invoice") => Prorate::Now,
        Some("none") => Prorate::No,
        _ => Prorate::Later,
    };
    if form.count("items") == 0 {
        return Ok(None);
    }
    let item = item_of(present);
    let id = form.text("items.0.id").unwrap_or_default();
    if form.count("items") > 1 || id != id_of(&item) {
        let message = format!("No such subscription_item: '{id}'");
        return Err(Refusal::invalid(message).code("resource_missing").param("items[0][id]"));
    }
    let quantity = form.int("items.0.quantity")?.unwrap_or_else(|| int(&item, "quantity"));
    let named = form.has("items.0.price") || form.has("items.0.price_data");
    let price = if named {
        let offer = books.price_at(form, "items.0")?;
        if text(&offer.price, "type") != Some("recurring") {
            let message = "The price must be a recurring price.";
            return Err(Refusal::invalid(message).param("items[0][price]"));
        }
        if text(&offer.price, "currency") != text(present, "currency") {
            let message = format!("The price's currency must be the subscription's: {}.", own(present, "currency"));
            return Err(Refusal::invalid(message).param("items[0][price]"));
        }
        books.keep_offer(offer)
    } else {
        field(&item, "price")
    };
    let same =
        text(&price, "id") == item.pointer("/price/id").and_then(Value::as_str) && quantity == int(&item, "quantity");
    Ok((!same).then_some((price, quantity, prorate)))
}

pub(crate) fn cancel(books: &mut Books, call: &Call) -> Outcome {
    let present = books.get(Kind::Subscription, call.id())?;
    if text(&present, "status") == Some("canceled") {
        return Err(Refusal::missing(Kind::Subscription.noun(), call.id()));
    }
    books.change(Kind::Subscription, call.id(), &[], |subscription| {
        for key in ["comment", "feedback"] {
            if let Some(said) = call.form.text(&format!("cancellation_details.{key}")) {
                set_at(subscription, "/cancellation_details", key, said);
            }
        }
    })?;
    books.cancel_now(call.id(), "cancellation_requested")
}

pub(crate) fn resume(books: &mut Books, call: &Call) -> Outcome {
    books.resume(call.id())
}
