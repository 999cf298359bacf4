//! What can be wrong with a file, and what must be said of it.

use super::{ENDS_AT, message_at, number, rechain, recommit, signature};
use serde_json::{Value, json};
use shellia::domain::giveaways::draw::round_time;

/// A change of a file.
pub(crate) type Change = fn(&mut Value);

/// What can be wrong, what makes it so in a blinded [`rich`] file, and what must be said.
pub(crate) const FORGERIES: &[(&str, Option<usize>, Change)] = &[
    ("bad_json", None, |file| file["more"] = json!(1)),
    ("bad_json", None, |file| file["terms"]["more"] = json!(1)),
    ("bad_json", None, |file| file["terms"]["source"]["more"] = json!(1)),
    ("bad_json", None, |file| file["log"][0]["event"]["disqualified"]["more"] = json!(1)),
    ("bad_json", None, |file| file["log"][0]["event"]["disqualified"]["reason"] = json!("no_reason")),
    ("bad_json", None, |file| file["log"][0]["event"] = json!({"undone": {}})),
    ("bad_json", None, |file| file["entries"]["open"] = json!({"salt": "00", "list": []})),
    ("bad_json", None, |file| file["entries"]["blinded"][0][1] = json!(-1)),
    ("bad_json", None, |file| file["entries"]["blinded"][0][1] = json!(1.0)),
    ("bad_json", None, |file| file["entries"]["blinded"][0][1] = json!(4_294_967_296_u64)),
    ("bad_json", None, |file| file["entries"]["blinded"][0] = json!([file["entries"]["blinded"][0][0], 1, 1])),
    ("bad_json", None, |file| file["terms"]["guild"] = json!("007")),
    ("bad_json", None, |file| file["terms"]["guild"] = json!(7)),
    ("bad_json", None, |file| file["seed"] = json!(file["seed"].as_str().unwrap().to_uppercase())),
    ("bad_json", None, |file| file["log"][0]["note"] = Value::Null),
    ("version", None, |file| file["version"] = json!(2)),
    ("version", None, |file| file["format"] = json!("another")),
    ("no_entries", None, |file| file["entries"]["blinded"] = json!([])),
    ("no_weight", Some(2), |file| file["entries"]["blinded"][2][1] = json!(0)),
    ("duplicate", Some(3), |file| file["entries"]["blinded"][3][0] = file["entries"]["blinded"][2][0].clone()),
    ("unsorted", Some(5), |file| file["entries"]["blinded"].as_array_mut().unwrap().swap(4, 5)),
    ("root_differs", None, |file| file["entries"]["blinded"][0][1] = json!(1000)),
    ("root_differs", None, |file| drop(file["entries"]["blinded"].as_array_mut().unwrap().pop())),
    ("commitment_differs", None, |file| file["terms"]["winners"] = json!(4)),
    ("commitment_differs", None, |file| file["announcement"]["channel"] = json!("556")),
    ("bad_winners", None, |file| {
        file["terms"]["winners"] = json!(10_001);
        recommit(file);
    }),
    ("bad_winners", None, |file| {
        file["terms"]["winners"] = json!(0);
        recommit(file);
    }),
    ("round_differs", None, |file| {
        file["terms"]["ends_at"] = json!(ENDS_AT + 3);
        recommit(file);
    }),
    ("round_differs", None, |file| {
        file["terms"]["source"]["round"] = json!(number(&file["terms"]["source"]["round"]) + 1);
        recommit(file);
    }),
    ("round_differs", None, |file| {
        file["terms"]["ends_at"] = json!(u64::MAX);
        recommit(file);
    }),
    ("round_differs", None, |file| {
        file["terms"]["ends_at"] = json!(0);
        recommit(file);
    }),
    ("committed_early", None, |file| file["commitment"]["message"] = file["announcement"]["message"].clone()),
    ("committed_late", None, |file| {
        let exists_at = round_time(number(&file["terms"]["source"]["round"])).unwrap() * 1000;
        file["commitment"]["message"] = json!(message_at(exists_at));
    }),
    ("signature_false", None, |file| file["proof"] = json!(signature(1))),
    ("signature_false", None, |file| file["proof"] = json!("00")),
    ("seed_differs", None, |file| {
        file["terms"]["giveaway"] = json!(13);
        recommit(file);
    }),
    ("seed_differs", None, |file| file["seed"] = file["commitment"]["root"].clone()),
    ("ranking_length", None, |file| drop(file["ranking"].as_array_mut().unwrap().pop())),
    ("ranking_differs", Some(3), |file| file["ranking"].as_array_mut().unwrap().swap(2, 5)),
    ("log_chain", Some(1), |file| drop(file["log"].as_array_mut().unwrap().remove(1))),
    ("log_chain", Some(2), |file| file["log"][2]["note"] = json!("")),
    ("log_chain", Some(0), |file| file["commitment"]["channel"] = json!("556")),
    ("log_earlier", Some(2), |file| {
        file["log"][2]["at"] = json!(ENDS_AT);
        rechain(file);
    }),
    ("log_note", Some(3), |file| {
        file["log"][3]["note"] = json!("é".repeat(251));
        rechain(file);
    }),
    ("log_no_such_rank", Some(0), |file| {
        file["log"][0]["event"]["disqualified"]["rank"] = json!(8);
        rechain(file);
    }),
    ("log_already_out", Some(2), |file| {
        file["log"][2]["event"]["disqualified"]["rank"] = json!(2);
        rechain(file);
    }),
    ("log_already_drawn", Some(2), |file| {
        file["log"][2]["event"] = json!({"drawn": {"winners": [1, 3, 4]}});
        rechain(file);
    }),
    ("log_not_drawn", Some(1), |file| {
        file["log"][1]["event"] = json!({"rerolled": {"rank": 1, "next": 3, "reason": "other"}});
        rechain(file);
    }),
    ("log_not_a_winner", Some(3), |file| {
        file["log"][3]["event"]["rerolled"]["rank"] = json!(2);
        rechain(file);
    }),
    ("log_not_a_winner", Some(3), |file| {
        file["log"][3]["event"]["rerolled"]["rank"] = json!(0);
        rechain(file);
    }),
    ("log_not_the_next", Some(3), |file| {
        file["log"][3]["event"]["rerolled"]["next"] = json!(6);
        rechain(file);
    }),
    ("log_not_the_next", Some(1), |file| {
        file["log"][1]["event"]["drawn"]["winners"] = json!([1, 2, 3]);
        rechain(file);
    }),
    ("not_drawn", None, |file| file["log"].as_array_mut().unwrap().truncate(1)),
    ("winner_count", None, |file| drop(file["winners"].as_array_mut().unwrap().pop())),
    ("winner_count", None, |file| drop(file["log"].as_array_mut().unwrap().pop())),
    ("winner_differs", Some(0), |file| file["winners"].as_array_mut().unwrap().swap(0, 1)),
    ("winner_differs", Some(1), |file| file["winners"][1]["entry"] = file["winners"][0]["entry"].clone()),
    ("winner_not_opened", Some(1), |file| file["winners"][1]["user"] = file["winners"][0]["user"].clone()),
    ("winner_not_opened", Some(0), |file| file["winners"][0]["nonce"] = file["seed"].clone()),
];
