//! Over many draws each entrant wins as often as its weight says: Pearson's chi-square, with seeds that are fixed.
//!
//! A limit is what chance passes once in a thousand times, with as many degrees of freedom as there are outcomes, less one.

use super::support::*;
use sha2::{Digest as _, Sha256};
use shellia::domain::giveaways::draw::*;
use std::collections::HashMap;

/// Draws of each kind.
const DRAWS: u32 = 60_000;

/// How likely an order is: each time the weight's part of what is left.
fn likelihood(order: &[u32], weights: &[u32]) -> f64 {
    let mut left: u32 = weights.iter().sum();
    let mut product = 1.0;
    for place in order {
        let weight = weights[usize::try_from(*place).unwrap()];
        product *= f64::from(weight) / f64::from(left);
        left -= weight;
    }
    product
}

fn part(count: u32, expected: f64) -> f64 {
    (f64::from(count) - expected).powi(2) / expected
}

/// How often each order came.
fn orders(weights: &[u32]) -> HashMap<Vec<u32>, u32> {
    let mut counts: HashMap<Vec<u32>, u32> = HashMap::new();
    for n in 0..DRAWS {
        *counts.entry(rank(&Hex(Sha256::digest(n.to_be_bytes()).into()), weights)).or_default() += 1;
    }
    counts
}

/// Pearson's statistic over all orders of entries that weigh so much.
fn statistic(counts: &HashMap<Vec<u32>, u32>, weights: &[u32]) -> f64 {
    assert_eq!(counts.len(), (1..=weights.len()).product::<usize>());
    counts.iter().map(|(order, count)| part(*count, likelihood(order, weights) * f64::from(DRAWS))).sum()
}

#[test]
fn equal_weights_are_shuffled_evenly() {
    for (weights, limit) in [([1, 1, 1].as_slice(), 20.52), (&[1, 1, 1, 1], 49.73), (&[7, 7, 7, 7], 49.73)] {
        let found = statistic(&orders(weights), weights);
        assert!(found < limit, "{weights:?}: {found}");
    }
}

#[test]
fn unequal_weights_are_drawn_by_weight_without_replacement() {
    for (weights, limit) in [([1, 2].as_slice(), 10.83), (&[1, 2, 3], 20.52), (&[5, 1, 1, 10], 49.73)] {
        let found = statistic(&orders(weights), weights);
        assert!(found < limit, "{weights:?}: {found}");
    }
}

#[test]
fn a_draw_that_is_a_little_unfair_would_be_noticed() {
    // The same statistic against weights that are one part in twenty off.
    assert!(statistic(&orders(&[20, 20, 20]), &[21, 20, 20]) > 20.52);
    assert!(statistic(&orders(&[20, 40, 60]), &[20, 42, 60]) > 20.52);
}

/// How often each account came first in whole draws, from the list to the ranking, each by a secret of its own.
fn firsts(weights: &[u32], draws: u32) -> Vec<u32> {
    let (list, mut users) = (frozen(weights), HashMap::new());
    for n in 0..draws {
        let secret = Hex(Sha256::digest(n.to_be_bytes()).into());
        let posts = [post((ENDS_AT - 60) * 1000), post(ENDS_AT * 1000)];
        let terms = terms(1, Source::secret(&secret));
        let ranked = Ranked::new(terms, posts[0], list.clone(), posts[1], &secret.to_string()).unwrap();
        *users.entry(ranked.user(1).unwrap()).or_insert(0) += 1;
    }
    (0..).zip(weights).map(|(n, _)| users.get(&user(n)).copied().unwrap_or(0)).collect()
}

#[test]
fn whole_draws_give_each_account_its_chance() {
    for (weights, limit) in [([1; 10], 27.88), ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 27.88)] {
        let draws = 8_000;
        let total: u32 = weights.iter().sum();
        let expected = |weight: u32| f64::from(draws) * f64::from(weight) / f64::from(total);
        let counts = firsts(&weights, draws);
        let found: f64 = counts.iter().zip(weights).map(|(count, weight)| part(*count, expected(weight))).sum();
        assert!(found < limit, "{weights:?}: {counts:?}, {found}");
    }
}
