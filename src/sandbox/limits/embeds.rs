//! Embeds.

use serde_json::Value;

use crate::sandbox::json::{length, list, text};
use crate::sandbox::refusal::Form;

/// Characters of all embeds of a message together.
const TOTAL: usize = 6000;

/// Checks the embeds of a message.
pub(crate) fn check(form: &mut Form, embeds: &[Value]) {
    form.at_most("embeds", embeds.len(), 10);
    let mut total = 0;
    for (n, embed) in embeds.iter().enumerate() {
        total += one(form, &format!("embeds.{n}"), embed);
    }
    if total > TOTAL {
        form.fail("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000");
    }
}

/// Checks one embed and gives the characters that count.
fn one(form: &mut Form, path: &str, embed: &Value) -> usize {
    if !embed.is_object() {
        form.fail(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
        return 0;
    }
    let author = embed.get("author").unwrap_or(&Value::Null);
    let footer = embed.get("footer").unwrap_or(&Value::Null);
    let mut total = 0;
    let mut bounded = |form: &mut Form, at: &str, found: Option<&str>, max: usize| {
        let size = found.map_or(0, length);
        form.at_most(&format!("{path}.{at}"), size, max);
        total += size;
    };
    bounded(form, "title", text(embed, "title"), 256);
    bounded(form, "description", text(embed, "description"), 4096);
    bounded(form, "author.name", text(author, "name"), 256);
    bounded(form, "footer.text", text(footer, "text"), 2048);
    let fields = list(embed, "fields");
    for (n, field) in fields.iter().enumerate() {
        for (key, max) in [("name", 256), ("value", 1024)] {
            let at = format!("fields.{n}.{key}");
            match text(field, key).map(str::trim) {
                None | Some("") => form.required(&format!("{path}.{at}")),
                found => bounded(form, &at, found, max),
            }
        }
    }
    form.at_most(&format!("{path}.fields"), fields.len(), 25);
    links(form, path, embed);
    if embed.get("color").and_then(Value::as_u64).is_some_and(|color| color > 0xff_ff_ff) {
        form.fail(&format!("{path}.color"), "NUMBER_TYPE_MAX", "int value should be less than or equal to 16777215.");
    }
    let stamp = text(embed, "timestamp");
    if stamp.is_some_and(|stamp| stamp.parse::<jiff::Timestamp>().is_err()) {
        form.fail(&format!("{path}.timestamp"), "DATE_TIME_TYPE_PARSE", "Could not parse the value as a date.");
    }
    if total == 0 && ["image", "thumbnail", "url"].iter().all(|key| embed.get(key).is_none_or(Value::is_null)) {
        form.required(&format!("{path}.description"));
    }
    total
}

fn links(form: &mut Form, path: &str, embed: &Value) {
    let inner = |key: &str, name: &str| embed.get(key).and_then(|v| text(v, name));
    let found = [
        ("url", text(embed, "url"), false),
        ("image.url", inner("image", "url"), true),
        ("thumbnail.url", inner("thumbnail", "url"), true),
        ("footer.icon_url", inner("footer", "icon_url"), true),
        ("author.url", inner("author", "url"), false),
        ("author.icon_url", inner("author", "icon_url"), true),
    ];
    for (at, link, attached) in found {
        let Some(link) = link.filter(|link| !link.is_empty()) else { continue };
        form.at_most(&format!("{path}.{at}"), length(link), 2048);
        let file = attached && link.starts_with("attachment://");
        if !is_link(link) && !file {
            let message = format!("Not a well formed URL: \"{link}\"");
            form.fail(&format!("{path}.{at}"), "URL_TYPE_INVALID_URL", &message);
        }
    }
}

/// Whether a text is a link that Discord takes.
pub(crate) fn is_link(link: &str) -> bool {
    let web = url::Url::parse(link).ok();
    web.is_some_and(|url| matches!(url.scheme(), "http" | "https" | "discord") && url.has_host())
}
