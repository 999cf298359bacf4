//! `plans`: side by side, by the month or by the year, with the person's own marked.

use super::super::args::Args;
use super::super::call::Way;
use super::super::dispatch::Cx;
use super::super::spec::{Opt, Spec, Type};
use super::phrases::Asked;
use super::{BUTTON_MAX, MEMBER, cards};
use crate::domain::shop::Period;
use crate::domain::shop::catalogue::reading::{self, Plans};
use crate::domain::shop::catalogue::{Defaults, Plan};
use crate::domain::shop::roles::RoleState;
use crate::kernel::Result;
use crate::kernel::reply::{Action, Button, Card, Reply, Style};
use crate::kernel::text::{plain, shorten, unmasked};
use crate::kernel::words::Speech;
use futures_util::FutureExt;

const PERIODS: [&str; 2] = [Period::Month.as_str(), Period::Year.as_str()];

/// So many plans stand two by two.
const IN_PAIRS: usize = 4;

pub(super) static PLANS: Spec = Spec {
    name: "plans",
    options: &[Opt::optional("period", Type::Choice(&PERIODS))],
    run: |cx, args| plans(cx, args).boxed(),
    ..MEMBER
};

async fn plans(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    cx.shop().await?;
    let asked = args.choice("period").and_then(Period::from_word);
    let period = asked.unwrap_or(Period::Month);
    let (guild, user, now) = (cx.guild.id, cx.user, cx.now);
    let plans = reading::plans(cx.tx()?, guild, user, now).await?;
    let say = &cx.say;
    let mut card = Card::titled(say.t("plans-title"));
    card.body = say.t(if plans.plans.is_empty() { "plans-none" } else { "plans-intro" });
    for (at, plan) in plans.plans.iter().enumerate() {
        let (name, value) = column(say, &plans, (plan, &cx.app.guilds.catalogue), (period, cx.actor.is_staff()));
        card = card.field(name, value, !stands_alone(plans.plans.len()));
        if plans.plans.len() == IN_PAIRS && at % 2 == 1 {
            // Fills the third place of a row; a field may not be empty, and this one shows nothing.
            card = card.field("\u{200B}", "\u{200B}", true);
        }
    }
    let other = if period == Period::Month { Period::Year } else { Period::Month };
    let toggle = Action::new("plans").with("period", other.as_str());
    let toggle = Button::new(say.t(&format!("button-plans-{}", other.as_str())), toggle).emoji("🔁");
    let mut reply = Reply::private("").card(card);
    if !plans.plans.is_empty() {
        reply = reply.button(toggle);
    }
    reply.buttons.extend(instead(say, plans.way));
    for plan in &plans.plans {
        reply.buttons.extend(buttons(say, &plans, plan, period));
    }
    // Only the toggle names a period: the message that is replaced shows the plans.
    reply.replaces = cx.way == Way::Button && asked.is_some();
    Ok(reply)
}

/// Whether each plan stands on a row of its own: Discord puts three on a row, and the last one must not be alone.
const fn stands_alone(plans: usize) -> bool {
    plans > IN_PAIRS && plans % 3 == 1
}

