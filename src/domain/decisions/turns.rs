//! What turns round or puts off what a sentence seems to order: an exception, a rise, "annulée", "plus tard", "the first month". It is
//! asked; what the rest of the sentence says is kept.

use super::catalogue::Catalogue;
use super::found::Found;
use super::phrase::{all, any_at, at, first};
use super::sentence::Sentence;
use super::slots::Audience;
use super::token::{Kind, Token};
use super::words::{FILLERS, GIVEAWAY, GREETINGS, LONG_FILLERS, PROMO_NOUN, is_common};

/// What leaves out what is named, or means its neighbours.
const LEAVES_OUT: &[&str] = &[
    "all|every|everything|each|any|tout|tous|toutes _? _? but",
    "hors",
    "minus",
    "excluded|excludes|exclude|exempt|exempted|barring|bar|excepte|exceptes|exceptees|exclus|exclue|exclues",
    "autre|autres|other|others que|than",
    "les|the|nos|our|tous|toutes|all autres|others",
    "autre|autres|other|others formule|formules|plan|plans|abonnement|abonnements|offre|offres _? que|qu|than",
    "le reste",
    "the rest",
    "en dehors",
    "outside of?",
    "au|en dessus|dessous",
    "above|below|beneath|underneath",
    "superieur|superieure|superieurs|superieures|inferieur|inferieure|inferieurs|inferieures",
    "plus|moins haut|bas|chere|cheres|chers que|qu",
    "higher|lower|bigger|smaller|cheaper|costlier than",
    "et|and up|above|below",
    "et au dela",
];
/// Words that take away where a number doesn't follow: "tout moins Pro".
const TAKES_AWAY: &str = "moins|minus|less|save|bar";
/// What stands between those and a name.
const ARTICLES: &str =
    "le|la|l|les|the|du|des|de|d|a|formule|formules|plan|plans|abonnement|abonnements|offre|offres|celle|celui";

/// Less of a discount is more to pay.
const LESSENS: &[&str] = &[
    "remise|reduction|rabais|promo|promotion|discount|ristourne en|de? moins",
    "less|smaller|lower|fewer discount|discounts|off|reduction",
    "moins de remise|reduction|rabais|promo|discount",
    "baisse|baissez|reduis|reduisez|diminue|diminuez|lower|reduce|cut|drop|shrink|slash .. a|to # %|pct|pourcent|percent|pour",
    "baisse|baissez|reduis|reduisez|diminue|diminuez|lower|reduce|cut|shrink la|the|de|notre|our remise|reduction|discount",
    "dearer|pricier|costlier",
];
/// What a part of a price may be that is added to it.
const ADDED: &str = "premium|upcharge|uplift|surcharge|markup|fee|fees|tax|taxes|taxe|frais|commission|commissions|penalite|\
    penalites|penalty|interest|interets|supplement|surcout|majoration|hausse|augmentation";

/// What was said is not wanted any more, or was done before.
const CALLED_OFF: &str = "annulee|annulees|cancelled|canceled|refusee|refusees|rejetee|rejetees|rejected|refused|declined|denied|\
    stoppee|stoppees|stopped|terminee|terminees|ended|abandonnee|abandonnees|abandoned|aborted|scrapped|suspendue|suspendues|\
    suspendu|reportee|reportees|postponed|expiree|expirees|expired|caduque|obsolete|interdite|impossible|withdrawn|revoked";
