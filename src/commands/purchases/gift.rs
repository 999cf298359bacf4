//! Giving: another member gets what is bought; the buyer keeps the receipt and the price to himself.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::wish::{Asked, Wish};
use super::{CHANGES, buy, items};
use crate::domain::shop::orders::shelf::OnSale;
use crate::kernel::error::Problem;
use crate::kernel::reply::Reply;
use crate::kernel::text::plain;
use crate::kernel::{Error, Result};
use futures_util::FutureExt;

/// Most things of one name that are listed.
const CANDIDATES: usize = 10;

pub(super) static GIFT: Spec = Spec {
    name: "gift",
    options: &[
        Opt::required("member", Type::User),
        Opt::required("item", Type::Line),
        buy::QUANTITY,
        Opt::optional("code", Type::PromoCode),
    ],
    run: |cx, args| gift(cx, args).boxed(),
    suggest: Some(items::suggest),
    ..CHANGES
};

async fn gift(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    // Discord tells of members alone; whom it doesn't tell of is none.
    let person = args.person("member").ok_or(Error::Conflict("error-gift-not-member"))?;
    if person.bot {
        return Err(Error::Conflict("error-gift-bot"));
    }
    match Wish::asked(cx, args, Some(person.user)).await? {
        Asked::Wish(wish) => buy::offered(cx, &wish, None).await,
        Asked::Which(all) => {
            let shown = |one: &OnSale| format!("{} : `{}`", plain(&items::apart(&cx.say, one)), one.item.name());
            let candidates = all.iter().take(CANDIDATES).map(shown).collect();
            Err(Error::Argument { option: "item", problem: Problem::Ambiguous { candidates } })
        }
        Asked::OneOf(_, nearest) => Err(Error::Argument { option: "item", problem: Problem::NotKnown { nearest } }),
    }
}
