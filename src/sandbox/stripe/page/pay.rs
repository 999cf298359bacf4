//! The hosted checkout page.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Form, Path};
use serde_json::Value;

use super::words::{self, Words};
use super::{button, escaped, lead, page, sorry, web_link};
use crate::sandbox::Shared;
use crate::sandbox::json::{list, text, truth};
use crate::sandbox::stripe::Books;
use crate::sandbox::stripe::deeds::How;
use crate::sandbox::stripe::object::{int, own};
use crate::sandbox::stripe::store::Kind;

pub(super) async fn show(session: Path<String>, shared: Data<Shared>) -> HttpResponse {
    shared.stripe(|books| view(books, &session, ""))
}

pub(super) async fn press(
    session: Path<String>,
    pressed: Form<HashMap<String, String>>,
    shared: Data<Shared>,
) -> HttpResponse {
    shared.stripe(|books| {
        let object = match books.get(Kind::Session, &session) {
            Ok(object) => object,
            Err(refusal) => return sorry(words::of(&Value::Null), &refusal),
        };
        let words = words::of(&object);
        let word = pressed.get("how").map(String::as_str).unwrap_or_default();
        if word == "back" {
            return web_link(&object, "cancel_url").map_or_else(|| view(books, &session, ""), |link| lead(&link));
        }
        let Some(how) = How::read(word) else { return view(books, &session, "") };
        match books.pay(&session, how, None) {
            Ok(paid) if text(&paid, "status") == Some("complete") => lead(&books.success_url(&session)),
            Ok(_) if how == How::ThreeDSecure => lead(&format!("/stripe/pay/{session}")),
            Ok(_) => view(books, &session, words.declined),
            Err(_) if text(&object, "status") == Some("open") => view(books, &session, words.used_up),
            Err(refusal) => sorry(words, &refusal),
        }
    })
}

fn view(books: &Books, session: &str, said: &str) -> HttpResponse {
    let object = match books.get(Kind::Session, session) {
        Ok(object) => object,
        Err(refusal) => return sorry(words::of(&Value::Null), &refusal),
    };
    let words = words::of(&object);
    let title = if text(&object, "mode") == Some("subscription") { words.subscribe } else { words.pay };
    if text(&object, "status") != Some("open") {
        return page(words, words.gone, &format!("<h1>{}</h1>", words.gone), &[]);
    }
    let notes = books.notes(Kind::Session, session);
    let body = if truth(&notes, "challenged") {
        let buttons = button("confirm", words.confirm, "main") + &button("fail", words.fail, "");
        format!(
            "<h1>{}</h1>\n<p>{}</p>\n{}<form method=\"post\">\n{buttons}</form>",
            words.bank,
            words.bank_asks,
            total(words, &object)
        )
    } else {
        let alert = if said.is_empty() { String::new() } else { format!("<p role=\"alert\">{said}</p>\n") };
        format!(
            "<h1>{title}</h1>\n{alert}{}{}{}",
            bought(books, words, session, &object),
            total(words, &object),
            buttons(words, &object)
        )
    };
    let away = [own(&object, "success_url"), own(&object, "cancel_url")];
    page(words, title, &body, &[&away[0], &away[1]])
}

fn bought(books: &Books, words: &Words, session: &str, object: &Value) -> String {
    let currency = own(object, "currency");
    let items = books.session_items(session);
    let row = |item: &Value| {
        let price = item.get("price").unwrap_or(&Value::Null);
        let each = int(price, "unit_amount").saturating_mul(int(item, "quantity"));
        format!(
            "<tr><td>{} × {}</td><td>{} {}</td></tr>\n",
            int(item, "quantity"),
            escaped(&own(item, "description")),
            words.sum(each, &currency),
            words.rhythm(price)
        )
    };
    let rows: String = list(&items, "data").iter().map(row).collect();
    let off = object.pointer("/total_details/amount_discount").and_then(Value::as_i64).unwrap_or(0);
    let off = if off == 0 {
        String::new()
    } else {
        format!("<tr><td>{}</td><td>{}</td></tr>\n", words.discount, words.sum(-off, &currency))
    };
    let notes = books.notes(Kind::Session, session);
    let trial = notes.pointer("/subscription/trial_end").is_some_and(Value::is_u64);
    let trial = if trial { format!("<p>{}</p>\n", words.trial) } else { String::new() };
    format!("<table>\n{rows}{off}</table>\n{trial}")
}

fn total(words: &Words, object: &Value) -> String {
    let sum = words.sum(int(object, "amount_total"), &own(object, "currency"));
    format!("<p class=\"total\">{} <strong>{sum}</strong></p>\n", words.total)
}

fn buttons(words: &Words, object: &Value) -> String {
    let takes = |kind: &str| list(object, "payment_method_types").iter().any(|one| one == kind);
    let free = int(object, "amount_total") == 0;
    let recurring = text(object, "mode") == Some("subscription");
    let mut others = String::new();
    if !free {
        others += &button("decline", words.decline, "");
        others += &button("three_d_secure", words.secure, "");
    }
    if recurring {
        others += &button("card_fails_later", words.fails_later, "");
    }
    if takes("sepa_debit") && !free {
        others += &button("sepa", words.sepa, "");
        others += &button("sepa_fails", words.sepa_fails, "");
    }
    let main = button("card", if free && !recurring { words.confirm_free } else { words.card }, "main");
    let asks = object.pointer("/consent_collection/terms_of_service").and_then(Value::as_str) == Some("required");
    let said = object.pointer("/custom_text/terms_of_service_acceptance/message").and_then(Value::as_str);
    let terms = if asks {
        let said = said.map_or_else(|| words.terms.to_owned(), escaped);
        format!("<label><input type=\"checkbox\" name=\"terms\" required> {said}</label>\n")
    } else {
        String::new()
    };
    let back = if web_link(object, "cancel_url").is_some() {
        format!("<form method=\"post\" class=\"back\">\n{}</form>", button("back", words.back, "plain"))
    } else {
        String::new()
    };
    let others = if others.is_empty() {
        String::new()
    } else {
        format!("<details>\n<summary>{}</summary>\n{others}</details>\n", words.others)
    };
    format!("<form method=\"post\">\n{terms}{main}{others}</form>\n{back}")
}
