//! The audit at the panel: what was done to tickets, in the shop, by Shellia, and who came in, as one list.

use super::page::{Paged, wrong};
use crate::commands::tickets::value_in_words;
use crate::db::Tx;
use crate::domain::panel::Tried;
use crate::domain::panel::trail::{self, Place, Source};
use crate::domain::tickets::{Deed, desk};
use crate::kernel::error::Problem;
use crate::kernel::text::{folded, plain as escaped};
use crate::kernel::words::Speech;
use crate::kernel::{Balance, Error, Locale, Result, UserId};
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

/// What may be done in the shop, as its audit keeps it.
const SHOP: &[&str] = &[
    "catalogue_loaded",
    "currency_changed",
    "plan_added",
    "plan_edited",
    "plan_removed",
    "product_added",
    "product_edited",
    "product_removed",
    "variant_added",
    "stock_set",
    "keys_added",
    "keys_taken_back",
    "content_set",
    "refund_asked",
    "order_fulfilled",
    "order_stuck",
    "order_state",
    "order_refunded",
    "order_disputed",
    "evidence_read",
    "order_read",
    "orders_read",
    "granted",
    "revoked",
    "promotion_made",
    "promotion_stopped",
    "promotion_ended",
    "giveaway_made",
    "giveaway_ended",
    "giveaway_extended",
    "giveaway_paused",
    "giveaway_resumed",
    "giveaway_cancelled",
    "giveaway_moved",
    "giveaway_rerolled",
    "giveaway_given",
    "giveaway_repeated",
    "giveaway_repeat_stopped",
    "milestones_on",
    "milestones_off",
    "milestone_set",
    "milestone_removed",
    "erasure_confirmed",
    "erasure_refused",
    "retention_set",
];
/// The steps of Shellia's plans, as their audit keeps them.
const AGENT: &[&str] =
    &["planned", "approved", "rejected", "committed", "failed", "stopped", "resumed", "autonomy", "refused"];
/// What came of a try to sign in.
const PANEL: [Tried; 6] = [Tried::In, Tried::Denied, Tried::Expired, Tried::Discord, Tried::Nobody, Tried::Busy];

/// The text of a deed.
fn key(source: Source, deed: &str) -> String {
    match source {
        Source::Ticket => format!("deed-{deed}"),
        Source::Shop | Source::Agent | Source::Panel => format!("audit-{deed}"),
    }
}

