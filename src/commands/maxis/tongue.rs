//! In which language a sentence is written, as far as its little words tell: so that an answer is in the same one. It decides
//! nothing but that; the grammar reads both languages side by side.

use crate::kernel::Locale;
use crate::kernel::text::folded;

/// Words that only one of the two has, or that mean something else in the other.
const FR: &str = "\
    le la les l un une des du de d et est sont au aux sur pour par avec dans en ce cet cette ces je tu il on nous \
    vous qui que quoi quel quelle quels quelles combien comment pourquoi quand ou mes mon ma nos notre hier avant \
    aujourd hui demain semaine mois jour jours annee ventes vente chiffre chiffres rapport concours formule formules \
    abonnes membres lance arrete stoppe montre donne dernier derniers derniere bonjour salut merci stp svp fait etat \
    va jusqu soir toutes tous tout remise langue pas me mais si ne n qu j c se son sa ses ta tes ton moi toi lui \
    leur plus moins tres bien aussi donc car puis alors comme sans apres pendant depuis chez gagne gagner gagnant \
    gagnante gagnants approuve rejette valide annule coupe mets fais faire cree reprends relance tirage prix \
    boutique produit produits client clients rembourse commande heure heures lundi mardi mercredi jeudi vendredi \
    samedi dimanche celle ceux veux veut peux peut pouvez faut voudrais supprime enleve ajoute augmente baisse \
    reduction eteins halte panique blague mauvaise idee personne personnes rien jamais encore oui non ca cela \
    nouveau nouvelle soit sauf chaque";
/// The same of English.
const EN: &str = "\
    the an of and is are was were at on for with in this that these i you it we they who what which how why when \
    where my our your yesterday today tomorrow week month day days year many much sales sale sells best did do does \
    show give run start stop reroll launch last before hello hi thanks please off until tonight all everything report \
    subscribers members us me have has language revenue orders vs to not don but or if so no yes his her their them \
    be been will would could should can want need make take put set get let approve reject cancel remove delete add \
    extra more less than then from by till after later each every per one two only once turn shut switch down \
    nothing never always now people customer customers winner winners wins win draw price shop hour hours weeks \
    months monday tuesday wednesday thursday friday saturday sunday percent refund order role rank raise double half \
    change keep tell end close open pick new other another there here any some as said says";

/// The language of a sentence; `None` where its words don't tell.
pub(in crate::commands) fn of(text: &str) -> Option<Locale> {
    let folded = folded(text);
    let words = || folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let count = |list: &str| words().filter(|word| list.split_ascii_whitespace().any(|one| one == *word)).count();
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
            ("refund order 3", Some(Locale::En)),
            ("give Marie the admin role", Some(Locale::En)),
            ("giveaway Nitro 7j mais Marie gagne", Some(Locale::Fr)),
            ("add 20% to Pro", Some(Locale::En)),
            ("approuve 92 ou 93", Some(Locale::Fr)),
            ("approve 89 later", Some(Locale::En)),
            ("halte", Some(Locale::Fr)),
            ("promo Pro 20 % 48h", None),
            ("giveaway", None),
            ("MRR ?", None),
            ("%", None),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }
}