fn column(
    say: &Speech<'_>,
    plans: &Plans,
    (plan, first): (&Plan, &Defaults),
    (period, staff): (Period, bool),
) -> (String, String) {
    let held = plans.held().is_some_and(|held| held.code == plan.code);
    let mark = if held { format!(" · {}", say.t("plans-yours")) } else { String::new() };
    let hidden = if plan.hidden { " 🔒" } else { "" };
    let list = plan.price(period);
    let asked = Asked::of(&plan.item(period), list, &plans.offers);
    let price = asked.show(say);
    let price = match list {
        // What comes off, comes off the first payment.
        Some(list) if asked.now != Some(list) => {
            let list = list.show(say.locale);
            let id = format!("plans-first-{}", period.as_str());
            say.with(&id, &[("price", (&price).into()), ("list", (&list).into())])
        }
        Some(list) if !list.is_zero() => {
            say.with(&format!("plans-per-{}", period.as_str()), &[("price", (&price).into())])
        }
        Some(_) | None => price,
    };
    let mut lines = Vec::new();
    // A price is for who may pay it.
    if staff || plan.role_stuck.is_none() {
        lines.push(format!("**{price}**"));
        lines.extend(asked.terms(say).map(|terms| format!("🏷️ {terms}")));
    }
    let benefits = first.benefits(plan, say.locale).lines().filter(|line| !line.trim().is_empty());
    lines.extend(benefits.map(|line| format!("• {}", unmasked(line))));
    lines.push(format!("🛟 {}", say.t(&format!("choice-{}", plan.support.as_str()))));
    if let Some(why) = plan.role_stuck {
        let words = match (staff, why) {
            (false, _) => "plans-unavailable",
            (true, RoleState::Gone) => "plans-role-gone",
            (true, _) => "plans-role-stuck",
        };
        lines.push(format!("⛔ {}", say.t(words)));
    } else if let Some(role) = plan.role {
        lines.push(format!("🎭 <@&{role}>"));
    }
    (format!("{}{hidden}{mark}", plain(&called(say, plan, first))), lines.join("\n"))
}

/// What a plan is called: the free one by its reader's word, as long as it has the name that a shop begins with.
fn called(say: &Speech<'_>, plan: &Plan, first: &Defaults) -> String {
    if plan.is_free() && first.plans.iter().any(|one| one.code == plan.code && one.name == plan.name) {
        return say.t("shop-free");
    }
    plan.name.clone()
}

/// Where he must go first who can neither buy a plan nor change to one.
fn instead(say: &Speech<'_>, way: reading::Way) -> Option<Button> {
    match way {
        reading::Way::Buy | reading::Way::Change => None,
        reading::Way::Owes => Some(Button::new(say.t("button-subscription"), Action::new("subscription")).emoji("🔁")),
        reading::Way::Awaits => Some(Button::new(say.t("button-my-orders"), Action::new("orders")).emoji("🧾")),
    }
}

/// What a person can do about a plan: nothing where he holds it, where it is removed, hidden, free, not available, or has no
/// price, nor where he must go elsewhere first.
fn buttons(say: &Speech<'_>, plans: &Plans, plan: &Plan, period: Period) -> Vec<Button> {
    let held = plans.held();
    let is_held = held.is_some_and(|held| held.code == plan.code);
    let off_sale = plan.is_free() || plan.archived || plan.hidden || plan.role_stuck.is_some();
    if is_held || off_sale || plan.price(period).is_none() {
        return Vec::new();
    }
    let name = shorten(&plan.name, BUTTON_MAX);
    let (id, emoji, style) = match held {
        Some(held) if !held.is_free() && plan.level > held.level => ("button-upgrade", "⬆️", Style::Primary),
        Some(held) if !held.is_free() && plan.level < held.level => ("button-downgrade", "⬇️", Style::Secondary),
        Some(_) | None => ("button-choose", "🛒", Style::Success),
    };
    let buy = cards::buy(&plan.item(period));
    let leads_to = match plans.way {
        reading::Way::Owes | reading::Way::Awaits => return Vec::new(),
        // Without a subscription there is nothing to go back from: he would pay for less than what he has.
        reading::Way::Buy if id == "button-downgrade" => return Vec::new(),
        reading::Way::Change => Action::new("subscription_switch").with("item", plan.item(period)),
        reading::Way::Buy => buy.clone(),
    };
    let mut buttons = vec![Button::new(say.with(id, &[("plan", (&name).into())]), leads_to).style(style).emoji(emoji)];
    if plans.way == reading::Way::Change {
        return buttons;
    }
    let pays = held.is_some_and(|held| !held.is_free());
    if plan.trial_days > 0 && !plans.tried && !pays {
        let days = i64::from(plan.trial_days);
        let label = say.with("button-trial", &[("plan", (&name).into()), ("days", days.into())]);
        buttons.push(Button::new(label, buy.with("trial", "yes")).emoji("🎁"));
    }
    buttons
}
