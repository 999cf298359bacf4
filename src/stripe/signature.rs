//! Whether a delivery comes from Stripe: its scheme of signatures (Stripe, "Verify webhook signatures manually").
//!
//! The header is `t=SECONDS,v1=HEX[,v1=HEX…]`; each `v1` is HMAC-SHA256 of `t`, a full stop and the raw body. There are
//! several while a secret is rolled over. Other schemes in the header are passed over: they may be weaker.

use crate::config::Secret;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;

/// How far the time of signing may lie from ours in either direction, in seconds; what is older may be a replay.
const TOLERANCE_S: i64 = 300;

/// Why a delivery is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Forged {
    /// No signature came with it.
    #[error("no signature")]
    Missing,
    /// The header can't be read, or holds no signature of the scheme.
    #[error("a signature that can't be read")]
    Malformed,
    /// No secret of ours made any of its signatures.
    #[error("a wrong signature")]
    Wrong,
    /// It was signed too long ago.
    #[error("an old signature")]
    Old,
    /// It was signed in the future.
    #[error("a signature from the future")]
    Future,
}

/// Checks signatures with the secrets of one endpoint.
#[derive(Debug, Clone)]
pub struct Verifier {
    secrets: Vec<Secret>,
}

impl Verifier {
    /// Takes the present secret, and the one before it while the two are rolled over.
    pub fn new(present: Secret, former: Option<Secret>) -> Self {
        Self { secrets: std::iter::once(present).chain(former).collect() }
    }

    /// Checks the signature of a delivery's raw bytes.
    ///
    /// # Errors
    /// [`Forged`]: nothing in the body may be believed.
    pub fn verify(&self, header: Option<&str>, body: &[u8], now: Timestamp) -> Result<(), Forged> {
        let signed = Signed::read(header.ok_or(Forged::Missing)?).ok_or(Forged::Malformed)?;
        if !self.secrets.iter().any(|secret| signed.is_by(secret, body)) {
            return Err(Forged::Wrong);
        }
        match now.as_second().saturating_sub(signed.at) {
            age if age > TOLERANCE_S => Err(Forged::Old),
            age if age < -TOLERANCE_S => Err(Forged::Future),
            _ => Ok(()),
        }
    }
}

/// What the header says.
struct Signed<'a> {
    /// The time as it was written, because that text was signed.
    time: &'a str,
    at: i64,
    signatures: Vec<[u8; 32]>,
}

impl<'a> Signed<'a> {
    fn read(header: &'a str) -> Option<Self> {
        let mut time = None;
        let mut signatures = Vec::new();
        for part in header.split(',') {
            match part.trim().split_once('=')? {
                ("t", _) if time.is_some() => return None,
                ("t", value) => time = Some(value),
                ("v1", value) => signatures.extend(unhex(value)),
                _ => {}
            }
        }
        let time = time.filter(|time| time.bytes().all(|digit| digit.is_ascii_digit()))?;
        if signatures.is_empty() {
            return None;
        }
        Some(Self { time, at: time.parse().ok()?, signatures })
    }

    /// Whether this secret made one of the signatures; the comparison takes the same time wherever they differ.
    fn is_by(&self, secret: &Secret, body: &[u8]) -> bool {
        // HMAC takes keys of every length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()) else { return false };
        mac.update(self.time.as_bytes());
        mac.update(b".");
        mac.update(body);
        self.signatures.iter().any(|signature| mac.clone().verify_slice(signature).is_ok())
    }
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    // Digits only, because the parser below also takes a sign; in whole pairs, because it also takes one digit.
    if text.len() != 64 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let pairs = text.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    let bytes: Vec<u8> = pairs.collect::<Option<_>>()?;
    bytes.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = b"{\"id\":\"evt_1\"}";
    const NOW: i64 = 1_800_000_000;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn sign(secret: &str, at: i64, body: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(format!("{at}.").as_bytes());
        mac.update(body);
        hex(&mac.finalize().into_bytes())
    }

