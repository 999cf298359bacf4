//! What stands to a customer's credit (Stripe, "Customer credit balance"): Stripe counts it below zero.

use super::client::Ask;
use super::view::{Balance, List, Moved};
use super::{StripeGateway, lists, named};
use crate::domain::payments::{CreditMove, CustomerId, Refused};
use crate::kernel::{Currency, GuildId};
use reqwest::Method;
use serde_json::Value;
use stripe_core::customer::RetrieveCustomer;

impl StripeGateway {
    /// What stands to a customer's credit.
    pub(super) async fn credit_of(&self, customer: &CustomerId, currency: Currency) -> Result<i64, Refused> {
        let request = RetrieveCustomer::new(named(&customer.0)?);
        let found: Balance = self.client.call(Ask::new("a customer", &request)).await?;
        found.credit(currency)
    }

    /// Takes credit, or gives it again.
    pub(super) async fn take_credit(&self, key: &str, new: &CreditMove) -> Result<(), Refused> {
        let (guild, number) = new.reclaim;
        let ask = Ask::at("a change of a credit", Method::POST, path(&new.customer)?)
            .and("amount", &new.minor.to_string())
            .and("currency", new.currency.code())
            .and("metadata[guild]", &guild.to_string())
            .and("metadata[reclaim]", &number.to_string());
        self.client.call::<Value>(ask.key(key)).await.map(drop)
    }

    /// Whether a move is there, among the newest hundred.
    pub(super) async fn has_taken(&self, customer: &CustomerId, reclaim: (GuildId, i64)) -> Result<bool, Refused> {
        let ask = Ask::at("a list of changes of a credit", Method::GET, path(customer)?);
        let page: List<Moved> = self.client.call(ask.and("limit", &lists::PAGE.to_string())).await?;
        Ok(page.data.iter().any(|one| one.reclaim() == Some(reclaim)))
    }
}

/// Where everything is that moved a customer's credit.
fn path(customer: &CustomerId) -> Result<String, Refused> {
    Ok(format!("/customers/{}/balance_transactions", named(&customer.0)?))
}
