//! After the draw: who won is told, prizes are given, whoever doesn't claim is replaced, and at last the file is posted.

use super::{Result, Undone, begin, change, draw, post};
use crate::app::App;
use crate::commands::giveaways::notices;
use crate::commands::giveaways::win::role_is_gone;
use crate::domain::giveaways::draw::Event;
use crate::domain::giveaways::places::{self, REPLACED_FOR};
use crate::domain::giveaways::remaining::{self, Told, Vacancy};
use crate::domain::giveaways::{Giveaway, Trouble, claims, drawing};
use crate::domain::notifications::Undelivered;
use crate::kernel::error::Cause;
use crate::kernel::{Error, Locale, MessageId};
use jiff::Timestamp;

/// Prizes that are given, and people who are told, in one step.
const BATCH: i64 = 20;

/// The next step of a giveaway whose winners are known.
pub(super) async fn step(app: &App, giveaway: &Giveaway, begun: Timestamp) -> Result<Option<Giveaway>> {
    let (locale, now) = (app.guild(giveaway.guild).await?.locale, app.clock.now());
    let role_gone = giveaway.claim_hours == 0 && role_is_gone(app, giveaway).await;
    let mut tx = begin(app, giveaway).await?;
    let given = places::give_unclaimed(&mut tx, giveaway, (locale, role_gone), now, BATCH).await?;
    let vacancy = remaining::vacancy(&mut tx, giveaway).await?;
    let news = drawing::has_news(&mut tx, giveaway).await?;
    let left = remaining::left(&mut tx, giveaway).await?;
    tx.commit().await?;
    if given > 0 {
        return Ok(Some(giveaway.clone()));
    }
    if let Some(vacancy) = vacancy {
        return replace(app, giveaway, &vacancy).await;
    }
    // Where nobody is left to read it, what was to be said waits until staff have moved it.
    let waits = giveaway.trouble == Some(Trouble::Gone) && left.pending == 0 && left.claimed == 0;
    let looked = match (news && !waits, claims::is_due(giveaway, &left, now)) {
        (true, _) => Some(tell_all(app, giveaway, begun).await),
        (false, true) => Some(look(app, giveaway, begun).await),
        (false, false) => None,
    };
    match looked {
        // Nobody reads the channel: winners are told where they read it, and claim there.
        Some(Err(Undone::Later(Some(trouble)))) => {
            let unread = Giveaway { trouble: Some(trouble), ..giveaway.clone() };
            tell_winners(app, &unread, locale).await?;
            tell_staff(app, &unread).await?;
            return Err(Undone::Later(Some(trouble)));
        }
        Some(looked) => return looked,
        None => {}
    }
    if tell_winners(app, giveaway, locale).await? || tell_staff(app, giveaway).await? {
        return Ok(Some(giveaway.clone()));
    }
    post::card_beside(app, giveaway).await?;
    let mut tx = begin(app, giveaway).await?;
    let closed = remaining::close(&mut tx, giveaway, app.clock.now()).await?;
    tx.commit().await?;
    Ok(closed.filter(|giveaway| giveaway.look_at.is_some_and(|look| look <= now) || giveaway.ended_at.is_some()))
}

/// Gives a place to the next in order who may still win; of an old giveaway it stays empty.
async fn replace(app: &App, giveaway: &Giveaway, vacancy: &Vacancy) -> Result<Option<Giveaway>> {
    let mut made = draw::again(app, giveaway).await?;
    let (rank, reason, by) = (vacancy.rank, vacancy.reason, vacancy.by);
    let nameless = || Error::Internal { what: "replacing a winner", cause: Cause::new("a rank without an account") };
    let mut checked = giveaway.checked;
    let too_old = |now: Timestamp| giveaway.ends_at.checked_add(REPLACED_FOR).is_ok_and(|end| end < now);
    if too_old(app.clock.now()) {
        made.write(app.clock.now(), by, Event::Disqualified { rank, reason }, &vacancy.note)?;
    } else {
        loop {
            let next = made.log.standing().next();
            if next > 0 {
                let user = made.user(next).ok_or_else(nameless)?;
                if let Some(reason) = draw::unfit(app, giveaway, user).await? {
                    made.write(app.clock.now(), None, Event::Disqualified { rank: next, reason }, "")?;
                    continue;
                }
                checked = checked.max(next);
            }
            made.write(app.clock.now(), by, Event::Rerolled { rank, next, reason }, &vacancy.note)?;
            break;
        }
    }
    let mut tx = begin(app, giveaway).await?;
    let kept = drawing::keep(&mut tx, giveaway, &made, checked, app.clock.now()).await?;
    tx.commit().await?;
    Ok(kept)
}

/// Looks whether the message by which winners claim stands where it was posted; it is posted again where somebody deleted it.
async fn look(app: &App, giveaway: &Giveaway, begun: Timestamp) -> Result<Option<Giveaway>> {
    if let Some(message) = giveaway.winners_message {
        match app.courier.stands(giveaway.posts_in(), message).await {
            Ok(()) => {}
            Err(Undelivered::Gone) => return tell_all(app, &Giveaway { told: 0, ..giveaway.clone() }, begun).await,
            Err(refusal) => return Err(post::undone(&refusal)),
        }
    }
    stands(app, giveaway, None, begun).await
}

