//! A server that keeps what it is sent and answers what it was told. It has no rules of Stripe's: those are the sandbox's.

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use serde_json::Value;
use shellia::config::Secret;
use shellia::stripe::{Options, PATIENCE, StripeGateway};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use url::Url;

/// A request that came.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Method and path, such as `POST /v1/refunds`.
    pub line: String,
    /// Its query or body, field by field.
    pub form: BTreeMap<String, String>,
    /// Its headers, in lower case.
    pub headers: BTreeMap<String, String>,
    /// The other end of its connection.
    pub peer: String,
}

/// An answer to give.
pub struct Given {
    status: u16,
    headers: Vec<(&'static str, &'static str)>,
    body: String,
    after: Duration,
}

impl Given {
    pub fn new(status: u16, body: &Value) -> Self {
        Self { status, headers: Vec::new(), body: body.to_string(), after: Duration::ZERO }
    }

    pub fn text(status: u16, body: &str) -> Self {
        Self { status, headers: Vec::new(), body: body.to_owned(), after: Duration::ZERO }
    }

    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }

    pub fn after(mut self, pause: Duration) -> Self {
        self.after = pause;
        self
    }
}

#[derive(Default)]
struct State {
    seen: Vec<Seen>,
    answers: BTreeMap<String, VecDeque<Given>>,
}

/// The running server.
pub struct Stub {
    pub base: Url,
    state: Arc<Mutex<State>>,
    handle: ServerHandle,
}

impl Stub {
    pub async fn start() -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let shared = web::Data::from(state.clone());
        let server = HttpServer::new(move || App::new().app_data(shared.clone()).default_service(web::to(answer)))
            .workers(1)
            .disable_signals()
            .bind("127.0.0.1:0")
            .expect("a port");
        let base = Url::parse(&format!("http://{}/stripe", server.addrs()[0])).expect("an address");
        let server = server.run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { base, state, handle }
    }

    /// A gateway that asks this server.
    pub fn gateway(&self) -> StripeGateway {
        self.gateway_with(false, PATIENCE)
    }

    pub fn gateway_with(&self, tax: bool, patience: Duration) -> StripeGateway {
        let key = Secret::new("sk_test_secret");
        StripeGateway::new(Options { api_url: self.base.clone(), key, tax, patience }).expect("a gateway")
    }

    /// Will answer so, once; answers to one line are given in the order of telling.
    pub fn will(&self, line: &str, given: Given) {
        self.state.lock().unwrap().answers.entry(line.to_owned()).or_default().push_back(given);
    }

    /// Will answer with 200.
    pub fn gives(&self, line: &str, body: &Value) {
        self.will(line, Given::new(200, body));
    }

    /// Everything that came.
    pub fn seen(&self) -> Vec<Seen> {
        self.state.lock().unwrap().seen.clone()
    }

    /// The last that came.
    pub fn last(&self) -> Seen {
        self.seen().pop().expect("something came")
    }

    pub async fn stop(self) {
        self.handle.stop(false).await;
    }
}

async fn answer(request: HttpRequest, body: web::Bytes, state: web::Data<Mutex<State>>) -> HttpResponse {
    let path = request.path().strip_prefix("/stripe").unwrap_or_default();
    let line = format!("{} {path}", request.method());
    let text = format!("{}{}", request.query_string(), String::from_utf8(body.to_vec()).unwrap());
    let form = url::form_urlencoded::parse(text.as_bytes()).into_owned().collect();
    let headers = request.headers().iter();
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    let peer = request.peer_addr().unwrap().to_string();
    let given = {
        let mut state = state.lock().unwrap();
        state.seen.push(Seen { line: line.clone(), form, headers, peer });
        state.answers.get_mut(&line).and_then(VecDeque::pop_front)
    };
    let given = given.unwrap_or_else(|| Given::text(418, "nobody told me what to answer"));
    tokio::time::sleep(given.after).await;
    let mut response = HttpResponse::build(given.status.try_into().unwrap());
    for (name, value) in given.headers {
        response.insert_header((name, value));
    }
    response.body(given.body)
}
