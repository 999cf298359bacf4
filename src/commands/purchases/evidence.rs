//! `evidence`: all that stands of an order, as a file for a bank that asks; in the language of the member of staff, in plain
//! lines, with amounts that name their currency and times in UTC.

use super::super::args::Args;
use super::super::dispatch::Cx;
use super::super::spec::Spec;
use super::{CHANGES, ORDER, cards};
use crate::domain::shop::orders::Order;
use crate::domain::shop::orders::course::Course;
use crate::domain::shop::orders::evidence::{self, Deed, Evidence};
use crate::domain::shop::orders::reading::Consent;
use crate::domain::shop::{Mode, OrderState};
use crate::kernel::reply::{File, Reply};
use crate::kernel::words::{Speech, Words};
use crate::kernel::{Money, Rank, Result};
use futures_util::FutureExt;
use jiff::Timestamp;

pub(super) static EVIDENCE: Spec = Spec {
    name: "evidence",
    rank: Some(Rank::Support),
    options: &[ORDER],
    run: |cx, args| gather(cx, args).boxed(),
    ..CHANGES
};

async fn gather(cx: &mut Cx<'_>, args: &Args) -> Result<Reply> {
    let number = args.order("order")?;
    let mut tx = super::payments(cx).await?;
    let evidence = evidence::gather(&mut tx, (cx.guild.id, number), cx.user, cx.now).await?;
    tx.commit().await?;
    let mut reply = Reply::private(cx.say.with("evidence-here", &[("number", number.into())]));
    let file = Lines { say: cx.say, text: String::new() };
    let (name, bytes) = (format!("order-{number}.txt"), file.written(&cx.app.words, &evidence).into_bytes());
    reply.files.push(File { name, bytes });
    Ok(reply)
}

/// The lines of the file.
struct Lines<'a> {
    say: Speech<'a>,
    text: String,
}

impl Lines<'_> {
    fn line(&mut self, name: &str, value: &str) {
        let line = self.say.with("evidence-line", &[("name", (&self.say.t(name)).into()), ("value", value.into())]);
        self.text.push_str(&format!("{line}\n"));
    }

    /// A text about a moment.
    fn at(&self, id: &str, at: Timestamp, what: &str) -> String {
        self.say.with(id, &[("at", (&utc(at)).into()), ("what", what.into())])
    }

    fn account(&self, id: impl ToString) -> String {
        self.say.with("evidence-account", &[("id", (&id.to_string()).into())])
    }

    fn amount(&self, order: &Order, minor: i64) -> String {
        amount(&self.say, order, minor)
    }

    fn word(&self, id: &str, code: &str) -> String {
        word(&self.say, id, code)
    }

    fn written(mut self, words: &Words, evidence: &Evidence) -> String {
        let (order, receipt) = (&evidence.receipt.order, &evidence.receipt);
        let server = order.guild.to_string();
        let number = [("number", order.number.into()), ("server", (&server).into())];
        self.line("evidence-order", &self.say.with("evidence-of-server", &number));
        self.line("evidence-item", &format!("{} ({}) × {}", order.title, order.item.name(), order.quantity));
        self.line("evidence-buyer", &self.account(order.buyer));
        self.line("evidence-recipient", &self.account(order.recipient));
        self.line("evidence-placed", &utc(order.created_at));
        self.line("evidence-price", &self.price(order));
        let trial = cards::is_trial(order) && order.state == OrderState::Fulfilled;
        self.line("evidence-state", &self.word("order-state", if trial { "trial" } else { order.state.as_str() }));
        if let Some(Consent { version, at }) = &receipt.consent {
            // As its buyer read it.
            let read = words.speak(order.locale).find(&format!("consent-{version}"), &[]).unwrap_or_default();
            let at = utc(*at);
            let args = [("version", version.as_str().into()), ("at", (&at).into()), ("words", (&read).into())];
            self.line("evidence-consent", &self.say.with("evidence-consent-given", &args));
        }
        let ids = [("checkout", &order.session), ("payment", &order.payment), ("subscription", &order.subscription)];
        for (name, id) in ids {
            let none = || self.say.t("evidence-none");
            self.line(&format!("evidence-{name}"), &id.clone().unwrap_or_else(none));
        }
        match &receipt.course {
            Some(course) => self.course(words, order, course),
            None => {
                self.line("evidence-paid-at", &order.paid_at.map_or_else(|| self.say.t("evidence-never"), utc));
                self.line("evidence-paid", &self.amount(order, order.paid_minor));
            }
        }
        self.what_followed(order, evidence);
        self.text
    }

    /// What was agreed to cost; of a subscription whose first period was reduced also what it renews at.
    fn price(&self, order: &Order) -> String {
        let total = self.amount(order, order.total.minor());
        if order.mode != Mode::Subscription || order.discount.is_zero() {
            return total;
        }
        let then = self.amount(order, order.list.minor());
        self.say.with("evidence-first-then", &[("first", (&total).into()), ("then", (&then).into())])
    }

    /// A subscription: its trial, its changes with what was agreed to, and each payment with its own time.
    fn course(&mut self, words: &Words, order: &Order, course: &Course) {
        if let (Some(days), Some(at)) = (order.trial_days, order.paid_at) {
            let at = utc(at);
            let args = [("days", i64::from(days).into()), ("at", (&at).into())];
            self.line("evidence-trial", &self.say.with("evidence-trial-from", &args));
        }
        for change in &course.changes {
            self.line("evidence-change", &self.at("evidence-changed-at", change.at, &change.item));
            if let Some(version) = &change.consent {
                let read = words.speak(order.locale).find(&format!("consent-{version}"), &[]).unwrap_or_default();
                let at = utc(change.at);
                let args = [("version", version.as_str().into()), ("at", (&at).into()), ("words", (&read).into())];
                self.line("evidence-consent", &self.say.with("evidence-consent-given", &args));
            }
        }
        let price = self.amount(order, course.price.minor());
        self.line("evidence-renews", &format!("{} ({}) · {price}", course.title, course.item.name()));
        for paid in &course.payments {
            let what = format!("{} · {}", self.amount(order, paid.amount.minor()), paid.id);
            self.line("evidence-paid", &self.at("evidence-paid-on", paid.at, &what));
        }
        if course.payments.is_empty() {
            self.line("evidence-paid", &self.say.t("evidence-never"));
        }
    }

    /// What was handed over, given back, and written down.
    fn what_followed(&mut self, order: &Order, evidence: &Evidence) {
        if let Some((kind, at, revoked)) = &evidence.delivery {
            // Of a plan, its kind is no choice of a product.
            let kind = if kind == "plan" { self.say.t("evidence-plan") } else { self.word("choice", kind) };
            let delivered = self.at("evidence-delivered-at", *at, &kind);
            let taken = revoked.map(|at| self.at("evidence-taken-back", at, "")).unwrap_or_default();
            self.line("evidence-delivered", &format!("{delivered}{taken}"));
        }
        for refund in &evidence.receipt.refunds {
            let amount = self.amount(order, refund.amount.minor());
            let state = self.word("order-refund", &refund.state.to_string());
            self.line("evidence-refund", &self.at("evidence-refunded-at", refund.at, &format!("{amount}, {state}")));
        }
        for deed in &evidence.deeds {
            let by = deed.by.map(|user| self.account(user));
            let line = format!("{} · {}", utc(deed.at), happened(&self.say, order, deed, by));
            self.line("evidence-log", &line);
        }
    }
}

