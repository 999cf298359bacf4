//! What a failed request to Discord means. It keeps status and code only: a body may hold what people wrote.

use std::fmt;
use twilight_http::api_error::ApiError;
use twilight_http::error::ErrorType;

/// Discord's JSON error codes that we act on (Discord, "Opcodes and Status Codes: JSON").
pub(super) mod code {
    pub(crate) const UNKNOWN_MESSAGE: u64 = 10008;
    pub(crate) const UNKNOWN_INTERACTION: u64 = 10062;
    pub(crate) const ALREADY_ACKNOWLEDGED: u64 = 40060;
    pub(crate) const MISSING_ACCESS: u64 = 50001;
    pub(crate) const MISSING_PERMISSIONS: u64 = 50013;
}

/// Why a request failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The token is wrong, or was taken back.
    Unauthorized,
    /// Discord refused: HTTP status and Discord's own code.
    Refused {
        /// HTTP status.
        status: u16,
        /// Discord's JSON error code; 0 where it gave none.
        code: u64,
    },
    /// Discord could not be reached, or answered nothing that can be read.
    Unreachable,
    /// The request can't be made: a fault of ours.
    Unmakeable,
}

impl Fault {
    /// Reads a client error.
    pub fn of(error: &twilight_http::Error) -> Self {
        match error.kind() {
            ErrorType::Unauthorized => Self::Unauthorized,
            ErrorType::Response { status, .. } if status.get() == 401 => Self::Unauthorized,
            ErrorType::Response { status, error, .. } => {
                let code = if let ApiError::General(general) = error { general.code } else { 0 };
                Self::Refused { status: status.get(), code }
            }
            ErrorType::BuildingRequest | ErrorType::CreatingHeader { .. } | ErrorType::Json | ErrorType::Validation => {
                Self::Unmakeable
            }
            _ => Self::Unreachable,
        }
    }

    /// Whether the same request may work a little later.
    pub const fn may_pass(self) -> bool {
        match self {
            Self::Unreachable => true,
            Self::Refused { status, .. } => status >= 500 || status == 429,
            Self::Unauthorized | Self::Unmakeable => false,
        }
    }

    /// Discord's code; 0 where it gave none.
    pub const fn code(self) -> u64 {
        match self {
            Self::Refused { code, .. } => code,
            Self::Unauthorized | Self::Unreachable | Self::Unmakeable => 0,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unauthorized => f.write_str("the token is refused"),
            Self::Refused { status, code } => write!(f, "Discord refused with status {status}, code {code}"),
            Self::Unreachable => f.write_str("Discord could not be reached"),
            Self::Unmakeable => f.write_str("the request could not be made"),
        }
    }
}

impl std::error::Error for Fault {}
