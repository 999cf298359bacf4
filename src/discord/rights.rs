//! Who may manage a guild, for typed commands: Discord tells it with interactions, not with messages.
//!
//! It keeps of each guild its owner and the roles that hold *Administrator* or *Manage Server*, fed by the gateway; a guild
//! not heard of (a resumed session brings no guild) is asked for once, and again some seconds after that failed. Not known
//! means "may not".

use super::gateway::Told;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use twilight_http::request::Request;
use twilight_http::routing::Route;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, RoleMarker, UserMarker};

/// Either of these makes someone an operator.
pub(super) const MANAGES: Permissions = Permissions::ADMINISTRATOR.union(Permissions::MANAGE_GUILD);

/// A guild in the fields that count here, as the gateway and REST send it.
#[derive(Debug, Deserialize)]
pub(super) struct GuildSeen {
    id: Id<GuildMarker>,
    // Both are missing from a guild that is unavailable.
    owner_id: Option<Id<UserMarker>>,
    roles: Option<Vec<RoleSeen>>,
}

impl GuildSeen {
    /// Whether a member with these roles may manage it; `None` where it doesn't say.
    pub(super) fn managed_by(self, user: Id<UserMarker>, roles: &[Id<RoleMarker>]) -> Option<bool> {
        let (guild, rights) = (self.id, Rights::default());
        rights.hear(Change::Guild(self));
        rights.look(guild, user, roles)
    }
}

/// A role in the fields that count here.
#[derive(Debug, Deserialize)]
pub(super) struct RoleSeen {
    id: Id<RoleMarker>,
    permissions: Permissions,
}

/// What the gateway tells about guilds.
#[derive(Debug)]
pub(super) enum Change {
    /// A guild as a whole.
    Guild(GuildSeen),
    /// The guild is gone, or we are gone from it.
    Gone(Id<GuildMarker>),
    /// A role is new or changed.
    Role(Id<GuildMarker>, RoleSeen),
    /// A role is gone.
    RoleGone(Id<GuildMarker>, Id<RoleMarker>),
}

impl Change {
    /// The guild.
    pub(super) const fn guild(&self) -> Id<GuildMarker> {
        match self {
            Self::Guild(GuildSeen { id, .. }) => *id,
            Self::Gone(guild) | Self::Role(guild, _) | Self::RoleGone(guild, _) => *guild,
        }
    }

    /// What it means for the roles that members wait for; `None`: nothing.
    pub(super) fn told(&self) -> Option<Told> {
        match self {
            Self::Guild(GuildSeen { id, roles: Some(roles), .. }) => {
                Some(Told::There(*id, roles.iter().map(|role| role.id).collect()))
            }
            Self::Guild(guild) => Some(Told::Roles(guild.id, None)),
            Self::Role(guild, role) => Some(Told::Role(*guild, role.id)),
            Self::RoleGone(guild, role) => Some(Told::Roles(*guild, Some(*role))),
            Self::Gone(_) => None,
        }
    }
}

#[derive(Debug)]
struct Known {
    owner: Id<UserMarker>,
    managing: HashSet<Id<RoleMarker>>,
}

/// How long a guild that could not be read isn't asked for again: its messages must not wait for Discord one after another.
const FAILED: Duration = Duration::from_secs(10);

/// The question about one guild, one at a time, with the time of its last failure: many messages ask once.
type Question = Arc<tokio::sync::Mutex<Option<Instant>>>;

/// Who may manage which guild.
#[derive(Debug, Default)]
pub(super) struct Rights {
    // Never held over an await.
    known: Mutex<HashMap<Id<GuildMarker>, Known>>,
    // Never held over an await; a guild that is known has no entry.
    asking: Mutex<HashMap<Id<GuildMarker>, Question>>,
}

