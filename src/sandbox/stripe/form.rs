//! Parameters as Stripe takes them: `application/x-www-form-urlencoded` with nested brackets
//! (`line_items[0][price_data][currency]=eur`, `expand[]=customer`), in a body or in a query.
//!
//! Here a place is written with dots (`line_items.0.price`); a refusal names it with brackets.

use serde_json::{Map, Value};

use super::refusal::Refusal;

/// Keys that an object's metadata may have, and the lengths of keys and values.
const METADATA: (usize, usize, usize) = (50, 40, 500);

/// The parameters of a request: a tree whose leaves are texts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Form(Value);

impl Form {
    /// Reads a body or a query.
    pub(crate) fn read(raw: &str) -> Self {
        let mut root = Value::Object(Map::new());
        for (name, value) in url::form_urlencoded::parse(raw.as_bytes()) {
            put(&mut root, &steps(&name), &value);
        }
        Self(listed(root))
    }

    /// What stands at a place.
    pub(crate) fn at(&self, place: &str) -> Option<&Value> {
        self.0.pointer(&format!("/{}", place.replace('.', "/")))
    }

    /// Whether something stands at a place, an empty text too.
    pub(crate) fn has(&self, place: &str) -> bool {
        self.at(place).is_some()
    }

    /// The text at a place; an empty one counts as none.
    pub(crate) fn text(&self, place: &str) -> Option<&str> {
        self.at(place).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// The text at a place, which is required.
    pub(crate) fn need(&self, place: &str) -> Result<&str, Refusal> {
        self.text(place).ok_or_else(|| Refusal::required(&bracketed(place)))
    }

    /// The whole number at a place.
    pub(crate) fn int(&self, place: &str) -> Result<Option<i64>, Refusal> {
        let Some(text) = self.text(place) else { return Ok(None) };
        let wrong = || Refusal::invalid(format!("Invalid integer: {text}"));
        text.parse().map(Some).map_err(|_| wrong().code("parameter_invalid_integer").param(bracketed(place)))
    }

    /// The moment at a place, in seconds since the Unix epoch.
    pub(crate) fn moment(&self, place: &str) -> Result<Option<u64>, Refusal> {
        let wrong = || Refusal::invalid("Invalid timestamp: must be an integer Unix timestamp").param(bracketed(place));
        self.int(place)?.map(|n| u64::try_from(n).map_err(|_| wrong())).transpose()
    }

    /// The truth at a place.
    pub(crate) fn truth(&self, place: &str) -> Result<Option<bool>, Refusal> {
        match self.text(place) {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(other) => Err(Refusal::invalid(format!("Invalid boolean: {other}")).param(bracketed(place))),
        }
    }

    /// One of some words at a place.
    pub(crate) fn choice(&self, place: &str, allowed: &[&'static str]) -> Result<Option<&'static str>, Refusal> {
        let Some(text) = self.text(place) else { return Ok(None) };
        let found = allowed.iter().find(|word| **word == text).copied();
        let wrong = || {
            let param = bracketed(place);
            Refusal::invalid(format!("Invalid {param}: must be one of {}", allowed.join(", "))).param(param)
        };
        found.map(Some).ok_or_else(wrong)
    }

    /// How many items the list at a place has.
    pub(crate) fn count(&self, place: &str) -> usize {
        self.at(place).and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// The texts of the list at a place.
    pub(crate) fn texts(&self, place: &str) -> Vec<String> {
        let items = self.at(place).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// Metadata at a place, laid over what is there: an empty value takes a key away, an empty text all of them.
    pub(crate) fn metadata(&self, place: &str, present: &Value) -> Result<Value, Refusal> {
        let mut all = present.as_object().cloned().unwrap_or_default();
        match self.at(place) {
            Some(Value::Object(given)) => {
                for (key, value) in given {
                    meet_limits(place, key, value)?;
                    match value.as_str() {
                        Some("") => drop(all.remove(key)),
                        _ => drop(all.insert(key.clone(), value.clone())),
                    }
                }
            }
            Some(_) => all.clear(),
            None => {}
        }
        if all.len() > METADATA.0 {
            let message = format!("You cannot have more than {} keys in metadata.", METADATA.0);
            return Err(Refusal::invalid(message).param(bracketed(place)));
        }
        Ok(Value::Object(all))
    }

    /// The first parameter that no pattern takes; in a pattern `*` stands for any one step.
    pub(crate) fn stranger(&self, takes: &[&str]) -> Option<String> {
        let mut leaves = Vec::new();
        walk(&self.0, "", &mut leaves);
        leaves.into_iter().find(|leaf| !takes.iter().any(|pattern| fits(pattern, leaf))).map(|leaf| bracketed(&leaf))
    }
}

fn meet_limits(place: &str, key: &str, value: &Value) -> Result<(), Refusal> {
    let (_, longest_key, longest_value) = METADATA;
    let text = value.as_str().unwrap_or_default();
    if key.chars().count() > longest_key || text.chars().count() > longest_value || !value.is_string() {
        let message = format!(
            "Metadata keys can be up to {longest_key} and values up to {longest_value} characters long; '{key}' is not."
        );
        return Err(Refusal::invalid(message).param(bracketed(place)));
    }
    Ok(())
}

/// `a[b][]` as `["a", "b", ""]`.
fn steps(name: &str) -> Vec<String> {
    let (first, rest) = name.split_once('[').unwrap_or((name, ""));
    let rest = rest.strip_suffix(']').unwrap_or(rest);
    let inner = if name.contains('[') { rest.split("][").map(str::to_owned).collect() } else { Vec::new() };
    std::iter::once(first.to_owned()).chain(inner).collect()
}

fn put(node: &mut Value, steps: &[String], value: &str) {
    let Some((step, rest)) = steps.split_first() else {
        *node = Value::String(value.to_owned());
        return;
    };
    if !node.is_object() {
        *node = Value::Object(Map::new());
    }
    if let Value::Object(map) = node {
        let key = if step.is_empty() { map.len().to_string() } else { step.clone() };
        put(map.entry(key).or_insert(Value::Null), rest, value);
    }
}

/// Objects whose keys are all numbers become lists; metadata is always a map.
fn listed(value: Value) -> Value {
    let Value::Object(map) = value else { return value };
    let numbered = !map.is_empty() && map.keys().all(|key| key.parse::<u32>().is_ok());
    if numbered {
        let mut items: Vec<(u32, Value)> =
            map.into_iter().filter_map(|(key, item)| key.parse().ok().map(|n| (n, listed(item)))).collect();
        items.sort_by_key(|(n, _)| *n);
        return Value::Array(items.into_iter().map(|(_, item)| item).collect());
    }
    let inner = |(key, item)| if key == "metadata" { (key, item) } else { (key, listed(item)) };
    Value::Object(map.into_iter().map(inner).collect())
}

fn walk(node: &Value, above: &str, leaves: &mut Vec<String>) {
    let below = |step: &str| if above.is_empty() { step.to_owned() } else { format!("{above}.{step}") };
    match node {
        Value::Object(map) => map.iter().for_each(|(key, item)| walk(item, &below(&key.replace('.', "_")), leaves)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, item)| walk(item, &below(&n.to_string()), leaves))
        }
        _ => leaves.push(above.to_owned()),
    }
}

fn fits(pattern: &str, leaf: &str) -> bool {
    let mut wanted = pattern.split('.');
    leaf.split('.').all(|step| wanted.next().is_some_and(|want| want == "*" || want == step)) && wanted.next().is_none()
}

/// `a.b.0` as Stripe writes it: `a[b][0]`.
pub(crate) fn bracketed(place: &str) -> String {
    let mut steps = place.split('.');
    let first = steps.next().unwrap_or_default().to_owned();
    steps.fold(first, |all, step| format!("{all}[{step}]"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_read_as_a_tree() {
        let form = Form::read("a[0][b][c]=1&a[1][b][c]=2&expand[]=x&expand[]=y.z&metadata[0]=m&on=true");
        assert_eq!(form.int("a.1.b.c"), Ok(Some(2)));
        assert_eq!(form.count("a"), 2);
        assert_eq!(form.texts("expand"), ["x", "y.z"]);
        assert_eq!(form.metadata("metadata", &Value::Null).unwrap()["0"], "m");
        assert_eq!(form.truth("on"), Ok(Some(true)));
        assert_eq!(form.int("on").unwrap_err().body()["error"]["param"], "on");
    }

    #[test]
    fn a_parameter_that_nobody_takes_is_named_with_brackets() {
        let form = Form::read("a[0][b]=1&metadata[k]=v&c[d]=2");
        assert_eq!(form.stranger(&["a.*.b", "metadata.*"]).as_deref(), Some("c[d]"));
        assert_eq!(form.stranger(&["a.*.b", "metadata.*", "c.d"]), None);
    }

    #[test]
    fn an_empty_value_takes_a_key_away() {
        let form = Form::read("metadata[a]=&metadata[b]=2");
        let present = serde_json::json!({"a": "1", "c": "3"});
        assert_eq!(form.metadata("metadata", &present).unwrap(), serde_json::json!({"b": "2", "c": "3"}));
    }
}
