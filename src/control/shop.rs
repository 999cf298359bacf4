//! What a guild's shop is, as Shellia may know it: names of what it sells, what is promoted, how its tickets stand, how it is set.

use super::analytics::{Span, TicketFigures};
use super::peer::get;
use super::{Asker, Failed, Peer};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Something that is sold, by its code and its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Named {
    /// The code.
    pub code: String,
    /// The name that people read.
    pub name: String,
}

/// What sentences are measured by: names, zone, currency, cap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Catalogue {
    /// The plans on sale, from the least to the most.
    pub plans: Vec<Named>,
    /// The products on sale, at most a thousand.
    pub products: Vec<Named>,
    /// The shop's time zone by its IANA name.
    pub time_zone: String,
    /// The shop's currency by its code.
    pub currency: String,
    /// The most that a promotion may take off, in percent.
    pub cap_percent: u8,
}

/// A promotion that runs or will.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Promotion {
    /// Its number in the guild.
    pub number: i64,
    /// Where it stands: scheduled or active.
    pub state: String,
    /// What it is for: welcome, abandoned_cart, upsell, win_back or manual.
    pub kind: String,
    /// What comes off in hundredths of a percent, where it is a part of the price.
    pub percent_hundredths: Option<u16>,
    /// What comes off in minor units, where it is an amount.
    pub amount_minor: Option<i64>,
    /// The currency of its amounts, by its code.
    pub currency: String,
    /// What it is on: everything, plans, products, plan/CODE or product/CODE.
    pub target: String,
    /// The name of the plan or product, where it is on one.
    pub target_name: Option<String>,
    /// The code to type; none: it applies by itself.
    pub code: Option<String>,
    /// From when.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Timestamp,
    /// Until when.
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Timestamp,
    /// How often it is reserved or used.
    pub uses: i64,
    /// How often it may be used in all.
    pub uses_allowed: Option<i64>,
    /// What it has cost, reserved and used, in minor units.
    pub spent_minor: i64,
    /// What it may cost in all.
    pub budget_minor: Option<i64>,
}

/// A page of promotions, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Promotions {
    /// They; at most ten.
    pub promotions: Vec<Promotion>,
}

/// How a guild's tickets stand, and what some days brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Tickets {
    /// Which days.
    pub period: Span,
    /// What they brought.
    pub now: TicketFigures,
    /// What as many days before brought.
    pub then: TicketFigures,
    /// How the tickets of the last thirty days stand.
    pub standing: Standing,
}

/// How many tickets of the last thirty days stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Standing {
    /// Nobody has them.
    pub open: i64,
    /// Staff work on them.
    pub in_progress: i64,
    /// They wait for the member.
    pub waiting_user: i64,
    /// Solved.
    pub resolved: i64,
    /// Closed.
    pub closed: i64,
    /// How many of all of them are critical.
    pub critical: i64,
}

/// Who may change a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangedBy {
    /// An operator of the guild.
    Operator,
    /// Nobody from afar: it is set on Maxis' machine.
    Machine,
}

/// A setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Setting {
    /// Its key, as sentences know it.
    pub key: String,
    /// Its value as text: a channel by its id; none where it isn't set.
    pub value: Option<String>,
    /// Who may change it.
    pub changed_by: ChangedBy,
}

/// The settings that may be read from afar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Settings {
    /// They.
    pub settings: Vec<Setting>,
}

/// Asks for what the shop sells, by name.
///
/// # Errors
/// As [`Peer::send`].
pub async fn catalogue(peer: &dyn Peer, asker: Asker) -> Result<Catalogue, Failed> {
    get(peer, asker, "/catalogue", &[]).await
}

/// Asks for the promotions that run or will, below the number `before` where it is given.
///
/// # Errors
/// As [`Peer::send`].
pub async fn promotions(peer: &dyn Peer, asker: Asker, before: Option<i64>) -> Result<Promotions, Failed> {
    let before = before.map(|before| before.to_string());
    let query: Vec<(&str, &str)> = before.iter().map(|before| ("before", before.as_str())).collect();
    get(peer, asker, "/promotions", &query).await
}

/// Asks how the tickets stand, and what a period (the last thirty days where none is named) brought.
///
/// # Errors
/// As [`Peer::send`].
pub async fn tickets(peer: &dyn Peer, asker: Asker, period: Option<&str>) -> Result<Tickets, Failed> {
    let query: Vec<(&str, &str)> = period.iter().map(|period| ("period", *period)).collect();
    get(peer, asker, "/tickets", &query).await
}

/// Asks for the settings.
///
/// # Errors
/// As [`Peer::send`].
pub async fn settings(peer: &dyn Peer, asker: Asker) -> Result<Settings, Failed> {
    get(peer, asker, "/config", &[]).await
}
