//! What is read of tickets: lists, counts, one with its messages, its history, its opener.

use super::asked::{Asked, before};
use super::shape::{self, Line, MessageView, Person, Row, TicketView};
use crate::commands::tickets::phrases;
use crate::db::Tx;
use crate::domain::shop::orders;
use crate::domain::tickets::desk::{self, Listed, Order, Posting, Slice, Sort, Wanted};
use crate::domain::tickets::{Category, Priority, State, Ticket};
use crate::kernel::words::Speech;
use crate::kernel::{Error, Locale, Result, UserId};
use crate::panel::names::with_erased;
use crate::panel::presence::Here;
use crate::panel::{Panel, Staff};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Messages on a page, and lines of the history.
const MESSAGES: usize = 50;
const LINES: usize = 50;
/// How many of those who looked are named.
const LOOKED: i64 = 20;
/// How many of an opener's tickets and orders stand beside a ticket.
const BESIDE: usize = 10;

/// A page of tickets.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelRows)]
pub struct Rows {
    /// They.
    pub tickets: Vec<Row>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Whether the words were found in more tickets than are looked at, the newest.
    pub partial: bool,
}

/// How many tickets there are of each kind.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelCounts)]
pub struct CountsView {
    /// All that the filter shows.
    pub total: i64,
    /// Whether one of them is more.
    pub capped: bool,
    /// By state.
    pub state: BTreeMap<&'static str, i64>,
    /// By priority.
    pub priority: BTreeMap<&'static str, i64>,
    /// By category.
    pub category: BTreeMap<&'static str, i64>,
    /// `me` and `none`.
    pub assignee: BTreeMap<&'static str, i64>,
    /// `breached` and `soon`.
    pub sla: BTreeMap<&'static str, i64>,
}

/// A ticket with its newest messages.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelDetail)]
pub struct Detail {
    /// The ticket.
    pub ticket: TicketView,
    /// Its newest messages, the oldest first.
    pub messages: Vec<MessageView>,
    /// Where the older ones begin.
    pub older: Option<String>,
    /// Who else is here.
    pub here: Vec<Here>,
    /// What may be done to it.
    pub may: Vec<&'static str>,
}

/// A page of messages.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelMessages)]
pub struct Messages {
    /// They, the oldest first.
    pub messages: Vec<MessageView>,
    /// Where the older ones begin.
    pub older: Option<String>,
}

/// A page of what was done, the newest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelHistory)]
pub struct HistoryPage {
    /// The lines, without those who only looked.
    pub lines: Vec<Line>,
    /// Where the older ones begin.
    pub older: Option<String>,
    /// Who looked at the ticket, whoever did lately first; of the newest page alone.
    pub looks: Vec<LookView>,
}

/// How often somebody looked at a ticket.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelLooks)]
pub struct LookView {
    /// Who.
    pub by: Person,
    /// How often.
    pub times: i64,
    /// When last.
    #[schema(value_type = String, format = DateTime)]
    pub last: Timestamp,
}

/// The opener of a ticket.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelOpener)]
pub struct Opener {
    /// He.
    pub user: Person,
    /// What the plan is called that he held.
    pub plan: Option<String>,
    /// His newest other tickets.
    pub tickets: Vec<Row>,
    /// His newest orders.
    pub orders: Vec<OrderLine>,
}

/// An order of his.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelOrder)]
pub struct OrderLine {
    /// Its number.
    pub number: i64,
    /// What it is for.
    pub what: String,
    /// How it stands, in words.
    pub state: String,
    /// Who pays for it, where it is a gift to the opener.
    pub from: Option<Person>,
    /// Who gets it, where it is the opener's gift to somebody.
    pub to: Option<Person>,
    /// What was paid: minor units and currency.
    #[schema(value_type = Object)]
    pub total: serde_json::Value,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

impl Panel {
    /// A page of a guild's tickets.
    ///
    /// # Errors
    /// [`Error::Argument`] for what can't be read.
    pub async fn list(&self, staff: &Staff, asked: &Asked) -> Result<Rows> {
        let (wanted, order) = (asked.wanted(staff.session.user)?, asked.order()?);
        let page = asked.page(order)?;
        let (guild, now) = (staff.guild.id, self.now());
        let mut tx = self.app.db.begin(&staff.actor).await?;
        let Slice { tickets, next, partial } = desk::list(&mut tx, guild, (&wanted, order), page, now).await?;
        tx.end().await.map_err(Error::as_unavailable)?;
        let names = self.member_names(guild, shape::people_of(&tickets)).await;
        let tickets = tickets.iter().map(|one| shape::row(one, &names, now)).collect();
        Ok(Rows { tickets, next: next.map(|place| place.to_string()), partial })
    }

