//! The HTTP API of the chat page and of tests from outside: each route calls the method of the same name.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::error::InternalError;
use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Json, Path, PathConfig, Query, QueryConfig, ServiceConfig};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Draft, Person, Refused, Upload, advance, answer, fill, set_member, view};
use crate::sandbox::Shared;
use crate::sandbox::faults::Fault;
use crate::sandbox::gateway::Switch;
use crate::sandbox::json::{as_id, id, list, number, sid, text};
use crate::sandbox::limits::BODY_BYTES;
use crate::sandbox::state::{Channel, State};

/// Longest wait of a long poll.
const LONGEST_WAIT_MS: u64 = 30_000;

/// The API's routes.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(
        web::scope("/sandbox/api")
            .route("/world", web::get().to(world))
            .route("/members", web::post().to(members))
            .route("/roles", web::post().to(roles))
            .route("/channels", web::post().to(channels))
            .route("/clock", web::post().to(clock))
            .route("/faults", web::post().to(faults))
            .route("/faults", web::delete().to(clear_faults))
            .route("/gateway", web::post().to(gateway))
            .route("/log", web::get().to(log))
            .service(
                web::scope("/as/{user}")
                    .route("/view", web::get().to(view_guild))
                    .route("/messages", web::get().to(messages))
                    .route("/stream", web::get().to(super::stream::stream))
                    .route("/commands", web::get().to(commands))
                    .route("/interaction", web::get().to(interaction))
                    .route("/say", web::post().to(say))
                    .route("/dm", web::post().to(dm))
                    .route("/slash", web::post().to(slash))
                    .route("/autocomplete", web::post().to(autocomplete))
                    .route("/press", web::post().to(press))
                    .route("/submit", web::post().to(submit))
                    .route("/delete", web::post().to(delete))
                    .route("/settings", web::post().to(settings)),
            )
            .app_data(web::JsonConfig::default().limit(2 * BODY_BYTES).error_handler(|error, _| unread(&error)))
            .app_data(QueryConfig::default().error_handler(|error, _| unread(&error)))
            .app_data(PathConfig::default().error_handler(|error, _| unread(&error)))
            .default_service(web::to(nothing)),
    );
}

/// A request that can't be read, told as every other refusal.
fn unread(error: &dyn std::fmt::Display) -> actix_web::Error {
    let text = error.to_string();
    InternalError::from_response(text.clone(), sent(Err(Refused::new(400, text)))).into()
}

fn sent(result: Result<Value, Refused>) -> HttpResponse {
    match result {
        Ok(value) => HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).json(value),
        Err(refused) => {
            let status = StatusCode::from_u16(refused.status).unwrap_or(StatusCode::BAD_REQUEST);
            HttpResponse::build(status).json(json!({"error": refused.error, "code": refused.code}))
        }
    }
}

/// The person of the path, who must be one of the sandbox's people.
fn person(shared: &Data<Shared>, user: u64) -> Result<Person, Refused> {
    let known = shared.with(|state| state.users.get(&user).is_some_and(|user| !user.bot));
    if known { Ok(Person::new(shared.clone(), user)) } else { Err(Refused::new(404, "no such person")) }
}

fn needed(body: &Value, key: &str) -> Result<u64, Refused> {
    id(body, key).ok_or_else(|| Refused::new(400, format!("{key} is missing")))
}

fn uploads(body: &Value) -> Result<Vec<Upload>, Refused> {
    list(body, "attachments").iter().map(fill::upload).collect()
}

async fn nothing() -> HttpResponse {
    sent(Err(Refused::new(404, "no such route")))
}

async fn delete(user: Path<u64>, body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    let deleted = async {
        let (channel, message) = (needed(&body, "channel")?, needed(&body, "message")?);
        person(&shared, *user)?.delete(channel, message).await
    };
    sent(deleted.await.map(|()| view::done()))
}

async fn world(shared: Data<Shared>) -> HttpResponse {
    sent(Ok(shared.with(|state| view::world(state))))
}

#[derive(Deserialize)]
struct InGuild {
    guild: Option<u64>,
}

async fn view_guild(user: Path<u64>, query: Query<InGuild>, shared: Data<Shared>) -> HttpResponse {
    sent(person(&shared, *user).map(|person| person.view(query.guild.unwrap_or(0))))
}

