//! Registers the bot's slash commands with Discord, only when they differ from what is registered.
//!
//! The declarations of `commands` are the source. A command's name and its options' names are in English with French beside;
//! descriptions and choices are in French with English beside. Who may use a command is checked when it is used; Discord shows
//! one that is for who manages the guild to nobody else.

use super::calm::calmly;
use super::{Discord, Fault};
use crate::app::App;
use crate::commands::{self, Opt, Spec, Type};
use crate::kernel::Locale;
use crate::kernel::text::{BODY_MAX, LINE_MAX, shorten};
use crate::kernel::words::Words;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use twilight_http::request::Request;
use twilight_http::routing::Route;
use twilight_model::application::command::{CommandOptionType, CommandType};
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;

/// Discord's codes of English.
const ENGLISH: [&str; 2] = ["en-US", "en-GB"];
/// Longest description and choice.
const TEXT_MAX: usize = 100;
/// Longest name.
const NAME_MAX: usize = 32;
/// Most choices of an option.
const CHOICES_MAX: usize = 25;
/// Waiting times between attempts; the last one repeats.
const AGAIN: [Duration; 5] = [
    Duration::from_secs(1),
    Duration::from_secs(5),
    Duration::from_secs(30),
    Duration::from_secs(120),
    Duration::from_secs(600),
];

/// Registers until it is done.
pub(super) async fn keep_registered(discord: Arc<Discord>, app: Arc<App>, shutdown: CancellationToken) {
    let wanted = wanted(&app);
    let mut pauses = AGAIN.into_iter();
    let mut pause = Duration::ZERO;
    loop {
        let fault = match register(&discord, &wanted).await {
            Ok(changed) => {
                tracing::info!(commands = wanted.len(), changed, "the slash commands are registered");
                return;
            }
            Err(fault) => fault,
        };
        discord.counters().failed_requests.add();
        pause = pauses.next().unwrap_or(pause);
        tracing::warn!(%fault, wait_s = pause.as_secs(), "the slash commands could not be registered; trying again");
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = shutdown.cancelled() => return,
        }
    }
}

/// Every command of the bot, as Discord's "Create Global Application Command" takes it.
pub(super) fn wanted(app: &App) -> Vec<Value> {
    commands::of(app.bot).filter(|spec| !spec.hidden).map(|spec| command(&app.words, spec)).collect()
}

/// Puts the wanted commands in the place of the registered ones; tells whether anything had to change.
async fn register(discord: &Discord, wanted: &[Value]) -> Result<bool, Fault> {
    let application_id = discord.application.get();
    let fault = |error: twilight_http::Error| Fault::of(&error);
    let route = Route::GetGlobalCommands { application_id, with_localizations: Some(true) };
    let response = calmly(discord.http().request::<Vec<Value>>(Request::from_route(&route))).await.map_err(fault)?;
    let registered = response.model().await.map_err(|_| Fault::Unreachable)?;
    if essences(&registered) == essences(wanted) {
        return Ok(false);
    }
    let route = Route::SetGlobalCommands { application_id };
    let request = Request::builder(&route).json(&wanted).build().map_err(fault)?;
    calmly(discord.http().request::<Vec<Value>>(request)).await.map_err(fault)?;
    Ok(true)
}

fn command(words: &Words, spec: &Spec) -> Value {
    let mut names = HashSet::new();
    let mut options: Vec<(bool, Value)> = spec
        .options
        .iter()
        .filter(|opt| !matches!(opt.ty, Type::Request | Type::Offer))
        .map(|opt| option(words, spec, opt, &mut names))
        .collect();
    // Discord wants the required ones first.
    options.sort_by_key(|(required, _)| !required);
    let options: Vec<Value> = options.into_iter().map(|(_, option)| option).collect();
    let mut command = described(words, &format!("cmd-{}", spec.name), spec.name);
    name(words, &mut command, &format!("cmd-{}-name", spec.name), spec.name, &mut HashSet::new());
    command.extend(object(json!({
        "type": u8::from(CommandType::ChatInput),
        "options": options,
        "contexts": [0],
        "default_member_permissions": spec.for_managers.then(|| Permissions::MANAGE_GUILD.bits().to_string()),
    })));
    Value::Object(command)
}

