//! Which user runs the server. PostgreSQL refuses to run as root, so root chooses an unprivileged user.

use std::{fs, os::unix::fs::MetadataExt, path::Path};

use tokio::process::Command;

use super::error::EmbeddedError;

/// A user that root runs the server as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) name: String,
    pub(super) uid: u32,
    pub(super) gid: u32,
}

/// The user made by the PostgreSQL packages, then users that every system has and that own nothing.
const PREFERRED: [&str; 4] = ["postgres", "_postgres", "nobody", "daemon"];

/// The user to run as, or none when this process is not root and simply runs the server itself.
///
/// An existing cluster belongs to the user who has always run it.
pub(super) fn choose(cluster: &Path) -> Result<Option<Account>, EmbeddedError> {
    let me = rustix::process::geteuid();
    let owner = fs::metadata(cluster).ok().map(|data| (data.uid(), data.gid()));
    if !me.is_root() {
        return match owner {
            Some((owner, _)) if owner != me.as_raw() => {
                Err(EmbeddedError::ForeignFiles { cluster: cluster.to_owned(), owner })
            }
            _ => Ok(None),
        };
    }
    if let Some((uid, gid)) = owner.filter(|(uid, _)| *uid != 0) {
        return Ok(Some(Account { name: uid.to_string(), uid, gid }));
    }
    let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
    unprivileged(&passwd).map(Some).ok_or_else(|| EmbeddedError::Unreachable {
        closed: cluster.to_owned(),
        user: "(no unprivileged user in /etc/passwd)".into(),
    })
}

fn unprivileged(passwd: &str) -> Option<Account> {
    let accounts: Vec<Account> = passwd.lines().filter_map(parse).filter(|account| account.uid != 0).collect();
    let named = PREFERRED.iter().find_map(|name| accounts.iter().find(|account| account.name == *name));
    named.or(accounts.first()).cloned()
}

/// One line of passwd(5): `name:password:uid:gid:…`.
fn parse(line: &str) -> Option<Account> {
    let mut fields = line.split(':');
    let name = fields.next()?.to_owned();
    let uid = fields.nth(1)?.parse().ok()?;
    let gid = fields.next()?.parse().ok()?;
    Some(Account { name, uid, gid })
}

/// A command that runs as `account`, with a nearly empty environment, in its own process group so that Ctrl-C in a
/// terminal reaches only this program.
pub(super) fn command(program: impl AsRef<std::ffi::OsStr>, account: Option<&Account>, directory: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().current_dir(directory).process_group(0).stdin(std::process::Stdio::null());
    for name in ["PATH", "LD_LIBRARY_PATH"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    if let Some(account) = account {
        command.uid(account.uid).gid(account.gid);
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_of_the_packages_is_preferred() {
        let passwd = "root:x:0:0::/root:/bin/sh\nme:x:1000:1000::/home/me:/bin/sh\nbad line\n\
                      nobody:x:65534:65533::/:/bin/false\n";
        let account = |name: &str, uid, gid| Some(Account { name: name.into(), uid, gid });
        assert_eq!(unprivileged(passwd), account("nobody", 65534, 65533));
        assert_eq!(unprivileged(&format!("{passwd}postgres:x:101:104::/:/bin/sh")), account("postgres", 101, 104));
        assert_eq!(unprivileged("root:x:0:0::/root:/bin/sh\nme:x:1000:1001::/:/"), account("me", 1000, 1001));
        assert_eq!(unprivileged("root:x:0:0::/root:/bin/sh"), None);
    }
}
