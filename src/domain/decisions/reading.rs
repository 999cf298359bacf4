//! What a sentence asks to be told.

use super::found::Found;
use super::kinds::Intent;
use super::orders::{self, Deed, Order};
use super::phrase::any_at;
use super::sentence::Sentence;
use super::words::{GIVEAWAY, PROMO_NOUN};

/// Words with which questions begin.
const QUESTIONS: &[&str] = &[
    "combien|quel|quelle|quels|quelles|qui|quoi|ou|quand|pourquoi|comment|est|y|what|which|who|whom|when|where|why|how|is|are|was|were|did|does|do|has|have|any|can|qu|whats",
    "est ce qu|que",
    "y a t il",
    "are there",
    "c est quoi",
    "avons nous",
    "a t on",
    "ya",
];

/// What asks for help.
const HELP: &[&str] = &[
    "aide|help|commandes|commands",
    "aide|help moi|me",
    "que|quoi peux|sais|pouvez tu|vous",
    "what can|do|are you do|help|commands|understand?",
    "qu est ce que tu peux|sais",
    "tu sais|peux faire quoi",
    "comment fonctionnes|marche|marches|fonctionne tu|ca|shellia?",
    "how do you work",
    "how does this|it|shellia work",
    "what are your commands|options",
    "mode d emploi",
    "que sais tu faire",
    "how do|can|to|should|would i|we|one|you?",
    "comment on? lancer|creer|faire|arreter|couper|approuver|rejeter|changer|stopper|programmer|organiser|configurer|mettre|annuler|reprendre|terminer|utiliser|on|je|puis|fait|lance|arrete|cree|dois",
    "a quoi tu sers|servez",
    "explique|explain comment|how|moi",
    "what does .. do",
    "a quoi sert",
    "besoin d aide",
    "need help",
    "sert a quoi",
];

/// What asks whether Maxis is well.
const STATUS: &[&str] = &[
    "status|statut|uptime|health",
    "etat|sante de|du|d maxis|bot|serveur|systeme|service|l|boutique|la",
    "ca|tout|maxis|bot|it|everything|systeme tourne|marche|fonctionne|roule",
    "maxis est|is|va|repond|responding|answering|up|online|alive|down|ok|en|a|tombe|plante|reachable|joignable|fonctionne|tourne|marche",
    "is|est maxis|the|everything|all|it|le|ce|tout .. up|online|alive|ok|okay|running|down|well|working|responding|healthy|en|good",
    "comment va|se maxis|le|porte",
    "how|hows is|s? maxis|the bot?",
    "tout va bien|est",
    "en ligne|panne|vie",
    "all systems",
    "is everything ok|alright|fine|running",
    "bot tourne|marche|repond|fonctionne",
    "are you there|up|alive|online|working",
    "tu es|t es la|vivant|en ligne|vie?",
    "ping|etat",
    "depuis combien de temps .. tourne|ligne",
    "t es la",
];

/// What asks whether everything is stopped.
const STOPPED: &[&str] = &[
    "tout|everything|all|tu|t|vous|you|maxis|shellia|bot|ca|it _? es|est|etes|are|is|s|re|still|toujours? _? arrete|arretee|arretes|stoppe|stoppee|stopped|halted|paused|suspendu|suspendue|frozen|bloque|bloquee",
    "es|est|etes|are|is tu|vous|ce|you|everything|all|maxis|shellia|it|the .. arrete|arretee|arretes|stoppe|stopped|halted|paused|suspendu|frozen",
    "en|on pause",
];

/// What asks which plans wait.
const PENDING: &[&str] = &[
    "en|d attente",
    "pending",
    "awaiting|waiting .. approval|approve|approved",
    "a|to approuver|valider|approve|validate|confirm",
    "plans|approvals|approbations|propositions|demandes en|to|a|waiting|pending|open",
    "waiting for approval|me|my|us",
    "attendent|attend .. approbation|validation|approuve|approuver|approbations",
    "reste .. a valider|approuver",
];

/// What asks for the audit.
const AUDIT: &[&str] = &[
    "audit|audits",
    "journal d audit|actions|activite",
    "le|du journal",
    "audit|activity|action log|trail|logs",
    "qui|who a|as|l? .. approuve|approved|rejete|rejected|lance|launched|cree|created|fait|did|arrete|stopped|change|changed|valide|modifie|coupe|ended|started|refuse|touche|ordered quoi|what?",
    "historique des|of|d actions|changements|changes|operations",
    "history of|log",
    "the|show logs|log",
    "dernieres actions",
    "last|recent|latest actions|changes",
    "qui a fait",
    "trace des",
    "action|actions log|history|recentes|recent",
];

/// What asks for the recap.
const REPORT: &[&str] = &[
    "rapport|rapports|report|reports|recap|recapitulatif|bilan|debrief",
    "compte rendu",
    "weekly|monthly|daily summary",
    "summary|synthese|point",
    "resume|resumes|resumez|resumer la|le|moi|nous|les|ce|cette",
    "summarize|summarise",
    "how was|did the|our|this|last week|month|day|weekend|shop|yesterday|we|go?",
    "comment s est passe|passee",
    "qu est ce qui s est passe",
    "what happened",
    "fais|faire le|un point",
];

