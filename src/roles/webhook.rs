//! Takes Stripe's deliveries: signature first, then which object it is about, then the row that makes us look at it.
//!
//! Nothing is answered with success before that row is committed: Stripe sends again what it was not told is kept.

use crate::app::App;
use crate::config;
use crate::domain::payments::{self, EventRef, Received};
use crate::kernel::{Actor, Result, System};
use crate::stripe::{Event, Forged, Verifier};
use crate::web::{Delivered, Metric, Unread, Webhook};
use async_trait::async_trait;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What a delivery can come to, and its word in the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Received(Received),
    Forged(Forged),
    Unreadable,
    WrongMode,
    Unread(Unread),
    NotKept,
    Off,
}

impl Outcome {
    /// Every one, the accepted ones first.
    const ALL: [Self; 14] = [
        Self::Received(Received::Taken),
        Self::Received(Received::Unknown),
        Self::Received(Received::Repeated),
        Self::Forged(Forged::Missing),
        Self::Forged(Forged::Malformed),
        Self::Forged(Forged::Wrong),
        Self::Forged(Forged::Old),
        Self::Forged(Forged::Future),
        Self::Unreadable,
        Self::WrongMode,
        Self::Unread(Unread::TooLarge),
        Self::Unread(Unread::Broken),
        Self::NotKept,
        Self::Off,
    ];

    const fn word(self) -> &'static str {
        match self {
            Self::Received(Received::Taken) => "taken",
            Self::Received(Received::Unknown) => "unknown",
            Self::Received(Received::Repeated) => "repeated",
            Self::Forged(Forged::Missing) => "signature_missing",
            Self::Forged(Forged::Malformed) => "signature_malformed",
            Self::Forged(Forged::Wrong) => "signature_wrong",
            Self::Forged(Forged::Old) => "signature_old",
            Self::Forged(Forged::Future) => "signature_future",
            Self::Unreadable => "unreadable",
            Self::WrongMode => "wrong_mode",
            Self::Unread(Unread::TooLarge) => "too_large",
            Self::Unread(Unread::Broken) => "broken",
            Self::NotKept => "not_kept",
            Self::Off => "off",
        }
    }

    const fn answer(self) -> Delivered {
        match self {
            Self::Received(_) => Delivered::Taken,
            Self::Forged(_) | Self::Unreadable | Self::WrongMode | Self::Unread(_) => Delivered::Refused,
            Self::NotKept => Delivered::Later,
            Self::Off => Delivered::Off,
        }
    }
}

/// The endpoint of one Stripe account.
pub(super) struct StripeWebhook {
    app: Arc<App>,
    /// None until both the key and the endpoint's secret are set.
    verifier: Option<Verifier>,
    live: bool,
    counts: [AtomicU64; Outcome::ALL.len()],
}

impl StripeWebhook {
    pub(super) fn new(app: Arc<App>, settings: &config::Stripe) -> Self {
        let secret = settings.secret_key.as_ref().and(settings.webhook_secret.clone());
        Self {
            app,
            verifier: secret.map(|secret| Verifier::new(secret, settings.webhook_secret_old.clone())),
            live: settings.is_live(),
            counts: Default::default(),
        }
    }

    /// The figures for `/metrics`.
    pub(super) fn metrics(&self) -> Vec<Metric> {
        let figure = |(outcome, count): (&Outcome, &AtomicU64)| {
            let accepted = matches!(outcome, Outcome::Received(_));
            let (name, help, label) = if accepted {
                ("shellia_stripe_events_total", "Deliveries of Stripe that are kept.", "outcome")
            } else {
                ("shellia_stripe_events_refused_total", "Deliveries of Stripe that were not kept.", "reason")
            };
            Metric::new(name, help, count.load(Ordering::Relaxed)).label(label, outcome.word())
        };
        Outcome::ALL.iter().zip(&self.counts).map(figure).collect()
    }

    fn count(&self, outcome: Outcome) {
        let counted = Outcome::ALL.iter().zip(&self.counts).find(|(one, _)| **one == outcome);
        let Some((_, count)) = counted else { return };
        let n = count.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        // Anybody can send nonsense: it must not fill the log, so each doubling is told.
        if !matches!(outcome, Outcome::Received(_)) && n.is_power_of_two() {
            tracing::warn!(reason = outcome.word(), times = n, "a delivery to Stripe's webhook was not taken");
        }
    }

    async fn judge(&self, signature: Option<&str>, body: &[u8]) -> Outcome {
        let Some(verifier) = &self.verifier else { return Outcome::Off };
        if let Err(forged) = verifier.verify(signature, body, self.app.clock.now()) {
            return Outcome::Forged(forged);
        }
        let Ok(event) = Event::parse(body) else { return Outcome::Unreadable };
        if event.livemode != self.live {
            return Outcome::WrongMode;
        }
        match self.keep(&event.event).await {
            Ok(received) => Outcome::Received(received),
            Err(error) => {
                tracing::error!(%error, kind = event.event.kind, "an event of Stripe could not be kept");
                Outcome::NotKept
            }
        }
    }

    async fn keep(&self, event: &EventRef) -> Result<Received> {
        let mut tx = self.app.db.begin(&Actor::system(System::Payments)).await?;
        let received = payments::receive(&mut tx, event, self.app.clock.now()).await?;
        tx.commit().await?;
        Ok(received)
    }
}

#[async_trait]
impl Webhook for StripeWebhook {
    async fn deliver(&self, signature: Option<&str>, body: &[u8]) -> Delivered {
        let outcome = self.judge(signature, body).await;
        self.count(outcome);
        outcome.answer()
    }

    fn unread(&self, why: Unread) {
        self.count(Outcome::Unread(why));
    }
}
