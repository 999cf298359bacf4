//! Where a sentence orders something: a verb of ours where an order stands.
//!
//! A verb counts only at the beginning of a part of the sentence, behind words that change nothing, or behind what makes a request of
//! it ("tu peux", "could you", "n'oublie pas de", "I'd like you to"). Anywhere else it belongs to somebody else's sentence:
//! "Marie lance une promo", "on a lancé", "the launch".

use super::phrase::{any_at, ends_at};
use super::sentence::Sentence;
use super::token::Kind;
use super::words::{FILLERS, LONG_FILLERS};

/// What an order does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// Makes, gives or sets something.
    Make,
    /// Lets people win something.
    Win,
    /// Ends something.
    Stop,
    /// Goes on with something.
    Resume,
    /// Approves.
    Approve,
    /// Rejects.
    Reject,
    /// Draws again.
    Reroll,
    /// Shows something.
    Show,
    /// Something that we can't.
    Other,
}

/// An order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Order {
    /// What it does.
    pub(super) deed: Deed,
    /// Where its verb begins and ends.
    pub(super) span: (usize, usize),
    /// Whether it is a question about what we might do ourselves: "can we launch …?", "on lance … ?".
    pub(super) doubtful: bool,
}

/// Verbs by what they do: imperatives and second persons, then infinitives. English words stand in the first and count as both.
const VERBS: &[(Deed, &[&str], &[&str])] = &[
    (
        Deed::Win,
        &[
            "fais|faites|fait|faisons gagner",
            "raffle off?",
            "give away",
            "fais|faites tirer au sort",
            "mets|mettez|met .. en jeu",
        ],
        &["faire gagner", "mettre .. en jeu"],
    ),
    (
        Deed::Reroll,
        &[
            "reroll",
            "re roll",
            "redraw",
            "retire|retirez au sort",
            "re tire|tirez",
            "relance|relancez|refais|refaites|recommence|redo le|the|un|l tirage|draw|drawing|raffle",
            "draw again",
            "pick|choose|draw|choisis|choisissez|tire|tirez another|new|autre winner|winners|gagnant|gagnants|vainqueur",
            "pick|choose|draw|choisis|choisissez|tire|tirez another|a|un|d new|different|autre|autres|nouveau|nouveaux winner|winners|gagnant|gagnants|vainqueur",
            "draw|pick new|other winners|winner",
            "re tirage",
            "nouveau tirage",
            "refais le tirage",
            "relance le tirage",
        ],
        &[
            "retirer au sort",
            "relancer|refaire|recommencer le|un tirage",
            "retirer un gagnant",
            "tirer|choisir un autre|nouveau gagnant",
        ],
    ),
    (
        Deed::Stop,
        &[
            "arrete|arretes|arretez|arretons|stop|stoppe|stoppez|coupe|coupes|coupez|coupons|termine|termines|terminez|end|finis|finissez|finish|cancel|annule|annules|annulez|desactive|desactives|desactivez|disable|deactivate|kill|retire|retires|retirez|enleve|enleves|enlevez|remove|supprime|supprimes|supprimez|delete|ferme|fermes|fermez|close|interromps|interrompez|suspends|suspend|suspendez|pause|halt|abort|cut|freeze|gele|gelez|bloque|bloquez|cloture|clotures|cloturez|clos|drop|pull|debranche|debranchez|stp0p|st0p|stopp|vire|halte|eteins|eteignez|cesse|cesses|cessez",
            "mets|mettez|met|metez fin|pause",
            "mets|mettez|met tout|la|le|les _? en|sur pause",
            "mets|mettez|met en pause",
            "turn|shut|switch off|down",
            "take down",
            "put .. on hold|pause",
            "would|do you mind stopping|ending|cancelling|canceling|closing|disabling",
            "turn|shut|switch everything|it|the|that|all .. off|down",
            "wind down",
            "call off",
        ],
        &[
            "arreter|stopper|couper|terminer|finir|annuler|desactiver|retirer|enlever|supprimer|fermer|interrompre|suspendre|cloturer|geler|bloquer|debrancher|clore|virer|eteindre|cesser",
            "mettre fin|pause",
            "mettre en pause",
            "mettre tout|la|le|les _? en|sur pause",
        ],
    ),
    (
        Deed::Resume,
        &[
            "reprends|reprenez|reprend|resume|relance|relances|relancez|redemarre|redemarrez|restart|unpause|reactive|reactivez|continue|continuez|remets|remettez|unfreeze|debloque|debloquez|reenable",
            "start again",
            "back to work",
            "remets|remettez|retourne|retournez toi|vous? au travail|boulot",
            "turn|switch .. back on",
            "carry|go on",
            "re active|enable|demarre|start",
            "start everything again",
            "remets .. en route|marche",
        ],
        &["reprendre|relancer|redemarrer|reactiver|remettre|continuer|debloquer"],
    ),
    (
        Deed::Approve,
        &[
            "approuve|approuves|approuvez|approve|valide|valides|validez|validate|accepte|acceptes|acceptez|accept|confirme|confirmes|confirmez|confirm|autorise|autorisez|authorize|authorise",
            "ok|okay|oui|yes|go|d+accord pour|for|au|to le|la|the? plan|#",
            "feu vert pour|au",
            "green light",
            "ok|oui|go|yes plan",
            "sign off on?",
            "donne|donnez ton? feu vert",
        ],
        &["approuver|valider|accepter|confirmer|autoriser"],
    ),
    (
        Deed::Reject,
        &[
            "rejette|rejettes|rejetez|reject|refuse|refuses|refusez|decline|deny|discard|dismiss|veto",
            "non|no au|to|pour|for le|the? plan|#",
            "say|dis no|non to|au plan|#?",
            "throw out",
        ],
        &["rejeter|refuser|decliner"],
    ),
    (
        Deed::Show,
        &[
            "montre|montres|montrez|affiche|affiches|affichez|show|list|liste|listes|listez|display|dis|dites|tell|send|print|vois|see|check|verifie|verifiez|regarde|compare|compares|comparez|sors|fetch|summarize|summarise|analyse|analyze|calcule|compte|count|rappelle|explique|explain|remind|lis|read",
            "donne|donnes|donnez|give|get moi|me|nous|us|le|la|les|l|the|des|my",
            "fais|faites|fait|make|do moi|me|nous|us? un|le|une|la|a|the rapport|point|bilan|recap|recapitulatif|resume|report|compte|summary|liste|list",
            "envoie|envoyez|prepare|preparez moi|nous? le|un|the|a rapport|bilan|report|recap",
        ],
        &[
            "montrer|afficher|voir|lister|verifier|comparer|regarder|consulter|connaitre|savoir|know|avoir|faire un point",
            "donner le|la|les|un",
        ],
    ),
    (
        Deed::Other,
        &[
            "prolonge|prolongez|extend|rallonge|rallongez|etends|annonce|annoncez|announce|previens|prevenez|notifie|notify|repousse|postpone|reporte|archive|renomme|rename|duplique|duplicate|copie|copy|teste|test|invite|installe|install|reponds|reply|answer",
        ],
        &["prolonger|rallonger|annoncer|prevenir|repousser|renommer|dupliquer|tester|inviter|installer|repondre"],
    ),
    (
        Deed::Make,
        &[
            "lance|lances|lancez|lancons|launch|start|demarre|demarres|demarrez|cree|crees|creez|create|active|actives|activez|activate|enable|ouvre|ouvres|ouvrez|open|run|organise|organises|organisez|organize|programme|programmez|schedule|prepare|prepares|preparez|balance|balances|balancez|fais|fait|faites|make|do|host|propose|proposez|add|ajoute|ajoutez|send|envoie|envoyez|put|set|mets|met|mettez|mettons|passe|passes|passez|take|knock|slash|baisse|baisses|baissez|diminue|diminuez|reduis|reduisez|reduce|lower|solde|rends|rendez|offre|offres|offrez|offer|give|donne|donnes|donnez|apply|applique|appliques|appliquez|accorde|accordez|change|changez|regle|reglez|configure|configurez|modifie|modifiez|definis|switch|update|augmente|raise|generate|genere|declenche|trigger|deploy|deploie|get|discount|planifie|lache|envoies|kick",
            "would|do you mind launching|starting|creating|running|making|giving|setting|offering|putting|doing",
            "set up",
            "kick off",
            "put together",
            "go live with",
        ],
        &[
            "lancer|demarrer|creer|activer|ouvrir|organiser|programmer|preparer|balancer|faire|proposer|ajouter|envoyer|mettre|passer|baisser|diminuer|reduire|solder|rendre|offrir|donner|appliquer|accorder|changer|regler|configurer|modifier|definir|augmenter|generer|declencher|planifier|deployer|monter",
        ],
    ),
];

