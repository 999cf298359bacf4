//! Messages as text for snapshots: what a person reads, with times blanked out.

use serde_json::Value;
use std::fmt::Write;

/// A message: `🔒` before one that only its reader sees.
pub fn show(message: &Value) -> String {
    let mut text = String::new();
    let flags = message["flags"].as_u64().unwrap_or_default();
    text.push_str(if flags & 64 == 64 { "🔒 " } else { "🌍 " });
    text.push_str(message["content"].as_str().unwrap_or_default());
    for embed in message["embeds"].as_array().into_iter().flatten() {
        line(&mut text, "┃ ", embed["title"].as_str());
        line(&mut text, "┃ ", embed["description"].as_str());
        for field in embed["fields"].as_array().into_iter().flatten() {
            let name = field["name"].as_str().unwrap_or_default();
            line(&mut text, "┃ ", Some(&format!("{name}: {}", field["value"].as_str().unwrap_or_default())));
        }
        line(&mut text, "┃ ", embed["footer"]["text"].as_str());
    }
    for row in message["components"].as_array().into_iter().flatten() {
        let buttons: Vec<String> = row["components"].as_array().into_iter().flatten().map(button).collect();
        line(&mut text, "", Some(&buttons.join(" ")));
    }
    for file in message["attachments"].as_array().into_iter().flatten() {
        line(&mut text, "📎 ", file["filename"].as_str());
    }
    blank_times(&text)
}

/// A form.
pub fn form(form: &Value) -> String {
    let mut text = format!("📝 {}", form["title"].as_str().unwrap_or_default());
    for part in form["components"].as_array().into_iter().flatten() {
        let label = part["label"].as_str().or_else(|| part["components"][0]["label"].as_str());
        line(&mut text, "  ▸ ", label);
    }
    text
}

fn button(button: &Value) -> String {
    let emoji = button["emoji"]["name"].as_str().map(|e| format!("{e} ")).unwrap_or_default();
    format!("[{emoji}{}]", button["label"].as_str().unwrap_or_default())
}

fn line(text: &mut String, before: &str, what: Option<&str>) {
    if let Some(what) = what.filter(|what| !what.is_empty()) {
        for part in what.lines() {
            write!(text, "\n{before}{part}").unwrap();
        }
    }
}

/// `<t:1234:R>` becomes `<t:…:R>`.
fn blank_times(text: &str) -> String {
    let mut parts = text.split("<t:");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("<t:…");
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    out
}
