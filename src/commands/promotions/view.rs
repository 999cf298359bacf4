//! Looking at promotions, for operators: the list, and one with what it brought.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{OPERATOR, PROMOTION, cards, number};
use crate::commands::tickets::phrases::ago;
use crate::domain::promotions::{Promotion, reading};
use crate::kernel::Result;
use crate::kernel::reply::{Action, Button, Card, Reply};
use crate::kernel::text::plain;
use futures_util::FutureExt;

pub(super) static LIST: Spec = Spec {
    name: "promo_list",
    writes: false,
    options: &[Opt::optional("which", Type::Choice(&["live", "all"])), Opt::optional("promo_before", Type::Ticket)],
    run: |cx, args| list(cx, args).boxed(),
    ..OPERATOR
};

pub(super) static VIEW: Spec = Spec {
    name: "promo_view",
    writes: false,
    options: &[PROMOTION],
    run: |cx, args| view(cx, args).boxed(),
    suggest: Some(super::suggest),
    ..OPERATOR
};

async fn list(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (guild, all) = (cx.guild.id, args.choice("which") == Some("all"));
    let below = args.ticket("promo_before").unwrap_or(i64::MAX);
    let found = reading::list(cx.tx()?, guild, all, below).await?;
    let names = super::called(cx, found.iter().map(|one| &one.target)).await?;
    let mut card = Card::titled(cx.say.t(if all { "promo-list-all" } else { "promo-list" }));
    let line = |one: &Promotion| {
        let ends = ago(one.ended_at.unwrap_or(one.ends_at));
        format!("{} · {ends}", plain(&cards::line(&cx.say, one, &names)))
    };
    card.body = found.iter().map(line).collect::<Vec<_>>().join("\n");
    if found.is_empty() {
        card.body = cx.say.t("promo-list-none");
    }
    let mut reply = Reply::private("").card(card);
    let more = i64::try_from(found.len()).is_ok_and(|count| count >= reading::PAGE);
    if let Some(last) = found.last().filter(|_| more) {
        let which = if all { "all" } else { "live" };
        let older = Action::new("promo_list").with("which", which).with("promo_before", last.number);
        reply = reply.button(Button::new(cx.say.t("button-promo-older"), older).emoji("⬇️"));
    }
    for one in found.iter().take(4) {
        let label = cx.say.with("button-promo-number", &[("number", one.number.into())]);
        let view = Action::new("promo_view").with("promotion", one.number);
        reply = reply.button(Button::new(label, view).emoji("👁️"));
    }
    Ok(reply)
}

async fn view(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (guild, number) = (cx.guild.id, number(args)?);
    let promotion = super::found(reading::promotion(cx.tx()?, guild, number).await)?;
    let figures = reading::figures(cx.tx()?, guild, number).await?;
    let names = super::called(cx, [&promotion.target]).await?;
    let reply = Reply::private("")
        .card(cards::card(&cx.say, &promotion, &names))
        .card(cards::figures(&cx.say, &promotion, figures));
    Ok(if promotion.state.is_live() { reply.button(cards::stop_button(&cx.say, number)) } else { reply })
}
