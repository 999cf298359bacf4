//! Events as a stream (WHATWG HTML, 9.2): from a position on, with a sign of life now and then, for some minutes.
//!
//! The pass of a request is looked at once, so a stream ends and who follows asks anew. There are only so many at once: a new one
//! ends the oldest, because a connection that nobody reads any more is noticed late.

use super::door::{Admitted, Shut};
use super::{Api, refuse};
use crate::control::{Batch, Denied, Event};
use actix_web::http::header::{CACHE_CONTROL, HeaderMap};
use actix_web::{HttpRequest, HttpResponse};
use bytes::Bytes;
use serde::Deserialize;
use std::collections::VecDeque;
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use utoipa::IntoParams;

/// Longest position that is looked at.
const POSITION: usize = 64;

/// How streams are set.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// After how long without an event a sign of life is sent.
    pub alive: Duration,
    /// How long one lasts.
    pub longest: Duration,
    /// How many there may be at once.
    pub most: usize,
}

/// The streams that there are.
#[derive(Default)]
pub struct Streams {
    pace: Pace,
    // The oldest first. Never held over an await.
    open: Mutex<VecDeque<CancellationToken>>,
}

impl Default for Pace {
    fn default() -> Self {
        Self { alive: Duration::from_secs(15), longest: Duration::from_secs(5 * 60), most: 16 }
    }
}

impl Streams {
    /// None yet, at that pace.
    pub fn new(pace: Pace) -> Self {
        Self { pace, open: Mutex::default() }
    }

    /// Enters a new stream; ends the oldest where there are too many. Its end leaves with the guard.
    fn enter(&self) -> (CancellationToken, tokio_util::sync::DropGuard) {
        let ended = CancellationToken::new();
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|one| !one.is_cancelled());
        open.push_back(ended.clone());
        while open.len() > self.pace.most.max(1) {
            if let Some(oldest) = open.pop_front() {
                oldest.cancel();
            }
        }
        (ended.clone(), ended.drop_guard())
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.iter().filter(|one| !one.is_cancelled()).count()
    }
}

/// From where a stream begins.
#[derive(Deserialize, IntoParams)]
pub(super) struct Begin {
    /// Behind which position; without one, and without the header `Last-Event-ID`: from now on.
    after: Option<String>,
}

/// Events as they happen: Server-Sent Events whose data is an event; a block with an id alone tells how far was read.
#[utoipa::path(get, path = "/api/events", params(Begin), responses(
    Shut,
    (status = 200, description = "A stream that ends after some minutes", body = Event, content_type = "text/event-stream"),
    (status = 400, description = "Something in it can't be used", body = Denied),
    (status = 409, description = "The position is none of this Maxis: begin anew without one", body = Denied),
    (status = 503, description = "Something that it needs can't be reached", body = Denied),
))]
pub(super) async fn events(admitted: Admitted, request: HttpRequest) -> HttpResponse {
    let after = match admitted.query::<Begin>() {
        Ok(from) => from.after.or_else(|| last_seen(request.headers())),
        Err(denied) => return refuse(&denied),
    };
    let api = admitted.api;
    if after.as_ref().is_some_and(|after| after.len() > POSITION) {
        return refuse(&super::door::unreadable(&"after: too long"));
    }
    // What can't be read is refused before anything is sent.
    let first = match api.desk.events(after.as_deref(), Duration::ZERO).await {
        Ok(first) => first,
        Err(denied) => return refuse(&denied),
    };
    let (ended, guard) = api.streams.enter();
    let until = Instant::now() + api.streams.pace.longest;
    let going = Going { api, ended, until, first: Some(first), reached: after, _guard: guard };
    HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((CACHE_CONTROL, "no-store"))
        .streaming(futures_util::stream::unfold(going, next))
}

fn last_seen(headers: &HeaderMap) -> Option<String> {
    headers.get("Last-Event-ID")?.to_str().ok().map(str::to_owned)
}

/// A stream that goes on.
struct Going {
    api: Arc<Api>,
    ended: CancellationToken,
    until: Instant,
    first: Option<Batch>,
    reached: Option<String>,
    _guard: tokio_util::sync::DropGuard,
}

async fn next(mut going: Going) -> Option<(Result<Bytes, std::convert::Infallible>, Going)> {
    let batch = match going.first.take() {
        Some(first) => first,
        None => {
            let left = going.until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            let wait = going.api.streams.pace.alive.min(left);
            tokio::select! {
                () = going.ended.cancelled() => return None,
                // A fault ends the stream; who follows asks anew and is told.
                batch = going.api.desk.events(going.reached.as_deref(), wait) => batch.ok()?,
            }
        }
    };
    let text = written(&batch, going.reached.as_deref());
    going.reached = Some(batch.reached);
    Some((Ok(Bytes::from(text)), going))
}

/// A batch in the stream's format; a comment where nothing is to be told.
fn written(batch: &Batch, before: Option<&str>) -> String {
    let mut text = String::new();
    let mut last = before;
    for event in &batch.events {
        // Our own types always make JSON, on one line.
        let Ok(data) = serde_json::to_string(event) else { continue };
        append(&mut text, format_args!("id: {}\ndata: {data}\n\n", event.number));
        last = Some(&event.number);
    }
    if last != Some(batch.reached.as_str()) {
        append(&mut text, format_args!("id: {}\n\n", batch.reached));
    }
    if text.is_empty() {
        text.push_str(": still here\n\n");
    }
    text
}

fn append(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a String can't fail.
    text.write_fmt(line).unwrap_or_default();
}
