//! Which tickets a list shows, in which order, and from where on.

use super::super::{Assigned, Category, Priority, State, Ticket};
use crate::db::Statement;
use crate::domain::tickets::Hands;
use crate::kernel::UserId;
use diesel::sql_types::{Array, BigInt, Text, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;
use std::fmt;
use std::str::FromStr;

/// A ticket's time is near its end when so much is left of it, or when staff were reminded.
const SOON: SignedDuration = SignedDuration::from_hours(4);
/// What stands in the place of a due time that there isn't; as in the index.
const NEVER_US: i64 = 253_370_764_800_000_000;

/// How urgent a row is, the most urgent first; as in the indexes.
macro_rules! urgency {
    ($row:literal) => {
        concat!("(case ", $row, ".priority when 'critical' then 0 when 'high' then 1 when 'medium' then 2 else 3 end)")
    };
}

/// How a ticket stands to its time to resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// It was missed.
    Breached,
    /// It will be missed soon.
    Soon,
    /// Neither.
    Fine,
}

/// How a ticket stands to its time, as it is shown: the time may stand still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It was missed.
    Breached,
    /// It will be missed soon.
    Soon,
    /// It runs.
    Fine,
    /// It stands still.
    Stopped,
}

impl Standing {
    /// How a ticket stands.
    pub fn of(ticket: &Ticket, now: Timestamp) -> Self {
        match ticket.sla.hands {
            _ if ticket.sla.breached_at.is_some() => Self::Breached,
            Hands::Paused { .. } => Self::Stopped,
            Hands::Running { due_at } if due_at <= now => Self::Breached,
            Hands::Running { due_at } if ticket.sla.reminded || due_at <= soon(now) => Self::Soon,
            Hands::Running { .. } => Self::Fine,
        }
    }
}

fn soon(now: Timestamp) -> Timestamp {
    now.checked_add(SOON).unwrap_or(now)
}

/// What a list shows. An empty list of states and the like means all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// States.
    pub states: Vec<State>,
    /// Priorities.
    pub priorities: Vec<Priority>,
    /// Categories.
    pub categories: Vec<Category>,
    /// Who has it.
    pub assigned: Assigned,
    /// Who opened it.
    pub opener: Option<UserId>,
    /// How its time stands.
    pub due: Option<Due>,
    /// Words that its subject or messages hold.
    pub words: Option<String>,
}

/// By what a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By the last change that its opener sees.
    #[default]
    Updated,
    /// By when it was opened.
    Created,
    /// By when its time ends.
    Due,
    /// By how urgent it is.
    Priority,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 4] = [Self::Updated, Self::Created, Self::Due, Self::Priority];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Updated => "updated",
            Self::Created => "created",
            Self::Due => "due",
            Self::Priority => "priority",
        }
    }
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Order {
    /// By what.
    pub sort: Sort,
    /// The lowest first.
    pub ascending: bool,
}

