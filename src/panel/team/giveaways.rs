//! Giveaways at the panel: the list, one with its winners and what was done to it.

use super::page::{Paged, cut, wrong};
use super::told::sentences;
use crate::commands::giveaways::{called, cards, notices};
use crate::db::Tx;
use crate::domain::giveaways::reading::{self, Holder};
use crate::domain::giveaways::repeats;
use crate::domain::giveaways::{Giveaway, Requirements, State};
use crate::domain::panel::trail;
use crate::domain::shop::catalogue::names::Names as ShopNames;
use crate::kernel::error::Problem;
use crate::kernel::words::Speech;
use crate::kernel::{Locale, Rank, Result, UserId};
use crate::panel::plain::{line, to_text};
use crate::panel::tickets::Person;
use crate::panel::{Panel, Staff};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// Winners that are shown.
const HOLDERS: i64 = 200;
/// Lines of what was done that are shown.
const DONE: i64 = 50;

/// What stands behind the address of the list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A state's word.
    pub state: String,
    /// How many.
    pub limit: String,
    /// Where the page begins.
    pub cursor: String,
}

/// A giveaway in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelGiveaway)]
pub struct GiveawayRow {
    /// Its number.
    pub number: i64,
    /// What is won, in words.
    pub title: String,
    /// Where it stands.
    pub state: &'static str,
    /// Until when.
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Timestamp,
    /// How many win.
    pub winners: u32,
    /// How many take part.
    pub entries: i64,
    /// What its channel is called; its id where that isn't known.
    pub channel: String,
    /// When it comes back, in a sentence.
    pub repeats: Option<String>,
    /// What may be done with it.
    pub may: Vec<&'static str>,
}

/// A page of giveaways.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelGiveaways)]
pub struct Giveaways {
    /// They, the newest first.
    pub giveaways: Vec<GiveawayRow>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// What may be done beside them.
    pub may: Vec<&'static str>,
}

/// Who has a place.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelHolder)]
pub struct HolderView {
    /// He.
    pub user: Person,
    /// How he stands with his prize.
    pub state: &'static str,
    /// Until when he may claim it, where his time runs.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub claim_until: Option<Timestamp>,
}

/// Something that was done.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelSaid)]
pub struct Said {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// What and by whom, in a sentence.
    pub text: String,
}

/// A giveaway with all that there is to see of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PanelGiveawayDetail)]
pub struct GiveawayDetail {
    /// What stands in the list.
    #[serde(flatten)]
    pub row: GiveawayRow,
    /// What a winner gets, a line each.
    pub prize: String,
    /// What is asked of those who enter.
    pub requirements: Vec<String>,
    /// Who won.
    pub holders: Vec<HolderView>,
    /// What was done, the newest first.
    pub log: Vec<Said>,
    /// Why nothing can be posted in its channel, in sentences.
    pub trouble: Option<String>,
}

/// What staff of a rank may do with a giveaway.
fn may(state: State, rank: Rank) -> Vec<&'static str> {
    let operators: &[&'static str] = match state {
        State::Scheduled => &["extend", "cancel"],
        State::Open => &["end", "pause", "extend", "cancel"],
        State::Paused => &["resume", "extend", "cancel"],
        State::Drawn => &["reroll"],
        State::Drawing | State::Done | State::Cancelled => &[],
    };
    let mut all = if rank == Rank::Operator { operators.to_vec() } else { Vec::new() };
    // Anybody may check a draw.
    if matches!(state, State::Drawn | State::Done) {
        all.push("proof");
    }
    all
}

/// What is asked, without the signs of a list.
fn requirements(say: &Speech<'_>, asked: &Requirements, names: &ShopNames) -> Vec<String> {
    if *asked == Requirements::default() {
        return Vec::new();
    }
    cards::asked(say, asked, names).lines().map(|line| line.trim_start_matches("• ").to_owned()).collect()
}

impl Asked {
    fn states(&self) -> Result<Vec<State>> {
        if self.state.is_empty() {
            return Ok(State::ALL.to_vec());
        }
        let choices = || Problem::NotAChoice { choices: State::ALL.map(State::as_str).to_vec() };
        State::from_word(&self.state).map(|state| vec![state]).ok_or_else(|| wrong("state", choices()))
    }
}

