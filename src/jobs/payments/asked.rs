//! What a task asks of the provider, outside any transaction.

use crate::app::App;
use crate::domain::payments::tasks::{Claimed, Kind};
use crate::domain::payments::{
    Change, CreditMove, InvoiceView, NewRefund, Payment, RefundView, Refused, SessionStatus, SessionView,
    SubscriptionView,
};
use crate::domain::shop::orders::{paid, refunds, vain};
use crate::domain::shop::reclaims;
use crate::kernel::{Actor, Result, System};

/// What the provider said.
pub(super) enum Found {
    /// A checkout, and whether who is to get what it pays for is known to have left.
    Session(SessionView, bool),
    Subscription(SubscriptionView, Vec<InvoiceView>),
    /// A payment; of a subscription's that went back in full, with the subscription as it stands.
    Payment(Payment, Option<Box<Found>>),
    Refund(refunds::ToSend, std::result::Result<RefundView, String>),
    /// The refund isn't there, and under its key it never will be.
    Unsent(refunds::ToSend),
    /// Credit to set back, with what was.
    Reclaim(reclaims::ToSend, std::result::Result<i64, String>),
    /// It isn't set back, and under its key it never will be.
    Unclaimed(reclaims::ToSend),
    Nothing,
}

/// Asks the provider. The outer error is ours (the database), the inner the provider's.
pub(super) async fn ask(app: &App, task: &Claimed) -> Result<std::result::Result<Found, Refused>> {
    let (gateway, object) = (&app.gateway, task.object.as_str());
    Ok(match task.kind {
        Kind::Session => return session(app, gateway.session(object).await).await,
        Kind::Payment => return payment(app, object).await,
        Kind::Subscription => subscription(app, object).await,
        Kind::Expire => match gateway.expire_session(object).await {
            // It is over already: how is what a look tells.
            Err(Refused::No(_)) => return session(app, gateway.session(object).await).await,
            outcome => return session(app, outcome).await,
        },
        // Ending twice is ending once, so each try has its own key: a fault would be answered again under the same one.
        Kind::Cancel => match gateway.change_subscription(&cancel_key(task), object, &Change::EndNow).await {
            Ok(_) | Err(Refused::No(_) | Refused::Missing) => subscription(app, object).await,
            Err(refused) => Err(refused),
        },
        Kind::Refund => return refund(app, object).await,
        Kind::Reclaim => return reclaim(app, object).await,
    })
}

/// A checkout; once a gift's is paid, Discord is asked whether there is somebody to get it.
async fn session(
    app: &App,
    asked: std::result::Result<SessionView, Refused>,
) -> Result<std::result::Result<Found, Refused>> {
    let view = match asked {
        Ok(view) => view,
        Err(refused) => return Ok(Err(refused)),
    };
    let Some(of) = view.order.filter(|_| view.status == SessionStatus::Complete) else {
        return Ok(Ok(Found::Session(view, false)));
    };
    let mut tx = app.db.begin(&Actor::system_in(System::Payments, of.0)).await?;
    let whom = vain::for_whom(&mut tx, of).await?;
    tx.end().await?;
    let left = match whom {
        Some(user) => app.has_left(of.0, user).await,
        None => false,
    };
    Ok(Ok(Found::Session(view, left)))
}

async fn subscription(app: &App, id: &str) -> std::result::Result<Found, Refused> {
    // In this order: an invoice that is paid between the two questions makes an event of its own.
    let invoices = app.gateway.invoices(id).await?;
    let view = app.gateway.subscription(id).await?;
    Ok(Found::Subscription(view, invoices))
}

/// A payment. Whether a month that went back is the present one, only the subscription tells: its renewal may be known later
/// than the refund.
async fn payment(app: &App, id: &str) -> Result<std::result::Result<Found, Refused>> {
    let view = match app.gateway.payment(id).await {
        Ok(view) => view,
        Err(refused) => return Ok(Err(refused)),
    };
    if !paid::is_all_gone(&view) {
        return Ok(Ok(Found::Payment(view, None)));
    }
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    let of = paid::subscription_of(&mut tx, id).await?;
    tx.end().await?;
    let Some(of) = of else { return Ok(Ok(Found::Payment(view, None))) };
    Ok(match subscription(app, &of).await {
        Ok(found) => Ok(Found::Payment(view, Some(Box::new(found)))),
        Err(Refused::Missing) => Ok(Found::Payment(view, None)),
        Err(refused) => Err(refused),
    })
}

