//! Identify and resume: opening a session, or taking one up where it was left.

use std::sync::Arc;

use serde_json::{Value, json};

use super::dispatch::shard_of;
use super::intents;
use super::session::{Sent, Session, Socket};
use super::wire::Frame;
use crate::sandbox::json::{id, list, number, sid, text};
use crate::sandbox::state::State;

/// Op 9: no session; identify anew.
pub(crate) const INVALID: &str = r#"{"t":null,"s":null,"op":9,"d":false}"#;

/// Most members in one chunk.
const CHUNK: usize = 1000;

/// Largest guild whose whole member list is sent, unless the bot asks otherwise.
const LARGE: u64 = 50;

impl State {
    /// Opens a session; refusals are closes with Discord's codes.
    pub(crate) fn identify(&mut self, data: &Value, socket: Socket) -> Result<(), Frame> {
        let token = text(data, "token").unwrap_or_default();
        let token = token.strip_prefix("Bot ").unwrap_or(token);
        let app = self.apps.values().find(|app| app.token == token).cloned();
        let app = app.ok_or(Frame::Close(4004, "Authentication failed."))?;
        let shard = match list(data, "shard") {
            [] => (0, 1),
            [at, of] => (at.as_u64().unwrap_or(u64::MAX), of.as_u64().unwrap_or(0)),
            _ => (1, 0),
        };
        if shard.0 >= shard.1 {
            return Err(Frame::Close(4010, "Invalid shard."));
        }
        let asked = number(data, "intents").ok_or(Frame::Close(4013, "Invalid intent(s)."))?;
        if asked & !intents::ALL != 0 {
            return Err(Frame::Close(4013, "Invalid intent(s)."));
        }
        let privileged = if self.sessions.refuse_intents { 0 } else { app.privileged };
        if asked & intents::PRIVILEGED & !privileged != 0 {
            return Err(Frame::Close(4014, "Disallowed intent(s)."));
        }
        if !self.sessions.may_identify(app.id) {
            return Err(Frame::Text(INVALID.to_owned()));
        }
        let large = number(data, "large_threshold").unwrap_or(LARGE);
        let session = Session {
            id: format!("{:032x}", rand::random::<u128>()),
            app: app.id,
            shard,
            intents: asked,
            seq: 0,
            kept: std::collections::VecDeque::new(),
            socket: Some(socket),
            held: None,
        };
        self.welcome(session, app.user, large);
        self.tell_world();
        Ok(())
    }

    fn welcome(&mut self, mut session: Session, bot: u64, large: u64) {
        let mine = |guild: &&crate::sandbox::state::Guild| {
            guild.member(bot).is_some() && shard_of(guild.id, session.shard.1) == session.shard.0
        };
        let guilds: Vec<u64> = self.guilds.values().filter(mine).map(|g| g.id).collect();
        let ready = self.ready(&session, bot, &guilds);
        session.push("READY", &ready.to_string().into(), false);
        if session.intents & intents::GUILDS != 0 {
            for guild in guilds.iter().filter_map(|id| self.guilds.get(id)) {
                let small = guild.present().count() <= usize::try_from(large).unwrap_or(usize::MAX);
                let all = session.intents & intents::GUILD_MEMBERS != 0 && small;
                let data: Arc<str> = self.guild_create(guild, bot, all).to_string().into();
                session.push("GUILD_CREATE", &data, false);
            }
        }
        self.sessions.add(session);
    }

    fn ready(&self, session: &Session, bot: u64, guilds: &[u64]) -> Value {
        let guilds: Vec<Value> = guilds.iter().map(|id| json!({"id": sid(*id), "unavailable": true})).collect();
        let user = self.users.get(&bot).map_or(Value::Null, |u| u.own_json());
        let flags = self.apps.get(&session.app).map_or(0, |app| app.flags());
        json!({
            "v": 10, "user": user, "guilds": guilds, "session_id": session.id, "session_type": "normal",
            "resume_gateway_url": self.base.replacen("http", "ws", 1) + "/gateway",
            "shard": [session.shard.0, session.shard.1], "application": {"id": sid(session.app), "flags": flags},
            "user_settings": {}, "relationships": [], "private_channels": [], "presences": [],
            "guild_join_requests": [], "geo_ordered_rtc_regions": [], "auth": {}, "_trace": ["[\"sandbox\",{}]"],
        })
    }

