//! Who takes part: the list as the giveaway has it, and frozen, as the draw has it.
//!
//! A frozen entrant is a pseudonym: a digest of his id and a nonce that only the giveaway's secret salt gives. The order of the
//! frozen list is that of the pseudonyms, so that neither the list nor a place in it tells who somebody is, and a winner's place
//! tells nothing of those beside him. It doesn't decide who may enter, nor what his weight is.

use super::digest::{Digest, Hex, Tag, hash};
use super::id::Id;
use super::merkle::{Tree, leaf};
use serde::{Deserialize, Serialize};

/// The most entries that a draw takes; their weights then add up to less than 2^53.
pub const MAX_ENTRIES: usize = 2_000_000;

/// A giveaway's secret: 32 random bytes of its own. Who has it can tell of any account whether it takes part.
pub type Salt = Hex<32>;

/// One who takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// His account.
    pub user: Id,
    /// How many chances he has, 1 or more.
    pub weight: u32,
}

/// Why a list can't be drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotEntries {
    /// Nobody is in it.
    #[error("the list has no entry")]
    Empty,
    /// It has more than [`MAX_ENTRIES`].
    #[error("the list has too many entries")]
    TooMany,
    /// An entry has no chance.
    #[error("entry {0} has the weight 0")]
    NoWeight(usize),
    /// An entry is the same as the one before it.
    #[error("entry {0} is the same as the one before it")]
    Duplicate(usize),
    /// An entry belongs before the one before it.
    #[error("entry {0} is out of order")]
    Unsorted(usize),
}

/// Checks a list's length, weights and strict order by key.
fn check<K: Ord>(list: impl ExactSizeIterator<Item = (K, u32)>) -> Result<(), NotEntries> {
    match list.len() {
        0 => return Err(NotEntries::Empty),
        1..=MAX_ENTRIES => {}
        _ => return Err(NotEntries::TooMany),
    }
    let mut before: Option<K> = None;
    for (index, (key, weight)) in list.enumerate() {
        if weight == 0 {
            return Err(NotEntries::NoWeight(index));
        }
        match before.map(|before| before.cmp(&key)) {
            Some(std::cmp::Ordering::Equal) => return Err(NotEntries::Duplicate(index)),
            Some(std::cmp::Ordering::Greater) => return Err(NotEntries::Unsorted(index)),
            Some(std::cmp::Ordering::Less) | None => {}
        }
        before = Some(key);
    }
    Ok(())
}

/// A list of entries, sorted by account, each account once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entries(Vec<Entry>);

impl Entries {
    /// Takes a list that is sorted by account.
    ///
    /// # Errors
    /// The first thing for which nothing can be drawn from it.
    pub fn new(list: Vec<Entry>) -> Result<Self, NotEntries> {
        check(list.iter().map(|entry| (entry.user, entry.weight)))?;
        Ok(Self(list))
    }

    /// The entries, by account.
    pub fn as_slice(&self) -> &[Entry] {
        &self.0
    }

    /// Freezes the list: from here on its order is that of the pseudonyms.
    pub fn freeze(&self, salt: &Salt) -> Frozen {
        let hidden = |entry: &Entry| (Opening::of(entry.user, salt).pseudonym(), entry.weight, entry.user);
        let mut rows: Vec<_> = self.0.iter().map(hidden).collect();
        rows.sort_unstable();
        let users = rows.iter().map(|row| row.2).collect();
        let rows = rows.into_iter().map(|(pseudonym, weight, _)| (pseudonym, weight)).collect();
        Frozen { rows, users, salt: Some(*salt) }
    }
}

/// What shows that an account is behind a pseudonym, and says nothing of any other account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The account.
    pub user: Id,
    /// What was hashed with it.
    pub nonce: Digest,
}

impl Opening {
    /// The opening that a giveaway's salt gives.
    pub fn of(user: Id, salt: &Salt) -> Self {
        Self { user, nonce: hash(Tag::Nonce, &[salt.bytes(), &user.0.to_be_bytes()]) }
    }

    /// The pseudonym that it opens.
    pub fn pseudonym(&self) -> Digest {
        hash(Tag::Entrant, &[&self.user.0.to_be_bytes(), self.nonce.bytes()])
    }
}

/// A frozen list: pseudonyms and weights, sorted by pseudonym.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    rows: Vec<(Digest, u32)>,
    users: Vec<Id>,
    /// With what it was frozen; unknown where the list came without accounts.
    salt: Option<Salt>,
}

impl Frozen {
    /// Takes a list of pseudonyms, of which it is not known who they are.
    ///
    /// # Errors
    /// The first thing for which it is no frozen list.
    pub(super) fn blinded(rows: Vec<(Digest, u32)>) -> Result<Self, NotEntries> {
        check(rows.iter().copied())?;
        Ok(Self { rows, users: Vec::new(), salt: None })
    }

