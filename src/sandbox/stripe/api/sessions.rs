//! Checkout sessions.

use serde_json::{Value, json};

use crate::sandbox::json::{list as listed, text};
use crate::sandbox::stripe::Books;
use crate::sandbox::stripe::agenda::Due;
use crate::sandbox::stripe::form::Form;
use crate::sandbox::stripe::object::{field, id_of, int, joined, letters, own, set};
use crate::sandbox::stripe::prices::{Line, Offer, reduction, spread};
use crate::sandbox::stripe::refusal::Refusal;
use crate::sandbox::stripe::routes::{Call, Outcome};
use crate::sandbox::stripe::rules::DAY;
use crate::sandbox::stripe::store::{Kind, paged};

/// What making a session takes.
#[rustfmt::skip]
pub(crate) const TAKES: &[&str] = &[
    "mode", "customer", "customer_email", "customer_creation", "client_reference_id", "success_url", "cancel_url",
    "expires_at", "locale", "currency", "ui_mode", "submit_type", "billing_address_collection",
    "allow_promotion_codes", "payment_method_collection", "payment_method_types.*", "metadata", "metadata.*",
    "automatic_tax.enabled", "phone_number_collection.enabled", "tax_id_collection.enabled",
    "consent_collection.terms_of_service", "consent_collection.promotions", "invoice_creation.enabled",
    "custom_text.submit.message", "custom_text.terms_of_service_acceptance.message",
    "discounts.*.coupon", "discounts.*.promotion_code",
    "line_items.*.price", "line_items.*.quantity",
    "line_items.*.price_data.currency", "line_items.*.price_data.unit_amount", "line_items.*.price_data.product",
    "line_items.*.price_data.tax_behavior", "line_items.*.price_data.recurring.interval",
    "line_items.*.price_data.recurring.interval_count", "line_items.*.price_data.product_data.name",
    "line_items.*.price_data.product_data.description", "line_items.*.price_data.product_data.images.*",
    "line_items.*.price_data.product_data.metadata.*",
    "payment_intent_data.metadata.*", "payment_intent_data.description", "payment_intent_data.setup_future_usage",
    "payment_intent_data.receipt_email",
    "subscription_data.metadata.*", "subscription_data.description", "subscription_data.trial_period_days",
    "subscription_data.trial_end", "subscription_data.trial_settings.end_behavior.missing_payment_method",
];

/// How long a session is open at least and at most, in seconds.
const OPEN: (u64, u64) = (30 * 60, DAY);
/// Seconds that a request may have been on its way.
const GRACE: u64 = 5;
/// The lowest sum that can be paid.
const LOWEST: i64 = 50;

/// What was worked out of a request, before anything is kept.
struct Order {
    subscription: bool,
    customer: Option<Value>,
    offers: Vec<(Offer, i64)>,
    currency: String,
    subtotal: i64,
    discount: Option<(Value, Option<String>)>,
    off: i64,
    expires_at: u64,
}

pub(crate) fn create(books: &mut Books, call: &Call) -> Outcome {
    let form = &call.form;
    let order = read(books, form)?;
    let id = format!("cs_test_{}", letters(58));
    let session = object(books, form, &order, &id)?;
    let subscription = json!({
        "metadata": form.metadata("subscription_data.metadata", &Value::Null)?,
        "description": form.text("subscription_data.description"),
        "trial_end": trial_end(books, form)?,
        "missing_payment_method":
            form.text("subscription_data.trial_settings.end_behavior.missing_payment_method").unwrap_or("create_invoice"),
    });
    let payment = json!({
        "metadata": form.metadata("payment_intent_data.metadata", &Value::Null)?,
        "description": form.text("payment_intent_data.description"),
    });
    let named: Vec<String> = order.offers.iter().map(|(offer, _)| books.offer_name(offer)).collect();
    let mut lines = Vec::new();
    for ((offer, quantity), description) in order.offers.into_iter().zip(named) {
        let price = books.keep_offer(offer);
        lines.push(Line { price, quantity, description }.json());
    }
    let coupon = order.discount.map(|(coupon, code)| json!({"coupon": field(&coupon, "id"), "code": code}));
    let ids: Vec<String> = lines.iter().map(|_| format!("li_{}", letters(24))).collect();
    let notes = json!({
        "lines": lines, "items": ids, "discount": coupon, "subscription": subscription, "payment": payment,
    });
    books.agenda.put(order.expires_at, Due::Expire(id));
    Ok(books.add(Kind::Session, session, notes, ""))
}

