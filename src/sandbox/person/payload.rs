//! The interaction that a bot receives, complete as Discord sends it.

use serde_json::{Map, Value, json};
use tokio::sync::watch;

use crate::sandbox::gateway::Reach;
use crate::sandbox::json::sid;
use crate::sandbox::limits::FILE_BYTES;
use crate::sandbox::state::{Interaction, Kind, Phase, State};

/// An interaction to open.
pub(crate) struct Opening {
    pub(crate) kind: Kind,
    pub(crate) user: u64,
    pub(crate) app: u64,
    pub(crate) channel: u64,
    pub(crate) name: Option<String>,
    /// The message whose component was used.
    pub(crate) source: Option<u64>,
    /// The metadata of the interaction that opened the form.
    pub(crate) via: Option<Value>,
}

/// Opens an interaction and sends it to the live sessions of its application; without one it will fail in time.
pub(crate) fn open(state: &mut State, opening: Opening, data: Value) -> u64 {
    state.forget_interactions();
    let id = state.clock.snowflake();
    let token = format!("{id:x}{:032x}{:032x}", rand::random::<u128>(), rand::random::<u128>());
    let guild = state.channels.get(&opening.channel).and_then(|channel| channel.guild);
    let payload = payload(state, &opening, (id, &token), guild, data);
    let interaction = Interaction {
        token: token.clone(),
        app: opening.app,
        kind: opening.kind,
        user: opening.user,
        channel: opening.channel,
        created_ms: state.clock.now_ms(),
        phase: Phase::Waiting,
        acknowledged_ms: None,
        original: None,
        source: opening.source,
        name: opening.name.clone(),
        metadata: metadata(state, &opening, id, guild),
        followups: Vec::new(),
        latest: None,
        changed: watch::Sender::new(0),
        submitted: false,
    };
    state.tokens.insert(token, id);
    state.interactions.insert(id, interaction);
    let hearers = state.hearers(&Reach::app(opening.app, guild));
    state.deliver(&hearers, "INTERACTION_CREATE", &payload, true);
    id
}

/// Who installed the application where: the guild, or `0` in a direct message with the bot.
fn owners(guild: Option<u64>) -> Value {
    json!({"0": guild.map_or_else(|| "0".to_owned(), |guild| guild.to_string())})
}

fn metadata(state: &State, opening: &Opening, id: u64, guild: Option<u64>) -> Value {
    let mut value = json!({
        "id": sid(id), "type": opening.kind.number(), "user": state.user_json(opening.user),
        "authorizing_integration_owners": owners(guild),
    });
    if let Some(map) = value.as_object_mut() {
        if let (Some(source), Kind::Component) = (opening.source, opening.kind) {
            map.insert("interacted_message_id".to_owned(), sid(source));
        }
        if let Some(via) = &opening.via {
            map.insert("triggering_interaction_metadata".to_owned(), via.clone());
        }
    }
    value
}

fn payload(state: &State, opening: &Opening, (id, token): (u64, &str), guild: Option<u64>, data: Value) -> Value {
    let Some(channel) = state.channels.get(&opening.channel) else { return Value::Null };
    let bot = state.apps.get(&opening.app).map_or(0, |app| app.user);
    let mine = state.permissions(channel, opening.user).to_string();
    let mut place = state.channel_json(channel);
    if let Some(map) = place.as_object_mut() {
        map.insert("permissions".to_owned(), json!(mine));
    }
    let locale = state.users.get(&opening.user).map_or("fr", |user| user.locale.as_str());
    let mut value = json!({
        "id": sid(id), "application_id": sid(opening.app), "type": opening.kind.number(), "token": token, "version": 1,
        "data": data, "channel": place, "channel_id": sid(opening.channel), "locale": locale,
        "app_permissions": state.permissions(channel, bot).to_string(), "entitlements": [],
        "entitlement_sku_ids": [], "authorizing_integration_owners": owners(guild),
        "context": u64::from(guild.is_none()), "attachment_size_limit": FILE_BYTES,
    });
    if let Some(map) = value.as_object_mut() {
        map.extend(who(state, opening.user, guild, &mine));
        let message = opening.source.and_then(|source| state.message(opening.channel, source).ok());
        if let Some(message) = message {
            map.insert("message".to_owned(), state.message_json(message));
        }
    }
    value
}

/// The member with his permissions and the guild; in direct messages, the user.
fn who(state: &State, user: u64, guild: Option<u64>, permissions: &str) -> Map<String, Value> {
    let mut map = Map::new();
    let found = guild.and_then(|guild| state.guilds.get(&guild));
    let Some((found, member)) = found.and_then(|g| g.member(user).map(|member| (g, member))) else {
        map.insert("user".to_owned(), state.user_json(user));
        return map;
    };
    let mut member = state.member_json(found, member);
    if let Some(member) = member.as_object_mut() {
        member.insert("permissions".to_owned(), json!(permissions));
    }
    map.insert("member".to_owned(), member);
    map.insert("guild_id".to_owned(), sid(found.id));
    map.insert("guild_locale".to_owned(), json!(found.locale));
    map.insert("guild".to_owned(), json!({"id": sid(found.id), "locale": found.locale, "features": []}));
    map
}
