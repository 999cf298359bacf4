//! What no sentence brings about, whoever says it: caps, approval, audit, money, roles, prices, winners, others' data, moderation.

use super::found::Found;
use super::kinds::{Intent, Reason};
use super::orders;
use super::phrase::{all, any_at, first};
use super::sentence::Sentence;
use super::slots::Target;
use super::token::Kind;

/// What is refused wherever it stands in a sentence.
const ANYWHERE: &[(Reason, Intent, &[&str])] = &[
    (
        Reason::Rules,
        Intent::None,
        &[
            "ignore|ignores|ignorez|oublie|oublies|oubliez|forget|disregard|bypass|override|contourne .. instructions|instruction|regles|regle|rules|consignes|prompt|guidelines|restrictions|directives",
            "tu es|vous etes maintenant|desormais",
            "you are|re now",
            "act as|like",
            "agis|comporte comme|en tant",
            "pretend|fais comme|semblant you|si|d|de|to|that",
            "developer|developper|dev|debug|god|admin|root mode",
            "mode developpeur|dev|debug|admin|root|dieu",
            "jailbreak|jailbroken|sudo",
            "system|prompt prompt|systeme|system",
            "new|nouvelles instructions|consignes|rules|regles",
            "previous|precedentes|above instructions|instruction",
            "instructions precedentes",
            "admin override",
            "as an admin|administrator|owner",
            "override|overrides code|all|the|any",
            "maintenance mode",
            "mode maintenance",
            "system :|message|override",
        ],
    ),
    (
        Reason::ApprovalOff,
        Intent::ConfigSet,
        &[
            "sans|without|no|zero|aucune any|aucune|la|the|mon|my|notre? double|second|further|prior|need|for|demande? approbation|approbations|approval|approvals|validation|confirmation|confirmations|approver|approbateur|accord|review",
            "sans me|nous|le|la|rien|qu|que demander|valider|on|personne",
            "without asking|waiting|checking",
            "pas besoin d|de approbation|validation|confirmation|l",
            "no need for|to approval|confirmation|approve|ask|confirm",
            "skip|bypass|saute|sautez|contourne|evite|passe|disable|desactive|desactivez|outrepasse|remove|supprime|enleve|retire|override|coupe|suspends|ignore|deactivate|leve|shut off|down|outre? .. approbation|approbations|approval|approvals|validation|validations|approver|confirmation|confirmations|approbateur",
            "turn|switch off .. approval|approvals|validation|confirmation|confirmations",
            "auto approve|approuve|approval|valide",
            "autoapprove",
            "approbation|validation|approval automatique|automatic|automatiquement",
            "approuve|approuver|approve|valide|valider|accept|accepte automatiquement|automatically|tous|toutes|tout|all|every|everything|chaque|any",
            "approves|approved itself|automatically",
            "approuve toi",
            "self approve",
            "approve .. automatically",
            "approuve .. automatiquement",
            "pre approved",
            "deja approuve|approuvee|valide|validee",
            "already approved",
            "approve your own",
            "turn|switch approvals|approval .. off",
            "second|deuxieme approver|approbateur|approbation .. necessaire|needed|required",
            "mode automatique total|complet",
            "full auto|automatic|autopilot",
            "autonomie totale|complete|maximale",
            "full|total autonomy",
        ],
    ),
    (
        Reason::CapChange,
        Intent::PromoCreate,
        &[
            "sans|without|no|ignoring|malgre|despite|hors|beyond|au+dela|en+ignorant|ignore tenir|regard|du? compte|to? du|de|the|le? plafond|cap|caps|limit|limite|limites|plancher|floor|cooldown|max|maximum",
            "au|du dessus|dela du|de plafond|la|cap|limite|limit",
            "above|over|beyond|past the? cap|ceiling|limit",
        ],
    ),
    (
        Reason::AuditOff,
        Intent::ConfigSet,
        &[
            "desactive|desactivez|desactiver|disable|stop|coupe|couper|efface|effacez|effacer|delete|clear|wipe|purge|purger|supprime|supprimer|modifie|edit|alter|falsifie|vide|vider|erase|hide|cache|nettoie|remove|pause|rewrite|truncate|shut off|down? l|le|les|the|du|des|d|all|this|ce|cette|of|from|tout? entry|entree|lignes|line|journal? of|de|from|in|d|du|dans? l|the? audit|audits|journal|log|logs|historique|history|traces|trace|trail|journaux",
            "turn|switch off .. audit|log|logs|logging|trail",
            "turn|switch the? audit|log|logs|logging log|trail? off",
            "sans|without|no|hors l|the|le|laisser|leaving|de|a? audit|trace|traces|log|logs|journal|trail|logging",
            "don't|ne|not log|journalise|trace pas? this|ca|it|cela?",
        ],
    ),
];