impl Order {
    /// What puts the tickets `t` in order.
    pub(super) const fn by(self) -> &'static str {
        match (self.sort, self.ascending) {
            (Sort::Updated, false) => " order by t.updated_at desc, t.number desc",
            (Sort::Updated, true) => " order by t.updated_at, t.number",
            (Sort::Created, false) => " order by t.number desc",
            (Sort::Created, true) => " order by t.number",
            (Sort::Due, false) => {
                " order by coalesce(t.sla_due_at, timestamptz '9999-01-01 00:00:00+00') desc, t.number desc"
            }
            (Sort::Due, true) => " order by coalesce(t.sla_due_at, timestamptz '9999-01-01 00:00:00+00'), t.number",
            (Sort::Priority, false) => {
                concat!(" order by ", urgency!("t"), " desc, t.number desc")
            }
            (Sort::Priority, true) => {
                concat!(" order by ", urgency!("t"), ", t.number")
            }
        }
    }

    /// The same within one kind of ticket.
    pub(super) const fn by_within(self) -> &'static str {
        match self.sort {
            Sort::Priority => Self { sort: Sort::Created, ascending: self.ascending }.by(),
            Sort::Updated | Sort::Created | Sort::Due => self.by(),
        }
    }

    /// Goes on behind a place within the kind whose priority is `p.priority`.
    pub(super) fn behind_within(self, statement: Statement, place: Place) -> Statement {
        let text = match (self.sort, self.ascending) {
            (Sort::Updated | Sort::Created | Sort::Due, _) => return self.behind(statement, place),
            // Of more urgent kinds all was shown, or nothing.
            (Sort::Priority, false) => {
                concat!(
                    " and t.number < case sign(",
                    urgency!("p"),
                    " - ?::bigint) when 0 then ?::bigint when 1 then 0 else 9223372036854775807 end"
                )
            }
            (Sort::Priority, true) => {
                concat!(
                    " and t.number > case sign(",
                    urgency!("p"),
                    " - ?::bigint) when 0 then ?::bigint when 1 then 0 else 9223372036854775807 end"
                )
            }
        };
        statement.then(text).bind::<BigInt, _>(place.key).bind::<BigInt, _>(place.number)
    }

    /// Goes on behind a place.
    pub(super) fn behind(self, statement: Statement, place: Place) -> Statement {
        let number = place.number;
        let at = || Timestamp::from_microsecond(place.key).unwrap_or(Timestamp::MIN).to_diesel();
        match (self.sort, self.ascending) {
            (Sort::Created, false) => statement.then(" and t.number < ?").bind::<BigInt, _>(number),
            (Sort::Created, true) => statement.then(" and t.number > ?").bind::<BigInt, _>(number),
            (Sort::Updated, false) => statement
                .then(" and (t.updated_at, t.number) < (?, ?)")
                .bind::<Timestamptz, _>(at())
                .bind::<BigInt, _>(number),
            (Sort::Updated, true) => statement
                .then(" and (t.updated_at, t.number) > (?, ?)")
                .bind::<Timestamptz, _>(at())
                .bind::<BigInt, _>(number),
            (Sort::Due, false) => statement
                .then(" and (coalesce(t.sla_due_at, timestamptz '9999-01-01 00:00:00+00'), t.number) < (?, ?)")
                .bind::<Timestamptz, _>(at())
                .bind::<BigInt, _>(number),
            (Sort::Due, true) => statement
                .then(" and (coalesce(t.sla_due_at, timestamptz '9999-01-01 00:00:00+00'), t.number) > (?, ?)")
                .bind::<Timestamptz, _>(at())
                .bind::<BigInt, _>(number),
            (Sort::Priority, false) => statement
                .then(concat!(" and (", urgency!("t"), ", t.number) < (?, ?)"))
                .bind::<BigInt, _>(place.key)
                .bind::<BigInt, _>(number),
            (Sort::Priority, true) => statement
                .then(concat!(" and (", urgency!("t"), ", t.number) > (?, ?)"))
                .bind::<BigInt, _>(place.key)
                .bind::<BigInt, _>(number),
        }
    }

    /// The place of a ticket in it.
    pub fn place(self, ticket: &Ticket) -> Place {
        let key = match self.sort {
            Sort::Updated => ticket.updated_at.as_microsecond(),
            Sort::Created => 0,
            Sort::Due => ticket.sla.due_at().map_or(NEVER_US, Timestamp::as_microsecond),
            Sort::Priority => match ticket.priority {
                Priority::Critical => 0,
                Priority::High => 1,
                Priority::Medium => 2,
                Priority::Low => 3,
            },
        };
        Place { order: self, key, number: ticket.number }
    }
}

/// Behind which ticket a page begins, in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The order in which it is a place.
    pub order: Order,
    key: i64,
    number: i64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let way = if self.order.ascending { "asc" } else { "desc" };
        write!(f, "{}_{way}_{}_{}", self.order.sort.as_str(), self.key, self.number)
    }
}

/// Text that is no place of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no place in a list")]
pub struct NotAPlace;

impl FromStr for Place {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<Self, NotAPlace> {
        let mut parts = text.split('_');
        let [Some(sort), Some(way), Some(key), Some(number), None] =
            [parts.next(), parts.next(), parts.next(), parts.next(), parts.next()]
        else {
            return Err(NotAPlace);
        };
        let sort = Sort::ALL.into_iter().find(|one| one.as_str() == sort).ok_or(NotAPlace)?;
        let ascending = match way {
            "asc" => true,
            "desc" => false,
            _ => return Err(NotAPlace),
        };
        let read = |part: &str| part.parse::<i64>().map_err(|_| NotAPlace);
        let place = Self { order: Order { sort, ascending }, key: read(key)?, number: read(number)? };
        let in_time = (-62_135_596_800_000_000..=NEVER_US).contains(&place.key);
        if in_time && place.to_string() == text { Ok(place) } else { Err(NotAPlace) }
    }
}

