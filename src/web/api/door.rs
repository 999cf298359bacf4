//! Who is let in to the control API: a limit for each address, the list of addresses, the pass, then a limit for each key.

use super::Api;
use super::address::{holds, household, origin};
use crate::control::{Asker, Behalf, Denied, Question, Taken, Turned, Verifier, Why};
use crate::kernel::{Clock, Locale};
use crate::web::Metric;
use actix_web::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION};
use actix_web::{FromRequest, HttpRequest, HttpResponse, ResponseError, dev, http::StatusCode, web};
use futures_util::future::LocalBoxFuture;
use governor::{DefaultKeyedRateLimiter, Quota};
use ipnet::IpNet;
use serde::de::DeserializeOwned;
use std::fmt;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use utoipa::IntoResponses;

/// The largest body, in bytes.
const LARGEST: usize = 256 << 10;
/// How long a body may take to arrive.
const ARRIVES: Duration = Duration::from_secs(10);

/// How the door is set.
pub struct Rules {
    /// What looks at passes; none: no key is set, and nobody is let in.
    pub verifier: Option<Verifier>,
    /// Our clock.
    pub clock: Clock,
    /// Requests that one address may make in a minute, let in or not.
    pub per_minute: NonZeroU32,
    /// Requests that may be made with one key in a minute, from wherever.
    pub per_key: NonZeroU32,
    /// From where it may be asked; empty: from everywhere.
    pub allow: Vec<IpNet>,
    /// Reverse proxies, who are believed when they say for whom they ask.
    pub proxies: Vec<IpNet>,
}

/// After so many requests, addresses that asked a while ago are forgotten.
const FORGETS: u64 = 4096;

/// Lets in who has a pass.
pub struct Door {
    rules: Rules,
    addresses: DefaultKeyedRateLimiter<IpAddr>,
    keys: DefaultKeyedRateLimiter<usize>,
    asked: AtomicU64,
    let_in: AtomicU64,
    turned: [AtomicU64; Turned::ALL.len()],
    unlisted: AtomicU64,
    limited: AtomicU64,
    limited_key: AtomicU64,
}

/// Why nobody is let in.
enum Stays {
    /// From outside, one is as the other.
    Turned(Turned),
    Unlisted,
    /// The key was used too often.
    TooOften,
}

impl Door {
    /// A door with these rules.
    pub fn new(rules: Rules) -> Self {
        let addresses = DefaultKeyedRateLimiter::keyed(Quota::per_minute(rules.per_minute));
        let keys = DefaultKeyedRateLimiter::keyed(Quota::per_minute(rules.per_key));
        let none = || AtomicU64::new(0);
        Self {
            rules,
            addresses,
            keys,
            asked: none(),
            let_in: none(),
            turned: Default::default(),
            unlisted: none(),
            limited: none(),
            limited_key: none(),
        }
    }

    /// The figures for `/metrics`.
    pub fn metrics(&self) -> Vec<Metric> {
        let count = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let mut figures = vec![Metric::new(
            "shellia_control_requests_total",
            "Requests to the control API let in.",
            count(&self.let_in),
        )];
        let turned = "shellia_control_refused_total";
        let help = "Requests to the control API turned away.";
        figures.extend(
            Turned::ALL
                .iter()
                .zip(&self.turned)
                .map(|(why, n)| Metric::new(turned, help, count(n)).label("reason", why.word())),
        );
        for (n, why) in
            [(&self.unlisted, "address"), (&self.limited, "too_often"), (&self.limited_key, "key_too_often")]
        {
            figures.push(Metric::new(turned, help, count(n)).label("reason", why));
        }
        figures
    }

    fn count(&self, why: Turned) {
        let counted = Turned::ALL.iter().zip(&self.turned).find(|(one, _)| **one == why);
        let Some((_, count)) = counted else { return };
        tell(count, why.word());
    }

    /// Who asks, where that is known: nobody else than a named proxy is believed when he names another.
    fn origin(&self, request: &HttpRequest) -> Option<IpAddr> {
        origin(request, request.peer_addr()?.ip(), &self.rules.proxies)
    }

    /// Whether an address has asked too often. What a proxy doesn't say for whom it asks is its own.
    fn is_too_often(&self, request: &HttpRequest, origin: Option<IpAddr>) -> bool {
        let Some(address) = origin.or_else(|| request.peer_addr().map(|peer| peer.ip())) else { return false };
        if self.asked.fetch_add(1, Ordering::Relaxed) % FORGETS == FORGETS - 1 {
            self.addresses.retain_recent();
        }
        self.addresses.check_key(&household(address)).is_err()
    }

    fn admit(&self, request: &HttpRequest, origin: Option<IpAddr>, body: &[u8]) -> Result<Behalf, Stays> {
        if !self.rules.allow.is_empty() && !origin.is_some_and(|address| holds(&self.rules.allow, address)) {
            return Err(Stays::Unlisted);
        }
        let taken = self.look(request, body).map_err(Stays::Turned)?;
        self.keys.check_key(&taken.key).map(|()| taken.behalf).map_err(|_| Stays::TooOften)
    }

    /// Whom the pass names that came with it, where a key of ours signed it.
    fn named(&self, request: &HttpRequest) -> Option<Behalf> {
        let header = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
        self.rules.verifier.as_ref()?.names(header.strip_prefix("Bearer ")?)
    }

