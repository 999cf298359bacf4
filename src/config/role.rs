//! What a process is started as, by its word. It says nothing of what the role does.

use std::str::FromStr;

/// What a process is started as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Maxis.
    Commerce,
    /// Shellia.
    Controller,
    /// Both in one process.
    Both,
}

impl Role {
    /// Whether this process runs Maxis.
    pub fn has_commerce(self) -> bool {
        matches!(self, Self::Commerce | Self::Both)
    }

    /// Whether this process runs Shellia.
    pub fn has_controller(self) -> bool {
        matches!(self, Self::Controller | Self::Both)
    }
}

/// The text names no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected `commerce`, `controller` or `both`")]
pub struct NotARole;

impl FromStr for Role {
    type Err = NotARole;

    fn from_str(text: &str) -> Result<Self, NotARole> {
        match text {
            "commerce" => Ok(Self::Commerce),
            "controller" => Ok(Self::Controller),
            "both" => Ok(Self::Both),
            _ => Err(NotARole),
        }
    }
}