/// A part of what is wanted, left out of its own counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Facet {
    State,
    Priority,
    Category,
    Assigned,
    Due,
}

pub(super) fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| word(*one)).collect()
}

impl Wanted {
    /// Whether a list in that order is walked kind by kind: where it is narrowed by what the index of kinds has, or in an order that only
    /// that index gives. What was found by words, or is of one opener, is little.
    pub(super) const fn by_kind(&self, order: Order) -> bool {
        let narrowed = !self.priorities.is_empty() || !self.categories.is_empty();
        let sorted = matches!(order.sort, Sort::Due | Sort::Priority);
        self.words.is_none() && self.opener.is_none() && (narrowed || sorted)
    }

    /// Narrows the tickets `t` down, but for some facets; `found` are those that hold the words, where some are wanted.
    pub(super) fn narrow(
        &self,
        mut statement: Statement,
        (but, found): (&[Facet], Option<&[i64]>),
        now: Timestamp,
    ) -> Statement {
        let counts = |facet| !but.contains(&facet);
        if counts(Facet::State) && !self.states.is_empty() {
            let states = words(&self.states, State::as_str);
            statement = statement.then(" and t.state = any(?)").bind::<Array<Text>, _>(states);
        }
        if counts(Facet::Priority) && !self.priorities.is_empty() {
            let priorities = words(&self.priorities, Priority::as_str);
            statement = statement.then(" and t.priority = any(?)").bind::<Array<Text>, _>(priorities);
        }
        if counts(Facet::Category) && !self.categories.is_empty() {
            let categories = words(&self.categories, Category::as_str);
            statement = statement.then(" and t.category = any(?)").bind::<Array<Text>, _>(categories);
        }
        if counts(Facet::Assigned) {
            statement = match self.assigned {
                Assigned::Any => statement,
                Assigned::Nobody => statement.then(" and t.assignee_id is null"),
                Assigned::To(agent) => statement.then(" and t.assignee_id = ?").bind::<BigInt, _>(agent.as_i64()),
            };
        }
        if counts(Facet::Due)
            && let Some(due) = self.due
        {
            statement = narrow_due(statement, due, now);
        }
        if let Some(opener) = self.opener {
            statement = statement.then(" and t.opener_id = ?").bind::<BigInt, _>(opener.as_i64());
        }
        match found {
            Some(found) => statement.then(" and t.number = any(?)").bind::<Array<BigInt>, _>(found.to_vec()),
            None => statement,
        }
    }
}

/// Narrows the tickets `t` down to those whose time stands so.
pub(super) fn narrow_due(statement: Statement, due: Due, now: Timestamp) -> Statement {
    match due {
        // The clock marks them within seconds.
        Due::Breached => statement.then(" and t.sla_breached_at is not null"),
        Due::Soon => statement
            .then(" and t.sla_breached_at is null and t.sla_due_at > ? and (t.sla_reminded or t.sla_due_at <= ?)")
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(soon(now).to_diesel()),
        Due::Fine => statement
            .then(" and t.sla_breached_at is null and (t.sla_due_at is null or (t.sla_due_at > ? and not t.sla_reminded))")
            .bind::<Timestamptz, _>(soon(now).to_diesel()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_back_what_it_writes_and_nothing_else() {
        for sort in Sort::ALL {
            for ascending in [true, false] {
                let place = Place { order: Order { sort, ascending }, key: 12, number: 34 };
                assert_eq!(place.to_string().parse(), Ok(place));
            }
        }
        assert_eq!(Timestamp::from_microsecond(NEVER_US).unwrap().to_string(), "9999-01-01T00:00:00Z");
        for text in ["", "updated", "updated_desc_1", "updated_up_1_2", "age_desc_1_2", "due_asc_+1_2", "due_asc_1_2_3"]
        {
            assert_eq!(text.parse::<Place>(), Err(NotAPlace), "{text}");
        }
        assert_eq!(format!("due_asc_{}_2", i64::MAX).parse::<Place>(), Err(NotAPlace));
    }
}