/// What makes a request of the infinitive or the English verb behind it.
const REQUESTS: &[&str] = &[
    "tu|vous ne? peux|pouvez|pourrais|pourriez|peu|dois|devez|devrais bien? pas?",
    "ne? peux|peut|pouvez|pourrais|pourriez|pourrait|voudrais|veux|voudriez|voulez tu|vous pas? bien?",
    "tu|vous ne? veux|voudrais|voulez|voudriez pas? bien?",
    "je|j|nous|on veux|voudrais|voulons|voudrions|souhaite|souhaiterais|souhaitons|aimerais|aimerait|aimerions|dois|doit|devons|veut",
    "besoin de|d",
    "besoin que tu|vous",
    "il? faut|faudrait|faudra|fo",
    "merci de|d",
    "je|j te|t|vous demande|prie|ordonne de|d",
    "penses|pense|pensez a",
    "essaie|essaye|essayez|tache de|d",
    "n? oublie|oublies|oubliez .. pas de|d",
    "n? hesite|hesites|hesitez .. pas a",
    "ne? manque|manquez pas de",
    "veuillez",
    "va|vas|allez",
    "dis|dites|demande|demandez|ask|tell a|au? maxis|shellia|bot|le+bot|the+bot de|d|to",
    "moment|heure de|d",
    "que tu|vous",
    "charge|charges|chargez toi|vous? de",
    "can|could|would|will|can't|couldn't|won't|wouldn't|cant|couldnt you not? please?",
    "you can|could|should|must",
    "you need|have|ought to",
    "i|we want|need|have|got|wanna|like|love you? to",
    "i|we wanna|gotta",
    "want|need|like|love you to",
    "let s|us",
    "lets",
    "please",
    "go ahead and",
    "not|don't|dont|never you? forget to",
    "forget to",
    "not|don't|dont hesitate to",
    "sure to|you",
    "remember to",
    "free to",
    "time to",
    "try to|and",
    "mind",
];

