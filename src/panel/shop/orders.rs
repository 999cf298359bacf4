//! Orders at the panel: lists, one with all that stands of it, its refund in two steps, its file for a bank.

use super::asked::{day, limit, person, words, wrong};
use super::shape::{
    self, DisputeView, EntitlementView, Happening, OrderRow, PaymentView, RefundView, SubscriptionView,
};
use crate::commands::Order;
use crate::commands::purchases::evidence::happened;
use crate::db::Tx;
use crate::domain::shop::catalogue::names::names;
use crate::domain::shop::entitlements::What;
use crate::domain::shop::orders::desk::{self, Place, Sort, Wanted};
use crate::domain::shop::orders::{evidence, reading};
use crate::domain::shop::{OrderState, entitlements, subscriptions};
use crate::kernel::error::Problem;
use crate::kernel::{Error, Locale, Result, UserId};
use crate::panel::deeds::{Done, Preview, Unasked, request};
use crate::panel::tickets::Download;
use crate::panel::{Panel, Staff};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// The command that confirms a refund.
const CONFIRMS: &str = "refund_confirm";

/// What stands behind a list's address. An empty value means that it isn't asked for.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct OrdersAsked {
    /// A state.
    pub state: String,
    /// An id.
    pub member: String,
    /// Words.
    pub q: String,
    /// A day.
    pub from: String,
    /// A day, included.
    pub to: String,
    /// `oldest` or `total`.
    pub sort: String,
    /// How many.
    pub limit: String,
    /// Where the page begins.
    pub cursor: String,
}

/// A page of orders.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelOrders)]
pub struct Orders {
    /// They.
    pub orders: Vec<OrderRow>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// An order with all that is shown of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelOrderView)]
pub struct OrderView {
    /// As in a list.
    #[serde(flatten)]
    pub row: OrderRow,
    /// What happened to it, the newest first.
    pub lines: Vec<Happening>,
    /// How it was paid.
    pub payment: Option<PaymentView>,
    /// The subscription that it began.
    pub subscription: Option<SubscriptionView>,
    /// What was given back.
    pub refunds: Vec<RefundView>,
    /// Its dispute.
    pub dispute: Option<DisputeView>,
    /// What it gives.
    pub entitlements: Vec<EntitlementView>,
}

/// What of an order is to go back, and why.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = PanelRefundOf)]
pub struct RefundOf {
    /// How much, as typed, or a percentage; nothing: all that is left.
    pub amount: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// The deed that a refund's word is for.
fn refunds(number: i64) -> String {
    format!("orders/{number}/refund")
}

impl OrdersAsked {
    fn wanted(&self, zone: &TimeZone) -> Result<Wanted> {
        let choices = || Problem::NotAChoice { choices: OrderState::ALL.iter().map(|one| one.as_str()).collect() };
        let state = match self.state.as_str() {
            "" => None,
            word => Some(OrderState::from_word(word).ok_or_else(|| wrong("state", choices()))?),
        };
        Ok(Wanted {
            state,
            member: person("member", &self.member)?,
            words: words(&self.q)?,
            from: day("from", &self.from, (zone, false))?,
            until: day("to", &self.to, (zone, true))?,
        })
    }

    fn sort(&self) -> Result<Sort> {
        let choices = || Problem::NotAChoice { choices: Sort::ALL.map(Sort::as_str).to_vec() };
        match self.sort.as_str() {
            "" => Ok(Sort::Newest),
            word => Sort::from_word(word).ok_or_else(|| wrong("sort", choices())),
        }
    }

    fn place(&self, sort: Sort) -> Result<Option<Place>> {
        let unknown = || wrong("cursor", Problem::Unknown);
        match self.cursor.as_str() {
            "" => Ok(None),
            text => text.parse().ok().filter(|place: &Place| place.sort == sort).map(Some).ok_or_else(unknown),
        }
    }
}

impl Panel {
    /// A page of a guild's orders.
    ///
    /// # Errors
    /// [`Error::Argument`] for what can't be read.
    pub async fn orders(&self, staff: &Staff, asked: &OrdersAsked, locale: Locale) -> Result<Orders> {
        let zone = TimeZone::get(&staff.guild.time_zone).unwrap_or(TimeZone::UTC);
        let (wanted, sort, limit) = (asked.wanted(&zone)?, asked.sort()?, limit(&asked.limit)?);
        let (guild, by, place, now) = (staff.guild.id, staff.session.user, asked.place(sort)?, self.now());
        let read = async |tx: &mut Tx| {
            let found = desk::list(tx, guild, (&wanted, sort), (place, limit)).await?;
            if place.is_none() {
                let whose = wanted.member.map_or_else(|| "all".to_owned(), |member| member.to_string());
                reading::audit_read(tx, guild, ("orders_read", &whose), by, now);
            }
            Ok(found)
        };
        let (found, next) = self.reading(&staff.actor, read).await?;
        let names = self.member_names(guild, shape::recipients(&found).collect()).await;
        let say = self.app.words.speak(locale);
        let orders = found.iter().map(|one| shape::order(&say, one, &names)).collect();
        Ok(Orders { orders, next: next.map(|place| place.to_string()) })
    }

