//! Draws for tests, and a forger: it makes a changed file consistent again as far as asked, by the formulas of
//! `docs/FAIR_DRAWS.md` and none of the crate's.

pub(crate) mod forgeries;

use serde_json::Value;
use sha2::{Digest as _, Sha256};
use shellia::domain::giveaways::draw::*;
use shellia::sandbox::Beacon;

pub(crate) const ENDS_AT: u64 = 1_800_000_000;
pub(crate) const SALT: Salt = Hex([0x5a; 32]);
pub(crate) const SECRET: Hex<32> = Hex([0x77; 32]);

fn beacon() -> Beacon {
    Beacon::from_seed(b"tests")
}

/// What the sandbox's beacon signs for a round.
pub(crate) fn signature(round: u64) -> Hex<48> {
    Hex(beacon().sign(round))
}

/// A message's id that Discord gives out at that millisecond.
pub(crate) fn message_at(ms: u64) -> Id {
    Id((ms - 1_420_070_400_000) << 22 | 77)
}

pub(crate) fn post(ms: u64) -> Post {
    Post { channel: Id(555), message: message_at(ms) }
}

pub(crate) fn terms(winners: u32, source: Source) -> Terms {
    Terms { guild: Id(9_007_199_254_740_993), giveaway: 12, ends_at: ENDS_AT, winners, source }
}

pub(crate) fn sandbox() -> Source {
    Source::sandbox(Hex(beacon().public_key()), ENDS_AT).unwrap()
}

/// What the source will reveal.
pub(crate) fn proof_of(source: Source) -> String {
    match source {
        Source::None { .. } => SECRET.to_string(),
        Source::Sandbox { round, .. } | Source::Quicknet { round } => signature(round).to_string(),
    }
}

/// The n-th account.
pub(crate) fn user(n: u64) -> Id {
    Id(80_351_110_224_678_912 + n * 4_194_304)
}

pub(crate) fn frozen(weights: &[u32]) -> Frozen {
    let entry = |(n, weight): (u64, &u32)| Entry { user: user(n), weight: *weight };
    Entries::new((0..).zip(weights).map(entry).collect()).unwrap().freeze(&SALT)
}

pub(crate) fn ranked(weights: &[u32], winners: u32, source: Source) -> Ranked {
    let announcement = post((ENDS_AT - 86_400) * 1000);
    let committed = post(ENDS_AT * 1000 + 900);
    Ranked::new(terms(winners, source), announcement, frozen(weights), committed, &proof_of(source)).unwrap()
}

/// The open file of a draw after these events, one a minute.
pub(crate) fn file(ranked: &Ranked, events: &[Event]) -> Transcript {
    let mut log = ranked.log();
    for (minute, event) in (0..).zip(events) {
        let actor = if minute % 2 == 0 { Id::BOT } else { Id(42) };
        log.write(ENDS_AT + 60 * minute, actor, event.clone(), "né \"hier\"\n".to_owned()).unwrap();
    }
    ranked.transcript(&log).unwrap()
}

pub(crate) fn out(rank: u32) -> Event {
    Event::Disqualified { rank, reason: Reason::LeftServer }
}

pub(crate) fn drawn(winners: &[u32]) -> Event {
    Event::Drawn { winners: winners.to_vec() }
}

pub(crate) fn rerolled(rank: u32, next: u32) -> Event {
    Event::Rerolled { rank, next, reason: Reason::Unclaimed }
}

/// A file with something of everything: seven entries, three winners, one shut out before and one after, one rerolled.
pub(crate) fn rich(source: Source) -> Transcript {
    let events = [out(2), drawn(&[1, 3, 4]), out(3), rerolled(3, 5), out(4)];
    file(&ranked(&[1, 5, 1, 2, 1, 1, 3], 3, source), &events)
}

pub(crate) fn value(transcript: &Transcript) -> Value {
    serde_json::to_value(transcript).unwrap()
}

pub(crate) fn code(value: &Value) -> Result<(), (&'static str, Option<usize>)> {
    verify(&serde_json::to_vec(value).unwrap()).map(|_| ()).map_err(|wrong| (wrong.code(), wrong.at()))
}

