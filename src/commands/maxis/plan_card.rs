//! A plan as people see it before they decide: what it does, for whom, until when, what it costs, who approved it; and afterwards
//! what came of it. It decides nothing.

use super::dial;
use crate::control::effect::{Effect, GiveawayEffect, PriceChange, PromisedEffect, PromotionEffect, SettingEffect};
use crate::control::plans::{Plan, PlanState};
use crate::control::wanted::{SettingKey, Sum, Wanted, WantedOff, WantedPromotion};
use crate::control::{Catalogue, Named};
use crate::domain::analytics;
use crate::domain::promotions::Discount;
use crate::kernel::reply::{Action, Button, Card, Reply, Style, Tone};
use crate::kernel::text::plain;
use crate::kernel::words::Speech;
use crate::kernel::{Balance, Percent};
use jiff::Timestamp;

/// Prices that are shown; of more it is said how many.
const PRICES_MAX: usize = 8;
/// How much of a digest stands on a card and behind its buttons: 64 bits of it.
const SHOWN_DIGEST: usize = 16;

/// How a plan is looked at.
#[derive(Clone, Copy)]
pub(super) struct Sight<'a> {
    /// In which language.
    pub(super) say: Speech<'a>,
    /// The shop's names and zone, where they are known.
    pub(super) shop: Option<&'a Catalogue>,
    /// The name of its Maxis, where one was named.
    pub(super) at: Option<&'a str>,
    /// Whether there is room for every price, as on a page, which also says times in the shop's zone by itself.
    pub(super) whole: bool,
}

/// How a digest is shown.
pub(super) fn short(digest: &str) -> &str {
    digest.get(..SHOWN_DIGEST).unwrap_or(digest)
}

/// What a button says to the Maxis of that name.
fn action(at: Option<&str>, topic: &str, details: &str) -> Action {
    let action = Action::new("maxis").with("topic", topic).with("details", details);
    if let Some(at) = at { action.with("at", at) } else { action }
}

/// What the button says that approves a plan as its card shows it.
pub(super) fn approves(at: Option<&str>, plan: &Plan) -> Action {
    action(at, "approve", &format!("{} {}", plan.number, short(&plan.digest)))
}

/// A button that says something to the Maxis of that name.
pub(super) fn button(at: Option<&str>, label: String, topic: &str, details: &str) -> Button {
    Button::new(label, action(at, topic, details))
}

/// The two buttons of a plan that waits.
pub(super) fn buttons(sight: &Sight<'_>, plan: &Plan) -> [Button; 2] {
    let approve = Button::new(sight.say.t("plan-button-approve"), approves(sight.at, plan));
    let reject = button(sight.at, sight.say.t("plan-button-reject"), "reject", &plan.number.to_string());
    [approve.style(Style::Success).emoji("✅"), reject.style(Style::Danger).emoji("✖️")]
}

/// A plan on its card, with its buttons while it waits.
pub(super) fn shown(sight: &Sight<'_>, plan: &Plan) -> Reply {
    let say = &sight.say;
    let mut card =
        Card { body: does(sight, plan), ..Card::titled(say.with("plan-title", &[("number", plan.number.into())])) };
    card.tone = match plan.state {
        PlanState::Waiting | PlanState::Approved => Tone::Warning,
        PlanState::Committed => Tone::Good,
        PlanState::Rejected | PlanState::Expired => Tone::Neutral,
        PlanState::Failed => Tone::Alert,
    };
    card = effect(sight, plan, card);
    card = card.field(say.t("plan-approvals"), approvals(say, plan), true);
    let open = matches!(plan.state, PlanState::Waiting | PlanState::Approved);
    if open {
        let expires = say.with("plan-expires-at", &[("when", (&ago(plan.expires_at)).into())]);
        card = card.field(say.t("plan-expires"), expires, true);
    }
    card.footer = say.with("plan-digest", &[("digest", short(&plan.digest).into())]);
    let number = ("number", plan.number.into());
    let state = if open { "plan-shown".to_owned() } else { format!("plan-is-{}", word(plan.state)) };
    let mut reply = Reply::public(say.with(&state, &[number])).card(card);
    if open {
        reply = buttons(sight, plan).into_iter().fold(reply, Reply::button);
    }
    reply
}

