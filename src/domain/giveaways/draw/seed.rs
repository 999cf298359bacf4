//! From public randomness to as many numbers as a ranking needs: the seed, and a stream of numbers below a bound.

use super::digest::{Digest, Tag, hash};

/// What nobody knew when the list was frozen: 32 bytes.
pub type Randomness = Digest;

/// The seed of one draw; the commitment stands for the giveaway, its terms and its list.
pub fn seed(commitment: &Digest, randomness: &Randomness) -> Digest {
    hash(Tag::Seed, &[commitment.bytes(), randomness.bytes()])
}

/// Numbers out of a seed: SHA-256 over the seed and a counter.
pub(super) struct Numbers {
    seed: Digest,
    counter: u64,
}

impl Numbers {
    pub(super) const fn new(seed: Digest) -> Self {
        Self { seed, counter: 0 }
    }

    fn next(&mut self) -> u64 {
        let block = hash(Tag::Block, &[self.seed.bytes(), &self.counter.to_be_bytes()]);
        self.counter += 1;
        block.bytes().first_chunk().copied().map_or(0, u64::from_be_bytes)
    }

    /// The next number below a bound of 1 or more, each as likely as any other.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        loop {
            if let Some(number) = fair_remainder(self.next(), bound) {
                return number;
            }
        }
    }
}

/// The remainder, where the number is one of those that favour none.
const fn fair_remainder(number: u64, bound: u64) -> Option<u64> {
    if number <= last_fair(bound) { Some(number % bound) } else { None }
}

/// The last number of 64 bits below which, itself included, each remainder comes equally often: 2^64 less what is left over, less 1.
const fn last_fair(bound: u64) -> u64 {
    u64::MAX - (u64::MAX % bound + 1) % bound
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::giveaways::draw::Hex;

    #[test]
    fn what_would_favour_small_remainders_is_left_out() {
        for bound in [1, 2, 3, 5, 7, 1 << 32, (1 << 53) - 1, (1 << 63) + 1, u64::MAX] {
            let fair = u128::from(last_fair(bound)) + 1;
            assert_eq!(fair % u128::from(bound), 0, "{bound}");
            assert!((1 << 64) - fair < u128::from(bound), "{bound}");
            assert_eq!(fair_remainder(last_fair(bound), bound), Some(bound - 1));
            assert_eq!(last_fair(bound).checked_add(1).and_then(|next| fair_remainder(next, bound)), None);
        }
    }

    #[test]
    fn a_number_that_is_not_fair_is_passed_over() {
        // Of this bound, every second number is refused.
        let bound = (1 << 63) + 1;
        let (mut raw, mut fair) = (Numbers::new(Hex([3; 32])), Numbers::new(Hex([3; 32])));
        let all: Vec<_> = (0..100).map(|_| raw.next()).filter(|number| *number < bound).collect();
        assert!((20..80).contains(&all.len()));
        assert!(all.iter().all(|number| fair.below(bound) == *number));
    }
}
