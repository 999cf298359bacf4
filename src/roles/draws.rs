//! The subcommand `export-draw`: the file of a draw that is too large for Discord.

use super::{Failed, database};
use crate::config::Settings;
use crate::domain::giveaways::{drawing, reading};
use crate::kernel::{Actor, GuildId, Result as OurResult, System};

/// The file of a giveaway's draw as it was posted, or with `open` the one that names everybody.
///
/// # Errors
/// [`Failed`] with what to do.
pub(super) async fn export(settings: &Settings, guild: GuildId, number: i64, open: bool) -> Result<Vec<u8>, Failed> {
    let opened = database::open(settings).await?;
    let file = file(&opened.db, guild, number, open).await;
    opened.close().await;
    let none =
        || Failed::new(format!("giveaway {number} of server {guild} has no draw: there is none, or it isn't made yet"));
    file.map_err(Failed::from_error("reading the draw"))?.ok_or_else(none)
}

async fn file(db: &crate::db::Db, guild: GuildId, number: i64, open: bool) -> OurResult<Option<Vec<u8>>> {
    let mut tx = db.begin(&Actor::system_in(System::Payments, guild)).await?;
    let giveaway = match reading::one(&mut tx, guild, number).await {
        Ok(giveaway) if giveaway.proof.is_some() => giveaway,
        Ok(_) | Err(crate::kernel::Error::NotFound(_)) => return tx.end().await.map(|()| None),
        Err(error) => return Err(error),
    };
    let material = drawing::material(&mut tx, &giveaway).await?;
    tx.end().await?;
    material.draw()?.file(open)
}
