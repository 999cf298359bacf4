//! Finds people whose roles may not agree with what they hold: by what Discord told, and by walking over all of them.

use super::pace;
use crate::app::App;
use crate::domain::shop::orders::vain;
use crate::domain::shop::roles::{self, Cursor, Unkept};
use crate::kernel::{Actor, Result, System};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often what Discord told is taken up: a role dragged over others makes many events within a moment.
const TAKE_UP: Duration = Duration::from_secs(1);
/// How often all are walked over.
const WALK: Duration = Duration::from_secs(10 * 60);
/// Guilds whose roles are compared in one statement.
const GUILDS: usize = 100;
/// Roles that nobody waits for of which Discord is asked at a time.
const UNWAITED: i64 = 20;
/// People in one short transaction.
const BATCH: i64 = 200;

/// Takes up what Discord told, until `stop`.
pub(super) async fn news(app: Arc<App>, stop: CancellationToken) {
    pace::every("news", TAKE_UP, &stop, || take_up(&app)).await;
}

/// Walks over all people at the start and every ten minutes, until `stop`.
pub(super) async fn walk(app: Arc<App>, stop: CancellationToken) {
    pace::every("roles", WALK, &stop, || async {
        try_unwaited(&app).await?;
        let asked = walk_all(&app).await?;
        if asked > 0 {
            tracing::info!(asked, "roles that were not looked at for long are looked at");
        }
        Ok(false)
    })
    .await;
}

/// Takes up what Discord told since the last time. For tests, too.
///
/// # Errors
/// As the database; it is told again.
pub async fn take_up(app: &App) -> Result<bool> {
    let told = app.news.take();
    if told.is_empty() {
        return Ok(false);
    }
    let roles_changed = !told.guilds().is_empty();
    let queued = queue(app, &told).await;
    if queued.is_err() {
        app.news.put_back(told);
        return queued.map(|()| false);
    }
    if roles_changed {
        try_unwaited(app).await?;
    }
    Ok(false)
}

/// Looks whether roles that could not be given can be by now, where nobody waits for them whose roles would be tried: what gives
/// one is sold again when it can be given, and not before. For tests, too.
///
/// # Errors
/// As the database.
pub async fn try_unwaited(app: &App) -> Result<()> {
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    let stuck = roles::unwaited(&mut tx, UNWAITED).await?;
    tx.end().await?;
    for (guild, role) in stuck {
        let gone = match app.roles.obstacle(guild, role).await {
            Ok(None) => None,
            Ok(Some(Unkept::RoleGone)) => Some(role),
            // It stays as it is, and so it does where Discord doesn't tell.
            Ok(Some(_)) | Err(_) => continue,
        };
        let now = app.clock.now();
        let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
        roles::forget_unwaited(&mut tx, guild, role);
        if let Some(role) = gone {
            roles::news(&mut tx, &[guild], &[role], now);
            vain::close_checkouts(&mut tx, &[guild], &[role], now).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

async fn queue(app: &App, told: &crate::app::Told) -> Result<()> {
    let now = app.clock.now();
    let (members, guilds) = (told.members(), told.guilds());
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    if !members.is_empty() {
        roles::moved(&mut tx, &members, now)?;
    }
    if !guilds.is_empty() {
        let mut gone = told.gone();
        for part in told.there().chunks(GUILDS) {
            gone.extend(roles::missing(&mut tx, part).await?);
        }
        roles::news(&mut tx, &guilds, &gone, now);
        vain::close_checkouts(&mut tx, &guilds, &gone, now).await?;
    }
    tx.commit().await
}

/// Asks for a look at everybody whose last one is too old; tells how many. For tests, too.
///
/// # Errors
/// As the database.
pub async fn walk_all(app: &App) -> Result<usize> {
    let (mut cursor, mut asked) = (Cursor::default(), 0);
    loop {
        let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
        let (last, count) = roles::walk(&mut tx, cursor, app.clock.now(), BATCH).await?;
        tx.commit().await?;
        asked += count;
        if i64::try_from(count).is_ok_and(|count| count < BATCH) {
            return Ok(asked);
        }
        cursor = last;
    }
}
