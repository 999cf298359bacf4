//! Giveaways that are wanted, as the domain takes them. What is won is given by hand: nothing that costs is promised from afar.

use super::super::person::Operator;
use super::deeds::{Deed, Reroll};
use super::promotions::{end, wrong};
use crate::app::App;
use crate::commands::giveaways::{announceable, secrets};
use crate::control::effect::GiveawayEffect;
use crate::control::wanted::{WantedEnd, WantedGiveaway, WantedReroll};
use crate::domain::giveaways::draw::Reason;
use crate::domain::giveaways::milestones::{self, Milestone};
use crate::domain::giveaways::{Also, NewGiveaway, Prize, Requirements, SourceKind, State, TITLE_MAX, remote};
use crate::kernel::error::Problem;
use crate::kernel::text::Line;
use crate::kernel::{ChannelId, Error, Result, UserId};
use jiff::Timestamp;

/// Hours in which a prize is claimed.
const CLAIM_HOURS: u32 = 48;
/// Most winners.
const WINNERS_MAX: u32 = 10_000;
/// Members between which a milestone lies.
const MEMBERS: std::ops::RangeInclusive<u32> = 2..=1_000_000;
/// Longest giveaway at a milestone, in hours: a year.
const HOURS_MAX: u32 = 8_760;

/// What somebody named, with words of its own where there is no such giveaway.
pub(super) fn missing(error: Error) -> Error {
    match error {
        Error::NotFound(_) => Error::Conflict("error-giveaway-none"),
        other => other,
    }
}

fn channel(named: &str) -> Result<ChannelId> {
    named.parse().map_err(|_| Error::Argument { option: "giveaway_channel", problem: Problem::NotAChannel })
}

/// Reads a giveaway; at the commit, channel and end are those that were shown.
pub(super) async fn read(
    app: &App,
    by: &Operator,
    (wanted, planned): (&WantedGiveaway, Option<&GiveawayEffect>),
    (request, now): (&str, Timestamp),
) -> Result<Deed> {
    let title = Line::within(&wanted.prize, TITLE_MAX);
    let title = title.map_err(|problem| Error::Argument { option: "prize", problem })?;
    if !(1..=WINNERS_MAX).contains(&wanted.winners) {
        return wrong("winners", Problem::NotInRange { min: 1, max: i64::from(WINNERS_MAX) });
    }
    app.open_shop(by.guild.id).await?;
    if let Some(members) = wanted.milestone_members {
        return milestone(app, by, (wanted, members), title).await;
    }
    let named = planned.map(|planned| planned.channel.as_str()).or(wanted.channel.as_deref());
    let channel = match named {
        Some(named) => channel(named)?,
        None => usual(app, by).await?.ok_or(Error::Conflict("error-plan-channel"))?,
    };
    let asked = Requirements::default();
    announceable(app, by.guild.id, channel, &asked).await?;
    let secrets = secrets(app, SourceKind::Quicknet);
    Ok(Deed::Giveaway(Box::new(NewGiveaway {
        guild: by.guild.id,
        request: request.to_owned(),
        host: by.user,
        channel,
        title: title.as_str().to_owned(),
        description: String::new(),
        winners: wanted.winners,
        prize: Prize::Hand,
        also: Also::default(),
        requirements: asked,
        claim_hours: CLAIM_HOURS,
        source: secrets.source,
        source_value: secrets.value,
        salt: secrets.salt,
        secret: secrets.secret,
        starts_at: now,
        ends_at: planned.and_then(|planned| planned.ends_at).map_or_else(|| end(wanted.ends, now), Ok)?,
    })))
}

/// The channel of the newest giveaway.
async fn usual(app: &App, by: &Operator) -> Result<Option<ChannelId>> {
    let mut tx = app.db.begin(&by.actor).await?;
    let newest = remote::list(&mut tx, by.guild.id, &State::ALL, None).await?;
    tx.end().await?;
    Ok(newest.first().map(|giveaway| giveaway.channel))
}

async fn milestone(app: &App, by: &Operator, (wanted, members): (&WantedGiveaway, u32), title: Line) -> Result<Deed> {
    if !MEMBERS.contains(&members) {
        let (min, max) = (i64::from(*MEMBERS.start()), i64::from(*MEMBERS.end()));
        return wrong("milestone_members", Problem::NotInRange { min, max });
    }
    if wanted.channel.is_some() {
        return Err(Error::Conflict("error-plan-milestone-channel"));
    }
    // Nobody knows when it begins, so only a length can be meant.
    let hours = match wanted.ends {
        WantedEnd::Minutes(minutes) if minutes % 60 == 0 && (1..=HOURS_MAX).contains(&(minutes / 60)) => minutes / 60,
        WantedEnd::Minutes(_) | WantedEnd::At(_) => return Err(Error::Conflict("error-plan-milestone-end")),
    };
    let mut tx = app.db.begin(&by.actor).await?;
    let watch = milestones::watch(&mut tx, by.guild.id).await?;
    tx.end().await?;
    let channel = watch.and_then(|watch| watch.channel).ok_or(Error::Conflict("error-milestone-off"))?;
    let new = Milestone {
        members,
        reward: title.as_str().to_owned(),
        hours,
        winners: wanted.winners,
        also: Also::default(),
        reached_at: None,
        giveaway: None,
    };
    Ok(Deed::Milestone(Box::new(new), channel))
}

/// Reads a reroll; at the commit, who is replaced is who was shown.
pub(super) fn reroll(wanted: &WantedReroll, planned: Option<UserId>, request: &str) -> Result<Deed> {
    let reason = Reason::ALL.into_iter().find(|reason| reason.code() == wanted.reason);
    // That nobody claimed it is the program's to say.
    let Some(reason) = reason.filter(|reason| *reason != Reason::Unclaimed) else {
        let choices = Reason::ALL.into_iter().filter(|reason| *reason != Reason::Unclaimed);
        return wrong("reroll_reason", Problem::NotAChoice { choices: choices.map(Reason::code).collect() });
    };
    let named = wanted.user.as_deref().map(str::parse).transpose();
    let named = named.map_err(|_| Error::Argument { option: "member", problem: Problem::NotAPerson })?;
    let note = wanted.note.as_deref().map(Line::parse).transpose();
    let note = note.map_err(|problem| Error::Argument { option: "note", problem })?;
    Ok(Deed::Reroll(Reroll {
        number: wanted.number,
        user: planned.or(named),
        reason,
        note: note.map(|note| note.as_str().to_owned()).unwrap_or_default(),
        key: request.to_owned(),
    }))
}
