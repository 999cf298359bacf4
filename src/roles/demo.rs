//! `shellia demo`: both bots against a local Discord, with a private database and a small lively guild.
//!
//! The people of the guild speak over the same sockets as a visitor of the chat page; nothing is written past the bots.

use super::commerce::Commerce;
use super::controller::Controller;
use super::{DemoOptions, Failed, Running};
use crate::config::{Settings, Sources};
use crate::kernel::Clock;
use crate::sandbox::{self, Person, Sandbox, World};
use serde::Serialize;
use serde_json::json;
use std::path::PathBuf;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// The guild of `World::demo`.
const GUILD: &str = "La Boutique de Léa";
/// The secret with which the local Stripe signs; it is worth nothing elsewhere.
const WEBHOOK_SECRET: &str = "whsec_sandbox";
/// How often to look whether a bot's commands are known.
const LOOK: Duration = Duration::from_millis(20);
/// How long the bots may take to come online.
const ONLINE: Duration = Duration::from_secs(20);
/// How long the local Discord may take to end; the bots, which end before it, have theirs.
const SANDBOX_END: Duration = Duration::from_millis(300);
/// How long one step of the opening scene may take.
const STEP: Duration = Duration::from_secs(5);

/// Where everything is, as `--json` prints it.
#[derive(Serialize)]
struct Addresses {
    chat: String,
    admin: String,
    api: String,
    discord_api: String,
    discord_gateway: String,
    database_url: String,
}

/// Runs the demo until `stop`.
pub(super) async fn run(options: DemoOptions, stop: CancellationToken) -> Result<(), Failed> {
    let place = Place::of(options.data_dir)?;
    let mut world = sandbox::Options::new(World::demo());
    world.port = options.port.unwrap_or(0);
    let sandbox = Sandbox::start(world).await.map_err(|error| {
        let port = options.port.map_or_else(String::new, |port| format!(" (is port {port} taken?)"));
        Failed::new(format!("the local Discord could not start{port}: {error}"))
    })?;
    if !options.json {
        tokio::spawn(tell_the_end(stop.clone()));
    }
    let outcome = with_sandbox(&sandbox, &place, options.json, stop).await;
    let cleared = tokio::task::spawn_blocking(move || place.clear());
    if tokio::time::timeout(SANDBOX_END, sandbox.stop()).await.is_err() {
        tracing::warn!("the local Discord did not stop in time; it ends with the program");
    }
    // It fails only by a fault of ours, and then the directory stays.
    cleared.await.unwrap_or_default();
    outcome
}

/// Says at once that the demo is being stopped: the end takes some seconds on a busy machine.
async fn tell_the_end(stop: CancellationToken) {
    stop.cancelled().await;
    println!("\nArrêt… / Stopping…");
}

async fn with_sandbox(sandbox: &Sandbox, place: &Place, json: bool, stop: CancellationToken) -> Result<(), Failed> {
    let settings = super::together(settings(sandbox, place)?);
    let commerce = Commerce::start(&settings, Clock::new(), &stop).await?;
    let settings = super::beside(settings, commerce.address());
    let controller = match Controller::start(&settings, Clock::new(), &stop).await {
        Ok(controller) => controller,
        Err(failed) => {
            commerce.stop().await;
            return Err(failed);
        }
    };
    let base = format!("http://{}", commerce.address());
    sandbox.stripe().webhook(&format!("{base}/webhooks/stripe"), WEBHOOK_SECRET);
    let addresses = Addresses {
        chat: sandbox.chat_url(),
        admin: format!("{base}/admin-panel/tickets.html"),
        api: format!("{base}/api"),
        discord_api: format!("{}/api/v10", sandbox.url()),
        discord_gateway: sandbox.gateway_url(),
        database_url: commerce.database_url().to_owned(),
    };
    let shellia = format!("http://{}", controller.address());
    if !place.fresh
        && let Err(error) = commerce.post_cards_again().await
    {
        tracing::warn!(%error, "the tickets' cards are not posted again");
    }
    let mut running = (commerce, controller);
    let ready = tokio::select! {
        ready = open_the_scene(sandbox, place.fresh) => ready,
        failed = running.broken() => Err(failed),
        () = stop.cancelled() => Ok(()),
    };
    if let Err(failed) = ready {
        running.stop().await;
        return Err(failed);
    }
    if !stop.is_cancelled() {
        tell(&addresses, &shellia, json)?;
    }
    super::hold(running, stop).await
}

