//! Faults on request: the next matching requests of a bot are answered with an error, late, or not at all.

use regex_lite::Regex;
use serde_json::{Value, json};

use super::json::{number, text, truth};

/// A fault to come.
#[derive(Debug, Clone, Default)]
pub struct Fault {
    /// Only this method.
    pub method: Option<String>,
    /// Only paths that match (`/channels/…/messages`, without `/api/v10`).
    pub path_regex: Option<String>,
    /// The status of the answer; 0 cuts the connection in the middle of it.
    pub status: u16,
    /// Discord's code in the body.
    pub code: Option<u64>,
    /// How many requests it hits; none is all until faults are cleared.
    pub times: Option<u64>,
    /// Do what was asked first, and answer with the fault all the same.
    pub after: bool,
    /// Seconds of a 429.
    pub retry_after: Option<f64>,
    /// Wait this long before answering.
    pub hang_ms: Option<u64>,
}

impl Fault {
    /// Reads the body of `POST /sandbox/api/faults`.
    pub(crate) fn read(body: &Value) -> Result<Self, String> {
        let path_regex = text(body, "path_regex").map(str::to_owned);
        if let Some(pattern) = &path_regex {
            Regex::new(pattern).map_err(|error| error.to_string())?;
        }
        Ok(Self {
            method: text(body, "method").map(str::to_owned),
            path_regex,
            status: number(body, "status").and_then(|n| u16::try_from(n).ok()).ok_or("status is missing")?,
            code: number(body, "code"),
            times: number(body, "times"),
            after: truth(body, "after"),
            retry_after: body.get("retry_after").and_then(Value::as_f64),
            hang_ms: number(body, "hang_ms"),
        })
    }
}

/// A fault that hit a request.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    pub(crate) status: u16,
    code: Option<u64>,
    pub(crate) after: bool,
    pub(crate) retry_after: Option<f64>,
    pub(crate) hang_ms: Option<u64>,
}

impl Hit {
    /// The body of the faulty answer.
    pub(crate) fn body(&self) -> Value {
        if self.status == 429 {
            let retry_after = self.retry_after.unwrap_or(1.0);
            return json!({"message": "You are being rate limited.", "retry_after": retry_after, "global": false});
        }
        let message = match (self.code, self.status) {
            (Some(50001), _) => "Missing Access",
            (Some(50007), _) => "Cannot send messages to this user",
            (Some(50013), _) => "Missing Permissions",
            (Some(10003), _) => "Unknown Channel",
            (Some(10008), _) => "Unknown Message",
            (Some(10062), _) => "Unknown interaction",
            (None, 500) => "500: Internal Server Error",
            (None, 502) => "502: Bad Gateway",
            (None, 503) => "503: Service Unavailable",
            _ => "Sandbox fault",
        };
        json!({"message": message, "code": self.code.unwrap_or(0)})
    }
}

/// The faults that are set.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    all: Vec<(Fault, Option<Regex>)>,
}

impl Faults {
    /// Sets a fault; a pattern that can't be read matches nothing.
    pub(crate) fn add(&mut self, fault: Fault) {
        let regex = fault.path_regex.as_deref().map(|pattern| Regex::new(pattern).or_else(|_| Regex::new("$^")));
        self.all.push((fault, regex.and_then(Result::ok)));
    }

    /// Clears them all.
    pub(crate) fn clear(&mut self) {
        self.all.clear();
    }

    /// The fault that this request meets, if any; the first set comes first.
    pub(crate) fn hit(&mut self, method: &str, path: &str) -> Option<Hit> {
        let meets = |(fault, regex): &(Fault, Option<Regex>)| {
            fault.times != Some(0)
                && fault.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
                && regex.as_ref().is_none_or(|regex| regex.is_match(path))
        };
        let (fault, _) = self.all.iter_mut().find(|entry| meets(entry))?;
        fault.times = fault.times.map(|times| times - 1);
        Some(Hit {
            status: fault.status,
            code: fault.code,
            after: fault.after,
            retry_after: if fault.status == 429 { fault.retry_after.or(Some(1.0)) } else { None },
            hang_ms: fault.hang_ms,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_hits_as_often_as_asked() {
        let mut faults = Faults::default();
        let path_regex = Some("^/channels/[0-9]+/messages$".to_owned());
        faults.add(Fault { path_regex, status: 500, times: Some(1), ..Fault::default() });
        assert!(faults.hit("POST", "/users/@me").is_none());
        assert_eq!(faults.hit("POST", "/channels/1/messages").unwrap().status, 500);
        assert!(faults.hit("POST", "/channels/1/messages").is_none());
    }
}
