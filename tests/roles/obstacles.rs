//! What stands in the way of a role: told once, explained, mended.

use super::words::plain as words;
use super::world::{WITHOUT_ROLES, World};
use shellia::commands::Raw;
use shellia::jobs::roles;
use shellia::kernel::RoleId;
use shellia::sandbox::{Fault, rights};

const ROLE: &str = "product/role/standard";

fn alerts(world: &World) -> Vec<String> {
    world.staff_reads().into_iter().filter(|text| text.contains("Un rôle ne peut")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_above_ours_is_told_once_explained_and_mended() {
    let world = World::new().await;
    let admin = world.role("Admin");
    world.sells(admin).await;
    let worker = world.start();
    let orders = [world.places(world.marie, world.marie, ROLE).await, world.places(world.jean, world.jean, ROLE).await];
    // Both have paid before anybody knows: later, the other one's page would be closed.
    for (_, session) in orders {
        assert!(world.shop.provider.pay(session, true));
    }
    world.looks().await;
    world.until("select count(*) as n from orders where paid_at is not null", 2).await;
    world.until_idle().await;
    assert_eq!(world.kept("too_low").await, 2);
    assert_eq!(alerts(&world).len(), 1, "one for the role, not one for each member");
    // The other one may wait by then or not.
    let told = alerts(&world)[0].replace("2 membres attendent", "Un membre attend");
    insta::assert_snapshot!("a_role_that_is_too_high_is_told_to_staff", told);
    let why = world.why(world.marie, false, Vec::new()).await;
    assert!(why.contains("au-dessus de mon rôle"), "{why}");
    // An hour later it is tried again, and staff are not told again.
    world.pass(2);
    assert_eq!(roles::walk_all(world.app()).await.unwrap(), 2);
    world.until_idle().await;
    assert_eq!(alerts(&world).len(), 1);
    world.sandbox.drag_role(world.guild, world.role("Maxis"), Some(admin)).unwrap();
    world.app().news.roles(world.guild_id(), None);
    world.until_holds(world.marie, admin, true).await;
    world.until_holds(world.jean, admin, true).await;
    world.until_idle().await;
    assert_eq!(world.database.count("select count(*) as n from role_alerts").await, 0);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_permission_is_explained_and_mended() {
    let world = World::new().await;
    world.sandbox.permit(world.guild, world.role("Maxis"), WITHOUT_ROLES).unwrap();
    let worker = world.start();
    world.buys(world.marie, ROLE).await;
    world.until_idle().await;
    assert_eq!(world.kept("no_permission").await, 1);
    insta::assert_snapshot!("a_missing_permission_is_told_to_staff", alerts(&world)[0]);
    let why = world.why(world.marie, false, Vec::new()).await;
    assert!(why.contains("Gérer les rôles"), "{why}");
    world.sandbox.permit(world.guild, world.role("Maxis"), WITHOUT_ROLES | rights::MANAGE_ROLES).unwrap();
    world.app().news.roles(world.guild_id(), None);
    world.until_holds(world.marie, world.premium, true).await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_can_not_be_taken_for_now_is_taken_later() {
    let world = World::new().await;
    let worker = world.start();
    world.buys(world.marie, ROLE).await;
    world.until_holds(world.marie, world.premium, true).await;
    world.until_idle().await;
    world.sandbox.permit(world.guild, world.role("Maxis"), WITHOUT_ROLES).unwrap();
    world.pass(31 * 24);
    world.until("select count(*) as n from granted_roles where state = 'no_permission' and ours", 1).await;
    world.sandbox.permit(world.guild, world.role("Maxis"), WITHOUT_ROLES | rights::MANAGE_ROLES).unwrap();
    world.app().news.roles(world.guild_id(), None);
    world.until_holds(world.marie, world.premium, false).await;
    world.until("select count(*) as n from granted_roles", 0).await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_role_is_told_and_another_one_takes_its_place() {
    let world = World::new().await;
    let worker = world.start();
    world.buys(world.marie, ROLE).await;
    world.until_holds(world.marie, world.premium, true).await;
    world.until_idle().await;
    world.sandbox.delete_role(world.guild, world.premium).unwrap();
    world.app().news.roles(world.guild_id(), RoleId::new(world.premium));
    world.until("select count(*) as n from granted_roles where state = 'gone'", 1).await;
    world.until_idle().await;
    insta::assert_snapshot!("a_deleted_role_is_told_to_staff", alerts(&world)[0]);
    let member = world.role("Membre");
    world.sandbox.set_member(world.guild, world.marie, Some(Vec::new()), true).unwrap();
    world.behind(&format!("update entitlements set role_id = {member}")).await;
    world.app().news.roles(world.guild_id(), None);
    world.until_holds(world.marie, member, true).await;
    world.until("select count(*) as n from granted_roles where state <> 'given'", 0).await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_whose_role_was_deleted_is_not_sold_and_staff_are_told_once() {
    let world = World::new().await;
    world
        .behind(&format!("insert into shops (guild_id, loaded_at, updated_at) values ({}, now(), now())", world.guild))
        .await;
    let worker = world.start();
    // Nobody holds it, so nothing but the news tells of it.
    let deletion = || world.app().news.roles(world.guild_id(), RoleId::new(world.premium));
    world.sandbox.delete_role(world.guild, world.premium).unwrap();
    deletion();
    world.until("select count(*) as n from role_alerts where why = 'gone'", 1).await;
    world.until_idle().await;
    insta::assert_snapshot!("a_deleted_role_of_a_plan_that_nobody_holds_is_told_to_staff", alerts(&world)[0]);
    let none = || (false, Vec::new());
    let plans = world.asks(world.marie, "plans", none()).await;
    assert!(words(&plans).contains("⛔ Pas disponible pour l’instant"), "{plans:?}");
    assert!(plans.buttons.iter().all(|button| !button.label.contains("Choisir")), "{plans:?}");
    let wanted = |item: &str| (false, vec![("item".to_owned(), Raw::Text(item.to_owned()))]);
    for item in ["plan/pro/month", "product/role/standard"] {
        let refused = words(&world.asks(world.marie, "buy", wanted(item)).await);
        assert!(refused.contains("n’est pas disponible pour l’instant"), "{item}: {refused}");
    }
    // Nothing of it is shown with a price or suggested, and staff see what to do.
    assert!(!words(&plans).contains('€'), "{plans:?}");
    let shop = words(&world.asks(world.marie, "shop", none()).await);
    assert!(!shop.contains("Rôle") && shop.contains("Texte"), "{shop}");
    let looked = (false, vec![("product".to_owned(), Raw::Text("role".to_owned()))]);
    let looked = world.asks(world.marie, "shop", looked).await;
    assert!(words(&looked).contains("⛔ Pas disponible") && !words(&looked).contains('€'), "{looked:?}");
    assert!(looked.buttons.iter().all(|button| !button.label.contains("Acheter")), "{looked:?}");
    let refused = words(&world.asks(world.marie, "buy", wanted("Rôle")).await);
    assert!(refused.contains("n’est pas disponible pour l’instant"), "{refused}");
    for (command, option) in [("buy", "item"), ("shop", "product")] {
        assert_eq!(world.suggested(world.marie, command, (option, "rôle")).await, Vec::<String>::new(), "{command}");
        assert_eq!(world.suggested(world.marie, command, (option, "texte")).await.len(), 1, "{command}");
    }
    let listed = words(&world.asks(world.jean, "product_list", (true, Vec::new())).await);
    assert!(listed.contains("son rôle a été supprimé. Donnez-lui-en un autre avec `/produit_modifier`"), "{listed}");
    let plans = words(&world.asks(world.jean, "plans", (true, Vec::new())).await);
    assert!(plans.contains("9,99") && plans.contains("avec `/formule_modifier`"), "{plans}");
    // Who has another plan is not led to change to it either, and the alert is not told again.
    world.behind(&format!("update plans set role_id = {} where code = 'pro'", world.role("Membre"))).await;
    world.buys(world.jean, "plan/pro/month").await;
    world.until_idle().await;
    let choice = world.asks(world.jean, "subscription_switch", none()).await;
    assert!(choice.buttons.iter().all(|button| !button.label.contains("Ultra")), "{choice:?}");
    let refused = words(&world.asks(world.jean, "subscription_switch", wanted("plan/ultra/year")).await);
    assert!(refused.contains("n’est pas disponible pour l’instant"), "{refused}");
    deletion();
    world.pass(7);
    assert_eq!(roles::walk_all(world.app()).await.unwrap(), 1);
    world.until_idle().await;
    assert_eq!((alerts(&world).len(), world.shop.provider.state.lock().unwrap().sessions.len()), (1, 1));
    // With a role that is there, it is on sale again.
    let plans = world.asks(world.marie, "plans", none()).await;
    assert!(plans.buttons.iter().any(|button| button.label == "Choisir Pro"), "{plans:?}");
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bots_own_role_is_given_to_nobody() {
    let world = World::new().await;
    world.sells(world.role("Shellia")).await;
    world.sandbox.drag_role(world.guild, world.role("Maxis"), Some(world.role("Shellia"))).unwrap();
    let worker = world.start();
    world.buys(world.marie, ROLE).await;
    world.until_idle().await;
    assert_eq!(world.kept("refused").await, 1);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn discords_outages_and_limits_are_waited_out() {
    let world = World::new().await;
    let worker = world.start();
    for fault in [
        Fault { status: 500, times: Some(1), ..Fault::default() },
        Fault { status: 500, times: Some(1), after: true, ..Fault::default() },
        Fault { status: 429, times: Some(1), retry_after: Some(0.2), ..Fault::default() },
        Fault { status: 0, times: Some(1), after: true, ..Fault::default() },
    ] {
        world.role_calls_fail(fault);
    }
    world.buys(world.marie, ROLE).await;
    world.until_holds(world.marie, world.premium, true).await;
    // What was put off falls due as time goes by.
    for _ in 0..8 {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        world.pass(1);
    }
    world.until_idle().await;
    assert_eq!(world.database.count("select count(*) as n from granted_roles where state = 'given' and ours").await, 1);
    assert!(alerts(&world).is_empty());
    worker.stop().await;
}