/// What is refused where an order stands.
const ORDERED: &[(Reason, Intent, &[&str])] = &[
    (
        Reason::Refund,
        Intent::None,
        &[
            "rembourse|rembourses|remboursez|rembourser|refund|reimburse|recredite|recreditez|recrediter|refunds",
            "issue|make|process|fais|faites|faire|do|give|donne|effectue|send|accorde|lance|envoie|initie|trigger|approve|procede|approuve|valide .. refund|refunds|remboursement|remboursements|chargeback",
            "rends|rendez|rendre|redonne|give|send|return|reverse .. argent|money|sous|back|payment|paiement",
            "credite|credit|recharge .. @|compte|account|carte|card",
            "annule|cancel|void .. paiement|payment|charge|commande|order|facture|invoice",
        ],
    ),
    (
        Reason::Payout,
        Intent::None,
        &[
            "verse|versez|verser|transfere|transferez|transferer|transfer|withdraw|paie|paye|payez|payer|pay|payout|wire|virez|remunere",
            "vire|virer|envoie|envoyer|send|move|deplace #|€|$ ..",
            "fais|faites|make|do|effectue|lance|declenche|trigger|initiate|request|demande .. virement|payout|paiement|transfer|withdrawal|retrait|versement",
            "retire|retirer|take|prends|sors|cash .. # € ..",
            "retire|retirer|withdraw|empty|vide .. solde|balance|argent|fonds|funds|money|compte",
            "cash out",
            "change|set|mets|remplace|update .. iban|rib|bank|banque|bancaire",
        ],
    ),
    (
        Reason::RoleGrant,
        Intent::None,
        &[
            "donne|donnez|donner|give|grant|assign|attribue|attribuer|ajoute|ajouter|add|mets|mettre|set|accorde|offre|retire|remove|enleve|take|revoke .. role|roles|grade|rang|rank|permission|permissions|droits|rights|perms|privileges|admin|administrateur|moderator|modo|mod|staff",
            "make|nomme|nommez|promote|promeus|promouvoir|passe|mets|rends|appoint|elevate|upgrade .. admin|administrateur|administrator|modo|moderateur|moderator|mod|owner|staff|operateur|operator|vip|proprietaire",
            "grant|promote|promeus @ ..",
            "add|ajoute .. to|au|aux|a|in|dans the|l|les? admins|staff|equipe|team|moderateurs|mods|operators|operateurs",
            "donne|give|offre|accorde|grant|mets|active|offer @ ..",
            "donne|give|offre|accorde|grant .. a|to @",
        ],
    ),
    (
        Reason::Moderation,
        Intent::None,
        &[
            "ban|banni|bannis|bannissez|bannir|kick|mute|unban|unmute|timeout|exclus|exclure|expulse|expulser|warn|avertis|deban|debannis|silence|purge|vire|deconnecte|blacklist|block|bloque|degage @ ..",
            "ban|banni|bannis|bannissez|bannir|kick|mute|unban|unmute|timeout|expulse|exclus|exclure|debannis|warn|avertis|deban|blacklist|purge|lockdown",
            "vire|virer|bloque|block|kick|sors|degage le|la|les|ce|cet|cette|the|this|that|@|un|l .. membre|member|user|utilisateur|spammeur|spammer|spammers|troll|trolls|gars|type|mec|guy|raiders|client|customer|joueur",
            "supprime|efface|delete|remove|supprimer|effacer|nettoie|clean|clear|epingle|pin|ferme|close|lock|verrouille .. message|messages|salon|salons|channel|channels|membre|membres|member|ticket|tickets|compte|account|chat|thread",
        ],
    ),
    (
        Reason::PriceChange,
        Intent::None,
        &[
            "augmente|augmentez|augmenter|monte|montez|monter|releve|relever|raise|increase|hike|up|double|doubler|triple|hausse|majore|bump|gonfle .. prix|tarif|tarifs|price|prices|pricing|cout|abonnement",
            "change|changez|changer|mets|mettre|passe|passer|set|fixe|fixer|modifie|modifier|update|put|make .. prix|tarif|tarifs|price|prices a|au|to|at|de|of|en|for|du|le|from|pour|des|les|pro|ultra|basic ..",
            "ajoute|ajoutez|ajouter|rajoute|add # %|€|$|£|euros|euro|dollars a|au|aux|to|on|sur .. prix|tarif|tarifs|price|prices",
            "ajoute|ajoutez|ajouter|rajoute|add €|$|£ # a|au|aux|to|on|sur .. prix|tarif|tarifs|price|prices",
            "rends|make .. plus cher|chere|expensive",
            "rencheris",
            "augmente|augmentez|augmenter|raise|increase|hike|majore pro|ultra|basic|les|le|la|all|the|tous|everything|tout .. de|d|by|# %|€|$ ..",
        ],
    ),
    (
        Reason::CapChange,
        Intent::ConfigSet,
        &[
            "augmente|augmentez|augmenter|monte|montez|monter|releve|relever|raise|increase|lift|leve|lever|hausse|double|bump|extend|etends|up|remove|supprime|supprimer|enleve|enlever|retire|retirer|disable|desactive|desactiver|bypass|contourne|contourner|override|depasse|depasser|exceed|outrepasse|ignore|drop|kill|abolish|delete|loosen|assouplis|vire|raccourcis|shorten|annule|reset|reinitialise|efface .. plafond|plafonds|cap|caps|ceiling|limite|limites|limit|limits|cooldown|plancher|floor|budget|maximum|max|quota|stop+loss",
            "mets|mettez|mettre|set|passe|passez|passer|change|changer|regle|regler|fixe|definis|modifie|update|put|make|configure|porte|baisse|baisser|reduis|lower|reduce|config|move .. plafond|plafonds|cap|caps|ceiling|cooldown|plancher|floor|budget|quota|limite|limites|limit|limits",
            "plafond|cap a|to|=|: #",
            "autorise|autoriser|allow|permets|enable|permit .. plus de|que|#|promos|jusqu|more|up|#|discounts|remises|over|above ..",
            "turn|switch off .. cap|caps|limit|limits|cooldown|limites|plafond",
            "passe outre",
        ],
    ),
    (
        Reason::ChosenWinner,
        Intent::None,
        &[
            "fais|faites|faire|laisse|let|make|have @|moi|me gagner|gagne|win",
            "fais|faites|faire gagner @",
            "fais|faites gagner a @",
            "choisis|choisir|choose|pick|designe|designer|set|mets|force|nomme|declare|selectionne|select @ .. gagnant|gagnante|winner|vainqueur",
            "truque|truquer|rig|fixe|fix|manipule .. tirage|giveaway|draw|concours|raffle|resultat|result",
            "make|fais|faites|be|assure|veille sure|en+sorte|certain|toi|a+ce .. gagne|wins|win|winner|gagnant",
            "veille a ce que ..",
            "let|have|make _ win|wins",
            "let|have|make _ the? winner|win",
            "@ .. doit|should|must gagner|win",
            "donne|give .. lot|prize|prix a|to @",
            "declare|designe|choisis|pick|nomme|choose _ comme|as|gagnant|vainqueur|winner|for the|a|gagnant|winner|vainqueur",
        ],
    ),
    (
        Reason::OthersData,
        Intent::None,
        &[
            "donne|donnez|give|show|montre|affiche|envoie|send|dis|tell|get|sors|liste|list|exporte|export|find|trouve|fetch|lis|read|print|reveal|revele|dump|cherche|look .. email|emails|mail|mails|e|adresse|adresses|address|addresses|telephone|phone|ip|mot|password|passwords|iban|carte|card|dms|dm|prives|private|personnelles|personal|token|tokens|cle|key|keys|secret|secrets|identite|messages",
            "exporte|export|dump|liste|list|donne|give|montre|show .. clients|customers|base|database|utilisateurs|users ..",
            "montre|montrez|show|affiche|liste|list|lis|read moi|me? @ ..",
            "montre|show|donne|give|liste|list|affiche|lis|read .. commandes|commande|achats|orders|order|purchases|tickets|ticket|factures|abonnement|historique de|d|of|from @|_",
        ],
    ),
];

