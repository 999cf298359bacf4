//! A small bot of the tests: a real REST client and a real shard.

use std::time::Duration;

use shellia::sandbox::{Limits, Options, Sandbox, World};
use twilight_gateway::{ConfigBuilder, Event, EventTypeFlags, Intents, Shard, ShardId, StreamExt};
use twilight_http::Client;
use twilight_http::client::InteractionClient;
use twilight_model::application::interaction::Interaction;
use twilight_model::http::interaction::{InteractionResponse, InteractionResponseData, InteractionResponseType};
use twilight_model::id::Id;
use twilight_model::id::marker::ApplicationMarker;

const PATIENCE: Duration = Duration::from_secs(10);

/// The demo's sandbox with limits that tests don't meet by accident.
pub async fn sandbox() -> Sandbox {
    provide();
    let options = Options { limits: Limits::raised(), ..Options::new(World::demo()) };
    Sandbox::start(options).await.unwrap()
}

/// Maxis, as far as these tests need him.
pub struct Bot {
    pub http: Client,
    pub shard: Shard,
    pub app: Id<ApplicationMarker>,
}

pub fn intents() -> Intents {
    Intents::GUILDS
        | Intents::GUILD_MEMBERS
        | Intents::GUILD_MESSAGES
        | Intents::DIRECT_MESSAGES
        | Intents::MESSAGE_CONTENT
}

pub fn http(sandbox: &Sandbox, token: &str) -> Client {
    provide();
    Client::builder().token(format!("Bot {token}")).proxy(sandbox.authority(), true).ratelimiter(None).build()
}

pub fn shard(sandbox: &Sandbox, token: &str, intents: Intents) -> Shard {
    provide();
    let config = ConfigBuilder::new(format!("Bot {token}"), intents).proxy_url(sandbox.gateway_url()).build();
    Shard::with_config(ShardId::ONE, config)
}

pub fn provide() {
    // Another test of this process may have been first.
    rustls::crypto::ring::default_provider().install_default().unwrap_or_default();
}

impl Bot {
    /// Connects as Maxis and waits for its guilds.
    pub async fn connect(sandbox: &Sandbox) -> Self {
        let http = http(sandbox, "sandbox-maxis");
        let shard = shard(sandbox, "sandbox-maxis", intents());
        let app = Id::new(sandbox.app_id("Maxis").unwrap());
        let mut bot = Self { http, shard, app };
        bot.until(|event| matches!(event, Event::GuildCreate(_))).await;
        bot
    }

    /// The next event.
    pub async fn next(&mut self) -> Event {
        self.until(|_| true).await
    }

    /// The next event that fits; a frame that can't be read fails the test.
    pub async fn until(&mut self, fits: impl Fn(&Event) -> bool) -> Event {
        let waiting = async {
            loop {
                let next = self.shard.next_event(EventTypeFlags::all()).await;
                let event = next.expect("the shard lives").expect("the event is readable");
                if fits(&event) {
                    return event;
                }
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.expect("the event comes in time")
    }

    /// The text of the next message of a person.
    pub async fn hears(&mut self) -> twilight_model::channel::Message {
        match self.until(|event| matches!(event, Event::MessageCreate(m) if !m.author.bot)).await {
            Event::MessageCreate(message) => message.message,
            _ => unreachable!("only messages fit"),
        }
    }

    /// The next interaction.
    pub async fn interaction(&mut self) -> Interaction {
        match self.until(|event| matches!(event, Event::InteractionCreate(_))).await {
            Event::InteractionCreate(interaction) => (*interaction).0,
            _ => unreachable!("only interactions fit"),
        }
    }

    pub fn interactions(&self) -> InteractionClient<'_> {
        self.http.interaction(self.app)
    }

    /// Gives the first answer.
    pub async fn respond(
        &self,
        to: &Interaction,
        kind: InteractionResponseType,
        data: Option<InteractionResponseData>,
    ) -> Result<(), twilight_http::Error> {
        let response = InteractionResponse { kind, data };
        self.interactions().create_response(to.id, &to.token, &response).await.map(|_| ())
    }
}

/// Discord's code in a refusal.
pub fn code(error: &twilight_http::Error) -> u64 {
    use twilight_http::api_error::ApiError;
    match error.kind() {
        twilight_http::error::ErrorType::Response { error: ApiError::General(general), .. } => general.code,
        other => panic!("no refusal of Discord: {other:?}"),
    }
}
