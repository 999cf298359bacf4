//! Which round of a public randomness beacon counts, and whether a signature is that round's: drand's network "quicknet".
//!
//! A round's signature is checked with the network's public key alone; nothing is fetched here. The sandbox's beacon is the same
//! with a key of its own, and proves nothing: who runs it knows its rounds beforehand.

use super::digest::{Hex, sha256};
use super::seed::Randomness;
use drand_verify::{G2PubkeyRfc, Pubkey};

/// The hash that names quicknet's chain (docs.drand.love, "Quicknet").
pub const QUICKNET_CHAIN: &str = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971";
/// Quicknet's public key, a point of G2 (api.drand.sh, the chain's `info`).
pub const QUICKNET_KEY: Hex<96> = Hex(*b"\
    \x83\xcf\x0f\x28\x96\xad\xee\x7e\xb8\xb5\xf0\x1f\xca\xd3\x91\x22\x12\xc4\x37\xe0\x07\x3e\x91\x1f\xb9\x00\x22\xd3\xe7\x60\x18\x3c\
    \x8c\x4b\x45\x0b\x6a\x0a\x6c\x3a\xc6\xa5\x77\x6a\x2d\x10\x64\x51\x0d\x1f\xec\x75\x8c\x92\x1c\xc2\x2b\x0e\x17\xe6\x3a\xaf\x4b\xcb\
    \x5e\xd6\x63\x04\xde\x9c\xf8\x09\xbd\x27\x4c\xa7\x3b\xab\x4a\xf5\xa6\xe9\xc7\x6a\x4b\xc0\x9e\x76\xea\xe8\x99\x1e\xf5\xec\xe4\x5a");
/// When quicknet's round 1 came, in seconds since 1970; the sandbox's too.
pub const GENESIS: u64 = 1_692_803_367;
/// The seconds from one round to the next; the sandbox's too.
pub const PERIOD: u64 = 3;
/// The seconds after a giveaway's end whose round counts: enough to freeze the list and to post the commitment, also when
/// Discord is slow. The round itself may come up to 2 seconds earlier.
pub const MARGIN: u64 = 60;
/// The same for the sandbox's beacon, where nobody should wait.
pub const SANDBOX_MARGIN: u64 = 6;

/// The newest round at a time in seconds since 1970; `None` before the first.
pub const fn round_at(second: u64) -> Option<u64> {
    match second.checked_sub(GENESIS) {
        Some(since) => Some(since / PERIOD + 1),
        None => None,
    }
}

/// When a round comes, in seconds since 1970; `None` for round 0 and beyond all time.
pub const fn round_time(round: u64) -> Option<u64> {
    match round.checked_sub(1) {
        Some(before) => match before.checked_mul(PERIOD) {
            Some(since) => since.checked_add(GENESIS),
            None => None,
        },
        None => None,
    }
}

/// The randomness of a round, where the signature is the round's under the key (drand's scheme `bls-unchained-g1-rfc9380`).
pub(super) fn randomness(key: &Hex<96>, round: u64, signature: &Hex<48>) -> Option<Randomness> {
    let key = G2PubkeyRfc::from_fixed(*key.bytes()).ok()?;
    // A signature that is no point of the curve is as false as one of another round.
    let holds = key.verify(round, &[], signature.bytes()).unwrap_or(false);
    holds.then(|| sha256(signature.bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_and_times_belong_together() {
        assert_eq!((round_at(GENESIS - 1), round_at(GENESIS), round_at(GENESIS + 3)), (None, Some(1), Some(2)));
        assert_eq!((round_time(0), round_time(1), round_time(u64::MAX)), (None, Some(GENESIS), None));
        for second in GENESIS..GENESIS + 100 {
            let time = round_time(round_at(second).unwrap()).unwrap();
            assert!(time <= second && second < time + PERIOD);
        }
    }

    #[test]
    fn what_is_no_point_is_no_signature() {
        assert_eq!(randomness(&QUICKNET_KEY, 123, &Hex([0; 48])), None);
        assert_eq!(randomness(&QUICKNET_KEY, 123, &Hex([255; 48])), None);
        assert_eq!(randomness(&Hex([0; 96]), 123, &Hex([0; 48])), None);
        // The point at infinity is a point, and the signature of nothing under a real key.
        let mut infinity = Hex([0; 48]);
        infinity.0[0] = 0xc0;
        assert_eq!(randomness(&QUICKNET_KEY, 123, &infinity), None);
    }
}
