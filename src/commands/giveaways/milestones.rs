//! Milestones by the number of members: staff look at them; operators switch them on, set and remove them.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::shop::roles;
use super::super::spec::{Opt, Spec, Type};
use super::make::{count, look, wrong};
use super::{OPERATOR, cards, end, own, payments};
use crate::domain::giveaways::milestones::{self, DEFAULTS, Milestone, Watch};
use crate::domain::giveaways::{Also, Requirements};
use crate::domain::shop::catalogue::names::{self, Names, Shelves};
use crate::kernel::error::Problem;
use crate::kernel::reply::{Card, Reply};
use crate::kernel::text::plain;
use crate::kernel::words::Speech;
use crate::kernel::{Error, Rank, Result};
use futures_util::FutureExt;

/// Most days of a plan.
const DAYS_MAX: i64 = 3_650;

pub(super) static LIST: Spec = Spec {
    name: "milestones",
    rank: Some(Rank::Support),
    writes: false,
    run: |cx, args| list(cx, args).boxed(),
    ..OPERATOR
};

pub(super) static ANNOUNCE: Spec = Spec {
    name: "milestones_channel",
    options: &[Opt::optional("milestones_in", Type::Channel), Opt::optional("milestones_off", Type::Choice(&["yes"]))],
    run: |cx, args| announce(cx, args).boxed(),
    ..OPERATOR
};

const MEMBERS: Opt = Opt::required("milestone_members", Type::Int(2, 1_000_000)).in_form();

pub(super) static SET: Spec = Spec {
    name: "milestone_set",
    inspects: true,
    options: &[
        MEMBERS,
        Opt::required("reward", Type::Line).in_form(),
        Opt::required("lasts_hours", Type::Int(1, 8_760)).in_form(),
        Opt::required("winners", Type::Int(1, 10_000)).in_form(),
        Opt::optional("given_plan", Type::Line),
        Opt::optional("given_days", Type::Int(1, DAYS_MAX)),
        Opt::optional("given_role", Type::Role),
    ],
    run: |cx, args| set(cx, args).boxed(),
    ..OPERATOR
};

pub(super) static REMOVE: Spec =
    Spec { name: "milestone_remove", options: &[MEMBERS], run: |cx, args| remove(cx, args).boxed(), ..OPERATOR };

/// What stands under the title of a milestone's giveaway.
pub fn text(say: &Speech<'_>, members: u32) -> String {
    say.with("milestone-text", &[("members", i64::from(members).into())])
}

/// How a milestone stands.
fn standing(say: &Speech<'_>, watch: Option<&Watch>, milestone: &Milestone) -> String {
    let peak = watch.and_then(|watch| watch.peak);
    match (milestone.reached_at, milestone.giveaway) {
        (Some(at), Some(number)) => {
            let at = format!("<t:{}:d>", at.as_second());
            say.with("milestone-reached", &[("at", (&at).into()), ("number", number.into())])
        }
        (Some(at), None) => {
            let at = format!("<t:{}:d>", at.as_second());
            say.with("milestone-reached-without", &[("at", (&at).into())])
        }
        (None, _) if peak.is_some_and(|peak| peak >= milestone.members) => say.t("milestone-passed"),
        (None, _) => say.t("milestone-ahead"),
    }
}

/// A milestone in two lines.
fn line(say: &Speech<'_>, milestone: &Milestone, names: &Names) -> String {
    let rewards = std::iter::once(plain(&milestone.reward)).chain(cards::also(say, &milestone.also, names));
    let rewards = rewards.collect::<Vec<_>>().join(" + ");
    say.with(
        "milestone-line",
        &[
            ("members", i64::from(milestone.members).into()),
            ("reward", (&rewards).into()),
            ("hours", i64::from(milestone.hours).into()),
            ("winners", i64::from(milestone.winners).into()),
        ],
    )
}

/// What the plans of milestones are called.
async fn called(cx: &mut Cx<'_>, all: &[Milestone]) -> Result<Names> {
    let codes = all.iter().filter_map(|one| one.also.plan.as_ref()).map(|(code, _)| format!("plan/{code}")).collect();
    let mut tx = own(cx).await?;
    let names = names::names(&mut tx, cx.guild.id, codes).await?;
    tx.end().await?;
    Ok(names)
}

