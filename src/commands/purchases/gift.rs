//! Giving: another member gets what is bought; the buyer keeps the receipt and the price to himself.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::wish::{Asked, Wish};
use super::{CHANGES, buy, items};
use crate::app::App;
use crate::domain::shop::orders::shelf::OnSale;
use crate::domain::shop::roles::Unkept;
use crate::kernel::error::Problem;
use crate::kernel::reply::Reply;
use crate::kernel::text::plain;
use crate::kernel::{Error, GuildId, Result, UserId};
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

/// Whether somebody who was chosen is no member any more: he left, or was banned. Where Discord doesn't tell, it isn't known that
/// he is not, and what is given waits for him.
pub(super) async fn has_left(app: &App, guild: GuildId, user: UserId) -> bool {
    match app.roles.held(guild, user).await {
        Err(Unkept::Left) => true,
        Ok(_)
        | Err(
            Unkept::NoPermission
            | Unkept::TooLow
            | Unkept::NotByHand
            | Unkept::RoleGone
            | Unkept::NoAccess
            | Unkept::Later(_)
            | Unkept::Refused(_),
        ) => false,
    }
}

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
