//! Makes the giveaways that come back, each once for its time.

use super::post;
use crate::app::App;
use crate::commands::giveaways::{notices, secrets};
use crate::domain::giveaways::repeats::{self, Due};
use crate::domain::giveaways::{NewGiveaway, service};
use crate::kernel::{Actor, Error, Result, System};

/// Makes those whose time has come, at most a few; tells whether there may be more.
pub(super) async fn begin_due(app: &App) -> Result<()> {
    for _ in 0..5 {
        let now = app.clock.now();
        let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
        let Some(due) = repeats::take(&mut tx, now).await? else { return tx.commit().await };
        let new = like(app, &due);
        match service::create(&mut tx, &new, now).await {
            Ok(made) => {
                tx.commit().await?;
                tracing::info!(guild = %made.guild, giveaway = made.number, "a giveaway came back");
            }
            // Its prize may be gone: staff are told, and it is tried again when it comes next.
            Err(Error::Conflict(why)) => {
                tx.rollback().await?;
                skip(app, &due, why).await?;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// A giveaway like the first, with secrets of its own.
fn like(app: &App, due: &Due) -> NewGiveaway {
    let first = &due.like;
    let secrets = secrets(app, first.source);
    NewGiveaway {
        guild: first.guild,
        request: format!("repeat/{}/{}", first.number, due.at.as_second()),
        host: first.host,
        channel: due.channel,
        title: first.title.clone(),
        description: first.description.clone(),
        winners: first.winners,
        prize: first.prize.clone(),
        also: first.also.clone(),
        requirements: first.requirements.clone(),
        claim_hours: first.claim_hours,
        source: secrets.source,
        source_value: secrets.value,
        salt: secrets.salt,
        secret: secrets.secret,
        starts_at: app.clock.now(),
        ends_at: app.clock.now().checked_add(due.length).unwrap_or(jiff::Timestamp::MAX),
    }
}

/// It can't be made this time: what was taken is taken again, without it, and staff hear why.
async fn skip(app: &App, due: &Due, why: &'static str) -> Result<()> {
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    match repeats::take(&mut tx, app.clock.now()).await? {
        Some(taken)
            if taken.at == due.at && taken.like.number == due.like.number && taken.like.guild == due.like.guild =>
        {
            tx.commit().await?;
        }
        // Another process took it meanwhile, and tells.
        _ => return tx.rollback().await,
    }
    let say = post::speech(app, &due.like).await?;
    let reply = notices::not_repeated(&say, &due.like, &say.t(why));
    post::to_staff(app, &due.like, &format!("again-{}", due.at.as_second()), &reply).await.map(drop)
}
