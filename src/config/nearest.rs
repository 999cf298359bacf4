//! Finds the known name that somebody probably meant.

use crate::kernel::text::distance;

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
}
