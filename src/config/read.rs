//! Turns a raw value into a checked one. A wrong value becomes a `Problem`, and reading goes on.

use std::{
    net::{IpAddr, SocketAddr},
    num::NonZeroU64,
    ops::RangeInclusive,
    path::PathBuf,
};

use ipnet::IpNet;
use toml::Value;
use url::Url;

use crate::kernel::WeekTime;

use super::{Language, Problem, Secret, Shards, Sources, sources::Layers};

/// Why a value is refused. `what` never quotes a value that may hold a secret.
pub(super) struct Wrong {
    what: String,
    remedy: String,
}

pub(super) type Read<T> = Result<T, Wrong>;

fn wrong<T>(what: impl Into<String>, remedy: impl Into<String>) -> Read<T> {
    Err(Wrong { what: what.into(), remedy: remedy.into() })
}

/// Reads settings one by one and keeps every problem. What can't be read counts as unset or gets its default, so that the
/// rest can be judged.
pub(super) struct Reader {
    layers: Layers,
    pub(super) problems: Vec<Problem>,
    /// The settings that could not be read, by their names in the file.
    pub(super) unread: Vec<&'static str>,
}

impl Reader {
    pub(super) fn new(layers: Layers, problems: Vec<Problem>) -> Self {
        Self { layers, problems, unread: Vec::new() }
    }

    /// A setting that may be unset; an empty text counts as unset.
    pub(super) fn optional<T>(&mut self, key: &'static str, read: impl Fn(&Value) -> Read<T>) -> Option<T> {
        let given = self.layers.0.get(key).filter(|given| given.value.as_str() != Some(""))?;
        match read(&given.value) {
            Ok(value) => Some(value),
            Err(Wrong { what, remedy }) => {
                self.problems.push(Problem::new(given.place(key), what, remedy));
                self.unread.push(key);
                None
            }
        }
    }

    /// A setting that has a default, which it gets when a problem was kept.
    pub(super) fn required<T>(&mut self, key: &'static str, read: impl Fn(&Value) -> Read<T>) -> Option<T> {
        let value = self.optional(key, &read);
        let is_empty = self.layers.0.get(key).is_none_or(|given| given.value.as_str() == Some(""));
        if is_empty {
            self.problems.push(Problem::new(key, "is empty", "Give it a value, or remove the line to get its default"));
            self.unread.push(key);
        }
        value.or_else(|| {
            let defaults = Sources::default().merge(&mut Vec::new());
            defaults.0.get(key).and_then(|given| read(&given.value).ok())
        })
    }
}

pub(super) fn text(value: &Value) -> Read<String> {
    match value {
        Value::String(text) => Ok(text.trim().to_owned()),
        _ => wrong("is not a text", "Put the value between quotes"),
    }
}

pub(super) fn secret(value: &Value) -> Read<Secret> {
    text(value).map(Secret::new)
}

pub(super) fn path(value: &Value) -> Read<PathBuf> {
    text(value).map(PathBuf::from)
}

pub(super) fn yes_no(value: &Value) -> Read<bool> {
    match value {
        Value::Boolean(yes) => Ok(*yes),
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Ok(true),
            "false" | "0" | "no" | "off" => Ok(false),
            _ => wrong(format!("`{text}` is neither true nor false"), "Write true or false"),
        },
        _ => wrong("is neither true nor false", "Write true or false"),
    }
}

