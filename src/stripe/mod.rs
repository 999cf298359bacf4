//! The payment provider Stripe: its API, its events, its signatures. It knows no order and no database.
//!
//! The request crates of `async-stripe` write the requests; our own client sends them (`client`), and answers are read field
//! by field (`view`), so that what Stripe adds can't break anything. Nothing is retried here: every change carries the key
//! that its caller stored.

mod check;
mod checkout;
mod client;
mod credit;
mod event;
mod lists;
mod product;
mod refusal;
mod signature;
mod subscription;
mod view;

pub use check::check;
pub use event::{Event, Unreadable};
pub use signature::{Forged, Verifier};

use crate::config::{Secret, Settings};
use crate::domain::payments::{
    Change, CreditMove, CustomerId, EventPage, Gateway, InvoiceView, Listed, Listing, NewCheckout, NewCustomer,
    NewRefund, Payment, RefundView, Refused, SessionView, SubscriptionView,
};
use crate::kernel::{Currency, GuildId, Locale};
use async_trait::async_trait;
use client::{Ask, Client};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};
use std::sync::Mutex;
use std::time::Duration;
use stripe_billing::BillingPortalSessionLocale;
use stripe_billing::billing_portal_session::CreateBillingPortalSession;
use stripe_billing::invoice::ListInvoice;
use stripe_checkout::checkout_session::{ExpireCheckoutSession, RetrieveCheckoutSession};
use stripe_core::customer::CreateCustomer;
use stripe_core::dispute::ListDispute;
use stripe_core::payment_intent::RetrievePaymentIntent;
use stripe_core::refund::{CreateRefund, ListRefund};
use url::Url;
use view::{Bare, Dispute, Intent, Invoice, List, Page, Refund, Session};

/// How long one call may take in all.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// How Stripe is reached.
#[derive(Debug, Clone)]
pub struct Options {
    /// Base of the API, without `/v1`.
    pub api_url: Url,
    /// The secret key.
    pub key: Secret,
    /// Whether Stripe Tax works out the tax.
    pub tax: bool,
    /// How long one call may take.
    pub patience: Duration,
}

impl Options {
    /// From the settings; `None` where no key is set.
    pub fn of(settings: &Settings) -> Option<Self> {
        let stripe = &settings.stripe;
        let key = stripe.secret_key.clone()?;
        Some(Self { api_url: stripe.api_url.clone(), key, tax: stripe.tax, patience: PATIENCE })
    }
}

/// Stripe, asked over its API.
pub struct StripeGateway {
    client: Client,
    tax: bool,
    /// The products that are known to exist. Never held over an await.
    products: Mutex<HashSet<String>>,
}

impl StripeGateway {
    /// Prepares the way; nothing is sent yet.
    ///
    /// # Errors
    /// When the HTTP client can't be set up.
    pub fn new(options: Options) -> Result<Self, reqwest::Error> {
        let client = Client::new(&options.api_url, options.key, options.patience)?;
        Ok(Self { client, tax: options.tax, products: Mutex::default() })
    }
}

