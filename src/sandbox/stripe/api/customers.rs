//! Customers.

use serde_json::{Value, json};

use crate::sandbox::stripe::Books;
use crate::sandbox::stripe::form::Form;
use crate::sandbox::stripe::object::{fresh_id, letters, set};
use crate::sandbox::stripe::refusal::Refusal;
use crate::sandbox::stripe::routes::{Call, Outcome};
use crate::sandbox::stripe::store::Kind;

/// What making and changing a customer take.
pub(crate) const TAKES: &[&str] =
    &["email", "name", "description", "phone", "metadata", "metadata.*", "preferred_locales.*"];

pub(crate) fn create(books: &mut Books, call: &Call) -> Outcome {
    let customer = new(books, &call.form)?;
    Ok(books.add(Kind::Customer, customer, json!({}), "customer.created"))
}

/// The object of a new customer.
pub(crate) fn new(books: &Books, form: &Form) -> Outcome {
    let metadata = form.metadata("metadata", &Value::Null)?;
    let mut customer = json!({
        "id": fresh_id("cus"), "object": "customer", "address": null, "balance": 0, "created": books.now,
        "currency": null, "default_source": null, "delinquent": false, "description": null, "email": null,
        "invoice_prefix": letters(8).to_uppercase(),
        "invoice_settings": {
            "custom_fields": null, "default_payment_method": null, "footer": null, "rendering_options": null,
        },
        "livemode": false, "metadata": metadata, "name": null, "next_invoice_sequence": 1, "phone": null,
        "preferred_locales": [], "shipping": null, "tax_exempt": "none", "test_clock": null,
    });
    fill(form, &mut customer);
    Ok(customer)
}

fn fill(form: &Form, customer: &mut Value) {
    for key in ["email", "name", "description", "phone"] {
        if form.has(key) {
            set(customer, key, form.text(key));
        }
    }
    if form.has("preferred_locales") {
        set(customer, "preferred_locales", form.texts("preferred_locales"));
    }
}

pub(crate) fn get(books: &mut Books, call: &Call) -> Outcome {
    books.get(Kind::Customer, call.id())
}

pub(crate) fn list(books: &mut Books, call: &Call) -> Outcome {
    books.store.page(Kind::Customer, &call.form, &[("email", "/email")], |_| true)
}

pub(crate) fn update(books: &mut Books, call: &Call) -> Outcome {
    let present = books.get(Kind::Customer, call.id())?;
    let metadata = call.form.metadata("metadata", present.get("metadata").unwrap_or(&Value::Null))?;
    books.change(Kind::Customer, call.id(), &["customer.updated"], |customer| {
        fill(&call.form, customer);
        set(customer, "metadata", metadata);
    })
}

impl Books {
    /// The customer that a parameter names.
    pub(crate) fn customer_named(&self, form: &Form, place: &str) -> Result<Option<Value>, Refusal> {
        let Some(id) = form.text(place) else { return Ok(None) };
        self.get(Kind::Customer, id).map(Some).map_err(|refusal| refusal.named_by(place))
    }
}
