//! The pass that one request between the roles carries: who asks, whom, what, and on whose behalf, signed with the shared key.
//!
//! The key itself is never sent. A pass is a JWT (RFC 7519) signed with HMAC-SHA256 that holds for one request: its method, path and
//! body are in it (as in RFC 9449, "DPoP"), it is at most a minute old, and its id is taken once. It says who is asked, so that a pass
//! for one Maxis opens no other that has the same key. Whether he on whose behalf it is asked may, is not decided here.

use super::hmac;
use crate::config::Secret;
use crate::kernel::{GuildId, UserId};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// How long a pass holds, in seconds.
pub const HOLDS_S: i64 = 60;
/// How far the two clocks may differ, in seconds.
pub const TOLERANCE_S: i64 = 30;
/// Longest pass that is looked at, in bytes.
const LONGEST: usize = 2048;
/// Ids that are remembered at once; more passes than that within two minutes are no ordinary use.
const REMEMBERED: usize = 100_000;

/// A request, as far as a pass is bound to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question<'a> {
    /// The method, in capitals.
    pub method: &'a str,
    /// The path below the base, with its query: `/api/status`.
    pub path: &'a str,
    /// The body as it is sent; empty where there is none.
    pub body: &'a [u8],
}

/// On whose behalf it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behalf {
    /// The controller's own: it watches.
    Watch,
    /// A person's, in a guild.
    Person {
        /// The guild.
        guild: GuildId,
        /// The person.
        user: UserId,
    },
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sub: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    guild: Option<String>,
    iat: i64,
    exp: i64,
    jti: String,
    htm: String,
    htu: String,
    body: String,
}

/// The issuer of every pass.
const ISSUER: &str = "shellia";

fn digest(body: &[u8]) -> String {
    Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Signs passes.
pub struct Signer {
    key: EncodingKey,
    audience: String,
}

/// A pass could not be signed; it has no way to happen that depends on what is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a pass could not be signed")]
pub struct Unsigned;

impl Signer {
    /// Signs for the Maxis of that name with the key that it knows.
    pub fn new(key: &Secret, audience: &str) -> Self {
        hmac::install();
        Self { key: EncodingKey::from_secret(key.expose().as_bytes()), audience: audience.to_owned() }
    }

    /// A pass for this request, from now on.
    ///
    /// # Errors
    /// [`Unsigned`].
    pub fn sign(&self, question: Question<'_>, behalf: Behalf, now: Timestamp) -> Result<String, Unsigned> {
        let (sub, guild) = match behalf {
            Behalf::Watch => (None, None),
            Behalf::Person { guild, user } => (Some(user.to_string()), Some(guild.to_string())),
        };
        let iat = now.as_second();
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: self.audience.clone(),
            sub,
            guild,
            iat,
            exp: iat.saturating_add(HOLDS_S),
            jti: format!("{:032x}", rand::random::<u128>()),
            htm: question.method.to_owned(),
            htu: question.path.to_owned(),
            body: digest(question.body),
        };
        encode(&Header::new(Algorithm::HS256), &claims, &self.key).map_err(|_| Unsigned)
    }
}

/// Why a pass opens nothing. From outside they all look the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Turned {
    /// No pass came with it.
    #[error("no pass")]
    Missing,
    /// It can't be read, or lacks something.
    #[error("a pass that can't be read")]
    Malformed,
    /// No key of ours signed it.
    #[error("a pass signed with another key")]
    Key,
    /// It is for somebody else.
    #[error("a pass for another")]
    Audience,
    /// It has run out.
    #[error("a pass that has run out")]
    Expired,
    /// It was signed in the future, or before this process began.
    #[error("a pass of another time")]
    Time,
    /// It holds for longer than any may.
    #[error("a pass that holds too long")]
    TooLong,
    /// It is for another request.
    #[error("a pass for another request")]
    Altered,
    /// It was used before.
    #[error("a pass that was used before")]
    Replayed,
    /// Too many at once to remember.
    #[error("too many passes at once")]
    TooMany,
}

impl Turned {
    /// Every reason, for the figures.
    pub const ALL: [Self; 10] = [
        Self::Missing,
        Self::Malformed,
        Self::Key,
        Self::Audience,
        Self::Expired,
        Self::Time,
        Self::TooLong,
        Self::Altered,
        Self::Replayed,
        Self::TooMany,
    ];

    /// Its word in the figures.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Malformed => "malformed",
            Self::Key => "key",
            Self::Audience => "audience",
            Self::Expired => "expired",
            Self::Time => "time",
            Self::TooLong => "too_long",
            Self::Altered => "altered",
            Self::Replayed => "replayed",
            Self::TooMany => "too_many",
        }
    }
}