fn named(name: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(format!("draw 1 {name}\0"));
    parts.iter().for_each(|part| hasher.update(part));
    hasher.finalize().into()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| value.as_str().unwrap().parse().unwrap())
}

fn short(value: &Value) -> [u8; 4] {
    u32::try_from(number(value)).unwrap().to_be_bytes()
}

fn long(value: &Value) -> [u8; 8] {
    number(value).to_be_bytes()
}

fn text(value: &Value) -> Vec<u8> {
    let text = value.as_str().unwrap();
    [u32::try_from(text.len()).unwrap().to_be_bytes().as_slice(), text.as_bytes()].concat()
}

fn bytes(value: &Value) -> [u8; 32] {
    value.as_str().unwrap().parse::<Hex<32>>().unwrap().0
}

fn hex(bytes: [u8; 32]) -> Value {
    Value::String(Hex(bytes).to_string())
}

/// Commits again to whatever terms and (blinded) entries the file has now.
pub(crate) fn recommit(file: &mut Value) {
    let terms: Terms = serde_json::from_value(file["terms"].clone()).unwrap();
    let rows = file["entries"]["blinded"].as_array().unwrap();
    let mut level: Vec<[u8; 32]> = Vec::new();
    for row in rows {
        level.push(Sha256::digest([&[0], bytes(&row[0]).as_slice(), &short(&row[1])].concat()).into());
    }
    while level.len() > 1 {
        let join = |pair: &[[u8; 32]]| match pair {
            [left, right] => Sha256::digest([&[1], left.as_slice(), right].concat()).into(),
            odd => odd[0],
        };
        level = level.chunks(2).map(join).collect();
    }
    let weight: u64 = rows.iter().map(|row| number(&row[1])).sum();
    let count = u32::try_from(rows.len()).unwrap().to_be_bytes();
    let at = &file["announcement"];
    let digest = named(
        "commitment",
        &[
            terms.digest().bytes(),
            &long(&at["channel"]),
            &long(&at["message"]),
            &level[0],
            &count,
            &weight.to_be_bytes(),
        ],
    );
    file["commitment"]["root"] = hex(level[0]);
    file["commitment"]["digest"] = hex(digest);
}

/// Chains the log again, whatever it says now.
pub(crate) fn rechain(file: &mut Value) {
    let at = &file["commitment"];
    let mut before = named("log start", &[&bytes(&file["seed"]), &long(&at["channel"]), &long(&at["message"])]);
    for entry in file["log"].as_array_mut().unwrap() {
        let (kind, event) = entry["event"].as_object().unwrap().iter().next().unwrap();
        let event = match kind.as_str() {
            "disqualified" => [&[1], short(&event["rank"]).as_slice(), &text(&event["reason"])].concat(),
            "drawn" => {
                let ranks = event["winners"].as_array().unwrap();
                let count = u32::try_from(ranks.len()).unwrap().to_be_bytes();
                [2].into_iter().chain(count).chain(ranks.iter().flat_map(short)).collect()
            }
            _ => [&[3], short(&event["rank"]).as_slice(), &short(&event["next"]), &text(&event["reason"])].concat(),
        };
        before =
            named("log entry", &[&before, &long(&entry["at"]), &long(&entry["actor"]), &event, &text(&entry["note"])]);
        entry["hash"] = hex(before);
    }
}

/// The ways to every number and text in a file.
pub(crate) fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, inner)| leaves(inner, &format!("{path}/{name}"), found))
        }
        Value::Array(all) => {
            (0..).zip(all).for_each(|(at, inner): (u32, _)| leaves(inner, &format!("{path}/{at}"), found))
        }
        _ => found.push(path.to_owned()),
    }
}

/// Changes a number or one letter of a text.
pub(crate) fn alter(value: &mut Value, by: u64, at: usize) {
    *value = match value {
        Value::Number(number) => Value::from(number.as_u64().unwrap().wrapping_add(by)),
        Value::String(text) if text.is_empty() => Value::from("1"),
        Value::String(text) => {
            let mut letters: Vec<char> = text.chars().collect();
            let at = at % letters.len();
            letters[at] = if letters[at] == '1' { '2' } else { '1' };
            Value::from(letters.into_iter().collect::<String>())
        }
        _ => Value::Null,
    };
}
