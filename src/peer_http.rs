//! Asks a Maxis over HTTP, each request with a pass of its own; the only code that knows how a question travels.
//!
//! It repeats nothing: whoever asks decides what an unknown outcome means. No proxy, no redirect: the address is the one that was set.

use crate::control::{Asker, Denied, Failed, Peer, Question, Request, Signer, Unreached};
use crate::kernel::Clock;
use async_trait::async_trait;
use futures_util::TryStreamExt;
use jiff::Timestamp;
use reqwest::header::{ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, DATE, HeaderMap};
use reqwest::{Client, Method, StatusCode};
use std::time::Duration;
use url::Url;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(3);
/// How long a question may take in all.
pub const WHOLE: Duration = Duration::from_secs(10);
/// The largest answer that is read, in bytes.
const LARGEST: usize = 4 << 20;
/// From how many seconds on a difference of clocks explains a refusal.
const APART_S: i64 = crate::control::pass::TOLERANCE_S;

/// A Maxis at an address.
pub struct HttpPeer {
    http: Client,
    base: Url,
    signer: Signer,
    clock: Clock,
}

impl HttpPeer {
    /// Prepares the way; `base` ends with the path of its API, such as `http://maxis:8080/api`.
    ///
    /// # Errors
    /// The HTTP client can't be built.
    pub fn new(base: Url, signer: Signer, clock: Clock, patience: Duration) -> reqwest::Result<Self> {
        let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let tls = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        let http = Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .timeout(patience)
            .build()?;
        Ok(Self { http, base, signer, clock })
    }

    async fn ask(&self, asker: Asker, request: Request) -> Result<Vec<u8>, Failed> {
        let address = format!("{}{}", self.base.as_str().trim_end_matches('/'), request.path);
        let address = Url::parse(&address).map_err(|_| Unreached::Absent)?;
        let bound = match address.query() {
            Some(query) => format!("{}?{query}", address.path()),
            None => address.path().to_owned(),
        };
        let method = if request.body.is_some() { Method::POST } else { Method::GET };
        let body = request.body.unwrap_or_default();
        let question = Question { method: method.as_str(), path: &bound, body: &body };
        let pass = self.signer.sign(question, asker.behalf, self.clock.now()).map_err(|_| Unreached::Strange)?;
        let mut sent = self
            .http
            .request(method, address)
            .header(AUTHORIZATION, format!("Bearer {pass}"))
            .header(ACCEPT_LANGUAGE, asker.locale.as_str());
        if !body.is_empty() {
            sent = sent.header(CONTENT_TYPE, "application/json").body(body);
        }
        let answer = sent.send().await.map_err(|error| unreached(&error))?;
        let status = answer.status();
        match status {
            StatusCode::UNAUTHORIZED => return Err(self.turned_away(answer.headers()).into()),
            StatusCode::TOO_MANY_REQUESTS => return Err(Unreached::Busy.into()),
            _ => {}
        }
        let mut bytes = Vec::new();
        let mut parts = answer.bytes_stream();
        while let Some(part) = parts.try_next().await.map_err(|error| unreached(&error))? {
            bytes.extend_from_slice(&part);
            if bytes.len() > LARGEST {
                return Err(Unreached::Strange.into());
            }
        }
        if status == StatusCode::OK {
            return Ok(bytes);
        }
        match serde_json::from_slice::<Denied>(&bytes) {
            Ok(denied) => Err(Failed::Denied(denied)),
            Err(_) if status == StatusCode::NOT_FOUND => Err(Unreached::Absent.into()),
            Err(_) => Err(Unreached::Fault(status.as_u16()).into()),
        }
    }

    /// A refusal says nothing of its reason; the date that every answer bears (RFC 9110, 6.6.1) tells how far the clocks are apart.
    fn turned_away(&self, headers: &HeaderMap) -> Unreached {
        let date = headers.get(DATE).and_then(|date| date.to_str().ok());
        let theirs = date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok()).map(|date| date.timestamp());
        let apart = theirs.map_or(0, |theirs: Timestamp| self.clock.now().as_second() - theirs.as_second());
        if apart.abs() >= APART_S { Unreached::Clock(apart) } else { Unreached::Key }
    }
}

#[async_trait]
impl Peer for HttpPeer {
    async fn send(&self, asker: Asker, request: Request) -> Result<Vec<u8>, Failed> {
        self.ask(asker, request).await
    }
}

fn unreached(error: &reqwest::Error) -> Unreached {
    if error.is_timeout() {
        return Unreached::Slow;
    }
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if cause.downcast_ref::<rustls::Error>().is_some() {
            return Unreached::Certificate;
        }
        // The client's resolver has no type of its own that could be asked.
        if cause.to_string().contains("dns error") {
            return Unreached::Name;
        }
        source = cause.source();
    }
    Unreached::Network
}
