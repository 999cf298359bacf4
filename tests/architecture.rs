//! The house's plan: imports go down only, domains know few others, features are gated in two places.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The floor of each module of `src`; see `docs/ARCHITECTURE.md`.
const FLOORS: &[(&str, u8)] = &[
    ("kernel", 0),
    ("config", 1),
    ("db", 1),
    ("domain", 2),
    ("app", 3),
    ("commands", 3),
    ("control", 3),
    ("jobs", 3),
    ("panel", 3),
    ("pilot", 3),
    ("discord", 4),
    ("stripe", 4),
    ("drand", 4),
    ("peer_http", 4),
    ("web", 4),
    ("sandbox", 4),
    ("roles", 5),
    ("cli", 5),
    ("main", 5),
];

/// Edges on one floor that are allowed: from, to, and why.
const SIDEWAYS: &[(&str, &str, &str)] = &[
    ("app", "commands", "App holds the Inspector that commands declare"),
    ("app", "control", "App holds the Peer that control declares"),
    ("app", "pilot", "App holds what Shellia keeps of each Maxis"),
    ("commands", "pilot", "an operator says what a channel follows"),
    ("jobs", "control", "Shellia follows the events of each Maxis and asks how it is"),
    ("jobs", "pilot", "what was posted and how each Maxis is are kept"),
    ("pilot", "control", "what is kept of a Maxis is of its events and answers"),
    ("commands", "app", "a command works with App"),
    ("commands", "control", "Shellia's commands show what a Maxis answers"),
    ("commands", "jobs", "for a person who waits, one object of the provider is looked at as the worker does it"),
    ("panel", "app", "what is asked at the panel works with App"),
    ("panel", "control", "Shellia's plans are read and approved at the panel too, by the same desk"),
    ("panel", "commands", "an error is told in the same words, tickets bear the same names"),
    ("jobs", "app", "a job works with App"),
    ("jobs", "commands", "notices show tickets with the same cards"),
    ("domain/tickets", "domain/notifications", "a change of a ticket is told"),
    ("domain/shop", "domain/notifications", "what becomes of an order is told"),
    ("domain/promotions", "domain/notifications", "what becomes of a promotion is told"),
    ("domain/agent", "domain/notifications", "that a step of a plan was taken is told to open pages"),
    ("domain/giveaways", "domain/notifications", "what becomes of a giveaway is told"),
    ("domain/privacy", "domain/notifications", "what becomes of a request is told, and cards lose their words"),
    ("domain/giveaways", "domain/promotions", "a prize may be a promotion code"),
    ("domain/giveaways", "domain/shop", "a prize is an order of price zero, or an entitlement"),
    ("domain/shop", "domain/promotions", "an order takes a use of a promotion, and gives it back"),
    ("domain/shop", "domain/payments", "the provider's word decides about an order"),
    ("cli", "roles", "the command line starts a role"),
    ("main", "cli", "the program reads its command line"),
];

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(dir: &Path, into: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, into);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                into.push((path, text));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.into_iter().map(|(path, text)| (path.strip_prefix(&root).unwrap().to_owned(), text)).collect()
}

/// `domain/tickets` for a file of that domain, else the module under `src`.
fn place(parts: &[String]) -> String {
    match parts {
        [first, second, ..] if first == "domain" => format!("domain/{second}"),
        [first, ..] => first.clone(),
        [] => String::new(),
    }
}

fn of_file(path: &Path) -> String {
    let parts: Vec<String> = path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    place(&parts)
}

fn floor(place: &str) -> u8 {
    let module = place.split('/').next().unwrap();
    FLOORS.iter().find(|(name, _)| *name == module).unwrap_or_else(|| panic!("{module} has no floor")).1
}

/// Every `crate::…` and `shellia::…` path of a file, test modules left out, as the places it names.
fn imports(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    for start in ["crate::", "shellia::"] {
        for part in code.split(start).skip(1) {
            let path: String = part.chars().take_while(|c| c.is_alphanumeric() || "_:{".contains(*c)).collect();
            let inner = part.split('{').nth(1).and_then(|list| list.split('}').next()).unwrap_or_default();
            let names: Vec<String> = path.split("::").map(|name| name.trim_matches('{').to_owned()).collect();
            match names.as_slice() {
                [first, ..] if first.is_empty() => {
                    // `crate::{a::…, b::…}`
                    for name in inner.split(',') {
                        let name = name.trim().split("::").next().unwrap_or_default().to_owned();
                        found.push(place(&[name]));
                    }
                }
                [first, second] if first == "domain" && second.is_empty() => {
                    for name in inner.split(',') {
                        let name = name.trim().split("::").next().unwrap_or_default().to_owned();
                        found.push(place(&["domain".to_owned(), name]));
                    }
                }
                names => found.push(place(names)),
            }
        }
    }
    found.retain(|name| name.chars().next().is_some_and(|c| c.is_lowercase()));
    found
}

#[test]
fn imports_go_down_only() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        if path == Path::new("lib.rs") {
            continue;
        }
        let from = of_file(&path);
        for to in imports(&text) {
            let known = FLOORS.iter().any(|(name, _)| *name == to.split('/').next().unwrap());
            if !known || to == from || to == "domain" {
                continue;
            }
            let allowed = SIDEWAYS.iter().any(|(a, b, _)| *a == from && *b == to);
            if floor(&to) > floor(&from) || (floor(&to) == floor(&from) && !allowed) {
                wrong.push(format!("{}: {from} may not import {to}", path.display()));
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_sandbox_shares_no_code_with_the_bots() {
    for (path, text) in sources() {
        if path.starts_with("sandbox") {
            for name in imports(&text) {
                assert_eq!(name, "sandbox", "{}", path.display());
            }
        }
    }
}

#[test]
fn features_are_gated_in_two_places() {
    for (path, text) in sources() {
        let gated = text.lines().filter(|line| !line.trim_start().starts_with("//")).any(|line| {
            line.contains("feature =") && (line.contains("cfg(") || line.contains("cfg!(") || line.contains("cfg_attr"))
        });
        let allowed = path == Path::new("lib.rs") || path == Path::new("roles/mod.rs");
        assert!(!gated || allowed, "{}", path.display());
    }
}

#[test]
fn every_module_says_what_it_is() {
    for (path, text) in sources() {
        assert!(text.starts_with("//!"), "{} has no module documentation", path.display());
    }
}

#[test]
fn only_the_third_floor_and_the_database_begin_and_end_transactions() {
    for (path, text) in sources() {
        let from = of_file(&path);
        if from == "lib" || floor(&from) == 3 || from == "db" || from == "roles" || from == "sandbox" {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        assert!(!code.contains(".commit()") && !code.contains("db.begin("), "{}", path.display());
    }
}

/// A file that grows beyond this wants splitting by what it says.
const LONGEST: usize = 400;

#[test]
fn no_file_is_too_long() {
    let long: BTreeMap<_, _> = sources()
        .into_iter()
        .map(|(path, text)| (path, text.split("#[cfg(test)]").next().unwrap_or_default().lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .collect();
    assert!(long.is_empty(), "{long:?}");
}
