//! What a form of the panel offers to choose from: the roles and channels of the guild, under the names that its commands take.

use crate::panel::tickets::Person;
use crate::panel::{Panel, Staff};
use serde::Serialize;
use utoipa::ToSchema;

/// What there is to choose from, in the order of the names; nothing where Discord doesn't say.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = PanelOffered)]
pub struct Offered {
    /// The roles, without the one that everybody has and those that a bot alone can have.
    pub roles: Vec<Person>,
    /// The text channels.
    pub channels: Vec<Person>,
}

fn sorted<T: ToString>(all: &[(T, String)]) -> Vec<Person> {
    let mut all: Vec<Person> = all.iter().map(|(id, name)| Person { id: id.to_string(), name: name.clone() }).collect();
    all.sort_by_cached_key(|one| (one.name.to_lowercase(), one.id.clone()));
    all
}

impl Panel {
    /// What a form offers to choose from.
    pub async fn offered(&self, staff: &Staff) -> Offered {
        let inside = self.names_in(staff.guild.id).await;
        let roles: Vec<_> = inside.roles.iter().filter(|(id, _)| !inside.of_bots.contains(id)).cloned().collect();
        Offered { roles: sorted(&roles), channels: sorted(&inside.channels) }
    }
}
