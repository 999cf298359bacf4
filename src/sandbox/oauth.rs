//! Signing in with the local Discord (Discord, "OAuth2: Authorization Code Grant"; RFC 6749, RFC 7636): a page on which one of the
//! sandbox's people is chosen, the exchange of the code, and the question whose token it is.
//!
//! An application's secret is its bot's token with `-secret` behind it. Any address on this machine counts as a registered redirect.

use std::collections::HashMap;
use std::fmt::Write;
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION};
use actix_web::web::{Bytes, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, guard, web};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::json;
use sha2::{Digest, Sha256};
use url::{Host, Url, form_urlencoded};

use super::Shared;
use super::state::User;

/// How long a code may be exchanged.
const CODE: Duration = Duration::from_secs(60);
/// The scopes that may be asked for.
const SCOPES: [&str; 3] = ["identify", "guilds", "email"];
const POLICY: &str = "default-src 'none'; form-action http: https:; base-uri 'none'; frame-ancestors 'none'";

/// What a code stands for.
#[derive(Debug)]
struct Grant {
    app: u64,
    user: u64,
    redirect: String,
    challenge: Option<String>,
    scope: String,
    at: Instant,
}

/// Codes and tokens.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    codes: HashMap<String, Grant>,
    tokens: HashMap<String, (u64, String)>,
}

/// The routes, before those of the bots' API.
pub(crate) fn routes(config: &mut ServiceConfig) {
    let bearer = || {
        guard::fn_guard(|context| {
            context.head().headers().get(AUTHORIZATION).is_some_and(|value| value.as_bytes().starts_with(b"Bearer "))
        })
    };
    config
        .route("/oauth2/authorize", web::get().to(authorize))
        .route("/oauth2/authorize", web::post().to(chosen))
        .route("/api/v10/oauth2/token", web::post().to(token))
        .route("/api/v10/users/@me", web::get().guard(bearer()).to(me));
}

type Pairs = HashMap<String, String>;

fn pairs(text: &[u8]) -> Pairs {
    form_urlencoded::parse(text).into_owned().collect()
}

fn fresh() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// What is asked for, if Discord would show its page.
struct Asked {
    app: u64,
    name: String,
    redirect: Url,
    scope: String,
    state: Option<String>,
    challenge: Option<String>,
}

fn read(query: &str, shared: &Shared) -> Result<Asked, &'static str> {
    let mut given = pairs(query.as_bytes());
    let app = given.get("client_id").and_then(|id| id.parse().ok()).ok_or("client_id")?;
    let name = shared.with(|state| state.apps.get(&app).map(|app| app.name.clone())).ok_or("client_id")?;
    let redirect = given.remove("redirect_uri").and_then(|url| Url::parse(&url).ok()).ok_or("redirect_uri")?;
    let here = match redirect.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    if !here || redirect.fragment().is_some() {
        return Err("redirect_uri");
    }
    if given.get("response_type").map(String::as_str) != Some("code") {
        return Err("response_type");
    }
    let scope =
        given.remove("scope").filter(|scope| scope.split(' ').all(|one| SCOPES.contains(&one))).ok_or("scope")?;
    let challenge = given.remove("code_challenge");
    let method = given.get("code_challenge_method").map(String::as_str);
    let fits = |challenge: &String| method == Some("S256") && challenge.len() == 43;
    if challenge.as_ref().is_some_and(|challenge| !fits(challenge)) {
        return Err("code_challenge");
    }
    Ok(Asked { app, name, redirect, scope, state: given.remove("state"), challenge })
}

