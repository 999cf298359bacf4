//! The secret in a browser's cookie or in a one-time link, and what is derived from it.

use sha2::{Digest, Sha256};
use std::fmt;

/// A random secret of 256 bits; shown to its bearer alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new one.
    pub fn fresh() -> Self {
        Self(format!("{:032x}{:032x}", rand::random::<u128>(), rand::random::<u128>()))
    }

    /// Reads what a browser sent; `None` for what was never made here.
    pub fn read(text: &str) -> Option<Self> {
        let fits = text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        fits.then(|| Self(text.to_owned()))
    }

    /// What its bearer is given.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// By what the database knows it.
    pub fn digest(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }

    /// What a page must say beside the cookie, and a foreign page can't know.
    pub fn csrf(&self) -> String {
        let digest = Sha256::new().chain_update(b"shellia panel csrf ").chain_update(self.0.as_bytes()).finalize();
        digest.iter().fold(String::with_capacity(64), |text, byte| text + &format!("{byte:02x}"))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_reads_back_and_nothing_else_does() {
        let token = Token::fresh();
        assert_eq!(Token::read(token.expose()), Some(token.clone()));
        assert_ne!(Token::fresh(), token);
        for text in ["", "ab", &"A".repeat(64), &"g".repeat(64), &"a".repeat(65)] {
            assert_eq!(Token::read(text), None, "{text}");
        }
        assert_eq!(format!("{token:?}"), "Token(…)");
        assert!(token.csrf().len() == 64 && token.csrf() != token.expose());
    }
}
