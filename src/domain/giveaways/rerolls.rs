//! What staff want done about a winner: the next in order in his place. Acts as the *payments* duty.
//!
//! It is only asked for here, and from then on he can't claim any more; the program does it, once it knows that the next is still
//! there.

use super::draw::Reason;
use super::places::{REPLACED_FOR, Row, read};
use super::service::Step;
use super::{Giveaway, State, store};
use crate::db::{Tx, sql};
use crate::kernel::{Error, Result, UserId};
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamptz};
use jiff_diesel::ToDiesel;

/// Staff want the next in order in a winner's place; without a name, in that of the only one who has nothing yet. It is done by the
/// program, who asks whether the next is still there.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] where nobody can be replaced, or it isn't clear who is meant.
pub async fn ask_reroll(
    tx: &mut Tx,
    step: Step<'_>,
    user: Option<UserId>,
    (reason, note): (Reason, &str),
) -> Result<(Giveaway, UserId)> {
    let mut giveaway = store::lock(tx, step.guild, step.number).await?.ok_or(Error::NotFound("giveaway"))?;
    let before: Option<Row> = tx
        .first(
            "looking for a reroll that was asked for",
            sql("select rank, user_id, state, claim_until, order_number, reroll_reason is not null as replaced from giveaway_places \
                 where guild_id = ? and giveaway = ? and reroll_request = ?")
            .bind::<BigInt, _>(step.guild.as_i64())
            .bind::<BigInt, _>(step.number)
            .bind::<Text, _>(step.request.to_owned()),
        )
        .await?;
    if let Some(before) = before.and_then(read) {
        return Ok((giveaway, before.user));
    }
    if giveaway.state != State::Drawn {
        let over = giveaway.state == State::Done;
        return Err(Error::Conflict(if over { "error-giveaway-all-given" } else { "error-giveaway-not-drawn" }));
    }
    if giveaway.ends_at.checked_add(REPLACED_FOR).is_ok_and(|end| end < step.now) {
        return Err(Error::Conflict("error-giveaway-too-old"));
    }
    let rows: Vec<Row> = tx
        .load(
            "looking for a winner to replace",
            sql("select rank, user_id, state, claim_until, order_number, reroll_reason is not null as replaced from giveaway_places \
                 where guild_id = ? and giveaway = ? and state in ('pending', 'claimed') and reroll_reason is null and (? is null or user_id = ?) \
                 order by rank limit 2 for update")
            .bind::<BigInt, _>(step.guild.as_i64())
            .bind::<BigInt, _>(step.number)
            .bind::<Nullable<BigInt>, _>(user.map(UserId::as_i64))
            .bind::<Nullable<BigInt>, _>(user.map(UserId::as_i64)),
        )
        .await?;
    let mut found = rows.into_iter().filter_map(read);
    let place = match (found.next(), found.next()) {
        (Some(place), None) => place,
        (Some(_), Some(_)) => return Err(Error::Conflict("error-giveaway-which-winner")),
        (None, _) if user.is_none() => return Err(Error::Conflict("error-giveaway-nobody-waits")),
        (None, _) => return Err(Error::Conflict("error-giveaway-no-winner")),
    };
    tx.defer(
        "asking for a reroll",
        sql("update giveaway_places set reroll_reason = ?, reroll_by = ?, reroll_note = ?, reroll_request = ?, updated_at = ? \
             where guild_id = ? and giveaway = ? and rank = ?")
        .bind::<Text, _>(reason.code())
        .bind::<BigInt, _>(step.by.as_i64())
        .bind::<Text, _>(note.to_owned())
        .bind::<Text, _>(step.request.to_owned())
        .bind::<Timestamptz, _>(step.now.to_diesel())
        .bind::<BigInt, _>(step.guild.as_i64())
        .bind::<BigInt, _>(step.number)
        .bind::<Integer, _>(i32::try_from(place.rank).unwrap_or(i32::MAX)),
    );
    giveaway.look_at = Some(step.now);
    store::save(tx, &giveaway, step.now);
    store::audit(tx, (step.guild, step.number), "giveaway_rerolled", Some(reason.code()), step.by, step.now);
    Ok((giveaway, place.user))
}
