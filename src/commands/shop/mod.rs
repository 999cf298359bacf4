//! The commands of the shop: what members look at, and how operators keep the catalogue.
//!
//! Each file holds a family. Who may do what is decided in `domain::shop`; here stands what is asked and what is said.
//! Buttons that buy name the command `buy` with an item of the catalogue.

pub(super) mod browse;
pub mod cards;
mod content;
mod list;
mod names;
mod offers;
pub mod phrases;
mod plans;
mod products;
pub(super) mod roles;
mod settings;
mod stock;

use super::args::Args;
use super::dispatch::Cx;
use super::spec::{Opt, Spec, Type};
use crate::domain::shop::catalogue::reading::{self, Among, Eyes};
use crate::domain::shop::catalogue::{Code, Step};
use crate::kernel::error::{Error, Problem};
use crate::kernel::text::shorten;
use crate::kernel::{Rank, Result};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

pub(super) static COMMANDS: &[&Spec] = &[
    &browse::SHOP,
    &plans::PLANS,
    &list::LIST,
    &products::ADD,
    &products::EDIT,
    &products::REMOVE,
    &products::VARIANT_ADD,
    &products::ROLE,
    &products::PLAN_DAYS,
    &products::BACK,
    &stock::STOCK,
    &stock::KEYS,
    &content::CONTENT,
    &offers::ADD,
    &offers::EDIT,
    &offers::REMOVE,
    &offers::BACK,
    &settings::SETTINGS,
];

/// Longest label of a suggestion (Discord, "Application Command Option Choice").
const LABEL_MAX: usize = 100;
/// Longest label of a button that names something of the catalogue.
const BUTTON_MAX: usize = 60;

/// What a command of the shop has unless it says otherwise: it changes nothing and answers in private, because what is on
/// show may depend on who looks.
const MEMBER: Spec = Spec { suggest: Some(suggest_shown), ..Spec::BASE };

/// The same for operators, who change the catalogue.
const OPERATOR: Spec = Spec { rank: Some(Rank::Operator), writes: true, suggest: Some(suggest_all), ..MEMBER };

/// The product that a command is about.
const PRODUCT: Opt = Opt::required("product", Type::Code).in_form();
/// The variant of it; it need not be named where there is only one.
const VARIANT: Opt = Opt::optional("variant", Type::Code);
/// The plan that a command is about.
const PLAN: Opt = Opt::required("plan", Type::Code).in_form();
const YES: Type = Type::Choice(&["yes"]);

fn step(cx: &Cx<'_>) -> Step {
    Step { guild: cx.guild.id, now: cx.now }
}

/// A checked text of the catalogue from an option.
fn read<T>(option: &'static str, read: Result<T, Problem>) -> Result<T> {
    read.map_err(|problem| Error::Argument { option, problem })
}

/// A whole number from an option, in the database's smaller type.
fn small(args: &Args, option: &str) -> Option<i32> {
    args.int(option).and_then(|number| i32::try_from(number).ok())
}

/// Labels with values.
type Suggestions<'a> = BoxFuture<'a, Result<Vec<(String, String)>>>;

/// Suggests what is on show for the person.
fn suggest_shown<'a>(cx: &'a mut Cx<'_>, option: &'a str, typed: &'a str) -> Suggestions<'a> {
    let eyes = Eyes::Buyer(cx.roles);
    suggest(cx, option, typed, eyes).boxed()
}

/// Suggests everything of the catalogue.
fn suggest_all<'a>(cx: &'a mut Cx<'_>, option: &'a str, typed: &'a str) -> Suggestions<'a> {
    let eyes = if cx.actor.is_staff() { Eyes::Staff } else { Eyes::Buyer(cx.roles) };
    suggest(cx, option, typed, eyes).boxed()
}

async fn suggest(cx: &mut Cx<'_>, option: &str, typed: &str, eyes: Eyes<'_>) -> Result<Vec<(String, String)>> {
    let among = match option {
        "product" => Among::Products(eyes),
        "plan" => Among::Plans,
        "variant" => Among::Variants,
        _ => return Ok(Vec::new()),
    };
    let guild = cx.guild.id;
    let found = reading::suggest(cx.tx()?, guild, among, typed).await?;
    Ok(found.into_iter().map(|(code, name)| (label(&code, &name), code.to_string())).collect())
}

fn label(code: &Code, name: &str) -> String {
    if name == code.as_str() { name.to_owned() } else { shorten(&format!("{name} ({code})"), LABEL_MAX) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::refused;

    #[test]
    fn what_the_domain_refuses_has_words() {
        let sources = concat!(
            include_str!("../../domain/shop/catalogue/plans.rs"),
            include_str!("../../domain/shop/catalogue/price.rs"),
            include_str!("../../domain/shop/catalogue/products.rs"),
            include_str!("../../domain/shop/catalogue/keys.rs"),
            include_str!("../../domain/shop/catalogue/stock.rs"),
            include_str!("../../domain/shop/catalogue/shop.rs"),
            include_str!("content.rs"),
            include_str!("products.rs"),
            include_str!("roles.rs"),
            include_str!("stock.rs"),
        );
        refused::have_words(sources, &[], 15);
    }

    #[test]
    fn whoever_is_no_operator_only_looks() {
        for spec in COMMANDS {
            assert_eq!(spec.writes, spec.rank == Some(Rank::Operator), "{}", spec.name);
        }
    }
}
