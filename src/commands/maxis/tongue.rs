//! In which language a sentence is written, as far as its little words tell: so that an answer is in the same one. It decides
//! nothing but that; the grammar reads both languages side by side.

use crate::kernel::Locale;
use crate::kernel::text::folded;

/// Words that only one of the two has, or that mean something else in the other.
const FR: &[&str] = &[
    "le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "et", "est", "sont", "au", "aux", "sur", "pour",
    "par", "avec", "dans", "en", "ce", "cet", "cette", "ces", "je", "tu", "il", "on", "nous", "vous", "qui", "que",
    "quoi", "quel", "quelle", "quels", "quelles", "combien", "comment", "pourquoi", "quand", "ou", "mes", "mon", "ma",
    "nos", "notre", "hier", "avant", "aujourd", "hui", "demain", "semaine", "mois", "jour", "jours", "annee", "ventes",
    "vente", "chiffre", "chiffres", "rapport", "concours", "formule", "formules", "abonnes", "membres", "lance",
    "arrete", "stoppe", "montre", "donne", "dernier", "derniers", "derniere", "bonjour", "salut", "merci", "stp",
    "svp", "fait", "a", "etat", "va", "jusqu", "soir", "toutes", "tous", "tout", "remise", "langue", "pas",
];
const EN: &[&str] = &[
    "the",
    "an",
    "of",
    "and",
    "is",
    "are",
    "was",
    "were",
    "at",
    "on",
    "for",
    "with",
    "in",
    "this",
    "that",
    "these",
    "i",
    "you",
    "it",
    "we",
    "they",
    "who",
    "what",
    "which",
    "how",
    "why",
    "when",
    "where",
    "my",
    "our",
    "your",
    "yesterday",
    "today",
    "tomorrow",
    "week",
    "month",
    "day",
    "days",
    "year",
    "many",
    "much",
    "sales",
    "sale",
    "sells",
    "best",
    "did",
    "do",
    "does",
    "show",
    "give",
    "run",
    "stop",
    "start",
    "launch",
    "last",
    "before",
    "hello",
    "hi",
    "thanks",
    "please",
    "off",
    "until",
    "tonight",
    "all",
    "everything",
    "report",
    "giveaway",
    "plan",
    "subscribers",
    "members",
    "us",
    "me",
    "have",
    "has",
    "language",
    "revenue",
    "orders",
    "and",
    "vs",
    "to",
    "not",
    "don",
];

/// The language of a sentence; `None` where its words don't tell.
pub(super) fn of(text: &str) -> Option<Locale> {
    let folded = folded(text);
    let words = || folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let count = |list: &[&str]| words().filter(|word| list.contains(word)).count();
    // Letters that English lacks.
    let accents = text.chars().filter(|c| "àâçéèêëîïôûùœÀÂÇÉÈÊÎÔÛ".contains(*c)).count();
    let (fr, en) = (count(FR) + accents, count(EN));
    match fr.cmp(&en) {
        std::cmp::Ordering::Greater => Some(Locale::Fr),
        std::cmp::Ordering::Less => Some(Locale::En),
        std::cmp::Ordering::Equal => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_little_words_tell_the_language() {
        for (text, expected) in [
            ("combien de ventes hier ?", Some(Locale::Fr)),
            ("et avant-hier ?", Some(Locale::Fr)),
            ("which plan sells best?", Some(Locale::En)),
            ("how many sales yesterday?", Some(Locale::En)),
            ("and the day before?", Some(Locale::En)),
            ("lance une promo de 20 % sur Pro jusqu'à dimanche", Some(Locale::Fr)),
            ("stop everything", Some(Locale::En)),
            ("quel est le MRR ?", Some(Locale::Fr)),
            ("MRR ?", None),
            ("%", None),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }
}
