//! The local Stripe: what its tests share, and the main path from a session to a signed event.

mod api;
mod checkout;
mod keys;
mod plans;
mod post;

use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use serde_json::{Value, json};
use shellia::sandbox::Sandbox;
use shellia::sandbox::stripe::{How, SECRET_KEY, Stripe};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// How long a test waits for what must come.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// A program that uses Stripe, as far as these tests need one.
pub struct Shop {
    pub sandbox: Sandbox,
    pub stripe: Stripe,
    pub client: reqwest::Client,
}

impl Shop {
    pub async fn open() -> Self {
        let sandbox = crate::sandbox::sandbox().await;
        let stripe = sandbox.stripe();
        Self { sandbox, stripe, client: reqwest::Client::new() }
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        let request = self.client.get(format!("{}/v1/{path}", self.stripe.url()));
        read(request.bearer_auth(SECRET_KEY).send().await.unwrap()).await
    }

    pub fn request(&self, path: &str, form: &[(&str, &str)]) -> reqwest::RequestBuilder {
        let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self.client.post(format!("{}/v1/{path}", self.stripe.url())).bearer_auth(SECRET_KEY);
        request.header("Content-Type", "application/x-www-form-urlencoded").body(body)
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> (u16, Value) {
        read(self.request(path, form).send().await.unwrap()).await
    }

    /// Posts what must succeed.
    pub async fn made(&self, path: &str, form: &[(&str, &str)]) -> Value {
        let (status, body) = self.post(path, form).await;
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    /// Gets what must be there.
    pub async fn seen(&self, path: &str) -> Value {
        let (status, body) = self.get(path).await;
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    /// Posts what must be refused; gives the error.
    pub async fn refused(&self, path: &str, form: &[(&str, &str)]) -> Value {
        let (status, body) = self.post(path, form).await;
        assert!((400..500).contains(&status), "{path}: {status} {body}");
        body["error"].clone()
    }

    pub async fn customer(&self) -> String {
        let form = [("email", "marie@example.com"), ("metadata[discord_id]", "42")];
        id(&self.made("customers", &form).await)
    }

    /// A session for something that is bought once.
    pub async fn session(&self, amount: &str, more: &[(&str, &str)]) -> Value {
        let mut form = vec![
            ("mode", "payment"),
            ("success_url", "http://127.0.0.1:9/done?s={CHECKOUT_SESSION_ID}"),
            ("cancel_url", "http://127.0.0.1:9/back"),
            ("line_items[0][price_data][currency]", "eur"),
            ("line_items[0][price_data][unit_amount]", amount),
            ("line_items[0][price_data][product_data][name]", "Guide"),
            ("line_items[0][quantity]", "1"),
            ("client_reference_id", "order-1"),
            ("metadata[order]", "1"),
            ("payment_intent_data[metadata][order]", "1"),
        ];
        form.extend_from_slice(more);
        self.made("checkout/sessions", &form).await
    }

    /// A session for a monthly plan.
    pub async fn plan_session(&self, customer: &str, amount: &str, more: &[(&str, &str)]) -> Value {
        let mut form = vec![
            ("mode", "subscription"),
            ("customer", customer),
            ("success_url", "http://127.0.0.1:9/done"),
            ("line_items[0][price_data][currency]", "eur"),
            ("line_items[0][price_data][unit_amount]", amount),
            ("line_items[0][price_data][recurring][interval]", "month"),
            ("line_items[0][price_data][product_data][name]", "Pro"),
            ("line_items[0][quantity]", "1"),
            ("subscription_data[metadata][plan]", "pro"),
        ];
        form.extend_from_slice(more);
        self.made("checkout/sessions", &form).await
    }

    /// A customer with a running monthly plan: the subscription's id.
    pub async fn subscriber(&self, how: How) -> String {
        let customer = self.customer().await;
        let session = self.plan_session(&customer, "999", &[]).await;
        let paid = self.stripe.pay(&id(&session), how).unwrap();
        paid["subscription"].as_str().unwrap().to_owned()
    }

    /// A paid session's charge.
    pub async fn charge(&self, amount: &str) -> Value {
        let session = self.session(amount, &[]).await;
        let paid = self.stripe.pay(&id(&session), How::Card).unwrap();
        let intent = self.seen(&format!("payment_intents/{}", paid["payment_intent"].as_str().unwrap())).await;
        self.seen(&format!("charges/{}", intent["latest_charge"].as_str().unwrap())).await
    }

    pub fn advance_days(&self, days: u64) {
        self.stripe.advance(Duration::from_secs(days * 24 * 3600));
    }

    /// The types of all events so far, those of the catalogue left out.
    pub fn told(&self) -> Vec<String> {
        let kinds = self.stripe.events().into_iter().map(|event| event["type"].as_str().unwrap().to_owned());
        kinds
            .filter(|kind| !["customer.created", "product.created", "price.created"].contains(&kind.as_str()))
            .collect()
    }

    /// The types of events since a number of them.
    pub fn told_since(&self, seen: usize) -> Vec<String> {
        self.told().split_off(seen)
    }
}

pub fn id(object: &Value) -> String {
    object["id"].as_str().unwrap().to_owned()
}

async fn read(answer: reqwest::Response) -> (u16, Value) {
    let status = answer.status().as_u16();
    (status, answer.json().await.unwrap())
}

/// One request that a mailbox got.
#[derive(Debug, Clone)]
pub struct Got {
    pub signature: String,
    pub body: String,
}

impl Got {
    pub fn event(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn kind(&self) -> String {
        self.event()["type"].as_str().unwrap().to_owned()
    }
}

/// A webhook endpoint that keeps what it gets.
#[derive(Clone, Default)]
pub struct Mailbox {
    got: Arc<Mutex<Vec<Got>>>,
    answers: Arc<Mutex<Vec<u16>>>,
}

impl Mailbox {
    /// Opens a mailbox; gives it and its address.
    pub async fn open() -> (Self, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/webhooks/stripe", listener.local_addr().unwrap());
        let mailbox = Self::default();
        let inside = mailbox.clone();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(inside.clone().serve(socket));
            }
        });
        (mailbox, url)
    }

    /// Answers the next requests with these statuses, all others with 200.
    pub fn answer_next(&self, statuses: &[u16]) {
        self.answers.lock().unwrap().extend(statuses);
    }

    pub fn got(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }

    fn next_answer(&self) -> u16 {
        let mut answers = self.answers.lock().unwrap();
        if answers.is_empty() { 200 } else { answers.remove(0) }
    }

    async fn serve(self, mut socket: tokio::net::TcpStream) {
        let mut bytes = Vec::new();
        loop {
            let Some((head, body)) = whole(&bytes) else {
                let mut piece = [0_u8; 16_384];
                match socket.read(&mut piece).await {
                    Ok(0) | Err(_) => return,
                    Ok(n) => bytes.extend_from_slice(&piece[..n]),
                }
                continue;
            };
            let signature = header(&head, "stripe-signature").unwrap_or_default();
            self.got.lock().unwrap().push(Got { signature, body });
            bytes.clear();
            let status = self.next_answer();
            let answer = format!("HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n");
            if socket.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    }
}

fn header(head: &str, name: &str) -> Option<String> {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
}

fn whole(bytes: &[u8]) -> Option<(String, String)> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let length: usize = header(&head, "content-length")?.parse().unwrap();
    let body = bytes.get(end + 4..end + 4 + length)?;
    Some((head, String::from_utf8(body.to_vec()).unwrap()))
}

#[tokio::test]
async fn a_paid_session_is_told_by_signed_events() {
    let shop = Shop::open().await;
    let (mailbox, url) = Mailbox::open().await;
    shop.stripe.mail(|mail| mail.at_once = 1);
    shop.stripe.webhook(&url, "whsec_test");
    let customer = shop.customer().await;
    let session = shop.session("1999", &[("customer", &customer), ("expand[]", "line_items")]).await;
    assert_eq!((&session["status"], &session["payment_status"]), (&json!("open"), &json!("unpaid")));
    assert_eq!(session["line_items"]["data"][0]["description"], "Guide");
    shop.stripe.pay(&id(&session), How::Card).unwrap();
    let seen = shop
        .seen(&format!("checkout/sessions/{}?expand[]=payment_intent.latest_charge.balance_transaction", id(&session)))
        .await;
    assert_eq!((&seen["status"], &seen["payment_status"]), (&json!("complete"), &json!("paid")));
    let charge = &seen["payment_intent"]["latest_charge"];
    assert_eq!(charge["metadata"]["order"], "1");
    assert_eq!(
        charge["payment_method_details"]["card"]["fingerprint"],
        format!("card4242of{}", charge["customer"].as_str().unwrap())
    );
    assert_eq!(charge["balance_transaction"]["net"], 1999 - (29 + 25));
    assert!(shop.stripe.delivered(PATIENCE).await);
    let wanted = [
        "customer.created",
        "product.created",
        "price.created",
        "payment_intent.created",
        "payment_method.attached",
        "charge.succeeded",
        "payment_intent.succeeded",
        "charge.updated",
        "checkout.session.completed",
    ];
    let got = mailbox.got();
    assert_eq!(got.iter().map(Got::kind).collect::<Vec<_>>(), wanted);
    let completed = got[8].event();
    assert_eq!(completed["api_version"], "2026-09-30.endive");
    assert_eq!(completed["data"]["object"]["client_reference_id"], "order-1");
    assert!(got[8].signature.starts_with("t=") && got[8].signature.contains(",v1="));
    let updated = got[7].event();
    assert_eq!(updated["data"]["previous_attributes"], json!({"balance_transaction": null}));
    let listed = shop.seen("events?type=checkout.session.completed").await;
    assert_eq!(listed["data"][0]["id"], completed["id"]);
    assert_eq!(listed["data"][0]["pending_webhooks"], 0);
}
