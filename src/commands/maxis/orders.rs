//! Plans by Shellia's hand: made of what somebody wants, shown, approved, rejected, carried out, and listed.
//!
//! Each step is asked of Maxis on behalf of whoever takes it: whether he may, and whether a cap stands in the way, is Maxis' word. What
//! is shown is what he answered; an approval goes with the digest of what the card showed.

use super::commit::{Sent, commit, is_doubtful, known, resumes, told};
use super::line::Line;
use super::plan_card::{Sight, approves, button, does, outcome, short, shown};
use super::{failed, said};
use crate::commands::Way;
use crate::commands::dispatch::Cx;
use crate::control::plans::{self, NewPlan, Plan, PlanState};
use crate::control::wanted::Wanted;
use crate::control::{Catalogue, Failed, Unreached};
use crate::kernel::Result;
use crate::kernel::reply::{Card, Reply};
use crate::pilot::PlanCard;

/// Plans that are listed.
const LISTED: usize = 15;
/// Plans of a list that have a button: one row.
const OFFERED: usize = 5;

/// The shop's names, where Maxis tells them: without, codes are shown.
async fn names(cx: &mut Cx<'_>, line: &Line) -> Option<Catalogue> {
    said::shop(cx, line.at.as_deref()).await.ok()
}

/// Makes a plan and shows it; where nobody needs to approve it, it is carried out.
pub(super) async fn propose(cx: &mut Cx<'_>, line: &Line, wanted: Wanted) -> Result<Reply> {
    let goes_on = matches!(wanted, Wanted::Resume(_));
    if !goes_on && cx.app.pilot.leave(&line.name, cx.guild.id).is_none() {
        return Ok(Reply::public(cx.say.t("plan-stopped-here")));
    }
    let new = NewPlan { key: format!("discord-{}", cx.request), wanted };
    let asked = match plans::make_plan(&*line.peer, line.asker, &new).await {
        // Under the same key it is the same plan, however often it is asked for.
        Err(failed) if is_doubtful(&failed) => plans::make_plan(&*line.peer, line.asker, &new).await,
        known => known,
    };
    let shop = names(cx, line).await;
    let sight = Sight { say: cx.say, shop: shop.as_ref(), at: line.at.as_deref(), whole: false };
    let plan = match asked {
        Ok(plan) => plan,
        Err(failed) => return Ok(unmade(cx, failed)),
    };
    let mut reply = match (plan.state, plan.approvals_needed) {
        (PlanState::Approved, 0) => {
            let sent = commit(cx, line, &plan).await;
            let mut reply = told(cx, (&sight, &line.name), &plan, sent);
            reply.text = format!("{}\n{}", cx.say.t("plan-automatic"), reply.text);
            reply
        }
        (PlanState::Waiting | PlanState::Approved, _) => shown(&sight, &plan),
        _ => outcome(&sight, &plan),
    };
    stands(cx, line, &mut reply, &plan).await;
    Ok(reply)
}

/// A card with buttons stands in a channel from now on: where, is kept, so that it shows what is decided elsewhere. In direct messages no
/// button knows of which guild somebody is an operator: there a plan is approved by its number.
async fn stands(cx: &mut Cx<'_>, line: &Line, reply: &mut Reply, plan: &Plan) {
    if reply.buttons.is_empty() {
        return;
    }
    if cx.way != Way::Direct {
        let card = PlanCard {
            of: line.teller(cx),
            plan: plan.number,
            action: approves(line.at.as_deref(), plan).to_string(),
            at: line.at.clone(),
            answered: false,
            state: plan.state,
            approvals: plan.approvals.len(),
            next: PlanCard::due(plan),
            tries: 0,
        };
        cx.app.pilot.change(&line.name, |kept| kept.shows(card));
        cx.app.pilot.save().await;
    } else {
        reply.buttons.clear();
        let hint = cx.say.with("plan-by-number", &[("number", plan.number.into())]);
        reply.text = format!("{}\n{hint}", reply.text);
    }
}

/// What is said where no plan was made.
fn unmade(cx: &Cx<'_>, why: Failed) -> Reply {
    let doubtful = is_doubtful(&why);
    let mut reply = said_no(cx, why);
    if doubtful {
        reply.text = cx.say.t("plan-maybe-made");
    }
    reply
}

