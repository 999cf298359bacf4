//! From the frozen list to the winners: the commitment, the round, and who of the first in order is still there.

use super::{Result, Undone, begin, change, post};
use crate::app::App;
use crate::commands::giveaways::notices;
use crate::domain::giveaways::draw::{Event, Reason, round_time};
use crate::domain::giveaways::drawing::{self, Draw};
use crate::domain::giveaways::{Giveaway, SourceKind, freezing, work};
use crate::domain::shop::roles::Unkept;
use crate::kernel::{Error, UserId, error::Cause};
use jiff::{SignedDuration, Timestamp};
use std::time::{Duration, Instant};

/// How long the beacon is asked in vain before the channel is told.
const TOLD_AFTER: SignedDuration = SignedDuration::from_mins(2);
/// How long before the beacon is asked again: at first, and at most.
const ASK_AGAIN: SignedDuration = SignedDuration::from_secs(3);
const ASK_AGAIN_MAX: SignedDuration = SignedDuration::from_mins(1);
/// How long candidates are looked at in one step; what was found is kept then.
const LOOKING: Duration = Duration::from_secs(25);

/// The next step of a giveaway whose list is frozen.
pub(super) async fn step(app: &App, giveaway: &Giveaway) -> Result<Option<Giveaway>> {
    let now = app.clock.now();
    if giveaway.commitment_message.is_none() {
        if !freezing::is_in_time(giveaway, now) {
            return Ok(change(app, giveaway, |giveaway| work::move_end(giveaway, now)).await?);
        }
        let reply = notices::commitment(&post::speech(app, giveaway).await?, giveaway);
        let step = notices::step_of("commitment", giveaway.version);
        let message = post::once(app, giveaway, (&step, None), &reply).await?;
        let mut tx = begin(app, giveaway).await?;
        let committed = freezing::committed(&mut tx, giveaway, message, app.clock.now()).await?;
        tx.commit().await?;
        return Ok(committed);
    }
    if giveaway.proof.is_none() {
        post::card_beside(app, giveaway).await?;
        return prove(app, giveaway, now).await;
    }
    winners(app, giveaway).await
}

/// Gets the proof: the secret, or the round once it exists.
async fn prove(app: &App, giveaway: &Giveaway, now: Timestamp) -> Result<Option<Giveaway>> {
    let unreadable = || Error::Internal { what: "drawing a giveaway", cause: Cause::new("its source can't be read") };
    let source = giveaway.source().ok_or_else(unreadable)?;
    let proof = match giveaway.source {
        SourceKind::None => {
            let mut tx = begin(app, giveaway).await?;
            let secret = drawing::secret(&mut tx, giveaway).await?;
            tx.end().await?;
            secret
        }
        SourceKind::Quicknet | SourceKind::Sandbox => {
            let exists = source.round().and_then(round_time).and_then(|second| i64::try_from(second).ok());
            let exists = exists.and_then(|second| Timestamp::from_second(second).ok()).ok_or_else(unreadable)?;
            if exists > now {
                change(app, giveaway, |giveaway| giveaway.look_at = Some(exists)).await?;
                return Ok(None);
            }
            match app.beacon.signature(&source).await {
                Ok(signature) => signature,
                Err(_) => return wait(app, giveaway, For::Beacon).await,
            }
        }
    };
    let mut tx = begin(app, giveaway).await?;
    let proven = drawing::prove(&mut tx, giveaway, &proof, app.clock.now()).await?;
    tx.commit().await?;
    Ok(proven)
}

/// What a draw waits for.
#[derive(Clone, Copy)]
pub(super) enum For {
    /// The beacon's round.
    Beacon,
    /// The roles of those who take part.
    Members,
}

