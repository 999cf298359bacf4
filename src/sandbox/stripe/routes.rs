//! All routes of Stripe's API that the sandbox knows, with the parameters that each takes.

use serde_json::Value;

use super::Books;
use super::api::{
    catalogue, coupons, credit, customers, events, invoices, money, portal, refunds, sessions, subscriptions,
};
use super::form::Form;
use super::refusal::Refusal;

/// A request as its handler sees it: the variable parts of the path, and the parameters.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) params: Vec<String>,
    pub(crate) form: Form,
}

impl Call {
    /// The first variable part of the path.
    pub(crate) fn id(&self) -> &str {
        self.params.first().map_or("", String::as_str)
    }
}

/// What a handler gives.
pub(crate) type Outcome = Result<Value, Refusal>;

/// A route.
pub(crate) struct Route {
    pub(crate) method: &'static str,
    /// Its path; `{…}` is a variable part.
    pub(crate) path: &'static str,
    pub(crate) run: fn(&mut Books, &Call) -> Outcome,
    /// The parameters, `*` for any one step; lists take those of pages too, and every route takes `expand`.
    pub(crate) takes: &'static [&'static str],
}

const fn get(path: &'static str, run: fn(&mut Books, &Call) -> Outcome) -> Route {
    Route { method: "GET", path, run, takes: &[] }
}

const fn list(path: &'static str, run: fn(&mut Books, &Call) -> Outcome, takes: &'static [&'static str]) -> Route {
    Route { method: "GET", path, run, takes }
}

const fn post(path: &'static str, run: fn(&mut Books, &Call) -> Outcome, takes: &'static [&'static str]) -> Route {
    Route { method: "POST", path, run, takes }
}

const fn delete(path: &'static str, run: fn(&mut Books, &Call) -> Outcome, takes: &'static [&'static str]) -> Route {
    Route { method: "DELETE", path, run, takes }
}

/// What every request takes.
const ALWAYS: &[&str] = &["expand.*"];

/// What every list takes.
const PAGES: &[&str] =
    &["limit", "starting_after", "ending_before", "created", "created.gt", "created.gte", "created.lt", "created.lte"];

#[rustfmt::skip]
const ROUTES: &[Route] = &[
    list("/v1/customers", customers::list, &["email"]),
    post("/v1/customers", customers::create, customers::TAKES),
    get("/v1/customers/{customer}", customers::get),
    post("/v1/customers/{customer}", customers::update, customers::TAKES),
    list("/v1/customers/{customer}/balance_transactions", credit::list, &[]),
    post("/v1/customers/{customer}/balance_transactions", credit::create, credit::TAKES),
    list("/v1/products", catalogue::products, &["active", "ids.*"]),
    post("/v1/products", catalogue::create_product, catalogue::PRODUCT),
    get("/v1/products/{id}", catalogue::product),
    post("/v1/products/{id}", catalogue::update_product, catalogue::PRODUCT),
    list("/v1/prices", catalogue::prices, &["active", "product", "currency", "type", "lookup_keys.*"]),
    post("/v1/prices", catalogue::create_price, catalogue::PRICE),
    get("/v1/prices/{price}", catalogue::price),
    post("/v1/prices/{price}", catalogue::update_price, &["active", "nickname", "metadata", "metadata.*"]),
    list("/v1/coupons", coupons::list, &[]),
    post("/v1/coupons", coupons::create, coupons::COUPON),
    get("/v1/coupons/{coupon}", coupons::get),
    post("/v1/coupons/{coupon}", coupons::update, &["name", "metadata", "metadata.*"]),
    delete("/v1/coupons/{coupon}", coupons::delete, &[]),
    list("/v1/promotion_codes", coupons::codes, &["active", "code", "coupon", "customer"]),
    post("/v1/promotion_codes", coupons::create_code, coupons::CODE),
    get("/v1/promotion_codes/{promotion_code}", coupons::code),
    post("/v1/promotion_codes/{promotion_code}", coupons::update_code, &["active", "metadata", "metadata.*"]),
    list("/v1/checkout/sessions", sessions::list, &["customer", "payment_intent", "subscription", "status"]),
    post("/v1/checkout/sessions", sessions::create, sessions::TAKES),
    get("/v1/checkout/sessions/{session}", sessions::get),
    list("/v1/checkout/sessions/{session}/line_items", sessions::items, &[]),
    post("/v1/checkout/sessions/{session}/expire", sessions::expire, &[]),
    list("/v1/payment_intents", money::intents, &["customer"]),
    get("/v1/payment_intents/{intent}", money::intent),
    get("/v1/payment_methods/{payment_method}", money::method),
    list("/v1/charges", money::charges, &["customer", "payment_intent"]),
    get("/v1/charges/{charge}", money::charge),
    list("/v1/balance_transactions", money::movements, &["source", "type", "currency"]),
    get("/v1/balance_transactions/{id}", money::movement),
    list("/v1/refunds", refunds::list, &["charge", "payment_intent"]),
    post("/v1/refunds", refunds::create, &["charge", "payment_intent", "amount", "reason", "metadata.*"]),
    get("/v1/refunds/{refund}", refunds::get),
    post("/v1/refunds/{refund}", refunds::update, &["metadata", "metadata.*"]),
    list("/v1/disputes", money::disputes, &["charge", "payment_intent"]),
    get("/v1/disputes/{dispute}", money::dispute),
    list("/v1/invoices", invoices::list, &["customer", "status", "subscription", "collection_method"]),
    get("/v1/invoices/{invoice}", invoices::get),
    list("/v1/invoice_payments", invoices::payments, &["invoice", "status", "payment.type", "payment.payment_intent"]),
    get("/v1/invoice_payments/{invoice_payment}", invoices::payment),
    list("/v1/subscriptions", subscriptions::list, &["customer", "status", "price", "collection_method"]),
    get("/v1/subscriptions/{subscription}", subscriptions::get),
    post("/v1/subscriptions/{subscription}", subscriptions::update, subscriptions::TAKES),
    post("/v1/subscriptions/{subscription}/resume", subscriptions::resume, &["billing_cycle_anchor", "proration_behavior"]),
    delete("/v1/subscriptions/{subscription}", subscriptions::cancel, &["cancellation_details.comment", "cancellation_details.feedback"]),
    post("/v1/billing_portal/sessions", portal::create, portal::TAKES),
    list("/v1/events", events::list, &["type", "types.*", "delivery_success"]),
    get("/v1/events/{id}", events::get),
];

/// Finds the route of a path.
pub(crate) fn find(method: &str, path: &str) -> Option<(&'static Route, Vec<String>)> {
    let steps: Vec<&str> = path.split('/').collect();
    let mut fitting = ROUTES.iter().filter(|route| route.method == method);
    fitting.find_map(|route| matched(route.path, &steps).map(|params| (route, params)))
}

impl Route {
    /// The first parameter that the route does not take.
    pub(crate) fn stranger(&self, form: &Form) -> Option<String> {
        let pages = if self.method == "GET" && !self.path.ends_with('}') { PAGES } else { &[] };
        let takes: Vec<&str> = ALWAYS.iter().chain(pages).chain(self.takes).copied().collect();
        form.stranger(&takes)
    }
}

fn matched(pattern: &str, steps: &[&str]) -> Option<Vec<String>> {
    let mut wanted = pattern.split('/');
    let mut params = Vec::new();
    for step in steps {
        let pattern = wanted.next()?;
        if pattern.starts_with('{') {
            params.push((*step).to_owned());
        } else if pattern != *step {
            return None;
        }
    }
    wanted.next().is_none().then_some(params)
}