/// The word of a state.
pub(super) const fn word(state: PlanState) -> &'static str {
    match state {
        PlanState::Waiting => "waiting",
        PlanState::Approved => "approved",
        PlanState::Committed => "committed",
        PlanState::Rejected => "rejected",
        PlanState::Expired => "expired",
        PlanState::Failed => "failed",
    }
}

fn ago(at: Timestamp) -> String {
    format!("<t:{}:R>", at.as_second())
}

/// A moment as Discord shows it to each reader, and as it is in the shop's zone.
fn moment(sight: &Sight<'_>, at: Timestamp) -> String {
    let shown = format!("<t:{}:f>", at.as_second());
    let Some(shop) = sight.shop.filter(|_| !sight.whole) else { return shown };
    let there = at.to_zoned(analytics::zone(&shop.time_zone)).strftime("%d/%m/%Y %H:%M").to_string();
    let args = [("shown", (&shown).into()), ("there", (&there).into()), ("zone", (&shop.time_zone).into())];
    sight.say.with("plan-moment", &args)
}

pub(super) fn money(say: &Speech<'_>, sum: &Sum) -> String {
    match sum.currency.parse() {
        Ok(currency) => Balance::new(sum.minor, currency).show(say.locale),
        Err(_) => format!("{} {}", sum.minor, plain(&sum.currency)),
    }
}

fn off(say: &Speech<'_>, off: &WantedOff) -> String {
    match off {
        WantedOff::PercentHundredths(hundredths) => match Percent::from_hundredths(i64::from(*hundredths)) {
            Ok(percent) => Discount::Percent(percent).show(say.locale),
            Err(_) => hundredths.to_string(),
        },
        WantedOff::Amount(sum) => money(say, sum),
    }
}

fn named<'a>(all: &'a [Named], code: &'a str) -> &'a str {
    all.iter().find(|one| one.code == code).map_or(code, |one| &one.name)
}

/// What a promotion is on, by its code.
fn target(sight: &Sight<'_>, word: &str) -> String {
    let with = |id: &str, name: &str| sight.say.with(id, &[("name", (&plain(name)).into())]);
    match word.split_once('/') {
        Some(("plan", code)) => with("promo-target-plan", sight.shop.map_or(code, |shop| named(&shop.plans, code))),
        Some(("product", code)) => {
            with("promo-target-product", sight.shop.map_or(code, |shop| named(&shop.products, code)))
        }
        _ if word == "plans" => sight.say.t("promo-target-plans"),
        _ if word == "products" => sight.say.t("promo-target-products"),
        _ => sight.say.t("promo-target-everything"),
    }
}

/// What an item of the price list is called.
fn item(sight: &Sight<'_>, item: &str) -> String {
    let mut parts = item.split('/');
    let (kind, code, of) = (parts.next(), parts.next().unwrap_or(item), parts.next().unwrap_or_default());
    let name = match (kind, sight.shop) {
        (Some("plan"), Some(shop)) => named(&shop.plans, code),
        (Some("product"), Some(shop)) => named(&shop.products, code),
        _ => code,
    };
    let part = match of {
        "" | "standard" => None,
        "month" | "year" => Some(sight.say.t(&format!("plan-by-{of}"))),
        other => Some(plain(other)),
    };
    let name = plain(name);
    part.map_or_else(|| name.clone(), |part| format!("{name} · {part}"))
}

