//! The certificate with which the server shows itself: read from two files, and read again when they change, so that a new one
//! needs no restart. It knows nothing of who issues certificates.

use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use rustls::server::{ClientHello, ParsedCertificate, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{CertificateError, RootCertStore, ServerConfig, client::verify_server_cert_signed_by_trust_anchor};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::time::MissedTickBehavior;

/// How often the files are looked at.
const LOOK: Duration = Duration::from_secs(20);

/// The files of the certificate.
#[derive(Debug, Clone)]
pub struct Tls {
    /// The certificate in PEM, with those that lead to its authority.
    pub certificate: PathBuf,
    /// Its private key in PEM.
    pub key: PathBuf,
    /// How often the files are looked at.
    pub look: Duration,
}

/// Why the files are of no use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// The certificate's file can't be read, or holds none.
    #[error("the certificate can't be read: {0}")]
    Certificate(String),
    /// The key's file can't be read, or holds none.
    #[error("the private key can't be read: {0}")]
    Key(String),
    /// The key isn't the certificate's, or of a kind that isn't known.
    #[error("the private key doesn't fit the certificate: {0}")]
    Pair(String),
}

/// What is in the files.
struct Loaded {
    shown: CertifiedKey,
    /// Of what stands in both files: whether they changed.
    digest: [u8; 32],
}

impl Tls {
    /// These files, looked at three times a minute.
    pub const fn new(certificate: PathBuf, key: PathBuf) -> Self {
        Self { certificate, key, look: LOOK }
    }

    /// Reads the files, and says what will keep clients from the certificate, if anything will.
    ///
    /// # Errors
    /// [`Unfit`].
    pub fn check(&self) -> Result<Option<&'static str>, Unfit> {
        self.load().map(|loaded| doubt(&loaded.shown))
    }

    fn load(&self) -> Result<Loaded, Unfit> {
        let certificate = std::fs::read(&self.certificate).map_err(|error| Unfit::Certificate(error.to_string()))?;
        let key = std::fs::read(&self.key).map_err(|error| Unfit::Key(error.to_string()))?;
        let mut digest = Sha256::new();
        digest.update(&certificate);
        digest.update(&key);
        let chain = CertificateDer::pem_slice_iter(&certificate).collect::<Result<Vec<_>, _>>();
        let chain = chain.map_err(|error| Unfit::Certificate(error.to_string()))?;
        if chain.is_empty() {
            return Err(Unfit::Certificate("there is none in the file".to_owned()));
        }
        let key = PrivateKeyDer::from_pem_slice(&key).map_err(|error| Unfit::Key(error.to_string()))?;
        let shown = CertifiedKey::from_der(chain, key, &default_provider());
        let shown = shown.map_err(|error| Unfit::Pair(error.to_string()))?;
        Ok(Loaded { shown, digest: digest.finalize().into() })
    }

    /// The server's side of TLS, and what keeps it up to date.
    pub(super) fn prepare(self) -> Result<(ServerConfig, Renewal), Unfit> {
        let Loaded { shown, digest } = self.load()?;
        warn(&shown);
        let shown = Arc::new(Shown(RwLock::new(Arc::new(shown))));
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| Unfit::Pair(error.to_string()))?
            .with_no_client_auth()
            .with_cert_resolver(shown.clone());
        Ok((config, Renewal { files: self, shown, digest }))
    }
}

/// What will keep clients from a certificate, if anything will.
fn doubt(shown: &CertifiedKey) -> Option<&'static str> {
    let own = shown.end_entity_cert().ok()?;
    let parsed = ParsedCertificate::try_from(own).ok()?;
    // Who trusts just this certificate would find these faults; that somebody else vouches for it is none.
    let mut roots = RootCertStore::empty();
    roots.add(own.clone()).ok()?;
    let kinds = default_provider().signature_verification_algorithms.all;
    match verify_server_cert_signed_by_trust_anchor(&parsed, &roots, &[], UnixTime::now(), kinds) {
        Ok(()) => None,
        Err(rustls::Error::InvalidCertificate(fault)) => match fault {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Some("has run out"),
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => Some("isn't valid yet"),
            CertificateError::Other(_) => Some("is an authority's (CA:TRUE) and no server's"),
            _ => None,
        },
        Err(_) => None,
    }
}

fn warn(shown: &CertifiedKey) {
    if let Some(doubt) = doubt(shown) {
        tracing::warn!("the certificate of MAXIS_TLS_CERT {doubt}: Shellia won't take it");
    }
}

/// The present certificate.
// Held only to take or lay down a pointer, never over an await.
#[derive(Debug)]
struct Shown(RwLock<Arc<CertifiedKey>>);

impl ResolvesServerCert for Shown {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

/// Keeps the shown certificate up to date.
pub(super) struct Renewal {
    files: Tls,
    shown: Arc<Shown>,
    digest: [u8; 32],
}

impl Renewal {
    /// Looks at the files until it is dropped. Files that are of no use, such as one of which only half is written, change nothing.
    pub(super) async fn run(mut self) {
        let mut look = tokio::time::interval(self.files.look);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut unfit = None;
        loop {
            look.tick().await;
            let files = self.files.clone();
            let Ok(loaded) = tokio::task::spawn_blocking(move || files.load()).await else { continue };
            match loaded {
                Ok(Loaded { shown, digest }) => {
                    unfit = None;
                    if digest != self.digest {
                        warn(&shown);
                        self.digest = digest;
                        *self.shown.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(shown);
                        tracing::info!("a new certificate is shown");
                    }
                }
                Err(why) => {
                    // Told once for each reason.
                    if unfit.as_ref() != Some(&why) {
                        tracing::warn!(%why, "the changed certificate is of no use; the one before it is still shown");
                        unfit = Some(why);
                    }
                }
            }
        }
    }
}
