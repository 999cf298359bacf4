//! What is read out to Shellia line by line: giveaways.

use super::person::operator;
use crate::app::App;
use crate::control::{Asker, Giveaway, Giveaways};
use crate::domain::giveaways::{self, State, remote};
use crate::kernel::Result;

/// A page of the guild's giveaways.
pub(super) async fn giveaways(app: &App, asker: Asker, before: Option<i64>) -> Result<Giveaways> {
    let operator = operator(app, asker).await?;
    let mut tx = app.db.begin(&operator.actor).await?;
    let found = remote::list(&mut tx, operator.guild.id, &State::ALL, before).await?;
    tx.end().await?;
    Ok(Giveaways { giveaways: found.iter().map(shown).collect() })
}

fn shown(giveaway: &giveaways::Giveaway) -> Giveaway {
    Giveaway {
        number: giveaway.number,
        prize: giveaway.title.clone(),
        state: giveaway.state.as_str().to_owned(),
        winners: giveaway.winners,
        starts_at: giveaway.starts_at,
        ends_at: giveaway.ends_at,
    }
}
