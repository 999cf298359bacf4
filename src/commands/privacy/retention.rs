//! `retention`: how long what is kept, shown and changed; where a shorter time would erase something now, it asks back.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::OPERATOR;
use crate::app::App;
use crate::domain::privacy::retention::{self, FEWEST_DAYS, Kept, MOST_DAYS, Rule};
use crate::kernel::error::Problem;
use crate::kernel::reply::{Action, Button, Card, Reply, Style};
use crate::kernel::words::Speech;
use crate::kernel::{Actor, Error, GuildId, Result, System};
use futures_util::FutureExt;
use jiff::Timestamp;

const WHAT: Type = Type::Choice(&["kept_tickets", "kept_files", "kept_audit"]);
/// Zero is without limit.
const DAYS: Type = Type::Int(0, 3650);

pub(super) static RETENTION: Spec = Spec {
    name: "retention",
    options: &[Opt::optional("kept", WHAT), Opt::optional("kept_days", DAYS)],
    run: |cx, args| show(cx, args).boxed(),
    ..OPERATOR
};

pub(super) static SET: Spec = Spec {
    name: "retention_set",
    hidden: true,
    options: &[Opt::required("kept", WHAT), Opt::required("kept_days", DAYS)],
    run: |cx, args| set(cx, args).boxed(),
    ..OPERATOR
};

/// What was chosen, where something was: what, and for how many days.
fn chosen(args: &Args) -> Result<Option<(Kept, Option<u32>)>> {
    let kept = args.choice("kept").and_then(|word| word.strip_prefix("kept_")).and_then(Kept::from_word);
    let days = args.int("kept_days");
    match (kept, days) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err(Error::Argument { option: "kept", problem: Problem::Missing }),
        (Some(_), None) => Err(Error::Argument { option: "kept_days", problem: Problem::Missing }),
        (Some(kept), Some(0)) => Ok(Some((kept, None))),
        (Some(kept), Some(days)) => {
            let in_range = u32::try_from(days).ok().filter(|days| (FEWEST_DAYS..=MOST_DAYS).contains(days));
            let wrong = Problem::NotInRange { min: FEWEST_DAYS.into(), max: MOST_DAYS.into() };
            let days = in_range.ok_or(Error::Argument { option: "kept_days", problem: wrong })?;
            Ok(Some((kept, Some(days))))
        }
    }
}

fn shown(say: &Speech<'_>, days: Option<u32>) -> String {
    match days {
        None => say.t("privacy-days-unlimited"),
        Some(days) => say.with("privacy-days", &[("days", i64::from(days).into())]),
    }
}

fn rule_line(say: &Speech<'_>, rule: &Rule) -> String {
    let (what, days) = (say.t(&format!("privacy-kept-{}", rule.kept.as_str())), shown(say, rule.days));
    let why = say.t(&format!("privacy-kept-why-{}", rule.kept.as_str()));
    let mark = if rule.kept.is_chosen() { "✏️" } else { "🔒" };
    format!("{mark} **{what}** : {days}\n-# {why}")
}

async fn show(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    if let Some(wanted) = chosen(args)? {
        return change(cx, wanted).await;
    }
    let (guild, installed) = (cx.guild.id, (cx.app.privacy, cx.app.tickets.attachment_days));
    let rules = retention::rules(cx.tx()?, guild, installed).await?;
    let say = &cx.say;
    let mut card = Card::titled(say.t("retention-title"));
    card.body = rules.iter().map(|rule| rule_line(say, rule)).collect::<Vec<_>>().join("\n");
    card.footer = say.t("retention-how");
    Ok(Reply::private("").card(card))
}

/// How much another time would erase now.
///
/// # Errors
/// [`Error::Unavailable`] where the database can't be reached.
pub async fn over(app: &App, guild: GuildId, (kept, days): (Kept, u32), now: Timestamp) -> Result<i64> {
    let mut tx = app.db.begin(&Actor::system_in(System::Privacy, guild)).await?;
    let count = retention::over(&mut tx, guild, (kept, days), now).await?;
    tx.end().await?;
    Ok(count)
}

async fn change(cx: &mut Cx<'_>, (kept, days): (Kept, Option<u32>)) -> Result<Reply> {
    let (app, guild, now) = (cx.app, cx.guild.id, cx.now);
    let gone = match days {
        Some(days) => cx.outside(over(app, guild, (kept, days), now)).await??,
        None => 0,
    };
    let say = &cx.say;
    let Some(new) = days.filter(|_| gone > 0) else { return put(cx, (kept, days)) };
    let what = say.t(&format!("privacy-kept-{}", kept.as_str()));
    let text = say.with(
        &format!("retention-asks-{}", kept.as_str()),
        &[("what", (&what).into()), ("days", i64::from(new).into()), ("count", gone.into())],
    );
    let yes = Action::new("retention_set").with("kept", format!("kept_{}", kept.as_str())).with("kept_days", new);
    Ok(Reply::private(text).button(Button::new(say.t("button-retention-yes"), yes).style(Style::Danger).emoji("🗑️")))
}

async fn set(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let wanted = chosen(args)?.ok_or(Error::Argument { option: "kept", problem: Problem::Missing })?;
    cx.spent = true;
    put(cx, wanted)
}

fn put(cx: &mut Cx<'_>, wanted: (Kept, Option<u32>)) -> Result<Reply> {
    let (guild, user, now) = (cx.guild.id, cx.user, cx.now);
    retention::set(cx.tx()?, (guild, user), wanted, now);
    let what = cx.say.t(&format!("privacy-kept-{}", wanted.0.as_str()));
    let days = shown(&cx.say, wanted.1);
    Ok(Reply::private(cx.say.with("retention-done", &[("what", (&what).into()), ("days", (&days).into())])))
}