async fn commands(user: Path<u64>, query: Query<InGuild>, shared: Data<Shared>) -> HttpResponse {
    sent(person(&shared, *user).map(|person| json!({"commands": person.commands(query.guild)})))
}

#[derive(Deserialize)]
struct InChannel {
    channel: u64,
    limit: Option<usize>,
}

async fn messages(user: Path<u64>, query: Query<InChannel>, shared: Data<Shared>) -> HttpResponse {
    sent(person(&shared, *user).map(|person| {
        let most = query.limit.unwrap_or(usize::MAX);
        let seen = shared.with(|state| {
            view::read(state, person.id(), query.channel);
            view::newest(state, person.id(), query.channel, most)
        });
        json!({"messages": seen})
    }))
}

async fn say(user: Path<u64>, body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    let said = async {
        let draft = Draft {
            content: text(&body, "content").unwrap_or_default().to_owned(),
            reply_to: id(&body, "reply_to"),
            attachments: uploads(&body)?,
        };
        person(&shared, *user)?.send(needed(&body, "channel")?, draft).await
    };
    sent(said.await)
}

async fn dm(user: Path<u64>, body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    let said = async {
        let to = needed(&body, "to")?;
        // The page may name the application instead of its bot's user.
        let to = shared.with(|state| state.apps.get(&to).map_or(to, |app| app.user));
        if !shared.with(|state| state.users.contains_key(&to)) {
            return Err(Refused::new(404, "no such user"));
        }
        let person = person(&shared, *user)?;
        match text(&body, "content") {
            Some(content) => person.dm(to, content).await,
            None => Ok(json!({"channel_id": sid(person.direct(to))})),
        }
    };
    sent(said.await)
}

async fn slash(user: Path<u64>, body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    let used = async {
        let (channel, app) = (needed(&body, "channel")?, needed(&body, "application_id")?);
        let name = text(&body, "name").unwrap_or_default();
        let options = body.get("options").cloned().unwrap_or(Value::Null);
        let files = body.get("attachments").and_then(Value::as_object).into_iter().flatten();
        let files = files.map(|(option, file)| Ok((option.clone(), fill::upload(file)?)));
        let files = files.collect::<Result<Vec<_>, Refused>>()?;
        let made = person(&shared, *user)?.slash_with(channel, app, name, options, files).await?;
        Ok(json!({"interaction_id": sid(made)}))
    };
    sent(used.await)
}

async fn autocomplete(user: Path<u64>, body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    let asked = async {
        let (channel, app) = (needed(&body, "channel")?, needed(&body, "application_id")?);
        let (name, focused) = (text(&body, "name").unwrap_or_default(), text(&body, "focused").unwrap_or_default());
        let options = body.get("options").cloned().unwrap_or(Value::Null);
        let choices = person(&shared, *user)?.autocomplete(channel, app, name, options, focused).await?;
        Ok(json!({"choices": choices}))
    };
    sent(asked.await)
}

async fn press(user: Path<u64>, body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    let pressed = async {
        let values = list(&body, "values").iter().filter_map(Value::as_str).map(str::to_owned).collect();
        let (channel, message) = (needed(&body, "channel")?, needed(&body, "message")?);
        let custom_id = text(&body, "custom_id").unwrap_or_default();
        let made = person(&shared, *user)?.press(channel, message, custom_id, values).await?;
        Ok(json!({"interaction_id": sid(made)}))
    };
    sent(pressed.await)
}

async fn submit(user: Path<u64>, body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    let submitted = async {
        let mut values = body.get("values").cloned().unwrap_or(json!({}));
        if let (Some(values), Some(files)) = (values.as_object_mut(), body.get("files").and_then(Value::as_object)) {
            values.extend(files.clone());
        }
        let made = person(&shared, *user)?.submit(needed(&body, "modal")?, values).await?;
        Ok(json!({"interaction_id": sid(made)}))
    };
    sent(submitted.await)
}

#[derive(Deserialize)]
struct Waiting {
    id: u64,
    wait_ms: Option<u64>,
}

async fn interaction(user: Path<u64>, query: Query<Waiting>, shared: Data<Shared>) -> HttpResponse {
    let asked = async {
        let person = person(&shared, *user)?;
        if let Some(ms) = query.wait_ms {
            let patience = Duration::from_millis(ms.min(LONGEST_WAIT_MS));
            // Waiting is enough: what stands afterwards is told below.
            drop(person.wait_answer_for(query.id, patience).await);
        }
        shared.with(|state| answer::json(state, *user, query.id))
    };
    sent(asked.await)
}

