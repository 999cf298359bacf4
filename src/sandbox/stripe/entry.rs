//! `/stripe/v1`: one entry that authenticates, minds idempotency keys, answers and keeps a record of every exchange.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use serde_json::Value;

use super::form::Form;
use super::log::StripeExchange;
use super::object::fresh_id;
use super::refusal::Refusal;
use super::routes::{self, Call};
use super::{API_VERSION, Books, Cause, SECRET_KEY};
use crate::sandbox::Shared;
use crate::sandbox::faults::Hit;

/// Every request under `/stripe/v1`.
pub(crate) async fn entry(request: HttpRequest, body: Bytes, shared: Data<Shared>) -> HttpResponse {
    let mut ask = Ask::read(&request, &body);
    let hit = shared.stripe(|books| books.faults.hit(&ask.exchange.method, &ask.exchange.path));
    let begun = shared.stripe(|books| ask.begin(books));
    if let Some(ms) = hit.as_ref().filter(|hit| !hit.after).and_then(|hit| hit.hang_ms) {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
    let done = match begun {
        Ok(()) => shared.stripe(|books| ask.carry_out(books, hit.as_ref())),
        // A fault spoils a stored answer as any other.
        Err(done) => fault(hit.as_ref()).unwrap_or(done),
    };
    ask.exchange.status = done.status;
    ask.exchange.response = done.body.clone();
    ask.exchange.replayed = done.original.is_some();
    ask.exchange.fault = hit.is_some();
    shared.stripe(|books| books.log.add(ask.exchange.clone()));
    if let Some(ms) = hit.as_ref().filter(|hit| hit.after).and_then(|hit| hit.hang_ms) {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
    done.response(&ask, hit.as_ref())
}

/// A request on its way.
struct Ask {
    exchange: StripeExchange,
    id: String,
    authorization: Option<String>,
    version: Option<String>,
}

/// A finished answer.
struct Done {
    status: u16,
    body: Value,
    /// The request that this answer was first given to.
    original: Option<String>,
}

impl Done {
    fn of(status: u16, body: Value) -> Self {
        Self { status, body, original: None }
    }

    fn refused(refusal: &Refusal) -> Self {
        Self::of(refusal.status, refusal.body())
    }

    fn response(self, ask: &Ask, hit: Option<&Hit>) -> HttpResponse {
        let Ok(status) = StatusCode::from_u16(self.status) else { return cut() };
        let mut response = HttpResponseBuilder::new(status);
        response.insert_header((header::CONTENT_TYPE, "application/json"));
        response.insert_header(("Request-Id", ask.id.clone()));
        response.insert_header(("Stripe-Version", API_VERSION));
        if let Some(key) = &ask.exchange.key {
            response.insert_header(("Idempotency-Key", key.clone()));
        }
        if let Some(original) = &self.original {
            response.insert_header(("Idempotent-Replayed", "true"));
            response.insert_header(("Original-Request", original.clone()));
        }
        if let Some(seconds) = hit.and_then(|hit| hit.retry_after) {
            response.insert_header((header::RETRY_AFTER, format!("{:.0}", seconds.ceil())));
        }
        if matches!(self.status, 409 | 429) {
            response.insert_header(("Stripe-Should-Retry", "true"));
        }
        response.body(format!("{:#}", self.body))
    }
}

/// An answer whose connection breaks before it is whole.
fn cut() -> HttpResponse {
    let broken = futures_util::stream::iter([
        Ok(Bytes::from_static(b"{")),
        Err(std::io::Error::other("the sandbox cut this answer")),
    ]);
    HttpResponse::Ok().no_chunking(1000).streaming(broken)
}

impl Ask {
    fn read(request: &HttpRequest, body: &Bytes) -> Self {
        let head = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let tail = request.match_info().query("tail").trim_end_matches('/').to_owned();
        let method = request.method().as_str().to_owned();
        let key = head("Idempotency-Key").filter(|_| method == "POST");
        let exchange = StripeExchange {
            method,
            path: format!("/v1/{tail}"),
            query: request.query_string().to_owned(),
            form: String::from_utf8_lossy(body).into_owned(),
            key,
            ..StripeExchange::default()
        };
        Self { exchange, id: fresh_id("req"), authorization: head("Authorization"), version: head("Stripe-Version") }
    }

    /// Lets a request in, or gives the answer that it gets instead.
    fn begin(&self, books: &mut Books) -> Result<(), Done> {
        self.authenticate().map_err(|refusal| Done::refused(&refusal))?;
        let Some(key) = &self.exchange.key else { return Ok(()) };
        match books.keys.begin(books.now, key, &self.exchange.path, &self.exchange.form) {
            Ok(None) => Ok(()),
            Ok(Some((status, body, original))) => Err(Done { status, body, original: Some(original) }),
            Err(refusal) => Err(Done::refused(&refusal)),
        }
    }

    fn authenticate(&self) -> Result<(), Refusal> {
        let key = self.authorization.as_deref().map(|value| value.strip_prefix("Bearer ").unwrap_or(value));
        if key != Some(SECRET_KEY) {
            return Err(Refusal::unauthorized(key));
        }
        match self.version.as_deref() {
            None | Some(API_VERSION) => Ok(()),
            Some(other) => {
                Err(Refusal::invalid(format!("Invalid Stripe API version: {other}; the sandbox speaks {API_VERSION}")))
            }
        }
    }

    /// Does what is asked, unless a fault comes before, and keeps the answer for the key.
    fn carry_out(&self, books: &mut Books, hit: Option<&Hit>) -> Done {
        let fault = fault(hit);
        let before = hit.is_some_and(|hit| !hit.after);
        let (done, early) = match &fault {
            Some(fault) if before => (Done::of(fault.status, fault.body.clone()), matches!(fault.status, 0 | 429)),
            _ => self.answer(books),
        };
        let shown = match fault {
            Some(fault) if !before => fault,
            _ => Done::of(done.status, done.body.clone()),
        };
        if let Some(key) = &self.exchange.key {
            // A 500 is kept also when everything was done; of a cut or a 429 the key never hears.
            let kept = if shown.status >= 500 { &shown } else { &done };
            if early {
                books.keys.release(key);
            } else {
                books.keys.keep(key, kept.status, &kept.body, &self.id);
            }
        }
        shown
    }

    /// The answer, and whether it was given before anything was carried out.
    fn answer(&self, books: &mut Books) -> (Done, bool) {
        books.cause = Cause { request: Some(self.id.clone()), key: self.exchange.key.clone() };
        let outcome = self.run(books);
        books.cause = Cause::default();
        match outcome {
            Ok(body) => (Done::of(200, body), false),
            Err(refusal) => (Done::refused(&refusal), refusal.early),
        }
    }

    fn run(&self, books: &mut Books) -> Result<Value, Refusal> {
        let StripeExchange { method, path, query, form, .. } = &self.exchange;
        let (route, params) = routes::find(method, path).ok_or_else(|| Refusal::unknown_path(method, path))?;
        let form = Form::read(if method == "GET" || form.is_empty() { query } else { form });
        if let Some(stranger) = route.stranger(&form) {
            return Err(Refusal::unknown(&stranger));
        }
        let places = form.texts("expand");
        let mut answer = (route.run)(books, &Call { params, form })?;
        books.expand(&mut answer, &places)?;
        Ok(answer)
    }
}

/// The answer of a fault; status 200 only waits.
fn fault(hit: Option<&Hit>) -> Option<Done> {
    let status = hit.map(|hit| hit.status).filter(|status| *status != 200)?;
    Some(Done::of(status, if status == 0 { Value::Null } else { Refusal::requested(status).body() }))
}
