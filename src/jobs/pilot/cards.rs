//! Shows on the cards of plans what was decided elsewhere: at the panel, in another channel, by the clock. It decides nothing, and
//! posts nothing new.

use crate::app::App;
use crate::commands::plan_card;
use crate::control::plans::{self, Plan};
use crate::control::{self, Asker, Failed, Why};
use crate::domain::notifications::Undelivered;
use crate::pilot::{Piloted, PlanCard};

/// Most messages of one plan in a channel that are edited at once.
const MOST: usize = 5;

/// Looks at the cards of one Maxis that are due.
pub(super) async fn look(app: &App, maxis: &Piloted) {
    let now = app.clock.now();
    let due: Vec<PlanCard> = app.pilot.kept(&maxis.name).cards.into_iter().filter(|card| card.next <= now).collect();
    for card in &due {
        let asker = Asker::person(card.of.guild, card.of.user, card.of.locale);
        match plans::plan(&*maxis.peer, asker, card.plan).await {
            Ok(plan) => show(app, maxis, card, plan).await,
            // Whoever was shown it may know it no more; its buttons say so themselves.
            Err(Failed::Denied(denied)) if matches!(denied.why, Why::NotAllowed | Why::NotFound) => {
                app.pilot.change(&maxis.name, |kept| kept.drops(card));
            }
            Err(_) => app.pilot.change(&maxis.name, |kept| kept.misses(card, now)),
        }
    }
    if !due.is_empty() {
        app.pilot.save().await;
    }
}

/// Has a card show a plan as it stands, where it doesn't.
async fn show(app: &App, maxis: &Piloted, card: &PlanCard, plan: Plan) {
    let edited = if card.shows(&plan) { Ok(()) } else { edit(app, maxis, card, &plan).await };
    let now = app.clock.now();
    app.pilot.change(&maxis.name, |kept| match edited {
        Err(Undelivered::Later(_)) => kept.misses(card, now),
        // One that can't be edited shows nothing more either.
        Ok(()) if plan.is_open() => {
            let next = PlanCard::due(&plan).max(now);
            let (state, approvals) = (plan.state, plan.approvals.len());
            kept.shows(PlanCard { next, tries: 0, state, approvals, ..card.clone() });
        }
        Ok(()) | Err(_) => kept.drops(card),
    });
}

async fn edit(app: &App, maxis: &Piloted, card: &PlanCard, plan: &Plan) -> Result<(), Undelivered> {
    let asker = Asker::person(card.of.guild, card.of.user, card.of.locale);
    // Names are a comfort: without them codes are shown.
    let shop = control::catalogue(&*maxis.peer, asker).await.ok();
    let reply = plan_card(app.words.speak(card.of.locale), (card.at.as_deref(), shop.as_ref()), plan);
    let mut last = None;
    for _ in 0..MOST {
        let Some(message) = app.courier.find(card.of.channel, &card.action).await? else { break };
        // One whose buttons stay is found again.
        if last.replace(message) == Some(message) {
            break;
        }
        app.courier.edit(card.of.channel, message, &reply).await?;
    }
    Ok(())
}
