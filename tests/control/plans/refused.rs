//! What a rule refused is in the audit: who, what and why, and not without end.

use super::*;
use shellia::control::plans::AuditLine;

impl Shop {
    /// The refusals in the shop's audit, the oldest first: who, of which plan, what and why.
    async fn refused(&self) -> Vec<(String, Option<i64>, String)> {
        let audit = plans::audit(&self.peer, self.by("lea"), None).await.unwrap();
        let mut lines: Vec<AuditLine> = audit.lines.into_iter().filter(|line| line.action == "refused").collect();
        lines.reverse();
        lines.into_iter().map(|line| (line.by, line.plan, line.words)).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asked_what_and_why_not_are_lines_of_the_audit_and_nothing_that_came_with_it() {
    let shop = Shop::open().await;
    let plan = shop.makes("lea", "k1", twenty()).await.unwrap();
    let (lea, marie) = (shop.user("lea").to_string(), shop.user("marie").to_string());
    why(shop.makes("marie", "secret-key", twenty()).await);
    why(shop.approves("marie", &plan).await);
    why(shellia::control::settings(&shop.peer, shop.by("marie")).await);
    // Above the cap; a plan of that number isn't there; another digest; too few approvals; too late; stopped.
    why(shop.makes("lea", "k2", Wanted::Promotion(off(9_000, "plan/pro", 48))).await);
    why(plans::approve_plan(&shop.peer, shop.by("lea"), 77, &plan.digest).await);
    conflict(plans::approve_plan(&shop.peer, shop.by("lea"), 1, "another").await);
    conflict(shop.commits("lea", &plan).await);
    shop.passes(11);
    conflict(shop.approves("lea", &plan).await);
    plans::stop_plans(&shop.peer, shop.by("lea")).await.unwrap();
    conflict(shop.makes("lea", "k3", twenty()).await);
    // What can't be meant is a slip and no attempt; what a guild that isn't known was asked has no audit.
    why(shop.makes("lea", "k4", Wanted::Promotion(off(1_000, "plan/nothing", 48))).await);
    let nowhere = Asker::person(GuildId::new(99).unwrap(), shop.user("lea"), Locale::Fr);
    why(plans::plan_switch(&shop.peer, nowhere).await);
    let expected: Vec<(&str, Option<i64>, &str)> = vec![
        (&marie, None, "plan: not_allowed"),
        (&marie, Some(1), "approve: not_allowed"),
        (&marie, None, "settings: not_allowed"),
        (&lea, None, "plan: over_cap"),
        (&lea, Some(77), "approve: not_found"),
        (&lea, Some(1), "approve: error-plan-digest"),
        (&lea, Some(1), "commit: error-plan-approvals"),
        (&lea, Some(1), "approve: error-plan-expired"),
        (&lea, None, "plan: error-agent-stopped"),
    ];
    let found = shop.refused().await;
    let found: Vec<_> = found.iter().map(|(by, plan, words)| (by.as_str(), *plan, words.as_str())).collect();
    assert_eq!(found, expected);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pass_that_our_key_signed_and_that_does_not_hold_is_a_line_and_a_forged_one_is_none() {
    let shop = Shop::open().await;
    let base = Url::parse(&format!("http://{}/api", shop.commerce.address())).unwrap();
    let asks = |key: &'static str, name: &'static str, clock: Clock| {
        let signer = Signer::new(&Secret::new(key), name);
        let peer = HttpPeer::new(base.clone(), signer, clock, Duration::from_secs(20)).unwrap();
        let asker = shop.by("marie");
        async move { plans::plan_switch(&peer, asker).await.unwrap_err() }
    };
    asks(KEY, "another", shop.clock.clone()).await;
    asks("no-key-of-these-machines", "maxis", shop.clock.clone()).await;
    let late = Clock::new();
    late.advance(SignedDuration::from_mins(-10));
    asks(KEY, "maxis", late).await;
    let words: Vec<String> = shop.refused().await.into_iter().map(|(_, _, words)| words).collect();
    assert_eq!(words, ["door: audience", "door: expired"]);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_the_key_does_not_fill_the_audit() {
    let shop = Shop::open().await;
    for _ in 0..3 {
        why(plans::plan_switch(&shop.peer, shop.by("marie")).await);
    }
    assert_eq!(shop.refused().await.len(), 1, "the same once an hour");
    for n in 0..150 {
        why(plans::reject_plan(&shop.peer, shop.by("marie"), n + 1).await);
    }
    let count = "select count(*) as n from agent_audit where action = 'refused'";
    assert_eq!(shop.count(count).await, shellia::domain::agent::REFUSALS_MAX);
    let told = "select count(*) as n from agent_audit where words = \
        'reject: not_allowed; further refusals of these 24 hours are not written down'";
    assert_eq!(shop.count(told).await, 1);
    // What isn't refused is written down all the same, and the next day begins anew.
    plans::stop_plans(&shop.peer, shop.by("lea")).await.unwrap();
    assert_eq!(shop.count("select count(*) as n from agent_audit where action = 'stopped'").await, 1);
    shop.passes(24 * 60 + 1);
    why(plans::plan_switch(&shop.peer, shop.by("marie")).await);
    assert_eq!(shop.count(count).await, shellia::domain::agent::REFUSALS_MAX + 1);
    shop.close().await;
}
