//! A second program, in another language and from the description alone, says the same of every file.

use super::support::forgeries::FORGERIES;
use super::support::*;
use serde_json::Value;
use shellia::domain::giveaways::draw::*;
use std::path::Path;
use std::process::Command;

/// What the witness says of each file; their names must differ.
fn ask(files: &[(String, Vec<u8>)]) -> Vec<Value> {
    let place = tempfile::tempdir().unwrap();
    let path = |(name, bytes): &(String, Vec<u8>)| {
        let path = place.path().join(format!("{name}.json"));
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let witness = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/witness/verify_draw.py");
    let said = Command::new("python3").arg(witness).arg("--json").args(files.iter().map(path)).output().unwrap();
    assert_eq!(said.stderr, b"", "{}", String::from_utf8_lossy(&said.stderr));
    let said: Vec<_> = said.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    assert_eq!(said.len(), files.len());
    said.into_iter().map(|line| serde_json::from_slice(line).unwrap()).collect()
}

/// Asks both, and wants the same of them.
pub(crate) fn agree(files: &[(String, Vec<u8>)]) {
    for ((name, bytes), said) in files.iter().zip(ask(files)) {
        compare(name, bytes, &said);
    }
}

fn compare(name: &str, bytes: &[u8], said: &Value) {
    match verify(bytes) {
        Ok(found) => {
            assert_eq!(said["holds"], true, "{name}: {said}");
            let winners: Vec<String> = found.winners.iter().map(|winner| winner.user.to_string()).collect();
            assert_eq!(said["winners"], serde_json::to_value(winners).unwrap(), "{name}");
            for (field, digest) in
                [("terms", found.terms_digest), ("commitment", found.commitment), ("head", found.head)]
            {
                assert_eq!(said[field], digest.to_string(), "{name}: {field}");
            }
            assert_eq!(said["entries"], found.entries, "{name}");
        }
        Err(wrong) => {
            assert_eq!(said["holds"], false, "{name}: {wrong}");
            // Where the witness can't check the signature, a false one shows in the seed.
            let unseen = wrong == Wrong::SignatureFalse && said["wrong"] == "seed_differs";
            assert!(unseen || said["wrong"] == wrong.code(), "{name}: {wrong}, not {said}");
            assert_eq!(said["at"].as_u64(), wrong.at().map(|at| u64::try_from(at).unwrap()), "{name}");
        }
    }
}

#[test]
fn both_find_the_same_winners() {
    let weights: Vec<u32> = (1..400).map(|n| if n % 7 == 0 { u32::MAX - n } else { n % 5 + 1 }).collect();
    let mut files = Vec::new();
    for (name, source) in [("sandbox", sandbox()), ("secret", Source::secret(&SECRET))] {
        for (size, winners) in [(1, 3), (2, 1), (64, 5), (399, 20)] {
            let ranked = ranked(&weights[..size], winners, source);
            let open = file(&ranked, &[drawn(&ranked.log().standing().first())]);
            files.push((format!("{name}-{size}-open"), open.to_json().unwrap()));
            files.push((format!("{name}-{size}-blinded"), open.blinded().to_json().unwrap()));
        }
        files.push((format!("{name}-rich"), rich(source).to_json().unwrap()));
    }
    agree(&files);
}

#[test]
fn both_name_the_same_forgery() {
    let whole = value(&rich(sandbox()).blinded());
    let forged = FORGERIES.iter().enumerate().map(|(at, (_, _, change))| {
        let mut changed = whole.clone();
        change(&mut changed);
        (format!("forgery-{at}"), serde_json::to_vec(&changed).unwrap())
    });
    agree(&forged.collect::<Vec<_>>());
}

#[test]
fn both_say_the_same_of_any_change() {
    let mut files = Vec::new();
    for (form, file) in [("open", rich(sandbox())), ("blinded", rich(Source::secret(&SECRET)).blinded())] {
        let whole = value(&file);
        let mut paths = Vec::new();
        leaves(&whole, "", &mut paths);
        for (at, path) in paths.iter().enumerate() {
            let changes: [fn(&mut Value); 4] = [
                |leaf| alter(leaf, 1, 3),
                |leaf| alter(leaf, u64::MAX, 40),
                |leaf| *leaf = Value::from(0),
                |leaf| *leaf = Value::from("0"),
            ];
            for (kind, change) in changes.into_iter().enumerate() {
                let mut changed = whole.clone();
                change(changed.pointer_mut(path).unwrap());
                files.push((format!("{form}-{at}-{kind}"), serde_json::to_vec(&changed).unwrap()));
            }
        }
    }
    agree(&files);
}

#[test]
fn both_read_files_alike() {
    let text = String::from_utf8(rich(Source::secret(&SECRET)).to_json().unwrap()).unwrap();
    let changed = [
        ("\"giveaway\":12", "\"giveaway\":12.0"),
        ("\"giveaway\":12", "\"giveaway\":12e0"),
        ("\"giveaway\":12", "\"giveaway\":-0"),
        ("\"giveaway\":12", "\"giveaway\":012"),
        ("\"giveaway\":12", "\"giveaway\":18446744073709551616"),
        ("\"giveaway\":12", "\"giveaway\":true"),
        ("\"giveaway\":12", "\"giveaway\":NaN"),
        ("\"giveaway\":12", "\"giveaway\":12,\"giveaway\":12"),
        ("\"giveaway\":12", " \"giveaway\" : 12 "),
        ("\"giveaway\":12", "\"give\\u0061way\":12"),
        ("\"note\":\"", "\"note\":\"\\ud800"),
        ("\"note\":\"", "\"note\":\"\u{0}"),
        ("\"version\":1", "\"version\":true"),
        ("\"version\":1", "\"version\":\"1\""),
        ("\"format\"", "\"Format\""),
        ("{\"format\"", "\u{feff}{\"format\""),
        ("{\"format\"", "[{\"format\""),
        ("\"log\":[", "\"log\":[null,"),
    ];
    let changed = changed.into_iter().enumerate().map(|(at, (from, to))| {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        (format!("form-{at}"), changed.into_bytes())
    });
    let mut files: Vec<_> = changed.collect();
    files.push(("empty".to_owned(), Vec::new()));
    files.push(("no-utf8".to_owned(), [b"{\"".as_slice(), &[0xff], b"\":1}"].concat()));
    files.push(("deep".to_owned(), b"[".repeat(100_000)));
    agree(&files);
}

#[test]
fn both_follow_an_inclusion_proof_to_the_same_commitment() {
    let weights = [3, 1, 4, 1, 5, 9, 2];
    let (frozen, ranked) = (frozen(&weights), ranked(&weights, 1, sandbox()));
    let posts = [post((ENDS_AT - 86_400) * 1000), post(ENDS_AT * 1000 + 900)];
    let mut files = Vec::new();
    for (at, user) in frozen.users().iter().enumerate() {
        let tree = frozen.tree().unwrap();
        let proof = InclusionProof::new(terms(1, sandbox()), posts, &frozen, &tree, *user).unwrap();
        files.push((format!("proof-{at}"), serde_json::to_vec(&proof).unwrap()));
        let mut short = proof.clone();
        short.path.pop();
        files.push((format!("short-{at}"), serde_json::to_vec(&short).unwrap()));
    }
    for (pair, user) in ask(&files).chunks(2).zip(frozen.users()) {
        assert_eq!(pair[0]["commitment"], ranked.posted().digest.to_string());
        assert_eq!(pair[0]["user"], user.to_string());
        assert_eq!(pair[1]["wrong"], "path");
    }
}