    fn look(&self, request: &HttpRequest, body: &[u8]) -> Result<Taken, Turned> {
        let Some(verifier) = &self.rules.verifier else { return Err(Turned::Key) };
        let header = request.headers().get(AUTHORIZATION).ok_or(Turned::Missing)?;
        let header = header.to_str().map_err(|_| Turned::Malformed)?;
        let pass = header.strip_prefix("Bearer ").ok_or(Turned::Malformed)?;
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        verifier.take(pass, Question { method: request.method().as_str(), path, body }, self.rules.clock.now())
    }
}

/// Anybody can send nonsense: it must not fill the log, so each doubling is told.
fn tell(count: &AtomicU64, reason: &'static str) {
    let n = count.fetch_add(1, Ordering::Relaxed).saturating_add(1);
    if n.is_power_of_two() {
        tracing::warn!(reason, times = n, "a request to the control API was turned away");
    }
}

/// A request that was let in.
pub(super) struct Admitted {
    /// What serves the API.
    pub(super) api: Arc<Api>,
    /// Who asks, and in which language.
    pub(super) asker: Asker,
    /// What came with it, all of it.
    body: web::Bytes,
    query: String,
}

impl Admitted {
    /// What stands behind the path.
    ///
    /// # Errors
    /// [`Denied`] with what can't be read.
    pub(super) fn query<T: DeserializeOwned>(&self) -> Result<T, Denied> {
        web::Query::<T>::from_query(&self.query).map(web::Query::into_inner).map_err(|error| unreadable(&error))
    }
}

impl Admitted {
    /// What came with it.
    ///
    /// # Errors
    /// [`Denied`] with what can't be read.
    pub(super) fn body<T: DeserializeOwned>(&self) -> Result<T, Denied> {
        serde_json::from_slice(&self.body).map_err(|error| unreadable(&error))
    }
}

/// A program's mistake, told to its author: a person meets none.
pub(super) fn unreadable(error: &impl fmt::Display) -> Denied {
    Denied { why: Why::BadInput, error: "unreadable".to_owned(), text: error.to_string() }
}

/// The language in which the person is answered; French where it isn't said.
fn locale(request: &HttpRequest) -> Locale {
    let wanted = request.headers().get(ACCEPT_LANGUAGE).and_then(|wanted| wanted.to_str().ok());
    wanted.and_then(Locale::from_code).unwrap_or_default()
}

/// What is said to who isn't let in: nothing but that.
#[derive(Debug, IntoResponses)]
pub(super) enum Shut {
    /// Not let in
    #[response(status = 401)]
    Away,
    /// Too many requests
    #[response(status = 429)]
    TooOften,
    /// The body is too large
    #[response(status = 413)]
    TooLarge,
    /// The body did not arrive
    #[response(status = 408)]
    Broken,
}

impl fmt::Display for Shut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Away => "not let in",
            Self::TooOften => "too many requests",
            Self::TooLarge => "too large",
            Self::Broken => "incomplete",
        })
    }
}

impl ResponseError for Shut {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Away => StatusCode::UNAUTHORIZED,
            Self::TooOften => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Broken => StatusCode::REQUEST_TIMEOUT,
        }
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status_code()).json(serde_json::json!({ "error": self.to_string() }))
    }
}

impl FromRequest for Admitted {
    type Error = Shut;
    type Future = LocalBoxFuture<'static, Result<Self, Shut>>;

    fn from_request(request: &HttpRequest, payload: &mut dev::Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let api = request.app_data::<web::Data<Api>>().map(|api| api.clone().into_inner()).ok_or(Shut::Away)?;
            let origin = api.door.origin(&request);
            if api.door.is_too_often(&request, origin) {
                tell(&api.door.limited, "too_often");
                return Err(Shut::TooOften);
            }
            let payload = web::Payload::from_request(&request, &mut payload).await.map_err(|_| Shut::Broken)?;
            let reading = payload.to_bytes_limited(LARGEST);
            let body = match tokio::time::timeout(ARRIVES, reading).await {
                Ok(Ok(Ok(body))) => body,
                Ok(Err(_)) => return Err(Shut::TooLarge),
                Ok(Ok(Err(_))) | Err(_) => return Err(Shut::Broken),
            };
            // The list of addresses too is looked at behind all that: who isn't on it can't tell.
            match api.door.admit(&request, origin, &body) {
                Ok(behalf) => {
                    api.door.let_in.fetch_add(1, Ordering::Relaxed);
                    let asker = Asker { behalf, locale: locale(&request) };
                    Ok(Self { api, asker, body, query: request.query_string().to_owned() })
                }
                Err(Stays::Turned(why)) => {
                    api.door.count(why);
                    if let Some(behalf) = api.door.named(&request) {
                        let asker = Asker { behalf, locale: locale(&request) };
                        api.desk.turned_away(asker, why).await;
                    }
                    Err(Shut::Away)
                }
                Err(Stays::Unlisted) => {
                    tell(&api.door.unlisted, "address");
                    Err(Shut::Away)
                }
                Err(Stays::TooOften) => {
                    tell(&api.door.limited_key, "key_too_often");
                    Err(Shut::TooOften)
                }
            }
        })
    }
}
