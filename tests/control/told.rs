//! What the shop writes into the event log for Shellia, in the transaction of the change: sales, refunds, disputes.

use crate::payments::shop;
use crate::payments::till::{Till, guild};
use crate::support::db::run;
use shellia::app::told_events;
use shellia::control::EventKind;
use shellia::domain::shop::orders::refunds;
use shellia::kernel::{Actor, System};
use shellia::sandbox::stripe::{Dispute, How};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const TOLD: &str =
    "select count(*) as n from events where kind in ('sale', 'order_refunded', 'dispute_opened', 'dispute_won')";

#[tokio::test(flavor = "multi_thread")]
async fn sales_refunds_and_disputes_are_told_with_their_figures_and_nobody_in_them() {
    let till = Till::open().await;
    run(&mut till.maxis.database.owner().await, "update variants set stock = 2 where product = 'role'").await;
    let stop = CancellationToken::new();
    let begin = told_events(&till.app, None, Duration::ZERO, &stop).await.unwrap().reached;
    let stripe = till.maxis.sandbox.stripe();
    let (first, session) = till.buy(&shop::order(guild(), 50, "product/role/standard", "r1")).await;
    stripe.pay(&session, How::Card).unwrap();
    till.until(TOLD, 1).await;
    till.until("select count(*) as n from orders where payment_id is not null", 1).await;
    let mut tx = till.app.db.begin(&Actor::system_in(System::Payments, guild())).await.unwrap();
    refunds::refund(&mut tx, (guild(), first.number), None, ("test", "refund-key"), None, till.clock.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    till.until(TOLD, 2).await;
    let (second, session) = till.buy(&shop::order(guild(), 51, "product/role/standard", "r2")).await;
    stripe.pay(&session, How::Card).unwrap();
    till.until(TOLD, 3).await;
    let charge = stripe.events().into_iter().rfind(|event| event["type"] == "charge.succeeded").unwrap();
    let dispute = stripe.open_dispute(charge["data"]["object"]["id"].as_str().unwrap(), "fraudulent").unwrap();
    till.until(TOLD, 4).await;
    stripe.close_dispute(dispute["id"].as_str().unwrap(), Dispute::Won).unwrap();
    till.until(TOLD, 5).await;
    let (mut told, mut after) = (Vec::new(), begin);
    while told.len() < 5 {
        let batch = told_events(&till.app, Some(&after), Duration::from_secs(20), &stop).await.unwrap();
        told.extend(batch.events);
        after = batch.reached;
    }
    let short: Vec<_> =
        told.iter().map(|event| (event.kind, event.order, event.amount.as_ref().map(|amount| amount.minor))).collect();
    let (first, second) = (Some(first.number), Some(second.number));
    assert_eq!(
        short,
        [
            (EventKind::Sale, first, Some(500)),
            (EventKind::Refunded, first, Some(500)),
            (EventKind::Sale, second, Some(500)),
            (EventKind::DisputeOpened, second, None),
            (EventKind::DisputeWon, second, None),
        ]
    );
    assert!(told.iter().all(|event| event.guild == guild()));
    let text = serde_json::to_string(&told).unwrap();
    for personal in ["\"50\"", "\"51\"", "Rôle", "user", "title"] {
        assert!(!text.contains(personal), "{personal}: {text}");
    }
    till.close().await;
}
