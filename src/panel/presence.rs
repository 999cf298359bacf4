//! Who else looks at or types in a ticket, in this process' memory: it is told every some seconds, and forgotten when it isn't.

use crate::kernel::{GuildId, UserId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use utoipa::ToSchema;

/// After how long without a word somebody is gone.
const GONE: Duration = Duration::from_secs(25);
/// How many tickets are remembered at a time.
const MOST: usize = 10_000;

/// What somebody does at a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = PanelDoing)]
pub enum Doing {
    /// He looks at it.
    Looking,
    /// He types in it.
    Typing,
    /// He left it.
    Gone,
}

/// Somebody at a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PanelHere)]
pub struct Here {
    /// His id.
    pub id: String,
    /// His name.
    pub name: String,
    /// What he does.
    pub doing: Doing,
}

struct One {
    at: Instant,
    name: String,
    doing: Doing,
}

/// Who is where.
#[derive(Default)]
pub(super) struct Presence {
    // Never held over an await.
    by_ticket: Mutex<HashMap<(GuildId, i64), HashMap<UserId, One>>>,
}

impl Presence {
    /// Notes what somebody does; whether that is another thing than before.
    pub(super) fn note(&self, ticket: (GuildId, i64), (user, name): (UserId, &str), doing: Doing) -> bool {
        let mut all = self.by_ticket.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST && !all.contains_key(&ticket) {
            all.retain(|_, here| here.values().any(|one| one.at.elapsed() < GONE));
            if all.len() >= MOST {
                return false;
            }
        }
        let here = all.entry(ticket).or_default();
        here.retain(|_, one| one.at.elapsed() < GONE);
        let before = here.get(&user).map(|one| one.doing);
        if doing == Doing::Gone {
            here.remove(&user);
        } else {
            here.insert(user, One { at: Instant::now(), name: name.to_owned(), doing });
        }
        if here.is_empty() {
            all.remove(&ticket);
        }
        before.unwrap_or(Doing::Gone) != doing
    }

    /// Who is at a ticket, but for one.
    pub(super) fn here(&self, ticket: (GuildId, i64), but: Option<UserId>) -> Vec<Here> {
        let all = self.by_ticket.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(here) = all.get(&ticket) else { return Vec::new() };
        let there = here.iter().filter(|(user, one)| Some(**user) != but && one.at.elapsed() < GONE);
        let mut there: Vec<Here> =
            there.map(|(user, one)| Here { id: user.to_string(), name: one.name.clone(), doing: one.doing }).collect();
        there.sort_by(|a, b| a.name.cmp(&b.name));
        there
    }

    /// Forgets who said nothing for a while; where somebody went.
    pub(super) fn sweep(&self) -> Vec<(GuildId, i64)> {
        let mut all = self.by_ticket.lock().unwrap_or_else(PoisonError::into_inner);
        let mut left = Vec::new();
        all.retain(|ticket, here| {
            let before = here.len();
            here.retain(|_, one| one.at.elapsed() < GONE);
            if here.len() < before {
                left.push(*ticket);
            }
            !here.is_empty()
        });
        left
    }
}
