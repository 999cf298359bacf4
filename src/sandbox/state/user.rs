//! People and applications.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use crate::sandbox::json::sid;

/// A person or a bot's user.
#[derive(Debug, Clone)]
pub(crate) struct User {
    pub(crate) id: u64,
    pub(crate) username: String,
    pub(crate) global_name: String,
    pub(crate) bot: bool,
    pub(crate) locale: String,
    pub(crate) color: u64,
    pub(crate) dms_open: bool,
    /// The last message this person read in each channel.
    pub(crate) read: HashMap<u64, u64>,
}

impl User {
    /// The author that Discord shows for a webhook.
    pub(crate) fn webhook(id: u64, name: &str) -> Self {
        Self {
            id,
            username: name.to_owned(),
            global_name: name.to_owned(),
            bot: true,
            locale: "fr".to_owned(),
            color: 0x58_65_f2,
            dms_open: false,
            read: HashMap::new(),
        }
    }

    /// Discord's user object.
    pub(crate) fn json(&self) -> Value {
        let global_name = if self.bot { Value::Null } else { json!(self.global_name) };
        let mut user = json!({
            "id": sid(self.id),
            "username": self.username,
            "discriminator": "0",
            "global_name": global_name,
            "avatar": null,
            "avatar_decoration_data": null,
            "banner": null,
            "accent_color": null,
            "primary_guild": null,
            "collectibles": null,
            "public_flags": 0,
            "flags": 0,
        });
        if let (true, Some(map)) = (self.bot, user.as_object_mut()) {
            map.insert("bot".to_owned(), Value::Bool(true));
        }
        user
    }

    /// The user object as the account itself sees it (`/users/@me`, READY).
    pub(crate) fn own_json(&self) -> Value {
        let mut user = self.json();
        if let Some(map) = user.as_object_mut() {
            map.insert("mfa_enabled".to_owned(), json!(true));
            map.insert("verified".to_owned(), json!(true));
            map.insert("locale".to_owned(), json!(self.locale));
            map.insert("email".to_owned(), Value::Null);
        }
        user
    }
}

/// What Discord shows for an account that is gone.
pub(crate) fn deleted(id: u64) -> Value {
    json!({
        "id": sid(id), "username": format!("deleted_user_{id}"), "discriminator": "0", "global_name": null,
        "avatar": null, "avatar_decoration_data": null, "banner": null, "accent_color": null,
        "primary_guild": null, "collectibles": null, "public_flags": 0, "flags": 0,
    })
}

/// A registered application with its bot.
#[derive(Debug, Clone)]
pub(crate) struct App {
    pub(crate) id: u64,
    pub(crate) name: String,
    /// Its bot's user.
    pub(crate) user: u64,
    pub(crate) owner: u64,
    pub(crate) token: String,
    /// Privileged intents switched on in the developer portal.
    pub(crate) privileged: u64,
    /// Global commands, as stored objects.
    pub(crate) commands: Vec<Value>,
    /// Commands of single guilds.
    pub(crate) guild_commands: BTreeMap<u64, Vec<Value>>,
}

/// GATEWAY_PRESENCE, GATEWAY_GUILD_MEMBERS and GATEWAY_MESSAGE_CONTENT in their "limited" form (under 100 guilds).
const FLAGS: [(u64, u64); 3] = [(1 << 8, 1 << 13), (1 << 1, 1 << 15), (1 << 15, 1 << 19)];

impl App {
    /// The application's public flags, from its privileged intents.
    pub(crate) fn flags(&self) -> u64 {
        let on = FLAGS.iter().filter(|(intent, _)| self.privileged & intent != 0);
        on.fold(0, |bits, (_, flag)| bits | flag)
    }

    /// Discord's application object, as its own bot sees it.
    pub(crate) fn json(&self, bot: Value, owner: Value, guilds: u64) -> Value {
        json!({
            "id": sid(self.id), "name": self.name, "icon": null, "description": "", "type": null,
            "bot": bot, "owner": owner, "team": null, "flags": self.flags(), "flags_new": self.flags().to_string(),
            "bot_public": true, "bot_require_code_grant": false, "verify_key": "0".repeat(64),
            "rpc_origins": [], "eligible_oauth2_scopes": ["bot", "applications.commands"], "redirect_uris": [], "interactions_endpoint_url": null,
            "role_connections_verification_url": null, "approximate_guild_count": guilds,
            "approximate_user_install_count": 0, "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0, "event_webhooks_status": 1,
            "integration_types_config": {"0": {"oauth2_install_params": {"scopes": ["bot", "applications.commands"], "permissions": "0"}}},
        })
    }
}