async fn settings(user: Path<u64>, body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    sent(person(&shared, *user).map(|person| {
        if let Some(dms) = text(&body, "dms") {
            person.set_dms(dms != "closed");
        }
        if let Some(locale) = text(&body, "locale") {
            person.set_locale(locale);
        }
        view::done()
    }))
}

async fn members(body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    let changed = || {
        let (guild, user) = (needed(&body, "guild")?, needed(&body, "user")?);
        let given = body.get("roles").and_then(Value::as_array);
        let roles = given.map(|roles| roles.iter().filter_map(as_id).collect());
        let present = body.get("present").and_then(Value::as_bool).unwrap_or(true);
        shared.with(|state| set_member(state, guild, user, roles, present)).map(|()| view::done())
    };
    sent(changed())
}

async fn roles(body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    let changed = || {
        let (guild, role) = (needed(&body, "guild")?, needed(&body, "role")?);
        shared.with(|state| match text(&body, "do") {
            Some("delete") => state.delete_role(guild, role),
            Some("permit") => state.permit(guild, role, number(&body, "permissions").unwrap_or(0)),
            _ => state.drag_role(guild, role, id(&body, "above")),
        })?;
        Ok(view::done())
    };
    sent(changed())
}

async fn channels(body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    let changed = || {
        if let Some(gone) = id(&body, "delete") {
            shared.with(|state| state.remove_channel(gone));
            return Ok(view::done());
        }
        let guild = needed(&body, "guild")?;
        shared.with(|state| add_channel(state, guild, &body))
    };
    sent(changed())
}

fn add_channel(state: &mut State, guild: u64, body: &Value) -> Result<Value, Refused> {
    state.guild(guild)?;
    let id = state.clock.snowflake();
    let last = state.channels.values().filter(|c| c.guild == Some(guild)).map(|c| c.position).max();
    let channel = Channel {
        id,
        kind: number(body, "type").unwrap_or(0),
        guild: Some(guild),
        name: text(body, "name").unwrap_or("nouveau").to_owned(),
        position: last.map_or(0, |last| last + 1),
        ..Channel::default()
    };
    state.channels.insert(id, channel);
    state.dispatch_channel(id, "CHANNEL_CREATE");
    Ok(json!({"id": sid(id)}))
}

async fn clock(body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    advance(&shared, Duration::from_secs(number(&body, "advance_s").unwrap_or(0)));
    sent(Ok(view::done()))
}

async fn faults(body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    let fault = Fault::read(&body).map_err(|error| Refused::new(400, error));
    sent(fault.map(|fault| {
        shared.faults(|faults| faults.add(fault));
        view::done()
    }))
}

async fn clear_faults(shared: Data<Shared>) -> HttpResponse {
    shared.faults(|faults| faults.clear());
    sent(Ok(view::done()))
}

async fn gateway(body: Json<Value>, shared: Data<Shared>) -> HttpResponse {
    let on = body.get("on").and_then(Value::as_bool).unwrap_or(true);
    let count = |key: &str| number(&body, key).and_then(|n| usize::try_from(n).ok());
    let switch = match text(&body, "do") {
        Some("drop_all") => Switch::DropAll,
        Some("close_at_once") => Switch::CloseAtOnce(on),
        Some("invalidate_sessions") => Switch::InvalidateSessions,
        Some("reconnect") => Switch::Reconnect,
        Some("bad_frame") => Switch::BadFrame,
        Some("redeliver_last") => Switch::RedeliverLast(count("n").unwrap_or(1)),
        Some("refuse_intents") => Switch::RefuseIntents(on),
        Some("reorder") => Switch::Reorder(on),
        Some("close_all") => {
            Switch::CloseAll(number(&body, "code").and_then(|n| u16::try_from(n).ok()).unwrap_or(4000))
        }
        _ => return sent(Err(Refused::new(400, "unknown switch"))),
    };
    shared.with(|state| state.work(switch));
    sent(Ok(view::done()))
}

#[derive(Deserialize)]
struct Since {
    #[serde(default)]
    since: u64,
}

async fn log(query: Query<Since>, shared: Data<Shared>) -> HttpResponse {
    let all = shared.log(|log| log.since(query.since));
    let all: Vec<Value> = all.iter().map(|exchange| exchange.json()).collect();
    sent(Ok(json!({"exchanges": all})))
}
