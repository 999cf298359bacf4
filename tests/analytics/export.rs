//! `/stats_export`: the books as a file, for operators.

use super::world::{Order, Shop, at, money};
use crate::tickets::world::{boss, paul, said, t, timeless};
use insta::assert_snapshot;
use shellia::commands::{self, Call, Way};
use shellia::domain::payments::ledger::Movement;
use shellia::kernel::Locale::{En, Fr};
use shellia::kernel::reply::Reply;

async fn shop() -> Shop {
    let shop = Shop::open().await;
    shop.now_is("2026-11-26T15:00:00Z");
    let placed = at("2026-11-02T23:30:00Z");
    let order = Order {
        placed,
        paid: Some(placed),
        mode: "payment",
        plan: None,
        quantity: 2,
        total: money(1999, "eur"),
        user: 10,
    };
    shop.order(7, 1, &order).await;
    shop.sql("update orders set title = '=HYPERLINK(\"http://evil\";\"clic\")'").await;
    let sale = Movement::Sale { name: "pi_1".to_owned(), total: 1999, tax: 333 };
    let yen = Movement::Sale { name: "pi_2".to_owned(), total: 1200, tax: 0 };
    shop.post(7, &[(sale, order.total.currency(), placed), (yen, money(0, "jpy").currency(), placed)]).await;
    shop
}

/// The text, then the file as text with its byte order mark shown.
fn read(reply: &Reply) -> String {
    timeless(reply).replace('\u{FEFF}', "(BOM)").replace('\r', "")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ledger_and_the_orders_come_in_the_readers_format() {
    let shop = shop().await;
    assert_snapshot!(read(&shop.asks(&boss(), Fr, "stats_export", &[("what", t("ledger"))]).await), @"
    💾 Voici le fichier du 28/10/2026 – 26/11/2026 : 5 lignes.
    (BOM)Date (Europe/Paris);Écriture;Compte;Montant;Devise;Commande;Abonnement;Client;txn;account
    2026-11-03 00:30:00;Vente;Solde chez Stripe;19,99;EUR;;;;sale/pi_1;provider
    2026-11-03 00:30:00;Vente;Ventes hors taxes;-16,66;EUR;;;;sale/pi_1;revenue
    2026-11-03 00:30:00;Vente;Taxes;-3,33;EUR;;;;sale/pi_1;tax
    2026-11-03 00:30:00;Vente;Solde chez Stripe;1200;JPY;;;;sale/pi_2;provider
    2026-11-03 00:30:00;Vente;Ventes hors taxes;-1200;JPY;;;;sale/pi_2;revenue
    ");
    let given = [("what", t("orders")), ("since", t("2026-11-01")), ("until", t("30/11/2026"))];
    let reply = shop.asks(&boss(), En, "stats_export", &given).await;
    assert_snapshot!(read(&reply), @r#"
    💾 Here is the file for 1 Nov 2026 – 30 Nov 2026: one line.
    (BOM)Order,Placed (Europe/Paris),Paid on (Europe/Paris),State,Title,Quantity,Currency,Price,Reduction,Total,Paid,Refunded,Dispute,Buyer,Buyer’s id,Recipient,Recipient’s id,item,state,dispute
    1,2026-11-03 00:30:00,2026-11-03 00:30:00,Paid and delivered,"'=HYPERLINK(""http://evil"";""clic"")",2,EUR,19.99,0.00,19.99,19.99,0.00,,x,id:10,x,id:10,product/jeu/standard,fulfilled,
    "#);
    assert_eq!(reply.files[0].name, "orders-2026-11-01-2026-11-30.csv");
}

#[tokio::test(flavor = "multi_thread")]
async fn days_are_those_of_the_shop_and_mistakes_are_explained() {
    let shop = shop().await;
    let only = |day: &str| [("what", t("orders")), ("since", t(day)), ("until", t(day))];
    // Half past eleven at night in London's time is the next day in Paris.
    assert!(shop.asks(&boss(), Fr, "stats_export", &only("2026-11-02")).await.files.is_empty());
    assert_eq!(shop.asks(&boss(), Fr, "stats_export", &only("2026-11-03")).await.files.len(), 1);
    assert_snapshot!(read(&shop.asks(&boss(), Fr, "stats_export", &only("2026-11-02")).await), @"Rien à exporter : 02/11/2026.");
    assert_snapshot!(read(&shop.asks(&boss(), Fr, "stats_export", &only("hier")).await), @"
    **au** doit être une date comme 2026-11-26 ; d’un jour à un an au plus, dans l’ordre.
    Usage : `!stats_exporter <contenu> [du=…] [au=…]`
    ");
    let back = [("what", t("orders")), ("since", t("2026-11-03")), ("until", t("2026-11-02"))];
    assert_snapshot!(read(&shop.asks(&boss(), En, "stats_export", &back).await), @"
    **since** must be a date like 2026-11-26; one day to one year, in order.
    Usage: `!stats_export <what> [since=…] [until=…]`
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn support_gets_no_books() {
    let shop = shop().await;
    let reply = shop.asks(&paul(), Fr, "stats_export", &[("what", t("ledger"))]).await;
    assert!(reply.files.is_empty() && reply.text.contains("réservée"), "{reply:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_command_offers_the_file_behind_a_button_and_keeps_none() {
    let shop = shop().await;
    let typed = Call { way: Way::Text, ..shop.world.call(&boss(), "stats_export", &[("what", t("orders"))]) };
    let stub = said(commands::answer(shop.app(), &typed).await);
    let offer = shop.world.presses(&boss(), &stub, "Lire la réponse").await;
    assert!(offer.files.is_empty());
    let file = shop.world.presses(&boss(), &offer, "Recevoir le fichier").await;
    assert_eq!(file.files[0].name, "orders-2026-10-28-2026-11-26.csv");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_cut_says_so() {
    let shop = shop().await;
    shop.sql(
        "insert into ledger (guild_id, txn, account, currency, amount_minor, at)
         select 7, 'fee/' || n, account, 'eur', amount, timestamptz '2026-11-10 12:00Z' + n * interval '1 second'
         from generate_series(1, 25000) n, (values ('provider', -30), ('fees', 30)) as line(account, amount)",
    )
    .await;
    let reply = shop.asks(&boss(), En, "stats_export", &[("what", t("ledger"))]).await;
    assert_eq!(
        reply.text,
        "⚠️ Here are the first 50000 lines for 28 Oct 2026 – 26 Nov 2026: there are more. Ask for fewer days to get the rest."
    );
    let lines = reply.files[0].bytes.iter().filter(|byte| **byte == b'\n').count();
    assert_eq!(lines, 50_001, "the head and the lines");
    assert!(reply.files[0].bytes.len() < 8 * 1024 * 1024);
}
