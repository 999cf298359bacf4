//! The roles that staff must mend, all of a guild at once. It reads what was written down; nobody is asked.

use super::RoleState;
use crate::db::{Tx, sql};
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Result, RoleId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    role_id: i64,
    #[diesel(sql_type = Text)]
    why: String,
}

/// The roles that can't be given as things are, each with why, the newest first; at most `limit`. Acts as staff.
///
/// # Errors
/// As [`Tx::load`].
pub async fn alerts(tx: &mut Tx, guild: GuildId, limit: i64) -> Result<Vec<(RoleId, RoleState)>> {
    let all = sql("select role_id, why from role_alerts where guild_id = ? order by at desc, role_id limit ?");
    let all = all.bind::<BigInt, _>(guild.as_i64()).bind::<BigInt, _>(limit);
    let rows: Vec<Row> = tx.load("listing what is wrong with roles", all).await?;
    let read = |row: Row| {
        let role = RoleId::try_from(row.role_id).internal("reading what is wrong with a role")?;
        Ok(RoleState::from_word(&row.why).map(|why| (role, why)))
    };
    rows.into_iter().filter_map(|row| read(row).transpose()).collect()
}
