//! Events of the provider, each taken up once; what they say is never believed, only that there is something to look at.

use super::tasks::{self, Kind};
use super::views::EventRef;
use crate::db::{Tx, sql};
use crate::kernel::Result;
use diesel::QueryableByName;
use diesel::sql_types::{Bool, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// It is new, and something will be looked at.
    Taken,
    /// It is new and means nothing to us.
    Unknown,
    /// It came before.
    Repeated,
}

/// Takes up an event: its name and what it leads to, in one transaction. Acts as the *payments* duty; the caller commits.
///
/// # Errors
/// As [`Tx::load`].
pub async fn receive(tx: &mut Tx, event: &EventRef, now: Timestamp) -> Result<Received> {
    let task = task_of(event);
    let new = tx
        .execute(
            "taking up an event of the provider",
            sql("insert into provider_events (id, kind, object, known, created_at, received_at) \
                 values (?, ?, ?, ?, ?, ?) on conflict do nothing")
            .bind::<Text, _>(event.id.clone())
            .bind::<Text, _>(event.kind.clone())
            .bind::<Nullable<Text>, _>(event.object.clone())
            .bind::<Bool, _>(task.is_some())
            .bind::<Timestamptz, _>(event.at.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel()),
        )
        .await?;
    match (new, task) {
        (0, _) => Ok(Received::Repeated),
        (_, None) => Ok(Received::Unknown),
        (_, Some((kind, object))) => {
            tasks::ask(tx, kind, object, None, now);
            Ok(Received::Taken)
        }
    }
}

#[derive(QueryableByName)]
struct Heard {
    #[diesel(sql_type = Nullable<Timestamptz>)]
    at: Option<jiff_diesel::Timestamp>,
}

/// When the provider told something last. Acts as the *payments* duty.
///
/// # Errors
/// As [`Tx::load`].
pub async fn heard_at(tx: &mut Tx) -> Result<Option<Timestamp>> {
    let newest: Option<Heard> = tx
        .first(
            "looking for the newest event of the provider",
            sql("select max(received_at) as at from provider_events"),
        )
        .await?;
    Ok(newest.and_then(|newest| newest.at).map(|at| at.to_jiff()))
}

/// The object that an event makes us look at.
fn task_of(event: &EventRef) -> Option<(Kind, &str)> {
    let object = event.object.as_deref();
    let kind = event.kind.as_str();
    if kind.starts_with("checkout.session.") {
        return Some((Kind::Session, object?));
    }
    if kind.starts_with("customer.subscription.") {
        return Some((Kind::Subscription, object?));
    }
    if kind.starts_with("invoice.") {
        return Some((Kind::Subscription, event.subscription.as_deref()?));
    }
    if kind.starts_with("payment_intent.") {
        return Some((Kind::Payment, object?));
    }
    let about_payment = ["charge.", "refund."].iter().any(|start| kind.starts_with(start));
    if about_payment { Some((Kind::Payment, event.payment.as_deref()?)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: &str) -> EventRef {
        EventRef {
            id: "evt_1".into(),
            kind: kind.into(),
            object: Some("obj_1".into()),
            payment: Some("pi_1".into()),
            subscription: Some("sub_1".into()),
            at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn an_event_names_the_object_whose_state_decides() {
        for (kind, task) in [
            ("checkout.session.completed", Some((Kind::Session, "obj_1"))),
            ("checkout.session.async_payment_failed", Some((Kind::Session, "obj_1"))),
            ("customer.subscription.deleted", Some((Kind::Subscription, "obj_1"))),
            ("invoice.payment_failed", Some((Kind::Subscription, "sub_1"))),
            ("payment_intent.succeeded", Some((Kind::Payment, "obj_1"))),
            ("charge.dispute.created", Some((Kind::Payment, "pi_1"))),
            ("refund.failed", Some((Kind::Payment, "pi_1"))),
            ("customer.created", None),
            ("v2.money.arrived", None),
        ] {
            assert_eq!(task_of(&event(kind)), task, "{kind}");
        }
        assert_eq!(task_of(&EventRef { subscription: None, ..event("invoice.paid") }), None);
    }
}
