//! Finds the known name that somebody probably meant.

use crate::kernel::text::distance;

/// From how many letters on two may be wrong.
const LONG: usize = 8;

/// The known name nearest to `wrong`, or nothing when none is near.
///
/// The last part of a dotted name weighs most: `maxis.token` means `maxis.discord_token`.
pub(super) fn nearest<'a>(wrong: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|name| (cost(wrong, name), name))
        .min_by_key(|(cost, _)| *cost)
        .filter(|(cost, _)| *cost <= (wrong.chars().count() / 3).max(2))
        .map(|(_, name)| name)
}

/// The known name that differs from `wrong` by its case or by one or two letters; nothing where `wrong` is known itself. One
/// letter counts where the names are short: two would make other words.
pub(super) fn nearly<'a>(wrong: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    if known.clone().any(|name| name == wrong) {
        return None;
    }
    let upper = wrong.to_ascii_uppercase();
    let most = if upper.chars().count() < LONG { 1 } else { 2 };
    known
        .map(|name| (distance(&upper, name), name))
        .min_by_key(|(letters, _)| *letters)
        .filter(|(letters, _)| *letters <= most)
        .map(|(_, name)| name)
}

fn cost(wrong: &str, known: &str) -> usize {
    let (wrong_table, wrong_last) = wrong.rsplit_once('.').unwrap_or(("", wrong));
    let (known_table, known_last) = known.rsplit_once('.').unwrap_or(("", known));
    let table = if wrong_table == known_table { 0 } else { distance(wrong_table, known_table).min(2) };
    let shares_a_word = wrong_last.split('_').any(|word| word.len() > 2 && known_last.split('_').any(|w| w == word));
    let last = distance(wrong_last, known_last);
    table + if shares_a_word { last.min(2) } else { last }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::KEYS;

    #[test]
    fn a_slip_finds_the_setting() {
        for (wrong, expected) in [
            ("maxis.lisen", Some("maxis.listen")),
            ("maxis.token", Some("maxis.discord_token")),
            ("maxi.discord_token", Some("maxis.discord_token")),
            ("tickets.sla_hours.hihg", Some("tickets.sla_hours.high")),
            ("tickets.reopen", Some("tickets.reopen_days")),
            ("log.level", None),
            ("xyz", None),
        ] {
            assert_eq!(nearest(wrong, KEYS.iter().map(|key| key.toml)), expected, "{wrong}");
        }
    }

    #[test]
    fn a_name_of_the_environment_is_a_slip_when_a_letter_or_two_are_wrong() {
        for (wrong, expected) in [
            ("SHELLIA_DISCORD_TOKN", Some("SHELLIA_DISCORD_TOKEN")),
            ("MAXIS_DISCROD_TOKEN", Some("MAXIS_DISCORD_TOKEN")),
            ("maxis_listen", Some("MAXIS_LISTEN")),
            ("SHARD", Some("SHARDS")),
            ("SHARDS", None),
            ("MAXIS_LISTEN", None),
            ("SHELL", None),
            ("CARDS", None),
            ("TEST_DATABASE_URL", None),
            ("HOSTNAME", None),
        ] {
            assert_eq!(nearly(wrong, KEYS.iter().map(|key| key.env)), expected, "{wrong}");
        }
    }
}
