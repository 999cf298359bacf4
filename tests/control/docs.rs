//! The page that shows the description: everything in it comes from Maxis himself.

use super::stage::Maxis;
use reqwest::{Client, StatusCode};

/// What a page or style names: addresses between quotation marks behind these words.
fn named(text: &str) -> Vec<String> {
    let behind = ["src=\"", "href=\"", "fetch(\"", "url(", "@import \"", "import(\"", "from \""];
    let ends = ['"', ')', '\''];
    let all = behind.iter().flat_map(|word| text.split(word).skip(1));
    all.filter_map(|rest| rest.split(ends).next()).map(str::to_owned).collect()
}

#[tokio::test]
async fn the_page_and_everything_in_it_is_served_here() {
    let maxis = Maxis::start();
    let client = Client::builder().no_proxy().build().unwrap();
    let page = maxis.base().join("/api/docs").unwrap();
    let (mut wanted, mut seen) = (vec![page.clone()], Vec::new());
    while let Some(address) = wanted.pop() {
        if seen.contains(&address) {
            continue;
        }
        let answer = client.get(address.clone()).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{address}");
        let header = |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        if !address.path().ends_with(".json") {
            let policy = header("content-security-policy").unwrap();
            assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
            assert!(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains('*'), "{policy}");
            assert_eq!(header("x-content-type-options").as_deref(), Some("nosniff"));
            let text = answer.text().await.unwrap();
            assert!(!text.contains("://"), "{address} names another host");
            assert!(!text.contains("<script>") && !text.contains("style=") && !text.contains("onclick"), "{address}");
            // What is named in a script or style stands beside the page.
            wanted.extend(named(&text).iter().map(|name| page.join(name).unwrap()));
        }
        seen.push(address);
    }
    let mut paths: Vec<&str> = seen.iter().map(|address| address.path()).collect();
    paths.sort_unstable();
    assert_eq!(paths, ["/api/docs", "/api/docs/docs.css", "/api/docs/docs.js", "/api/openapi.json"]);
    let lost = client.get(maxis.base().join("/api/docs/other.js").unwrap()).send().await.unwrap();
    assert_eq!(lost.status(), StatusCode::NOT_FOUND);
    maxis.server.stop().await;
}

#[tokio::test]
async fn every_question_is_described_with_its_answers() {
    let maxis = Maxis::start();
    let client = Client::builder().no_proxy().build().unwrap();
    let text = client.get(format!("{}/openapi.json", maxis.base())).send().await.unwrap().text().await.unwrap();
    let description: serde_json::Value = serde_json::from_str(&text).unwrap();
    for path in ["status", "analytics", "report", "promotions", "tickets", "catalogue", "config", "giveaways"] {
        let about = &description["paths"][format!("/api/{path}")]["get"];
        let answers = about["responses"].as_object().unwrap();
        let body = answers["200"]["content"]["application/json"]["schema"]["$ref"].as_str().unwrap();
        let shape = body.strip_prefix("#/components/schemas/").unwrap();
        assert!(description["components"]["schemas"][shape].is_object(), "{shape}");
        assert!(answers.contains_key("401"), "{path}");
    }
    // Nothing in it points to a shape that isn't there.
    for part in text.split("\"#/components/schemas/").skip(1) {
        let shape = part.split('"').next().unwrap();
        assert!(description["components"]["schemas"][shape].is_object(), "{shape}");
    }
    maxis.server.stop().await;
}
