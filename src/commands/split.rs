//! Where a name of several words ends that was typed without quotation marks: where everything behind it can be read, too.
//!
//! `Pack de Noël clé 10 €` is a name, a kind and a price in one way only. What can be read in several ways equally well is left
//! alone: then a name ends after a word, and the refusal says to put it in quotation marks.

use super::amount;
use super::args::{self, Raw};
use super::spec::{Opt, Spec, Type};
use super::text::{code_of, keyed, moment, phrase, positional, worth};
use crate::kernel::error::{Error, Problem};
use crate::kernel::money::NotMoney;
use crate::kernel::text::same;
use crate::kernel::words::Words;
use crate::kernel::{Currency, Money};

/// Most words that are looked at.
const MOST: usize = 40;

/// Options with their values.
type Given = Vec<(String, Raw)>;

/// A way to read the rest of a command, up to the text at its end.
#[derive(Debug, Clone)]
struct Reading<'a> {
    /// Required options that are left without a value, and whether a text without quotation marks takes the end. Less is better.
    cost: (usize, bool),
    /// How many readings are as good.
    ways: usize,
    given: Given,
    /// The text that is left.
    rest: &'a str,
}

impl Reading<'_> {
    fn with(mut self, opt: &Opt, value: &str) -> Self {
        self.given.insert(0, (opt.name.to_owned(), Raw::Text(value.to_owned())));
        self
    }

    /// The better one; of equals the first, which then isn't the only one.
    fn or(self, other: Option<Self>) -> Self {
        match other {
            Some(other) if other.cost < self.cost => other,
            Some(other) if other.cost == self.cost => Self { ways: self.ways.saturating_add(other.ways), ..self },
            Some(_) | None => self,
        }
    }
}

/// Whether an option is a name of any words, which ends after one where no quotation marks stand around it.
pub(super) const fn is_name(opt: &Opt) -> bool {
    matches!(opt.ty, Type::Line | Type::Short(_) | Type::Code | Type::Target) && !opt.whole
}

/// Reads `text`, which begins with the name that `opt` holds, up to the text at its end, which is left; `None` where it can't be
/// read, or in several ways.
pub(super) fn read<'a>(
    spec: &'static Spec,
    text: &'a str,
    (opt, given): (&'static Opt, &Given),
    words: &Words,
) -> Option<(Given, &'a str)> {
    if !is_name(opt) || is_quoted(text) || text.split_whitespace().count() > MOST {
        return None;
    }
    let had = |other: &Opt| given.iter().any(|(name, _)| name == other.name);
    let open: Vec<&'static Opt> =
        spec.options.iter().filter(|o| o.ty != Type::File && positional(spec, o) && !had(o)).collect();
    let reading = Reader { spec, given, words }.read(text, &open)?;
    let long = matches!(reading.given.first(), Some((_, Raw::Text(name))) if name.contains(char::is_whitespace));
    // Where something is missing although the name is one word, what is wrong is said better by reading word by word.
    (reading.ways == 1 && (long || reading.cost.0 == 0)).then_some((reading.given, reading.rest))
}

/// What was typed, with the quotation marks that it lacks, where an error shows that a name should have had them.
pub(super) fn corrected(spec: &'static Spec, typed: &str, error: &Error, words: &Words) -> Option<String> {
    let Error::Argument { option, problem } = error else { return None };
    let typed = typed.trim();
    let (command, rest) = typed.split_once(char::is_whitespace)?;
    let rest = rest.trim_start();
    let first = spec.options.iter().find(|opt| opt.ty != Type::File && positional(spec, opt))?;
    if !is_name(first) || rest.contains(['"', '«', '“', '`']) || keyed(spec, rest, words).is_some() {
        return None;
    }
    let end = match problem {
        Problem::NotKnown { nearest } if *option == first.name => {
            nearest.iter().find_map(|known| as_long_as(rest, known))
        }
        Problem::Unknown => starts(rest).find(|at| keyed(spec, rest.split_at(*at).1, words).is_some()),
        _ => None,
    }?;
    let (name, after) = rest.split_at_checked(end)?;
    let name = name.trim();
    let several = name.contains(char::is_whitespace);
    several.then(|| format!("{command} \"{name}\" {}", after.trim()).trim_end().to_owned())
}

