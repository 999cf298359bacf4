//! Milestones by the number of members: each once for ever, on growth that was seen.

use super::census::People;
use super::stage::{Stage, channel, user};
use jiff::SignedDuration;
use rand::RngExt;
use shellia::domain::giveaways::milestones::{self, DEFAULTS, Milestone};
use shellia::domain::giveaways::{Also, Prize, places, service};
use shellia::kernel::{Actor, Error, System};
use std::sync::Arc;
use std::time::Duration;

struct Guild {
    stage: Stage,
    people: Arc<People>,
}

impl Guild {
    /// A guild whose milestones are on.
    async fn new() -> Self {
        let mut stage = Stage::new().await;
        let people = Arc::new(People::default());
        Arc::get_mut(&mut stage.world.app).expect("nobody else holds it").inspector = people.clone();
        let guild = Self { stage, people };
        guild.announces(true).await;
        guild
    }

    async fn tx(&self) -> shellia::db::Tx {
        let actor = Actor::system_in(System::Payments, self.stage.world.guild);
        self.stage.world.app.db.begin(&actor).await.unwrap()
    }

    async fn announces(&self, on: bool) {
        let rewards: Vec<String> = DEFAULTS.iter().map(|(members, ..)| format!("lot {members}")).collect();
        let mut tx = self.tx().await;
        let who = (self.stage.world.guild, user(22));
        milestones::announce_in(&mut tx, who, on.then(channel), &rewards, self.stage.now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// It has so many members, and they are counted.
    async fn counts(&self, members: u32) {
        self.people.number(members);
        self.stage.world.pass(SignedDuration::from_mins(3));
        let counted = format!("select count(*) as n from milestone_watches where members = {members}");
        self.stage.world.until(&counted, 1).await;
    }

    /// The members of the milestones that are reached, with a giveaway and without.
    async fn reached(&self) -> (Vec<u32>, Vec<u32>) {
        let mut tx = self.tx().await;
        let all = milestones::all(&mut tx, self.stage.world.guild).await.unwrap();
        tx.commit().await.unwrap();
        let of = |made: bool| {
            let reached = all.iter().filter(|one| one.reached_at.is_some() && one.giveaway.is_some() == made);
            reached.map(|one| one.members).collect()
        };
        (of(true), of(false))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guild_that_grows_reaches_each_milestone_once_for_ever() {
    let guild = Guild::new().await;
    let worker = guild.stage.world.start();
    guild.counts(40).await;
    assert_eq!(guild.reached().await, (vec![], vec![]));
    guild.counts(55).await;
    assert_eq!(guild.reached().await, (vec![50], vec![]));
    guild.stage.until_state(1, "open").await;
    let made = guild.stage.giveaway(1).await;
    assert_eq!((made.title.as_str(), made.winners, made.prize), ("lot 50", 2, Prize::Hand));
    assert_eq!(made.also, Also { plan: Some(("pro".to_owned(), 3)), role: None });
    assert_eq!(made.ends_at.duration_since(made.starts_at).as_hours(), 47, "whole seconds, of 48 hours");
    assert!(guild.stage.said().iter().flat_map(|reply| &reply.cards).any(|card| card.body.contains("Nous sommes 50")));
    // They leave and come back.
    guild.counts(30).await;
    guild.counts(60).await;
    assert_eq!(guild.reached().await, (vec![50], vec![]));
    // Two at once, as after a night in which nothing ran.
    guild.counts(300).await;
    assert_eq!(guild.reached().await, (vec![50, 100, 250], vec![]));
    worker.stop().await;
    assert_eq!(guild.stage.world.database.count("select count(*) as n from giveaways").await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_guild_was_before_or_became_unseen_is_no_growth() {
    let guild = Guild::new().await;
    let worker = guild.stage.world.start();
    guild.counts(90).await;
    guild.counts(95).await;
    // The bot is sent away, the guild grows, and the bot comes back.
    guild.people.bot_comes(guild.stage.now());
    guild.counts(260).await;
    // Growth while milestones are switched off.
    guild.announces(false).await;
    guild.people.number(600);
    guild.announces(true).await;
    guild.counts(600).await;
    guild.counts(30).await;
    guild.counts(990).await;
    assert_eq!(guild.reached().await, (vec![], vec![]));
    guild.counts(1_000).await;
    assert_eq!(guild.reached().await, (vec![1_000], vec![]));
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_not_be_given_is_told_to_staff_once_and_reached_all_the_same() {
    let guild = Guild::new().await;
    let worker = guild.stage.world.start();
    guild.counts(40).await;
    guild.stage.world.behind("update plans set archived = true where guild_id = 7 and code = 'pro'").await;
    guild.counts(50).await;
    assert_eq!(guild.reached().await, (vec![], vec![50]));
    let told = guild.stage.world.courier.shown(guild.stage.world.staff_channel);
    assert_eq!(told.iter().filter(|reply| reply.text.contains("palier de 50")).count(), 1);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_a_milestone_is_reached_once() {
    let guild = Guild::new().await;
    let worker = guild.stage.world.start();
    guild.counts(10).await;
    worker.kill().await;
    let mut members = 10;
    for _ in 0..40 {
        members += 70;
        guild.people.number(members);
        guild.stage.world.pass(SignedDuration::from_mins(3));
        let worker = guild.stage.world.start();
        tokio::time::sleep(Duration::from_millis(rand::rng().random_range(0..40))).await;
        worker.kill().await;
    }
    let worker = guild.stage.world.start();
    guild.counts(members).await;
    worker.stop().await;
    assert_eq!(guild.reached().await, (vec![50, 100, 250, 500, 1_000, 2_500], vec![]));
    assert_eq!(guild.stage.world.database.count("select count(*) as n from giveaways").await, 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_reached_or_passed_changes_no_more() {
    let guild = Guild::new().await;
    let worker = guild.stage.world.start();
    guild.counts(40).await;
    guild.counts(60).await;
    worker.stop().await;
    let who = (guild.stage.world.guild, user(22));
    let new = |members| Milestone {
        members,
        reward: "x".to_owned(),
        hours: 1,
        winners: 1,
        also: Also::default(),
        reached_at: None,
        giveaway: None,
    };
    let mut tx = guild.tx().await;
    let set = |members| new(members);
    for (members, why) in
        [(50, "error-milestone-reached"), (45, "error-milestone-passed"), (60, "error-milestone-passed")]
    {
        let refused = milestones::set(&mut tx, who, &set(members), guild.stage.now()).await;
        assert!(matches!(refused, Err(Error::Conflict(id)) if id == why), "{refused:?}");
    }
    for (members, why) in [(50, "error-milestone-reached"), (77, "error-milestone-none")] {
        let refused = milestones::remove(&mut tx, who, members, guild.stage.now()).await;
        assert!(matches!(refused, Err(Error::Conflict(id)) if id == why), "{refused:?}");
    }
    milestones::set(&mut tx, who, &new(61), guild.stage.now()).await.unwrap();
    milestones::remove(&mut tx, who, 100, guild.stage.now()).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = guild.tx().await;
    let all = milestones::all(&mut tx, guild.stage.world.guild).await.unwrap();
    tx.commit().await.unwrap();
    let members: Vec<u32> = all.iter().map(|one| one.members).collect();
    assert_eq!(members, [50, 61, 250, 500, 1_000, 2_500, 5_000]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_beside_a_prize_comes_once_the_winner_has_it() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let number = stage
        .makes(|new| new.also = Also { plan: Some(("pro".to_owned(), 3)), role: shellia::kernel::RoleId::new(77) })
        .await;
    stage.until_state(number, "open").await;
    stage.enter(number, 1..=3).await;
    stage.draw(number).await;
    let winner = stage.holders(number).await[0];
    stage.claim(number, winner).await.unwrap();
    let held = "select count(*) as n from entitlements where source = 'prize'";
    assert_eq!(stage.world.database.count(held).await, 0, "until it is given by hand he may be replaced");
    for request in ["g1", "g2"] {
        let step = service::Step { guild: stage.world.guild, number, by: user(22), request, now: stage.now() };
        let mut tx = stage.world.app.db.begin(&Actor::system_in(System::Payments, stage.world.guild)).await.unwrap();
        places::given(&mut tx, step, user(winner)).await.unwrap();
        tx.commit().await.unwrap();
    }
    let right = "select count(*) as n from entitlements where source = 'prize' and user_id = {} and \
                 ((plan = 'pro' and ends_at - starts_at = interval '3 days') or (role_id = 77 and ends_at is null))";
    assert_eq!(stage.world.database.count(&right.replace("{}", &winner.to_string())).await, 2);
    assert_eq!(stage.world.database.count(held).await, 2);
    stage.until_over(number).await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_does_not_exist_is_promised_by_nobody() {
    let guild = Guild::new().await;
    let mut tx = guild.tx().await;
    let new = shellia::domain::giveaways::NewGiveaway {
        also: Also { plan: Some(("nulle".to_owned(), 3)), role: None },
        ends_at: guild.stage.now().checked_add(SignedDuration::from_hours(1)).unwrap(),
        ..super::world::new_giveaway()
    };
    let refused = service::create(&mut tx, &new, guild.stage.now()).await;
    assert!(matches!(refused, Err(Error::Conflict("error-giveaway-no-prize"))), "{refused:?}");
    tx.rollback().await.unwrap();
}
