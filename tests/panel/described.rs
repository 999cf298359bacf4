//! The admin panel asked everything that its description describes, by schemathesis, with generated questions of an operator: no fault
//! of the server, no answer that isn't described. `make described` installs what it needs and runs it.

use super::stage::Stage;
use std::path::Path;
use std::process::Stdio;
use tokio::process::Command;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs schemathesis from PyPI: make described"]
async fn no_page_is_answered_by_a_fault_or_by_what_is_not_described() {
    let any = "1000000";
    let limits = [("LIMIT_MEMBER_COMMANDS_PER_MINUTE", any), ("LIMIT_GUILD_COMMANDS_PER_MINUTE", any)];
    let stage = Stage::with(&limits).await;
    let lea = stage.signed_in("lea").await;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ended = Command::new(root.join("target/schemathesis/bin/python"))
        .arg(root.join("tests/control/described/run.py"))
        .env("BASE", format!("{}/api", stage.base))
        .env("COOKIE", format!("shellia={}", lea.session.as_ref().unwrap()))
        .env("CSRF", lea.csrf.as_ref().unwrap())
        .env("GUILD", stage.shop.to_string())
        .env("EXAMPLES", std::env::var("EXAMPLES").unwrap_or_else(|_| "100".to_owned()))
        .stdin(Stdio::null())
        .status()
        .await
        .expect("python with schemathesis");
    assert!(ended.success(), "see above");
    stage.close().await;
}
