//! What stands in a sentence beside what is known of it: a limit, somebody, a rise, a sum, a price. It would change what is ordered,
//! so that it is asked; nothing of it is dropped.

use super::found::Found;
use super::phrase::any_at;
use super::sentence::Sentence;
use super::token::{Kind, Token};
use super::words::{FILLERS, GIVEAWAY, PROMO_NOUN};

/// More to pay, and not less.
const MORE: &[&str] = &[
    "# %|pct|pourcent|percent|€|euro|euros|eur|$|£|dollars|pounds|pour+cent|per+cent de plus|hausse|majoration|augmentation|surcharge|supplement",
    "# %|pct|pourcent|percent|€|euro|euros|eur|$|£|dollars|pounds|pour+cent|per+cent d augmentation",
    "# %|pct|pourcent|percent|€|euro|euros|eur|$|£|dollars|pounds|pour+cent|per+cent en plus",
    "# %|pct|pourcent|percent|€|euro|euros|eur|$|£|dollars|pounds|pour+cent|per+cent plus cher|chere|chers|cheres|haut|eleve|expensive",
    "# %|pct|pourcent|percent|€|euro|euros|eur|$|£|dollars|pounds|pour+cent|per+cent extra|more|higher|markup|surcharge|increase|hike|dearer|supplementaires",
    "€|$|£ # de|en? plus|extra|more",
    "remise|reduction|rabais|promo|discount en|de? plus|supplementaire|extra",
    "plus cher|chere|chers|cheres de|d",
    "more expensive by",
];
/// The same, unless a discount is what is added.
const ADDS: &[&str] = &[
    "ajoute|ajoutes|ajoutez|ajouter|rajoute|rajoutes|rajoutez|rajouter|add|adding|tack+on # %|pct|pourcent|percent|€|euro|euros|eur|$|£|dollars|pounds",
    "ajoute|ajoutes|ajoutez|ajouter|rajoute|rajoutes|rajoutez|rajouter|add|adding|tack+on # pour|per cent",
    "ajoute|ajoutes|ajoutez|ajouter|rajoute|rajoutes|rajoutez|rajouter|add|adding|tack+on €|$|£ #",
];

/// Limits and exceptions that no slot holds.
const LIMITS: &[&str] = &[
    "par|per|each|chaque personne|person|client|cliente|customer|membre|member|tete|head|compte|account|user|utilisateur|acheteur|buyer|abonne|subscriber|foyer|household",
    "each once|only",
    "une seule? fois|utilisation chacun|chacune|par|max?",
    "jusqu|jusque a? l? epuisement|rupture",
    "epuisement des|du stocks|stock",
    "while|until|as+long+as the|our? stock|stocks|supplies|supply|they ..",
    "dans la limite",
    "tant qu|que",
    "stocks|stock epuise|epuises|limite|limites|disponible|disponibles",
    "sauf|except|excepting|excluding|hormis|excepte|exclu|exclus|exclue",
    "but|mais not|pas",
    "a l exception",
    "other than",
    "apart from",
    "a part|l+exclusion",
    "a l exclusion",
    "min|minimum|au+moins|at+least de|of|d? #",
    "min|minimum|au+moins|at+least €|$|£ #",
    "# €|$|£|euros|achats|commandes|orders|purchases|articles|items minimum|min|au+moins|or+more|ou+plus",
    "budget",
    "a concurrence de",
    "soir|soirs|matin|matins|nuit|nuits|journee|week+end|weekend|weekends|week+ends|night|evenings|mornings seulement|uniquement|only",
    "hors week|jours|heures|weekend|promo|vacances",
];

/// What stands between those and a name.
const ARTICLES: &str = "le|la|l|les|the|un|une|a|mon|ma|mes|my|our|nos|notre|all|tous|toutes|des";

/// What is laughed at.
const JESTS: &[&str] = &["😂|🤣|🤡|🙃|😜|😝|😹|😏", "lol|mdr|ptdr|lmao|rofl|xd|haha|hahaha|ahah|xptdr"];

/// What a number counts: time, people.
const OF_TIME: &str =
    "h|heure|heures|hour|hours|j|jour|jours|d|day|days|semaine|semaines|week|weeks|mois|month|months|min|minutes|w";
const OF_PEOPLE: &str = "gagnant|gagnants|gagnantes|winner|winners|vainqueurs|personnes|people|clients|customers|utilisations|uses|fois|times|max";