impl Rights {
    /// Takes in what the gateway told.
    pub(super) fn hear(&self, change: Change) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        match change {
            Change::Guild(GuildSeen { id, owner_id: Some(owner), roles: Some(roles) }) => {
                let managing = roles.iter().filter(|role| role.permissions.intersects(MANAGES));
                known.insert(id, Known { owner, managing: managing.map(|role| role.id).collect() });
            }
            Change::Guild(GuildSeen { .. }) => {}
            Change::Gone(guild) => {
                known.remove(&guild);
            }
            Change::Role(guild, role) => {
                if let Some(known) = known.get_mut(&guild) {
                    if role.permissions.intersects(MANAGES) {
                        known.managing.insert(role.id);
                    } else {
                        known.managing.remove(&role.id);
                    }
                }
            }
            Change::RoleGone(guild, role) => {
                if let Some(known) = known.get_mut(&guild) {
                    known.managing.remove(&role);
                }
            }
        }
    }

    /// Whether a member with these roles may manage the guild; `None` for a guild that isn't known.
    fn look(&self, guild: Id<GuildMarker>, user: Id<UserMarker>, roles: &[Id<RoleMarker>]) -> Option<bool> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.get(&guild)?;
        // The role of everyone has the guild's id and is in nobody's list.
        let everyone = guild.cast::<RoleMarker>();
        let by_role = roles.iter().chain([&everyone]).any(|role| known.managing.contains(role));
        Some(known.owner == user || by_role)
    }

    /// Whether a member with these roles may manage the guild.
    pub(super) async fn manages(
        &self,
        http: &twilight_http::Client,
        guild: Id<GuildMarker>,
        user: Id<UserMarker>,
        roles: &[Id<RoleMarker>],
    ) -> bool {
        if let Some(manages) = self.look(guild, user, roles) {
            return manages;
        }
        let question = self.questions().entry(guild).or_default().clone();
        let mut failed = question.lock().await;
        if let Some(manages) = self.look(guild, user, roles) {
            return manages;
        }
        if failed.is_some_and(|at| at.elapsed() < FAILED) {
            return false;
        }
        let request = Request::from_route(&Route::GetGuild { guild_id: guild.get(), with_counts: false });
        let seen = match super::calm::calmly(http.request::<GuildSeen>(request)).await {
            Ok(response) => response.model().await.ok(),
            Err(error) => {
                let fault = super::fault::Fault::of(&error);
                tracing::warn!(%guild, %fault, "a guild's roles could not be read; nobody counts as its manager for now");
                None
            }
        };
        if let Some(seen) = seen {
            self.hear(Change::Guild(seen));
        }
        let manages = self.look(guild, user, roles);
        if manages.is_some() {
            self.questions().remove(&guild);
        } else {
            *failed = Some(Instant::now());
        }
        manages.unwrap_or(false)
    }

    fn questions(&self) -> MutexGuard<'_, HashMap<Id<GuildMarker>, Question>> {
        self.asking.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    fn rights() -> Rights {
        let rights = Rights::default();
        let guild = serde_json::json!({
            "id": "1", "owner_id": "9",
            "roles": [{"id": "1", "permissions": "0"}, {"id": "2", "permissions": "32"}, {"id": "3", "permissions": "8"}],
        });
        rights.hear(Change::Guild(serde_json::from_value(guild).unwrap()));
        rights
    }

    #[test]
    fn the_owner_and_the_managing_roles_count() {
        let rights = rights();
        let (guild, user) = (Id::new(1), Id::new(5));
        assert_eq!(rights.look(guild, user, &[Id::new(4)]), Some(false));
        assert_eq!(rights.look(guild, user, &[Id::new(2)]), Some(true));
        assert_eq!(rights.look(guild, user, &[Id::new(3)]), Some(true));
        assert_eq!(rights.look(guild, Id::new(9), &[]), Some(true));
        assert_eq!(rights.look(Id::new(7), user, &[Id::new(2)]), None);
    }

    #[test]
    fn a_role_that_loses_the_right_counts_no_more() {
        let rights = rights();
        let (guild, user) = (Id::new(1), Id::new(5));
        rights.hear(Change::Role(guild, RoleSeen { id: Id::new(2), permissions: Permissions::empty() }));
        rights.hear(Change::RoleGone(guild, Id::new(3)));
        assert_eq!(rights.look(guild, user, &[Id::new(2), Id::new(3)]), Some(false));
        rights.hear(Change::Role(guild, RoleSeen { id: Id::new(1), permissions: Permissions::MANAGE_GUILD }));
        assert_eq!(rights.look(guild, user, &[]), Some(true), "everyone's role counts for everyone");
    }

    /// A Discord that keeps silent about guild 1 and refuses what is asked about others; counts the questions about these.
    async fn failing() -> (twilight_http::Client, Arc<AtomicU32>) {
        crate::discord::install_tls();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = twilight_http::Client::builder().proxy(listener.local_addr().unwrap().to_string(), true).build();
        let count = Arc::new(AtomicU32::new(0));
        let counted = count.clone();
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let counted = counted.clone();
                tokio::spawn(async move {
                    let mut bytes = [0; 4096];
                    while let Ok(length @ 1..) = socket.read(&mut bytes).await {
                        if String::from_utf8_lossy(&bytes[..length]).contains("/guilds/1") {
                            continue;
                        }
                        counted.fetch_add(1, Ordering::Relaxed);
                        let body = r#"{"message":"Missing Access","code":50001}"#;
                        let length = body.len();
                        let answer = format!("HTTP/1.1 403 -\r\ncontent-length: {length}\r\n\r\n{body}");
                        socket.write_all(answer.as_bytes()).await.unwrap();
                    }
                });
            }
        });
        (client, count)
    }

    #[tokio::test]
    async fn a_guild_that_can_not_be_read_is_not_asked_for_again_at_once_and_holds_no_other_up() {
        let (client, count) = failing().await;
        let rights = Rights::default();
        let asks = async |guild| rights.manages(&client, Id::new(guild), Id::new(5), &[]).await;
        let others = async {
            assert!(!asks(2).await);
            assert!(!asks(2).await);
            assert_eq!(count.load(Ordering::Relaxed), 1, "the failure is remembered");
            assert!(!asks(3).await);
            assert_eq!(count.load(Ordering::Relaxed), 2);
        };
        tokio::select! {
            biased;
            _ = asks(1) => panic!("nobody answers about guild 1"),
            () = others => {}
        }
    }

    #[tokio::test]
    async fn what_the_gateway_tells_counts_after_a_failure() {
        let (client, _) = failing().await;
        let rights = Rights::default();
        let asks = async || rights.manages(&client, Id::new(2), Id::new(9), &[]).await;
        assert!(!asks().await);
        let guild = serde_json::json!({"id": "2", "owner_id": "9", "roles": []});
        rights.hear(Change::Guild(serde_json::from_value(guild).unwrap()));
        assert!(asks().await);
    }
}
