//! `shellia understand`: how sentences are understood, without doing anything.
//!
//! It reads standard input and answers each line with a line. It takes no database, no network and no settings; the judgement is
//! the grammar's own ([`Grammar`]). A line that can't be used is answered by an object with `error`, and the next one is read.
//!
//! ```text
//! line    = sentence | object
//! object  = { "text": sentence, "context": [ { "from": "operator" | "controller", "text": sentence } … ] }     context may be absent
//! ```

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::Deserialize;
use serde_json::{Value, json};
use shellia::domain::decisions::{Catalogue, Grammar, Said, Speaker, View};
use shellia::kernel::Clock;
use std::io::{self, BufRead, Read, Write};
use std::process::ExitCode;

/// The longest line that is read, in bytes: twelve of Discord's longest messages as JSON, several times over.
const LONGEST: u64 = 1024 * 1024;

/// A line that is an object.
#[derive(Debug, Deserialize)]
struct Asked {
    text: String,
    #[serde(default)]
    context: Vec<Before>,
}

/// A message before it.
#[derive(Debug, Deserialize)]
struct Before {
    from: From,
    text: String,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum From {
    Operator,
    Controller,
}

/// Reads sentences and prints how each is understood, as JSON or in a few words.
pub(super) fn run(json: bool, now: Option<&str>, zone: &str) -> ExitCode {
    let Ok(zone) = TimeZone::get(zone) else {
        return super::fail(&format!("no time zone is called {zone:?}; use a name such as Europe/Paris"));
    };
    let now = match now.map(|now| moment(now, &zone)) {
        None => Clock::new().now(),
        Some(Some(now)) => now,
        Some(None) => return super::fail("--now takes a time such as 2026-11-25T10:00:00+01:00"),
    };
    let grammar = Grammar::new(Catalogue::default(), zone);
    match answer(&grammar, now, json, io::stdin().lock(), io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads has enough, as `head` does.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => super::fail(&format!("standard input could not be read to its end: {error}")),
    }
}

/// A moment as it is typed: with its offset, or as the clock in the shop shows it.
fn moment(typed: &str, zone: &TimeZone) -> Option<Timestamp> {
    let stamp = typed.parse::<Timestamp>().or_else(|_| typed.parse::<Zoned>().map(|zoned| zoned.timestamp()));
    let local = || typed.parse::<DateTime>().and_then(|local| zone.to_timestamp(local));
    stamp.or_else(|_| local()).ok()
}

fn answer(grammar: &Grammar, now: Timestamp, json: bool, mut from: impl BufRead, mut to: impl Write) -> io::Result<()> {
    let mut number = 0u64;
    let mut line = Vec::new();
    loop {
        line.clear();
        if from.by_ref().take(LONGEST + 1).read_until(b'\n', &mut line)? == 0 {
            return to.flush();
        }
        number += 1;
        let whole = line.ends_with(b"\n") || u64::try_from(line.len()).is_ok_and(|length| length <= LONGEST);
        let answer = if whole {
            one(grammar, now, &line)
        } else {
            skip_line(&mut from)?;
            Err("the line is longer than a mebibyte; send the sentence and at most the last twelve messages".to_owned())
        };
        match answer {
            Ok(view) if json => writeln!(to, "{}", serde_json::to_string(&view)?)?,
            Ok(view) => writeln!(to, "{}", in_words(&view))?,
            Err(why) => writeln!(to, "{}", json!({ "error": why, "line": number }))?,
        }
    }
}

fn skip_line(from: &mut impl BufRead) -> io::Result<()> {
    loop {
        let part = from.fill_buf()?;
        let (length, ended) = match part.iter().position(|byte| *byte == b'\n') {
            Some(end) => (end + 1, true),
            None => (part.len(), part.is_empty()),
        };
        from.consume(length);
        if ended {
            return Ok(());
        }
    }
}

/// How one line is understood, or why it can't be used.
fn one(grammar: &Grammar, now: Timestamp, line: &[u8]) -> Result<View, String> {
    let line = std::str::from_utf8(line).map_err(|_| "the line is not UTF-8".to_owned())?;
    let line = line.trim_start_matches('\u{FEFF}').trim_end_matches(['\n', '\r']);
    let (text, context) = if line.trim_start().starts_with('{') {
        let asked: Asked = serde_json::from_str(line)
            .map_err(|error| format!("the line begins like JSON and is not what is read: {error}"))?;
        let said = |before: Before| Said {
            from: match before.from {
                From::Operator => Speaker::Operator,
                From::Controller => Speaker::Controller,
            },
            text: before.text,
        };
        (asked.text, asked.context.into_iter().map(said).collect())
    } else {
        (line.to_owned(), Vec::new())
    };
    if text.trim().is_empty() {
        return Err("the line holds no sentence".to_owned());
    }
    Ok(View::of(&grammar.understand(&text, &context, now), grammar.zone()))
}

/// `promo_create: plan (duration_hours 48, percent 20, target pro)`
fn in_words(view: &View) -> String {
    let value = serde_json::to_value(view).unwrap_or_default();
    let word = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let shown = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let slots = value.get("slots").and_then(Value::as_object);
    let slots: Vec<String> =
        slots.into_iter().flatten().map(|(name, value)| format!("{name} {}", shown(value))).collect();
    let missing = value.get("missing").and_then(Value::as_array);
    let missing: Vec<String> = missing.into_iter().flatten().map(|missing| format!("{}?", shown(missing))).collect();
    let reason =
        value.get("reason").and_then(Value::as_str).map(|reason| format!(" because {reason}")).unwrap_or_default();
    let details = [slots, missing].concat().join(", ");
    let details = if details.is_empty() { details } else { format!(" ({details})") };
    format!("{}: {}{reason}{details}", word("intent"), word("verdict"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(json: bool, input: &[u8]) -> Vec<String> {
        let zone = TimeZone::get("Europe/Paris").unwrap();
        let now = moment("2026-11-25T10:00", &zone).unwrap();
        let mut out = Vec::new();
        answer(&Grammar::new(Catalogue::default(), zone), now, json, input, &mut out).unwrap();
        String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn each_line_is_answered_and_a_bad_one_stops_nothing() {
        let input = b"promo 20% pro 48h\r\n{\"text\":\"et hier ?\",\"context\":[{\"from\":\"operator\",\"text\":\"combien de ventes ?\"}]}\n\n{\"text\":1}\n{no\n\xff\n{\"text\":\"x\",\"context\":[{\"from\":\"bob\",\"text\":\"y\"}]}\nstatus";
        let told = answered(true, input);
        assert_eq!(told.len(), 8);
        assert_eq!(
            told[0],
            r#"{"intent":"promo_create","verdict":"plan","slots":{"duration_hours":48,"percent":20,"target":"pro"}}"#
        );
        assert_eq!(
            told[1],
            r#"{"intent":"analytics","verdict":"answer","slots":{"metric":"orders","period":"yesterday"}}"#
        );
        for (at, line) in told.iter().enumerate().take(7).skip(2) {
            let error: Value = serde_json::from_str(line).unwrap();
            assert_eq!(error["line"], at + 1, "{line}");
            assert!(error["error"].as_str().is_some_and(|why| !why.is_empty()), "{line}");
        }
        assert_eq!(told[7], r#"{"intent":"status","verdict":"answer","slots":{}}"#);
    }

    #[test]
    fn a_line_without_an_end_is_skipped() {
        let long = [vec![b'a'; 3 * 1024 * 1024], b"\nstatus\n".to_vec()].concat();
        let told = answered(true, &long);
        assert_eq!(told.len(), 2);
        assert!(told[0].contains("longer"), "{}", told[0]);
        assert!(told[1].contains("status"), "{}", told[1]);
    }

    #[test]
    fn a_person_reads_words() {
        assert_eq!(
            answered(false, b"promo 20% pro 48h\n"),
            ["promo_create: plan (duration_hours 48, percent 20, target pro)"]
        );
        assert_eq!(answered(false, b"promo de 20\n"), ["promo_create: ask (unit?, target?, end?)"]);
    }
}
