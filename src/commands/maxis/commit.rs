//! A plan carried out: sent once, and read back. Where no answer came, it is never sent again by itself: it is kept as unsettled, and
//! read back until it is known what became of it.

use super::line::Line;
use super::plan_card::{Sight, outcome, shown};
use super::status::down;
use crate::app::App;
use crate::commands::dispatch::Cx;
use crate::control::plans::{self, Plan, PlanState};
use crate::control::wanted::Wanted;
use crate::control::{self, Asker, Failed, Peer, Unreached, Why};
use crate::kernel::reply::{Reply, Tone};
use crate::kernel::words::Speech;
use crate::pilot::{Teller, Unsettled};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// How long a commit that was sent is left alone before it is read back by itself: longer than any answer is waited for.
const UNDER_WAY: SignedDuration = SignedDuration::from_secs(20);
/// When one whose answer was lost is read back next.
const SOON: SignedDuration = SignedDuration::from_secs(2);
/// The pauses before it is read back at once.
const AT_ONCE: [Duration; 2] = [Duration::ZERO, Duration::from_millis(500)];
/// After how long what was not done stays so: by then nothing that was sent is let in any more.
const SETTLED: SignedDuration =
    SignedDuration::from_secs(crate::control::pass::HOLDS_S + crate::control::pass::TOLERANCE_S);
/// After how long nothing more is found out.
const GIVEN_UP: SignedDuration = SignedDuration::from_hours(24);

/// Whether something may have been done although no answer says so.
pub(super) const fn is_doubtful(failed: &Failed) -> bool {
    match failed {
        Failed::Unreached(why) => {
            matches!(why, Unreached::Network | Unreached::Slow | Unreached::Fault(_) | Unreached::Strange)
        }
        Failed::Denied(denied) => matches!(denied.why, Why::Fault),
    }
}

/// Whether a plan lets go on what was stopped.
pub(super) const fn resumes(plan: &Plan) -> bool {
    matches!(plan.wanted, Wanted::Resume(_))
}

/// What became of a commit.
pub(super) enum Sent {
    /// The plan as it stands now.
    Plan(Box<Plan>),
    /// Maxis doesn't do it.
    Failed(Failed),
    /// Everything is stopped: nothing was sent.
    Stopped,
    /// It isn't known; it will be told.
    Unknown,
}

/// Sends a commit, once.
pub(super) async fn commit(cx: &mut Cx<'_>, line: &Line, plan: &Plan) -> Sent {
    let pilot = &cx.app.pilot;
    let leave = pilot.leave(&line.name, cx.guild.id);
    if leave.is_none() && !resumes(plan) {
        return Sent::Stopped;
    }
    // What left and was not answered is read back, whoever asks once more, and whatever Discord tells again after a restart.
    let left = |one: &Unsettled| one.of.guild == cx.guild.id && one.plan == plan.number && !one.awaited;
    let teller = line.teller(cx);
    if pilot.kept(&line.name).unsettled.iter().any(left) {
        // Whoever asks once more is told as well, where he asks.
        pilot.change(&line.name, |kept| kept.asks_too(plan.number, teller));
        pilot.answers(cx.request);
        pilot.save().await;
        return Sent::Unknown;
    }
    let now = cx.app.clock.now();
    let next = now.checked_add(UNDER_WAY).unwrap_or(now);
    let goes_on = resumes(plan);
    // Before it leaves: whatever happens to this process, somebody will look.
    pilot.change(&line.name, |kept| {
        let (also, plan) = (Vec::new(), plan.number);
        kept.sends(Unsettled { of: teller, also, plan, sent_at: now, tries: 0, next, awaited: true });
        if goes_on {
            kept.resumes(teller.guild, teller.channel);
        }
    });
    pilot.answers(cx.request);
    pilot.save().await;
    let sending = plans::commit_plan(&*line.peer, line.asker, plan.number, &plan.digest);
    let asked = match leave.filter(|_| !resumes(plan)) {
        // What is stopped while it is under way is taken back, as far as it can be.
        Some(leave) => tokio::select! {
            biased;
            () = leave.cancelled() => Err(Failed::Unreached(Unreached::Network)),
            asked = sending => asked,
        },
        None => sending.await,
    };
    let asked = match asked {
        Err(failed) if is_doubtful(&failed) => read_at_once(line, plan.number).await.ok_or(failed),
        known => known,
    };
    match asked {
        Ok(plan) => {
            settle(cx.app, line, &plan, (teller, now)).await;
            Sent::Plan(Box::new(read_back(line, plan).await))
        }
        Err(failed) if is_doubtful(&failed) => {
            let next = cx.app.clock.now().checked_add(SOON).unwrap_or(now);
            pilot.change(&line.name, |kept| {
                for one in
                    kept.unsettled.iter_mut().filter(|one| one.of.guild == teller.guild && one.plan == plan.number)
                {
                    one.next = next;
                    one.awaited = false;
                }
            });
            pilot.save().await;
            Sent::Unknown
        }
        Err(failed) => {
            pilot.change(&line.name, |kept| {
                kept.settles(teller.guild, plan.number);
                if goes_on {
                    kept.resumed(teller.guild);
                }
            });
            pilot.save().await;
            Sent::Failed(failed)
        }
    }
}

