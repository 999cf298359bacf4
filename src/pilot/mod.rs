//! What Shellia keeps of each Maxis that she pilots: how far its events were posted, who follows which, how it was lately, and which
//! of her orders are not settled yet.
//!
//! It is a small file in her data directory, since she has no database; what it holds may be lost without harm to any shop. It asks
//! nothing and posts nothing: that is `jobs::pilot`'s.

mod cards;
mod file;
mod heard;
mod orders;
mod standing;
mod state;
mod topic;
mod weekly;

pub use cards::PlanCard;
pub use heard::Heard;
pub use orders::{Halt, Teller, Unsettled, pause};
pub use standing::{Change, Level, Reading, Standing, Uptime, Watched, Why};
pub use state::{Alert, Ended, FOLLOWS_MAX, Follow, Kept, Posted};
pub use topic::Topic;
pub use weekly::{Due, Weekly};

use crate::control::Peer;
use crate::kernel::{GuildId, WeekTime};
use file::File;
use state::State;
use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
use tokio_util::sync::CancellationToken;

/// A Maxis by its name.
#[derive(Clone)]
pub struct Piloted {
    /// Its name.
    pub name: String,
    /// The way to it.
    pub peer: Arc<dyn Peer>,
}

/// Every Maxis that is piloted, and what is kept of each.
#[derive(Default)]
pub struct Pilot {
    peers: Vec<Piloted>,
    // Never held over an await.
    state: Mutex<State>,
    // As above. The leave to send, by Maxis and guild.
    leaves: Mutex<HashMap<(String, GuildId), CancellationToken>>,
    file: Option<File>,
    /// Whether something was answered since the file was written.
    unsaved: AtomicBool,
    report_at: WeekTime,
}

impl Pilot {
    /// Pilots these, the first where none is named; what is kept stands in `directory`.
    ///
    /// # Errors
    /// The file is there and can't be read, or can't be set aside where it is none of ours.
    pub fn open(peers: Vec<Piloted>, directory: &Path) -> io::Result<Self> {
        let (file, state) = File::open(directory)?;
        let state = Mutex::new(state);
        Ok(Self {
            peers,
            state,
            leaves: Mutex::default(),
            file: Some(file),
            unsaved: AtomicBool::default(),
            report_at: WeekTime::default(),
        })
    }

    /// The same, with the recap of the week posted then.
    #[must_use]
    pub fn reporting(self, at: WeekTime) -> Self {
        Self { report_at: at, ..self }
    }

    /// When the recap of the week is posted.
    pub const fn report_at(&self) -> WeekTime {
        self.report_at
    }

    /// Each of them.
    pub fn peers(&self) -> &[Piloted] {
        &self.peers
    }

    /// The one of that name, in any letters; without a name the first.
    pub fn named(&self, name: Option<&str>) -> Option<&Piloted> {
        match name {
            Some(name) => self.peers.iter().find(|one| one.name.eq_ignore_ascii_case(name)),
            None => self.peers.first(),
        }
    }

    /// What is kept of one.
    pub fn kept(&self, name: &str) -> Kept {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.maxis.get(name).cloned().unwrap_or_default()
    }

    /// Changes what is kept of one, in memory.
    pub fn change<T>(&self, name: &str, change: impl FnOnce(&mut Kept) -> T) -> T {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        change(state.maxis.entry(name.to_owned()).or_default())
    }

    /// Writes down what is kept. Where that fails it goes on in memory, and the log says so.
    pub async fn save(&self) {
        let Some(file) = &self.file else { return };
        let text = || {
            let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            serde_json::to_vec(&*state)
        };
        if let Err(error) = file.save(text).await {
            tracing::error!(%error, "what Shellia keeps could not be written; after a restart she may post events again, and knows no stop of hers");
        }
    }
}