    fn header(secret: &str, at: i64) -> String {
        format!("t={at},v1={}", sign(secret, at, BODY))
    }

    fn check(header: Option<&str>, body: &[u8]) -> Result<(), Forged> {
        let verifier = Verifier::new(Secret::new("whsec_new"), Some(Secret::new("whsec_old")));
        verifier.verify(header, body, Timestamp::from_second(NOW).unwrap())
    }

    #[test]
    fn a_signature_worked_out_elsewhere_is_recognised() {
        // printf '1700000000.hello' | openssl dgst -sha256 -hmac whsec_test
        let header = "t=1700000000,v1=457c4d31b232d95fcd50f1d95021aaaffddd859d0ee8a206675e84ccc977431d";
        let verifier = Verifier::new(Secret::new("whsec_test"), None);
        assert_eq!(verifier.verify(Some(header), b"hello", Timestamp::from_second(1_700_000_000).unwrap()), Ok(()));
    }

    #[test]
    fn either_secret_is_taken_while_they_are_rolled_over() {
        assert_eq!(check(Some(&header("whsec_new", NOW)), BODY), Ok(()));
        assert_eq!(check(Some(&header("whsec_old", NOW)), BODY), Ok(()));
        assert_eq!(check(Some(&header("whsec_other", NOW)), BODY), Err(Forged::Wrong));
    }

    #[test]
    fn one_right_signature_among_several_is_enough() {
        let (wrong, right) = (sign("whsec_other", NOW, BODY), sign("whsec_new", NOW, BODY));
        assert_eq!(check(Some(&format!("t={NOW},v1={wrong},v1={right},v0=abc")), BODY), Ok(()));
        assert_eq!(check(Some(&format!("v1={right}, v1={wrong}, t={NOW}")), BODY), Ok(()));
        assert_eq!(check(Some(&format!("t={NOW},v1={wrong},v1=zz")), BODY), Err(Forged::Wrong));
    }

    #[test]
    fn another_body_or_another_time_breaks_the_signature() {
        assert_eq!(check(Some(&header("whsec_new", NOW)), b"{\"id\":\"evt_2\"}"), Err(Forged::Wrong));
        let moved = header("whsec_new", NOW - 10).replace(&format!("t={}", NOW - 10), &format!("t={NOW}"));
        assert_eq!(check(Some(&moved), BODY), Err(Forged::Wrong));
    }

    #[test]
    fn what_was_signed_too_long_ago_or_in_the_future_is_refused() {
        for (at, outcome) in
            [(NOW - 300, Ok(())), (NOW - 301, Err(Forged::Old)), (NOW + 300, Ok(())), (NOW + 301, Err(Forged::Future))]
        {
            assert_eq!(check(Some(&header("whsec_new", at)), BODY), outcome, "{at}");
        }
    }

    #[test]
    fn a_header_that_is_missing_or_odd_is_refused() {
        let right = sign("whsec_new", NOW, BODY);
        assert_eq!(check(None, BODY), Err(Forged::Missing));
        for odd in [
            String::new(),
            "nonsense".to_owned(),
            format!("t={NOW}"),
            format!("v1={right}"),
            format!("t={NOW},v0={right}"),
            format!("t={NOW},v2={right}"),
            format!("t=,v1={right}"),
            format!("t=-{NOW},v1={right}"),
            format!("t=+{NOW},v1={right}"),
            format!("t={NOW}.0,v1={right}"),
            format!("t=99999999999999999999,v1={right}"),
            format!("t={NOW},t={NOW},v1={right}"),
            format!("t={NOW},v1={}", right.get(1..).unwrap()),
            format!("t={NOW},v1="),
            format!("t={NOW},v1={right}00"),
            format!("t={NOW},v1=+{}", right.get(1..).unwrap()),
        ] {
            assert_eq!(check(Some(&odd), BODY), Err(Forged::Malformed), "{odd}");
        }
    }
}
