//! Who may: an operator by Discord's word now, at each step, in his own guild, and each counts once.

use super::*;
use shellia::control::plans::{PlanState, Tier};

#[tokio::test(flavor = "multi_thread")]
async fn only_operators_of_that_guild_plan_approve_commit_or_stop() {
    let shop = Shop::open().await;
    let plan = shop.approved("k1", twenty()).await;
    for asker in [shop.by("marie"), shop.by("olga"), shop.by("paul"), shop.of_club("jean"), Asker::watch()] {
        let new = NewPlan { key: "k2".to_owned(), wanted: twenty() };
        let asked = plans::make_plan(&shop.peer, asker, &new).await;
        assert_eq!(why(asked).0, Why::NotAllowed, "{asker:?}");
        assert_eq!(why(plans::plan(&shop.peer, asker, 1).await).0, Why::NotAllowed, "{asker:?}");
        assert_eq!(why(plans::approve_plan(&shop.peer, asker, 1, &plan.digest).await).0, Why::NotAllowed, "{asker:?}");
        assert_eq!(why(plans::reject_plan(&shop.peer, asker, 1).await).0, Why::NotAllowed, "{asker:?}");
        assert_eq!(why(plans::commit_plan(&shop.peer, asker, 1, &plan.digest).await).0, Why::NotAllowed, "{asker:?}");
        assert_eq!(why(plans::stop_plans(&shop.peer, asker).await).0, Why::NotAllowed, "{asker:?}");
        assert_eq!(why(plans::plan_switch(&shop.peer, asker).await).0, Why::NotAllowed, "{asker:?}");
        assert_eq!(why(plans::audit(&shop.peer, asker, None).await).0, Why::NotAllowed, "{asker:?}");
        let dial = plans::set_autonomy(&shop.peer, asker, plans::Autonomy::Automatic).await;
        assert_eq!(why(dial).0, Why::NotAllowed, "{asker:?}");
    }
    // Another guild's operator finds no plan of that number, nor what it would stop.
    let paul = shop.of_club("paul");
    assert_eq!(why(plans::plan(&shop.peer, paul, 1).await).0, Why::NotFound);
    assert_eq!(why(plans::approve_plan(&shop.peer, paul, 1, &plan.digest).await).0, Why::NotFound);
    assert_eq!(why(plans::reject_plan(&shop.peer, paul, 1).await).0, Why::NotFound);
    assert_eq!(why(plans::commit_plan(&shop.peer, paul, 1, &plan.digest).await).0, Why::NotFound);
    assert_eq!(plans::plans(&shop.peer, paul, None, None).await.unwrap().plans, []);
    // Only what was asked there and refused.
    let lines = plans::audit(&shop.peer, paul, None).await.unwrap().lines;
    assert!(lines.iter().all(|line| line.action == "refused"), "{lines:?}");
    assert!(plans::stop_plans(&shop.peer, paul).await.unwrap().stopped);
    assert_eq!(shop.things().await, (0, 0));
    shop.commits("lea", &plan).await.unwrap();
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_no_operator_any_more_neither_commits_nor_counts() {
    let shop = Shop::open().await;
    shop.roles("marie", &["Membre", "Admin"]);
    let by_marie = shop.makes("marie", "k1", twenty()).await.unwrap();
    shop.approves("marie", &by_marie).await.unwrap();
    let approved_by_marie = shop.makes("lea", "k2", Wanted::Promotion(off(500, "plan/basic", 24))).await.unwrap();
    shop.approves("marie", &approved_by_marie).await.unwrap();
    shop.roles("marie", &["Membre"]);
    assert_eq!(why(shop.commits("marie", &by_marie).await).0, Why::NotAllowed);
    assert_eq!(conflict(shop.commits("lea", &by_marie).await), "error-plan-maker");
    assert_eq!(conflict(shop.commits("lea", &approved_by_marie).await), "error-plan-approvals");
    assert_eq!(shop.things().await, (0, 0));
    // Another operator's approval counts.
    shop.approves("sam", &approved_by_marie).await.unwrap();
    assert_eq!(shop.commits("lea", &approved_by_marie).await.unwrap().state, PlanState::Committed);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_one_needs_two_people_and_one_counts_once() {
    let shop = Shop::open().await;
    let everything = shop.makes("lea", "k0", Wanted::Promotion(off(500, "everything", 24))).await.unwrap();
    assert_eq!((everything.tier, everything.approvals_needed), (Tier::Two, 2));
    let plan = shop.makes("lea", "k1", Wanted::Promotion(off(2_500, "plan/pro", 48))).await.unwrap();
    assert_eq!((plan.tier, plan.approvals_needed), (Tier::Two, 2));
    for _ in 0..3 {
        let again = shop.approves("lea", &plan).await.unwrap();
        assert_eq!((again.state, again.approvals.len()), (PlanState::Waiting, 1));
    }
    assert_eq!(conflict(shop.commits("lea", &plan).await), "error-plan-approvals");
    assert_eq!(shop.approves("sam", &plan).await.unwrap().state, PlanState::Approved);
    assert_eq!(shop.commits("lea", &plan).await.unwrap().state, PlanState::Committed);
    assert_eq!(shop.count("select count(*) as n from agent_audit where action = 'approved'").await, 2);
    shop.close().await;
}
