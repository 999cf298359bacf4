//! How soon a browser shows the newest page of the long ticket; where there is no Chromium, or `make browser` never fetched what drives it,
//! it isn't measured.

use crate::support::Outcome;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;

/// How often the ticket is opened.
const TIMES: usize = 40;
/// Where Debian and others put the browser.
const BROWSERS: [&str; 3] = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/// The times from pressing a ticket in the list until its newest page was painted, the shortest first; `None`: it could not be measured here.
pub(crate) async fn run(link: &str, (guild, ticket): (u64, i64)) -> Outcome<Option<Vec<Duration>>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/paint.mjs");
    let drives = script.with_file_name("node_modules/playwright-core");
    let Some(browser) = BROWSERS.into_iter().find(|path| Path::new(path).exists()) else { return Ok(None) };
    if !drives.exists() {
        return Ok(None);
    }
    let asked = [("LINK", link.to_owned()), ("GUILD", guild.to_string()), ("TICKET", ticket.to_string())];
    let output = Command::new("node")
        .arg(&script)
        .envs(asked)
        .env("TIMES", TIMES.to_string())
        .env("CHROMIUM", browser)
        .stderr(Stdio::inherit())
        .output()
        .await?;
    if !output.status.success() {
        return Err("the browser could not show the ticket".into());
    }
    let milliseconds: Vec<f64> = serde_json::from_slice(&output.stdout)?;
    let mut took: Vec<Duration> = milliseconds.into_iter().map(|ms| Duration::from_secs_f64(ms / 1000.0)).collect();
    took.sort_unstable();
    Ok(Some(took))
}
