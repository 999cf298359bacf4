//! The giveaways that run, with one's own chance and an Enter button each.

use super::super::args::Args;
use super::super::call::Way;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{MEMBER, called, cards, own, payments};
use crate::domain::giveaways::{Giveaway, State, chance, entering, reading};
use crate::kernel::Result;
use crate::kernel::reply::{Action, Button, Card, Reply};
use crate::kernel::text::shorten;
use futures_util::FutureExt;

/// The most pages that can be asked for.
const PAGES_MAX: i64 = 100;
/// Longest description in the list: five cards are to fit one message.
const BODY_MAX: usize = 200;

pub(super) static LIST: Spec = Spec {
    name: "giveaway",
    options: &[Opt::optional("page", Type::Int(1, PAGES_MAX))],
    run: |cx, args| list(cx, args).boxed(),
    ..MEMBER
};

async fn list(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let asked = args.int("page");
    let (guild, user, staff) = (cx.guild.id, cx.user, cx.actor.is_staff());
    let mut tx = own(cx).await?;
    let page = reading::running(&mut tx, guild, staff, asked.unwrap_or(1)).await?;
    let found = &page.giveaways;
    let names = called(&mut tx, &found.iter().collect::<Vec<_>>()).await?;
    let mut weights = Vec::new();
    for one in found {
        weights.push(reading::weight_of(&mut tx, guild, one.number, user).await?);
    }
    tx.end().await?;
    if found.is_empty() {
        let id = if staff { "giveaway-list-none-staff" } else { "giveaway-list-none" };
        return Ok(Reply::private("").card(Card { body: cx.say.t(id), ..Card::titled(cx.say.t("giveaway-list")) }));
    }
    // How many others take part is no secret; who is, is.
    let mut tx = payments(cx).await?;
    let mut crowds = Vec::new();
    for one in found {
        crowds.push(entering::crowd(&mut tx, guild, one.number).await?);
    }
    tx.end().await?;
    let mut reply = Reply::private("");
    if page.pages > 1 {
        let args = [("page", page.page.into()), ("pages", page.pages.into()), ("all", page.all.into())];
        reply.text = cx.say.with("giveaway-list-page", &args);
    }
    for ((one, weight), crowd) in found.iter().zip(weights).zip(crowds) {
        reply = reply.card(own_card(cx, one, (weight, crowd), &names));
        if one.state == State::Open && one.ends_at > cx.now {
            let button = match weight {
                Some(_) => cards::leave_button(&cx.say, one.number),
                None => cards::enter_button(&cx.say, one.number),
            };
            reply = reply.button(Button { label: format!("{} #{}", button.label, one.number), ..button });
        }
    }
    let turn = |page: i64| Action::new("giveaway").with("page", page);
    if page.page > 1 {
        reply = reply.button(Button::new(cx.say.t("button-page-before"), turn(page.page - 1)).emoji("◀️"));
    }
    if page.page < page.pages {
        reply = reply.button(Button::new(cx.say.t("button-page-after"), turn(page.page + 1)).emoji("▶️"));
    }
    // Only the list's own buttons name a page: the message that is replaced is this list.
    reply.replaces = cx.way == Way::Button && asked.is_some();
    Ok(reply)
}

fn own_card(
    cx: &Cx<'_>,
    one: &Giveaway,
    (weight, crowd): (Option<u32>, (u64, u64)),
    names: &crate::domain::shop::catalogue::names::Names,
) -> Card {
    let mut card = cards::card(&cx.say, one, crowd.0, names);
    card.body = shorten(&card.body, BODY_MAX);
    let own = match weight {
        Some(weight) => {
            let chance = cards::percent(&cx.say, chance(weight, crowd, one.winners));
            cx.say.with("giveaway-own-chance", &[("chance", (&chance).into()), ("weight", i64::from(weight).into())])
        }
        None => cx.say.t("giveaway-own-none"),
    };
    card.field(cx.say.t("giveaway-field-own"), own, false)
}
