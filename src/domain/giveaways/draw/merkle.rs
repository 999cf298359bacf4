//! A Merkle tree over the frozen entries: one digest for all, and a short proof that one is in it.
//!
//! The shape is that of RFC 6962, section 2.1: pairs from the left, an odd one goes up as it is. Leaf and node hashes begin with
//! different bytes, so that neither can pass for the other. It knows nothing of what the leaves are.

use super::digest::{Digest, Hex};
use sha2::{Digest as _, Sha256};

/// The hash of a leaf's bytes.
pub(super) fn leaf(parts: &[&[u8]]) -> Digest {
    let start = Sha256::new_with_prefix([0]);
    Hex(parts.iter().fold(start, |hasher, part| hasher.chain_update(part)).finalize().into())
}

fn node(left: &Digest, right: &Digest) -> Digest {
    Hex(Sha256::new_with_prefix([1]).chain_update(left.bytes()).chain_update(right.bytes()).finalize().into())
}

/// A tree, with every level from the leaves to the root.
#[derive(Debug, Clone)]
pub struct Tree {
    levels: Vec<Vec<Digest>>,
    root: Digest,
}

impl Tree {
    /// Grows the tree over leaf hashes; `None` without a leaf. Takes 64 bytes a leaf.
    pub fn new(leaves: Vec<Digest>) -> Option<Self> {
        let mut levels = Vec::new();
        let mut level = leaves;
        loop {
            if let [root] = level.as_slice() {
                return Some(Self { root: *root, levels });
            }
            let above = level.chunks(2).filter_map(|pair| match pair {
                [left, right] => Some(node(left, right)),
                [odd] => Some(*odd),
                _ => None,
            });
            let above: Vec<_> = above.collect();
            if above.is_empty() {
                return None;
            }
            levels.push(std::mem::replace(&mut level, above));
        }
    }

    /// The digest of everything.
    pub const fn root(&self) -> Digest {
        self.root
    }

    /// The hashes beside the way from a leaf to the root, from below; `None` where there is no such leaf.
    pub fn path(&self, index: usize) -> Option<Vec<Digest>> {
        if index >= self.levels.first().map_or(1, Vec::len) {
            return None;
        }
        let beside = self.levels.iter().enumerate().filter_map(|(height, level)| level.get((index >> height) ^ 1));
        Some(beside.copied().collect())
    }
}

/// The root that a leaf and its path lead to in a tree of `count` leaves; `None` where the path has not the right length.
pub(super) fn climb(leaf: Digest, index: u32, count: u32, path: &[Digest]) -> Option<Digest> {
    let (mut hash, mut index, mut count) = (leaf, index, count);
    let mut path = path.iter();
    if index >= count {
        return None;
    }
    while count > 1 {
        if index % 2 == 1 {
            hash = node(path.next()?, &hash);
        } else if index + 1 < count {
            hash = node(&hash, path.next()?);
        }
        (index, count) = (index / 2, count.div_ceil(2));
    }
    path.next().is_none().then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition of RFC 6962, section 2.1, word for word.
    fn naive(leaves: &[Digest]) -> Digest {
        if let [one] = leaves {
            return *one;
        }
        let half = leaves.len().next_power_of_two() / 2;
        node(&naive(&leaves[..half]), &naive(&leaves[half..]))
    }

    fn leaves(count: u8) -> Vec<Digest> {
        (0..count).map(|n| leaf(&[&[n]])).collect()
    }

    #[test]
    fn there_is_no_tree_without_a_leaf() {
        assert!(Tree::new(Vec::new()).is_none());
    }

    #[test]
    fn an_empty_leaf_hashes_as_in_certificate_transparency() {
        // RFC 6962's leaf hash of no bytes: SHA-256 of one zero byte.
        let expected = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
        assert_eq!(leaf(&[]).to_string(), expected);
    }

    #[test]
    fn each_leaf_of_each_small_tree_is_proved_and_no_other() {
        for count in 1..40 {
            let all = leaves(count);
            let tree = Tree::new(all.clone()).unwrap();
            assert_eq!(tree.root(), naive(&all));
            assert!(tree.path(all.len()).is_none());
            for (index, one) in all.iter().enumerate() {
                let path = tree.path(index).unwrap();
                let at = u32::try_from(index).unwrap();
                assert_eq!(climb(*one, at, count.into(), &path), Some(tree.root()));
                for other in (0..u32::from(count)).filter(|other| *other != at) {
                    assert_ne!(climb(*one, other, count.into(), &path), Some(tree.root()));
                }
                assert_eq!(climb(*one, count.into(), count.into(), &path), None);
                let longer = [path.as_slice(), &[*one]].concat();
                assert_eq!(climb(*one, at, count.into(), &longer), None);
            }
        }
    }

    proptest! {
        #[test]
        fn a_changed_path_or_leaf_leads_elsewhere(count in 2u8..60, index: prop::sample::Index, at: prop::sample::Index, bit in 0u8..8) {
            let all = leaves(count);
            let tree = Tree::new(all.clone()).unwrap();
            let index = index.index(all.len());
            let mut path = tree.path(index).unwrap();
            let place = at.index((path.len() + 1) * 32);
            let mut one = all[index];
            let byte = if place < 32 { &mut one.0[place] } else { &mut path[place / 32 - 1].0[place % 32] };
            *byte ^= 1 << bit;
            prop_assert_ne!(climb(one, u32::try_from(index).unwrap(), count.into(), &path), Some(tree.root()));
        }
    }
}
