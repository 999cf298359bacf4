//! A shard's session on disk, so that a restarted program resumes it and hears what it missed.

use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};
use twilight_gateway::{Intents, ShardId};

/// What is kept of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// Discord's name of the session.
    pub(super) session: String,
    /// Where it asked to be dialled for a resume.
    pub(super) resume_url: Option<String>,
    /// The number up to which every event has been handled.
    pub(super) sequence: u64,
    /// The intents it was begun with: a session can't change them.
    pub(super) intents: u64,
    /// What was heard of typed messages; missing from files of an older program.
    #[serde(default)]
    pub(super) typed: Option<Typed>,
}

/// What is kept of the typed messages that were heard.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Typed {
    /// The id up to which every message has been handled.
    pub(super) handled: u64,
    /// Ids of commands that were handled last, some of them behind that.
    pub(super) ended: Vec<u64>,
}

impl Kept {
    /// Whether the session can be resumed with these intents.
    pub(super) const fn fits(&self, intents: Intents) -> bool {
        self.intents == intents.bits()
    }
}

/// The file of one bot's shard.
#[derive(Debug, Clone)]
pub(super) struct File {
    path: PathBuf,
}

impl File {
    /// The file of a shard of the bot with this user id, in `directory`.
    pub(super) fn of(directory: &Path, bot: u64, shard: ShardId) -> Self {
        let name = format!("session-{bot}-{}-of-{}.json", shard.number(), shard.total());
        Self { path: directory.join(name) }
    }

    /// What was kept. A file that can't be read counts as none: then a new session begins.
    pub(super) fn load(&self) -> Option<Kept> {
        let text = std::fs::read(&self.path).ok()?;
        match serde_json::from_slice(&text) {
            Ok(kept) => Some(kept),
            Err(error) => {
                tracing::warn!(%error, "the kept gateway session can't be read; a new one begins");
                None
            }
        }
    }

    /// Writes what is kept in one step: a reader sees the old or the new.
    pub(super) async fn save(&self, kept: &Kept) -> io::Result<()> {
        let text = serde_json::to_vec(kept)?;
        if let Some(directory) = self.path.parent() {
            tokio::fs::create_dir_all(directory).await?;
        }
        let beside = self.path.with_extension("new");
        tokio::fs::write(&beside, text).await?;
        tokio::fs::rename(&beside, &self.path).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_kept_is_found_again_and_its_session_fits_only_the_same_intents() {
        let dir = tempfile::tempdir().unwrap();
        let file = File::of(&dir.path().join("discord"), 42, ShardId::ONE);
        let intents = Intents::GUILDS;
        assert_eq!(file.load(), None);
        let typed = Some(Typed { handled: 8, ended: vec![8] });
        let kept = Kept { session: "abc".into(), resume_url: None, sequence: 7, intents: intents.bits(), typed };
        file.save(&kept).await.unwrap();
        assert_eq!(file.load(), Some(kept.clone()));
        assert!(kept.fits(intents) && !kept.fits(intents | Intents::MESSAGE_CONTENT));
    }

    #[test]
    fn the_file_of_an_older_program_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let file = File::of(dir.path(), 42, ShardId::ONE);
        std::fs::write(&file.path, r#"{"session":"abc","resume_url":null,"sequence":7,"intents":1}"#).unwrap();
        assert_eq!(file.load().map(|kept| (kept.sequence, kept.typed)), Some((7, None)));
    }

    #[test]
    fn a_damaged_file_counts_as_none() {
        let dir = tempfile::tempdir().unwrap();
        let file = File::of(dir.path(), 42, ShardId::ONE);
        std::fs::write(&file.path, "{\"session\":").unwrap();
        assert_eq!(file.load(), None);
    }
}
