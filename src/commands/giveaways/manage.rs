//! What operators do with a giveaway: end it, pause it, extend it, call it off, look at who takes part, replace a winner, give by
//! hand.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{GIVEAWAY, OPERATOR, cards, end, missing, own, payments, step};
use crate::domain::giveaways::draw::Reason;
use crate::domain::giveaways::{Giveaway, Requirements, State, places, reading, repeats, rerolls, service};
use crate::kernel::error::Problem;
use crate::kernel::reply::{Action, Button, Card, Reply};
use crate::kernel::text::plain;
use crate::kernel::{Error, Rank, Result};
use futures_util::FutureExt;
use jiff::tz::TimeZone;

/// Why a winner is replaced, by the words of the draw's log.
const REASONS: &[&str] = &[
    "rule_broken",
    "duplicate_account",
    "left_server",
    "banned",
    "requirement_lost",
    "declined",
    "unreachable",
    "other",
];

pub(super) static END: Spec = Spec {
    name: "giveaway_end",
    options: &[GIVEAWAY],
    run: |cx, args| end_now(cx, args).boxed(),
    suggest: Some(super::suggest),
    ..OPERATOR
};

pub(super) static PAUSE: Spec = Spec {
    name: "giveaway_pause",
    options: &[GIVEAWAY],
    run: |cx, args| pause(cx, args).boxed(),
    suggest: Some(super::suggest),
    ..OPERATOR
};

pub(super) static EXTEND: Spec = Spec {
    name: "giveaway_extend",
    options: &[GIVEAWAY, Opt::required("duration", Type::Duration).in_form()],
    run: |cx, args| extend(cx, args).boxed(),
    suggest: Some(super::suggest),
    ..OPERATOR
};

pub(super) static MOVE: Spec = Spec {
    name: "giveaway_move",
    inspects: true,
    options: &[GIVEAWAY, Opt::optional("giveaway_channel", Type::Channel)],
    run: |cx, args| move_to(cx, args).boxed(),
    suggest: Some(super::suggest),
    ..OPERATOR
};

pub(super) static CANCEL: Spec = Spec {
    name: "giveaway_cancel",
    options: &[GIVEAWAY],
    run: |cx, args| cancel(cx, args).boxed(),
    suggest: Some(super::suggest),
    ..OPERATOR
};

pub(super) static REROLL: Spec = Spec {
    name: "giveaway_reroll",
    options: &[
        GIVEAWAY,
        Opt::required("reroll_reason", Type::Choice(REASONS)).in_form(),
        Opt::optional("member", Type::User),
        Opt::optional("note", Type::Line),
    ],
    run: |cx, args| reroll(cx, args).boxed(),
    suggest: Some(super::suggest),
    ..OPERATOR
};

pub(super) static ENTRANTS: Spec = Spec {
    name: "giveaway_entrants",
    rank: Some(Rank::Support),
    writes: false,
    options: &[GIVEAWAY, Opt::optional("entrants_after", Type::User)],
    run: |cx, args| entrants(cx, args).boxed(),
    suggest: Some(super::suggest),
    ..OPERATOR
};

pub(super) static GIVEN: Spec = Spec {
    name: "giveaway_given",
    rank: Some(Rank::Support),
    hidden: true,
    options: &[Opt::required("giveaway", Type::Giveaway), Opt::required("member", Type::User)],
    run: |cx, args| given(cx, args).boxed(),
    ..OPERATOR
};

/// What became of a giveaway, in a sentence.
fn said(cx: &Cx<'_>, id: &str, giveaway: &Giveaway) -> Reply {
    let (title, ends) = (plain(&giveaway.title), cards::when(giveaway.ends_at));
    let args = [("number", giveaway.number.into()), ("title", (&title).into()), ("ends", (&ends).into())];
    Reply::private(cx.say.with(id, &args))
}

async fn end_now(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let step = step(cx, args)?;
    let mut tx = payments(cx).await?;
    let ended = service::end_now(&mut tx, step).await;
    let ended = end(tx, ended).await?;
    Ok(said(cx, "giveaway-ending", &ended))
}

/// Pauses one that is open, and lets one that is paused go on.
async fn pause(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let step = step(cx, args)?;
    let mut tx = payments(cx).await?;
    let changed = service::pause_or_resume(&mut tx, step).await;
    let changed = end(tx, changed).await?;
    let id = if changed.state == State::Paused { "giveaway-paused" } else { "giveaway-resumed" };
    Ok(said(cx, id, &changed))
}

async fn extend(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let step = step(cx, args)?;
    let wrong = |problem| Error::Argument { option: "duration", problem };
    let until = args.duration("duration").ok_or_else(|| wrong(Problem::Missing))?;
    let zone = TimeZone::get(&cx.guild.time_zone).unwrap_or(TimeZone::UTC);
    let mut tx = payments(cx).await?;
    // A length of time is added to the present end.
    let extended = service::extend(&mut tx, step, |end| until.from(end, &zone).map_err(wrong)).await;
    let extended = end(tx, extended).await?;
    Ok(said(cx, "giveaway-extended", &extended))
}

