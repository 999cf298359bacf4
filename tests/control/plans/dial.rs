//! The dial: how much may happen without a person. Down it goes at once, up by a plan that people approved.

use super::*;
use shellia::control::effect::{AutonomyEffect, Effect};
use shellia::control::plans::{Autonomy, PlanState, Switch, Tier};
use shellia::control::wanted::{Sum, WantedAutonomy};

fn small() -> Wanted {
    let budget = Some(Sum { minor: 1_500, currency: "eur".to_owned() });
    Wanted::Promotion(WantedPromotion { budget, ..off(1_000, "plan/pro", 24) })
}

fn up(autonomy: Autonomy) -> Wanted {
    Wanted::Autonomy(WantedAutonomy { autonomy })
}

impl Shop {
    async fn lowers(&self, autonomy: Autonomy) -> Result<Switch, Failed> {
        plans::set_autonomy(&self.peer, self.by("lea"), autonomy).await
    }

    /// Planned by Léa, approved by Sam and by her, committed.
    async fn raises(&self, key: &str, autonomy: Autonomy) {
        let plan = self.approved(key, up(autonomy)).await;
        self.approves("lea", &plan).await.unwrap();
        let done = self.commits("lea", &plan).await.unwrap();
        assert_eq!(done.state, PlanState::Committed, "{:?}", done.failure);
        assert_eq!(self.dial().await, autonomy);
    }

    async fn dial(&self) -> Autonomy {
        plans::plan_switch(&self.peer, self.by("sam")).await.unwrap().autonomy
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn off_plans_nothing_suggest_approves_nothing_and_automatic_asks_nobody_about_what_is_small() {
    let shop = Shop::open().await;
    assert_eq!(shop.dial().await, Autonomy::Approve);
    shop.lowers(Autonomy::Off).await.unwrap();
    assert_eq!(conflict(shop.makes("lea", "k1", twenty()).await), "error-agent-off");
    shop.raises("d1", Autonomy::Suggest).await;
    let shown = shop.makes("lea", "k1", twenty()).await.unwrap();
    assert_eq!(conflict(shop.approves("lea", &shown).await), "error-agent-suggest");
    shop.raises("d2", Autonomy::Approve).await;
    let approved = shop.approves("lea", &shown).await.unwrap();
    assert_eq!(shop.lowers(Autonomy::Suggest).await.unwrap().autonomy, Autonomy::Suggest);
    assert_eq!(conflict(shop.commits("lea", &approved).await), "error-agent-suggest");
    shop.raises("d3", Autonomy::Automatic).await;
    plans::reject_plan(&shop.peer, shop.by("lea"), approved.number).await.unwrap();
    let large = shop.makes("lea", "k2", twenty()).await.unwrap();
    assert_eq!((large.state, large.approvals_needed), (PlanState::Waiting, 1));
    let alone = shop.makes("lea", "k3", small()).await.unwrap();
    assert_eq!((alone.tier, alone.state, alone.approvals_needed), (Tier::Automatic, PlanState::Approved, 0));
    // Turned down meanwhile, even that needs somebody.
    shop.lowers(Autonomy::Approve).await.unwrap();
    assert_eq!(conflict(shop.commits("lea", &alone).await), "error-plan-approvals");
    shop.raises("d4", Autonomy::Automatic).await;
    assert_eq!(shop.commits("lea", &alone).await.unwrap().state, PlanState::Committed);
    let turned = "select count(*) as n from agent_audit where action = 'autonomy'";
    assert_eq!((shop.count(turned).await, shop.things().await), (7, (1, 0)));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_dial_goes_down_at_once_and_up_by_approval() {
    let shop = Shop::open().await;
    assert_eq!(conflict(shop.lowers(Autonomy::Automatic).await), "error-agent-raise");
    assert_eq!(shop.dial().await, Autonomy::Approve);
    // That nobody approves what is small is for two to decide; less for one.
    let plan = shop.makes("lea", "d1", up(Autonomy::Automatic)).await.unwrap();
    assert_eq!((plan.tier, plan.approvals_needed, plan.state), (Tier::Two, 2, PlanState::Waiting));
    let effect = AutonomyEffect { before: Autonomy::Approve, after: Autonomy::Automatic };
    assert_eq!(plan.effect, Effect::Autonomy(effect));
    shop.approves("lea", &plan).await.unwrap();
    assert_eq!(conflict(shop.commits("lea", &plan).await), "error-plan-approvals");
    shop.approves("sam", &plan).await.unwrap();
    // Turned down since it was shown, it isn't what they approved.
    assert_eq!(shop.lowers(Autonomy::Suggest).await.unwrap().autonomy, Autonomy::Suggest);
    let failed = shop.commits("lea", &plan).await.unwrap();
    assert_eq!((failed.state, failed.failure.unwrap().error.as_str()), (PlanState::Failed, "error-plan-changed"));
    assert_eq!(shop.dial().await, Autonomy::Suggest);
    assert_eq!(conflict(shop.makes("lea", "d2", up(Autonomy::Suggest)).await), "error-agent-not-up");
    assert_eq!(conflict(shop.makes("lea", "d2", up(Autonomy::Off)).await), "error-agent-not-up");
    let one = shop.makes("lea", "d2", up(Autonomy::Approve)).await.unwrap();
    assert_eq!(one.tier, Tier::One);
    // Whoever stops, stops that too; and with the dial at off there is a way back.
    shop.approves("sam", &one).await.unwrap();
    plans::stop_plans(&shop.peer, shop.by("sam")).await.unwrap();
    assert_eq!(conflict(shop.commits("lea", &one).await), "error-agent-stopped");
    assert_eq!(conflict(shop.makes("lea", "d3", up(Autonomy::Approve)).await), "error-agent-stopped");
    shop.lowers(Autonomy::Off).await.unwrap();
    let resumed = shop.approved("r1", resume()).await;
    assert_eq!(shop.commits("lea", &resumed).await.unwrap().state, PlanState::Committed);
    shop.raises("d3", Autonomy::Approve).await;
    assert_eq!(shop.things().await, (0, 0));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn small_ones_that_nobody_approves_are_three_a_week() {
    let shop = Shop::open().await;
    shop.does("insert into agent_switch (guild_id) select guild_id from guilds on conflict do nothing; update agent_switch set autonomy = 'automatic'").await;
    let code = |n: usize| {
        let budget = Some(Sum { minor: 1_500, currency: "eur".to_owned() });
        let target = ["plan/pro", "plan/basic", "plan/ultra", "plan/founder"][n % 4];
        Wanted::Promotion(WantedPromotion { budget, code: Some(format!("PETIT{n}")), ..off(500, target, 24) })
    };
    for n in 0..3 {
        let made = shop.makes("lea", &format!("k{n}"), code(n)).await.unwrap();
        assert_eq!(made.state, PlanState::Approved, "{n}");
        shop.commits("lea", &made).await.unwrap();
    }
    let fourth = shop.makes("lea", "k3", code(3)).await.unwrap();
    assert_eq!((fourth.state, fourth.approvals_needed), (PlanState::Waiting, 1));
    shop.passes(8 * 24 * 60);
    let later = shop.makes("lea", "k4", code(4)).await.unwrap();
    assert_eq!((later.state, later.approvals_needed), (PlanState::Approved, 0));
    shop.close().await;
}
