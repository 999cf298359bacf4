//! Who may pilot a Maxis from direct messages, where Discord tells no role: it is asked for.

use crate::app::App;
use crate::commands::errors;
use crate::domain::accounts::Person;
use crate::kernel::{GuildId, Rank};

/// Whether a person who writes in direct messages is an operator of that guild; his roles there are put into `person`. Where Discord
/// doesn't tell, or he writes too much, he isn't known to be one.
pub async fn pilots(app: &App, guild: GuildId, person: &mut Person) -> bool {
    if app.limits.count_from_afar(person.user).is_err() {
        return false;
    }
    let Ok(roles) = app.roles.held(guild, person.user).await else { return false };
    let Ok(manages) = app.roles.manages(guild, person.user, &roles).await else { return false };
    (person.roles, person.manages_guild) = (roles, manages);
    match app.settings_of(guild).await {
        Ok(settings) => settings.rank_of(person) == Some(Rank::Operator),
        Err(error) => {
            errors::log("direct message", &error);
            false
        }
    }
}
