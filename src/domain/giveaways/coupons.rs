//! Prizes that are promotion codes: each winner's own, which he alone may use.
//!
//! A code follows from the giveaway's salt, so that nobody guesses it and a second try makes the same.

use super::draw::Salt;
use super::freezing::{broken, secrets};
use super::{Giveaway, Prize};
use crate::db::Tx;
use crate::domain::promotions::PromoCode;
use crate::domain::promotions::coupons::{self, Coupon};
use crate::kernel::{Result, UserId};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

/// What a code is written with: no letter that looks like a digit.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of a code behind its beginning: eighty bits.
const LENGTH: usize = 16;

/// A winner's code, and until when it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// What is typed.
    pub code: String,
    /// Until when.
    pub until: Timestamp,
}

fn written(salt: &Salt, number: i64, rank: u32) -> String {
    let digest = Sha256::new_with_prefix(b"giveaway coupon\0")
        .chain_update(salt.bytes())
        .chain_update(number.to_be_bytes())
        .chain_update(rank.to_be_bytes())
        .finalize();
    let letter = |byte: &u8| LETTERS.get(usize::from(byte & 31)).copied().map_or('0', char::from);
    format!("WIN-{}", digest.iter().take(LENGTH).map(letter).collect::<String>())
}

/// Gives the coupon of a rank, or finds the one that was given; `None` where the prize is none.
///
/// # Errors
/// As [`Tx::load`].
pub(super) async fn give(
    tx: &mut Tx,
    giveaway: &Giveaway,
    (rank, user): (u32, UserId),
    now: Timestamp,
) -> Result<Option<Code>> {
    let Prize::Coupon { discount, cap, days } = &giveaway.prize else { return Ok(None) };
    let salt = secrets(tx, giveaway).await?.salt;
    let code =
        PromoCode::parse(&written(&salt, giveaway.number, rank)).map_err(|_| broken("writing a coupon's code"))?;
    let until = now.checked_add(SignedDuration::from_hours(i64::from(*days) * 24)).unwrap_or(Timestamp::MAX);
    let coupon = Coupon {
        guild: giveaway.guild,
        user,
        key: format!("prize/{}/{rank}", giveaway.number),
        code,
        discount: *discount,
        cap: *cap,
        until,
        by: giveaway.host,
        reason: format!("🎉 #{}", giveaway.number),
    };
    let (code, until) = coupons::give(tx, &coupon, now).await?;
    Ok(Some(Code { code, until }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::giveaways::draw::Hex;
    use std::collections::BTreeSet;

    #[test]
    fn each_rank_has_a_code_of_its_own_that_can_be_typed() {
        let ranks = (1..=200).map(|rank| written(&Hex([7; 32]), 3, rank));
        let others = [written(&Hex([8; 32]), 3, 1), written(&Hex([7; 32]), 4, 1)];
        let all: BTreeSet<String> = ranks.chain(others).collect();
        assert_eq!(all.len(), 202);
        assert!(all.iter().all(|code| PromoCode::parse(code).is_ok_and(|read| read.as_str() == code)), "{all:?}");
    }
}
