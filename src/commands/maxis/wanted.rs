//! What a sentence or a typed command wants done: the plan of the grammar as the control API takes it, or what Maxis can't do of it.

use super::line::Line;
use super::plan_card::button;
use super::{ask, dial, halt, orders, which};
use crate::commands::Way;
use crate::commands::dispatch::Cx;
use crate::control::Catalogue;
use crate::control::wanted::{
    Moment, SettingKey, Sum, Wanted, WantedBilling, WantedEnd, WantedGiveaway, WantedGiveawayEnd, WantedOff,
    WantedPromotion, WantedPromotionStop, WantedReroll, WantedSetting,
};
use crate::domain::decisions::{Audience, Billing, End, Giveaway, Intent, Off, Plan, Promotion, Target, Understood};
use crate::kernel::reply::Reply;
use crate::kernel::text::{folded, shorten};
use crate::kernel::{ChannelId, Result};

/// Longest note behind a reason.
const NOTE_MAX: usize = 100;

/// What was said beside what the grammar reads.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Beside<'a> {
    /// The channel that was named.
    pub(super) channel: Option<ChannelId>,
    /// The words in which a reason may stand.
    pub(super) words: &'a str,
    /// Whether these words are a reason and nothing else.
    pub(super) is_reason: bool,
}

/// Does what is wanted: a plan is made and shown; what acts at once is done.
pub(super) async fn wanted(
    cx: &mut Cx<'_>,
    line: &Line,
    (understood, shop): (&Understood, &Catalogue),
    beside: Beside<'_>,
) -> Result<Reply> {
    let number = understood.slots.reference.and_then(|number| i64::try_from(number).ok());
    match (understood.intent, number) {
        (Intent::StopAll, _) => return halt::stop(cx, line.at.as_deref()).await,
        (Intent::Approve, Some(number)) => return orders::approve(cx, line, (number, None)).await,
        (Intent::Reject, Some(number)) => return orders::reject(cx, line, number).await,
        (Intent::Pending, Some(number)) => return orders::one(cx, line, number).await,
        (Intent::Approve | Intent::Reject | Intent::Pending, None) => return orders::pending(cx, line).await,
        (Intent::Audit, _) => return dial::log(cx, line, None).await,
        _ => {}
    }
    let Some(plan) = &understood.plan else { return Ok(ask::back(cx, &cx.say, understood, shop)) };
    let wanted = match plan {
        Plan::Resume => return halt::resume(cx, line).await,
        Plan::Setting { key, value } if key == "autonomy" => return dial::offered(cx, line, value).await,
        Plan::Setting { key, value } => setting(cx, key, value),
        Plan::Promotion(new) => promotion(cx, new, shop),
        Plan::Giveaway(new) => giveaway(cx, new, beside),
        Plan::StopPromotion(meant) => {
            let number = which::promotion(cx, line, meant).await;
            number.map(|number| Wanted::StopPromotion(WantedPromotionStop { number })).map_err(Box::new)
        }
        Plan::EndGiveaway(meant) => {
            let number = which::giveaway(cx, line, meant, false).await;
            number.map(|number| Wanted::EndGiveaway(WantedGiveawayEnd { number })).map_err(Box::new)
        }
        Plan::Reroll(meant) => match which::giveaway(cx, line, meant, true).await {
            Ok(number) => reroll(cx, line, number, beside),
            Err(asked) => Err(Box::new(asked)),
        },
    };
    match wanted {
        Ok(wanted) => orders::propose(cx, line, wanted).await,
        Err(asked) => Ok(*asked),
    }
}

fn ends(end: End) -> WantedEnd {
    match end {
        End::At(at) => WantedEnd::At(Moment(at)),
        // What no calendar holds is refused by Maxis.
        End::After(length) => WantedEnd::Minutes(u32::try_from(length.as_mins()).unwrap_or(u32::MAX)),
    }
}

fn target(target: &Target, shop: &Catalogue) -> String {
    match target {
        Target::Plan(code) => format!("plan/{code}"),
        Target::AllPlans => "plans".to_owned(),
        Target::Products => "products".to_owned(),
        Target::Everything => "everything".to_owned(),
        Target::Product(name) => {
            let named = shop.products.iter().find(|one| folded(&one.name) == folded(name));
            named.map_or_else(|| name.clone(), |one| format!("product/{}", one.code))
        }
    }
}

