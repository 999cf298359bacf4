//! What a member is told by direct message of his subscription as it goes on: before a trial is charged, when it was, when his plan
//! changed, and when its role is gone or can't be given. Each message can be kept: what was agreed, paid and confirmed stands in it.

use super::super::tickets::notices::from_afar;
use super::notices::{consent_field, day, numbered};
use super::{cards, items};
use crate::domain::shop::invoices::Payment;
use crate::domain::shop::orders::course::Changed;
use crate::domain::shop::orders::reading::Consent;
use crate::domain::shop::orders::{Item, Order};
use crate::domain::shop::subscriptions::Subscription;
use crate::domain::shop::{Period, SubscriptionState};
use crate::kernel::reply::{Button, Card, Reply, Tone};
use crate::kernel::text::plain;
use crate::kernel::words::Speech;
use crate::kernel::{Link, Money};
use jiff::Timestamp;

/// A subscription as it stands.
#[derive(Debug, Clone, Copy)]
pub struct Now<'a> {
    /// The order that began it.
    pub order: &'a Order,
    /// It.
    pub found: &'a Subscription,
    /// What its plan is called.
    pub plan: &'a str,
}

impl Now<'_> {
    fn title(&self, say: &Speech<'_>) -> String {
        let item = Item::Plan { code: self.found.plan.clone(), period: self.found.period };
        plain(&items::title(say, &item, self.plan))
    }

    /// What it costs, and how often.
    fn each(&self, say: &Speech<'_>) -> String {
        let id = match self.found.period {
            Period::Month => "purchase-each-month",
            Period::Year => "purchase-each-year",
        };
        say.with(id, &[("amount", (&self.found.price.show(say.locale)).into())])
    }

    fn card(&self, say: &Speech<'_>, tone: Tone) -> Card {
        numbered(say, self.order.number, tone).field(say.t("field-bought"), self.title(say), true)
    }

    /// A text that names the plan, what it costs and when it is charged next.
    fn with(&self, say: &Speech<'_>, id: &str, at: Timestamp) -> String {
        let (title, each, at) = (self.title(say), self.each(say), day(at));
        let amount = self.found.price.show(say.locale);
        let args =
            [("plan", (&title).into()), ("each", (&each).into()), ("amount", (&amount).into()), ("at", (&at).into())];
        say.with(id, &args)
    }

    /// Sends it where no guild is known, with a way to the order, and to the invoice where there is one.
    fn sent(&self, say: &Speech<'_>, reply: Reply, invoice: Option<&Payment>) -> Reply {
        let reply = from_afar(reply.button(cards::order_button(say, self.order.number)), self.order.guild);
        let link = invoice.and_then(|paid| paid.url.as_deref()?.parse::<Link>().ok());
        match link {
            Some(link) => reply.button(Button::to(say.t("button-see-invoice"), link).emoji("📄")),
            None => reply,
        }
    }
}

/// Tells when a trial ends, what is charged then, and how to end it before.
pub fn trial_ends(say: &Speech<'_>, now: Now<'_>) -> Reply {
    let end = now.found.trial_end.unwrap_or(now.found.period_end);
    let mut card = now.card(say, Tone::Warning).field(say.t("field-amount"), now.each(say), true);
    card.body = now.with(say, "trial-ends-what-to-do", end);
    now.sent(say, Reply::private(now.with(say, "notice-trial-ends", end)).card(card), None)
}

/// Tells what was paid at the end of a trial, and what comes next.
pub fn trial_paid(say: &Speech<'_>, now: Now<'_>, paid: &Payment) -> Reply {
    let amount = paid.amount.show(say.locale);
    let mut card = now.card(say, Tone::Good).field(say.t("field-paid"), &amount, true);
    card = card.field(say.t("field-paid-at"), day(paid.at), true);
    card.body = next(say, now);
    let text = say.with("notice-trial-paid", &[("amount", (&amount).into())]);
    now.sent(say, Reply::private(text).card(card), Some(paid))
}

/// Tells what a subscription was changed to, what was paid for it at once, and what its member agreed to.
/// `credit`: what is to his credit since, where it is known.
pub fn plan_changed(
    say: &Speech<'_>,
    now: Now<'_>,
    (paid, change): (Option<&Payment>, Option<&Changed>),
    credit: Option<Money>,
) -> Reply {
    let mut card = now.card(say, Tone::Good).field(say.t("field-amount"), now.each(say), true);
    let amount = match (paid, now.found.owes) {
        (Some(paid), _) => paid.amount.show(say.locale),
        (None, true) => say.t("changed-under-way"),
        (None, false) => say.t("changed-nothing"),
    };
    card = card.field(say.t("field-paid-now"), amount, true);
    if let Some((version, change)) = change.and_then(|change| Some((change.consent.clone()?, change))) {
        card = consent_field(say, card, &Consent { version, at: change.at });
    }
    card.body = next(say, now);
    let may_be = paid.is_none() && !now.found.owes && now.found.state == SubscriptionState::Active;
    let credit = match credit {
        Some(credit) if credit.is_zero() => None,
        Some(credit) => {
            let amount = credit.show(say.locale);
            let id = if now.found.ends_with_period { "renewal-credit-later" } else { "renewal-credit-next" };
            Some(say.with(id, &[("amount", (&amount).into())]))
        }
        None => (may_be && !now.found.ends_with_period).then(|| say.t("renewal-credit")),
    };
    if let Some(credit) = credit {
        card.body = format!("{}\n{credit}", card.body);
    }
    now.sent(say, Reply::private(now.with(say, "notice-plan-changed", now.found.period_end)).card(card), paid)
}

/// Tells that the role of a plan was deleted, what is charged all the same, and how to end it.
pub fn plan_broken(say: &Speech<'_>, now: Now<'_>) -> Reply {
    charged_in_vain(say, now, "notice-plan-broken")
}

/// Tells that the role of a plan could not be given, what is charged all the same, and how to end it.
pub fn plan_withheld(say: &Speech<'_>, now: Now<'_>) -> Reply {
    charged_in_vain(say, now, "notice-plan-withheld")
}

fn charged_in_vain(say: &Speech<'_>, now: Now<'_>, text: &str) -> Reply {
    let mut card = now.card(say, Tone::Alert).field(say.t("field-amount"), now.each(say), true);
    card.body = now.with(say, "plan-broken-what-to-do", now.found.period_end);
    now.sent(say, Reply::private(now.with(say, text, now.found.period_end)).card(card), None)
}

/// What comes next.
fn next(say: &Speech<'_>, now: Now<'_>) -> String {
    let id = match (now.found.ends_with_period, now.found.state) {
        (true, _) => "renewal-next-none",
        (false, SubscriptionState::Trialing) => "renewal-next-after-trial",
        (false, _) => "renewal-next",
    };
    now.with(say, id, now.found.period_end)
}
