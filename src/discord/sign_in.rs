//! Signing in to the admin panel with Discord (Discord, "OAuth2: Authorization Code Grant"), and what people and guilds are called.
//!
//! The token that a code is exchanged for is used once, to ask whose it is, and kept nowhere.

use super::calm::get;
use super::inspector::Tags;
use super::{ConnectError, Discord, REQUEST, State};
use crate::config::Secret;
use crate::kernel::error::Context;
use crate::kernel::{ChannelId, GuildId, RoleId, UserId};
use crate::panel::{Account, GuildNames, SignIn, Unsigned};
use async_trait::async_trait;
use futures_util::future::try_join;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use serde::Deserialize;
use std::sync::Arc;
use twilight_gateway::Intents;
use twilight_http::routing::Route;
use url::Url;
use url::form_urlencoded::Serializer;

/// Discord itself.
const DISCORD: &str = "https://discord.com";
/// What is asked for: who it is, and nothing else.
const SCOPE: &str = "identify";
/// Channels in which is written: text and announcements (Discord, "Channel Types").
const TEXT: [u8; 2] = [0, 5];

/// Signs people in with Discord.
pub(super) struct DiscordSignIn {
    discord: Arc<Discord>,
    client: reqwest::Client,
    base: Url,
    secret: Option<Secret>,
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    scope: String,
}

#[derive(Deserialize)]
struct Me {
    id: UserId,
    username: String,
    global_name: Option<String>,
    avatar: Option<String>,
    locale: Option<String>,
}

#[derive(Deserialize)]
struct Member {
    nick: Option<String>,
    user: Named,
}

#[derive(Deserialize)]
struct Named {
    id: UserId,
    username: String,
    global_name: Option<String>,
    #[serde(default)]
    bot: bool,
}

impl Named {
    fn name(self) -> String {
        self.global_name.unwrap_or(self.username)
    }
}

#[derive(Deserialize)]
struct GuildNamed {
    name: String,
}

#[derive(Deserialize)]
struct Channel {
    id: ChannelId,
    name: Option<String>,
    #[serde(rename = "type")]
    kind: u8,
}

#[derive(Deserialize)]
struct Role {
    id: RoleId,
    name: String,
    tags: Option<Tags>,
}

impl DiscordSignIn {
    pub(super) fn new(discord: Arc<Discord>, secret: Option<Secret>) -> Result<Self, ConnectError> {
        let api = discord.options().api_url.clone();
        let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let tls = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .timeout(REQUEST);
        if api.is_some() {
            // Whoever named another host means it.
            builder = builder.no_proxy();
        }
        let client = builder.build().internal("preparing to sign people in")?;
        let base = match api {
            Some(url) => url,
            None => Url::parse(DISCORD).internal("preparing to sign people in")?,
        };
        Ok(Self { discord, client, base, secret })
    }

    /// An address of Discord's beside its API.
    fn at(&self, path: &str) -> Option<Url> {
        let before = self.base.path().trim_end_matches('/');
        let before = before.strip_suffix("/api/v10").or_else(|| before.strip_suffix("/api")).unwrap_or(before);
        self.base.join(&format!("{before}{path}")).ok()
    }

    async fn granted(&self, redirect: &Url, code: &str, verifier: &str) -> Result<Granted, Unsigned> {
        let secret = self.secret.as_ref().ok_or(Unsigned::Away)?;
        let address = self.at("/api/v10/oauth2/token").ok_or(Unsigned::Away)?;
        let body = Serializer::new(String::new())
            .append_pair("client_id", &self.discord.application.to_string())
            .append_pair("client_secret", secret.expose())
            .append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", redirect.as_str())
            .append_pair("code_verifier", verifier)
            .finish();
        let request = self
            .client
            .post(address)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(ACCEPT, "application/json")
            .body(body);
        let answer = request.send().await.map_err(|error| away("exchanging a code", &error))?;
        match answer.status().as_u16() {
            200 => answer.json().await.map_err(|error| away("reading what a code was exchanged for", &error)),
            // A secret that is wrong is told as 401, and a code as 400 (RFC 6749, 5.2).
            400 => Err(Unsigned::Code),
            status => {
                tracing::warn!(status, "Discord does not take the exchange of a code: check DISCORD_CLIENT_SECRET");
                Err(Unsigned::Away)
            }
        }
    }
}

fn away(what: &'static str, error: &reqwest::Error) -> Unsigned {
    // Its text may name the address, which holds nothing secret.
    tracing::warn!(what, timed_out = error.is_timeout(), "Discord could not be asked who signs in");
    Unsigned::Away
}

#[async_trait]
impl SignIn for DiscordSignIn {
    fn is_on(&self) -> bool {
        self.secret.is_some()
    }

