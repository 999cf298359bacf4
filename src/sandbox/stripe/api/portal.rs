//! Sessions of the customer portal.

use serde_json::{Value, json};

use crate::sandbox::stripe::Books;
use crate::sandbox::stripe::object::{fresh_id, id_of};
use crate::sandbox::stripe::refusal::Refusal;
use crate::sandbox::stripe::routes::{Call, Outcome};
use crate::sandbox::stripe::store::Kind;

/// What making a session takes.
pub(crate) const TAKES: &[&str] = &["customer", "return_url", "locale", "configuration"];

pub(crate) fn create(books: &mut Books, call: &Call) -> Outcome {
    let form = &call.form;
    let customer = books.customer_named(form, "customer")?.ok_or_else(|| Refusal::required("customer"))?;
    let id = fresh_id("bps");
    let session = json!({
        "id": id, "object": "billing_portal.session",
        "configuration": form.text("configuration").unwrap_or("bpc_1SandboxOfTheDemo0000000"), "created": books.now,
        "customer": id_of(&customer), "customer_account": null, "flow": null, "livemode": false,
        "locale": form.text("locale"), "on_behalf_of": null, "return_url": form.text("return_url"),
        "url": format!("{}/portal/{id}", books.base),
    });
    Ok(books.add(Kind::Portal, session, Value::Null, "billing_portal.session.created"))
}
