//! `maxis follow …` and `maxis unfollow …`: what Shellia posts in a channel of what happens at Maxis, and what `maxis status` says of it.
//!
//! Whether somebody may is Maxis' word: it is asked for his guild's settings on his behalf, which it gives to operators alone.

use super::status::down;
use crate::commands::dispatch::Cx;
use crate::commands::spec::{Opt, Type};
use crate::commands::text;
use crate::control::{self, Asker, Failed};
use crate::domain::analytics;
use crate::kernel::reply::{Card, Reply};
use crate::kernel::words::Speech;
use crate::kernel::{Error, Result, error::Problem};
use crate::pilot::{Ended, Follow, Kept, Topic, Uptime};
use std::collections::BTreeSet;

/// What may be followed.
const FOLLOWED: &[&str] = &["sale", "dispute", "sla", "giveaway", "promotion", "outage", "report", "everything"];
static WHAT: Opt = Opt::optional("details", Type::Choice(FOLLOWED));
/// The windows of uptime, in hours.
const WINDOWS: [i64; 3] = [24, 7 * 24, 30 * 24];

/// The topics of words between spaces or commas; none: all of them.
fn topics(cx: &Cx<'_>, typed: &str) -> Result<BTreeSet<Topic>> {
    let mut topics = BTreeSet::new();
    for word in typed.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()) {
        let code = text::code_of(&WHAT, word.to_owned(), &cx.app.words);
        match Topic::from_word(&code) {
            Some(topic) => drop(topics.insert(topic)),
            None if code == "everything" => topics.extend(Topic::ALL),
            None => {
                let problem = Problem::NotAChoice { choices: FOLLOWED.to_vec() };
                return Err(Error::Argument { option: "details", problem });
            }
        }
    }
    Ok(if topics.is_empty() { Topic::ALL.into() } else { topics })
}

/// Has the channel follow these.
pub(super) async fn follow(cx: &mut Cx<'_>, name: Option<&str>, typed: &str) -> Result<Reply> {
    let Some(maxis) = cx.app.pilot.named(name) else { return Ok(Reply::public(cx.say.t("maxis-status-none"))) };
    let topics = topics(cx, typed)?;
    let asker = Asker::person(cx.guild.id, cx.user, cx.say.locale);
    let settings = match control::guild(&*maxis.peer, asker).await {
        Ok(settings) => settings,
        Err(Failed::Unreached(why)) => return Ok(Reply::public("").card(down(&cx.say, why))),
        Err(Failed::Denied(denied)) => return Ok(Reply::public(denied.text)),
    };
    // The recap begins with the week that is not over yet.
    let zone = analytics::zone(&settings.time_zone);
    let week = topics.contains(&Topic::Report).then(|| cx.app.pilot.report_at().last_week(cx.now, &zone)).flatten();
    let follow = Follow { guild: cx.guild.id, channel: cx.channel, topics, locale: settings.locale, ended: None };
    let (channel, by) = (cx.channel, cx.user);
    let follows = cx.app.pilot.change(&maxis.name, |kept| {
        // Where it was followed before and is no more, it begins anew.
        kept.reported();
        let follows = kept.follow(follow)?;
        if let Some(week) = week {
            kept.report(channel, by, week);
        }
        Some(follows)
    });
    let follows = follows.ok_or(Error::Conflict("error-follow-many"))?;
    cx.app.pilot.save().await;
    let list = listed(&cx.say, &follows);
    Ok(Reply::public(cx.say.with("follow-now", &[("topics", (&list).into())])))
}

/// Has the channel follow these no more. Whoever is an operator here may quiet it, also while Maxis is away.
pub(super) async fn unfollow(cx: &mut Cx<'_>, name: Option<&str>, typed: &str) -> Result<Reply> {
    let Some(maxis) = cx.app.pilot.named(name) else { return Ok(Reply::public(cx.say.t("maxis-status-none"))) };
    let topics = topics(cx, typed)?;
    let left = cx.app.pilot.change(&maxis.name, |kept| kept.unfollow(cx.channel, &topics));
    cx.app.pilot.save().await;
    Ok(Reply::public(match left {
        None => cx.say.t("unfollow-nothing"),
        Some(left) if left.is_empty() => cx.say.t("unfollow-all"),
        Some(left) => {
            let list = listed(&cx.say, &left);
            cx.say.with("follow-still", &[("topics", (&list).into())])
        }
    }))
}

fn listed(say: &Speech<'_>, topics: &BTreeSet<Topic>) -> String {
    topics.iter().map(|topic| say.t(&format!("followed-{}", topic.word()))).collect::<Vec<_>>().join(", ")
}

/// Adds to a status what is kept of that Maxis: its uptime, and the channels of this guild that follow it.
pub(super) fn beside(cx: &Cx<'_>, mut card: Card, kept: &Kept) -> Card {
    let uptime = WINDOWS.map(|hours| kept.watched.uptime(hours, cx.now));
    if uptime.iter().any(|one| one.hundredths().is_some()) {
        let shown = uptime.map(|one| percent(&cx.say, one));
        let [day, week, month] = &shown;
        let args = [("day", day.into()), ("week", week.into()), ("month", month.into())];
        card = card.field(cx.say.t("field-maxis-uptime"), cx.say.with("maxis-uptime", &args), true);
    }
    let lines: Vec<String> =
        kept.follows.iter().filter(|one| one.guild == cx.guild.id).map(|one| line(cx, one)).collect();
    if lines.is_empty() { card } else { card.field(cx.say.t("field-maxis-follows"), lines.join("\n"), false) }
}

fn line(cx: &Cx<'_>, follow: &Follow) -> String {
    let channel = format!("<#{}>", follow.channel);
    match follow.ended {
        None => {
            let topics = listed(&cx.say, &follow.topics);
            cx.say.with("follow-line", &[("channel", (&channel).into()), ("topics", (&topics).into())])
        }
        Some(Ended::Gone) => cx.say.with("follow-gone", &[("channel", (&channel).into())]),
        Some(Ended::Closed) => cx.say.with("follow-closed", &[("channel", (&channel).into())]),
    }
}

fn percent(say: &Speech<'_>, uptime: Uptime) -> String {
    let Some(hundredths) = uptime.hundredths() else { return "—".to_owned() };
    let (whole, part) = (hundredths / 100, hundredths % 100);
    match say.locale {
        crate::kernel::Locale::Fr => format!("{whole},{part:02} %"),
        crate::kernel::Locale::En => format!("{whole}.{part:02}%"),
    }
}
