//! Refunds.

use serde_json::{Value, json};

use crate::sandbox::json::text;
use crate::sandbox::stripe::Books;
use crate::sandbox::stripe::object::{field, fresh_id, id_of, int, own, set};
use crate::sandbox::stripe::refusal::Refusal;
use crate::sandbox::stripe::routes::{Call, Outcome};
use crate::sandbox::stripe::store::Kind;

const REASONS: &[&str] = &["duplicate", "fraudulent", "requested_by_customer"];

pub(crate) fn create(books: &mut Books, call: &Call) -> Outcome {
    let form = &call.form;
    let charge = match (form.text("charge"), form.text("payment_intent")) {
        (Some(id), _) => books.get(Kind::Charge, id).map_err(|refusal| refusal.named_by("charge"))?,
        (None, Some(id)) => {
            let named = |refusal: Refusal| refusal.named_by("payment_intent");
            let intent = books.get(Kind::PaymentIntent, id).map_err(named)?;
            let latest = own(&intent, "latest_charge");
            let none = || {
                let message = format!("This PaymentIntent ({id}) does not have a successful charge to refund.");
                Refusal::invalid(message).param("payment_intent")
            };
            books.get(Kind::Charge, &latest).map_err(|_| none())?
        }
        (None, None) => {
            let message = "One of the following params should be provided for this request: payment_intent or charge.";
            return Err(Refusal::invalid(message).code("parameter_missing"));
        }
    };
    let metadata = form.metadata("metadata", &Value::Null)?;
    let reason = form.choice("reason", REASONS)?;
    let amount = refundable(books, &charge, form.int("amount")?)?;
    refund(books, &charge, amount, reason, metadata)
}

/// How much is refunded: the wish, or all the rest; refuses what can't be.
fn refundable(books: &Books, charge: &Value, wish: Option<i64>) -> Result<i64, Refusal> {
    let id = id_of(charge);
    if text(charge, "status") != Some("succeeded") {
        let message = format!("Charge {id} has not succeeded; it cannot be refunded.");
        return Err(Refusal::invalid(message).code("charge_not_refundable"));
    }
    let held = books.store.all(Kind::Dispute).any(|row| {
        text(&row.object, "charge") == Some(&id) && row.object.get("is_charge_refundable") == Some(&Value::Bool(false))
    });
    if held {
        let message = format!("Charge {id} has been charged back; cannot issue a refund.");
        return Err(Refusal::invalid(message).code("charge_disputed"));
    }
    let rest = int(charge, "amount") - int(charge, "amount_refunded");
    if rest == 0 {
        let message = format!("Charge {id} has already been refunded.");
        return Err(Refusal::invalid(message).code("charge_already_refunded"));
    }
    match wish {
        None => Ok(rest),
        Some(wish) if wish < 1 => {
            let message = "This value must be greater than or equal to 1.";
            Err(Refusal::invalid(message).code("parameter_invalid_integer").param("amount"))
        }
        Some(wish) if wish > rest => {
            let message = format!(
                "Refund amount ({wish}) is greater than unrefunded amount on charge ({rest}), in {}",
                own(charge, "currency")
            );
            Err(Refusal::invalid(message).param("amount"))
        }
        Some(wish) => Ok(wish),
    }
}

fn refund(books: &mut Books, charge: &Value, amount: i64, reason: Option<&str>, metadata: Value) -> Outcome {
    let id = fresh_id("re");
    let card = text(charge, "object").is_some() && charge.pointer("/payment_method_details/card").is_some();
    let details = json!({"card": {"reference_status": "pending", "reference_type": "acquirer_reference_number", "type": "refund"}, "type": "card"});
    let transaction = books.book("refund", -amount, 0, &json!({"id": id, "currency": field(charge, "currency")}));
    let mut refund = json!({
        "id": id, "object": "refund", "amount": amount, "balance_transaction": transaction,
        "charge": field(charge, "id"), "created": books.now, "currency": field(charge, "currency"),
        "metadata": metadata, "payment_intent": field(charge, "payment_intent"), "reason": reason,
        "receipt_number": null, "source_transfer_reversal": null, "status": "succeeded", "transfer_reversal": null,
    });
    if card {
        set(&mut refund, "destination_details", details);
    }
    let refund = books.add(Kind::Refund, refund, json!({}), "refund.created");
    books.change(Kind::Charge, &id_of(charge), &["charge.refunded"], |charge| {
        let refunded = int(charge, "amount_refunded") + amount;
        set(charge, "amount_refunded", refunded);
        set(charge, "refunded", refunded == int(charge, "amount"));
    })?;
    if card {
        books.change(Kind::Refund, &id, &["refund.updated", "charge.refund.updated"], |refund| {
            if let Some(card) = refund.pointer_mut("/destination_details/card") {
                set(card, "reference", "74700000000000000000000");
                set(card, "reference_status", "available");
            }
        })?;
    }
    // The answer is given before the bank's reference is known.
    Ok(refund)
}

pub(crate) fn get(books: &mut Books, call: &Call) -> Outcome {
    books.get(Kind::Refund, call.id())
}

pub(crate) fn list(books: &mut Books, call: &Call) -> Outcome {
    let same = [("charge", "/charge"), ("payment_intent", "/payment_intent")];
    books.store.page(Kind::Refund, &call.form, &same, |_| true)
}

pub(crate) fn update(books: &mut Books, call: &Call) -> Outcome {
    let present = books.get(Kind::Refund, call.id())?;
    let metadata = call.form.metadata("metadata", &field(&present, "metadata"))?;
    books.change(Kind::Refund, call.id(), &["refund.updated"], |refund| set(refund, "metadata", metadata))
}
