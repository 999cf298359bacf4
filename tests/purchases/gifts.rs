//! A gift is for who is there.

use super::world::*;
use async_trait::async_trait;
use shellia::commands::Raw;
use shellia::domain::shop::roles::{RoleKeeper, Unkept};
use shellia::kernel::{GuildId, RoleId, UserId};
use std::collections::HashSet;
use std::sync::{Arc, Mutex};

/// A guild that people leave.
#[derive(Debug, Default)]
struct Leaving {
    gone: Mutex<HashSet<UserId>>,
}

impl Leaving {
    fn set(&self, user: u64, gone: bool) {
        let user = UserId::new(user).unwrap();
        let mut all = self.gone.lock().unwrap();
        if gone {
            all.insert(user)
        } else {
            all.remove(&user)
        };
    }
}

#[async_trait]
impl RoleKeeper for Leaving {
    async fn held(&self, _: GuildId, user: UserId) -> Result<Vec<RoleId>, Unkept> {
        if self.gone.lock().unwrap().contains(&user) { Err(Unkept::Left) } else { Ok(Vec::new()) }
    }

    async fn give(&self, _: GuildId, _: UserId, _: RoleId) -> Result<(), Unkept> {
        Ok(())
    }

    async fn take(&self, _: GuildId, _: UserId, _: RoleId) -> Result<(), Unkept> {
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_to_who_left_meanwhile_is_refused_before_its_checkout_opens() {
    let people = Arc::new(Leaving::default());
    let roles = people.clone();
    let world = World::with(move |app| app.roles = roles).await;
    let given = [("member", Raw::Member(someone(JEAN))), ("item", t("plan/pro/month"))];
    let offer = world.asks(MARIE, "gift", &given).await;
    people.set(JEAN, true);
    let refused = world.presses(MARIE, &offer, "J’accepte, payer").await;
    assert!(words(&refused).contains("Ce membre n’est plus sur le serveur"), "{refused:?}");
    assert_eq!(world.count("select count(*) as n from orders").await, 0);
    assert_eq!(world.provider.state.lock().unwrap().sessions.len(), 0);
    people.set(JEAN, false);
    let paying = world.presses(MARIE, &offer, "J’accepte, payer").await;
    assert!(words(&paying).contains("Payez sur la page sécurisée"), "{paying:?}");
    // He leaves before she comes back to pay.
    people.set(JEAN, true);
    let late = world.asks(MARIE, "order_pay", &[("order", n(1))]).await;
    assert!(words(&late).contains("Ce membre n’est plus sur le serveur"), "{late:?}");
    let canceled = world.presses(MARIE, &late, "Annuler la commande").await;
    assert!(words(&canceled).contains("Commande #1 annulée"), "{canceled:?}");
}
