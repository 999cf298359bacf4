//! The pages of the local Stripe: plain HTML and forms, so that they work without any script.

mod pay;
mod portal;
mod words;

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{self, ServiceConfig};

use super::object::own;
use super::refusal::Refusal;
use words::Words;

/// The pages' routes.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .route("/stripe/pay/{session}", web::get().to(pay::show))
        .route("/stripe/pay/{session}", web::post().to(pay::press))
        .route("/stripe/portal/{session}", web::get().to(portal::show))
        .route("/stripe/portal/{session}", web::post().to(portal::press))
        .route("/stripe/invoice/{invoice}", web::get().to(portal::invoice))
        .route("/stripe/invoice/{invoice}", web::post().to(portal::pay_invoice))
        .route("/stripe/receipt/{charge}", web::get().to(portal::receipt));
}

/// A text that HTML takes for nothing but a text.
fn escaped(text: &str) -> String {
    let letter = |letter: char| match letter {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\'' => "&#39;".to_owned(),
        other => other.to_string(),
    };
    text.chars().map(letter).collect()
}

/// A whole page. `away` are links that a form may lead to.
fn page(words: &Words, title: &str, body: &str, away: &[&str]) -> HttpResponse {
    let origins: Vec<String> = away
        .iter()
        .filter_map(|link| url::Url::parse(link).ok())
        .filter(|link| matches!(link.scheme(), "http" | "https"))
        .map(|link| link.origin().ascii_serialization())
        .collect();
    let policy = format!(
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' {}",
        origins.join(" ")
    );
    let html = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <link rel=\"stylesheet\" href=\"/sandbox/stripe.css\">\n</head>\n<body>\n<main>\n{body}\n\
         <p class=\"note\">{}</p>\n</main>\n</body>\n</html>\n",
        words.lang,
        escaped(title),
        words.sandbox,
    );
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_SECURITY_POLICY, policy.trim_end().to_owned()))
        .body(html)
}

/// A page that says why there is nothing to do.
fn sorry(words: &Words, refusal: &Refusal) -> HttpResponse {
    let mut response = page(words, words.gone, &format!("<h1>{}</h1>", words.gone), &[]);
    if let Ok(status) = actix_web::http::StatusCode::from_u16(refusal.status) {
        *response.status_mut() = status;
    }
    response
}

/// Leads elsewhere after a form.
fn lead(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to.to_owned())).finish()
}

/// A button with a word for the server.
fn button(word: &str, label: &str, class: &str) -> String {
    format!("<button name=\"how\" value=\"{word}\" class=\"{class}\">{label}</button>\n")
}

/// The link that a page leads back to, when it is one to the web.
fn web_link(object: &serde_json::Value, key: &str) -> Option<String> {
    Some(own(object, key)).filter(|link| link.starts_with("http://") || link.starts_with("https://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_becomes_a_tag() {
        assert_eq!(escaped("<b a='\"&"), "&lt;b a=&#39;&quot;&amp;");
    }
}