/// Whether a text can be the name of an object; anything else could lead a request elsewhere.
fn is_name(text: &str) -> bool {
    let fits = (1..=255).contains(&text.len());
    fits && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

fn named(id: &str) -> Result<&str, Refused> {
    if is_name(id) { Ok(id) } else { Err(Refused::Missing) }
}

/// The guild and a number of ours, as metadata.
fn metadata(guild: GuildId, name: &str, value: impl ToString) -> HashMap<String, String> {
    HashMap::from([("guild".to_owned(), guild.to_string()), (name.to_owned(), value.to_string())])
}

#[async_trait]
impl Gateway for StripeGateway {
    fn is_on(&self) -> bool {
        true
    }

    async fn create_customer(&self, key: &str, new: &NewCustomer) -> Result<CustomerId, Refused> {
        let request = CreateCustomer::new()
            .metadata(metadata(new.guild, "user", new.user))
            .preferred_locales(vec![new.locale.as_str().to_owned()]);
        let made: Bare = self.client.call(Ask::new("a customer", &request).key(key)).await?;
        Ok(CustomerId(made.id))
    }

    async fn open_checkout(&self, key: &str, new: &NewCheckout) -> Result<SessionView, Refused> {
        self.open(key, new).await
    }

    async fn session(&self, id: &str) -> Result<SessionView, Refused> {
        let request = RetrieveCheckoutSession::new(named(id)?).expand(vec![checkout::EXPANDED.to_owned()]);
        self.client.call::<Session>(Ask::new("a checkout", &request)).await?.view()
    }

    async fn expire_session(&self, id: &str) -> Result<SessionView, Refused> {
        let request = ExpireCheckoutSession::new(named(id)?).expand(vec![checkout::EXPANDED.to_owned()]);
        self.client.call::<Session>(Ask::new("the end of a checkout", &request)).await?.view()
    }

    async fn subscription(&self, id: &str) -> Result<SubscriptionView, Refused> {
        self.look(named(id)?).await?.view()
    }

    async fn change_subscription(&self, key: &str, id: &str, change: &Change) -> Result<SubscriptionView, Refused> {
        self.change(key, named(id)?, change).await
    }

    async fn invoices(&self, subscription: &str) -> Result<Vec<InvoiceView>, Refused> {
        let request = ListInvoice::new()
            .subscription(named(subscription)?)
            .limit(lists::PAGE)
            .expand(vec!["data.payments".to_owned()]);
        let page: List<Invoice> = self.client.call(Ask::new("a list of invoices", &request)).await?;
        page.data.into_iter().map(Invoice::view).collect()
    }

    async fn payment(&self, id: &str) -> Result<Payment, Refused> {
        let id = named(id)?;
        let itself = RetrievePaymentIntent::new(id).expand(vec!["latest_charge.balance_transaction".to_owned()]);
        let refunds = ListRefund::new().payment_intent(id).limit(lists::PAGE);
        let disputes = ListDispute::new().payment_intent(id).limit(lists::PAGE);
        let (intent, refunds, disputes) = futures_util::try_join!(
            self.client.call::<Intent>(Ask::new("a payment", &itself)),
            self.client.call::<List<Refund>>(Ask::new("a list of refunds", &refunds)),
            self.client.call::<List<Dispute>>(Ask::new("a list of disputes", &disputes)),
        )?;
        view::payment(intent, refunds, disputes)
    }

    async fn refund(&self, key: &str, new: &NewRefund) -> Result<RefundView, Refused> {
        let (guild, number) = new.refund;
        let request = CreateRefund::new()
            .payment_intent(named(&new.payment)?)
            .amount(new.amount_minor)
            .metadata(metadata(guild, "refund", number));
        self.client.call::<Refund>(Ask::new("a refund", &request).key(key)).await?.view()
    }

    async fn credit(&self, customer: &CustomerId, currency: Currency) -> Result<i64, Refused> {
        self.credit_of(customer, currency).await
    }

    async fn move_credit(&self, key: &str, new: &CreditMove) -> Result<(), Refused> {
        self.take_credit(key, new).await
    }

    async fn has_moved_credit(&self, customer: &CustomerId, reclaim: (GuildId, i64)) -> Result<bool, Refused> {
        self.has_taken(customer, reclaim).await
    }

    async fn portal(&self, customer: &CustomerId, return_url: &str, locale: Locale) -> Result<String, Refused> {
        let locale = match locale {
            Locale::Fr => BillingPortalSessionLocale::Fr,
            Locale::En => BillingPortalSessionLocale::En,
        };
        let request =
            CreateBillingPortalSession::new().customer(customer.0.clone()).return_url(return_url).locale(locale);
        let page: Page = self.client.call(Ask::new("the page of a customer", &request)).await?;
        Ok(page.url)
    }

    async fn events(&self, since: Timestamp, after: Option<&str>) -> Result<EventPage, Refused> {
        self.events_after(since, after).await
    }

    async fn list(&self, what: Listing, since: Timestamp, after: Option<&str>) -> Result<Listed, Refused> {
        self.names(what, since, after).await
    }
}
