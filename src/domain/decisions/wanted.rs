//! What one order wants, and what is an order without a verb.

use super::judge::Work;
use super::kinds::Intent;
use super::orders::{Deed, Order};
use super::phrase::{any_at, first};
use super::settings::{self, Asked};
use super::token::Token;
use super::words::{self, GIVEAWAY, PROMO_NOUN};

/// Orders without a verb begin so, articles aside.
const NOUN_ORDERS: &[&str] = &[
    "une|un|a|an|nouvelle|nouveau|new|petite|petit|grosse|quick|flash|big|small|-? another|autre|nouvelle|new|flash|petite|quick|grosse? promo|promotion|reduction|reduc|remise|rabais|discount|ristourne|sale|code|coupon|giveaway|concours|tirage|raffle|tombola|offre|solde|soldes|reduc",
    "vente|ventes|flash flash|sale",
];

/// Verbs that make a statement of what would be an order without one.
const STATES: &[&str] = &[
    "est|sont|etait|etaient|a|ont|avait|marche|marchent|fonctionne|is|are|was|were|has|had|have|works|worked|did|does|cartonne|commence|rapporte|plait|start|started|ended|arrive|approche|va|vont|semble|looks|seems|feels|fait|aide|helped|helps|will|went|going|sera|serait|sucks|rocks|brought|boosted|attire|revient|would|ran",
];

/// Wishes that are orders.
const WISHES: &[&str] = &[
    "je|j|on|nous veux|voudrais|voudrait|souhaite|souhaiterais|aimerais|aimerait|veut|voulons|voudrions",
    "i|we want|need|d|would|wanna like|love?",
    "il? faut|faudrait|faudra",
    "il? me|nous faut|faudrait",
    "besoin d|de",
    "i m after",
    "give|get us|me",
    "how about|bout",
    "time for",
    "go for",
    "envie de|d",
];

