//! From where the control API may be asked, and how often: over real sockets, with and without a reverse proxy, over IPv4 and IPv6.

use super::stage::{KEY, Maxis};
use ipnet::IpNet;
use reqwest::{Client, StatusCode};
use shellia::config::Secret;
use shellia::control::{Behalf, Question, Signer, Verifier};
use std::num::NonZeroU32;

fn nets(nets: &[&str]) -> Vec<IpNet> {
    nets.iter().map(|net| net.parse().unwrap()).collect()
}

/// Asks for the status with a pass of this key, from an address of this machine, with these entries in `X-Forwarded-For`.
async fn asks(maxis: &Maxis, key: &str, from: &str, forwarded: &[&str]) -> (StatusCode, String) {
    let signer = Signer::new(&Secret::new(key), "maxis");
    let question = Question { method: "GET", path: "/api/status", body: b"" };
    let pass = signer.sign(question, Behalf::Watch, maxis.clock.now()).unwrap();
    let client = Client::builder().no_proxy().local_address(from.parse::<std::net::IpAddr>().unwrap()).build().unwrap();
    let mut request = client.get(format!("{}/status", maxis.base())).header("Authorization", format!("Bearer {pass}"));
    for line in forwarded {
        request = request.header("X-Forwarded-For", *line);
    }
    let answer = request.send().await.unwrap();
    (answer.status(), answer.text().await.unwrap())
}

async fn code(maxis: &Maxis, from: &str, forwarded: &[&str]) -> u16 {
    asks(maxis, KEY, from, forwarded).await.0.as_u16()
}

#[tokio::test]
async fn who_is_not_on_the_list_is_refused_like_anybody_else() {
    let maxis = Maxis::with(|rules, _| rules.allow = nets(&["127.0.0.3/32", "127.0.8.0/24"]));
    assert_eq!(code(&maxis, "127.0.0.3", &[]).await, 200);
    assert_eq!(code(&maxis, "127.0.8.77", &[]).await, 200);
    // Without a proxy's name, what a stranger writes is nothing.
    for from in ["127.0.0.1", "127.0.9.77"] {
        let unlisted = asks(&maxis, KEY, from, &["127.0.0.3"]).await;
        assert_eq!(unlisted, (StatusCode::UNAUTHORIZED, r#"{"error":"not let in"}"#.to_owned()), "{from}");
    }
    assert_eq!(maxis.counted("\"address\""), 2);
    // On the list, but with another key: told apart in the figures alone.
    let wrong_key = asks(&maxis, "another-key-altogether", "127.0.0.3", &[]).await;
    assert_eq!(wrong_key, (StatusCode::UNAUTHORIZED, r#"{"error":"not let in"}"#.to_owned()));
    assert_eq!((maxis.counted("\"address\""), maxis.counted("\"key\"")), (2, 1));
    // The list is for the control API: whoever watches the machine asks for its health.
    let health = maxis.base().join("/health").unwrap();
    let client = Client::builder().no_proxy().build().unwrap();
    assert_eq!(client.get(health).send().await.unwrap().status(), StatusCode::OK);
    maxis.server.stop().await;
}

#[tokio::test]
async fn behind_a_named_proxy_it_counts_for_whom_it_asks() {
    let maxis = Maxis::with(|rules, _| {
        rules.allow = nets(&["203.0.113.7/32", "2001:db8:7::/48"]);
        rules.proxies = nets(&["127.0.0.5/32"]);
    });
    for (forwarded, expected) in [
        (&["203.0.113.7"][..], 200),
        (&["2001:db8:7::1"], 200),
        (&["203.0.113.8"], 401),
        // Forged by the client: the proxy adds the true address at the right.
        (&["203.0.113.7, 203.0.113.8"], 401),
        (&["203.0.113.7", "203.0.113.8"], 401),
        (&["203.0.113.8, 203.0.113.7"], 200),
        (&["203.0.113.7, 127.0.0.5"], 200),
        (&["203.0.113.7, who knows"], 401),
        (&[], 401),
    ] {
        assert_eq!(code(&maxis, "127.0.0.5", forwarded).await, expected, "{forwarded:?}");
    }
    // Somebody else who says the same isn't believed.
    assert_eq!(code(&maxis, "127.0.0.6", &["203.0.113.7"]).await, 401);
    maxis.server.stop().await;
}

#[tokio::test]
async fn over_ipv6_too_and_an_ipv4_address_in_its_clothes_is_the_same() {
    let listed = |list: &'static [&str]| move |rules: &mut shellia::web::Rules, _: &_| rules.allow = nets(list);
    let maxis = Maxis::at("[::1]:0", None, listed(&["::1/128"]));
    assert_eq!(code(&maxis, "::1", &[]).await, 200);
    maxis.server.stop().await;
    let maxis = Maxis::at("[::1]:0", None, listed(&["127.0.0.1/32", "2001:db8::/32"]));
    assert_eq!(code(&maxis, "::1", &["127.0.0.1"]).await, 401);
    maxis.server.stop().await;
    // On all addresses, IPv4 comes in as ::ffff:127.0.0.1.
    let maxis = Maxis::at("[::]:0", None, listed(&["127.0.0.1/32"]));
    let mut at = maxis.base();
    at.set_host(Some("127.0.0.1")).unwrap();
    let peer = super::stage::peer(at, KEY, &maxis.clock);
    assert!(shellia::control::status(&peer, shellia::control::Asker::watch()).await.is_ok());
    maxis.server.stop().await;
}

#[tokio::test]
async fn a_key_may_be_used_so_often_from_wherever_and_the_next_key_for_itself() {
    let maxis = Maxis::with(|rules, clock| {
        let (new, old) = (Secret::new("the-key-of-tomorrow"), Secret::new(KEY));
        rules.verifier = Some(Verifier::new("maxis", &new, Some(&old), clock.now()));
        rules.per_key = NonZeroU32::new(3).unwrap();
    });
    let mut codes = Vec::new();
    for n in 1..=4 {
        codes.push(code(&maxis, &format!("127.0.0.{n}"), &[]).await);
    }
    assert_eq!(codes, [200, 200, 200, 429]);
    assert_eq!(maxis.counted("key_too_often"), 1);
    assert_eq!(asks(&maxis, "the-key-of-tomorrow", "127.0.0.9", &[]).await.0, StatusCode::OK);
    // Passes that open nothing use up nothing of it.
    for _ in 0..5 {
        assert_eq!(asks(&maxis, "another-key-altogether", "127.0.0.9", &[]).await.0, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(asks(&maxis, "the-key-of-tomorrow", "127.0.0.9", &[]).await.0, StatusCode::OK);
    maxis.server.stop().await;
}

#[tokio::test]
async fn behind_a_proxy_each_client_has_a_limit_of_its_own() {
    let maxis = Maxis::with(|rules, _| {
        rules.per_minute = NonZeroU32::new(2).unwrap();
        rules.proxies = nets(&["127.0.0.5/32"]);
    });
    for client in ["203.0.113.7", "203.0.113.8", "2001:db8::1"] {
        let codes = [
            code(&maxis, "127.0.0.5", &[client]).await,
            code(&maxis, "127.0.0.5", &[client]).await,
            code(&maxis, "127.0.0.5", &[client]).await,
        ];
        assert_eq!(codes, [200, 200, 429], "{client}");
    }
    // Whoever has one IPv6 address has those beside it.
    assert_eq!(code(&maxis, "127.0.0.5", &["2001:db8::2"]).await, 429);
    assert_eq!(maxis.counted("\"too_often\""), 4);
    maxis.server.stop().await;
}
