//! Who wins nothing though he entered, and why: gone, banned, no longer fit; and who follows him.

use super::life::conflict;
use super::stage::{Stage, user};
use jiff::SignedDuration;
use shellia::domain::giveaways::draw::Reason;
use shellia::domain::giveaways::entering::{self, Entrant};
use shellia::domain::giveaways::remote::{self, Call};
use shellia::domain::giveaways::service::Step;
use shellia::domain::giveaways::{Requirements, places, rerolls};
use shellia::kernel::{Actor, System};
use std::sync::Arc;

/// Why somebody was passed over, by the draw's log.
async fn reasons(stage: &Stage, number: i64) -> Vec<(u64, String)> {
    let mut said = Vec::new();
    for (id, reason) in (1..=9_u64).flat_map(|id| Reason::ALL.map(|reason| (id, reason.code()))) {
        let query = format!(
            "select count(*) as n from giveaway_log l join giveaway_entries e using (guild_id, giveaway) \
             where l.giveaway = {number} and e.user_id = {id} and l.event -> 'disqualified' ->> 'reason' = '{reason}'"
        );
        if stage.world.database.count(&query).await > 0 {
            said.push((id, reason.to_owned()));
        }
    }
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ban_is_written_down_as_one_and_time_in_the_server_is_looked_at_again() {
    let mut stage = Stage::new().await;
    let people = Arc::new(super::census::People::default());
    Arc::get_mut(&mut stage.world.app).expect("nobody else holds it").inspector = people.clone();
    let worker = stage.world.start();
    let ago = |days: i64| stage.now().checked_sub(SignedDuration::from_hours(24 * days)).unwrap();
    let ways: [(&str, &dyn Fn()); 4] = [
        ("banned", &|| {
            people.bans(user(1));
            stage.world.members.leave(user(1));
        }),
        ("left_server", &|| stage.world.members.leave(user(2))),
        // He left and came back.
        ("requirement_lost", &|| people.joins(user(3), ago(1))),
        ("", &|| people.joins(user(4), ago(30))),
    ];
    for (id, (reason, happens)) in (1..).zip(ways) {
        let number = stage
            .makes(|new| {
                new.request = format!("w{id}");
                new.requirements = Requirements { member_days: 10, ..Requirements::default() };
            })
            .await;
        stage.until_state(number, "open").await;
        let who = Entrant { user: user(id), roles: Vec::new(), joined_at: Some(ago(30)) };
        let mut tx = stage.world.app.db.begin(&Actor::system_in(System::Payments, stage.world.guild)).await.unwrap();
        entering::enter(&mut tx, stage.world.guild, number, who, stage.now()).await.unwrap();
        tx.commit().await.unwrap();
        happens();
        stage.draw(number).await;
        let said = reasons(&stage, number).await;
        if reason.is_empty() {
            assert_eq!((said, stage.holders(number).await), (vec![], vec![id]));
        } else {
            assert_eq!((said, stage.holders(number).await), (vec![(id, reason.to_owned())], vec![]));
        }
    }
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_wins_nothing_and_who_leaves_later_is_followed_by_the_next_in_order() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let number = stage.makes(|new| new.winners = 2).await;
    stage.until_state(number, "open").await;
    stage.enter(number, 1..=6).await;
    // Three of six have left before the draw.
    for id in 1..=3 {
        stage.world.members.leave(user(id));
    }
    stage.draw(number).await;
    let first = stage.holders(number).await;
    assert!(first.iter().all(|id| *id > 3) && first.len() == 2, "{first:?}");
    let last = (4..=6).find(|id| !first.contains(id)).unwrap();
    // One claims; the other is banned before he does.
    stage.claim(number, first[0]).await.unwrap();
    stage.world.members.leave(user(first[1]));
    stage.world.pass(SignedDuration::from_hours(49));
    let replaced = format!("select count(*) as n from giveaway_places where user_id = {last} and state = 'pending'");
    stage.world.until(&replaced, 1).await;
    assert_eq!(conflict(stage.claim(number, first[1]).await), "error-giveaway-claim-late");
    stage.claim(number, last).await.unwrap();
    for id in [first[0], last] {
        let step = Step { guild: stage.world.guild, number, by: stage.world.agent, request: "s", now: stage.now() };
        stage
            .world
            .until(
                &format!(
                    "select count(*) as n from giveaway_places where user_id = {id} and staff_told_at is not null"
                ),
                1,
            )
            .await;
        let mut tx = stage.world.app.db.begin(&Actor::system_in(System::Payments, stage.world.guild)).await.unwrap();
        places::given(&mut tx, step, user(id)).await.unwrap();
        tx.commit().await.unwrap();
    }
    stage.until_over(number).await;
    assert_eq!(stage.verified(number).await, [first[0], last]);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reroll_takes_the_next_in_order_and_never_an_earlier_winner() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let number = stage.makes(|_| {}).await;
    stage.until_state(number, "open").await;
    stage.enter(number, 1..=3).await;
    stage.draw(number).await;
    let mut had = Vec::new();
    for round in 1..=3 {
        let holder = stage.holders(number).await;
        assert_eq!(holder.len(), 1);
        assert!(!had.contains(&holder[0]), "{had:?} {holder:?}");
        had.push(holder[0]);
        let request = format!("s{round}");
        let rerolled = "select count(*) as n from giveaway_log where event ? 'rerolled'";
        for _ in 0..2 {
            // A repeat of the same intent, also once it was done, replaces nobody else.
            let (by, now) = (stage.world.agent, stage.now());
            let step = Step { guild: stage.world.guild, number, by, request: &request, now };
            let mut tx =
                stage.world.app.db.begin(&Actor::system_in(System::Payments, stage.world.guild)).await.unwrap();
            let asked = rerolls::ask_reroll(&mut tx, step, None, (Reason::Declined, "il préfère")).await;
            assert_eq!(asked.unwrap().1.get(), holder[0]);
            tx.commit().await.unwrap();
            stage.world.until(rerolled, round).await;
        }
    }
    stage.until_over(number).await;
    assert_eq!(stage.holders(number).await, Vec::<u64>::new(), "nobody is left");
    assert_eq!(stage.verified(number).await, Vec::<u64>::new());
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rerolled_under_a_key_the_next_follows_once_however_often_it_is_asked() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let number = stage.makes(|_| {}).await;
    stage.until_state(number, "open").await;
    stage.enter(number, 1..=3).await;
    stage.draw(number).await;
    let first = stage.holders(number).await;
    let asks = async |key: &str, note: &str| {
        let (guild, by, now) = (stage.world.guild, stage.world.agent, stage.now());
        let call = Call { guild, key, by, now };
        let mut tx = stage.world.app.db.begin(&Actor::system_in(System::Payments, guild)).await.unwrap();
        match remote::reroll(&mut tx, &call, (number, Some(user(first[0]))), (Reason::Declined, note)).await {
            Ok(rerolled) => tx.commit().await.map(|()| rerolled.number),
            Err(error) => tx.rollback().await.and(Err(error)),
        }
    };
    assert_eq!(asks("k-1", "il préfère").await.unwrap(), number);
    stage.world.until("select count(*) as n from giveaway_log where event ? 'rerolled'", 1).await;
    let second = stage.holders(number).await;
    assert!(second.len() == 1 && second != first, "{first:?} {second:?}");
    // The answer was lost: asked again, nobody else is replaced, and nothing else is done under that key.
    assert_eq!(asks("k-1", "il préfère").await.unwrap(), number);
    assert_eq!(conflict(asks("k-1", "autre chose").await.map(|_| ())), "error-giveaway-key-used");
    assert_eq!(conflict(asks("k-2", "il préfère").await.map(|_| ())), "error-giveaway-no-winner");
    stage.claim(number, second[0]).await.unwrap();
    assert_eq!(stage.holders(number).await, second);
    assert_eq!(stage.world.database.count("select count(*) as n from giveaway_log where event ? 'rerolled'").await, 1);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_no_longer_meets_a_requirement_does_not_win() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let asked = Requirements { plan: Some("pro".to_owned()), ..Requirements::default() };
    let number = stage.makes(|new| new.requirements = asked).await;
    stage.until_state(number, "open").await;
    for id in 1..=2 {
        stage
            .world
            .behind(&format!(
                "insert into entitlements (guild_id, user_id, kind, plan, source, source_key, starts_at, created_at, updated_at) \
                 values (7, {id}, 'plan', 'pro', 'grant', 'g{id}', now() - interval '1 hour', now(), now())"
            ))
            .await;
    }
    stage.enter(number, 1..=2).await;
    stage.world.behind("update entitlements set revoked_at = now(), reason = 'x' where user_id = 1").await;
    stage.draw(number).await;
    assert_eq!(stage.holders(number).await, [2]);
    worker.stop().await;
}
