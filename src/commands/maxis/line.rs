//! The way of an order: which Maxis, on whose behalf, and where it is told what became of it.

use super::asker;
use crate::commands::dispatch::Cx;
use crate::control::{Asker, Peer};
use crate::pilot::Teller;
use std::sync::Arc;

/// The name of a Maxis that has none.
const ONLY: &str = "maxis";

/// The way of an order.
pub(super) struct Line {
    /// The name of its Maxis, under which is kept what isn't settled.
    pub(super) name: String,
    /// The same where somebody named it.
    pub(super) at: Option<String>,
    /// The way to it.
    pub(super) peer: Arc<dyn Peer>,
    /// Who asks.
    pub(super) asker: Asker,
}

impl Line {
    /// The way to the Maxis that a call names.
    pub(super) fn of(cx: &Cx<'_>, at: Option<&str>) -> Self {
        let name = cx.app.pilot.named(at).map_or(ONLY, |one| one.name.as_str()).to_owned();
        Self { name, at: at.map(str::to_owned), peer: cx.peer.clone(), asker: asker(cx) }
    }

    /// The ways to each Maxis, where none is named: what stops everything stops it everywhere.
    pub(super) fn each(cx: &Cx<'_>, at: Option<&str>) -> Vec<Self> {
        let peers = cx.app.pilot.peers();
        if at.is_some() || peers.len() < 2 {
            return vec![Self::of(cx, at)];
        }
        let of = |one: &crate::pilot::Piloted| Self {
            name: one.name.clone(),
            at: Some(one.name.clone()),
            peer: one.peer.clone(),
            asker: asker(cx),
        };
        peers.iter().map(of).collect()
    }

    /// Who is told, and where.
    pub(super) fn teller(&self, cx: &Cx<'_>) -> Teller {
        Teller { guild: cx.guild.id, user: cx.user, channel: cx.channel, locale: cx.say.locale }
    }
}
