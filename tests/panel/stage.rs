//! A Maxis with his panel, and pages in browsers that ask it.

use crate::support::maxis::{CLUB, Maxis, SHOP, link_of};
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};
use shellia::config::{Settings, Sources};
use shellia::kernel::Clock;
use shellia::roles::{Commerce, Running};
use shellia::sandbox::stripe::How;
use shellia::sandbox::{Answer, World};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

pub const PATIENCE: Duration = Duration::from_secs(60);

pub struct Stage {
    pub maxis: Maxis,
    pub base: String,
    pub shop: u64,
    pub club: u64,
    commerce: Commerce,
}

impl Stage {
    pub async fn open() -> Self {
        Self::with(&[]).await
    }

    pub async fn with(settings: &[(&str, &str)]) -> Self {
        Self::around(Maxis::prepare(World::two_guilds()).await, settings).await
    }

    /// One that takes payments at the local Stripe.
    pub async fn selling() -> Self {
        const SECRET: &str = "whsec_sandbox";
        let maxis = Maxis::prepare(World::two_guilds()).await;
        let stripe = maxis.sandbox.stripe();
        stripe.rules(|rules| rules.draft_s = 0);
        let (url, keys) = (stripe.url(), [("STRIPE_SECRET_KEY", "sk_test_sandbox"), ("STRIPE_WEBHOOK_SECRET", SECRET)]);
        let stage = Self::around(maxis, &[keys.as_slice(), &[("STRIPE_API_URL", &url)]].concat()).await;
        stripe.webhook(&format!("{}/webhooks/stripe", stage.base), SECRET);
        stage
    }

    async fn around(mut maxis: Maxis, settings: &[(&str, &str)]) -> Self {
        maxis.set("MAXIS_PANEL_URL", "http://127.0.0.1:0");
        maxis.set("DISCORD_CLIENT_SECRET", "sandbox-maxis-secret");
        maxis.set("DISCORD_GUILD_MEMBERS", "true");
        for (name, value) in settings {
            maxis.set(name, value);
        }
        let settings = Settings::load(&Sources::from_environment(maxis.environment())).unwrap();
        let commerce = Commerce::start(&settings, Clock::new(), &CancellationToken::new()).await.unwrap();
        maxis.online().await;
        let (shop, club) = (maxis.sandbox.guild_id(SHOP).unwrap(), maxis.sandbox.guild_id(CLUB).unwrap());
        // Guilds are known from the first command on.
        maxis.person("marie", "support").uses("ticket_list", json!({})).await;
        maxis.person_in(CLUB, "olga", "aide").uses("ticket_list", json!({})).await;
        let base = format!("http://{}", commerce.address());
        Self { maxis, base, shop, club, commerce }
    }

    /// Somebody buys something with a card; the order is handed over when it is given back.
    pub async fn sells(&self, who: &str, item: &str) -> i64 {
        let buyer = self.maxis.person(who, "discussion");
        buyer.uses("buy", json!({"item": item})).await;
        let Answer::Message(card) = buyer.presses_in(buyer.channel, "buy_agree?").await else { panic!("no order") };
        let url = link_of(&card).expect("where it is paid");
        self.maxis.sandbox.stripe().pay(url.rsplit('/').next().unwrap(), How::Card).expect("it is paid");
        let newest = "select max(number) as n from orders";
        let number = self.maxis.database.count(newest).await;
        self.until(&format!("select count(*) as n from orders where number = {number} and state = 'fulfilled'"), 1)
            .await;
        self.maxis.settled().await;
        number
    }

    /// Waits until a count is as expected.
    pub async fn until(&self, query: &str, expected: i64) {
        let reached = async {
            while self.maxis.database.count(query).await != expected {
                tokio::time::sleep(Duration::from_millis(30)).await;
            }
        };
        tokio::time::timeout(PATIENCE, reached).await.unwrap_or_else(|_| panic!("{query} is never {expected}"));
    }

    pub async fn close(self) {
        self.maxis.settled().await;
        self.commerce.stop().await;
        crate::support::witness::judge(&self.maxis.sandbox).await;
        self.maxis.sandbox.stop().await;
    }

