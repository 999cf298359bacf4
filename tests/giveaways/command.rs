//! `shellia verify-draw` as a person runs it: on files that hold, on forged ones, and on what is no file of a draw.

use super::support::forgeries::FORGERIES;
use super::support::*;
use serde_json::Value;
use shellia::domain::giveaways::draw::*;
use shellia::kernel::Locale;
use shellia::kernel::words::Words;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/witness/draw_example.json");

/// Runs the program in an empty directory, with nothing in its environment but a language and settings that lead nowhere.
fn run(lang: &str, file: &Path) -> Output {
    let nowhere = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_shellia"))
        .env_clear()
        .env("LANG", lang)
        .env("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")
        .current_dir(nowhere.path())
        .arg("verify-draw")
        .arg(file)
        .output()
        .unwrap()
}

/// What it says and its exit code; the file's own directory is written as `…`.
fn said(lang: &str, file: &Path) -> (String, i32) {
    let output = run(lang, file);
    let text = [output.stdout, output.stderr].concat();
    let place = file.parent().unwrap().to_string_lossy();
    (String::from_utf8(text).unwrap().replace(&*place, "…"), output.status.code().unwrap())
}

struct Files(TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join("draw.json");
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

#[test]
fn a_draw_that_holds_is_told_in_english() {
    let (text, code) = said("en_GB.UTF-8", Path::new(EXAMPLE));
    assert_eq!(code, 0, "{text}");
    insta::assert_snapshot!(text, @"
    ✓ This draw holds: 5 entries, 2 winners at last.

    Checked, by nothing but this file:
      - the entries, their weights and their order are those of the commitment
      - by its message’s id, the commitment was posted before the round existed
      - the randomness is that of drand’s network “quicknet”, round 123, which the end of the giveaway (2023-08-23 15:14:33 UTC) fixes; drand signed it
      - the rank of each entry follows from the commitment and that randomness
      - the winners are the first eligible ranks, and whoever was replaced was replaced by the next; nothing is missing from the middle of the log
      - each winner’s account is the one that was drawn

    This is the open file: it names everybody who took part. It isn’t for everybody.

    Winners:
      account 80351110224678915, rank 1
      account 80351110224678913, rank 4

    Compare by eye, since no file can show this: each message must exist, must not be edited, and must show the value above its link.
      terms
        db2e4cbc5323fe2fb80c537bad76f3ed6389261111822f12e39f2068d782e0f5
        https://discord.com/channels/197038439483310086/555/1143563870011392077
      commitment
        2ed56e1666cf08f17d6eb41f391da64ee85fe661609b2f55847135a3b82bb8b9
        https://discord.com/channels/197038439483310086/555/1143926262071296077
      head of the log
        76aca1e971e457254f218da1e94c5c6ee29aa261c9b3fa22f155f1a3df6f6fc1
        the newest message about the winners
    ");
}

#[test]
fn a_draw_that_holds_is_told_in_french() {
    let (text, code) = said("C.UTF-8", Path::new(EXAMPLE));
    assert_eq!(code, 0, "{text}");
    insta::assert_snapshot!(text, @"
    ✓ Ce tirage tient : 5 inscriptions, 2 gagnants à la fin.

    Vérifié, avec rien d’autre que ce fichier :
      - les inscriptions, leurs poids et leur ordre sont ceux de l’engagement
      - d’après l’identifiant de son message, l’engagement a été publié avant que le tour existe
      - le hasard est celui du réseau « quicknet » de drand, tour 123, que la fin du concours (2023-08-23 15:14:33 UTC) impose ; drand l’a signé
      - le rang de chaque inscription découle de l’engagement et de ce hasard
      - les gagnants sont les premiers rangs admis, et qui a été remplacé l’a été par le suivant ; rien ne manque au milieu du journal
      - le compte de chaque gagnant est celui qui a été tiré

    C’est le fichier ouvert : il nomme tous les participants. Il n’est pas pour tous.

    Gagnants :
      compte 80351110224678915, rang 1
      compte 80351110224678913, rang 4

    À comparer à l’œil, car aucun fichier ne peut le montrer : chaque message doit exister, ne pas être modifié, et montrer la valeur au-dessus de son lien.
      conditions
        db2e4cbc5323fe2fb80c537bad76f3ed6389261111822f12e39f2068d782e0f5
        https://discord.com/channels/197038439483310086/555/1143563870011392077
      engagement
        2ed56e1666cf08f17d6eb41f391da64ee85fe661609b2f55847135a3b82bb8b9
        https://discord.com/channels/197038439483310086/555/1143926262071296077
      tête du journal
        76aca1e971e457254f218da1e94c5c6ee29aa261c9b3fa22f155f1a3df6f6fc1
        le message le plus récent sur les gagnants
    ");
}

#[test]
fn a_draw_that_proves_less_says_so() {
    let files = Files::new();
    for (source, told) in [
        (sandbox(), "⚠ It proves nothing all the same: whoever runs a sandbox’s beacon knows its rounds beforehand."),
        (Source::secret(&SECRET), "⚠ It proves less than a public beacon would"),
    ] {
        let (text, code) = said("en", &files.write(&rich(source).blinded().to_json().unwrap()));
        assert_eq!(code, 0, "{text}");
        assert!(text.contains(told) && text.contains("it names the winners only"), "{text}");
        assert!(!text.contains("drand"), "{text}");
    }
    let nobody = [out(1), drawn(&[])];
    let (text, code) = said("fr_FR", &files.write(&file(&ranked(&[1], 1, sandbox()), &nobody).to_json().unwrap()));
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("une inscription, aucun gagnant"), "{text}");
}

#[test]
fn an_inclusion_proof_is_told_with_what_to_compare() {
    let list = frozen(&[1, 2, 3, 4, 5]);
    let posts = [post((ENDS_AT - 86_400) * 1000), post(ENDS_AT * 1000 + 900)];
    let tree = list.tree().unwrap();
    let proof = InclusionProof::new(terms(1, sandbox()), posts, &list, &tree, user(3)).unwrap();
    let files = Files::new();
    let (text, code) = said("en", &files.write(&serde_json::to_vec(&proof).unwrap()));
    assert_eq!(code, 0, "{text}");
    insta::assert_snapshot!(text, @"
    This proof leads to a commitment: account 80351110237261824, weight 4, among 5 entries with weights of 15 in all.

    The account is in the list with that weight if this message exists, was not edited, and shows exactly this value. If it shows another, the proof is false.
      commitment
        22593268c2c668c4a01a6c2b01f6feec69675e67849b96e6d0832ff6e6c5ff93
        https://discord.com/channels/9007199254740993/555/1593540244773273677
    ");
    let mut short = proof;
    short.path.pop();
    let (text, code) = said("en", &files.write(&serde_json::to_vec(&short).unwrap()));
    assert_eq!(code, 1, "{text}");
    assert!(text.starts_with("✗ This file does not hold: path\n"), "{text}");
}

#[test]
fn the_first_wrong_thing_is_named_with_its_word_and_its_meaning() {
    let files = Files::new();
    let whole = value(&rich(sandbox()).blinded());
    let mut told = BTreeSet::new();
    for (word, at, change) in FORGERIES {
        if !told.insert(word) {
            continue;
        }
        let mut changed: Value = whole.clone();
        change(&mut changed);
        let (text, code) = said("en", &files.write(&serde_json::to_vec(&changed).unwrap()));
        assert_eq!(code, 1, "{word}: {text}");
        assert!(text.starts_with(&format!("✗ This file does not hold: {word}\n\n")), "{text}");
        assert!(at.is_none_or(|at| text.contains(&format!(" {at}"))), "{word} at {at:?}: {text}");
        assert!(!text.contains("{ $") && !text.contains("verify-draw-"), "{text}");
    }
    assert!(told.len() > 25);
}

#[test]
fn a_forged_ranking_is_told_in_french() {
    let mut changed = value(&rich(sandbox()));
    changed["ranking"].as_array_mut().unwrap().swap(2, 5);
    let (text, code) = said("fr_CA.UTF-8", &Files::new().write(&serde_json::to_vec(&changed).unwrap()));
    assert_eq!(code, 1);
    insta::assert_snapshot!(text, @"
    ✗ Ce fichier ne tient pas : ranking_differs

    Le classement n’est pas celui que donne la graine ; il en diffère d’abord au rang 3.

    Ce qui a été publié dans Discord compte, pas ce fichier : un fichier est faux aussi quand il a été abîmé en route. Téléchargez-le de nouveau ; s’il reste faux, demandez à ceux qui ont mené le concours. Le mot ci-dessus est expliqué dans docs/FAIR_DRAWS.md, sous « The check ».
    ");
}

#[test]
fn what_is_no_file_of_a_draw_is_answered_kindly() {
    let files = Files::new();
    let place = files.0.path();
    let (large, directory) = (place.join("large.json"), place.join("draws"));
    std::fs::create_dir(&directory).unwrap();
    std::fs::File::create(&large).unwrap().set_len((256 << 20) + 1).unwrap();
    let mut told = String::new();
    for lang in ["en", "fr"] {
        for (file, expected) in [
            (place.join("none.json"), 2),
            (directory.clone(), 2),
            (large.clone(), 2),
            (files.write(b""), 1),
            (files.write(b"hello"), 1),
            (files.write(b"{\"format\":\"\\u001b[31m\",\"\\u001b[2J\":1}"), 1),
            (files.write(b"{\"format\":\"another\",\"version\":1}"), 1),
            (files.write(&[0xff; 100]), 1),
        ] {
            let content = std::fs::read(&file).map(|bytes| bytes.len()).unwrap_or_default();
            let (text, code) = said(lang, &file);
            assert_eq!(code, expected, "{content} bytes: {text}");
            assert!(!text.contains('\u{1b}'), "{text:?}");
            if code == 2 {
                told += &text;
            }
        }
    }
    insta::assert_snapshot!(told, @"
    shellia: There is no file …/none.json. Check the name and the directory.
    shellia: …/draws is a directory. Name the file in it: the one that the giveaway’s message or the bot gave you.
    shellia: …/large.json is larger than 256 MiB, more than the file of any draw: it is probably another one.
    shellia: Il n’y a pas de fichier …/none.json. Vérifiez le nom et le dossier.
    shellia: …/draws est un dossier. Nommez le fichier qui s’y trouve : celui que le message du concours ou le bot vous a donné.
    shellia: …/large.json dépasse 256 Mio, plus que le fichier d’aucun tirage : c’est sans doute un autre fichier.
    ");
}

#[test]
fn every_word_of_the_document_has_its_meaning_in_both_languages() {
    let document = include_str!("../../docs/FAIR_DRAWS.md");
    let mut codes = BTreeSet::new();
    for bracket in document.split('[').skip(1) {
        let inner = bracket.split(']').next().unwrap();
        let word = |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        if inner.starts_with('`') {
            codes.extend(inner.split('`').filter(word));
        }
    }
    assert_eq!(codes.len(), 32, "{codes:?}");
    assert!(FORGERIES.iter().all(|(word, _, _)| codes.contains(word)));
    let words = Words::new();
    for code in codes {
        for locale in Locale::ALL {
            let known = [("at", "7".into()), ("detail", "x".into())];
            let text = words.speak(locale).find(&format!("verify-draw-wrong-{code}"), &known);
            assert!(text.is_some_and(|text| text.len() > 20), "{code} in {locale:?}");
        }
    }
}