async fn settle(app: &App, line: &Line, plan: &Plan, (teller, sent_at): (Teller, Timestamp)) {
    // Who else asked meanwhile is told by himself.
    app.pilot.change(&line.name, |kept| kept.is_told(plan.number, teller));
    if resumes(plan) && plan.state != PlanState::Committed {
        app.pilot.change(&line.name, |kept| kept.resumed(teller.guild));
    }
    if resumes(plan) && plan.state == PlanState::Committed {
        app.pilot.lift_since(&line.name, teller.guild, sent_at);
    }
    app.pilot.save().await;
}

/// Somebody reads what became of a plan: he needs not be told once more; who asked before him, or elsewhere, does.
pub(super) async fn known(app: &App, line: &Line, teller: Teller, number: i64) {
    if app.pilot.change(&line.name, |kept| kept.is_told(number, teller)) {
        app.pilot.save().await;
    }
}

/// What a plan became whose answer was lost, where that is certain at once.
async fn read_at_once(line: &Line, number: i64) -> Option<Plan> {
    for pause in AT_ONCE {
        tokio::time::sleep(pause).await;
        if let Ok(plan) = plans::plan(&*line.peer, line.asker, number).await
            && !plan.is_open()
        {
            return Some(plan);
        }
    }
    None
}

/// The plan as Maxis has it now; as he answered where he can't be asked again.
async fn read_back(line: &Line, plan: Plan) -> Plan {
    plans::plan(&*line.peer, line.asker, plan.number).await.unwrap_or(plan)
}

/// What a person is told of a commit.
pub(super) fn told(cx: &Cx<'_>, (sight, name): (&Sight<'_>, &str), plan: &Plan, sent: Sent) -> Reply {
    match sent {
        Sent::Plan(plan) => {
            let mut reply = outcome(sight, &plan);
            let stopped = || cx.app.pilot.kept(name).halt_of(cx.guild.id).is_some();
            if resumes(&plan) && plan.state == PlanState::Committed && stopped() {
                // Somebody stopped it while it was under way.
                reply.text = format!("{}\n{}", reply.text, cx.say.t("plan-stopped-here"));
            }
            reply
        }
        Sent::Failed(failed) => super::orders::denied(cx, sight, plan, failed),
        Sent::Stopped => Reply::public(cx.say.t("plan-stopped-here")),
        Sent::Unknown => {
            let mut reply = shown(sight, plan);
            reply.buttons.clear();
            reply.text = cx.say.with("plan-unsure", &[("number", plan.number.into())]);
            reply.cards.iter_mut().for_each(|card| card.tone = Tone::Alert);
            reply
        }
    }
}

/// What is to be said of a commit that is read back; `None`: it is not known yet.
pub async fn settled(
    say: &Speech<'_>,
    peer: &dyn Peer,
    maxis: Option<&str>,
    (one, now): (&Unsettled, Timestamp),
) -> Option<Settled> {
    let asker = Asker::person(one.of.guild, one.of.user, one.of.locale);
    let read = plans::plan(peer, asker, one.plan).await;
    // Names are a comfort: without them codes are shown.
    let shop = if read.is_ok() { control::catalogue(peer, asker).await.ok() } else { None };
    let sight = Sight { say: *say, shop: shop.as_ref(), at: maxis, whole: false };
    let number = ("number", one.plan.into());
    let old = now.duration_since(one.sent_at);
    match read {
        Ok(plan) if !plan.is_open() => {
            let mut reply = outcome(&sight, &plan);
            let (done, text) = (plan.state == PlanState::Committed, reply.text.clone());
            let id = if done { "plan-settled-done" } else { "plan-settled-not" };
            reply.text = format!("{}\n{text}", say.with(id, &[number]));
            Some(Settled { resumed: done && resumes(&plan), reply })
        }
        Ok(plan) if old >= SETTLED => {
            let mut reply = shown(&sight, &plan);
            reply.text = say.with("plan-settled-again", &[number]);
            Some(Settled { resumed: false, reply })
        }
        Err(Failed::Denied(denied)) if denied.why == Why::NotFound || denied.why == Why::NotAllowed => {
            let text = say.with("plan-settled-unknown", &[number]);
            Some(Settled { resumed: false, reply: Reply::public(format!("{text}\n{}", denied.text)) })
        }
        Err(failed) if old >= GIVEN_UP => {
            let mut reply = Reply::public(say.with("plan-settled-unknown", &[number]));
            if let Failed::Unreached(why) = failed {
                reply = reply.card(down(say, why));
            }
            Some(Settled { resumed: false, reply })
        }
        Ok(_) | Err(_) => None,
    }
}

/// What became of a commit, as it is told.
pub struct Settled {
    /// Whether it let go on what was stopped.
    pub resumed: bool,
    /// What is said.
    pub reply: Reply,
}
