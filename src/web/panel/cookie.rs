//! The panel's two cookies: the session's, and what a browser holds while it is at Discord.
//!
//! Over TLS they bear the prefix `__Host-`, with which a browser takes them from this very host alone (RFC 6265bis, 4.1.3.2).

use crate::domain::panel::Token;
use actix_web::HttpRequest;
use actix_web::http::header::COOKIE;

/// A cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cookie {
    /// The session's.
    Session,
    /// That of a sign-in under way.
    State,
}

/// How long a browser keeps the session's: longer than any session lasts.
const SESSION_S: u32 = 30 * 24 * 3600;
/// How long it keeps that of a sign-in.
const STATE_S: u32 = 600;

impl Cookie {
    const fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Session, true) => "__Host-shellia",
            (Self::Session, false) => "shellia",
            (Self::State, true) => "__Host-shellia-state",
            (Self::State, false) => "shellia-state",
        }
    }

    /// What the browser sent; `None` for nothing, for what was never made here, and where it sent two.
    pub(super) fn read(self, request: &HttpRequest, secure: bool) -> Option<Token> {
        let lines = request.headers().get_all(COOKIE).filter_map(|line| line.to_str().ok());
        let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let mut found = pairs.filter(|(name, _)| *name == self.name(secure)).map(|(_, value)| value);
        let only = found.next().filter(|_| found.next().is_none())?;
        Token::read(only)
    }

    fn line(self, secure: bool, value: &str, seconds: u32) -> String {
        let only = if secure { "; Secure" } else { "" };
        format!("{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{only}", self.name(secure))
    }

    /// The header that has a browser keep it.
    pub(super) fn set(self, secure: bool, token: &Token) -> String {
        let seconds = if self == Self::Session { SESSION_S } else { STATE_S };
        self.line(secure, token.expose(), seconds)
    }

    /// The header that has a browser forget it.
    pub(super) fn unset(self, secure: bool) -> String {
        self.line(secure, "", 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn only_one_cookie_of_the_right_name_and_form_counts() {
        let (token, other) = (Token::fresh(), Token::fresh());
        let (mine, foreign) = (token.expose(), other.expose());
        for (line, secure, expected) in [
            (format!("shellia={mine}"), false, Some(&token)),
            (format!("a=b;  shellia={mine}; c"), false, Some(&token)),
            (format!("__Host-shellia={mine}"), true, Some(&token)),
            // Without the prefix anybody on a neighbouring host may have set it.
            (format!("shellia={mine}"), true, None),
            (format!("shellia={mine}; shellia={foreign}"), false, None),
            ("shellia=".to_owned(), false, None),
            (format!("shellia=\"{mine}\""), false, None),
            (format!("Shellia={mine}"), false, None),
        ] {
            let request = TestRequest::default().insert_header((COOKIE, line.as_str())).to_http_request();
            assert_eq!(Cookie::Session.read(&request, secure).as_ref(), expected, "{line}");
        }
    }
}
