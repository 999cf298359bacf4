//! Finds PostgreSQL's server programs on this machine.
//!
//! Order: the directory that was named; Debian's layout, newest first; PATH; `pg_config --bindir`. An existing
//! cluster can only be opened by the major version that made it.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use super::error::EmbeddedError;

/// Older servers lack what the migrations use.
pub(super) const OLDEST: u32 = 14;

const DEBIAN: &str = "/usr/lib/postgresql";

/// Server programs of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Binaries {
    pub(super) directory: PathBuf,
    pub(super) major: u32,
}

/// Where to look.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Directories whose subdirectories are named by version and hold `bin`.
    versioned: Vec<PathBuf>,
    /// Directories that may hold the programs.
    plain: Vec<PathBuf>,
}

impl Places {
    /// The places of this machine; `downloads` holds what an earlier start downloaded.
    pub(super) fn of_this_machine(downloads: &Path) -> Self {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let mut plain: Vec<PathBuf> = std::env::split_paths(&path).collect();
        if let Ok(output) = Command::new("pg_config").arg("--bindir").output() {
            plain.push(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
        }
        Self { versioned: vec![DEBIAN.into(), downloads.to_owned()], plain }
    }

    /// The first server that fits: `wanted`, or any that is new enough.
    pub(super) fn find(&self, wanted: Option<u32>) -> Option<Binaries> {
        let versioned = self.versioned.iter().flat_map(|directory| newest_first(directory));
        versioned.chain(self.plain.iter().cloned()).find_map(|directory| {
            let major = major_version(&directory)?;
            let fits = wanted.map_or(major >= OLDEST, |wanted| wanted == major);
            fits.then_some(Binaries { directory, major })
        })
    }

    /// For the error message.
    pub(super) fn describe(&self) -> String {
        let versioned = self.versioned.iter().map(|directory| format!("{}/*/bin", directory.display()));
        versioned.chain(["PATH".into(), "pg_config".into()]).collect::<Vec<_>>().join(", ")
    }
}

/// The programs in a directory that a person named; nothing else will do.
pub(super) fn named(directory: &Path, wanted: Option<u32>) -> Result<Binaries, EmbeddedError> {
    let unusable = |why: String| EmbeddedError::UnusableDirectory { directory: directory.to_owned(), why };
    let major = major_version(directory)
        .ok_or_else(|| unusable("does not hold the programs `postgres` and `initdb`".into()))?;
    if major < OLDEST {
        return Err(unusable(format!("holds PostgreSQL {major}; {OLDEST} or newer is needed")));
    }
    match wanted {
        Some(wanted) if wanted != major => {
            Err(unusable(format!("holds PostgreSQL {major}; the data was made by PostgreSQL {wanted}")))
        }
        _ => Ok(Binaries { directory: directory.to_owned(), major }),
    }
}

fn newest_first(root: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root).into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort_by(|a, b| b.cmp(a));
    versions.into_iter().map(|(_, directory)| directory).collect()
}

/// The major version of the server in `directory`, if there is one that runs.
fn major_version(directory: &Path) -> Option<u32> {
    let server = directory.join("postgres");
    if !server.is_file() || !directory.join("initdb").is_file() {
        return None;
    }
    let output = Command::new(server).arg("--version").output().ok()?;
    parse_version(&String::from_utf8_lossy(&output.stdout))
}

/// Reads `postgres (PostgreSQL) 15.14 (Debian …)`.
fn parse_version(text: &str) -> Option<u32> {
    let version = text.split_once("(PostgreSQL) ")?.1;
    let digits = version.split(|letter: char| !letter.is_ascii_digit()).next()?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, os::unix::fs::PermissionsExt};

    fn fake(root: &Path, version: &str) -> PathBuf {
        let bin = root.join(version).join("bin");
        fs::create_dir_all(&bin).unwrap();
        for name in ["postgres", "initdb"] {
            fs::write(bin.join(name), format!("#!/bin/sh\necho 'postgres (PostgreSQL) {version}.3 (Debian)'\n"))
                .unwrap();
            fs::set_permissions(bin.join(name), fs::Permissions::from_mode(0o755)).unwrap();
        }
        bin
    }

    #[test]
    fn versions_are_read() {
        for (text, expected) in [
            ("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n", Some(15)),
            ("postgres (PostgreSQL) 18beta1", Some(18)),
            ("mysqld 8", None),
            ("", None),
        ] {
            assert_eq!(parse_version(text), expected, "{text}");
        }
    }

    #[test]
    fn the_newest_or_the_wanted_server_is_found() {
        let root = tempfile::tempdir().unwrap();
        for version in ["9", "13", "16"] {
            fake(root.path(), version);
        }
        let seventeen = fake(&root.path().join("elsewhere"), "17");
        let places = Places { versioned: vec![root.path().to_owned()], plain: vec!["/nonexistent".into(), seventeen] };
        let major = |wanted| places.find(wanted).map(|found| found.major);
        assert_eq!(major(None), Some(16));
        assert_eq!(major(Some(17)), Some(17));
        assert_eq!(major(Some(13)), Some(13));
        assert_eq!(major(Some(15)), None);
        assert_eq!(Places::default().find(None), None);
    }

    #[test]
    fn a_named_directory_must_fit() {
        let root = tempfile::tempdir().unwrap();
        let told = |directory: &Path, wanted| {
            named(directory, wanted).unwrap_err().to_string().replace(&root.path().display().to_string(), "ROOT")
        };
        insta::assert_snapshot!(told(Path::new("/nonexistent"), None), @"SHELLIA_PG_BIN names /nonexistent, which does not hold the programs `postgres` and `initdb`");
        insta::assert_snapshot!(told(&fake(root.path(), "13"), None), @"SHELLIA_PG_BIN names ROOT/13/bin, which holds PostgreSQL 13; 14 or newer is needed");
        insta::assert_snapshot!(told(&fake(root.path(), "16"), Some(15)), @"SHELLIA_PG_BIN names ROOT/16/bin, which holds PostgreSQL 16; the data was made by PostgreSQL 15");
        assert_eq!(named(&fake(root.path(), "16"), Some(16)).unwrap().major, 16);
    }
}
