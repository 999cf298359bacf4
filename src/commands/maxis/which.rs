//! Which promotion or giveaway is meant: its number where it is said, the one that runs where there is one, else it is asked.

use super::failed;
use super::line::Line;
use super::plan_card::button;
use crate::commands::Way;
use crate::commands::dispatch::Cx;
use crate::control::{self, Giveaway, Promotion};
use crate::domain::decisions::{Target, Which};
use crate::kernel::reply::Reply;
use crate::kernel::text::{folded, plain};

/// Choices that are offered: one row of buttons.
const OFFERED: usize = 5;

fn asked<T>(
    cx: &Cx<'_>,
    line: &Line,
    found: &[T],
    (id, topic, verb): (&str, &str, &str),
    name: impl Fn(&T) -> (i64, String),
) -> Reply {
    let mut reply = Reply::public(cx.say.t(id));
    for one in found.iter().take(OFFERED) {
        let (number, words) = name(one);
        if cx.way == Way::Direct {
            reply.text = format!("{}\n**#{number}** {words}", reply.text);
        } else {
            let label = format!("#{number} {words}");
            reply = reply.button(button(line.at.as_deref(), label, topic, &format!("{verb} {number}")));
        }
    }
    reply
}

/// How a target stands in what Maxis tells.
fn is_on(target: &Target, one: &Promotion) -> bool {
    match target {
        Target::Plan(code) => one.target == format!("plan/{code}"),
        Target::AllPlans => one.target == "plans",
        Target::Products => one.target == "products",
        Target::Everything => one.target == "everything",
        Target::Product(name) => one.target_name.as_ref().is_some_and(|named| folded(named) == folded(name)),
    }
}

fn number_of(which: &Which) -> Option<i64> {
    which.reference.and_then(|number| i64::try_from(number).ok())
}

/// The promotion that is to stop.
///
/// # Errors
/// What is said where none is meant for certain.
pub(super) async fn promotion(cx: &mut Cx<'_>, line: &Line, which: &Which) -> Result<i64, Reply> {
    if let Some(number) = number_of(which) {
        return Ok(number);
    }
    let all = control::promotions(&*line.peer, line.asker, None).await.map_err(|why| failed(&cx.say, why))?.promotions;
    let meant = |one: &Promotion| {
        let code =
            which.code.as_ref().is_none_or(|code| one.code.as_ref().is_some_and(|own| folded(own) == folded(code)));
        code && which.target.as_ref().is_none_or(|target| is_on(target, one))
    };
    let found: Vec<Promotion> = all.into_iter().filter(meant).collect();
    match found.as_slice() {
        [] => Err(Reply::public(cx.say.t("which-no-promotion"))),
        [one] => Ok(one.number),
        several => {
            let name = |one: &Promotion| {
                let target = one.target_name.clone().unwrap_or_else(|| one.target.clone());
                (one.number, plain(one.code.as_ref().unwrap_or(&target)))
            };
            Err(asked(cx, line, several, ("which-promotion", "promos", "stop"), name))
        }
    }
}

/// The giveaway that is to end, or whose winner is to be replaced.
///
/// # Errors
/// What is said where none is meant for certain.
pub(super) async fn giveaway(cx: &mut Cx<'_>, line: &Line, which: &Which, rerolls: bool) -> Result<i64, Reply> {
    if let Some(number) = number_of(which) {
        return Ok(number);
    }
    let all = control::giveaways(&*line.peer, line.asker, None).await.map_err(|why| failed(&cx.say, why))?.giveaways;
    let states: &[&str] = if rerolls { &["drawn", "done"] } else { &["open", "paused"] };
    let found: Vec<Giveaway> = all.into_iter().filter(|one| states.contains(&one.state.as_str())).collect();
    match found.as_slice() {
        [] => Err(Reply::public(cx.say.t(if rerolls { "which-no-drawn" } else { "which-no-giveaway" }))),
        [one] => Ok(one.number),
        several => {
            let name = |one: &Giveaway| (one.number, plain(&one.prize));
            let verb = if rerolls { "reroll" } else { "end" };
            Err(asked(cx, line, several, ("which-giveaway", "giveaways", verb), name))
        }
    }
}
