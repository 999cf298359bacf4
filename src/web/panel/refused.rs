//! What is said where something isn't done: a word for the page, a sentence for the person, and to which field it belongs.

use super::enter::Reader;
use super::fields;
use crate::commands;
use crate::control::{Denied, Why};
use crate::kernel::Error;
use crate::kernel::error::Problem;
use crate::kernel::words::Speech;
use crate::panel::Panel;
use crate::panel::deeds::Preview;
use crate::panel::team::{Decision, ErasureView, NotDone, PricesPreview};
use crate::panel::unmarked;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, RETRY_AFTER};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A preview, with prices where there are some.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelShown)]
#[serde(untagged)]
pub(super) enum Shown {
    /// In sentences.
    Text(Preview),
    /// With prices.
    Prices(PricesPreview),
    /// With what an erasure erases and what stays.
    Erasure(ErasureView),
}

/// The body of a refusal.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelRefused)]
pub(super) struct Body {
    /// A word for the page.
    error: String,
    /// A sentence for the person.
    text: String,
    /// Of what can't be read: where, for who wrote the program that asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// The field that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    /// Of who isn't signed in: whether one can sign in with Discord here.
    #[serde(skip_serializing_if = "Option::is_none")]
    discord: Option<bool>,
    /// The message with which it collides.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Value>,
    /// The preview that is to be confirmed first.
    #[serde(skip_serializing_if = "Option::is_none")]
    preview: Option<Shown>,
    /// The plan of Shellia's as it is, where it isn't as it was shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<Box<Decision>>,
}

