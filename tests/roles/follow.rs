//! Roles come with what is bought, go with its end, and nothing else is touched.

use super::world::World;
use shellia::domain::payments::DisputeState;
use shellia::domain::shop::entitlements;
use shellia::jobs::roles;
use shellia::kernel::{Actor, System, UserId};
use shellia::sandbox::Fault;

const ROLE: &str = "product/role/standard";

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_given_with_the_purchase_and_taken_at_its_end() {
    let world = World::new().await;
    let worker = world.start();
    world.buys(world.marie, ROLE).await;
    world.until_holds(world.marie, world.premium, true).await;
    world.until_idle().await;
    assert_eq!(world.kept("given").await, 1);
    world.pass(31 * 24);
    world.until_holds(world.marie, world.premium, false).await;
    world.until_idle().await;
    assert_eq!(world.database.count("select count(*) as n from granted_roles").await, 0);
    assert!(world.told(world.marie).last().unwrap().contains("pris fin"));
    worker.stop().await;
    crate::support::witness::judge(&world.sandbox).await;
    world.sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_is_due_by_two_things_goes_with_the_last() {
    let world = World::new().await;
    let worker = world.start();
    world.buys(world.marie, ROLE).await;
    world.buys(world.marie, "plan/pro/month").await;
    world.until_holds(world.marie, world.premium, true).await;
    world.behind("update entitlements set ends_at = now() where kind = 'role'").await;
    world.until("select count(*) as n from entitlements where lapsed", 1).await;
    world.until_idle().await;
    assert!(world.holds(world.marie, world.premium), "the plan still gives it");
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_taken_by_hand_is_given_again() {
    let world = World::new().await;
    let worker = world.start();
    world.buys(world.marie, ROLE).await;
    world.until_holds(world.marie, world.premium, true).await;
    world.until_idle().await;
    world.sandbox.set_member(world.guild, world.marie, Some(Vec::new()), true).unwrap();
    world.hears_of(world.marie, false);
    world.until_holds(world.marie, world.premium, true).await;
    // Nobody tells: the walk finds it when the last look is too old.
    world.until_idle().await;
    world.sandbox.set_member(world.guild, world.marie, Some(Vec::new()), true).unwrap();
    assert_eq!(roles::walk_all(world.app()).await.unwrap(), 0);
    world.pass(7);
    assert_eq!(roles::walk_all(world.app()).await.unwrap(), 1);
    world.until_holds(world.marie, world.premium, true).await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_of_a_member_leads_to_a_look_only_where_it_does_not_fit() {
    let world = World::new().await;
    let worker = world.start();
    world.buys(world.marie, ROLE).await;
    world.until_holds(world.marie, world.premium, true).await;
    world.until_idle().await;
    let before = world.database.count("select count(*) as n from outbox").await;
    for user in [world.marie, world.jean] {
        world.hears_of(user, user == world.jean);
    }
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    assert_eq!(world.database.count("select count(*) as n from outbox").await, before);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_given_by_hand_is_left_alone() {
    let world = World::new().await;
    let worker = world.start();
    world.sandbox.set_member(world.guild, world.marie, Some(vec![world.premium]), true).unwrap();
    world.buys(world.marie, ROLE).await;
    world.until_idle().await;
    assert_eq!(
        world.database.count("select count(*) as n from granted_roles where state = 'given' and not ours").await,
        1
    );
    world.pass(31 * 24);
    world.until("select count(*) as n from granted_roles", 0).await;
    world.until_idle().await;
    assert!(world.holds(world.marie, world.premium));
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_gets_his_role_when_he_comes_back() {
    let world = World::new().await;
    world.sandbox.set_member(world.guild, world.marie, None, false).unwrap();
    let worker = world.start();
    world.buys(world.marie, ROLE).await;
    world.until_idle().await;
    assert_eq!(world.kept("left").await, 1);
    assert_eq!(world.database.count("select count(*) as n from role_alerts").await, 0);
    world.sandbox.set_member(world.guild, world.marie, None, true).unwrap();
    world.hears_of(world.marie, true);
    world.until_holds(world.marie, world.premium, true).await;
    world.until_idle().await;
    // And once more, now that it was given before: it stays ours.
    world.sandbox.set_member(world.guild, world.marie, None, false).unwrap();
    world.hears_of(world.marie, true);
    world.until("select count(*) as n from granted_roles where state = 'left' and ours", 1).await;
    world.sandbox.set_member(world.guild, world.marie, None, true).unwrap();
    world.hears_of(world.marie, true);
    world.until_holds(world.marie, world.premium, true).await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disputed_purchase_loses_its_role_until_it_is_won() {
    let world = World::new().await;
    let worker = world.start();
    world.buys(world.marie, ROLE).await;
    world.until_holds(world.marie, world.premium, true).await;
    assert!(world.shop.provider.dispute(0, DisputeState::Open));
    world.looks().await;
    world.until_holds(world.marie, world.premium, false).await;
    assert!(world.shop.provider.dispute(0, DisputeState::Won));
    world.looks().await;
    world.until_holds(world.marie, world.premium, true).await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_notices_at_once_and_several_workers_give_a_role_once() {
    let world = World::new().await;
    world.behind("update products set days = null").await;
    let mut tx = world.app().db.begin(&Actor::system_in(System::Payments, world.guild_id())).await.unwrap();
    let marie = UserId::new(world.marie).unwrap();
    for _ in 0..20 {
        entitlements::put_roles_right(&mut tx, world.guild_id(), marie, world.app().clock.now());
    }
    tx.commit().await.unwrap();
    let grant = format!(
        "insert into entitlements (guild_id, user_id, kind, role_id, source, source_key, starts_at, created_at, updated_at) \
         values ({}, {}, 'role', {}, 'grant', 'grant/1', now() - interval '1 hour', now(), now())",
        world.guild, world.marie, world.premium
    );
    world.behind(&grant).await;
    let workers = [world.start(), world.start(), world.start()];
    world.until_holds(world.marie, world.premium, true).await;
    world.until_idle().await;
    assert_eq!(world.calls("PUT", &format!("/roles/{}", world.premium)), 1);
    for worker in workers {
        worker.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_between_giving_and_writing_it_is_repeated_without_harm_and_taken_at_the_end() {
    let world = World::new().await;
    let worker = world.start();
    world.buys(world.jean, "product/text/standard").await;
    world.until_idle().await;
    world.role_calls_fail(Fault { status: 500, after: true, hang_ms: Some(20_000), ..Fault::default() });
    world.buys(world.marie, ROLE).await;
    world.until("select count(*) as n from granted_roles where state = 'waiting' and ours", 1).await;
    world
        .until(
            "select count(*) as n from outbox where kind = 'roles' and lease_until is not null and state = 'pending'",
            1,
        )
        .await;
    // The call is under way, or done: the process dies before it can write that down.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    worker.kill().await;
    world.sandbox.clear_faults();
    // What the dead one's call did, or would have done.
    world.sandbox.set_member(world.guild, world.marie, Some(vec![world.premium]), true).unwrap();
    world.pass(1);
    let worker = world.start();
    world.until_idle().await;
    assert_eq!(world.database.count("select count(*) as n from granted_roles where state = 'given' and ours").await, 1);
    world.pass(31 * 24);
    world.until_holds(world.marie, world.premium, false).await;
    worker.stop().await;
}
