//! Makes the cluster once, and keeps its passwords.

use std::{
    fs::{self, File},
    io::Write as _,
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use super::{
    account,
    binaries::Binaries,
    error::{EmbeddedError, doing},
    place::Home,
};

/// The owner of the private cluster and of everything in it.
pub(super) const OWNER: &str = "shellia_owner";

/// How much of a program's output is shown.
const OUTPUT_LINES: usize = 4;

/// The passwords of the private cluster, kept in a file that only this program's user can read.
#[derive(Clone)]
pub(super) struct Credentials {
    pub(super) owner: String,
    pub(super) app: String,
}

impl Credentials {
    /// Reads the passwords, or makes them when the cluster does not exist yet.
    pub(super) fn read_or_make(home: &Home) -> Result<Self, EmbeddedError> {
        let file = home.file("credentials");
        match fs::read_to_string(&file) {
            Ok(text) => Self::parse(&text).ok_or(EmbeddedError::Credentials { file }),
            Err(_) if home.cluster().exists() => Err(EmbeddedError::Credentials { file }),
            Err(_) => {
                let made = Self { owner: super::random_text(), app: super::random_text() };
                // Written under another name first: a half-written file would lock everybody out.
                let draft = home.file("credentials.new");
                write_private(&draft, &format!("owner {}\napp {}\n", made.owner, made.app))?;
                fs::rename(&draft, &file).map_err(doing(format!("writing {}", file.display())))?;
                Ok(made)
            }
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let find =
            |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(|text| text.trim().to_owned());
        Some(Self { owner: find("owner ")?, app: find("app ")? })
    }
}

/// Writes a file that only its owner can read.
fn write_private(path: &Path, text: &str) -> Result<(), EmbeddedError> {
    let what = || format!("writing {}", path.display());
    // A left-over of a killed start may belong to the server's user.
    fs::remove_file(path).or_else(ignore_missing).map_err(doing(what()))?;
    let mut file = File::options().write(true).create_new(true).mode(0o600).open(path).map_err(doing(what()))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(doing(what()))
}

pub(super) fn ignore_missing(error: std::io::Error) -> std::io::Result<()> {
    if error.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

/// The major version that made the cluster, if there is one.
pub(super) fn version(home: &Home) -> Option<u32> {
    fs::read_to_string(home.cluster().join("PG_VERSION")).ok()?.trim().parse().ok()
}

/// Makes the cluster under another name and renames it when it is whole.
pub(super) async fn make(home: &Home, binaries: &Binaries, credentials: &Credentials) -> Result<(), EmbeddedError> {
    let draft = home.file("cluster.new");
    fs::remove_dir_all(&draft).or_else(ignore_missing).map_err(doing("removing a half-made cluster"))?;
    let password = home.file("owner-password");
    write_private(&password, &credentials.owner)?;
    home.give(&password, 0o600)?;
    // C.UTF-8 knows accents in upper and lower case; not every system has it.
    let mut result = Ok(());
    for letters in ["C.UTF-8", "C"] {
        fs::create_dir_all(&draft).map_err(doing(format!("making {}", draft.display())))?;
        home.give(&draft, 0o700)?;
        result = initdb(home, binaries, &draft, &password, letters).await;
        if result.is_ok() {
            break;
        }
        fs::remove_dir_all(&draft).or_else(ignore_missing).map_err(doing("removing a half-made cluster"))?;
    }
    fs::remove_file(&password).map_err(doing("removing the password file of initdb"))?;
    result?;
    fs::rename(&draft, home.cluster()).map_err(doing("naming the new cluster"))
}

async fn initdb(
    home: &Home,
    binaries: &Binaries,
    draft: &Path,
    password: &Path,
    letters: &str,
) -> Result<(), EmbeddedError> {
    let output = account::command(binaries.directory.join("initdb"), home.account.as_ref(), &home.path)
        .arg("--pgdata")
        .arg(draft)
        .arg("--pwfile")
        .arg(password)
        .args(["--username", OWNER, "--auth", "scram-sha-256", "--encoding", "UTF8", "--data-checksums"])
        .args(["--locale", "C", "--lc-ctype", letters, "--no-instructions"])
        .kill_on_drop(true)
        .output()
        .await
        .map_err(doing("starting initdb"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(EmbeddedError::Program { program: "initdb", output: last_lines(&String::from_utf8_lossy(&output.stderr)) })
}

/// The end of a text, on one line.
pub(super) fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let from = lines.len().saturating_sub(OUTPUT_LINES);
    lines.into_iter().skip(from).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_read_whole_or_not_at_all() {
        let read = Credentials::parse("owner abc\napp def\n").unwrap();
        assert_eq!((read.owner.as_str(), read.app.as_str()), ("abc", "def"));
        assert!(Credentials::parse("owner abc\n").is_none());
        assert!(Credentials::parse("").is_none());
    }
}