/// A price that a promotion takes less of is that of the first payment; a subscription then goes on at its list price.
fn first(say: &Speech<'_>, change: &PriceChange, step: String) -> String {
    let period = change.item.strip_prefix("plan/").and_then(|item| item.rsplit_once('/')).map(|(_, period)| period);
    match period.filter(|_| change.after.minor < change.list.minor) {
        Some(period @ ("month" | "year")) => {
            let list = money(say, &change.list);
            let args = [("change", (&step).into()), ("list", (&list).into())];
            say.with(&format!("plan-price-first-{period}"), &args)
        }
        _ => step,
    }
}

fn prices(sight: &Sight<'_>, changes: &[PriceChange]) -> String {
    let line = |change: &PriceChange| {
        let (before, after) = (money(&sight.say, &change.before), money(&sight.say, &change.after));
        let step = first(&sight.say, change, format!("{before} → **{after}**"));
        sight.say.with("plan-price", &[("item", (&item(sight, &change.item)).into()), ("change", (&step).into())])
    };
    let most = if sight.whole { usize::MAX } else { PRICES_MAX };
    let mut lines: Vec<String> = changes.iter().take(most).map(line).collect();
    let more = changes.len().saturating_sub(most);
    if more > 0 {
        lines.push(sight.say.with("plan-more", &[("count", i64::try_from(more).unwrap_or(i64::MAX).into())]));
    }
    lines.join("\n")
}

fn setting(say: &Speech<'_>, key: SettingKey, value: Option<&str>) -> String {
    match (key, value) {
        (_, None) => say.t("maxis-config-unset"),
        (SettingKey::SupportChannel | SettingKey::StaffChannel, Some(value)) => format!("<#{value}>"),
        (SettingKey::Language | SettingKey::TimeZone, Some(value)) => plain(value),
    }
}

const fn key(key: SettingKey) -> &'static str {
    match key {
        SettingKey::Language => "setting-language",
        SettingKey::TimeZone => "setting-time_zone",
        SettingKey::SupportChannel => "setting-support_channel",
        SettingKey::StaffChannel => "setting-staff_channel",
    }
}

/// What a plan does, in a line.
pub(super) fn does(sight: &Sight<'_>, plan: &Plan) -> String {
    let say = &sight.say;
    match (&plan.effect, &plan.wanted) {
        (Effect::Promotion(effect), Wanted::Promotion(wanted)) => {
            let (off, target) = (off(say, &wanted.off), target(sight, &effect.target));
            say.with("plan-promotion", &[("off", (&off).into()), ("target", (&target).into())])
        }
        (Effect::StopPromotion(effect), _) => {
            let target = target(sight, &effect.target);
            say.with("plan-stop_promotion", &[("of", effect.number.into()), ("target", (&target).into())])
        }
        (Effect::Giveaway(effect), _) => {
            let (prize, winners) = (plain(&effect.prize), i64::from(effect.winners));
            say.with("plan-giveaway", &[("prize", (&prize).into()), ("winners", winners.into())])
        }
        (Effect::EndGiveaway(effect), _) => {
            let prize = plain(&effect.prize);
            let args = [
                ("of", effect.number.into()),
                ("prize", (&prize).into()),
                ("winners", i64::from(effect.winners).into()),
            ];
            say.with("plan-end_giveaway", &args)
        }
        (Effect::Reroll(effect), _) => {
            let (prize, who) = (plain(&effect.prize), format!("<@{}>", effect.user));
            say.with("plan-reroll", &[("of", effect.number.into()), ("prize", (&prize).into()), ("who", (&who).into())])
        }
        (Effect::Setting(SettingEffect { key: which, before, after }), _) => {
            let (before, after) = (setting(say, *which, before.as_deref()), setting(say, *which, Some(after)));
            let name = say.t(key(*which));
            say.with(
                "plan-setting",
                &[("name", (&name).into()), ("before", (&before).into()), ("after", (&after).into())],
            )
        }
        (Effect::Autonomy(effect), _) => {
            let (before, after) = (dial::name(say, effect.before), dial::name(say, effect.after));
            say.with("plan-autonomy", &[("before", (&before).into()), ("after", (&after).into())])
        }
        (Effect::Resume(effect), _) => {
            let since = format!("<t:{}:f>", effect.stopped_at.as_second());
            say.with("plan-resume", &[("since", (&since).into())])
        }
        // The two always go together; a newer Maxis may know more.
        (Effect::Promotion(effect), _) => target(sight, &effect.target),
    }
}

