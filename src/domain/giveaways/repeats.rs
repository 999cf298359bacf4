//! Giveaways that come back: a weekday and a time in a time zone, at which a giveaway like the first one begins. Acts as the
//! *payments* duty.
//!
//! A repetition is kept beside the giveaway that it copies. When its time has come is reckoned in the zone, so that "every Friday at
//! 18:00" stays that across daylight saving.

use super::service::Step;
use super::{Giveaway, SHORTEST, store};
use crate::db::{Tx, sql};
use crate::kernel::error::{Cause, Context};
use crate::kernel::{ChannelId, Error, GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, SmallInt, Text, Timestamptz};
use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use jiff_diesel::ToDiesel;

/// The most repetitions of one guild.
const MOST: i64 = 20;

/// When a giveaway comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The day of the week.
    pub weekday: Weekday,
    /// The time of day.
    pub time: Time,
    /// IANA name of the time zone.
    pub zone: String,
}

/// The days of the week by their words, Monday first.
pub const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The day of that word.
pub fn weekday(word: &str) -> Option<Weekday> {
    let place = WEEKDAYS.iter().position(|known| *known == word)?;
    Weekday::from_monday_zero_offset(i8::try_from(place).ok()?).ok()
}

/// The word of a day.
pub fn word(day: Weekday) -> &'static str {
    let place = usize::try_from(day.to_monday_zero_offset()).unwrap_or(0);
    WEEKDAYS.get(place).copied().unwrap_or("monday")
}

/// Reads a time of day as people type it: `18h`, `18h30`, `18:30`.
pub fn time_of(text: &str) -> Option<Time> {
    let text = text.trim().to_lowercase();
    let (hour, minute) = text.split_once(['h', ':'])?;
    let number = |digits: &str| {
        let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if plain { digits.parse::<i8>().ok() } else { None }
    };
    let minute = if minute.is_empty() { 0 } else { number(minute)? };
    Time::new(number(hour)?, minute, 0, 0).ok()
}

impl Rule {
    /// The first time after `now` at which it comes back. Where clocks skip that time, it is as much later as they skip.
    ///
    /// # Errors
    /// [`Error::Internal`] for a zone that is known no more, or beyond all calendars.
    pub fn next(&self, now: Timestamp) -> Result<Timestamp> {
        let what = "reckoning when a giveaway comes back";
        let zone = TimeZone::get(&self.zone).internal(what)?;
        let mut day = now.to_zoned(zone.clone()).date();
        // Today's may be over; a week and a day holds the next.
        for _ in 0..=8 {
            if day.weekday() == self.weekday {
                let at = zone.to_timestamp(day.to_datetime(self.time)).internal(what)?;
                if at > now {
                    return Ok(at);
                }
            }
            day = day.checked_add(1.day()).internal(what)?;
        }
        Err(Error::Internal { what, cause: Cause::new("no such day within a week") })
    }

    fn minute(&self) -> i16 {
        i16::from(self.time.hour()) * 60 + i16::from(self.time.minute())
    }
}

