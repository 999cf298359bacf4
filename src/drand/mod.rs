//! Fetches rounds of a public randomness beacon over drand's HTTP API, from several relays; the only code that knows that API.
//!
//! It trusts none of them: a signature that doesn't hold counts as no answer, and the next relay is asked. Which round, and what
//! is made of it, is the draw's.

use crate::domain::giveaways::draw::{Hex, QUICKNET_CHAIN, Source};
use crate::domain::giveaways::{Beacon, Unreached};
use async_trait::async_trait;
use futures_util::TryStreamExt;
use serde::Deserialize;
use std::time::Duration;
use url::{Host, Url};

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(3);
/// How long one relay may take in all.
const WHOLE: Duration = Duration::from_secs(6);
/// The largest answer that is read: a round is about 300 bytes.
const LARGEST: usize = 4096;
/// What stands for a chain's hash where a sandbox is asked.
const SANDBOX_CHAIN: &str = "sandbox";

/// Relays of a beacon.
pub struct Relays {
    http: reqwest::Client,
    bases: Vec<Url>,
    sandbox_key: Option<Hex<96>>,
}

/// A round as a relay gives it (docs.drand.love, "HTTP API: /{chain-hash}/public/{round}").
#[derive(Deserialize)]
struct Round {
    round: u64,
    signature: String,
}

impl Relays {
    /// Prepares the way to relays at these bases, the first asked first; with a key, they are a sandbox's.
    ///
    /// # Errors
    /// The HTTP client can't be built.
    pub fn new(bases: Vec<Url>, sandbox_key: Option<Hex<96>>) -> reqwest::Result<Self> {
        let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let tls = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        let builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT)
            .timeout(WHOLE);
        let builder = if bases.iter().all(is_local) { builder.no_proxy() } else { builder };
        Ok(Self { http: builder.build()?, bases, sandbox_key })
    }

    async fn ask(&self, base: &Url, chain: &str, round: u64) -> Option<String> {
        let address = format!("{}/{chain}/public/{round}", base.as_str().trim_end_matches('/'));
        let answer = self.http.get(&address).send().await.and_then(reqwest::Response::error_for_status);
        let answer = answer.map_err(|error| tracing::debug!(%error, "a relay of the beacon gave no round")).ok()?;
        let mut bytes = Vec::new();
        let mut parts = answer.bytes_stream();
        while let Some(part) = parts.try_next().await.ok()? {
            bytes.extend_from_slice(&part);
            if bytes.len() > LARGEST {
                return None;
            }
        }
        let given: Round = serde_json::from_slice(&bytes).ok()?;
        (given.round == round).then_some(given.signature)
    }
}

#[async_trait]
impl Beacon for Relays {
    fn sandbox_key(&self) -> Option<Hex<96>> {
        self.sandbox_key
    }

    async fn signature(&self, source: &Source) -> Result<String, Unreached> {
        let (chain, round) = match source {
            Source::Quicknet { round } => (QUICKNET_CHAIN, *round),
            Source::Sandbox { round, .. } => (SANDBOX_CHAIN, *round),
            Source::None { .. } => return Err(Unreached),
        };
        for base in &self.bases {
            match self.ask(base, chain, round).await {
                Some(signature) if source.randomness(&signature).is_some() => return Ok(signature),
                Some(_) => tracing::warn!(relay = base.host_str(), round, "a relay gave a signature that doesn't hold"),
                None => {}
            }
        }
        Err(Unreached)
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
