//! The customer portal, the page of an invoice, and a receipt.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Form, Path};
use serde_json::Value;

use super::words::{self, Words};
use super::{button, escaped, lead, page, sorry, web_link};
use crate::sandbox::Shared;
use crate::sandbox::json::{list, text, truth};
use crate::sandbox::stripe::Books;
use crate::sandbox::stripe::object::{field, int, own};
use crate::sandbox::stripe::refusal::Refusal;
use crate::sandbox::stripe::store::Kind;
use crate::sandbox::stripe::subscriptions::{item_of, period_end};

pub(super) async fn show(session: Path<String>, shared: Data<Shared>) -> HttpResponse {
    shared.stripe(|books| match books.get(Kind::Portal, &session) {
        Ok(object) => view(books, &object),
        Err(refusal) => sorry(words::of(&Value::Null), &refusal),
    })
}

fn view(books: &Books, session: &Value) -> HttpResponse {
    let words = words::of(session);
    let customer = own(session, "customer");
    let live =
        |object: &&Value| text(object, "customer") == Some(&customer) && text(object, "status") != Some("canceled");
    let all = books.store.all(Kind::Subscription).map(|row| &row.object).filter(live);
    let rows: String = all.map(|subscription| row(books, words, subscription)).collect();
    let rows = if rows.is_empty() { format!("<p>{}</p>\n", words.nothing) } else { rows };
    let cards = button("good_card", words.good_card, "") + &button("bad_card", words.bad_card, "");
    let back = web_link(session, "return_url")
        .map_or_else(String::new, |link| format!("<p><a href=\"{}\">{}</a></p>\n", escaped(&link), words.back));
    let body = format!("<h1>{}</h1>\n{rows}<form method=\"post\">\n{cards}</form>\n{back}", words.portal);
    page(words, words.portal, &body, &[])
}

fn row(books: &Books, words: &Words, subscription: &Value) -> String {
    let item = item_of(subscription);
    let price = field(&item, "price");
    let name = books.store.get(Kind::Product, &own(&price, "product")).map(|product| own(product, "name"));
    let sum = words.sum(int(&price, "unit_amount"), &own(&price, "currency"));
    let ending = truth(subscription, "cancel_at_period_end");
    let (word, label) = if ending { ("resume", words.resume) } else { ("cancel", words.cancel) };
    format!(
        "<section>\n<h2>{}</h2>\n<p>{sum} {}</p>\n<p>{} {}</p>\n<form method=\"post\">\n\
         <input type=\"hidden\" name=\"subscription\" value=\"{}\">\n{}</form>\n</section>\n",
        escaped(&name.unwrap_or_default()),
        words.rhythm(&price),
        if ending { words.ends } else { words.renews },
        words.day(period_end(subscription)),
        escaped(&own(subscription, "id")),
        button(word, label, ""),
    )
}

pub(super) async fn press(
    session: Path<String>,
    pressed: Form<HashMap<String, String>>,
    shared: Data<Shared>,
) -> HttpResponse {
    let done = shared.stripe(|books| {
        let customer = own(&books.get(Kind::Portal, &session)?, "customer");
        let subscription = pressed.get("subscription").map(String::as_str).unwrap_or_default();
        let theirs = |books: &Books| {
            let object = books.get(Kind::Subscription, subscription)?;
            if own(&object, "customer") == customer {
                Ok(())
            } else {
                Err(Refusal::missing("subscription", subscription))
            }
        };
        match pressed.get("how").map(String::as_str) {
            Some("cancel") => theirs(books).and_then(|()| books.cancel_at_period_end(subscription, true)).map(drop),
            Some("resume") => theirs(books).and_then(|()| books.cancel_at_period_end(subscription, false)).map(drop),
            Some("good_card") => books.change_card(&customer, false),
            Some("bad_card") => books.change_card(&customer, true),
            _ => Ok(()),
        }
    });
    match done {
        Ok(()) => lead(&format!("/stripe/portal/{session}")),
        Err(refusal) => sorry(words::of(&Value::Null), &refusal),
    }
}

pub(super) async fn invoice(invoice: Path<String>, shared: Data<Shared>) -> HttpResponse {
    shared.stripe(|books| match books.get(Kind::Invoice, &invoice) {
        Ok(object) => invoice_page(&object),
        Err(refusal) => sorry(words::of(&Value::Null), &refusal),
    })
}

fn invoice_page(invoice: &Value) -> HttpResponse {
    let words = words::of(invoice);
    let currency = own(invoice, "currency");
    let lines = field(invoice, "lines");
    let row = |line: &Value| {
        let sum = words.sum(int(line, "amount"), &currency);
        format!("<tr><td>{}</td><td>{sum}</td></tr>\n", escaped(&own(line, "description")))
    };
    let rows: String = list(&lines, "data").iter().map(row).collect();
    let sum = words.sum(int(invoice, "amount_due"), &currency);
    let end = match text(invoice, "status") {
        Some("open") => format!("<form method=\"post\">\n{}</form>", button("card", words.card, "main")),
        Some("paid") => format!("<p>{}</p>", words.paid),
        _ => String::new(),
    };
    let title = format!("{} {}", words.invoice, own(invoice, "number"));
    let title = escaped(&title);
    let body = format!(
        "<h1>{title}</h1>\n<table>\n{rows}</table>\n<p class=\"total\">{} <strong>{sum}</strong></p>\n{end}",
        words.total
    );
    page(words, &title, &body, &[])
}

pub(super) async fn pay_invoice(invoice: Path<String>, shared: Data<Shared>) -> HttpResponse {
    match shared.stripe(|books| books.pay_invoice(&invoice)) {
        Ok(_) => lead(&format!("/stripe/invoice/{invoice}")),
        Err(refusal) => sorry(words::of(&Value::Null), &refusal),
    }
}

pub(super) async fn receipt(charge: Path<String>, shared: Data<Shared>) -> HttpResponse {
    shared.stripe(|books| match books.get(Kind::Charge, &charge) {
        Ok(object) => {
            let words = words::of(&object);
            let sum = words.sum(int(&object, "amount"), &own(&object, "currency"));
            page(
                words,
                words.receipt,
                &format!("<h1>{}</h1>\n<p class=\"total\"><strong>{sum}</strong></p>", words.receipt),
                &[],
            )
        }
        Err(refusal) => sorry(words::of(&Value::Null), &refusal),
    })
}