/// For whom, before a name that no list holds.
const FOR: &str = "pour|for|aux|reserve+a|reservee+a|reserved+for|destine+a|destinee+a|limited+to|limite+a|limitee+a";
/// Words behind those that name nobody.
const NOBODY: &str = "\
    que|qu|le|la|l|les|the|un|une|a|an|ca|cela|it|that|this|ce|cette|ces|real|sure|example|instance|l'instant|instant|\
    moment|once|good|free|rire|feter|celebrer|celebrate|celebrating|relancer|booster|boost|remercier|thank|tester|\
    voir|marquer|launch|lancement|anniversaire|birthday|anniversary|halloween|paques|easter|rentree|soldes|black|\
    cyber|st|saint|fete|fetes|occasion|sales|ventes|fun|promo|promotion|remise|faire|moi|nous|me|us|quoi|what|\
    commencer|start|starters|today|aujourdhui|cent|plan|plans|formule|formules|abonnement|abonnements|holidays|summer|\
    winter|spring|ete|hiver|printemps|automne|autumn|de|d|of|only|seulement|tout|toute|all|every|des|du|au|en|in|\
    being|having|not|pas|your|our|my|mon|notre|nos|ton|votre|everything|any|longtemps|duree|duration|period|periode|\
    next|coming|prochains|prochaines|gagner|win|avoir|last|derniers|dernieres";

/// Reads what is beside; last, since it is what nothing else took.
pub(super) fn read(s: &Sentence, found: &mut Found) {
    let off = s.has(&[PROMO_NOUN, "off|moins|less", "- #"]);
    // "+20 %", and no sum: "10+10 %".
    let plus = |at: usize| {
        s.tokens.get(at).is_some_and(|token| token.is_sign("+"))
            && any_at(&s.tokens, at + 1, &["# %|pct|pourcent|percent|€|euro|euros|eur|$|£|dollars", "€|$|£ #"])
                .is_some()
            && at.checked_sub(1).and_then(|i| s.tokens.get(i)).is_none_or(|token| token.hundredths.is_none())
    };
    let more = s.has(MORE) || (0..s.tokens.len()).any(plus);
    found.raises = !off && (more || s.has(ADDS));
    found.unclear = off && more || !s.places(JESTS).is_empty();
    let free = |(from, to): (usize, usize)| (from..to).any(|at| s.is_free(at, at + 1));
    found.limit = super::phrase::all(&s.tokens, LIMITS).into_iter().any(free);
    for at in (1..s.tokens.len()).filter(|at| is_reckoned(s, *at)) {
        // What is a sum is none of its parts.
        found.reckoned = true;
        if any_at(&s.tokens, at + 1, &[OF_TIME]).is_some() {
            found.lengths.clear();
        } else if any_at(&s.tokens, at + 1, &[OF_PEOPLE]).is_some() {
            (found.winners, found.max_uses) = (None, None);
        } else {
            found.percents.clear();
            found.amounts.clear();
        }
    }
    found.someone |= (0..s.tokens.len()).any(|at| names_somebody(s, at) || names_a_place(s, at));
}

/// Whether a number is a sum, a power or below zero: "10+10", "1e3", "-3 winners". What comes off may well have a minus.
fn is_reckoned(s: &Sentence, at: usize) -> bool {
    let token = |at: usize| s.tokens.get(at);
    let is_number = |token: &Token| token.kind == Kind::Number;
    let Some(number) = token(at).filter(|one| is_number(one) && one.glued) else { return false };
    let Some(sign) = token(at - 1) else { return false };
    let between = sign.is_sign("+*^×") || matches!(sign.text.as_str(), "e" | "x" | "puis" | "exp");
    let joined = sign.glued && at.checked_sub(2).and_then(token).is_some_and(|one| one.hundredths.is_some());
    // "1e3" is cut before its letter, "e3" is one word.
    let below = sign.is_sign("-")
        && !sign.glued
        && any_at(&s.tokens, at + 1, &["%|€|$|£|euros|euro|eur|pourcent|percent|pour|off"]).is_none();
    number.hundredths.is_some() && (between && joined || below)
}

/// Whether something is for somebody or for people that no list holds: "pour le salon vip", "for Marie".
fn names_somebody(s: &Sentence, at: usize) -> bool {
    let Some(mut next) = super::phrase::at(&s.tokens, at, FOR).filter(|next| s.is_free(at, *next)) else {
        return false;
    };
    while s.tokens.get(next).is_some_and(|token| !token.taken && ARTICLES.split('|').any(|word| word == token.text)) {
        next += 1;
    }
    s.tokens.get(next).is_some_and(|token| {
        token.kind == Kind::Word
            && !token.taken
            && token.hundredths.is_none()
            && !NOBODY.split('|').any(|word| word == token.text)
            && !FILLERS.contains(&token.text.as_str())
            && !GIVEAWAY.split('|').any(|word| word == token.text)
    })
}

/// Whether something is somewhere only: "en Belgique", "in France".
fn names_a_place(s: &Sentence, at: usize) -> bool {
    let small = |text: &str| text.chars().any(char::is_lowercase);
    let place = s.tokens.get(at + 1).is_some_and(|token| {
        token.kind == Kind::Word
            && token.capital
            && !token.taken
            && token.hundredths.is_none()
            && !super::words::is_common(&token.text)
            && (small(s.shown(at + 1, at + 2)) || !small(&s.clean.text))
    });
    place && matches!(s.word(at), "en" | "in" | "au" | "chez") && s.is_free(at, at + 1)
}
