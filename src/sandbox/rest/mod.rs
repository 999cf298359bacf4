//! REST v10: one entry that authenticates, limits, answers and keeps a record of every exchange with a bot.

mod call;
mod callbacks;
mod channels;
mod commands;
mod followups;
mod guilds;
mod members;
mod messages;
mod multipart;
mod overwrites;
mod roles;
mod routes;
mod threads;
mod users;

use std::time::Duration;

use actix_web::http::header::HeaderValue;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use serde_json::Value;

use call::Call;
pub(crate) use messages::{may_send, unarchive};
use routes::Found;
pub(crate) use routes::Route;

use super::Shared;
use super::faults::Hit;
use super::log::Exchange;
use super::rates::{Standing, TooMany};
use super::refusal::Refusal;
use super::state::File;

/// Every request under `/api/v10`.
pub(crate) async fn entry(
    request: HttpRequest,
    body: Result<Bytes, actix_web::Error>,
    shared: Data<Shared>,
) -> HttpResponse {
    // A body can only fail to arrive by being too large, or with its connection.
    let Ok(body) = body else { return refused(&Refusal::TOO_LARGE).response(None) };
    let method = request.method().as_str().to_owned();
    let path = request.match_info().query("tail").to_owned();
    let path = format!("/{}", path.trim_end_matches('/'));
    let hit = shared.faults(|faults| faults.hit(&method, &path));
    if let Some(hit) = &hit
        && let Some(ms) = hit.hang_ms
    {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
    let mut exchange = Exchange::new(&method, &path, request.query_string());
    let read = multipart::read(&request, &body);
    // Kept whatever the answer is: the witness judges what the bot asked even where it was refused.
    exchange.request = read.as_ref().map(|(json, _)| json.clone()).unwrap_or_default();
    let done = match &hit {
        Some(hit) if !hit.after => Done::bare(hit.status, hit.body()),
        _ => answer(&request, &shared, read, &mut exchange),
    };
    let done = match &hit {
        Some(hit) if hit.after => Done::bare(hit.status, hit.body()),
        _ => done,
    };
    exchange.status = done.status;
    exchange.response = done.body.clone();
    exchange.fault = hit.is_some();
    shared.log(|log| log.add(exchange));
    done.response(hit.as_ref())
}

/// A finished answer with the headers of its rate limit.
struct Done {
    status: u16,
    body: Value,
    standing: Option<Standing>,
    too_many: Option<TooMany>,
}

impl Done {
    fn bare(status: u16, body: Value) -> Self {
        Self { status, body, standing: None, too_many: None }
    }

    fn response(self, hit: Option<&Hit>) -> HttpResponse {
        if self.status == 0 {
            return cut();
        }
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = HttpResponseBuilder::new(status);
        if let Some(standing) = &self.standing {
            standing.headers(&mut response);
        }
        if let Some(too_many) = &self.too_many {
            too_many.headers(&mut response);
        }
        if let Some(seconds) = hit.and_then(|hit| hit.retry_after) {
            response.insert_header((header::RETRY_AFTER, format!("{:.0}", seconds.ceil())));
            response.insert_header(("X-RateLimit-Scope", "user"));
        }
        if self.body.is_null() {
            return response.finish();
        }
        response.insert_header((header::CONTENT_TYPE, HeaderValue::from_static("application/json")));
        response.body(self.body.to_string())
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

fn answer(
    request: &HttpRequest,
    shared: &Shared,
    read: Result<(Value, Vec<File>), Refusal>,
    exchange: &mut Exchange,
) -> Done {
    let (route, params) = match routes::find(&exchange.method, &exchange.path) {
        Found::Route(route, params) => (route, params),
        Found::OtherMethod => return refused(&Refusal::WRONG_METHOD),
        Found::Nothing => return refused(&Refusal::NOT_FOUND),
    };
    exchange.route = route.path;
    let app = match authenticate(request, shared, route) {
        Ok(app) => app,
        Err(refusal) => return refused(&refusal),
    };
    exchange.app = app;
    let standing = match shared.rates(|rates, limits| rates.take(limits, app, route, &params)) {
        Ok(standing) => standing,
        Err(too_many) => {
            return Done { status: 429, body: too_many.body(), standing: None, too_many: Some(too_many) };
        }
    };
    let outcome = read.and_then(|(json, files)| {
        let mut call = Call { app, params, query: request.query_string().to_owned(), body: json, files };
        shared.with(|state| (route.run)(state, &mut call))
    });
    let (status, body) = match outcome {
        Ok(answer) => (answer.status, answer.body),
        Err(refusal) => (refusal.status, refusal.body()),
    };
    Done { status, body, standing, too_many: None }
}

fn refused(refusal: &Refusal) -> Done {
    Done::bare(refusal.status, refusal.body())
}

fn authenticate(request: &HttpRequest, shared: &Shared, route: &Route) -> Result<u64, Refusal> {
    if route.open {
        return Ok(0);
    }
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = given.and_then(|value| value.strip_prefix("Bot ")).ok_or(Refusal::UNAUTHORIZED)?;
    let app = shared.with(|state| state.apps.values().find(|app| app.token == token).map(|app| app.id));
    app.ok_or(Refusal::UNAUTHORIZED)
}
