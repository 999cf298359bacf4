//! The buttons by which members enter and leave.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{MEMBER, called, cards, end, payments, why};
use crate::domain::giveaways::entering::{self, Entered, Entrant};
use crate::kernel::Result;
use crate::kernel::reply::Reply;
use crate::kernel::text::plain;
use futures_util::FutureExt;

const GIVEAWAY: Opt = Opt::required("giveaway", Type::Giveaway);

pub(super) static ENTER: Spec = Spec {
    name: "giveaway_enter",
    hidden: true,
    crowd: true,
    options: &[GIVEAWAY],
    run: |cx, args| enter(cx, args).boxed(),
    ..MEMBER
};

pub(super) static LEAVE: Spec = Spec {
    name: "giveaway_leave",
    hidden: true,
    crowd: true,
    options: &[GIVEAWAY],
    run: |cx, args| leave(cx, args).boxed(),
    ..MEMBER
};

async fn enter(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (guild, number, now) = (cx.guild.id, args.giveaway("giveaway")?, cx.now);
    let who = Entrant { user: cx.user, roles: cx.roles.to_vec(), joined_at: cx.joined_at };
    let mut tx = payments(cx).await?;
    let entered = entering::enter(&mut tx, guild, number, who, now).await;
    match end(tx, entered).await? {
        Entered::In { giveaway, before, weight, chance } => {
            let (chance, title) = (cards::percent(&cx.say, chance), plain(&giveaway.title));
            let id = if before { "giveaway-in-before" } else { "giveaway-in" };
            let args = [("title", (&title).into()), ("chance", (&chance).into()), ("weight", i64::from(weight).into())];
            Ok(Reply::private(cx.say.with(id, &args)).button(cards::leave_button(&cx.say, number)))
        }
        Entered::Refused(giveaway, refusal) => {
            let mut tx = payments(cx).await?;
            let names = called(&mut tx, &[giveaway.as_ref()]).await?;
            tx.end().await?;
            Ok(Reply::private(why::refused(&cx.say, &refusal, &names)))
        }
    }
}

async fn leave(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (guild, number, now) = (cx.guild.id, args.giveaway("giveaway")?, cx.now);
    let mut tx = payments(cx).await?;
    let left = entering::leave(&mut tx, guild, number, cx.user, now).await;
    let (giveaway, gone) = end(tx, left).await?;
    let title = plain(&giveaway.title);
    let id = if gone { "giveaway-left" } else { "giveaway-left-before" };
    let reply = Reply::private(cx.say.with(id, &[("title", (&title).into())]));
    Ok(reply.button(cards::enter_button(&cx.say, number)))
}
