//! The one way in: limits, the body, where a page is from, the session, and what its person is in the guild of the path.

use super::Rooms;
use super::asked::{Asked, Open, Own, Staff};
use super::cookie::Cookie;
use super::gate::is_foreign;
use super::refused::Refused;
use super::table::{Row, Run, Who};
use crate::domain::panel::{Session, Token};
use crate::kernel::{Error, GuildId, Locale, Rank};
use actix_web::http::Method;
use actix_web::http::header::ACCEPT_LANGUAGE;
use actix_web::{HttpRequest, HttpResponse, Route, web};
use std::sync::Arc;
use std::time::Duration;

/// How long a body may take to arrive.
const ARRIVES: Duration = Duration::from_secs(10);

/// What a row is to the router.
pub(super) fn route(row: &'static Row) -> Route {
    // A row's method is one of HTTP's; a test asks each.
    let method = Method::from_bytes(row.method.as_bytes()).unwrap_or(Method::GET);
    web::method(method).to(move |rooms: web::Data<Rooms>, request: HttpRequest, payload: web::Payload| async move {
        let rooms = rooms.into_inner();
        let mut reader = Reader { locale: wanted(&request).unwrap_or_default(), zone: "UTC".to_owned() };
        match enter(row, rooms.clone(), (request, payload), &mut reader).await {
            Ok(response) => response,
            Err(refused) => refused.response(&rooms.panel, &reader),
        }
    })
}

/// How a refusal is written for who reads it.
pub(super) struct Reader {
    /// In which language.
    pub(super) locale: Locale,
    /// In which zone its times are: the guild's, once it is known.
    pub(super) zone: String,
}

/// The language that a page asks for, or a browser.
fn wanted(request: &HttpRequest) -> Option<Locale> {
    asked_for(request).or_else(|| {
        let wanted = request.headers().get(ACCEPT_LANGUAGE)?.to_str().ok()?;
        wanted.split(',').find_map(|one| Locale::from_code(one.split(';').next()?.trim()))
    })
}

fn asked_for(request: &HttpRequest) -> Option<Locale> {
    Locale::from_code(request.headers().get("X-Lang")?.to_str().ok()?)
}

async fn enter(
    row: &'static Row,
    rooms: Arc<Rooms>,
    (request, payload): (HttpRequest, web::Payload),
    reader: &mut Reader,
) -> Result<HttpResponse, Refused> {
    if let Some(seconds) = rooms.gate.too_often(&request) {
        return Err(Refused::TooOften(seconds));
    }
    let changes = request.method() != Method::GET;
    if changes && is_foreign(&request, rooms.panel.base()) {
        return Err(Refused::Foreign);
    }
    let body = if changes { arrived(payload, row.largest).await? } else { web::Bytes::new() };
    match row.run {
        Run::Trying(run) => {
            if let Some(seconds) = rooms.gate.tries_too_often(&request) {
                rooms.panel.tried_too_often(rooms.gate.knock(&request)).await;
                return super::signing::busy(&request, seconds);
            }
            run(Open { asked: Asked { rooms, request, body, locale: reader.locale } }).await
        }
        Run::Own(run) => {
            let (session, token) = signed_in(&rooms, &request, &mut reader.locale).await?;
            run(Own { asked: Asked { rooms, request, body, locale: reader.locale }, session, token }).await
        }
        Run::Staff(run) | Run::Operator(run) => {
            let (session, _) = signed_in(&rooms, &request, &mut reader.locale).await?;
            let named = request.match_info().get("guild").and_then(|id| id.parse().ok()).and_then(GuildId::new);
            let guild = named.ok_or(Refused::Error(Error::NotFound("guild")))?;
            let staff = rooms.panel.staff(session, guild).await?;
            reader.zone.clone_from(&staff.guild.time_zone);
            if row.who() == Who::Operator && staff.rank != Rank::Operator {
                return Err(Refused::Error(Error::NotAllowed("operator")));
            }
            run(Staff { asked: Asked { rooms, request, body, locale: reader.locale }, staff }).await
        }
    }
}

async fn arrived(payload: web::Payload, largest: usize) -> Result<web::Bytes, Refused> {
    match tokio::time::timeout(ARRIVES, payload.to_bytes_limited(largest)).await {
        Ok(Ok(Ok(body))) => Ok(body),
        Ok(Err(_)) => Err(Refused::TooLarge),
        Ok(Ok(Err(_))) | Err(_) => Err(Refused::Broken),
    }
}

/// The session of a request; of one that changes something, only where it says what a page of ours knows.
async fn signed_in(rooms: &Rooms, request: &HttpRequest, locale: &mut Locale) -> Result<(Session, Token), Refused> {
    let token = Cookie::Session.read(request, rooms.gate.is_secure()).ok_or(Refused::SignedOut)?;
    let session = rooms.panel.session(&token).await?.ok_or(Refused::SignedOut)?;
    *locale = asked_for(request).unwrap_or(session.locale);
    let said = request.headers().get("X-CSRF").and_then(|said| said.to_str().ok());
    if request.method() != Method::GET && said != Some(token.csrf().as_str()) {
        return Err(Refused::Foreign);
    }
    Ok((session, token))
}