/// An option, and whether Discord must ask for it: what our own form asks for may be left out.
fn option(words: &Words, spec: &Spec, opt: &Opt, names: &mut HashSet<String>) -> (bool, Value) {
    let required = opt.required && !opt.in_form;
    let mut option = described(words, &format!("opt-{}", opt.name), opt.name);
    name(words, &mut option, &format!("opt-{}-name", opt.name), opt.name, names);
    option.extend(object(json!({ "type": kind(opt.ty), "required": required })));
    match opt.ty {
        Type::Ticket | Type::Order | Type::Giveaway if spec.suggest.is_some() => {
            option.extend(object(json!({ "autocomplete": true })))
        }
        Type::Line if spec.suggest.is_some() => {
            option.extend(object(json!({ "max_length": LINE_MAX, "autocomplete": true })));
        }
        Type::Code => {
            option.extend(object(json!({ "max_length": LINE_MAX, "autocomplete": spec.suggest.is_some() })));
        }
        Type::Line => option.extend(object(json!({ "max_length": LINE_MAX }))),
        Type::Short(max) => option.extend(object(json!({ "max_length": max }))),
        Type::Body => option.extend(object(json!({ "max_length": BODY_MAX }))),
        Type::Int(min, max) => option.extend(object(json!({ "min_value": min, "max_value": max }))),
        Type::Channel => {
            let text = [u8::from(ChannelType::GuildText)];
            option.extend(object(json!({ "channel_types": text })));
        }
        Type::Choice(codes) | Type::Choices(codes) => {
            let choices: Vec<Value> = codes.iter().take(CHOICES_MAX).map(|code| choice(words, code)).collect();
            option.extend(object(json!({ "choices": choices })));
        }
        Type::Target => {
            option.extend(object(json!({ "max_length": LINE_MAX, "autocomplete": spec.suggest.is_some() })))
        }
        Type::Reduction | Type::Duration | Type::PromoCode => option.extend(object(json!({ "max_length": LINE_MAX }))),
        Type::Ticket
        | Type::Order
        | Type::Giveaway
        | Type::User
        | Type::Role
        | Type::File
        | Type::Price
        | Type::Amount
        | Type::Request
        | Type::Offer => {}
    }
    (required, Value::Object(option))
}

const fn kind(ty: Type) -> CommandOptionType {
    match ty {
        Type::Ticket | Type::Order | Type::Giveaway | Type::Int(..) => CommandOptionType::Integer,
        Type::Line
        | Type::Short(_)
        | Type::Body
        | Type::Choice(_)
        | Type::Choices(_)
        | Type::Code
        | Type::Price
        | Type::Amount
        | Type::Reduction
        | Type::Duration
        | Type::PromoCode
        | Type::Target
        | Type::Request
        | Type::Offer => CommandOptionType::String,
        Type::User => CommandOptionType::User,
        Type::Channel => CommandOptionType::Channel,
        Type::Role => CommandOptionType::Role,
        Type::File => CommandOptionType::Attachment,
    }
}

fn choice(words: &Words, code: &str) -> Value {
    let say = |locale| {
        let word = words.speak(locale).find(&format!("choice-{code}"), &[]).filter(|word| !word.trim().is_empty());
        shorten(word.as_deref().unwrap_or(code), TEXT_MAX)
    };
    json!({ "name": say(Locale::Fr), "name_localizations": english(&say(Locale::En)), "value": code })
}

/// A description in French with English beside; where there is no text, the name stands.
fn described(words: &Words, id: &str, name: &str) -> Map<String, Value> {
    let say = |locale| {
        let text = words.speak(locale).find(id, &[]).filter(|text| !text.trim().is_empty());
        shorten(text.as_deref().unwrap_or(name), TEXT_MAX)
    };
    object(json!({ "description": say(Locale::Fr), "description_localizations": english(&say(Locale::En)) }))
}

/// A name in English with French beside; a French name that Discord would refuse is left out.
fn name(words: &Words, into: &mut Map<String, Value>, id: &str, english: &str, taken: &mut HashSet<String>) {
    into.insert("name".to_owned(), json!(english));
    let french = words.speak(Locale::Fr).find(id, &[]).filter(|name| is_name(name));
    if let Some(french) = french.filter(|name| taken.insert(name.clone())) {
        into.insert("name_localizations".to_owned(), json!({ "fr": french }));
    }
}

/// Whether Discord takes it as a name (Discord, "Application Commands: Application Command Naming").
fn is_name(name: &str) -> bool {
    let known = |c: char| (c.is_alphanumeric() && !c.is_uppercase()) || matches!(c, '-' | '_');
    !name.is_empty() && name.chars().count() <= NAME_MAX && name.chars().all(known)
}

fn english(text: &str) -> Value {
    Value::Object(ENGLISH.iter().map(|code| ((*code).to_owned(), json!(text))).collect())
}

fn object(value: Value) -> Map<String, Value> {
    if let Value::Object(map) = value { map } else { Map::new() }
}

/// What tells commands apart, by name: Discord adds ids and defaults of its own, and their order says nothing.
fn essences(commands: &[Value]) -> BTreeMap<String, Value> {
    commands.iter().map(|command| (text(command, "name"), essence(command))).collect()
}

