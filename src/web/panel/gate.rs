//! How often one network may ask the panel and try to sign in, from where a request comes, and whether a cookie goes over TLS alone.

use super::super::api::{household, origin};
use crate::panel::Knock;
use actix_web::HttpRequest;
use actix_web::http::header::{HOST, ORIGIN, USER_AGENT};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
use ipnet::IpNet;
use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use url::Url;

/// After so many requests, networks that asked a while ago are forgotten.
const FORGETS: u64 = 4096;

/// How the gate is set.
#[derive(Debug, Clone)]
pub struct GateRules {
    /// Requests of one network in a minute.
    pub per_minute: NonZeroU32,
    /// Tries to sign in of one network in a minute.
    pub tries_per_minute: NonZeroU32,
    /// Reverse proxies, who are believed when they say for whom they ask.
    pub proxies: Vec<IpNet>,
    /// Whether browsers come over TLS, so that the cookie may go over nothing else.
    pub secure: bool,
}

/// Who comes near.
pub struct Gate {
    rules: GateRules,
    all: DefaultKeyedRateLimiter<IpAddr>,
    tries: DefaultKeyedRateLimiter<IpAddr>,
    asked: AtomicU64,
}

impl Gate {
    /// A gate with these rules.
    pub fn new(rules: GateRules) -> Self {
        let all = DefaultKeyedRateLimiter::keyed(Quota::per_minute(rules.per_minute));
        let tries = DefaultKeyedRateLimiter::keyed(Quota::per_minute(rules.tries_per_minute));
        Self { rules, all, tries, asked: AtomicU64::new(0) }
    }

    /// Whether cookies go over TLS alone.
    pub(super) const fn is_secure(&self) -> bool {
        self.rules.secure
    }

    fn network(&self, request: &HttpRequest) -> IpAddr {
        let Some(peer) = request.peer_addr().map(|peer| peer.ip()) else { return Ipv4Addr::UNSPECIFIED.into() };
        household(origin(request, peer, &self.rules.proxies).unwrap_or(peer))
    }

    /// Counts a request; the seconds to wait where there were too many.
    pub(super) fn too_often(&self, request: &HttpRequest) -> Option<u64> {
        if self.asked.fetch_add(1, Ordering::Relaxed) % FORGETS == FORGETS - 1 {
            self.all.retain_recent();
            self.tries.retain_recent();
        }
        wait(&self.all, self.network(request))
    }

    /// Counts a try to sign in; the seconds to wait where there were too many.
    pub(super) fn tries_too_often(&self, request: &HttpRequest) -> Option<u64> {
        wait(&self.tries, self.network(request))
    }

    /// From where, and with what, somebody asks to be let in.
    pub(super) fn knock(&self, request: &HttpRequest) -> Knock {
        let network = match self.network(request) {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                format!("{a}.{b}.{c}.0/24")
            }
            IpAddr::V6(address) => format!("{address}/64"),
        };
        let browser = request.headers().get(USER_AGENT).and_then(|name| name.to_str().ok()).unwrap_or("?");
        Knock { browser: browser.to_owned(), network }
    }
}

fn wait(limiter: &DefaultKeyedRateLimiter<IpAddr>, network: IpAddr) -> Option<u64> {
    let until = limiter.check_key(&network).err()?;
    let left = until.wait_time_from(DefaultClock::default().now());
    Some(left.as_secs().saturating_add(1))
}

/// Whether a request that changes something comes from a page of another host. A browser says so itself (W3C, "Fetch Metadata
/// Request Headers"), an older one names the page's origin; who says neither is no browser, and has no cookie that he didn't send.
pub(super) fn is_foreign(request: &HttpRequest, base: Option<&Url>) -> bool {
    let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = header("sec-fetch-site") {
        return site != "same-origin";
    }
    let Some(named) = header(ORIGIN.as_str()) else { return false };
    let Ok(named) = Url::parse(named) else { return true };
    let ours = base.is_some_and(|base| base.origin() == named.origin());
    let host = named.host_str().map(|host| match named.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    });
    !ours && host.as_deref() != header(HOST.as_str())
}
