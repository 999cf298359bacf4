//! Erases who asked for it and was agreed to, and what is over its time.

use super::pace;
use crate::app::App;
use crate::domain::privacy::{self, Carried, retention};
use crate::kernel::{Actor, GuildId, Result, System};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often requests are looked at.
const LOOK: Duration = Duration::from_secs(2);
/// Requests of one look.
const BATCH: i64 = 20;
/// Rows of each kind that go in one short transaction.
const STEP: i64 = 200;
/// Guilds that are listed at once.
const GUILDS: i64 = 500;

/// Carries out requests until `stop`.
pub(super) async fn run(app: Arc<App>, stop: CancellationToken) {
    pace::every("privacy", LOOK, &stop, || look(&app)).await;
}

/// Looks at everything that is due, once; what fails is looked at again a minute later.
///
/// # Errors
/// As the database.
pub async fn look(app: &App) -> Result<bool> {
    let now = app.clock.now();
    let mut tx = app.db.begin(&Actor::system(System::Privacy)).await?;
    let due = privacy::due(&mut tx, now, BATCH).await?;
    tx.end().await?;
    for (guild, id) in &due {
        if let Err(error) = one(app, *guild, *id).await {
            tracing::error!(%guild, request = id, %error, "a request about data could not be carried out");
            put_off(app, *guild, *id).await?;
        }
    }
    Ok(false)
}

/// Lets the others go first: one that fails each time must not hold them up.
async fn put_off(app: &App, guild: GuildId, id: i64) -> Result<()> {
    let mut tx = app.db.begin(&Actor::system_in(System::Privacy, guild)).await?;
    privacy::put_off(&mut tx, (guild, id), app.clock.now());
    tx.commit().await
}

async fn one(app: &App, guild: GuildId, id: i64) -> Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin(&Actor::system_in(System::Privacy, guild)).await?;
    let carried = privacy::carry_out(&mut tx, (guild, id), rand::random(), now).await?;
    if carried == Carried::Nothing {
        privacy::tidy(&mut tx, (guild, id), now).await?;
    }
    tx.commit().await?;
    if let Carried::Done(_) = carried {
        tracing::info!(%guild, request = id, "a member was erased");
    }
    Ok(())
}

/// Erases some of what is over its time in every guild; tells whether more may be.
///
/// # Errors
/// As the database.
pub async fn retain(app: &App) -> Result<bool> {
    let now = app.clock.now();
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    let forgotten = retention::forget_events(&mut tx, app.privacy, now, STEP).await?;
    tx.commit().await?;
    let full = |count: usize| i64::try_from(count).is_ok_and(|count| count >= STEP);
    let (mut more, mut after) = (full(forgotten), 0);
    loop {
        let mut tx = app.db.begin(&Actor::system(System::Privacy)).await?;
        let guilds = retention::guilds(&mut tx, after, GUILDS).await?;
        tx.end().await?;
        let Some(last) = guilds.last() else { return Ok(more) };
        after = last.as_i64();
        for guild in guilds {
            let mut tx = app.db.begin(&Actor::system_in(System::Privacy, guild)).await?;
            let installed = (app.privacy, app.tickets.attachment_days);
            let done = retention::carry_out(&mut tx, guild, (installed, now), STEP).await?;
            tx.commit().await?;
            more |= full(done);
            if done > 0 {
                tracing::info!(%guild, most = done, "what is over its time was erased");
            }
        }
    }
}
