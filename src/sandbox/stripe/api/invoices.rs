//! Reading invoices and their payments.

use serde_json::Value;

use crate::sandbox::stripe::Books;
use crate::sandbox::stripe::routes::{Call, Outcome};
use crate::sandbox::stripe::store::Kind;

pub(crate) fn get(books: &mut Books, call: &Call) -> Outcome {
    books.get(Kind::Invoice, call.id())
}

pub(crate) fn list(books: &mut Books, call: &Call) -> Outcome {
    let same = [
        ("customer", "/customer"),
        ("status", "/status"),
        ("subscription", "/parent/subscription_details/subscription"),
        ("collection_method", "/collection_method"),
    ];
    books.store.page(Kind::Invoice, &call.form, &same, |_| true)
}

pub(crate) fn payment(books: &mut Books, call: &Call) -> Outcome {
    books.get(Kind::InvoicePayment, call.id())
}

pub(crate) fn payments(books: &mut Books, call: &Call) -> Outcome {
    let intent = call.form.text("payment.payment_intent");
    books.store.page(Kind::InvoicePayment, &call.form, &[("invoice", "/invoice"), ("status", "/status")], |row| {
        intent.is_none() || paid_by(&row.object) == intent
    })
}

fn paid_by(payment: &Value) -> Option<&str> {
    payment.pointer("/payment/payment_intent").and_then(Value::as_str)
}
