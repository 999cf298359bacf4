//! The names of commands, and which of them somebody means who typed another one.

use super::spec::Spec;
use crate::kernel::Locale;
use crate::kernel::text::{distance, folded};
use crate::kernel::words::{Speech, Words};
use std::cmp::Ordering;

/// Letters from the start that a name must share with one of ours to be of its family.
const SHARED: usize = 6;
/// Letters that may be wrong in a name of at least so many.
const SLIPS: usize = 2;
const LONG: usize = 8;
/// A name of fewer letters is taken for no slip of another.
const SHORT: usize = 4;
/// Joins the words of a name of ours; few other bots have such names.
const JOINT: char = '_';
/// What other bots answer to, though a name of ours is near.
const OTHERS: &[&str] = &["command", "commands"];

/// Every name under which a command may be typed, folded.
pub(super) fn names(spec: &Spec, words: &Words) -> Vec<String> {
    let mut names = vec![spec.name.to_owned()];
    let id = format!("cmd-{}-name", spec.name);
    names.extend(Locale::ALL.iter().filter_map(|locale| words.speak(*locale).find(&id, &[])));
    names.iter().map(|name| folded(name)).collect()
}

/// The name of a command that somebody means who typed another: the reader's, unless only one of another language is near.
pub(super) fn nearest_name(spec: &Spec, typed: &str, say: &Speech<'_>, words: &Words) -> String {
    let id = format!("cmd-{}-name", spec.name);
    let own = say.find(&id, &[]).unwrap_or_else(|| spec.name.to_owned());
    let typed = folded(typed);
    let is_near = |name: &String| {
        let name = folded(name);
        is_slip(&typed, &name) || alike(&typed, &name) >= SHARED
    };
    let others = Locale::ALL.iter().filter_map(|locale| words.speak(*locale).find(&id, &[]));
    let mut all = [own.clone()].into_iter().chain([spec.name.to_owned()]).chain(others);
    all.find(is_near).unwrap_or(own)
}

/// Letters that two names share from the start.
fn alike(name: &str, other: &str) -> usize {
    name.chars().zip(other.chars()).take_while(|(a, b)| a == b).count()
}

/// Whether a name that is none of ours was meant for us beyond doubt. Else it may be another bot's command, or talk.
pub(super) fn is_ours(name: &str) -> bool {
    name.contains(JOINT)
}

/// Whether a name belongs to the family of one of ours: joined like it, or the family's own (`ticket`, `tickets`).
fn is_akin(name: &str, ours: &str) -> bool {
    let family = ours.split_once(JOINT).map(|(family, _)| family);
    is_ours(name) || family.is_some_and(|family| name.strip_suffix('s').unwrap_or(name) == family)
}

/// Commands one of whose names differs by a slip, then those of the same family (`ticket_…`), one of whose names shares letters
/// from the start: those that share the most first, and among equals in the order of the help, which begins with the one that is used most.
pub(super) fn near(name: &str, specs: &[&'static Spec], words: &Words) -> Vec<&'static Spec> {
    // A slip: more than any start that is shared.
    let shared = |other: &str| match () {
        () if is_slip(name, other) => usize::MAX,
        () if is_akin(name, other) => alike(name, other),
        () => 0,
    };
    let most = |spec: &Spec| names(spec, words).iter().map(|name| shared(name)).max().unwrap_or(0);
    let mut found: Vec<(usize, &'static Spec)> = specs.iter().map(|spec| (most(spec), *spec)).collect();
    found.retain(|(most, _)| *most >= SHARED);
    found.sort_by_key(|(most, _)| std::cmp::Reverse(*most));
    found.into_iter().map(|(_, spec)| spec).collect()
}

/// Whether a name is another with a slip of the finger in it. Other bots hear `!`, too, and one letter makes another word of a
/// short one (`stop` and `shop`, `status` and `stats`): there it must be a letter that is missing, one that is there twice, or two that
/// changed places.
fn is_slip(name: &str, ours: &str) -> bool {
    let (typed, length) = (name.chars().count(), ours.chars().count());
    if OTHERS.contains(&name) {
        return false;
    }
    if typed >= LONG {
        return distance(name, ours) <= SLIPS;
    }
    let first = |text: &str| text.chars().next();
    if typed < SHORT || first(name) != first(ours) {
        return false;
    }
    let doubled = || name.chars().zip(name.chars().skip(1)).any(|(a, b)| a == b);
    match typed.cmp(&length) {
        Ordering::Greater => typed == length + 1 && distance(name, ours) == 1 && doubled(),
        Ordering::Less => typed + 1 == length && distance(name, ours) == 1,
        Ordering::Equal => {
            let other: Vec<(char, char)> = name.chars().zip(ours.chars()).filter(|(a, b)| a != b).collect();
            matches!(other.as_slice(), [(a, b), (c, d)] if a == d && b == c) && distance(name, ours) <= SLIPS
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::{Read, read};
    use super::*;
    use crate::app::Bot;

    #[test]
    fn a_slip_in_a_short_name_is_known_from_another_word() {
        let specs: Vec<&'static Spec> = super::super::of(Bot::Maxis).filter(|spec| !spec.hidden).collect();
        let words = Words::new();
        let nearest = |typed: &str| match read(&format!("!{typed}"), &specs, &words) {
            Read::Unknown(near) => near.first().map(|spec| spec.name),
            Read::Nothing => None,
            other => panic!("{typed}: {other:?}"),
        };
        for (typed, meant) in [
            ("shopp", "shop"),
            ("sohp jeu", "shop"),
            ("plan", "plans"),
            ("Boutiqe", "shop"),
            ("buyy", "buy"),
            ("formulse", "plans"),
            ("ticket_creat", "ticket_create"),
        ] {
            assert_eq!(nearest(typed), Some(meant), "{typed}");
        }
        assert_eq!(nearest("tickets"), nearest("ticket_"), "the family's own name");
        for other in [
            "!!",
            "!!!!!",
            "?",
            "stop",
            "shot",
            "play",
            "gif",
            "ban",
            "skip",
            "rank",
            "mode",
            "busy",
            " shopp",
            "hop",
            "status minecraft serveur1",
            "commands list all",
            "command",
            "codes jeu",
            "codex",
            "formula 1 ce soir ?",
            "formulaire",
            "parrain moi stp",
            "subscribe",
            "planes",
            "aider",
            "shops",
        ] {
            assert_eq!(nearest(other), None, "{other}");
        }
    }

    #[test]
    fn a_name_is_shown_in_the_language_in_which_it_was_typed_unless_the_readers_is_near_as_well() {
        let words = Words::new();
        let say = words.speak(Locale::Fr);
        let shop = super::super::find(Bot::Maxis, "shop").unwrap();
        assert_eq!(nearest_name(shop, "Shopp", &say, &words), "shop");
        assert_eq!(nearest_name(shop, "boutiqe", &say, &words), "boutique");
        assert_eq!(nearest_name(shop, "", &say, &words), "boutique");
        let create = super::super::find(Bot::Maxis, "ticket_create").unwrap();
        assert_eq!(nearest_name(create, "tiket_creat", &say, &words), "ticket_create");
        assert_eq!(nearest_name(create, "ticket_creat", &say, &words), "ticket_créer");
    }
}
