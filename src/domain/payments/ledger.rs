//! The ledger: double entry in minor units, append-only, each transaction written once by its name.
//!
//! An account's amount is what it grew by: `provider` is what the payment provider owes us; the others are where it came from
//! or went to, so they carry the opposite sign. The lines of a transaction add up to zero in each currency, which the
//! database checks too.

use crate::db::{Tx, sql};
use crate::kernel::{Currency, GuildId, UserId};
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// What a line belongs to, besides its transaction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The order.
    pub order: Option<i64>,
    /// The subscription.
    pub subscription: Option<String>,
    /// Who paid.
    pub customer: Option<UserId>,
}

/// A movement of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Movement {
    /// A payment or invoice came in; `tax` is a part of `total`.
    Sale {
        /// The payment's or invoice's name.
        name: String,
        /// All of it.
        total: i64,
        /// The part that is tax.
        tax: i64,
    },
    /// The provider took its fee for a payment.
    Fee {
        /// The payment's name.
        name: String,
        /// How much.
        amount: i64,
    },
    /// Money went back.
    Refund {
        /// The refund's name.
        name: String,
        /// How much.
        amount: i64,
    },
    /// A refund failed, so its money is here again.
    RefundFailed {
        /// The refund's name.
        name: String,
        /// How much.
        amount: i64,
    },
    /// A bank took money back, for now.
    DisputeOpened {
        /// The dispute's name.
        name: String,
        /// How much.
        amount: i64,
    },
    /// The bank gave it back.
    DisputeWon {
        /// The dispute's name.
        name: String,
        /// How much.
        amount: i64,
    },
}

impl Movement {
    /// Its name in the ledger, and its lines.
    fn lines(&self) -> (String, Vec<(&'static str, i64)>) {
        match self {
            Self::Sale { name, total, tax } => {
                let lines = vec![("provider", *total), ("revenue", tax.saturating_sub(*total)), ("tax", -*tax)];
                (format!("sale/{name}"), lines)
            }
            Self::Fee { name, amount } => (format!("fee/{name}"), vec![("provider", -*amount), ("fees", *amount)]),
            Self::Refund { name, amount } => {
                (format!("refund/{name}"), vec![("provider", -*amount), ("refunds", *amount)])
            }
            Self::RefundFailed { name, amount } => {
                (format!("refund-failed/{name}"), vec![("provider", *amount), ("refunds", -*amount)])
            }
            Self::DisputeOpened { name, amount } => {
                (format!("dispute/{name}"), vec![("provider", -*amount), ("disputes", *amount)])
            }
            Self::DisputeWon { name, amount } => {
                (format!("dispute-won/{name}"), vec![("provider", *amount), ("disputes", -*amount)])
            }
        }
    }
}

/// Writes a movement at the commit; one that stands there already stays as it is. Acts as the *payments* duty.
pub fn post(tx: &mut Tx, guild: GuildId, movement: &Movement, currency: Currency, about: &About, at: Timestamp) {
    let (txn, lines) = movement.lines();
    for (account, amount) in lines.into_iter().filter(|(_, amount)| *amount != 0) {
        tx.defer(
            "writing to the ledger",
            sql("insert into ledger (guild_id, txn, account, currency, amount_minor, order_number, subscription_id, \
                 customer_id, at) values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(txn.clone())
            .bind::<Text, _>(account)
            .bind::<Text, _>(currency.code())
            .bind::<BigInt, _>(amount)
            .bind::<Nullable<BigInt>, _>(about.order)
            .bind::<Nullable<Text>, _>(about.subscription.clone())
            .bind::<Nullable<BigInt>, _>(about.customer.map(UserId::as_i64))
            .bind::<Timestamptz, _>(at.to_diesel()),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn movements(amount: i64, tax: i64) -> [Movement; 6] {
        let name = "x".to_owned();
        [
            Movement::Sale { name: name.clone(), total: amount, tax },
            Movement::Fee { name: name.clone(), amount },
            Movement::Refund { name: name.clone(), amount },
            Movement::RefundFailed { name: name.clone(), amount },
            Movement::DisputeOpened { name: name.clone(), amount },
            Movement::DisputeWon { name, amount },
        ]
    }

    proptest! {
        #[test]
        fn every_movement_adds_up_to_zero(amount in 0i64..=99_999_999, share in 0i64..=100) {
            for movement in movements(amount, amount * share / 100) {
                let (_, lines) = movement.lines();
                prop_assert_eq!(lines.iter().map(|(_, amount)| amount).sum::<i64>(), 0);
            }
        }
    }

    #[test]
    fn no_two_movements_share_a_name() {
        let names: std::collections::HashSet<String> = movements(1, 0).iter().map(|m| m.lines().0).collect();
        assert_eq!(names.len(), 6);
    }
}