impl Work<'_> {
    /// Whether it orders something without a verb, and whether that is in doubt.
    pub(super) fn wish(&self) -> Option<(Intent, bool)> {
        if self.orders.iter().any(|order| order.deed != Deed::Show) {
            return None;
        }
        let ends = self.found.lengths.len() + self.found.ends.len() > 0;
        let promo = self.s.has(&[words::PROMO])
            || !self.found.percents.is_empty()
            || (!self.found.bare.is_empty() && !self.found.targets.is_empty() && ends)
            || (self.s.has(&["# €|euro|euros|$|dollars|£|pounds sur|on", "€|$|£ # sur|on"])
                && !self.found.targets.is_empty());
        let intent = match (self.s.has(&[GIVEAWAY, "jeu concours"]), promo) {
            (true, _) => Intent::GiveawayCreate,
            (false, true) => Intent::PromoCreate,
            (false, false) => return None,
        };
        if self.s.has(&["oublie|oublies|oubliez pas la|le|l|une|un", "forget the|a"]) {
            return Some((intent, true));
        }
        let wished = first(&self.s.tokens, WISHES).is_some_and(|(from, to)| {
            let near = (to..to + 6).any(|i| any_at(&self.s.tokens, i, &[words::PROMO, GIVEAWAY, "%"]).is_some());
            near && !self.s.has(&["savoir|voir|know|see|comprendre|understand"])
                && !matches!(self.s.word(from.saturating_sub(1)), "qui" | "who" | "si" | "if")
        });
        if wished {
            return Some((intent, false));
        }
        let start = self
            .s
            .tokens
            .iter()
            .skip(self.found.title)
            .take_while(|token| {
                token.is_sign("-+,.!:*•")
                    || words::GREETINGS.contains(&token.text.as_str())
                    || (words::FILLERS.contains(&token.text.as_str()) && !token.taken)
                    || (token.taken && self.found.milestone.is_some())
            })
            .count()
            + self.found.title;
        let noun = any_at(&self.s.tokens, start, NOUN_ORDERS).is_some();
        let value = any_at(
            &self.s.tokens,
            start,
            &[
                "# %|pourcent|percent|€|euros|euro|$|£|dollars|dollar|pounds",
                "# pour|per cent",
                "% #",
                "half price|off",
                "moitie prix",
                "demi tarif",
                "€|$|£ #",
                "# sur|on|off",
            ],
        )
        .is_some();
        // "à" is no verb, and neither is what belongs to an end.
        let states = super::phrase::all(&self.s.tokens, STATES)
            .into_iter()
            .any(|(at, _)| self.s.tokens.get(at).is_some_and(|token| !token.taken && token.accented != "à"));
        if !(noun || value) || states || self.s.has(&["list|liste|listes"]) {
            return None;
        }
        // "promo ?" asks; a value or an end makes an order of it.
        let says = self.found.percents.len() + self.found.amounts.len() + self.found.bare.len() > 0
            || self.found.prize.is_some();
        (!self.s.asks() || says).then_some((intent, self.s.asks()))
    }

    /// What one order wants; `None` for one that wants nothing we know.
    pub(super) fn intent_of(&self, order: Order, end: usize) -> Option<Intent> {
        let part = self.s.tokens.get(order.span.0..end).unwrap_or_default();
        let has = |patterns: &[&str]| first(part, patterns).is_some();
        let verb = self.s.word(order.span.0);
        let giveaway = has(&[GIVEAWAY]);
        let promo = has(&[PROMO_NOUN, "sale|offre|offer|deal|soldes", "off"]);
        let value = has(&[
            "# %|pct|pourcent|percent|€|euro|euros|$|dollars",
            "# pour|per cent",
            "% #",
            "$|€ #",
            "half price|off",
            "moitie prix",
        ]);
        // "turn it all off" turns no price down.
        let turns = matches!(verb, "turn" | "shut" | "switch");
        let target = !self.found.targets.is_empty() || self.found.unknown;
        let all = has(&[
            "tout",
            "everything|all",
            "toutes les|nos? actions|operations|activites",
            "maxis|shellia|bot|automation|automatisations|automations|operations|machine|machines|service|services|systeme|system",
        ]);
        // "tu peux tout arrêter": what is ended stands before the infinitive.
        let all =
            all || order.deed == Deed::Stop && order.span.0.checked_sub(1).is_some_and(|i| self.s.word(i) == "tout");
        let bare = part.iter().skip(order.span.1 - order.span.0).all(|token| {
            token.is_sign("!.,;?\n ")
                || words::FILLERS.contains(&token.text.as_str())
                || matches!(
                    token.text.as_str(),
                    "toi" | "de" | "suite" | "immediately" | "work" | "l" | "la" | "activite" | "urgence"
                )
        });
        // "stop! prices are wrong": a cry, whatever is said behind.
        let cries = self.s.tokens.get(order.span.1).is_some_and(|token| token.is_sign("!.;:\n"))
            && self.found.targets.is_empty()
            && self.found.refs.is_empty()
            && self.orders.len() == 1
            && !giveaway
            && !promo;
        let bare = bare || cries;
        match order.deed {
            Deed::Win => Some(Intent::GiveawayCreate),
            Deed::Reroll => Some(Intent::GiveawayReroll),
            Deed::Approve => Some(Intent::Approve),
            Deed::Reject => Some(Intent::Reject),
            Deed::Show | Deed::Other => None,
            Deed::Make if giveaway => Some(Intent::GiveawayCreate),
            Deed::Make if promo && !has(&["list|liste"]) => Some(Intent::PromoCreate),
            Deed::Make
                if (value || self.found.free)
                    && (target
                        || self.prior.draft.is_some()
                        || !has(&[
                            "attente|temps|delai|wait|time|response|salaire|taille|size|volume|budget|prime",
                        ])) =>
            {
                self.is_about_a_price(part).then_some(Intent::PromoCreate)
            }
            Deed::Make => settings::read(self.s, self.orders)
                .filter(|asked| matches!(asked, Asked::Set(..)))
                .map(|_| Intent::ConfigSet),
            // "stop everything now, the promo is wrong": all of it, whatever is said behind.
            Deed::Stop if self.is_all(order) => Some(Intent::StopAll),
            Deed::Stop if giveaway => Some(Intent::GiveawayEnd),
            Deed::Stop
                if value
                    && !promo
                    && matches!(
                        verb,
                        "coupe"
                            | "cut"
                            | "drop"
                            | "enleve"
                            | "enleves"
                            | "enlevez"
                            | "retire"
                            | "retires"
                            | "retirez"
                            | "couper"
                            | "enlever"
                            | "retirer"
                            | "supprime"
                            | "supprimes"
                            | "supprimez"
                            | "supprimer"
                            | "remove"
                            | "delete"
                    ) =>
            {
                self.is_about_a_price(part).then_some(Intent::PromoCreate)
            }
            Deed::Stop
                if !promo
                    && has(&["plan|proposition|proposal|demande|request"])
                    && (self.found.targets.is_empty() || !self.found.refs.is_empty()) =>
            {
                Some(Intent::Reject)
            }
            Deed::Stop if turns && all && !has(&[PROMO_NOUN, "sale|offre|offer|deal|soldes"]) => Some(Intent::StopAll),
            Deed::Stop
                if promo
                    || self.found.code.is_some()
                    || self.found.nameless_code
                    || has(&["celle|celui|celles|the+one|the+ones"]) =>
            {
                Some(Intent::PromoStop)
            }
            Deed::Stop
                if has(&["la|le|l|it|les|them|celle+ci"])
                    && part.len() <= order.span.1 - order.span.0 + 2
                    && self.s.has(&[PROMO_NOUN]) =>
            {
                Some(Intent::PromoStop)
            }
            Deed::Stop if all => Some(Intent::StopAll),
            Deed::Stop if bare => matches!(
                verb,
                "stop"
                    | "arrete"
                    | "arretez"
                    | "halt"
                    | "pause"
                    | "freeze"
                    | "stoppe"
                    | "stoppez"
                    | "arreter"
                    | "stopper"
                    | "stp0p"
                    | "st0p"
                    | "stopp"
                    | "cesse"
                    | "cessez"
                    | "halte"
                    | "eteins"
                    | "eteignez"
                    | "mets"
            )
            .then_some(Intent::StopAll),
            Deed::Stop => (target && self.found.refs.is_empty()).then_some(Intent::PromoStop),
            Deed::Resume => self.resumed(order, part, all || bare),
        }
    }

    /// Whether what is ended is everything, said so in a part of its own.
    fn is_all(&self, order: Order) -> bool {
        let Some(end) = any_at(&self.s.tokens, order.span.1, &["it? tout|everything|all"]) else { return false };
        let mut behind = self.s.tokens.iter().skip(end).skip_while(|token| {
            words::FILLERS.contains(&token.text.as_str())
                || matches!(token.text.as_str(), "immediately" | "at" | "once")
        });
        behind.next().is_none_or(|token| token.is_sign(",.!;\n"))
    }

    /// Whether what is reduced is a price, and not a wait.
    fn is_about_a_price(&self, part: &[Token]) -> bool {
        let other = first(part, &["attente|delai|delais|wait|waiting|response|salaire|taille|volume|commission|commissions|frais|fees|charge|bruit|temps|time|slowmode|seuil|threshold|conversion|churn|cooldown"]).is_some();
        !other || !self.found.targets.is_empty() && first(part, &[words::PROMO]).is_some()
    }

    /// "reprends", "resume everything"; "résume la semaine" asks for the recap, "relance la promo" for another promotion.
    fn resumed(&self, order: Order, part: &[Token], alone: bool) -> Option<Intent> {
        let verb = self.s.tokens.get(order.span.0)?;
        let summary = verb.accented.starts_with("rés") || (verb.text == "resume" && first(part, &["la|le|les|moi|nous|ce|cette|l semaine|mois|journee|ventes|activite|chiffres|situation|tout|annee|semaine"]).is_some());
        if summary && verb.text.starts_with("resum") {
            return None;
        }
        if first(part, &[GIVEAWAY]).is_some() {
            // "resume the giveaway" is no other draw, and neither is a giveaway made to go on.
            return None;
        }
        if first(part, &[PROMO_NOUN]).is_some() || !self.found.targets.is_empty() && !alone {
            return Some(Intent::PromoCreate);
        }
        let known = matches!(
            verb.text.as_str(),
            "reprends"
                | "reprenez"
                | "reprend"
                | "resume"
                | "restart"
                | "unpause"
                | "redemarre"
                | "redemarrez"
                | "reprendre"
                | "redemarrer"
                | "relance"
                | "relancer"
                | "remets"
                | "unfreeze"
                | "debloque"
                | "reactive"
                | "reactiver"
                | "reactivez"
                | "turn"
                | "switch"
                | "start"
                | "carry"
                | "go"
                | "continue"
                | "continuer"
                | "continuez"
                | "re"
                | "reenable"
                | "back"
                | "retourne"
        );
        (known && (alone || first(part, &["les|le|the|l|la|tes|ton|your|on activites|activite|actions|operations|work|boutique|shop|travail|normal|normale|service|marche|route", "en|back marche|route|on|online|up"]).is_some())).then_some(Intent::Resume)
    }
}
