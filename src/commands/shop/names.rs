//! What an option names of the catalogue, by its code or its name; each comes after `Cx::shop`.

use super::super::args::Args;
use super::super::dispatch::Cx;
use crate::domain::shop::catalogue::Code;
use crate::domain::shop::catalogue::names::{self, Shelves};
use crate::domain::shop::catalogue::reading::Eyes;
use crate::kernel::Result;

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
