//! The sandbox: a local Discord, with state and with Discord's rules, people who live in it, and a local Stripe
//! ([`stripe`]) at which they pay.
//!
//! It is a server of the other side: it shares no code with the bots. They reach it with the real clients over real
//! sockets: REST at `http://127.0.0.1:PORT/api/v10`, the gateway at `ws://127.0.0.1:PORT/gateway`. People act
//! through [`Person`] or the HTTP API under `/sandbox/api`, which the chat page at `/sandbox/` uses.
//! `docs/SANDBOX.md` says what is imitated and what is not.

mod beacon;
mod clock;
mod drand;
mod faults;
mod gateway;
mod json;
mod limits;
mod log;
mod oauth;
mod page;
mod permissions;
mod person;
mod rates;
mod refusal;
mod rest;
mod server;
mod state;
pub mod stripe;
mod world;

use std::io;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

pub use beacon::Beacon;
pub use faults::Fault;
pub use gateway::Switch;
pub use log::Exchange;
pub use person::{Answer, Draft, Person, Refused, Upload};
pub use rates::Limits;
pub use server::Sandbox;
pub use world::{Kind, World, rights};

use faults::Faults;
use log::Log;
use rates::Rates;
use state::State;
use stripe::Books;

/// How to start a sandbox.
#[derive(Debug, Clone)]
pub struct Options {
    /// The port on the loopback; 0 takes a free one.
    pub port: u16,
    /// Who and what is there.
    pub world: World,
    /// How strict the rate limits are.
    pub limits: Limits,
    /// How many shards bots are told to use.
    pub shards: u64,
}

impl Options {
    /// A world on a free port, with Discord's rate limits.
    pub fn new(world: World) -> Self {
        Self { port: 0, world, limits: Limits::real(), shards: 1 }
    }
}

/// What the server's threads and the handles share. Every lock is a std mutex held for short, never over an await.
#[derive(Debug)]
pub(crate) struct Shared {
    state: Mutex<State>,
    faults: Mutex<Faults>,
    log: Mutex<Log>,
    grants: Mutex<oauth::Grants>,
    rates: Mutex<Rates>,
    stripe: Mutex<Books>,
    /// Wakes the courier of Stripe's webhooks.
    pub(crate) stripe_post: tokio::sync::Notify,
    /// Whether the beacon answers nobody for now.
    pub(crate) beacon_away: AtomicBool,
    limits: Limits,
    /// The server's runtime, for what must happen later.
    runtime: OnceLock<tokio::runtime::Handle>,
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    fn new(state: State, limits: Limits) -> Self {
        let books = Books::new(format!("{}/stripe", state.base));
        Self {
            state: Mutex::new(state),
            stripe: Mutex::new(books),
            stripe_post: tokio::sync::Notify::new(),
            faults: Mutex::default(),
            log: Mutex::default(),
            grants: Mutex::default(),
            rates: Mutex::default(),
            beacon_away: AtomicBool::new(false),
            limits,
            runtime: OnceLock::new(),
        }
    }

    /// Does something with the state, alone.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut held(&self.state))
    }

    pub(crate) fn faults<T>(&self, act: impl FnOnce(&mut Faults) -> T) -> T {
        act(&mut held(&self.faults))
    }

    pub(crate) fn log<T>(&self, act: impl FnOnce(&mut Log) -> T) -> T {
        act(&mut held(&self.log))
    }

    pub(crate) fn grants<T>(&self, act: impl FnOnce(&mut oauth::Grants) -> T) -> T {
        act(&mut held(&self.grants))
    }

    pub(crate) fn rates<T>(&self, act: impl FnOnce(&mut Rates, &Limits) -> T) -> T {
        act(&mut held(&self.rates), &self.limits)
    }

    /// Does something with the local Stripe, alone, after what became due meanwhile.
    pub(crate) fn stripe<T>(&self, act: impl FnOnce(&mut Books) -> T) -> T {
        let done = self.stripe_quietly(act);
        self.stripe_post.notify_one();
        done
    }

    /// The same without waking the courier.
    pub(crate) fn stripe_quietly<T>(&self, act: impl FnOnce(&mut Books) -> T) -> T {
        let now = self.with(|state| state.clock.now_ms()) / 1000;
        let mut books = held(&self.stripe);
        books.catch_up(now);
        act(&mut books)
    }

    /// Runs something on the server's runtime; after its end, nothing.
    pub(crate) fn later(&self, task: impl Future<Output = ()> + Send + 'static) {
        if let Some(runtime) = self.runtime.get() {
            runtime.spawn(task);
        }
    }
}

/// A sandbox that could not be started.
fn no_runtime() -> io::Error {
    io::Error::other("the sandbox's server thread ended before it was ready")
}