/// What asks which promotions there are.
const PROMO_LIST: &[&str] = &[
    "en cours|marche",
    "actives|active|actif|actifs|running|live|ongoing|current|actuelles|actuelle|on|programmees|scheduled|prevue|prevues|planned|right",
    "list|liste|listes|listez|lister",
    "quelle|quelles|quel|which|what|any|y|are|is|est|quand|when|montre|show|affiche|combien|how|did|have|has|do|a|voir|c|on|ou|t|tu",
];

/// What asks for figures at large.
const FIGURES: &[&str] = &[
    "analytics|analytic|stats|stat|statistiques|statistique|statistics|figures|metrics|metriques|kpi|kpis|chiffres|dashboard|performances|performance|numbers",
    "comment vont|marchent|va|marche|se|tournent|tourne les|la|le|portent affaires|boutique|ventes|business|shop|chiffres",
    "how s|is|are business|sales|things|the|our|we shop|store|numbers|doing?",
    "how is|are business|sales",
    "ca vend",
];

/// What a sentence asks; `None` where it asks nothing that can be told.
pub(super) fn intent(s: &Sentence, found: &Found, orders: &[Order]) -> Option<Intent> {
    let shows = orders.iter().any(|order| order.deed == Deed::Show);
    let begins = any_at(&s.tokens, first_word(s), QUESTIONS).is_some();
    let asks = s.asks() || begins || shows;
    let promo =
        s.has(&[PROMO_NOUN, "promotion~", "offres|deals|sales|soldes"]) || s.has(&["sale|offre|offer|deal"]) && asks;
    let giveaway = s.has(&[GIVEAWAY]);
    let few = s.tokens.iter().filter(|token| token.span.1 > token.span.0 && !token.is_sign(".!?,:;\n")).count();
    let lists = s.has(&["list|liste|listes|lister"]);
    if s.has(HELP)
        && (asks || few <= 4)
        && (found.metric.is_none() || begins)
        && !is_figure_question(s, found)
        && !s.has(&["how many|much|did|is|are|was"])
    {
        return Some(Intent::Help);
    }
    if s.has(PENDING)
        && (asks || few <= 6)
        && found.metric != Some(super::slots::Metric::Tickets)
        && !orders.iter().any(|order| matches!(order.deed, Deed::Approve | Deed::Reject))
    {
        return Some(Intent::Pending);
    }
    if s.has(AUDIT) && (asks || few <= 5) {
        return Some(Intent::Audit);
    }
    if s.has(REPORT)
        && !s.has(&["par rapport"])
        && (asks || few <= 7)
        && !giveaway
        && (!promo || shows)
        && (found.metric.is_none() || !s.asks() || shows || s.has(&["rapport|report|recap|bilan"]))
    {
        return Some(Intent::Report);
    }
    if promo && found.metric.is_none() && (lists || asks && s.has(PROMO_LIST) || few <= 1 && s.asks()) {
        return Some(Intent::PromoList);
    }
    if giveaway
        && !matches!(found.metric, Some(super::slots::Metric::Revenue | super::slots::Metric::Orders))
        && (lists || asks && (s.has(PROMO_LIST) || s.has(&["qui|who|winner|gagnant|combien|participants"])))
    {
        let counts = found.metric == Some(super::slots::Metric::Giveaways) && s.has(&["combien|how many|much"]);
        return Some(if counts { Intent::Analytics } else { Intent::GiveawayList });
    }
    if found.metric.is_some() && (asks || few <= 12 && orders.is_empty() && is_bare(s, found)) {
        // "promo~" among the words of another question.
        return Some(Intent::Analytics);
    }
    if promo && asks && orders::mentions(s, Deed::Stop) {
        return Some(Intent::PromoList);
    }
    let named = found.targets.iter().any(|target| *target != super::slots::Target::Everything);
    if asks && s.has(STOPPED) && !named && !giveaway && !promo {
        return Some(Intent::Status);
    }
    if s.has(STATUS) && (asks || few <= 4) {
        return Some(Intent::Status);
    }
    (s.has(FIGURES) && (asks || few <= 7)).then_some(Intent::Analytics)
}

fn is_figure_question(s: &Sentence, found: &Found) -> bool {
    found.metric.is_some() && s.has(&["combien|quel|quelle|which|what|how many|much"])
}

/// Whether a figure is named and little else: "CA d'hier", "ventes du mois".
fn is_bare(s: &Sentence, found: &Found) -> bool {
    let plain = found.period.is_some() || !found.lengths.is_empty() || found.compare.is_some() || s.tokens.len() <= 3;
    let verbs = s.has(&["est|sont|etait|etaient|ont|avait|is|are|was|were|has|had|baisse|baissent|monte|montent|explose|explosent|bonnes|bien|good|great|dropped|down|up|fell|pas|not|super|nickel|bof|faibles|low|need|needs|faut|marche|marchent"]);
    plain && !verbs
}

/// The place of the first word that matters.
fn first_word(s: &Sentence) -> usize {
    let mut at = 0;
    loop {
        let skip = s.tokens.get(at).is_some_and(|token| {
            token.is_sign(",.!:-/")
                || (super::words::GREETINGS.contains(&token.text.as_str())
                    || super::words::FILLERS.contains(&token.text.as_str()))
        });
        match any_at(&s.tokens, at, super::words::LONG_FILLERS) {
            Some(end) if end > at => at = end,
            _ if skip => at += 1,
            _ => return at,
        }
    }
}
