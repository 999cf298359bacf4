//! Signing in with the local Discord: what the code flow refuses.

use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};
use shellia::sandbox::{Options, Sandbox, World};

/// The pair of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const BACK: &str = "http://127.0.0.1:1/back";

struct Flow {
    sandbox: Sandbox,
    client: Client,
    app: u64,
    sam: u64,
}

impl Flow {
    async fn start() -> Self {
        super::bot::provide();
        let sandbox = Sandbox::start(Options::new(World::demo())).await.unwrap();
        let client = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let (app, sam) = (sandbox.app_id("Maxis").unwrap(), sandbox.user_id("sam").unwrap());
        Self { sandbox, client, app, sam }
    }

    fn page(&self, changed: (&str, &str)) -> String {
        let app = self.app.to_string();
        let asked = [
            ("response_type", "code"),
            ("client_id", app.as_str()),
            ("scope", "identify"),
            ("redirect_uri", BACK),
            ("state", "s"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        let asked = asked.map(|(name, value)| (name, if name == changed.0 { changed.1 } else { value }));
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(asked).finish();
        format!("{}/oauth2/authorize?{query}", self.sandbox.url())
    }

    async fn code(&self) -> String {
        let chosen = format!("user={}", self.sam);
        let answer = self.client.post(self.page(("", ""))).body(chosen).send().await.unwrap();
        let back = answer.headers()["location"].to_str().unwrap().to_owned();
        assert!(back.starts_with(BACK) && back.ends_with("&state=s"), "{back}");
        back.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned()
    }

    async fn exchange(&self, code: &str, changed: (&str, &str)) -> Response {
        let app = self.app.to_string();
        let given = [
            ("client_id", app.as_str()),
            ("client_secret", "sandbox-maxis-secret"),
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", BACK),
            ("code_verifier", VERIFIER),
        ];
        let given = given.map(|(name, value)| (name, if name == changed.0 { changed.1 } else { value }));
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(given).finish();
        let request = self.client.post(format!("{}/api/v10/oauth2/token", self.sandbox.url())).body(body);
        request.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap()
    }

    async fn me(&self, token: &str) -> Response {
        self.client.get(format!("{}/api/v10/users/@me", self.sandbox.url())).bearer_auth(token).send().await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_once_for_what_it_was_given_for() {
    let flow = Flow::start().await;
    for changed in [
        ("redirect_uri", "https://evil.example/back"),
        ("client_id", "5"),
        ("response_type", "token"),
        ("scope", "bot"),
        ("code_challenge_method", "plain"),
    ] {
        let answer = flow.client.get(flow.page(changed)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{changed:?}");
    }
    let page = flow.client.get(flow.page(("", ""))).send().await.unwrap();
    assert!(page.headers()["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
    assert!(page.text().await.unwrap().contains(&format!("value=\"{}\">Sam<", flow.sam)));
    for (changed, status, error) in [
        (("redirect_uri", "http://127.0.0.1:1/other"), 400, "invalid_grant"),
        (("code_verifier", "x"), 400, "invalid_grant"),
        (("grant_type", "password"), 400, "unsupported_grant_type"),
        (("client_secret", "no"), 401, "invalid_client"),
    ] {
        let answer = flow.exchange(&flow.code().await, changed).await;
        assert_eq!(answer.status().as_u16(), status, "{changed:?}");
        assert_eq!(answer.json::<Value>().await.unwrap()["error"], error);
    }
    let code = flow.code().await;
    let token = flow.exchange(&code, ("", "")).await.json::<Value>().await.unwrap();
    assert_eq!((&token["token_type"], &token["scope"]), (&json!("Bearer"), &json!("identify")));
    assert_eq!(flow.exchange(&code, ("", "")).await.status(), 400, "a second time");
    let me = flow.me(token["access_token"].as_str().unwrap()).await.json::<Value>().await.unwrap();
    assert_eq!((&me["username"], &me["locale"]), (&json!("sam"), &json!("fr")));
    assert_eq!(flow.me("made-up").await.status(), 401);
    flow.sandbox.stop().await;
}