async fn list(cx: &mut Cx<'_>, _: &Args) -> Result<Reply> {
    let guild = cx.guild.id;
    let mut tx = own(cx).await?;
    let watch = milestones::watch(&mut tx, guild).await?;
    let all = milestones::all(&mut tx, guild).await?;
    tx.end().await?;
    let mut card = Card::titled(cx.say.t("milestones"));
    let Some(found) = &watch else {
        card.body = cx.say.t("milestones-never");
        return Ok(Reply::private("").card(card));
    };
    let names = called(cx, &all).await?;
    let mut lines = vec![match found.channel {
        Some(channel) => {
            let channel = format!("<#{channel}>");
            cx.say.with("milestones-on", &[("channel", (&channel).into())])
        }
        None => cx.say.t("milestones-off"),
    }];
    if let (Some(members), Some(peak)) = (found.members, found.peak) {
        let args = [("members", i64::from(members).into()), ("peak", i64::from(peak).into())];
        lines.push(cx.say.with("milestones-count", &args));
    }
    for one in &all {
        lines.push(format!("{}\n{}", line(&cx.say, one, &names), standing(&cx.say, watch.as_ref(), one)));
    }
    card.body = lines.join("\n");
    Ok(Reply::private("").card(card))
}

/// Switches milestones on in a channel, else in the one where it is asked; or off.
async fn announce(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let off = args.choice("milestones_off").is_some();
    let channel = if off { None } else { Some(args.channel("milestones_in").unwrap_or(cx.channel)) };
    if off && args.channel("milestones_in").is_some() {
        return Err(Error::Conflict("error-milestone-where"));
    }
    if let Some(channel) = channel {
        cx.app.open_shop(cx.guild.id).await?;
        look(cx, channel, &Requirements::default()).await?;
    }
    let say = cx.app.words.speak(cx.guild.locale);
    let rewards: Vec<String> =
        DEFAULTS.iter().map(|(members, _, _)| say.t(&format!("milestone-reward-{members}"))).collect();
    let (who, now) = ((cx.guild.id, cx.user), cx.now);
    let mut tx = payments(cx).await?;
    let done = milestones::announce_in(&mut tx, who, channel, &rewards, now).await;
    end(tx, done).await?;
    let Some(channel) = channel else { return Ok(Reply::private(cx.say.t("milestones-now-off"))) };
    let mut tx = own(cx).await?;
    let all = milestones::all(&mut tx, cx.guild.id).await?;
    tx.end().await?;
    let names = called(cx, &all).await?;
    let channel = format!("<#{channel}>");
    let mut lines = vec![cx.say.with("milestones-now-on", &[("channel", (&channel).into())])];
    let ahead = all.iter().filter(|one| one.reached_at.is_none());
    lines.extend(ahead.map(|one| line(&cx.say, one, &names)));
    lines.push(cx.say.t("milestones-by-hand"));
    Ok(Reply::private(lines.join("\n")))
}

/// What comes beside the reward.
async fn beside(cx: &mut Cx<'_>, args: &Args) -> Result<Also> {
    let role = match args.role("given_role") {
        Some(_) => roles::harmless(cx, args, "given_role")?,
        None => None,
    };
    let plan = match (args.line_if("given_plan"), count(args, "given_days")) {
        (Some(_), None) => return wrong("given_days", Problem::Missing),
        (None, Some(_)) => return wrong("given_plan", Problem::Missing),
        (None, None) => None,
        (Some(plan), Some(days)) => {
            cx.app.open_shop(cx.guild.id).await?;
            let mut tx = own(cx).await?;
            let code = names::code(&mut tx, cx.guild.id, Shelves::Plans, ("given_plan", plan.as_str())).await?;
            tx.end().await?;
            Some((code.to_string(), days))
        }
    };
    Ok(Also { plan, role })
}

async fn set(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let missing = |option| Error::Argument { option, problem: Problem::Missing };
    let number = |option| count(args, option).ok_or_else(|| missing(option));
    let milestone = Milestone {
        members: number("milestone_members")?,
        reward: args.line("reward")?.as_str().to_owned(),
        hours: number("lasts_hours")?,
        winners: number("winners")?,
        also: beside(cx, args).await?,
        reached_at: None,
        giveaway: None,
    };
    let (who, now) = ((cx.guild.id, cx.user), cx.now);
    let mut tx = payments(cx).await?;
    let done = milestones::set(&mut tx, who, &milestone, now).await;
    end(tx, done).await?;
    let names = called(cx, std::slice::from_ref(&milestone)).await?;
    let line = line(&cx.say, &milestone, &names);
    Ok(Reply::private(cx.say.with("milestone-was-set", &[("milestone", (&line).into())])))
}

async fn remove(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let missing = Error::Argument { option: "milestone_members", problem: Problem::Missing };
    let members = count(args, "milestone_members").ok_or(missing)?;
    let (who, now) = ((cx.guild.id, cx.user), cx.now);
    let mut tx = payments(cx).await?;
    let done = milestones::remove(&mut tx, who, members, now).await;
    end(tx, done).await?;
    Ok(Reply::private(cx.say.with("milestone-was-removed", &[("members", i64::from(members).into())])))
}
