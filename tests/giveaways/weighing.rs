//! What entries weigh at the end: further chances for a role are looked at again before the list is frozen.

use super::stage::{Stage, user};
use jiff::SignedDuration;
use shellia::domain::giveaways::entering::{self, Entrant};
use shellia::domain::giveaways::service::{self, Step};
use shellia::domain::giveaways::{Prize, Requirements};
use shellia::kernel::{Actor, RoleId, System};

/// The role for which there are four further chances.
fn role() -> RoleId {
    RoleId::new(9).unwrap()
}

/// A giveaway with a bonus in which 45 take part, the odd ones with the role: then the first loses it, the second gets it, the fifth
/// leaves.
async fn changed(stage: &Stage) -> i64 {
    let bonus = Requirements { bonus: vec![(role(), 4)], ..Requirements::default() };
    let prize = Prize::Plan { code: "pro".to_owned(), days: 3 };
    let number =
        stage.makes(|new| (new.requirements, new.winners, new.prize, new.claim_hours) = (bonus, 3, prize, 0)).await;
    stage.until_state(number, "open").await;
    let members = &stage.world.members;
    for id in 1..=45 {
        let roles = if id % 2 == 1 { vec![role()] } else { Vec::new() };
        if id % 2 == 1 {
            members.hold(user(id), role())
        } else {
            members.lose(user(id))
        }
        let who = Entrant { user: user(id), roles, joined_at: None };
        let mut tx = stage.world.app.db.begin(&Actor::system_in(System::Payments, stage.world.guild)).await.unwrap();
        entering::enter(&mut tx, stage.world.guild, number, who, stage.now()).await.unwrap();
        tx.commit().await.unwrap();
    }
    members.lose(user(1));
    members.hold(user(2), role());
    members.leave(user(5));
    number
}

/// How many entries don't weigh what they should now, and how far the sum that is kept is off.
async fn wrong(stage: &Stage, number: i64) -> i64 {
    let query = format!(
        "select (select count(*) from giveaway_entries where giveaway = {number} and weight <> \
           case when user_id in (1, 5) then 1 when user_id = 2 or user_id % 2 = 1 then 5 else 1 end) \
         + abs((select sum(weight) from giveaway_entries where giveaway = {number}) \
           - (select sum(weight) from giveaway_crowds where giveaway = {number}))::bigint as n"
    );
    stage.world.database.count(&query).await
}

async fn weighed(listed: bool) {
    let stage = Stage::new().await;
    if listed {
        stage.world.members.list();
    }
    let worker = stage.world.start();
    let number = changed(&stage).await;
    assert_eq!(wrong(&stage, number).await, 3, "those who changed weigh what they did");
    stage.draw(number).await;
    stage.until_over(number).await;
    assert_eq!(wrong(&stage, number).await, 0);
    let holders = stage.holders(number).await;
    assert!(holders.len() == 3 && !holders.contains(&5), "{holders:?}");
    assert_eq!(stage.verified(number).await, holders, "the frozen list is what it was weighed to");
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_lost_the_role_has_one_chance_at_the_draw_and_who_got_it_has_more() {
    weighed(true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_is_listed_each_who_takes_part_is_asked_for() {
    weighed(false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_nobody_knows_roles_nothing_is_frozen_and_then_they_count_as_they_are() {
    let stage = Stage::new().await;
    stage.world.members.list();
    let worker = stage.world.start();
    let number = changed(&stage).await;
    stage.world.members.set_away(true);
    stage.pass_to_end(number).await;
    let tried = format!("select count(*) as n from giveaways where number = {number} and waits_since is not null");
    stage.world.until(&tried, 1).await;
    stage.world.pass(SignedDuration::from_mins(3));
    stage.world.until("select count(*) as n from giveaways where wait_told", 1).await;
    assert_eq!(stage.saying("qui a quels rôles"), 1);
    assert_eq!(stage.world.database.count("select count(*) as n from giveaways where root is not null").await, 0);
    stage.world.members.set_away(false);
    stage.world.pass(SignedDuration::from_secs(61));
    // The round was missed meanwhile: a minute more, and what was looked at counts.
    let moved =
        format!("select count(*) as n from giveaways where number = {number} and version = 2 and terms_version = 2");
    stage.world.until(&moved, 1).await;
    assert_eq!(wrong(&stage, number).await, 0);
    stage.draw(number).await;
    stage.until_over(number).await;
    assert_eq!(wrong(&stage, number).await, 0);
    assert_eq!(stage.verified(number).await, stage.holders(number).await);
    worker.stop().await;
}

/// All were looked at, and then staff extend it: roles count as they are at the new end.
#[tokio::test(flavor = "multi_thread")]
async fn roles_are_looked_at_again_where_staff_move_the_end_after_the_look() {
    let stage = Stage::new().await;
    stage.world.members.list();
    let worker = stage.world.start();
    let number = changed(&stage).await;
    // Ten minutes before the end, as after a look whose list could not be frozen.
    stage.world.pass(SignedDuration::from_mins(48 * 60 - 10));
    let looked = format!("update giveaways set weighing_since = '{}', weighed_to = 9223372036854775807", stage.now());
    stage.world.behind(&looked).await;
    let step = Step { guild: stage.world.guild, number, by: stage.world.agent, request: "later", now: stage.now() };
    let mut tx = stage.world.app.db.begin(&Actor::system_in(System::Payments, stage.world.guild)).await.unwrap();
    let later = |end: jiff::Timestamp| Ok(end.checked_add(SignedDuration::from_mins(5)).unwrap());
    service::extend(&mut tx, step, later).await.unwrap();
    tx.commit().await.unwrap();
    let announced = format!("select count(*) as n from giveaways where number = {number} and terms_version = 2");
    stage.world.until(&announced, 1).await;
    stage.draw(number).await;
    assert_eq!(wrong(&stage, number).await, 0);
    worker.stop().await;
}

/// An empty list of members is a fault of whoever gave it: no chance is lost by it.
#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_nobody_takes_no_chances_away() {
    let stage = Stage::new().await;
    stage.world.members.list();
    let bonus = Requirements { bonus: vec![(role(), 4)], ..Requirements::default() };
    let number = stage.makes(|new| new.requirements = bonus).await;
    let worker = stage.world.start();
    stage.until_state(number, "open").await;
    let who = Entrant { user: user(1), roles: vec![role()], joined_at: None };
    let mut tx = stage.world.app.db.begin(&Actor::system_in(System::Payments, stage.world.guild)).await.unwrap();
    entering::enter(&mut tx, stage.world.guild, number, who, stage.now()).await.unwrap();
    tx.commit().await.unwrap();
    stage.pass_to_end(number).await;
    stage.world.until("select count(*) as n from giveaways where waits_since is not null and root is null", 1).await;
    assert_eq!(stage.world.database.count("select weight::bigint as n from giveaway_entries").await, 5);
    worker.stop().await;
}
