//! A request as its handler gets it: one type for each who may call, which nothing but [`super::enter`] makes.

use super::Rooms;
use super::refused::Refused;
use crate::domain::panel::{Session, Token};
use crate::kernel::{Error, Locale};
use crate::panel::{self, Panel};
use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// What every request brings.
pub(super) struct Asked {
    pub(super) rooms: Arc<Rooms>,
    pub(super) request: HttpRequest,
    pub(super) body: web::Bytes,
    /// In which language is answered.
    pub(super) locale: Locale,
}

/// Of anybody.
pub(super) struct Open {
    pub(super) asked: Asked,
}

/// Of who is signed in.
pub(super) struct Own {
    pub(super) asked: Asked,
    pub(super) session: Session,
    pub(super) token: Token,
}

/// Of staff of the guild in the path.
pub(super) struct Staff {
    pub(super) asked: Asked,
    pub(super) staff: panel::Staff,
}

impl Asked {
    /// What may be asked.
    pub(super) fn panel(&self) -> &Panel {
        &self.rooms.panel
    }

    /// A part of the path.
    pub(super) fn part(&self, name: &str) -> &str {
        self.request.match_info().get(name).unwrap_or_default()
    }

    /// A number in the path.
    ///
    /// # Errors
    /// [`Error::NotFound`] for what is no number: there is nothing under it.
    pub(super) fn number(&self, name: &str, what: &'static str) -> Result<i64, Refused> {
        let number = self.part(name).parse().ok().filter(|number| *number > 0);
        number.ok_or(Refused::Error(Error::NotFound(what)))
    }

    /// What stands behind the path.
    ///
    /// # Errors
    /// [`Refused::Unreadable`].
    pub(super) fn query<T: DeserializeOwned>(&self) -> Result<T, Refused> {
        let read = web::Query::<T>::from_query(self.request.query_string());
        read.map(web::Query::into_inner).map_err(|error| Refused::Unreadable(error.to_string()))
    }

    /// What came with it.
    ///
    /// # Errors
    /// [`Refused::Unreadable`].
    pub(super) fn body<T: DeserializeOwned>(&self) -> Result<T, Refused> {
        let unreadable = |error: serde_json::Error| Refused::Unreadable(error.to_string());
        // A list of values in the order of the fields isn't what is described, though it could be read.
        let body: serde_json::Map<String, serde_json::Value> =
            serde_json::from_slice(&self.body).map_err(unreadable)?;
        serde_json::from_value(body.into()).map_err(unreadable)
    }

    /// The key under which a repeat is known, where the page gave one.
    ///
    /// # Errors
    /// [`Refused::Unreadable`] for one that can't be kept.
    pub(super) fn key(&self) -> Result<Option<String>, Refused> {
        let Some(key) = self.request.headers().get("Idempotency-Key") else { return Ok(None) };
        let fits =
            |key: &&str| (8..=64).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let wrong = || Refused::Unreadable("Idempotency-Key: 8 to 64 letters, digits and hyphens".to_owned());
        key.to_str().ok().filter(fits).map(|key| Some(key.to_owned())).ok_or_else(wrong)
    }
}

/// A value as JSON, kept by nobody on the way.
pub(super) fn json(value: &impl Serialize) -> Result<HttpResponse, Refused> {
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(value))
}

/// It is done, and there is nothing to say.
pub(super) fn done() -> Result<HttpResponse, Refused> {
    Ok(HttpResponse::NoContent().insert_header((CACHE_CONTROL, "no-store")).finish())
}
