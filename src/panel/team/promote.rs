//! A new promotion at the panel, whose prices are shown before it begins, and the end of one.
//!
//! What is typed is read here to show what it would do; it is made by the command, with every rule and cap.

use super::page::wrong;
use super::promo_words::{PricesPreview, Reckoned, ending, of_items, prices, told, warnings};
use super::promotions::{PromotionRow, single};
use crate::commands::Order;
use crate::commands::promotions::target_named;
use crate::db::Tx;
use crate::domain::promotions::effects::{self, Change};
use crate::domain::promotions::{
    Discount, NewPromotion, PromoCode, PromotionKind, PromotionState, Target, reading, service,
};
use crate::domain::shop::catalogue::names;
use crate::kernel::error::Problem;
use crate::kernel::money::NotMoney;
use crate::kernel::text::Line;
use crate::kernel::until::Until;
use crate::kernel::{Currency, Error, Locale, Money, Result};
use crate::panel::sealed::digest;
use crate::panel::{Panel, Staff};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the word of a promotion confirms, and that of its end.
const PROMOTES: &str = "promotion";
const STOPS: &str = "promotion-stop";

/// A promotion as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = PanelNewPromotion)]
pub struct NewPromo {
    /// A percentage or an amount.
    pub value: Option<String>,
    /// What it is on, by code or name; nothing: everything.
    pub target: Option<String>,
    /// How long, or until when.
    pub duration: Option<String>,
    /// The code to type.
    pub code: Option<String>,
    /// How often it may be used in all.
    pub uses: Option<u32>,
    /// How often by one member.
    pub per_member: Option<u32>,
    /// Whether it is for first purchases only.
    pub first_purchase: Option<bool>,
    /// What it may cost in all.
    pub budget: Option<String>,
    /// From when.
    pub starts: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// What came of confirming.
#[derive(Debug)]
pub enum Confirmed<T> {
    /// It is done.
    Done(T),
    /// It would do something else now.
    Changed(PricesPreview),
}

#[derive(Serialize, Deserialize)]
struct Shown {
    typed: NewPromo,
    prices: String,
}

#[derive(Serialize, Deserialize)]
struct ShownStop {
    number: i64,
    prices: String,
}

/// The option of the command that a field of the page is, and back: errors name the page's.
fn field(error: Error) -> Error {
    match error {
        Error::Argument { option, problem } => {
            let option = match option {
                "promo_code" => "code",
                "promo_reason" => "reason",
                "begins" => "starts",
                other => other,
            };
            Error::Argument { option, problem }
        }
        other => other,
    }
}

fn typed(value: Option<&String>) -> Option<&str> {
    value.map(|value| value.trim()).filter(|value| !value.is_empty())
}

fn needed<'a>(option: &'static str, value: Option<&'a String>) -> Result<&'a str> {
    typed(value).ok_or_else(|| wrong(option, Problem::Missing))
}

fn money(text: &str, currency: Currency) -> Result<Money> {
    Money::parse(text, currency).map_err(|why| {
        let twice = matches!(why, NotMoney::TwoMeanings { .. });
        wrong("budget", if twice { Problem::NotAPrice(why) } else { Problem::NotADiscount })
    })
}

/// What the prices of a preview are, to tell whether they are still.
fn of_prices(changes: &[Change]) -> String {
    let all: Vec<_> = changes.iter().map(|one| (&one.item, one.before.minor(), one.after.minor())).collect();
    digest(&all)
}

impl Panel {
    /// Reads what is typed into a promotion, as the command would.
    async fn read_promotion(&self, tx: &mut Tx, staff: &Staff, new: &NewPromo, locale: Locale) -> Result<NewPromotion> {
        let (guild, now) = (staff.guild.id, self.now());
        let zone = TimeZone::get(&staff.guild.time_zone).unwrap_or(TimeZone::UTC);
        let until = |option: &'static str, text: &str, from: Timestamp| {
            let read = Until::parse(text).and_then(|until| until.from(from, &zone));
            read.map_err(|problem| wrong(option, problem))
        };
        let parsed = |option: &'static str| move |problem| wrong(option, problem);
        let discount = Discount::parse(needed("value", new.value.as_ref())?).map_err(parsed("value"))?;
        let starts_at = typed(new.starts.as_ref()).map(|text| until("starts", text, now)).transpose()?.unwrap_or(now);
        let ends_at = until("duration", needed("duration", new.duration.as_ref())?, starts_at)?;
        let reason = Line::parse(needed("reason", new.reason.as_ref())?).map_err(parsed("reason"))?;
        let code = typed(new.code.as_ref()).map(PromoCode::parse).transpose().map_err(parsed("code"))?;
        let target = match typed(new.target.as_ref()) {
            Some(named) => target_named(tx, guild, named).await?,
            None => Target::Everything,
        };
        let budget = match typed(new.budget.as_ref()) {
            Some(text) => Some(money(text, reading::currency(tx, guild).await?)?),
            None => None,
        };
        Ok(NewPromotion {
            guild,
            request: String::new(),
            kind: PromotionKind::Manual,
            discount,
            target,
            code,
            starts_at,
            ends_at,
            uses: new.uses,
            per_member: new.per_member,
            first_purchase: new.first_purchase == Some(true),
            budget,
            reason,
            by: staff.session.user,
            locale,
        })
    }

    /// What a promotion would do.
    ///
    /// # Errors
    /// [`Error::Argument`] with the page's own field; [`Error::Conflict`] for what no promotion may be.
    pub async fn preview_promotion(&self, staff: &Staff, typed: &NewPromo, locale: Locale) -> Result<PricesPreview> {
        self.reckoned(staff, typed, locale).await.map(|(preview, _)| preview)
    }

