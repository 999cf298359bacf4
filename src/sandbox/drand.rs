//! A relay of drand as far as the bots use it: rounds of the sandbox's own beacon, once their time has come.
//!
//! Its key is the same each time, so that what an earlier run of a demo promised can still be drawn; it proves nothing anyway.

use super::{Beacon, Shared};
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::sync::atomic::Ordering;

/// What the beacon is made of.
const SEED: &[u8] = b"the sandbox's beacon";
/// When round 1 came, in seconds since 1970, and the seconds from one round to the next: those of drand's "quicknet".
const GENESIS: u64 = 1_692_803_367;
const PERIOD: u64 = 3;

/// The beacon.
pub(super) fn beacon() -> Beacon {
    Beacon::from_seed(SEED)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Its public key, in hexadecimal.
pub(super) fn key() -> String {
    hex(&beacon().public_key())
}

/// One round; before its time, and while the beacon is away, there is none.
pub(super) async fn round(shared: Data<Shared>, path: Path<(String, u64)>) -> HttpResponse {
    let (chain, round) = path.into_inner();
    if shared.beacon_away.load(Ordering::Relaxed) {
        return HttpResponse::ServiceUnavailable().finish();
    }
    let now = shared.with(|state| state.clock.now_ms()) / 1_000;
    let newest = now.checked_sub(GENESIS).map_or(0, |since| since / PERIOD + 1);
    if chain != "sandbox" || round == 0 || round > newest {
        return HttpResponse::NotFound().finish();
    }
    let signature = beacon().sign(round);
    let randomness = hex(&Sha256::digest(signature));
    HttpResponse::Ok().json(json!({ "round": round, "randomness": randomness, "signature": hex(&signature) }))
}
