//! Time zones by name: every one of the IANA database that is compiled in, as people type them.

use crate::kernel::text::{distance, folded};
use jiff::tz::TimeZoneDatabase;

/// Zones named first, for the shops we know of.
const FIRST: [&str; 12] = [
    "Europe/Paris",
    "Europe/Brussels",
    "Europe/Zurich",
    "Europe/Luxembourg",
    "Europe/London",
    "America/Montreal",
    "America/New_York",
    "America/Guadeloupe",
    "America/Martinique",
    "Indian/Reunion",
    "Africa/Casablanca",
    "UTC",
];

/// The zone of that name, as the database writes it; case, accents and spaces don't count.
pub(super) fn find(typed: &str) -> Option<String> {
    let typed = plain(typed);
    all().into_iter().find(|name| plain(name) == typed)
}

/// The zones that somebody may mean, the likeliest first, at most `limit`.
pub(super) fn near(typed: &str, limit: usize) -> Vec<String> {
    let typed = plain(typed);
    let mut found: Vec<(usize, usize, String)> = all()
        .into_iter()
        .filter_map(|name| {
            let known = FIRST.iter().position(|first| *first == name).unwrap_or(FIRST.len());
            cost(&typed, &plain(&name)).map(|cost| (cost, known, name))
        })
        .collect();
    found.sort();
    found.into_iter().take(limit).map(|(_, _, name)| name).collect()
}

/// How far a name is from what was typed; `None` where nobody would mean it.
fn cost(typed: &str, name: &str) -> Option<usize> {
    let city = name.rsplit('/').next().unwrap_or(name);
    if name.starts_with(typed) || city.starts_with(typed) {
        return Some(0);
    }
    if name.contains(typed) {
        return Some(1);
    }
    let letters = typed.rsplit('/').next().unwrap_or(typed);
    let far = distance(letters, city).min(distance(typed, name));
    (far <= (letters.chars().count() / 3).max(1)).then_some(far + 1)
}

fn plain(name: &str) -> String {
    folded(name.trim()).replace(' ', "_")
}

/// Every name, with those asked for most in front.
fn all() -> Vec<String> {
    let database = TimeZoneDatabase::bundled();
    let mut names: Vec<String> = FIRST.iter().map(|name| (*name).to_owned()).collect();
    names.extend(database.available().map(|name| name.to_string()).filter(|name| !FIRST.contains(&name.as_str())));
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_the_database_is_found_whatever_its_case() {
        let names = all();
        assert!(names.len() > 400, "{}", names.len());
        for name in names {
            assert_eq!(find(&name.to_uppercase()), Some(name.clone()));
            assert!(jiff::tz::TimeZone::get(&name).is_ok(), "{name}");
            assert!((1..=64).contains(&name.len()), "{name} fits the column");
        }
        assert_eq!(find(" europe/paris ").as_deref(), Some("Europe/Paris"));
        assert_eq!(find("America/New York").as_deref(), Some("America/New_York"));
        assert_eq!(find("Indian/Réunion").as_deref(), Some("Indian/Reunion"));
        assert_eq!(find("Paris"), None);
    }

    #[test]
    fn the_likeliest_names_come_first() {
        let first = |typed: &str| near(typed, 1).pop();
        for (typed, expected) in [
            ("paris", "Europe/Paris"),
            ("Europe/Pari", "Europe/Paris"),
            ("Europ/Paris", "Europe/Paris"),
            ("Brusels", "Europe/Brussels"),
            ("Asia/Tokio", "Asia/Tokyo"),
            ("new york", "America/New_York"),
            ("", "Europe/Paris"),
        ] {
            assert_eq!(first(typed).as_deref(), Some(expected), "{typed}");
        }
        assert_eq!(near("zzzzzz", 5), Vec::<String>::new());
        assert_eq!(near("", 25).len(), 25);
    }
}
