//! The roles of a guild by their names.

use super::calm::get;
use super::fault::Fault;
use crate::kernel::text::same;
use crate::kernel::{GuildId, RoleId};
use serde::Deserialize;
use twilight_http::Client;
use twilight_http::routing::Route;
use twilight_model::id::Id;
use twilight_model::id::marker::RoleMarker;

#[derive(Deserialize)]
struct Role {
    id: Id<RoleMarker>,
    name: String,
}

/// The roles that are called so, without regard to case; where none is, without regard to accents and spaces. Discord lets
/// several bear one name.
pub(super) async fn called(http: &Client, guild: GuildId, name: &str) -> Result<Vec<RoleId>, Fault> {
    let roles: Vec<Role> = get(http, &Route::GetGuildRoles { guild_id: guild.get() }).await?;
    let ids = |is_meant: &dyn Fn(&str) -> bool| -> Vec<RoleId> {
        let meant = roles.iter().filter(|role| is_meant(&role.name));
        meant.filter_map(|role| RoleId::new(role.id.get())).collect()
    };
    let exact = ids(&|role| role.to_lowercase() == name.to_lowercase());
    Ok(if exact.is_empty() { ids(&|role| same(role) == same(name)) } else { exact })
}