#[derive(QueryableByName)]
struct Length {
    #[diesel(sql_type = BigInt)]
    length_s: i64,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// Lets a giveaway come back, or changes when it does; gives when it comes next, and for how long. Without a length it lasts as
/// long as this one was meant to.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] where the guild has too many.
pub async fn set(
    tx: &mut Tx,
    step: Step<'_>,
    rule: &Rule,
    lasts: Option<SignedDuration>,
) -> Result<(Giveaway, Timestamp, SignedDuration)> {
    let giveaway = store::lock(tx, step.guild, step.number).await?.ok_or(Error::NotFound("giveaway"))?;
    let others: Option<Count> = tx
        .first(
            "counting a guild's repetitions",
            sql("select count(*) as n from giveaway_repeats where guild_id = ? and giveaway <> ?")
                .bind::<BigInt, _>(step.guild.as_i64())
                .bind::<BigInt, _>(step.number),
        )
        .await?;
    if others.is_some_and(|others| others.n >= MOST) {
        return Err(Error::Conflict("error-giveaway-repeats-many"));
    }
    let next = rule.next(step.now)?;
    let lasts = lasts.map(|lasts| lasts.max(SHORTEST).as_secs());
    let kept: Option<Length> = tx.first(
        "letting a giveaway come back",
        sql("insert into giveaway_repeats as r (guild_id, giveaway, weekday, minute, zone, length_s, next_at, made_by, created_at) \
             select g.guild_id, g.number, ?, ?, ?, coalesce(?, greatest(g.meant_s, ?)), ?, ?, ? \
             from giveaways g where g.guild_id = ? and g.number = ? \
             on conflict (guild_id, giveaway) do update \
             set weekday = excluded.weekday, minute = excluded.minute, zone = excluded.zone, next_at = excluded.next_at, \
                 length_s = coalesce(?, r.length_s) \
             returning length_s")
        .bind::<SmallInt, _>(i16::from(rule.weekday.to_monday_zero_offset()))
        .bind::<SmallInt, _>(rule.minute())
        .bind::<Text, _>(rule.zone.clone())
        .bind::<Nullable<BigInt>, _>(lasts)
        .bind::<BigInt, _>(SHORTEST.as_secs())
        .bind::<Timestamptz, _>(next.to_diesel())
        .bind::<BigInt, _>(step.by.as_i64())
        .bind::<Timestamptz, _>(step.now.to_diesel())
        .bind::<BigInt, _>(step.guild.as_i64())
        .bind::<BigInt, _>(step.number)
        .bind::<Nullable<BigInt>, _>(lasts),
    )
    .await?;
    store::audit(tx, (step.guild, step.number), "giveaway_repeated", Some(&next.to_string()), step.by, step.now);
    let length = SignedDuration::from_secs(kept.map_or(SHORTEST.as_secs(), |kept| kept.length_s));
    Ok((giveaway, next, length))
}

/// Lets a giveaway, or the one that it copies, come back no more; `false` where none did.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn stop(tx: &mut Tx, step: Step<'_>) -> Result<(Giveaway, bool)> {
    let giveaway = store::lock(tx, step.guild, step.number).await?.ok_or(Error::NotFound("giveaway"))?;
    let Some(repeated) = of(tx, step.guild, step.number).await? else { return Ok((giveaway, false)) };
    let gone = tx
        .execute(
            "letting a giveaway come back no more",
            sql("delete from giveaway_repeats where guild_id = ? and giveaway = ?")
                .bind::<BigInt, _>(step.guild.as_i64())
                .bind::<BigInt, _>(repeated.number),
        )
        .await?;
    if gone > 0 {
        store::audit(tx, (step.guild, repeated.number), "giveaway_repeat_stopped", None, step.by, step.now);
    }
    Ok((giveaway, gone > 0))
}

/// One that comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    /// The number of the one that is copied.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// When it comes next.
    pub next: Timestamp,
}

#[derive(QueryableByName)]
struct RepeatedRow {
    #[diesel(sql_type = BigInt)]
    giveaway: i64,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Timestamptz)]
    next_at: jiff_diesel::Timestamp,
}

impl RepeatedRow {
    fn read(self) -> Repeated {
        Repeated { number: self.giveaway, title: self.title, next: self.next_at.to_jiff() }
    }
}

/// What comes back where this giveaway does, or the one that it was made from.
///
/// # Errors
/// As [`Tx::load`].
pub async fn of(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Option<Repeated>> {
    let row: Option<RepeatedRow> = tx
        .first(
            "looking whether a giveaway comes back",
            // A copy's request names what it was made from: `repeat/NUMBER/TIME`.
            sql("select r.giveaway, g.title, r.next_at from giveaway_repeats r \
                   join giveaways g on g.guild_id = r.guild_id and g.number = r.giveaway \
                 where r.guild_id = ? and (r.giveaway = ? or exists ( \
                   select from giveaways c where c.guild_id = r.guild_id and c.number = ? \
                     and c.request like 'repeat/' || r.giveaway || '/%')) \
                 order by r.giveaway <> ? limit 1")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number)
            .bind::<BigInt, _>(number)
            .bind::<BigInt, _>(number),
        )
        .await?;
    Ok(row.map(RepeatedRow::read))
}

/// All that come back in a guild, the next first.
///
/// # Errors
/// As [`Tx::load`].
pub async fn all(tx: &mut Tx, guild: GuildId) -> Result<Vec<Repeated>> {
    let rows: Vec<RepeatedRow> = tx
        .load(
            "listing giveaways that come back",
            sql("select r.giveaway, g.title, r.next_at from giveaway_repeats r \
                   join giveaways g on g.guild_id = r.guild_id and g.number = r.giveaway \
                 where r.guild_id = ? order by r.next_at, r.giveaway limit ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(MOST),
        )
        .await?;
    Ok(rows.into_iter().map(RepeatedRow::read).collect())
}

/// A giveaway that is to begin again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// What it is like.
    pub like: Giveaway,
    /// Where: staff may have moved the last one.
    pub channel: ChannelId,
    /// When it was to begin: it names the copy, so that it is made once.
    pub at: Timestamp,
    /// How long it lasts.
    pub length: SignedDuration,
}

#[derive(QueryableByName)]
struct Place {
    #[diesel(sql_type = BigInt)]
    channel_id: i64,
}

#[derive(QueryableByName)]
struct DueRow {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    giveaway: i64,
    #[diesel(sql_type = SmallInt)]
    weekday: i16,
    #[diesel(sql_type = SmallInt)]
    minute: i16,
    #[diesel(sql_type = Text)]
    zone: String,
    #[diesel(sql_type = BigInt)]
    length_s: i64,
    #[diesel(sql_type = Timestamptz)]
    next_at: jiff_diesel::Timestamp,
}