/// A whole number inside `range`, written as a number or as a text.
pub(super) fn number<T>(range: RangeInclusive<T>) -> impl Fn(&Value) -> Read<T>
where
    T: TryFrom<i64> + PartialOrd + std::fmt::Display,
{
    move |value| {
        let number = match value {
            Value::Integer(number) => Some(*number),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        match number.and_then(|number| T::try_from(number).ok()).filter(|number| range.contains(number)) {
            Some(number) => Ok(number),
            None => wrong(
                format!("`{}` does not fit", plain(value)),
                format!("Write a whole number from {} to {}", range.start(), range.end()),
            ),
        }
    }
}

/// The value as a person wrote it, without TOML's quotes; for values that are no secret.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

pub(super) fn discord_id(value: &Value) -> Read<NonZeroU64> {
    match plain(value).trim().parse() {
        Ok(id) => Ok(id),
        Err(_) => wrong(
            format!("`{}` is not a Discord id", plain(value)),
            "Turn on Developer Mode in Discord, right-click the channel or the role, and choose Copy ID",
        ),
    }
}

/// A name of letters, digits and hyphens.
pub(super) fn instance(value: &Value) -> Read<String> {
    let name = text(value)?;
    let fits = (1..=40).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if fits {
        Ok(name)
    } else {
        wrong("is not a name", "Use at most 40 letters, digits and hyphens, such as `maxis-eu`")
    }
}

pub(super) fn listen(value: &Value) -> Read<SocketAddr> {
    let text = text(value)?;
    match text.parse() {
        Ok(address) => Ok(address),
        Err(_) => wrong(
            format!("`{text}` is not an address to listen on"),
            "Write an IP address and a port, such as 127.0.0.1:8080 or 0.0.0.0:8080",
        ),
    }
}

/// A list of addresses and networks, as a TOML list or separated by commas; at least one.
pub(super) fn networks(value: &Value) -> Read<Vec<IpNet>> {
    let remedy =
        "Write addresses such as 10.0.0.3 or 2001:db8::3 and networks such as 10.0.0.0/24, separated by commas";
    let items: Vec<String> = match value {
        Value::String(text) => text.split(',').map(|item| item.trim().to_owned()).collect(),
        Value::Array(items) if !items.is_empty() => items.iter().map(plain).collect(),
        Value::Array(_) => return wrong("is an empty list", "Remove the line: then there is no limit"),
        _ => return wrong("is not a list", remedy),
    };
    let network = |item: &String| match (item.parse::<IpAddr>(), item.parse::<IpNet>()) {
        (Ok(address), _) => Ok(IpNet::from(address.to_canonical())),
        (_, Ok(network)) => Ok(network.trunc()),
        _ => wrong(format!("`{item}` is neither an address nor a network"), remedy),
    };
    items.iter().map(network).collect()
}

/// A base address with one of `schemes`. Those with a password are refused, so every `Url` of the settings may be shown.
pub(super) fn web_url(schemes: &'static [&'static str]) -> impl Fn(&Value) -> Read<Url> {
    move |value| {
        let schemes_text = schemes.join(":// or ");
        match Url::parse(&text(value)?) {
            Ok(url) if !url.username().is_empty() || url.password().is_some() => {
                wrong("holds a user name or a password", "Remove what stands before the `@`")
            }
            Ok(url) if url.query().is_some() || url.fragment().is_some() => {
                wrong("holds a `?` or a `#`", "Write the base address only")
            }
            Ok(url) if schemes.contains(&url.scheme()) && url.has_host() => Ok(url),
            Ok(_) | Err(_) => wrong(
                "is not an address of the right kind",
                format!("Write an address that starts with {schemes_text}://"),
            ),
        }
    }
}

/// A list of addresses, as a TOML list or separated by commas; at least one.
pub(super) fn web_urls(value: &Value) -> Read<Vec<Url>> {
    let items: Vec<String> = match value {
        Value::String(text) => text.split(',').map(str::to_owned).collect(),
        Value::Array(items) => items.iter().map(plain).collect(),
        _ => return wrong("is not a list", "Write a list such as [\"https://api.drand.sh\"]"),
    };
    let url = |item: &String| web_url(&["http", "https"])(&Value::String(item.trim().to_owned()));
    items.iter().map(url).collect()
}

/// Names with something behind `=`, as a TOML list or separated by commas; each name once.
fn pairs(value: &Value) -> Read<Vec<(String, String)>> {
    let remedy = "Write a list such as eu=…,us=…";
    let items: Vec<String> = match value {
        Value::String(text) => text.split(',').map(str::to_owned).collect(),
        Value::Array(items) => items.iter().map(plain).collect(),
        _ => return wrong("is not a list", remedy),
    };
    let mut pairs: Vec<(String, String)> = Vec::new();
    for item in items {
        // What stands behind a name may be a secret, so it is never repeated.
        let Some((name, behind)) = item.trim().split_once('=') else {
            return wrong("holds a part without `=`", remedy);
        };
        let name = instance(&Value::String(name.to_owned()))?;
        if pairs.iter().any(|(had, _)| had.eq_ignore_ascii_case(&name)) {
            return wrong(format!("names `{name}` twice"), "Give each Maxis a name of its own");
        }
        pairs.push((name, behind.trim().to_owned()));
    }
    Ok(pairs)
}

