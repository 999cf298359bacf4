//! The dial: how much may happen without a person.

use super::*;
use shellia::control::plans::{Autonomy, PlanState, Tier};
use shellia::control::wanted::Sum;

fn small() -> Wanted {
    let budget = Some(Sum { minor: 1_500, currency: "eur".to_owned() });
    Wanted::Promotion(WantedPromotion { budget, ..off(1_000, "plan/pro", 24) })
}

#[tokio::test(flavor = "multi_thread")]
async fn off_plans_nothing_suggest_approves_nothing_and_automatic_asks_nobody_about_what_is_small() {
    let shop = Shop::open().await;
    let turn = |autonomy| plans::set_autonomy(&shop.peer, shop.by("lea"), autonomy);
    assert_eq!(plans::plan_switch(&shop.peer, shop.by("sam")).await.unwrap().autonomy, Autonomy::Approve);
    turn(Autonomy::Off).await.unwrap();
    assert_eq!(conflict(shop.makes("lea", "k1", twenty()).await), "error-agent-off");
    assert_eq!(turn(Autonomy::Suggest).await.unwrap().autonomy, Autonomy::Suggest);
    let shown = shop.makes("lea", "k1", twenty()).await.unwrap();
    assert_eq!(conflict(shop.approves("lea", &shown).await), "error-agent-suggest");
    turn(Autonomy::Approve).await.unwrap();
    let approved = shop.approves("lea", &shown).await.unwrap();
    turn(Autonomy::Suggest).await.unwrap();
    assert_eq!(conflict(shop.commits("lea", &approved).await), "error-agent-suggest");
    turn(Autonomy::Automatic).await.unwrap();
    plans::reject_plan(&shop.peer, shop.by("lea"), approved.number).await.unwrap();
    let large = shop.makes("lea", "k2", twenty()).await.unwrap();
    assert_eq!((large.state, large.approvals_needed), (PlanState::Waiting, 1));
    let alone = shop.makes("lea", "k3", small()).await.unwrap();
    assert_eq!((alone.tier, alone.state, alone.approvals_needed), (Tier::Automatic, PlanState::Approved, 0));
    // Turned down meanwhile, even that needs somebody.
    turn(Autonomy::Approve).await.unwrap();
    assert_eq!(conflict(shop.commits("lea", &alone).await), "error-plan-approvals");
    turn(Autonomy::Automatic).await.unwrap();
    assert_eq!(shop.commits("lea", &alone).await.unwrap().state, PlanState::Committed);
    let turned = "select count(*) as n from agent_audit where action = 'autonomy'";
    assert_eq!((shop.count(turned).await, shop.things().await), (7, (1, 0)));
    shop.close().await;
}
