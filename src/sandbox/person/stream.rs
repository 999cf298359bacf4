//! A person's events as server-sent events.

use std::time::Duration;

use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream;
use tokio::sync::watch;

use super::feed::Event;
use crate::sandbox::Shared;

/// Silence after which a comment keeps the connection open.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

struct Following {
    shared: Data<Shared>,
    user: u64,
    last: u64,
    changes: watch::Receiver<u64>,
    greeted: bool,
}

/// Streams a person's events; `Last-Event-ID` resumes.
pub(crate) async fn stream(request: HttpRequest, user: Path<u64>, shared: Data<Shared>) -> HttpResponse {
    let user = user.into_inner();
    if !shared.with(|state| state.users.contains_key(&user)) {
        return HttpResponse::NotFound().json(serde_json::json!({"error": "no such person"}));
    }
    let header = request.headers().get("Last-Event-ID").and_then(|value| value.to_str().ok());
    let seen = header.and_then(|value| value.parse().ok());
    let (changes, now) = shared.with(|state| (state.feeds.follow(user), state.feeds.last()));
    let following = Following { shared, user, last: seen.unwrap_or(now), changes, greeted: false };
    let events = stream::unfold(following, |mut following| async move {
        let text = following.next().await?;
        Some((Ok::<_, actix_web::Error>(Bytes::from(text)), following))
    });
    HttpResponse::Ok()
        .insert_header(("Content-Type", "text/event-stream"))
        .insert_header(("Cache-Control", "no-store"))
        .streaming(events)
}

impl Following {
    /// The next piece of the stream; ends with the sandbox.
    async fn next(&mut self) -> Option<String> {
        if !self.greeted {
            self.greeted = true;
            return Some(": ok\n\n".to_owned());
        }
        loop {
            self.changes.borrow_and_update();
            let events = self.shared.with(|state| state.feeds.after(self.user, self.last));
            if let Some(latest) = events.last() {
                self.last = latest.number;
                return Some(events.iter().map(line).collect());
            }
            match tokio::time::timeout(KEEP_ALIVE, self.changes.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return None,
                Err(_) => return Some(": still here\n\n".to_owned()),
            }
        }
    }
}

fn line(event: &Event) -> String {
    format!("id: {}\nevent: {}\ndata: {}\n\n", event.number, event.kind, event.data)
}
