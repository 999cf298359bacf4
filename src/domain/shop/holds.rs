//! What holds a subscription's plan where it is: money for it that isn't here yet, or that is on its way back. A change counts
//! what is left of the present period as paid (Stripe, "Prorations"), so it must be, and stay so.
//!
//! Acts as the member, who is shown it, or as the *payments* duty, which asks again before a change is sent.

use super::orders::settle::locked;
use super::subscriptions::Subscription;
use crate::db::{Tx, sql};
use crate::kernel::{Error, GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Text, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

/// How long before its period an invoice of it may have been paid, as far as clocks and months go.
const EARLY: SignedDuration = SignedDuration::from_hours(72);

/// Why a plan can't be changed now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// Its order is not handed over: the first payment is on its way.
    Awaiting,
    /// Money of it goes back.
    Refunding,
    /// A bank looks into a payment of it, or has taken one back.
    Disputed,
    /// An invoice is still to be paid.
    Owes,
}

impl Hold {
    /// The name of the refusal.
    pub const fn error(self) -> &'static str {
        match self {
            Self::Awaiting => "error-switch-awaiting",
            Self::Refunding => "error-switch-refunding",
            Self::Disputed => "error-switch-disputed",
            Self::Owes => "error-switch-owes",
        }
    }
}

/// How the money of a subscription stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Holds {
    /// Whether any change is held.
    pub hold: Option<Hold>,
    /// Whether part of what the present period cost went back: a change to something cheaper would give it a second time.
    pub reduced: bool,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Bool)]
    awaiting: bool,
    #[diesel(sql_type = Bool)]
    refunding: bool,
    #[diesel(sql_type = Bool)]
    disputed: bool,
    #[diesel(sql_type = Bool)]
    owes: bool,
    #[diesel(sql_type = Bool)]
    reduced: bool,
}

/// How the money of a subscription stands.
///
/// # Errors
/// As [`Tx::first`].
pub async fn of(tx: &mut Tx, guild: GuildId, found: &Subscription, now: Timestamp) -> Result<Holds> {
    let begins = found.begins().and_then(|begun| begun.checked_sub(EARLY).ok()).unwrap_or(now);
    let row: Option<Row> = tx
        .first(
            "asking how the money of a subscription stands",
            // What an earlier period cost counts where a change has carried it into this one.
            sql("select o.number is not null and o.fulfilled_at is null as awaiting, \
                   coalesce(o.state = 'refunded', false) or exists (select from refunds r where r.guild_id = s.guild_id \
                     and r.order_number = s.order_number and r.state = 'requested') as refunding, \
                   coalesce(o.dispute in ('open', 'lost'), false) or exists (select from invoices i where i.guild_id = s.guild_id \
                     and i.subscription_id = s.id and i.dispute in ('open', 'lost')) as disputed, \
                   s.owes, \
                   exists (select from invoices i where i.guild_id = s.guild_id and i.subscription_id = s.id \
                     and i.refunded_minor > 0 and (i.paid_at >= ? or exists (select from subscription_changes c \
                       where c.guild_id = i.guild_id and c.subscription_id = i.subscription_id and c.kind = 'switch' \
                         and c.state <> 'refused' and c.created_at > i.paid_at))) as reduced \
                 from subscriptions s left join orders o on o.guild_id = s.guild_id and o.number = s.order_number \
                 where s.guild_id = ? and s.id = ?")
            .bind::<Timestamptz, _>(begins.to_diesel())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(found.id.clone()),
        )
        .await?;
    let Some(row) = row else { return Ok(Holds::default()) };
    let hold = [
        (row.awaiting, Hold::Awaiting),
        (row.refunding, Hold::Refunding),
        (row.disputed, Hold::Disputed),
        (row.owes, Hold::Owes),
    ];
    Ok(Holds { hold: hold.into_iter().find(|(holds, _)| *holds).map(|(_, hold)| hold), reduced: row.reduced })
}

/// Refuses a change of plan that something holds; `credits` says whether it would leave something to his credit. What holds it
/// can't begin before the commit: a refund of its order waits. Acts as the *payments* duty.
///
/// # Errors
/// [`Error::Conflict`] where it is held.
pub async fn refuse(tx: &mut Tx, guild: GuildId, found: &Subscription, credits: bool, now: Timestamp) -> Result<()> {
    if let Some(number) = found.order {
        locked(tx, guild, number).await?;
    }
    of(tx, guild, found, now).await?.allow(credits)
}

impl Holds {
    /// Refuses a change of plan that something holds.
    ///
    /// # Errors
    /// [`Error::Conflict`] where it is held.
    pub const fn allow(self, credits: bool) -> Result<()> {
        match self.hold {
            Some(hold) => Err(Error::Conflict(hold.error())),
            None if credits && self.reduced => Err(Error::Conflict("error-switch-reduced")),
            None => Ok(()),
        }
    }
}
