//! A beacon in place of drand's: it signs rounds by the scheme of "quicknet" with a key of its own, so that a draw needs no network.
//!
//! Such a draw proves nothing, since whoever has the key knows every round beforehand; its terms and its file say "sandbox".
//! Not for production, nor against attackers: the curve's crate promises no constant time for hashing, and no secret is worth it.
//! It signs any round at any time; when a round comes is for who asks.

use bls12_381::hash_to_curve::{ExpandMsgXmd, HashToCurve};
use bls12_381::{G1Affine, G1Projective, G2Affine, Scalar};
use sha2::{Digest as _, Sha256, Sha512};

/// The name under which drand's scheme `bls-unchained-g1-rfc9380` hashes to the curve (RFC 9380, section 3.1).
const DOMAIN: &[u8] = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";

/// A sandbox's beacon.
pub struct Beacon(Scalar);

impl Beacon {
    /// The beacon of a seed: the same seed, the same rounds.
    pub fn from_seed(seed: &[u8]) -> Self {
        Self(Scalar::from_bytes_wide(&Sha512::digest(seed).into()))
    }

    /// The key under which its signatures hold: a point of G2, compressed.
    pub fn public_key(&self) -> [u8; 96] {
        G2Affine::from(G2Affine::generator() * self.0).to_compressed()
    }

    /// The signature of a round: a point of G1, compressed.
    pub fn sign(&self, round: u64) -> [u8; 48] {
        let message = Sha256::digest(round.to_be_bytes());
        let point: G1Projective =
            HashToCurve::<ExpandMsgXmd<sha2_09::Sha256>>::hash_to_curve(message.as_slice(), DOMAIN);
        G1Affine::from(point * self.0).to_compressed()
    }
}
