//! `/why`: why somebody holds a role, or does not: what gives it, what the program did with it last, what stands in the way
//! with its remedy, and what Discord says. A member asks about himself, staff about anybody.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::super::tickets::phrases::{ago, person};
use super::LOOKS;
use super::notices::{day, remedy};
use crate::db::Tx;
use crate::domain::shop::catalogue::names::{Names, names};
use crate::domain::shop::entitlements::{self, Entitlement, What};
use crate::domain::shop::roles::{self, Kept, Moved, RoleState};
use crate::domain::shop::subscriptions::{self, Subscription};
use crate::domain::shop::{Source, SubscriptionState};
use crate::kernel::reply::{Card, Reply, Tone};
use crate::kernel::text::plain;
use crate::kernel::words::Speech;
use crate::kernel::{Error, GuildId, Rank, Result, RoleId, UserId};
use futures_util::FutureExt;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Most roles, and most reasons of one, that an answer has room for.
const ROLES: usize = 10;
const REASONS: usize = 4;

pub(super) static WHY: Spec = Spec {
    name: "why",
    options: &[Opt::optional("person", Type::User), Opt::optional("role", Type::Role)],
    run: |cx, args| why(cx, args).boxed(),
    ..LOOKS
};

/// Has everybody looked at whose role staff had to mend.
pub(super) static ROLES_CHECK: Spec = Spec {
    name: "roles_check",
    rank: Some(Rank::Support),
    hidden: true,
    run: |cx, _| futures_util::future::ready(Ok(check(cx))).boxed(),
    ..LOOKS
};

fn check(cx: &Cx<'_>) -> Reply {
    cx.app.news.roles(cx.guild.id, None);
    Reply::private(cx.say.t("roles-check-asked"))
}

/// A role that there is something to say of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reasoned {
    /// The role.
    pub role: RoleId,
    /// Whether he should hold it.
    pub should: bool,
    /// Whether he does, where Discord told.
    pub has: Option<bool>,
    /// Why, a line for each reason.
    pub why: String,
}

/// All that is known of a person's roles.
pub struct Known {
    entitlements: Vec<Entitlement>,
    subscription: Option<Subscription>,
    plans: Vec<(String, RoleId)>,
    names: Names,
    due: Vec<RoleId>,
    kept: Vec<Kept>,
    /// What Discord told with the call, where it did.
    held: Option<Vec<RoleId>>,
    /// Whether staff read it.
    staff: bool,
    now: Timestamp,
}

async fn why(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let user = args.user("person").unwrap_or(cx.user);
    if user != cx.user && !cx.actor.is_staff() {
        return Err(Error::NotAllowed(WHY.name));
    }
    let held = if user == cx.user { Some(cx.roles.to_vec()) } else { args.person("person").map(|p| p.roles.clone()) };
    let (guild, now) = (cx.guild.id, cx.now);
    let mut known = known(cx.tx()?, (guild, user), held, now).await?;
    if user == cx.user {
        known.is_here(cx);
    }
    let asked = args.role("role");
    let roles: BTreeSet<RoleId> = asked.map_or_else(|| known.roles(), |role| BTreeSet::from([role]));
    let say = &cx.say;
    let whose = person(user);
    let mut card = Card::titled(say.t("why-title"));
    let mut parts = vec![say.with("why-of", &[("person", (&whose).into())])];
    parts.extend(roles.iter().take(ROLES).map(|role| known.explain(say, *role)));
    if asked.is_none() {
        parts.extend(known.without_role(say));
    }
    if parts.len() == 1 {
        parts.push(say.t("why-nothing"));
    }
    card.body = parts.join("\n\n");
    card.tone =
        if known.kept.iter().any(|kept| kept.state != RoleState::Given) { Tone::Warning } else { Tone::Neutral };
    Ok(Reply::private("").card(card))
}

