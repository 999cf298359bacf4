//! A reply as it was written for Discord, in plain sentences for a page: without Markdown, with names in the place of mentions and the
//! guild's own time in the place of Discord's stamps.
//!
//! It shows; it reads nothing back.

use super::outside::GuildNames;
use crate::kernel::reply::Reply;
use crate::kernel::{ChannelId, Locale, RoleId, UserId};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// What stands in the place of ids.
pub(super) struct Called {
    /// People's names.
    pub(super) people: HashMap<UserId, String>,
    /// Names of the guild's channels and roles.
    pub(super) inside: Arc<GuildNames>,
    zone: TimeZone,
    locale: Locale,
}

impl Called {
    /// Nobody yet; times of that zone, in that language's order.
    pub(super) fn new(zone: &str, locale: Locale) -> Self {
        Self {
            people: HashMap::new(),
            inside: Arc::default(),
            zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC),
            locale,
        }
    }

    /// What stands between `<` and `>`, for a person.
    fn shown(&self, inner: &str) -> Option<String> {
        if let Some(rest) = inner.strip_prefix("t:") {
            let (seconds, style) = rest.split_once(':').unwrap_or((rest, "f"));
            let at = Timestamp::from_second(seconds.parse().ok()?).ok()?.to_zoned(self.zone.clone());
            let day = if self.locale == Locale::Fr { "%d/%m/%Y" } else { "%Y-%m-%d" };
            let how = match style {
                "d" | "D" => day.to_owned(),
                "t" | "T" => "%H:%M".to_owned(),
                _ => format!("{day} %H:%M"),
            };
            return Some(at.strftime(&how).to_string());
        }
        if let Some(role) = inner.strip_prefix("@&") {
            let id = role.parse().ok().and_then(RoleId::new)?;
            return Some(format!("@{}", self.inside.role(id).map_or_else(|| id.to_string(), str::to_owned)));
        }
        if let Some(channel) = inner.strip_prefix('#') {
            let id = channel.parse().ok().and_then(ChannelId::new)?;
            return Some(format!("#{}", self.inside.channel(id).map_or_else(|| id.to_string(), str::to_owned)));
        }
        if let Some(user) = inner.strip_prefix('@') {
            let id = user.trim_start_matches('!').parse().ok().and_then(UserId::new)?;
            return Some(format!("@{}", self.people.get(&id).cloned().unwrap_or_else(|| id.to_string())));
        }
        // `</name:id>` is a command.
        let command = inner.strip_prefix('/')?;
        command.split_once(':').map(|(name, _)| format!("/{name}"))
    }
}

/// Who is mentioned in texts.
pub(super) fn people(texts: &[&str]) -> BTreeSet<UserId> {
    let mut found = BTreeSet::new();
    for text in texts {
        let inner = text.split("<@").skip(1).filter_map(|rest| rest.split_once('>')).map(|(inner, _)| inner);
        found.extend(inner.filter_map(|id| id.trim_start_matches('!').parse().ok()).filter_map(UserId::new));
    }
    found
}

/// Whether a channel or a role is mentioned in texts.
pub(super) fn names_inside(texts: &[&str]) -> bool {
    texts.iter().any(|text| text.contains("<@&") || text.contains("<#"))
}

/// A text without how long ago a moment is that stands before it: a page shows moments once.
fn without_ago(text: &str) -> Cow<'_, str> {
    let mut parts = text.split(" (<t:");
    let first = parts.next().unwrap_or_default();
    let mut shown = Cow::Borrowed(first);
    for part in parts {
        match part.split_once(":R>)") {
            Some((seconds, rest)) if seconds.bytes().all(|b| b.is_ascii_digit() || b == b'-') => {
                shown.to_mut().push_str(rest);
            }
            _ => {
                let shown = shown.to_mut();
                shown.push_str(" (<t:");
                shown.push_str(part);
            }
        }
    }
    shown
}

