//! The route on which the payment provider tells us things. It reads the bytes and answers; what they say, and whether they
//! are believed, is decided by what was handed in as [`Webhook`].

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use async_trait::async_trait;
use std::sync::Arc;
use std::time::Duration;

/// The largest delivery, in bytes; an event is a few kilobytes.
const LARGEST: usize = 512 << 10;
/// How long a body may take to arrive.
const ARRIVES: Duration = Duration::from_secs(10);

/// Why a delivery was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It is too large.
    TooLarge,
    /// It broke off, or took too long.
    Broken,
}

/// What becomes of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivered {
    /// It is kept for good.
    Taken,
    /// It will never be taken.
    Refused,
    /// It can't be kept at present; it should come again.
    Later,
    /// Nothing is taken here until somebody changes the settings.
    Off,
}

/// Takes deliveries.
#[async_trait]
pub trait Webhook: Send + Sync {
    /// Takes a delivery: the header that signs it, and its raw bytes.
    async fn deliver(&self, signature: Option<&str>, body: &[u8]) -> Delivered;
    /// Counts a delivery that was not read.
    fn unread(&self, why: Unread);
}

/// Adds the route.
pub(super) fn routes(config: &mut web::ServiceConfig, webhook: Arc<dyn Webhook>) {
    config.app_data(web::Data::from(webhook)).service(web::resource("/webhooks/stripe").route(web::post().to(deliver)));
}

async fn deliver(request: HttpRequest, payload: web::Payload, webhook: web::Data<dyn Webhook>) -> HttpResponse {
    let body = match tokio::time::timeout(ARRIVES, payload.to_bytes_limited(LARGEST)).await {
        Ok(Ok(Ok(body))) => body,
        Ok(Err(_)) => {
            webhook.unread(Unread::TooLarge);
            return answer(StatusCode::PAYLOAD_TOO_LARGE, "too large");
        }
        Ok(Ok(Err(_))) | Err(_) => {
            webhook.unread(Unread::Broken);
            return answer(StatusCode::REQUEST_TIMEOUT, "incomplete");
        }
    };
    // A header that is no text is no signature of Stripe's; it is refused as one that can't be read.
    let signature = request.headers().get("stripe-signature").map(|header| header.to_str().unwrap_or_default());
    match webhook.deliver(signature, &body).await {
        Delivered::Taken => answer(StatusCode::OK, "taken"),
        Delivered::Refused => answer(StatusCode::BAD_REQUEST, "refused"),
        Delivered::Later => answer(StatusCode::SERVICE_UNAVAILABLE, "try again later"),
        Delivered::Off => answer(StatusCode::SERVICE_UNAVAILABLE, "not set up"),
    }
}

/// The body is constant: it tells a forger nothing.
fn answer(status: StatusCode, body: &'static str) -> HttpResponse {
    HttpResponse::build(status).content_type("text/plain; charset=utf-8").body(body)
}
