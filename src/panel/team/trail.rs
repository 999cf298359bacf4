//! The audit at the panel: what was done to tickets, in the shop, by Shellia, and who came in, as one list.

use super::page::{Paged, wrong};
use super::told::{about, deeds, is_product, key, subject, text, values};
use crate::db::Tx;
use crate::domain::panel::trail::{self, Place, Source};
use crate::domain::panel::{Things, things};
use crate::domain::tickets::desk;
use crate::kernel::error::Problem;
use crate::kernel::text::folded;
use crate::kernel::words::Speech;
use crate::kernel::{Error, Locale, Result, UserId};
use crate::panel::names::with_erased;
use crate::panel::plain::line;
use crate::panel::tickets::Person;
use crate::panel::{Panel, Staff, places};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// Longest words that are looked for, in characters.
const WORDS: usize = 100;

/// What stands behind the address of the list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// An id.
    pub who: String,
    /// Words of the deed.
    pub what: String,
    /// The first day, such as 2026-11-01.
    pub from: String,
    /// The last day, included.
    pub to: String,
    /// How many.
    pub limit: String,
    /// Where the page begins.
    pub cursor: String,
}

/// A line of the audit.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelAuditLine)]
pub struct AuditLine {
    /// A name of its own.
    pub id: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who; nobody: the program.
    pub by: Option<Person>,
    /// What was done, in a word.
    pub deed: String,
    /// To what.
    pub subject: String,
    /// What it was before.
    pub old: Option<String>,
    /// What it is then.
    pub new: Option<String>,
    /// What was done, in a sentence behind a name.
    pub text: String,
    /// The page that shows what it is about, where there is one.
    pub link: Option<String>,
}

/// A page of the audit.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelAudit)]
pub struct Audit {
    /// The lines, the newest first.
    pub lines: Vec<AuditLine>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// The deeds whose word or text holds some words; without words `None`.
fn meant(say: &Speech<'_>, words: &str) -> Option<Vec<String>> {
    let words = folded(words.trim());
    if words.is_empty() {
        return None;
    }
    let fits = |source, deed: &str| {
        let text = say.find(&key(source, deed), &[]).unwrap_or_default();
        folded(&text).contains(&words) || deed.contains(&words) || deed.replace('_', " ").contains(&words)
    };
    Some(deeds().filter(|(source, deed)| fits(*source, deed)).map(|(_, deed)| deed).collect())
}

/// The page that shows what a line is about, if this person may open it.
fn link(one: &trail::Line, open: &[&str]) -> Option<String> {
    let (place, query) = match (one.source, one.number) {
        (Source::Ticket, Some(number)) => return Some(format!("tickets.html?ticket={number}")),
        (Source::Shop, Some(order)) => ("orders", format!("order={order}")),
        (Source::Agent, Some(plan)) => ("decisions", format!("plan={plan}")),
        (Source::Shop, None) => of_shop(one)?,
        (Source::Ticket | Source::Agent | Source::Panel, None) | (Source::Panel, Some(_)) => return None,
    };
    open.contains(&place).then(|| format!("{place}.html?{query}"))
}

fn of_shop(one: &trail::Line) -> Option<(&'static str, String)> {
    let subject = one.subject.as_str();
    let (kind, number) = subject.split_once('/').unwrap_or(("", subject));
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    Some(match (one.deed.as_str(), kind) {
        ("order_read", _) if is_number => ("orders", format!("order={number}")),
        ("granted" | "revoked" | "orders_read", "") if is_number => ("members", format!("member={number}")),
        (_, "giveaway") if is_number => ("giveaways", format!("giveaway={number}")),
        (_, "promotion") if is_number => ("promotions", String::new()),
        (_, "request") if is_number => ("privacy", String::new()),
        ("retention_set", _) => ("privacy", "tab=retention".to_owned()),
        ("plan_added" | "plan_edited" | "plan_removed", _) => ("shop", "tab=plans".to_owned()),
        (deed, _) if is_product(deed) => ("shop", format!("product={}", subject.split('/').next()?)),
        _ => return None,
    })
}

impl Asked {
    fn wanted(&self, say: &Speech<'_>, zone: &TimeZone) -> Result<trail::Wanted> {
        let found = self.what.chars().count();
        if found > WORDS {
            return Err(wrong("what", Problem::TooLong { max: WORDS, found }));
        }
        let by = match self.who.as_str() {
            "" => None,
            text => {
                let user = text.parse().ok().and_then(UserId::new);
                Some(user.ok_or_else(|| wrong("who", Problem::NotAnId))?)
            }
        };
        let below = match self.cursor.as_str() {
            "" => Place::END,
            text => text.parse().map_err(|_| wrong("cursor", Problem::Unknown))?,
        };
        let paged = Paged { limit: self.limit.clone(), cursor: String::new() };
        Ok(trail::Wanted {
            by,
            deeds: meant(say, &self.what),
            from: day("from", &self.from, zone, 0)?.unwrap_or(Timestamp::UNIX_EPOCH),
            until: day("to", &self.to, zone, 1)?.unwrap_or_else(last),
            below,
            limit: paged.limit()?.saturating_add(1),
        })
    }
}

/// Behind every line.
fn last() -> Timestamp {
    "9998-12-31T00:00:00Z".parse().unwrap_or(Timestamp::UNIX_EPOCH)
}

/// When a day begins in a zone, so many days later.
fn day(option: &'static str, text: &str, zone: &TimeZone, later: i64) -> Result<Option<Timestamp>> {
    if text.is_empty() {
        return Ok(None);
    }
    let unread = || wrong(option, Problem::Unknown);
    let day: Date = text.parse().map_err(|_| unread())?;
    if !(1970..=9990).contains(&day.year()) {
        return Err(unread());
    }
    let begins = day.checked_add(later.days()).ok().and_then(|day| day.to_zoned(zone.clone()).ok());
    begins.map(|begins| Some(begins.timestamp())).ok_or_else(unread)
}

impl Panel {
    /// A page of the audit.
    ///
    /// # Errors
    /// [`Error::Argument`].
    pub async fn audit(&self, staff: &Staff, asked: &Asked, locale: Locale) -> Result<Audit> {
        let say = self.app.words.speak(locale);
        let zone = TimeZone::get(&staff.guild.time_zone).unwrap_or(TimeZone::UTC);
        let (guild, wanted) = (staff.guild.id, asked.wanted(&say, &zone)?);
        let read = async |tx: &mut Tx| {
            let mut seen = desk::staff_seen(tx, guild).await?;
            seen.extend(trail::seen_at_work(tx, guild).await?);
            let done = trail::done(tx, guild, &wanted).await?;
            let things = things(tx, guild, done.iter().flat_map(about).collect()).await?;
            Ok((done, seen, things))
        };
        let (mut lines, seen, things) = self.reading(&staff.actor, read).await?;
        let team: Vec<UserId> = self.team(staff, seen).await;
        let mut tx = self.system().await?;
        let came_in = trail::came_in(&mut tx, (guild, &team), &wanted).await;
        tx.end().await.map_err(Error::as_unavailable)?;
        lines.extend(came_in?);
        lines.sort_unstable_by_key(|one| std::cmp::Reverse(one.place));
        let limit = usize::try_from(wanted.limit.saturating_sub(1)).unwrap_or(0);
        let more = lines.len() > limit;
        lines.truncate(limit);
        let next = lines.last().filter(|_| more).map(|last| last.place.to_string());
        Ok(Audit { lines: self.lines(staff, &lines, (&things, locale)).await, next })
    }