/// Addresses of Maxis by name.
pub(super) fn peers(value: &Value) -> Read<Vec<(String, Url)>> {
    let url = |(name, url): (String, String)| Ok((name, web_url(&["http", "https"])(&Value::String(url))?));
    pairs(value)?.into_iter().map(url).collect()
}

/// Keys by name.
pub(super) fn peer_keys(value: &Value) -> Read<Vec<(String, Secret)>> {
    Ok(pairs(value)?.into_iter().map(|(name, key)| (name, Secret::new(key))).collect())
}

/// The public key of a beacon: 96 bytes in hexadecimal.
pub(super) fn beacon_key(value: &Value) -> Read<String> {
    let key = text(value)?.trim().to_ascii_lowercase();
    if key.len() == 192 && key.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        Ok(key)
    } else {
        wrong("is not the public key of a beacon", "Write its 192 hexadecimal digits")
    }
}

/// The address of a page that people are led to; one with a password is refused.
pub(super) fn page_url(value: &Value) -> Read<Url> {
    match Url::parse(&text(value)?) {
        Ok(url) if !url.username().is_empty() || url.password().is_some() => {
            wrong("holds a user name or a password", "Remove what stands before the `@`")
        }
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(url),
        Ok(_) | Err(_) => wrong("is not the address of a page", "Write an address that starts with https://"),
    }
}

/// A PostgreSQL connection string. It is kept as a secret and never quoted.
pub(super) fn database_url(value: &Value) -> Read<Secret> {
    let text = text(value)?;
    match Url::parse(&text) {
        Ok(url) if matches!(url.scheme(), "postgres" | "postgresql") => Ok(Secret::new(text)),
        Ok(_) | Err(_) => wrong(
            "is not a PostgreSQL connection string",
            "Write postgres://USER:PASSWORD@HOST:PORT/DATABASE, with %40 for an `@` inside the password",
        ),
    }
}

pub(super) fn shards(value: &Value) -> Read<Shards> {
    let text = text(value)?;
    match text.parse() {
        Ok(shards) => Ok(shards),
        Err(error) => wrong(format!("`{text}` is not a shard plan"), error.to_string()),
    }
}

pub(super) fn language(value: &Value) -> Read<Language> {
    match text(value)?.to_ascii_lowercase().as_str() {
        "fr" => Ok(Language::French),
        "en" => Ok(Language::English),
        other => wrong(format!("`{other}` is not a language of this program"), "Write fr or en"),
    }
}

pub(super) fn time_zone(value: &Value) -> Read<jiff::tz::TimeZone> {
    let name = text(value)?;
    match jiff::tz::TimeZone::get(&name) {
        Ok(zone) => Ok(zone),
        Err(_) => wrong(format!("`{name}` is not a time zone"), "Write a name such as Europe/Paris or UTC"),
    }
}

pub(super) fn week_time(value: &Value) -> Read<WeekTime> {
    let text = text(value)?;
    match text.parse() {
        Ok(at) => Ok(at),
        Err(()) => wrong(format!("`{text}` is no day and hour"), "Write a day and an hour such as monday 09:00"),
    }
}

/// A list of content types, as a TOML list or separated by commas.
pub(super) fn content_types(value: &Value) -> Read<Vec<String>> {
    let items: Vec<String> = match value {
        Value::String(text) => text.split(',').map(str::to_owned).collect(),
        Value::Array(items) => items.iter().map(plain).collect(),
        _ => {
            return wrong("is not a list", "Write a list such as [\"image/*\", \"text/plain\"]");
        }
    };
    let items: Vec<String> = items.iter().map(|item| item.trim().to_ascii_lowercase()).collect();
    match items.iter().find(|item| item.split('/').filter(|part| !part.is_empty()).count() != 2) {
        Some(item) => wrong(format!("`{item}` is not a content type"), "Write types such as image/png or image/*"),
        None => Ok(items),
    }
}

pub(super) fn log_filter(value: &Value) -> Read<String> {
    let filter = text(value)?;
    match tracing_subscriber::EnvFilter::try_new(&filter) {
        Ok(_) => Ok(filter),
        Err(_) => wrong(
            format!("`{filter}` is not a log filter"),
            "Write a level (error, warn, info, debug, trace), or a list such as shellia=debug,warn",
        ),
    }
}
