//! The way between the machines over TLS: the right certificate, a wrong one, one that has run out, and one that follows another.

use super::stage::{KEY, Maxis};
use insta::assert_snapshot;
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use reqwest::Client;
use shellia::config::{Role, Secret, Settings, Sources};
use shellia::control::{Asker, Failed, Signer, State, Unreached, status};
use shellia::peer_http::{HttpPeer, Trust};
use shellia::roles;
use shellia::web::{Tls, Unfit};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;
use url::Url;

/// How long anything may take before a test fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// A certificate for these names that vouches for itself, and its key, both in PEM.
fn made(names: &[&str], change: impl FnOnce(&mut CertificateParams)) -> (String, String) {
    let mut params = CertificateParams::new(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).unwrap();
    change(&mut params);
    let key = KeyPair::generate().unwrap();
    (params.self_signed(&key).unwrap().pem(), key.serialize_pem())
}

/// The files of a machine.
struct Files(TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, (certificate, key): &(String, String)) -> Tls {
        fs::write(self.path("maxis.pem"), certificate).unwrap();
        fs::write(self.path("maxis.key"), key).unwrap();
        self.tls()
    }

    fn tls(&self) -> Tls {
        let tls = Tls::new(self.path("maxis.pem"), self.path("maxis.key"));
        Tls { look: Duration::from_millis(50), ..tls }
    }

    fn trusted(&self, certificates: &str) -> Trust {
        let path = self.path("trusted.pem");
        fs::write(&path, certificates).unwrap();
        Trust::of_file(&path).unwrap()
    }
}

fn secured(tls: Tls) -> Maxis {
    Maxis::at("127.0.0.1:0", Some(tls), |_, _| {})
}

/// What Shellia finds at a host of that Maxis when she trusts these.
async fn finds(maxis: &Maxis, host: &str, trust: Trust) -> Result<State, Unreached> {
    let base = Url::parse(&format!("https://{host}:{}/api", maxis.server.address.port())).unwrap();
    let signer = Signer::new(&Secret::new(KEY), "maxis");
    let peer = HttpPeer::trusting(base, signer, maxis.clock.clone(), PATIENCE, trust).unwrap();
    match status(&peer, Asker::watch()).await {
        Ok(status) => Ok(status.state),
        Err(Failed::Unreached(why)) => Err(why),
        Err(Failed::Denied(denied)) => panic!("{denied:?}"),
    }
}

#[tokio::test]
async fn the_expected_certificate_is_taken_and_no_other() {
    let (files, right) = (Files::new(), made(&["127.0.0.1", "localhost"], |_| {}));
    let maxis = secured(files.write(&right));
    let other = made(&["127.0.0.1", "localhost"], |_| {});
    assert_eq!(finds(&maxis, "127.0.0.1", files.trusted(&right.0)).await, Ok(State::Up));
    assert_eq!(finds(&maxis, "localhost", files.trusted(&right.0)).await, Ok(State::Up));
    assert_eq!(finds(&maxis, "127.0.0.1", files.trusted(&other.0)).await, Err(Unreached::Certificate));
    assert_eq!(finds(&maxis, "127.0.0.1", Trust::Web).await, Err(Unreached::Certificate));
    // Nobody was let in who didn't trust him, and nothing was said to whom wasn't trusted.
    assert_eq!((maxis.counted("requests_total"), maxis.counted("missing")), (2, 0));
    // Whoever speaks without TLS hears nothing of use; the health page is behind it too.
    let plain = Client::builder().no_proxy().build().unwrap();
    let port = maxis.server.address.port();
    assert!(plain.get(format!("http://127.0.0.1:{port}/health")).send().await.is_err());
    maxis.server.stop().await;
}

#[tokio::test]
async fn a_certificate_for_another_name_or_another_time_is_not_taken() {
    for (names, from, until) in [
        (&["maxis.example"][..], (2020, 1, 1), (2090, 1, 1)),
        (&["127.0.0.1"], (2020, 1, 1), (2021, 1, 1)),
        (&["127.0.0.1"], (2089, 1, 1), (2090, 1, 1)),
    ] {
        let (files, odd) = (
            Files::new(),
            made(names, |params| {
                params.not_before = date_time_ymd(from.0, from.1, from.2);
                params.not_after = date_time_ymd(until.0, until.1, until.2);
            }),
        );
        let maxis = secured(files.write(&odd));
        let found = finds(&maxis, "127.0.0.1", files.trusted(&odd.0)).await;
        assert_eq!(found, Err(Unreached::Certificate), "{names:?} until {until:?}");
        maxis.server.stop().await;
    }
}