async fn refund(app: &App, key: &str) -> Result<std::result::Result<Found, Refused>> {
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    let to_send = refunds::to_send(&mut tx, key).await?;
    tx.end().await?;
    let Some(to_send) = to_send else { return Ok(Ok(Found::Nothing)) };
    let new = NewRefund {
        payment: to_send.payment.clone(),
        amount_minor: to_send.amount_minor,
        refund: (to_send.guild, to_send.id),
    };
    if to_send.is_stale(app.clock.now()) {
        return Ok(made_already(app, to_send).await);
    }
    Ok(match app.gateway.refund(&to_send.key(key), &new).await {
        Err(Refused::Fault) => made_already(app, to_send).await,
        Ok(view) => Ok(Found::Refund(to_send, Ok(view))),
        Err(Refused::No(code) | Refused::Card(code)) => Ok(Found::Refund(to_send, Err(code))),
        Err(Refused::Missing) => Ok(Found::Refund(to_send, Err("missing".to_owned()))),
        Err(refused) => Err(refused),
    })
}

/// Looks whether a refund was made after all, where its key says nothing any more.
async fn made_already(app: &App, to_send: refunds::ToSend) -> std::result::Result<Found, Refused> {
    let payment = app.gateway.payment(&to_send.payment).await?;
    let ours = payment.refunds.into_iter().find(|refund| refund.ours == Some((to_send.guild, to_send.id)));
    Ok(match ours {
        Some(view) => Found::Refund(to_send, Ok(view)),
        None => Found::Unsent(to_send),
    })
}

async fn reclaim(app: &App, key: &str) -> Result<std::result::Result<Found, Refused>> {
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
    let to_send = reclaims::to_send(&mut tx, key).await?;
    tx.end().await?;
    let Some(to_send) = to_send else { return Ok(Ok(Found::Nothing)) };
    let minor = match to_send.sent_minor {
        Some(minor) => minor,
        None => match app.gateway.credit(&to_send.customer, to_send.currency).await {
            Ok(credit) => {
                let minor = to_send.movable(credit);
                let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
                reclaims::will_send(&mut tx, &to_send, minor);
                tx.commit().await?;
                minor
            }
            Err(Refused::Missing) => return Ok(Ok(Found::Reclaim(to_send, Err("missing".to_owned())))),
            Err(refused) => return Ok(Err(refused)),
        },
    };
    if minor == 0 {
        return Ok(Ok(Found::Reclaim(to_send, Ok(0))));
    }
    if to_send.is_stale(app.clock.now()) {
        return Ok(moved_already(app, to_send, minor).await);
    }
    let reclaim = (to_send.guild, to_send.id);
    let new = CreditMove { customer: to_send.customer.clone(), currency: to_send.currency, minor, reclaim };
    Ok(match app.gateway.move_credit(&to_send.key(key), &new).await {
        Err(Refused::Fault) => moved_already(app, to_send, minor).await,
        Ok(()) => Ok(Found::Reclaim(to_send, Ok(minor))),
        Err(Refused::No(code) | Refused::Card(code)) => Ok(Found::Reclaim(to_send, Err(code))),
        Err(Refused::Missing) => Ok(Found::Reclaim(to_send, Err("missing".to_owned()))),
        Err(refused) => Err(refused),
    })
}

/// Looks whether credit was set back after all, where its key says nothing any more.
async fn moved_already(app: &App, to_send: reclaims::ToSend, minor: i64) -> std::result::Result<Found, Refused> {
    let moved = app.gateway.has_moved_credit(&to_send.customer, (to_send.guild, to_send.id)).await?;
    Ok(if moved { Found::Reclaim(to_send, Ok(minor)) } else { Found::Unclaimed(to_send) })
}

fn cancel_key(task: &Claimed) -> String {
    format!("cancel-{}-{}", task.object, task.try_name())
}