/// Writes down that the winners' message stands.
async fn stands(
    app: &App,
    giveaway: &Giveaway,
    posted: Option<(MessageId, i32)>,
    begun: Timestamp,
) -> Result<Option<Giveaway>> {
    let away = giveaway.seen_at.is_some_and(|seen| seen < begun);
    let unseen = away || giveaway.trouble.is_some() || giveaway.attempts > 1 || posted.is_some();
    let mut tx = begin(app, giveaway).await?;
    let stood = claims::stands(&mut tx, giveaway, unseen, posted, app.clock.now()).await?;
    tx.commit().await?;
    Ok(stood)
}

/// Tells the channel what was written since it was told last.
async fn tell_all(app: &App, giveaway: &Giveaway, begun: Timestamp) -> Result<Option<Giveaway>> {
    let made = draw::again(app, giveaway).await?;
    let count = made.log.entries().len();
    let say = post::speech(app, giveaway).await?;
    let reply = notices::news(&say, giveaway, &made.log, |rank| made.user(rank));
    // Its number of entries tells it from the one before, but not from the one that it stands for.
    let replaces = giveaway.winners_message.filter(|_| giveaway.told == 0);
    let message = post::once(app, giveaway, (&notices::step_of("log", count), replaces), &reply).await?;
    stands(app, giveaway, Some((message, i32::try_from(count).unwrap_or(i32::MAX))), begun).await
}

/// Tells winners by direct message, as a courtesy; whether there were any.
async fn tell_winners(app: &App, giveaway: &Giveaway, locale: Locale) -> Result<bool> {
    let mut tx = begin(app, giveaway).await?;
    let untold = remaining::untold(&mut tx, giveaway, Told::Winner, BATCH).await?;
    tx.end().await?;
    for place in &untold {
        let mut tx = begin(app, giveaway).await?;
        let waits = places::waits(&mut tx, giveaway, place.rank, app.clock.now()).await?;
        tx.end().await?;
        let locale = app.guilds.languages.of(giveaway.guild, place.user).unwrap_or(locale);
        let reply = notices::winner(&app.words.speak(locale), giveaway, (place.state, waits));
        let nonce = post::nonce(giveaway, &format!("won-{}", place.rank), None);
        // Any other refusal is an end: the channel names him anyway, or staff move it to one that does.
        if let Err(Undelivered::Later(_)) = app.courier.tell(place.user, &reply, &nonce).await {
            return Err(Undone::Later(None));
        }
        let mut tx = begin(app, giveaway).await?;
        remaining::told(&mut tx, giveaway, place.rank, Told::Winner, app.clock.now());
        tx.commit().await?;
    }
    Ok(!untold.is_empty())
}

/// Tells staff whom they are to give something; whether there was anybody. Without a staff channel they see it by the list.
async fn tell_staff(app: &App, giveaway: &Giveaway) -> Result<bool> {
    let mut tx = begin(app, giveaway).await?;
    let untold = remaining::untold(&mut tx, giveaway, Told::Staff, BATCH).await?;
    tx.end().await?;
    let say = post::speech(app, giveaway).await?;
    for place in &untold {
        let reply = notices::by_hand(&say, giveaway, place.user);
        let step = format!("hand-{}", place.rank);
        let told = post::to_staff(app, giveaway, &step, &reply).await?;
        if !told && app.guild(giveaway.guild).await?.staff_channel.is_some() {
            return Err(Undone::Later(None));
        }
        let mut tx = begin(app, giveaway).await?;
        remaining::told(&mut tx, giveaway, place.rank, Told::Staff, app.clock.now());
        tx.commit().await?;
    }
    Ok(!untold.is_empty())
}

/// The end: the card as it stays, and what anybody checks the draw by.
pub(super) async fn end(app: &App, giveaway: &Giveaway, begun: Timestamp) -> Result<()> {
    let say = post::speech(app, giveaway).await?;
    post::card_beside(app, giveaway).await?;
    let mut tx = begin(app, giveaway).await?;
    let news = drawing::has_news(&mut tx, giveaway).await?;
    tx.end().await?;
    if news {
        tell_all(app, giveaway, begun).await?;
    }
    if giveaway.entries == Some(0) {
        let reply = notices::nobody(&say, giveaway);
        post::once(app, giveaway, (notices::NOBODY, None), &reply).await?;
    } else {
        let made = draw::again(app, giveaway).await?;
        let unwritten = || Error::Internal { what: "writing a draw's file", cause: Cause::new("it names nobody") };
        let file = made.file(false)?.ok_or_else(unwritten)?;
        let reply = notices::done(&say, giveaway, file);
        post::once(app, giveaway, (notices::DONE, None), &reply).await?;
    }
    change(app, giveaway, |giveaway| giveaway.look_at = None).await?;
    Ok(())
}
