//! Members at the panel: who is known here, one with all that he holds and why, what staff give him and take from him.

use super::asked::{limit, words, wrong};
use super::shape::{self, EntitlementView, OrderRow, SubscriptionView};
use crate::commands::Order;
use crate::commands::purchases::why;
use crate::db::Tx;
use crate::domain::panel::people;
use crate::domain::privacy::is_pseudonym;
use crate::domain::shop::catalogue::names::names;
use crate::domain::shop::catalogue::reading::current_plan;
use crate::domain::shop::orders::{desk, reading};
use crate::domain::shop::roles::Unkept;
use crate::domain::shop::subscriptions;
use crate::domain::tickets::desk as tickets;
use crate::kernel::error::Problem;
use crate::kernel::words::Speech;
use crate::kernel::{Error, Locale, Rank, Result, UserId};
use crate::panel::deeds::{Done, request};
use crate::panel::names::erased_name;
use crate::panel::plain::{Called, line};
use crate::panel::tickets::{Person, Row, shape as tickets_shape};
use crate::panel::{Panel, Staff};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How many of a member's orders and tickets are shown with him.
const BESIDE: usize = 10;

/// What stands behind a list's address. An empty value means that it isn't asked for.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct MembersAsked {
    /// A part of a name, or an id.
    pub q: String,
    /// How many.
    pub limit: String,
    /// `no`: without those who were erased.
    pub erased: String,
    /// Where the page begins.
    pub cursor: String,
}

/// Somebody who is known here.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelKnown)]
pub struct Known {
    /// His id; of who was erased, the number in its place.
    pub id: String,
    /// His name; his id where none is known.
    pub name: String,
    /// Whether he was erased: no account of Discord bears his id.
    pub erased: bool,
}

/// A page of members.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelMembers)]
pub struct Members {
    /// They.
    pub members: Vec<Known>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// A member with what he holds.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelMember)]
pub struct MemberView {
    /// He.
    pub user: Known,
    /// What the plan is called that he holds.
    pub plan: Option<String>,
    /// His subscriptions, the newest first.
    pub subscriptions: Vec<SubscriptionView>,
    /// What he was given, the newest first.
    pub entitlements: Vec<EntitlementView>,
    /// His newest orders.
    pub orders: Vec<OrderRow>,
    /// His newest tickets.
    pub tickets: Vec<Row>,
    /// The roles that there is something to say of.
    pub roles: Vec<MemberRole>,
    /// Whether he left the server.
    pub left: bool,
    /// What may be done: `grant`, `revoke`.
    pub may: Vec<&'static str>,
}

/// A role, and why a member has or lacks it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelMemberRole)]
pub struct MemberRole {
    /// The role.
    pub role: Person,
    /// Whether he should hold it.
    pub should: bool,
    /// Whether he does, where Discord tells.
    pub has: Option<bool>,
    /// Why, a line for each reason.
    pub why: String,
}

/// What is given or taken: a plan or a role.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = PanelGive)]
pub struct Give {
    /// A plan's code.
    pub plan: Option<String>,
    /// A role's id, or its name.
    pub role: Option<String>,
    /// For how many days; nothing: for good.
    pub days: Option<i64>,
    /// Why.
    pub reason: Option<String>,
}

/// Who was erased has no name; he is told from others by the end of his number.
fn as_known(say: &Speech<'_>, user: UserId, name: Option<String>) -> Known {
    let id = user.to_string();
    let erased = is_pseudonym(user);
    let name = if erased { Some(erased_name(say, user)) } else { name };
    Known { name: name.unwrap_or_else(|| id.clone()), id, erased }
}

impl Panel {
    /// A page of the members that are known here; one who is asked for by his id, or by how his name begins, is found where he is a member,
    /// known or not.
    ///
    /// # Errors
    /// [`Error::Argument`] for what can't be read.
    pub async fn members(&self, staff: &Staff, asked: &MembersAsked, locale: Locale) -> Result<Members> {
        let (limit, words, guild) = (limit(&asked.limit)?, words(&asked.q)?, staff.guild.id);
        let with_erased = match asked.erased.as_str() {
            "" => true,
            "no" => false,
            _ => return Err(wrong("erased", Problem::NotAChoice { choices: vec!["no"] })),
        };
        let after: i64 = match asked.cursor.as_str() {
            "" => 0,
            text => text.parse().ok().filter(|id| *id >= 0).ok_or(wrong("cursor", Problem::Unknown))?,
        };
        let one_more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
        let read = async |tx: &mut Tx| people::known(tx, guild, words.as_deref(), (after, one_more)).await;
        let mut found = self.reading(&staff.actor, read).await?;
        // Their numbers are above everybody's, so what is left out was the end.
        found.retain(|one| with_erased || !is_pseudonym(one.user));
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| more).map(|last| last.user.to_string());
        let named = words.as_deref().and_then(|words| words.parse().ok()).and_then(UserId::new);
        // A bot has no data here.
        let bot = match named.filter(|_| found.is_empty()) {
            Some(user) => self.app.roles.is_bot(guild, user).await.unwrap_or_default(),
            None => false,
        };
        if let (true, false, Some(user)) = (found.is_empty(), bot, named) {
            let name = self.member_name(guild, user).await;
            found.extend(name.map(|name| people::Known { user, name: Some(name) }));
        }
        if let (0, false, None, Some(words)) = (after, more, named, &words) {
            // Whoever did nothing here yet is found by how his name begins.
            let room = u16::try_from(limit.saturating_sub(found.len())).unwrap_or(u16::MAX);
            let others = if room == 0 { Vec::new() } else { self.outside.members_named(guild, words, room).await };
            let others = others.into_iter().filter(|(user, _)| found.iter().all(|one| one.user != *user));
            let others: Vec<_> = others.map(|(user, name)| people::Known { user, name: Some(name) }).collect();
            found.extend(others);
        }
        let nameless = found.iter().filter(|one| one.name.is_none()).map(|one| one.user).collect();
        let names = self.member_names(guild, nameless).await;
        let say = self.app.words.speak(locale);
        let known = |one: people::Known| {
            let name = one.name.or_else(|| names.get(&one.user).cloned());
            as_known(&say, one.user, name)
        };
        Ok(Members { members: found.into_iter().map(known).collect(), next })
    }

