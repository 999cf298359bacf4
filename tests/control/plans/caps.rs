//! Every cap, asked for with the controller's own key on behalf of an operator: nothing of it gets as far as a plan.

use super::*;
use shellia::control::wanted::{Moment, Sum, WantedBilling};

fn euros(minor: i64) -> Sum {
    Sum { minor, currency: "eur".to_owned() }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_passes_a_cap_is_refused_and_nothing_is_changed() {
    let shop = Shop::open().await;
    let now = shop.clock.now();
    let pro = |change: fn(&mut WantedPromotion)| {
        let mut wanted = off(2_000, "plan/pro", 48);
        change(&mut wanted);
        wanted
    };
    let past = WantedPromotion { ends: WantedEnd::At(Moment(now - SignedDuration::from_hours(1))), ..pro(|_| {}) };
    let dollars = |new: &mut WantedPromotion| {
        new.off = WantedOff::Amount(Sum { minor: 100, currency: "usd".to_owned() });
    };
    for (wanted, (kind, word)) in [
        (pro(|new| new.off = WantedOff::PercentHundredths(3_001)), (Why::BadInput, "value")),
        (pro(|new| new.off = WantedOff::PercentHundredths(10_000)), (Why::BadInput, "value")),
        (pro(|new| new.off = WantedOff::PercentHundredths(0)), (Why::BadInput, "value")),
        // More than 30 % of the cheapest price.
        (pro(|new| new.off = WantedOff::Amount(euros(301))), (Why::BadInput, "value")),
        (pro(|new| new.off = WantedOff::Amount(euros(-300))), (Why::BadInput, "value")),
        (pro(dollars), (Why::Conflict, "error-promo-currency")),
        (past, (Why::Conflict, "error-promo-ends-first")),
        (pro(|new| new.ends = WantedEnd::Minutes(0)), (Why::Conflict, "error-promo-ends-first")),
        (pro(|new| new.ends = WantedEnd::Minutes(91 * 24 * 60)), (Why::Conflict, "error-promo-too-long")),
        (pro(|new| new.ends = WantedEnd::Minutes(u32::MAX)), (Why::BadInput, "duration")),
        // More than a quarter of thirty days.
        (pro(|new| new.ends = WantedEnd::Minutes(8 * 24 * 60)), (Why::Conflict, "error-promo-too-busy")),
        (pro(|new| new.target = "plan/nothing".to_owned()), (Why::BadInput, "target")),
        (pro(|new| new.target = "x".repeat(1_500)), (Why::BadInput, "target")),
        (pro(|new| new.target = "x".repeat(9_000)), (Why::Conflict, "error-plan-long")),
        (pro(|new| new.max_uses = Some(0)), (Why::Conflict, "error-promo-no-use")),
        (pro(|new| new.per_member = Some(0)), (Why::Conflict, "error-promo-no-use")),
        (pro(|new| new.budget = Some(euros(1))), (Why::Conflict, "error-promo-budget-small")),
        (pro(|new| new.budget = Some(euros(0))), (Why::BadInput, "budget")),
        (pro(|new| new.code = Some("é".to_owned())), (Why::BadInput, "promo_code")),
        (pro(|new| new.reason = Some("x".repeat(101))), (Why::BadInput, "promo_reason")),
        (pro(|new| new.billing = Some(WantedBilling::Yearly)), (Why::Conflict, "error-plan-billing")),
    ] {
        let shown = format!("{wanted:?}");
        let refused = why(shop.makes("lea", "k1", Wanted::Promotion(wanted)).await);
        assert_eq!((refused.0, refused.1.as_str()), (kind, word), "{shown}");
    }
    assert_eq!(conflict(shop.makes("lea", "k1", stop_promotion(7)).await), "error-promo-none");
    let channel = shop.channel("boutique");
    for (wanted, word) in [
        (WantedGiveaway { winners: 0, ..gift("Un livre", &channel) }, "winners"),
        (WantedGiveaway { winners: 10_001, ..gift("Un livre", &channel) }, "winners"),
        (gift(" ", &channel), "prize"),
        (gift(&"x".repeat(101), &channel), "prize"),
        (gift("Un livre", "here"), "giveaway_channel"),
        (gift("Un livre", "7"), "error-giveaway-channel"),
        (WantedGiveaway { channel: None, ..gift("Un livre", "") }, "error-plan-channel"),
        (WantedGiveaway { ends: WantedEnd::Minutes(0), ..gift("Un livre", &channel) }, "error-giveaway-ends-first"),
        (
            WantedGiveaway { ends: WantedEnd::Minutes(1_000_000), ..gift("Un livre", &channel) },
            "error-giveaway-too-long",
        ),
        (WantedGiveaway { milestone_members: Some(1), ..gift("Un livre", "") }, "milestone_members"),
        (WantedGiveaway { milestone_members: Some(50), ..gift("Un livre", &channel) }, "error-plan-milestone-channel"),
    ] {
        let shown = format!("{wanted:?}");
        assert_eq!(why(shop.makes("lea", "k1", Wanted::Giveaway(wanted)).await).1, word, "{shown}");
    }
    assert_eq!(shop.things().await, (0, 0));
    assert_eq!(shop.count("select count(*) as n from agent_plans").await, 0);
    assert_eq!(shop.count("select count(*) as n from shop_audit where action like 'promotion%'").await, 0);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_plan_can_hold_can_t_be_asked_for() {
    let shop = Shop::open().await;
    let request = |body: &str| shellia::control::Request {
        body: Some(format!(r#"{{"key":"k1","wanted":{body}}}"#).into_bytes()),
        path: "/plans".to_owned(),
    };
    use shellia::control::Peer;
    for body in [
        r#"{"kind":"refund","order":1}"#,
        r#"{"kind":"payout","minor":100}"#,
        r#"{"kind":"give_role","user":"5","role":"6"}"#,
        r#"{"kind":"price","item":"plan/pro/month","minor":1999}"#,
        r#"{"kind":"setting","key":"promotion_cap","value":"90"}"#,
        r#"{"kind":"setting","key":"operator_role","value":"5"}"#,
        r#"{"kind":"setting","key":"language","value":"en","force":true}"#,
        r#"{"kind":"promotion","off":{"percent_hundredths":2000},"target":"plan/pro","ends":{"minutes":60},"stackable":true}"#,
        r#"{"kind":"promotion","off":{"percent_hundredths":-2000},"target":"plan/pro","ends":{"minutes":60}}"#,
        r#"{"kind":"promotion","off":{"percent_hundredths":2000},"target":"plan/pro"}"#,
        r#"{"kind":"promotion","off":{"percent_hundredths":"20"},"target":"plan/pro","ends":{"minutes":60}}"#,
        r#"{"kind":"giveaway","prize":"Pro","winners":1,"ends":{"minutes":60},"winner":"5"}"#,
        r#"{"kind":"giveaway","prize":"Pro","ends":{"minutes":60},"plan":"pro"}"#,
        r#"{"kind":"resume","approved":true}"#,
        "null",
    ] {
        let answer = shop.peer.send(shop.by("lea"), request(body)).await;
        assert_eq!(why(answer), (Why::BadInput, "unreadable".to_owned()), "{body}");
    }
    assert_eq!(shop.count("select count(*) as n from agent_plans").await, 0);
    shop.close().await;
}