/// Reads what is known of a person's roles; `held` is Discord's word on what he holds. Acts as the person or as staff.
///
/// # Errors
/// As [`Tx::load`].
pub async fn known(
    tx: &mut Tx,
    (guild, user): (GuildId, UserId),
    held: Option<Vec<RoleId>>,
    now: Timestamp,
) -> Result<Known> {
    let entitlements = entitlements::of(tx, guild, user).await?;
    let plan = |one: &Entitlement| match &one.what {
        What::Plan(code) => Some(format!("plan/{code}")),
        What::Role(_) => None,
    };
    let names = names(tx, guild, entitlements.iter().filter_map(plan).collect()).await?;
    let staff = tx.actor().is_staff();
    Ok(Known {
        entitlements,
        names,
        subscription: subscriptions::of(tx, guild, user).await?,
        plans: roles::of_plans(tx, guild).await?,
        due: roles::due(tx, guild, user, now).await?,
        kept: roles::kept(tx, guild, user).await?,
        held,
        staff,
        now,
    })
}

impl Known {
    /// Who asks on the server is there, though he was written down as gone: Discord doesn't tell every bot who comes back.
    fn is_here(&mut self, cx: &Cx<'_>) {
        if self.kept.iter().all(|kept| kept.state != RoleState::Left) {
            return;
        }
        for kept in self.kept.iter_mut().filter(|kept| kept.state == RoleState::Left) {
            kept.state = RoleState::Waiting;
        }
        cx.app.news.member(Moved::new(cx.guild.id, cx.user, cx.roles, true));
    }

    /// The role that an entitlement gives.
    fn role_of(&self, what: &What) -> Option<RoleId> {
        match what {
            What::Role(role) => Some(*role),
            What::Plan(code) => self.plans.iter().find(|(plan, _)| plan == code).map(|(_, role)| *role),
        }
    }

    /// The roles that there is something to say of.
    fn roles(&self) -> BTreeSet<RoleId> {
        let given = self.entitlements.iter().filter_map(|entitlement| self.role_of(&entitlement.what));
        let ours = given.chain(self.kept.iter().map(|kept| kept.role)).chain(self.due.iter().copied());
        // One that a plan gives and that he holds by somebody else's hand is asked about too.
        let held = self.held.as_deref().unwrap_or_default();
        let sold = self.plans.iter().map(|(_, role)| *role).filter(|role| held.contains(role));
        ours.chain(sold).collect()
    }

    /// How each role stands that there is something to say of.
    pub fn each(&self, say: &Speech<'_>) -> Vec<Reasoned> {
        let reasoned = |role: RoleId| Reasoned {
            role,
            should: self.due.contains(&role),
            has: self.held.as_ref().map(|held| held.contains(&role)),
            why: self.because(say, role).join("\n"),
        };
        self.roles().into_iter().map(reasoned).collect()
    }

    /// What he was given, the newest first.
    pub fn entitlements(&self) -> &[Entitlement] {
        &self.entitlements
    }

    /// The names of the plans that he was given.
    pub const fn names(&self) -> &Names {
        &self.names
    }

    /// How a role stands and what gives it.
    fn because(&self, say: &Speech<'_>, role: RoleId) -> Vec<String> {
        let mut lines = vec![self.standing(say, role)];
        let reasons = self.entitlements.iter().filter(|entitlement| self.role_of(&entitlement.what) == Some(role));
        lines.extend(reasons.take(REASONS).map(|entitlement| self.reason(say, entitlement)));
        lines
    }

    /// How a role stands, what gives it, and what Discord says.
    fn explain(&self, say: &Speech<'_>, role: RoleId) -> String {
        let mut lines = self.because(say, role);
        if let Some(held) = &self.held {
            lines.push(say.t(if held.contains(&role) { "why-discord-held" } else { "why-discord-not-held" }));
        }
        lines.join("\n")
    }

    fn standing(&self, say: &Speech<'_>, role: RoleId) -> String {
        let named = format!("<@&{role}>");
        let with = |id: &str, at: Timestamp| say.with(id, &[("role", (&named).into()), ("at", (&ago(at)).into())]);
        let kept = self.kept.iter().find(|kept| kept.role == role);
        let held = self.held.as_ref().map(|held| held.contains(&role));
        match kept {
            Some(kept) if kept.state == RoleState::Given && held == Some(false) => with("why-missing", kept.since),
            Some(kept) if kept.state == RoleState::Given && kept.ours => with("why-given", kept.since),
            Some(kept) if kept.state == RoleState::Given => with("why-found", kept.since),
            Some(kept) => {
                let (what, checked) = (remedy(say, role, kept.state), ago(kept.checked_at));
                let since = ago(kept.since);
                let times = [("since", (&since).into()), ("checked", (&checked).into())];
                format!("{what}\n{}", say.with("why-times", &times))
            }
            None if self.due.contains(&role) => remedy(say, role, RoleState::Waiting),
            None if held == Some(true) => say.with("why-not-mine", &[("role", (&named).into())]),
            None => say.with("why-not-due", &[("role", (&named).into())]),
        }
    }