fn amount(say: &Speech<'_>, order: &Order, minor: i64) -> String {
    let code = order.total.currency().code().to_uppercase();
    let amount = Money::new(minor, order.total.currency()).map(|money| money.show(say.locale));
    amount.map_or_else(|_| format!("{minor} {code}"), |amount| format!("{amount} ({code})"))
}

/// What a word of the program means; one that is not known stays.
fn word(say: &Speech<'_>, id: &str, code: &str) -> String {
    say.find(&format!("{id}-{code}"), &[]).unwrap_or_else(|| code.to_owned())
}

/// A line of an order's audit without its time: what was done, by whom (nobody: the program), from what to what.
pub fn happened(say: &Speech<'_>, order: &Order, deed: &Deed, by: Option<String>) -> String {
    let by = by.unwrap_or_else(|| say.t("evidence-program"));
    let of = if deed.action == "order_state" { "order-state" } else { "evidence-value" };
    let is_amount = matches!(deed.action.as_str(), "order_refunded" | "refund_asked");
    let change = [&deed.old, &deed.new].into_iter().flatten().map(|value| match value.parse::<i64>() {
        Ok(minor) if is_amount => amount(say, order, minor),
        _ => word(say, of, value),
    });
    let change = change.collect::<Vec<_>>().join(" → ");
    let what = word(say, "evidence-deed", &deed.action.replace('_', "-"));
    if change.is_empty() { format!("{what} · {by}") } else { format!("{what} · {by} · {change}") }
}

/// A time as banks of any country read it.
fn utc(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::shop::Trouble;
    use crate::kernel::Locale;

    #[test]
    fn every_trouble_is_said_in_each_language() {
        let words = Words::new();
        for trouble in Trouble::ALL {
            for locale in Locale::ALL {
                let id = format!("evidence-value-{}", trouble.as_str());
                assert!(words.speak(locale).find(&id, &[]).is_some(), "{locale:?} lacks {id}");
            }
        }
    }
}
