//! One lane for each person: what someone asks is carried out in the order in which he asked, whoever else asks meanwhile.
//!
//! After a restart Discord tells the missed events in one burst; a reply must not overtake the ticket it answers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;

type Person = u64;

#[derive(Debug, Default)]
struct Inner {
    /// The last one in each lane: its number, and what tells when it is done.
    last: HashMap<Person, (u64, oneshot::Receiver<()>)>,
    next: u64,
}

/// All lanes.
#[derive(Debug, Clone, Default)]
pub(super) struct Lanes(Arc<Mutex<Inner>>);

/// A place in a lane; the next one moves up when it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    lanes: Lanes,
    person: Person,
    number: u64,
    before: Option<oneshot::Receiver<()>>,
    // Dropping it tells the next one.
    _done: oneshot::Sender<()>,
}

impl Lanes {
    /// Takes the place behind whatever this person asked before.
    pub(super) fn enter(&self, person: Person) -> Turn {
        let (done, is_done) = oneshot::channel();
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = inner.next;
        inner.next = number.wrapping_add(1);
        let before = inner.last.insert(person, (number, is_done)).map(|(_, before)| before);
        Turn { lanes: self.clone(), person, number, before, _done: done }
    }
}

impl Turn {
    /// Waits until it is this one's turn.
    pub(super) async fn come(&mut self) {
        if let Some(before) = self.before.take() {
            // It always ends in an error: nothing is sent, the sender is dropped.
            before.await.unwrap_or_default();
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut inner = self.lanes.0.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.last.get(&self.person).is_some_and(|(last, _)| *last == self.number) {
            inner.last.remove(&self.person);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    async fn waits(turn: &mut Turn) -> bool {
        tokio::time::timeout(Duration::from_millis(10), turn.come()).await.is_err()
    }

    #[tokio::test]
    async fn one_person_waits_for_himself_and_for_nobody_else() {
        let lanes = Lanes::default();
        let (mut first, mut second, mut other) = (lanes.enter(1), lanes.enter(1), lanes.enter(2));
        first.come().await;
        other.come().await;
        let waiting = tokio::spawn(async move {
            second.come().await;
            second
        });
        tokio::time::sleep(Duration::from_millis(10)).await;
        assert!(!waiting.is_finished());
        drop(first);
        let second = waiting.await.unwrap();
        let mut third = lanes.enter(1);
        assert!(waits(&mut third).await);
        drop(second);
        drop(third);
        drop(other);
        assert!(lanes.0.lock().unwrap().last.is_empty());
    }
}
