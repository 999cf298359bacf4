//! Where the objects are: by kind, in the order of their making, with what the sandbox remembers beside each.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use super::form::Form;
use super::object::{id_of, moment};
use super::refusal::Refusal;
use crate::sandbox::json::text;

/// Most objects of one page of a list, and how many without a wish.
const PAGE: (i64, i64) = (100, 10);

/// The kinds of objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    Customer,
    Product,
    Price,
    Coupon,
    PromotionCode,
    Discount,
    Session,
    PaymentIntent,
    PaymentMethod,
    Charge,
    BalanceTransaction,
    CustomerBalance,
    Refund,
    Dispute,
    Subscription,
    Invoice,
    InvoicePayment,
    Portal,
    Event,
}

/// Kinds whose ids Stripe chooses, so that an id alone tells the object.
const FOUND_BY_ID: &[Kind] = &[
    Kind::Customer,
    Kind::Price,
    Kind::PromotionCode,
    Kind::Discount,
    Kind::Session,
    Kind::PaymentIntent,
    Kind::PaymentMethod,
    Kind::Charge,
    Kind::BalanceTransaction,
    Kind::Refund,
    Kind::Dispute,
    Kind::Subscription,
    Kind::Invoice,
];

impl Kind {
    /// As refusals call it.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Product => "product",
            Self::Price => "price",
            Self::Coupon => "coupon",
            Self::PromotionCode => "promotion code",
            Self::Discount => "discount",
            Self::Session => "checkout.session",
            Self::PaymentIntent => "payment_intent",
            Self::PaymentMethod => "PaymentMethod",
            Self::Charge => "charge",
            Self::BalanceTransaction => "balance transaction",
            Self::CustomerBalance => "customer balance transaction",
            Self::Refund => "refund",
            Self::Dispute => "dispute",
            Self::Subscription => "subscription",
            Self::Invoice => "invoice",
            Self::InvoicePayment => "invoice_payment",
            Self::Portal => "billing_portal.session",
            Self::Event => "event",
        }
    }

    /// The path of its list.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Customer => "/v1/customers",
            Self::Product => "/v1/products",
            Self::Price => "/v1/prices",
            Self::Coupon => "/v1/coupons",
            Self::PromotionCode => "/v1/promotion_codes",
            Self::Discount => "/v1/discounts",
            Self::Session => "/v1/checkout/sessions",
            Self::PaymentIntent => "/v1/payment_intents",
            Self::PaymentMethod => "/v1/payment_methods",
            Self::Charge => "/v1/charges",
            Self::BalanceTransaction => "/v1/balance_transactions",
            // Each customer has a list of his own.
            Self::CustomerBalance => "/v1/customers",
            Self::Refund => "/v1/refunds",
            Self::Dispute => "/v1/disputes",
            Self::Subscription => "/v1/subscriptions",
            Self::Invoice => "/v1/invoices",
            Self::InvoicePayment => "/v1/invoice_payments",
            Self::Portal => "/v1/billing_portal/sessions",
            Self::Event => "/v1/events",
        }
    }
}

/// An object and what the sandbox remembers beside it, which no answer shows.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) object: Value,
    pub(crate) notes: Value,
}

/// All objects.
#[derive(Debug, Clone, Default)]
pub(crate) struct Store {
    rows: BTreeMap<Kind, BTreeMap<u64, Row>>,
    places: HashMap<(Kind, String), u64>,
    last: u64,
}

impl Store {
    /// Keeps a new object; another of the same kind and id is replaced.
    pub(crate) fn add(&mut self, kind: Kind, object: Value, notes: Value) {
        self.last += 1;
        self.remove(kind, &id_of(&object));
        self.places.insert((kind, id_of(&object)), self.last);
        self.rows.entry(kind).or_default().insert(self.last, Row { object, notes });
    }

    /// The object of this id.
    pub(crate) fn row(&self, kind: Kind, id: &str) -> Result<&Row, Refusal> {
        let place = self.places.get(&(kind, id.to_owned()));
        let row = place.and_then(|place| self.rows.get(&kind)?.get(place));
        row.ok_or_else(|| Refusal::missing(kind.noun(), id))
    }

    /// The object of this id, to change.
    pub(crate) fn row_mut(&mut self, kind: Kind, id: &str) -> Result<&mut Row, Refusal> {
        let place = self.places.get(&(kind, id.to_owned()));
        let row = place.and_then(|place| self.rows.get_mut(&kind)?.get_mut(place));
        row.ok_or_else(|| Refusal::missing(kind.noun(), id))
    }

    /// The JSON of this id.
    pub(crate) fn get(&self, kind: Kind, id: &str) -> Result<&Value, Refusal> {
        self.row(kind, id).map(|row| &row.object)
    }

    /// Takes an object away.
    pub(crate) fn remove(&mut self, kind: Kind, id: &str) {
        if let Some(place) = self.places.remove(&(kind, id.to_owned())) {
            self.rows.entry(kind).or_default().remove(&place);
        }
    }

    /// All of a kind, the oldest first.
    pub(crate) fn all(&self, kind: Kind) -> impl DoubleEndedIterator<Item = &Row> {
        self.rows.get(&kind).into_iter().flat_map(BTreeMap::values)
    }

