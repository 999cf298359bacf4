//! A Maxis that takes payments: the real program as a process, the local Discord and Stripe, and the program's own parts to
//! place orders as its commands do.

use crate::buy::{self, Buyer};
use crate::events::{Example, SECRET};
use crate::support::role::{GUILD, Role};
use crate::support::server::Server;
use crate::support::{Failure, Outcome, app};
use shellia::app::App;
use shellia::config::Secret;
use shellia::sandbox::stripe::{How, SECRET_KEY};
use shellia::sandbox::{self, Sandbox, World};
use shellia::stripe::{self, StripeGateway};
use std::sync::Arc;
use std::time::Duration;

/// How long the events of a purchase may take to be taken.
const PATIENCE: Duration = Duration::from_secs(30);
/// The role that is sold, which the demo's world has.
const ROLE: &str = "Premium";

/// Everything that a purchase needs.
pub(crate) struct Till {
    pub(crate) sandbox: Sandbox,
    pub(crate) maxis: Role,
    /// The program's parts, for placing orders.
    pub(crate) app: Arc<App>,
    pub(crate) guild: u64,
    /// The role that is sold.
    pub(crate) role: u64,
    /// Members of the guild who have bought nothing, the first one aside.
    pub(crate) members: Vec<u64>,
}

impl Till {
    /// Opens it with so many members who will buy.
    pub(crate) async fn open(server: &Server, members: usize) -> Outcome<Self> {
        let mut world = World::demo();
        let missing = || Failure::from("the demo's world lacks something");
        let guild = world.guild_id(GUILD).ok_or_else(missing)?;
        let members = world.crowd(guild, "acheteur", members + 1);
        // Discord's own limits would be what is measured.
        let limits = sandbox::Limits::raised();
        let sandbox = Sandbox::start(sandbox::Options { limits, ..sandbox::Options::new(world) }).await?;
        let role = sandbox.role_id(guild, ROLE).ok_or_else(missing)?;
        let stripe = sandbox.stripe();
        let settings = [
            ("DATABASE_URL", server.app_url()),
            ("STRIPE_API_URL", stripe.url()),
            ("STRIPE_SECRET_KEY", SECRET_KEY.to_owned()),
            ("STRIPE_WEBHOOK_SECRET", SECRET.to_owned()),
        ];
        let settings = settings.map(|(name, value)| (name.to_owned(), value)).to_vec();
        let mut maxis = Role::new("commerce", &sandbox, server.directory(), settings)?;
        maxis.ready().await?;
        buy::open_shop(server, guild, role).await?;
        stripe.webhook(&format!("http://{}/webhooks/stripe", maxis.address()), SECRET);
        // No delivery waits for another: the sandbox's usual few at a time would be what is measured.
        stripe.mail(|mail| mail.at_once = 64);
        let options = stripe::Options {
            api_url: stripe.url().parse()?,
            key: Secret::new(SECRET_KEY),
            tax: false,
            patience: stripe::PATIENCE,
        };
        let app = Arc::new(app::app(server, 4, Arc::new(StripeGateway::new(options)?))?);
        Ok(Self { sandbox, maxis, app, guild, role, members })
    }

    /// Has the first member buy something, and gives what was told of it.
    pub(crate) async fn example(&self) -> Outcome<Example> {
        let member = self.members.first().copied().ok_or("nobody is there")?;
        let session = self.session(&Buyer { guild: self.guild, user: member, subscribes: false }).await?;
        let stripe = self.sandbox.stripe();
        stripe.pay(&session, How::Card).map_err(|refused| refused.error)?;
        if !stripe.delivered(PATIENCE).await {
            return Err("the events of the first purchase were not taken".into());
        }
        Example::of(&stripe.events())
    }

    /// Places an order and opens its checkout; gives the checkout's name.
    pub(crate) async fn session(&self, buyer: &Buyer) -> Outcome<String> {
        let order = buy::place(&self.app, buyer).await?;
        let url = buy::open(&self.app, &order).await?;
        Ok(url.rsplit('/').next().unwrap_or_default().to_owned())
    }

    /// Ends everything.
    pub(crate) async fn close(self) -> Outcome<()> {
        self.app.db.close();
        let ended = self.maxis.end().await;
        self.sandbox.stop().await;
        ended
    }
}
