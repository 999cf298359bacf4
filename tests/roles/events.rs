//! What the gateway tells: a whole Maxis hears of moved roles, of those who come back, of roles that change.

use crate::support::db::run;
use crate::support::maxis::{Maxis, PATIENCE, SHOP};
use shellia::sandbox::{Switch, World};
use std::time::Instant;

struct Scene {
    maxis: Maxis,
    guild: u64,
    marie: u64,
    premium: u64,
}

impl Scene {
    /// A Maxis that may hear of members, and Marie, who was granted a role for good.
    async fn new(members: bool) -> Self {
        let mut maxis = Maxis::prepare(World::two_guilds()).await;
        maxis.set("DISCORD_GUILD_MEMBERS", if members { "yes" } else { "no" });
        maxis.run().await;
        let guild = maxis.sandbox.guild_id(SHOP).unwrap();
        let premium = maxis.sandbox.role_id(guild, "Premium").unwrap();
        let marie = maxis.sandbox.user_id("marie").unwrap();
        let scene = Self { maxis, guild, marie, premium };
        scene.grant(premium).await;
        scene
    }

    async fn grant(&self, role: u64) {
        let (guild, marie) = (self.guild, self.marie);
        let rows = format!(
            "insert into guilds (guild_id, created_at, updated_at) values ({guild}, now(), now()) on conflict do nothing; \
             insert into entitlements (guild_id, user_id, kind, role_id, source, source_key, starts_at, created_at, updated_at) \
               values ({guild}, {marie}, 'role', {role}, 'grant', 'grant/{role}', now() - interval '1 hour', now(), now()); \
             insert into outbox (guild_id, kind, recipient_id, due_at, created_at) values ({guild}, 'roles', {marie}, now(), now())"
        );
        run(&mut self.maxis.database.owner().await, &rows).await;
    }

    async fn until_holds(&self, role: u64, expected: bool) {
        let started = Instant::now();
        let holds = || self.maxis.sandbox.member_roles(self.guild, self.marie).is_some_and(|held| held.contains(&role));
        while holds() != expected {
            assert!(started.elapsed() < PATIENCE, "holds {role}: not {expected}");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    fn moves(&self, roles: Option<Vec<u64>>, present: bool) {
        self.maxis.sandbox.set_member(self.guild, self.marie, roles, present).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_moved_by_hand_is_put_right_and_who_comes_back_gets_it() {
    let scene = Scene::new(true).await;
    scene.until_holds(scene.premium, true).await;
    scene.maxis.settled().await;
    scene.moves(Some(Vec::new()), true);
    scene.until_holds(scene.premium, true).await;
    scene.maxis.settled().await;
    scene.moves(None, false);
    let left = "select count(*) as n from granted_roles where state = 'left'";
    let started = Instant::now();
    while scene.maxis.database.count(left).await == 0 {
        assert!(started.elapsed() < PATIENCE);
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    scene.moves(None, true);
    scene.until_holds(scene.premium, true).await;
    scene.maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_dragged_within_reach_is_given_without_the_members_intent() {
    let scene = Scene::new(false).await;
    let admin = scene.maxis.sandbox.role_id(scene.guild, "Admin").unwrap();
    scene.grant(admin).await;
    scene.until_holds(scene.premium, true).await;
    scene.maxis.settled().await;
    let ours = scene.maxis.sandbox.role_id(scene.guild, "Maxis").unwrap();
    scene.maxis.sandbox.drag_role(scene.guild, ours, Some(admin)).unwrap();
    scene.until_holds(admin, true).await;
    scene.maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_anything_is_looked_at_without_the_members_intent() {
    let scene = Scene::new(false).await;
    scene.until_holds(scene.premium, true).await;
    scene.maxis.settled().await;
    scene.moves(Some(Vec::new()), true);
    let marie = scene.maxis.person("marie", "support");
    let answer = marie.uses("why", serde_json::json!({})).await;
    assert!(answer.contains("Rôles"), "{answer}");
    scene.until_holds(scene.premium, true).await;
    scene.maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_leave_to_hear_of_members_everything_else_goes_on() {
    let mut maxis = Maxis::prepare(World::two_guilds()).await;
    maxis.set("DISCORD_GUILD_MEMBERS", "yes");
    maxis.sandbox.gateway(Switch::RefuseIntents(true));
    maxis.run().await;
    let marie = maxis.person("marie", "support");
    let answer = marie.uses("why", serde_json::json!({})).await;
    assert!(answer.contains("Rien à expliquer"), "{answer}");
    maxis.end().await;
}

/// Nobody hears that the role is deleted: the session is over. What is told of the guild when the next one begins says it.
#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_was_deleted_while_nothing_was_heard_is_not_sold_on() {
    let mut scene = Scene::new(false).await;
    scene.until_holds(scene.premium, true).await;
    let (guild, premium) = (scene.guild, scene.premium);
    let support = scene.maxis.sandbox.role_id(guild, "Support").unwrap();
    let rows = format!(
        "insert into products (guild_id, code, name, kind, role_id, created_at, updated_at) values \
           ({guild}, 'role', 'Rôle', 'role', {premium}, now(), now()), ({guild}, 'rest', 'Reste', 'role', {guild}, now(), now()); \
         insert into plans (guild_id, code, name, level, role_id, created_at, updated_at) values \
           ({guild}, 'gold', 'Or', 7, {support}, now(), now())"
    );
    run(&mut scene.maxis.database.owner().await, &rows).await;
    scene.maxis.settled().await;
    scene.maxis.halt().await;
    scene.maxis.sandbox.delete_role(guild, premium).unwrap();
    scene.maxis.sandbox.gateway(Switch::InvalidateSessions);
    scene.maxis.run().await;
    let gone = format!("select count(*) as n from role_alerts where why = 'gone' and role_id = {premium}");
    let started = Instant::now();
    while scene.maxis.database.count(&gone).await == 0 {
        assert!(started.elapsed() < PATIENCE, "nobody noticed");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let others = format!("select count(*) as n from role_alerts where role_id <> {premium}");
    assert_eq!(scene.maxis.database.count(&others).await, 0, "what is there stays on sale");
    let held = format!("select count(*) as n from granted_roles where role_id = {premium} and state = 'gone'");
    while scene.maxis.database.count(&held).await == 0 {
        assert!(started.elapsed() < PATIENCE, "her role is looked at");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    scene.maxis.end().await;
}
