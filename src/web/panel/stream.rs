//! What happens, as a stream (WHATWG HTML, 9.2): until its page goes, or its person has nothing more to look for there.

use super::asked::Staff;
use super::refused::Refused;
use crate::panel::{self, Following, Heard};
use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use bytes::Bytes;
use futures_util::stream::unfold;
use serde::Deserialize;
use serde_json::json;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

/// How often it is looked whether the page may still be one.
const LOOK: Duration = Duration::from_millis(750);
/// After how long without a word a sign of life is sent.
const ALIVE: Duration = Duration::from_secs(15);
/// For how long it may be unknown whether the page may still be one.
const UNKNOWN: Duration = Duration::from_secs(30);

#[derive(Deserialize, Default)]
#[serde(default)]
struct After {
    after: String,
}

struct Going {
    panel: Arc<crate::panel::Panel>,
    staff: panel::Staff,
    following: Following,
    stop: CancellationToken,
    look: Interval,
    said: Instant,
    unknown: Option<Instant>,
    first: Option<String>,
    over: bool,
}

pub(super) async fn stream(staff: Staff) -> Result<HttpResponse, Refused> {
    let After { after } = staff.asked.query()?;
    let header = staff.asked.request.headers().get("Last-Event-ID").and_then(|id| id.to_str().ok());
    let after = header.or(Some(after.as_str())).filter(|after| !after.is_empty());
    let panel = staff.asked.rooms.panel.clone();
    let following = panel.follow(&staff.staff, after)?;
    let mut first = String::from(": here\n\n");
    if following.reset {
        first.push_str("event: reset\ndata: {}\n\n");
    }
    for heard in panel.all_named(staff.staff.guild.id, &following.missed).await {
        first.push_str(&written(&heard, &staff.staff).unwrap_or_default());
    }
    if let Some(at) = following.at {
        first.push_str(&format!("id: {at}\n\n"));
    }
    let mut look = interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let stop = panel.stop().clone();
    let (staff, said) = (staff.staff, Instant::now());
    let going = Going { panel, staff, following, stop, look, said, unknown: None, first: Some(first), over: false };
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(unfold(going, next)))
}

async fn next(mut going: Going) -> Option<(Result<Bytes, Infallible>, Going)> {
    if going.over {
        return None;
    }
    let text = match going.first.take() {
        Some(first) => first,
        None => going.next().await?,
    };
    going.said = Instant::now();
    Some((Ok(Bytes::from(text)), going))
}

impl Going {
    /// What is said next; `None`: nothing more.
    async fn next(&mut self) -> Option<String> {
        loop {
            tokio::select! {
                () = self.stop.cancelled() => return None,
                _ = self.look.tick() => {
                    match self.panel.still(&self.staff).await {
                        Ok(None) => self.unknown = None,
                        Ok(Some(why)) => {
                            self.over = true;
                            return Some(format!("event: over\ndata: {}\n\n", json!({"why": why.as_str()})));
                        }
                        Err(_) if self.unknown.get_or_insert_with(Instant::now).elapsed() > UNKNOWN => return None,
                        Err(_) => {}
                    }
                    if self.said.elapsed() >= ALIVE {
                        return Some(": still here\n\n".to_owned());
                    }
                }
                heard = self.following.heard.recv() => match heard {
                    Ok(heard) => {
                        if let Some(text) = written(&heard, &self.staff) {
                            return Some(text);
                        }
                    }
                    Err(RecvError::Lagged(_)) => return Some("event: reset\ndata: {}\n\n".to_owned()),
                    Err(RecvError::Closed) => return None,
                },
            }
        }
    }
}

/// What was heard in the stream's format; `None` where it isn't of this guild.
fn written(heard: &Heard, staff: &panel::Staff) -> Option<String> {
    match heard {
        Heard::Ticket(guild, at, happened) if *guild == staff.guild.id => {
            // Our own types always make JSON, on one line.
            let data = serde_json::to_string(happened).ok()?;
            let id = at.map(|at| format!("id: {at}\n")).unwrap_or_default();
            Some(format!("{id}event: ticket\ndata: {data}\n\n"))
        }
        Heard::Presence(guild, number, here) if *guild == staff.guild.id => {
            let own = staff.session.user.to_string();
            let here: Vec<_> = here.iter().filter(|one| one.id != own).collect();
            Some(format!("event: presence\ndata: {}\n\n", json!({"number": number, "here": here})))
        }
        Heard::Row(guild, at, row) if *guild == staff.guild.id && staff.rank >= row.least() => {
            let data = serde_json::to_string(row).ok()?;
            Some(format!("id: {at}\nevent: {}\ndata: {data}\n\n", row.event))
        }
        Heard::Ticket(..) | Heard::Row(..) | Heard::Presence(..) => None,
    }
}
