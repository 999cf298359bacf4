//! How the door of Maxis is set: from where the control API may be asked, how often with one key, and the certificate that is shown.

use super::read::{Reader, networks, number, path, secret, web_url};
use super::validate::{Broken, broken};
use super::{Problem, Secret, Settings};
use ipnet::IpNet;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use url::Url;

/// The door of Maxis.
#[derive(Debug, Clone)]
pub struct Gate {
    /// From where the control API may be asked; empty: from everywhere.
    pub allow: Vec<IpNet>,
    /// Reverse proxies, who are believed when they say for whom they ask.
    pub proxies: Vec<IpNet>,
    /// Requests to the control API with one key in a minute.
    pub key_per_minute: u32,
    /// The certificate in PEM, with those that lead to its authority; none: no TLS.
    pub tls_cert: Option<PathBuf>,
    /// Its private key in PEM.
    pub tls_key: Option<PathBuf>,
    /// Where browsers reach the admin panel; none: nobody signs in with Discord.
    pub panel_url: Option<Url>,
    /// The OAuth2 secret of the application; none: nobody signs in with Discord.
    pub client_secret: Option<Secret>,
}

impl Gate {
    pub(super) fn read(r: &mut Reader) -> Option<Self> {
        let allow = r.optional("maxis.api_allow", networks).unwrap_or_default();
        let proxies = r.optional("maxis.api_proxy", networks).unwrap_or_default();
        let key_per_minute = r.required("maxis.api_key_per_minute", number(1..=1_000_000));
        let tls_cert = r.optional("maxis.tls_cert", path);
        let tls_key = r.optional("maxis.tls_key", path);
        let panel_url = r.optional("maxis.panel_url", web_url(&["http", "https"]));
        let client_secret = r.optional("maxis.discord_client_secret", secret);
        let key_per_minute = key_per_minute?;
        Some(Self { allow, proxies, key_per_minute, tls_cert, tls_key, panel_url, client_secret })
    }

    pub(super) fn problems(&self) -> Vec<Broken> {
        let looks_at = &["MAXIS_TLS_CERT", "MAXIS_TLS_KEY"];
        let [cert, key] = *looks_at;
        let (lacks, has, remedy) = match (&self.tls_cert, &self.tls_key) {
            (Some(_), None) => (key, cert, "Set it to the file of the certificate's private key"),
            (None, Some(_)) => (cert, key, "Set it to the file of the certificate, in PEM"),
            _ => return Vec::new(),
        };
        vec![broken(looks_at, Problem::new(lacks, format!("is not set, and {has} is"), remedy))]
    }
}

impl Settings {
    /// What is wrong with the way from Shellia to Maxis, seen from her machine.
    pub(super) fn way_to_maxis(&self) -> Option<Broken> {
        let (Some(url), Some(_)) = (&self.shellia.maxis_api_url, &self.shellia.maxis_cert) else { return None };
        (url.scheme() != "https").then(|| {
            let what = "is set, and MAXIS_API_URL does not start with https://";
            let remedy =
                "Write https:// in MAXIS_API_URL, and set MAXIS_TLS_CERT and MAXIS_TLS_KEY on the machine of Maxis";
            broken(&["MAXIS_API_CERT", "MAXIS_API_URL"], Problem::new("MAXIS_API_CERT", what, remedy))
        })
    }