/// Where a name ends at the start of `text`, which is known with its code behind it.
fn as_long_as(text: &str, known: &str) -> Option<usize> {
    let name = known.rsplit_once(" (`").map_or(known, |(name, _)| name);
    let wanted = same(&name.replace('\\', ""));
    starts(text).chain([text.len()]).find(|end| text.get(..*end).is_some_and(|typed| same(typed) == wanted))
}

fn is_quoted(text: &str) -> bool {
    text.starts_with(['"', '«', '“'])
}

/// Where each word but the first begins.
fn starts(text: &str) -> impl Iterator<Item = usize> {
    let after_space = |at: usize| text.get(..at).is_some_and(|before| before.ends_with(char::is_whitespace));
    text.char_indices().filter(move |(at, c)| !c.is_whitespace() && after_space(*at)).map(|(at, _)| at)
}

/// Whether an end lies within an amount or a moment of several words: `10 €`, `24/12 18h`.
fn cuts(text: &str, end: usize) -> bool {
    let (before, after) = text.split_at(end);
    let last = before.trim_end().rfind(char::is_whitespace).map_or(0, |at| at.saturating_add(1));
    let word = text.get(last..).unwrap_or_default();
    let reaches = |rest: &str| rest.len() < after.len();
    amount::take(word, |_| false).is_some_and(|(_, rest)| reaches(rest))
        || moment(word).is_some_and(|(_, rest)| reaches(rest))
}

struct Reader<'a> {
    spec: &'static Spec,
    given: &'a Given,
    words: &'a Words,
}