    /// The object that a field's id names.
    pub(crate) fn named(&self, field: &str, id: &str) -> Option<&Value> {
        match field {
            "product" => self.get(Kind::Product, id).ok(),
            "coupon" => self.get(Kind::Coupon, id).ok(),
            _ => FOUND_BY_ID.iter().find_map(|kind| self.get(*kind, id).ok()),
        }
    }

    /// A page of a list, the newest first: `limit`, `starting_after`, `ending_before`, `created`, and those fields of
    /// `same` that the form gives, which must be equal.
    pub(crate) fn page(
        &self,
        kind: Kind,
        form: &Form,
        same: &[(&str, &str)],
        keep: impl Fn(&Row) -> bool,
    ) -> Result<Value, Refusal> {
        let created = Span::read(form, "created")?;
        let equal = |object: &Value| {
            same.iter().all(|(param, pointer)| {
                form.text(param).is_none_or(|want| object.pointer(pointer).is_some_and(|found| reads(found, want)))
            })
        };
        let all: Vec<&Value> = self
            .all(kind)
            .rev()
            .filter(|row| created.holds(moment(&row.object, "created")) && equal(&row.object) && keep(row))
            .map(|row| &row.object)
            .collect();
        paged(kind.path(), form, &all)
    }
}

/// Whether a field reads like a parameter's text.
fn reads(found: &Value, want: &str) -> bool {
    match found {
        Value::String(text) => text == want,
        Value::Object(_) => text(found, "id") == Some(want),
        Value::Bool(truth) => want.parse() == Ok(*truth),
        _ => false,
    }
}

/// A page out of a list that is in its order already.
pub(crate) fn paged(path: &str, form: &Form, all: &[&Value]) -> Result<Value, Refusal> {
    let limit = form.int("limit")?.unwrap_or(PAGE.1);
    if !(1..=PAGE.0).contains(&limit) {
        let message = if limit > PAGE.0 {
            format!("This value must be less than or equal to {} (it currently is '{limit}').", PAGE.0)
        } else {
            format!("This value must be greater than or equal to 1 (it currently is '{limit}').")
        };
        return Err(Refusal::invalid(message).code("parameter_invalid_integer").param("limit"));
    }
    let limit = usize::try_from(limit).unwrap_or(1);
    let place = |param: &str| {
        let Some(id) = form.text(param) else { return Ok(None) };
        let found = all.iter().position(|object| text(object, "id") == Some(id));
        found.map(Some).ok_or_else(|| Refusal::missing("object", id).named_by(param))
    };
    let (after, before) = (place("starting_after")?, place("ending_before")?);
    let (from, until) = match (after, before) {
        (_, Some(before)) => (before.saturating_sub(limit), before),
        (Some(after), None) => (after + 1, (after + 1 + limit).min(all.len())),
        (None, None) => (0, limit.min(all.len())),
    };
    let more = if before.is_some() { from > 0 } else { until < all.len() };
    let data: Vec<Value> = all.iter().take(until).skip(from).map(|object| (*object).clone()).collect();
    Ok(json!({"object": "list", "url": path, "has_more": more, "data": data}))
}

/// A range of moments: `created=…` or `created[gte]=…` and the like.
struct Span {
    from: u64,
    until: u64,
}

impl Span {
    fn read(form: &Form, param: &str) -> Result<Self, Refusal> {
        if let Some(exact) = form.at(param).filter(|value| value.is_string()).map(|_| form.moment(param)).transpose()? {
            let exact = exact.unwrap_or(0);
            return Ok(Self { from: exact, until: exact });
        }
        let bound = |name: &str| form.moment(&format!("{param}.{name}"));
        let from = bound("gte")?.or(bound("gt")?.map(|n| n.saturating_add(1))).unwrap_or(0);
        let until = bound("lte")?.or(bound("lt")?.map(|n| n.saturating_sub(1))).unwrap_or(u64::MAX);
        Ok(Self { from, until })
    }

    fn holds(&self, moment: u64) -> bool {
        (self.from..=self.until).contains(&moment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(page: &Value) -> Vec<&str> {
        page["data"].as_array().unwrap().iter().map(|object| object["id"].as_str().unwrap()).collect()
    }

    #[test]
    fn pages_go_forth_and_back() {
        let mut store = Store::default();
        for n in 1..=5 {
            store.add(Kind::Customer, json!({"id": format!("c{n}"), "created": n}), Value::Null);
        }
        let page = |raw: &str| store.page(Kind::Customer, &Form::read(raw), &[], |_| true);
        let first = page("limit=2").unwrap();
        assert_eq!((ids(&first), &first["has_more"]), (vec!["c5", "c4"], &json!(true)));
        assert_eq!(ids(&page("limit=2&starting_after=c4").unwrap()), ["c3", "c2"]);
        assert_eq!(ids(&page("limit=2&ending_before=c1").unwrap()), ["c3", "c2"]);
        let last = page("starting_after=c2").unwrap();
        assert_eq!((ids(&last), &last["has_more"]), (vec!["c1"], &json!(false)));
        assert_eq!(ids(&page("created[gte]=3&created[lt]=5").unwrap()), ["c4", "c3"]);
        assert!(page("limit=101").is_err() && page("starting_after=c9").is_err());
    }
}