    /// What keeps Shellia from a Maxis in her own process, whom she asks at the address on which he listens.
    pub(super) fn way_within(&self) -> Vec<Broken> {
        if self.shellia.maxis_api_url.is_some() {
            return Vec::new();
        }
        let mut problems = Vec::new();
        let gate = &self.maxis.gate;
        if gate.tls_cert.is_some() {
            let what = "is not set, and MAXIS_TLS_CERT is";
            let remedy = "Write the https:// address of the control API with a name that the certificate holds, and set \
                          MAXIS_API_CERT to the same file as MAXIS_TLS_CERT";
            let looks_at = &["MAXIS_API_URL", "MAXIS_TLS_CERT"];
            problems.push(broken(looks_at, Problem::new("MAXIS_API_URL", what, remedy)));
        }
        let listen = self.maxis.listen.ip();
        let from = if listen.is_unspecified() { IpAddr::from(Ipv4Addr::LOCALHOST) } else { listen };
        if !gate.allow.is_empty() && !gate.allow.iter().any(|network| network.contains(&from)) {
            let what = format!("does not hold {from}, from where Shellia asks on the same machine");
            let looks_at = &["MAXIS_API_ALLOW", "MAXIS_LISTEN"];
            problems.push(broken(looks_at, Problem::new("MAXIS_API_ALLOW", what, format!("Add {from}"))));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Role, Sources};
    use super::*;

    /// The settings with everything that a role lacks beyond tokens.
    fn told(environment: &[(&str, &str)], role: Role) -> String {
        let tokens = [("MAXIS_DISCORD_TOKEN", "m"), ("SHELLIA_DISCORD_TOKEN", "s")];
        let environment = environment.iter().chain(&tokens);
        let environment = environment.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let draft = Settings::draft(&Sources::from_environment(environment), role);
        let told: Vec<String> = draft.problems.iter().map(ToString::to_string).collect();
        told.join("\n")
    }

    #[test]
    fn addresses_and_networks_are_read_in_a_list() {
        let read = |text: &str| {
            let sources = Sources::from_environment([("MAXIS_API_ALLOW".to_owned(), text.to_owned())]);
            let allow = Settings::load(&sources).map(|settings| settings.maxis.gate.allow);
            allow.map(|allow| allow.iter().map(ToString::to_string).collect::<Vec<_>>()).ok()
        };
        let nets = |nets: &[&str]| Some(nets.iter().map(|net| (*net).to_owned()).collect());
        assert_eq!(read("10.0.0.3"), nets(&["10.0.0.3/32"]));
        assert_eq!(read(" 10.0.0.9/24 ,2001:db8::3, fd00::/8"), nets(&["10.0.0.0/24", "2001:db8::3/128", "fd00::/8"]));
        assert_eq!(read("::ffff:10.0.0.3"), nets(&["10.0.0.3/32"]));
        assert_eq!(read(""), nets(&[]));
        for wrong in ["maxis-vm", "10.0.0", "10.0.0.3/33", "10.0.0.3,", ",", "10.0.0.3:8080"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        insta::assert_snapshot!(told(&[("MAXIS_API_ALLOW", "10.0.0.3, shellia-vm")], Role::Commerce), @"MAXIS_API_ALLOW (environment): `shellia-vm` is neither an address nor a network. Write addresses such as 10.0.0.3 or 2001:db8::3 and networks such as 10.0.0.0/24, separated by commas.");
    }

    #[test]
    fn half_a_certificate_and_one_that_nobody_shows_are_told() {
        insta::assert_snapshot!(told(&[("MAXIS_TLS_CERT", "maxis.pem")], Role::Commerce), @"MAXIS_TLS_KEY: is not set, and MAXIS_TLS_CERT is. Set it to the file of the certificate's private key.");
        insta::assert_snapshot!(told(&[("MAXIS_TLS_KEY", "maxis.key")], Role::Commerce), @"MAXIS_TLS_CERT: is not set, and MAXIS_TLS_KEY is. Set it to the file of the certificate, in PEM.");
        let pinned = |url| {
            let key = ("MAXIS_API_KEY", "0123456789abcdef");
            told(&[("MAXIS_API_CERT", "maxis.pem"), ("MAXIS_API_URL", url), key], Role::Controller)
        };
        insta::assert_snapshot!(pinned("http://10.0.0.2:8080/api"), @"MAXIS_API_CERT: is set, and MAXIS_API_URL does not start with https://. Write https:// in MAXIS_API_URL, and set MAXIS_TLS_CERT and MAXIS_TLS_KEY on the machine of Maxis.");
        assert_eq!(pinned("https://10.0.0.2:8080/api"), "");
    }

    #[test]
    fn shellia_reaches_a_maxis_in_her_own_process_or_it_is_told_why_not() {
        let tls = [("MAXIS_TLS_CERT", "maxis.pem"), ("MAXIS_TLS_KEY", "maxis.key")];
        insta::assert_snapshot!(told(&tls, Role::Both), @"MAXIS_API_URL: is not set, and MAXIS_TLS_CERT is. Write the https:// address of the control API with a name that the certificate holds, and set MAXIS_API_CERT to the same file as MAXIS_TLS_CERT.");
        assert_eq!(told(&tls, Role::Commerce), "");
        insta::assert_snapshot!(told(&[("MAXIS_API_ALLOW", "10.0.0.3")], Role::Both), @"MAXIS_API_ALLOW: does not hold 127.0.0.1, from where Shellia asks on the same machine. Add 127.0.0.1.");
        assert_eq!(told(&[("MAXIS_API_ALLOW", "10.0.0.3, 127.0.0.1")], Role::Both), "");
        assert_eq!(told(&[("MAXIS_API_ALLOW", "10.0.0.0/24"), ("MAXIS_LISTEN", "10.0.0.2:8080")], Role::Both), "");
    }
}
