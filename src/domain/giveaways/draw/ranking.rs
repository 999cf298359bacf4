//! The order of all entrants: drawn one after another, each time by weight among those who are left.
//!
//! Whole numbers only, so that every program gets the same order. What stands here is the definition done fast, with a Fenwick
//! tree of the weights; the definition itself is the naive model in the tests.

use super::digest::Digest;
use super::seed::Numbers;

/// Ranks entries by their weights: the places in the list, the first rank first. A weight of 0 is never drawn.
///
/// Takes n log n steps and 16 bytes an entry. The weights must add up to less than 2^64.
pub fn rank(seed: &Digest, weights: &[u32]) -> Vec<u32> {
    let mut numbers = Numbers::new(*seed);
    let mut urn = Urn::new(weights);
    let mut order = Vec::with_capacity(weights.len());
    while urn.left > 0 {
        let place = urn.find(numbers.below(urn.left));
        urn.take(place, weights.get(place).copied().unwrap_or(0).into());
        order.extend(u32::try_from(place));
    }
    order
}

/// The weights that are left; `sums[i - 1]` is the sum over the last `i & -i` entries up to the i-th (P. Fenwick, 1994).
struct Urn {
    sums: Vec<u64>,
    left: u64,
}

impl Urn {
    fn new(weights: &[u32]) -> Self {
        let mut sums: Vec<u64> = weights.iter().copied().map(u64::from).collect();
        for index in 1..=sums.len() {
            let own = sums.get(index - 1).copied().unwrap_or(0);
            if let Some(above) = sums.get_mut(index + lowest_bit(index) - 1) {
                *above += own;
            }
        }
        Self { sums, left: weights.iter().copied().map(u64::from).sum() }
    }

    /// The first place whose weight, added to all before it, is more than the number.
    fn find(&self, number: u64) -> usize {
        let (mut place, mut rest) = (0, number);
        let mut step = (self.sums.len() + 1).next_power_of_two() / 2;
        while step > 0 {
            if let Some(sum) = self.sums.get(place + step - 1).filter(|sum| **sum <= rest) {
                rest -= sum;
                place += step;
            }
            step /= 2;
        }
        place
    }

    fn take(&mut self, place: usize, weight: u64) {
        self.left -= weight;
        let mut index = place + 1;
        while let Some(sum) = self.sums.get_mut(index - 1) {
            *sum -= weight;
            index += lowest_bit(index);
        }
    }
}

const fn lowest_bit(index: usize) -> usize {
    index & index.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::giveaways::draw::digest::sha256;
    use proptest::prelude::*;

    /// The definition, as `docs/FAIR_DRAWS.md` has it.
    fn naive(seed: &Digest, weights: &[u32]) -> Vec<u32> {
        let mut numbers = Numbers::new(*seed);
        let mut left: Vec<(u32, u64)> = (0..).zip(weights.iter().copied().map(u64::from)).collect();
        let mut order = Vec::new();
        while !left.is_empty() {
            let mut number = numbers.below(left.iter().map(|one| one.1).sum());
            let found = left.iter().position(|one| {
                let here = number < one.1;
                number = number.saturating_sub(one.1);
                here
            });
            order.push(left.remove(found.unwrap()).0);
        }
        order
    }

    #[test]
    fn every_number_finds_its_entry_as_often_as_the_entry_weighs() {
        let weights = [3, 1, 7, 2, 5, 1, 1];
        let mut urn = Urn::new(&weights);
        let mut left = weights;
        for gone in [2, 6, 0, 3, 1, 5, 4] {
            let mut counts = [0; 7];
            (0..urn.left).for_each(|number| counts[urn.find(number)] += 1);
            assert_eq!(counts, left);
            urn.take(gone, left[gone].into());
            left[gone] = 0;
        }
    }

    #[test]
    fn a_known_seed_gives_the_known_order() {
        let seed = sha256(b"a known seed");
        assert_eq!(rank(&seed, &[1; 10]), [2, 8, 3, 1, 9, 6, 4, 7, 5, 0]);
        assert_eq!(rank(&seed, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), [8, 9, 4, 6, 7, 1, 2, 3, 5, 0]);
        assert_eq!(rank(&seed, &[u32::MAX, 1, u32::MAX]), [2, 0, 1]);
    }

    proptest! {
        #[test]
        fn the_fast_way_gives_the_same_as_the_definition(
            seed in any::<[u8; 32]>(),
            weights in prop_oneof![
                prop::collection::vec(1u32..=1, 0..70),
                prop::collection::vec(1u32..10, 0..70),
                prop::collection::vec(1u32.., 0..70),
            ],
        ) {
            let seed = super::super::Hex(seed);
            prop_assert_eq!(rank(&seed, &weights), naive(&seed, &weights));
        }
    }
}