pub(super) fn effect(sight: &Sight<'_>, plan: &Plan, card: Card) -> Card {
    let say = &sight.say;
    match (&plan.effect, &plan.wanted) {
        (Effect::Promotion(effect), Wanted::Promotion(wanted)) => promotion(sight, effect, wanted, card),
        (Effect::Promotion(_), _)
        | (Effect::Reroll(_) | Effect::Setting(_) | Effect::Autonomy(_) | Effect::Resume(_), _) => card,
        (Effect::StopPromotion(effect), _) => card
            .field(say.t("plan-ends-else"), moment(sight, effect.ends_at), true)
            .field(say.t("plan-prices"), prices(sight, &effect.prices), false),
        (Effect::Giveaway(effect), _) => giveaway(sight, effect, card),
        (Effect::EndGiveaway(effect), _) => card.field(say.t("plan-ends-else"), moment(sight, effect.ends_at), true),
    }
}

fn promotion(sight: &Sight<'_>, effect: &PromotionEffect, wanted: &WantedPromotion, card: Card) -> Card {
    let say = &sight.say;
    let mut who = vec![say.t(if wanted.first_purchase { "plan-for-first" } else { "plan-for-everyone" })];
    who.extend(wanted.code.as_ref().map(|code| say.with("plan-with-code", &[("code", (&plain(code)).into())])));
    who.extend(wanted.max_uses.map(|uses| say.with("plan-uses", &[("uses", i64::from(uses).into())])));
    let buyers = say.with("plan-buyers", &[("count", effect.buyers.into())]);
    let cost = match &effect.cost {
        None => say.t("plan-cost-unknown"),
        Some(cost) => {
            let (low, high) = (money(say, &cost.low), money(say, &cost.high));
            let args = [("low", (&low).into()), ("high", (&high).into()), ("weeks", cost.weeks.into())];
            say.with("plan-cost-between", &args)
        }
    };
    card.field(say.t("plan-for"), format!("{}\n{buyers}", who.join(" · ")), false)
        .field(say.t("plan-ends"), moment(sight, effect.ends_at), true)
        .field(say.t("plan-cost"), cost, true)
        .field(say.t("plan-prices"), prices(sight, &effect.prices), false)
}

fn giveaway(sight: &Sight<'_>, effect: &GiveawayEffect, card: Card) -> Card {
    let say = &sight.say;
    let ends = match (effect.ends_at, &effect.milestone) {
        (_, Some(milestone)) => {
            let args = [("members", i64::from(milestone.members).into()), ("hours", i64::from(milestone.hours).into())];
            say.with("plan-at-milestone", &args)
        }
        (Some(at), None) => moment(sight, at),
        (None, None) => String::new(),
    };
    let replaced = effect.milestone.as_ref().and_then(|milestone| milestone.replaces.as_ref());
    let replaced = replaced.map(|promised| self::promised(say, promised)).unwrap_or_default();
    card.field(say.t("plan-prize"), say.t("plan-prize-by-hand"), false)
        .field(say.t("plan-for"), say.t("plan-for-members"), true)
        .field(say.t("plan-where"), format!("<#{}>", effect.channel), true)
        .field(say.t("plan-ends"), ends, true)
        .field(say.t("plan-replaces"), replaced, false)
}

