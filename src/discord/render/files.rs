//! Files as Discord's attachments.

use crate::kernel::reply::File;
use twilight_model::http::attachment::Attachment;
use unicode_normalization::UnicodeNormalization;

const FILES_MAX: usize = 10;
/// Longest file name that we send.
const NAME_MAX: usize = 100;

/// Renders at most ten files.
pub(super) fn attachments(files: &[File]) -> Vec<Attachment> {
    let numbered = (0_u64..).zip(files.iter().take(FILES_MAX));
    numbered.map(|(id, file)| Attachment::from_bytes(name(&file.name), file.bytes.clone(), id)).collect()
}

/// A file name in the characters that Discord keeps; accents go, the ending stays.
pub(super) fn name(given: &str) -> String {
    let base = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = base
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' })
        .collect();
    let kept = kept.trim_start_matches('.');
    let (stem, ending) = match kept.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && !ending.is_empty() && ending.len() <= 10 => (stem, Some(ending)),
        Some(_) | None => (kept, None),
    };
    let stem: String = stem.chars().take(NAME_MAX).collect();
    let stem = if stem.is_empty() { "file" } else { &stem };
    ending.map_or_else(|| stem.to_owned(), |ending| format!("{stem}.{ending}"))
}