fn tell(addresses: &Addresses, shellia: &str, json: bool) -> Result<(), Failed> {
    if json {
        let line = serde_json::to_string(addresses).map_err(Failed::from_error("writing the addresses"))?;
        println!("{line}");
        return Ok(());
    }
    println!("La démo est prête. / The demo is ready.\n");
    println!("  Chat       {}", addresses.chat);
    println!("  Panneau    {}/admin-panel/", addresses.api.trim_end_matches("/api"));
    println!("  Maxis      {}/health", addresses.api.trim_end_matches("/api"));
    println!("  Shellia    {shellia}/health");
    println!("  Discord    {} · {}", addresses.discord_api, addresses.discord_gateway);
    println!("  PostgreSQL {}", without_password(&addresses.database_url));
    println!("\nCtrl-C arrête tout. / Ctrl-C stops everything.");
    Ok(())
}

/// A database's address as it may stand on a screen; programs get all of it from `--json`.
fn without_password(url: &str) -> String {
    let shown = url::Url::parse(url).ok().and_then(|mut url| url.set_password(None).ok().map(|()| url.to_string()));
    shown.unwrap_or_default()
}

/// Where the demo keeps its data.
struct Place {
    directory: PathBuf,
    /// Whether it goes with the demo.
    passing: bool,
    /// Whether nothing was there before.
    fresh: bool,
}

impl Place {
    fn of(chosen: Option<PathBuf>) -> Result<Self, Failed> {
        let passing = chosen.is_none();
        let directory =
            chosen.unwrap_or_else(|| std::env::temp_dir().join(format!("shellia-demo-{}", std::process::id())));
        let fresh = !directory.exists();
        std::fs::create_dir_all(&directory)
            .map_err(|error| Failed::new(format!("{} can't be made: {error}", directory.display())))?;
        Ok(Self { directory, passing, fresh })
    }

    fn clear(&self) {
        if self.passing
            && let Err(error) = std::fs::remove_dir_all(&self.directory)
        {
            tracing::warn!(%error, "the demo's data could not be removed");
        }
    }
}

fn settings(sandbox: &Sandbox, place: &Place) -> Result<Settings, Failed> {
    let missing = |what: &str| Failed::new(format!("the demo's guild has no {what}"));
    let guild = sandbox.guild_id(GUILD).ok_or_else(|| missing("guild"))?;
    let channel = |name: &str| sandbox.channel_id(guild, name).ok_or_else(|| missing(name));
    let role = |name: &str| sandbox.role_id(guild, name).ok_or_else(|| missing(name));
    let values = [
        ("DISCORD_API_URL", sandbox.url()),
        ("DISCORD_GATEWAY_URL", sandbox.gateway_url()),
        ("MAXIS_DISCORD_TOKEN", "sandbox-maxis".to_owned()),
        ("SHELLIA_DISCORD_TOKEN", "sandbox-shellia".to_owned()),
        ("MAXIS_LISTEN", "127.0.0.1:0".to_owned()),
        ("MAXIS_PANEL_URL", "http://127.0.0.1:0".to_owned()),
        ("DISCORD_CLIENT_SECRET", "sandbox-maxis-secret".to_owned()),
        ("SHELLIA_LISTEN", "127.0.0.1:0".to_owned()),
        ("SHOP_RETURN_URL", sandbox.chat_url()),
        ("STRIPE_API_URL", sandbox.stripe().url()),
        ("DRAND_RELAYS", sandbox.drand_url()),
        ("DRAND_SANDBOX_KEY", sandbox.drand_key()),
        ("STRIPE_SECRET_KEY", "sk_test_sandbox".to_owned()),
        ("STRIPE_WEBHOOK_SECRET", WEBHOOK_SECRET.to_owned()),
        ("SHELLIA_DATA_DIR", place.directory.display().to_string()),
        ("TICKETS_CHANNEL_ID", channel("support")?.to_string()),
        ("TICKETS_STAFF_CHANNEL_ID", channel("staff")?.to_string()),
        ("SUPPORT_ROLE_ID", role("Support")?.to_string()),
        ("OPERATOR_ROLE_ID", role("Admin")?.to_string()),
    ];
    // Where the server programs are is the machine's matter, also in the demo.
    let machine = std::env::var("SHELLIA_PG_BIN").ok().map(|at| ("SHELLIA_PG_BIN".to_owned(), at));
    let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).chain(machine);
    Settings::load(&Sources::from_environment(values)).map_err(|problems| {
        let list: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Failed::new(list.join("\n"))
    })
}

/// Waits for both bots, then posts the panel and, in a fresh demo, plays a first conversation. The local Discord keeps nothing
/// between two starts, so the panel is gone each time.
async fn open_the_scene(sandbox: &Sandbox, fresh: bool) -> Result<(), Failed> {
    for name in ["Maxis", "Shellia"] {
        let app = sandbox.app_id(name).ok_or_else(|| Failed::new(format!("the local Discord has no {name}")))?;
        if !sandbox.wait_connected(app, ONLINE).await {
            return Err(Failed::new(format!("{name} did not come online")));
        }
        // A bot hears before all its commands are known.
        let known = async {
            while sandbox.commands(app, None).is_empty() {
                tokio::time::sleep(LOOK).await;
            }
        };
        if tokio::time::timeout(ONLINE, known).await.is_err() {
            return Err(Failed::new(format!("{name} did not make its commands known")));
        }
    }
    let scene = Scene::of(sandbox).ok_or_else(|| Failed::new("the demo's people are not there"))?;
    let playing = async {
        scene.slash(&scene.lea, scene.support, "ticket_panel", json!({})).await?;
        if fresh { scene.play().await } else { Ok(()) }
    };
    playing.await.map_err(|error| Failed::new(format!("the first conversation failed: {error}")))
}

