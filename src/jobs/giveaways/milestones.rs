//! Counts the members of guilds that have milestones, and begins the giveaways of those that are reached.
//!
//! A milestone and its giveaway are written in one transaction, before anything is said of them: whoever dies before it counts
//! again, and whoever dies after it finds the giveaway to announce.

use super::super::deliver::closed;
use super::super::pace::Failures;
use crate::app::App;
use crate::commands::giveaways::{milestone_text, notices, secrets};
use crate::domain::giveaways::milestones::{self, Milestone, Size, Watch};
use crate::domain::giveaways::{NewGiveaway, Prize, Requirements, SourceKind, service};
use crate::kernel::{Actor, Error, Result, System};
use jiff::SignedDuration;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often to look whose members are to be counted.
const PAUSE: Duration = Duration::from_secs(1);
/// Guilds that are counted in one look, one after another: Discord answers fifty questions a second in all.
const AT_ONCE: i64 = 5;
/// Hours in which a prize is claimed.
const CLAIM_HOURS: u32 = 48;

/// Runs until `stop`.
pub(in crate::jobs) async fn run(app: Arc<App>, stop: CancellationToken) {
    let mut failures = Failures::new("milestones");
    while !stop.is_cancelled() {
        let wait = match due(&app).await {
            Ok(watches) => {
                failures.over();
                for watch in &watches {
                    if stop.is_cancelled() {
                        break;
                    }
                    if let Err(error) = count(&app, watch).await {
                        tracing::warn!(guild = %watch.guild, %error, "a guild's members could not be counted; they are again in two minutes");
                    }
                }
                PAUSE
            }
            Err(error) => failures.seen(&error).max(PAUSE),
        };
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep(wait) => {}
        }
    }
}

async fn due(app: &App) -> Result<Vec<Watch>> {
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    let due = milestones::due(&mut tx, app.clock.now(), AT_ONCE).await?;
    tx.commit().await?;
    Ok(due)
}

/// Counts a guild's members and begins what is reached.
async fn count(app: &App, watch: &Watch) -> Result<()> {
    let size = match app.inspector.size(watch.guild).await {
        Ok(Some(size)) => size,
        // The bot was sent away: when it is back, it knows by the day on which it came.
        Ok(None) | Err(Error::NotFound(_)) => return Ok(()),
        Err(error) => return Err(error),
    };
    for _ in 0..=milestones::MOST {
        if !next(app, watch, size).await? {
            break;
        }
    }
    Ok(())
}

/// Begins the next that is reached; whether there may be more.
async fn next(app: &App, watch: &Watch, size: Size) -> Result<bool> {
    let now = app.clock.now();
    let guild = app.guild(watch.guild).await?;
    let actor = Actor::system_in(System::Payments, watch.guild);
    let mut tx = app.db.begin(&actor).await?;
    let Some((watch, milestone)) = milestones::grown(&mut tx, watch.guild, size, now).await? else {
        tx.commit().await?;
        return Ok(false);
    };
    let Some(new) = giveaway(app, &watch, &milestone, guild.locale) else { return tx.rollback().await.map(|()| false) };
    match service::create(&mut tx, &new, now).await {
        Ok(made) => {
            milestones::reached(&mut tx, &watch, &milestone, Some(made.number), now);
            tx.commit().await?;
            tracing::info!(guild = %watch.guild, members = milestone.members, giveaway = made.number, "a guild reached a milestone");
        }
        // Nothing can be promised that can't be given: staff are told, and it is reached all the same.
        Err(Error::Conflict(why)) => {
            tx.rollback().await?;
            tell_staff(app, &watch, &milestone, why).await?;
            let mut tx = app.db.begin(&actor).await?;
            if let Some((watch, again)) = milestones::grown(&mut tx, watch.guild, size, now).await?
                && again == milestone
            {
                milestones::reached(&mut tx, &watch, &milestone, None, now);
            }
            tx.commit().await?;
        }
        Err(error) => return Err(error),
    }
    Ok(true)
}

/// The giveaway of a milestone; `None` where it is announced nowhere.
fn giveaway(app: &App, watch: &Watch, milestone: &Milestone, locale: crate::kernel::Locale) -> Option<NewGiveaway> {
    let secrets = secrets(app, SourceKind::Quicknet);
    let now = app.clock.now();
    let ends_at = now.checked_add(SignedDuration::from_hours(i64::from(milestone.hours))).ok()?;
    Some(NewGiveaway {
        guild: watch.guild,
        request: format!("milestone/{}", milestone.members),
        host: watch.set_by,
        channel: watch.channel?,
        title: milestone.reward.clone(),
        description: milestone_text(&app.words.speak(locale), milestone.members),
        winners: milestone.winners,
        prize: Prize::Hand,
        also: milestone.also.clone(),
        requirements: Requirements::default(),
        claim_hours: CLAIM_HOURS,
        source: secrets.source,
        source_value: secrets.value,
        salt: secrets.salt,
        secret: secrets.secret,
        starts_at: now,
        ends_at,
    })
}

/// Tells staff that a milestone's giveaway could not be made; where they have no channel for it, the list of milestones says so.
async fn tell_staff(app: &App, watch: &Watch, milestone: &Milestone, why: &'static str) -> Result<()> {
    let guild = app.guild(watch.guild).await?;
    let Some(channel) = guild.staff_channel else { return Ok(()) };
    if closed(app, watch.guild, channel).await.is_err() {
        return Ok(());
    }
    let say = app.words.speak(guild.locale);
    let reply = notices::milestone_without(&say, milestone.members, &say.t(why));
    let nonce = format!("m-{}-{}", watch.guild, milestone.members);
    // Discord knows the nonce for some minutes: a second try says nothing again.
    if let Err(refusal) = app.courier.post(channel, &reply, &nonce.chars().take(25).collect::<String>()).await {
        tracing::warn!(guild = %watch.guild, %refusal, "staff could not be told of a milestone");
    }
    Ok(())
}