#[tokio::test]
async fn a_new_certificate_is_shown_without_a_restart_and_both_are_expected_meanwhile() {
    let files = Files::new();
    let (old, new) = (made(&["127.0.0.1"], |_| {}), made(&["127.0.0.1"], |_| {}));
    let maxis = secured(files.write(&old));
    let (only_old, only_new) = (files.trusted(&old.0), files.trusted(&new.0));
    let both = files.trusted(&format!("{}{}", old.0, new.0));
    assert_eq!(finds(&maxis, "127.0.0.1", only_new.clone()).await, Err(Unreached::Certificate));
    // Half of the pair is written: what was there is still shown.
    fs::write(files.path("maxis.pem"), &new.0).unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(finds(&maxis, "127.0.0.1", only_old.clone()).await, Ok(State::Up));
    assert_eq!(finds(&maxis, "127.0.0.1", both.clone()).await, Ok(State::Up));
    files.write(&new);
    let shown = async {
        while finds(&maxis, "127.0.0.1", only_new.clone()).await.is_err() {
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    };
    tokio::time::timeout(PATIENCE, shown).await.expect("the new certificate is shown");
    assert_eq!(finds(&maxis, "127.0.0.1", both).await, Ok(State::Up));
    assert_eq!(finds(&maxis, "127.0.0.1", only_old).await, Err(Unreached::Certificate));
    maxis.server.stop().await;
}

#[test]
fn files_that_are_of_no_use_are_told_apart() {
    let files = Files::new();
    let (one, two) = (made(&["127.0.0.1"], |_| {}), made(&["127.0.0.1"], |_| {}));
    let why = |tls: Tls| tls.check();
    assert!(matches!(why(files.tls()), Err(Unfit::Certificate(_))));
    assert_eq!(why(files.write(&one)), Ok(None));
    assert!(matches!(why(files.write(&(one.0.clone(), two.1))), Err(Unfit::Pair(_))));
    assert!(matches!(why(files.write(&(one.0.clone(), "nonsense".to_owned()))), Err(Unfit::Key(_))));
    assert!(matches!(why(files.write(&("nonsense".to_owned(), one.1))), Err(Unfit::Certificate(_))));
    let over = made(&["127.0.0.1"], |params| params.not_after = date_time_ymd(2021, 1, 1));
    assert_eq!(why(files.write(&over)), Ok(Some("has run out")));
    let early = made(&["127.0.0.1"], |params| params.not_before = date_time_ymd(2089, 1, 1));
    assert_eq!(why(files.write(&early)), Ok(Some("isn't valid yet")));
    let authority = made(&["127.0.0.1"], |params| {
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    });
    assert_eq!(why(files.write(&authority)), Ok(Some("is an authority's (CA:TRUE) and no server's")));
    let trusts = |path: &Path| Trust::of_file(path).is_ok();
    assert!(trusts(&files.path("maxis.pem")) && !trusts(&files.path("maxis.key")) && !trusts(&files.path("none")));
}

#[tokio::test]
async fn check_names_what_is_wrong_with_the_certificates() {
    let files = Files::new();
    let path = |name| files.path(name).display().to_string();
    let told = async |role| {
        let environment = [
            ("MAXIS_TLS_CERT", path("maxis.pem")),
            ("MAXIS_TLS_KEY", path("maxis.key")),
            ("MAXIS_API_CERT", path("trusted.pem")),
            ("MAXIS_API_URL", "https://10.0.0.2:8080/api".to_owned()),
            ("MAXIS_API_KEY", KEY.to_owned()),
        ];
        let environment = environment.map(|(name, value)| (name.to_owned(), value));
        let problems = roles::check(role, Settings::draft(&Sources::from_environment(environment), role)).await;
        let told: Vec<String> = problems.iter().map(ToString::to_string).filter(|p| p.contains("CERT")).collect();
        told.join("\n").replace(&files.0.path().display().to_string(), "DIR")
    };
    assert_snapshot!(told(Role::Commerce).await, @"MAXIS_TLS_CERT: the certificate can't be read: No such file or directory (os error 2). Check the path, that the program's user may read it, and that it begins with -----BEGIN.");
    assert_snapshot!(told(Role::Controller).await, @"MAXIS_API_CERT: the certificates can't be read: No such file or directory (os error 2). Copy the file of MAXIS_TLS_CERT from the machine of Maxis, and check that the program's user may read it.");
    let over = made(&["10.0.0.2"], |params| params.not_after = date_time_ymd(2021, 1, 1));
    files.write(&over);
    files.trusted(&over.0);
    assert_snapshot!(told(Role::Both).await, @"MAXIS_TLS_CERT: has run out. Make both files anew, as docs/DEPLOY_DUAL_VM.md shows.");
    files.write(&made(&["10.0.0.2"], |_| {}));
    assert_eq!(told(Role::Both).await, "");
}
