//! `expand[]`: ids in an answer that are replaced by their objects, and lists that are shown on request only.

use serde_json::{Value, json};

use super::Books;
use super::object::{id_of, set};
use super::refusal::Refusal;
use super::store::Kind;
use crate::sandbox::json::text;

/// How deep an expansion may go.
const DEPTH: usize = 4;

impl Books {
    /// Expands the places in an answer.
    pub(crate) fn expand(&self, answer: &mut Value, places: &[String]) -> Result<(), Refusal> {
        for place in places {
            let steps: Vec<&str> = place.split('.').collect();
            if steps.len() > DEPTH {
                return Err(Refusal::invalid(format!("You cannot expand more than {DEPTH} levels of a property.")));
            }
            self.expand_steps(answer, &steps, place)?;
        }
        Ok(())
    }

    fn expand_steps(&self, node: &mut Value, steps: &[&str], place: &str) -> Result<(), Refusal> {
        if let Value::Array(items) = node {
            return items.iter_mut().try_for_each(|item| self.expand_steps(item, steps, place));
        }
        let Some((step, rest)) = steps.split_first() else { return Ok(()) };
        self.reveal(node, step);
        let Some(inner) = node.get_mut(*step) else {
            let message = format!(
                "This property cannot be expanded ({step}). You may want to try expanding 'data.{place}' instead."
            );
            return Err(Refusal::invalid(message).param("expand"));
        };
        self.replace(inner, step);
        if inner.is_null() {
            return Ok(());
        }
        self.expand_steps(inner, rest, place)
    }

    /// Ids become objects.
    fn replace(&self, node: &mut Value, field: &str) {
        match node {
            Value::String(id) => {
                if let Some(object) = self.store.named(field, id) {
                    *node = object.clone();
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.replace(item, field)),
            _ => {}
        }
    }

    /// Lists that an object has only when it is asked for them.
    fn reveal(&self, node: &mut Value, field: &str) {
        let id = id_of(node);
        let (kind, want): (Kind, fn(&Value) -> Option<&str>) = match (text(node, "object"), field) {
            (Some("checkout.session"), "line_items") => {
                let list = self.session_items(&id);
                return set(node, "line_items", list);
            }
            (Some("charge"), "refunds") => (Kind::Refund, |object| text(object, "charge")),
            (Some("invoice"), "payments") => (Kind::InvoicePayment, |object| text(object, "invoice")),
            (Some("customer"), "subscriptions") => (Kind::Subscription, |object| text(object, "customer")),
            _ => return,
        };
        let data: Vec<Value> = self
            .store
            .all(kind)
            .rev()
            .map(|row| &row.object)
            .filter(|object| want(object) == Some(&id) && text(object, "status") != Some("canceled"))
            .cloned()
            .collect();
        let url = match kind {
            Kind::Refund => format!("/v1/charges/{id}/refunds"),
            Kind::Subscription => format!("/v1/customers/{id}/subscriptions"),
            _ => kind.path().to_owned(),
        };
        set(node, field, json!({"object": "list", "data": data, "has_more": false, "url": url}));
    }
}
