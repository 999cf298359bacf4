//! Fetches attachments, from Discord's own hosts only.
//!
//! The address comes from a payload; nothing else may make this program call another machine, so hosts are compared exactly
//! and redirects are not followed.

use crate::domain::notifications::Undelivered;
use futures_util::TryStreamExt;
use std::time::Duration;
use url::{Host, Url};

/// Discord's content delivery network.
const HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];
/// How long one attachment may take.
const WHOLE: Duration = Duration::from_secs(30);
/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);

/// Fetches addresses that are allowed.
pub(super) struct Fetcher {
    client: reqwest::Client,
    /// The configured base of the API: the sandbox and proxies serve attachments too.
    base: Option<Url>,
}

impl Fetcher {
    pub(super) fn new(base: Option<&Url>) -> reqwest::Result<Self> {
        let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let tls = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT)
            .timeout(WHOLE);
        if base.is_some_and(is_local) {
            builder = builder.no_proxy();
        }
        Ok(Self { client: builder.build()?, base: base.cloned() })
    }

    /// Fetches at most `max` bytes.
    pub(super) async fn fetch(&self, address: &str, max: u64) -> Result<Vec<u8>, Undelivered> {
        let url = self.allowed(address).ok_or(Undelivered::Refused(0))?;
        let later = |_: reqwest::Error| Undelivered::Later(None);
        let response = self.client.get(url).send().await.map_err(later)?;
        match response.status().as_u16() {
            200 => {}
            // An address that has expired (403) or a message that was removed (404).
            403 | 404 | 410 => return Err(Undelivered::Gone),
            429 | 500.. => return Err(Undelivered::Later(None)),
            other => return Err(Undelivered::Refused(u64::from(other))),
        }
        if response.content_length().is_some_and(|length| length > max) {
            return Err(Undelivered::TooLarge);
        }
        let most = usize::try_from(max).unwrap_or(usize::MAX);
        let mut bytes = Vec::new();
        let mut stream = response.bytes_stream();
        while let Some(chunk) = stream.try_next().await.map_err(later)? {
            if bytes.len().saturating_add(chunk.len()) > most {
                return Err(Undelivered::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    /// The address, if it is one of Discord's or of the configured base.
    pub(super) fn allowed(&self, address: &str) -> Option<Url> {
        let url = Url::parse(address).ok()?;
        if !url.username().is_empty() || url.password().is_some() {
            return None;
        }
        let discord = url.scheme() == "https"
            && url.port_or_known_default() == Some(443)
            && url.host_str().is_some_and(|host| HOSTS.contains(&host));
        let configured = self.base.as_ref().is_some_and(|base| base.origin() == url.origin());
        (discord || configured).then_some(url)
    }
}

fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
