//! The subcommand `audit verify`: whether every line of every server's audit is what it was when it was written.

use super::{AuditFound, Failed, database};
use crate::config::Settings;
use crate::db::Db;
use crate::domain::agent;
use crate::kernel::{Actor, Result as OurResult, System};

/// Walks the audit of every server.
///
/// # Errors
/// [`Failed`] with what to do.
pub(super) async fn verify(settings: &Settings) -> Result<Vec<AuditFound>, Failed> {
    let opened = database::open(settings).await?;
    let found = walk(&opened.db).await;
    opened.close().await;
    found.map_err(Failed::from_error("reading the audit"))
}

async fn walk(db: &Db) -> OurResult<Vec<AuditFound>> {
    let mut tx = db.begin(&Actor::system(System::Payments)).await?;
    let mut found = Vec::new();
    for guild in agent::guilds(&mut tx).await? {
        let chain = agent::chain(&mut tx, guild).await?;
        found.push(AuditFound { guild: guild.get(), entries: chain.lines, broken: chain.broken });
    }
    tx.end().await?;
    Ok(found)
}