/// What isn't done, and why.
#[derive(Debug)]
pub(super) enum Refused {
    /// As somebody of the house says it.
    Error(Error),
    /// Nobody is signed in, or not any more.
    SignedOut,
    /// It comes from a foreign page, or lacks what a page of ours says.
    Foreign,
    /// Too many requests; the seconds to wait.
    TooOften(u64),
    /// The body is too large.
    TooLarge,
    /// The body didn't arrive whole.
    Broken,
    /// The body, or what stands behind the path, can't be read.
    Unreadable(String),
    /// Somebody was faster: the word, the text's id, and what he did.
    Meanwhile(&'static str, &'static str, Value),
    /// It is done only once a preview was seen; the word, `confirm` or `changed`, and the preview.
    Unconfirmed(&'static str, Preview),
    /// The same with prices.
    Prices(&'static str, PricesPreview),
    /// The same of an erasure.
    Erasure(&'static str, ErasureView),
    /// There is nothing to confirm; why, in sentences.
    Unasked(String),
    /// What a command refused about one of its options, which the page calls otherwise.
    Field(&'static str, Error),
    /// The desk that answers Shellia says no; the plan as it is, where it isn't as it was shown.
    Denied(Denied, Option<Box<Decision>>),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<NotDone> for Refused {
    fn from(not: NotDone) -> Self {
        match not {
            NotDone::Error(error) => Self::Error(error),
            NotDone::Denied(denied) => Self::Denied(denied, None),
            NotDone::Changed(denied, plan) => Self::Denied(denied, Some(plan)),
        }
    }
}

impl Refused {
    /// The answer.
    pub(super) fn response(self, panel: &Panel, reader: &Reader) -> HttpResponse {
        let say = panel.app().words.speak(reader.locale).on_a_page();
        let (status, body, wait) = self.told(&say, &reader.zone, panel);
        let mut response = HttpResponse::build(status);
        if let Some(seconds) = wait {
            response.insert_header((RETRY_AFTER, seconds.to_string()));
        }
        response.insert_header((CACHE_CONTROL, "no-store")).json(body)
    }

    fn told(self, say: &Speech<'_>, zone: &str, panel: &Panel) -> (StatusCode, Body, Option<u64>) {
        let body = |error: &str, text: String| Body {
            error: error.to_owned(),
            text,
            detail: None,
            field: None,
            discord: None,
            message: None,
            preview: None,
            plan: None,
        };
        let plain = |status, error, text| (status, body(error, say.t(text)), None);
        match self {
            Self::SignedOut => {
                let body = Body { discord: Some(panel.has_discord()), ..body("signed-out", say.t("panel-signed-out")) };
                (StatusCode::UNAUTHORIZED, body, None)
            }
            Self::Foreign => plain(StatusCode::FORBIDDEN, "foreign", "panel-foreign"),
            Self::TooOften(seconds) => {
                let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
                let text = say.with("error-too-many", &[("seconds", seconds.into())]);
                (StatusCode::TOO_MANY_REQUESTS, body("too-many", text), u64::try_from(seconds).ok())
            }
            Self::TooLarge => plain(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "panel-too-large"),
            Self::Broken => plain(StatusCode::REQUEST_TIMEOUT, "broken", "panel-broken"),
            // The page's fault.
            Self::Unreadable(why) => {
                let told = body("unreadable", say.t("panel-unreadable"));
                (StatusCode::BAD_REQUEST, Body { detail: Some(why), ..told }, None)
            }
            Self::Meanwhile(word, text, with) => {
                (StatusCode::CONFLICT, Body { message: Some(with), ..body(word, say.t(text)) }, None)
            }
            Self::Unconfirmed(word, preview) => {
                let told = body(word, preview.text.clone());
                (StatusCode::CONFLICT, Body { preview: Some(Shown::Text(preview)), ..told }, None)
            }
            Self::Prices(word, preview) => {
                let told = body(word, preview.text.clone());
                (StatusCode::CONFLICT, Body { preview: Some(Shown::Prices(preview)), ..told }, None)
            }
            Self::Erasure(word, preview) => {
                let told = body(word, preview.text.clone());
                (StatusCode::CONFLICT, Body { preview: Some(Shown::Erasure(preview)), ..told }, None)
            }
            Self::Unasked(why) => (StatusCode::CONFLICT, body("refused", why), None),
            Self::Denied(denied, plan) => {
                let word = if plan.is_some() { "changed" } else { denied.error.as_str() };
                let told = body(word, denied.text);
                (status(denied.why), Body { plan, ..told }, None)
            }
            Self::Error(error) => told(say, zone, &error),
            Self::Field(field, error) => {
                let (status, body, wait) = told(say, zone, &error);
                (status, Body { field: Some(field), ..body }, wait)
            }
        }
    }
}

const fn status(why: Why) -> StatusCode {
    match why {
        Why::BadInput => StatusCode::BAD_REQUEST,
        Why::NotAllowed => StatusCode::FORBIDDEN,
        Why::NotFound => StatusCode::NOT_FOUND,
        Why::Conflict => StatusCode::CONFLICT,
        Why::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Why::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Why::Fault => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn told(say: &Speech<'_>, zone: &str, error: &Error) -> (StatusCode, Body, Option<u64>) {
    commands::log("panel", error);
    let (word, text) = commands::told(say, error);
    let text = unmarked(&fields::said(say, error).unwrap_or(text), zone, say.locale);
    let (status, text, field, wait) = match error {
        Error::NotFound("order") => (StatusCode::NOT_FOUND, say.t("panel-no-order"), None, None),
        Error::NotFound("ticket") => (StatusCode::NOT_FOUND, say.t("panel-no-ticket"), None, None),
        Error::NotFound(_) => (StatusCode::NOT_FOUND, say.t("panel-not-found"), None, None),
        Error::Conflict("error-offer-gone") => (StatusCode::CONFLICT, say.t("panel-preview-gone"), None, None),
        Error::Argument { option, problem: Problem::Missing | Problem::Empty } => {
            (StatusCode::BAD_REQUEST, say.t("panel-missing"), Some(*option), None)
        }
        Error::Argument { option, .. } => (StatusCode::BAD_REQUEST, text, Some(*option), None),
        Error::NotAllowed("panel") => (StatusCode::FORBIDDEN, say.t("panel-no-staff"), None, None),
        Error::NotAllowed(_) => (StatusCode::FORBIDDEN, text, None, None),
        Error::Conflict(_) => (StatusCode::CONFLICT, text, None, None),
        Error::TooMany { retry_after_s } => (StatusCode::TOO_MANY_REQUESTS, text, None, Some(*retry_after_s)),
        Error::Unavailable { .. } => (StatusCode::SERVICE_UNAVAILABLE, text, None, Some(5)),
        Error::Unsure { .. } | Error::Internal { .. } => (StatusCode::INTERNAL_SERVER_ERROR, text, None, None),
    };
    let error = match error {
        Error::Argument { .. } => "bad-input",
        Error::Conflict("error-offer-gone") => "changed",
        _ => word,
    };
    (
        status,
        Body {
            error: error.to_owned(),
            text,
            detail: None,
            field,
            discord: None,
            message: None,
            preview: None,
            plan: None,
        },
        wait,
    )
}
