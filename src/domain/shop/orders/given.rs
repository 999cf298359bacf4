//! How the role that an order gives stands with whom it is for: given, waiting, or in need of staff.
//!
//! Reads what was written down of it, and asks nobody. Acts as who holds it, or as staff; nobody else sees whether he does.

use crate::db::{Tx, sql};
use crate::domain::shop::roles::RoleState;
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Result, RoleId, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};
use serde::Deserialize;

/// The role of an order that is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// The order's number.
    pub order: i64,
    /// The role.
    pub role: RoleId,
    /// How it stands; `None`: it was not tried yet.
    pub state: Option<RoleState>,
    /// Whether the program gave it, now or before.
    pub ours: bool,
}

impl Given {
    /// What only staff can mend.
    pub fn stuck(&self) -> Option<RoleState> {
        self.state.filter(|state| state.needs_staff())
    }

    /// Whether it is still to be seen if it can be given.
    pub const fn is_open(&self) -> bool {
        matches!(self.state, None | Some(RoleState::Waiting))
    }

    /// Whether nothing of it was ever handed over: a role that was deleted may have been held until then.
    pub fn never_was(&self) -> bool {
        !self.ours && self.stuck().is_some_and(|state| state != RoleState::Gone)
    }
}

#[derive(QueryableByName, Deserialize)]
struct Row {
    #[diesel(sql_type = BigInt)]
    order_number: i64,
    #[diesel(sql_type = BigInt)]
    role_id: i64,
    #[diesel(sql_type = Nullable<Text>)]
    state: Option<String>,
    #[diesel(sql_type = Bool)]
    ours: bool,
}

fn read(row: Row) -> Result<Given> {
    Ok(Given {
        order: row.order_number,
        role: RoleId::try_from(row.role_id).internal("reading how a role stands")?,
        state: row.state.as_deref().and_then(RoleState::from_word),
        ours: row.ours,
    })
}

/// Reads a row of [`HELD`] that was made JSON.
pub(super) fn of_json(row: serde_json::Value) -> Result<Given> {
    read(serde_json::from_value(row).internal("reading how a role stands")?)
}

/// Of what isn't over, taken away or held back.
pub(super) const HELD: &str = "select e.order_number, coalesce(e.role_id, p.role_id) as role_id, g.state, coalesce(g.ours, false) as ours \
     from entitlements e left join plans p on p.guild_id = e.guild_id and p.code = e.plan \
       left join granted_roles g on g.guild_id = e.guild_id and g.user_id = e.user_id and g.role_id = coalesce(e.role_id, p.role_id) \
     where e.revoked_at is null and e.suspended_at is null and not e.lapsed and coalesce(e.role_id, p.role_id) is not null \
       and e.order_number is not null";

/// The role that an order gives; `None` where it gives none, or not any more.
///
/// # Errors
/// As [`Tx::first`].
pub async fn of(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Option<Given>> {
    let row: Option<Row> = tx
        .first(
            "asking how an order's role stands",
            sql(HELD)
                .then(" and e.guild_id = ? and e.order_number = ? order by e.id desc limit 1")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(number),
        )
        .await?;
    row.map(read).transpose()
}

/// The orders of a person whose role only staff can mend, each with why; at most 200.
///
/// # Errors
/// As [`Tx::load`].
pub async fn stuck(tx: &mut Tx, guild: GuildId, user: UserId) -> Result<Vec<(i64, RoleState)>> {
    let rows: Vec<Row> = tx
        .load(
            "asking whose roles are stuck",
            sql(HELD)
                .then(
                    " and e.guild_id = ? and e.user_id = ? and g.state in ('no_permission', 'too_low', 'refused', 'gone') \
                     order by e.id desc limit 200",
                )
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(user.as_i64()),
        )
        .await?;
    let found: Vec<Given> = rows.into_iter().map(read).collect::<Result<_>>()?;
    Ok(found.iter().filter_map(|one| Some((one.order, one.stuck()?))).collect())
}
