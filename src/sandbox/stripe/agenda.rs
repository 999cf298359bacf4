//! What will happen by itself: due moments, in order.

use std::collections::BTreeMap;

use super::Books;
use super::Cause;

/// Something that becomes due.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Due {
    /// An open checkout session expires.
    Expire(String),
    /// A session's bank debit is settled.
    Settle(String),
    /// A bank debit for an invoice is settled.
    Debit(String),
    /// A trial ends in three days.
    TrialSoon(String),
    /// A subscription's period ends.
    Period(String),
    /// A draft invoice is finalised.
    Finalize(String),
    /// An open invoice is tried again.
    Collect(String),
}

/// The due moments; what was put first comes first among equals.
#[derive(Debug, Clone, Default)]
pub(crate) struct Agenda {
    all: BTreeMap<(u64, u64), Due>,
    last: u64,
}

impl Agenda {
    /// Notes something for a moment. Whoever does it must look whether it still applies.
    pub(crate) fn put(&mut self, when: u64, due: Due) {
        self.last += 1;
        self.all.insert((when, self.last), due);
    }

    /// Takes the first that is due.
    fn take(&mut self, now: u64) -> Option<(u64, Due)> {
        let first = self.all.first_entry().filter(|entry| entry.key().0 <= now)?;
        let ((when, _), due) = first.remove_entry();
        Some((when, due))
    }
}

impl Books {
    /// Lets everything happen that is due by now, each at its own moment.
    pub(crate) fn catch_up(&mut self, now: u64) {
        while let Some((when, due)) = self.agenda.take(now) {
            self.now = when.max(self.now);
            self.cause = Cause::default();
            self.happen(&due);
        }
        self.now = now.max(self.now);
    }

    fn happen(&mut self, due: &Due) {
        match due {
            Due::Expire(session) => self.expire_if_due(session),
            Due::Settle(session) => self.settle_if_due(session),
            Due::Debit(invoice) => self.end_invoice_debit(invoice),
            Due::TrialSoon(subscription) => self.warn_of_trial_end(subscription),
            Due::Period(subscription) => self.end_period_if_due(subscription),
            Due::Finalize(invoice) => self.finalize_if_due(invoice),
            Due::Collect(invoice) => self.collect_if_due(invoice),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_due_comes_in_order() {
        let mut agenda = Agenda::default();
        agenda.put(5, Due::Expire("b".to_owned()));
        agenda.put(3, Due::Expire("a".to_owned()));
        agenda.put(5, Due::Expire("c".to_owned()));
        let names: Vec<(u64, Due)> = std::iter::from_fn(|| agenda.take(5)).collect();
        let due = |name: &str| Due::Expire(name.to_owned());
        assert_eq!(names, [(3, due("a")), (5, due("b")), (5, due("c"))]);
        assert_eq!(agenda.take(9), None);
    }
}