    async fn reckoned(&self, staff: &Staff, typed: &NewPromo, locale: Locale) -> Result<(PricesPreview, Target)> {
        let (guild, rules, now) = (staff.guild.id, self.app.promotions, self.now());
        self.app.open_shop(guild).await?;
        let read = async |tx: &mut Tx| {
            let new = self.read_promotion(tx, staff, typed, locale).await?;
            service::preview(tx, &new, &rules, now).await?;
            let changes = effects::changes(tx, &new, &rules, now).await?;
            let items = names::names(tx, guild, of_items(&changes)).await?;
            let reckoned = Reckoned {
                expected: effects::expected(tx, &new, &rules, now).await?,
                buyers: effects::buyers(tx, guild, &new.target, now).await?,
                names: names::names(tx, guild, single([&new.target].into_iter())).await?,
                changes,
                items,
            };
            Ok((new, reckoned))
        };
        let (new, reckoned) = self.reading(&staff.actor, read).await.map_err(field)?;
        let say = self.app.words.speak(locale);
        let called = self.called(staff, &[], locale).await;
        let shown = Shown { typed: typed.clone(), prices: of_prices(&reckoned.changes) };
        let preview = PricesPreview {
            text: told(&say, &new, &reckoned, &called),
            token: self.sealed(staff, PROMOTES, &shown),
            warnings: warnings(&say, &new, &reckoned),
            prices: prices(&say, &reckoned.changes, &reckoned.items),
        };
        Ok((preview, new.target))
    }

    /// Makes the promotion that a preview showed. A repeat finds what the first made.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a word that is none, or too old; whatever the command refuses.
    pub async fn make_promotion(
        &self,
        staff: &Staff,
        confirm: &str,
        (request, locale): (String, Locale),
    ) -> Result<Confirmed<PromotionRow>> {
        let made = async |tx: &mut Tx| reading::of_request(tx, staff.guild.id, &request).await;
        if let Some(made) = self.reading(&staff.actor, made).await? {
            return Ok(Confirmed::Done(self.promotion_row(staff, made.number, locale).await?));
        }
        let Shown { typed, prices } = self.unsealed(staff, PROMOTES, confirm)?;
        let (now, target) = self.reckoned(staff, &typed, locale).await?;
        let again: Shown = self.unsealed(staff, PROMOTES, &now.token)?;
        if again.prices != prices {
            return Ok(Confirmed::Changed(now));
        }
        let order = Order::new("promo_create", request.clone())
            .with("value", typed.value)
            .with("target", Some(target))
            .with("duration", typed.duration)
            .with("promo_reason", typed.reason)
            .with("promo_code", typed.code)
            .with("uses", typed.uses)
            .with("per_member", typed.per_member)
            .with("first_purchase", typed.first_purchase.filter(|first| *first).map(|_| "yes"))
            .with("budget", typed.budget)
            .with("begins", typed.starts);
        self.order(staff, order, locale).await.map_err(field)?;
        let made = async |tx: &mut Tx| reading::of_request(tx, staff.guild.id, &request).await;
        let made = self.reading(&staff.actor, made).await?.ok_or(Error::NotFound("promotion"))?;
        Ok(Confirmed::Done(self.promotion_row(staff, made.number, locale).await?))
    }

    /// What the end of a promotion would do.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Conflict`] for one that is over.
    pub async fn preview_promotion_stop(&self, staff: &Staff, number: i64, locale: Locale) -> Result<PricesPreview> {
        let (guild, now) = (staff.guild.id, self.now());
        let read = async |tx: &mut Tx| {
            let found = reading::promotion(tx, guild, number).await?;
            if !found.state.is_live() {
                return Err(Error::Conflict("error-promo-over"));
            }
            let public = found.is_public() && found.state == PromotionState::Active;
            let changes = if public { effects::restored(tx, guild, &found.target, now).await? } else { Vec::new() };
            let items = names::names(tx, guild, of_items(&changes)).await?;
            let names = names::names(tx, guild, single([&found.target].into_iter())).await?;
            Ok((found, changes, items, names))
        };
        let (found, changes, items, names) = self.reading(&staff.actor, read).await?;
        let say = self.app.words.speak(locale);
        let called = self.called(staff, &[], locale).await;
        let shown = ShownStop { number, prices: of_prices(&changes) };
        Ok(PricesPreview {
            text: ending(&say, &found, &names, &called),
            token: self.sealed(staff, STOPS, &shown),
            prices: prices(&say, &changes, &items),
            warnings: Vec::new(),
        })
    }

    /// Stops the promotion whose end a preview showed.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a word that is none, or too old; whatever the command refuses.
    pub async fn stop_promotion(
        &self,
        staff: &Staff,
        (number, confirm): (i64, &str),
        (request, locale): (String, Locale),
    ) -> Result<Confirmed<PromotionRow>> {
        let shown: ShownStop = self.unsealed(staff, STOPS, confirm)?;
        if shown.number != number {
            return Err(Error::Conflict("error-offer-gone"));
        }
        let before = self.promotion_row(staff, number, locale).await?;
        // One that was stopped meanwhile stays so.
        if before.may.contains(&"stop") {
            let now = self.preview_promotion_stop(staff, number, locale).await?;
            let again: ShownStop = self.unsealed(staff, STOPS, &now.token)?;
            if again.prices != shown.prices {
                return Ok(Confirmed::Changed(now));
            }
        }
        let order = Order::new("promo_stop", request).with("promotion", Some(number));
        self.order(staff, order, locale).await?;
        Ok(Confirmed::Done(self.promotion_row(staff, number, locale).await?))
    }
}
