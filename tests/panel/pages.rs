//! The pages, as they are sent.

use super::stage::Stage;
use std::path::{Path, PathBuf};

fn walk(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_sent_as_it_stands_there_and_runs_nothing_foreign() {
    let stage = Stage::open().await;
    let browser = stage.browser();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/admin-panel");
    let mut files = Vec::new();
    walk(&root, &mut files);
    assert!(files.contains(&root.join("index.html")));
    for file in files {
        let name = file.strip_prefix(&root).unwrap().to_string_lossy();
        let path = format!("/admin-panel/{name}");
        let answer = browser.ask("GET", &path, None).await;
        assert_eq!(answer.status(), 200, "{path}");
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{policy}");
        assert!(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin");
        assert_ne!(header("content-type"), "application/octet-stream", "{path}");
        let tag = header("etag");
        let bytes = answer.bytes().await.unwrap();
        assert!(bytes[..] == std::fs::read(&file).unwrap()[..], "{path}");
        let known = browser.ask_with("GET", &path, None, &[("If-None-Match", &tag)]).await;
        assert_eq!(known.status(), 304, "{path}");
        let packed = browser.ask_with("GET", &path, None, &[("Accept-Encoding", "br, gzip;q=1")]).await;
        if packed.headers().contains_key("content-encoding") {
            assert_ne!(packed.headers()["etag"].to_str().unwrap(), tag);
            assert!(packed.bytes().await.unwrap().len() < bytes.len(), "{path}");
        }
    }
    for path in ["/admin-panel/../Cargo.toml", "/admin-panel/%2e%2e/Cargo.toml", "/admin-panel/nothing.js"] {
        assert_eq!(browser.ask("GET", path, None).await.status(), 404, "{path}");
    }
    let home = browser.ask("GET", "/admin-panel", None).await;
    assert_eq!(home.headers()["location"], "/admin-panel/index.html");
    stage.close().await;
}