pub(super) fn parts(reply: &Reply) -> Vec<&str> {
    let mut parts = vec![reply.text.as_str()];
    for card in &reply.cards {
        parts.extend([card.title.as_str(), card.body.as_str()]);
        parts.extend(card.fields.iter().flat_map(|field| [field.name.as_str(), field.value.as_str()]));
        parts.push(card.footer.as_str());
    }
    parts
}

/// A line of it without Discord's signs.
pub(super) fn line(text: &str, called: &Called) -> String {
    let text = without_ago(text);
    let mut shown = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        rest = match c {
            '\\' => {
                let escaped = after.chars().next();
                shown.extend(escaped);
                escaped.and_then(|c| after.get(c.len_utf8()..)).unwrap_or_default()
            }
            '*' | '`' => after,
            '_' | '~' | '|' if after.starts_with(c) => after.get(1..).unwrap_or_default(),
            '<' => match after.split_once('>').and_then(|(inner, tail)| Some((called.shown(inner)?, tail))) {
                Some((said, tail)) => {
                    shown.push_str(&said);
                    tail
                }
                None => {
                    shown.push(c);
                    after
                }
            },
            _ => {
                shown.push(c);
                after
            }
        };
    }
    shown
}

/// A text of ours without Discord's signs, for a page; its times are of that zone.
pub fn unmarked(text: &str, zone: &str, locale: Locale) -> String {
    line(text, &Called::new(zone, locale))
}

/// A name and its value, kept apart as in the language's own texts: French sets a space before the colon.
pub(super) fn fact(name: &str, value: &str, called: &Called) -> String {
    let colon = if called.locale == Locale::Fr { "\u{A0}:" } else { ":" };
    format!("{}{colon} {}", line(name, called), line(value, called))
}

/// The whole of a reply, a paragraph for each thing that it says.
pub(super) fn to_text(reply: &Reply, called: &Called) -> String {
    let mut paragraphs = vec![line(&reply.text, called)];
    for card in &reply.cards {
        paragraphs.extend([line(&card.title, called), line(&card.body, called)]);
        let fields = card.fields.iter().filter(|field| field.name != "\u{200B}");
        paragraphs.extend(fields.map(|field| fact(&field.name, &field.value, called)));
        paragraphs.push(line(&card.footer, called));
    }
    paragraphs.retain(|paragraph| !paragraph.trim().is_empty());
    paragraphs.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::reply::Card;
    use crate::kernel::text::plain;

    #[test]
    fn what_was_typed_shows_as_typed() {
        let called = Called::new("Europe/Paris", Locale::Fr);
        for typed in ["a*b_c~`d`", "<@1> [x](y) \\", "#1 > 2 | 3"] {
            assert_eq!(line(&plain(typed), &called), typed);
        }
    }

    #[test]
    fn a_refusals_times_are_the_guilds() {
        let shown = |zone, locale| unmarked("dès le <t:1790000000:f>", zone, locale);
        assert_eq!(shown("Europe/Paris", Locale::Fr), "dès le 21/09/2026 16:13");
        assert_eq!(shown("America/New_York", Locale::En), "dès le 2026-09-21 10:13");
        assert_eq!(shown("nowhere", Locale::Fr), "dès le 21/09/2026 14:13");
    }

    #[test]
    fn mentions_and_stamps_are_words() {
        let mut called = Called::new("Europe/Paris", Locale::Fr);
        called.people.insert(UserId::new(50).unwrap(), "Marie".to_owned());
        let reply =
            Reply::private("**Fini** <@50> le <t:1790000000:f>").card(Card::titled("T").field("Qui", "<@&7>", true));
        assert_eq!(people(&parts(&reply)).len(), 1);
        assert_eq!(to_text(&reply, &called), "Fini @Marie le 21/09/2026 16:13\nT\nQui\u{A0}: @7");
        assert_eq!(line("2 < 3 <x> <t:x>", &called), "2 < 3 <x> <t:x>");
        assert_eq!(
            line("le <t:1790000000:f> (<t:1790000000:R>), fini (<t:x:R>)", &called),
            "le 21/09/2026 16:13, fini (<t:x:R>)"
        );
    }
}
