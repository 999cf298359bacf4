//! What operators change in the catalogue at the panel: the commands' orders under a page's own fields; and taking off sale and putting
//! back, which a page shows first.

use super::patch::{Patch, emptied, kept, kept_or};
use super::sure::Outcome;
use crate::commands::Order;
use crate::db::Tx;
use crate::domain::notifications::answers;
use crate::domain::shop::Period;
use crate::domain::shop::catalogue::plans::PlanPart;
use crate::domain::shop::catalogue::products::ProductPart;
use crate::domain::shop::catalogue::{Plan, Product};
use crate::kernel::{Error, Locale, Result};
use crate::panel::deeds::{Done, Preview, request};
use crate::panel::{Panel, Staff};
use serde::Deserialize;
use utoipa::ToSchema;

/// A plan as it is made.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = PanelNewPlan)]
pub struct NewPlan {
    /// Its name.
    pub name: Option<String>,
    /// What a month costs, as typed.
    pub month: Option<String>,
    /// What a year costs, as typed.
    pub year: Option<String>,
    /// What it brings, a line each.
    pub benefits: Option<String>,
    /// Days of its trial.
    pub trial_days: Option<i64>,
    /// The role that it gives: an id or a name.
    pub role: Option<String>,
    /// Which of two plans is more.
    pub level: Option<i64>,
}

/// A product as it is made.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = PanelNewProduct)]
pub struct NewProduct {
    /// Its name.
    pub name: Option<String>,
    /// What it hands over.
    pub kind: Option<String>,
    /// Its category.
    pub category: Option<String>,
    /// What it is.
    pub description: Option<String>,
    /// What one costs, as typed.
    pub price: Option<String>,
    /// The role that it gives: an id or a name.
    pub role: Option<String>,
    /// The plan whose days it gives: a code or a name.
    pub plan: Option<String>,
    /// For how many days its role or plan is held.
    pub days: Option<i64>,
}

/// A variant as it is made.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = PanelNewVariant)]
pub struct NewVariant {
    /// Its name.
    pub name: Option<String>,
    /// What one costs, as typed.
    pub price: Option<String>,
    /// Units in stock; nothing: no limit.
    pub stock: Option<i64>,
}

/// A stock as it is set.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = PanelNewStock)]
pub struct NewStock {
    /// The variant's code; nothing where there is only one.
    pub variant: Option<String>,
    /// Units left; nothing: no limit.
    pub stock: Option<i64>,
}

/// What a purchase hands over.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = PanelNewContent)]
pub struct NewContent {
    /// The text.
    pub text: Option<String>,
}

/// What is taken off sale, or put back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// A plan.
    Plan,
    /// A product.
    Product,
}

impl Thing {
    /// The option that names it.
    const fn option(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Product => "product",
        }
    }

    const fn command(self, back: bool) -> &'static str {
        match (self, back) {
            (Self::Plan, false) => "plan_remove",
            (Self::Plan, true) => "plan_back",
            (Self::Product, false) => "product_remove",
            (Self::Product, true) => "product_back",
        }
    }
}

fn plan_facts(plan: &Plan, holders: i64) -> Vec<String> {
    let price = |period: Period| format!("{:?}", plan.price(period).map(|price| price.minor()));
    let prices = Period::ALL.iter().copied().map(price);
    [plan.name.clone(), plan.archived.to_string(), holders.to_string()].into_iter().chain(prices).collect()
}

fn product_facts(product: &Product) -> Vec<String> {
    let sold = product.variants.iter().filter(|variant| !variant.archived);
    let prices = sold.map(|variant| format!("{} {:?}", variant.code, variant.price.map(|price| price.minor())));
    [product.name.clone(), product.archived.to_string()].into_iter().chain(prices).collect()
}

impl Panel {
    /// Carries out a command of the catalogue; of its answer the sentences count, since the page shows the rest itself.
    async fn changed(&self, staff: &Staff, order: Order, locale: Locale) -> Result<Done> {
        let mut reply = self.answered(staff, order, locale).await?;
        reply.cards.clear();
        Ok(Done { text: self.as_text(staff, &reply, locale).await })
    }