/// A pass that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// On whose behalf it is asked.
    pub behalf: Behalf,
    /// Which of the keys signed it: the present one is 0, the former 1.
    pub key: usize,
}

/// Looks at passes.
pub struct Verifier {
    keys: Vec<DecodingKey>,
    name: String,
    // Passes of before aren't taken: which of them were used is forgotten with the process.
    since: i64,
    // The ids that were used, with when they may be forgotten. Never held over an await.
    used: Mutex<HashMap<String, i64>>,
}

impl Verifier {
    /// Takes passes for the Maxis of that name, signed with the present key or, while one follows the other, the former.
    pub fn new(name: &str, present: &Secret, former: Option<&Secret>, now: Timestamp) -> Self {
        hmac::install();
        let key = |key: &Secret| DecodingKey::from_secret(key.expose().as_bytes());
        Self {
            keys: std::iter::once(present).chain(former).map(key).collect(),
            name: name.to_owned(),
            since: now.as_second(),
            used: Mutex::new(HashMap::new()),
        }
    }

    /// Takes a pass, once.
    ///
    /// # Errors
    /// [`Turned`]: nothing in the request may be believed.
    pub fn take(&self, pass: &str, question: Question<'_>, now: Timestamp) -> Result<Taken, Turned> {
        let (key, claims) = self.read(pass)?;
        if claims.iss != ISSUER || claims.aud != self.name {
            return Err(Turned::Audience);
        }
        let now = now.as_second();
        if claims.exp.saturating_sub(claims.iat) > HOLDS_S {
            return Err(Turned::TooLong);
        }
        if claims.exp.saturating_add(TOLERANCE_S) <= now {
            return Err(Turned::Expired);
        }
        if claims.iat.saturating_sub(TOLERANCE_S) > now || claims.iat < self.since {
            return Err(Turned::Time);
        }
        let same = claims.htm == question.method && claims.htu == question.path;
        if !same || claims.body != digest(question.body) {
            return Err(Turned::Altered);
        }
        let behalf = behalf(&claims)?;
        self.once(claims.jti, claims.exp, now)?;
        Ok(Taken { behalf, key })
    }

    /// Whom a pass names that a key of ours signed, whether it holds or not.
    pub fn names(&self, pass: &str) -> Option<Behalf> {
        let (_, claims) = self.read(pass).ok()?;
        behalf(&claims).ok()
    }

    fn read(&self, pass: &str) -> Result<(usize, Claims), Turned> {
        if pass.len() > LONGEST {
            return Err(Turned::Malformed);
        }
        // Times and audience are judged here, by our clock.
        let mut rules = Validation::new(Algorithm::HS256);
        rules.required_spec_claims.clear();
        (rules.validate_exp, rules.validate_aud) = (false, false);
        let mut why = Turned::Malformed;
        for (n, key) in self.keys.iter().enumerate() {
            match decode::<Claims>(pass, key, &rules) {
                Ok(read) => return Ok((n, read.claims)),
                Err(error) if matches!(error.kind(), jsonwebtoken::errors::ErrorKind::InvalidSignature) => {
                    why = Turned::Key;
                }
                Err(_) => {}
            }
        }
        Err(why)
    }

    fn once(&self, id: String, exp: i64, now: i64) -> Result<(), Turned> {
        if id.is_empty() || id.len() > 64 {
            return Err(Turned::Malformed);
        }
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.len() >= REMEMBERED {
            used.retain(|_, until| *until > now);
        }
        if used.contains_key(&id) {
            return Err(Turned::Replayed);
        }
        if used.len() >= REMEMBERED {
            return Err(Turned::TooMany);
        }
        used.insert(id, exp.saturating_add(TOLERANCE_S).saturating_add(1));
        Ok(())
    }
}

fn behalf(claims: &Claims) -> Result<Behalf, Turned> {
    match (&claims.sub, &claims.guild) {
        (None, None) => Ok(Behalf::Watch),
        (Some(user), Some(guild)) => {
            let user = user.parse().ok().and_then(UserId::new);
            let guild = guild.parse().ok().and_then(GuildId::new);
            let (Some(user), Some(guild)) = (user, guild) else { return Err(Turned::Malformed) };
            Ok(Behalf::Person { guild, user })
        }
        _ => Err(Turned::Malformed),
    }
}

#[cfg(test)]
#[path = "pass_tests.rs"]
mod tests;
