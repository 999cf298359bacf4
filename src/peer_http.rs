//! Asks a Maxis over HTTP, each request with a pass of its own; the only code that knows how a question travels.
//!
//! It repeats nothing that changes anything: whoever asks decides what an unknown outcome means. Only a look that meets a connection
//! which broke off unheard is asked once more. No proxy, no redirect: the address is the one that was set.

use crate::control::{Asker, Bytestream, Denied, Failed, Peer, Question, Request, Signer, Unreached};
use crate::kernel::Clock;
use async_trait::async_trait;
use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use jiff::Timestamp;
use reqwest::header::{ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, DATE, HeaderMap};
use reqwest::{Client, Method, Response, StatusCode};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::time::timeout;
use url::Url;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(3);
/// How long a connection may say nothing of what was sent on it before it counts as broken off.
const UNHEARD: Duration = Duration::from_secs(4);
/// Up to when a look that failed is asked once more: what takes longer met more than a connection that was over.
const SOON: Duration = Duration::from_secs(1);
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

/// Whose certificates are taken.
#[derive(Debug, Clone, Default)]
pub enum Trust {
    /// Those for which the web's authorities vouch.
    #[default]
    Web,
    /// These, and those for which they vouch.
    Only(RootCertStore),
}

/// Why a file of certificates is of no use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the certificates can't be read: {0}")]
pub struct Unreadable(String);

impl Trust {
    /// The certificates of a file, in PEM, and none besides.
    ///
    /// # Errors
    /// [`Unreadable`]: the file isn't there, or holds none, or one that is none.
    pub fn of_file(path: &Path) -> Result<Self, Unreadable> {
        let unreadable = |why: &dyn std::fmt::Display| Unreadable(why.to_string());
        let text = std::fs::read(path).map_err(|error| unreadable(&error))?;
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_slice_iter(&text) {
            let certificate = certificate.map_err(|error| unreadable(&error))?;
            roots.add(certificate).map_err(|error| unreadable(&error))?;
        }
        if roots.is_empty() { Err(unreadable(&"there is none in the file")) } else { Ok(Self::Only(roots)) }
    }

    fn roots(self) -> RootCertStore {
        match self {
            Self::Web => RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() },
            Self::Only(roots) => roots,
        }
    }
}

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
        Self::trusting(base, signer, clock, patience, Trust::Web)
    }

    /// The same for a Maxis who must show one of certain certificates.
    ///
    /// # Errors
    /// The HTTP client can't be built.
    pub fn trusting(
        base: Url,
        signer: Signer,
        clock: Clock,
        patience: Duration,
        trust: Trust,
    ) -> reqwest::Result<Self> {
        let tls = rustls::ClientConfig::builder().with_root_certificates(trust.roots()).with_no_client_auth();
        let http = Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .tcp_user_timeout(UNHEARD)
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
        let (looks, began) = (request.body.is_none(), Instant::now());
        match self.ask_once(asker, request.clone()).await {
            // The other end may have closed a kept connection while the way was cut.
            Err(Failed::Unreached(Unreached::Network)) if looks && began.elapsed() < SOON => {
                self.ask_once(asker, request).await
            }
            known => known,
        }
    }

    async fn ask_once(&self, asker: Asker, request: Request) -> Result<Vec<u8>, Failed> {
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
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if is_of_tls(cause) {
            return Unreached::Certificate;
        }
        let io = cause.downcast_ref::<io::Error>();
        // The system's own: nobody acknowledged what was sent.
        if io.is_some_and(|io| io.kind() == io::ErrorKind::TimedOut && io.raw_os_error().is_some()) {
            return Unreached::Network;
        }
        // The client's resolver has no type of its own that could be asked.
        if cause.to_string().contains("dns error") {
            return Unreached::Name;
        }
        source = cause.source();
    }
    // Who can't even be connected to isn't slow.
    if error.is_timeout() && !error.is_connect() { Unreached::Slow } else { Unreached::Network }
}

/// Whether it is TLS' own, or an I/O error that holds it. What such an error holds is not among its sources.
fn is_of_tls(cause: &(dyn std::error::Error + 'static)) -> bool {
    let held = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    cause.is::<rustls::Error>() || held.is_some_and(|held| is_of_tls(held))
}
