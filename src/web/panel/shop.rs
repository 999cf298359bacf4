//! The routes of the catalogue and of the shop's figures.

use super::asked::{Staff, json};
use super::buyers::beside;
use super::refused::Refused;
use super::table::{Row, Run, row, shape};
use crate::kernel::Result as Outcome;
use crate::panel::deeds::{Done, Preview};
use crate::panel::shop::{
    self, KeysAdded, NewContent, NewKeys, NewPlan, NewProduct, NewStock, NewVariant, Offered, Patch, PlanRows,
    ProductRows, ShopFigures, SieveAsked, Sure, Thing,
};
use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use futures_util::FutureExt;
use serde::Deserialize;

/// The largest paste of keys, in bytes: a thousand of the longest, of letters of two bytes each.
const KEYS: usize = 1 << 20;

/// They.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("GET", "/api/admin/guilds/{guild}/shop/overview", "The figures of the shop", Run::Operator(|staff| overview(staff).boxed_local())).gives(shape::<ShopFigures>()).query(&["days"]),
    row("GET", "/api/admin/guilds/{guild}/offered", "The roles and channels that a form offers to choose from", Run::Operator(|staff| offered(staff).boxed_local())).gives(shape::<Offered>()),
    row("GET", "/api/admin/guilds/{guild}/plans", "The plans", Run::Operator(|staff| plans(staff).boxed_local())).gives(shape::<PlanRows>()),
    row("POST", "/api/admin/guilds/{guild}/plans", "Makes a plan", Run::Operator(|staff| make_plan(staff).boxed_local())).takes(shape::<NewPlan>()).creates(shape::<Done>()),
    row("PATCH", "/api/admin/guilds/{guild}/plans/{code}", "Changes a plan", Run::Operator(|staff| edit_plan(staff).boxed_local())).takes(shape::<Patch>()).gives(shape::<Done>()),
    row("POST", "/api/admin/guilds/{guild}/plans/{code}/remove/preview", "What taking a plan off sale would do", Run::Operator(|staff| removal(staff, Thing::Plan, false).boxed_local())).gives(shape::<Preview>()),
    row("POST", "/api/admin/guilds/{guild}/plans/{code}/remove", "Takes a plan off sale", Run::Operator(|staff| remove(staff, Thing::Plan, false).boxed_local())).takes(shape::<Sure>()).gives(shape::<Done>()),
    row("POST", "/api/admin/guilds/{guild}/plans/{code}/restore/preview", "What putting a plan back on sale would do", Run::Operator(|staff| removal(staff, Thing::Plan, true).boxed_local())).gives(shape::<Preview>()),
    row("POST", "/api/admin/guilds/{guild}/plans/{code}/restore", "Puts a plan back on sale", Run::Operator(|staff| remove(staff, Thing::Plan, true).boxed_local())).takes(shape::<Sure>()).gives(shape::<Done>()),
    row("GET", "/api/admin/guilds/{guild}/products", "A page of products", Run::Operator(|staff| products(staff).boxed_local())).gives(shape::<ProductRows>()).query(&["q", "kind", "code", "limit", "cursor"]),
    row("POST", "/api/admin/guilds/{guild}/products", "Makes a product", Run::Operator(|staff| make_product(staff).boxed_local())).takes(shape::<NewProduct>()).creates(shape::<Done>()),
    row("PATCH", "/api/admin/guilds/{guild}/products/{code}", "Changes a product", Run::Operator(|staff| edit_product(staff).boxed_local())).takes(shape::<Patch>()).gives(shape::<Done>()),
    row("POST", "/api/admin/guilds/{guild}/products/{code}/remove/preview", "What taking a product off sale would do", Run::Operator(|staff| removal(staff, Thing::Product, false).boxed_local())).gives(shape::<Preview>()),
    row("POST", "/api/admin/guilds/{guild}/products/{code}/remove", "Takes a product off sale", Run::Operator(|staff| remove(staff, Thing::Product, false).boxed_local())).takes(shape::<Sure>()).gives(shape::<Done>()),
    row("POST", "/api/admin/guilds/{guild}/products/{code}/restore/preview", "What putting a product back on sale would do", Run::Operator(|staff| removal(staff, Thing::Product, true).boxed_local())).gives(shape::<Preview>()),
    row("POST", "/api/admin/guilds/{guild}/products/{code}/restore", "Puts a product back on sale", Run::Operator(|staff| remove(staff, Thing::Product, true).boxed_local())).takes(shape::<Sure>()).gives(shape::<Done>()),
    row("POST", "/api/admin/guilds/{guild}/products/{code}/variants", "Adds a variant to a product", Run::Operator(|staff| add_variant(staff).boxed_local())).takes(shape::<NewVariant>()).creates(shape::<Done>()),
    row("PATCH", "/api/admin/guilds/{guild}/products/{code}/stock", "Sets how many units are left", Run::Operator(|staff| set_stock(staff).boxed_local())).takes(shape::<NewStock>()).gives(shape::<Done>()),
    row("PUT", "/api/admin/guilds/{guild}/products/{code}/content", "Sets the text that a product hands over", Run::Operator(|staff| set_content(staff).boxed_local())).takes(shape::<NewContent>()).gives(shape::<Done>()),
    row("POST", "/api/admin/guilds/{guild}/products/{code}/keys", "Adds keys to a product", Run::Operator(|staff| add_keys(staff).boxed_local())).takes(shape::<NewKeys>()).gives(shape::<KeysAdded>()).up_to(KEYS),
];

