//! What a sentence wants done. Shellia carries out nothing of it by sentence yet: she says so, and by which command it is done.

use crate::app::Bot;
use crate::commands::dispatch::Cx;
use crate::commands::{errors, find};
use crate::domain::decisions::{Intent, Understood};
use crate::kernel::Result;
use crate::kernel::reply::Reply;
use crate::kernel::words::Speech;

/// The command of Maxis that does what is wanted.
const fn command(intent: Intent) -> Option<&'static str> {
    match intent {
        Intent::PromoCreate => Some("promo_create"),
        Intent::PromoStop => Some("promo_stop"),
        Intent::GiveawayCreate => Some("giveaway_create"),
        Intent::GiveawayEnd => Some("giveaway_end"),
        Intent::GiveawayReroll => Some("giveaway_reroll"),
        Intent::ConfigSet => Some("setup"),
        Intent::Status
        | Intent::Analytics
        | Intent::Report
        | Intent::PromoList
        | Intent::GiveawayList
        | Intent::ConfigGet
        | Intent::StopAll
        | Intent::Resume
        | Intent::Pending
        | Intent::Approve
        | Intent::Reject
        | Intent::Audit
        | Intent::Help
        | Intent::None => None,
    }
}

/// Answers a sentence that wants something done.
///
/// # Errors
/// None yet.
pub(super) async fn wanted(_: &mut Cx<'_>, say: &Speech<'_>, understood: &Understood) -> Result<Reply> {
    let spec = command(understood.intent).and_then(|name| find(Bot::Maxis, name));
    Ok(Reply::public(match spec {
        Some(spec) => say.with("said-not-yet", &[("command", (&errors::name(say, spec)).into())]),
        None => say.t("said-not-yet-at-all"),
    }))
}
