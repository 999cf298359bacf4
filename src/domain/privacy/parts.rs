//! Splits a copy of somebody's data into files that Discord takes: only messages can be many.

use serde_json::{Value, json};

/// A copy as one or more files in JSON, each at most about `most` bytes: all of them begin alike, the messages go over them in order.
pub fn split(copy: &Value, most: usize) -> Vec<Vec<u8>> {
    let whole = bytes(copy);
    let messages = copy.get("messages").and_then(Value::as_array).filter(|_| whole.len() > most);
    let Some(messages) = messages else { return vec![whole] };
    let mut rest = copy.clone();
    if let Some(rest) = rest.as_object_mut() {
        rest.insert("messages".to_owned(), json!([]));
    }
    let room = most.saturating_sub(bytes(&rest).len());
    let mut parts: Vec<Vec<Value>> = vec![Vec::new()];
    let mut used = 0;
    for message in messages {
        let size = bytes(message).len().saturating_add(100);
        if used > 0 && used + size > room {
            parts.push(Vec::new());
            used = 0;
            // What isn't a message stands in the first file alone.
            rest = json!({ "about": copy.get("about") });
        }
        used += size;
        if let Some(last) = parts.last_mut() {
            last.push(message.clone());
        }
    }
    let count = parts.len();
    let mut first = copy.clone();
    let file = |(at, messages): (usize, Vec<Value>)| {
        let mut one = if at == 0 { std::mem::take(&mut first) } else { rest.clone() };
        if let Some(one) = one.as_object_mut() {
            one.insert("part".to_owned(), json!(format!("{}/{count}", at + 1)));
            one.insert("messages".to_owned(), Value::Array(messages));
        }
        bytes(&one)
    };
    parts.into_iter().enumerate().map(file).collect()
}

/// JSON that a person can read too.
fn bytes(value: &Value) -> Vec<u8> {
    serde_json::to_vec_pretty(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_small_is_one_file() {
        let copy = json!({ "about": "x", "messages": [{"text": "a"}] });
        let files = split(&copy, 10_000);
        assert_eq!(files.len(), 1);
        assert_eq!(serde_json::from_slice::<Value>(&files[0]).unwrap(), copy);
    }

    #[test]
    fn many_messages_go_over_several_files_in_order_and_none_is_lost() {
        let messages: Vec<Value> = (0..200).map(|n| json!({ "text": format!("{n} {}", "é".repeat(50)) })).collect();
        let copy = json!({ "about": "x", "orders": [1, 2], "messages": messages });
        let files = split(&copy, 10_000);
        assert!(files.len() > 2, "{}", files.len());
        let read: Vec<Value> = files.iter().map(|file| serde_json::from_slice(file).unwrap()).collect();
        let all: Vec<Value> = read.iter().flat_map(|one| one["messages"].as_array().unwrap().clone()).collect();
        assert_eq!(all, messages);
        assert!(files.iter().all(|file| file.len() <= 12_000));
        assert_eq!(read[0]["orders"], json!([1, 2]));
        assert_eq!(read[1].get("orders"), None);
        assert!(read.iter().all(|one| one["about"] == "x"));
    }
}
