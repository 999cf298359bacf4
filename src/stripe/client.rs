//! Sends one request to Stripe and reads its answer: address, key, version, idempotency, time-outs. It repeats nothing: who
//! asks keeps the key and decides whether to ask again.

use super::refusal;
use crate::config::Secret;
use crate::domain::payments::Refused;
use futures_util::TryStreamExt;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Method, RequestBuilder, Response};
use serde::de::DeserializeOwned;
use std::time::Duration;
use stripe_client_core::{StripeMethod, StripeRequest, VERSION};
use url::form_urlencoded::byte_serialize;
use url::{Host, Url};

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long an idle connection is kept for the next call.
const IDLE: Duration = Duration::from_secs(50);
/// The largest answer that is read: a hundred invoices with their lines.
const LARGEST: usize = 16 << 20;

/// What is asked: a typed request as path and form, with what the types lack.
pub(super) struct Ask {
    what: &'static str,
    method: Method,
    path: String,
    /// The query of a GET or DELETE, the body of a POST.
    form: String,
    key: Option<String>,
}

impl Ask {
    /// A request; `what` names the answer in words.
    pub(super) fn new(what: &'static str, request: &impl StripeRequest) -> Self {
        let built = request.build();
        let method = match built.method {
            StripeMethod::Get => Method::GET,
            StripeMethod::Post => Method::POST,
            StripeMethod::Delete => Method::DELETE,
        };
        let parts = [built.query, built.body];
        let mut form: Vec<&str> =
            parts.iter().flatten().flat_map(|part| part.split('&')).filter(|p| !p.is_empty()).collect();
        // A map's order differs each time, and a key takes a repeat only with the same parameters.
        form.sort_unstable();
        Self { what, method, path: built.path, form: form.join("&"), key: None }
    }

    /// A request by its path, without parameters yet, for what the request crates need another crate's types for.
    pub(super) const fn at(what: &'static str, method: Method, path: String) -> Self {
        Self { what, method, path, form: String::new(), key: None }
    }

    /// Makes repeats harmless (Stripe, "Idempotent requests").
    pub(super) fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Adds a parameter that the request's type can't express.
    pub(super) fn and(mut self, name: &str, value: &str) -> Self {
        if !self.form.is_empty() {
            self.form.push('&');
        }
        self.form.extend(byte_serialize(name.as_bytes()));
        self.form.push('=');
        self.form.extend(byte_serialize(value.as_bytes()));
        self
    }
}

/// The way to Stripe.
pub(super) struct Client {
    http: reqwest::Client,
    base: String,
    key: Secret,
}

impl Client {
    /// Prepares a client; `base` is the API's address without `/v1`, `whole` the time for one call.
    pub(super) fn new(base: &Url, key: Secret, whole: Duration) -> reqwest::Result<Self> {
        let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let tls = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .connect_timeout(CONNECT)
            .timeout(whole)
            .pool_idle_timeout(IDLE);
        if is_local(base) {
            builder = builder.no_proxy();
        }
        Ok(Self { http: builder.build()?, base: base.as_str().trim_end_matches('/').to_owned(), key })
    }

    /// Sends a request and reads the fields of `T` from the answer.
    ///
    /// # Errors
    /// [`Refused`]; [`Refused::Unknown`] when it may have been done.
    pub(super) async fn call<T: DeserializeOwned>(&self, ask: Ask) -> Result<T, Refused> {
        let what = ask.what;
        let response = self.prepared(ask).send().await.map_err(|error| unsent(what, error))?;
        let status = response.status().as_u16();
        let retry_after = wait_of(&response);
        let request = header(&response, "request-id").unwrap_or_default().to_owned();
        let body = whole(response).await.map_err(|error| {
            tracing::warn!(what, error = %error.without_url(), "an answer of the payment provider broke off");
            Refused::Unknown
        })?;
        let Some(body) = body else { return Err(Refused::Strange(what)) };
        if !(200..300).contains(&status) {
            let refused = refusal::read(status, retry_after, &body);
            tracing::info!(what, status, %refused, request, "the payment provider did not do what was asked");
            return Err(refused);
        }
        serde_json::from_slice(&body).map_err(|error| {
            // The kind of fault and its place; the message would quote the answer.
            tracing::warn!(what, fault = ?error.classify(), at = error.column(), request, "an answer that can't be read");
            Refused::Strange(what)
        })
    }

    fn prepared(&self, ask: Ask) -> RequestBuilder {
        let mut address = format!("{}/v1{}", self.base, ask.path);
        let posts = ask.method == Method::POST;
        if !posts && !ask.form.is_empty() {
            address.push('?');
            address.push_str(&ask.form);
        }
        let mut request = self
            .http
            .request(ask.method, address)
            .bearer_auth(self.key.expose())
            .header("Stripe-Version", VERSION.as_str());
        if let Some(key) = ask.key {
            request = request.header("Idempotency-Key", key);
        }
        if posts { request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(ask.form) } else { request }
    }
}

/// What it means that no answer came.
fn unsent(what: &'static str, error: reqwest::Error) -> Refused {
    // Nothing was sent where there was no connection. In every other case it may have been received and done.
    let refused = if error.is_connect() {
        Refused::Later(None)
    } else if error.is_builder() {
        Refused::Strange("a request that can't be written")
    } else {
        Refused::Unknown
    };
    tracing::warn!(what, error = %error.without_url(), %refused, "the payment provider was not reached");
    refused
}

/// The body; `None` when it is larger than anything that we ask for.
async fn whole(response: Response) -> reqwest::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let mut stream = response.bytes_stream();
    while let Some(chunk) = stream.try_next().await? {
        if bytes.len().saturating_add(chunk.len()) > LARGEST {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Some(bytes))
}

fn wait_of(response: &Response) -> Option<Duration> {
    header(response, RETRY_AFTER.as_str())?.trim().parse().ok().map(Duration::from_secs)
}

fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    response.headers().get(name)?.to_str().ok()
}

fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;
    use stripe_core::customer::CreateCustomer;

    #[test]
    fn the_same_request_has_the_same_form() {
        let form = || {
            let metadata: HashMap<String, String> =
                ["guild", "user", "order", "kind"].map(|name| (name.into(), "1".into())).into();
            Ask::new("a customer", &CreateCustomer::new().metadata(metadata)).and("currency", "eur").form
        };
        let first = form();
        assert_eq!(first.matches("metadata").count(), 4);
        assert!((0..50).all(|_| form() == first), "{first}");
    }
}