fn essence(command: &Value) -> Value {
    let options: Vec<Value> = list(command, "options").iter().map(essence).collect();
    let choices: Vec<Value> = list(command, "choices").iter().map(essence).collect();
    let or = |field: &str, default: Value| match command.get(field) {
        None | Some(Value::Null) => default,
        Some(value) => value.clone(),
    };
    let bounds = ["min_value", "max_value", "min_length", "max_length"].map(|field| or(field, Value::Null));
    json!({
        "name": text(command, "name"),
        "names": or("name_localizations", json!({})),
        "description": text(command, "description"),
        "descriptions": or("description_localizations", json!({})),
        "type": or("type", json!(1)),
        "required": or("required", json!(false)),
        "autocomplete": or("autocomplete", json!(false)),
        "bounds": bounds,
        "channels": or("channel_types", json!([])),
        "contexts": or("contexts", Value::Null),
        "permissions": or("default_member_permissions", Value::Null),
        "value": or("value", Value::Null),
        "options": options,
        "choices": choices,
    })
}

fn text(value: &Value, field: &str) -> String {
    value.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn list<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value.get(field).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::reply::Reply;

    static SPEC: Spec = Spec {
        name: "setup",
        options: &[
            Opt::optional("language", Type::Choice(&["fr", "en"])),
            Opt::required("time_zone", Type::Line),
            Opt::required("message", Type::Body).in_form(),
            Opt::required("id", Type::Ticket),
            Opt::optional("request", Type::Request),
        ],
        run: |_, _| Box::pin(async { Ok(Reply::private("")) }),
        suggest: Some(|_, _, _| Box::pin(async { Ok(Vec::new()) })),
        ..Spec::BASE
    };

    fn names(command: &Value) -> Vec<String> {
        list(command, "options").iter().map(|option| text(option, "name")).collect()
    }

    #[test]
    fn required_options_come_first_and_what_a_form_asks_for_may_be_left_out() {
        let command = command(&Words::new(), &SPEC);
        assert_eq!(names(&command), ["time_zone", "id", "language", "message"]);
        let required: Vec<bool> = list(&command, "options").iter().map(|o| o["required"] == json!(true)).collect();
        assert_eq!(required, [true, true, false, false]);
        assert_eq!(command["options"][1]["autocomplete"], json!(true));
        assert_eq!(command["options"][2]["choices"][0]["value"], json!("fr"));
        assert_eq!(command["options"][2]["choices"][0]["name"], json!("français"));
        assert_eq!(command["options"][2]["name_localizations"]["fr"], json!("langue"));
        assert_eq!(command["contexts"], json!([0]));
    }

    #[test]
    fn what_discord_adds_makes_no_difference_and_a_new_word_does() {
        let wanted = vec![command(&Words::new(), &SPEC)];
        let mut registered = wanted.clone();
        let fields = registered[0].as_object_mut().unwrap();
        for (name, value) in [
            ("id", json!("5")),
            ("version", json!("6")),
            ("application_id", json!("7")),
            ("nsfw", json!(false)),
            ("dm_permission", json!(false)),
            ("integration_types", json!([0])),
        ] {
            fields.insert(name.to_owned(), value);
        }
        fields["options"][2].as_object_mut().unwrap().remove("required");
        assert_eq!(essences(&registered), essences(&wanted));
        registered[0]["description"] = json!("autre chose");
        assert_ne!(essences(&registered), essences(&wanted));
        assert_ne!(essences(&[]), essences(&wanted));
    }

    #[test]
    fn discord_offers_setup_to_who_manages_the_guild_and_the_rest_to_everybody() {
        let words = Words::new();
        let needs = |spec: &Spec| command(&words, spec)["default_member_permissions"].clone();
        for spec in commands::all().filter(|spec| !spec.hidden) {
            // Manage Server is 1 << 5 (Discord, "Permissions").
            let expected = if spec.name == "setup" { json!("32") } else { Value::Null };
            assert_eq!(needs(spec), expected, "{}", spec.name);
        }
    }

    #[test]
    fn every_command_keeps_discords_limits() {
        let words = Words::new();
        for spec in commands::all().filter(|spec| !spec.hidden) {
            let command = command(&words, spec);
            let mut all = vec![&command];
            all.extend(list(&command, "options"));
            assert!(list(&command, "options").len() <= 25, "{}", spec.name);
            for part in all {
                let name = text(part, "name");
                assert!(is_name(&name), "{name:?} of {}", spec.name);
                let length = text(part, "description").chars().count();
                assert!((1..=100).contains(&length), "{name} of {}", spec.name);
            }
        }
    }
}