/// Questions about somebody.
const ABOUT_PEOPLE: &[&str] = &[
    "combien .. @ .. depense|paye|achete|spent|spend",
    "combien|how|what|qu|que .. depense|spent|spend|bought|achete .. @",
    "what|which|how .. did|has|does @ .. buy|bought|spend|spent|pay|order|ordered",
    "combien @ a ..",
    "qu a achete @",
    "what|how did|has|much _ .. buy|spend|bought ..",
    "quel|quelle|what|whats est|is|s l|le|la|the? .. email|mail|adresse|address|telephone|phone|ip|iban|password|mot de? .. de|d|of|for @|_",
    "@ .. email|mail|address|adresse|orders|commandes|tickets|purchases|achats",
    "commandes|tickets|achats|orders|purchases|messages|dms|email|mail|adresse|factures de|d|of|from @",
    "what|quel|quelle|quels .. token|tokens|cle|key|secret|password",
    "combien a depense|paye _",
];

/// Where words begin and end.
type Places = Vec<(usize, usize)>;

/// What is refused of a sentence that isn't meant otherwise; `None` where nothing is.
pub(super) fn anywhere(s: &Sentence) -> Option<(Intent, Reason, Places)> {
    ANYWHERE.iter().find_map(|(reason, intent, patterns)| {
        let places: Places =
            all(&s.tokens, patterns).into_iter().filter(|(from, _)| s.is_free(*from, from + 1)).collect();
        (!places.is_empty()).then_some((*intent, *reason, places))
    })
}

