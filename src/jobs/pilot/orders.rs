//! Settles Shellia's own orders with one Maxis: tells him of a stop that he wasn't told of, and reads back commits of which nobody told
//! what became. It commits nothing, and says once what it found.

use super::nonce;
use crate::app::App;
use crate::commands::settled;
use crate::control::plans::stop_plans;
use crate::control::{Asker, Failed, Why};
use crate::domain::notifications::Undelivered;
use crate::jobs::pace::sleep;
use crate::kernel::reply::Reply;
use crate::pilot::{Halt, Piloted, Teller, Unsettled, pause};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often it is looked whether something is due.
const LOOK: Duration = Duration::from_millis(500);

/// Runs until `stop`.
pub(super) async fn run(app: Arc<App>, at: usize, stop: CancellationToken) {
    let Some(maxis) = app.pilot.peers().get(at).cloned() else { return };
    loop {
        let now = app.clock.now();
        let kept = app.pilot.kept(&maxis.name);
        for halt in kept.halts.into_iter().filter(|halt| halt.owed && halt.next <= now) {
            tell(&app, &maxis, &halt).await;
        }
        for one in kept.unsettled.into_iter().filter(|one| one.next <= now) {
            read_back(&app, &maxis, &one).await;
        }
        if !sleep(LOOK, &stop).await {
            return;
        }
    }
}

/// Tells Maxis that everything is stopped.
async fn tell(app: &App, maxis: &Piloted, halt: &Halt) {
    let by = halt.by;
    let say = app.words.speak(by.locale);
    let asked = stop_plans(&*maxis.peer, Asker::person(by.guild, by.user, by.locale)).await;
    let text = match asked {
        Ok(_) => say.t("stop-told"),
        Err(Failed::Denied(denied)) if matches!(denied.why, Why::NotAllowed | Why::NotFound) => {
            format!("{}\n{}", say.t("stop-refused"), denied.text)
        }
        Err(_) => {
            app.pilot.change(&maxis.name, |kept| {
                for one in kept.halts.iter_mut().filter(|one| one.by.guild == by.guild) {
                    one.tries = one.tries.saturating_add(1);
                    let now = app.clock.now();
                    one.next = now.checked_add(pause(one.tries)).unwrap_or(now);
                }
            });
            return;
        }
    };
    if post(app, maxis, by, &format!("stop {}", halt.at), Reply::public(named(app, maxis, &text))).await {
        app.pilot.told(&maxis.name, by.guild);
        app.pilot.save().await;
    }
}

/// Looks what became of a commit.
async fn read_back(app: &App, maxis: &Piloted, one: &Unsettled) {
    let by = one.of;
    let now = app.clock.now();
    let at = (app.pilot.peers().len() > 1).then_some(maxis.name.as_str());
    let say = app.words.speak(by.locale);
    let found = settled(&say, &*maxis.peer, at, (one, now)).await;
    let later = |tries: u32| now.checked_add(pause(tries)).unwrap_or(now);
    let Some(found) = found else {
        app.pilot.change(&maxis.name, |kept| {
            for kept in kept.unsettled.iter_mut().filter(|kept| kept.of.guild == by.guild && kept.plan == one.plan) {
                kept.tries = kept.tries.saturating_add(1);
                kept.next = later(kept.tries);
            }
        });
        return;
    };
    if found.resumed {
        app.pilot.lift(&maxis.name, by.guild);
    }
    let mut reply = found.reply;
    reply.text = named(app, maxis, &reply.text);
    // Somebody who pressed again may have heard already.
    let still = app.pilot.kept(&maxis.name).unsettled.iter().any(|kept| kept == one);
    if still && post(app, maxis, by, &format!("plan {} {}", one.plan, one.sent_at), reply).await {
        app.pilot.change(&maxis.name, |kept| kept.settles(by.guild, one.plan));
    }
    app.pilot.save().await;
}

fn named(app: &App, maxis: &Piloted, text: &str) -> String {
    if app.pilot.peers().len() > 1 { format!("**{}** · {text}", maxis.name) } else { text.to_owned() }
}

/// Tells whoever gave the order; tells whether that is done, or can't be.
async fn post(app: &App, maxis: &Piloted, by: Teller, news: &str, reply: Reply) -> bool {
    let nonce = nonce(&maxis.name, news, by.channel);
    match app.courier.post(by.channel, &reply, &nonce).await {
        Ok(_) => true,
        Err(Undelivered::Later(_)) => false,
        Err(error) => {
            tracing::warn!(maxis = maxis.name, channel = %by.channel, %error, "what became of an order could not be posted");
            true
        }
    }
}
