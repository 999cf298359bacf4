//! What stands to a member's credit at the payment provider, which takes it off his next invoices by itself; a change to a smaller
//! plan leaves some. Nothing is kept of it here: it is asked for each time, in vain where the provider doesn't answer.
//!
//! It is not what members get for recommending the shop: that is `domain::promotions::credits`.

use crate::app::App;
use crate::domain::shop::changes;
use crate::domain::shop::customers::{self, Customer};
use crate::kernel::{Actor, Currency, GuildId, Money, Result, System, UserId};
use std::time::Duration;

/// How long the provider is waited for: what is shown beside it is wanted without it as well.
const PATIENCE: Duration = Duration::from_secs(3);

/// What is to a member's credit, where he ever changed his plan; zero where nothing is.
///
/// Asks the provider, so no transaction may be open meanwhile. `None`: he never did, or the provider doesn't tell.
///
/// # Errors
/// As [`crate::db::Tx::load`].
pub async fn after_changes(app: &App, (guild, user): (GuildId, UserId), currency: Currency) -> Result<Option<Money>> {
    let mut tx = app.db.begin(&Actor::system_in(System::Payments, guild)).await?;
    let changed = changes::were_made(&mut tx, guild, user).await?;
    tx.end().await?;
    if changed { left(app, (guild, user), currency).await } else { Ok(None) }
}

/// What is to a member's credit; zero where nothing is, `None` where the provider doesn't know him or doesn't tell.
///
/// Asks the provider, so no transaction may be open meanwhile.
///
/// # Errors
/// As [`crate::db::Tx::load`].
pub(super) async fn left(app: &App, (guild, user): (GuildId, UserId), currency: Currency) -> Result<Option<Money>> {
    let fresh = format!("customer-{:032x}", rand::random::<u128>());
    let mut tx = app.db.begin(&Actor::system_in(System::Payments, guild)).await?;
    let customer = customers::of(&mut tx, guild, user, &fresh, app.clock.now()).await?;
    tx.commit().await?;
    let Customer::Known(customer) = customer else { return Ok(None) };
    let told = tokio::time::timeout(PATIENCE, app.gateway.credit(&customer, currency)).await;
    // Below zero is what he owes, which is no credit.
    Ok(told.ok().and_then(|told| told.ok()).and_then(|minor| Money::new(minor.max(0), currency).ok()))
}