/// Every deed that there is.
fn deeds() -> impl Iterator<Item = (Source, String)> {
    let tickets = Deed::ALL.into_iter().map(|deed| (Source::Ticket, deed.as_str().to_owned()));
    let shop = SHOP.iter().map(|deed| (Source::Shop, (*deed).to_owned()));
    let agent = AGENT.iter().map(|deed| (Source::Agent, (*deed).to_owned()));
    let panel = PANEL.into_iter().map(|tried| (Source::Panel, format!("sign_in_{}", tried.as_str())));
    tickets.chain(shop).chain(agent).chain(panel)
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

/// A value of a line in words.
fn value(say: &Speech<'_>, one: &trail::Line, value: Option<&str>) -> Option<String> {
    let value = value.filter(|value| !value.is_empty())?;
    if one.source == Source::Ticket {
        return value_in_words(say, Deed::from_word(&one.deed), Some(value));
    }
    let found = match one.deed.as_str() {
        "refund_asked" | "order_refunded" => money(say, one, value),
        "giveaway_given" => value.parse::<u64>().ok().map(|user| format!("<@{user}>")),
        "giveaway_rerolled" => say.find(&format!("choice-{value}"), &[]),
        "giveaway_repeated" => value.parse::<Timestamp>().ok().map(|at| format!("<t:{}:f>", at.as_second())),
        "promotion_ended" => say.find(&format!("promo-ending-{value}"), &[]),
        "order_state" => say.find(&format!("order-state-{value}"), &[]),
        "retention_set" => match value.parse::<i64>() {
            Ok(0) => say.find("privacy-days-unlimited", &[]),
            Ok(days) => say.find("privacy-days", &[("days", days.into())]),
            Err(_) => None,
        },
        _ => None,
    };
    Some(found.unwrap_or_else(|| escaped(value)))
}

fn money(say: &Speech<'_>, one: &trail::Line, value: &str) -> Option<String> {
    let currency = one.currency.as_deref()?.parse().ok()?;
    Some(Balance::new(value.parse().ok()?, currency).show(say.locale))
}

/// What was done, in words that go behind a name.
fn text(say: &Speech<'_>, one: &trail::Line) -> String {
    say.find(&key(one.source, &one.deed), &[]).unwrap_or_else(|| escaped(&one.deed))
}

/// What was done, each with what it is then.
pub(super) fn sentences(say: &Speech<'_>, done: &[trail::Line]) -> Vec<String> {
    let one = |one: &trail::Line| match value(say, one, one.new.as_deref()) {
        Some(new) => format!("{} · {new}", text(say, one)),
        None => text(say, one),
    };
    done.iter().map(one).collect()
}

/// What a line is about, as people say it: a member by his name.
fn subject(say: &Speech<'_>, one: &trail::Line) -> String {
    match (one.source, one.number) {
        (Source::Ticket, Some(number)) => format!("#{number}"),
        // Orders bear what was bought.
        (Source::Shop, Some(number)) => format!("#{number} · {}", escaped(&one.subject)),
        _ if one.deed == "retention_set" => {
            say.find(&format!("privacy-kept-{}", one.subject), &[]).unwrap_or_else(|| escaped(&one.subject))
        }
        _ if one.subject.len() > 14 && one.subject.bytes().all(|b| b.is_ascii_digit()) => format!("<@{}>", one.subject),
        _ => escaped(&one.subject),
    }
}

/// The page that shows what a line is about, if this person may open it.
fn link(one: &trail::Line, open: &[&str]) -> Option<String> {
    let number = |kind: &str| one.subject.strip_prefix(kind).filter(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    let (place, query) = match (one.source, one.number) {
        (Source::Ticket, Some(number)) => return Some(format!("tickets.html?ticket={number}")),
        (Source::Shop, Some(order)) => ("orders", format!("order={order}")),
        (Source::Agent, Some(plan)) => ("decisions", format!("plan={plan}")),
        (Source::Shop, None) => match number("giveaway/") {
            Some(giveaway) => ("giveaways", format!("giveaway={giveaway}")),
            None => {
                number("promotion/")?;
                ("promotions", String::new())
            }
        },
        (Source::Ticket | Source::Agent | Source::Panel, _) => return None,
    };
    open.contains(&place).then(|| format!("{place}.html?{query}"))
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
            Ok((trail::done(tx, guild, &wanted).await?, seen))
        };
        let (mut lines, seen) = self.reading(&staff.actor, read).await?;
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
        Ok(Audit { lines: self.lines(staff, &lines, locale).await, next })
    }

    async fn lines(&self, staff: &Staff, lines: &[trail::Line], locale: Locale) -> Vec<AuditLine> {
        let say = self.app.words.speak(locale);
        let open = places::of(staff.rank);
        let said: Vec<_> = lines
            .iter()
            .map(|one| {
                let values = (value(&say, one, one.old.as_deref()), value(&say, one, one.new.as_deref()));
                (subject(&say, one), values.0, values.1)
            })
            .collect();
        let texts: Vec<&str> = said
            .iter()
            .flat_map(|(subject, old, new)| [Some(subject), old.as_ref(), new.as_ref()].into_iter().flatten())
            .map(String::as_str)
            .collect();
        let called = self.called(staff, &texts, locale).await;
        let by: BTreeSet<UserId> = lines.iter().filter_map(|one| one.by).collect();
        let names = self.member_names(staff.guild.id, by).await;
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

    #[test]
    fn what_the_shop_writes_down_is_known_here() {
        let written = [
            include_str!("../../domain/giveaways/service.rs"),
            include_str!("../../domain/giveaways/rerolls.rs"),
            include_str!("../../domain/giveaways/repeats.rs"),
            include_str!("../../domain/giveaways/milestones.rs"),
            include_str!("../../domain/privacy/retention.rs"),
            include_str!("../../domain/privacy/service.rs"),
            include_str!("../../domain/promotions/service.rs"),
            include_str!("../../domain/promotions/schedule.rs"),
        ]
        .concat();
        for part in written.split("store::audit").skip(1).map(|part| part.split(';').next().unwrap_or_default()) {
            for word in part.split('"').skip(1).step_by(2).filter(|word| word.contains('_')) {
                assert!(SHOP.contains(&word), "{word}");
            }
        }
    }
}