    pub fn user(&self, name: &str) -> u64 {
        self.maxis.sandbox.user_id(name).unwrap()
    }

    /// A browser that holds nothing.
    pub fn browser(&self) -> Browser {
        let client = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        let client = client.timeout(PATIENCE).user_agent("Firefox (tests)").build().unwrap();
        Browser { client, base: self.base.clone(), session: None, state: None, csrf: None }
    }

    /// A browser in which somebody signed in.
    pub async fn signed_in(&self, username: &str) -> Browser {
        let mut browser = self.browser();
        let back = browser.at_discord(Some(self.user(username))).await;
        let answer = browser.follow(&back).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{answer:?}");
        assert_eq!(location(&answer), "/admin-panel/tickets.html?guild=1");
        let me = browser.json("/api/admin/me").await;
        browser.csrf = Some(me["csrf"].as_str().unwrap().to_owned());
        browser
    }

    /// A path of the shop's.
    pub fn of_shop(&self, path: &str) -> String {
        format!("/api/admin/guilds/{}{path}", self.shop)
    }
}

pub fn location(answer: &Response) -> String {
    answer.headers()[LOCATION].to_str().unwrap().to_owned()
}

pub fn cookies(answer: &Response) -> Vec<String> {
    answer.headers().get_all(SET_COOKIE).iter().map(|line| line.to_str().unwrap().to_owned()).collect()
}

#[derive(Clone)]
pub struct Browser {
    client: Client,
    base: String,
    pub session: Option<String>,
    pub state: Option<String>,
    pub csrf: Option<String>,
}

impl Browser {
    fn keep(&mut self, answer: &Response) {
        for line in cookies(answer) {
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            let value = Some(value.to_owned()).filter(|value| !value.is_empty());
            if name.ends_with("-state") { self.state = value } else { self.session = value }
        }
    }

    /// Asks as a page of the panel does.
    pub async fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Response {
        self.ask_with(method, path, body, &[]).await
    }

    pub async fn ask_with(&self, method: &str, path: &str, body: Option<Value>, headers: &[(&str, &str)]) -> Response {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.client.request(method, format!("{}{path}", self.base)).header("X-Lang", "fr");
        let held = [("shellia", &self.session), ("shellia-state", &self.state)];
        let held: Vec<String> =
            held.iter().filter_map(|(name, value)| Some(format!("{name}={}", value.as_ref()?))).collect();
        request = request.header(COOKIE, held.join("; "));
        if let Some(csrf) = &self.csrf {
            request = request.header("X-CSRF", csrf);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        request.send().await.unwrap()
    }

    /// What a path shows.
    pub async fn json(&self, path: &str) -> Value {
        let answer = self.ask("GET", path, None).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.json().await.unwrap()
    }

    /// What a change gives, and its status.
    pub async fn does(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let answer = self.ask(method, path, Some(body)).await;
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    /// Begins a sign-in and chooses at Discord who one is; the address with which the browser comes back.
    pub async fn at_discord(&mut self, user: Option<u64>) -> String {
        let begun = self.ask("GET", "/api/admin/sign-in?to=%2Fadmin-panel%2Ftickets.html%3Fguild%3D1", None).await;
        assert_eq!(begun.status(), StatusCode::FOUND);
        self.keep(&begun);
        let chosen = format!("user={}", user.unwrap_or(0));
        let answer = self.client.post(location(&begun)).body(chosen).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::FOUND, "{}", answer.text().await.unwrap());
        location(&answer)
    }

    /// Follows an address of the panel's host.
    pub async fn follow(&mut self, address: &str) -> Response {
        let path = address.strip_prefix(&self.base).expect("an address of the panel");
        let answer = self.ask("GET", path, None).await;
        self.keep(&answer);
        answer
    }

    /// Sends something without a page around it.
    pub async fn post_link(&mut self, token: &str) -> Response {
        let answer = self.ask("POST", "/api/admin/link", Some(json!({"token": token}))).await;
        self.keep(&answer);
        answer
    }
}
