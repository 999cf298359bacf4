//! Files on messages: their bytes, and links that expire as Discord's do.

use std::hash::{DefaultHasher, Hash, Hasher};

use bytes::Bytes;
use serde_json::{Value, json};

use super::State;
use crate::sandbox::json::{count, sid};

/// How long a link to an attachment works.
const LINK_SECONDS: u64 = 24 * 3600;

/// A file that came with a request.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// The n of `files[n]`, which the message body refers to.
    pub(crate) slot: u64,
    pub(crate) filename: String,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: Bytes,
}

/// A stored file.
#[derive(Debug, Clone)]
pub(crate) struct Blob {
    pub(crate) channel: u64,
    pub(crate) filename: String,
    pub(crate) content_type: String,
    pub(crate) bytes: Bytes,
}

/// A file of a message.
#[derive(Debug, Clone)]
pub(crate) struct Attachment {
    pub(crate) id: u64,
    pub(crate) description: Option<String>,
}

impl State {
    /// Keeps a file's bytes and gives its id.
    pub(crate) fn store(&mut self, channel: u64, file: File) -> u64 {
        let id = self.clock.snowflake();
        let content_type = file.content_type.unwrap_or_else(|| guess(&file.filename).to_owned());
        let filename = tidy(&file.filename);
        self.blobs.insert(id, Blob { channel, filename, content_type, bytes: file.bytes });
        id
    }

    /// Discord's attachment object with a fresh link.
    pub(crate) fn attachment_json(&self, attachment: &Attachment, ephemeral: bool) -> Option<Value> {
        let blob = self.blobs.get(&attachment.id)?;
        let url = self.link(attachment.id, blob);
        let mut value = json!({
            "id": sid(attachment.id), "filename": blob.filename, "size": count(blob.bytes.len()),
            "url": url, "proxy_url": url, "content_type": blob.content_type, "flags": 0,
        });
        if let Some(map) = value.as_object_mut() {
            if let Some(text) = &attachment.description {
                map.insert("description".to_owned(), json!(text));
            }
            if ephemeral {
                map.insert("ephemeral".to_owned(), json!(true));
            }
            if blob.content_type.starts_with("image/") {
                let (width, height) = image_size(&blob.bytes).unwrap_or((64, 64));
                map.insert("width".to_owned(), json!(width));
                map.insert("height".to_owned(), json!(height));
            }
        }
        Some(value)
    }

    /// The link of a stored file, good for a day.
    pub(crate) fn link(&self, id: u64, blob: &Blob) -> String {
        let now = self.clock.now_ms() / 1000;
        // Discord gives every link of the same hour the same end.
        let issued = now - now % 3600;
        let expires = issued + LINK_SECONDS;
        let seal = seal(id, expires);
        format!(
            "{}/attachments/{}/{id}/{}?ex={expires:x}&is={issued:x}&hm={seal:x}&",
            self.base, blob.channel, blob.filename
        )
    }

    /// The file behind a link, while the link is good.
    pub(crate) fn linked(&self, id: u64, expires: &str, given: &str) -> Option<&Blob> {
        let end = u64::from_str_radix(expires, 16).ok()?;
        let given = u64::from_str_radix(given, 16).ok()?;
        let good = given == seal(id, end) && self.clock.now_ms() / 1000 < end;
        self.blobs.get(&id).filter(|_| good)
    }
}

fn seal(id: u64, expires: u64) -> u64 {
    let mut hasher = DefaultHasher::new();
    (id, expires, "sandbox").hash(&mut hasher);
    hasher.finish()
}

/// Discord keeps letters, digits, dots, dashes and underscores of a file name.
fn tidy(name: &str) -> String {
    let kept: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' }).collect();
    if kept.is_empty() { "unknown".to_owned() } else { kept }
}

fn guess(name: &str) -> &'static str {
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    match ending.as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "pdf" => "application/pdf",
        "json" => "application/json",
        "csv" => "text/csv",
        "txt" | "log" | "md" => "text/plain; charset=utf-8",
        "zip" => "application/zip",
        "mp4" => "video/mp4",
        _ => "application/octet-stream",
    }
}

/// Width and height of a PNG.
fn image_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let side = |at: usize| -> Option<u32> { bytes.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes) };
    bytes.starts_with(b"\x89PNG").then_some(())?;
    Some((side(16)?, side(20)?))
}
