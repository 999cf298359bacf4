//! What is described is what is taken.

use super::*;
use serde_json::{Value, json};

/// Something of each kind, with every field that it has.
fn every() -> Vec<Value> {
    let sum = json!({ "minor": 100, "currency": "eur" });
    vec![
        json!({ "kind": "promotion", "off": { "amount": sum }, "target": "plans", "ends": { "minutes": 5 }, "billing": "yearly",
            "first_purchase": true, "code": "ETE", "max_uses": 1, "per_member": 1, "budget": sum, "reason": "été" }),
        json!({ "kind": "stop_promotion", "number": 1 }),
        json!({ "kind": "giveaway", "prize": "Un vélo", "winners": 1, "ends": { "at": "2026-12-01T00:00:00Z" }, "channel": "7",
            "milestone_members": 100 }),
        json!({ "kind": "end_giveaway", "number": 1 }),
        json!({ "kind": "reroll", "number": 1, "user": "7", "reason": "declined", "note": "trop tard" }),
        json!({ "kind": "setting", "key": "language", "value": "en" }),
        json!({ "kind": "resume" }),
        json!({ "kind": "autonomy", "autonomy": "automatic" }),
    ]
}

#[test]
fn every_kind_is_described_with_the_fields_that_are_taken_and_no_others() {
    let described = serde_json::to_value(Wanted::schema()).unwrap();
    let described = described["oneOf"].as_array().unwrap();
    assert_eq!(described.len(), every().len());
    for wanted in every() {
        let kind = wanted["kind"].as_str().unwrap();
        let read: Wanted = serde_json::from_value(wanted.clone()).unwrap_or_else(|error| panic!("{kind}: {error}"));
        assert_eq!(serde_json::to_value(read).unwrap(), wanted);
        let own = described.iter().find(|one| one["properties"]["kind"]["enum"] == json!([kind])).expect(kind);
        let names = |of: &Value| of.as_object().unwrap().keys().cloned().collect::<std::collections::BTreeSet<_>>();
        assert_eq!(names(&own["properties"]), names(&wanted), "{kind}");
        assert_eq!(own["additionalProperties"], json!(false), "{kind}");
        assert!(own["required"].as_array().unwrap().contains(&json!("kind")), "{kind}");
        for name in own["required"].as_array().unwrap() {
            let mut less = wanted.clone();
            less.as_object_mut().unwrap().remove(name.as_str().unwrap());
            assert!(serde_json::from_value::<Wanted>(less).is_err(), "{kind} without {name}");
        }
        let mut more = wanted.clone();
        more["more"] = json!(1);
        assert!(serde_json::from_value::<Wanted>(more).is_err(), "{kind} with more");
    }
}