#[derive(Deserialize, Default)]
#[serde(default)]
struct Days {
    days: String,
}

const PLAN: &[(&str, &str)] = &[("month_price", "month"), ("year_price", "year")];
const PRODUCT: &[(&str, &str)] =
    &[("about", "description"), ("product_category", "category"), ("member_limit", "per_member")];

const CONTENT: &[(&str, &str)] = &[("content", "text")];

fn made(done: Outcome<Done>, fields: &'static [(&'static str, &'static str)]) -> Result<HttpResponse, Refused> {
    let done = done.map_err(beside(fields))?;
    Ok(HttpResponse::Created().insert_header((CACHE_CONTROL, "no-store")).json(done))
}

fn changed(done: Outcome<Done>, fields: &'static [(&'static str, &'static str)]) -> Result<HttpResponse, Refused> {
    json(&done.map_err(beside(fields))?)
}

async fn overview(staff: Staff) -> Result<HttpResponse, Refused> {
    let Days { days } = staff.asked.query()?;
    json(&staff.asked.panel().shop_overview(&staff.staff, &days, staff.asked.locale).await?)
}

async fn offered(staff: Staff) -> Result<HttpResponse, Refused> {
    json(&staff.asked.panel().offered(&staff.staff).await)
}

async fn plans(staff: Staff) -> Result<HttpResponse, Refused> {
    json(&staff.asked.panel().plans(&staff.staff).await?)
}

async fn make_plan(staff: Staff) -> Result<HttpResponse, Refused> {
    let asked = &staff.asked;
    let (new, key): (NewPlan, _) = (asked.body()?, asked.key()?);
    made(asked.panel().make_plan(&staff.staff, &new, (key.as_deref(), asked.locale)).await, PLAN)
}

async fn edit_plan(staff: Staff) -> Result<HttpResponse, Refused> {
    let asked = &staff.asked;
    let patch: Patch = asked.body()?;
    changed(asked.panel().edit_plan(&staff.staff, asked.part("code"), patch, asked.locale).await, PLAN)
}

async fn products(staff: Staff) -> Result<HttpResponse, Refused> {
    let asked: SieveAsked = staff.asked.query()?;
    json(&staff.asked.panel().products(&staff.staff, &asked, staff.asked.locale).await?)
}

async fn make_product(staff: Staff) -> Result<HttpResponse, Refused> {
    let asked = &staff.asked;
    let (new, key): (NewProduct, _) = (asked.body()?, asked.key()?);
    made(asked.panel().make_product(&staff.staff, &new, (key.as_deref(), asked.locale)).await, PRODUCT)
}

async fn edit_product(staff: Staff) -> Result<HttpResponse, Refused> {
    let asked = &staff.asked;
    let patch: Patch = asked.body()?;
    changed(asked.panel().edit_product(&staff.staff, asked.part("code"), patch, asked.locale).await, PRODUCT)
}

async fn add_variant(staff: Staff) -> Result<HttpResponse, Refused> {
    let asked = &staff.asked;
    let (new, key): (NewVariant, _) = (asked.body()?, asked.key()?);
    let of = (asked.part("code"), &new);
    made(asked.panel().add_variant(&staff.staff, of, (key.as_deref(), asked.locale)).await, PRODUCT)
}

async fn set_stock(staff: Staff) -> Result<HttpResponse, Refused> {
    let asked = &staff.asked;
    let new: NewStock = asked.body()?;
    changed(asked.panel().set_stock(&staff.staff, asked.part("code"), &new, asked.locale).await, PRODUCT)
}

async fn set_content(staff: Staff) -> Result<HttpResponse, Refused> {
    let asked = &staff.asked;
    let new: NewContent = asked.body()?;
    changed(asked.panel().set_content(&staff.staff, asked.part("code"), &new, asked.locale).await, CONTENT)
}

async fn add_keys(staff: Staff) -> Result<HttpResponse, Refused> {
    let asked = &staff.asked;
    let (new, key): (NewKeys, _) = (asked.body()?, asked.key()?);
    json(&asked.panel().add_keys(&staff.staff, asked.part("code"), &new, key.as_deref()).await?)
}

async fn removal(staff: Staff, thing: Thing, back: bool) -> Result<HttpResponse, Refused> {
    let asked = &staff.asked;
    json(&asked.panel().removal(&staff.staff, (thing, asked.part("code"), back), asked.locale).await?)
}

async fn remove(staff: Staff, thing: Thing, back: bool) -> Result<HttpResponse, Refused> {
    let asked = &staff.asked;
    let (Sure { confirm }, key) = (asked.body()?, asked.key()?);
    let what = ((thing, asked.part("code"), back), confirm.as_str());
    match asked.panel().remove(&staff.staff, what, (key.as_deref(), asked.locale)).await? {
        shop::Outcome::Done(done) => json(&done),
        shop::Outcome::Unsure(word, preview) => Err(Refused::Unconfirmed(word, preview)),
    }
}