/// Takes one whose time has come, and sets when it comes next; those that were missed while nothing ran are made up for once.
///
/// # Errors
/// As [`Tx::load`].
pub async fn take(tx: &mut Tx, now: Timestamp) -> Result<Option<Due>> {
    let row: Option<DueRow> = tx
        .first(
            "looking for giveaways that come back",
            sql("select guild_id, giveaway, weekday, minute, zone, length_s, next_at from giveaway_repeats where next_at <= ? \
                 order by next_at limit 1 for update skip locked")
            .bind::<Timestamptz, _>(now.to_diesel()),
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let what = "reading when a giveaway comes back";
    let guild = GuildId::try_from(row.guild_id).internal(what)?;
    let small = |n: i16| i8::try_from(n).internal(what);
    let rule = Rule {
        weekday: Weekday::from_monday_zero_offset(small(row.weekday)?).internal(what)?,
        time: Time::new(small(row.minute / 60)?, small(row.minute % 60)?, 0, 0).internal(what)?,
        zone: row.zone,
    };
    let next = rule.next(now)?;
    tx.defer(
        "setting when a giveaway comes back",
        sql("update giveaway_repeats set next_at = ? where guild_id = ? and giveaway = ?")
            .bind::<Timestamptz, _>(next.to_diesel())
            .bind::<BigInt, _>(row.guild_id)
            .bind::<BigInt, _>(row.giveaway),
    );
    let like = store::find(tx, guild, row.giveaway).await?;
    let place: Option<Place> = tx
        .first(
            "looking where a giveaway came last",
            sql("select coalesce(moved_to, channel_id) as channel_id from giveaways where guild_id = ? \
                   and (number = ? or request like 'repeat/' || ? || '/%') order by number desc limit 1")
            .bind::<BigInt, _>(row.guild_id)
            .bind::<BigInt, _>(row.giveaway)
            .bind::<BigInt, _>(row.giveaway),
        )
        .await?;
    let channel = place.and_then(|place| ChannelId::try_from(place.channel_id).ok());
    let length = SignedDuration::from_secs(row.length_s);
    Ok(like.map(|like| Due { channel: channel.unwrap_or(like.posts_in()), like, at: row.next_at.to_jiff(), length }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn friday_at_six() -> Rule {
        Rule { weekday: Weekday::Friday, time: time_of("18h").unwrap(), zone: "Europe/Paris".to_owned() }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn every_friday_at_six_stays_six_across_daylight_saving() {
        let mut now = at("2026-10-15T00:00:00Z");
        let mut found = Vec::new();
        for _ in 0..3 {
            now = friday_at_six().next(now).unwrap();
            found.push(now.to_string());
        }
        // Clocks go back on 25 October 2026.
        assert_eq!(found, ["2026-10-16T16:00:00Z", "2026-10-23T16:00:00Z", "2026-10-30T17:00:00Z"]);
        // And forward on 28 March 2027.
        assert_eq!(friday_at_six().next(at("2027-03-26T17:00:00Z")).unwrap(), at("2027-04-02T16:00:00Z"));
    }

    #[test]
    fn a_time_that_clocks_skip_or_show_twice_comes_once() {
        let sunday = |time| Rule { weekday: Weekday::Sunday, time: time_of(time).unwrap(), ..friday_at_six() };
        assert_eq!(sunday("2h30").next(at("2027-03-27T12:00:00Z")).unwrap(), at("2027-03-28T01:30:00Z"));
        let first = sunday("2h30").next(at("2026-10-24T12:00:00Z")).unwrap();
        assert_eq!(first, at("2026-10-25T00:30:00Z"));
        assert_eq!(sunday("2h30").next(first).unwrap(), at("2026-11-01T01:30:00Z"));
    }

    #[test]
    fn today_counts_until_its_time() {
        assert_eq!(friday_at_six().next(at("2026-11-27T16:59:59Z")).unwrap(), at("2026-11-27T17:00:00Z"));
        assert_eq!(friday_at_six().next(at("2026-11-27T17:00:00Z")).unwrap(), at("2026-12-04T17:00:00Z"));
    }

    #[test]
    fn a_time_of_day_is_read_as_people_type_it() {
        let time = |text| time_of(text).map(|time| time.to_string());
        assert_eq!(time("18h").as_deref(), Some("18:00:00"));
        assert_eq!(time(" 8H05 ").as_deref(), Some("08:05:00"));
        assert_eq!(time("23:59").as_deref(), Some("23:59:00"));
        for text in ["", "18", "25h", "18h60", "-1h", "h", "18h5x", "018h", "demain 25h"] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn words_of_days_read_back() {
        assert!(WEEKDAYS.iter().all(|known| weekday(known).map(word) == Some(*known)));
        assert_eq!(weekday("friday"), Some(Weekday::Friday));
        assert_eq!(weekday("vendredi"), None);
    }
}
