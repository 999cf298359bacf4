//! `maxis autonomy` and `maxis audit`: how much may happen without a person, and who did what.

use super::failed;
use super::line::Line;
use super::orders::propose;
use super::plan_card::button;
use crate::commands::dispatch::Cx;
use crate::control::plans::{AuditLine, Autonomy, Switch, audit, plan_switch, set_autonomy};
use crate::control::wanted::{Wanted, WantedAutonomy};
use crate::kernel::Result;
use crate::kernel::reply::{Card, Reply};
use crate::kernel::text::{folded, plain};
use crate::kernel::words::Speech;

/// Lines of the audit that are shown.
const LINES: usize = 15;

/// The dial, from the least to the most.
const ALL: [Autonomy; 4] = [Autonomy::Off, Autonomy::Suggest, Autonomy::Approve, Autonomy::Automatic];

/// How far up a place of the dial is.
fn place(autonomy: Autonomy) -> Option<usize> {
    ALL.iter().position(|one| *one == autonomy)
}

/// What a place of the dial is called.
pub(super) fn name(say: &Speech<'_>, autonomy: Autonomy) -> String {
    say.t(&format!("autonomy-name-{}", word(autonomy)))
}

/// The word of a place of the dial.
const fn word(autonomy: Autonomy) -> &'static str {
    match autonomy {
        Autonomy::Off => "off",
        Autonomy::Suggest => "suggest",
        Autonomy::Approve => "approve",
        Autonomy::Automatic => "automatic",
    }
}

/// The place of the dial that a word names, in either language.
pub(super) fn named(typed: &str) -> Option<Autonomy> {
    match folded(typed.trim()).as_str() {
        "off" | "none" | "aucune" | "eteinte" | "eteint" | "zero" => Some(Autonomy::Off),
        "suggest" | "suggestion" | "suggestions" | "suggere" | "suggerer" | "proposer" => Some(Autonomy::Suggest),
        "approve" | "approval" | "approbation" | "approuver" => Some(Autonomy::Approve),
        "automatic" | "auto" | "automatique" => Some(Autonomy::Automatic),
        _ => None,
    }
}

fn shown(say: &Speech<'_>, line: &Line, switch: &Switch) -> Reply {
    let now = say.t(&format!("autonomy-{}", word(switch.autonomy)));
    let mut lines = vec![say.with("autonomy-now", &[("now", (&now).into())])];
    if let Some(at) = switch.stopped_at {
        let since = format!("<t:{}:R>", at.as_second());
        lines.push(say.with("autonomy-stopped", &[("since", (&since).into())]));
    }
    let reply = Reply::public(lines.join("\n"));
    let others = ALL.into_iter().filter(|one| *one != switch.autonomy);
    others.fold(reply, |reply, one| {
        let label = name(say, one);
        reply.button(button(line.at.as_deref(), label, "autonomy", word(one)))
    })
}

/// Shows where the dial stands, or turns it: down at once, up by a plan.
pub(super) async fn autonomy(cx: &mut Cx<'_>, line: &Line, typed: &str) -> Result<Reply> {
    let to = named(typed);
    if to.is_none() && !typed.trim().is_empty() {
        return Ok(Reply::public(cx.say.t("autonomy-unknown")));
    }
    let asked = plan_switch(&*line.peer, line.asker).await;
    let asked = match (to, asked) {
        // Up it goes by a plan.
        (Some(to), Ok(switch)) if place(to) > place(switch.autonomy) => {
            return propose(cx, line, Wanted::Autonomy(WantedAutonomy { autonomy: to })).await;
        }
        (Some(to), Ok(_)) => set_autonomy(&*line.peer, line.asker, to).await,
        (_, asked) => asked,
    };
    Ok(match asked {
        Ok(switch) => shown(&cx.say, line, &switch),
        Err(why) => failed(&cx.say, why),
    })
}

/// Shows where the dial stands and offers to turn it: what a sentence asks for waits for a button.
pub(super) async fn offered(cx: &mut Cx<'_>, line: &Line, typed: &str) -> Result<Reply> {
    let switch = match plan_switch(&*line.peer, line.asker).await {
        Ok(switch) => switch,
        Err(why) => return Ok(failed(&cx.say, why)),
    };
    let mut reply = shown(&cx.say, line, &switch);
    if let Some(to) = named(typed) {
        let wanted = word(to);
        reply.buttons.retain(|button| button.action.options.iter().any(|(_, value)| value == wanted));
        if !reply.buttons.is_empty() {
            reply.text = format!("{}\n{}", reply.text, cx.say.t("autonomy-press"));
        }
    }
    Ok(reply)
}

/// Shows the newest lines of the audit, or those below a number.
pub(super) async fn log(cx: &mut Cx<'_>, line: &Line, below: Option<i64>) -> Result<Reply> {
    let lines = match audit(&*line.peer, line.asker, below).await {
        Ok(found) => found.lines,
        Err(why) => return Ok(failed(&cx.say, why)),
    };
    if lines.is_empty() {
        return Ok(Reply::public(cx.say.t("audit-none")));
    }
    let mut card = Card::titled(cx.say.t("audit-title"));
    card.body = lines.iter().take(LINES).map(|one| row(&cx.say, one)).collect::<Vec<_>>().join("\n");
    card.footer = cx.say.t("audit-footer");
    let mut reply = Reply::public("").card(card);
    if let Some(last) = lines.get(LINES - 1).filter(|last| last.number > 1) {
        let older = last.number.to_string();
        reply = reply.button(button(line.at.as_deref(), cx.say.t("audit-older"), "audit", &older));
    }
    Ok(reply)
}

fn row(say: &Speech<'_>, line: &AuditLine) -> String {
    let action = say.find(&format!("journal-{}", line.action), &[]).unwrap_or_else(|| plain(&line.action));
    let plan = line.plan.map(|plan| format!(" · plan #{plan}")).unwrap_or_default();
    format!("`{}` <t:{}:f> <@{}> · {action}{plan}", line.number, line.at.as_second(), line.by)
}