    /// Takes a session up again and replays what it missed; `false` means it can't be.
    pub(crate) fn resume(&mut self, data: &Value, socket: Socket) -> bool {
        let token = text(data, "token").unwrap_or_default();
        let token = token.strip_prefix("Bot ").unwrap_or(token);
        let app = self.apps.values().find(|app| app.token == token).map(|app| app.id);
        let seq = number(data, "seq").unwrap_or(0);
        let wanted = text(data, "session_id").unwrap_or_default().to_owned();
        let Some(session) = self.sessions.find(&wanted) else { return false };
        if Some(session.app) != app || !session.replays_from(seq) {
            return false;
        }
        // The connection it spoke over before, if any, is of no use any more.
        if let Some(old) = session.socket.replace(socket) {
            old.out.send(Frame::Drop).unwrap_or_default();
        }
        session.held = None;
        let missed: Vec<_> = {
            // What only concerned an earlier connection is not said again.
            let again = |sent: &&Sent| sent.seq > seq && !matches!(sent.name, "READY" | "RESUMED");
            session.kept.iter().filter(again).cloned().collect()
        };
        for sent in missed {
            session.send(&sent);
        }
        let resumed: Arc<str> = json!({"_trace": ["[\"sandbox\",{}]"]}).to_string().into();
        session.push("RESUMED", &resumed, false);
        self.tell_world();
        true
    }

    /// Answers a request for guild members, in chunks.
    pub(crate) fn member_chunks(&self, app: u64, data: &Value) -> Option<Vec<Value>> {
        let guild = self.guilds.get(&id(data, "guild_id")?)?;
        let bot = self.apps.get(&app)?.user;
        guild.member(bot)?;
        let asked: Vec<u64> = match data.get("user_ids") {
            Some(Value::Array(ids)) => ids.iter().filter_map(crate::sandbox::json::as_id).collect(),
            Some(one) => crate::sandbox::json::as_id(one).into_iter().collect(),
            None => Vec::new(),
        };
        let query = text(data, "query").unwrap_or_default().to_lowercase();
        let limit = match number(data, "limit") {
            None | Some(0) => usize::MAX,
            Some(limit) => usize::try_from(limit).unwrap_or(usize::MAX),
        };
        let named = |user: u64| self.users.get(&user).is_some_and(|u| u.username.to_lowercase().starts_with(&query));
        let wanted = |user: u64| if asked.is_empty() { named(user) } else { asked.contains(&user) };
        let members: Vec<Value> = guild
            .present()
            .filter(|member| wanted(member.user))
            .take(limit)
            .map(|member| self.member_json(guild, member))
            .collect();
        let missing = asked.iter().filter(|user| guild.member(**user).is_none());
        let missing: Vec<Value> = missing.map(|user| sid(*user)).collect();
        let parts: Vec<&[Value]> = if members.is_empty() { vec![&[]] } else { members.chunks(CHUNK).collect() };
        let count = parts.len();
        let chunk = |(at, members): (usize, &[Value])| {
            let mut chunk = json!({
                "guild_id": sid(guild.id), "members": members, "chunk_index": at, "chunk_count": count,
                "not_found": missing,
            });
            if let (Some(nonce), Some(map)) = (data.get("nonce"), chunk.as_object_mut()) {
                map.insert("nonce".to_owned(), nonce.clone());
            }
            chunk
        };
        Some(parts.into_iter().enumerate().map(chunk).collect())
    }
}
