//! The figures of the last thirty days, for staff.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::Spec;
use super::{STAFF, phrases};
use crate::domain::tickets::{AgentStats, Stats, stats};
use crate::kernel::Result;
use crate::kernel::reply::{Card, Reply};
use crate::kernel::words::Speech;
use futures_util::FutureExt;

pub(super) static STATS: Spec =
    Spec { name: "ticket_stats", writes: false, run: |cx, args| figures(cx, args).boxed(), ..STAFF };

/// Agents shown on the card: each line is short, and a field holds 1024 characters.
const AGENTS_SHOWN: usize = 8;

async fn figures(cx: &mut Cx<'_>, _: &Args) -> Result<Reply> {
    let (guild, now) = (cx.guild.id, cx.now);
    let stats = stats::figures(cx.tx()?, guild, now).await?;
    Ok(Reply::private("").card(card(&cx.say, &stats)))
}

fn card(say: &Speech<'_>, stats: &Stats) -> Card {
    let none = || say.t("stats-none");
    let span = |seconds: Option<i64>| seconds.map_or_else(none, |seconds| phrases::span(say, seconds));
    let states: Vec<String> =
        stats.by_state.iter().map(|(state, count)| format!("{} : **{count}**", phrases::state(say, *state))).collect();
    let urgent: Vec<String> = stats
        .urgent
        .iter()
        .map(|(priority, count)| format!("{} : **{count}**", phrases::priority(say, *priority)))
        .collect();
    let unrated = || say.t("stats-unrated");
    let stars = stats.stars_tenths.map_or_else(unrated, |tenths| phrases::mean_stars(say, tenths));
    let mut card = Card::titled(say.t("stats-title"))
        .field(say.t("stats-total"), stats.total.to_string(), true)
        .field(say.t("stats-breached"), stats.breached.to_string(), true)
        .field(say.t("stats-stars"), stars, true)
        .field(say.t("stats-resolution"), span(stats.resolution_s), true)
        .field(say.t("stats-first-response"), span(stats.first_response_s), true)
        .field(say.t("stats-states"), states.join("\n"), false)
        .field(say.t("stats-urgent"), urgent.join("\n"), false);
    let agents: Vec<String> = stats.agents.iter().take(AGENTS_SHOWN).map(|agent| agent_line(say, agent)).collect();
    let agents = if agents.is_empty() { none() } else { agents.join("\n") };
    card = card.field(say.t("stats-agents"), agents, false);
    card.footer = say.with("stats-days", &[("days", stats::DAYS.into())]);
    card
}

/// What an agent has and did; a mean that there isn't yet is left out.
fn agent_line(say: &Speech<'_>, agent: &AgentStats) -> String {
    let counts = say.with(
        "stats-agent",
        &[
            ("agent", phrases::person(agent.agent).as_str().into()),
            ("assigned", agent.assigned.into()),
            ("resolved", agent.resolved.into()),
        ],
    );
    let took = agent.resolution_s.map(|seconds| phrases::span(say, seconds));
    let stars = agent.stars_tenths.map(|tenths| phrases::mean_stars(say, tenths));
    let parts: Vec<String> = std::iter::once(counts).chain(took).chain(stars).collect();
    parts.join(" · ")
}
