//! An order that came too late to be handed over, and whose money the bank holds meanwhile: the money goes back in the end, and
//! buyer and staff are told one thing, not several.

use super::words::{plain, says};
use super::world::World;
use crate::payments::shop;
use shellia::commands::Raw;
use shellia::domain::payments::DisputeState;

impl World {
    /// Somebody pays for the last one after it went to another, and his bank takes the money back before the shop can.
    async fn pays_too_late(&self) -> i64 {
        let new = shop::order(self.shop.guild, self.marie, "product/text/standard", "late");
        let (order, _) = self.shop.buy(&new).await.unwrap();
        self.behind(
            "update orders set state = 'canceled', reserved = false, ended_at = now(); update variants set stock = 0",
        )
        .await;
        assert!(self.shop.provider.pay(0, true));
        assert!(self.shop.provider.dispute(0, DisputeState::Open));
        self.settles().await;
        order.number
    }

    async fn card(&self, number: i64) -> String {
        let given = vec![("order".to_owned(), Raw::Int(number))];
        plain(&self.asks(self.marie, "order", (false, given)).await)
    }

    async fn refunds(&self, state: &str) -> i64 {
        self.database.count(&format!("select count(*) as n from refunds where state = '{state}'")).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dispute_that_is_won_gives_back_what_was_never_handed_over() {
    let world = World::new().await;
    let worker = world.start();
    let number = world.pays_too_late().await;
    assert_eq!((world.refunds("failed").await, world.refunds("requested").await), (1, 0));
    let alert = world.staff_reads().pop().unwrap();
    says(
        &alert,
        &["le stock était épuisé", "Acceptez la contestation"],
        &["repart de lui-même", "accès", "encore ici"],
    );
    let card = world.card(number).await;
    says(
        &card,
        &["votre banque examine le paiement", "n’a pas abouti", "examinée par la banque"],
        &["revient", "accès", "L’équipe"],
    );
    assert!(world.shop.provider.dispute(0, DisputeState::Won));
    world.settles().await;
    world.settles().await;
    assert_eq!(world.database.count("select refunded_minor as n from orders where state = 'refunded'").await, 300);
    let alert = world.staff_reads().pop().unwrap();
    says(&alert, &["La contestation est gagnée", "repart de lui-même"], &["accès", "encore ici", "n’a pas abouti"]);
    says(&world.card(number).await, &["Remboursée", "close en faveur de la boutique"], &["accès", "L’équipe"]);
    worker.stop().await;
    crate::support::witness::judge(&world.sandbox).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_bank_refuses_after_that_is_for_staff() {
    let world = World::new().await;
    let worker = world.start();
    let number = world.pays_too_late().await;
    assert!(world.shop.provider.dispute(0, DisputeState::Won));
    world.settles().await;
    world.settles().await;
    assert!(world.shop.provider.refund_fails(0));
    world.settles().await;
    // Trying for ever would be in vain: the bank refused it.
    assert_eq!((world.refunds("failed").await, world.refunds("requested").await), (2, 0));
    let alert = world.staff_reads().pop().unwrap();
    says(&alert, &["l’argent est encore ici"], &["repart de lui-même", "accès", "Rien à faire"]);
    says(&world.card(number).await, &["l’argent vous revient", "L’équipe voit avec vous"], &["accès"]);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dispute_that_is_lost_leaves_nothing_to_do() {
    let world = World::new().await;
    let worker = world.start();
    let number = world.pays_too_late().await;
    assert!(world.shop.provider.dispute(0, DisputeState::Lost));
    world.settles().await;
    let alert = world.staff_reads().pop().unwrap();
    says(&alert, &["l’argent est parti", "rien à faire"], &["repart de lui-même", "accès", "encore ici"]);
    says(&world.card(number).await, &["votre banque a repris l’argent"], &["revient", "accès", "L’équipe"]);
    worker.stop().await;
}
