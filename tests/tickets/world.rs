//! A guild with people who ask for commands; Discord is not connected.

use crate::support::db::Database;
use shellia::app::{App, Bot, Drafts, GuildCache, Limits, PromotionRules, Rates, TicketRules};
use shellia::commands::{self, Answer, Blind, Call, Raw, Way, text};
use shellia::domain::accounts::{Person, Presets};
use shellia::domain::notifications::Unwired;
use shellia::domain::tickets::schedule;
use shellia::kernel::reply::{Form, Reply, Shape};
use shellia::kernel::words::Words;
use shellia::kernel::{Actor, ChannelId, Clock, GuildId, Locale, Rank, RoleId, System, UserId};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The guild of every test that needs only one.
pub const GUILD: u64 = 7;
/// Another guild.
pub const ELSEWHERE: u64 = 8;
const SUPPORT: u64 = 100;
const OPERATOR: u64 = 101;

/// An application with its database.
pub struct World {
    pub app: Arc<App>,
    pub database: Database,
    requests: AtomicU64,
}

/// Somebody in a guild.
#[derive(Clone)]
pub struct Someone {
    pub person: Person,
    pub guild: GuildId,
}

pub fn user(id: u64) -> UserId {
    UserId::new(id).unwrap()
}

pub fn guild(id: u64) -> GuildId {
    GuildId::new(id).unwrap()
}

fn someone(guild_id: u64, id: u64, name: &str, roles: &[u64]) -> Someone {
    let roles = roles.iter().filter_map(|role| RoleId::new(*role)).collect();
    let person = Person {
        user: user(id),
        name: name.to_owned(),
        roles,
        manages_guild: false,
        locale: Some(Locale::Fr),
        bot: false,
        joined_at: None,
    };
    Someone { person, guild: guild(guild_id) }
}

pub fn member(id: u64, name: &str) -> Someone {
    someone(GUILD, id, name, &[])
}

pub fn marie() -> Someone {
    member(10, "Marie")
}

pub fn jean() -> Someone {
    member(11, "Jean")
}

pub fn paul() -> Someone {
    someone(GUILD, 20, "Paul", &[SUPPORT])
}

pub fn ines() -> Someone {
    someone(GUILD, 21, "Inès", &[SUPPORT])
}

pub fn boss() -> Someone {
    someone(GUILD, 22, "Chef", &[OPERATOR])
}

/// Staff of another guild.
pub fn stranger() -> Someone {
    someone(ELSEWHERE, 30, "Zed", &[SUPPORT])
}

/// Puts a person of the guild in the place of his mention, as Discord tells of him.
fn known((name, raw): (String, Raw)) -> (String, Raw) {
    let all = [marie(), jean(), paul(), ines(), boss()];
    let named = raw.user().filter(|_| name == "agent");
    let person = named.and_then(|user| all.into_iter().find(|one| one.person.user == user));
    (name, person.map_or(raw, |one| Raw::Member(one.person)))
}

/// A value as a slash command brings it.
pub fn t(text: &str) -> Raw {
    Raw::Text(text.to_owned())
}

pub fn n(number: i64) -> Raw {
    Raw::Int(number)
}

impl World {
    pub async fn new() -> Self {
        Self::with(TicketRules { open_max: 0, ..TicketRules::default() }).await
    }

    pub async fn with(tickets: TicketRules) -> Self {
        let database = Database::fresh().await;
        let ranks =
            vec![(RoleId::new(SUPPORT).unwrap(), Rank::Support), (RoleId::new(OPERATOR).unwrap(), Rank::Operator)];
        let presets = Presets { time_zone: "Europe/Paris".into(), ranks, ..Presets::default() };
        let many = NonZeroU32::new(1_000_000).unwrap();
        let app = App {
            bot: Bot::Maxis,
            db: database.open(),
            clock: Clock::new(),
            words: Words::new(),
            guilds: GuildCache::new(presets),
            drafts: Drafts::default(),
            limits: Limits::new(Rates { member_per_minute: many, guild_per_minute: many }),
            tickets,
            promotions: PromotionRules::default(),
            privacy: shellia::domain::privacy::PrivacyRules::default(),
            shop: shellia::domain::shop::ShopRules::default(),
            gateway: Arc::new(shellia::domain::payments::Unwired),
            beacon: Arc::new(shellia::domain::giveaways::Unwired),
            peer: Arc::new(shellia::control::Unwired),
            pilot: Arc::default(),
            courier: Arc::new(Unwired),
            roles: Arc::new(shellia::domain::shop::roles::Unwired),
            news: shellia::app::News::default(),
            inspector: Arc::new(Blind),
        };
        Self { app: Arc::new(app), database, requests: AtomicU64::new(1) }
    }