/// The stems of the same, where an accent tells that it was done.
const DONE: &[&str] = &[
    "annul", "refus", "rejet", "stopp", "termin", "arret", "abandonn", "suspend", "report", "expir", "lanc", "pass",
    "coup", "supprim", "retir", "ferm", "cloturee",
];
/// It is not to be decided now, or not by this.
const OPEN: &[&str] = &[
    "deja|already lance|lancee|launched|running|started|en|live|active|activee|faite|done|cree|creee|created|passee|finie",
    "a voir|discuter|confirmer|valider|debattre|revoir|decider|etudier|preciser|reflechir|affiner|negocier|planifier",
    "to be? discussed|confirmed|decided|reviewed|approved|seen|determined|negotiated|discuss|confirm|decide|review|consider",
    "tbd|tbc|tba|wip|draft|brouillon",
    "for|pour your? review|discussion|approval|avis|validation|relecture|information|info",
    "on verra",
    "we|will ll? see",
    "qu en dis|dites",
    "ton|votre|your avis|opinion|thoughts",
    "combien ca|cela|elle coute|couterait|coutera",
    "how much does|will|would|is",
    "tu|vous reves|revez",
    "you wish",
    "en|dans reve|reves",
    "chez le|la|les|un|une|nos|leur|leurs _",
    "concurrent|concurrents|concurrence|competitor|competitors|competition",
    "propose|proposez|proposer|suggere|suggerez|suggest|demande|demandez|ask|parle|parlez|talk a|au|aux|to|with|avec|from _",
    "apres|after _ approves|approve|approval|approbation|validation|agrees|valide|approuve|accepte|dit|says|confirms|confirme|okays|signs|ok",
    "apres|after l|la|the|an|une approbation|validation|accord|approval|ok|go",
    "en attente|suspens|pause",
    "pending|awaiting review|approval|decision|validation|confirmation|feedback",
    "on hold|ice",
];
/// The same with another time.
const LATER: &[&str] = &[
    "plus tard",
    "later",
    "bientot",
    "soon",
    "un|one|some jour|day",
    "someday|sometime|prochainement|ulterieurement|eventually",
    "par la suite",
    "une autre fois",
    "another|next|some+other time",
];
/// What is later and not meant so: "au plus tard", "no later than".
const AT_LATEST: &[&str] =
    &["au|pas|le|la plus tard", "no|not|or later", "ou plus tard", "later than", "plus tard que|qu"];

/// Of something that is paid again and again, or of its returns: no promotion counts them.
const CYCLES: &[&str] = &[
    "premier|premiere|premiers|premieres|first|1er|1ere|1ers #? mois|month|months|an|ans|annee|annees|year|years|semaine|semaines|week|weeks|echeance|echeances|facture|factures|invoice|invoices|cycle|cycles|bill|bills|paiement|paiements|payment|payments|mensualite|mensualites",
    "# premiers|premieres|first|1ers mois|months|ans|annees|years|semaines|weeks|echeances|factures|mensualites",
    "chaque|each|every mois|month|months|semaine|week|weeks|annee|an|year|jour|day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday|week+end|weekend",
    "tous|toutes les? mois|semaines|ans|annees|jours|lundis|mardis|mercredis|jeudis|vendredis|samedis|dimanches|weekends",
    "renouvelable|renewable|recurrent|recurrente|recurring|repeating|repeated|reconductible|renouvellement|renouvellements|renewal|renewals",
    "jours|days|jour|day ouvres|ouvre|ouvrables|ouvrable",
    "business|working days|day|hours|hour",
    "en prive|secret|douce|cachette",
    "privately|secretly|discretement|discreetly",
    "in private|secret",
    "depuis|since un|une|plus|longtemps|le|la|over|more|last",
    "exclusive|exclusivement",
];

/// Words that may stand behind an order and change nothing.
const POLITE: &str = "d|avance|in|advance|merci|thanks|thx|thank|you|bisous|bisou|bises|bye|cheers|xoxo|stp|svp|maxis|shellia|bot|\
    immediatement|immediately|direct|directement|aussitot|asap|today|aujourd|hui|aujourdhui|bonne|journee|soiree|courage|cordialement|\
    regards|vite|quick|fast|rapidement|quickly|now|la|ici|here|voila|thats|that|s|it|all|c|est|bon|tout|everyone|folks|team|equipe|\
    inclus|incluse|included|inclusive|compris|maximum|max|only|seulement|uniquement|net|nets|pile|sharp|environ|total|totale|off|\
    promo|promotion|remise|reduction|discount|coupon|sale|flash|plan|plans|formule|formules|abonnement|abonnements|subscription|\
    subscriptions|period|periode|long|each|utilisations|uses|use|gagnant|gagnants|winner|winners|fois|times|limit|limite|cap|\
    exactly|exactement|simplement|simply|just|juste|alors|then|quoi|hein|ok|okay|oui|yes|go|y|please|pls|plz|parfait|super|top|\
    cool|nice|great|genial|members|membres|server|serveur|shop|boutique|price|prix|tarif|discord|channel|salon|general|please\
    |i|think|je|pense|crois|guess|in|dans|this|ce|cet|cette|the|le|les|un|une|a|an|au|aux|du|des|of|on|sur|for|pour|with|avec|to|by|\
    et|and|as|well|aussi|also|too|en|plus|mois|month|week|semaine|day|jour|hour|heure|hours|heures|days|jours|weeks|semaines|start|\
    starting|commence|depart|dès|des|maintenant|code|urgent|urgence|soir|matin|midi|minuit|night|tonight|paris|time|heures";

