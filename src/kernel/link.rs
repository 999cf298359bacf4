//! Addresses of pages that a person is sent to: only what may be trusted to be what it says.

use serde::{Deserialize, Serialize};
use std::fmt;
use url::{Host, Url};

/// The address of a page: over https, or over http on this machine, where the sandbox stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Link(String);

/// Text that is no such address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a page that anybody is sent to")]
pub struct NotALink;

impl Link {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Link {
    type Err = NotALink;

    fn from_str(text: &str) -> Result<Self, NotALink> {
        let url = Url::parse(text).map_err(|_| NotALink)?;
        let here = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            None => return Err(NotALink),
        };
        let open = url.username().is_empty() && url.password().is_none();
        let safe = url.scheme() == "https" || (url.scheme() == "http" && here);
        if safe && open { Ok(Self(url.into())) } else { Err(NotALink) }
    }
}

impl TryFrom<String> for Link {
    type Error = NotALink;

    fn try_from(text: String) -> Result<Self, NotALink> {
        text.parse()
    }
}

impl From<Link> for String {
    fn from(link: Link) -> String {
        link.0
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_safe_pages_are_linked() {
        for text in [
            "https://checkout.stripe.com/c/pay/cs_1#x",
            "http://127.0.0.1:8090/pay/1",
            "http://localhost:1/",
            "http://[::1]/a",
        ] {
            assert_eq!(text.parse::<Link>().map(String::from).as_deref(), Ok(text));
        }
        for text in [
            "",
            "x",
            "javascript:alert(1)",
            "http://example.org/",
            "https://a:b@example.org/",
            "file:///etc",
            "http://10.0.0.1/",
        ] {
            assert!(text.parse::<Link>().is_err(), "{text}");
        }
    }
}
