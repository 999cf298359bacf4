//! What is sold for how much: prices, lines of an order, and what a discount takes off.

use serde_json::{Value, json};

use super::Books;
use super::form::{Form, bracketed};
use super::object::{field, fresh_id, id_of, int, own, set};
use super::refusal::Refusal;
use super::store::Kind;
use crate::sandbox::json::text;

/// The highest amount of Stripe.
const HIGHEST: i64 = 99_999_999;

/// Intervals of a subscription.
const INTERVALS: &[&str] = &["day", "week", "month", "year"];

/// A price to be used: one that is there, or a new one with perhaps a new product.
#[derive(Debug, Clone)]
pub(crate) struct Offer {
    pub(crate) price: Value,
    pub(crate) product: Option<Value>,
    new: bool,
}

/// A line of an order.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) price: Value,
    pub(crate) quantity: i64,
    pub(crate) description: String,
}

impl Line {
    /// The line's amount before discounts.
    pub(crate) fn subtotal(&self) -> i64 {
        int(&self.price, "unit_amount").saturating_mul(self.quantity)
    }

    /// Whether it is paid again and again.
    pub(crate) fn recurring(&self) -> bool {
        text(&self.price, "type") == Some("recurring")
    }

    /// As a note beside a session.
    pub(crate) fn json(&self) -> Value {
        json!({"price": self.price, "quantity": self.quantity, "description": self.description})
    }

    /// Back from a note.
    pub(crate) fn read(note: &Value) -> Self {
        let (price, description) = (field(note, "price"), own(note, "description"));
        Self { price, quantity: int(note, "quantity"), description }
    }
}

/// A product's object.
pub(crate) fn product(now: u64, id: Option<&str>, name: &str, active: bool, metadata: Value) -> Value {
    let id = id.map_or_else(|| fresh_id("prod"), str::to_owned);
    json!({
        "id": id, "object": "product", "active": active, "created": now, "default_price": null, "description": null,
        "images": [], "livemode": false, "marketing_features": [], "metadata": metadata, "name": name,
        "package_dimensions": null, "shippable": null, "statement_descriptor": null, "tax_code": null,
        "type": "service", "unit_label": null, "updated": now, "url": null,
    })
}

/// The older form of a recurring price, which subscription items still show.
pub(crate) fn plan(price: &Value) -> Value {
    json!({
        "id": field(price, "id"), "object": "plan", "active": field(price, "active"),
        "amount": field(price, "unit_amount"), "amount_decimal": field(price, "unit_amount_decimal"),
        "billing_scheme": "per_unit", "created": field(price, "created"), "currency": field(price, "currency"),
        "interval": price.pointer("/recurring/interval"), "interval_count": price.pointer("/recurring/interval_count"),
        "livemode": false, "metadata": field(price, "metadata"), "meter": null, "nickname": field(price, "nickname"),
        "product": field(price, "product"), "tiers_mode": null, "transform_usage": null, "trial_period_days": null,
        "usage_type": "licensed",
    })
}

/// What a coupon takes off an amount: a part of it, rounded half up, or a sum, never more than the amount.
pub(crate) fn reduction(coupon: &Value, hundredths: i64, amount: i64) -> i64 {
    let off = match coupon.get("amount_off").and_then(Value::as_i64) {
        Some(off) => off,
        None => amount.saturating_mul(hundredths).saturating_add(5_000) / 10_000,
    };
    off.clamp(0, amount.max(0))
}

/// Spreads a sum over amounts in proportion; the parts add up to the sum.
pub(crate) fn spread(sum: i64, amounts: &[i64]) -> Vec<i64> {
    let whole: i64 = amounts.iter().sum();
    let (mut seen, mut given) = (0_i64, 0_i64);
    let part = |amount: &i64| {
        seen += amount;
        let until = if whole == 0 { 0 } else { i128::from(sum) * i128::from(seen) / i128::from(whole) };
        let until = i64::try_from(until).unwrap_or(sum);
        let part = until - given;
        given = until;
        part
    };
    amounts.iter().map(part).collect()
}

