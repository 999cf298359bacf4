//! A giveaway draw that anybody can check: values go in, values come out.
//!
//! The format and every formula stand in `docs/FAIR_DRAWS.md`; this is one program that follows it, `tests/witness/verify_draw.py`
//! another. `entries` and `merkle` freeze who takes part, `terms` says what was promised and what is posted, `beacon` which public
//! randomness counts, `seed` and `ranking` make the order, `ranked` is the draw that took place, `log` what became of the winners
//! since, `transcript` the file of it, `verify` the check of that file, `proof` what one entrant may ask for, `look` the check of
//! whichever of both files it is. It is no giveaway: it keeps nothing, tells nobody, reads no clock, fetches no beacon and makes no secret; whoever calls it does.

mod beacon;
mod digest;
mod entries;
mod id;
mod log;
mod look;
mod merkle;
mod proof;
mod ranked;
mod ranking;
mod seed;
mod terms;
mod transcript;
mod verify;
mod wrong;

pub use beacon::{GENESIS, MARGIN, PERIOD, QUICKNET_CHAIN, QUICKNET_KEY, SANDBOX_MARGIN, round_at, round_time};
pub use digest::{Digest, Hex, NotHex};
pub use entries::{Entries, Entry, Frozen, MAX_ENTRIES, NotEntries, Opening, Salt};
pub use id::{Id, NotAnId};
pub use log::{Event, Log, LogEntry, LogRule, MAX_NOTE, Reason, Standing};
pub use look::{Looked, look};
pub use merkle::Tree;
pub use proof::InclusionProof;
pub use ranked::Ranked;
pub use ranking::rank;
pub use seed::{Randomness, seed};
pub use terms::{Commitment, MAX_WINNERS, Post, Source, Terms};
pub use transcript::{FORMAT, List, Open, Posted, Transcript, VERSION, Winner};
pub use verify::{Verified, verify};
pub use wrong::Wrong;