fn unfit(what: &str) -> HttpResponse {
    HttpResponse::BadRequest().content_type("text/plain; charset=utf-8").body(format!("invalid OAuth2 {what}\n"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

async fn authorize(request: HttpRequest, shared: Data<Shared>) -> HttpResponse {
    let asked = match read(request.query_string(), &shared) {
        Ok(asked) => asked,
        Err(what) => return unfit(what),
    };
    let mut people: Vec<User> = shared.with(|state| state.users.values().filter(|user| !user.bot).cloned().collect());
    people.sort_by(|a, b| a.username.cmp(&b.username));
    let mut page = format!(
        "<!doctype html><html lang=\"fr\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Discord (bac à sable)</title><h1>{0} veut savoir qui vous êtes</h1><p>{0} wants to know who you are.</p>\
         <form method=\"post\">",
        escaped(&asked.name)
    );
    for user in people {
        let name = escaped(&user.global_name);
        // Writing to a String can't fail.
        write!(page, "<p><button name=\"user\" value=\"{}\">{name}</button></p>", user.id).unwrap_or_default();
    }
    page.push_str("<p><button name=\"user\" value=\"0\">Refuser · Cancel</button></p></form></html>");
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(page)
}

async fn chosen(request: HttpRequest, body: Bytes, shared: Data<Shared>) -> HttpResponse {
    let Asked { app, mut redirect, scope, state, challenge, .. } = match read(request.query_string(), &shared) {
        Ok(asked) => asked,
        Err(what) => return unfit(what),
    };
    let user = pairs(&body).get("user").and_then(|id| id.parse::<u64>().ok()).unwrap_or(0);
    let known = shared.with(|state| state.users.get(&user).is_some_and(|user| !user.bot));
    let bare = redirect.to_string();
    if known {
        let code = fresh();
        let grant = Grant { app, user, redirect: bare, challenge, scope, at: Instant::now() };
        shared.grants(|grants| drop(grants.codes.insert(code.clone(), grant)));
        redirect.query_pairs_mut().append_pair("code", &code);
    } else {
        redirect.query_pairs_mut().append_pair("error", "access_denied");
    }
    if let Some(state) = state {
        redirect.query_pairs_mut().append_pair("state", &state);
    }
    HttpResponse::Found().insert_header((LOCATION, redirect.as_str())).finish()
}

/// An error of the exchange (RFC 6749, 5.2).
fn wrong(status: StatusCode, error: &str) -> HttpResponse {
    HttpResponse::build(status).insert_header((CACHE_CONTROL, "no-store")).json(json!({"error": error}))
}

/// Who exchanges: by HTTP's own scheme or in the body.
fn client(request: &HttpRequest, given: &Pairs) -> Option<(u64, String)> {
    let basic = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Basic "));
    let (id, secret) = match basic {
        Some(basic) => {
            let plain = String::from_utf8(STANDARD.decode(basic).ok()?).ok()?;
            let (id, secret) = plain.split_once(':')?;
            (id.to_owned(), secret.to_owned())
        }
        None => (given.get("client_id")?.clone(), given.get("client_secret")?.clone()),
    };
    Some((id.parse().ok()?, secret))
}

async fn token(request: HttpRequest, body: Bytes, shared: Data<Shared>) -> HttpResponse {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return wrong(StatusCode::BAD_REQUEST, "invalid_request");
    }
    let given = pairs(&body);
    let Some((app, secret)) = client(&request, &given) else {
        return wrong(StatusCode::UNAUTHORIZED, "invalid_client");
    };
    let right = shared.with(|state| state.apps.get(&app).is_some_and(|app| format!("{}-secret", app.token) == secret));
    if !right {
        return wrong(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    if given.get("grant_type").map(String::as_str) != Some("authorization_code") {
        return wrong(StatusCode::BAD_REQUEST, "unsupported_grant_type");
    }
    // A code is gone with the first try, right or wrong.
    let grant = given.get("code").and_then(|code| shared.grants(|grants| grants.codes.remove(code)));
    let Some(grant) = grant.filter(|grant| fits(grant, app, &given)) else {
        return wrong(StatusCode::BAD_REQUEST, "invalid_grant");
    };
    let token = fresh();
    shared.grants(|grants| drop(grants.tokens.insert(token.clone(), (grant.user, grant.scope.clone()))));
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(json!({
        "access_token": token, "token_type": "Bearer", "expires_in": 604_800, "refresh_token": fresh(), "scope": grant.scope,
    }))
}

fn fits(grant: &Grant, app: u64, given: &Pairs) -> bool {
    let proved = grant.challenge.as_ref().is_none_or(|challenge| {
        given.get("code_verifier").is_some_and(|verifier| {
            (43..=128).contains(&verifier.len())
                && URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())) == *challenge
        })
    });
    grant.app == app && grant.at.elapsed() < CODE && given.get("redirect_uri") == Some(&grant.redirect) && proved
}

async fn me(request: HttpRequest, shared: Data<Shared>) -> HttpResponse {
    let given = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let known = given.and_then(|token| shared.grants(|grants| grants.tokens.get(token).cloned()));
    let known = known.filter(|(_, scope)| scope.split(' ').any(|one| one == "identify"));
    match known.and_then(|(user, _)| shared.with(|state| state.users.get(&user).map(User::own_json))) {
        Some(user) => HttpResponse::Ok().json(user),
        None => HttpResponse::Unauthorized().json(json!({"message": "401: Unauthorized", "code": 0})),
    }
}
