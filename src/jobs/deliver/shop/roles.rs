//! Makes a person's roles in Discord agree with what he holds.
//!
//! What is about to be given is written down before: from then on it is ours, whatever becomes of this process. All calls to
//! Discord lie between transactions; a repeat finds what was done and changes nothing.

use super::super::Undone;
use crate::app::App;
use crate::domain::notifications::Outcome;
use crate::domain::shop::orders::vain;
use crate::domain::shop::roles::{self, Deed, Kept, RoleState, Unkept, Written};
use crate::kernel::{Actor, GuildId, Result as OurResult, RoleId, System, UserId};
use std::time::Duration;

/// A person in a guild.
type Whose = (GuildId, UserId);

/// Puts a person's roles right.
pub(super) async fn put_right(app: &App, (guild, user): Whose) -> Result<Outcome, Undone> {
    let (due, kept) = read(app, (guild, user)).await?;
    if due.is_empty() && kept.is_empty() {
        return Ok(Outcome::Right);
    }
    let held = match app.roles.held(guild, user).await {
        Ok(held) => held,
        Err(Unkept::Left) => {
            write(app, (guild, user), &roles::departed(&due, &kept), &[]).await?;
            return Ok(Outcome::Left);
        }
        Err(refusal) => return unread(app, (guild, user), (&due, &kept), refusal).await,
    };
    let plan = roles::plan(&due, &kept, &held);
    intend(app, (guild, user), &plan).await?;
    let mut work = Work::default();
    for (role, deed) in plan {
        let done = carry_out(app, (guild, user), role, deed).await;
        work.note(role, deed, done);
    }
    write(app, (guild, user), &work.written, &work.mended).await?;
    work.end()
}

/// What came of giving and taking.
#[derive(Default)]
struct Work {
    written: Vec<(RoleId, Written)>,
    /// Roles that were given or taken: nothing is in their way.
    mended: Vec<RoleId>,
    left: bool,
    later: Option<Option<Duration>>,
    /// The word for what only staff can mend.
    stuck: Option<&'static str>,
}

impl Work {
    fn note(&mut self, role: RoleId, deed: Deed, done: Result<(), Unkept>) {
        self.written.push((role, roles::outcome(deed, done)));
        match done {
            Ok(()) if matches!(deed, Deed::Give | Deed::Take) => self.mended.push(role),
            Ok(()) => {}
            Err(Unkept::Later(after)) => self.later = Some(after.max(self.later.flatten())),
            Err(Unkept::Left) => self.left = true,
            // What is gone needs no taking.
            Err(Unkept::RoleGone) if deed == Deed::Take => {}
            Err(Unkept::NoAccess) => self.stuck = Some("no_access"),
            Err(refusal) => self.stuck = Some(RoleState::after(refusal).as_str()),
        }
    }

    fn end(self) -> Result<Outcome, Undone> {
        match (self.later, self.stuck) {
            (Some(after), _) => Err(Undone::later("later", after)),
            (None, Some(stuck)) => Ok(Outcome::Failed(stuck)),
            (None, None) if self.left => Ok(Outcome::Left),
            (None, None) => Ok(Outcome::Right),
        }
    }
}

async fn carry_out(app: &App, (guild, user): Whose, role: RoleId, deed: Deed) -> Result<(), Unkept> {
    let done = match deed {
        Deed::Give => app.roles.give(guild, user, role).await,
        Deed::Take => app.roles.take(guild, user, role).await,
        Deed::Keep { .. } | Deed::Forget => Ok(()),
    };
    if let Err(Unkept::Refused(code)) = done {
        tracing::error!(%guild, %role, code, "Discord refused a role");
    }
    done
}

/// Discord didn't tell what he holds: what he should hold waits, and what was given stays as it was written down.
async fn unread(
    app: &App,
    whose: Whose,
    (due, kept): (&[RoleId], &[Kept]),
    refusal: Unkept,
) -> Result<Outcome, Undone> {
    let known = |role: &RoleId| kept.iter().any(|kept| kept.role == *role);
    let waits = |role: &RoleId| (*role, Written::Stands { state: RoleState::Waiting, ours: false });
    let mut written: Vec<(RoleId, Written)> = due.iter().filter(|role| !known(role)).map(waits).collect();
    if let Unkept::Later(after) = refusal {
        write(app, whose, &written, &[]).await?;
        return Err(Undone::later("later", after));
    }
    // The bot was taken out of the guild: that counts as a look, or everybody there would be asked for at each walk.
    let stays = |kept: &Kept| (kept.role, Written::Stands { state: kept.state, ours: kept.ours });
    written.extend(kept.iter().map(stays));
    write(app, whose, &written, &[]).await?;
    Ok(Outcome::Failed("no_access"))
}

async fn read(app: &App, (guild, user): Whose) -> OurResult<(Vec<RoleId>, Vec<Kept>)> {
    let mut tx = app.db.begin(&Actor::system_in(System::Payments, guild)).await?;
    let due = roles::due(&mut tx, guild, user, app.clock.now()).await?;
    let kept = roles::kept(&mut tx, guild, user).await?;
    tx.end().await?;
    Ok((due, kept))
}

async fn intend(app: &App, (guild, user): Whose, plan: &[(RoleId, Deed)]) -> OurResult<()> {
    let given: Vec<RoleId> = plan.iter().filter(|(_, deed)| *deed == Deed::Give).map(|(role, _)| *role).collect();
    if given.is_empty() {
        return Ok(());
    }
    let mut tx = app.db.begin(&Actor::system_in(System::Payments, guild)).await?;
    roles::intend(&mut tx, (guild, user), &given, app.clock.now());
    tx.commit().await
}

async fn write(app: &App, (guild, user): Whose, written: &[(RoleId, Written)], mended: &[RoleId]) -> OurResult<()> {
    if written.is_empty() {
        return Ok(());
    }
    let mut tx = app.db.begin(&Actor::system_in(System::Payments, guild)).await?;
    if !mended.is_empty() {
        roles::mended(&mut tx, guild, mended);
    }
    let now = app.clock.now();
    roles::write(&mut tx, (guild, user), written, now);
    let stuck = |(role, written): &(RoleId, Written)| match written {
        Written::Stands { state, .. } if state.needs_staff() => Some(*role),
        Written::Stands { .. } | Written::Nothing => None,
    };
    let stuck: Vec<RoleId> = written.iter().filter_map(stuck).collect();
    // Nobody else pays for what can't be given.
    vain::close_checkouts(&mut tx, &[guild], &stuck, now).await?;
    tx.commit().await
}
