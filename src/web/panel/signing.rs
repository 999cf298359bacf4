//! The routes of signing in.

use super::asked::{Open, done};
use super::cookie::Cookie;
use super::refused::Refused;
use crate::domain::panel::Token;
use crate::panel::Tried;
use actix_web::http::Method;
use actix_web::http::header::{CACHE_CONTROL, LOCATION, RETRY_AFTER, SET_COOKIE};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use utoipa::ToSchema;

/// The page that says why nobody was let in.
fn why(tried: Tried) -> HttpResponse {
    let to = format!("/admin-panel/index.html?why={}", tried.as_str());
    HttpResponse::SeeOther().insert_header((LOCATION, to)).insert_header((CACHE_CONTROL, "no-store")).finish()
}

/// What is answered where there were too many tries: a browser on its way is led to the page that says so.
pub(super) fn busy(request: &HttpRequest, seconds: u64) -> Result<HttpResponse, Refused> {
    if request.method() != Method::GET {
        return Err(Refused::TooOften(seconds));
    }
    let mut response = why(Tried::Busy);
    response.headers_mut().insert(RETRY_AFTER, seconds.into());
    Ok(response)
}

#[derive(Deserialize)]
struct To {
    to: Option<String>,
}

pub(super) async fn begin(open: Open) -> Result<HttpResponse, Refused> {
    let asked = open.asked;
    let secure = asked.rooms.gate.is_secure();
    let to = asked.query::<To>()?.to;
    let held = Cookie::State.read(&asked.request, secure);
    let Some(begun) = asked.panel().begin(to.as_deref(), held) else { return Ok(why(Tried::Discord)) };
    Ok(HttpResponse::Found()
        .insert_header((LOCATION, begun.to.as_str()))
        .insert_header((SET_COOKIE, Cookie::State.set(secure, &begun.browser)))
        .insert_header((CACHE_CONTROL, "no-store"))
        .finish())
}

#[derive(Deserialize)]
struct Back {
    code: Option<String>,
    state: Option<String>,
}

pub(super) async fn back(open: Open) -> Result<HttpResponse, Refused> {
    let asked = open.asked;
    let secure = asked.rooms.gate.is_secure();
    let Back { code, state } = asked.query()?;
    let held = Cookie::State.read(&asked.request, secure);
    let knock = asked.rooms.gate.knock(&asked.request);
    let finished = asked.panel().finish(&state.unwrap_or_default(), code.as_deref(), (held, knock)).await;
    Ok(match finished {
        Ok(entered) => HttpResponse::SeeOther()
            .insert_header((LOCATION, entered.to))
            .append_header((SET_COOKIE, Cookie::Session.set(secure, &entered.token)))
            .append_header((SET_COOKIE, Cookie::State.unset(secure)))
            .insert_header((CACHE_CONTROL, "no-store"))
            .finish(),
        Err(tried) => why(tried),
    })
}

/// A one-time link.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PanelLink)]
pub(super) struct Link {
    /// What stands behind `#link=`.
    token: String,
}

pub(super) async fn link(open: Open) -> Result<HttpResponse, Refused> {
    let asked = open.asked;
    let link: Link = asked.body()?;
    let knock = asked.rooms.gate.knock(&asked.request);
    let token = asked.panel().by_link(Token::read(&link.token), &knock).await?;
    let mut response = done()?;
    let set = Cookie::Session.set(asked.rooms.gate.is_secure(), &token);
    if let Ok(set) = set.parse() {
        response.headers_mut().insert(SET_COOKIE, set);
    }
    Ok(response)
}
