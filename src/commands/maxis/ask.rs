//! What is said to a sentence that isn't followed: what is still to be said, why it isn't done, that it was let pass.

use super::said::SHELLIA;
use crate::commands::dispatch::Cx;
use crate::commands::{Way, help};
use crate::control::Catalogue;
use crate::domain::decisions::{Missing, Understood, Verdict};
use crate::kernel::reply::{Action, Button, Reply};
use crate::kernel::text::plain;
use crate::kernel::words::Speech;

/// Buttons that are offered: one row of Discord's.
const OFFERED: usize = 5;
/// Longest sentence behind a button: a `custom_id` holds 100 characters.
const SENTENCE_MAX: usize = 60;

/// Asks back, refuses, or lets pass.
pub(super) fn back(cx: &Cx<'_>, say: &Speech<'_>, understood: &Understood, shop: &Catalogue) -> Reply {
    let cap = i64::from(understood.cap_percent.unwrap_or(shop.cap_percent));
    let help = crate::commands::errors::name(say, help::of(cx.app.bot));
    let args = [("cap", cap.into()), ("help", (&help).into())];
    let why = understood.reason.map(|reason| say.with(&format!("said-why-{}", reason.as_str()), &args));
    if understood.verdict != Verdict::Ask {
        return Reply::public(why.unwrap_or_else(|| say.with("said-why-not_understood", &args)));
    }
    let asks = |missing: &Missing| say.with(&format!("said-ask-{}", missing.as_str()), &args);
    let first = understood.missing.first();
    let lines: Vec<String> = why.into_iter().chain(understood.missing.iter().map(asks)).collect();
    let mut reply = Reply::public(lines.join("\n"));
    // In direct messages a button doesn't know in which guild somebody is an operator.
    for (label, sentence) in
        first.filter(|_| cx.way != Way::Direct).map(|one| choices(say, *one, shop)).into_iter().flatten()
    {
        if sentence.chars().count() <= SENTENCE_MAX {
            let action = Action::new(SHELLIA.name).with("sentence", sentence);
            reply = reply.button(Button::new(label, action));
        }
    }
    reply
}

/// What may be answered at a touch, where the choices are few: what stands on the button, and the sentence that it says.
fn choices(say: &Speech<'_>, missing: Missing, shop: &Catalogue) -> Vec<(String, String)> {
    let same = |text: String| (text.clone(), text);
    let all: Vec<(String, String)> = match missing {
        Missing::Unit => {
            let sign = match shop.currency.as_str() {
                "eur" => "€".to_owned(),
                "usd" => "$".to_owned(),
                "gbp" => "£".to_owned(),
                other => other.to_uppercase(),
            };
            vec![same("%".to_owned()), same(sign)]
        }
        Missing::Value => {
            let under = |percent: &u8| *percent <= shop.cap_percent;
            [10_u8, 15, 20, 30].into_iter().filter(under).map(|percent| same(format!("{percent} %"))).collect()
        }
        Missing::Target => {
            let on = |name: String| say.with("said-on", &[("target", (&name).into())]);
            let plans = shop.plans.iter().filter(|plan| plan.code != "free").take(OFFERED - 1);
            let plans = plans.map(|plan| (plan.name.clone(), on(plan.code.clone())));
            plans.chain([(say.t("said-all-plans"), on(say.t("said-all-plans")))]).collect()
        }
        Missing::End => ["said-for-24h", "said-for-48h", "said-for-7d"].map(|id| same(say.t(id))).into(),
        Missing::Period => ["said-yesterday", "said-last-7-days", "said-last-30-days"].map(|id| same(say.t(id))).into(),
        Missing::Prize
        | Missing::Ref
        | Missing::Button
        | Missing::Key
        | Missing::Code
        | Missing::Audience
        | Missing::Choice
        | Missing::Intent => Vec::new(),
    };
    all.into_iter().map(|(label, sentence)| (plain(&label), sentence)).collect()
}