/// What Maxis says where he says no, with what to do next where only Shellia knows it; else why he gave no answer.
fn said_no(cx: &Cx<'_>, why: Failed) -> Reply {
    let next = match &why {
        Failed::Denied(denied) => match denied.error.as_str() {
            "error-agent-stopped" => Some("plan-next-resume"),
            "error-agent-off" | "error-agent-suggest" => Some("plan-next-autonomy"),
            "error-plan-many" => Some("plan-next-pending"),
            _ => None,
        },
        Failed::Unreached(_) => None,
    };
    let is_away = matches!(why, Failed::Unreached(why) if why != Unreached::Off);
    let mut reply = failed(&cx.say, why);
    if let Some(next) = next {
        reply.text = format!("{}\n{}", reply.text, cx.say.t(next));
    }
    if is_away {
        reply.text = cx.say.t("plan-away");
    }
    reply
}

/// What is said where a step with a plan is not taken; where the plan is another than the one that was shown, it is shown anew.
pub(super) fn denied(cx: &Cx<'_>, sight: &Sight<'_>, plan: &Plan, why: Failed) -> Reply {
    let changed = matches!(&why, Failed::Denied(denied) if denied.error == "error-plan-digest");
    let mut reply = said_no(cx, why);
    if changed {
        let again = shown(sight, plan);
        reply.cards = again.cards;
        reply.buttons = again.buttons;
    }
    reply
}

/// The number and the digest behind it: `12`, `#12`, `12 0123456789abcdef`.
pub(super) fn numbered(details: &str) -> Option<(i64, Option<&str>)> {
    let mut words = details.split_whitespace();
    let number = words.next()?.trim_start_matches('#').parse().ok()?;
    Some((number, words.next()))
}

/// Approves the plan of that number, and carries it out where that is enough. `bound`: the digest as a card showed it.
pub(super) async fn approve(cx: &mut Cx<'_>, line: &Line, (number, bound): (i64, Option<&str>)) -> Result<Reply> {
    decided(cx, line, number);
    let shop = names(cx, line).await;
    let sight = Sight { say: cx.say, shop: shop.as_ref(), at: line.at.as_deref(), whole: false };
    let plan = match plans::plan(&*line.peer, line.asker, number).await {
        Ok(plan) => plan,
        Err(why) => return Ok(unread(cx, number, why)),
    };
    if bound.is_some_and(|bound| bound != short(&plan.digest)) {
        let mut reply = shown(&sight, &plan);
        reply.text = cx.say.with("plan-changed", &[("number", number.into())]);
        stands(cx, line, &mut reply, &plan).await;
        return Ok(reply);
    }
    if !matches!(plan.state, PlanState::Waiting | PlanState::Approved) {
        known(cx.app, line, line.teller(cx), number).await;
        return Ok(answered(cx, outcome(&sight, &plan)));
    }
    if !resumes(&plan) && cx.app.pilot.leave(&line.name, cx.guild.id).is_none() {
        return Ok(Reply::public(cx.say.t("plan-stopped-here")));
    }
    let approved = match plans::approve_plan(&*line.peer, line.asker, number, &plan.digest).await {
        Ok(approved) => approved,
        Err(why) if is_doubtful(&why) => {
            let mut reply = said_no(cx, why);
            reply.text = cx.say.with("plan-approval-unsure", &[("number", number.into())]);
            return Ok(reply);
        }
        Err(why) => {
            let mut reply = denied(cx, &sight, &plan, why);
            stands(cx, line, &mut reply, &plan).await;
            return Ok(reply);
        }
    };
    let reply = match approved.state {
        PlanState::Approved => {
            let sent = commit(cx, line, &approved).await;
            let done = matches!(sent, Sent::Plan(_) | Sent::Unknown);
            let reply = told(cx, (&sight, &line.name), &approved, sent);
            if done { answered(cx, reply) } else { reply }
        }
        PlanState::Waiting => {
            let missing = usize::from(approved.approvals_needed).saturating_sub(approved.approvals.len());
            let mut reply = shown(&sight, &approved);
            let missing = i64::try_from(missing).unwrap_or(i64::MAX);
            reply.text = cx.say.with("plan-still-missing", &[("number", number.into()), ("missing", missing.into())]);
            stands(cx, line, &mut reply, &approved).await;
            answered(cx, reply)
        }
        PlanState::Committed | PlanState::Rejected | PlanState::Expired | PlanState::Failed => {
            answered(cx, outcome(&sight, &approved))
        }
    };
    Ok(reply)
}

/// A plan is decided here: what becomes of it is said here.
fn decided(cx: &Cx<'_>, line: &Line, number: i64) {
    cx.app.pilot.change(&line.name, |kept| kept.answers((cx.guild.id, cx.channel), number));
}

