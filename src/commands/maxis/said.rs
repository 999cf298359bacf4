//! A sentence of an operator: by `!shellia …`, by mention, in direct messages, or by a button that answers what Shellia asked.
//!
//! It is understood by the grammar over the shop's own names, after what was said in the same channel a moment ago. Questions are
//! answered; what wants something done goes to [`super::wanted`]; nothing else is followed.

use super::{ask, asker, failed, figures, wanted};
use crate::app::Bot;
use crate::commands::args::Args;
use crate::commands::dispatch::Cx;
use crate::commands::spec::{Opt, Spec, Type};
use crate::control::{self, Catalogue, Failed};
use crate::domain::analytics;
use crate::domain::decisions::{self, Grammar, Intent, PlanName, Said, Speaker, Verdict};
use crate::kernel::reply::{Reply, Visibility};
use crate::kernel::text::shorten;
use crate::kernel::{Currency, Rank, Result};
use futures_util::FutureExt;

/// How much of an answer is remembered: the number of a plan stands at its beginning.
const HEARD_MAX: usize = 300;

pub(super) static SHELLIA: Spec = Spec {
    name: "shellia",
    bot: Bot::Shellia,
    rank: Some(Rank::Operator),
    visibility: Visibility::Public,
    bare: Some("shellia_help"),
    options: &[Opt::required("sentence", Type::Body)],
    run: |cx, args| run(cx, args).boxed(),
    ..Spec::BASE
};

async fn run(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let text = args.body("sentence")?.as_str().to_owned();
    // The answer is in the language of the sentence, that of Maxis included.
    if let Some(locale) = super::tongue::of(&text) {
        cx.say = cx.app.words.speak(locale);
    }
    let shop = match shop(cx).await {
        Ok(shop) => shop,
        Err(why) => return Ok(failed(&cx.say, why)),
    };
    let talks = &cx.app.guilds.talks;
    let before = talks.before(cx.channel, cx.user, cx.now);
    let understood = grammar_of(&shop).understand(&text, &before, cx.now);
    talks.hear(cx.channel, cx.user, cx.now, Said { from: Speaker::Operator, text });
    let say = cx.say;
    let reply = match understood.verdict {
        Verdict::Answer if !matches!(understood.intent, Intent::Pending | Intent::Audit) => {
            figures::answer(cx, &understood, &shop).await?
        }
        Verdict::Answer | Verdict::Plan | Verdict::Act => wanted::wanted(cx, &say, &understood).await?,
        Verdict::Ask | Verdict::Refuse | Verdict::Ignore => ask::back(cx, &say, &understood, &shop),
    };
    let told = Said { from: Speaker::Controller, text: shorten(&reply.text, HEARD_MAX) };
    cx.app.guilds.talks.hear(cx.channel, cx.user, cx.now, told);
    Ok(reply)
}

/// What the shop sells, as Maxis told it a moment ago.
///
/// # Errors
/// Why he could not be asked.
async fn shop(cx: &mut Cx<'_>) -> Result<Catalogue, Failed> {
    let talks = &cx.app.guilds.talks;
    if let Some(kept) = talks.shop(cx.guild.id, cx.user, cx.now) {
        return Ok(kept);
    }
    let shop = control::catalogue(&*cx.peer, asker(cx)).await?;
    talks.keep_shop(cx.guild.id, cx.user, cx.now, shop.clone());
    Ok(shop)
}

/// The grammar over the shop's own names, in its time zone.
///
/// # Errors
/// Why Maxis could not be asked for them.
pub(super) async fn grammar(cx: &mut Cx<'_>) -> Result<Grammar, Failed> {
    Ok(grammar_of(&shop(cx).await?))
}

fn grammar_of(shop: &Catalogue) -> Grammar {
    let plan = |plan: &control::Named| PlanName { code: plan.code.clone(), names: vec![plan.name.clone()] };
    let currency = shop.currency.parse().unwrap_or(Currency::EUR);
    let plans = shop.plans.iter().map(plan).collect();
    let products = shop.products.iter().map(|product| product.name.clone()).collect();
    let catalogue = decisions::Catalogue::new(plans, products, currency, shop.cap_percent);
    Grammar::new(catalogue, analytics::zone(&shop.time_zone))
}