fn read(books: &Books, form: &Form) -> Result<Order, Refusal> {
    let mode = form.choice("mode", &["payment", "subscription"])?.ok_or_else(|| Refusal::required("mode"))?;
    let subscription = mode == "subscription";
    form.choice("ui_mode", &["hosted_page"])?;
    form.need("success_url")?;
    for place in ["success_url", "cancel_url"] {
        if form.text(place).is_some_and(|link| url::Url::parse(link).is_err()) {
            return Err(Refusal::invalid("Not a valid URL").code("url_invalid").param(place));
        }
    }
    let customer = books.customer_named(form, "customer")?;
    if customer.is_some() && form.has("customer_email") {
        let message = "You may only specify one of these parameters: customer, customer_email.";
        return Err(Refusal::invalid(message).param("customer"));
    }
    let offers = offers(books, form, subscription)?;
    let currency = offers.first().map(|(offer, _)| own(&offer.price, "currency")).unwrap_or_default();
    let trial = subscription && trial_end(books, form)?.is_some();
    let amount = |(offer, quantity): &(Offer, i64)| {
        let free = trial && text(&offer.price, "type") == Some("recurring");
        if free { 0 } else { int(&offer.price, "unit_amount").saturating_mul(*quantity) }
    };
    let subtotal = offers.iter().map(amount).fold(0_i64, i64::saturating_add);
    if form.count("discounts") > 1 || (form.has("discounts") && form.truth("allow_promotion_codes")?.is_some()) {
        let message = "You may only specify one discount, and not together with allow_promotion_codes.";
        return Err(Refusal::invalid(message).param("discounts"));
    }
    let discount = books.discount_named(form, customer.as_ref().and_then(|customer| text(customer, "id")))?;
    let off = match &discount {
        Some((coupon, _)) => cut(books, coupon, &currency, subtotal)?,
        None => 0,
    };
    if !subscription && (1..LOWEST).contains(&(subtotal - off)) {
        let message = format!(
            "The Checkout Session's total amount due must add up to at least {LOWEST} of the smallest unit of {currency}"
        );
        return Err(Refusal::invalid(message).code("amount_too_small"));
    }
    let expires_at = expiry(books, form)?;
    Ok(Order { subscription, customer, offers, currency, subtotal, discount, off, expires_at })
}

fn offers(books: &Books, form: &Form, subscription: bool) -> Result<Vec<(Offer, i64)>, Refusal> {
    let count = form.count("line_items");
    if count == 0 {
        return Err(Refusal::required("line_items"));
    }
    let mut offers: Vec<(Offer, i64)> = Vec::new();
    for n in 0..count {
        let offer = books.price_at(form, &format!("line_items.{n}"))?;
        let place = format!("line_items.{n}.quantity");
        let param = format!("line_items[{n}][quantity]");
        let quantity = form.int(&place)?.ok_or_else(|| Refusal::required(&param))?;
        if quantity < 1 {
            let message = "This value must be greater than or equal to 1.";
            return Err(Refusal::invalid(message).code("parameter_invalid_integer").param(param));
        }
        offers.push((offer, quantity));
    }
    let recurring = |offer: &Offer| text(&offer.price, "type") == Some("recurring");
    let any = offers.iter().any(|(offer, _)| recurring(offer));
    if subscription && !any {
        let message = "You must provide at least one recurring price in `subscription` mode when using prices.";
        return Err(Refusal::invalid(message));
    }
    if !subscription && any {
        let message = "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode \
                       or use only one-time prices.";
        return Err(Refusal::invalid(message));
    }
    let mut currencies = offers.iter().map(|(offer, _)| text(&offer.price, "currency"));
    let first = currencies.next();
    if currencies.any(|other| Some(other) != first) {
        let message = "The Checkout Session contains prices of different currencies.";
        return Err(Refusal::invalid(message).param("line_items"));
    }
    Ok(offers)
}

/// What a coupon takes off a session.
fn cut(books: &Books, coupon: &Value, currency: &str, subtotal: i64) -> Result<i64, Refusal> {
    if text(coupon, "currency").is_some_and(|other| other != currency) {
        let message = format!("The coupon's currency must match the session's: {currency}.");
        return Err(Refusal::invalid(message).param("discounts"));
    }
    let hundredths = int(&books.notes(Kind::Coupon, &id_of(coupon)), "hundredths");
    Ok(reduction(coupon, hundredths, subtotal))
}

