//! A role that can't be given: its buyer reads so and not that he has it, nobody else pays for it, and it is sold again once it
//! can be given.

use super::words::{plain, says};
use super::world::World;
use shellia::commands::Raw;
use shellia::jobs::roles;
use shellia::kernel::RoleId;

const ROLE: &str = "product/role/standard";

async fn on(world: &World, who: u64, command: &str, number: i64) -> String {
    plain(&world.asks(who, command, (false, vec![("order".to_owned(), Raw::Int(number))])).await)
}

async fn wants(world: &World, who: u64, item: &str) -> String {
    plain(&world.asks(who, "buy", (false, vec![("item".to_owned(), Raw::Text(item.to_owned()))])).await)
}

/// A shop whose product gives `Admin`, which stands above the bot.
async fn too_high() -> World {
    let world = World::new().await;
    world
        .behind(&format!("insert into shops (guild_id, loaded_at, updated_at) values ({}, now(), now())", world.guild))
        .await;
    world.behind(&format!("update products set role_id = {} where kind = 'role'", world.role("Admin"))).await;
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_can_not_be_given_is_told_of_and_not_sold_until_it_can() {
    let world = too_high().await;
    let worker = world.start();
    let number = world.buys(world.marie, ROLE).await;
    world.until_idle().await;
    let told = world.told(world.marie);
    says(told.last().unwrap(), &["je n’ai pas encore pu vous donner le rôle", "l’équipe est prévenue"], &["est prêt"]);
    let card = on(&world, world.marie, "order", number).await;
    says(&card, &["⚠️ Le rôle n’a pas encore pu être donné", "order_withdraw"], &["livrée", "Ce droit a pris fin"]);
    says(&on(&world, world.marie, "order_delivery", number).await, &["⚠️ Je n’ai pas encore pu"], &[]);
    let list = plain(&world.asks(world.marie, "orders", (false, Vec::new())).await);
    says(&list, &["Le rôle n’a pas encore pu être donné"], &["livrée"]);
    // Nobody else pays for it, in vain or as a gift; nothing of it is shown with a price.
    says(
        &wants(&world, world.jean, ROLE).await,
        &["ne peut pas être donné pour l’instant", "Rien n’est débité"],
        &["€"],
    );
    let shop = plain(&world.asks(world.jean, "shop", (false, Vec::new())).await);
    says(&shop, &["Texte"], &["Rôle"]);
    let listed = plain(&world.asks(world.jean, "product_list", (true, Vec::new())).await);
    says(&listed, &["je ne peux pas donner son rôle"], &["supprimé"]);
    assert_eq!(world.shop.provider.state.lock().unwrap().sessions.len(), 1);
    // Mended, he gets it, and it is sold again.
    world.sandbox.drag_role(world.guild, world.role("Maxis"), Some(world.role("Admin"))).unwrap();
    world.app().news.roles(world.guild_id(), None);
    world.until_holds(world.marie, world.role("Admin"), true).await;
    world.until_idle().await;
    says(&on(&world, world.marie, "order", number).await, &["Payée et livrée"], &["pas encore pu"]);
    says(&wants(&world, world.jean, ROLE).await, &["5,00"], &["ne peut pas être donné"]);
    worker.stop().await;
}

/// Who paid for what never came may still withdraw, though he had asked for it at once.
#[tokio::test(flavor = "multi_thread")]
async fn who_never_got_the_role_may_withdraw_and_it_is_sold_again_once_it_can_be_given() {
    let world = too_high().await;
    let worker = world.start();
    let number = world.buys(world.marie, ROLE).await;
    world.until_idle().await;
    let asked = world.asks(world.marie, "order_withdraw", (false, vec![("order".to_owned(), Raw::Int(number))])).await;
    says(&plain(&asked), &["Elle sera remboursée en entier"], &[]);
    let sure = vec![("order".to_owned(), Raw::Int(number)), ("confirm".to_owned(), Raw::Text("yes".to_owned()))];
    let done = plain(&world.asks(world.marie, "order_withdraw", (false, sure)).await);
    says(&done, &["Rétractation", "5,00"], &[]);
    world.settles().await;
    assert_eq!(world.database.count("select count(*) as n from orders where state = 'refunded'").await, 1);
    world.until("select count(*) as n from granted_roles", 0).await;
    // Nobody waits for it any more, but it stands as high as before.
    roles::try_unwaited(world.app()).await.unwrap();
    assert_eq!(world.database.count("select count(*) as n from role_alerts").await, 1);
    says(&wants(&world, world.jean, ROLE).await, &["ne peut pas être donné"], &["€"]);
    world.sandbox.drag_role(world.guild, world.role("Maxis"), Some(world.role("Admin"))).unwrap();
    roles::try_unwaited(world.app()).await.unwrap();
    assert_eq!(world.database.count("select count(*) as n from role_alerts").await, 0);
    says(&wants(&world, world.jean, ROLE).await, &["5,00"], &["ne peut pas être donné"]);
    worker.stop().await;
}

/// His page was open when it became known that the role can't be given: he can't pay there any more, and is told why.
#[tokio::test(flavor = "multi_thread")]
async fn an_open_checkout_of_a_role_that_can_not_be_given_is_closed_and_its_buyer_told() {
    let world = too_high().await;
    let worker = world.start();
    let (open, session) = world.places(world.jean, world.jean, ROLE).await;
    world.buys(world.marie, ROLE).await;
    world.until(&format!("select count(*) as n from orders where number = {open} and state = 'expired'"), 1).await;
    world.until_idle().await;
    assert!(!world.shop.provider.pay(session, true));
    let told = world.told(world.jean);
    assert_eq!(told.len(), 1, "{told:?}");
    says(&told[0], &["J’ai fermé la page de paiement", "Rien n’est débité"], &[]);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_that_nobody_waits_for_goes_when_roles_change() {
    let world = too_high().await;
    let worker = world.start();
    world.buys(world.marie, ROLE).await;
    world.until_idle().await;
    // She left: nobody tries it any more, and nothing but the news could end the alert.
    world.behind("update granted_roles set state = 'left'").await;
    roles::try_unwaited(world.app()).await.unwrap();
    says(&wants(&world, world.jean, ROLE).await, &["ne peut pas être donné"], &[]);
    world.sandbox.drag_role(world.guild, world.role("Maxis"), Some(world.role("Admin"))).unwrap();
    world.app().news.roles(world.guild_id(), None);
    world.until("select count(*) as n from role_alerts", 0).await;
    says(&wants(&world, world.jean, ROLE).await, &["5,00"], &["ne peut pas être donné"]);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_bought_a_role_that_was_deleted_reads_so_and_is_not_told_that_he_has_it() {
    let world = World::new().await;
    world.behind("update products set days = null where kind = 'role'").await;
    let worker = world.start();
    let number = world.buys(world.marie, ROLE).await;
    world.until_holds(world.marie, world.premium, true).await;
    world.until_idle().await;
    says(&on(&world, world.marie, "order", number).await, &["Payée et livrée"], &[]);
    says(&wants(&world, world.marie, ROLE).await, &["Vous avez déjà ce que cet article donne"], &[]);
    world.sandbox.delete_role(world.guild, world.premium).unwrap();
    world.app().news.roles(world.guild_id(), RoleId::new(world.premium));
    world.until("select count(*) as n from granted_roles where state = 'gone'", 1).await;
    world.until_idle().await;
    let card = on(&world, world.marie, "order", number).await;
    says(&card, &["a été supprimé du serveur", "order_help"], &["livrée", "order_withdraw"]);
    says(&on(&world, world.marie, "order_delivery", number).await, &["Ce rôle a été supprimé", "order_help"], &[]);
    says(&wants(&world, world.marie, ROLE).await, &["n’est pas disponible pour l’instant"], &["déjà"]);
    worker.stop().await;
}
