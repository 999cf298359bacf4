//! Who gets the new tickets of a category, for operators.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::{CATEGORY, STAFF, named_agent, phrases};
use crate::domain::accounts;
use crate::domain::tickets::Category;
use crate::kernel::error::{Error, Problem};
use crate::kernel::reply::{Card, Reply};
use crate::kernel::{Rank, Result};
use futures_util::FutureExt;

pub(super) static AGENT: Spec = Spec {
    name: "ticket_agent",
    rank: Some(Rank::Operator),
    options: &[
        Opt::required("category", CATEGORY),
        Opt::optional("agent", Type::User),
        Opt::optional("clear", Type::Choice(&["yes"])),
    ],
    run: |cx, args| agent(cx, args).boxed(),
    ..STAFF
};

async fn agent(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let category = args.choice("category").and_then(Category::from_word);
    let category = category.ok_or(Error::Argument { option: "category", problem: Problem::Missing })?;
    let (guild, word) = (cx.guild.id, category.as_str());
    let mut agents = cx.guild.agents.clone();
    match (named_agent(cx, args)?, args.choice("clear")) {
        (None, None) => return Ok(Reply::private("").card(card(cx, &agents))),
        (Some(agent), None) => {
            accounts::set_agent(cx.tx()?, guild, word, Some(agent));
            agents.insert(word.to_owned(), agent);
        }
        (None, Some(_)) => {
            accounts::set_agent(cx.tx()?, guild, word, None);
            agents.remove(word);
        }
        (Some(_), Some(_)) => return Err(Error::Conflict("error-agent-or-clear")),
    }
    // Read again once this is committed; until then a reader may see the old settings for some seconds.
    cx.app.guilds.forget(guild);
    let text = cx.say.with("agent-set", &[("category", phrases::category(&cx.say, category).as_str().into())]);
    Ok(Reply::private(text).card(card(cx, &agents)))
}

fn card(cx: &Cx<'_>, agents: &std::collections::HashMap<String, crate::kernel::UserId>) -> Card {
    let nobody = || cx.say.t("ticket-unassigned");
    let line = |category: &Category| {
        let agent = agents.get(category.as_str()).copied().map_or_else(nobody, phrases::person);
        format!("{} → {agent}", phrases::category(&cx.say, *category))
    };
    let mut card = Card::titled(cx.say.t("agent-title"));
    card.body = Category::ALL.iter().map(line).collect::<Vec<_>>().join("\n");
    card
}