fn promotion(cx: &Cx<'_>, new: &Promotion, shop: &Catalogue) -> Result<Wanted, Box<Reply>> {
    let first_purchase = match &new.audience {
        None | Some(Audience::Everyone) => false,
        Some(Audience::NewCustomers | Audience::NeverBought) => true,
        Some(_) => return Err(Box::new(Reply::public(cx.say.t("order-audience")))),
    };
    Ok(Wanted::Promotion(WantedPromotion {
        off: match new.off {
            Off::Percent(percent) => WantedOff::PercentHundredths(percent.hundredths()),
            Off::Amount(money) => {
                WantedOff::Amount(Sum { minor: money.minor(), currency: money.currency().code().to_owned() })
            }
        },
        target: target(&new.target, shop),
        ends: ends(new.end),
        billing: new.billing.map(|billing| match billing {
            Billing::Monthly => WantedBilling::Monthly,
            Billing::Yearly => WantedBilling::Yearly,
        }),
        first_purchase,
        code: new.code.clone(),
        max_uses: new.max_uses,
        per_member: None,
        budget: None,
        reason: None,
    }))
}

fn giveaway(cx: &Cx<'_>, new: &Giveaway, beside: Beside<'_>) -> Result<Wanted, Box<Reply>> {
    match &new.audience {
        None | Some(Audience::Everyone) => {}
        Some(_) => return Err(Box::new(Reply::public(cx.say.t("order-giveaway-audience")))),
    }
    Ok(Wanted::Giveaway(WantedGiveaway {
        prize: new.prize.clone(),
        winners: new.winners,
        ends: ends(new.end),
        channel: beside.channel.filter(|_| new.milestone_members.is_none()).map(|channel| channel.to_string()),
        milestone_members: new.milestone_members,
    }))
}

/// Words by which a reason is known, with the word of the draw's log.
const REASONS: &[(&str, &[&str])] = &[
    ("left_server", &["left", "quitte", "parti", "partie", "left_server"]),
    ("banned", &["banned", "banni", "bannie"]),
    ("requirement_lost", &["requirement", "requirements", "condition", "conditions", "requirement_lost"]),
    ("rule_broken", &["rule", "rules", "regle", "regles", "triche", "cheated", "cheating", "rule_broken"]),
    ("duplicate_account", &["duplicate", "double", "duplicate_account"]),
    ("declined", &["declined", "declines", "refuse", "decline"]),
    ("unreachable", &["unreachable", "injoignable", "repond", "answer", "answers", "reply"]),
];
/// Those that are offered at a touch.
const OFFERED: [&str; 5] = ["unreachable", "declined", "left_server", "rule_broken", "other"];

/// The reason that stands in some words.
fn reason(words: &str) -> Option<&'static str> {
    let folded = folded(words);
    let said = |word: &str| folded.split(|c: char| !c.is_alphanumeric() && c != '_').any(|one| one == word);
    REASONS.iter().find(|(_, known)| known.iter().any(|word| said(word))).map(|(reason, _)| *reason)
}

fn reroll(cx: &Cx<'_>, line: &Line, number: i64, beside: Beside<'_>) -> Result<Wanted, Box<Reply>> {
    let words = beside.words.trim();
    let reason = match reason(words) {
        Some(reason) => reason,
        None if beside.is_reason && !words.is_empty() => "other",
        None => {
            let reply = Reply::public(cx.say.with("order-reroll-why", &[("number", number.into())]));
            if cx.way == Way::Direct {
                return Err(Box::new(reply));
            }
            return Err(Box::new(OFFERED.into_iter().fold(reply, |reply, one| {
                let label = cx.say.t(&format!("giveaway-reason-{one}"));
                reply.button(button(line.at.as_deref(), label, "giveaways", &format!("reroll {number} {one}")))
            })));
        }
    };
    let note = Some(shorten(words, NOTE_MAX)).filter(|note| beside.is_reason && note != reason);
    Ok(Wanted::Reroll(WantedReroll { number, user: None, reason: reason.to_owned(), note }))
}

fn setting(cx: &Cx<'_>, key: &str, value: &str) -> Result<Wanted, Box<Reply>> {
    let named = |id: &str| {
        crate::kernel::Locale::ALL.iter().any(|locale| folded(&cx.app.words.speak(*locale).t(id)) == folded(key))
    };
    let key = match folded(key).as_str() {
        "language" => SettingKey::Language,
        "time_zone" => SettingKey::TimeZone,
        "support_channel" => SettingKey::SupportChannel,
        "staff_channel" => SettingKey::StaffChannel,
        _ if named("setting-language") => SettingKey::Language,
        "fuseau" | "zone" => SettingKey::TimeZone,
        _ if named("setting-time_zone") => SettingKey::TimeZone,
        _ if named("setting-support_channel") => SettingKey::SupportChannel,
        _ if named("setting-staff_channel") => SettingKey::StaffChannel,
        _ => return Err(Box::new(Reply::public(cx.say.t("order-setting-unknown")))),
    };
    let value = value.trim().trim_start_matches("<#").trim_end_matches('>').to_owned();
    Ok(Wanted::Setting(WantedSetting { key, value }))
}
