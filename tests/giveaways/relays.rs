//! The way to a beacon over HTTP: several relays, of which none is trusted.

use crate::support::maxis::PATIENCE;
use shellia::domain::giveaways::Beacon;
use shellia::domain::giveaways::draw::{GENESIS, PERIOD, Source};
use shellia::drand::Relays;
use shellia::sandbox::{Options, Sandbox, World};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use url::Url;

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

/// A relay that gives this to whoever asks.
async fn relay(body: &'static str) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = url(&format!("http://{}", listener.local_addr().unwrap()));
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let _ = socket.read(&mut [0; 2048]).await;
            let answer =
                format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
            socket.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    base
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_is_had_from_the_first_relay_that_tells_the_truth() {
    let sandbox = Sandbox::start(Options::new(World::two_guilds())).await.unwrap();
    let key = sandbox.drand_key().parse().unwrap();
    let false_one = relay("{\"round\":5,\"randomness\":\"00\",\"signature\":\"00\"}").await;
    let nonsense = relay("nothing of the kind").await;
    let gone = url("http://127.0.0.1:9");
    let relays = Relays::new(vec![gone, false_one, nonsense, url(&sandbox.drand_url())], Some(key)).unwrap();
    assert_eq!(relays.sandbox_key(), Some(key));
    let source = Source::Sandbox { public_key: key, round: 5 };
    let signature = tokio::time::timeout(PATIENCE, relays.signature(&source)).await.unwrap().unwrap();
    assert!(source.randomness(&signature).is_some());
    sandbox.beacon_away(true);
    assert!(relays.signature(&source).await.is_err());
    sandbox.beacon_away(false);
    // A round of the year 2100 doesn't exist yet.
    let future = (4_102_444_800 - GENESIS) / PERIOD + 1;
    assert!(relays.signature(&Source::Sandbox { public_key: key, round: future }).await.is_err());
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_round_of_quicknet_is_believed_and_another_rounds_signature_is_not() {
    // Round 123 of quicknet, from the tests of the crate drand-verify 0.6.2.
    let body: &str = concat!(
        "{\"round\":123,\"randomness\":\"\",\"signature\":\"",
        "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92",
        "\"}"
    );
    let relays = Relays::new(vec![relay(body).await], None).unwrap();
    let found = relays.signature(&Source::Quicknet { round: 123 }).await.unwrap();
    assert!(found.starts_with("b75c69d0"));
    assert!(relays.signature(&Source::Quicknet { round: 124 }).await.is_err());
}
