//! Letting a giveaway come back every week, for operators.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{GIVEAWAY, OPERATOR, cards, end, payments, step};
use crate::domain::giveaways::repeats::{self, Rule, WEEKDAYS};
use crate::kernel::error::Problem;
use crate::kernel::reply::Reply;
use crate::kernel::text::plain;
use crate::kernel::{Error, Result};
use futures_util::FutureExt;

pub(super) static REPEAT: Spec = Spec {
    name: "giveaway_repeat",
    options: &[
        GIVEAWAY,
        Opt::required("weekday", Type::Choice(&WEEKDAYS)).in_form(),
        Opt::required("time_of_day", Type::Short(10)).in_form(),
    ],
    run: |cx, args| repeat(cx, args).boxed(),
    suggest: Some(super::suggest),
    ..OPERATOR
};

pub(super) static STOP: Spec = Spec {
    name: "giveaway_repeat_stop",
    options: &[GIVEAWAY],
    run: |cx, args| stop(cx, args).boxed(),
    suggest: Some(super::suggest),
    ..OPERATOR
};

async fn repeat(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let step = step(cx, args)?;
    let missing = |option| Error::Argument { option, problem: Problem::Missing };
    let weekday = args.choice("weekday").and_then(repeats::weekday).ok_or_else(|| missing("weekday"))?;
    let time = repeats::time_of(args.line("time_of_day")?.as_str());
    let time = time.ok_or(Error::Conflict("error-giveaway-time"))?;
    let rule = Rule { weekday, time, zone: cx.guild.time_zone.clone() };
    let mut tx = payments(cx).await?;
    let set = repeats::set(&mut tx, step, &rule).await;
    let (giveaway, next) = end(tx, set).await?;
    let (title, next) = (plain(&giveaway.title), cards::when(next));
    let day = cx.say.t(&format!("choice-{}", repeats::word(weekday)));
    let clock = format!("{:02}:{:02}", time.hour(), time.minute());
    let args = [
        ("number", giveaway.number.into()),
        ("title", (&title).into()),
        ("day", (&day).into()),
        ("time", (&clock).into()),
        ("zone", rule.zone.as_str().into()),
        ("next", (&next).into()),
    ];
    Ok(Reply::private(cx.say.with("giveaway-repeats", &args)))
}

async fn stop(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let step = step(cx, args)?;
    let mut tx = payments(cx).await?;
    let stopped = repeats::stop(&mut tx, step).await;
    let (giveaway, did) = end(tx, stopped).await?;
    let title = plain(&giveaway.title);
    let id = if did { "giveaway-repeats-no-more" } else { "giveaway-repeats-not" };
    Ok(Reply::private(cx.say.with(id, &[("number", giveaway.number.into()), ("title", (&title).into())])))
}
