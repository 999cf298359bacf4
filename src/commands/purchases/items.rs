//! Items as people name them: by the catalogue's name, as buttons and suggestions bring it, or by the name that they read. The
//! bare name of a product with variants leaves one of them to be chosen, and so does a name that several things bear.

use super::super::dispatch::Cx;
use crate::domain::shop::Period;
use crate::domain::shop::catalogue::Code;
use crate::domain::shop::catalogue::names::{self, Meant, Shelves};
use crate::domain::shop::catalogue::reading::Eyes;
use crate::domain::shop::orders::Item;
use crate::domain::shop::orders::shelf::{self, OnSale};
use crate::kernel::error::Problem;
use crate::kernel::text::{folded, shorten};
use crate::kernel::words::Speech;
use crate::kernel::{Error, Result};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use std::collections::BTreeSet;

/// Most suggestions, and longest label of one (Discord, "Application Command Option Choice").
pub(super) const SUGGESTIONS: usize = 25;
pub(super) const LABEL_MAX: usize = 100;
/// Names that are shown where none was meant.
const NEAREST: usize = 5;

/// The name of an item as people read it, with its period where it has one.
pub(super) fn title(say: &Speech<'_>, item: &Item, title: &str) -> String {
    match item {
        Item::Plan { period, .. } => with_period(say, Some(*period), title),
        Item::Product { .. } => title.to_owned(),
    }
}

/// A name with its period, where it has one.
pub(super) fn with_period(say: &Speech<'_>, period: Option<Period>, title: &str) -> String {
    match period {
        Some(Period::Month) => format!("{title} · {}", say.t("buy-monthly")),
        Some(Period::Year) => format!("{title} · {}", say.t("buy-yearly")),
        None => title.to_owned(),
    }
}

/// What somebody means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    /// This item.
    Item(Item),
    /// One of the variants of a product, which have these names.
    OneOf(Code, Vec<String>),
    /// One of several things that bear one name.
    Which(Vec<OnSale>),
}

/// One of several things of the same name, told apart by its price and its code.
pub(super) fn apart(say: &Speech<'_>, one: &OnSale) -> String {
    let name = title(say, &one.item, &one.title);
    let (Item::Plan { code, .. } | Item::Product { code, .. }) = &one.item;
    format!("{name} ({code}) · {}", one.unit.show(say.locale))
}

/// The things among which a name that several bear leaves the choice; none where it means one thing.
fn namesakes(all: &[OnSale], called: &[&OnSale], meant: &Meant) -> Vec<OnSale> {
    let product = |one: &OnSale| match &one.item {
        Item::Product { code, .. } => Some(code.clone()),
        Item::Plan { .. } => None,
    };
    let thing = |one: &OnSale| one.item.provider_item().splitn(3, '/').take(2).collect::<Vec<_>>().join("/");
    let several = match meant {
        Meant::Several(products) => products.iter().map(|one| one.code.to_string()).collect(),
        Meant::One(product) => vec![product.to_string()],
        Meant::Nothing(_) => Vec::new(),
    };
    // What can't be had is no choice.
    let is_meant = |one: &&OnSale| {
        one.role_stuck.is_none() && (called.contains(one) || product(one).is_some_and(|code| several.contains(&code)))
    };
    let mut found: Vec<OnSale> = all.iter().filter(is_meant).cloned().collect();
    found.sort_by_key(|one| one.unit.minor());
    let things: BTreeSet<String> = found.iter().map(thing).collect();
    if things.len() > 1 { found } else { Vec::new() }
}

/// What somebody means by a name.
///
/// # Errors
/// [`Error::Argument`] with the nearest names where it is nothing.
pub(super) async fn named(cx: &mut Cx<'_>, typed: &str) -> Result<Named> {
    if let Some(item) = Item::from_name(typed.trim()) {
        return Ok(Named::Item(item));
    }
    let mut tx = super::own(cx).await?;
    let all = shelf::on_sale(&mut tx, cx.guild.id, cx.roles).await?;
    let meant = names::meant(&mut tx, cx.guild.id, Shelves::Products(Eyes::Buyer(cx.roles)), typed).await?;
    tx.end().await?;
    let wanted = folded(typed);
    let called =
        |one: &&OnSale| folded(&one.title) == wanted || folded(&title(&cx.say, &one.item, &one.title)) == wanted;
    let called: Vec<&OnSale> = all.iter().filter(called).collect();
    let several = namesakes(&all, &called, &meant);
    if !several.is_empty() {
        return Ok(Named::Which(several));
    }
    // A plan's bare name means its month, which comes first by price.
    if let Some(one) = called.iter().find(|one| one.role_stuck.is_none()).or(called.first()) {
        return Ok(Named::Item(one.item.clone()));
    }
    if let Meant::One(product) = meant {
        let of_it = |one: &&OnSale| matches!(&one.item, Item::Product { code, .. } if *code == product.as_str());
        let variants: Vec<&OnSale> = all.iter().filter(of_it).collect();
        match variants.as_slice() {
            [] => {}
            [only] => return Ok(Named::Item(only.item.clone())),
            several => return Ok(Named::OneOf(product, several.iter().map(|one| one.title.clone()).collect())),
        }
    }
    let mut nearest: Vec<String> =
        fitting(&cx.say, &all, typed).map(|one| title(&cx.say, &one.item, &one.title)).collect();
    nearest.truncate(NEAREST);
    Err(Error::Argument { option: "item", problem: Problem::NotKnown { nearest } })
}

/// Whether it can be bought: everybody has the free plan, and nobody orders it.
pub(super) fn may_be_bought(one: &&OnSale) -> bool {
    !(matches!(one.item, Item::Plan { .. }) && one.unit.is_zero())
}

/// What can be had whose name holds what was typed.
fn fitting<'a>(say: &'a Speech<'a>, all: &'a [OnSale], typed: &str) -> impl Iterator<Item = &'a OnSale> {
    let typed = folded(typed.trim());
    all.iter()
        .filter(move |one| one.role_stuck.is_none() && folded(&title(say, &one.item, &one.title)).contains(&typed))
}

/// Suggests what is on sale for the option `item`.
pub(super) fn suggest<'a>(
    cx: &'a mut Cx<'_>,
    option: &'a str,
    typed: &'a str,
) -> BoxFuture<'a, Result<Vec<(String, String)>>> {
    suggested(cx, option, typed).boxed()
}

async fn suggested(cx: &mut Cx<'_>, option: &str, typed: &str) -> Result<Vec<(String, String)>> {
    if option != "item" {
        return Ok(Vec::new());
    }
    let (guild, roles, say) = (cx.guild.id, cx.roles, cx.say);
    cx.shop().await?;
    let all = shelf::on_sale(cx.tx()?, guild, roles).await?;
    let label = |one: &OnSale| {
        shorten(&format!("{} · {}", title(&say, &one.item, &one.title), one.unit.show(say.locale)), LABEL_MAX)
    };
    Ok(fitting(&say, &all, typed)
        .filter(may_be_bought)
        .take(SUGGESTIONS)
        .map(|one| (label(one), one.item.name()))
        .collect())
}
