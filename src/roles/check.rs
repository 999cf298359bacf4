//! The subcommand `check`: settings, certificates, database login, Stripe's key, Discord token and permissions; every problem at once.

use crate::config::{Draft, Problem, Role, Secret, Settings};
use crate::db;
use crate::discord;

/// Finds everything that would keep a role from working, and asks the database and Discord as far as the settings can be
/// read; empty when all is well.
pub async fn check(role: Role, draft: Draft) -> Vec<Problem> {
    // Without its own address, the wrong Discord would be asked.
    let knows_discord = !["DISCORD_API_URL", "DISCORD_GATEWAY_URL"].iter().any(|name| draft.is_unread(name));
    let Draft { settings, mut problems, .. } = draft;
    let Some(settings) = settings else { return problems };
    if role.has_commerce() {
        problems.extend(super::catalogue::read(&settings).err().unwrap_or_default());
        problems.extend(check_database(&settings).await);
        problems.extend(super::certificate::check(&settings));
        problems.extend(super::check_payments(&settings).await);
    }
    if role.has_controller() {
        problems.extend(super::check_certificate(&settings));
    }
    if role.has_commerce() && knows_discord {
        let token = settings.maxis.discord_token.as_ref();
        problems.extend(check_bot(&settings, token, "MAXIS_DISCORD_TOKEN").await);
    }
    if role.has_controller() && knows_discord {
        let token = settings.shellia.discord_token.as_ref();
        problems.extend(check_bot(&settings, token, "SHELLIA_DISCORD_TOKEN").await);
    }
    problems
}

async fn check_database(settings: &Settings) -> Vec<Problem> {
    // The private database is made by the program itself: there is no login to judge. An address that can't be read is told
    // of already.
    let Some(url) = &settings.database.url else { return Vec::new() };
    match db::check_login(url.expose()).await {
        Ok(None) => Vec::new(),
        Ok(Some(unfit)) => vec![Problem::new("DATABASE_URL", unfit.to_string(), unfit.problem.remedy())],
        Err(error) => vec![Problem::new(
            "DATABASE_URL",
            error.to_string(),
            "Check host, port, name and password, and that the server takes connections from this machine",
        )],
    }
}

async fn check_bot(settings: &Settings, token: Option<&Secret>, name: &'static str) -> Vec<Problem> {
    // A missing token is found by `validate`.
    let Some(token) = token else { return Vec::new() };
    discord::check::check(discord::Options::of(settings, token.clone()), name).await.problems
}
