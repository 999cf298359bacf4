//! The chat page's files, compiled in, and the files that messages carry.

use actix_web::http::header;
use actix_web::web::{self, Data, Path, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::Deserialize;

use super::Shared;

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// The page loads nothing from elsewhere and is framed by nobody.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page's files: name, type, content. A new file of `static/sandbox/` gets a line here.
#[rustfmt::skip]
const FILES: &[(&str, &str, &[u8])] = &[
    ("api.js", JS, include_bytes!("../../static/sandbox/api.js")),
    ("aside.js", JS, include_bytes!("../../static/sandbox/aside.js")),
    ("chat.css", CSS, include_bytes!("../../static/sandbox/chat.css")),
    ("chat.js", JS, include_bytes!("../../static/sandbox/chat.js")),
    ("command.js", JS, include_bytes!("../../static/sandbox/command.js")),
    ("commands.js", JS, include_bytes!("../../static/sandbox/commands.js")),
    ("components.js", JS, include_bytes!("../../static/sandbox/components.js")),
    ("composer.js", JS, include_bytes!("../../static/sandbox/composer.js")),
    ("dom.js", JS, include_bytes!("../../static/sandbox/dom.js")),
    ("feed.js", JS, include_bytes!("../../static/sandbox/feed.js")),
    ("files.js", JS, include_bytes!("../../static/sandbox/files.js")),
    ("forms.js", JS, include_bytes!("../../static/sandbox/forms.js")),
    ("", HTML, include_bytes!("../../static/sandbox/index.html")),
    ("interactions.js", JS, include_bytes!("../../static/sandbox/interactions.js")),
    ("layout.js", JS, include_bytes!("../../static/sandbox/layout.js")),
    ("listbox.js", JS, include_bytes!("../../static/sandbox/listbox.js")),
    ("markdown.js", JS, include_bytes!("../../static/sandbox/markdown.js")),
    ("messages.css", CSS, include_bytes!("../../static/sandbox/messages.css")),
    ("pane.js", JS, include_bytes!("../../static/sandbox/pane.js")),
    ("reader.js", JS, include_bytes!("../../static/sandbox/reader.js")),
    ("render.js", JS, include_bytes!("../../static/sandbox/render.js")),
    ("select.js", JS, include_bytes!("../../static/sandbox/select.js")),
    ("shell.svg", SVG, include_bytes!("../../static/sandbox/shell.svg")),
    ("sidebar.js", JS, include_bytes!("../../static/sandbox/sidebar.js")),
    ("stripe.css", CSS, include_bytes!("../../static/sandbox/stripe.css")),
    ("states.js", JS, include_bytes!("../../static/sandbox/states.js")),
    ("texts.js", JS, include_bytes!("../../static/sandbox/texts.js")),
    ("time.js", JS, include_bytes!("../../static/sandbox/time.js")),
];

/// The page's routes.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .route("/", web::get().to(home))
        .route("/sandbox", web::get().to(home))
        .route("/sandbox/{name:[^/]*}", web::get().to(file));
}

async fn home(request: HttpRequest) -> impl Responder {
    let query = request.query_string();
    let place = if query.is_empty() { "/sandbox/".to_owned() } else { format!("/sandbox/?{query}") };
    HttpResponse::Found().insert_header((header::LOCATION, place)).finish()
}

async fn file(name: Path<String>) -> impl Responder {
    let found = FILES.iter().find(|(known, _, _)| *known == name.as_str());
    let Some((_, kind, bytes)) = found else { return HttpResponse::NotFound().finish() };
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, *kind))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .body(*bytes)
}

/// The parts of an attachment's link that prove it.
#[derive(Debug, Deserialize)]
pub(crate) struct Proof {
    #[serde(default)]
    ex: String,
    #[serde(default)]
    hm: String,
}

/// Serves an attachment while its link is good.
pub(crate) async fn attachment(
    path: Path<(u64, u64, String)>,
    proof: Query<Proof>,
    shared: Data<Shared>,
) -> impl Responder {
    let (_, id, _) = path.into_inner();
    let found = shared.with(|state| state.linked(id, &proof.ex, &proof.hm).cloned());
    match found {
        Some(blob) => HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, blob.content_type))
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
            .body(blob.bytes),
        None => HttpResponse::NotFound().body("This content is no longer available."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_page_is_served() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/static/sandbox");
        for entry in std::fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let wanted = if name == "index.html" { "" } else { &name };
            assert!(FILES.iter().any(|(known, _, _)| *known == wanted), "{name} is missing in FILES");
        }
    }
}
