//! What staff do: find a member's orders, give and take what members hold.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::shop::roles;
use super::super::spec::{Opt, Spec, Type};
use super::{CHANGES, LOOKS, cards, orders};
use crate::app::Stands;
use crate::domain::shop::catalogue::names::{self, Shelves};
use crate::domain::shop::entitlements::{self, Entitlement, Give, What};
use crate::domain::shop::orders::reading;
use crate::domain::shop::{Source, grants};
use crate::kernel::error::Problem;
use crate::kernel::reply::{Action, Button, Reply};
use crate::kernel::text::plain;
use crate::kernel::{Error, Rank, Result, UserId};
use futures_util::FutureExt;
use jiff::SignedDuration;

/// Most days that are given at once; without days it is for good.
const DAYS_MAX: i64 = 3660;
const MEMBER: Opt = Opt::required("member", Type::User);
const PLAN: Opt = Opt::optional("given_plan", Type::Line);
const ROLE: Opt = Opt::optional("given_role", Type::Role);
const REASON: Opt = Opt::required("reason", Type::Body);

pub(super) static FIND: Spec = Spec {
    name: "order_find",
    rank: Some(Rank::Support),
    options: &[
        Opt::optional("member", Type::User),
        Opt::optional("below", Type::Order),
        Opt::optional("order", Type::Order).instead(),
    ],
    run: |cx, args| find(cx, args).boxed(),
    ..LOOKS
};

pub(super) static GRANT: Spec = Spec {
    name: "grant",
    rank: Some(Rank::Operator),
    inspects: true,
    options: &[MEMBER, PLAN, ROLE, Opt::optional("given_days", Type::Int(1, DAYS_MAX)), REASON],
    run: |cx, args| grant(cx, args).boxed(),
    ..CHANGES
};

pub(super) static REVOKE: Spec = Spec {
    name: "revoke",
    rank: Some(Rank::Operator),
    options: &[MEMBER, PLAN, ROLE, REASON],
    run: |cx, args| revoke(cx, args).boxed(),
    ..CHANGES
};

fn member(args: &Args) -> Result<UserId> {
    args.user("member").ok_or(Error::Argument { option: "member", problem: Problem::Missing })
}

async fn find(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    if args.order("order").is_ok() {
        return orders::one(cx, args).await;
    }
    let (guild, by, now, member) = (cx.guild.id, cx.user, cx.now, member(args)?);
    let tx = cx.tx()?;
    let found = reading::of(tx, guild, (member, true), args.order("below").unwrap_or(i64::MAX)).await?;
    reading::audit_read(tx, guild, ("orders_read", &member.to_string()), by, now);
    let who = format!("<@{member}>");
    let stuck = orders::Stuck::of(cx, member).await?;
    let mut reply = orders::page(cx, orders::lines(cx, &found, &stuck), cx.say.t("order-find-title"));
    reply.text = who;
    if let (Some(last), true) = (found.last(), orders::is_full(&found)) {
        let older = Action::new("order_find").with("member", member).with("below", last.number);
        reply = reply.button(Button::new(cx.say.t("button-older-orders"), older).emoji("▶️"));
    }
    Ok(reply)
}

/// What is given or taken, a plan or a role, one of both; and what it is called.
async fn what(cx: &mut Cx<'_>, args: &Args) -> Result<(What, String)> {
    match (args.line_if("given_plan"), args.role("given_role")) {
        (Some(plan), None) => {
            cx.app.open_shop(cx.guild.id).await?;
            let mut tx = super::own(cx).await?;
            let code = names::code(&mut tx, cx.guild.id, Shelves::Plans, ("given_plan", plan.as_str())).await?;
            let all = names::names(&mut tx, cx.guild.id, vec![format!("plan/{code}")]).await?;
            tx.end().await?;
            Ok((What::Plan(code.to_string()), format!("**{}**", plain(all.plan(code.as_str())))))
        }
        // The role that everybody has carries the guild's own id (Discord, "Permissions").
        (None, Some(role)) if role.get() == cx.guild.id.get() => Err(Error::Conflict("setup-everyone-role")),
        (None, Some(role)) => Ok((What::Role(role), format!("<@&{role}>"))),
        _ => Err(Error::Conflict("error-grant-what")),
    }
}

async fn grant(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (member, reason) = (member(args)?, args.body("reason")?.as_str().to_owned());
    let told = args.person("member").is_some_and(|person| person.bot);
    match if told { Stands::Bot } else { cx.app.standing_of(cx.guild.id, member).await } {
        Stands::Inside => {}
        Stands::Bot => return Err(Error::Conflict("error-gift-bot")),
        Stands::Outside => return Err(Error::Conflict("error-grant-left")),
    }
    // An operator of the bot need not be one of the guild: what he gives makes nobody staff and gives no power.
    roles::harmless(cx, args, ROLE.name)?;
    let (what, called) = what(cx, args).await?;
    let (guild, now, by) = (cx.guild.id, cx.now, cx.user);
    let hours = args.int("given_days").map(|days| SignedDuration::from_hours(days.saturating_mul(24)));
    let give = Give {
        user: member,
        what: what.clone(),
        source: Source::Grant,
        key: format!("grant/{}", cx.request),
        order: None,
        starts_at: now,
        ends_at: hours.and_then(|hours| now.checked_add(hours).ok()),
        by: Some(by),
    };
    let mut tx = super::payments(cx).await?;
    match grants::grant(&mut tx, guild, &give, (&reason, by), now).await {
        Ok(()) => tx.commit().await?,
        Err(error) => {
            tx.rollback().await?;
            return Err(error);
        }
    }
    let until = give.ends_at.map_or_else(|| cx.say.t("delivery-for-good"), cards::day);
    let who = format!("<@{member}>");
    let args = [("member", (&who).into()), ("what", (&called).into()), ("until", (&until).into())];
    Ok(Reply::private(cx.say.with("grant-done", &args)))
}

async fn revoke(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let (member, reason) = (member(args)?, args.body("reason")?.as_str().to_owned());
    let (what, called) = what(cx, args).await?;
    let (guild, now, by) = (cx.guild.id, cx.now, cx.user);
    let mut tx = super::payments(cx).await?;
    // What stands behind it moves up: nothing else is to be dated meanwhile.
    entitlements::one_by_one(&mut tx, guild, member).await?;
    let held = entitlements::of(&mut tx, guild, member).await?;
    let given = |one: &&Entitlement| {
        one.what == what && matches!(one.source, Source::Grant | Source::Prize) && one.is_active(now)
    };
    let given: Vec<&Entitlement> = held.iter().filter(given).collect();
    if given.is_empty() {
        tx.rollback().await?;
        return Err(Error::Conflict("error-revoke-none"));
    }
    for one in &given {
        entitlements::close_gap(&mut tx, guild, &one.key, now);
        entitlements::take_back(&mut tx, guild, &one.key, &reason, now);
    }
    entitlements::put_roles_right(&mut tx, guild, member, now);
    grants::audit_revoked(&mut tx, guild, (member, &what), (&reason, by), now);
    tx.commit().await?;
    let who = format!("<@{member}>");
    Ok(Reply::private(cx.say.with("revoke-done", &[("member", (&who).into()), ("what", (&called).into())])))
}
