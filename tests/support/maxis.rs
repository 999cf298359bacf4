//! A whole Maxis in this process, against a local Discord over real sockets and a real database of its own.

use super::db::Database;
use super::show::show;
use serde_json::{Value, json};
use shellia::config::{Role, Settings, Sources};
use shellia::roles;
use shellia::sandbox::{self, Answer, Limits, Person, Sandbox, World};
use std::time::Duration;
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// The demo's guild.
pub const SHOP: &str = "La Boutique de Léa";
/// The second guild, with other people.
pub const CLUB: &str = "Le Club de Paul";
/// How long anything may take before a test fails.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A running Maxis with its surroundings.
pub struct Maxis {
    /// The local Discord.
    pub sandbox: Sandbox,
    /// The database.
    pub database: Database,
    /// Maxis' application id.
    pub app: u64,
    data: TempDir,
    changed: Vec<(String, String)>,
    stop: CancellationToken,
    task: Option<JoinHandle<Result<(), roles::Failed>>>,
}

impl Maxis {
    /// Starts everything, with rate limits that don't slow a test.
    pub async fn start() -> Self {
        Self::start_in(World::two_guilds()).await
    }

    /// Starts everything in a world.
    pub async fn start_in(world: World) -> Self {
        let mut maxis = Self::prepare(world).await;
        maxis.run().await;
        maxis
    }

    /// Everything but Maxis himself.
    pub async fn prepare(world: World) -> Self {
        let mut options = sandbox::Options::new(world);
        options.limits = Limits::raised();
        let sandbox = Sandbox::start(options).await.expect("the local Discord starts");
        let app = sandbox.app_id("Maxis").expect("the world has a Maxis");
        Self {
            sandbox,
            database: Database::fresh().await,
            app,
            data: TempDir::new().expect("a directory"),
            changed: Vec::new(),
            stop: CancellationToken::new(),
            task: None,
        }
    }

    /// Starts Maxis and waits until he hears and his commands are known.
    pub async fn run(&mut self) {
        self.stop = CancellationToken::new();
        let settings = Settings::load(&Sources::from_environment(self.environment())).expect("the settings are right");
        let stop = self.stop.clone();
        self.task = Some(tokio::spawn(async move { roles::run(Role::Commerce, settings, stop).await }));
        self.online().await;
    }

    /// Waits until Maxis hears and his commands are known.
    pub async fn online(&self) {
        let ready = async {
            while !self.sandbox.wait_connected(self.app, PATIENCE).await
                || self.sandbox.commands(self.app, None).is_empty()
            {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, ready).await.expect("Maxis comes online");
    }

    /// The environment that a process of its own would get.
    pub fn environment(&self) -> Vec<(String, String)> {
        let shop = self.sandbox.guild_id(SHOP).expect("the shop");
        let channel = |name| self.sandbox.channel_id(shop, name).expect("a channel").to_string();
        let role = |name| self.sandbox.role_id(shop, name).expect("a role").to_string();
        [
            ("DISCORD_API_URL", self.sandbox.url()),
            ("DISCORD_GATEWAY_URL", self.sandbox.gateway_url()),
            ("DRAND_RELAYS", self.sandbox.drand_url()),
            ("DRAND_SANDBOX_KEY", self.sandbox.drand_key()),
            ("MAXIS_DISCORD_TOKEN", "sandbox-maxis".to_owned()),
            ("DATABASE_URL", self.database.app_url.clone()),
            ("SHELLIA_DATA_DIR", self.data.path().display().to_string()),
            ("MAXIS_LISTEN", "127.0.0.1:0".to_owned()),
            ("TICKETS_CHANNEL_ID", channel("support")),
            ("TICKETS_STAFF_CHANNEL_ID", channel("staff")),
            ("SUPPORT_ROLE_ID", role("Support")),
            ("OPERATOR_ROLE_ID", role("Admin")),
            ("LIMIT_MEMBER_COMMANDS_PER_MINUTE", "100000".to_owned()),
            ("TICKETS_OPEN_MAX", "0".to_owned()),
            ("LIMIT_GUILD_COMMANDS_PER_MINUTE", "1000000".to_owned()),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .filter(|(name, _)| self.changed.iter().all(|(changed, _)| changed != name))
        .chain(self.changed.iter().cloned())
        .collect()
    }

    /// Changes a setting before Maxis is run.
    pub fn set(&mut self, name: &str, value: &str) {
        self.changed.push((name.to_owned(), value.to_owned()));
    }

    /// Where Maxis keeps his files.
    pub fn data_dir(&self) -> &std::path::Path {
        self.data.path()
    }

    /// Someone of the shop, in a channel.
    pub fn person(&self, username: &str, channel: &str) -> Speaker<'_> {
        self.person_in(SHOP, username, channel)
    }

    /// Someone in a channel of a guild.
    pub fn person_in(&self, guild: &str, username: &str, channel: &str) -> Speaker<'_> {
        let guild = self.sandbox.guild_id(guild).expect("the guild");
        let channel = self.sandbox.channel_id(guild, channel).expect("the channel");
        let person = self.sandbox.person_named(username).expect("the person");
        Speaker { maxis: self, person, channel }
    }

