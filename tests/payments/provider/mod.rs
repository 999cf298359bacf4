//! A payment provider in memory, with state and with the real one's rules, as far as the engine meets them; it can lose
//! answers, answer 500 and 429, and keeps events to be told in any order, twice, or never.
//!
//! `state` is what it keeps, `answers` what the program asks and is told, `deeds` what buyers, banks, time and people in its
//! dashboard do. It shares nothing with the sandbox's Stripe: this one is for many thousand short histories, that one for real
//! sockets.

mod answers;
mod deeds;
mod state;

pub use deeds::Dashboard;
pub use state::{Session, State, Sub, rest};

use shellia::domain::payments::Refused;
use shellia::kernel::Clock;
use std::sync::Mutex;

/// What happens to the next call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is done, and the answer is lost.
    LostAnswer,
    /// It is not done, and nobody knows: 500.
    Nothing,
    /// It is not done: 429.
    Later,
    /// It is not done: 500, and so again under the same key.
    Broken,
    /// It is done, and answered by 500, and so again under the same key.
    DoneBroken,
    /// It is not done: the card declines.
    Declined,
}

/// The provider.
#[derive(Debug)]
pub struct Provider {
    pub state: Mutex<State>,
    pub clock: Clock,
}

impl Provider {
    pub fn new(clock: Clock) -> Self {
        Self { state: Mutex::new(State::new()), clock }
    }

    fn next_fault(&self) -> Option<Fault> {
        self.state.lock().unwrap().faults.pop()
    }

    /// The fault that a call with a key meets, if it goes on.
    fn keyed(&self, key: &str) -> Result<Option<Fault>, Refused> {
        let mut state = self.state.lock().unwrap();
        if state.broken.contains(key) {
            return Err(Refused::Fault);
        }
        let fault = state.faults.pop();
        if matches!(fault, Some(Fault::Broken | Fault::DoneBroken)) {
            state.broken.insert(key.to_owned());
        }
        refuse_before(fault).map(|()| fault)
    }
}

fn refuse_before(fault: Option<Fault>) -> Result<(), Refused> {
    match fault {
        Some(Fault::Nothing) => Err(Refused::Unknown),
        Some(Fault::Later) => Err(Refused::Later(None)),
        Some(Fault::Broken) => Err(Refused::Fault),
        Some(Fault::Declined) => Err(Refused::Card("card_declined".to_owned())),
        Some(Fault::LostAnswer | Fault::DoneBroken) | None => Ok(()),
    }
}

fn refuse_after(fault: Option<Fault>) -> Result<(), Refused> {
    match fault {
        Some(Fault::LostAnswer) => Err(Refused::Unknown),
        Some(Fault::DoneBroken) => Err(Refused::Fault),
        _ => Ok(()),
    }
}
