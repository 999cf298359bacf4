//! Keeps the REST library from hammering a Discord that says "too many requests".
//!
//! On a 429 that names no bucket (the limit over everything, or one of the network in between) the library asks again at once,
//! 50 times a second, whatever `Retry-After` says; Discord shuts out an address after 10 000 refused requests in ten minutes
//! ("Rate Limits: Invalid Request Limit"). Here such a request is given up instead; who sent it tries again later.

use super::fault::Fault;
use serde::de::DeserializeOwned;
use std::future::IntoFuture;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use twilight_http::Client;
use twilight_http::request::Request;
use twilight_http::response::ResponseFuture;
use twilight_http::routing::Route;

/// A second attempt that comes sooner than this after the first was not put off by a bucket.
const TOO_SOON: Duration = Duration::from_millis(500);

/// Sends a request that waits for its bucket, and is given up rather than repeated at once.
pub(super) fn calmly<T>(request: impl IntoFuture<IntoFuture = ResponseFuture<T>>) -> ResponseFuture<T> {
    let mut request = request.into_future();
    let last: Mutex<Option<Instant>> = Mutex::default();
    // It says no where there is no rate limiter; then there is nothing to keep calm either.
    let _set = request.set_pre_flight(move || {
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        last.replace(Instant::now()).is_none_or(|last| last.elapsed() >= TOO_SOON)
    });
    request
}

/// Asks for something and reads the part of it that `T` names.
pub(super) async fn get<T: DeserializeOwned + Unpin>(http: &Client, route: &Route<'_>) -> Result<T, Fault> {
    let request = http.request::<T>(Request::from_route(route));
    let response = calmly(request).await.map_err(|error| Fault::of(&error))?;
    response.model().await.map_err(|_| Fault::Unreachable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;
    use twilight_http::Client;
    use twilight_http::error::ErrorType;

    /// A Discord that answers every request with 429 and these headers; counts the requests.
    async fn busy(headers: &'static str) -> (Client, Arc<AtomicU32>) {
        crate::discord::install_tls();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = Client::builder().proxy(listener.local_addr().unwrap().to_string(), true).build();
        let count = Arc::new(AtomicU32::new(0));
        let counted = count.clone();
        tokio::spawn(async move {
            let body = r#"{"message":"You are being rate limited.","retry_after":1.0,"global":true}"#;
            let length = body.len();
            let answer = format!("HTTP/1.1 429 -\r\nretry-after: 1\r\n{headers}content-length: {length}\r\n\r\n{body}");
            while let Ok((mut socket, _)) = listener.accept().await {
                let (counted, answer) = (counted.clone(), answer.clone());
                tokio::spawn(async move {
                    let mut request = [0; 4096];
                    while let Ok(1..) = socket.read(&mut request).await {
                        counted.fetch_add(1, Ordering::Relaxed);
                        socket.write_all(answer.as_bytes()).await.unwrap();
                    }
                });
            }
        });
        (client, count)
    }

    #[tokio::test]
    async fn without_a_bucket_a_refused_request_is_given_up() {
        for headers in ["", "x-ratelimit-scope: global\r\n"] {
            let (client, count) = busy(headers).await;
            let error = calmly(client.current_user()).await.unwrap_err();
            assert!(matches!(error.kind(), ErrorType::RequestCanceled));
            assert_eq!(count.load(Ordering::Relaxed), 1);
        }
    }

    #[tokio::test]
    async fn with_a_bucket_it_waits_for_it() {
        let (client, count) = busy(
            "x-ratelimit-scope: user\r\nx-ratelimit-bucket: b\r\nx-ratelimit-limit: 1\r\nx-ratelimit-remaining: 0\r\n\
             x-ratelimit-reset-after: 1\r\n",
        )
        .await;
        let waiting = tokio::time::timeout(Duration::from_millis(1700), calmly(client.current_user()));
        assert!(waiting.await.is_err());
        assert_eq!(count.load(Ordering::Relaxed), 2);
    }
}