    async fn lines(&self, staff: &Staff, lines: &[trail::Line], (things, locale): (&Things, Locale)) -> Vec<AuditLine> {
        let say = self.app.words.speak(locale);
        let open = places::of(staff.rank);
        let said: Vec<_> = lines
            .iter()
            .map(|one| {
                let (old, new) = values(&say, things, one);
                (subject(&say, things, one), old, new)
            })
            .collect();
        let texts: Vec<&str> = said
            .iter()
            .flat_map(|(subject, old, new)| [Some(subject), old.as_ref(), new.as_ref()].into_iter().flatten())
            .map(String::as_str)
            .collect();
        let called = self.called(staff, &texts, locale).await;
        let by: BTreeSet<UserId> = lines.iter().filter_map(|one| one.by).collect();
        let names = with_erased(&say, self.member_names(staff.guild.id, by).await);
        let one = |(one, (subject, old, new)): (&trail::Line, &(String, Option<String>, Option<String>))| AuditLine {
            id: one.place.to_string(),
            at: one.at,
            by: one.by.map(|by| Person::of(by, &names)),
            deed: format!("{}.{}", one.source.as_str(), one.deed),
            subject: line(subject, &called),
            old: old.as_ref().map(|old| line(old, &called)),
            new: new.as_ref().map(|new| line(new, &called)),
            text: line(&text(&say, one), &called),
            link: link(one, &open),
        };
        lines.iter().zip(&said).map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::words::Words;

    #[test]
    fn every_deed_has_words_and_is_found_by_them() {
        let words = Words::new();
        for locale in Locale::ALL {
            let say = words.speak(locale);
            for (source, deed) in deeds() {
                let text = say.find(&key(source, &deed), &[]).unwrap_or_else(|| panic!("{locale:?}: {deed}"));
                assert!(meant(&say, &text).unwrap().contains(&deed), "{locale:?}: {deed}");
            }
            assert_eq!(meant(&say, "  "), None);
            assert_eq!(meant(&say, "abracadabra"), Some(Vec::new()));
        }
    }
}
