//! Opening the checkout of an order, after the order was committed: who pays is bound first, then the page is opened, then
//! both are written down. Each call to the provider carries a key that stood in a row before.

use crate::app::App;
use crate::domain::payments::{CheckoutMode, CustomerId, Discount, NewCheckout, NewCustomer, Refused};
use crate::domain::shop::customers::{self, Customer};
use crate::domain::shop::orders::{Item, Order, place};
use crate::domain::shop::{Mode, OrderState};
use crate::kernel::{Actor, Money, Result, System};

/// How opening a checkout went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// It can be paid there.
    At(String),
    /// There is nothing to pay.
    Free,
    /// The order is over.
    Over,
    /// The provider can't be asked, or didn't tell: the order stays, and opening it again finds the same checkout.
    NotNow(Refused),
}

/// Opens the checkout of an order, or finds the one that is open.
///
/// # Errors
/// As the database.
pub async fn open(app: &App, order: &Order) -> Result<Opened> {
    if order.mode == Mode::Free {
        return Ok(Opened::Free);
    }
    if order.state != OrderState::Pending {
        return Ok(Opened::Over);
    }
    if let Some(url) = &order.checkout_url {
        return Ok(Opened::At(url.clone()));
    }
    let known = match customer(app, order).await? {
        Ok(customer) => customer,
        Err(refused) => return Ok(Opened::NotNow(refused)),
    };
    let session = match app.gateway.open_checkout(&order.checkout_key, &new_checkout(app, order, known.clone())).await {
        Ok(session) => session,
        Err(refused) => {
            let mut tx = app.db.begin(&Actor::system_in(System::Payments, order.guild)).await?;
            match refused {
                Refused::Fault => place::renew_key(&mut tx, order, &fresh("checkout")),
                // The provider lost the customer (removed there, or another account's key): the next try makes him anew.
                Refused::Missing => {
                    customers::forget(&mut tx, order.guild, order.buyer, (&known, &fresh("customer")));
                    place::renew_key(&mut tx, order, &fresh("checkout"));
                }
                _ => {}
            }
            tx.commit().await?;
            return Ok(Opened::NotNow(refused));
        }
    };
    let mut tx = app.db.begin(&Actor::system_in(System::Payments, order.guild)).await?;
    place::opened(&mut tx, order, &session.id, session.url.as_deref(), app.clock.now()).await?;
    tx.commit().await?;
    Ok(match session.url {
        Some(url) => Opened::At(url),
        None => Opened::Over,
    })
}

/// The member's customer at the provider, made where he has none.
async fn customer(app: &App, order: &Order) -> Result<std::result::Result<CustomerId, Refused>> {
    let actor = Actor::system_in(System::Payments, order.guild);
    let mut tx = app.db.begin(&actor).await?;
    let found = customers::of(&mut tx, order.guild, order.buyer, &fresh("customer"), app.clock.now()).await?;
    tx.commit().await?;
    let key = match found {
        Customer::Known(customer) => return Ok(Ok(customer)),
        Customer::ToMake { key } => key,
    };
    let new = NewCustomer { guild: order.guild, user: order.buyer, locale: order.locale };
    let customer = match app.gateway.create_customer(&key, &new).await {
        Ok(customer) => customer,
        Err(Refused::Fault) => {
            let mut tx = app.db.begin(&actor).await?;
            customers::renew_key(&mut tx, order.guild, order.buyer, (&key, &fresh("customer")));
            tx.commit().await?;
            return Ok(Err(Refused::Fault));
        }
        Err(refused) => return Ok(Err(refused)),
    };
    let mut tx = app.db.begin(&actor).await?;
    customers::made(&mut tx, order.guild, order.buyer, &customer);
    tx.commit().await?;
    Ok(Ok(customer))
}

/// A key that no other call has.
fn fresh(what: &str) -> String {
    format!("{what}-{:032x}", rand::random::<u128>())
}

fn new_checkout(app: &App, order: &Order, customer: CustomerId) -> NewCheckout {
    let mode = match (&order.item, order.mode) {
        (Item::Plan { period, .. }, Mode::Subscription) => {
            CheckoutMode::Subscription { interval: period.as_str(), trial_days: order.trial_days }
        }
        _ => CheckoutMode::Payment,
    };
    let every_period = false;
    let (unit, discount) = asked(order);
    let called = match order.mode {
        _ if order.credit().is_some() => "order-field-credit",
        // The provider's page knows no other way to ask less the first time.
        Mode::Subscription if order.before.is_some() => "shop-first-period",
        Mode::Subscription | Mode::Payment | Mode::Free if order.before.is_some() => "shop-price-now",
        Mode::Subscription | Mode::Payment | Mode::Free => "shop-discount-name",
    };
    let discount = (!discount.is_zero()).then(|| Discount {
        amount: discount,
        name: app.words.speak(order.locale).t(called),
        every_period,
    });
    NewCheckout {
        guild: order.guild,
        order: order.number,
        customer,
        mode,
        item: order.item.provider_item(),
        title: order.title.clone(),
        unit,
        quantity: order.quantity,
        discount,
        locale: order.locale,
        // The provider asks for 30 minutes at least, counted when it hears of it.
        expires_at: order.expires_at.unwrap_or(order.created_at),
        return_url: app.shop.return_url.clone(),
    }
}

/// The price of one unit on the provider's page, and what comes off all of them there. What is paid once is never reduced from a
/// price that was asked of nobody, as far as it can be shared out among the units.
fn asked(order: &Order) -> (Money, Money) {
    let quantity = i64::from(order.quantity.max(1));
    let each = |all: i64| Money::new(all / quantity, order.list.currency()).unwrap_or(order.list);
    let nothing = Money::zero(order.total.currency());
    let from = match (order.mode, order.before) {
        (Mode::Payment, Some(_)) => order.announced().map_or(order.total, |(before, _)| before),
        (Mode::Payment | Mode::Subscription | Mode::Free, _) => order.list,
    };
    if from.minor() % quantity == 0 {
        (each(from.minor()), from.minus(order.total).unwrap_or(nothing))
    } else {
        (each(order.list.minor()), order.discount)
    }
}
