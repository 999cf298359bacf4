//! The running sandbox: its thread, its address, and the handle that tests hold.

use std::collections::BTreeMap;
use std::io;
use std::net::TcpListener;
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::web::{self, Data, PayloadConfig};
use actix_web::{App, HttpServer};
use serde_json::Value;
use tokio::sync::oneshot;

use super::faults::Fault;
use super::gateway::Switch;
use super::log::Exchange;
use super::person::{self, Person, Refused};
use super::state::Overwrite;
use super::stripe::{self, Stripe};
use super::{Options, Shared, drand, gateway, limits, no_runtime, oauth, page, rest};

/// Threads that serve connections.
const WORKERS: usize = 2;

/// A running sandbox; dropping it stops the server.
pub struct Sandbox {
    shared: Data<Shared>,
    port: u16,
    server: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// Starts a sandbox on its own thread; it answers when this returns.
    ///
    /// # Errors
    /// The port is taken, or the thread could not start.
    pub async fn start(options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", options.port))?;
        let port = listener.local_addr()?.port();
        let mut state = options.world.build(&format!("http://127.0.0.1:{port}"));
        state.sessions.start(options.shards, options.limits.identify);
        let shared = Data::new(Shared::new(state, options.limits));
        let (ready, started) = oneshot::channel();
        let inside = shared.clone();
        let thread = std::thread::Builder::new()
            .name("sandbox".to_owned())
            .spawn(move || actix_web::rt::System::new().block_on(serve(listener, inside, ready)))?;
        let server = started.await.map_err(|_| no_runtime())?;
        Ok(Self { shared, port, server, thread: Some(thread) })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// `127.0.0.1:PORT`, as twilight-http's proxy setting wants it.
    pub fn authority(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// `ws://127.0.0.1:PORT/gateway`.
    pub fn gateway_url(&self) -> String {
        format!("ws://127.0.0.1:{}/gateway", self.port)
    }

    /// The chat page.
    pub fn chat_url(&self) -> String {
        format!("{}/sandbox/", self.url())
    }

    /// Stops the server and waits for its thread.
    pub async fn stop(mut self) {
        self.server.stop(false).await;
        if let Some(thread) = self.thread.take() {
            let joined = tokio::task::spawn_blocking(move || thread.join()).await;
            if !matches!(joined, Ok(Ok(()))) {
                tracing::warn!("the sandbox's server thread ended badly");
            }
        }
        // After a long life it holds tens of thousands of exchanges. Nobody should wait while they are freed, and where the
        // program ends they needn't be.
        let shared = self.shared.clone();
        drop(self);
        std::thread::spawn(move || drop(shared));
    }

    /// The person with this user id.
    pub fn person(&self, user: u64) -> Person {
        Person::new(self.shared.clone(), user)
    }

    /// The person with this user name.
    pub fn person_named(&self, username: &str) -> Option<Person> {
        self.user_id(username).map(|user| self.person(user))
    }

    /// A user's id, by user name.
    pub fn user_id(&self, username: &str) -> Option<u64> {
        self.shared.with(|s| s.users.values().find(|user| user.username == username).map(|user| user.id))
    }

    /// An application's id, by name.
    pub fn app_id(&self, name: &str) -> Option<u64> {
        self.shared.with(|s| s.apps.values().find(|app| app.name == name).map(|app| app.id))
    }

    /// The user id of an application's bot.
    pub fn bot_user(&self, app: u64) -> Option<u64> {
        self.shared.with(|s| s.apps.get(&app).map(|app| app.user))
    }

    /// A guild's id, by name.
    pub fn guild_id(&self, name: &str) -> Option<u64> {
        self.shared.with(|s| s.guilds.values().find(|guild| guild.name == name).map(|guild| guild.id))
    }

    /// A channel's id, by guild and name.
    pub fn channel_id(&self, guild: u64, name: &str) -> Option<u64> {
        self.shared.with(|s| {
            let mut inside = s.channels.values().filter(|channel| channel.guild == Some(guild));
            inside.find(|channel| channel.name == name).map(|channel| channel.id)
        })
    }

    /// A role's id, by guild and name.
    pub fn role_id(&self, guild: u64, name: &str) -> Option<u64> {
        self.shared.with(|s| {
            let roles: &BTreeMap<_, _> = &s.guilds.get(&guild)?.roles;
            roles.values().find(|role| role.name == name).map(|role| role.id)
        })
    }

    /// Every message of a channel as Discord keeps it, ephemeral ones too, oldest first.
    pub fn messages(&self, channel: u64) -> Vec<Value> {
        self.shared.with(|s| {
            let all = s.messages.get(&channel);
            all.map(|all| all.values().map(|message| s.message_json(message)).collect()).unwrap_or_default()
        })
    }

    /// The commands an application registered: global ones, or those of a guild.
    pub fn commands(&self, app: u64, guild: Option<u64>) -> Vec<Value> {
        self.shared.with(|s| {
            let app = s.apps.get(&app);
            let list = app.and_then(|app| match guild {
                None => Some(&app.commands),
                Some(guild) => app.guild_commands.get(&guild),
            });
            list.cloned().unwrap_or_default()
        })
    }

    /// Waits until an application has a live gateway session.
    pub async fn wait_connected(&self, app: u64, patience: Duration) -> bool {
        let mut changes = self.shared.with(|s| s.feeds.world_changes());
        let watching = async {
            while !self.shared.with(|s| s.sessions.connected(app)) {
                if changes.changed().await.is_err() {
                    return;
                }
            }
        };
        tokio::time::timeout(patience, watching).await.is_ok()
    }

    /// How many gateway connections were opened so far.
    pub fn connections(&self) -> u64 {
        self.shared.with(|s| s.sessions.sockets)
    }

    /// A webhook's message in a channel; gives the message's id.
    ///
    /// # Errors
    /// The channel is unknown.
    pub fn webhook_says(&self, channel: u64, name: &str, content: &str) -> Result<u64, Refused> {
        self.shared.with(|s| person::webhook_says(s, channel, name, content))
    }

    /// The exchanges with bots after a number; 0 gives all that are kept.
    pub fn log(&self, since: u64) -> Vec<Exchange> {
        self.shared.log(|log| log.since(since))
    }

    /// Sets a fault of the REST API.
    pub fn fault(&self, fault: Fault) {
        self.shared.faults(|faults| faults.add(fault));
    }

    /// Clears all faults of the REST API.
    pub fn clear_faults(&self) {
        self.shared.faults(|faults| faults.clear());
    }

    /// Works a switch of the gateway.
    pub fn gateway(&self, switch: Switch) {
        self.shared.with(|s| s.work(switch));
    }

    /// The local Stripe.
    pub fn stripe(&self) -> Stripe {
        Stripe::new(self.shared.clone())
    }

    /// Where the sandbox's beacon is asked, as one of drand's relays.
    pub fn drand_url(&self) -> String {
        format!("{}/drand", self.url())
    }

    /// The public key of the sandbox's beacon, in hexadecimal.
    pub fn drand_key(&self) -> String {
        drand::key()
    }

    /// Lets the sandbox's beacon answer nobody, or answer again.
    pub fn beacon_away(&self, away: bool) {
        self.shared.beacon_away.store(away, std::sync::atomic::Ordering::Relaxed);
    }

    /// Moves the sandbox's clock forward.
    pub fn advance(&self, by: Duration) {
        person::advance(&self.shared, by);
    }

    /// Lets a user join a guild, come back to it, or get other roles there.
    ///
    /// # Errors
    /// The guild or the user is unknown.
    pub fn set_member(&self, guild: u64, user: u64, roles: Option<Vec<u64>>, present: bool) -> Result<(), Refused> {
        self.shared.with(|s| person::set_member(s, guild, user, roles, present))
    }

    /// The roles that a member holds; `None` for one who is no member.
    pub fn member_roles(&self, guild: u64, user: u64) -> Option<Vec<u64>> {
        self.shared.with(|s| s.guilds.get(&guild)?.member(user).map(|member| member.roles.clone()))
    }

    /// Sets what a role allows.
    ///
    /// # Errors
    /// The guild or the role is unknown.
    pub fn permit(&self, guild: u64, role: u64, permissions: u64) -> Result<(), Refused> {
        Ok(self.shared.with(|s| s.permit(guild, role, permissions))?)
    }

    /// Sets what a role may do in a channel, beside what it may do everywhere.
    pub fn overwrite(&self, channel: u64, role: u64, (allow, deny): (u64, u64)) {
        let new = Overwrite { id: role, role: true, allow, deny };
        self.shared.with(|s| s.set_overwrite(channel, role, Some(new)));
    }

    /// Drags a role to the place just above another; `None`: to the bottom.
    ///
    /// # Errors
    /// The guild or the role is unknown.
    pub fn drag_role(&self, guild: u64, role: u64, above: Option<u64>) -> Result<(), Refused> {
        Ok(self.shared.with(|s| s.drag_role(guild, role, above))?)
    }

    /// Deletes a role.
    ///
    /// # Errors
    /// The guild or the role is unknown.
    pub fn delete_role(&self, guild: u64, role: u64) -> Result<(), Refused> {
        Ok(self.shared.with(|s| s.delete_role(guild, role))?)
    }

    /// Deletes a channel.
    pub fn delete_channel(&self, channel: u64) {
        self.shared.with(|s| s.remove_channel(channel));
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // The order to stop is sent when the future is made; nobody waits for its end here.
        drop(self.server.stop(false));
    }
}

async fn serve(listener: TcpListener, shared: Data<Shared>, ready: oneshot::Sender<ServerHandle>) {
    // Set once, before anything can run later.
    shared.runtime.set(tokio::runtime::Handle::current()).unwrap_or_default();
    tokio::spawn(stripe::run_courier(shared.clone()));
    let app = move || {
        App::new()
            .app_data(shared.clone())
            .app_data(PayloadConfig::new(limits::BODY_BYTES))
            .route("/gateway", web::get().to(gateway::connect))
            .route("/gateway/", web::get().to(gateway::connect))
            .route("/attachments/{channel}/{id}/{name}", web::get().to(page::attachment))
            .configure(oauth::routes)
            .service(web::resource("/api/v10/{tail:.*}").to(rest::entry))
            .route("/drand/{chain}/public/{round}", web::get().to(drand::round))
            .configure(person::http::routes)
            .configure(page::routes)
            .service(web::resource("/stripe/v1/{tail:.*}").to(stripe::entry))
            .configure(stripe::control_routes)
            .configure(stripe::page_routes)
    };
    let server = HttpServer::new(app)
        .workers(WORKERS)
        .disable_signals()
        .on_connect(|connection, _| {
            // Small frames go out at once, as on the real gateway.
            if let Some(stream) = connection.downcast_ref::<actix_web::rt::net::TcpStream>() {
                stream.set_nodelay(true).unwrap_or_default();
            }
        })
        .shutdown_timeout(1)
        .listen(listener)
        .map(HttpServer::run);
    match server {
        Ok(server) => {
            if ready.send(server.handle()).is_ok()
                && let Err(error) = server.await
            {
                tracing::error!(%error, "the sandbox's server failed");
            }
        }
        Err(error) => tracing::error!(%error, "the sandbox can't listen"),
    }
}
