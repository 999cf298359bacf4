//! Members enter and leave a giveaway: each once, while it is open, with what it asks of them.

use super::world::{GUILD, GUILD_ELSEWHERE, World, made, new_giveaway, role, user};
use futures_util::future::join_all;
use jiff::SignedDuration;
use shellia::domain::giveaways::entering::{self, Entered, Entrant};
use shellia::domain::giveaways::{NewGiveaway, Prize, Refusal, Requirements, State, freezing, service, work};
use shellia::kernel::Error;

fn entrant(id: u64) -> Entrant {
    Entrant { user: user(id), roles: Vec::new(), joined_at: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_presses_at_once_make_one_entry_each() {
    let world = World::new().await;
    let number = world.opens(new_giveaway()).await;
    // A hundred members press ten times each.
    let presses = (0..1_000_u64).map(|press| world.enters(number, entrant(1_000 + press % 100)));
    let mut firsts = 0;
    for entered in join_all(presses).await {
        match entered.expect("he may enter") {
            Entered::In { before, weight, .. } => {
                assert_eq!(weight, 1);
                firsts += usize::from(!before);
            }
            Entered::Refused(..) => panic!("nothing is asked"),
        }
    }
    assert!(firsts >= 100, "{firsts}");
    assert_eq!(world.database.count("select count(*) as n from giveaway_entries").await, 100);
    let kept =
        "select coalesce(sum(entries), 0)::bigint * 1000 + coalesce(sum(weight), 0)::bigint as n from giveaway_crowds";
    assert_eq!(world.database.count(kept).await, 100_100, "they are counted as they come");
    assert!(world.database.count("select count(*) as n from giveaway_crowds").await > 8, "in parts");
    // A third leaves, again and again.
    let presses = (0..200_u64).map(|press| world.leaves(number, 1_000 + press % 33));
    assert!(join_all(presses).await.into_iter().all(|left| left.is_ok()));
    assert_eq!(world.database.count(kept).await, 67_067);
    assert_eq!(world.database.count("select count(*) as n from giveaway_entries").await, 67);
    // Whoever takes the giveaway itself away takes the count with it.
    world.run("delete from giveaways").await;
    assert_eq!(world.database.count("select count(*) as n from giveaway_crowds").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_part_is_told_his_chance_and_may_leave_again() {
    let world = World::new().await;
    let bonus = Requirements { bonus: vec![(role(5), 2)], ..Requirements::default() };
    let number = world.opens(NewGiveaway { requirements: bonus, ..new_giveaway() }).await;
    world.enters(number, entrant(1)).await.unwrap();
    let with_bonus = Entrant { roles: vec![role(5)], ..entrant(2) };
    match world.enters(number, with_bonus).await.unwrap() {
        Entered::In { before: false, weight: 3, chance, .. } => assert_eq!(chance, 7_500),
        other => panic!("{other:?}"),
    }
    assert!(matches!(world.enters(number, entrant(2)).await, Ok(Entered::In { before: true, weight: 3, .. })));
    assert!(world.leaves(number, 2).await.unwrap());
    assert!(!world.leaves(number, 2).await.unwrap(), "he has left already");
    assert_eq!(world.database.count("select count(*) as n from giveaway_entries").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_is_asked_of_everybody() {
    let world = World::new().await;
    let asked = Requirements { any_role: vec![role(5)], plan: Some("pro".to_owned()), ..Requirements::default() };
    let number = world.opens(NewGiveaway { requirements: asked, ..new_giveaway() }).await;
    let refusal = |entered: Entered| match entered {
        Entered::Refused(_, refusal) => refusal,
        Entered::In { .. } => panic!("he may not"),
    };
    assert_eq!(refusal(world.enters(number, entrant(1)).await.unwrap()), Refusal::AnyRole(vec![role(5)]));
    let with_role = || Entrant { roles: vec![role(5)], ..entrant(1) };
    assert_eq!(refusal(world.enters(number, with_role()).await.unwrap()), Refusal::Plan("pro".to_owned()));
    world
        .run(
            "insert into entitlements (guild_id, user_id, kind, plan, source, source_key, starts_at, created_at, updated_at) \
             values (7, 1, 'plan', 'pro', 'grant', 'g', now() - interval '1 hour', now(), now())",
        )
        .await;
    assert!(matches!(world.enters(number, with_role()).await, Ok(Entered::In { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_enters_before_it_begins_after_it_ends_while_it_is_paused_or_once_it_is_called_off() {
    let world = World::new().await;
    let number = world.makes(new_giveaway()).await.unwrap().number;
    let refused = |error: Error| match error {
        Error::Conflict(id) => id,
        other => panic!("{other}"),
    };
    assert_eq!(refused(world.enters(number, entrant(1)).await.unwrap_err()), "error-giveaway-not-begun");
    world.announces(number).await;
    world.enters(number, entrant(1)).await.unwrap();
    world.staff(number, "s1", |tx, step| Box::pin(service::pause_or_resume(tx, step))).await.unwrap();
    assert_eq!(refused(world.enters(number, entrant(2)).await.unwrap_err()), "error-giveaway-paused");
    world.pass(SignedDuration::from_hours(1));
    let again = world.staff(number, "s1", |tx, step| Box::pin(service::pause_or_resume(tx, step))).await.unwrap();
    assert_eq!(again.state, State::Paused, "the same intent changes it once");
    let resumed = world.staff(number, "s2", |tx, step| Box::pin(service::pause_or_resume(tx, step))).await.unwrap();
    let left = resumed.ends_at.duration_since(world.now());
    assert!((SignedDuration::from_hours(47)..=SignedDuration::from_hours(48)).contains(&left), "{left}");
    assert_eq!((resumed.version, resumed.terms_version), (2, 1), "the new end is announced");
    world.enters(number, entrant(2)).await.unwrap();
    world.pass(SignedDuration::from_hours(49));
    assert_eq!(refused(world.enters(number, entrant(3)).await.unwrap_err()), "error-giveaway-ended");
    assert_eq!(refused(world.leaves(number, 1).await.unwrap_err()), "error-giveaway-ended");
    world.staff(number, "s3", |tx, step| Box::pin(service::cancel(tx, step))).await.unwrap();
    assert_eq!(refused(world.enters(number, entrant(3)).await.unwrap_err()), "error-giveaway-cancelled");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_guilds_giveaway_is_unknown_here() {
    let world = World::new().await;
    let number = world.opens(new_giveaway()).await;
    let mut tx = world.system(GUILD_ELSEWHERE).await;
    let elsewhere = super::world::guild(GUILD_ELSEWHERE);
    let refused = entering::enter(&mut tx, elsewhere, number, entrant(1), world.now()).await.unwrap_err();
    assert!(matches!(refused, Error::NotFound(_)), "{refused}");
    tx.rollback().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_list_is_changed_by_nobody() {
    let world = World::new().await;
    let number = world.opens(new_giveaway()).await;
    world.enters(number, entrant(1)).await.unwrap();
    world.pass(SignedDuration::from_hours(48));
    let mut tx = world.system(GUILD).await;
    let seen = made(&mut tx, number).await;
    let froze = freezing::freeze(&mut tx, &seen, world.now()).await.unwrap();
    assert!(
        matches!(froze, freezing::Froze::Frozen(ref one) if one.state == State::Drawing && one.entries == Some(1)),
        "{froze:?}"
    );
    tx.commit().await.unwrap();
    for change in [
        "insert into giveaway_entries values (7, 1, 99, 1, now())",
        "delete from giveaway_entries",
        "insert into giveaway_log values (7, 1, 0, 0, 0, '{}', '', repeat('a', 64)); update giveaway_log set note = 'x'",
        "update giveaway_secrets set salt = repeat('a', 64)",
    ] {
        let refused = world.as_payments(change).await.unwrap_err();
        assert!(
            refused.contains("permission denied") || refused.contains("only while it is open"),
            "{change}: {refused}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_was_frozen_too_late_is_opened_for_another_minute() {
    let world = World::new().await;
    let number = world.opens(new_giveaway()).await;
    world.enters(number, entrant(1)).await.unwrap();
    // Nothing ran for a day: the round of the announced end has long been known.
    world.pass(SignedDuration::from_hours(72));
    let mut tx = world.system(GUILD).await;
    let seen = made(&mut tx, number).await;
    let froze = freezing::freeze(&mut tx, &seen, world.now()).await.unwrap();
    tx.commit().await.unwrap();
    let freezing::Froze::Moved(moved) = froze else { panic!("{froze:?}") };
    assert_eq!(moved.state, State::Open);
    assert!(moved.ends_at > world.now() && moved.ends_at.duration_since(world.now()) <= work::MOVED);
    assert!(!moved.is_announced(), "the new end is announced before anything is drawn");
    assert_ne!(moved.terms(), seen.terms());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_giveaway_may_be_is_refused() {
    let world = World::new().await;
    let (now, ends) = (world.now(), |hours| SignedDuration::from_hours(hours));
    let at = |length: SignedDuration| now.checked_add(length).unwrap();
    let both = Requirements { all_roles: vec![role(5)], no_role: vec![role(5)], ..Requirements::default() };
    for (new, why) in [
        (NewGiveaway { ends_at: now, ..new_giveaway() }, "error-giveaway-ends-first"),
        (NewGiveaway { ends_at: at(ends(-1)), ..new_giveaway() }, "error-giveaway-ends-first"),
        (NewGiveaway { ends_at: at(SignedDuration::from_secs(30)), ..new_giveaway() }, "error-giveaway-too-short"),
        (NewGiveaway { ends_at: at(ends(24 * 36_500)), ..new_giveaway() }, "error-giveaway-too-long"),
        (NewGiveaway { starts_at: at(ends(50)), ..new_giveaway() }, "error-giveaway-ends-first"),
        (NewGiveaway { requirements: both, ..new_giveaway() }, "error-giveaway-nobody-may"),
        (
            NewGiveaway { prize: Prize::Plan { code: "nope".to_owned(), days: 3 }, ..new_giveaway() },
            "error-giveaway-no-prize",
        ),
        (
            NewGiveaway { prize: Prize::Role { role: role(GUILD), days: None }, ..new_giveaway() },
            "error-giveaway-no-prize",
        ),
        (
            NewGiveaway {
                requirements: Requirements { plan: Some("nope".to_owned()), ..Requirements::default() },
                ..new_giveaway()
            },
            "error-giveaway-no-plan",
        ),
    ] {
        match world.makes(new).await {
            Err(Error::Conflict(id)) => assert_eq!(id, why),
            other => panic!("{why}: {other:?}"),
        }
    }
    assert_eq!(world.database.count("select count(*) as n from giveaways").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_intent_makes_one_giveaway() {
    let world = World::new().await;
    let first = world.makes(new_giveaway()).await.unwrap();
    let again = world.makes(NewGiveaway { title: "Autre".to_owned(), ..new_giveaway() }).await.unwrap();
    assert_eq!(first, again);
    assert_eq!(world.database.count("select count(*) as n from giveaways").await, 1);
}
