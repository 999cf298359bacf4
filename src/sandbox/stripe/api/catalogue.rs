//! Products and prices.

use serde_json::{Value, json};

use crate::sandbox::json::text;
use crate::sandbox::stripe::Books;
use crate::sandbox::stripe::form::Form;
use crate::sandbox::stripe::object::{field, set};
use crate::sandbox::stripe::prices;
use crate::sandbox::stripe::refusal::Refusal;
use crate::sandbox::stripe::routes::{Call, Outcome};
use crate::sandbox::stripe::store::Kind;

/// What making and changing a product take.
pub(crate) const PRODUCT: &[&str] = &[
    "id",
    "name",
    "active",
    "description",
    "images.*",
    "metadata",
    "metadata.*",
    "tax_code",
    "unit_label",
    "url",
    "statement_descriptor",
    "shippable",
];

/// What making a price takes.
pub(crate) const PRICE: &[&str] = &[
    "currency",
    "unit_amount",
    "product",
    "product_data.name",
    "product_data.metadata.*",
    "product_data.active",
    "recurring.interval",
    "recurring.interval_count",
    "nickname",
    "active",
    "metadata",
    "metadata.*",
    "lookup_key",
    "tax_behavior",
];

pub(crate) fn create_product(books: &mut Books, call: &Call) -> Outcome {
    let form = &call.form;
    let name = form.need("name")?;
    if let Some(id) = form.text("id")
        && books.store.get(Kind::Product, id).is_ok()
    {
        return Err(Refusal::invalid("Product already exists.").code("resource_already_exists").param("id"));
    }
    let active = form.truth("active")?.unwrap_or(true);
    let metadata = form.metadata("metadata", &Value::Null)?;
    let mut product = prices::product(books.now, form.text("id"), name, active, metadata);
    fill(form, &mut product)?;
    Ok(books.add(Kind::Product, product, json!({}), "product.created"))
}

fn fill(form: &Form, product: &mut Value) -> Result<(), Refusal> {
    for key in ["description", "tax_code", "unit_label", "url", "statement_descriptor"] {
        if form.has(key) {
            set(product, key, form.text(key));
        }
    }
    if let Some(name) = form.text("name") {
        set(product, "name", name);
    }
    for key in ["active", "shippable"] {
        if let Some(truth) = form.truth(key)? {
            set(product, key, truth);
        }
    }
    if form.has("images") {
        set(product, "images", form.texts("images"));
    }
    Ok(())
}

pub(crate) fn product(books: &mut Books, call: &Call) -> Outcome {
    books.get(Kind::Product, call.id())
}

pub(crate) fn products(books: &mut Books, call: &Call) -> Outcome {
    let ids = call.form.texts("ids");
    books.store.page(Kind::Product, &call.form, &[("active", "/active")], |row| {
        ids.is_empty() || ids.iter().any(|id| text(&row.object, "id") == Some(id))
    })
}

pub(crate) fn update_product(books: &mut Books, call: &Call) -> Outcome {
    let mut wanted = books.get(Kind::Product, call.id())?;
    let metadata = call.form.metadata("metadata", &field(&wanted, "metadata"))?;
    fill(&call.form, &mut wanted)?;
    set(&mut wanted, "metadata", metadata);
    let now = books.now;
    books.change(Kind::Product, call.id(), &["product.updated"], |product| {
        if *product != wanted {
            set(&mut wanted, "updated", now);
        }
        *product = wanted;
    })
}

pub(crate) fn create_price(books: &mut Books, call: &Call) -> Outcome {
    let form = &call.form;
    let mut offer = books.offer(form, "")?;
    for key in ["nickname", "lookup_key"] {
        set(&mut offer.price, key, form.text(key));
    }
    set(&mut offer.price, "active", form.truth("active")?.unwrap_or(true));
    set(&mut offer.price, "metadata", form.metadata("metadata", &Value::Null)?);
    let key_taken = |key: &str| books.store.all(Kind::Price).any(|row| text(&row.object, "lookup_key") == Some(key));
    if let Some(key) = form.text("lookup_key").filter(|key| key_taken(key)) {
        let message = format!("A price (`{key}`) already uses that lookup key.");
        return Err(Refusal::invalid(message).code("resource_already_exists").param("lookup_key"));
    }
    if let Some(product) = &mut offer.product {
        set(product, "active", form.truth("product_data.active")?.unwrap_or(true));
    }
    Ok(books.keep_offer(offer))
}

pub(crate) fn price(books: &mut Books, call: &Call) -> Outcome {
    books.get(Kind::Price, call.id())
}

pub(crate) fn prices(books: &mut Books, call: &Call) -> Outcome {
    let keys = call.form.texts("lookup_keys");
    let same = [("active", "/active"), ("product", "/product"), ("currency", "/currency"), ("type", "/type")];
    books.store.page(Kind::Price, &call.form, &same, |row| {
        keys.is_empty() || keys.iter().any(|key| text(&row.object, "lookup_key") == Some(key))
    })
}

pub(crate) fn update_price(books: &mut Books, call: &Call) -> Outcome {
    let present = books.get(Kind::Price, call.id())?;
    let metadata = call.form.metadata("metadata", &field(&present, "metadata"))?;
    let active = call.form.truth("active")?;
    books.change(Kind::Price, call.id(), &["price.updated"], |price| {
        if let Some(active) = active {
            set(price, "active", active);
        }
        if call.form.has("nickname") {
            set(price, "nickname", call.form.text("nickname"));
        }
        set(price, "metadata", metadata);
    })
}
