//! Which of a draw's two files it is, and its check: the transcript, or one entrant's inclusion proof.

use super::digest::Digest;
use super::proof::{FORMAT, InclusionProof};
use super::verify::{Kind, Verified, verify};
use super::wrong::Wrong;

/// What a file that holds is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Looked {
    /// A transcript.
    Draw(Verified),
    /// An inclusion proof, and the commitment's digest that it leads to.
    Proof(InclusionProof, Digest),
}

/// Checks a file of either kind, in the order of `docs/FAIR_DRAWS.md`. What says of itself that it is something else is taken
/// for a transcript, and refused as one.
///
/// # Errors
/// The first thing that is wrong.
pub fn look(bytes: &[u8]) -> Result<Looked, Wrong> {
    if Kind::of(bytes)?.format == FORMAT {
        let proof = InclusionProof::read(bytes)?;
        let commitment = proof.commitment()?;
        return Ok(Looked::Proof(proof, commitment));
    }
    verify(bytes).map(Looked::Draw)
}
