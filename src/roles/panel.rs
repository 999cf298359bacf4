//! The admin panel: how it is put together, where it is reached, and the subcommand `admin-link`.

use super::{Failed, database};
use crate::app::App;
use crate::config::Settings;
use crate::control::PlanDesk;
use crate::discord::Discord;
use crate::kernel::{Error, GuildId, UserId};
use crate::panel::{self, Panel};
use crate::web::{Gate, GateRules, Rooms};
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use url::Url;

/// Requests of one network in a minute: a team behind one address works with several pages open each.
const PER_MINUTE: u32 = 3000;
/// Tries to sign in of one network in a minute.
const TRIES_PER_MINUTE: u32 = 20;
/// Where a one-time link leads.
const LINKED: &str = "/admin-panel/index.html";

/// The panel and what serves it.
pub(super) fn open(
    settings: &Settings,
    app: &Arc<App>,
    (discord, plans): (&Arc<Discord>, Arc<dyn PlanDesk>),
    stop: &CancellationToken,
) -> Result<(Arc<Panel>, Arc<Rooms>), Failed> {
    let gate = &settings.maxis.gate;
    let secret = gate.client_secret.clone();
    let sign_in = discord.sign_in(secret).map_err(Failed::from_error("preparing to sign people in"))?;
    let panel = Arc::new(Panel::new(app.clone(), sign_in, plans, stop.clone()));
    tokio::spawn(panel.clone().listen(stop.clone()));
    let public = gate.panel_url.as_ref().map(Url::scheme);
    let secure = gate.tls_cert.is_some() || public == Some("https");
    let often = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MAX);
    let (per_minute, tries_per_minute) = (often(PER_MINUTE), often(TRIES_PER_MINUTE));
    let rules = GateRules { per_minute, tries_per_minute, proxies: gate.proxies.clone(), secure };
    Ok((panel.clone(), Arc::new(Rooms { panel, gate: Gate::new(rules) })))
}

/// Tells the panel where browsers reach it, now that it is known where the server listens.
pub(super) fn reached(settings: &Settings, panel: &Panel, listens: SocketAddr) {
    let Some(mut base) = settings.maxis.gate.panel_url.clone() else { return };
    if base.port() == Some(0) && base.set_port(Some(listens.port())).is_err() {
        return;
    }
    panel.is_at(base);
}

/// Makes a one-time link; the address to open.
pub(super) async fn link(settings: &Settings, guild: GuildId, user: UserId) -> Result<String, Failed> {
    let opened = database::open(settings).await?;
    let made = panel::make_link(&opened.db, (guild, user), crate::kernel::Clock::new().now()).await;
    opened.close().await;
    let token = match made {
        Ok(token) => token,
        Err(Error::NotFound(_)) => {
            return Err(Failed::new(format!("server {guild} isn't known here: use a command of Maxis there first")));
        }
        Err(error) => return Err(Failed::new(format!("making the link: {error}"))),
    };
    let base = match &settings.maxis.gate.panel_url {
        Some(url) => url.as_str().trim_end_matches('/').to_owned(),
        None => {
            let scheme = if settings.maxis.gate.tls_cert.is_some() { "https" } else { "http" };
            format!("{scheme}://{}", settings.maxis.listen)
        }
    };
    Ok(format!("{base}{LINKED}#link={}", token.expose()))
}