/// What makes a question of ours of it.
const DOUBTS: &[&str] = &[
    "can|could|should|shall|may|might we|i",
    "we can|could|should",
    "peut|pourrait on",
    "puis je",
    "on peut|pourrait|va|devrait",
    "on pourrait",
    "nous pouvons|allons",
    "possible to|de|d",
];

/// Behind these, a first person plural is an order to us: "on lance".
const TOGETHER: &[&str] = &["on"];

/// Words behind which an order may begin, as at the beginning.
const JOINS: &[&str] = &["et", "and", "mais", "but", "ou", "or", "puis", "then", "&", "alors", "so", "sinon", "else"];

/// Signs that belong to numbers; behind any other an order may begin.
const OF_NUMBERS: &str = "%€$£#+/'";

/// The orders of a sentence, in their order.
pub(super) fn find(s: &Sentence) -> Vec<Order> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < s.tokens.len() {
        match order_at(s, at) {
            Some(order) => {
                at = order.span.1;
                found.push(order);
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a verb of ours stands somewhere, in an order or not.
pub(super) fn mentions(s: &Sentence, deed: Deed) -> bool {
    let of =
        |(its, direct, infinitive): &(Deed, &[&str], &[&str])| *its == deed && (s.has(direct) || s.has(infinitive));
    VERBS.iter().any(of)
}

fn order_at(s: &Sentence, at: usize) -> Option<Order> {
    let token = s.tokens.get(at).filter(|token| token.kind == Kind::Word && !token.taken)?;
    // "lancé", "arrêtée": what was done.
    if token.is_done() {
        return None;
    }
    let mut best: Option<(usize, Deed, bool)> = None;
    for (deed, direct, infinitive) in VERBS {
        for (words, is_infinitive) in [(direct, false), (infinitive, true)] {
            if let Some(end) = any_at(&s.tokens, at, words)
                && best.is_none_or(|(longest, ..)| end > longest)
            {
                best = Some((end, *deed, is_infinitive));
            }
        }
    }
    let (end, deed, infinitive) = best?;
    let doubtful = lead(s, at, infinitive)?;
    Some(Order { deed, span: (at, end), doubtful })
}

/// Whether an order stands where a verb does, and whether it is a doubtful one.
pub(super) fn lead(s: &Sentence, verb: usize, infinitive: bool) -> Option<bool> {
    let says = matches!(
        s.word(verb),
        "approuve"
            | "approve"
            | "valide"
            | "validate"
            | "accepte"
            | "accept"
            | "confirme"
            | "confirm"
            | "rejette"
            | "reject"
            | "refuse"
            | "decline"
    );
    let mut at = verb;
    loop {
        // Requests end in words that are fillers as well.
        if let Some(start) = ends_at(&s.tokens, at, DOUBTS) {
            return (!behind_another(s, start)).then_some(true);
        }
        if let Some(start) = ends_at(&s.tokens, at, REQUESTS) {
            return (!behind_another(s, start)).then_some(false);
        }
        let before = at.checked_sub(1).and_then(|i| s.tokens.get(i));
        let Some(before) = before else { return Some(false) };
        let word = before.text.as_str();
        if JOINS.contains(&word) || (before.kind == Kind::Sign && !OF_NUMBERS.contains(word)) {
            return Some(false);
        }
        // "j'approuve", "I reject": said and done.
        if says && matches!(word, "je" | "j" | "i") {
            let before = at.checked_sub(2).and_then(|i| s.tokens.get(i));
            let begins = |token: &super::token::Token| {
                token.kind == Kind::Sign
                    || JOINS.contains(&token.text.as_str())
                    || FILLERS.contains(&token.text.as_str())
            };
            return before.is_none_or(begins).then_some(false);
        }
        if !infinitive && TOGETHER.contains(&word) {
            return Some(s.asks());
        }
        if !infinitive && matches!(word, "tu" | "vous") {
            let before = at.checked_sub(2).map_or("", |i| s.word(i));
            return (!matches!(
                before,
                "que" | "qu" | "si" | "quand" | "comment" | "pourquoi" | "ce" | "what" | "quoi" | "combien" | "lorsque"
            ))
            .then_some(false);
        }
        if let Some(start) = ends_at(&s.tokens, at, LONG_FILLERS) {
            at = start;
            continue;
        }
        // "tu la lances", "tu peux la lancer", "de les couper".
        let pronoun = matches!(word, "la" | "le" | "les" | "l")
            && (infinitive || at < verb || at.checked_sub(2).is_some_and(|i| s.word(i) == "tu"));
        if FILLERS.contains(&word)
            || pronoun
            || matches!(word, "ne" | "n" | "pas" | "jamais" | "not" | "don't" | "dont" | "never" | "do" | "pa")
        {
            at -= 1;
            continue;
        }
        return None;
    }
}

/// Whether a request is somebody else's: "Marie veut que tu …", "he says you should …".
fn behind_another(s: &Sentence, start: usize) -> bool {
    let before = start.checked_sub(1).map_or("", |i| s.word(i));
    let is_que = s.word(start) == "que"
        && !matches!(before, "veux" | "voudrais" | "souhaite" | "aimerais" | "faut" | "faudrait" | "besoin" | "");
    let is_verb = matches!(
        before,
        "comment" | "how" | "pourquoi" | "why" | "quand" | "when" | "qui" | "who" | "said" | "says" | "if" | "si"
    );
    is_que || is_verb
}
