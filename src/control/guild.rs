//! What Maxis tells an operator of his guild: its language and its clock. That it tells says that he is one.

use super::peer::get;
use super::{Asker, Failed, Peer};
use crate::kernel::Locale;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A guild's settings, as far as Shellia needs them to speak there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GuildSettings {
    /// The language of what is posted there: `fr` or `en`.
    #[schema(value_type = String)]
    pub locale: Locale,
    /// The name of its time zone.
    pub time_zone: String,
}

/// Asks for a guild's settings.
///
/// # Errors
/// As [`Peer::send`].
pub async fn guild(peer: &dyn Peer, asker: Asker) -> Result<GuildSettings, Failed> {
    get(peer, asker, "/guild", &[]).await
}