fn expiry(books: &Books, form: &Form) -> Result<u64, Refusal> {
    let Some(wanted) = form.moment("expires_at")? else { return Ok(books.now + OPEN.1) };
    let wrong = |message: &str| Err(Refusal::invalid(message).param("expires_at"));
    if wanted + GRACE < books.now + OPEN.0 {
        return wrong("The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.");
    }
    if wanted > books.now + OPEN.1 + GRACE {
        return wrong("The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.");
    }
    Ok(wanted)
}

fn trial_end(books: &Books, form: &Form) -> Result<Option<u64>, Refusal> {
    let place = "subscription_data.trial_period_days";
    let days = form.int(place)?.map(u64::try_from);
    match (days, form.moment("subscription_data.trial_end")?) {
        (None, end) => Ok(end),
        (Some(Ok(days)), None) if (1..=730).contains(&days) => Ok(Some(books.now + days * DAY)),
        _ => {
            let message = "The trial must be between 1 and 730 days, and not given together with trial_end.";
            Err(Refusal::invalid(message).param("subscription_data[trial_period_days]"))
        }
    }
}

fn object(books: &Books, form: &Form, order: &Order, id: &str) -> Outcome {
    let customer = order.customer.as_ref();
    let email = customer.and_then(|customer| text(customer, "email")).or(form.text("customer_email"));
    let details = email.map(|email| details(email, customer.and_then(|customer| text(customer, "name"))));
    let (subtotal, off) = (order.subtotal, order.off);
    let methods = form.texts("payment_method_types");
    let usual = if order.currency == "eur" { json!(["card", "sepa_debit"]) } else { json!(["card"]) };
    let enabled = |place: &str| form.truth(&format!("{place}.enabled")).map(|truth| truth.unwrap_or(false));
    let tax = enabled("automatic_tax")?;
    let consent = json!({
        "payment_method_reuse_agreement": null,
        "promotions": form.choice("consent_collection.promotions", &["auto", "none"])?,
        "terms_of_service": form.choice("consent_collection.terms_of_service", &["none", "required"])?,
    });
    let said = |place: &str| form.text(&format!("custom_text.{place}.message")).map(|text| json!({"message": text}));
    let discounts = order.discount.iter().map(|(coupon, code)| {
        let coupon = if code.is_some() { Value::Null } else { field(coupon, "id") };
        json!({"coupon": coupon, "promotion_code": code})
    });
    let collection = form.choice("payment_method_collection", &["always", "if_required"])?.unwrap_or("always");
    let creation = form.choice("customer_creation", &["always", "if_required"])?.unwrap_or("if_required");
    let session = json!({
        "id": id, "object": "checkout.session", "adaptive_pricing": null, "after_expiration": null,
        "allow_promotion_codes": form.truth("allow_promotion_codes")?, "amount_subtotal": subtotal,
        "amount_total": subtotal - off,
        "automatic_tax": {"enabled": tax, "liability": null, "provider": null, "status": if tax { Some("complete") } else { None }},
        "billing_address_collection": form.choice("billing_address_collection", &["auto", "required"])?,
        "cancel_url": form.text("cancel_url"), "client_reference_id": form.text("client_reference_id"),
        "client_secret": null, "collected_information": null, "consent": null,
        "consent_collection": form.has("consent_collection").then_some(consent), "created": books.now,
        "currency": order.currency, "currency_conversion": null, "custom_fields": [],
        "custom_text": {
            "after_submit": null, "shipping_address": null, "submit": said("submit"),
            "terms_of_service_acceptance": said("terms_of_service_acceptance"),
        },
        "customer": customer.map(id_of), "customer_account": null,
        "customer_creation": if order.subscription || customer.is_some() { None } else { Some(creation) },
        "customer_details": details, "customer_email": form.text("customer_email"),
        "discounts": discounts.collect::<Vec<_>>(), "expires_at": order.expires_at, "invoice": null,
        "invoice_creation": null, "livemode": false, "locale": form.text("locale"),
        "metadata": form.metadata("metadata", &Value::Null)?,
        "mode": if order.subscription { "subscription" } else { "payment" }, "payment_intent": null,
        "payment_link": null,
    });
    let rest = json!({
        "payment_method_collection": if order.subscription { collection } else { "if_required" },
        "payment_method_configuration_details": null, "payment_method_options": {},
        "payment_method_types": if methods.is_empty() { usual } else { json!(methods) }, "payment_status": "unpaid",
        "permissions": null, "phone_number_collection": {"enabled": enabled("phone_number_collection")?},
        "recovered_from": null, "saved_payment_method_options": null, "setup_intent": null,
        "shipping_address_collection": null, "shipping_cost": null, "shipping_options": [], "status": "open",
        "submit_type": form.choice("submit_type", &["auto", "book", "donate", "pay", "subscribe"])?,
        "subscription": null, "success_url": form.text("success_url"),
        "total_details": {"amount_discount": off, "amount_shipping": 0, "amount_tax": 0}, "ui_mode": "hosted_page",
        "url": format!("{}/pay/{id}", books.base), "wallet_options": null,
    });
    Ok(joined(session, rest))
}

