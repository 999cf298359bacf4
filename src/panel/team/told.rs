//! The audit in words: what was done, what it was done to, and what was there before and is then, with names and amounts.
//!
//! Each audit writes its values in a grammar of its own; here they are read. What is not understood is shown as it was written.
//! It asks nothing: names are handed in.

use crate::commands::promotions::cards;
use crate::commands::tickets::value_in_words;
use crate::domain::panel::Things;
use crate::domain::panel::Tried;
use crate::domain::panel::trail::{Line, Source};
use crate::domain::promotions::{Discount, Target};
use crate::domain::shop::catalogue::names::Names;
use crate::domain::tickets::Deed;
use crate::kernel::text::plain as escaped;
use crate::kernel::words::Speech;
use crate::kernel::{Balance, RoleId, UserId};
use jiff::Timestamp;

/// What may be done in the shop, as its audit keeps it.
pub(super) const SHOP: &[&str] = &[
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
pub(super) fn key(source: Source, deed: &str) -> String {
    match source {
        Source::Ticket => format!("deed-{deed}"),
        Source::Shop | Source::Agent | Source::Panel => format!("audit-{deed}"),
    }
}

/// Every deed that there is.
pub(super) fn deeds() -> impl Iterator<Item = (Source, String)> {
    let tickets = Deed::ALL.into_iter().map(|deed| (Source::Ticket, deed.as_str().to_owned()));
    let shop = SHOP.iter().map(|deed| (Source::Shop, (*deed).to_owned()));
    let agent = AGENT.iter().map(|deed| (Source::Agent, (*deed).to_owned()));
    let panel = PANEL.into_iter().map(|tried| (Source::Panel, format!("sign_in_{}", tried.as_str())));
    tickets.chain(shop).chain(agent).chain(panel)
}

/// What was done, in words that go behind a name.
pub(super) fn text(say: &Speech<'_>, one: &Line) -> String {
    if (one.deed.as_str(), one.subject.as_str()) == ("orders_read", "all") {
        return say.t("audit-all-orders");
    }
    say.find(&key(one.source, &one.deed), &[]).unwrap_or_else(|| escaped(&one.deed))
}

/// What was done, each with what it is then.
pub(super) fn sentences(say: &Speech<'_>, done: &[Line]) -> Vec<String> {
    let things = Things::default();
    let one = |one: &Line| match values(say, &things, one) {
        (_, Some(new)) => format!("{} · {new}", text(say, one)),
        (_, None) => text(say, one),
    };
    done.iter().map(one).collect()
}

/// The things of which a line speaks, as their names are looked up.
pub(super) fn about(one: &Line) -> Vec<String> {
    if one.source != Source::Shop {
        return Vec::new();
    }
    let words = |value: &Option<String>| value.clone().unwrap_or_default();
    let (old, new) = (words(&one.old), words(&one.new));
    match one.deed.as_str() {
        "plan_added" | "plan_edited" | "plan_removed" => vec![format!("plan/{}", one.subject)],
        "product_edited" => {
            let plans =
                [old, new].into_iter().filter_map(|value| Some(format!("plan/{}", value.strip_prefix("plan=")?)));
            plans.chain([format!("product/{}", one.subject)]).collect()
        }
        deed if is_product(deed) => {
            let product = one.subject.split('/').next().unwrap_or_default();
            vec![format!("product/{product}"), format!("variant/{}", one.subject)]
        }
        "catalogue_loaded" => new.split(' ').map(|code| format!("plan/{code}")).collect(),
        "granted" | "revoked" => vec![given(&new).0.to_owned()],
        "promotion_made" => new.rsplit_once(' ').map(|(_, target)| target.to_owned()).into_iter().collect(),
        _ => vec![one.subject.clone()],
    }
}

/// Whether its subject is a product, or a variant of one.
pub(super) fn is_product(deed: &str) -> bool {
    deed.starts_with("product_")
        || ["variant_added", "stock_set", "keys_added", "keys_taken_back", "content_set"].contains(&deed)
}

/// What was given or taken by hand, until when, and why: `plan/pro until 2026-12-01T00:00:00Z: reason`.
fn given(value: &str) -> (&str, Option<&str>, &str) {
    let (what, reason) = value.split_once(": ").unwrap_or((value, ""));
    match what.split_once(" until ") {
        Some((what, until)) => (what, Some(until), reason),
        None => (what, None, reason),
    }
}

/// A number of minor units with the code of its currency, such as `990 EUR`.
fn amount(say: &Speech<'_>, value: &str) -> Option<String> {
    let (minor, currency) = value.split_once(' ')?;
    money(say, minor, currency)
}

fn money(say: &Speech<'_>, minor: &str, currency: &str) -> Option<String> {
    Some(Balance::new(minor.parse().ok()?, currency.to_lowercase().parse().ok()?).show(say.locale))
}

fn moment(value: &str) -> Option<String> {
    value.parse::<Timestamp>().ok().map(|at| format!("<t:{}:f>", at.as_second()))
}

fn member(value: &str) -> Option<String> {
    value.parse::<u64>().ok().map(|user| format!("<@{user}>"))
}

fn counted(say: &Speech<'_>, text: &str, value: &str) -> Option<String> {
    say.find(text, &[("count", value.parse::<i64>().ok()?.into())])
}

/// A name behind what kind of thing bears it.
fn named(say: &Speech<'_>, things: &Things, thing: &str) -> Option<String> {
    let (kind, code) = thing.split_once('/')?;
    let name = escaped(things.name(thing).unwrap_or(code));
    match kind {
        "role" => code.parse().ok().and_then(RoleId::new).map(|role| format!("<@&{role}>")),
        _ => say.find(&format!("audit-thing-{kind}"), &[("name", (&name).into())]),
    }
}

/// One field of a plan or a product.
fn field(say: &Speech<'_>, things: &Things, (name, value): (&str, &str)) -> String {
    let found = match (name, value) {
        (_, "") => say.find("audit-nothing", &[]),
        ("month" | "year" | "price", _) => amount(say, value),
        ("role" | "visible_role", _) => named(say, things, &format!("role/{value}")),
        ("support", _) => say.find(&format!("choice-{value}"), &[]),
        ("hidden" | "archived", _) => say.find(&format!("audit-{name}-{value}"), &[]),
        ("days" | "trial_days", _) => counted(say, "audit-days", value),
        ("plan", _) => Some(escaped(things.name(&format!("plan/{value}")).unwrap_or(value))),
        _ => None,
    };
    found.unwrap_or_else(|| escaped(value))
}

/// What comes off, and where.
fn promotion(say: &Speech<'_>, things: &Things, value: &str) -> Option<String> {
    let (discount, target) = value.rsplit_once(' ')?;
    let off = amount(say, discount).or_else(|| Some(Discount::parse(discount).ok()?.show(say.locale)))?;
    let on = match Target::from_word(target)? {
        Target::Plan(_) | Target::Product(_) => named(say, things, target)?,
        target @ (Target::Everything | Target::Plans | Target::Products) => {
            cards::target(say, &target, &Names::default())
        }
    };
    Some(format!("−{off} · {on}"))
}

/// What is handed over: its kind alone, or with how much it is.
fn content(say: &Speech<'_>, value: &str) -> Option<String> {
    match value.split_once(' ') {
        None => say.find(&format!("choice-{value}"), &[]),
        Some(("text", letters)) => counted(say, "audit-content-text", letters),
        Some((_, file)) => {
            let (name, bytes) = file.rsplit_once(' ')?;
            let kilobytes = bytes.parse::<i64>().ok()?.saturating_add(999) / 1000;
            say.find("audit-content-file", &[("name", (&escaped(name)).into()), ("kilobytes", kilobytes.into())])
        }
    }
}

/// What was asked of Shellia, and why it was refused: `commit: over_cap`.
fn refused(say: &Speech<'_>, value: &str) -> Option<String> {
    let (said, more) = value.split_once("; ").map_or((value, false), |(said, _)| (said, true));
    let (what, why) = said.split_once(": ")?;
    let of = if what == "door" { "audit-door" } else { "audit-why" };
    let why = say.find(&format!("{of}-{why}"), &[]).or_else(|| say.find(why, &[])).unwrap_or_else(|| escaped(why));
    let mut text = format!("{} · {why}", say.find(&format!("audit-asked-{what}"), &[])?);
    if more {
        text.push(' ');
        text.push_str(&say.t("audit-refused-more"));
    }
    Some(text)
}

/// A value of a line of the shop.
fn shop(say: &Speech<'_>, things: &Things, one: &Line, value: &str) -> Option<String> {
    match one.deed.as_str() {
        "refund_asked" | "order_refunded" => money(say, value, one.currency.as_deref()?),
        "order_state" => say.find(&format!("order-state-{value}"), &[]),
        "order_stuck" => say.find(&format!("panel-trouble-{}", value.replace('_', "-")), &[]),
        "order_disputed" => say.find(&format!("audit-dispute-{value}"), &[]),
        "catalogue_loaded" => {
            let name = |code: &str| escaped(things.name(&format!("plan/{code}")).unwrap_or(code));
            Some(value.split(' ').map(name).collect::<Vec<_>>().join(", "))
        }
        "currency_changed" => say.find(&format!("choice-{}", value.to_lowercase()), &[]),
        "product_added" | "variant_added" => {
            let (name, price) = value.rsplit_once(" · ")?;
            Some(format!("{} · {}", escaped(name), amount(say, price)?))
        }
        "stock_set" if value == "unlimited" => say.find("audit-stock-unlimited", &[]),
        "stock_set" => counted(say, "audit-stock", value),
        "keys_added" | "keys_taken_back" => counted(say, "audit-keys", value),
        "content_set" => content(say, value),
        "granted" | "revoked" => {
            let (what, until, reason) = given(value);
            let mut text = named(say, things, what)?;
            if let Some(until) = until {
                text = say.with("audit-until", &[("what", (&text).into()), ("until", (&moment(until)?).into())]);
            }
            Some(if reason.is_empty() { text } else { format!("{text} · {}", escaped(reason)) })
        }
        "promotion_made" => promotion(say, things, value),
        "promotion_ended" => say.find(&format!("promo-ending-{value}"), &[]),
        "giveaway_given" => member(value),
        "giveaway_rerolled" => say.find(&format!("choice-{value}"), &[]),
        "giveaway_repeated" => moment(value),
        "retention_set" => match value.parse::<i64>().ok()? {
            0 => say.find("privacy-days-unlimited", &[]),
            days => say.find("privacy-days", &[("days", days.into())]),
        },
        _ => None,
    }
}

fn worded(say: &Speech<'_>, things: &Things, one: &Line, value: &str) -> Option<String> {
    let found = match (one.source, one.deed.as_str()) {
        (Source::Ticket, "file_read") => return say.find("audit-file", &[("number", value.into())]),
        (Source::Ticket, _) => return value_in_words(say, Deed::from_word(&one.deed), Some(value)),
        (Source::Shop, _) => shop(say, things, one, value),
        (Source::Agent, "autonomy") => value.split_once(" to ").and_then(|(old, new)| {
            let name = |word: &str| say.find(&format!("autonomy-name-{word}"), &[]);
            Some(format!("{} → {}", name(old)?, name(new)?))
        }),
        (Source::Agent, _) => refused(say, value),
        (Source::Panel, _) => None,
    };
    Some(found.unwrap_or_else(|| escaped(value)))
}

/// What was there before, and what is there then, in words.
pub(super) fn values(say: &Speech<'_>, things: &Things, one: &Line) -> (Option<String>, Option<String>) {
    let [old, new] = [&one.old, &one.new].map(|value| value.as_deref().filter(|value| !value.is_empty()));
    if let ("plan_edited" | "product_edited", Some((name, old)), Some((_, new))) =
        (one.deed.as_str(), old.and_then(|old| old.split_once('=')), new.and_then(|new| new.split_once('=')))
        && let Some(label) = say.find(&format!("audit-field-{name}"), &[])
    {
        let (old, new) = (field(say, things, (name, old)), field(say, things, (name, new)));
        return (Some(say.with("audit-field", &[("field", (&label).into()), ("value", (&old).into())])), Some(new));
    }
    let [old, new] = [old, new].map(|value| worded(say, things, one, value?));
    (old, new)
}

/// What a line is about, as people say it: a member by his name, a plan by its own.
pub(super) fn subject(say: &Speech<'_>, things: &Things, one: &Line) -> String {
    let name = |thing: &str| escaped(things.name(thing).unwrap_or_else(|| thing.rsplit('/').next().unwrap_or(thing)));
    match (one.source, one.number) {
        (Source::Ticket | Source::Agent, Some(number)) => return format!("#{number}"),
        (Source::Ticket | Source::Agent, None) => return String::new(),
        // Orders bear what was bought.
        (Source::Shop, Some(number)) => return format!("#{number} · {}", escaped(&one.subject)),
        (Source::Panel, _) => {
            let (via, from) = one.subject.split_once(" · ").unwrap_or((&one.subject, ""));
            let via = say.find(&format!("audit-via-{via}"), &[]).unwrap_or_else(|| escaped(via));
            return format!("{via} · {}", escaped(from));
        }
        (Source::Shop, None) => {}
    }
    let found = match (one.deed.as_str(), one.subject.split_once('/')) {
        (deed, _) if deed.starts_with("plan_") => Some(name(&format!("plan/{}", one.subject))),
        (deed, variant) if is_product(deed) => {
            let product = variant.map_or(one.subject.as_str(), |(product, _)| product);
            let product = name(&format!("product/{product}"));
            Some(match variant.filter(|(_, variant)| *variant != "standard") {
                Some(_) => format!("{product} · {}", name(&format!("variant/{}", one.subject))),
                None => product,
            })
        }
        ("retention_set", _) => say.find(&format!("privacy-kept-{}", one.subject), &[]),
        ("order_read", _) => Some(format!("#{}", one.subject)),
        ("orders_read", None) if one.subject == "all" => Some(String::new()),
        ("milestones_on" | "milestones_off" | "catalogue_loaded" | "currency_changed", _) => Some(String::new()),
        (_, Some(("giveaway", number))) => Some(match things.name(&one.subject) {
            Some(title) => format!("#{number} · {}", escaped(title)),
            None => format!("#{number}"),
        }),
        (_, Some(("milestone", members))) => counted(say, "audit-milestone", members),
        (_, Some(("promotion" | "request", number))) => Some(format!("#{number}")),
        _ => one.subject.parse().ok().and_then(UserId::new).map(|user| format!("<@{user}>")),
    };
    found.unwrap_or_else(|| escaped(&one.subject))
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod written;
