//! Passes: what opens, what does not, and why.

use super::*;

const NOW: &str = "2026-11-27T12:00:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn later(seconds: i64) -> Timestamp {
    Timestamp::from_second(now().as_second() + seconds).unwrap()
}

fn key(text: &str) -> Secret {
    Secret::new(text)
}

fn signer() -> Signer {
    Signer::new(&key("a-key-of-both-machines"), "maxis")
}

fn verifier() -> Verifier {
    Verifier::new("maxis", &key("a-key-of-both-machines"), None, now())
}

const ASKED: Question<'static> = Question { method: "POST", path: "/api/promotions?dry=1", body: b"{\"percent\":20}" };

fn person() -> Behalf {
    Behalf::Person { guild: GuildId::new(7).unwrap(), user: UserId::new(10).unwrap() }
}

#[test]
fn a_pass_opens_once_for_what_it_was_signed_for() {
    let verifier = verifier();
    for behalf in [Behalf::Watch, person()] {
        let pass = signer().sign(ASKED, behalf, now()).unwrap();
        assert!(!pass.contains("a-key"), "the key is never sent");
        assert_eq!(verifier.take(&pass, ASKED, now()), Ok(Taken { behalf, key: 0 }));
        assert_eq!(verifier.take(&pass, ASKED, later(1)), Err(Turned::Replayed));
    }
}

#[test]
fn a_pass_opens_nothing_else() {
    let pass = signer().sign(ASKED, person(), now()).unwrap();
    for question in [
        Question { method: "GET", ..ASKED },
        Question { path: "/api/promotions", ..ASKED },
        Question { path: "/api/giveaways?dry=1", ..ASKED },
        Question { body: b"{\"percent\":90}", ..ASKED },
        Question { body: b"", ..ASKED },
    ] {
        assert_eq!(verifier().take(&pass, question, now()), Err(Turned::Altered), "{question:?}");
    }
    let other = Verifier::new("maxis-eu", &key("a-key-of-both-machines"), None, now());
    assert_eq!(other.take(&pass, ASKED, now()), Err(Turned::Audience));
    let other = Verifier::new("maxis", &key("another-key-of-both"), None, now());
    assert_eq!(other.take(&pass, ASKED, now()), Err(Turned::Key));
}

#[test]
fn a_pass_holds_for_a_minute_and_clocks_may_differ_by_half_of_one() {
    let verifier = verifier();
    let at = |signed: i64, taken: i64| {
        let pass = signer().sign(ASKED, person(), later(signed)).unwrap();
        verifier.take(&pass, ASKED, later(taken)).err()
    };
    assert_eq!(at(0, 89), None);
    assert_eq!(at(0, 90), Some(Turned::Expired));
    assert_eq!(at(30, 0), None);
    assert_eq!(at(31, 0), Some(Turned::Time));
    assert_eq!(at(300, 0), Some(Turned::Time));
    // Signed before this process began: whether it was used is not known any more.
    assert_eq!(at(-1, 0), Some(Turned::Time));
}

#[test]
fn two_keys_open_while_one_follows_the_other() {
    let both = Verifier::new("maxis", &key("the-key-that-is-new"), Some(&key("a-key-of-both-machines")), now());
    let old = signer().sign(ASKED, person(), now()).unwrap();
    let new = Signer::new(&key("the-key-that-is-new"), "maxis").sign(ASKED, person(), now()).unwrap();
    assert_eq!(both.take(&old, ASKED, now()), Ok(Taken { behalf: person(), key: 1 }));
    assert_eq!(both.take(&new, ASKED, now()), Ok(Taken { behalf: person(), key: 0 }));
    let after = Verifier::new("maxis", &key("the-key-that-is-new"), None, now());
    let old = signer().sign(ASKED, person(), now()).unwrap();
    assert_eq!(after.take(&old, ASKED, now()), Err(Turned::Key));
}

/// A pass with other claims, signed with the right key.
fn forged(change: impl Fn(&mut serde_json::Value)) -> String {
    let mut claims = serde_json::json!({
        "iss": "shellia", "aud": "maxis", "sub": "10", "guild": "7", "iat": now().as_second(), "exp": now().as_second() + 60,
        "jti": "1", "htm": "POST", "htu": ASKED.path, "body": digest(ASKED.body),
    });
    change(&mut claims);
    hmac::install();
    let key = EncodingKey::from_secret(b"a-key-of-both-machines");
    encode(&Header::new(Algorithm::HS256), &claims, &key).unwrap()
}

#[test]
fn what_a_pass_must_say_is_looked_at() {
    let taken = |pass: &str| verifier().take(pass, ASKED, now()).err();
    assert_eq!(taken(&forged(|_| {})), None);
    for (field, value, why) in [
        ("exp", serde_json::json!(now().as_second() + 61), Turned::TooLong),
        ("exp", serde_json::json!(i64::MAX), Turned::TooLong),
        ("iat", serde_json::json!(i64::MIN), Turned::TooLong),
        ("iss", serde_json::json!("maxis"), Turned::Audience),
        ("aud", serde_json::json!("*"), Turned::Audience),
        ("sub", serde_json::json!("0"), Turned::Malformed),
        ("sub", serde_json::json!(null), Turned::Malformed),
        ("guild", serde_json::json!("x"), Turned::Malformed),
        ("jti", serde_json::json!(""), Turned::Malformed),
        ("jti", serde_json::json!("x".repeat(65)), Turned::Malformed),
        ("jti", serde_json::json!(5), Turned::Malformed),
        ("body", serde_json::json!(""), Turned::Altered),
    ] {
        assert_eq!(taken(&forged(|claims| claims[field] = value.clone())), Some(why), "{field} {value}");
    }
    assert_eq!(taken(&forged(|claims| drop(claims.as_object_mut().unwrap().remove("exp")))), Some(Turned::Malformed));
}

#[test]
fn no_other_algorithm_opens() {
    use base64::Engine;
    let text = |part: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(part);
    let whole = forged(|_| {});
    let claims = whole.split('.').nth(1).unwrap();
    for header in [r#"{"alg":"none"}"#, r#"{"alg":"HS384"}"#, r#"{"alg":"RS256"}"#, r#"{"typ":"JWT"}"#] {
        for signature in ["", "AAAA", whole.rsplit('.').next().unwrap()] {
            let pass = format!("{}.{claims}.{signature}", text(header));
            assert_eq!(verifier().take(&pass, ASKED, now()), Err(Turned::Malformed), "{pass}");
        }
    }
    let cut = &whole[..whole.len() - 1];
    assert!(verifier().take(cut, ASKED, now()).is_err());
    for nonsense in ["", ".", "..", "...", "a.b.c", &"x".repeat(5000), "é.é.é"] {
        assert_eq!(verifier().take(nonsense, ASKED, now()), Err(Turned::Malformed), "{nonsense}");
    }
}
