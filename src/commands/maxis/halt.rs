//! The switch that stops everything, and what lets it go on.
//!
//! It acts here first: from that moment on nothing leaves that changes a shop of this guild, whatever is under way. Then Maxis is told;
//! where he can't be, `jobs::pilot` goes on telling him.

use super::failed;
use super::line::Line;
use super::orders::propose;
use crate::commands::dispatch::Cx;
use crate::control::plans::stop_plans;
use crate::control::wanted::{Wanted, WantedResume};
use crate::control::{Denied, Failed, Why};
use crate::kernel::Result;
use crate::kernel::reply::Reply;
use crate::pilot::{Halt, pause};
use futures_util::future::join_all;
use std::time::Duration;

/// How long whoever stops waits for Maxis' word.
const PATIENCE: Duration = Duration::from_secs(2);

/// How a Maxis took it.
enum Told {
    Stopped,
    Refuses(Denied),
    Away,
}

/// Stops everything, in the Maxis that is named or in each.
pub(super) async fn stop(cx: &mut Cx<'_>, at: Option<&str>) -> Result<Reply> {
    let lines = Line::each(cx, at);
    let (now, pilot) = (cx.app.clock.now(), &cx.app.pilot);
    let next = now.checked_add(pause(0)).unwrap_or(now);
    let mut is_new = Vec::new();
    for line in &lines {
        let halt = Halt { by: line.teller(cx), at: now, owed: true, tries: 0, next };
        is_new.push(pilot.halt(&line.name, halt));
    }
    // What becomes of it is told from now on, whatever happens to this process.
    pilot.answers(cx.request);
    let (told, ()) = tokio::join!(join_all(lines.iter().map(tell)), pilot.save());
    let any_stopped = told.iter().any(|told| matches!(told, Told::Stopped));
    let mut said = Vec::new();
    for ((line, told), is_new) in lines.iter().zip(told).zip(is_new) {
        let text = match told {
            Told::Stopped => {
                pilot.told(&line.name, cx.guild.id);
                cx.say.t("stop-done")
            }
            Told::Refuses(denied) => {
                // Who may not stop there stops nothing here either, and undoes no stop of somebody else.
                if is_new {
                    pilot.lift(&line.name, cx.guild.id);
                } else {
                    pilot.told(&line.name, cx.guild.id);
                }
                // Of several, one that doesn't know this guild has nothing to stop.
                if any_stopped {
                    continue;
                }
                denied.text
            }
            Told::Away => cx.say.t("stop-here-only"),
        };
        said.push(if lines.len() > 1 { format!("**{}** · {text}", line.name) } else { text });
    }
    pilot.save().await;
    Ok(Reply::public(said.join("\n")))
}

async fn tell(line: &Line) -> Told {
    match tokio::time::timeout(PATIENCE, stop_plans(&*line.peer, line.asker)).await {
        Ok(Ok(_)) => Told::Stopped,
        Ok(Err(Failed::Denied(denied))) if matches!(denied.why, Why::NotAllowed | Why::NotFound) => {
            Told::Refuses(denied)
        }
        Ok(Err(_)) | Err(_) => Told::Away,
    }
}

/// Plans that all goes on.
pub(super) async fn resume(cx: &mut Cx<'_>, line: &Line) -> Result<Reply> {
    let (pilot, guild) = (&cx.app.pilot, cx.guild.id);
    let halted = pilot.kept(&line.name).halt_of(guild).cloned();
    if halted.as_ref().is_some_and(|halt| halt.owed) {
        // What goes on is what Maxis stopped: he hears of the stop first.
        match stop_plans(&*line.peer, line.asker).await {
            Ok(_) => pilot.told(&line.name, guild),
            Err(why) => return Ok(failed(&cx.say, why)),
        }
    }
    let mut reply = propose(cx, line, Wanted::Resume(WantedResume {})).await?;
    let lifted = cx.say.t("error-agent-not-stopped");
    if halted.is_some() && reply.text == lifted {
        // Maxis goes on already, by somebody's approval there.
        cx.app.pilot.lift(&line.name, guild);
        cx.app.pilot.save().await;
        reply.text = cx.say.t("stop-lifted");
    }
    Ok(reply)
}
