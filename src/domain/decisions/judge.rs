//! What a sentence wants: its orders, how they are meant, what it asks, or what it goes on from.

use super::catalogue::Catalogue;
use super::draft::{self, Draft};
use super::follow::{self, Followed, Prior};
use super::found::{self, Found};
use super::kinds::{Intent, Reason, Verdict};
use super::moods::{self, Mood};
use super::orders::{self, Deed, Order};
use super::phrase::{any_at, first};
use super::sentence::Sentence;
use super::settings::{self, Asked};
use super::slots::Target;
use super::when::Clock;
use super::words::{GIVEAWAY, PROMO_NOUN};
use super::{LONGEST, Understood, chosen, elsewhere, merge, protected, reading};

/// What is worked with.
pub(super) struct Work<'a> {
    pub(super) s: &'a Sentence,
    pub(super) found: &'a Found,
    pub(super) orders: &'a [Order],
    catalogue: &'a Catalogue,
    pub(super) prior: &'a Prior,
    clock: &'a Clock,
}

/// Judges a sentence; what may be gone on from comes along.
pub(super) fn judge(text: &str, prior: &Prior, catalogue: &Catalogue, clock: &Clock) -> (Understood, Prior) {
    if text.chars().count() > LONGEST {
        return (Understood::ignored(Reason::TooLong), Prior::default());
    }
    let mut s = Sentence::new(text, catalogue);
    let found = found::read(&mut s, catalogue, clock);
    let orders = orders::find(&s);
    let work = Work { s: &s, found: &found, orders: &orders, catalogue, prior, clock };
    let (understood, draft) = work.judge();
    // Small talk between a question and its answer doesn't end the matter.
    let (draft, verdict) = match (draft, understood.reason) {
        (None, Some(Reason::SmallTalk | Reason::NotAddressed | Reason::NotUnderstood))
            if understood.verdict == Verdict::Ignore =>
        {
            (prior.draft.clone(), prior.verdict)
        }
        (draft, _) => (draft, Some(understood.verdict)),
    };
    (understood, Prior { draft, verdict, plan: None })
}

