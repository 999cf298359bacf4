//! A customer's credit, and everything that moved it.

use serde_json::{Value, json};

use crate::sandbox::json::text;
use crate::sandbox::stripe::Books;
use crate::sandbox::stripe::object::{field, fresh_id, id_of, int, set};
use crate::sandbox::stripe::refusal::Refusal;
use crate::sandbox::stripe::routes::{Call, Outcome};
use crate::sandbox::stripe::store::{Kind, paged};

/// What moving a credit takes.
pub(crate) const TAKES: &[&str] = &["amount", "currency", "description", "metadata", "metadata.*"];

/// What moved a balance.
pub(crate) struct Why<'a> {
    pub(crate) kind: &'a str,
    pub(crate) invoice: Value,
    pub(crate) currency: Value,
    pub(crate) description: Value,
    pub(crate) metadata: Value,
}

impl Books {
    /// Moves a customer's balance, and keeps why.
    pub(crate) fn move_balance(&mut self, customer: &str, amount: i64, why: Why<'_>) -> Outcome {
        let now = self.now;
        let moved = self.change(Kind::Customer, customer, &["customer.updated"], |customer| {
            let balance = int(customer, "balance") + amount;
            set(customer, "balance", balance);
        })?;
        let transaction = json!({
            "id": fresh_id("cbtxn"), "object": "customer_balance_transaction", "amount": amount,
            "checkout_session": null, "created": now, "credit_note": null, "currency": why.currency,
            "customer": customer, "customer_account": null, "description": why.description,
            "ending_balance": field(&moved, "balance"), "invoice": why.invoice, "livemode": false,
            "metadata": why.metadata, "type": why.kind,
        });
        self.store.add(Kind::CustomerBalance, transaction.clone(), json!({}));
        Ok(transaction)
    }
}

pub(crate) fn create(books: &mut Books, call: &Call) -> Outcome {
    let customer = books.get(Kind::Customer, call.id())?;
    let form = &call.form;
    let amount = form.int("amount")?.ok_or_else(|| Refusal::required("amount"))?;
    let currency = form.need("currency")?.to_lowercase();
    let why = Why {
        kind: "adjustment",
        invoice: Value::Null,
        currency: currency.into(),
        description: form.text("description").into(),
        metadata: form.metadata("metadata", &Value::Null)?,
    };
    books.move_balance(&id_of(&customer), amount, why)
}

pub(crate) fn list(books: &mut Books, call: &Call) -> Outcome {
    let customer = call.id();
    books.get(Kind::Customer, customer)?;
    let rows = books.store.all(Kind::CustomerBalance).rev().map(|row| &row.object);
    let all: Vec<&Value> = rows.filter(|one| text(one, "customer") == Some(customer)).collect();
    paged(&format!("/v1/customers/{customer}/balance_transactions"), &call.form, &all)
}
