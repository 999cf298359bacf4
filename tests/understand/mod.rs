//! How sentences are understood: a corpus of our own in both languages, and what must hold of every sentence.

mod corpus;
mod mutations;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use shellia::domain::decisions::{Catalogue, Grammar, Said, Speaker, Understood, View};

/// When the sentences of the corpus were said, where a line says nothing else: a Wednesday morning.
const NOW: &str = "2026-11-25T10:00:00+01:00";

fn grammar() -> Grammar {
    Grammar::new(Catalogue::default(), TimeZone::get("Europe/Paris").unwrap())
}

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

/// A line of the corpus.
pub struct Case {
    line: usize,
    pub text: String,
    pub context: Vec<Said>,
    now: Timestamp,
    pub expected: Value,
}

pub fn corpus() -> Vec<Case> {
    let lines = include_str!("../data/utterances.jsonl").lines().enumerate();
    lines
        .map(|(at, line)| {
            let expected: Value = serde_json::from_str(line).unwrap();
            let said = |one: &Value| Said {
                from: match one["from"].as_str().unwrap() {
                    "operator" => Speaker::Operator,
                    "controller" => Speaker::Controller,
                    other => panic!("{other}"),
                },
                text: one["text"].as_str().unwrap().to_owned(),
            };
            Case {
                line: at + 1,
                text: expected["text"].as_str().unwrap().to_owned(),
                context: expected["context"].as_array().map(|all| all.iter().map(said).collect()).unwrap_or_default(),
                now: expected["now"].as_str().unwrap_or(NOW).parse().unwrap(),
                expected,
            }
        })
        .collect()
}

fn understood(case: &Case) -> Understood {
    grammar().understand(&case.text, &case.context, case.now)
}

fn json(understood: &Understood) -> Value {
    serde_json::to_value(View::of(understood, grammar().zone())).unwrap()
}
