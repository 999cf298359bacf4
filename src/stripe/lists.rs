//! Goes through Stripe's lists, which are newest first, a hundred a page (Stripe, "Pagination").

use super::StripeGateway;
use super::client::Ask;
use super::event::Event;
use super::view::{Bare, List};
use crate::domain::payments::{EventPage, Listed, Listing, Refused};
use jiff::Timestamp;
use serde_json::Value;
use stripe_billing::subscription::{ListSubscription, ListSubscriptionStatus};
use stripe_checkout::checkout_session::ListCheckoutSession;
use stripe_core::dispute::ListDispute;
use stripe_core::event::ListEvent;
use stripe_core::payment_intent::ListPaymentIntent;
use stripe_core::refund::ListRefund;

/// The largest page that Stripe gives.
pub(super) const PAGE: i64 = 100;

/// How many pages are gone through to the oldest event; thirty days of a busy shop are fewer.
const MOST_PAGES: usize = 1000;

/// The events that say something `payments::receive` takes up and no other of these says; Stripe takes at most 20.
const KINDS: [&str; 20] = [
    "checkout.session.completed",
    "checkout.session.expired",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "customer.subscription.created",
    "customer.subscription.updated",
    "customer.subscription.deleted",
    "customer.subscription.paused",
    "customer.subscription.resumed",
    "invoice.paid",
    "invoice.payment_failed",
    "payment_intent.succeeded",
    "payment_intent.payment_failed",
    // Says when the provider's fee is known.
    "charge.updated",
    "charge.refunded",
    "charge.dispute.created",
    "charge.dispute.closed",
    "refund.created",
    "refund.updated",
    "refund.failed",
];

/// Which way from an event.
#[derive(Clone, Copy)]
enum From<'a> {
    Newest,
    /// What is older than it: behind it in the list.
    Behind(&'a str),
    /// What is newer than it: before it in the list.
    Before(&'a str),
}

impl StripeGateway {
    /// Events after an event, or the oldest since a time, the oldest first.
    pub(super) async fn events_after(&self, since: Timestamp, after: Option<&str>) -> Result<EventPage, Refused> {
        let Some(after) = after else { return self.oldest_events(since).await };
        let page = self.event_page(since, From::Before(after)).await?;
        oldest_first(page.data, page.has_more)
    }

    async fn oldest_events(&self, since: Timestamp) -> Result<EventPage, Refused> {
        let mut page = self.event_page(since, From::Newest).await?;
        for walked in 0..MOST_PAGES {
            if !page.has_more {
                return oldest_first(page.data, walked > 0);
            }
            let last = page.data.last().and_then(|event| event.get("id")).and_then(Value::as_str);
            let last = last.ok_or(Refused::Strange("a list of events"))?.to_owned();
            page = self.event_page(since, From::Behind(&last)).await?;
        }
        Err(Refused::Strange("more events than can be gone through"))
    }

    async fn event_page(&self, since: Timestamp, from: From<'_>) -> Result<List<Value>, Refused> {
        let request = ListEvent::new().limit(PAGE).types(KINDS.map(str::to_owned));
        let request = match from {
            From::Newest => request,
            From::Behind(event) => request.starting_after(event),
            From::Before(event) => request.ending_before(event),
        };
        self.client.call(since_of(Ask::new("a list of events", &request), since)).await
    }

    /// Names of the objects made since a time, behind a name.
    pub(super) async fn names(&self, what: Listing, since: Timestamp, after: Option<&str>) -> Result<Listed, Refused> {
        let ask = match what {
            Listing::Sessions => Ask::new("a list of checkouts", &ListCheckoutSession::new().limit(PAGE)),
            Listing::Subscriptions => {
                let request = ListSubscription::new().limit(PAGE).status(ListSubscriptionStatus::All);
                Ask::new("a list of subscriptions", &request)
            }
            Listing::Payments => Ask::new("a list of payments", &ListPaymentIntent::new().limit(PAGE)),
            Listing::Refunds => Ask::new("a list of refunds", &ListRefund::new().limit(PAGE)),
            Listing::Disputes => Ask::new("a list of disputes", &ListDispute::new().limit(PAGE)),
        };
        let ask = match after {
            Some(after) => ask.and("starting_after", after),
            None => ask,
        };
        let page: List<Bare> = self.client.call(since_of(ask, since)).await?;
        let after = page.data.last().filter(|_| page.has_more).map(|one| one.id.clone());
        let of_payment = matches!(what, Listing::Refunds | Listing::Disputes);
        // A refund or a dispute of something else than a payment names none.
        let name = |one: Bare| if of_payment { one.payment() } else { Some(one.id) };
        Ok(Listed { after, ids: page.data.into_iter().filter_map(name).collect() })
    }
}

/// The type of this parameter belongs to a crate that nothing else needs.
fn since_of(ask: Ask, since: Timestamp) -> Ask {
    ask.and("created[gte]", &since.as_second().to_string())
}

fn oldest_first(data: Vec<Value>, more: bool) -> Result<EventPage, Refused> {
    let read = |value: &Value| Event::read(value).map(|read| read.event).ok_or(Refused::Strange("an event of a list"));
    Ok(EventPage { events: data.iter().rev().map(read).collect::<Result<_, _>>()?, more })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_events_that_the_readme_says_to_choose_are_those_that_are_asked_for() {
        let readme = include_str!("../../README.md");
        let (_, section) = readme.split_once("### Stripe's events").unwrap();
        let (section, _) = section.split_once("\n### ").unwrap();
        let lines = section.lines().filter(|line| line.starts_with("- `"));
        let mut named: Vec<&str> = lines.flat_map(|line| line.split('`').skip(1).step_by(2)).collect();
        let mut asked = super::KINDS.to_vec();
        named.sort_unstable();
        asked.sort_unstable();
        assert_eq!(named, asked);
    }
}
