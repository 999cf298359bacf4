//! The description of the control API to look at in a browser: a page of our own, compiled in, which asks no other host.

use actix_web::http::header;
use actix_web::{HttpResponse, web};

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";

/// The page loads nothing from elsewhere, runs nothing that stands in it, and is framed by nobody.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'";

/// The page's files: name, type, content. A new file of `static/docs/` gets a line here.
const FILES: [(&str, &str, &str); 3] = [
    ("", HTML, include_str!("../../../static/docs/index.html")),
    ("docs.css", CSS, include_str!("../../../static/docs/docs.css")),
    ("docs.js", JS, include_str!("../../../static/docs/docs.js")),
];

/// Adds the routes.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/api/docs", web::get().to(|| async { file("") }))
        .route("/api/docs/{name}", web::get().to(|name: web::Path<String>| async move { file(&name) }));
}

fn file(name: &str) -> HttpResponse {
    let found = FILES.iter().find(|(one, ..)| *one == name);
    let Some((_, kind, content)) = found else { return HttpResponse::NotFound().finish() };
    HttpResponse::Ok()
        .content_type(*kind)
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .body(*content)
}
