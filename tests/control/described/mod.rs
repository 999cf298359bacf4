//! The control API asked everything that its description describes, by schemathesis, with generated questions: no fault of the
//! server, no answer that isn't described. `make described` installs what it needs and runs it.

use super::plans::{KEY, Shop};
use std::path::Path;
use std::process::Stdio;
use tokio::process::Command;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs schemathesis from PyPI: make described"]
async fn no_question_is_answered_by_a_fault_or_by_what_is_not_described() {
    let shop = Shop::open().await;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = root.join("target/schemathesis/bin/python");
    let ended = Command::new(python)
        .arg(root.join("tests/control/described/run.py"))
        .env("BASE", format!("http://{}/api", shop.commerce.address()))
        .env("KEY", KEY)
        .env("GUILD", shop.guild.to_string())
        .env("PERSON", shop.user("lea").to_string())
        .env("EXAMPLES", std::env::var("EXAMPLES").unwrap_or_else(|_| "100".to_owned()))
        .stdin(Stdio::null())
        .status()
        .await
        .expect("python with schemathesis");
    assert!(ended.success(), "see above");
    shop.close().await;
}
