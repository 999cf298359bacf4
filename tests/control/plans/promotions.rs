//! A promotion's whole way: planned, shown, approved, committed, read back, stopped.

use super::*;
use insta::assert_snapshot;
use shellia::control::effect::{Effect, PromotionEffect};
use shellia::control::plans::{PlanState, Tier, audit};

fn effect(plan: &Plan) -> &PromotionEffect {
    match &plan.effect {
        Effect::Promotion(effect) => effect,
        other => panic!("{other:?}"),
    }
}

/// Prices as a person would write them down.
fn prices(effect: &PromotionEffect) -> String {
    let line = |price: &shellia::control::effect::PriceChange| {
        format!("{} {} -> {} {}", price.item, price.before.minor, price.after.minor, price.after.currency)
    };
    effect.prices.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promotion_is_planned_approved_committed_and_read_back() {
    let shop = Shop::open().await;
    let plan = shop.makes("lea", "k1", twenty()).await.unwrap();
    assert_eq!((plan.number, plan.state, plan.tier, plan.approvals_needed), (1, PlanState::Waiting, Tier::One, 1));
    assert_eq!(plan.expires_at.as_second() - plan.made_at.as_second(), 600);
    assert_snapshot!(prices(effect(&plan)), @r"
    plan/pro/month 999 -> 799 eur
    plan/pro/year 9590 -> 7672 eur
    ");
    assert_eq!((effect(&plan).buyers, &effect(&plan).cost), (0, &None), "nothing was bought: not enough data");
    assert_eq!(shop.things().await, (0, 0), "a plan changes nothing");
    assert_eq!(conflict(shop.commits("lea", &plan).await), "error-plan-approvals");
    let approved = shop.approves("lea", &plan).await.unwrap();
    assert_eq!((approved.state, approved.approvals.len()), (PlanState::Approved, 1));
    let done = shop.commits("lea", &plan).await.unwrap();
    let made = done.made.clone().unwrap();
    assert_eq!((done.state, made.kind.as_str(), made.number), (PlanState::Committed, "promotion", Some(1)));
    assert_eq!(made.state.as_deref(), Some("active"));
    assert_eq!(shop.reads("sam", 1).await.unwrap(), done);
    // Asked again, what became of it is the answer, and nothing more is made.
    assert_eq!(shop.commits("sam", &plan).await.unwrap(), done);
    let ours = "select count(*) as n from promotions where request = 'plan/1' and percent_hundredths = 2000 \
                and target = 'plan/pro' and state = 'active' and reason = 'Shellia'";
    assert_eq!((shop.count(ours).await, shop.things().await), (1, (1, 0)));
    let mut lines = audit(&shop.peer, shop.by("lea"), None).await.unwrap().lines;
    let refused = lines.extract_if(.., |line| line.action == "refused");
    assert_eq!(refused.map(|line| line.words).collect::<Vec<_>>(), ["commit: error-plan-approvals"]);
    let deeds: Vec<&str> = lines.iter().rev().map(|line| line.action.as_str()).collect();
    assert_eq!(deeds, ["planned", "approved", "committed"]);
    assert!(lines.iter().all(|line| line.plan == Some(1) && line.words.starts_with(&plan.digest)));
    // Its end is a plan as well.
    let stop = shop.makes("lea", "k2", stop_promotion(1)).await.unwrap();
    assert!(matches!(&stop.effect, Effect::StopPromotion(effect) if effect.prices[0].after.minor == 999));
    shop.approves("sam", &stop).await.unwrap();
    let stopped = shop.commits("lea", &stop).await.unwrap().made.unwrap();
    assert_eq!((stopped.number, stopped.state.as_deref()), (Some(1), Some("stopped")));
    // What somebody stopped by hand meanwhile isn't told as done.
    assert_eq!(conflict(shop.makes("lea", "k3", stop_promotion(1)).await), "error-promo-over");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_stands_for_one_plan_and_lists_show_what_waits() {
    let shop = Shop::open().await;
    let plan = shop.makes("lea", "k1", twenty()).await.unwrap();
    assert_eq!(shop.makes("lea", "k1", twenty()).await.unwrap(), plan);
    let other = Wanted::Promotion(off(1_900, "plan/pro", 48));
    assert_eq!(conflict(shop.makes("lea", "k1", other).await), "error-plan-key-used");
    assert_eq!(conflict(shop.makes("lea", "k 1", twenty()).await), "error-plan-key");
    assert_eq!(conflict(shop.makes("lea", "", twenty()).await), "error-plan-key");
    assert_eq!(conflict(shop.makes("lea", "k\0", twenty()).await), "error-plan-key");
    let second = shop.makes("sam", "k2", Wanted::Promotion(off(500, "Basic", 24))).await.unwrap();
    assert_eq!(effect(&second).target, "plan/basic", "found by its name");
    let rejected = plans::reject_plan(&shop.peer, shop.by("sam"), 1).await.unwrap();
    assert_eq!((rejected.state, rejected.ended_by), (PlanState::Rejected, Some(shop.user("sam").to_string())));
    assert_eq!(conflict(shop.approves("lea", &plan).await), "error-plan-rejected");
    let waiting = plans::plans(&shop.peer, shop.by("lea"), Some(PlanState::Waiting), None).await.unwrap().plans;
    assert_eq!(waiting.iter().map(|plan| plan.number).collect::<Vec<_>>(), [2]);
    let all = plans::plans(&shop.peer, shop.by("lea"), None, Some(2)).await.unwrap().plans;
    assert_eq!(all.iter().map(|plan| (plan.number, plan.state)).collect::<Vec<_>>(), [(1, PlanState::Rejected)]);
    shop.passes(11);
    let expired = plans::plans(&shop.peer, shop.by("lea"), Some(PlanState::Expired), None).await.unwrap().plans;
    assert_eq!(expired.iter().map(|plan| plan.number).collect::<Vec<_>>(), [2]);
    assert_eq!(conflict(shop.approves("lea", &second).await), "error-plan-expired");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_is_bound_to_what_was_shown_and_to_ten_minutes() {
    let shop = Shop::open().await;
    let plan = shop.approved("k1", twenty()).await;
    let forged = Plan { digest: "0".repeat(64), ..plan.clone() };
    assert_eq!(conflict(shop.approves("lea", &forged).await), "error-plan-digest");
    assert_eq!(conflict(shop.commits("lea", &forged).await), "error-plan-digest");
    // What was shown is changed behind our back: what is kept isn't what was approved any more.
    shop.does("update agent_plans set wanted = replace(wanted::text, '2000', '2900')::json").await;
    assert_eq!(conflict(shop.commits("lea", &plan).await), "error-plan-digest");
    shop.does("update agent_plans set wanted = replace(wanted::text, '2900', '2000')::json").await;
    shop.passes(10);
    assert_eq!(conflict(shop.commits("lea", &plan).await), "error-plan-expired");
    assert_eq!(shop.reads("lea", 1).await.unwrap().state, PlanState::Expired);
    assert_eq!(shop.things().await, (0, 0));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_since_makes_a_plan_fail_with_the_reason() {
    let shop = Shop::open().await;
    let first = shop.approved("k1", twenty()).await;
    let second = shop.approved("k2", Wanted::Promotion(off(1_500, "plan/pro", 24))).await;
    let basic = shop.approved("k3", Wanted::Promotion(off(1_500, "plan/basic", 24))).await;
    shop.commits("lea", &first).await.unwrap();
    let failed = shop.commits("lea", &second).await.unwrap();
    let failure = failed.failure.clone().unwrap();
    assert_eq!((failed.state, failure.error.as_str()), (PlanState::Failed, "error-promo-cooldown"));
    // With its moments, which Discord shows in the reader's own time.
    let text: String = failure
        .text
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, rest)| rest))
        .collect::<Vec<_>>()
        .join("⌚");
    assert_snapshot!(text, @"La promotion #1 (la formule Pro) va jusqu’au ⌚, et une semaine de repos suit : c’est possible à partir du ⌚. Voyez-la avec `/promo_voir`, mettez un code à celle-ci, ou visez autre chose.");
    assert_eq!(shop.commits("lea", &second).await.unwrap(), failed, "it stays so");
    shop.does("update prices set amount_minor = 399 where item = 'plan/basic/month'").await;
    let failed = shop.commits("lea", &basic).await.unwrap();
    assert_eq!(failed.failure.unwrap().error, "error-plan-changed");
    assert_eq!(shop.things().await, (1, 0));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_commits_at_once_one_makes_the_promotion_and_both_tell_of_it() {
    let shop = Shop::open().await;
    let plan = shop.approved("k1", twenty()).await;
    let all = (0..8).map(|n| shop.commits(if n % 2 == 0 { "lea" } else { "sam" }, &plan));
    for done in futures_util::future::join_all(all).await {
        let done = done.unwrap();
        assert_eq!((done.state, done.made.unwrap().number), (PlanState::Committed, Some(1)));
    }
    assert_eq!(shop.things().await, (1, 0));
    assert_eq!(shop.count("select count(*) as n from agent_audit where action = 'committed'").await, 1);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cost_is_told_once_enough_was_bought() {
    let shop = Shop::open().await;
    // The shop's catalogue is there once somebody planned something.
    shop.makes("lea", "k1", twenty()).await.unwrap();
    let now = shop.clock.now();
    shop.does(&format!(
        "insert into orders (guild_id, number, user_id, recipient_id, user_name, locale, request, kind, mode, plan, period, title,
           currency, list_minor, total_minor, state, reserved, checkout_key, created_at, paid_at, fulfilled_at, updated_at)
         select {guild}, n, 1000 + n % 7, 1000 + n % 7, 'x', 'fr', 'r' || n, 'plan', 'subscription', 'pro', 'month', 'Pro', 'eur', 999, 999,
           'fulfilled', false, 'k' || n, at, at, at, at
         from generate_series(1, 84) n, lateral (select timestamptz '{now}' - n * interval '16 hours' as at) t",
        guild = shop.guild
    ))
    .await;
    let plan = shop.makes("lea", "k2", twenty()).await.unwrap();
    let effect = effect(&plan);
    assert_eq!(effect.buyers, 7);
    let cost = effect.cost.clone().unwrap();
    // Ten or eleven orders a week, 2,00 € off each, for two days of seven.
    assert_eq!((cost.low.minor, cost.high.minor, cost.weeks), (571, 1_258, 8));
    let budget = shellia::control::wanted::Sum { minor: 2_000, currency: "eur".to_owned() };
    let bounded = WantedPromotion { budget: Some(budget), ..off(2_000, "plan/pro", 168) };
    let plan = shop.makes("lea", "k3", Wanted::Promotion(bounded)).await.unwrap();
    assert_eq!(super::promotions::effect(&plan).cost.clone().unwrap().high.minor, 2_000, "no more than its budget");
    shop.close().await;
}