/// What a session knows of its customer.
pub(crate) fn details(email: &str, name: Option<&str>) -> Value {
    json!({
        "address": null, "business_name": null, "email": email, "individual_name": null, "name": name, "phone": null,
        "tax_exempt": "none", "tax_ids": [],
    })
}

pub(crate) fn get(books: &mut Books, call: &Call) -> Outcome {
    books.get(Kind::Session, call.id())
}

pub(crate) fn list(books: &mut Books, call: &Call) -> Outcome {
    let same = [
        ("customer", "/customer"),
        ("payment_intent", "/payment_intent"),
        ("subscription", "/subscription"),
        ("status", "/status"),
    ];
    books.store.page(Kind::Session, &call.form, &same, |_| true)
}

pub(crate) fn items(books: &mut Books, call: &Call) -> Outcome {
    books.store.get(Kind::Session, call.id())?;
    let all = books.session_items(call.id());
    let all: Vec<&Value> = listed(&all, "data").iter().collect();
    paged(&format!("/v1/checkout/sessions/{}/line_items", call.id()), &call.form, &all)
}

pub(crate) fn expire(books: &mut Books, call: &Call) -> Outcome {
    let session = books.get(Kind::Session, call.id())?;
    if text(&session, "status") != Some("open") {
        let message = "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a \
                       status of ";
        let status = own(&session, "status");
        return Err(Refusal::invalid(format!("{message}{status}")));
    }
    books.expire(call.id())
}

impl Books {
    /// A session's line items, as a list.
    pub(crate) fn session_items(&self, session: &str) -> Value {
        let notes = self.notes(Kind::Session, session);
        let lines: Vec<Line> = listed(&notes, "lines").iter().map(Line::read).collect();
        // During a trial nothing that recurs is paid yet.
        let trial = notes.pointer("/subscription/trial_end").is_some_and(Value::is_u64);
        let due = |line: &Line| if trial && line.recurring() { 0 } else { line.subtotal() };
        let subtotals: Vec<i64> = lines.iter().map(due).collect();
        let off = self.store.get(Kind::Session, session).ok();
        let off = off.and_then(|session| session.pointer("/total_details/amount_discount")?.as_i64()).unwrap_or(0);
        let parts = spread(off, &subtotals);
        let rows = lines.iter().zip(listed(&notes, "items")).zip(subtotals.iter().zip(&parts));
        let data: Vec<Value> = rows
            .map(|((line, id), (subtotal, off))| {
                json!({
                    "id": id, "object": "item", "adjustable_quantity": null, "amount_discount": off,
                    "amount_subtotal": subtotal, "amount_tax": 0, "amount_total": subtotal - off,
                    "currency": line.price.get("currency"), "description": line.description, "metadata": {},
                    "price": line.price, "quantity": line.quantity,
                })
            })
            .collect();
        let url = format!("/v1/checkout/sessions/{session}/line_items");
        json!({"object": "list", "data": data, "has_more": false, "url": url})
    }

    /// Ends an open session unpaid.
    pub(crate) fn expire(&mut self, session: &str) -> Outcome {
        self.change(Kind::Session, session, &["checkout.session.expired"], |session| {
            set(session, "status", "expired");
            set(session, "url", Value::Null);
        })
    }

    /// Ends a session whose time has come, when it is still open.
    pub(crate) fn expire_if_due(&mut self, session: &str) {
        let open = self.store.get(Kind::Session, session).is_ok_and(|session| text(session, "status") == Some("open"));
        if open && let Err(refusal) = self.expire(session) {
            tracing::warn!(reason = refusal.message(), "a session of the sandbox could not expire");
        }
    }
}