/// Words of a draw's winners that no number counts.
const MANY: &[&str] = &[
    "plusieurs|quelques|many|several|some|few|multiple|various|nombreux|divers|certains|des|lots|beaucoup|tous|toutes|all d|de|of|les|the? gagnant|gagnants|gagnantes|winner|winners|vainqueurs|laureats",
    "# % de|of? gagnants|gagnant|winners|winner",
    "monde|everyone|everybody|chacun|all|each|tous|toutes|person|personne|members|membres|participants gagne|gagnent|win|wins|gagnant|gagnants|gagnera|recoit|gets|remporte",
    "everyone|everybody|all|each is|are|be a? winner|winners",
    "tout le monde est? gagnant",
    "gagnants|winners|gagnant|winner :|=|- tous|toutes|tout|everyone|everybody|all|chacun",
];

/// Reads what turns a promotion or giveaway round; behind everything else, since it looks at what nothing took.
pub(super) fn read(s: &Sentence, catalogue: &Catalogue, found: &mut Found) {
    let free = |(from, to): &(usize, usize)| (*from..*to).any(|at| s.is_free(at, at + 1));
    let has = |patterns: &[&str]| all(&s.tokens, patterns).iter().any(free);
    if has(LEAVES_OUT) || (0..s.tokens.len()).any(|at| takes_away(s, catalogue, at)) {
        (found.unknown, found.limit) = (true, true);
    }
    found.unclear |= has(LESSENS) || (1..s.tokens.len()).any(|at| is_added(s, at));
    let not_yet = first(&s.tokens, &["not|pas|si|if deja|already"]).is_some();
    found.unclear |= has(OPEN) && !not_yet || called_off(s);
    found.limit |= has(CYCLES);
    // "depuis 2 ans" is whom it is for, and of these lists none but one counts time.
    found.limit |= !matches!(found.audience, Some(Audience::Inactive { .. })) && s.has(&["depuis|since # _"]);
    found.stray = (0..s.tokens.len()).any(|at| strays(s, at));
    let latest = all(&s.tokens, AT_LATEST);
    let begins = s.tokens.iter().position(|token| token.hundredths.is_some()).unwrap_or(0);
    found.later |= all(&s.tokens, LATER).into_iter().any(|(from, to)| {
        from > begins
            && !latest.iter().any(|(start, end)| (*start..*end).contains(&from) || (*start..*end).contains(&(to - 1)))
    });
    if s.has(&[GIVEAWAY, "gagner|gagnez", "raffle off", "give away", "en jeu"])
        && s.has(MANY)
        && found.winners.is_none()
    {
        found.doubtful = true;
    }
    // What is asked already needs no other doubt.
    let asked = found.someone || found.doubtful || found.limit || found.unknown || found.unclear || found.later;
    found.unclear |= !asked && stands_open(s);
}

/// "tout moins Pro": a name behind what takes away, with no number between.
fn takes_away(s: &Sentence, catalogue: &Catalogue, here: usize) -> bool {
    let Some(mut next) = at(&s.tokens, here, TAKES_AWAY) else { return false };
    while s.tokens.get(next).is_some_and(|token| ARTICLES.split('|').any(|word| word == token.text)) {
        next += 1;
    }
    catalogue.plan(s.word(next)).is_some()
}

/// "stop promo Zorgbrak", "la promo sur les mugs": a name behind the word that no list of ours holds.
fn strays(s: &Sentence, here: usize) -> bool {
    let Some(mut next) = at(&s.tokens, here, PROMO_NOUN) else { return false };
    let mut on = false;
    while s.tokens.get(next).is_some_and(|token| {
        !token.taken
            && (ARTICLES.split('|').any(|word| word.trim() == token.text)
                || matches!(token.text.as_str(), "sur" | "on" | "of"))
    }) {
        on |= matches!(s.word(next), "sur" | "on");
        next += 1;
    }
    s.tokens.get(next).is_some_and(|token| {
        token.kind == Kind::Word
            && !token.taken
            && token.hundredths.is_none()
            && (token.capital || on)
            && !is_common(&token.text)
            && !FILLERS.contains(&token.text.as_str())
            && !POLITE.split('|').any(|word| word.trim() == token.text)
    })
}

