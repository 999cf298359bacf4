//! Words with a slip of the finger, put right where one word of ours is near and the typed one is none that people use.
//!
//! Only what names things and what carries an order beyond doubt is put right; negations and little words are taken as they stand
//! (the forms that people type are in the tables). A short word is never put right: one letter makes another word of it.

use super::token::{Kind, Token};

/// The words that are put right.
const OURS: &[&str] = &[
    "promo",
    "promos",
    "promotion",
    "promotions",
    "reduction",
    "reductions",
    "remise",
    "discount",
    "giveaway",
    "giveaways",
    "concours",
    "tirage",
    "gagnant",
    "gagnants",
    "winner",
    "winners",
    "lance",
    "lancer",
    "lancez",
    "launch",
    "create",
    "creer",
    "demarre",
    "demarrer",
    "arrete",
    "arreter",
    "arretez",
    "annule",
    "annuler",
    "approuve",
    "approuver",
    "approve",
    "rejette",
    "rejeter",
    "reject",
    "reroll",
    "rapport",
    "report",
    "status",
    "statut",
    "analytics",
    "revenue",
    "revenus",
    "chiffre",
    "affaires",
    "ventes",
    "conversion",
    "tickets",
    "membres",
    "members",
    "pourcent",
    "percent",
    "pendant",
    "jusqu",
    "until",
    "dimanche",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "demain",
    "tomorrow",
    "tonight",
    "semaine",
    "semaines",
    "heures",
    "jours",
    "hours",
    "weeks",
    "everything",
    "combien",
    "rembourse",
    "refund",
    "audit",
    "pending",
    "attente",
    "resume",
    "reprends",
    "termine",
    "organise",
    "remboursement",
    "plafond",
    "utilisations",
    "hier",
    "yesterday",
    "aujourdhui",
    "configuration",
    "config",
];

/// Words that people use and that one letter makes one of ours.
const OTHERS: &[&str] = &[
    "dearer",
    "hors",
    "reponds",
    "repond",
    "repondez",
    "demandes",
    "demandez",
    "lunch",
    "primo",
    "prono",
    "promu",
    "promue",
    "promus",
    "promis",
    "prime",
    "ventre",
    "vente",
    "rentes",
    "lances",
    "lancee",
    "lances",
    "lancons",
    "launches",
    "launched",
    "launcher",
    "created",
    "creates",
    "creator",
    "approved",
    "approves",
    "rejected",
    "rejects",
    "reports",
    "reported",
    "reporte",
    "reporter",
    "rapporte",
    "rapports",
    "rapporter",
    "remises",
    "remis",
    "reprise",
    "reprend",
    "reprendre",
    "resumes",
    "resumer",
    "resumed",
    "termines",
    "terminer",
    "terminee",
    "terminez",
    "organises",
    "organiser",
    "organisez",
    "membre",
    "member",
    "heure",
    "hour",
    "jour",
    "week",
    "percents",
    "pourcents",
    "pendants",
    "tirages",
    "gagne",
    "gagner",
    "gagnante",
    "gagnantes",
    "winter",
    "refunds",
    "refunded",
    "remboursees",
    "rembourser",
    "rembourses",
    "remboursez",
    "remboursements",
    "ticket",
    "annulee",
    "annules",
    "annulez",
    "approuves",
    "approuvez",
    "approuvee",
    "rejettes",
    "rejetez",
    "rejetee",
    "arretes",
    "arretee",
    "arrive",
    "arriver",
    "demarres",
    "demarrez",
    "discounts",
    "reductions",
    "vendre",
    "ventes",
    "plafonds",
    "audits",
    "revenu",
    "venues",
    "revenus",
    "revenez",
    "revues",
    "status",
    "statuts",
    "stats",
    "statue",
    "states",
    "tomorrows",
    "weekly",
    "semaines",
    "lance",
    "lancement",
    "conversions",
    "utilisation",
    "affaire",
    "chiffres",
    "resumez",
    "lancer",
    "mardis",
    "jours",
    "jouer",
    "joues",
    "hiver",
    "promote",
    "promoted",
    "demains",
    "contours",
    "unfil",
    "create",
    "discounted",
    "promet",
    "promets",
    "launching",
    "creez",
    "crees",
    "creee",
    "vente",
    "ended",
    "attends",
    "attendre",
    "attend",
    "attentes",
    "reprendre",
    "demande",
    "vendus",
    "vertes",
    "textes",
    "lancent",
    "lands",
    "launchs",
    "bending",
    "sending",
    "config",
    "confie",
    "annuel",
    "annuels",
    "annuelle",
    "annuelles",
    "arret",
    "arrets",
    "configs",
    "configure",
    "configurer",
    "terminate",
    "mentes",
    "dimanches",
    "repond",
    "resort",
    "repost",
    "sport",
    "eject",
    "relance",
];

/// A word that is put right has at least so many letters.
const SHORTEST: usize = 5;
/// From so many letters on two slips are put right.
const LONG: usize = 8;

/// Puts the words of a text right.
pub(super) fn mend(tokens: &mut [Token], also_known: impl Fn(&str) -> bool) {
    for token in tokens.iter_mut().filter(|token| token.kind == Kind::Word && token.hundredths.is_none()) {
        let known =
            OURS.contains(&token.text.as_str()) || OTHERS.contains(&token.text.as_str()) || also_known(&token.text);
        if !known
            && token.text.chars().all(char::is_alphabetic)
            && let Some(right) = nearest(&token.text, OURS.iter().copied())
        {
            token.text = right.to_owned();
            token.accented = right.to_owned();
        }
    }
}

/// The one word that is near enough; `None` where none is, or two are equally near.
pub(super) fn nearest<'a>(typed: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let length = typed.chars().count();
    if length + 1 < SHORTEST {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    let mut tie = false;
    for word in words {
        let letters = word.chars().count();
        let most = if letters >= LONG { 2 } else { 1 };
        if letters < SHORTEST || letters.abs_diff(length) > most || word.chars().next() != typed.chars().next() {
            continue;
        }
        let slips = slips(typed, word);
        if slips > most {
            continue;
        }
        match best {
            Some((least, _)) if slips > least => {}
            Some((least, other)) if slips == least => tie = tie || !akin(other, word),
            _ => (best, tie) = (Some((slips, word)), false),
        }
    }
    best.filter(|_| !tie).map(|(_, word)| word)
}

/// Whether two words are forms of one.
fn akin(a: &str, b: &str) -> bool {
    a.starts_with(b) || b.starts_with(a) || (a.len() > 4 && a.get(..a.len() - 2) == b.get(..a.len() - 2))
}

/// Letters to add, drop, change or swap with the next.
pub(super) fn slips(a: &str, b: &str) -> usize {
    strsim::osa_distance(a, b)
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    #[test]
    fn slips_are_put_right_and_words_that_are_others_stay() {
        let mended = |text: &str| {
            let mut found = tokens(text);
            mend(&mut found, |_| false);
            found.into_iter().map(|token| token.text).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(mended("lnace une prommo jusq'a dimnche"), "lance une promo jusqu ' a dimanche");
        assert_eq!(mended("laucnh a giveawy untill sudnay"), "launch a giveaway until sunday");
        assert_eq!(mended("lunch primo rapporte relance promote sport"), "lunch primo rapporte relance promote sport");
    }
}
