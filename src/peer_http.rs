//! Asks a Maxis over HTTP, each request with a pass of its own; the only code that knows how a question travels.
//!
//! It repeats nothing: whoever asks decides what an unknown outcome means. No proxy, no redirect: the address is the one that was set.

use crate::control::{Asker, Bytestream, Denied, Failed, Peer, Question, Request, Signer, Unreached};
use crate::kernel::Clock;
use async_trait::async_trait;
use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use jiff::Timestamp;
use reqwest::header::{ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, DATE, HeaderMap};
use reqwest::{Client, Method, Response, StatusCode};
use std::time::Duration;
use tokio::time::timeout;
use url::Url;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(3);
/// How long a question may take in all.
pub const WHOLE: Duration = Duration::from_secs(10);
/// The largest answer that is read, in bytes.
const LARGEST: usize = 4 << 20;
/// How long a stream may last in all; Maxis ends it before.
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// After how long without a sign of life a stream counts as broken: three of Maxis' are due by then.
const SILENCE: Duration = Duration::from_secs(45);
/// From how many seconds on a difference of clocks explains a refusal.
const APART_S: i64 = crate::control::pass::TOLERANCE_S;

/// A Maxis at an address.
pub struct HttpPeer {
    http: Client,
    base: Url,
    signer: Signer,
    clock: Clock,
    patience: Duration,
    silence: Duration,
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
        Ok(Self { http, base, signer, clock, patience, silence: SILENCE })
    }

    /// The same with another time after which a stream that says nothing counts as broken.
    #[must_use]
    pub fn silent_for(self, silence: Duration) -> Self {
        Self { silence, ..self }
    }

    async fn answered(&self, asker: Asker, request: Request, whole: Option<Duration>) -> Result<Response, Failed> {
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
        if let Some(whole) = whole {
            sent = sent.timeout(whole);
        }
        let answer = sent.send().await.map_err(|error| unreached(&error))?;
        match answer.status() {
            StatusCode::UNAUTHORIZED => Err(self.turned_away(answer.headers()).into()),
            StatusCode::TOO_MANY_REQUESTS => Err(Unreached::Busy.into()),
            _ => Ok(answer),
        }
    }

    async fn ask(&self, asker: Asker, request: Request) -> Result<Vec<u8>, Failed> {
        let answer = self.answered(asker, request, None).await?;
        match self.read(answer).await? {
            (StatusCode::OK, bytes) => Ok(bytes),
            (status, bytes) => Err(not_done(status, &bytes)),
        }
    }

    /// Reads all of an answer.
    async fn read(&self, answer: Response) -> Result<(StatusCode, Vec<u8>), Unreached> {
        let status = answer.status();
        let mut bytes = Vec::new();
        let mut parts = answer.bytes_stream();
        while let Some(part) = parts.try_next().await.map_err(|error| unreached(&error))? {
            bytes.extend_from_slice(&part);
            if bytes.len() > LARGEST {
                return Err(Unreached::Strange);
            }
        }
        Ok((status, bytes))
    }

    async fn open(&self, asker: Asker, path: String) -> Result<Bytestream, Failed> {
        let asked = self.answered(asker, Request { body: None, path }, Some(LONGEST));
        let answer = timeout(self.patience, asked).await.map_err(|_| Unreached::Slow)??;
        if answer.status() != StatusCode::OK {
            let (status, bytes) = self.read(answer).await?;
            return Err(not_done(status, &bytes));
        }
        let kind = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("text/event-stream")) {
            return Err(Unreached::Strange.into());
        }
        let (parts, silence) = (answer.bytes_stream(), self.silence);
        let next = move |mut parts: BoxStream<'static, reqwest::Result<Bytes>>| async move {
            match timeout(silence, parts.next()).await {
                Ok(Some(Ok(bytes))) => Ok(Some((bytes, parts))),
                Ok(Some(Err(error))) => Err(unreached(&error)),
                Ok(None) => Ok(None),
                Err(_) => Err(Unreached::Slow),
            }
        };
        Ok(futures_util::stream::try_unfold(parts.boxed(), next).boxed())
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

    async fn stream(&self, asker: Asker, path: String) -> Result<Bytestream, Failed> {
        self.open(asker, path).await
    }
}

/// What an answer says that isn't what was asked for.
fn not_done(status: StatusCode, bytes: &[u8]) -> Failed {
    match serde_json::from_slice::<Denied>(bytes) {
        Ok(denied) => Failed::Denied(denied),
        Err(_) if status == StatusCode::NOT_FOUND => Unreached::Absent.into(),
        Err(_) => Unreached::Fault(status.as_u16()).into(),
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
