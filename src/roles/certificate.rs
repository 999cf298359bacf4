//! The certificate that Maxis shows, from the settings.

use crate::config::{Problem, Settings};
use crate::web::{Tls, Unfit};

/// The certificate with which Maxis is served, if one is set.
pub(super) fn shown(settings: &Settings) -> Option<Tls> {
    let gate = &settings.maxis.gate;
    Some(Tls::new(gate.tls_cert.clone()?, gate.tls_key.clone()?))
}

/// What is wrong with its files.
pub(super) fn check(settings: &Settings) -> Option<Problem> {
    let make = "Make both files anew, as docs/DEPLOY_DUAL_VM.md shows";
    match shown(settings)?.check() {
        Ok(doubt) => doubt.map(|doubt| Problem::new("MAXIS_TLS_CERT", doubt, make)),
        Err(unfit @ Unfit::Certificate(_)) => Some(Problem::new("MAXIS_TLS_CERT", unfit.to_string(), readable())),
        Err(unfit @ Unfit::Key(_)) => Some(Problem::new("MAXIS_TLS_KEY", unfit.to_string(), readable())),
        Err(unfit @ Unfit::Pair(_)) => Some(Problem::new("MAXIS_TLS_KEY", unfit.to_string(), make)),
    }
}

fn readable() -> &'static str {
    "Check the path, that the program's user may read it, and that it begins with -----BEGIN"
}
