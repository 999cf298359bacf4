//! What rests on money that went back or never came is undone: what changes of plan were charged on top of it is given back, and
//! the credit that they made of it is set back (`reclaims`).
//!
//! A change of plan takes what is left of the present period for paid (Stripe, "Prorations"): where it is not, the change has
//! made money of nothing, and where access ended, the change was paid for nothing. Acts as the *payments* duty.

use super::orders::{Order, unwound};
use super::reclaims;
use crate::db::Tx;
use crate::domain::payments::{InvoiceView, SubscriptionView};
use crate::kernel::{Money, Result};
use jiff::Timestamp;

/// Which of a subscription's invoices have no money behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Missing<'a> {
    /// Those whose money a bank took or a refund gave back, where that ended the subscription.
    pub gone: &'a [String],
    /// Whether what is not paid by now will not be any more.
    pub over: bool,
}

/// What rests on such invoices.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Resting<'a> {
    /// The credit that changes of plan made, in minor units.
    credit_minor: i64,
    /// The invoices of changes that were paid, and gave what they were for no longer than the present period.
    charged: Vec<&'a InvoiceView>,
    /// The invoices of a period that was paid for in full behind what is gone: it rests on nothing, and is cut off with the rest.
    cut: Vec<&'a InvoiceView>,
}

/// Goes through a subscription's invoices from the first on. A period that money paid for in full rests on nothing before it; one
/// whose invoice was given up (void, or uncollectible) is had for nothing, so credit made of it rests on nothing.
fn resting<'a>(invoices: &'a [InvoiceView], missing: Missing<'_>) -> Resting<'a> {
    let mut found = Resting::default();
    let (mut rests, mut free, mut behind) = (false, false, false);
    let mut all: Vec<&InvoiceView> = invoices.iter().rev().collect();
    all.sort_by_key(|one| one.at);
    for one in all {
        let paid = one.total.map_or(0, Money::minor);
        let gone = missing.gone.contains(&one.id);
        if gone || (missing.over && !one.paid && one.billed_minor > 0) {
            rests = true;
            behind |= gone;
            found.cut.clear();
        } else if one.change && (rests || free) {
            found.credit_minor = found.credit_minor.saturating_add(one.billed_minor.saturating_neg().max(0));
            if rests && one.paid && paid > 0 {
                found.charged.push(one);
            }
        } else if one.change && behind {
            found.cut.push(one);
        } else if !one.change && one.paid && paid > 0 && paid >= one.billed_minor {
            (rests, free) = (false, false);
            found.charged.clear();
            found.cut = if behind { vec![one] } else { Vec::new() };
        } else if !one.change && !one.paid && !one.open && one.billed_minor > 0 {
            free = true;
        }
    }
    found
}

/// What goes back of each payment of a period that is cut off at `ended`: what was not had, less the credit that its changes left.
fn cut_off<'a>(cut: &[&'a InvoiceView], (until, ended): (Timestamp, Timestamp)) -> Vec<(&'a InvoiceView, i64)> {
    let paid = |one: &InvoiceView| one.total.filter(|_| one.paid).map_or(0, Money::minor);
    let rest = |one: &InvoiceView| unused(paid(one), (one.at, until), ended);
    let credit: i64 = cut.iter().map(|one| one.billed_minor.saturating_neg().max(0)).sum();
    let mut left = cut.iter().map(|one| rest(one)).sum::<i64>().saturating_sub(credit).max(0);
    let mut found = Vec::new();
    for one in cut.iter().rev() {
        let back = rest(one).min(left);
        left -= back;
        if back > 0 {
            found.push((*one, back));
        }
    }
    found
}

/// What of a charge was for the time from `ended` to the end of the period.
fn unused(paid: i64, (from, until): (Timestamp, Timestamp), ended: Timestamp) -> i64 {
    let span =
        |from: Timestamp, until: Timestamp| i128::from(until.as_second().saturating_sub(from.as_second())).max(0);
    let whole = span(from, until).max(1);
    let rest = span(ended, until).min(whole);
    i64::try_from((i128::from(paid) * rest + whole / 2) / whole).unwrap_or(paid)
}

