//! Promotions at the panel: the list.

use super::page::{Paged, Sum, cut, wrong};
use crate::commands::promotions::cards;
use crate::db::Tx;
use crate::domain::promotions::{Promotion, PromotionState, Target, reading};
use crate::domain::shop::catalogue::names::{self, Names};
use crate::kernel::error::Problem;
use crate::kernel::{Error, Locale, Result, UserId};
use crate::panel::tickets::Person;
use crate::panel::{Panel, Staff};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// What stands behind the address of the list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A state's word.
    pub state: String,
    /// How many.
    pub limit: String,
    /// Where the page begins.
    pub cursor: String,
}

/// A promotion.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelPromotion)]
pub struct PromotionRow {
    /// Its number.
    pub number: i64,
    /// What comes off, in words.
    pub what: String,
    /// What it is on, in words.
    pub on: String,
    /// The code to type; none: it applies by itself.
    pub code: Option<String>,
    /// Where it stands.
    pub state: &'static str,
    /// From when.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Timestamp,
    /// Until when, or when it was over.
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Timestamp,
    /// How often it is reserved or used.
    pub uses: i64,
    /// How often it may be.
    pub uses_allowed: Option<i64>,
    /// What it may cost.
    pub budget: Option<Sum>,
    /// What it has cost.
    pub spent: Sum,
    /// Who made it.
    pub by: Person,
    /// Why.
    pub why: String,
    /// What may be done with it.
    pub may: Vec<&'static str>,
}

/// A page of promotions.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelPromotions)]
pub struct Promotions {
    /// They, the newest first.
    pub promotions: Vec<PromotionRow>,
    /// Where the next page begins.
    pub next: Option<String>,
}

impl Asked {
    fn states(&self) -> Result<Vec<PromotionState>> {
        if self.state.is_empty() {
            return Ok(PromotionState::ALL.to_vec());
        }
        let found = PromotionState::ALL.into_iter().find(|state| state.as_str() == self.state);
        let choices = || Problem::NotAChoice { choices: PromotionState::ALL.map(PromotionState::as_str).to_vec() };
        found.map(|state| vec![state]).ok_or_else(|| wrong("state", choices()))
    }
}

/// Those targets that name one thing, as their names are looked up.
pub(super) fn single<'a>(targets: impl Iterator<Item = &'a Target>) -> Vec<String> {
    targets.filter(|target| matches!(target, Target::Plan(_) | Target::Product(_))).map(ToString::to_string).collect()
}

impl Panel {
    /// A page of promotions.
    ///
    /// # Errors
    /// [`Error::Argument`].
    pub async fn promotions(&self, staff: &Staff, asked: &Asked, locale: Locale) -> Result<Promotions> {
        let paged = Paged { limit: asked.limit.clone(), cursor: asked.cursor.clone() };
        let (states, limit, below) = (asked.states()?, paged.limit()?, paged.below()?);
        let guild = staff.guild.id;
        let read = async |tx: &mut Tx| {
            let mut found = reading::page_of(tx, guild, (&states, below), limit.saturating_add(1)).await?;
            let next = cut(&mut found, limit, |one| one.number);
            let names = names::names(tx, guild, single(found.iter().map(|one| &one.target))).await?;
            Ok((found, next, names))
        };
        let (found, next, names) = self.reading(&staff.actor, read).await?;
        Ok(Promotions { promotions: self.promotion_rows(staff, &found, (&names, locale)).await, next })
    }

    async fn promotion_rows(
        &self,
        staff: &Staff,
        found: &[Promotion],
        (names, locale): (&Names, Locale),
    ) -> Vec<PromotionRow> {
        let say = self.app.words.speak(locale);
        let people: BTreeSet<UserId> = found.iter().map(|one| one.made_by).collect();
        let people = self.member_names(staff.guild.id, people).await;
        let row = |one: &Promotion| PromotionRow {
            number: one.number,
            what: one.discount.show(locale),
            on: cards::target(&say, &one.target, names),
            code: one.code.as_ref().map(ToString::to_string),
            state: one.state.as_str(),
            starts_at: one.starts_at,
            ends_at: one.ended_at.unwrap_or(one.ends_at),
            uses: one.uses_held,
            uses_allowed: one.uses_allowed,
            budget: one.budget.map(Sum::of),
            spent: Sum::of(one.spent),
            by: Person::of(one.made_by, &people),
            why: one.reason.clone(),
            may: if one.state.is_live() { vec!["stop"] } else { Vec::new() },
        };
        found.iter().map(row).collect()
    }

    pub(super) async fn promotion_row(&self, staff: &Staff, number: i64, locale: Locale) -> Result<PromotionRow> {
        let guild = staff.guild.id;
        let read = async |tx: &mut Tx| {
            let found = reading::promotion(tx, guild, number).await?;
            let names = names::names(tx, guild, single([&found.target].into_iter())).await?;
            Ok((found, names))
        };
        let (found, names) = self.reading(&staff.actor, read).await?;
        let mut rows = self.promotion_rows(staff, std::slice::from_ref(&found), (&names, locale)).await;
        rows.pop().ok_or(Error::NotFound("promotion"))
    }
}
