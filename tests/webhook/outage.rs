//! The database is away: a delivery is not taken, and is taken when it comes again.

use super::endpoint::{Endpoint, event};
use crate::support::maxis::PATIENCE;
use serde_json::json;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_asks_for_another_delivery_while_nothing_can_be_kept() {
    let endpoint = Endpoint::open().await;
    let paid = event("evt_1", "checkout.session.completed", json!({"id": "cs_1"}));
    endpoint.link.cut();
    assert_eq!(endpoint.deliver(&paid).await, 503);
    assert!(endpoint.figure("not_kept").await >= 1);
    endpoint.link.mend();
    let again = async {
        while endpoint.deliver(&paid).await != 200 {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    tokio::time::timeout(PATIENCE, again).await.expect("it is taken");
    assert_eq!(endpoint.kept().await, (1, 1));
    endpoint.close().await;
}
