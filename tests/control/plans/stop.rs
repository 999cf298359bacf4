//! The switch: nothing is committed once a stop was answered, whatever waited; going on is a plan itself.

use super::*;
use shellia::control::plans::PlanState;
use shellia::sandbox::Fault;
use std::time::Instant;

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_amid_fifty_approved_plans_lets_none_through_after_its_answer() {
    let shop = Shop::open().await;
    let channel = shop.channel("boutique");
    let mut approved = Vec::new();
    for n in 0..50 {
        let wanted = Wanted::Giveaway(gift(&format!("Lot {n}"), &channel));
        let made = shop.makes("lea", &format!("k{n}"), wanted).await.unwrap();
        approved.push(shop.approves("lea", &made).await.unwrap());
    }
    let stopping = async {
        // Some are through by then.
        while shop.things().await.1 < 5 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let began = Instant::now();
        let switch = plans::stop_plans(&shop.peer, shop.by("sam")).await.unwrap();
        assert!(switch.stopped && switch.stopped_by == Some(shop.user("sam").to_string()));
        (shop.things().await.1, began.elapsed())
    };
    let commits = futures_util::future::join_all(approved.iter().map(|plan| shop.commits("lea", plan)));
    let ((after, took), outcomes) = tokio::join!(stopping, commits);
    println!("a stop amid 50 commits took {took:?}");
    let done = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert!(outcomes.into_iter().filter(Result::is_err).all(|outcome| conflict(outcome) == "error-agent-stopped"));
    let (_, there) = shop.things().await;
    assert_eq!((there, i64::try_from(done).unwrap()), (after, after), "nothing came after the answer");
    assert!((5..50).contains(&there), "{there} of fifty before the stop");
    let ended = "select count(*) as n from agent_plans where state = 'rejected'";
    assert_eq!(shop.count(ended).await, 50 - there, "what waited is rejected");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_stopped_takes_no_plan_but_the_one_to_go_on() {
    let shop = Shop::open().await;
    assert_eq!(conflict(shop.makes("lea", "k0", resume()).await), "error-agent-not-stopped");
    let waits = shop.makes("lea", "k1", twenty()).await.unwrap();
    let ready = shop.approved("k2", Wanted::Promotion(off(500, "plan/basic", 24))).await;
    assert!(plans::stop_plans(&shop.peer, shop.by("sam")).await.unwrap().stopped);
    let again = plans::stop_plans(&shop.peer, shop.by("lea")).await.unwrap();
    assert_eq!(again.stopped_by, Some(shop.user("sam").to_string()), "stopped once more, it is as it was");
    assert_eq!(conflict(shop.makes("lea", "k3", twenty()).await), "error-agent-stopped");
    assert_eq!(conflict(shop.commits("lea", &ready).await), "error-agent-stopped");
    assert_eq!(shop.reads("lea", waits.number).await.unwrap().state, PlanState::Rejected);
    let going_on = shop.makes("lea", "k4", resume()).await.unwrap();
    assert_eq!(conflict(shop.commits("lea", &going_on).await), "error-plan-approvals");
    shop.approves("lea", &going_on).await.unwrap();
    assert_eq!(shop.commits("lea", &going_on).await.unwrap().state, PlanState::Committed);
    assert!(!plans::plan_switch(&shop.peer, shop.by("lea")).await.unwrap().stopped);
    // What waited at the stop doesn't go on by itself.
    assert_eq!(conflict(shop.commits("lea", &ready).await), "error-plan-rejected");
    assert_eq!(shop.things().await, (0, 0));
    shop.makes("lea", "k5", twenty()).await.unwrap();
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_waits_neither_for_discord_nor_for_what_it_stops() {
    let shop = Shop::open().await;
    let ready = shop.approved("k1", twenty()).await;
    // Discord hangs where it is asked who somebody is. Sam was known a moment ago.
    shop.maxis.sandbox.fault(Fault {
        method: Some("GET".to_owned()),
        path_regex: Some("^/guilds/[0-9]+/members/[0-9]+$".to_owned()),
        status: 500,
        hang_ms: Some(6_000),
        ..Fault::default()
    });
    let began = Instant::now();
    let committing = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        shop.commits("lea", &ready).await
    };
    let (stopped, committed) = tokio::join!(plans::stop_plans(&shop.peer, shop.by("sam")), committing);
    assert!(stopped.unwrap().stopped && committed.is_err());
    println!("a stop while Discord hangs, and a commit after it, took {:?}", began.elapsed());
    // Nobody whom it doesn't know is believed.
    assert!(plans::stop_plans(&shop.peer, shop.by("emma")).await.is_err());
    shop.maxis.sandbox.clear_faults();
    assert!(plans::plan_switch(&shop.peer, shop.by("lea")).await.unwrap().stopped);
    assert_eq!(conflict(shop.commits("lea", &ready).await), "error-agent-stopped");
    assert_eq!(shop.things().await, (0, 0));
    shop.close().await;
}
