//! Which figure is asked for.

use super::found::Found;
use super::phrase::all;
use super::sentence::Sentence;
use super::slots::Metric;

/// The figures, by the words that name them; those that are made of others' words come first.
const METRICS: &[(Metric, &[&str])] = &[
    (
        Metric::BestPlan,
        &[
            "quel|quelle|which|what|quels plan|formule|plans|tier|abonnement .. mieux|plus|best|most|popular|populaire|sells|vend|marche|top",
            "best selling|seller|performing? plan|tier",
            "bestselling plan",
            "plan|formule le|la|qui se? plus|mieux|vend vendu|vendue|populaire|marche|mieux|le|se?",
            "top|meilleur|meilleure plan|plans|formule",
            "most popular|sold plan|tier",
            "meilleures? formules?",
        ],
    ),
    (
        Metric::BestProduct,
        &[
            "quel|quelle|which|what|quels produit|product|article|produits|products .. mieux|plus|best|most|popular|populaire|sells|vend|marche|top",
            "best selling|seller? product",
            "bestseller|bestsellers",
            "produit|article le|qui se? plus|mieux|vend vendu|populaire|mieux|le?",
            "top|meilleur|meilleure product|produit|article|products|produits",
            "most popular product",
            "qu est ce qui se vend le mieux",
            "what|qu|quoi sells|sold best|most",
        ],
    ),
    (
        Metric::Mrr,
        &[
            "mrr",
            "revenu|revenus|revenue mensuel|recurrent|recurrents|recurring recurrent|recurrents|revenue?",
            "monthly? recurring revenue?",
        ],
    ),
    (Metric::AverageOrder, &["panier|commande moyen|moyenne", "average order|basket|cart|sale|purchase value?", "aov"]),
    (
        Metric::NewMembers,
        &[
            "nouveaux|nouvelles|new membres|members|arrivants|inscrits|joiners|arrivals|users|utilisateurs",
            "membres|members|gens|people .. rejoint|joined|join|gagne|gagnes|gained|arrives",
            "arrivees|joins|newcomers",
            "who joined",
            "people joined",
        ],
    ),
    (Metric::Conversion, &["conversion|conversions", "taux de transformation", "convertit"]),
    (
        Metric::Refunds,
        &["remboursement|remboursements|refund|refunds|refunded", "rembourse|remboursee|remboursees|rembourses"],
    ),
    (
        Metric::Churn,
        &[
            "churn|attrition|resiliations|resiliation|desabonnements|desabonnement|unsubscribes|cancellations|cancelations|churned",
            "abonnes perdus",
            "lost subscribers",
            "subscribers did we lose|lost",
            "abonnes .. perdu|perdus",
        ],
    ),
    (Metric::Disputes, &["litige|litiges|dispute|disputes|chargeback|chargebacks|contestations|impayes"]),
    (
        Metric::Promotions,
        &[
            "effet|impact|resultat|resultats|bilan|performance|effect|result|results|performances de|of|des|du la|the|notre|our? derniere|last? promo~",
            "promo~ .. rapporte|rapportee|marche|fonctionne|perform|performed|performing|earn|worked|bring|brought|do|doing",
            "rapporte|rapportent .. promo~",
            "how did|is|are .. promo~ do|go|perform|doing|going|performing",
        ],
    ),
    (
        Metric::Giveaways,
        &["participants|participations|participant|entries|entrants", "giveaway~ .. perform|rapporte|marche"],
    ),
    (Metric::Trials, &["essai|essais|trial|trials"]),
    (
        Metric::Subscribers,
        &["abonne|abonnes|abonnees|subscribers|subscriber|abonnement|abonnements|subscriptions|abos|abo"],
    ),
    (
        Metric::Sla,
        &[
            "sla",
            "temps|delai|delais de reponse",
            "response|resolution time|times",
            "temps|delai de resolution",
            "ticket|tickets en retard",
            "ticket|tickets hors delai|delais",
            "late|overdue|breached ticket|tickets",
            "ticket|tickets are|is late|overdue|breached",
        ],
    ),
    (Metric::Tickets, &["ticket|tickets"]),
    (
        Metric::Revenue,
        &[
            "chiffre|chiffres d affaires|affaire",
            "revenue|revenues|revenu|revenus|recettes|recette|income|turnover|earnings|encaissements|takings|rentrees",
            "combien .. gagne|encaisse|encaissee|rapporte|fait|touche",
            "how much .. make|made|earn|earned|earning|making|take|cash",
            "combien|much d argent|money",
            "argent .. rentre|gagne|encaisse",
            "money .. came|come|made|make",
            "le|mon|du|notre|quel|son|de ca",
            "c . a .",
            "gagne combien",
            "fait combien",
        ],
    ),
    (
        Metric::Orders,
        &[
            "vente|ventes|sales|commandes|commande|orders|order|achats|purchases|achete|bought|acheteurs|buyers|sold|vendu|vendus|transactions|ventesq|sells|sell|vend",
        ],
    ),
    (Metric::Members, &["membre|membres|members|member|effectif"]),
];

/// Notes which figure is named. It takes nothing.
pub(super) fn metric(s: &Sentence, found: &mut Found) {
    let of = |(_, words): &&(Metric, &[&str])| !all(&s.tokens, words).is_empty();
    let loud = s.clean.text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "CA");
    found.metric = METRICS.iter().find(of).map(|(metric, _)| *metric).or_else(|| loud.then_some(Metric::Revenue));
}