/// What a milestone promises so far.
fn promised(say: &Speech<'_>, promised: &PromisedEffect) -> String {
    let prize = plain(&promised.prize);
    let args = [
        ("prize", (&prize).into()),
        ("winners", i64::from(promised.winners).into()),
        ("hours", i64::from(promised.hours).into()),
    ];
    let mut lines = vec![say.with("plan-replaces-prize", &args)];
    if let (Some(plan), Some(days)) = (&promised.plan, promised.plan_days) {
        lines.push(say.with("plan-replaces-plan", &[("plan", plan.into()), ("days", i64::from(days).into())]));
    }
    lines.extend(promised.role.iter().map(|role| say.with("plan-replaces-role", &[("role", role.into())])));
    lines.join("\n")
}

fn approvals(say: &Speech<'_>, plan: &Plan) -> String {
    if plan.approvals_needed == 0 {
        return say.t("plan-approvals-none");
    }
    let have = i64::try_from(plan.approvals.len()).unwrap_or(i64::MAX);
    let args = [("have", have.into()), ("needed", i64::from(plan.approvals_needed).into())];
    let people: Vec<String> = plan.approvals.iter().map(|one| format!("<@{}>", one.user)).collect();
    let count = say.with("plan-approvals-count", &args);
    if people.is_empty() { count } else { format!("{count} · {}", people.join(", ")) }
}

/// A plan as its card stands at any time: with its buttons while it waits, and else with what came of it.
pub fn plan_card(say: Speech<'_>, (at, shop): (Option<&str>, Option<&Catalogue>), plan: &Plan) -> Reply {
    let sight = Sight { say, shop, at, whole: false };
    match plan.state {
        PlanState::Waiting if !plan.approvals.is_empty() => {
            let text = say.with("plan-half", &[("number", plan.number.into())]);
            Reply { text, ..shown(&sight, plan) }
        }
        PlanState::Waiting | PlanState::Approved => shown(&sight, plan),
        PlanState::Committed | PlanState::Rejected | PlanState::Expired | PlanState::Failed => outcome(&sight, plan),
    }
}

/// What stands in the place of a card whose plan its reader may know no more, once a step was taken with it.
pub fn moved_card(say: Speech<'_>, at: Option<&str>, number: i64) -> Reply {
    let args = [("number", number.into())];
    let show = button(at, say.with("plan-button-show", &args), "pending", &number.to_string());
    Reply::public(say.with("plan-moved", &args)).button(show)
}

/// What a plan that is over came to: what it made with its number, or why it could not be done.
pub(super) fn outcome(sight: &Sight<'_>, plan: &Plan) -> Reply {
    let say = &sight.say;
    let mut reply = shown(sight, plan);
    reply.buttons.clear();
    let number = ("number", plan.number.into());
    if let Some(failure) = &plan.failure {
        reply.text = say.with("plan-failed", &[number, ("why", (&plain(&failure.text)).into())]);
    } else if let Some(made) = &plan.made {
        let of = made.number.unwrap_or_default();
        let kind = match &plan.wanted {
            Wanted::Promotion(_) => "promotion",
            Wanted::StopPromotion(_) => "stop_promotion",
            Wanted::Giveaway(_) if made.kind == "milestone" => "milestone",
            Wanted::Giveaway(_) => "giveaway",
            Wanted::EndGiveaway(_) => "end_giveaway",
            Wanted::Reroll(_) => "reroll",
            Wanted::Setting(_) => "setting",
            Wanted::Autonomy(_) => "autonomy",
            Wanted::Resume(_) => "resume",
        };
        let done = say.with(&format!("plan-made-{kind}"), &[("of", of.into())]);
        let family = if made.kind == "giveaway" { "giveaway-state" } else { "promo-state" };
        let state = made.state.as_ref().map(|state| {
            let state = say.find(&format!("{family}-{state}"), &[]).unwrap_or_else(|| plain(state));
            say.with("plan-read-back", &[("state", (&state).into())])
        });
        let done = [Some(done), state].into_iter().flatten().collect::<Vec<_>>().join(" ");
        reply.text = say.with("plan-done", &[number, ("done", (&done).into())]);
    }
    reply
}