/// What is refused of what a sentence orders.
pub(super) fn ordered(s: &Sentence, found: &Found) -> Option<(Intent, Reason)> {
    let stands = |at: usize| {
        let verb = s.tokens.get(at).is_some_and(|token| token.kind == Kind::Word && !token.is_done());
        let infinitive = ["er", "re", "ir"].iter().any(|end| s.word(at).ends_with(end));
        verb && orders::lead(s, at, infinitive || is_english(s, at)).is_some()
    };
    for (reason, intent, patterns) in ORDERED {
        let at =
            (0..s.tokens.len()).find(|at| any_at(&s.tokens, *at, patterns).is_some_and(|end| end > *at) && stands(*at));
        if let Some(at) = at
            && !is_other(s, found, *reason, at)
        {
            return Some((*intent, *reason));
        }
    }
    if let Some((at, end)) = first(&s.tokens, &["fais|faites|faire gagner"])
        && stands(at)
        && is_person(s, end)
    {
        return Some((Intent::None, Reason::ChosenWinner));
    }
    // "mets Pro à 15 €": a price, and not so much off.
    let price = (0..s.tokens.len()).find(|at| {
        any_at(&s.tokens, *at, &["mets|mettez|mettre|passe|passez|passer|set|put|make|change|fixe|vends|vendez|sell"])
            .is_some()
            && stands(*at)
    });
    let off = s.has(&[super::words::PROMO, "-", "moins", "remise", "reduction"]);
    let at_price = s.has(&["a|to|at|for|pour|de # €|euros|euro|eur|$|dollars|£", "a|to|at|for €|$|£ #"]);
    let plan = found
        .targets
        .iter()
        .any(|target| matches!(target, Target::Plan(_) | Target::AllPlans | Target::Everything | Target::Products));
    (price.is_some() && at_price && plan && !off && found.prize.is_none())
        .then_some((Intent::None, Reason::PriceChange))
}

/// What is won and written like a name of somebody.
const WON: &str = "nitro|discord|netflix|spotify|steam|amazon|xbox|playstation|nintendo|switch|minecraft|fortnite|roblox|robux|valorant|apple|google|paypal|disney|youtube|twitch|crunchyroll|deezer|canva|airpods|iphone|ipad|premium|vip|pro|ultra|basic|free|maxis|shellia|steamdeck";

