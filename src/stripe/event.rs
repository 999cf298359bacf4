//! Events as Stripe sends and lists them, read narrowly: which object to look at, and nothing of what they say about it.
//!
//! The shape of an event's object follows the API version of the endpoint or of the account, not ours, and new kinds of
//! object come without notice. So nothing here depends on more than a name that stands in a known place.

use crate::domain::payments::EventRef;
use jiff::Timestamp;
use serde_json::Value;

/// The longest name of an event and of a kind that is kept.
const LONGEST: usize = 100;
/// The longest name of an object that is kept.
const LONGEST_OBJECT: usize = 200;

/// An event, and whether it is about real money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What it is about.
    pub event: EventRef,
    /// Whether it was made in live mode.
    pub livemode: bool,
}

/// The bytes are no event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an event")]
pub struct Unreadable;

impl Event {
    /// Reads the body of a delivery.
    ///
    /// # Errors
    /// [`Unreadable`] when it is no JSON or lacks what every event has.
    pub fn parse(body: &[u8]) -> Result<Self, Unreadable> {
        let value: Value = serde_json::from_slice(body).map_err(|_| Unreadable)?;
        Self::read(&value).ok_or(Unreadable)
    }

    /// Reads an event; `None` when it lacks what every event has.
    pub(super) fn read(event: &Value) -> Option<Self> {
        let text = |name| event.get(name).and_then(Value::as_str);
        let short =
            |text: &&str| !text.is_empty() && text.len() <= LONGEST && text.bytes().all(|b| b.is_ascii_graphic());
        let object = event.get("data").and_then(|data| data.get("object"));
        let part = |name| object.and_then(|object| object.get(name));
        let subscription = part("subscription").and_then(name_of).or_else(|| {
            let parent = part("parent")?.get("subscription_details")?;
            parent.get("subscription").and_then(name_of)
        });
        Some(Self {
            event: EventRef {
                id: text("id").filter(short)?.to_owned(),
                kind: text("type").filter(short)?.to_owned(),
                object: object.and_then(name_of),
                payment: part("payment_intent").and_then(name_of),
                subscription,
                at: time_of(event.get("created")?)?,
            },
            livemode: event.get("livemode")?.as_bool()?,
        })
    }
}

/// The name of an object, which stands alone or in the whole object.
fn name_of(value: &Value) -> Option<String> {
    let name = value.as_str().or_else(|| value.get("id").and_then(Value::as_str))?;
    super::is_name(name).then(|| name.to_owned()).filter(|name| name.len() <= LONGEST_OBJECT)
}

/// Seconds since 1970 in events of the first API, a date in those of the second.
fn time_of(value: &Value) -> Option<Timestamp> {
    match value.as_i64() {
        Some(seconds) => Timestamp::from_second(seconds).ok(),
        None => value.as_str()?.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn event(kind: &str, object: Value) -> Value {
        json!({
            "id": "evt_1", "object": "event", "api_version": "2024-06-20", "created": 1_800_000_000, "livemode": false,
            "type": kind, "data": {"object": object}, "pending_webhooks": 1, "request": {"id": null},
        })
    }

    fn read(kind: &str, object: Value) -> EventRef {
        Event::parse(event(kind, object).to_string().as_bytes()).unwrap().event
    }

    #[test]
    fn a_checkout_names_itself() {
        let about = read(
            "checkout.session.completed",
            json!({"id": "cs_1", "object": "checkout.session", "payment_intent": "pi_1"}),
        );
        assert_eq!(about.object.as_deref(), Some("cs_1"));
        assert_eq!(about.at, Timestamp::from_second(1_800_000_000).unwrap());
    }

    #[test]
    fn an_invoice_names_its_subscription_in_every_version() {
        let old = read("invoice.paid", json!({"id": "in_1", "object": "invoice", "subscription": "sub_1"}));
        let parent =
            json!({"type": "subscription_details", "subscription_details": {"subscription": "sub_1", "metadata": {}}});
        let new = read("invoice.paid", json!({"id": "in_1", "object": "invoice", "parent": parent}));
        let whole =
            read("invoice.paid", json!({"id": "in_1", "subscription": {"id": "sub_1", "object": "subscription"}}));
        assert_eq!(old.subscription.as_deref(), Some("sub_1"));
        assert_eq!(new, old);
        assert_eq!(whole, old);
        let single = read("invoice.paid", json!({"id": "in_1", "parent": null, "subscription": null}));
        assert_eq!(single.subscription, None);
    }

    #[test]
    fn charges_refunds_and_disputes_name_their_payment() {
        for (kind, object) in
            [("charge.refunded", "ch_1"), ("refund.updated", "re_1"), ("charge.dispute.created", "dp_1")]
        {
            let about = read(kind, json!({"id": object, "payment_intent": "pi_1", "charge": "ch_1"}));
            assert_eq!((about.object.as_deref(), about.payment.as_deref()), (Some(object), Some("pi_1")));
        }
    }

    #[test]
    fn unknown_objects_and_odd_fields_do_no_harm() {
        for object in [
            json!({"id": "x_1", "object": "hologram", "payment_intent": 7, "subscription": [1], "parent": "p"}),
            json!({"id": {"id": 1}}),
            json!({"id": "a/../b?c"}),
            json!({"id": "nul\u{0}"}),
            json!({"id": "x".repeat(201)}),
            json!(null),
            json!(["cs_1"]),
        ] {
            let about = read("hologram.projected", object);
            assert_eq!((about.payment, about.subscription), (None, None));
        }
    }

    #[test]
    fn an_event_of_the_second_api_has_no_object() {
        let thin = json!({
            "id": "evt_test_1", "object": "v2.core.event", "type": "v2.core.account.updated", "livemode": false,
            "created": "2026-09-17T06:20:52.246Z", "related_object": {"id": "acct_1", "type": "v2.core.account"},
        });
        let about = Event::parse(thin.to_string().as_bytes()).unwrap().event;
        assert_eq!((about.kind.as_str(), about.object), ("v2.core.account.updated", None));
    }

    #[test]
    fn what_lacks_the_marks_of_an_event_is_refused() {
        for missing in ["id", "type", "created", "livemode"] {
            let mut odd = event("invoice.paid", json!({}));
            odd.as_object_mut().unwrap().remove(missing);
            assert_eq!(Event::parse(odd.to_string().as_bytes()), Err(Unreadable), "{missing}");
        }
        let long = json!({"id": "e".repeat(101), "type": "a", "created": 1, "livemode": true});
        for odd in ["", "null", "[]", "{\"id\":", "\u{feff}{}", &long.to_string(), &"[".repeat(1000)] {
            assert_eq!(Event::parse(odd.as_bytes()), Err(Unreadable));
        }
        assert_eq!(Event::parse(b"{\"id\":\"\xff\"}"), Err(Unreadable));
    }
}
