//! What members do with promotions: check a code, recommend the shop, choose whether to be reminded.
//!
//! Codes are read and written as the *payments* duty, in a transaction of their own that does the same when it is repeated.

use super::super::args::Args;
use super::super::call::Way;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{MEMBER, cards};
use crate::app::App;
use crate::domain::promotions::{self, Candidate, PromoCode, Refusal, Target, credits, referrals, reminders};
use crate::kernel::error::{Context, Problem};
use crate::kernel::reply::{Action, Button, Card, Reply, Style};
use crate::kernel::text::plain;
use crate::kernel::{Actor, Error, GuildId, Money, Result, System, UserId};
use futures_util::FutureExt;
use jiff::Timestamp;
use std::collections::BTreeSet;

pub(super) static REDEEM: Spec = Spec {
    name: "redeem",
    options: &[Opt::required("promo_code", Type::PromoCode).in_form()],
    run: |cx, args| redeem(cx, args).boxed(),
    ..MEMBER
};

pub(super) static REFERRAL: Spec =
    Spec { name: "referral", writes: false, run: |cx, args| referral(cx, args).boxed(), ..MEMBER };

pub(super) static REMINDERS: Spec = Spec {
    name: "shop_reminders",
    options: &[Opt::required("reminders", Type::Choice(&["on", "off"]))],
    run: |cx, args| choose_reminders(cx, args).boxed(),
    ..MEMBER
};

/// What a code turned out to be.
enum Found {
    /// A promotion's, remembered now.
    Promotion(Candidate, Target),
    /// A member's who recommends the shop.
    Referral,
}

async fn redeem(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let code = args.promo_code("promo_code").cloned();
    let code = code.ok_or(Error::Argument { option: "promo_code", problem: Problem::Missing })?;
    let (app, who, now) = (cx.app, (cx.guild.id, cx.user), cx.now);
    let found = cx.outside(try_code(app, who, &code, now)).await??;
    let (candidate, target) = match found {
        Found::Referral => return Ok(Reply::private(cx.say.t("referral-joined"))),
        Found::Promotion(candidate, target) => (candidate, target),
    };
    let names = super::called(cx, [&target]).await?;
    let (off, on) = (cards::off(candidate.discount, cx.locale()), plain(&cards::target(&cx.say, &target, &names)));
    let ends = cards::when(candidate.ends_at);
    let text = cx.say.with(
        "redeem-done",
        &[("code", code.as_str().into()), ("off", (&off).into()), ("target", (&on).into()), ("ends", (&ends).into())],
    );
    Ok(Reply::private(text))
}

async fn try_code(app: &App, who: (GuildId, UserId), code: &PromoCode, now: Timestamp) -> Result<Found> {
    let mut tx = app.db.begin(&Actor::system_in(System::Payments, who.0)).await?;
    let looked = async {
        if let Some((candidate, target)) = promotions::check_code(&mut tx, who, code, now).await? {
            promotions::remember(&mut tx, who, candidate.number, now);
            return Ok(Found::Promotion(candidate, target));
        }
        if referrals::join(&mut tx, who, code, now).await? { Ok(Found::Referral) } else { Err(Refusal::Unknown.into()) }
    };
    match looked.await {
        Ok(found) => tx.commit().await.map(|()| found),
        Err(error @ (Error::Unavailable { .. } | Error::Internal { .. })) => Err(error),
        Err(refusal) => tx.rollback().await.and(Err(refusal)),
    }
}

/// Characters of a random code; none that is taken for another.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// A code that nobody guesses: 40 random bits.
fn random_code() -> Result<PromoCode> {
    let bytes: [u8; 8] = rand::random();
    let letter = |byte: u8| LETTERS.get(usize::from(byte % 32)).map_or('A', |letter| char::from(*letter));
    let text: String = "R-".chars().chain(bytes.into_iter().map(letter)).collect();
    PromoCode::parse(&text).map_err(|problem| format!("{problem:?}")).internal("making a member's code")
}

async fn own_code(app: &App, who: (GuildId, UserId), now: Timestamp) -> Result<String> {
    let fresh = random_code()?;
    let mut tx = app.db.begin(&Actor::system_in(System::Payments, who.0)).await?;
    let code = referrals::code_of(&mut tx, who, &fresh, now).await?;
    tx.commit().await.map(|()| code)
}

async fn referral(cx: &mut Cx<'_>, _: &Args) -> Result<Reply> {
    let (app, who, now) = (cx.app, (cx.guild.id, cx.user), cx.now);
    let code = cx.outside(own_code(app, who, now)).await??;
    let sums = referrals::sums(cx.tx()?, who.0, who.1).await?;
    let mut left = Vec::new();
    for currency in sums.iter().filter_map(|sum| sum.amount).map(Money::currency).collect::<BTreeSet<_>>() {
        left.push(credits::left(cx.tx()?, who, currency, false).await?.show(cx.locale()));
    }
    let days = referrals::HOLDBACK.as_hours() / 24;
    let percent = referrals::CREDIT_HUNDREDTHS / 100;
    let mut card = Card::titled(cx.say.t("referral-title"));
    card.body =
        cx.say.with("referral-body", &[("code", (&code).into()), ("percent", percent.into()), ("days", days.into())]);
    for sum in sums {
        let amount = sum.amount.map(|amount| format!(" · {}", amount.show(cx.locale()))).unwrap_or_default();
        let name = cx.say.t(&format!("referral-{}", sum.state.as_str()));
        card = card.field(name, format!("{}{amount}", sum.count), true);
    }
    if !left.is_empty() {
        card = card.field(cx.say.t("referral-left"), left.join(" · "), false);
    }
    Ok(Reply::private("").card(card))
}

async fn choose_reminders(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (who, now, wants) = ((cx.guild.id, cx.user), cx.now, args.choice("reminders") == Some("on"));
    // Agreeing is an act of its own, after reading what it is to: only the button does it.
    if wants && cx.way != Way::Button {
        let agree = Action::new("shop_reminders").with("reminders", "on");
        let button = Button::new(cx.say.t("button-reminders-on"), agree).style(Style::Success).emoji("🔔");
        return Ok(Reply::private(cx.say.t("reminders-ask")).button(button));
    }
    reminders::choose(cx.tx()?, who, wants, now);
    if !wants {
        return Ok(Reply::private(cx.say.t("reminders-off")));
    }
    let stop = Action::new("shop_reminders").with("reminders", "off");
    Ok(Reply::private(cx.say.t("reminders-on")).button(Button::new(cx.say.t("button-reminders-off"), stop).emoji("🔕")))
}
