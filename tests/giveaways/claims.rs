//! Winners have their whole time to claim: what is deleted meanwhile, what can't be posted, and what staff do about it.

use super::life::conflict;
use super::stage::{Stage, channel, user};
use jiff::SignedDuration;
use shellia::domain::giveaways::draw::Reason;
use shellia::domain::giveaways::service::{self, Step};
use shellia::domain::giveaways::{Prize, places, rerolls};
use shellia::kernel::{Actor, ChannelId, Error, Locale, RoleId, System};
use std::sync::Arc;
use std::time::{Duration, Instant};

const REROLLED: &str = "select count(*) as n from giveaway_log where event ? 'rerolled'";

fn elsewhere() -> ChannelId {
    ChannelId::new(51).unwrap()
}

async fn moves(stage: &Stage, number: i64, request: &str) -> Result<(), Error> {
    let step = Step { guild: stage.world.guild, number, by: stage.world.agent, request, now: stage.now() };
    let mut tx = stage.world.app.db.begin(&Actor::system_in(System::Payments, stage.world.guild)).await.unwrap();
    match service::move_to(&mut tx, step, elsewhere()).await {
        Ok(_) => tx.commit().await,
        Err(error) => {
            tx.rollback().await.unwrap();
            Err(error)
        }
    }
}