    /// An order with all that stands of it.
    ///
    /// # Errors
    /// [`Error::NotFound`] for one that isn't this guild's.
    pub async fn one_order(&self, staff: &Staff, number: i64, locale: Locale) -> Result<OrderView> {
        let (guild, by, now) = (staff.guild.id, staff.session.user, self.now());
        let read = async |tx: &mut Tx| {
            let listed = desk::one(tx, guild, number).await?;
            let receipt = reading::receipt(tx, guild, number).await?;
            let deeds = evidence::deeds(tx, (guild, number)).await?;
            let refunds = desk::given_back(tx, guild, number).await?;
            let mut held = entitlements::of(tx, guild, listed.order.recipient).await?;
            held.retain(|one| one.order == Some(number));
            let subscription = match &listed.order.subscription {
                Some(id) => subscriptions::named(tx, guild, id).await?,
                None => None,
            };
            let plans = held.iter().filter_map(|one| match &one.what {
                What::Plan(code) => Some(format!("plan/{code}")),
                What::Role(_) => None,
            });
            let of_subscription = subscription.iter().map(|one| format!("plan/{}", one.plan));
            let named = names(tx, guild, plans.chain(of_subscription).collect()).await?;
            reading::audit_read(tx, guild, ("order_read", &number.to_string()), by, now);
            Ok((listed, receipt, deeds, refunds, held, subscription, named))
        };
        let (listed, receipt, mut deeds, refunds, held, subscription, named) = self.reading(&staff.actor, read).await?;
        let doers = deeds.iter().filter_map(|deed| UserId::try_from(deed.by?).ok());
        let people: BTreeSet<UserId> = doers.chain(shape::recipients(std::slice::from_ref(&listed))).collect();
        let people = self.member_names(guild, people).await;
        let roles = self.names_in(guild).await;
        let say = self.app.words.speak(locale);
        // A later month's dispute counts as the order's here too.
        let order = &receipt.order;
        deeds.reverse();
        let by = |id: i64| UserId::try_from(id).ok().and_then(|id| people.get(&id).cloned()).unwrap_or(id.to_string());
        let line =
            |deed: &evidence::Deed| Happening { at: deed.at, text: happened(&say, order, deed, deed.by.map(by)) };
        let invoice = receipt.course.as_ref().and_then(|course| course.payments.last()).and_then(|one| one.url.clone());
        Ok(OrderView {
            row: shape::order(&say, &listed, &people),
            lines: deeds.iter().map(line).collect(),
            payment: order.payment.clone().map(|id| PaymentView { id, invoice_url: invoice }),
            subscription: subscription.as_ref().map(|one| shape::subscription(&say, one, &named)),
            refunds: refunds.into_iter().map(|back| shape::refund(&say, back)).collect(),
            dispute: shape::dispute(&say, order),
            entitlements: held.iter().map(|one| shape::entitlement(&say, one, (&named, &roles), now)).collect(),
        })
    }

    /// What a refund would do; `Err` in the place of a preview where it can't be made here, with why.
    ///
    /// # Errors
    /// As `/refund`.
    pub async fn refund_preview(
        &self,
        staff: &Staff,
        number: i64,
        of: &RefundOf,
        locale: Locale,
    ) -> Result<Result<Preview, Unasked>> {
        let order = Order::new("refund", request(staff, "", None)).with("order", Some(number));
        let order = order.with("amount", of.amount.as_ref()).with("reason", of.reason.as_ref());
        let shown = self.preview(staff, order, (CONFIRMS, locale)).await?;
        // The word is for this order, so that none is given back by another's address.
        Ok(shown.map(|Preview { text, token }| Preview { text, token: self.sealed(staff, &refunds(number), &token) }))
    }

    /// Gives back what a preview showed; a repeat of the same request gives it back once.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a word that is no preview's of his and of this order; as `/refund`.
    pub async fn refund(
        &self,
        staff: &Staff,
        (number, token): (i64, &str),
        (key, locale): (Option<&str>, Locale),
    ) -> Result<Done> {
        let button: String = self.unsealed(staff, &refunds(number), token)?;
        let request = request(staff, &refunds(number), key);
        self.confirm(staff, (CONFIRMS, &button), (request, locale)).await
    }

    /// All that stands of an order, as a file for a bank; that it was read is audited.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an order that isn't this guild's.
    pub async fn evidence(&self, staff: &Staff, number: i64, locale: Locale) -> Result<Download> {
        let order = Order::new("evidence", request(staff, "", None)).with("order", Some(number));
        let reply = self.answered(staff, order, locale).await?;
        let file = reply.files.into_iter().next().ok_or(Error::NotFound("order"))?;
        Ok(Download { name: file.name, kind: "text/plain; charset=utf-8".to_owned(), bytes: file.bytes })
    }
}