    /// Entitlements of plans that give no role.
    fn without_role(&self, say: &Speech<'_>) -> Option<String> {
        let mut plain =
            self.entitlements.iter().filter(|entitlement| self.role_of(&entitlement.what).is_none()).peekable();
        plain.peek()?;
        let lines = plain.take(REASONS).map(|entitlement| self.reason(say, entitlement));
        let lines: Vec<String> = std::iter::once(say.t("why-without-role")).chain(lines).collect();
        Some(lines.join("\n"))
    }

    /// An entitlement in a line: what it comes from, what it gives, how it stands.
    fn reason(&self, say: &Speech<'_>, entitlement: &Entitlement) -> String {
        let from = self.source(say, entitlement);
        let what = match &entitlement.what {
            What::Plan(code) => say.with("why-plan", &[("plan", (&plain(self.names.plan(code))).into())]),
            What::Role(_) => say.t("why-role"),
        };
        let stands = self.stands(say, entitlement);
        say.with("why-reason", &[("from", (&from).into()), ("what", (&what).into()), ("stands", (&stands).into())])
    }

    fn source(&self, say: &Speech<'_>, entitlement: &Entitlement) -> String {
        let order = entitlement
            .order
            .map_or_else(String::new, |number| say.with("why-from-order", &[("number", number.into())]));
        match entitlement.source {
            Source::Payment => order,
            Source::Subscription => {
                let mine = |sub: &&Subscription| subscriptions::entitlement_key(&sub.id) == entitlement.key;
                let state = self.subscription.as_ref().filter(mine).map_or("canceled", |sub| sub.state.as_str());
                let state = say.t(&format!("why-subscription-{}", state.replace('_', "-")));
                say.with("why-from-subscription", &[("order", (&order).into()), ("state", (&state).into())])
            }
            Source::Grant => say.t("why-from-grant"),
            Source::Prize => say.t("why-from-prize"),
        }
    }

    /// The subscription that gives an entitlement, where nothing is owed for it: then its period is what counts, as it says of itself,
    /// and not the grace behind it.
    fn running(&self, entitlement: &Entitlement) -> Option<&Subscription> {
        let gives = |sub: &&Subscription| subscriptions::entitlement_key(&sub.id) == entitlement.key;
        let paid = |sub: &&Subscription| matches!(sub.state, SubscriptionState::Trialing | SubscriptionState::Active);
        self.subscription.as_ref().filter(gives).filter(paid)
    }

    fn stands(&self, say: &Speech<'_>, entitlement: &Entitlement) -> String {
        let with = |id: &str, at: Timestamp| say.with(id, &[("at", (&day(at)).into())]);
        if let Some(at) = entitlement.revoked_at {
            let (word, note) = entitlements::why_revoked(entitlement.reason.as_deref().unwrap_or_default());
            let word = say.find(&format!("revoked-{}", word.replace('_', "-")), &[]).unwrap_or_else(|| plain(word));
            // What staff wrote they wrote for each other.
            let why = match note.filter(|_| self.staff) {
                Some(note) => say.with("why-revoked-note", &[("why", (&word).into()), ("note", (&plain(note)).into())]),
                None => word,
            };
            return say.with("why-revoked", &[("at", (&day(at)).into()), ("why", (&why).into())]);
        }
        match (entitlement.suspended_at, entitlement.ends_at) {
            (Some(at), _) => with("why-suspended", at),
            _ if entitlement.starts_at > self.now => with("why-to-come", entitlement.starts_at),
            (None, Some(end)) if end <= self.now => with("why-ended", end),
            (None, Some(end)) => match self.running(entitlement) {
                Some(sub) if sub.ends_with_period => with("why-active-until", sub.period_end),
                Some(sub) => with("why-active-renews", sub.period_end),
                None => with("why-active-until", end),
            },
            (None, None) => say.t("why-active"),
        }
    }
}
