//! From where a request comes: the address at the other end of the connection, or the one for which a named reverse proxy asks.
//!
//! Anybody can write an `X-Forwarded-For`; each proxy adds at its right the address that asked it. So it is read from the right, and
//! only for as long as whoever wrote an entry is a named proxy. The header `Forwarded` (RFC 7239) is not read.

use actix_web::HttpRequest;
use ipnet::IpNet;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// Whether an address is one of these or lies in one of them.
pub(super) fn holds(networks: &[IpNet], address: IpAddr) -> bool {
    networks.iter().any(|network| network.contains(&address))
}

/// Who asks; `None` where a proxy doesn't say, or not in a way that can be read.
pub(in crate::web) fn origin(request: &HttpRequest, peer: IpAddr, proxies: &[IpNet]) -> Option<IpAddr> {
    let lines: Option<Vec<&str>> =
        request.headers().get_all("x-forwarded-for").map(|line| line.to_str().ok()).collect();
    behind(peer, &lines?, proxies)
}

fn behind(peer: IpAddr, lines: &[&str], proxies: &[IpNet]) -> Option<IpAddr> {
    let peer = peer.to_canonical();
    if !holds(proxies, peer) {
        return Some(peer);
    }
    let mut first = None;
    for hop in lines.iter().flat_map(|line| line.split(',')).rev() {
        let hop = read(hop.trim())?;
        if !holds(proxies, hop) {
            return Some(hop);
        }
        first = Some(hop);
    }
    first
}

/// Some proxies write a port behind the address.
fn read(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|hop| hop.strip_suffix(']')).unwrap_or(hop);
    let address = bare.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|address| address.ip()))?;
    Some(IpAddr::to_canonical(&address))
}

/// What is counted as one: whoever has an IPv6 address has the 2⁶⁴ beside it.
pub(in crate::web) fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_named_proxy_is_believed_and_nobody_else() {
        let proxies: Vec<IpNet> = ["10.0.0.5/32", "fd00::/64"].iter().map(|net| net.parse().unwrap()).collect();
        let from = |peer: &str, lines: &[&str]| behind(ip(peer), lines, &proxies).map(|ip| ip.to_string());
        for (peer, lines, expected) in [
            // Who is no proxy is himself, whatever he writes.
            ("10.0.0.9", &["203.0.113.7"][..], Some("10.0.0.9")),
            ("::ffff:10.0.0.9", &[], Some("10.0.0.9")),
            ("10.0.0.5", &["203.0.113.7"], Some("203.0.113.7")),
            ("::ffff:10.0.0.5", &["203.0.113.7"], Some("203.0.113.7")),
            // What a client wrote stands to the left of what the proxy adds.
            ("10.0.0.5", &["10.0.0.3, 203.0.113.7"], Some("203.0.113.7")),
            ("10.0.0.5", &["10.0.0.3", "203.0.113.7"], Some("203.0.113.7")),
            ("10.0.0.5", &["nonsense, 203.0.113.7"], Some("203.0.113.7")),
            // A chain of proxies.
            ("fd00::1", &["10.0.0.3, 203.0.113.7, 10.0.0.5"], Some("203.0.113.7")),
            ("fd00::1", &["fd00::2"], Some("fd00::2")),
            ("10.0.0.5", &["203.0.113.7:4711"], Some("203.0.113.7")),
            ("10.0.0.5", &["[2001:db8::7]:4711"], Some("2001:db8::7")),
            ("10.0.0.5", &["[2001:db8::7]"], Some("2001:db8::7")),
            ("10.0.0.5", &["::ffff:203.0.113.7"], Some("203.0.113.7")),
            // It says nothing, or nothing that can be read.
            ("10.0.0.5", &[], None),
            ("10.0.0.5", &[""], None),
            ("10.0.0.5", &["203.0.113.7, unknown"], None),
            ("10.0.0.5", &["203.0.113.7,"], None),
        ] {
            assert_eq!(from(peer, lines).as_deref(), expected, "{peer} {lines:?}");
        }
    }

    #[test]
    fn a_household_shares_its_network() {
        assert_eq!(household(ip("2001:db8:1:2:3:4:5:6")), ip("2001:db8:1:2::"));
        assert_eq!(household(ip("::ffff:203.0.113.7")), ip("203.0.113.7"));
    }
}