    pub fn call(&self, who: &Someone, command: &str, given: &[(&str, Raw)]) -> Call {
        Call {
            request: self.requests.fetch_add(1, Ordering::Relaxed).to_string(),
            command: command.to_owned(),
            given: given.iter().map(|(name, raw)| ((*name).to_owned(), raw.clone())).collect(),
            person: who.person.clone(),
            guild: Some(who.guild),
            channel: ChannelId::new(50).unwrap(),
            way: Way::Slash,
            typed: String::new(),
        }
    }

    /// Asks by slash and hears the reply.
    pub async fn asks(&self, who: &Someone, command: &str, given: &[(&str, Raw)]) -> Reply {
        said(commands::answer(&self.app, &self.call(who, command, given)).await)
    }

    /// Asks and gets a form.
    pub async fn form(&self, who: &Someone, command: &str, given: &[(&str, Raw)]) -> Form {
        match commands::answer(&self.app, &self.call(who, command, given)).await {
            Answer::Ask(form) => form,
            other => panic!("no form: {other:?}"),
        }
    }

    /// Sends a form as Discord does: with what stands in it at first, unless something else is filled in.
    pub async fn sends(&self, who: &Someone, form: &Form, filled: &[(&str, &str)]) -> Reply {
        said(commands::answer(&self.app, &self.sending(who, form, filled)).await)
    }

    /// The call of a form that is sent.
    pub fn sending(&self, who: &Someone, form: &Form, filled: &[(&str, &str)]) -> Call {
        let mut given: Vec<(&str, Raw)> = form.action.options.iter().map(|(n, v)| (n.as_str(), t(v))).collect();
        for input in &form.inputs {
            let chosen = match &input.shape {
                Shape::Choice(choices) => choices.iter().find(|(_, _, first)| *first).map(|(code, ..)| code.as_str()),
                Shape::Line(_) | Shape::Paragraph(_) => Some(input.value.as_str()),
            };
            let typed = filled.iter().find(|(name, _)| *name == input.option).map(|(_, text)| *text);
            given.extend(typed.or(chosen).map(|text| (input.option, t(text))));
        }
        Call { way: Way::Form, ..self.call(who, &form.action.command, &given) }
    }

    /// Presses the button of a reply that opens a form.
    pub async fn reopens(&self, who: &Someone, reply: &Reply) -> Form {
        let button = reply.buttons.iter().find(|button| button.label == "Remplir le formulaire");
        let action = &button.unwrap_or_else(|| panic!("no form in {:?}", labels(reply))).action;
        let given: Vec<_> = action.options.iter().map(|(name, value)| (name.as_str(), t(value))).collect();
        let call = Call { way: Way::Button, ..self.call(who, &action.command, &given) };
        match commands::answer(&self.app, &call).await {
            Answer::Ask(form) => form,
            other => panic!("no form: {other:?}"),
        }
    }

    /// Loses what only memory holds, as a restart does.
    pub fn restarts(&mut self) {
        Arc::get_mut(&mut self.app).unwrap().drafts = Drafts::default();
    }

    /// Lets everybody ask only so often a minute.
    pub fn limits(&mut self, per_minute: u32) {
        let few = NonZeroU32::new(per_minute).unwrap();
        let many = NonZeroU32::new(1_000_000).unwrap();
        let limits = Limits::new(Rates { member_per_minute: few, guild_per_minute: many });
        Arc::get_mut(&mut self.app).unwrap().limits = limits;
    }

    /// Presses the button of a reply that has this label.
    pub async fn presses(&self, who: &Someone, reply: &Reply, label: &str) -> Reply {
        let found = reply.buttons.iter().find(|button| button.label == label);
        let action = &found.unwrap_or_else(|| panic!("no button {label} in {:?}", labels(reply))).action;
        let given: Vec<_> = action.options.iter().map(|(name, value)| (name.as_str(), t(value))).collect();
        let call = Call { way: Way::Button, ..self.call(who, &action.command, &given) };
        said(commands::answer(&self.app, &call).await)
    }