    /// Maxis' own account.
    pub fn bot(&self) -> u64 {
        self.sandbox.bot_user(self.app).expect("Maxis has an account")
    }

    /// Ends Maxis in order and fails if he ended by a fault.
    pub async fn halt(&mut self) {
        self.stop.cancel();
        if let Some(task) = self.task.take() {
            let ended = tokio::time::timeout(PATIENCE, task).await.expect("Maxis ends in time");
            ended.expect("Maxis does not panic").expect("Maxis ends in order");
        }
    }

    /// Waits until nothing is left in the outbox, ends everything, and fails if Maxis had died or if the outside witness
    /// objects to anything that was said between him and Discord.
    pub async fn end(mut self) {
        self.settled().await;
        self.halt().await;
        super::witness::judge(&self.sandbox).await;
        self.sandbox.stop().await;
    }

    /// Waits until every notice is delivered or given up.
    pub async fn settled(&self) {
        self.settled_within(PATIENCE).await;
    }

    /// As [`Maxis::settled`], for a process that was killed: what it held is free when its lease ends.
    pub async fn settled_within(&self, patience: Duration) {
        let settled = async {
            while self.database.count("select count(*) as n from outbox where state = 'pending'").await > 0 {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(patience, settled).await.expect("the outbox empties");
    }
}

/// Someone who speaks with Maxis.
pub struct Speaker<'a> {
    /// Where he is.
    pub maxis: &'a Maxis,
    /// He himself.
    pub person: Person,
    /// The channel in which he writes.
    pub channel: u64,
}

impl Speaker<'_> {
    /// Types in the channel and returns everything that he is answered: in public, then behind the private button.
    pub async fn says(&self, text: &str) -> String {
        let public = self.hears(text).await;
        let Some(button) = button_of(&public, "answer?") else { return show(&public) };
        let message = id(&public);
        let opened = self.person.press(self.channel, message, &button, Vec::new()).await.expect("the button is there");
        let private = self.person.wait_answer_for(opened, PATIENCE).await;
        format!("{}\n──\n{}", show(&public), shown(&private))
    }

    /// Types in the channel and returns the message that answers.
    pub async fn hears(&self, text: &str) -> Value {
        let typed = self.person.say(self.channel, text).await.expect("he may write");
        self.after(typed).await
    }

    /// The first message of Maxis after another message that isn't the card of a ticket, which comes in its own time.
    pub async fn after(&self, message: u64) -> Value {
        let bot = self.maxis.bot().to_string();
        let answers = |m: &&Value| {
            m["author"]["id"] == bot && id(m) > message && m["flags"] != 64 && button_of(m, "ticket_note?").is_none()
        };
        let seen = self.person.notified(self.channel, PATIENCE, |seen| seen.iter().any(|m| answers(&m))).await;
        seen.expect("Maxis answers").iter().find(answers).expect("an answer").clone()
    }

