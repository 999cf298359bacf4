//! Reading what was paid: payment intents, payment methods, charges, transactions of the balance, disputes.

use crate::sandbox::stripe::Books;
use crate::sandbox::stripe::routes::{Call, Outcome};
use crate::sandbox::stripe::store::Kind;

pub(crate) fn intent(books: &mut Books, call: &Call) -> Outcome {
    books.get(Kind::PaymentIntent, call.id())
}

pub(crate) fn intents(books: &mut Books, call: &Call) -> Outcome {
    books.store.page(Kind::PaymentIntent, &call.form, &[("customer", "/customer")], |_| true)
}

pub(crate) fn method(books: &mut Books, call: &Call) -> Outcome {
    books.get(Kind::PaymentMethod, call.id())
}

pub(crate) fn charge(books: &mut Books, call: &Call) -> Outcome {
    books.get(Kind::Charge, call.id())
}

pub(crate) fn charges(books: &mut Books, call: &Call) -> Outcome {
    let same = [("customer", "/customer"), ("payment_intent", "/payment_intent")];
    books.store.page(Kind::Charge, &call.form, &same, |_| true)
}

pub(crate) fn movement(books: &mut Books, call: &Call) -> Outcome {
    books.get(Kind::BalanceTransaction, call.id())
}

pub(crate) fn movements(books: &mut Books, call: &Call) -> Outcome {
    let same = [("source", "/source"), ("type", "/type"), ("currency", "/currency")];
    books.store.page(Kind::BalanceTransaction, &call.form, &same, |_| true)
}

pub(crate) fn dispute(books: &mut Books, call: &Call) -> Outcome {
    books.get(Kind::Dispute, call.id())
}

pub(crate) fn disputes(books: &mut Books, call: &Call) -> Outcome {
    let same = [("charge", "/charge"), ("payment_intent", "/payment_intent")];
    books.store.page(Kind::Dispute, &call.form, &same, |_| true)
}