/// The people and places of the first conversation.
struct Scene {
    maxis: u64,
    support: u64,
    staff: u64,
    /// The role that plans give.
    premium: u64,
    lea: Person,
    marie: Person,
    jean: Person,
    sam: Person,
}

impl Scene {
    fn of(sandbox: &Sandbox) -> Option<Self> {
        let guild = sandbox.guild_id(GUILD)?;
        Some(Self {
            maxis: sandbox.app_id("Maxis")?,
            support: sandbox.channel_id(guild, "support")?,
            staff: sandbox.channel_id(guild, "staff")?,
            premium: sandbox.role_id(guild, "Premium")?,
            lea: sandbox.person_named("lea")?,
            marie: sandbox.person_named("marie")?,
            jean: sandbox.person_named("jean")?,
            sam: sandbox.person_named("sam")?,
        })
    }

    /// Fills the shop: the plans give a role, and there are goods of three kinds.
    async fn stock(&self) -> Result<(), sandbox::Refused> {
        let premium = self.premium.to_string();
        for plan in ["basic", "pro", "ultra"] {
            self.slash(&self.lea, self.staff, "plan_edit", json!({ "plan": plan, "role": premium })).await?;
        }
        let guide = json!({
            "name": "Guide du vendeur", "kind": "text", "price": "4,90", "product_category": "Guides",
            "about": "Dix pages pour bien présenter ce que vous vendez.",
        });
        self.slash(&self.lea, self.staff, "product_add", guide).await?;
        let content = json!({ "product": "guide-du-vendeur", "content": "📘 Page 1 : une bonne photo vaut mieux qu’un long texte." });
        self.slash(&self.lea, self.staff, "product_content", content).await?;
        let role = json!({
            "name": "Premium 30 jours", "kind": "role", "price": "3,50", "product_category": "Accès", "role": premium,
            "days": 30, "about": "Les salons réservés, sans abonnement.",
        });
        self.slash(&self.lea, self.staff, "product_add", role).await?;
        let key = json!({
            "name": "Clé du jeu", "kind": "key", "price": "14,90", "product_category": "Jeux",
            "about": "Une clé à usage unique, remise tout de suite.",
        });
        self.slash(&self.lea, self.staff, "product_add", key).await?;
        let keys = json!({ "product": "cle-du-jeu", "keys": "DEMO-1111-AAAA\nDEMO-2222-BBBB\nDEMO-3333-CCCC" });
        self.slash(&self.lea, self.staff, "product_keys", keys).await
    }

    async fn play(&self) -> Result<(), sandbox::Refused> {
        self.stock().await?;
        let lost = json!({
            "subject": "Paiement refusé",
            "description": "Bonjour, ma carte est refusée au moment de payer le plan Pro. Que faire ?",
            "category": "billing", "priority": "high",
        });
        self.slash(&self.marie, self.support, "ticket_create", lost).await?;
        let idea = json!({
            "subject": "Un thème sombre ?",
            "description": "Ce serait agréable le soir 🌙",
            "category": "feature_request", "priority": "low",
        });
        self.slash(&self.jean, self.support, "ticket_create", idea).await?;
        self.slash(&self.sam, self.staff, "ticket_claim", json!({ "id": 1 })).await?;
        let answer = json!({
            "id": 1,
            "message": "Bonjour Marie ! Votre banque demande une validation : réessayez et confirmez dans son application.",
        });
        self.slash(&self.sam, self.staff, "ticket_reply", answer).await
    }

    async fn slash(
        &self,
        person: &Person,
        channel: u64,
        name: &str,
        options: serde_json::Value,
    ) -> Result<(), sandbox::Refused> {
        let interaction = person.slash(channel, self.maxis, name, options).await?;
        person.wait_answer_for(interaction, STEP).await;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn the_screen_shows_where_the_database_is_and_not_its_password() {
        let shown = without_password("postgres://maxis_login:s3cr%40t@127.0.0.1:5433/shellia");
        assert_eq!(shown, "postgres://maxis_login@127.0.0.1:5433/shellia");
        let socket = without_password("postgres://app:s3cret@%2Ftmp%2Fdata/shellia?port=5433");
        assert!(!socket.contains("s3cret") && socket.contains("shellia"), "{socket}");
        assert_eq!(without_password("no address: s3cret"), "");
    }
}
