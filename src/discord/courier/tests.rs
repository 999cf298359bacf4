//! Tests of this module.

use super::bytes::Fetcher;
use super::*;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

#[test]
fn only_discord_and_the_configured_base_may_be_fetched_from() {
    let base: Url = "http://127.0.0.1:4010/api".parse().unwrap();
    let fetcher = Fetcher::new(Some(&base)).unwrap();
    for good in [
        "https://cdn.discordapp.com/attachments/1/2/a.png?ex=1",
        "https://media.discordapp.net/attachments/1/2/a.png",
        "http://127.0.0.1:4010/attachments/1/2/a.png",
    ] {
        assert!(fetcher.allowed(good).is_some(), "{good}");
    }
    for bad in [
        "http://cdn.discordapp.com/a.png",
        "https://cdn.discordapp.com:8443/a.png",
        "https://cdn.discordapp.com.evil.example/a.png",
        "https://evil.example/cdn.discordapp.com",
        "https://cdn.discordapp.com@evil.example/a.png",
        "https://user@cdn.discordapp.com/a.png",
        "http://127.0.0.1:4011/a.png",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "not an address",
    ] {
        assert!(fetcher.allowed(bad).is_none(), "{bad}");
    }
    let strict = Fetcher::new(None).unwrap();
    assert!(strict.allowed("http://127.0.0.1:4010/a.png").is_none());
}

#[test]
fn a_button_is_found_inside_rows_and_containers() {
    let row = json!({"type": 1, "components": [{"type": 2, "custom_id": "ticket_view?id=7"}]});
    let inside = json!({"type": 17, "components": [row]});
    assert!(runs(&row, "ticket_view?id=7"));
    assert!(runs(&inside, "ticket_view?id=7"));
    assert!(!runs(&inside, "ticket_view?id=70"));
}

/// A server that gives every caller this answer.
async fn serve(answer: String) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut request = [0; 2048];
            let read = socket.read(&mut request).await.unwrap();
            assert!(read > 0);
            socket.write_all(answer.as_bytes()).await.unwrap();
            socket.shutdown().await.unwrap();
        }
    });
    url
}

async fn fetched(answer: &str, max: u64) -> Result<Vec<u8>> {
    let base = serve(answer.to_owned()).await;
    Fetcher::new(Some(&base)).unwrap().fetch(base.as_str(), max).await
}

#[tokio::test]
async fn bytes_arrive_up_to_the_limit() {
    let announced = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";
    assert_eq!(fetched(announced, 5).await, Ok(b"hello".to_vec()));
    assert_eq!(fetched(announced, 4).await, Err(Undelivered::TooLarge));
    let unannounced = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n";
    assert_eq!(fetched(unannounced, 5).await, Ok(b"hello".to_vec()));
    assert_eq!(fetched(unannounced, 4).await, Err(Undelivered::TooLarge));
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_a_cut_is_tried_again() {
    let redirect = "HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n";
    assert_eq!(fetched(redirect, 5).await, Err(Undelivered::Refused(302)));
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nhello";
    assert_eq!(fetched(cut, 50).await, Err(Undelivered::Later(None)));
    let expired = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";
    assert_eq!(fetched(expired, 5).await, Err(Undelivered::Gone));
    let broken = "HTTP/1.1 503 Unavailable\r\ncontent-length: 0\r\n\r\n";
    assert_eq!(fetched(broken, 5).await, Err(Undelivered::Later(None)));
}
