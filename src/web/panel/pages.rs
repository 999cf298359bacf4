//! The panel's pages, compiled in and compressed once; they ask no other host and run nothing that stands in them.

use super::files::FILES;
use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, ETAG, IF_NONE_MATCH, LOCATION,
    REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::{HttpRequest, HttpResponse, web};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::Write;
use std::sync::LazyLock;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A file, ready to be sent.
struct Ready {
    kind: &'static str,
    bytes: &'static [u8],
    /// Where it became smaller.
    packed: Option<Vec<u8>>,
    tag: String,
}

static READY: LazyLock<HashMap<&'static str, Ready>> =
    LazyLock::new(|| FILES.iter().map(|(name, bytes)| (*name, ready(name, bytes))).collect());

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn ready(name: &str, bytes: &'static [u8]) -> Ready {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    // Into memory: it can't fail.
    let packed =
        packer.write_all(bytes).and_then(|()| packer.finish()).ok().filter(|packed| packed.len() < bytes.len());
    let digest = Sha256::digest(bytes);
    let tag = digest.iter().take(12).fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    Ready { kind: kind(name), bytes, packed, tag }
}

/// Adds the routes.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    let home =
        || async { HttpResponse::PermanentRedirect().insert_header((LOCATION, "/admin-panel/index.html")).finish() };
    config
        .route("/admin-panel", web::get().to(home))
        .route("/admin-panel/", web::get().to(home))
        .route("/admin-panel/{name:.*}", web::get().to(file));
}

async fn file(request: HttpRequest, name: web::Path<String>) -> HttpResponse {
    let Some(found) = READY.get(name.as_str()) else { return HttpResponse::NotFound().finish() };
    let says = |name, what: &str| {
        let header = request.headers().get(name).and_then(|value| value.to_str().ok());
        header.is_some_and(|header| header.split(',').any(|one| one.split(';').next().map(str::trim) == Some(what)))
    };
    let packed = found.packed.as_deref().filter(|_| says(ACCEPT_ENCODING, "gzip"));
    // What is sent packed is another thing than what isn't (RFC 9110, 8.8.3.3).
    let tag = format!("\"{}{}\"", found.tag, if packed.is_some() { "-gz" } else { "" });
    let known = says(IF_NONE_MATCH, &tag) || says(IF_NONE_MATCH, &format!("W/{tag}"));
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((ETAG, tag))
        // Asked for each time, and seldom sent: a new version is there at once.
        .insert_header((CACHE_CONTROL, "no-cache"))
        .insert_header((VARY, "Accept-Encoding"))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((REFERRER_POLICY, "no-referrer"))
        .insert_header(("Cross-Origin-Opener-Policy", "same-origin"))
        .insert_header(("Cross-Origin-Resource-Policy", "same-origin"))
        .insert_header(("Permissions-Policy", "camera=(), geolocation=(), microphone=()"));
    if known {
        return response.finish();
    }
    response.content_type(found.kind);
    match packed {
        Some(packed) => {
            // Sent as it is: it is packed already.
            response.insert_header((CONTENT_ENCODING, "gzip")).body(packed.to_vec())
        }
        None => response.body(found.bytes),
    }
}