    /// Takes a list of accounts that should stand in the order of the pseudonyms which the salt gives them.
    ///
    /// # Errors
    /// The first thing for which it is no frozen list.
    pub(super) fn open(list: Vec<(Id, u32)>, salt: &Salt) -> Result<Self, NotEntries> {
        let rows: Vec<_> = list.iter().map(|(user, weight)| (Opening::of(*user, salt).pseudonym(), *weight)).collect();
        check(rows.iter().copied())?;
        Ok(Self { rows, users: list.into_iter().map(|(user, _)| user).collect(), salt: Some(*salt) })
    }

    /// The pseudonyms and weights, by place.
    pub fn rows(&self) -> &[(Digest, u32)] {
        &self.rows
    }

    /// The accounts, by place; none where the list came without them.
    pub fn users(&self) -> &[Id] {
        &self.users
    }

    /// How many entries there are.
    pub fn count(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    /// What all weights add up to.
    pub fn weight(&self) -> u64 {
        self.rows.iter().map(|(_, weight)| u64::from(*weight)).sum()
    }

    /// The Merkle tree over the entries; `None` never happens, since a list has an entry.
    pub fn tree(&self) -> Option<Tree> {
        Tree::new(self.rows.iter().map(|(pseudonym, weight)| entry_leaf(pseudonym, *weight)).collect())
    }

    /// The salt, where the list names accounts.
    pub const fn salt(&self) -> Option<&Salt> {
        self.salt.as_ref()
    }

    /// The place (from 0) and the opening of an account; `None` where it is not in the list, or the list names no accounts.
    pub fn find(&self, user: Id) -> Option<(usize, Opening)> {
        let opening = Opening::of(user, self.salt()?);
        let pseudonym = opening.pseudonym();
        let place = self.rows.binary_search_by(|row| row.0.cmp(&pseudonym)).ok()?;
        Some((place, opening))
    }
}

/// The leaf's hash of one entry.
pub(super) fn entry_leaf(pseudonym: &Digest, weight: u32) -> Digest {
    leaf(&[pseudonym.bytes(), &weight.to_be_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(list: &[(u64, u32)]) -> Result<Entries, NotEntries> {
        Entries::new(list.iter().map(|(user, weight)| Entry { user: Id(*user), weight: *weight }).collect())
    }

    #[test]
    fn a_list_is_refused_for_the_first_thing_that_is_wrong() {
        assert_eq!(entries(&[]), Err(NotEntries::Empty));
        assert_eq!(entries(&[(1, 1), (2, 0)]), Err(NotEntries::NoWeight(1)));
        assert_eq!(entries(&[(1, 1), (3, 1), (3, 2)]), Err(NotEntries::Duplicate(2)));
        assert_eq!(entries(&[(1, 1), (3, 1), (2, 1), (2, 1)]), Err(NotEntries::Unsorted(2)));
        assert!(entries(&[(1, 1), (2, u32::MAX)]).is_ok());
        let many = (0..=MAX_ENTRIES).map(|_| Entry { user: Id(1), weight: 1 }).collect();
        assert_eq!(Entries::new(many), Err(NotEntries::TooMany));
    }

    #[test]
    fn the_same_account_is_another_pseudonym_in_another_giveaway() {
        let (one, other) = (Hex([1; 32]), Hex([2; 32]));
        assert_ne!(Opening::of(Id(7), &one).pseudonym(), Opening::of(Id(7), &other).pseudonym());
        assert_ne!(Opening::of(Id(7), &one).pseudonym(), Opening::of(Id(8), &one).pseudonym());
    }

    #[test]
    fn a_frozen_list_is_sorted_by_pseudonym_and_each_account_keeps_its_weight() {
        let salt = Hex([9; 32]);
        let list: Vec<_> = (1..200).map(|n| (n, u32::try_from(n).unwrap())).collect();
        let frozen = entries(&list).unwrap().freeze(&salt);
        assert!(frozen.rows().is_sorted());
        for (user, weight) in list {
            let (place, _) = frozen.find(Id(user)).unwrap();
            assert_eq!((frozen.users()[place], frozen.rows()[place].1), (Id(user), weight));
        }
        assert_eq!(frozen.find(Id(200)), None);
        let open = frozen.users().iter().zip(frozen.rows()).map(|(user, row)| (*user, row.1)).collect();
        assert_eq!(Frozen::open(open, &salt), Ok(frozen.clone()));
        assert_eq!(
            Frozen::blinded(frozen.rows().to_vec()).unwrap().tree().unwrap().root(),
            frozen.tree().unwrap().root()
        );
    }
}
