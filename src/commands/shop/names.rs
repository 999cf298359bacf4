//! What an option names of the catalogue, by its code or its name; each comes after `Cx::shop`.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::errors;
use super::super::spec::Spec;
use crate::domain::shop::catalogue::Code;
use crate::domain::shop::catalogue::names::{self, Shelves};
use crate::domain::shop::catalogue::reading::{self, Eyes};
use crate::kernel::error::Problem;
use crate::kernel::words::Speech;
use crate::kernel::{Error, Result};

/// Most things of the same name that are listed.
const NAMESAKES: usize = 5;

/// The product that staff name.
pub(super) async fn product(cx: &mut Cx<'_>, args: &Args) -> Result<Code> {
    let typed = args.named("product")?.as_str();
    let guild = cx.guild.id;
    names::code(cx.tx()?, guild, Shelves::Products(Eyes::Staff), ("product", typed)).await
}

/// The variant of a product that staff name, where one is named.
pub(super) async fn variant_if(cx: &mut Cx<'_>, args: &Args, product: &Code) -> Result<Option<Code>> {
    let Some(typed) = args.named_if("variant") else { return Ok(None) };
    let guild = cx.guild.id;
    names::code(cx.tx()?, guild, Shelves::Variants(product), ("variant", typed.as_str())).await.map(Some)
}

/// The plan that staff name.
pub(super) async fn plan(cx: &mut Cx<'_>, args: &Args) -> Result<Code> {
    let typed = args.named("plan")?.as_str();
    let guild = cx.guild.id;
    names::code(cx.tx()?, guild, Shelves::Plans, ("plan", typed)).await
}

/// The plan that staff name, where one is named.
pub(super) async fn plan_if(cx: &mut Cx<'_>, args: &Args) -> Result<Option<Code>> {
    if args.named_if("plan").is_none() { Ok(None) } else { plan(cx, args).await.map(Some) }
}

/// Says who else bears a name, each kind in its own words; nothing where nobody does.
pub(super) fn taken(say: &Speech<'_>, kinds: [(Vec<names::Labelled>, &str); 2]) -> String {
    let mut text = String::new();
    for (others, id) in kinds.into_iter().filter(|(others, _)| !others.is_empty()) {
        let others = others.iter().take(NAMESAKES).map(names::Labelled::show).collect::<Vec<_>>().join(", ");
        text.push_str(&format!("\n{}", say.with(id, &[("others", (&others).into())])));
    }
    text
}

/// What somebody asked of a product; where its variant had to be named, they are, with what to type: `rest` stands behind it.
pub(super) async fn which<T>(
    cx: &mut Cx<'_>,
    asked: Result<T>,
    (spec, product): (&'static Spec, &Code),
    rest: &str,
) -> Result<T> {
    let Err(Error::Conflict("error-shop-which-variant")) = asked else { return asked };
    let (guild, now) = (cx.guild.id, cx.now);
    let (product, _) = reading::product(cx.tx()?, guild, Eyes::Staff, product, now).await?;
    let sold = || product.variants.iter().filter(|variant| !variant.archived);
    let label = |code: &Code, name: &str| names::Labelled { code: code.clone(), name: name.to_owned() }.show();
    let variants = sold().map(|variant| label(&variant.code, &variant.name)).collect();
    let one = sold().next_back().map(|variant| variant.code.to_string()).unwrap_or_default();
    let (command, option) = (errors::name(&cx.say, spec), cx.say.t("opt-variant-name"));
    let command = format!("!{command} {} {option}={one} {rest}", product.code).trim_end().to_owned();
    Err(Error::Argument { option: "variant", problem: Problem::WhichVariant { variants, command } })
}
