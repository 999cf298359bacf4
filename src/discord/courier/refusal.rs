//! What Discord's refusals mean for a delivery.
//!
//! Codes are those of Discord's document "Opcodes and Status Codes: JSON".

use crate::domain::notifications::Undelivered;
use std::time::Duration;
use twilight_http::api_error::ApiError;
use twilight_http::error::{Error, ErrorType};

/// Reads a failed call. The answer's body is left out: it may quote what was sent.
pub fn undelivered(error: &Error) -> Undelivered {
    match error.kind() {
        ErrorType::Response { error, status, .. } => answered(status.get(), error),
        // A request that can't even be built: a fault of ours, and no retry will help.
        ErrorType::BuildingRequest | ErrorType::CreatingHeader { .. } | ErrorType::Json | ErrorType::Validation => {
            Undelivered::Refused(0)
        }
        // An answer that isn't Discord's comes from something between; a bad token can be put right.
        ErrorType::Parsing { .. }
        | ErrorType::RequestCanceled
        | ErrorType::RequestError
        | ErrorType::RequestTimedOut
        | ErrorType::Unauthorized
        | _ => Undelivered::Later(None),
    }
}

fn answered(status: u16, error: &ApiError) -> Undelivered {
    match error {
        ApiError::Ratelimited(limited) => Undelivered::Later(Duration::try_from_secs_f64(limited.retry_after).ok()),
        ApiError::General(general) => by_code(status, general.code),
        ApiError::Message(_) | _ => by_code(status, 0),
    }
}

fn by_code(status: u16, code: u64) -> Undelivered {
    match code {
        50007 | 50278 => Undelivered::DmShut,
        50001 => Undelivered::NoAccess,
        50013 => Undelivered::NoPermission,
        10003 | 10008 => Undelivered::Gone,
        // Limits that Discord doesn't announce by status 429: slow mode, writes, opening direct messages too fast.
        20016 | 20028 | 31001 | 40003 => Undelivered::Later(None),
        _ => match status {
            401 | 408 | 429 | 500.. => Undelivered::Later(None),
            _ if code == 0 => Undelivered::Refused(u64::from(status)),
            _ => Undelivered::Refused(code),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_has_its_meaning() {
        assert_eq!(by_code(403, 50007), Undelivered::DmShut);
        assert_eq!(by_code(403, 50278), Undelivered::DmShut);
        assert_eq!(by_code(403, 50001), Undelivered::NoAccess);
        assert_eq!(by_code(403, 50013), Undelivered::NoPermission);
        assert_eq!(by_code(404, 10003), Undelivered::Gone);
        assert_eq!(by_code(404, 10008), Undelivered::Gone);
        assert_eq!(by_code(400, 50035), Undelivered::Refused(50035));
        assert_eq!(by_code(403, 0), Undelivered::Refused(403));
        for status in [401, 408, 429, 500, 502, 503] {
            assert_eq!(by_code(status, 0), Undelivered::Later(None), "{status}");
        }
    }
}
