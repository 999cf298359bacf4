//! Removes what is no longer needed: old answers and notices that ended long ago.

use crate::db::{Tx, sql};
use crate::kernel::Result;
use diesel::sql_types::{BigInt, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

/// How long an answer can be asked for again.
const ANSWERS: SignedDuration = SignedDuration::from_hours(24);
/// How long staff see what became of a notice.
const NOTICES: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How many rows were removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swept {
    /// Answers.
    pub answers: usize,
    /// Notices.
    pub notices: usize,
}

impl Swept {
    /// Whether there was nothing to remove.
    pub const fn is_nothing(self) -> bool {
        self.answers == 0 && self.notices == 0
    }
}

/// Removes the oldest hour of answers past their time, and at most `limit` notices. Acts as the *schedule* duty.
///
/// # Errors
/// As [`Tx::execute`].
pub async fn sweep(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Swept> {
    let before = |age: SignedDuration| now.checked_sub(age).unwrap_or(Timestamp::MIN).to_diesel();
    // The duty may read nothing of an answer but its time, so a batch is an hour and not a number of rows.
    let answers = tx
        .execute(
            "removing old answers",
            sql("delete from answers where created_at < ? \
                 and created_at < (select min(created_at) from answers) + interval '1 hour'")
            .bind::<Timestamptz, _>(before(ANSWERS)),
        )
        .await?;
    let notices = tx
        .execute(
            "removing old notices",
            sql("delete from outbox where id in (select id from outbox where state <> 'pending' and done_at < ? \
                 order by done_at limit ? for update skip locked)")
            .bind::<Timestamptz, _>(before(NOTICES))
            .bind::<BigInt, _>(limit),
        )
        .await?;
    Ok(Swept { answers, notices })
}