    /// Makes a plan.
    ///
    /// # Errors
    /// As `/plan_add`.
    pub async fn make_plan(&self, staff: &Staff, new: &NewPlan, (key, locale): (Option<&str>, Locale)) -> Result<Done> {
        let order = Order::new("plan_add", request(staff, "plans", key)).with("name", new.name.as_ref());
        let order = order.with("month_price", new.month.as_ref()).with("year_price", new.year.as_ref());
        let order = order.with("benefits", new.benefits.as_ref()).with("trial_days", new.trial_days);
        self.changed(staff, order.with("role", new.role.as_ref()).with("level", new.level), locale).await
    }

    /// Changes a plan.
    ///
    /// # Errors
    /// [`Error::NotFound`] for none of this guild's; [`Error::Argument`] for a field that can't be emptied; as `/plan_edit`.
    pub async fn edit_plan(&self, staff: &Staff, code: &str, patch: Patch, locale: Locale) -> Result<Done> {
        self.one_plan(staff, code).await?;
        let order = Order::new("plan_edit", request(staff, "", None)).with("plan", Some(code));
        let order = order.with("name", kept("name", patch.name)?).with("level", kept("level", patch.level)?);
        let mut words = Vec::new();
        let mut part = |part: PlanPart, value| kept_or(&mut words, part.as_str(), value);
        let (role, benefits) = (part(PlanPart::Role, patch.role), part(PlanPart::Benefits, patch.benefits));
        let year = part(PlanPart::YearPrice, patch.year);
        let order = order.with("role", role).with("benefits", benefits).with("emptied", emptied(&words));
        let order = order.with("trial_days", patch.trial_days.map(Option::unwrap_or_default));
        let order = order.with("month_price", kept("month_price", patch.month)?);
        self.changed(staff, order.with("year_price", year), locale).await
    }

    /// Makes a product.
    ///
    /// # Errors
    /// As `/product_add`.
    pub async fn make_product(
        &self,
        staff: &Staff,
        new: &NewProduct,
        (key, locale): (Option<&str>, Locale),
    ) -> Result<Done> {
        let order = Order::new("product_add", request(staff, "products", key)).with("name", new.name.as_ref());
        let order = order.with("kind", new.kind.as_ref()).with("price", new.price.as_ref());
        let order = order.with("about", new.description.as_ref()).with("product_category", new.category.as_ref());
        let order = order.with("role", new.role.as_ref()).with("plan", new.plan.as_ref()).with("days", new.days);
        self.changed(staff, order, locale).await
    }

    /// Changes a product.
    ///
    /// # Errors
    /// [`Error::NotFound`] for none of this guild's; [`Error::Argument`] for a field that can't be emptied; as `/product_edit`.
    pub async fn edit_product(&self, staff: &Staff, code: &str, patch: Patch, locale: Locale) -> Result<Done> {
        self.one_product(staff, code).await?;
        let order = Order::new("product_edit", request(staff, "", None)).with("product", Some(code));
        let order = order.with("name", kept("name", patch.name)?);
        let mut words = Vec::new();
        let category = kept_or(&mut words, ProductPart::Category.as_str(), patch.category);
        let about = kept_or(&mut words, ProductPart::About.as_str(), patch.description);
        let limit = kept_or(&mut words, ProductPart::MemberLimit.as_str(), patch.per_member);
        let order = order.with("product_category", category).with("about", about).with("emptied", emptied(&words));
        let order = order.with("variant", patch.variant).with("member_limit", limit);
        let order = order.with("role", kept("role", patch.role)?);
        self.changed(staff, order.with("price", kept("price", patch.price)?), locale).await
    }

    /// Adds a variant.
    ///
    /// # Errors
    /// [`Error::NotFound`] for none of this guild's products; as `/variant_add`.
    pub async fn add_variant(
        &self,
        staff: &Staff,
        (code, new): (&str, &NewVariant),
        (key, locale): (Option<&str>, Locale),
    ) -> Result<Done> {
        self.one_product(staff, code).await?;
        let request = request(staff, &format!("products/{code}/variants"), key);
        let order = Order::new("variant_add", request).with("product", Some(code)).with("name", new.name.as_ref());
        self.changed(staff, order.with("price", new.price.as_ref()).with("stock", new.stock), locale).await
    }