/// What is needed can't be had: it is asked for again, and the channel is told once that it takes longer.
pub(super) async fn wait(app: &App, giveaway: &Giveaway, needed: For) -> Result<Option<Giveaway>> {
    let now = app.clock.now();
    let since = giveaway.waits_since.unwrap_or(now);
    let waited = now.duration_since(since);
    let tell = !giveaway.wait_told && waited >= TOLD_AFTER;
    if tell {
        let (id, step) = match needed {
            For::Beacon => ("giveaway-waits", "waits"),
            For::Members => ("giveaway-waits-members", "waits-members"),
        };
        let reply = notices::waits(&post::speech(app, giveaway).await?, giveaway, id);
        post::once(app, giveaway, (step, None), &reply).await?;
    }
    let pause = waited.clamp(ASK_AGAIN, ASK_AGAIN_MAX);
    change(app, giveaway, |giveaway| {
        giveaway.waits_since = Some(since);
        giveaway.wait_told = giveaway.wait_told || tell;
        giveaway.look_at = now.checked_add(pause).ok();
    })
    .await?;
    Ok(None)
}

/// The draw as it stands, made again from what is kept.
pub(super) async fn again(app: &App, giveaway: &Giveaway) -> Result<Draw> {
    let mut tx = begin(app, giveaway).await?;
    let material = drawing::material(&mut tx, giveaway).await?;
    tx.end().await?;
    // It may take seconds of counting.
    let drawn = tokio::task::spawn_blocking(move || material.draw()).await;
    let ended = |cause| Error::Internal { what: "drawing a giveaway", cause: Cause::new(cause) };
    Ok(drawn.map_err(ended)??)
}

/// Why somebody can't win any more; Discord is asked while no transaction is open.
pub(super) async fn unfit(app: &App, giveaway: &Giveaway, user: UserId) -> Result<Option<Reason>> {
    let roles = match app.roles.held(giveaway.guild, user).await {
        Ok(roles) => roles,
        // Who was banned is no member either.
        Err(Unkept::Left) => {
            let banned = app.inspector.is_banned(giveaway.guild, user).await.map_err(|_| Undone::Later(None))?;
            return Ok(Some(if banned { Reason::Banned } else { Reason::LeftServer }));
        }
        Err(_) => return Err(Undone::Later(None)),
    };
    let joined_at = match giveaway.requirements.member_days {
        0 => None,
        _ => app.inspector.joined_at(giveaway.guild, user).await.map_err(|_| Undone::Later(None))?,
    };
    let mut tx = begin(app, giveaway).await?;
    let refused = drawing::refuses(&mut tx, giveaway, (user, roles, joined_at), app.clock.now()).await?;
    tx.end().await?;
    Ok(refused)
}

/// Looks at those who would win, the first first, and draws once all of them may.
async fn winners(app: &App, giveaway: &Giveaway) -> Result<Option<Giveaway>> {
    let mut draw = again(app, giveaway).await?;
    let (begun, mut checked) = (Instant::now(), giveaway.checked);
    let nameless = || Error::Internal { what: "drawing a giveaway", cause: Cause::new("a rank without an account") };
    let mut later = false;
    while let Some(rank) = draw.unchecked(checked) {
        let user = draw.user(rank).ok_or_else(nameless)?;
        match unfit(app, giveaway, user).await {
            Ok(Some(reason)) => draw.write(app.clock.now(), None, Event::Disqualified { rank, reason }, "")?,
            Ok(None) => {}
            Err(Undone::Later(_)) => {
                later = true;
                break;
            }
            Err(fault) => return Err(fault),
        }
        checked = rank;
        if begun.elapsed() > LOOKING {
            break;
        }
    }
    if draw.unchecked(checked).is_none() {
        let winners = draw.log.standing().first();
        draw.write(app.clock.now(), None, Event::Drawn { winners }, "")?;
    }
    let mut tx = begin(app, giveaway).await?;
    let kept = drawing::keep(&mut tx, giveaway, &draw, checked, app.clock.now()).await?;
    tx.commit().await?;
    if later { Err(Undone::Later(None)) } else { Ok(kept) }
}