/// Whether nothing but a name stands there: "fais gagner Marie". With an end behind it, it may well be a thing.
fn is_person(s: &Sentence, at: usize) -> bool {
    let named = s.tokens.get(at).is_some_and(|token| {
        token.kind == Kind::Word
            && token.capital
            && !token.text.chars().any(|c| c.is_ascii_digit())
            && !super::words::is_common(&token.text)
            && !WON.split('|').any(|thing| thing == token.text)
    });
    let loud = !s.shown(at, at + 1).chars().any(char::is_lowercase);
    let polite =
        |token: &super::token::Token| token.is_sign("!.") || super::words::FILLERS.contains(&token.text.as_str());
    let draw =
        any_at(&s.tokens, at + 1, &["au|le|a|ce|cette|the|this|dans? la|le|ce? concours|tirage|giveaway|tombola"]);
    named && !loud && (draw.is_some() || s.tokens.iter().skip(at + 1).all(polite))
}

/// Whether what looks like one of these is something else.
fn is_other(s: &Sentence, found: &Found, reason: Reason, at: usize) -> bool {
    let promo = || s.has(&[super::words::PROMO_NOUN]) || !found.percents.is_empty();
    match reason {
        Reason::Refund => s.word(at) == "refunds",
        // "applique 20 % aux plans", "baisse le prix de 20 %".
        Reason::PriceChange => s.has(&[
            "moitie prix",
            "half price",
            "demi tarif",
            "baisse|reduis|diminue|reduce|lower|cut prix|price|le|the ..",
        ]),
        Reason::RoleGrant => {
            promo() && !s.has(&["role|roles|admin|modo|grade|permissions|moderator"])
                || s.has(&[super::words::GIVEAWAY]) && !s.has(&["role|roles|admin|modo"])
        }
        // "supprime la promo … du salon" is none; "bloque tout" is the kill switch.
        Reason::Moderation => s.has(&["bloque|block|purge tout|everything|all"]) || s.word(at + 1) == "off",
        // "retire 5 € sur Ultra": money off a price, where no money is named.
        Reason::Payout => {
            let off = ["retire|retires|retirez|retirer|take # €|euro|euros|eur sur|off|de|du"];
            promo()
                || s.has(&off)
                    && !s.has(&["solde|balance|argent|fonds|funds|money|compte|account|caisse|stripe|banque|bank"])
        }
        Reason::CapChange => promo()
            && !s.has(&[
                "plafond|plafonds|cap|caps|ceiling|cooldown|plancher|floor|budget|quota|limite|limites|limit|limits",
            ])
            || s.has(&["rate|time limit", "limite|limites|limitee|limited a|to|au|aux"]),
        Reason::OthersData => false,
        _ => false,
    }
}

/// Whether a sentence asks for what belongs to somebody else.
pub(super) fn asks_about_people(s: &Sentence) -> bool {
    let named = |from: usize, to: usize| {
        let part = s.tokens.get(from..to).unwrap_or_default();
        let name = |token: &super::token::Token| {
            token.kind == Kind::Mention
                || (token.kind == Kind::Word
                    && token.capital
                    && !super::words::is_common(&token.text)
                    && !matches!(
                        token.text.as_str(),
                        "maxis" | "shellia" | "pro" | "ultra" | "basic" | "free" | "mrr" | "discord"
                    ))
        };
        let secret = part
            .iter()
            .any(|token| matches!(token.text.as_str(), "token" | "tokens" | "cle" | "key" | "secret" | "password"));
        part.iter().any(name) || s.tokens.get(to).is_some_and(name) || secret
    };
    all(&s.tokens, ABOUT_PEOPLE).into_iter().any(|(from, to)| named(from, to))
}

/// Words that stand behind "to" and "you" as well.
fn is_english(s: &Sentence, at: usize) -> bool {
    matches!(
        s.word(at),
        "refund"
            | "reimburse"
            | "transfer"
            | "withdraw"
            | "pay"
            | "give"
            | "grant"
            | "assign"
            | "add"
            | "set"
            | "make"
            | "promote"
            | "ban"
            | "kick"
            | "mute"
            | "warn"
            | "delete"
            | "remove"
            | "raise"
            | "increase"
            | "lift"
            | "bypass"
            | "override"
            | "exceed"
            | "pick"
            | "choose"
            | "let"
            | "have"
            | "show"
            | "send"
            | "tell"
            | "issue"
            | "process"
            | "do"
            | "wire"
            | "rig"
            | "fix"
            | "allow"
            | "export"
            | "list"
            | "change"
            | "put"
            | "hike"
            | "double"
            | "credit"
            | "cancel"
            | "purge"
            | "block"
            | "disable"
    )
}
