//! Delivers one notice of the shop: reads what it is about under the identity of whoever is told, or puts his roles right.

mod granted;
mod privacy;
mod roles;
mod staff;
mod subscribed;
mod told;

use super::Undone;
use crate::app::App;
use crate::domain::notifications::shop::ClaimedNotice;
use crate::domain::notifications::{Outcome, ShopKind};

type Result<T = Outcome> = std::result::Result<T, Undone>;

/// Delivers a claimed notice.
pub(in crate::jobs) async fn deliver(app: &App, claimed: &ClaimedNotice) -> Result {
    match claimed.notice.kind {
        ShopKind::Roles => match claimed.notice.recipient {
            Some(user) => roles::put_right(app, (claimed.notice.guild, user)).await,
            None => Ok(Outcome::Unneeded),
        },
        ShopKind::OrderDone => told::done(app, claimed).await,
        ShopKind::Gift => told::gift(app, claimed).await,
        ShopKind::GiftState => told::gift_state(app, claimed).await,
        ShopKind::OrderTrouble => told::trouble(app, claimed).await,
        ShopKind::Refunded => told::refunded(app, claimed).await,
        ShopKind::Disputed => told::disputed(app, claimed).await,
        ShopKind::CheckoutLeft => told::left(app, claimed).await,
        ShopKind::CheckoutClosed => told::closed(app, claimed).await,
        ShopKind::RenewalFailed => told::renewal_failed(app, claimed).await,
        ShopKind::TrialEnds => subscribed::trial_ends(app, claimed).await,
        ShopKind::TrialPaid => subscribed::trial_paid(app, claimed).await,
        ShopKind::PlanChanged => subscribed::plan_changed(app, claimed).await,
        ShopKind::PlanBroken => subscribed::plan_broken(app, claimed).await,
        ShopKind::AccessEnded => told::access_ended(app, claimed).await,
        ShopKind::Granted => granted::granted(app, claimed).await,
        ShopKind::Sale => staff::sale(app, claimed).await,
        ShopKind::ShopAlert => staff::alert(app, claimed).await,
        ShopKind::PrivacyAsked => privacy::asked(app, claimed).await,
        ShopKind::PrivacyTold => privacy::told(app, claimed).await,
    }
}