/// Lets it go on in another channel, or in this one.
async fn move_to(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let step = step(cx, args)?;
    let channel = args.channel("giveaway_channel").unwrap_or(cx.channel);
    super::make::look(cx, channel, &Requirements::default()).await?;
    let mut tx = payments(cx).await?;
    let moved = service::move_to(&mut tx, step, channel).await;
    let moved = end(tx, moved).await?;
    let (title, channel) = (plain(&moved.title), format!("<#{channel}>"));
    let args = [("number", moved.number.into()), ("title", (&title).into()), ("channel", (&channel).into())];
    Ok(Reply::private(cx.say.with("giveaway-moved", &args)))
}

async fn cancel(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let step = step(cx, args)?;
    let mut tx = payments(cx).await?;
    let cancelled = match service::cancel(&mut tx, step).await {
        Ok(cancelled) => repeats::of(&mut tx, cx.guild.id, cancelled.number).await.map(|next| (cancelled, next)),
        Err(error) => Err(error),
    };
    let (cancelled, repeated) = end(tx, cancelled).await?;
    let mut reply = said(cx, "giveaway-cancelled", &cancelled);
    if let Some(repeated) = repeated {
        let next = cards::when(repeated.next);
        reply.text =
            format!("{}\n{}", reply.text, cx.say.with("giveaway-cancelled-repeats", &[("next", (&next).into())]));
        let label = cx.say.with("button-giveaway-repeat-stop", &[("number", repeated.number.into())]);
        reply = reply.button(Button::new(label, cards::action("giveaway_repeat_stop", repeated.number)));
    }
    Ok(reply)
}

async fn reroll(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let step = step(cx, args)?;
    let code = args.choice("reroll_reason");
    let reason = Reason::ALL.into_iter().find(|reason| Some(reason.code()) == code);
    let reason = reason.ok_or(Error::Argument { option: "reroll_reason", problem: Problem::Missing })?;
    let note = args.line_if("note").map(|line| line.as_str().to_owned()).unwrap_or_default();
    let mut tx = payments(cx).await?;
    let asked = rerolls::ask_reroll(&mut tx, step, args.user("member"), (reason, &note)).await;
    let (giveaway, user) = end(tx, asked).await?;
    let (title, who) = (plain(&giveaway.title), format!("<@{user}>"));
    let args = [("number", giveaway.number.into()), ("title", (&title).into()), ("winner", (&who).into())];
    Ok(Reply::private(cx.say.with("giveaway-rerolling", &args)))
}

async fn entrants(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let step = step(cx, args)?;
    let after = args.user("entrants_after").map_or(0, crate::kernel::UserId::as_i64);
    let mut tx = own(cx).await?;
    let found = reading::one(&mut tx, step.guild, step.number).await.map_err(missing)?;
    let all = reading::entrants(&mut tx, step.guild, step.number, after).await?;
    let (count, total) = crate::domain::giveaways::entering::crowd(&mut tx, step.guild, step.number).await?;
    tx.end().await?;
    let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let title = plain(&found.title);
    let heading = [("title", (&title).into()), ("count", signed(count).into()), ("total", signed(total).into())];
    let mut card = Card::titled(cx.say.with("giveaway-entrants", &heading));
    let line = |(user, weight): &(crate::kernel::UserId, u32)| match weight {
        1 => format!("<@{user}>"),
        more => format!("<@{user}> ×{more}"),
    };
    card.body = all.iter().map(line).collect::<Vec<_>>().join("\n");
    if all.is_empty() {
        card.body = cx.say.t("giveaway-entrants-none");
    }
    let mut reply = Reply::private("").card(card);
    let full = i64::try_from(all.len()).is_ok_and(|count| count >= reading::ENTRANTS);
    if let Some((last, _)) = all.last().filter(|_| full) {
        let next = Action::new("giveaway_entrants").with("giveaway", step.number).with("entrants_after", last);
        reply = reply.button(Button::new(cx.say.t("button-giveaway-more"), next).emoji("▶️"));
    }
    Ok(reply)
}

async fn given(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let step = step(cx, args)?;
    let user = args.user("member").ok_or(Error::Argument { option: "member", problem: Problem::Missing })?;
    let mut tx = payments(cx).await?;
    let given = places::given(&mut tx, step, user).await;
    let (giveaway, anew) = end(tx, given).await?;
    let (title, who, by) = (plain(&giveaway.title), format!("<@{user}>"), format!("<@{}>", cx.user));
    let args = [
        ("number", giveaway.number.into()),
        ("title", (&title).into()),
        ("winner", (&who).into()),
        ("by", (&by).into()),
    ];
    if !anew {
        return Ok(Reply::private(cx.say.with("giveaway-was-given-before", &args)));
    }
    // The others of staff must see that it is done: it stands in the place of what asked for it, in their language.
    let say = cx.app.words.speak(cx.guild.locale);
    let mut reply = Reply::public(say.with("giveaway-was-given", &args));
    reply.replaces = true;
    Ok(reply)
}