impl Reader<'_> {
    /// The best way to read a text as these options, in their order, and others by their names.
    fn read<'t>(&self, text: &'t str, open: &[&'static Opt]) -> Option<Reading<'t>> {
        let text = text.trim();
        if let Some((opt, value)) = keyed(self.spec, text, self.words) {
            let (value, after) = worth(self.spec, value, (opt, self.given), self.words).ok()?;
            let rest: Vec<&'static Opt> = open.iter().copied().filter(|other| other.name != opt.name).collect();
            return Some(self.read(after, &rest)?.with(opt, &code_of(opt, value, self.words)));
        }
        let Some((&opt, later)) = open.split_first() else {
            return text.is_empty().then(|| Reading { cost: (0, false), ways: 1, given: Vec::new(), rest: text });
        };
        let without = || {
            let reading = self.read(text, later)?;
            let cost = (reading.cost.0.saturating_add(usize::from(opt.required)), reading.cost.1);
            Some(Reading { cost, ..reading })
        };
        if text.is_empty() {
            return without();
        }
        if opt.ty == Type::Body {
            return Some(Reading { cost: (0, !is_quoted(text)), ways: 1, given: Vec::new(), rest: text });
        }
        if is_name(opt) && !is_quoted(text) {
            return self.name(text, opt, later);
        }
        match self.take(text, opt) {
            Some((value, after)) => Some(self.read(after, later)?.with(opt, &value)),
            None => without(),
        }
    }

    /// A name at the start, of as many words as leave the best reading.
    fn name<'t>(&self, text: &'t str, opt: &'static Opt, later: &[&'static Opt]) -> Option<Reading<'t>> {
        let mut best: Option<Reading<'t>> = None;
        for end in starts(text).chain([text.len()]) {
            let (name, after) = text.split_at_checked(end)?;
            if !cuts(text, end)
                && args::fits(opt, &Raw::Text(name.trim().to_owned()))
                && let Some(found) = self.read(after, later)
            {
                let found = found.with(opt, name.trim());
                best = Some(match best {
                    Some(best) => best.or(Some(found)),
                    None => found,
                });
            }
            if is_quoted(after) || keyed(self.spec, after, self.words).is_some() {
                break;
            }
        }
        best
    }

    /// The value of an option that isn't a name at the start, where one stands there; and what follows.
    fn take<'t>(&self, text: &'t str, opt: &'static Opt) -> Option<(String, &'t str)> {
        if opt.whole {
            return phrase(self.spec, text, opt, self.words).ok();
        }
        let (value, after) = worth(self.spec, text, (opt, self.given), self.words).ok()?;
        let value = code_of(opt, value, self.words);
        let is_one = match opt.ty {
            Type::Price | Type::Amount => !matches!(Money::parse(&value, Currency::EUR), Err(NotMoney::NotANumber)),
            _ => args::fits(opt, &Raw::Text(value.clone())),
        };
        is_one.then_some((value, after))
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::{self, Read};
    use super::*;
    use crate::app::Bot;

    fn read(message: &str) -> String {
        let specs: Vec<&'static Spec> = super::super::of(Bot::Maxis).filter(|spec| !spec.hidden).collect();
        match text::read(message, &specs, &Words::new()) {
            Read::Command(_, given) => {
                let shown = given.iter().map(|(name, raw)| match raw {
                    Raw::Text(text) => format!("{name}={text}"),
                    other => panic!("{other:?}"),
                });
                shown.collect::<Vec<_>>().join(" | ")
            }
            other => panic!("{message}: {other:?}"),
        }
    }

    #[test]
    fn a_name_of_several_words_ends_where_the_rest_can_be_read() {
        for (typed, expected) in [
            ("produit_ajouter Pack de Noël 10 €", "name=Pack de Noël | price=10 €"),
            ("produit_ajouter Pack de Noël clé 10 €", "name=Pack de Noël | kind=key | price=10 €"),
            ("product_add Pack 3 jeux text 4,99", "name=Pack 3 jeux | kind=text | price=4,99"),
            (
                "produit_ajouter Pack d’été rôle 5 € Tout l’été\nau soleil",
                "name=Pack d’été | kind=role | price=5 € | about=Tout l’été\nau soleil",
            ),
            ("variante_ajouter jeu Édition de luxe 9,99 €", "product=jeu | name=Édition de luxe | price=9,99 €"),
            ("variante_ajouter jeu Pack 3 jeux 9,99 € 5", "product=jeu | name=Pack 3 jeux | price=9,99 € | stock=5"),
            ("produit_modifier Clé du jeu prix=7 €", "product=Clé du jeu | price=7 €"),
            ("produit_stock Clé du jeu 5", "product=Clé du jeu | stock=5"),
            ("formule_ajouter Argent Plus prix_mois=4,99", "name=Argent Plus | month_price=4,99"),
            (
                "promo_créer 2 € produits 7 jours Soldes d’hiver code=NOEL",
                "value=2 € | target=produits | duration=7 jours | promo_reason=Soldes d’hiver | promo_code=NOEL",
            ),
            (
                "promo_créer 20 % produit Jeu complet 24/12 18h Noël",
                "value=20 % | target=produit Jeu complet | duration=24/12 18h | promo_reason=Noël",
            ),
            ("promo_créer 20% tout 48h Soldes", "value=20% | target=tout | duration=48h | promo_reason=Soldes"),
        ] {
            assert_eq!(read(&format!("!{typed}")), expected, "{typed}");
        }
    }

    #[test]
    fn what_can_be_read_in_several_ways_is_read_word_by_word() {
        for (typed, expected) in [
            ("ticket_créer Code promo invalide", "subject=Code | description=promo invalide"),
            ("produit_contenu Guide du vendeur Merci", "product=Guide | content=du vendeur Merci"),
            ("variante_ajouter Clé du jeu Luxe 9,99", "product=Clé | name=du jeu Luxe | price=9,99"),
            ("variante_ajouter jeu \"Noël 2026\" 10", "product=jeu | name=Noël 2026 | price=10"),
            ("promo_créer 20% tout 48x Soldes", "value=20% | target=tout | duration=48x | promo_reason=Soldes"),
        ] {
            assert_eq!(read(&format!("!{typed}")), expected, "{typed}");
        }
    }

    #[test]
    fn a_known_name_is_given_back_in_quotation_marks() {
        let find = |name: &str| super::super::find(Bot::Maxis, name).unwrap();
        let unknown = |nearest: &[&str]| Error::Argument {
            option: "product",
            problem: Problem::NotKnown { nearest: nearest.iter().map(|name| (*name).to_owned()).collect() },
        };
        let words = Words::new();
        let known = unknown(&["Clef (`clef`)", "Clé \\(du\\) jeu (`cle-du-jeu`)"]);
        let right = corrected(find("variant_add"), "!variante_ajouter clé (du)  jeu Luxe 9,99", &known, &words);
        assert_eq!(right.as_deref(), Some("!variante_ajouter \"clé (du)  jeu\" Luxe 9,99"));
        for (typed, error) in [
            ("!variante_ajouter Clé Luxe 9,99", &known),
            ("!variante_ajouter \"Clé (du) jeu\" Luxe 9,99", &known),
            ("!variante_ajouter produit=Clé (du) jeu", &known),
            ("!variante_ajouter Clé (du) jeu 9,99", &unknown(&[])),
        ] {
            assert_eq!(corrected(find("variant_add"), typed, error, &words), None, "{typed}");
        }
    }
}