impl Panel {
    /// A page of giveaways.
    ///
    /// # Errors
    /// [`crate::kernel::Error::Argument`].
    pub async fn giveaways(&self, staff: &Staff, asked: &Asked, locale: Locale) -> Result<Giveaways> {
        let paged = Paged { limit: asked.limit.clone(), cursor: asked.cursor.clone() };
        let (states, limit, below) = (asked.states()?, paged.limit()?, paged.below()?);
        let guild = staff.guild.id;
        let read = async |tx: &mut Tx| {
            let mut found = reading::page_of(tx, guild, (&states, below), limit.saturating_add(1)).await?;
            let next = cut(&mut found, limit, |one| one.number);
            let numbers: Vec<i64> = found.iter().map(|one| one.number).collect();
            let crowds = reading::crowds(tx, guild, &numbers).await?;
            Ok((found, next, crowds, repeats::all(tx, guild).await?))
        };
        let (found, next, crowds, repeated) = self.reading(&staff.actor, read).await?;
        let mut rows = Vec::with_capacity(found.len());
        for one in &found {
            let comes_back = repeated.iter().find(|repeated| repeated.number == one.number).map(|one| one.next);
            let entries = crowds.get(&one.number).copied().unwrap_or(0);
            rows.push(self.row(staff, one, (entries, comes_back), locale).await);
        }
        let may = if staff.rank == Rank::Operator { vec!["create"] } else { Vec::new() };
        Ok(Giveaways { giveaways: rows, next, may })
    }

    async fn row(
        &self,
        staff: &Staff,
        one: &Giveaway,
        (entries, comes_back): (i64, Option<Timestamp>),
        locale: Locale,
    ) -> GiveawayRow {
        let inside = self.names_in(staff.guild.id).await;
        let channel = one.posts_in();
        let repeats = match comes_back {
            Some(next) => {
                let next = format!("<t:{}:f>", next.as_second());
                let text = self.app.words.speak(locale).with("panel-repeats", &[("next", (&next).into())]);
                Some(line(&text, &self.called(staff, &[], locale).await))
            }
            None => None,
        };
        GiveawayRow {
            number: one.number,
            title: one.title.clone(),
            state: one.state.as_str(),
            ends_at: one.ends_at,
            winners: one.winners,
            entries: one.entries.map_or(entries, i64::from),
            channel: inside.channel(channel).map_or_else(|| channel.to_string(), str::to_owned),
            repeats,
            may: may(one.state, staff.rank),
        }
    }

    /// A giveaway with its winners and what was done to it.
    ///
    /// # Errors
    /// [`crate::kernel::Error::NotFound`].
    pub async fn giveaway(&self, staff: &Staff, number: i64, locale: Locale) -> Result<GiveawayDetail> {
        let guild = staff.guild.id;
        let read = async |tx: &mut Tx| {
            let one = reading::one(tx, guild, number).await?;
            let crowds = reading::crowds(tx, guild, &[number]).await?;
            let holders = reading::holders(tx, guild, number, HOLDERS).await?;
            let done = trail::of_subject(tx, guild, &format!("giveaway/{number}"), DONE).await?;
            let names = called(tx, &[&one]).await?;
            Ok((crowds, holders, done, repeats::of(tx, guild, number).await?, names, one))
        };
        let (crowds, holders, done, repeated, names, one) = self.reading(&staff.actor, read).await?;
        let say = self.app.words.speak(locale);
        let prize = cards::prizes(&say, &one, &names);
        let asked = requirements(&say, &one.requirements, &names);
        let trouble = one.trouble.map(|trouble| notices::trouble(&say, &one, trouble));
        let told = trouble.as_ref().map(|reply| reply.text.clone()).unwrap_or_default();
        let mut texts: Vec<&str> = asked.iter().map(String::as_str).collect();
        texts.extend([prize.as_str(), told.as_str()]);
        let called = self.called(staff, &texts, locale).await;
        let people: BTreeSet<UserId> = holders.iter().map(|holder| holder.user).collect();
        let people = self.member_names(guild, people).await;
        let holder = |holder: &Holder| HolderView {
            user: Person::of(holder.user, &people),
            state: holder.state.as_str(),
            claim_until: holder.claim_until,
        };
        let log = self.said(staff, &done, locale).await;
        let entries = crowds.get(&number).copied().unwrap_or(0);
        Ok(GiveawayDetail {
            row: self.row(staff, &one, (entries, repeated.map(|one| one.next)), locale).await,
            prize: line(&prize, &called),
            requirements: asked.iter().map(|text| line(text, &called)).collect(),
            holders: holders.iter().map(holder).collect(),
            log,
            trouble: trouble.map(|reply| to_text(&reply, &called)),
        })
    }

    /// What was done, in sentences that name who did it.
    async fn said(&self, staff: &Staff, done: &[trail::Line], locale: Locale) -> Vec<Said> {
        let said = sentences(&self.app.words.speak(locale), done);
        let texts: Vec<&str> = said.iter().map(String::as_str).collect();
        let called = self.called(staff, &texts, locale).await;
        let by: BTreeSet<UserId> = done.iter().filter_map(|one| one.by).collect();
        let names = self.member_names(staff.guild.id, by).await;
        let one = |(done, text): (&trail::Line, &String)| {
            let who = done.by.map(|by| Person::of(by, &names).name);
            let text = line(text, &called);
            Said { at: done.at, text: who.map_or_else(|| text.clone(), |who| format!("{who} {text}")) }
        };
        done.iter().zip(&said).map(one).collect()
    }
}
