//! Who must approve which promotion.

use super::*;
use crate::domain::promotions::PromotionKind;
use crate::kernel::text::Line;
use crate::kernel::{Currency, GuildId, Locale, Percent, UserId};

const RULES: PlanRules = PlanRules { budget_minor: 10_000, small_budget_minor: 2_000 };

fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::EUR).unwrap()
}

fn new(hundredths: i64) -> NewPromotion {
    let starts_at: Timestamp = "2026-11-27T12:00:00Z".parse().unwrap();
    NewPromotion {
        guild: GuildId::new(7).unwrap(),
        request: "plan/0".to_owned(),
        kind: PromotionKind::Manual,
        discount: Discount::Percent(Percent::from_hundredths(hundredths).unwrap()),
        target: Target::Plan("pro".to_owned()),
        code: None,
        starts_at,
        ends_at: starts_at + SignedDuration::from_hours(48),
        uses: None,
        per_member: None,
        first_purchase: false,
        budget: None,
        reason: Line::parse("été").unwrap(),
        by: UserId::new(5).unwrap(),
        locale: Locale::Fr,
    }
}

fn effect(before: i64, after: i64, high: Option<i64>) -> PromotionEffect {
    PromotionEffect {
        target: "plan/pro".to_owned(),
        prices: vec![PriceChange {
            item: "plan/pro/month".to_owned(),
            list: sum(euros(before)),
            before: sum(euros(before)),
            after: sum(euros(after)),
        }],
        ends_at: "2026-11-29T12:00:00Z".parse().unwrap(),
        buyers: 3,
        cost: high.map(|high| Cost { low: sum(euros(0)), high: sum(euros(high)), weeks: 8 }),
    }
}

#[test]
fn twenty_percent_on_a_plan_needs_one_and_more_needs_two() {
    let of = |new: &NewPromotion, effect: &PromotionEffect| promotion_tier(new, effect, RULES);
    let shown = effect(999, 799, None);
    assert_eq!(of(&new(2_000), &shown), Tier::One);
    assert_eq!(of(&new(2_001), &shown), Tier::Two);
    let amount = NewPromotion { discount: Discount::Amount(euros(200)), ..new(2_000) };
    assert_eq!(of(&amount, &effect(1_000, 800, None)), Tier::One);
    assert_eq!(of(&amount, &effect(999, 799, None)), Tier::Two, "a little more than a fifth");
}

#[test]
fn what_everybody_gets_or_costs_much_needs_two() {
    let of = |new: &NewPromotion, high| promotion_tier(new, &effect(999, 949, high), RULES);
    let everything = NewPromotion { target: Target::Everything, ..new(500) };
    assert_eq!(of(&everything, None), Tier::Two);
    assert_eq!(of(&NewPromotion { target: Target::Plans, ..new(500) }, None), Tier::Two);
    assert_eq!(of(&NewPromotion { first_purchase: true, ..everything }, None), Tier::One, "only who is new gets it");
    assert_eq!(of(&new(500), Some(10_000)), Tier::One);
    assert_eq!(of(&new(500), Some(10_001)), Tier::Two);
    let bounded = NewPromotion { budget: Some(euros(10_000)), ..new(500) };
    assert_eq!(of(&bounded, Some(50_000)), Tier::One, "its budget bounds it");
    assert_eq!(of(&NewPromotion { budget: Some(euros(10_001)), ..new(500) }, None), Tier::Two);
}