    /// Uses a slash command.
    pub async fn uses(&self, command: &str, options: Value) -> String {
        shown(&self.answer(command, options).await)
    }

    /// Uses a slash command and returns the bare answer.
    pub async fn answer(&self, command: &str, options: Value) -> Answer {
        let used =
            self.person.slash(self.channel, self.maxis.app, command, options).await.expect("the command is there");
        self.person.wait_answer_for(used, PATIENCE).await
    }

    /// Presses the newest button that he sees in a channel whose action starts with `action`.
    pub async fn presses_in(&self, channel: u64, action: &str) -> Answer {
        let seen = self.person.visible(channel);
        let found = seen.iter().rev().find_map(|m| button_of(m, action).map(|button| (id(m), button)));
        let (message, button) = found.unwrap_or_else(|| panic!("no button {action} in {seen:#?}"));
        self.press(channel, message, &button).await
    }

    /// Presses the newest button in his channel whose action starts with `action`.
    pub async fn presses(&self, action: &str) -> String {
        shown(&self.presses_in(self.channel, action).await)
    }

    /// Presses a button of a message, there or forged.
    pub async fn press(&self, channel: u64, message: u64, custom_id: &str) -> Answer {
        let pressed = self.person.press(channel, message, custom_id, Vec::new()).await.expect("the button is there");
        self.person.wait_answer_for(pressed, PATIENCE).await
    }

    /// Fills the form that he was shown.
    pub async fn fills(&self, form: &Answer, values: Value) -> String {
        let modal = form.modal().unwrap_or_else(|| panic!("no form: {form:?}"));
        let sent = self.person.submit(modal, values).await.expect("the form is there");
        shown(&self.person.wait_answer_for(sent, PATIENCE).await)
    }

    /// His direct messages with Maxis.
    pub fn direct(&self) -> u64 {
        self.person.direct(self.maxis.bot())
    }

    /// Waits for a direct message that contains a text, and shows it.
    pub async fn is_told(&self, text: &str) -> String {
        let holds = |m: &&Value| show(m).contains(text);
        let seen = self.person.notified(self.direct(), PATIENCE, |seen| seen.iter().any(|m| holds(&m))).await;
        show(seen.expect("he is told").iter().rev().find(holds).expect("the message"))
    }
}

/// What a person reads of an answer.
pub fn shown(answer: &Answer) -> String {
    match answer {
        Answer::Message(message) => show(message),
        Answer::Modal(form) => super::show::form(form),
        Answer::Choices(choices) => format!("{choices:?}"),
        Answer::Silent => "(silence)".to_owned(),
        Answer::Failed(why) => format!("(échec : {why})"),
    }
}

/// The id of a message.
pub fn id(message: &Value) -> u64 {
    message["id"].as_str().and_then(|id| id.parse().ok()).expect("a message has an id")
}

/// The custom id of the first button of a message that starts so.
pub fn button_of(message: &Value, action: &str) -> Option<String> {
    let rows = message["components"].as_array()?;
    let buttons = rows.iter().filter_map(|row| row["components"].as_array()).flatten();
    buttons.filter_map(|b| b["custom_id"].as_str()).find(|id| id.starts_with(action)).map(str::to_owned)
}

/// Where a message's first link button leads.
pub fn link_of(message: &Value) -> Option<String> {
    match message {
        Value::Object(fields) => match fields.get("url").and_then(Value::as_str) {
            Some(url) if fields.get("style") == Some(&json!(5)) => Some(url.to_owned()),
            _ => fields.values().find_map(link_of),
        },
        Value::Array(all) => all.iter().find_map(link_of),
        _ => None,
    }
}
