//! What a promotion is on where it is named without a command: by a code's word, by `plan/…`, or by a bare name.

use crate::db::Tx;
use crate::domain::promotions::{Aim, Target};
use crate::domain::shop::catalogue::names::{self, Shelves};
use crate::domain::shop::catalogue::reading::Eyes;
use crate::kernel::error::Problem;
use crate::kernel::{Error, GuildId, Result};

/// What a word or a name stands for.
///
/// # Errors
/// [`Error::Argument`] for what is neither, with the nearest names.
pub async fn target_named(tx: &mut Tx, guild: GuildId, named: &str) -> Result<Target> {
    if let Some(target) = Target::from_word(named) {
        return match &target {
            Target::Everything | Target::Plans | Target::Products => Ok(target),
            Target::Plan(code) => plan(tx, guild, code).await,
            Target::Product(code) => product(tx, guild, code).await,
        };
    }
    match Aim::parse(named) {
        Ok(Aim::General(target)) => Ok(target),
        Ok(Aim::Plan(named)) => plan(tx, guild, &named).await,
        Ok(Aim::Product(named)) => product(tx, guild, &named).await,
        // A bare name is a plan's, else a product's.
        Err(_) => match plan(tx, guild, named).await {
            Err(Error::Argument { option, problem: Problem::NotKnown { nearest } }) => {
                let none = |_| Error::Argument { option, problem: Problem::NotKnown { nearest } };
                product(tx, guild, named).await.map_err(none)
            }
            found => found,
        },
    }
}

async fn plan(tx: &mut Tx, guild: GuildId, named: &str) -> Result<Target> {
    let code = names::code(tx, guild, Shelves::Plans, ("target", named)).await?;
    Ok(Target::Plan(code.to_string()))
}

async fn product(tx: &mut Tx, guild: GuildId, named: &str) -> Result<Target> {
    let code = names::code(tx, guild, Shelves::Products(Eyes::Staff), ("target", named)).await?;
    Ok(Target::Product(code.to_string()))
}
