//! A beacon that signs any round whose time has come by the test's clock, and that can be away.

use async_trait::async_trait;
use shellia::domain::giveaways::draw::{Hex, Source, round_time};
use shellia::domain::giveaways::{Beacon, Unreached};
use shellia::kernel::Clock;
use shellia::sandbox;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

pub struct FakeBeacon {
    inner: sandbox::Beacon,
    clock: Clock,
    away: AtomicBool,
    asked: AtomicUsize,
}

impl FakeBeacon {
    pub fn new(clock: Clock) -> Self {
        let inner = sandbox::Beacon::from_seed(b"tests");
        Self { inner, clock, away: AtomicBool::new(false), asked: AtomicUsize::new(0) }
    }

    pub fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::Relaxed);
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

#[async_trait]
impl Beacon for FakeBeacon {
    fn sandbox_key(&self) -> Option<Hex<96>> {
        Some(Hex(self.inner.public_key()))
    }

    async fn signature(&self, source: &Source) -> Result<String, Unreached> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let round = source.round().ok_or(Unreached)?;
        let exists = i64::try_from(round_time(round).unwrap()).unwrap();
        if self.away.load(Ordering::Relaxed) || self.clock.now().as_second() < exists {
            return Err(Unreached);
        }
        Ok(Hex(self.inner.sign(round)).to_string())
    }
}
