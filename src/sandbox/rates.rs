//! Rate limits: a bucket per route and channel, guild or token, and the global one, with Discord's headers.
//!
//! Source: Discord's documentation, "Rate Limits".

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use actix_web::HttpResponseBuilder;
use actix_web::http::header::RETRY_AFTER;
use serde_json::{Value, json};

use super::rest::Route;

/// Buckets kept before the spent ones are thrown away.
const KEPT: usize = 10_000;

/// How strict the rate limits are.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Every route's limit is multiplied by this; 1 is Discord's.
    pub factor: u64,
    /// Requests a bot may make in a second, interactions aside; Discord's is 50.
    pub per_second: u64,
    /// A bot may identify one shard every 5 s, as on Discord; otherwise as often as it likes.
    pub identify: bool,
}

impl Limits {
    /// Discord's own.
    pub fn real() -> Self {
        Self { factor: 1, per_second: 50, identify: true }
    }

    /// High enough for a load test not to meet them.
    pub fn raised() -> Self {
        Self { factor: 100_000, per_second: 1_000_000, identify: false }
    }
}

/// All buckets.
#[derive(Debug, Default)]
pub(crate) struct Rates {
    buckets: HashMap<(u64, u64), Bucket>,
    global: HashMap<u64, Bucket>,
}

#[derive(Debug)]
struct Bucket {
    left: u64,
    reset: Instant,
}

/// Where a caller stands in a bucket.
#[derive(Debug)]
pub(crate) struct Standing {
    limit: u64,
    left: u64,
    reset_after: Duration,
    name: u64,
}

/// A refusal for too many requests.
#[derive(Debug)]
pub(crate) struct TooMany {
    wait: Duration,
    standing: Option<Standing>,
}

impl Rates {
    /// Takes one request out of its buckets; routes without a limit give no standing.
    pub(crate) fn take(
        &mut self,
        limits: &Limits,
        app: u64,
        route: &Route,
        params: &[String],
    ) -> Result<Option<Standing>, TooMany> {
        let now = Instant::now();
        if !route.open {
            let second = Duration::from_secs(1);
            let (_, wait) = draw(self.global.entry(app), limits.per_second, second, now);
            if let Some(wait) = wait {
                return Err(TooMany { wait, standing: None });
            }
        }
        let Some((count, ms)) = route.limit else { return Ok(None) };
        let limit = count.saturating_mul(limits.factor);
        let name = hashed(&(route.method, route.path));
        let key = (app, hashed(&(name, majors(route, params))));
        if self.buckets.len() > KEPT {
            self.buckets.retain(|_, bucket| bucket.reset > now);
        }
        let (bucket, wait) = draw(self.buckets.entry(key), limit, Duration::from_millis(ms), now);
        let standing = Standing { limit, left: bucket.left, reset_after: bucket.reset - now, name };
        match wait {
            Some(wait) => Err(TooMany { wait, standing: Some(standing) }),
            None => Ok(Some(standing)),
        }
    }
}

type Slot<'a, K> = std::collections::hash_map::Entry<'a, K, Bucket>;

/// Takes one out of a bucket, which fills anew when its time is over; gives how long to wait when it is empty.
fn draw<K>(slot: Slot<'_, K>, limit: u64, window: Duration, now: Instant) -> (&mut Bucket, Option<Duration>) {
    let bucket = slot.or_insert(Bucket { left: limit, reset: now + window });
    if bucket.reset <= now {
        *bucket = Bucket { left: limit, reset: now + window };
    }
    if bucket.left == 0 {
        let wait = bucket.reset - now;
        return (bucket, Some(wait));
    }
    bucket.left -= 1;
    (bucket, None)
}

/// The parts of a path that have buckets of their own.
fn majors(route: &Route, params: &[String]) -> Vec<String> {
    let count = if route.path.starts_with("/webhooks/") {
        2
    } else {
        usize::from(route.path.starts_with("/channels/") || route.path.starts_with("/guilds/"))
    };
    params.iter().take(count).cloned().collect()
}

fn hashed(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

impl Standing {
    /// Writes Discord's headers.
    pub(crate) fn headers(&self, response: &mut HttpResponseBuilder) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let reset = now + self.reset_after;
        response
            .insert_header(("X-RateLimit-Limit", self.limit.to_string()))
            .insert_header(("X-RateLimit-Remaining", self.left.to_string()))
            .insert_header(("X-RateLimit-Reset", format!("{:.3}", reset.as_secs_f64())))
            .insert_header(("X-RateLimit-Reset-After", format!("{:.3}", self.reset_after.as_secs_f64())))
            .insert_header(("X-RateLimit-Bucket", format!("{:016x}", self.name)));
    }
}

impl TooMany {
    /// Discord's body of a 429.
    pub(crate) fn body(&self) -> Value {
        json!({
            "message": "You are being rate limited.", "retry_after": self.wait.as_secs_f64(),
            "global": self.standing.is_none(),
        })
    }

    /// Writes Discord's headers.
    pub(crate) fn headers(&self, response: &mut HttpResponseBuilder) {
        response.insert_header((RETRY_AFTER, format!("{:.0}", self.wait.as_secs_f64().ceil())));
        match &self.standing {
            Some(standing) => {
                standing.headers(response);
                response.insert_header(("X-RateLimit-Scope", "user"));
            }
            None => {
                response.insert_header(("X-RateLimit-Global", "true"));
                response.insert_header(("X-RateLimit-Scope", "global"));
            }
        }
    }
}