impl Work<'_> {
    fn draft(&self, intent: Intent) -> Draft {
        let rules = (self.catalogue.currency(), self.catalogue.cap_percent());
        Draft { intent, found: self.found.clone(), setting: (None, None), rules, reason: None }
    }

    fn judged(&self, draft: Draft) -> Followed {
        (draft::judge(&draft), Some(draft))
    }

    fn judge(&self) -> Followed {
        if self.s.elsewhere {
            return (Understood::ignored(Reason::NotAddressed), None);
        }
        // "annule", to a plan that was just shown, rejects it.
        if let Some(plan) = self.prior.plan.filter(|_| follow::calls_off(self.s)) {
            let mut draft = self.draft(Intent::Reject);
            draft.found.refs = vec![plan];
            return self.judged(draft);
        }
        if elsewhere::calls_off_something(self.s, self.prior) {
            return self.judged(self.draft(Intent::Reject));
        }
        let wish = self.wish();
        let mood = moods::of(self.s, self.orders, wish.is_some());
        let writes = self.orders.iter().any(|order| order.deed != Deed::Show) || wish.is_some();
        let speaks = writes
            || self.s.has(&[PROMO_NOUN, GIVEAWAY])
            || !self.found.percents.is_empty()
            || !self.found.amounts.is_empty();
        match mood {
            Mood::TakenBack => return (Understood::ignored(Reason::TakenBack), None),
            Mood::Reported if speaks && self.question().is_none() => {
                return (Understood::ignored(Reason::Quoted), None);
            }
            Mood::Plain | Mood::Negated | Mood::Doubtful | Mood::Hypothetical | Mood::Reported | Mood::Condition => {}
        }
        if mood != Mood::Hypothetical
            && let Some((intent, reason, places)) = protected::anywhere(self.s)
            && self.is_meant(&places)
            && !(reason == Reason::ApprovalOff && self.stops_all())
        {
            return (self.refused(intent, reason), None);
        }
        match mood {
            Mood::Hypothetical => return self.supposed(),
            Mood::Negated => {
                return match self.question() {
                    Some(intent) if !writes => self.judged(self.draft(intent)),
                    _ => self.unless_followed(Understood::ignored(Reason::Negated)),
                };
            }
            Mood::Plain | Mood::Doubtful | Mood::Condition | Mood::Reported | Mood::TakenBack => {}
        }
        if self.prior.draft.is_some() && follow::is_no(self.s) {
            return (Understood::ignored(Reason::TakenBack), None);
        }
        if let Some(reason) = elsewhere::done(self.s, self.found, self.orders) {
            return (self.refused(Intent::None, reason), None);
        }
        if let Some((intent, reason)) = protected::ordered(self.s, self.found) {
            return (self.refused(intent, reason), None);
        }
        if protected::asks_about_people(self.s) {
            return (self.refused(Intent::None, Reason::OthersData), None);
        }
        let draws = self.orders.iter().any(|order| matches!(order.deed, Deed::Reroll | Deed::Win));
        if writes && chosen::winner(self.s, draws) {
            return (self.refused(Intent::None, Reason::ChosenWinner), None);
        }
        let follows = self.orders.is_empty()
            && self.prior.draft.as_ref().is_some_and(|draft| draft.intent == Intent::PromoCreate);
        if self.found.raises && (writes || follows) && self.question().is_none() {
            return (self.refused(Intent::None, Reason::PriceChange), None);
        }
        let reason = match mood {
            Mood::Doubtful => Some(Reason::Uncertain),
            Mood::Condition if self.found.milestone.is_none() => Some(Reason::Condition),
            _ => None,
        };
        self.written(reason).or_else(|| self.without_an_order(wish, reason)).unwrap_or_else(|| self.left())
    }

    /// Whether what is refused is meant, and not what must not be.
    fn is_meant(&self, places: &[(usize, usize)]) -> bool {
        let within = |at: usize| places.iter().any(|(from, to)| (*from..*to).contains(&at));
        let first_place = places.first().map_or(0, |(from, _)| *from);
        !moods::negations(self.s).into_iter().any(|at| !within(at) && at < first_place)
    }

    /// A promotion that is refused keeps what is said of it; of the rest nothing is kept.
    fn refused(&self, intent: Intent, reason: Reason) -> Understood {
        let refused = Understood::new(intent, Verdict::Refuse).because(reason);
        if intent != Intent::PromoCreate {
            return refused;
        }
        let judged = draft::judge(&self.draft(intent));
        Understood { slots: judged.slots, cap_percent: Some(self.catalogue.cap_percent()), ..refused }
    }

    /// What a question asks, or a setting is.
    fn question(&self) -> Option<Intent> {
        reading::intent(self.s, self.found, self.orders)
    }

    /// A supposition is answered, and changes nothing.
    fn supposed(&self) -> Followed {
        let stops = self.s.has(&[
            "arretait|arretais|coupait|coupais|stopped|stoppait|terminait|ended|annulait|cut|stop|end|couper|arreter",
        ]) && self.found.percents.is_empty()
            && self.found.amounts.is_empty();
        let intent = if self.s.has(&[GIVEAWAY]) {
            Some(Intent::GiveawayCreate)
        } else if self.s.has(&[PROMO_NOUN, "sale|deal"]) && stops {
            Some(Intent::PromoStop)
        } else if self.s.has(&[PROMO_NOUN, "sale|deal|offre"])
            || !self.found.percents.is_empty()
            || !self.found.amounts.is_empty()
        {
            Some(Intent::PromoCreate)
        } else {
            self.question()
        };
        match intent {
            Some(intent) => {
                let mut judged = draft::judge(&self.draft(intent));
                judged.slots.winners = judged.slots.winners.filter(|_| self.found.winners.is_some());
                let reason = (!intent.reads()).then_some(Reason::Hypothetical);
                let answer = Understood {
                    verdict: Verdict::Answer,
                    plan: None,
                    missing: Vec::new(),
                    cap_percent: None,
                    reason,
                    ..judged
                };
                (answer, None)
            }
            None => self.unless_followed(Understood::ignored(Reason::Hypothetical)),
        }
    }

    /// What it orders.
    fn written(&self, reason: Option<Reason>) -> Option<Followed> {
        if self.lets_go() {
            let doubtful = self.orders.iter().any(|order| order.doubtful).then_some(Reason::Uncertain);
            let reason = reason.or(doubtful).or(self.hidden());
            return Some(self.judged(Draft { reason, ..self.draft(Intent::Resume) }));
        }
        if follow::cries(self.s) {
            return Some(self.judged(Draft { reason, ..self.draft(Intent::StopAll) }));
        }
        if let Some(stands) = self.kills() {
            let reason = reason.or(stands.then_some(Reason::Uncertain));
            return Some(self.judged(Draft { reason, ..self.draft(Intent::StopAll) }));
        }
        let mut wanted: Vec<(Intent, usize, bool)> = Vec::new();
        for (i, order) in self.orders.iter().enumerate() {
            let end = self.orders.get(i + 1).map_or(self.s.tokens.len(), |next| next.span.0);
            if let Some(intent) = self.intent_of(*order, end) {
                wanted.push((intent, order.span.0, order.doubtful));
            }
        }
        let setting = settings::read(self.s, self.orders);
        if let (Some(Asked::Set(key, value)), true) =
            (&setting, wanted.iter().all(|(intent, ..)| *intent == Intent::ConfigSet))
        {
            return Some(self.judged(Draft {
                setting: (key.clone(), value.clone()),
                reason: reason.or(self.hidden()),
                ..self.draft(Intent::ConfigSet)
            }));
        }
        wanted.retain(|(intent, ..)| *intent != Intent::ConfigSet);
        let (intent, _, doubtful) = *wanted.first()?;
        if let Some((_, second, _)) = wanted.iter().find(|(other, ..)| *other != intent) {
            return Some(self.first_of_two(*second, intent));
        }
        // "stop all promotions and giveaways": never one of the two alone.
        if matches!(intent, Intent::PromoStop | Intent::GiveawayEnd)
            && self.s.has(&[PROMO_NOUN])
            && self.s.has(&[GIVEAWAY])
        {
            let reason = Some(Reason::TwoOrders);
            return Some(self.judged(Draft { reason, ..self.draft(Intent::PromoStop) }));
        }
        // "termine le concours 4 et relance-le": what goes on again isn't dropped.
        let again = self.orders.iter().any(|order| matches!(order.deed, Deed::Resume | Deed::Make));
        if matches!(intent, Intent::PromoStop | Intent::GiveawayEnd) && again {
            return Some(self.judged(Draft { reason: Some(Reason::TwoOrders), ..self.draft(intent) }));
        }
        // "stop everything except …": what is left out is asked; a promotion's targets have a rule of their own.
        let excepts = intent != Intent::PromoCreate
            && self.s.has(&[
                "except|sauf|hormis|excepte|excluding",
                "but|mais not|pas",
                "everything|all|tout|it but|apart",
                "a l exception",
            ]);
        // One verb and two things: "lance une promo … et un giveaway".
        let second: &[&str] = &[
            "et|and|plus|puis|& un|une|a|le|another? _? giveaway|concours|tirage|raffle|tombola|promo|promotion|remise|reduction|discount",
        ];
        if let Some((conj, _)) = first(&self.s.tokens, second).filter(|_| {
            matches!(intent, Intent::PromoCreate | Intent::GiveawayCreate)
                && self.s.has(&[PROMO_NOUN])
                && self.s.has(&[GIVEAWAY])
        }) {
            let promo_first = first(self.s.tokens.get(..conj).unwrap_or_default(), &[PROMO_NOUN]).is_some();
            return Some(
                self.first_of_two(conj, if promo_first { Intent::PromoCreate } else { Intent::GiveawayCreate }),
            );
        }
        // "enlève les 20 % sur Pro": a promotion's end, or one?
        let ended = self.orders.iter().any(|order| order.deed == Deed::Stop)
            && intent == Intent::PromoCreate
            && self.s.has(&["les|the|le|ces|ce|these|that|this|cette # %|€|pour|percent|euros"]);
        let doubtful = doubtful || ended;
        let reason = reason
            .or(doubtful.then_some(Reason::Uncertain))
            .or(excepts.then_some(Reason::Uncertain))
            .or(self.hidden().filter(|_| intent != Intent::StopAll));
        let mut draft = Draft { reason, ..self.draft(intent) };
        match intent {
            Intent::PromoCreate
                if self.prior.draft.as_ref().is_some_and(|prior| prior.intent == intent)
                    && !self.s.has(&[PROMO_NOUN]) =>
            {
                // "mets plutôt 15 %" changes what was said before.
                if let Some(merged) = self.prior.draft.as_ref().and_then(|prior| merge::over(self.s, self.found, prior))
                {
                    draft = Draft { reason, ..merged };
                }
            }
            Intent::PromoStop
                if self.s.has(&[
                    "toutes|tous|all|every|each|chaque les|the|of? the|nos? promo~|remises|reductions|discounts",
                ]) =>
            {
                draft.found.targets = vec![Target::Everything]
            }
            Intent::StopAll if self.is_for_later() => draft.reason = draft.reason.or(Some(Reason::LaterStart)),
            // "approve 12 at 6pm", "approve ticket 12": what else is said may change all of it.
            Intent::Approve | Intent::Reject if self.doubts_decision(&mut draft) => {}
            // "approve plan 12 and 13": two are approved one by one.
            Intent::Approve | Intent::Reject if !draft.found.refs.is_empty() && !draft.found.bare.is_empty() => {
                draft.reason = Some(Reason::TwoValues)
            }
            Intent::Approve | Intent::Reject if draft.found.refs.is_empty() => {
                // A number behind these is a plan's, and the plan that was just shown is meant.
                let number =
                    draft.found.bare.first().filter(|n| **n % 100 == 0).and_then(|n| u64::try_from(n / 100).ok());
                let plan = self.prior.plan;
                draft.found.refs.extend(number.or(plan));
                if intent == Intent::Approve && number.is_none() && plan.is_some() {
                    let judged = draft::judge(&draft);
                    return Some((
                        Understood { verdict: Verdict::Ask, missing: vec![super::Missing::Button], ..judged },
                        Some(draft),
                    ));
                }
            }
            _ => {}
        }
        Some(self.judged(draft))
    }

    /// Whether signs are in it that turn round what a person sees.
    fn hidden(&self) -> Option<Reason> {
        self.s.clean.turned.then_some(Reason::HiddenCharacters)
    }

    /// The first of two orders, with what is said of it; which one is asked.
    fn first_of_two(&self, second: usize, intent: Intent) -> Followed {
        let end = self.s.tokens.get(second).map_or(0, |token| token.span.0);
        let text = self.s.clean.text.get(..end).unwrap_or_default();
        let mut s = Sentence::new(text, self.catalogue);
        let found = found::read(&mut s, self.catalogue, self.clock);
        let draft = Draft { found, reason: Some(Reason::TwoOrders), ..self.draft(intent) };
        let judged = draft::judge(&draft);
        (
            if judged.verdict == Verdict::Ask || judged.verdict == Verdict::Refuse {
                judged
            } else {
                draft::doubted(judged, Reason::TwoOrders)
            },
            Some(draft),
        )
    }

    /// What it says without ordering it by a verb: an answer, a question, a promotion in a few words.
    fn without_an_order(&self, wish: Option<(Intent, bool)>, reason: Option<Reason>) -> Option<Followed> {
        let orders = self.orders.iter().any(|order| order.deed != Deed::Show);
        let own = self.s.has(&[PROMO_NOUN, GIVEAWAY]) || self.found.metric.is_some();
        if !orders
            && (!own || self.begins_as_more())
            && let Some(followed) = follow::follow(self.s, self.found, self.prior)
        {
            return Some(followed);
        }
        if let Some(Asked::Get(key)) = settings::read(self.s, self.orders) {
            return Some(self.judged(Draft { setting: (key, None), ..self.draft(Intent::ConfigGet) }));
        }
        if let Some((intent, doubtful)) = wish
            && !(self.s.asks() && self.question().is_some())
        {
            let reason = reason.or(doubtful.then_some(Reason::Uncertain)).or(self.hidden());
            return Some(self.judged(Draft { reason, ..self.draft(intent) }));
        }
        self.question().map(|intent| {
            let who = (intent == Intent::GiveawayList && elsewhere::asks_who(self.s)).then_some(Reason::Entrants);
            self.judged(Draft { reason: who, ..self.draft(intent) })
        })
    }

    fn begins_as_more(&self) -> bool {
        any_at(&self.s.tokens, 0, &["et|and", "what|how about"]).is_some()
    }

    /// What goes on from before, else this.
    fn unless_followed(&self, understood: Understood) -> Followed {
        let follows = self.orders.is_empty()
            && !self.s.has(&[PROMO_NOUN, GIVEAWAY])
            && understood.reason != Some(Reason::Hypothetical);
        // "non, 25 %" is an answer with a value in it.
        let answers = moods::negations(self.s) == [0] && self.s.tokens.get(1).is_some_and(|token| token.is_sign(","));
        let negated = follows.then(|| follow::follow(self.s, self.found, self.prior)).flatten();
        negated
            .filter(|(understood, _)| answers || !matches!(understood.verdict, Verdict::Plan | Verdict::Act))
            .unwrap_or((understood, None))
    }

    /// Nothing that is known: asked back where it is an order or says our name, else let pass.
    fn left(&self) -> Followed {
        let orders = self.orders.iter().any(|order| order.deed != Deed::Show);
        if self.s.quotes {
            return (Understood::ignored(Reason::Quoted), None);
        }
        if orders || !self.found.percents.is_empty() && self.s.asks() {
            return (Understood::asked(Intent::None, super::Missing::Intent).because(Reason::NotUnderstood), None);
        }
        // Who only greets or thanks is greeted; whoever wanted something is told that it was not understood.
        let talks = follow::is_small_talk(self.s) && !self.s.asks();
        (Understood::ignored(if talks { Reason::SmallTalk } else { Reason::NotUnderstood }), None)
    }
}