    fn authorize(&self, redirect: &Url, state: &str, challenge: &str) -> Option<Url> {
        let mut address = self.at("/oauth2/authorize")?;
        address
            .query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.discord.application.to_string())
            .append_pair("scope", SCOPE)
            .append_pair("state", state)
            .append_pair("redirect_uri", redirect.as_str())
            .append_pair("code_challenge", challenge)
            .append_pair("code_challenge_method", "S256")
            .append_pair("prompt", "none");
        Some(address)
    }

    async fn account(&self, redirect: &Url, code: &str, verifier: &str) -> Result<Account, Unsigned> {
        let granted = self.granted(redirect, code, verifier).await?;
        if !granted.scope.split(' ').any(|scope| scope == SCOPE) {
            return Err(Unsigned::Code);
        }
        let address = self.at("/api/v10/users/@me").ok_or(Unsigned::Away)?;
        let asked = self.client.get(address).bearer_auth(granted.access_token).send().await;
        let answer = asked.and_then(reqwest::Response::error_for_status);
        let answer = answer.map_err(|error| away("asking whose account it is", &error))?;
        let me: Me = answer.json().await.map_err(|error| away("reading whose account it is", &error))?;
        Ok(Account {
            user: me.id,
            name: me.global_name.unwrap_or(me.username),
            avatar: me.avatar,
            locale: me.locale.unwrap_or_default(),
        })
    }

    async fn member_name(&self, guild: GuildId, user: UserId) -> Option<String> {
        let route = Route::GetMember { guild_id: guild.get(), user_id: user.get() };
        match get::<Member>(self.discord.http(), &route).await {
            Ok(Member { nick, user }) => Some(nick.unwrap_or_else(|| user.name())),
            // He left, or Discord doesn't answer: he is shown without a name.
            Err(fault) => {
                tracing::debug!(%guild, %fault, "a member's name could not be asked for");
                None
            }
        }
    }

    async fn user_name(&self, user: UserId) -> Option<String> {
        match get::<Named>(self.discord.http(), &Route::GetUser { user_id: user.get() }).await {
            Ok(user) => Some(user.name()),
            Err(fault) => {
                tracing::debug!(%fault, "an account's name could not be asked for");
                None
            }
        }
    }

    async fn members_named(&self, guild: GuildId, begin: &str, limit: u16) -> Vec<(UserId, String)> {
        let route = Route::SearchGuildMembers { guild_id: guild.get(), limit: Some(limit), query: begin };
        let found = get::<Vec<Member>>(self.discord.http(), &route).await.unwrap_or_else(|fault| {
            tracing::debug!(%guild, %fault, "members could not be looked for by name");
            Vec::new()
        });
        let people = found.into_iter().filter(|member| !member.user.bot);
        people.map(|Member { nick, user }| (user.id, nick.unwrap_or_else(|| user.name()))).collect()
    }

    async fn guild_name(&self, guild: GuildId) -> Option<String> {
        let route = Route::GetGuild { guild_id: guild.get(), with_counts: false };
        match get::<GuildNamed>(self.discord.http(), &route).await {
            Ok(GuildNamed { name }) => Some(name),
            Err(fault) => {
                tracing::debug!(%guild, %fault, "a server's name could not be asked for");
                None
            }
        }
    }

    async fn names_in(&self, guild: GuildId) -> Option<GuildNames> {
        let http = self.discord.http();
        let (channels, roles) =
            (Route::GetChannels { guild_id: guild.get() }, Route::GetGuildRoles { guild_id: guild.get() });
        let asked = try_join(get::<Vec<Channel>>(http, &channels), get::<Vec<Role>>(http, &roles)).await;
        let (channels, roles) = match asked {
            Ok(found) => found,
            Err(fault) => {
                tracing::debug!(%guild, %fault, "the names of a server's channels and roles could not be asked for");
                return None;
            }
        };
        let channels = channels.into_iter().filter(|channel| TEXT.contains(&channel.kind));
        // The role that everybody has carries the guild's own id (Discord, "Permissions").
        let roles: Vec<Role> = roles.into_iter().filter(|role| role.id.get() != guild.get()).collect();
        let of_bot = |role: &&Role| role.tags.as_ref().is_some_and(Tags::of_a_bot);
        Some(GuildNames {
            of_bots: roles.iter().filter(of_bot).map(|role| role.id).collect(),
            channels: channels.map(|channel| (channel.id, channel.name.unwrap_or_default())).collect(),
            roles: roles.into_iter().map(|role| (role.id, role.name)).collect(),
        })
    }

    fn hears_members(&self) -> bool {
        let seats = self.discord.seats();
        let all = self.discord.options().shards.is_whole();
        let hears = self.discord.privileged().intents().contains(Intents::GUILD_MEMBERS);
        all && hears && !seats.is_empty() && seats.iter().all(|seat| seat.look().0 == State::Ready)
    }
}
