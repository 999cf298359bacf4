//! The giveaways that run, with one's own chance and an Enter button each.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::Spec;
use super::{MEMBER, called, cards, own, payments};
use crate::domain::giveaways::{Giveaway, State, chance, entering, reading};
use crate::kernel::Result;
use crate::kernel::reply::{Card, Reply};
use futures_util::FutureExt;

pub(super) static LIST: Spec = Spec { name: "giveaway", run: |cx, args| list(cx, args).boxed(), ..MEMBER };

async fn list(cx: &mut Cx<'_>, _: &Args) -> Result<Reply> {
    let (guild, user, staff) = (cx.guild.id, cx.user, cx.actor.is_staff());
    let mut tx = own(cx).await?;
    let found = reading::running(&mut tx, guild, staff).await?;
    let names = called(&mut tx, &found.iter().collect::<Vec<_>>()).await?;
    let mut weights = Vec::new();
    for one in &found {
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
    for one in &found {
        crowds.push(entering::crowd(&mut tx, guild, one.number).await?);
    }
    tx.end().await?;
    let mut reply = Reply::private("");
    for ((one, weight), crowd) in found.iter().zip(weights).zip(crowds) {
        reply = reply.card(own_card(cx, one, (weight, crowd), &names));
        if one.state == State::Open && one.ends_at > cx.now {
            let button = match weight {
                Some(_) => cards::leave_button(&cx.say, one.number),
                None => cards::enter_button(&cx.say, one.number),
            };
            reply = reply
                .button(crate::kernel::reply::Button { label: format!("{} #{}", button.label, one.number), ..button });
        }
    }
    Ok(reply)
}

fn own_card(
    cx: &Cx<'_>,
    one: &Giveaway,
    (weight, crowd): (Option<u32>, (u64, u64)),
    names: &crate::domain::shop::catalogue::names::Names,
) -> Card {
    let card = cards::card(&cx.say, one, crowd.0, names);
    let own = match weight {
        Some(weight) => {
            let chance = cards::percent(&cx.say, chance(weight, crowd, one.winners));
            cx.say.with("giveaway-own-chance", &[("chance", (&chance).into()), ("weight", i64::from(weight).into())])
        }
        None => cx.say.t("giveaway-own-none"),
    };
    card.field(cx.say.t("giveaway-field-own"), own, false)
}