    /// How many tickets there are of each kind.
    ///
    /// # Errors
    /// [`Error::Argument`] for what can't be read.
    pub async fn counts(&self, staff: &Staff, asked: &Asked) -> Result<CountsView> {
        let wanted = asked.wanted(staff.session.user)?;
        let mut tx = self.app.db.begin(&staff.actor).await?;
        let counts = desk::counts(&mut tx, staff.guild.id, &wanted, self.now()).await?;
        tx.end().await?;
        Ok(CountsView {
            total: counts.total,
            capped: counts.capped,
            state: counts.states.into_iter().map(|(state, n)| (state.as_str(), n)).collect(),
            priority: counts.priorities.into_iter().map(|(priority, n)| (priority.as_str(), n)).collect(),
            category: counts.categories.into_iter().map(|(category, n)| (category.as_str(), n)).collect(),
            assignee: [("me", counts.mine), ("none", counts.nobodys)].into(),
            sla: [("breached", counts.breached), ("soon", counts.soon)].into(),
        })
    }

    /// A ticket with its newest messages.
    ///
    /// # Errors
    /// [`Error::NotFound`] for one that isn't this guild's.
    pub async fn ticket(&self, staff: &Staff, number: i64) -> Result<Detail> {
        let (whose, now) = ((staff.guild.id, number), self.now());
        let read = async |tx: &mut Tx| {
            let looked = desk::look(tx, whose, true, now).await?;
            Ok((looked, desk::letters(tx, whose, (None, MESSAGES)).await?))
        };
        let ((ticket, plan_name, messages), posting) = self.reading(&staff.actor, read).await?;
        let last =
            posting.letters.iter().rev().find(|one| one.message.kind != crate::domain::tickets::MessageKind::Note);
        let from_staff = last.is_some_and(|last| last.message.from_staff);
        let may = may(&ticket, staff.session.user, self.app.tickets.clone(), now);
        let listed = Listed { ticket, plan_name, messages, from_staff, unread: false };
        let names = self.member_names(whose.0, shape::people(&listed.ticket).collect()).await;
        let here = self.presence.here(whose, Some(staff.session.user));
        let Messages { messages, older } = shown(posting);
        Ok(Detail { ticket: shape::ticket(&listed, &names, now), messages, older, here, may })
    }

    /// A ticket after something was done to it.
    pub(super) async fn after(&self, staff: &Staff, number: i64) -> Result<TicketView> {
        let (whose, now) = ((staff.guild.id, number), self.now());
        let read = async |tx: &mut Tx| {
            let looked = desk::look(tx, whose, false, now).await?;
            Ok((looked, desk::letters(tx, whose, (None, 1)).await?))
        };
        let ((ticket, plan_name, messages), newest) = self.reading(&staff.actor, read).await?;
        let from_staff = newest.letters.last().is_some_and(|last| last.message.from_staff);
        let listed = Listed { ticket, plan_name, messages, from_staff, unread: false };
        let names = self.member_names(whose.0, shape::people(&listed.ticket).collect()).await;
        Ok(shape::ticket(&listed, &names, now))
    }

    /// Older messages of a ticket.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a ticket that isn't this guild's, [`Error::Argument`].
    pub async fn messages(&self, staff: &Staff, number: i64, from: &str) -> Result<Messages> {
        let (whose, from, now) = ((staff.guild.id, number), before("before", from)?, self.now());
        let read = async |tx: &mut Tx| {
            desk::look(tx, whose, false, now).await?;
            desk::letters(tx, whose, (from, MESSAGES)).await
        };
        Ok(shown(self.reading(&staff.actor, read).await?))
    }

    /// What was done to a ticket.
    ///
    /// # Errors
    /// As [`Panel::messages`].
    pub async fn history(&self, staff: &Staff, number: i64, (from, locale): (&str, Locale)) -> Result<HistoryPage> {
        let (whose, from, now) = ((staff.guild.id, number), before("before", from)?, self.now());
        let read = async |tx: &mut Tx| {
            let looks = if from.is_none() { desk::looks(tx, whose, LOOKED).await? } else { Vec::new() };
            Ok((desk::done(tx, whose, (from, LINES), now).await?, looks))
        };
        let ((deeds, more), looks) = self.reading(&staff.actor, read).await?;
        let people = deeds.iter().filter_map(|deed| deed.by).chain(looks.iter().map(|look| look.by));
        let say = self.app.words.speak(locale);
        let names = with_erased(&say, self.member_names(whose.0, people.collect()).await);
        let older = deeds.last().filter(|_| more).map(|last| last.id.to_string());
        let line = |deed: desk::Done| Line {
            at: deed.at,
            by: deed.by.map(|by| Person::of(by, &names)),
            text: sentence(&say, &deed),
            deed: deed.deed,
            old: deed.old,
            new: deed.new,
        };
        let look = |look: desk::Looks| LookView { by: Person::of(look.by, &names), times: look.times, last: look.last };
        let looks = looks.into_iter().map(look).collect();
        Ok(HistoryPage { lines: deeds.into_iter().map(line).collect(), older, looks })
    }

