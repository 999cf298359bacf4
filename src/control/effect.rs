//! What a plan would do, typed, as a person is shown it before he approves.

use super::plans::Autonomy;
use super::wanted::{SettingKey, Sum};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a plan would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Effect {
    /// Prices go down for a while.
    Promotion(PromotionEffect),
    /// Prices go back.
    StopPromotion(PromotionStopEffect),
    /// A giveaway is announced.
    Giveaway(GiveawayEffect),
    /// A giveaway is drawn at once.
    EndGiveaway(GiveawayEndEffect),
    /// A winner loses his place to the next in order.
    Reroll(RerollEffect),
    /// A setting is another.
    Setting(SettingEffect),
    /// Plans may be committed again.
    Resume(ResumeEffect),
    /// The dial stands higher.
    Autonomy(AutonomyEffect),
}

/// What an item of the price list costs before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PriceChange {
    /// The item, such as `plan/pro/month` or `product/ebook/standard`.
    pub item: String,
    /// What it costs where nothing reduces it.
    pub list: Sum,
    /// What is asked before.
    pub before: Sum,
    /// What is asked after.
    pub after: Sum,
}

/// What a promotion is expected to cost, from the leanest week to twice the fattest one of the last eight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Cost {
    /// The least.
    pub low: Sum,
    /// The most.
    pub high: Sum,
    /// Of how many weeks there are figures.
    pub weeks: i64,
}

/// A promotion's effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PromotionEffect {
    /// What it is on, by its code: `everything`, `plans`, `products`, `plan/CODE`, `product/CODE`.
    pub target: String,
    /// What each item of it costs, before and after.
    pub prices: Vec<PriceChange>,
    /// Until when.
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Timestamp,
    /// Members who paid for something of it in the last 30 days.
    pub buyers: i64,
    /// What it is expected to cost; none: not enough data, which is at least four weeks and ten orders.
    pub cost: Option<Cost>,
}

/// The effect of a promotion's end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PromotionStopEffect {
    /// Its number.
    pub number: i64,
    /// What it is on.
    pub target: String,
    /// When it would end by itself.
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Timestamp,
    /// What each item of it costs, before and after; empty for one that needs a code.
    pub prices: Vec<PriceChange>,
}

/// A giveaway's effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GiveawayEffect {
    /// What is won.
    pub prize: String,
    /// How many win.
    pub winners: u32,
    /// Where it is announced.
    pub channel: String,
    /// Until when; none where it begins at a milestone.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ends_at: Option<Timestamp>,
    /// At how many members it begins, and for how many hours it lasts then.
    pub milestone: Option<MilestoneEffect>,
}

/// When a giveaway begins that waits for members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MilestoneEffect {
    /// At how many members.
    pub members: u32,
    /// For how many hours.
    pub hours: u32,
    /// What was promised at so many members so far, and isn't any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<PromisedEffect>,
}

/// What is promised at a milestone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PromisedEffect {
    /// What is won.
    pub prize: String,
    /// How many win.
    pub winners: u32,
    /// For how many hours the giveaway lasts.
    pub hours: u32,
    /// The plan, by its code, that each gets beside it.
    pub plan: Option<String>,
    /// For how many days.
    pub plan_days: Option<u32>,
    /// The role that each gets beside it.
    pub role: Option<String>,
}

/// The effect of a giveaway's early end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GiveawayEndEffect {
    /// Its number.
    pub number: i64,
    /// What is won.
    pub prize: String,
    /// How many win.
    pub winners: u32,
    /// When it would end by itself.
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Timestamp,
}

/// The effect of a reroll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RerollEffect {
    /// The giveaway's number.
    pub number: i64,
    /// What is won.
    pub prize: String,
    /// Who is replaced.
    pub user: String,
}

/// A setting's change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SettingEffect {
    /// Which.
    pub key: SettingKey,
    /// What it is; none: it isn't set.
    pub before: Option<String>,
    /// What it would be.
    pub after: String,
}

/// What going on means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ResumeEffect {
    /// Since when all is stopped.
    #[schema(value_type = String, format = DateTime)]
    pub stopped_at: Timestamp,
}

/// What turning the dial up means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AutonomyEffect {
    /// Where it stands.
    pub before: Autonomy,
    /// Where it would stand.
    pub after: Autonomy,
}