    /// A member with what he holds, and why he has or lacks each role.
    ///
    /// # Errors
    /// [`Error::NotFound`] for who is no member of this guild and isn't known here.
    pub async fn member(&self, staff: &Staff, user: UserId, locale: Locale) -> Result<MemberView> {
        let (guild, by, now) = (staff.guild.id, staff.session.user, self.now());
        let (held, left) = match self.app.roles.held(guild, user).await {
            Ok(roles) => (Some(roles), false),
            Err(Unkept::Left) => (Some(Vec::new()), true),
            Err(_) => (None, false),
        };
        let named = self.member_name(guild, user).await;
        let read = async |tx: &mut Tx| {
            let known = why::known(tx, (guild, user), held, now).await?;
            let plan = current_plan(tx, guild, user, now).await?;
            let subscribed = subscriptions::all_of(tx, guild, user).await?;
            let plans = subscribed.iter().map(|one| format!("plan/{}", one.plan));
            let plans = names(tx, guild, plans.chain(plan.iter().map(|code| format!("plan/{code}"))).collect()).await?;
            let bought = desk::Wanted { member: Some(user), ..desk::Wanted::default() };
            let (bought, _) = desk::list(tx, guild, (&bought, desk::Sort::Newest), (None, BESIDE)).await?;
            let opened = tickets::Wanted { opener: Some(user), ..tickets::Wanted::default() };
            let order = tickets::Order { sort: tickets::Sort::Created, ascending: false };
            let opened = tickets::list(tx, guild, (&opened, order), (None, BESIDE), now).await?.tickets;
            // Of somebody of whom nothing is here nothing was read, and no line names him.
            if !(known.entitlements().is_empty() && bought.is_empty() && opened.is_empty()) {
                reading::audit_read(tx, guild, ("orders_read", &user.to_string()), by, now);
            }
            Ok((known, plan, subscribed, plans, bought, opened))
        };
        let (known, plan, subscribed, plans, bought, opened) = self.reading(&staff.actor, read).await?;
        let is_known = !(known.entitlements().is_empty() && bought.is_empty() && opened.is_empty());
        let then = bought.iter().find(|one| one.order.buyer == user).map(|one| one.buyer_name.clone());
        let then = then.or_else(|| opened.first().map(|one| one.ticket.opener_name.clone()));
        let name = named.or(then);
        if name.is_none() && !is_known {
            return Err(Error::NotFound("member"));
        }
        let name = match name {
            Some(name) => Some(name),
            None => self.user_name(user).await,
        };
        let roles = self.names_in(guild).await;
        let say = self.app.words.speak(locale);
        let he = as_known(&say, user, name);
        let mut called = Called::new(&staff.guild.time_zone, locale);
        called.inside = roles.clone();
        let role = |one: why::Reasoned| {
            let id = one.role.to_string();
            let name = roles.role(one.role).unwrap_or(&id).to_owned();
            // Who is gone lacks nothing: he is given it once he is back.
            let why = if left && one.should { say.t("panel-role-left") } else { line(&one.why, &called) };
            MemberRole { role: Person { id, name }, should: one.should && !left, has: one.has, why }
        };
        let given = shape::recipients(&bought);
        let people = given.chain(tickets_shape::people_of(&opened)).collect();
        let names = self.member_names(guild, people).await;
        Ok(MemberView {
            may: if staff.rank == Rank::Operator && !he.erased { vec!["grant", "revoke"] } else { Vec::new() },
            left: left && !he.erased,
            user: he,
            plan: plan.map(|code| plans.plan(code.as_str()).to_owned()),
            subscriptions: subscribed.iter().map(|one| shape::subscription(&say, one, &plans)).collect(),
            entitlements: known
                .entitlements()
                .iter()
                .map(|one| shape::entitlement(&say, one, (known.names(), &roles), now))
                .collect(),
            orders: bought.iter().map(|one| shape::order(&say, one, &names)).collect(),
            tickets: opened.iter().map(|one| tickets_shape::row(one, &names, now)).collect(),
            roles: known.each(&say).into_iter().map(role).collect(),
        })
    }

    /// Gives a member a plan or a role, or takes what was given by hand: `deed` is `grant` or `revoke`.
    ///
    /// # Errors
    /// As `/grant` and `/revoke`.
    pub async fn give(
        &self,
        staff: &Staff,
        (user, deed, give): (UserId, &'static str, &Give),
        (key, locale): (Option<&str>, Locale),
    ) -> Result<Done> {
        let request = request(staff, &format!("members/{user}/{deed}"), key);
        let order = Order::new(deed, request).with("member", Some(user));
        let order = order.with("given_plan", give.plan.as_ref()).with("given_role", give.role.as_ref());
        let days = give.days.filter(|_| deed == "grant");
        let order = order.with("given_days", days).with("reason", give.reason.as_ref());
        self.order(staff, order, locale).await
    }
}
