//! Shows on the cards of plans what was decided elsewhere: at the panel, in another channel, by the clock. It decides nothing.

use super::nonce;
use crate::app::App;
use crate::commands::{moved_card, plan_card};
use crate::control::plans::{self, PlanState};
use crate::control::{self, Asker, Failed, Why};
use crate::domain::notifications::Undelivered;
use crate::kernel::reply::Reply;
use crate::pilot::{Piloted, PlanCard};

/// Most messages of one plan in a channel that are edited at once.
const MOST: usize = 5;

/// Looks at the cards of one Maxis that are due.
pub(super) async fn look(app: &App, maxis: &Piloted) {
    let now = app.clock.now();
    let due: Vec<PlanCard> = app.pilot.kept(&maxis.name).cards.into_iter().filter(|card| card.next <= now).collect();
    for card in &due {
        see_to(app, maxis, card).await;
    }
    if !due.is_empty() {
        app.pilot.save().await;
    }
}

/// Has a card show a plan as it stands, where it doesn't.
async fn see_to(app: &App, maxis: &Piloted, card: &PlanCard) {
    let (now, say) = (app.clock.now(), app.words.speak(card.of.locale));
    let asker = Asker::person(card.of.guild, card.of.user, card.of.locale);
    let (plan, reply) = match plans::plan(&*maxis.peer, asker, card.plan).await {
        Ok(plan) if card.shows(&plan) => (Some(plan), None),
        Ok(plan) => {
            // Names are a comfort: without them codes are shown.
            let shop = control::catalogue(&*maxis.peer, asker).await.ok();
            let reply = plan_card(say, (card.at.as_deref(), shop.as_ref()), &plan);
            (Some(plan), Some(reply))
        }
        // Whoever was shown it may know it no more; its buttons would lead others astray.
        Err(Failed::Denied(denied)) if matches!(denied.why, Why::NotAllowed | Why::NotFound) => {
            (None, Some(moved_card(say, card.at.as_deref(), card.plan)))
        }
        Err(_) => return app.pilot.change(&maxis.name, |kept| kept.misses(card, now)),
    };
    // That nobody decided in time is no news.
    let loud = plan.as_ref().is_none_or(|plan| plan.state != PlanState::Expired);
    let shown = match &reply {
        Some(reply) => show(app, maxis, card, (reply, loud)).await,
        None => Ok(()),
    };
    app.pilot.change(&maxis.name, |kept| match (shown, plan) {
        (Err(Undelivered::Later(_)), _) => kept.misses(card, now),
        (Ok(()), Some(plan)) if plan.is_open() => {
            let next = PlanCard::due(&plan).max(now);
            let (state, approvals) = (plan.state, plan.approvals.len());
            kept.shows(PlanCard { next, tries: 0, state, approvals, ..card.clone() });
        }
        // One that can't be edited shows nothing more either.
        _ => kept.drops(card),
    });
}

/// Edits each message that has the card's button still. Where none is found and nobody pressed one, it lies too far back to be found, or
/// was deleted: what became of the plan is said anew.
async fn show(app: &App, maxis: &Piloted, card: &PlanCard, (reply, loud): (&Reply, bool)) -> Result<(), Undelivered> {
    let mut last = None;
    for _ in 0..MOST {
        let Some(message) = app.courier.find(card.of.channel, &card.action).await? else { break };
        // One whose buttons stay is found again.
        if last.replace(message) == Some(message) {
            break;
        }
        app.courier.edit(card.of.channel, message, reply).await?;
    }
    if last.is_none() && loud && !card.answered {
        let news = format!("card {} {}", card.plan, reply.text);
        app.courier.post(card.of.channel, reply, &nonce(&maxis.name, &news, card.of.channel)).await?;
    }
    Ok(())
}
