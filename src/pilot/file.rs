//! The file: written in one step, so that a reader sees the old or the new; one that is none of ours is set aside, never written over.

use super::state::{OF, State, VERSION};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tokio::sync::Mutex;

/// Its name.
const NAME: &str = "shellia-pilot.json";
/// Largest file that is read, in bytes: far more than any of ours.
const LARGEST: u64 = 16 << 20;

/// A file, and whose turn it is to write it.
pub(super) struct File {
    path: PathBuf,
    // Held while it is written, so that a later state can't be overtaken by an earlier one.
    turn: Mutex<()>,
}

impl File {
    /// Opens the file in a directory, with what stands in it.
    ///
    /// # Errors
    /// It is there and can't be read, or can't be set aside.
    pub(super) fn open(directory: &Path) -> io::Result<(Self, State)> {
        let path = directory.join(NAME);
        let state = match fs::metadata(&path) {
            Ok(found) if found.len() > LARGEST => set_aside(&path, "it is too large")?,
            Ok(_) => match read(&fs::read(&path)?) {
                Ok(state) => state,
                Err(why) => set_aside(&path, &why)?,
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => State::default(),
            Err(error) => return Err(error),
        };
        Ok((Self { path, turn: Mutex::new(()) }, state))
    }

    /// Writes the state as it is when its turn comes.
    ///
    /// # Errors
    /// The file stays as it was.
    pub(super) async fn save(&self, text: impl Fn() -> serde_json::Result<Vec<u8>>) -> io::Result<()> {
        let _turn = self.turn.lock().await;
        let (text, path) = (text()?, self.path.clone());
        tokio::task::spawn_blocking(move || write(&path, &text)).await.map_err(io::Error::other)?
    }
}

fn read(text: &[u8]) -> Result<State, String> {
    let state: State = serde_json::from_slice(text).map_err(|error| error.to_string())?;
    match (state.of.as_str(), state.version) {
        (OF, VERSION) => Ok(state),
        (OF, version) => Err(format!("it is of version {version}, and this program writes {VERSION}")),
        _ => Err("it is another program's".to_owned()),
    }
}

/// What can't be used is kept under another name, for a person to look at.
fn set_aside(path: &Path, why: &str) -> io::Result<State> {
    let aside = (0..u32::MAX).map(|n| path.with_extension(format!("json.aside{n}"))).find(|aside| !aside.exists());
    let aside = aside.ok_or_else(|| io::Error::other("no name is free"))?;
    fs::rename(path, &aside)?;
    tracing::error!(
        file = %path.display(), aside = %aside.display(), why,
        "what Shellia keeps can't be used and was set aside; what channels follow must be typed again"
    );
    Ok(State::default())
}

fn write(path: &Path, text: &[u8]) -> io::Result<()> {
    let directory = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(directory)?;
    let beside = path.with_extension("new");
    let mut file = fs::File::create(&beside)?;
    file.write_all(text)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    // So that the new name outlives a loss of power, where the system can do that.
    fs::File::open(directory)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_written_is_found_again_and_what_is_broken_or_foreign_is_set_aside() {
        let dir = tempfile::tempdir().unwrap();
        let below = dir.path().join("data");
        let (file, mut state) = File::open(&below).unwrap();
        assert_eq!(state, State::default());
        state.maxis.entry("eu".to_owned()).or_default().after = Some("7-1".to_owned());
        file.save(|| serde_json::to_vec(&state)).await.unwrap();
        assert_eq!(File::open(&below).unwrap().1, state);
        let path = below.join(NAME);
        let whole = fs::read(&path).unwrap();
        let (torn, _) = whole.split_at(whole.len() / 2);
        let newer = String::from_utf8(whole.clone()).unwrap().replace("\"version\":1", "\"version\":2");
        let foreign = String::from_utf8(whole.clone()).unwrap().replace(OF, "somebody");
        for (n, text) in [torn, b"", newer.as_bytes(), foreign.as_bytes()].into_iter().enumerate() {
            fs::write(&path, text).unwrap();
            assert_eq!(File::open(&below).unwrap().1, State::default());
            assert!(!path.exists());
            assert_eq!(fs::read(below.join(format!("shellia-pilot.json.aside{n}"))).unwrap(), text, "nothing is lost");
        }
        file.save(|| serde_json::to_vec(&state)).await.unwrap();
        assert_eq!(File::open(&below).unwrap().1, state);
    }
}