/// The answer to a button takes the place of the card that had it.
fn answered(cx: &Cx<'_>, mut reply: Reply) -> Reply {
    reply.replaces = cx.way == Way::Button;
    reply
}

/// What is said where a plan can't be read.
fn unread(cx: &Cx<'_>, number: i64, why: Failed) -> Reply {
    match why {
        Failed::Denied(denied) if denied.why == crate::control::Why::NotFound => {
            Reply::public(cx.say.with("plan-none", &[("number", number.into())]))
        }
        why => said_no(cx, why),
    }
}

/// Rejects the plan of that number.
pub(super) async fn reject(cx: &mut Cx<'_>, line: &Line, number: i64) -> Result<Reply> {
    decided(cx, line, number);
    let rejected = match plans::reject_plan(&*line.peer, line.asker, number).await {
        // A second no is none more.
        Err(why) if is_doubtful(&why) => plans::reject_plan(&*line.peer, line.asker, number).await,
        known => known,
    };
    match rejected {
        Ok(plan) => {
            let shop = names(cx, line).await;
            let sight = Sight { say: cx.say, shop: shop.as_ref(), at: line.at.as_deref(), whole: false };
            Ok(answered(cx, outcome(&sight, &plan)))
        }
        Err(why) if is_doubtful(&why) => {
            let mut reply = said_no(cx, why);
            reply.text = cx.say.with("plan-rejection-unsure", &[("number", number.into())]);
            Ok(reply)
        }
        Err(why) => Ok(unread(cx, number, why)),
    }
}

/// Shows the plan of that number.
pub(super) async fn one(cx: &mut Cx<'_>, line: &Line, number: i64) -> Result<Reply> {
    let plan = match plans::plan(&*line.peer, line.asker, number).await {
        Ok(plan) => plan,
        Err(why) => return Ok(unread(cx, number, why)),
    };
    let shop = names(cx, line).await;
    let sight = Sight { say: cx.say, shop: shop.as_ref(), at: line.at.as_deref(), whole: false };
    let open = matches!(plan.state, PlanState::Waiting | PlanState::Approved);
    let mut reply = if open { shown(&sight, &plan) } else { outcome(&sight, &plan) };
    stands(cx, line, &mut reply, &plan).await;
    Ok(reply)
}

/// Lists the plans that wait, and those of which it isn't known what became.
pub(super) async fn pending(cx: &mut Cx<'_>, line: &Line) -> Result<Reply> {
    let mut open = Vec::new();
    for state in [PlanState::Waiting, PlanState::Approved] {
        match plans::plans(&*line.peer, line.asker, Some(state), None).await {
            Ok(found) => open.extend(found.plans),
            Err(why) => return Ok(failed(&cx.say, why)),
        }
    }
    open.sort_by_key(|plan| std::cmp::Reverse(plan.number));
    let shop = names(cx, line).await;
    let sight = Sight { say: cx.say, shop: shop.as_ref(), at: line.at.as_deref(), whole: false };
    let mut card = Card::titled(cx.say.t("pending-title"));
    let mut lines: Vec<String> = open.iter().take(LISTED).map(|plan| row(&sight, plan)).collect();
    let kept = cx.app.pilot.kept(&line.name);
    let unsettled = kept.unsettled.iter().filter(|one| one.of.guild == cx.guild.id);
    lines.extend(unsettled.map(|one| cx.say.with("pending-unsettled", &[("number", one.plan.into())])));
    if lines.is_empty() {
        return Ok(Reply::public(cx.say.t("pending-none")));
    }
    card.body = lines.join("\n");
    let mut reply = Reply::public("").card(card);
    if cx.way != Way::Direct {
        for plan in open.iter().take(OFFERED) {
            let label = cx.say.with("plan-button-show", &[("number", plan.number.into())]);
            reply = reply.button(button(line.at.as_deref(), label, "pending", &plan.number.to_string()));
        }
    }
    Ok(reply)
}

fn row(sight: &Sight<'_>, plan: &Plan) -> String {
    let have = i64::try_from(plan.approvals.len()).unwrap_or(i64::MAX);
    let (what, expires) = (does(sight, plan), format!("<t:{}:R>", plan.expires_at.as_second()));
    let args = [
        ("number", plan.number.into()),
        ("what", (&what).into()),
        ("have", have.into()),
        ("needed", i64::from(plan.approvals_needed).into()),
        ("expires", (&expires).into()),
    ];
    sight.say.with("pending-line", &args)
}
