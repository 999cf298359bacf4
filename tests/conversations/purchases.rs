//! A buyer and the shop over real sockets: from the button of the shop to what he got, read again from his direct messages.

use crate::support::maxis::{Maxis, PATIENCE, SHOP, Speaker, button_of, id, shown};
use serde_json::json;

/// Presses a button of a message in his direct messages that says something else than it was sent with.
async fn forges(who: &Speaker<'_>, message: u64, custom_id: &str) -> String {
    let pressed = who.person.forge_press(who.direct(), message, custom_id).await.expect("it is sent");
    shown(&who.person.wait_answer_for(pressed, PATIENCE).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_buys_by_a_button_of_the_shop_finds_it_again_in_his_direct_messages() {
    let maxis = Maxis::start().await;
    let (lea, marie, jean) =
        (maxis.person("lea", "support"), maxis.person("marie", "support"), maxis.person("jean", "support"));
    lea.uses("product_add", json!({"name": "Guide", "kind": "text", "price": "0"})).await;
    lea.uses("product_content", json!({"product": "guide", "content": "MOTSECRET"})).await;
    let shop = marie.uses("shop", json!({})).await;
    assert!(shop.contains("Guide"), "{shop}");
    let product = marie.presses("shop?page=1&product=guide").await;
    assert!(product.contains("Acheter"), "{product}");
    let bought = marie.presses("buy?item=product/guide/standard").await;
    insta::assert_snapshot!(bought, @"
    🔒 ✅ Commande #1 : **Guide** est à vous, sans rien payer.
    [📦 Voir ma livraison] [🧾 Voir la commande]
    ");
    let thanked = marie.is_told("Votre achat est prêt").await;
    assert!(!thanked.contains("MOTSECRET"), "{thanked}");
    // In direct messages no guild is known but by the button.
    let order = shown(&marie.presses_in(marie.direct(), "order?").await);
    for part in ["Commande #1 · Guide", "✅ Payée et livrée", "0,00", "[📦 Voir ma livraison]"] {
        assert!(order.contains(part), "{part}: {order}");
    }
    let delivered = shown(&marie.presses_in(marie.direct(), "order_delivery?").await);
    assert!(delivered.contains("MOTSECRET"), "{delivered}");
    // Another buyer makes his own button say her order's number.
    jean.uses("buy", json!({"item": "product/guide/standard"})).await;
    jean.is_told("Votre achat est prêt").await;
    let seen = jean.person.visible(jean.direct());
    let (message, button) =
        seen.iter().find_map(|message| Some((id(message), button_of(message, "order?")?))).expect("a button");
    let forged = button.replace("order=2", "order=1");
    assert_ne!(forged, button);
    for forged in [forged.clone(), forged.replace("order?", "order_delivery?")] {
        let refused = forges(&jean, message, &forged).await;
        assert!(refused.contains("Aucune commande sous ce numéro"), "{forged}: {refused}");
    }
    // What she bought stays hers when she leaves; buying begins on the server.
    maxis.settled().await;
    let guild = maxis.sandbox.guild_id(SHOP).expect("the shop");
    maxis.sandbox.set_member(guild, marie.person.id(), None, false).expect("she leaves");
    assert!(shown(&marie.presses_in(marie.direct(), "order_delivery?").await).contains("MOTSECRET"));
    let seen = marie.person.visible(marie.direct());
    let message = seen.iter().find(|message| button_of(message, "order?").is_some()).map(id).expect("a button");
    let buy = format!("buy?item=product/guide/standard&guild={guild}");
    let refused = forges(&marie, message, &buy).await;
    assert!(refused.contains("Lancez cette commande sur le serveur"), "{refused}");
    // No more of these messages: the button under a reminder says so here.
    let stopped = forges(&marie, message, &format!("shop_reminders?reminders=off&guild={guild}")).await;
    assert!(stopped.contains("aucun rappel"), "{stopped}");
    maxis.end().await;
}
