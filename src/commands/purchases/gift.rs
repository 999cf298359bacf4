//! Giving: another member gets what is bought; the buyer keeps the receipt and the price to himself.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::wish::{Asked, Wish};
use super::{CHANGES, LOOKS, buy, items};
use crate::domain::shop::orders::shelf::{self, OnSale};
use crate::kernel::error::Problem;
use crate::kernel::reply::{Card, Reply};
use crate::kernel::text::plain;
use crate::kernel::{Error, Result};
use futures_util::FutureExt;

/// Most things of one name that are listed.
const CANDIDATES: usize = 10;
/// Most things to give that are listed.
const CHOICES: usize = 20;

pub(super) static GIFT: Spec = Spec {
    name: "gift",
    // Who says only that he wants to give is shown what there is, and how.
    bare: Some("gift_choice"),
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

/// What there is to give, for who doesn't say it: a message's buttons can't ask for a member, so it says how.
pub(super) static CHOICE: Spec = Spec { name: "gift_choice", hidden: true, run: |cx, _| choice(cx).boxed(), ..LOOKS };

async fn choice(cx: &mut Cx<'_>) -> Result<Reply> {
    let (guild, roles, say) = (cx.guild.id, cx.roles, cx.say);
    cx.shop().await?;
    let all = shelf::on_sale(cx.tx()?, guild, roles).await?;
    let on_sale: Vec<&OnSale> =
        all.iter().filter(items::may_be_bought).filter(|one| one.role_stuck.is_none()).take(CHOICES).collect();
    let Some(first) = on_sale.first() else { return Ok(Reply::private(say.t("shop-empty"))) };
    let name = |one: &OnSale| plain(&items::title(&say, &one.item, &one.title));
    let lines: Vec<String> =
        on_sale.iter().map(|one| format!("• {} · {}", name(one), one.unit.show(say.locale))).collect();
    let how = say.with("gift-how", &[("item", (&plain(&first.title)).into())]);
    let mut card = Card::titled(say.t("gift-choice"));
    card.body = lines.join("\n");
    Ok(Reply::private(how).card(card))
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
