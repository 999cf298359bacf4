//! The ledger always balances: the database itself refuses what doesn't.

use super::world::Shop;
use crate::support::db::run;
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};

const IDENTITY: &str =
    "begin; select set_config('role', 'maxis_payments', true), set_config('app.duty', 'payments', true);";

/// Writes lines as the payments duty does and says how the commit ends.
async fn write(login: &mut AsyncPgConnection, lines: &str) -> Result<(), String> {
    run(login, IDENTITY).await;
    let inserted = format!("insert into ledger (guild_id, txn, account, currency, amount_minor, at) values {lines}");
    let outcome = match login.batch_execute(&inserted).await {
        Ok(()) => login.batch_execute("commit").await,
        failed => failed,
    };
    if outcome.is_err() {
        run(login, "rollback").await;
    }
    outcome.map_err(|error| error.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_that_does_not_balance_is_refused_whoever_writes_it() {
    let shop = Shop::open().await;
    let mut login = shop.database().login().await;
    let mut refused = async |lines: &str| {
        let why = write(&mut login, lines).await.expect_err(lines);
        assert!(why.contains("does not balance"), "{lines}: {why}");
    };
    refused("(7, 'sale/1', 'provider', 'eur', 500, now())").await;
    refused("(7, 'sale/1', 'provider', 'eur', 500, now()), (7, 'sale/1', 'revenue', 'eur', -499, now())").await;
    // It would balance only if two currencies were added up.
    refused("(7, 'sale/1', 'provider', 'eur', 500, now()), (7, 'sale/1', 'revenue', 'jpy', -500, now())").await;
    assert_eq!(shop.database().count("select count(*) as n from ledger").await, 0);
    let whole = "(7, 'sale/1', 'provider', 'eur', 500, now()), (7, 'sale/1', 'revenue', 'eur', -400, now()), \
                 (7, 'sale/1', 'tax', 'eur', -100, now())";
    write(&mut login, whole).await.unwrap();
    let later = write(&mut login, "(7, 'sale/1', 'fees', 'eur', 1, now())").await;
    assert!(later.is_err_and(|why| why.contains("does not balance")));
    assert_eq!(shop.database().count("select count(*) as n from ledger").await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_payments_duty_can_not_alter_what_stands() {
    let shop = Shop::open().await;
    let mut login = shop.database().login().await;
    for change in [
        "update ledger set amount_minor = 0",
        "delete from ledger",
        "update mrr_changes set after_minor = 1",
        "delete from mrr_changes",
    ] {
        run(&mut login, IDENTITY).await;
        let why = login.batch_execute(change).await.expect_err(change).to_string();
        assert!(why.contains("permission denied"), "{change}: {why}");
        run(&mut login, "rollback").await;
    }
}