/// Undoes what rests on money that isn't here; told the same twice it changes nothing.
///
/// # Errors
/// As [`Tx::first`].
pub(super) async fn unwind(
    tx: &mut Tx,
    order: &Order,
    (view, invoices): (&SubscriptionView, &[InvoiceView]),
    (missing, reclaimed): (Missing<'_>, bool),
    now: Timestamp,
) -> Result<()> {
    let found = resting(invoices, missing);
    for one in &found.charged {
        let paid = one.total.map_or(0, Money::minor);
        // Where nothing was handed over, all of it; else what was not had.
        let back = match order.fulfilled_at {
            None => paid,
            Some(_) => unused(paid, (one.at, view.period_end), view.ended_at.unwrap_or(now)),
        };
        if let Some(payment) = &one.payment {
            unwound::give_back(tx, order, payment, (paid, back), now);
        }
    }
    for (one, back) in cut_off(&found.cut, (view.period_end, view.ended_at.unwrap_or(now))) {
        if let Some(payment) = &one.payment {
            unwound::give_back(tx, order, payment, (one.total.map_or(0, Money::minor), back), now);
        }
    }
    if found.credit_minor == 0 && !reclaimed {
        return Ok(());
    }
    let Some(customer) = &view.customer else { return Ok(()) };
    reclaims::settle(tx, order, (customer, &view.id), found.credit_minor, now).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Currency;

    fn at(day: i64) -> Timestamp {
        Timestamp::from_second(day * 86_400).unwrap()
    }

    /// An invoice of a day: what it bills, what was paid of it, and whether a change made it.
    fn invoice(day: i64, billed: i64, paid: Option<i64>, change: bool) -> InvoiceView {
        InvoiceView {
            id: format!("in_{day}"),
            subscription: None,
            paid: paid.is_some(),
            open: paid.is_none(),
            change,
            billed_minor: billed,
            total: paid.map(|paid| Money::new(paid, Currency::EUR).unwrap()),
            tax_minor: 0,
            payment: paid.map(|_| format!("pi_{day}")),
            url: None,
            at: at(day),
        }
    }

    /// The credit, and the days of the changes that were charged.
    fn rests(mut all: Vec<InvoiceView>, gone: &[&str], over: bool) -> (i64, Vec<String>) {
        // As the provider lists them.
        all.reverse();
        let gone: Vec<String> = gone.iter().map(|id| (*id).to_owned()).collect();
        let found = resting(&all, Missing { gone: &gone, over });
        (found.credit_minor, found.charged.iter().map(|one| one.id.clone()).collect())
    }

    #[test]
    fn what_a_change_made_of_money_that_is_not_here_rests_on_it() {
        let smaller = || vec![invoice(1, 28_790, Some(28_790), false), invoice(2, -28_291, Some(0), true)];
        assert_eq!(rests(smaller(), &[], true), (0, vec![]), "all of it was paid");
        assert_eq!(rests(smaller(), &["in_1"], false), (28_291, vec![]));
        let unpaid = vec![invoice(1, 28_790, None, false), invoice(2, -28_291, Some(0), true)];
        assert_eq!(rests(unpaid.clone(), &[], true), (28_291, vec![]));
        assert_eq!(rests(unpaid, &[], false), (0, vec![]), "it may still be paid");
        let bigger = vec![invoice(1, 999, None, false), invoice(2, 27_791, Some(27_791), true)];
        assert_eq!(rests(bigger, &[], true), (0, vec!["in_2".to_owned()]));
    }

    #[test]
    fn what_was_there_before_and_what_a_paid_period_followed_rests_on_nothing() {
        // Credit of an earlier month, spent on this one, which goes back.
        let before = vec![
            invoice(1, 999, Some(999), false),
            invoice(9, -500, Some(0), true),
            invoice(31, 499, Some(0), false),
            invoice(61, 499, Some(498), false),
        ];
        assert_eq!(rests(before, &["in_61"], false), (0, vec![]));
        // A period that credit paid for rests on what the credit rests on; one that money paid for does not.
        let mut after = vec![
            invoice(1, 28_790, Some(28_790), false),
            invoice(2, -28_291, Some(0), true),
            invoice(31, 499, Some(0), false),
            invoice(40, 100, Some(100), true),
        ];
        assert_eq!(rests(after.clone(), &["in_1"], false), (28_291, vec!["in_40".to_owned()]));
        after.extend([invoice(61, 999, Some(999), false), invoice(70, -300, Some(0), true)]);
        assert_eq!(rests(after, &["in_1"], false), (28_291, vec![]));
    }

    #[test]
    fn credit_made_of_a_period_that_was_given_up_rests_on_nothing() {
        let void = || InvoiceView { open: false, ..invoice(31, 2_999, None, false) };
        let mut all = vec![invoice(1, 2_999, Some(2_999), false), void(), invoice(40, -2_338, Some(0), true)];
        assert_eq!(rests(all.clone(), &[], false), (2_338, vec![]));
        // What it charges is kept: it goes on.
        all.push(invoice(45, 500, Some(500), true));
        assert_eq!(rests(all.clone(), &[], false), (2_338, vec![]));
        all.extend([invoice(61, 499, Some(499), false), invoice(62, -100, Some(0), true)]);
        assert_eq!(rests(all, &[], false), (2_338, vec![]), "what was paid again rests on itself");
    }

    #[test]
    fn a_period_that_was_paid_for_is_given_back_as_far_as_an_older_loss_cuts_it_off() {
        let back = |all: &[InvoiceView], ended: i64| {
            let gone = ["in_1".to_owned()];
            let newest: Vec<InvoiceView> = all.iter().rev().cloned().collect();
            let found = resting(&newest, Missing { gone: &gone, over: false });
            let cut = cut_off(&found.cut, (at(61), at(ended)));
            cut.into_iter().map(|(one, back)| (one.id.clone(), back)).collect::<Vec<_>>()
        };
        let mut all = vec![invoice(1, 999, Some(999), false), invoice(31, 900, Some(900), false)];
        assert_eq!(back(&all, 34), [("in_31".to_owned(), 810)]);
        assert_eq!(back(&all, 61), []);
        // A debit under way when it ended, which arrived later: all of it.
        assert_eq!(back(&all, 30), [("in_31".to_owned(), 900)]);
        all.push(invoice(41, 200, Some(200), true));
        assert_eq!(back(&all, 51), [("in_41".to_owned(), 100), ("in_31".to_owned(), 300)]);
        // What stays as credit isn't given back as well.
        all.push(invoice(46, -350, Some(0), true));
        assert_eq!(back(&all, 51), [("in_41".to_owned(), 50)]);
        all.push(invoice(47, -90, Some(0), true));
        assert_eq!(back(&all, 51), []);
        // Without a loss before it nothing is cut off.
        assert_eq!(resting(&all, Missing { gone: &[], over: false }), Resting::default());
    }

    #[test]
    fn the_time_that_was_not_had_is_given_back() {
        for (ended, back) in [(0, 3_000), (10, 2_000), (30, 0), (40, 0), (-3, 3_000)] {
            assert_eq!(unused(3_000, (at(0), at(30)), at(ended)), back, "{ended}");
        }
    }
}