    /// Types a command where everybody reads; gets what everybody sees.
    pub async fn types(&self, who: &Someone, message: &str) -> Answer {
        let specs: Vec<_> = commands::of(Bot::Maxis).filter(|spec| !spec.hidden).collect();
        let (spec, given, broken) = match text::read(message, &specs, &self.app.words) {
            text::Read::Command(spec, given) => (spec, given.into_iter().map(known).collect(), None),
            text::Read::Broken(spec, error) => (spec, Vec::new(), Some(error)),
            other => panic!("no command: {other:?}"),
        };
        let call = Call { way: Way::Text, typed: message.to_owned(), given, ..self.call(who, spec.name, &[]) };
        match broken {
            Some(error) => commands::unread(&self.app, spec, &call, error).await,
            None => commands::answer(&self.app, &call).await,
        }
    }

    /// Types a command and opens the answer that waits.
    pub async fn says(&self, who: &Someone, message: &str) -> Reply {
        let stub = said(self.types(who, message).await);
        self.presses(who, &stub, "Lire la réponse").await
    }

    /// Opens a ticket and gives its number.
    pub async fn opens(&self, who: &Someone, subject: &str) -> i64 {
        let reply = self.asks(who, "ticket_create", &[("subject", t(subject)), ("description", t("Détails"))]).await;
        number(&reply)
    }

    /// Lets the clock do what is due: reminders, breaches, closed tickets.
    pub async fn tick(&self) -> [usize; 3] {
        let now = self.app.clock.now();
        let mut tx = self.app.db.begin(&Actor::system(System::Schedule)).await.unwrap();
        let done = [
            schedule::remind(&mut tx, now, 100).await.unwrap(),
            schedule::breach(&mut tx, now, 100).await.unwrap(),
            schedule::close_idle(&mut tx, now, 100).await.unwrap(),
        ];
        tx.commit().await.unwrap();
        done
    }

    pub fn wait_hours(&self, hours: i64) {
        self.app.clock.advance(jiff::SignedDuration::from_hours(hours));
    }

    pub async fn suggestions(&self, who: &Someone, typed: &str) -> Vec<(String, String)> {
        self.suggestions_for(who, "ticket_view", typed).await
    }

    pub async fn suggestions_for(&self, who: &Someone, command: &str, typed: &str) -> Vec<(String, String)> {
        self.suggestions_of(who, command, "id", typed).await
    }

    pub async fn suggestions_of(
        &self,
        who: &Someone,
        command: &str,
        option: &str,
        typed: &str,
    ) -> Vec<(String, String)> {
        commands::suggest(&self.app, &self.call(who, command, &[]), option, typed).await
    }
}

/// The reply of an answer.
pub fn said(answer: Answer) -> Reply {
    match answer {
        Answer::Say { reply, .. } => reply,
        other => panic!("nothing said: {other:?}"),
    }
}

/// Everything that a person reads in a reply.
pub fn words(reply: &Reply) -> String {
    let mut lines = vec![reply.text.clone()];
    for card in &reply.cards {
        lines.push(format!("[{}]", card.title));
        lines.push(card.body.clone());
        lines.extend(card.fields.iter().map(|field| format!("{} = {}", field.name, field.value)));
        lines.push(card.footer.clone());
    }
    for file in &reply.files {
        lines.push(String::from_utf8_lossy(&file.bytes).into_owned());
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// A reply with its times taken out, for snapshots.
pub fn timeless(reply: &Reply) -> String {
    let mut text = words(reply);
    while let Some(start) = text.find("<t:") {
        let end = text[start..].find('>').map_or(text.len(), |end| start + end + 1);
        text.replace_range(start..end, "⌚");
    }
    if !reply.buttons.is_empty() {
        text.push_str(&format!("\n{}", labels(reply).join(" | ")));
    }
    text
}

pub fn labels(reply: &Reply) -> Vec<String> {
    reply.buttons.iter().map(|button| format!("{} {}", button.emoji, button.label)).collect()
}

/// The first ticket number in a reply.
pub fn number(reply: &Reply) -> i64 {
    let text = words(reply);
    let after = text.split('#').nth(1).unwrap_or_else(|| panic!("no number in {text}"));
    after.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
}
