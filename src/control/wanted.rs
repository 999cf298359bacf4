//! What Shellia may ask to be changed, typed: a closed list, which holds no refund, no payout, no role and no price.
//!
//! What is said here is measured by Maxis against every cap, when it is planned and again when it is done.

use super::plans::Autonomy;
use super::tagged;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sum {
    /// In the smallest unit of its currency, such as cents.
    pub minor: i64,
    /// The currency's code in small letters, such as `eur`.
    pub currency: String,
}

/// What is wanted: the kind's fields with the kind beside them, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Wanted {
    /// A promotion begins at once.
    Promotion(WantedPromotion),
    /// A promotion ends.
    StopPromotion(WantedPromotionStop),
    /// A giveaway begins, at once or at a number of members.
    Giveaway(WantedGiveaway),
    /// A giveaway ends early.
    EndGiveaway(WantedGiveawayEnd),
    /// A winner is replaced by the next in order.
    Reroll(WantedReroll),
    /// A setting changes.
    Setting(WantedSetting),
    /// What was stopped goes on.
    Resume(WantedResume),
    /// More may happen without a person.
    Autonomy(WantedAutonomy),
}

impl PartialSchema for Wanted {
    fn schema() -> RefOr<Schema> {
        tagged::schema([
            ("promotion", WantedPromotion::schema()),
            ("stop_promotion", WantedPromotionStop::schema()),
            ("giveaway", WantedGiveaway::schema()),
            ("end_giveaway", WantedGiveawayEnd::schema()),
            ("reroll", WantedReroll::schema()),
            ("setting", WantedSetting::schema()),
            ("resume", WantedResume::schema()),
            ("autonomy", WantedAutonomy::schema()),
        ])
    }
}

impl ToSchema for Wanted {
    fn schemas(named: &mut Vec<(String, RefOr<Schema>)>) {
        WantedPromotion::schemas(named);
        WantedPromotionStop::schemas(named);
        WantedGiveaway::schemas(named);
        WantedGiveawayEnd::schemas(named);
        WantedReroll::schemas(named);
        WantedSetting::schemas(named);
        WantedResume::schemas(named);
        WantedAutonomy::schemas(named);
    }
}

/// How much comes off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WantedOff {
    /// A part of the price, in hundredths of a percent: 2000 is 20 %.
    PercentHundredths(u16),
    /// An amount, once an order.
    Amount(Sum),
}

/// A moment, with its offset from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, format = DateTime)]
pub struct Moment(pub Timestamp);

/// When something ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WantedEnd {
    /// Then.
    At(Moment),
    /// So many minutes after the plan is made; of a giveaway at a milestone, after it begins.
    Minutes(u32),
}

/// Which of a plan's prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WantedBilling {
    /// That by the month.
    Monthly,
    /// That by the year.
    Yearly,
}

/// A promotion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WantedPromotion {
    /// How much comes off.
    pub off: WantedOff,
    /// What it is on: `everything`, `plans`, `products`, `plan/CODE`, `product/CODE`, or what one of them is called.
    pub target: String,
    /// When it ends.
    pub ends: WantedEnd,
    /// Which of a plan's prices; a promotion is on all of them, so one that names some is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billing: Option<WantedBilling>,
    /// Whether it is for a member's first purchase only.
    #[serde(default)]
    pub first_purchase: bool,
    /// The code that members type; none: it applies by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How often it may be used in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_uses: Option<u32>,
    /// How often one member may use it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_member: Option<u32>,
    /// What it may cost in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Sum>,
    /// Why; at most 100 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The end of a promotion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WantedPromotionStop {
    /// Its number.
    pub number: i64,
}

const fn one() -> u32 {
    1
}

/// A giveaway whose prize is given by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WantedGiveaway {
    /// What is won, in words; at most 100 characters.
    pub prize: String,
    /// How many win.
    #[serde(default = "one")]
    pub winners: u32,
    /// When it ends.
    pub ends: WantedEnd,
    /// The channel in which it is announced; none: that of the newest giveaway. One at a milestone is announced where milestones are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// At how many members it begins; none: at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub milestone_members: Option<u32>,
}

/// The early end of a giveaway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WantedGiveawayEnd {
    /// Its number.
    pub number: i64,
}

/// A winner's replacement. Who comes next was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WantedReroll {
    /// The giveaway's number.
    pub number: i64,
    /// Who is replaced; none: the only winner who has nothing yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// Why, by a word of the draw's log: `left_server`, `banned`, `requirement_lost`, `rule_broken`, `duplicate_account`, `declined`,
    /// `unreachable`, `other`.
    pub reason: String,
    /// More words; at most 100 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The settings that may be changed from afar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SettingKey {
    /// The language of what is said to nobody in particular: `fr` or `en`.
    Language,
    /// The shop's time zone, such as `Europe/Paris`.
    TimeZone,
    /// The channel where members ask for support.
    SupportChannel,
    /// The channel where staff get cards.
    StaffChannel,
}

/// A setting's new value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WantedSetting {
    /// Which.
    pub key: SettingKey,
    /// Its value; a channel by its id.
    pub value: String,
}

/// What was stopped goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WantedResume {}

/// A dial that goes up. Down it is turned at once, without a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WantedAutonomy {
    /// Where it is to stand.
    pub autonomy: Autonomy,
}

#[cfg(test)]
#[path = "wanted_tests.rs"]
mod tests;