impl Books {
    /// Reads the price data at a place (`""` for the form itself), without keeping anything.
    pub(crate) fn offer(&self, form: &Form, place: &str) -> Result<Offer, Refusal> {
        let at = |name: &str| if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") };
        let currency = form.need(&at("currency"))?.to_lowercase();
        if currency.len() != 3 || !currency.bytes().all(|letter| letter.is_ascii_lowercase()) {
            return Err(Refusal::invalid(format!("Invalid currency: {currency}.")).param(bracketed(&at("currency"))));
        }
        let amount = form.int(&at("unit_amount"))?;
        let amount = amount.ok_or_else(|| Refusal::required(&bracketed(&at("unit_amount"))))?;
        if !(0..=HIGHEST).contains(&amount) {
            let message = format!("Invalid amount: must be between 0 and {HIGHEST}.");
            return Err(Refusal::invalid(message).param(bracketed(&at("unit_amount"))));
        }
        let product = match (form.text(&at("product")), form.text(&at("product_data.name"))) {
            (Some(id), None) => {
                self.store.get(Kind::Product, id).map_err(|refusal| refusal.named_by(&bracketed(&at("product"))))?;
                None
            }
            (None, Some(name)) => {
                let metadata = form.metadata(&at("product_data.metadata"), &Value::Null)?;
                let mut new = product(self.now, None, name, place.is_empty(), metadata);
                set(&mut new, "description", form.text(&at("product_data.description")));
                set(&mut new, "images", form.texts(&at("product_data.images")));
                Some(new)
            }
            (Some(_), Some(_)) => {
                let message = "You may only specify one of these parameters: product, product_data.";
                return Err(Refusal::invalid(message).param(bracketed(&at("product"))));
            }
            (None, None) => return Err(Refusal::required(&bracketed(&at("product")))),
        };
        let sold = product.as_ref().map_or_else(|| form.text(&at("product")).unwrap_or_default().to_owned(), id_of);
        let recurring = match form.choice(&at("recurring.interval"), INTERVALS)? {
            None => Value::Null,
            Some(interval) => {
                let count = form.int(&at("recurring.interval_count"))?.unwrap_or(1);
                json!({
                    "interval": interval, "interval_count": count.clamp(1, 36), "meter": null, "usage_type": "licensed",
                })
            }
        };
        let tax = form.choice(&at("tax_behavior"), &["exclusive", "inclusive", "unspecified"])?;
        let price = json!({
            "id": fresh_id("price"), "object": "price", "active": place.is_empty(), "billing_scheme": "per_unit",
            "created": self.now, "currency": currency, "custom_unit_amount": null, "livemode": false,
            "lookup_key": null, "metadata": {}, "nickname": null, "product": sold, "recurring": recurring,
            "tax_behavior": tax.unwrap_or("unspecified"), "tiers_mode": null, "transform_quantity": null,
            "type": if recurring.is_null() { "one_time" } else { "recurring" }, "unit_amount": amount,
            "unit_amount_decimal": amount.to_string(),
        });
        Ok(Offer { price, product, new: true })
    }

    /// Reads the price of an item at a place: an id in `price`, or inline in `price_data`.
    pub(crate) fn price_at(&self, form: &Form, place: &str) -> Result<Offer, Refusal> {
        let (named, inline) = (format!("{place}.price"), format!("{place}.price_data"));
        match form.text(&named) {
            Some(_) if form.has(&inline) => {
                let message = "You may only specify one of these parameters: price, price_data.";
                Err(Refusal::invalid(message).param(bracketed(place)))
            }
            Some(id) => {
                let param = bracketed(&named);
                let price = self.get(Kind::Price, id).map_err(|refusal| refusal.named_by(&param))?;
                if price.get("active") == Some(&Value::Bool(false)) {
                    let message = format!(
                        "The price specified is inactive. This field only accepts active prices. Price ID: {id}"
                    );
                    return Err(Refusal::invalid(message).param(param));
                }
                Ok(Offer { price, product: None, new: false })
            }
            None if form.has(&inline) => self.offer(form, &inline),
            None => Err(Refusal::required(&bracketed(&named))),
        }
    }

    /// Keeps an offer's new objects; gives the price.
    pub(crate) fn keep_offer(&mut self, offer: Offer) -> Value {
        if let Some(product) = offer.product {
            self.add(Kind::Product, product, json!({}), "product.created");
        }
        if offer.new { self.add(Kind::Price, offer.price, json!({}), "price.created") } else { offer.price }
    }

    /// What an offer's product is called.
    pub(crate) fn offer_name(&self, offer: &Offer) -> String {
        let known = || self.store.get(Kind::Product, &own(&offer.price, "product")).ok();
        offer.product.as_ref().or_else(known).map(|product| own(product, "name")).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_discount_is_rounded_half_up_and_never_exceeds() {
        let percent = json!({"percent_off": 12.5, "amount_off": null});
        assert_eq!(reduction(&percent, 1_250, 999), 125);
        assert_eq!(reduction(&json!({"amount_off": 500}), 0, 300), 300);
        assert_eq!(reduction(&json!({}), 10_000, 499), 499);
    }

    #[test]
    fn the_parts_of_a_spread_add_up() {
        assert_eq!(spread(100, &[1, 1, 1]), [33, 33, 34]);
        assert_eq!(spread(5, &[0, 0]), [0, 0]);
        assert_eq!(spread(7, &[10, 0, 4]).iter().sum::<i64>(), 7);
    }
}
