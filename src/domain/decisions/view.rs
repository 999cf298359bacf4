//! An understanding as JSON, as `shellia understand` prints it; `docs/UNDERSTANDING.md` says what each field holds.

use super::{Slots, Understood};
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::{Map, Number, Value, json};

/// An understanding as JSON.
#[derive(Debug, Clone, Serialize)]
pub struct View {
    intent: &'static str,
    verdict: &'static str,
    slots: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cap_percent: Option<u8>,
}

impl View {
    /// The JSON of an understanding, with times in the shop's zone.
    pub fn of(understood: &Understood, zone: &TimeZone) -> Self {
        Self {
            intent: understood.intent.as_str(),
            verdict: understood.verdict.as_str(),
            slots: slots(&understood.slots, zone),
            reason: understood.reason.map(super::Reason::as_str),
            missing: understood.missing.iter().map(|missing| missing.as_str()).collect(),
            cap_percent: understood.cap_percent,
        }
    }
}

/// A number of so many parts: whole where it is, else with its decimals.
fn number(parts: i64, of: i64) -> Value {
    if parts % of == 0 {
        return Value::from(parts / of);
    }
    let text = match of {
        100 => format!("{}.{:02}", parts / 100, (parts % 100).abs()),
        _ => {
            // Minutes of an hour, to four decimals.
            let decimals = parts % of * 10_000 / of;
            format!("{}.{decimals:04}", parts / of)
        }
    };
    text.parse::<f64>().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number)
}

fn slots(slots: &Slots, zone: &TimeZone) -> Map<String, Value> {
    let ends = slots.ends.map(|ends| json!(ends.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()));
    let text = |text: &Option<String>| text.as_ref().map(|text| json!(text));
    let all = [
        ("percent", slots.percent_hundredths.map(|n| number(n, 100))),
        ("amount_minor", slots.amount_minor.map(Value::from)),
        ("currency", slots.currency.map(Value::from)),
        ("target", slots.target.as_ref().map(|target| json!(target.to_string()))),
        ("period", slots.period.map(|period| json!(period.to_string()))),
        ("duration_hours", slots.minutes.map(|minutes| number(minutes, 60))),
        ("ends", ends),
        ("audience", slots.audience.as_ref().map(|audience| json!(audience.to_string()))),
        ("code", text(&slots.code)),
        ("max_uses", slots.max_uses.map(Value::from)),
        ("prize", text(&slots.prize)),
        ("winners", slots.winners.map(Value::from)),
        ("milestone_members", slots.milestone_members.map(Value::from)),
        ("metric", slots.metric.map(|metric| json!(metric.as_str()))),
        ("compare", slots.compare.map(|compare| json!(compare.to_string()))),
        ("ref", slots.reference.map(Value::from)),
        ("key", text(&slots.key)),
        ("value", text(&slots.value)),
    ];
    all.into_iter().filter_map(|(name, value)| value.map(|value| (name.to_owned(), value))).collect()
}