    /// Sets how many units are left.
    ///
    /// # Errors
    /// [`Error::NotFound`] for none of this guild's products; as `/product_stock`.
    pub async fn set_stock(&self, staff: &Staff, code: &str, new: &NewStock, locale: Locale) -> Result<Done> {
        self.one_product(staff, code).await?;
        let order = Order::new("product_stock", request(staff, "", None)).with("product", Some(code));
        let order = order.with("variant", new.variant.as_ref()).with("stock", new.stock);
        self.changed(staff, order.with("unlimited", new.stock.is_none().then_some("yes")), locale).await
    }

    /// Sets the text that a purchase hands over.
    ///
    /// # Errors
    /// [`Error::NotFound`] for none of this guild's products; as `/product_content`.
    pub async fn set_content(&self, staff: &Staff, code: &str, new: &NewContent, locale: Locale) -> Result<Done> {
        self.one_product(staff, code).await?;
        let order = Order::new("product_content", request(staff, "", None)).with("product", Some(code));
        self.changed(staff, order.with("content", new.text.as_ref()), locale).await
    }

    /// What would happen to what is taken off sale or put `back`, and the facts of it.
    async fn foreseen(
        &self,
        staff: &Staff,
        (thing, code, back): (Thing, &str, bool),
        locale: Locale,
    ) -> Result<(String, Vec<String>)> {
        let say = self.app.words.speak(locale);
        let (name, id, count, facts, refused) = match thing {
            Thing::Plan => {
                let (plan, holders) = self.one_plan(staff, code).await?;
                let refused = match (back, plan.archived) {
                    (false, _) if plan.is_free() => Some("error-shop-free-plan-stays"),
                    (false, true) => Some("error-shop-plan-removed"),
                    (true, false) => Some("panel-on-sale-already"),
                    (false, false) | (true, true) => None,
                };
                let id = if back { "panel-plan-restore" } else { "panel-plan-remove" };
                (plan.name.clone(), id, holders, plan_facts(&plan, holders), refused)
            }
            Thing::Product => {
                let product = self.one_product(staff, code).await?;
                let refused = match (back, product.archived) {
                    (true, _) if product.lacks().is_some() => Some("error-shop-draft"),
                    (false, true) => Some("error-shop-product-removed"),
                    (true, false) => Some("panel-on-sale-already"),
                    (false, false) | (true, true) => None,
                };
                let id = if back { "panel-product-restore" } else { "panel-product-remove" };
                (product.name.clone(), id, 0, product_facts(&product), refused)
            }
        };
        match refused {
            Some(why) => Err(Error::Conflict(why)),
            None => Ok((say.with(id, &[("name", (&name).into()), ("count", count.into())]), facts)),
        }
    }

    /// Shows what would happen to what is taken off sale, or put `back`.
    ///
    /// # Errors
    /// [`Error::NotFound`] for none of this guild's; [`Error::Conflict`] where it can't be.
    pub async fn removal(
        &self,
        staff: &Staff,
        (thing, code, back): (Thing, &str, bool),
        locale: Locale,
    ) -> Result<Preview> {
        let (text, facts) = self.foreseen(staff, (thing, code, back), locale).await?;
        let what = format!("{}/{code}", thing.command(back));
        Ok(self.shown(staff, (&what, text), &facts))
    }

    /// Takes it off sale, or puts it `back`, as a preview showed; a repeat of the same request does it once.
    ///
    /// # Errors
    /// As [`Panel::removal`]; as the command.
    pub async fn remove(
        &self,
        staff: &Staff,
        ((thing, code, back), word): ((Thing, &str, bool), &str),
        (key, locale): (Option<&str>, Locale),
    ) -> Result<Outcome> {
        let what = format!("{}/{code}", thing.command(back));
        let request = request(staff, &what, key);
        let (guild, user) = (staff.guild.id, staff.session.user);
        let before = async |tx: &mut Tx| answers::kept(tx, guild, user, &request).await;
        if let Some(mut reply) = self.reading(&staff.actor, before).await? {
            reply.cards.clear();
            return Ok(Outcome::Done(Done { text: self.as_text(staff, &reply, locale).await }));
        }
        let (text, facts) = self.foreseen(staff, (thing, code, back), locale).await?;
        if let Some(why) = self.objection(staff, (&what, word), &facts) {
            return Ok(Outcome::Unsure(why, self.shown(staff, (&what, text), &facts)));
        }
        let order = Order::new(thing.command(back), request).with(thing.option(), Some(code));
        let order = order.with("on_sale", back.then_some("yes"));
        self.changed(staff, order, locale).await.map(Outcome::Done)
    }
}
