//! Where the cluster lives: in the data directory, or beside it when the server's user cannot get there.
//!
//! A data directory under a closed home (such as /root, mode 0700) cannot be entered by the unprivileged user who
//! runs the server. Then the cluster is made under `/var/lib/shellia/`, and a note in the data directory says where,
//! so that the choice stays the same for good.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::{Path, PathBuf},
};

use super::{
    account::{self, Account},
    error::{EmbeddedError, doing},
};

/// Where clusters go whose data directory is closed to the server's user.
const SHELTER: &str = "/var/lib/shellia";

/// The name of the note that says where a sheltered cluster is.
const NOTE: &str = "postgres.place";

/// The directory that holds the cluster, its passwords and its log, and the user who runs the server.
#[derive(Debug, Clone)]
pub(super) struct Home {
    pub(super) path: PathBuf,
    pub(super) account: Option<Account>,
}

impl Home {
    /// Finds the home of `data_dir`'s cluster, or makes one.
    pub(super) fn find_or_make(data_dir: &Path) -> Result<Self, EmbeddedError> {
        let note = data_dir.join(NOTE);
        let usual = data_dir.join("postgres");
        let sheltered = fs::read_to_string(&note).ok().map(|text| PathBuf::from(text.trim()));
        let is_decided = sheltered.is_some() || usual.join("cluster").exists();
        let path = sheltered.unwrap_or(usual);
        let account = account::choose(&path.join("cluster"))?;
        let closed = account.as_ref().and_then(|account| closed_ancestor(&path, account).map(|dir| (account, dir)));
        let path = match closed {
            None => path,
            Some((account, closed)) if is_decided => {
                return Err(EmbeddedError::Unreachable { closed, user: account.name.clone() });
            }
            Some((account, _)) => shelter(&note, data_dir, account)?,
        };
        // The server's user passes through and reads nothing but its own directory.
        make_directory(&path, if account.is_some() { 0o711 } else { 0o700 })?;
        Ok(Self { path, account })
    }

    pub(super) fn cluster(&self) -> PathBuf {
        self.path.join("cluster")
    }

    pub(super) fn log(&self) -> PathBuf {
        self.path.join("postgres.log")
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Gives a file or a directory to the server's user.
    pub(super) fn give(&self, path: &Path, mode: u32) -> Result<(), EmbeddedError> {
        let what = || format!("giving {} to the server's user", path.display());
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(doing(what()))?;
        match &self.account {
            Some(account) => chown(path, Some(account.uid), Some(account.gid)).map_err(doing(what())),
            None => Ok(()),
        }
    }
}

/// Makes the data directory where it is missing, and gives its full path.
pub(super) fn open_data_dir(data_dir: &Path) -> Result<PathBuf, EmbeddedError> {
    make_directory(data_dir, 0o711)?;
    data_dir.canonicalize().map_err(doing(format!("opening {}", data_dir.display())))
}

/// Makes a place under `SHELTER` and notes it in the data directory.
fn shelter(note: &Path, data_dir: &Path, account: &Account) -> Result<PathBuf, EmbeddedError> {
    let shelter = Path::new(SHELTER);
    make_directory(shelter, 0o711)?;
    if let Some(closed) = closed_ancestor(shelter, account) {
        return Err(EmbeddedError::Unreachable { closed, user: account.name.clone() });
    }
    let path = shelter.join(super::random_text());
    make_directory(&path, 0o711)?;
    // For whoever finds the directory and wonders what it is.
    let belongs_to = format!("{}\n", data_dir.display());
    fs::write(path.join("belongs-to"), belongs_to).map_err(doing(format!("writing into {}", path.display())))?;
    fs::write(note, format!("{}\n", path.display())).map_err(doing(format!("writing {}", note.display())))?;
    tracing::info!(
        data_dir = %data_dir.display(), place = %path.display(), user = account.name,
        "the data directory is closed to PostgreSQL's user, so the private database lives elsewhere"
    );
    Ok(path)
}

/// Makes `path` with its parents; only the last directory gets `mode`, and only when it is new.
fn make_directory(path: &Path, mode: u32) -> Result<(), EmbeddedError> {
    if path.is_dir() {
        return Ok(());
    }
    let what = || format!("making the directory {}", path.display());
    fs::create_dir_all(path).map_err(doing(what()))?;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(doing(what()))
}

/// The first directory on the way to `path` that `account` cannot enter. Missing ones are not made yet.
fn closed_ancestor(path: &Path, account: &Account) -> Option<PathBuf> {
    path.ancestors().filter(|directory| !may_enter(directory, account)).last().map(Path::to_owned)
}

fn may_enter(directory: &Path, account: &Account) -> bool {
    let Ok(data) = fs::metadata(directory) else {
        return true;
    };
    let bit = if data.uid() == account.uid {
        0o100
    } else if data.gid() == account.gid {
        0o010
    } else {
        0o001
    };
    data.mode() & bit != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_directory_on_the_way_is_found() {
        let top = tempfile::tempdir().unwrap();
        let open = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        let inner = top.path().join("a/b");
        fs::create_dir_all(&inner).unwrap();
        let stranger = Account { name: "x".into(), uid: 4_000_000, gid: 4_000_000 };
        open(top.path(), 0o711);
        assert_eq!(closed_ancestor(&inner, &stranger), None);
        open(&top.path().join("a"), 0o700);
        assert_eq!(closed_ancestor(&inner, &stranger), Some(top.path().join("a")));
        let data = fs::metadata(&inner).unwrap();
        let owner = Account { uid: data.uid(), ..stranger };
        assert_eq!(closed_ancestor(&inner, &owner), None);
    }
}
