//! What a page needs to know of its guild, and the figures on its first page.

use super::shape::Person;
use super::team::Mate;
use crate::commands::tickets::phrases;
use crate::domain::shop::catalogue;
use crate::domain::tickets::{Category, Priority, State, desk, stats};
use crate::kernel::error::Problem;
use crate::kernel::{Error, Locale, Rank, Result, UserId};
use crate::panel::{Panel, Staff, places};
use serde::Serialize;
use utoipa::ToSchema;

/// What a page needs to know of its guild.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelGuildInfo)]
pub struct GuildInfo {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its time zone's name.
    pub time_zone: String,
    /// Its language: `fr` or `en`.
    #[schema(value_type = String)]
    pub locale: Locale,
    /// The rank of who asks.
    pub rank: &'static str,
    /// The currency of its shop, where it has one.
    pub currency: Option<String>,
    /// The pages beside tickets that he may open.
    pub places: Vec<&'static str>,
    /// The categories.
    pub categories: Vec<Named>,
    /// The priorities, the most urgent first.
    pub priorities: Vec<Named>,
    /// The states, in the order of a ticket's life.
    pub states: Vec<Named>,
    /// The team: those who have the panel open first.
    pub staff: Vec<Mate>,
}

/// A word with what people call it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelNamed)]
pub struct Named {
    /// The word.
    pub code: &'static str,
    /// What people call it.
    pub name: String,
    /// Its emoji.
    pub emoji: &'static str,
}

/// The figures of the first page.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelFigures)]
pub struct Figures {
    /// Tickets that wait for staff.
    pub open: i64,
    /// Tickets that wait for their opener.
    pub waiting: i64,
    /// Critical ones.
    pub critical: i64,
    /// Those that missed their time.
    pub breached: i64,
    /// Those that will soon.
    pub breaching_soon: i64,
    /// Nobody's.
    pub unassigned: i64,
    /// Mean time to the first answer over 30 days, in seconds.
    pub first_response_s: Option<i64>,
    /// Mean time to resolution over 30 days, in seconds.
    pub resolution_s: Option<i64>,
    /// Mean stars over 30 days.
    pub satisfaction: Option<f64>,
    /// How many were rated on the days that are asked for.
    pub rated: i64,
    /// The days, the oldest first.
    pub days: Vec<DayFigures>,
    /// Who of staff has tickets of the last 30 days, the busiest first.
    pub agents: Vec<AgentFigures>,
}

/// A day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelDay)]
pub struct DayFigures {
    /// Which, such as 2026-11-27.
    pub day: String,
    /// Tickets that were opened.
    pub opened: i64,
    /// Tickets that were solved or closed.
    pub resolved: i64,
    /// Tickets that missed their time.
    pub breached: i64,
}

/// A member of staff.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelAgent)]
pub struct AgentFigures {
    /// His id.
    pub id: String,
    /// His name.
    pub name: String,
    /// Tickets that he has.
    pub assigned: i64,
    /// Those that are solved or closed.
    pub resolved: i64,
    /// Mean time to resolution of those, in seconds.
    pub resolution_s: Option<i64>,
    /// Mean of their stars.
    pub satisfaction: Option<f64>,
}

/// Most days of the figures.
const DAYS: i64 = 90;

fn stars(tenths: Option<i64>) -> Option<f64> {
    tenths.and_then(|tenths| i32::try_from(tenths).ok()).map(|tenths| f64::from(tenths) / 10.0)
}

impl Panel {
    /// What a page needs to know of its guild.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where the database can't be reached.
    pub async fn guild(&self, staff: &Staff, locale: Locale) -> Result<GuildInfo> {
        let guild = &staff.guild;
        let mut tx = self.app.db.begin(&staff.actor).await?;
        let seen = desk::staff_seen(&mut tx, guild.id).await?;
        let step = catalogue::Step { guild: guild.id, now: self.now() };
        let currency = match catalogue::shop::settings(&mut tx, step, None).await {
            Ok(shop) => Some(shop.currency.code().to_owned()),
            Err(Error::NotFound(_)) => None,
            Err(error) => return Err(error),
        };
        tx.end().await?;
        let team = self.mates(guild.id, self.team(staff, seen).await).await;
        let say = self.app.words.speak(locale);
        let name = |code: &str| say.t(&format!("choice-{code}"));
        let categories = Category::ALL.map(|one| (one.as_str(), phrases::category_emoji(one)));
        let priorities = Priority::ALL.map(|one| (one.as_str(), phrases::priority_emoji(one)));
        let states = State::ALL.map(|one| (one.as_str(), phrases::state_emoji(one)));
        let named = |(code, emoji)| Named { code, name: name(code), emoji };
        Ok(GuildInfo {
            id: guild.id.to_string(),
            name: self.guild_name(guild.id).await,
            time_zone: guild.time_zone.clone(),
            locale: guild.locale,
            rank: staff.rank.as_str(),
            currency,
            places: places::of(staff.rank),
            categories: categories.into_iter().map(named).collect(),
            priorities: priorities.into_iter().map(named).collect(),
            states: states.into_iter().map(named).collect(),
            staff: team,
        })
    }

    /// The figures of the first page, with a day each for the last `days`.
    ///
    /// # Errors
    /// [`Error::Argument`] for too many days.
    pub async fn overview(&self, staff: &Staff, days: &str) -> Result<Figures> {
        let days = match days {
            "" => 30,
            text => text
                .parse()
                .ok()
                .filter(|days| (1..=DAYS).contains(days))
                .ok_or(Error::Argument { option: "days", problem: Problem::NotInRange { min: 1, max: DAYS } })?,
        };
        let (guild, now) = (staff.guild.id, self.now());
        let mut tx = self.app.db.begin(&staff.actor).await?;
        let (standing, each) = desk::overview(&mut tx, guild, (&staff.guild.time_zone, days), now).await?;
        let stats = stats::figures(&mut tx, guild, now).await?;
        let since = now.checked_sub(jiff::SignedDuration::from_hours(24 * days)).unwrap_or(now);
        let flow = crate::domain::tickets::flow::flow(&mut tx, guild, since, now).await?;
        tx.end().await?;
        let names = self.member_names(guild, stats.agents.iter().map(|agent| agent.agent).collect()).await;
        let agent = |agent: &stats::AgentStats| {
            let Person { id, name } = Person::of(agent.agent, &names);
            AgentFigures {
                id,
                name,
                assigned: agent.assigned,
                resolved: agent.resolved,
                resolution_s: agent.resolution_s,
                satisfaction: stars(agent.stars_tenths),
            }
        };
        let day = |day: desk::Day| DayFigures {
            day: day.day,
            opened: day.opened,
            resolved: day.resolved,
            breached: day.breached,
        };
        Ok(Figures {
            open: standing.open,
            waiting: standing.waiting,
            critical: standing.critical,
            breached: standing.breached,
            breaching_soon: standing.breaching_soon,
            unassigned: standing.unassigned,
            first_response_s: stats.first_response_s,
            resolution_s: stats.resolution_s,
            satisfaction: stars(stats.stars_tenths),
            rated: flow.rated,
            days: each.into_iter().map(day).collect(),
            agents: stats.agents.iter().map(agent).collect(),
        })
    }

    /// Whether somebody may get tickets of a guild: he is of its staff now.
    pub(super) async fn takes_tickets(&self, staff: &Staff, user: UserId) -> Result<Option<Rank>> {
        if user == staff.session.user {
            return Ok(Some(staff.rank));
        }
        self.ranks.of(self, &staff.guild, user).await
    }
}