    /// Who opened a ticket, with his other tickets and his orders.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a ticket that isn't this guild's.
    pub async fn opener(&self, staff: &Staff, number: i64, locale: Locale) -> Result<Opener> {
        let (guild, now) = (staff.guild.id, self.now());
        let read = async |tx: &mut Tx| {
            let (ticket, plan, _) = desk::look(tx, (guild, number), false, now).await?;
            let wanted = Wanted { opener: Some(ticket.opener), ..Wanted::default() };
            let order = Order { sort: Sort::Created, ascending: false };
            let others = desk::list(tx, guild, (&wanted, order), (None, BESIDE + 1), now).await?;
            let bought = orders::reading::of(tx, guild, (ticket.opener, true), i64::MAX).await?;
            Ok((ticket, plan, others.tickets, bought))
        };
        let (ticket, plan, mut others, bought) = self.reading(&staff.actor, read).await?;
        others.retain(|one| one.ticket.number != number);
        others.truncate(BESIDE);
        let gifts = bought.iter().take(BESIDE).filter(|order| order.is_gift());
        let mut people = shape::people_of(&others);
        people.extend(gifts.flat_map(|order| [order.buyer, order.recipient]));
        let (names, say) = (self.member_names(guild, people).await, self.app.words.speak(locale));
        let other = |order: &orders::Order, user: UserId| {
            (order.is_gift() && user != ticket.opener).then(|| Person::of(user, &names))
        };
        let bought = bought.into_iter().take(BESIDE).map(|order| OrderLine {
            number: order.number,
            state: say.t(&format!("order-state-{}", order.state.as_str())),
            from: other(&order, order.buyer),
            to: other(&order, order.recipient),
            what: order.title,
            total: serde_json::json!({"minor": order.total.minor(), "currency": order.total.currency().code()}),
            at: order.created_at,
        });
        Ok(Opener {
            user: Person { id: ticket.opener.to_string(), name: ticket.opener_name.clone() },
            plan,
            tickets: others.iter().map(|one| shape::row(one, &names, now)).collect(),
            orders: bought.collect(),
        })
    }
}

fn shown(posting: Posting) -> Messages {
    let messages = posting.letters.into_iter().map(shape::message).collect();
    Messages { messages, older: posting.older.map(|id| id.to_string()) }
}

/// What may be done to a ticket: what the domain would do, tried on a copy.
fn may(ticket: &Ticket, me: UserId, rules: crate::domain::tickets::TicketRules, now: Timestamp) -> Vec<&'static str> {
    let open = ticket.state != State::Closed;
    let all = [
        ("reply", ticket.clone().answered_by_staff(me, &rules, now).is_ok()),
        ("note", !ticket.opener.is_pseudonym()),
        ("claim", ticket.clone().claimed_by(me, &rules, now).is_ok()),
        ("assign", open),
        ("priority", open),
        ("category", open),
        ("resolve", ticket.clone().resolved(&rules, now).is_ok()),
        ("close", ticket.clone().closed(me, None, &rules, now).is_ok()),
        ("reopen", ticket.may_reopen(&rules, now)),
    ];
    all.into_iter().filter(|(_, may)| *may).map(|(word, _)| word).collect()
}

/// A line of the history as a sentence: the deed, and from what to what.
fn sentence(say: &Speech<'_>, deed: &desk::Done) -> String {
    let word = |value: &str| {
        let state = State::from_word(value).map(|state| phrases::state(say, state));
        let priority = || Priority::from_word(value).map(|priority| phrases::priority(say, priority));
        let category = || Category::from_word(value).map(|category| phrases::category(say, category));
        state.or_else(priority).or_else(category)
    };
    let what = say.find(&format!("deed-{}", deed.deed), &[]).unwrap_or_else(|| deed.deed.clone());
    match (deed.old.as_deref().and_then(word), deed.new.as_deref().and_then(word)) {
        (Some(old), Some(new)) if old != new => format!("{what} ({old} → {new})"),
        (None, Some(new)) => format!("{what} ({new})"),
        _ => what,
    }
}
