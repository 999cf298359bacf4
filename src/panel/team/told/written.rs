//! Whatever the code or the database takes as a kind of line of the audits is known where lines are told in words.

use super::{AGENT, SHOP};
use crate::domain::shop::CatalogueDeed;
use crate::kernel::Locale;
use crate::kernel::words::Words;
use std::path::Path;

/// The words in quotes of a piece of source that look like a deed.
fn quoted(part: &str) -> impl Iterator<Item = &str> {
    let is_deed = |word: &&str| {
        let plain = word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        plain && (word.contains('_') || ["granted", "revoked"].contains(word)) && !word.ends_with('_')
    };
    part.split('"').skip(1).step_by(2).filter(is_deed)
}

fn sources(folder: &Path, into: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|end| end == "rs") {
            into.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn whatever_is_written_into_an_audit_is_known_here() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut written = Vec::new();
    for folder in
        ["domain/shop", "domain/promotions", "domain/giveaways", "domain/privacy", "panel/shop", "commands/purchases"]
    {
        sources(&root.join(folder), &mut written);
    }
    let mut found = Vec::new();
    for source in &written {
        for call in [
            "audit(tx",
            "audit_of(tx",
            "audit_read(tx",
            "note(tx, &order",
            "note(tx, order",
            "Trace { action: ",
            "let action = if",
        ] {
            let parts = source.split(call).skip(1);
            found.extend(parts.flat_map(|part| quoted(part.split(';').next().unwrap_or_default())).map(str::to_owned));
        }
    }
    found.extend(CatalogueDeed::ALL.iter().map(|deed| deed.as_str().to_owned()));
    for word in &found {
        assert!(SHOP.contains(&word.as_str()), "{word}");
    }
    // Nothing here is of a deed that nobody writes, but those whose word is handed through.
    let missing: Vec<_> =
        SHOP.iter().filter(|word| !written.iter().any(|source| source.contains(&format!("\"{word}\"")))).collect();
    assert!(missing.is_empty(), "{missing:?}");

    let checked = include_str!("../../../../migrations/2026-11-27-000060_refused/up.sql");
    let checked = checked.split("check (action in").nth(1).and_then(|rest| rest.split("))").next()).unwrap();
    let mut steps: Vec<&str> = checked.split('\'').skip(1).step_by(2).collect();
    let mut known = AGENT.to_vec();
    steps.sort_unstable();
    known.sort_unstable();
    assert_eq!(steps, known, "what the database takes as a step of Shellia's audit");

    let words = Words::new();
    let mut asked = Vec::new();
    sources(&root.join("roles/desk"), &mut asked);
    for source in &asked {
        for part in source.split("told(asker, (").skip(1).chain(source.split("Refusal { what: ").skip(1)) {
            let what = part.split('"').nth(1).filter(|_| part.starts_with('"'));
            for locale in Locale::ALL {
                let known = |what: &str| words.speak(locale).find(&format!("audit-asked-{what}"), &[]).is_some();
                assert!(what.is_none_or(known), "{what:?}");
            }
        }
    }
}
