//! Who is of the team: whom tickets are given to, and who of them has the panel open.
//!
//! Discord lists the members of a guild where the *members* intent is there; elsewhere those are known who were seen at work. Whether
//! somebody may be given a ticket is asked anew when that is done.

use crate::domain::accounts;
use crate::kernel::{GuildId, RoleId, UserId};
use crate::panel::{Panel, Staff};
use serde::Serialize;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::timeout;
use utoipa::ToSchema;

/// Pages of a guild's members that are looked through for its team: of a larger guild, those who joined Discord first.
const PAGES: usize = 5;
/// How long the members are waited for: a page of the panel is not to be late for it.
const SOON: Duration = Duration::from_millis(1500);

/// Somebody of the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PanelMate)]
pub struct Mate {
    /// His id.
    pub id: String,
    /// His name; his id where none is known.
    pub name: String,
    /// Whether he has the panel open now.
    pub here: bool,
}

impl Panel {
    /// Who of these, of the categories' agents, of whoever holds a role of the team and of whoever asks is of the team now.
    pub(in crate::panel) async fn team(&self, staff: &Staff, seen: Vec<UserId>) -> Vec<UserId> {
        let mut team = self.holders(&staff.guild).await;
        team.insert(staff.session.user);
        let known: BTreeSet<UserId> = seen.into_iter().chain(staff.guild.agents.values().copied()).collect();
        for user in known {
            // Who isn't of the team any more gets nothing, and who isn't known to be for now neither.
            if !team.contains(&user) && matches!(self.ranks.of(self, &staff.guild, user).await, Ok(Some(_))) {
                team.insert(user);
            }
        }
        team.into_iter().collect()
    }

    /// Who holds a role of the team, as Discord lists the members.
    async fn holders(&self, guild: &accounts::Guild) -> BTreeSet<UserId> {
        let mut found = BTreeSet::new();
        let walk = async {
            let mut above = 0;
            for _ in 0..PAGES {
                let Ok(page) = self.app.roles.members(guild.id, above).await else { return };
                let Some((last, _)) = page.last() else { return };
                above = last.as_i64();
                let holds = |roles: &[RoleId]| roles.iter().any(|role| guild.ranks.contains_key(role));
                found.extend(page.iter().filter(|(_, roles)| holds(roles)).map(|(user, _)| *user));
            }
        };
        // Too late: those who were found till then.
        timeout(SOON, walk).await.unwrap_or_default();
        found
    }

    /// These with their names: those who have the panel open first, then by name.
    pub(super) async fn mates(&self, guild: GuildId, team: Vec<UserId>) -> Vec<Mate> {
        let here = self.live.here(guild);
        let names = self.member_names(guild, team.iter().copied().collect()).await;
        let mate = |user: UserId| {
            let id = user.to_string();
            let name = names.get(&user).cloned().unwrap_or_else(|| id.clone());
            Mate { here: here.contains(&user), name, id }
        };
        let mut mates: Vec<Mate> = team.into_iter().map(mate).collect();
        mates.sort_by_key(|mate| (!mate.here, mate.name.to_lowercase()));
        mates
    }
}