/// "20 % de frais": what is told is added, and nothing that comes off.
fn is_added(s: &Sentence, here: usize) -> bool {
    let is = |at: usize, words: &str| words.split('|').any(|word| word.trim() == s.word(at));
    let value = |at: usize| is(at, "%|€|$|£|percent|pourcent|pct|euros|euro|cent|dollars");
    is(here, ADDED)
        && s.is_free(here, here + 1)
        && (value(here - 1) || here >= 2 && is(here - 1, "de|d|of|en|as|in|a") && value(here - 2))
}

/// Whether it says that all of it was called off: "annulée", "cancelled", or "stop" as its last word.
fn called_off(s: &Sentence) -> bool {
    let free_word = |at: usize, token: &Token| token.kind == Kind::Word && s.is_free(at, at + 1);
    let done = s.tokens.iter().enumerate().any(|(at, token)| {
        let named = CALLED_OFF.split('|').any(|word| word.trim() == token.text);
        let accented = token.is_done() && DONE.iter().any(|stem| token.text.starts_with(stem));
        free_word(at, token) && (named || accented)
    });
    let last = s.tokens.iter().rposition(|token| token.kind != Kind::Sign);
    let ends = last.filter(|at| *at > 0 && s.is_free(*at, at + 1)).is_some_and(|at| {
        matches!(
            s.word(at),
            "stop" | "halt" | "halte" | "annule" | "annuler" | "cancel" | "non" | "nope" | "nan" | "fini" | "over"
        ) && s.word(at - 1) != "non"
    });
    done || ends
}

/// Whether one or two words that nobody knows stand at the end, behind all that is understood: they may change all of it.
fn stands_open(s: &Sentence) -> bool {
    let Some(behind) = s.tokens.iter().rposition(|token| token.taken).map(|at| at + 1) else { return false };
    let mut words = Vec::new();
    let mut here = behind;
    while let Some(token) = s.tokens.get(here) {
        if let Some(end) = any_at(&s.tokens, here, LONG_FILLERS).filter(|end| *end > here) {
            here = end;
            continue;
        }
        if token.kind != Kind::Sign {
            words.push(token);
        }
        here += 1;
    }
    let known = |token: &&Token| {
        let text = token.text.as_str();
        token.kind != Kind::Word
            || POLITE.split('|').any(|word| word.trim() == text)
            || FILLERS.contains(&text)
            || GREETINGS.contains(&text)
            || GIVEAWAY.split('|').any(|word| word == text)
    };
    while words.last().is_some_and(known) {
        words.pop();
    }
    // A longer tail gives a reason, an occasion, a wish.
    (1..=2).contains(&words.len()) && !words.iter().all(known)
}

#[cfg(test)]
mod tests {
    use super::super::found::Found;
    use super::*;

    fn turned(text: &str) -> (bool, bool, bool, bool) {
        let mut s = Sentence::new(text, &Catalogue::default());
        let zone = jiff::tz::TimeZone::UTC;
        let clock = super::super::when::Clock::new("2026-11-25T10:00:00Z".parse().unwrap(), &zone);
        let found: Found = super::super::found::read(&mut s, &Catalogue::default(), &clock);
        (found.unknown, found.limit, found.unclear, found.later)
    }

    #[test]
    fn what_turns_an_order_round_is_found_and_what_sounds_like_it_is_not() {
        for (text, expected) in [
            ("promo 20 % sur tout moins Pro 48h", (true, true, false, false)),
            ("promo 20 % moins cher sur Pro 48h", (false, false, false, false)),
            ("20 % de frais sur Pro 48h", (false, false, true, false)),
            ("promo 20 % hors Pro 48h", (true, true, false, false)),
            ("promo 20 % sur Pro 48h annulée", (false, false, true, false)),
            ("promo 20 % sur Pro 48h merci d'avance", (false, false, false, false)),
            ("promo 20 % sur Pro plus tard", (false, false, false, true)),
            ("promo 20 % sur Pro 48h, lundi au plus tard", (false, false, false, true)),
            ("20% off the first month of Pro for 48h", (false, true, false, false)),
        ] {
            assert_eq!(turned(text), expected, "{text}");
        }
    }
}
