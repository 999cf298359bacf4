//! `/stripe/sandbox`: what [`super::Stripe`] does, for those who come from outside. No program uses it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Json, Path, Query, ServiceConfig};
use serde::Deserialize;
use serde_json::{Value, json};

use super::deeds::{Dispute, How};
use super::handle::Stripe;
use super::post::Attempt;
use crate::sandbox::faults::Fault;
use crate::sandbox::json::{list, text, truth};
use crate::sandbox::{Refused, Shared};

/// The routes.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(
        web::scope("/stripe/sandbox")
            .route("/pay", web::post().to(pay))
            .route("/settle", web::post().to(settle))
            .route("/disputes", web::post().to(open_dispute))
            .route("/disputes/{dispute}", web::post().to(close_dispute))
            .route("/refunds/{refund}/fail", web::post().to(fail_refund))
            .route("/invoices/{invoice}/pay", web::post().to(pay_invoice))
            .route("/customers/{customer}/card", web::post().to(change_card))
            .route("/webhooks", web::post().to(register))
            .route("/webhooks/{endpoint}", web::delete().to(remove))
            .route("/webhooks/{endpoint}/secret", web::post().to(rotate))
            .route("/webhooks/{endpoint}/secret", web::delete().to(retire))
            .route("/switches", web::post().to(switches))
            .route("/rules", web::post().to(rules))
            .route("/faults", web::post().to(faults))
            .route("/faults", web::delete().to(clear_faults))
            .route("/events/{event}/resend", web::post().to(resend))
            .route("/deliveries", web::get().to(deliveries))
            .route("/log", web::get().to(log)),
    );
}

fn told(outcome: Result<Value, Refused>) -> HttpResponse {
    match outcome {
        Ok(body) => HttpResponse::Ok().json(body),
        Err(refused) => {
            let status = StatusCode::from_u16(refused.status).unwrap_or(StatusCode::BAD_REQUEST);
            HttpResponse::build(status).json(json!({"error": refused.error}))
        }
    }
}

fn done() -> Result<Value, Refused> {
    Ok(json!({"done": true}))
}

fn wrong(message: &str) -> Refused {
    Refused::new(400, message.to_owned())
}

fn named<'a>(body: &'a Value, key: &str) -> Result<&'a str, Refused> {
    text(body, key).ok_or_else(|| wrong(&format!("{key} is missing")))
}

async fn pay(body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    let act = || {
        let how = How::read(named(&body, "how")?).ok_or_else(|| wrong("no page has such a button"))?;
        let session = named(&body, "session")?;
        let stripe = Stripe::new(shared);
        match text(&body, "fingerprint") {
            Some(fingerprint) => stripe.pay_with(session, how, fingerprint),
            None => stripe.pay(session, how),
        }
    };
    told(act())
}

async fn settle(body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    told(named(&body, "session").and_then(|session| Stripe::new(shared).settle(session, truth(&body, "paid"))))
}

async fn open_dispute(body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    let reason = text(&body, "reason").unwrap_or("fraudulent");
    told(named(&body, "charge").and_then(|charge| Stripe::new(shared).open_dispute(charge, reason)))
}

async fn close_dispute(dispute: Path<String>, body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    let end = if truth(&body, "won") { Dispute::Won } else { Dispute::Lost };
    told(Stripe::new(shared).close_dispute(&dispute, end))
}

async fn fail_refund(refund: Path<String>, shared: Data<Shared>) -> HttpResponse {
    told(Stripe::new(shared).fail_refund(&refund))
}

async fn pay_invoice(invoice: Path<String>, shared: Data<Shared>) -> HttpResponse {
    told(Stripe::new(shared).pay_invoice(&invoice))
}

async fn change_card(customer: Path<String>, body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    told(Stripe::new(shared).change_card(&customer, truth(&body, "fails")).and_then(|()| done()))
}

async fn register(body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    let act = || {
        let (url, secret) = (named(&body, "url")?, named(&body, "secret")?);
        let types: Vec<&str> = list(&body, "types").iter().filter_map(Value::as_str).collect();
        Ok(json!({"id": Stripe::new(shared).webhook_for(url, secret, &types)}))
    };
    told(act())
}

async fn remove(endpoint: Path<String>, shared: Data<Shared>) -> HttpResponse {
    Stripe::new(shared).remove_webhook(&endpoint);
    told(done())
}

async fn rotate(endpoint: Path<String>, body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    let act = || {
        Stripe::new(shared).rotate_secret(&endpoint, named(&body, "secret")?);
        done()
    };
    told(act())
}

async fn retire(endpoint: Path<String>, shared: Data<Shared>) -> HttpResponse {
    Stripe::new(shared).retire_secret(&endpoint);
    told(done())
}

async fn switches(body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    told(shared.stripe(|books| {
        books.post.mail.read(&body);
        Ok(books.post.mail.json())
    }))
}

async fn rules(body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    told(shared.stripe(|books| {
        books.rules.read(&body).map_err(|error| wrong(&error))?;
        Ok(books.rules.json())
    }))
}

async fn faults(body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    let fault = Fault::read(&body).map_err(|error| wrong(&error));
    told(fault.and_then(|fault| {
        Stripe::new(shared).fault(fault);
        done()
    }))
}

async fn clear_faults(shared: Data<Shared>) -> HttpResponse {
    Stripe::new(shared).clear_faults();
    told(done())
}

async fn resend(event: Path<String>, shared: Data<Shared>) -> HttpResponse {
    let sent = Stripe::new(shared).resend(&event);
    told(if sent { done() } else { Err(Refused::new(404, "nobody wants this event".to_owned())) })
}

async fn deliveries(shared: Data<Shared>) -> HttpResponse {
    let all: Vec<Value> = Stripe::new(shared).deliveries().iter().map(Attempt::json).collect();
    told(Ok(Value::Array(all)))
}

/// From where on.
#[derive(Debug, Deserialize)]
struct Since {
    #[serde(default)]
    since: u64,
}

async fn log(query: Query<Since>, shared: Data<Shared>) -> HttpResponse {
    let all: Vec<Value> = Stripe::new(shared).log(query.since).iter().map(|exchange| exchange.json()).collect();
    told(Ok(json!({"exchanges": all})))
}