async fn until(what: &str, holds: impl Fn() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < Duration::from_secs(20), "{what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// How many messages of the staff channel hold a text.
fn staff_read(stage: &Stage, text: &str) -> usize {
    stage.world.courier.shown(stage.world.staff_channel).iter().filter(|reply| reply.text.contains(text)).count()
}

/// Waits until it was looked at just now. Time goes on meanwhile, as it does: what rests after a failed look is looked at later.
async fn looked(stage: &Stage) {
    for n in 1..=2_000 {
        let since = stage.now().as_second() - 30;
        let seen = format!("select count(*) as n from giveaways where seen_at >= to_timestamp({since})");
        if stage.world.database.count(&seen).await == 1 {
            return;
        }
        if n % 100 == 0 {
            stage.world.pass(SignedDuration::from_secs(10));
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it was not looked at");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_loses_a_place_while_his_message_cannot_be_posted_and_he_may_claim_by_direct_message() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let number = stage.makes(|new| (new.winners, new.claim_hours) = (2, 48)).await;
    stage.until_state(number, "open").await;
    stage.enter(number, 1..=4).await;
    stage.pass_to_end(number).await;
    stage.world.until("select count(*) as n from giveaways where commitment_message_id is not null", 1).await;
    stage.world.courier.remove_channel(channel());
    stage.world.courier.clear(channel());
    stage.world.pass(SignedDuration::from_secs(8));
    stage.world.until("select count(*) as n from giveaways where trouble = 'gone' and trouble_told", 1).await;
    stage.world.until("select count(*) as n from giveaway_places where told_at is not null", 2).await;
    let holders = stage.holders(number).await;
    // Days pass, and it is tried in vain.
    for _ in 0..3 {
        stage.world.until("select count(*) as n from giveaways where lease_until is null", 1).await;
        let tried = stage.giveaway(number).await.attempts;
        stage.world.pass(SignedDuration::from_hours(40));
        let again = format!("select count(*) as n from giveaways where attempts > {tried} and lease_until is null");
        stage.world.until(&again, 1).await;
    }
    assert_eq!(stage.holders(number).await, holders);
    assert_eq!(stage.world.database.count(REROLLED).await, 0);
    assert_eq!(staff_read(&stage, "concours_déplacer"), 1);
    let direct = stage.world.courier.shown(crate::notices::courier::direct(user(holders[0])));
    let told = direct.iter().find(|reply| reply.text.contains("réclamez votre lot ici")).expect("he is told");
    assert_eq!(told.buttons[0].action.to_string(), "giveaway_claim?giveaway=1&guild=7");
    stage.claim(number, holders[0]).await.unwrap();
    // Staff move it: the time of the other begins.
    moves(&stage, number, "m").await.unwrap();
    stage.world.until("select count(*) as n from giveaway_places where claim_until is not null", 1).await;
    let there = stage.world.courier.shown(elsewhere());
    assert_eq!(there.iter().filter(|reply| reply.text.starts_with("🏆")).count(), 1);
    stage.world.pass(SignedDuration::from_hours(47));
    looked(&stage).await;
    assert_eq!(stage.holders(number).await, holders);
    stage.world.pass(SignedDuration::from_hours(2));
    stage.world.until(REROLLED, 1).await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_program_is_away_no_time_to_claim_passes() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let number = stage.makes(|new| new.claim_hours = 1).await;
    stage.until_state(number, "open").await;
    stage.enter(number, 1..=3).await;
    stage.draw(number).await;
    stage.world.until("select count(*) as n from giveaway_places where claim_until is not null", 1).await;
    let holders = stage.holders(number).await;
    worker.stop().await;
    stage.world.pass(SignedDuration::from_hours(3));
    let worker = stage.world.start();
    looked(&stage).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(stage.holders(number).await, holders);
    // What was left of his hour is his still, and no more.
    stage.world.pass(SignedDuration::from_mins(61));
    stage.world.until(REROLLED, 1).await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_deletes_is_posted_again_while_nothing_else_changes() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let number = stage.makes(|_| {}).await;
    stage.until_state(number, "open").await;
    stage.enter(number, 1..=3).await;
    let cards = || stage.said().iter().filter(|reply| !reply.cards.is_empty()).count();
    stage.world.pass(SignedDuration::from_secs(6));
    looked(&stage).await;
    for _ in 0..2 {
        stage.world.courier.clear(channel());
        stage.world.pass(SignedDuration::from_secs(61));
        until("the card comes back", || cards() == 1).await;
    }
    stage.draw(number).await;
    for _ in 0..2 {
        until("the winner is named", || stage.saying("🏆") == 1).await;
        stage
            .world
            .until("select count(*) as n from giveaways where lease_until is null and look_at is not null", 1)
            .await;
        stage.world.courier.clear(channel());
        stage.world.pass(SignedDuration::from_secs(61));
    }
    until("the winner is named again", || stage.saying("🏆") == 1).await;
    assert_eq!(stage.saying("laisse sa place"), 0);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_without_entrants_whose_channel_is_gone_says_so_where_staff_move_it() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let number = stage.makes(|_| {}).await;
    stage.until_state(number, "open").await;
    stage.world.courier.remove_channel(channel());
    stage.world.courier.clear(channel());
    stage.world.pass(SignedDuration::from_mins(2));
    stage.world.until("select count(*) as n from giveaways where trouble = 'gone' and trouble_told", 1).await;
    stage.pass_to_end(number).await;
    stage.until_over(number).await;
    assert_eq!(staff_read(&stage, "concours_déplacer"), 1);
    moves(&stage, number, "m").await.unwrap();
    until("it is said", || stage.world.courier.shown(elsewhere()).iter().any(|r| r.text.contains("sans participant")))
        .await;
    stage.until_over(number).await;
    assert_eq!(conflict(moves(&stage, number, "n").await), "error-giveaway-there");
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn winners_are_named_first_however_many_were_passed_over() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let number = stage.makes(|new| new.winners = 10).await;
    stage.until_state(number, "open").await;
    stage.enter(number, 1..=120).await;
    for id in 11..=120 {
        stage.world.members.leave(user(id));
    }
    stage.draw(number).await;
    until("the winners are named", || stage.saying("🏆") == 1).await;
    let said = stage.said().into_iter().find(|reply| reply.text.contains("🏆")).unwrap();
    assert!(said.text.starts_with("🏆") && said.text.chars().count() < 2_000, "{}", said.text);
    assert!((1..=10).all(|id| said.text.contains(&format!("<@{id}>"))), "{}", said.text);
    assert!(said.text.contains("places passées") && said.text.contains("Journal du tirage"), "{}", said.text);
    assert_eq!(said.mentions.len(), 10);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_is_gone_is_promised_to_nobody_and_staff_are_told() {
    let mut stage = Stage::new().await;
    let people = Arc::new(super::census::People::default());
    Arc::get_mut(&mut stage.world.app).expect("nobody else holds it").inspector = people.clone();
    let worker = stage.world.start();
    let role = RoleId::new(77).unwrap();
    let number = stage.makes(|new| (new.prize, new.claim_hours) = (Prize::Role { role, days: None }, 0)).await;
    stage.until_state(number, "open").await;
    stage.enter(number, 1..=3).await;
    people.deletes(role);
    stage.draw(number).await;
    stage
        .world
        .until("select count(*) as n from giveaway_places where state = 'claimed' and staff_told_at is not null", 1)
        .await;
    assert_eq!(staff_read(&stage, "le rôle à gagner n’existe plus"), 1);
    let winner = stage.holders(number).await[0];
    let told = stage.world.courier.shown(crate::notices::courier::direct(user(winner)));
    assert!(told.iter().any(|reply| reply.text.contains("L’équipe vous le remet")), "{told:?}");
    assert_eq!(stage.world.database.count("select count(*) as n from entitlements").await, 0);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_to_be_replaced_claims_nothing_any_more() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let plan = Prize::Plan { code: "pro".to_owned(), days: 3 };
    let number = stage.makes(|new| new.prize = plan).await;
    stage.until_state(number, "open").await;
    stage.enter(number, 1..=3).await;
    stage.draw(number).await;
    let first = stage.holders(number).await[0];
    // Whether the next is still there can't be asked: the reroll waits.
    stage.world.members.set_away(true);
    let step = Step { guild: stage.world.guild, number, by: stage.world.agent, request: "s", now: stage.now() };
    let mut tx = stage.world.app.db.begin(&Actor::system_in(System::Payments, stage.world.guild)).await.unwrap();
    rerolls::ask_reroll(&mut tx, step, None, (Reason::RuleBroken, "")).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(conflict(stage.claim(number, first).await), "error-giveaway-replaced");
    stage.world.members.set_away(false);
    stage.world.pass(SignedDuration::from_mins(11));
    stage.world.until(REROLLED, 1).await;
    assert_ne!(stage.holders(number).await, [first]);
    assert_eq!(stage.world.database.count("select count(*) as n from entitlements").await, 0);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_giveaways_with_the_same_winners_give_at_once() {
    let stage = Stage::new().await;
    let key = Prize::Product { code: "cle".to_owned(), variant: "standard".to_owned() };
    let plan = Prize::Plan { code: "pro".to_owned(), days: 3 };
    for (request, prize) in [("a", key), ("b", plan)] {
        stage.makes(|new| (new.request, new.prize, new.claim_hours) = (request.to_owned(), prize, 0)).await;
    }
    // The first in the one is the last in the other.
    stage
        .world
        .behind(
            "insert into giveaway_places (guild_id, giveaway, rank, place, user_id, state, created_at, updated_at) \
             select 7, 1, n, n, 21 - n, 'pending', now(), now() from generate_series(1, 20) n union all \
             select 7, 2, n, n, n, 'pending', now(), now() from generate_series(1, 20) n",
        )
        .await;
    let gives = async |number: i64| {
        let giveaway = stage.giveaway(number).await;
        loop {
            let mut tx =
                stage.world.app.db.begin(&Actor::system_in(System::Payments, stage.world.guild)).await.unwrap();
            let given = places::give_unclaimed(&mut tx, &giveaway, (Locale::Fr, false), stage.now(), 20).await.unwrap();
            tx.commit().await.unwrap();
            if given == 0 {
                break;
            }
        }
    };
    tokio::join!(gives(1), gives(2));
    let given = "select count(*) as n from giveaway_places where state = 'delivered'";
    assert_eq!(stage.world.database.count(given).await, 40);
}
