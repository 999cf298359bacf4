//! The HTTP server of a role: health, readiness and metrics, the payment provider's webhook, the control API and the admin panel where
//! the role has them.
//!
//! It knows no Discord and no Stripe. What it reports is handed in as [`Probe`], what takes
//! deliveries as [`Webhook`].

mod api;
mod metrics;
mod panel;
mod tls;
mod webhook;

pub use api::{Api, Door, Pace, Rules, Streams};
pub use metrics::{Metric, render};
pub use panel::{Gate, GateRules, Rooms, Who, panel_routes};
pub use tls::{Tls, Unfit};
pub use webhook::{Delivered, Unread, Webhook};

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpResponse, HttpServer, web};
use async_trait::async_trait;
use serde::Serialize;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::task::AbortOnDropHandle;

/// How long requests under way may take when the server stops, in seconds.
const SHUTDOWN_S: u64 = 2;
/// How long a readiness check may take.
const CHECK: Duration = Duration::from_secs(3);

/// One thing that must work for the role to be of use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What is checked: a fixed word.
    pub name: &'static str,
    /// Whether it works.
    pub ok: bool,
}

/// What a role tells about itself.
#[async_trait]
pub trait Probe: Send + Sync {
    /// Checks what the role needs.
    async fn checks(&self) -> Vec<Check>;
    /// Figures for `/metrics`.
    fn metrics(&self) -> Vec<Metric>;
}

/// What a role serves.
pub struct Site {
    /// The role's name.
    pub role: &'static str,
    /// What it tells about itself.
    pub probe: Arc<dyn Probe>,
    /// What takes the payment provider's deliveries; without it there is no such route.
    pub webhook: Option<Arc<dyn Webhook>>,
    /// The control API; without it there are no such routes.
    pub api: Option<Arc<Api>>,
    /// The admin panel; without it there are no such routes.
    pub panel: Option<Arc<Rooms>>,
    /// The certificate with which all of it is served; without it there is no TLS.
    pub tls: Option<Tls>,
}

/// Why a server didn't start.
#[derive(Debug, thiserror::Error)]
pub enum NotServed {
    /// Its address can't be had.
    #[error("the address can't be had: {0}")]
    Address(#[from] io::Error),
    /// Its certificate is of no use.
    #[error(transparent)]
    Tls(#[from] Unfit),
}

/// A running server.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    handle: ServerHandle,
    done: tokio::task::JoinHandle<io::Result<()>>,
    // Ends with the server: it only reads.
    renewal: Option<AbortOnDropHandle<()>>,
}

impl Server {
    /// Listens on `address`; port 0 takes a free one.
    ///
    /// # Errors
    /// [`NotServed`].
    pub fn start(address: SocketAddr, site: Site) -> Result<Self, NotServed> {
        let tls = site.tls.map(Tls::prepare).transpose()?;
        let listener = TcpListener::bind(address)?;
        let address = listener.local_addr()?;
        let probe = web::Data::from(site.probe);
        let role = web::Data::new(RoleName(site.role));
        let (webhook, api, rooms) = (site.webhook, site.api, site.panel);
        let server = HttpServer::new(move || {
            let (webhook, api, rooms) = (webhook.clone(), api.clone(), rooms.clone());
            App::new()
                .app_data(probe.clone())
                .app_data(role.clone())
                .configure(|config| {
                    if let Some(webhook) = webhook {
                        webhook::routes(config, webhook);
                    }
                    if let Some(api) = api {
                        api::routes(config, api);
                    }
                    if let Some(rooms) = rooms {
                        panel::routes(config, rooms);
                    }
                })
                .route("/health", web::get().to(health))
                .route("/ready", web::get().to(ready))
                .route("/metrics", web::get().to(metrics_text))
        })
        .workers(1)
        // Who went away is noticed at once, so that a stream ends with its reader.
        .h1_allow_half_closed(false)
        .shutdown_timeout(SHUTDOWN_S)
        .disable_signals();
        let (server, renewal) = match tls {
            Some((config, renewal)) => (server.listen_rustls_0_23(listener, config)?, Some(renewal)),
            None => (server.listen(listener)?, None),
        };
        let server = server.run();
        let renewal = renewal.map(|renewal| AbortOnDropHandle::new(tokio::spawn(renewal.run())));
        Ok(Self { address, handle: server.handle(), done: tokio::spawn(server), renewal })
    }

    /// Stops taking requests, lets those under way end, and waits for it.
    pub async fn stop(self) {
        drop(self.renewal);
        self.handle.stop(true).await;
        if let Ok(Err(error)) = self.done.await {
            tracing::warn!(%error, "the HTTP server ended with an error");
        }
    }
}

struct RoleName(&'static str);

#[derive(Serialize)]
struct Health {
    role: &'static str,
    version: &'static str,
}

/// The process lives; asks nothing else, so that a database outage doesn't get it restarted.
async fn health(role: web::Data<RoleName>) -> HttpResponse {
    HttpResponse::Ok().json(Health { role: role.0, version: env!("CARGO_PKG_VERSION") })
}

#[derive(Serialize)]
struct Ready {
    ready: bool,
    checks: Vec<Check>,
}

async fn ready(probe: web::Data<dyn Probe>) -> HttpResponse {
    let late = vec![Check { name: "in_time", ok: false }];
    let checks = tokio::time::timeout(CHECK, probe.checks()).await.unwrap_or(late);
    let body = Ready { ready: checks.iter().all(|check| check.ok), checks };
    if body.ready { HttpResponse::Ok().json(body) } else { HttpResponse::ServiceUnavailable().json(body) }
}

async fn metrics_text(probe: web::Data<dyn Probe>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(render(&probe.metrics()))
}
