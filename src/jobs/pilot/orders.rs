//! Settles Shellia's own orders with one Maxis: tells him of a stop that he wasn't told of, and reads back commits of which nobody told
//! what became. It commits nothing, and says once what it found. And it tells whoever was never answered, because Shellia ended first.

use super::{cards, nonce};
use crate::app::App;
use crate::commands::settled;
use crate::control::plans::stop_plans;
use crate::control::{Asker, Failed, Why};
use crate::domain::notifications::Undelivered;
use crate::jobs::pace::sleep;
use crate::kernel::ChannelId;
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
        cards::look(&app, &maxis).await;
        // Of all of them, by one.
        if at == 0 {
            tell_lost(&app).await;
            app.pilot.save_answers().await;
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

/// Tells whoever asked something that an earlier process heard and didn't live to answer: once each, where he asked.
async fn tell_lost(app: &App) {
    let mut told = Vec::new();
    for one in app.pilot.lost() {
        let who = (one.user, one.channel);
        let is_new = !told.contains(&who);
        if is_new {
            let say = app.words.speak(one.locale);
            let (person, at) = (format!("<@{}>", one.user), format!("<t:{}:T>", one.at.as_second()));
            let text = say.with("order-lost", &[("person", (&person).into()), ("at", (&at).into())]);
            let nonce = nonce("", &format!("lost {}", one.request), one.channel);
            if !posted(app, one.channel, &Reply::public(text), &nonce).await {
                continue;
            }
            told.push(who);
        }
        app.pilot.answers(&one.request);
    }
}

/// Looks what became of a commit, and tells everybody who asked for it.
async fn read_back(app: &App, maxis: &Piloted, one: &Unsettled) {
    let now = app.clock.now();
    let at = (app.pilot.peers().len() > 1).then_some(maxis.name.as_str());
    let is = |kept: &&mut Unsettled| kept.of.guild == one.of.guild && kept.plan == one.plan;
    for by in one.tellers() {
        let of_his = Unsettled { of: by, ..one.clone() };
        let say = app.words.speak(by.locale);
        let Some(found) = settled(&say, &*maxis.peer, at, (&of_his, now)).await else {
            app.pilot.change(&maxis.name, |kept| {
                for kept in kept.unsettled.iter_mut().filter(is) {
                    kept.tries = one.tries.saturating_add(1);
                    kept.next = now.checked_add(pause(kept.tries)).unwrap_or(now);
                }
            });
            continue;
        };
        let stopped = found.resumed && !app.pilot.lift_since(&maxis.name, by.guild, one.sent_at);
        let mut reply = found.reply;
        if stopped {
            // Somebody stopped it while it was under way.
            reply.text = format!("{}\n{}", reply.text, say.t("plan-stopped-here"));
        }
        reply.text = named(app, maxis, &reply.text);
        // Somebody who pressed again may have heard already.
        let waits = |kept: &Unsettled| kept.plan == one.plan && kept.tellers().any(|teller| teller == by);
        let still = app.pilot.kept(&maxis.name).unsettled.iter().any(waits);
        if still && post(app, maxis, by, &format!("plan {} {} {}", one.plan, one.sent_at, by.user), reply).await {
            app.pilot.change(&maxis.name, |kept| kept.is_told(one.plan, by));
        }
        app.pilot.save().await;
    }
}

fn named(app: &App, maxis: &Piloted, text: &str) -> String {
    if app.pilot.peers().len() > 1 { format!("**{}** · {text}", maxis.name) } else { text.to_owned() }
}

/// Tells whoever gave the order; tells whether that is done, or can't be.
async fn post(app: &App, maxis: &Piloted, by: Teller, news: &str, reply: Reply) -> bool {
    posted(app, by.channel, &reply, &nonce(&maxis.name, news, by.channel)).await
}

async fn posted(app: &App, channel: ChannelId, reply: &Reply, nonce: &str) -> bool {
    match app.courier.post(channel, reply, nonce).await {
        Ok(_) => true,
        Err(Undelivered::Later(_)) => false,
        Err(error) => {
            tracing::warn!(%channel, %error, "what became of an order could not be posted");
            true
        }
    }
}
