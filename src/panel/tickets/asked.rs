//! What stands behind a list's address, read into what a list shows.

use crate::domain::tickets::desk::{Due, Order, Place, Sort, Wanted};
use crate::domain::tickets::{Assigned, Category, Priority, State};
use crate::kernel::error::Problem;
use crate::kernel::text::clean;
use crate::kernel::{Error, Result, UserId};
use serde::Deserialize;

/// Tickets on a page where nobody says how many, and the most.
const USUAL: usize = 50;
const MOST: usize = 100;
/// Longest words that are searched for, in characters.
const WORDS: usize = 200;

/// What stands behind a list's address. An empty value means that it isn't asked for.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// States, separated by commas.
    pub state: String,
    /// Priorities.
    pub priority: String,
    /// Categories.
    pub category: String,
    /// `me`, `none` or an id.
    pub assignee: String,
    /// An id.
    pub opener: String,
    /// `breached`, `soon` or `ok`.
    pub sla: String,
    /// Words.
    pub q: String,
    /// `updated`, `created`, `due` or `priority`.
    pub sort: String,
    /// `asc` or `desc`.
    pub dir: String,
    /// How many.
    pub limit: String,
    /// Where the page begins.
    pub cursor: String,
}

fn wrong(option: &'static str, problem: Problem) -> Error {
    Error::Argument { option, problem }
}

/// How the words of an option are read, and which there are.
type Words<'a, T> = (fn(&str) -> Option<T>, &'a [&'static str]);

fn each<T>(option: &'static str, text: &str, (read, all): Words<'_, T>) -> Result<Vec<T>> {
    let words = text.split(',').filter(|word| !word.is_empty());
    let one = |word: &str| read(word).ok_or_else(|| wrong(option, Problem::NotAChoice { choices: all.to_vec() }));
    words.map(one).collect()
}

fn person(option: &'static str, text: &str) -> Result<UserId> {
    text.parse().ok().and_then(UserId::new).ok_or_else(|| wrong(option, Problem::NotAnId))
}

const STATES: [&str; 5] = ["open", "in_progress", "waiting_user", "resolved", "closed"];

impl Asked {
    pub(super) fn wanted(&self, me: UserId) -> Result<Wanted> {
        let due = match self.sla.as_str() {
            "" => None,
            "breached" => Some(Due::Breached),
            "soon" => Some(Due::Soon),
            "ok" => Some(Due::Fine),
            _ => return Err(wrong("sla", Problem::NotAChoice { choices: vec!["breached", "soon", "ok"] })),
        };
        let assigned = match self.assignee.as_str() {
            "" => Assigned::Any,
            "me" => Assigned::To(me),
            "none" => Assigned::Nobody,
            other => Assigned::To(person("assignee", other)?),
        };
        let words = clean(&self.q).trim().to_owned();
        let found = words.chars().count();
        if found > WORDS {
            return Err(wrong("q", Problem::TooLong { max: WORDS, found }));
        }
        Ok(Wanted {
            states: each("state", &self.state, (State::from_word, &STATES))?,
            priorities: each("priority", &self.priority, (Priority::from_word, &Priority::WORDS))?,
            categories: each("category", &self.category, (Category::from_word, &Category::WORDS))?,
            assigned,
            opener: if self.opener.is_empty() { None } else { Some(person("opener", &self.opener)?) },
            due,
            words: Some(words).filter(|words| !words.is_empty()),
        })
    }

    pub(super) fn order(&self) -> Result<Order> {
        let sort = match self.sort.as_str() {
            "" => Sort::default(),
            word => Sort::ALL
                .into_iter()
                .find(|sort| sort.as_str() == word)
                .ok_or_else(|| wrong("sort", Problem::NotAChoice { choices: Sort::ALL.map(Sort::as_str).to_vec() }))?,
        };
        let ascending = match self.dir.as_str() {
            "" => matches!(sort, Sort::Due | Sort::Priority),
            "asc" => true,
            "desc" => false,
            _ => return Err(wrong("dir", Problem::NotAChoice { choices: vec!["asc", "desc"] })),
        };
        Ok(Order { sort, ascending })
    }

    pub(super) fn page(&self, order: Order) -> Result<(Option<Place>, usize)> {
        let limit = match self.limit.as_str() {
            "" => USUAL,
            text => {
                let range = Problem::NotInRange { min: 1, max: 100 };
                text.parse().ok().filter(|n| (1..=MOST).contains(n)).ok_or_else(|| wrong("limit", range))?
            }
        };
        let place: Option<Place> = match self.cursor.as_str() {
            "" => None,
            text => Some(text.parse().map_err(|_| wrong("cursor", Problem::Unknown))?),
        };
        if place.is_some_and(|place| place.order != order) {
            return Err(wrong("cursor", Problem::Unknown));
        }
        Ok((place, limit))
    }
}

/// A number that a page was given to go on from.
pub(super) fn before(option: &'static str, text: &str) -> Result<Option<i64>> {
    match text {
        "" => Ok(None),
        text => text.parse().ok().filter(|n| *n > 0).map(Some).ok_or_else(|| wrong(option, Problem::NotAnId)),
    }
}
