//! The routes of who is signed in: himself and his sessions.

use super::asked::{Own, done, json};
use super::cookie::Cookie;
use super::refused::Refused;
use actix_web::HttpResponse;
use actix_web::http::header::SET_COOKIE;

pub(super) async fn me(own: Own) -> Result<HttpResponse, Refused> {
    json(&own.asked.panel().me(&own.session, &own.token).await?)
}

pub(super) async fn sessions(own: Own) -> Result<HttpResponse, Refused> {
    json(&own.asked.panel().sessions(&own.session).await?)
}

pub(super) async fn end_session(own: Own) -> Result<HttpResponse, Refused> {
    own.asked.panel().end_session(&own.session, own.asked.part("session")).await?;
    done()
}

pub(super) async fn sign_out(own: Own) -> Result<HttpResponse, Refused> {
    own.asked.panel().sign_out(&own.session).await?;
    let mut response = done()?;
    if let Ok(unset) = Cookie::Session.unset(own.asked.rooms.gate.is_secure()).parse() {
        response.headers_mut().insert(SET_COOKIE, unset);
    }
    Ok(response)
}
