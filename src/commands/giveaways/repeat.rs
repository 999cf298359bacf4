//! Letting a giveaway come back every week, and no more, for operators.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::super::tickets::phrases::span;
use super::cards::action;
use super::{GIVEAWAY, LABEL_MAX, OPERATOR, Suggestions, cards, end, payments, step};
use crate::domain::giveaways::repeats::{self, Repeated, Rule, WEEKDAYS};
use crate::kernel::error::Problem;
use crate::kernel::reply::{Button, Reply};
use crate::kernel::text::{plain, shorten};
use crate::kernel::{Error, Result};
use futures_util::FutureExt;
use jiff::SignedDuration;

/// Buttons below the list: one for each line that has room.
const BUTTONS: usize = 20;

pub(super) static REPEAT: Spec = Spec {
    name: "giveaway_repeat",
    options: &[
        GIVEAWAY,
        Opt::required("weekday", Type::Choice(&WEEKDAYS)).in_form(),
        Opt::required("time_of_day", Type::Short(10)).in_form(),
        Opt::optional("lasts_hours", Type::Int(1, 8_760)),
    ],
    run: |cx, args| repeat(cx, args).boxed(),
    suggest: Some(super::suggest),
    ..OPERATOR
};

pub(super) static STOP: Spec = Spec {
    name: "giveaway_repeat_stop",
    options: &[Opt::optional("giveaway", Type::Giveaway)],
    run: |cx, args| stop(cx, args).boxed(),
    suggest: Some(suggest),
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
    let lasts = args.int("lasts_hours").map(SignedDuration::from_hours);
    let set = repeats::set(&mut tx, step, &rule, lasts).await;
    let (giveaway, next, length) = end(tx, set).await?;
    let (title, next) = (plain(&giveaway.title), cards::when(next));
    let day = cx.say.t(&format!("choice-{}", repeats::word(weekday)));
    let length = span(&cx.say, length.as_secs().saturating_add(59));
    let clock = format!("{:02}:{:02}", time.hour(), time.minute());
    let args = [
        ("number", giveaway.number.into()),
        ("title", (&title).into()),
        ("day", (&day).into()),
        ("time", (&clock).into()),
        ("zone", rule.zone.as_str().into()),
        ("next", (&next).into()),
        ("length", (&length).into()),
    ];
    Ok(Reply::private(cx.say.with("giveaway-repeats", &args)))
}

async fn stop(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    if args.giveaway("giveaway").is_err() {
        return list(cx).await;
    }
    let step = step(cx, args)?;
    let mut tx = payments(cx).await?;
    let stopped = repeats::stop(&mut tx, step).await;
    let (giveaway, did) = end(tx, stopped).await?;
    let title = plain(&giveaway.title);
    let id = if did { "giveaway-repeats-no-more" } else { "giveaway-repeats-not" };
    Ok(Reply::private(cx.say.with(id, &[("number", giveaway.number.into()), ("title", (&title).into())])))
}

async fn repeated(cx: &mut Cx<'_>) -> Result<Vec<Repeated>> {
    let mut tx = payments(cx).await?;
    let all = repeats::all(&mut tx, cx.guild.id).await;
    end(tx, all).await
}

/// What comes back, each with the button that stops it as far as there is room for buttons.
async fn list(cx: &mut Cx<'_>) -> Result<Reply> {
    let all = repeated(cx).await?;
    if all.is_empty() {
        return Ok(Reply::private(cx.say.t("giveaway-repeats-none")));
    }
    let lines: Vec<String> = all.iter().map(|one| line(cx, one)).collect();
    let mut reply = Reply::private(format!("{}\n{}", cx.say.t("giveaway-repeats-list"), lines.join("\n")));
    for one in all.iter().take(BUTTONS) {
        let label = cx.say.with("button-giveaway-repeat-stop", &[("number", one.number.into())]);
        reply = reply.button(Button::new(label, action("giveaway_repeat_stop", one.number)));
    }
    Ok(reply)
}

fn line(cx: &Cx<'_>, one: &Repeated) -> String {
    let (title, next) = (plain(&one.title), cards::when(one.next));
    let args = [("number", one.number.into()), ("title", (&title).into()), ("next", (&next).into())];
    cx.say.with("giveaway-repeats-line", &args)
}

/// Suggests those that come back.
fn suggest<'a>(cx: &'a mut Cx<'_>, option: &'a str, typed: &'a str) -> Suggestions<'a> {
    async move {
        if option != "giveaway" {
            return Ok(Vec::new());
        }
        let typed = typed.trim().trim_start_matches('#').to_lowercase();
        let label = |one: &Repeated| shorten(&format!("#{} {}", one.number, one.title), LABEL_MAX);
        let all = repeated(cx).await?;
        let labels = all.iter().map(|one| (label(one), one.number.to_string()));
        Ok(labels.filter(|(label, _)| label.to_lowercase().contains(&typed)).collect())
    }
    .boxed()
}