#[test]
fn only_a_short_and_cheap_one_on_one_thing_is_small() {
    let of = |new: &NewPromotion| promotion_tier(new, &effect(999, 899, None), RULES);
    let small = NewPromotion { budget: Some(euros(2_000)), ..new(1_000) };
    assert_eq!(of(&small), Tier::Automatic);
    assert_eq!(of(&NewPromotion { budget: None, ..small.clone() }), Tier::One);
    assert_eq!(of(&NewPromotion { budget: Some(euros(2_001)), ..small.clone() }), Tier::One);
    assert_eq!(of(&NewPromotion { discount: new(1_001).discount, ..small.clone() }), Tier::One);
    // Twenty uses of at most a euro each are as good as a budget of twenty euros.
    let counted = NewPromotion { budget: None, uses: Some(20), ..small.clone() };
    assert_eq!(of(&counted), Tier::Automatic);
    assert_eq!(of(&NewPromotion { uses: Some(21), ..counted.clone() }), Tier::One);
    let product = NewPromotion { target: Target::Product("jeu".to_owned()), ..counted.clone() };
    let of_jeu = |uses: u32| promotion_tier(&NewPromotion { uses: Some(uses), ..product.clone() }, &jeu(10), RULES);
    assert_eq!(of_jeu(19), Tier::Automatic, "of a hundred pieces each, a cent off each piece");
    assert_eq!(of_jeu(20), Tier::One);
    assert_eq!(of_jeu(u32::MAX), Tier::One, "as without a limit");
    // What runs beside it hides what the code takes off now, and may end tomorrow.
    let mut hidden = effect(899, 899, None);
    hidden.prices[0].list = sum(euros(999));
    assert_eq!(
        promotion_tier(&NewPromotion { uses: Some(4_000_000_000), ..counted.clone() }, &hidden, RULES),
        Tier::Two
    );
    let amount = NewPromotion { discount: Discount::Amount(euros(300)), ..small.clone() };
    assert_eq!(promotion_tier(&amount, &hidden, RULES), Tier::Two, "of the list price it is more than a fifth");
    let coded = NewPromotion {
        target: Target::Everything,
        code: Some(crate::domain::promotions::PromoCode::parse("ALLES").unwrap()),
        budget: None,
        ..small.clone()
    };
    assert_eq!(of(&coded), Tier::Two, "a code without an end to its uses is for everyone");
    assert_eq!(of(&NewPromotion { uses: Some(50), ..coded.clone() }), Tier::One);
    let long = small.starts_at + SignedDuration::from_hours(73);
    assert_eq!(of(&NewPromotion { ends_at: long, ..small }), Tier::One);
}

/// What a promotion does to a product that costs so much.
fn jeu(minor: i64) -> PromotionEffect {
    let mut effect = effect(minor, minor, None);
    effect.prices[0].item = "product/jeu/standard".to_owned();
    effect
}

#[test]
fn so_many_uses_that_they_bound_nothing_need_as_many_people_as_none() {
    for target in [Target::Everything, Target::Products, Target::Plans] {
        let coded = |uses: Option<u32>| NewPromotion {
            target: target.clone(),
            code: Some(crate::domain::promotions::PromoCode::parse("ALLES").unwrap()),
            uses,
            ..new(2_000)
        };
        let of = |uses, effect: &PromotionEffect| promotion_tier(&coded(uses), effect, RULES);
        for shown in [effect(999, 799, None), effect(999, 799, Some(100)), jeu(1_000)] {
            assert_eq!(of(None, &shown), Tier::Two, "{target}");
            assert_eq!(of(Some(4_294_967_295), &shown), Tier::Two, "{target}");
            assert_eq!(of(Some(1_000_000), &shown), Tier::Two, "{target}");
        }
        // Fifty times two euros; or up to a hundred pieces each time.
        assert_eq!(of(Some(50), &effect(999, 799, None)), Tier::One, "{target}");
        assert_eq!(of(Some(51), &effect(999, 799, None)), Tier::Two, "{target}");
        assert_eq!((of(Some(4), &jeu(100)), of(Some(5), &jeu(100))), (Tier::One, Tier::Two), "{target}");
        let mut nothing = effect(999, 799, None);
        nothing.prices.clear();
        assert_eq!(of(Some(1), &nothing), Tier::Two, "{target}: nothing is known of it");
    }
    // A limit never asks for more people than none does, where it is known what may be bought.
    let pro = NewPromotion { uses: Some(u32::MAX), ..new(2_000) };
    assert_eq!(promotion_tier(&pro, &effect(999, 799, Some(9_000)), RULES), Tier::One);
    assert_eq!(promotion_tier(&pro, &effect(999, 799, Some(10_001)), RULES), Tier::Two);
}
