//! Maxis and Shellia as two processes on two hosts, with a long and lossy way between them, over TLS, set up as the deployment page
//! says. The hosts are network namespaces (`tests/deploy/link`): it needs root, so `make two-hosts` runs it.

use crate::support::maxis::{Maxis, PATIENCE, Speaker};
use crate::support::show::show;
use serde_json::Value;
use shellia::sandbox::World;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use url::Url;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const KEY: &str = "4f9d1c0ab27e5d3388c1f0e2a4b6978d";
/// One way of the way between the hosts, in milliseconds, and how much of what is sent gets lost, in percent.
const DELAY_MS: u64 = 40;
const LOSS_PERCENT: u64 = 5;

/// The hosts and the way between them.
struct Hosts {
    process: Child,
    orders: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
    names: BTreeMap<String, String>,
}

impl Hosts {
    async fn start(ports: &[u16]) -> Self {
        let ports: Vec<String> = ports.iter().map(u16::to_string).collect();
        let mut process = Command::new(Path::new(ROOT).join("tests/deploy/link"))
            .args(["--delay-ms", &DELAY_MS.to_string(), "--loss-percent", &LOSS_PERCENT.to_string()])
            .args(["--ports", &ports.join(",")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 and iproute2 are there");
        let orders = process.stdin.take().unwrap();
        let mut answers = BufReader::new(process.stdout.take().unwrap()).lines();
        let ready = answers.next_line().await.unwrap().expect("the hosts are made; else the reason stands above");
        let names = serde_json::from_str(&ready).unwrap();
        Self { process, orders, answers, names }
    }

    /// Gives an order, and says how many packets got lost before it.
    async fn order(&mut self, order: &str) -> u64 {
        self.orders.write_all(format!("{order}\n").as_bytes()).await.unwrap();
        let done = self.answers.next_line().await.unwrap().expect("the way is still there");
        println!("the way: {done}");
        let lost = done.rsplit(", ").next().and_then(|lost| lost.split(' ').next());
        lost.and_then(|n| n.parse().ok()).expect("it says how many")
    }

    /// Starts a role on its host.
    fn run(&self, host: &str, role: &str, environment: &[(String, String)], log: &Path) -> Child {
        Command::new("ip")
            .args(["netns", "exec", &self.names[host], env!("CARGO_BIN_EXE_shellia"), "--role", role])
            .env_clear()
            .envs(environment.iter().cloned())
            .env("PATH", std::env::var("PATH").unwrap_or_default())
            .current_dir(log.parent().unwrap())
            .stdout(Stdio::null())
            .stderr(fs::OpenOptions::new().create(true).append(true).open(log).unwrap())
            .kill_on_drop(true)
            .spawn()
            .expect("the program starts")
    }

    async fn end(mut self) {
        drop(self.orders);
        assert!(self.process.wait().await.unwrap().success());
    }
}

/// Makes a certificate with the command of the deployment page, which is for Maxis at 10.0.0.2.
fn certificate(directory: &Path) {
    let page = fs::read_to_string(Path::new(ROOT).join("docs/DEPLOY_DUAL_VM.md")).unwrap();
    let command = page.lines().find(|line| line.starts_with("openssl req ")).expect("the page makes a certificate");
    let made = std::process::Command::new("sh").args(["-ec", command]).current_dir(directory).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

fn ports(environment: &[(String, String)]) -> Vec<u16> {
    let names = ["DISCORD_API_URL", "DISCORD_GATEWAY_URL", "DRAND_RELAYS", "DATABASE_URL"];
    let values = environment.iter().filter(|(name, _)| names.contains(&name.as_str())).map(|(_, value)| value);
    let mut ports: Vec<u16> = values.filter_map(|url| Url::parse(url).ok()?.port()).collect();
    ports.sort_unstable();
    ports.dedup();
    ports
}

async fn stop(mut child: Child) {
    let pid = rustix::process::Pid::from_raw(i32::try_from(child.id().unwrap()).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    let ended = tokio::time::timeout(PATIENCE, child.wait()).await.expect("it stops in time").unwrap();
    assert!(ended.success(), "it stops in order: {ended}");
}

/// What Léa types one after another, and what stands in each answer.
const TYPED: &[(&str, &str)] = &[
    ("!maxis status", "Maxis est en ligne"),
    ("!maxis analytics", "La boutique"),
    ("!maxis rapport", "Le bilan"),
    ("!maxis promos", "Promotions"),
    ("!maxis giveaways", "Concours"),
    ("!maxis tickets", "Tickets"),
    ("!maxis config", "Les réglages de Maxis"),
    ("!maxis suivre sale", "C’est noté"),
    ("!maxis ne-plus-suivre sale", "plus"),
    ("!shellia combien de ventes hier ?", "Commandes payées"),
    ("!maxis promo 20% pro 48h", "Plan #1"),
    ("!maxis approuver 1", "Plan #1 exécuté. La promotion n° 1 est lancée"),
    ("!maxis promo stop 1", "Plan #2"),
    ("!maxis rejeter 2", "il est rejeté"),
    ("!shellia promo de 10 % sur Basic pendant 24 h", "Plan #3"),
    ("!maxis plans", "Plans qui attendent"),
    ("!maxis giveaway Nitro 2j <#STAFF>", "Plan #4"),
    ("!maxis approuver 4", "Plan #4 exécuté"),
    ("!maxis giveaway end 1", "Plan #5"),
    ("!maxis giveaway reroll 9 ne répond pas", "Aucun concours sous ce numéro"),
    ("!maxis config set langue en", "Plan #6"),
    ("!maxis autonomie", "Autonomie"),
    ("!maxis journal", "Journal"),
    ("!maxis stop", "Tout est arrêté"),
    ("!maxis approuver 5", "rejeté"),
    ("!maxis reprendre", "Plan #7"),
    ("!maxis approuver 7", "Tout reprend"),
];

/// What Shellia answers Léa when she asks how Maxis is, and how long it took.
async fn asks(maxis: &Maxis, shellia: u64) -> (String, Duration) {
    types(maxis, shellia, "!maxis status").await
}

/// What Shellia answers Léa, and how long it took.
async fn types(maxis: &Maxis, shellia: u64, text: &str) -> (String, Duration) {
    let Speaker { person, channel, .. } = maxis.person("lea", "staff");
    let began = Instant::now();
    let typed = person.say(channel, &text.replace("STAFF", &channel.to_string())).await.expect("she may write");
    let author = maxis.sandbox.bot_user(shellia).unwrap().to_string();
    let answers = |m: &&Value| m["author"]["id"] == author && crate::support::maxis::id(m) > typed;
    let seen = person.notified(channel, PATIENCE, |seen| seen.iter().any(|m| answers(&m))).await;
    let answer = show(seen.expect("Shellia answers").iter().find(answers).unwrap());
    println!("{:>6} ms  {}", began.elapsed().as_millis(), answer.lines().take(2).collect::<Vec<_>>().join(" · "));
    (answer, began.elapsed())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs root: make two-hosts"]
async fn two_hosts_over_tls_with_the_way_cut_and_mended_and_a_wrong_certificate() {
    let maxis = Maxis::prepare(World::two_guilds()).await;
    let shellia = maxis.sandbox.app_id("Shellia").expect("the world has a Shellia");
    let files = TempDir::new().unwrap();
    let [at, other] = ["right", "wrong"].map(|name| {
        let directory = files.path().join(name);
        fs::create_dir(&directory).unwrap();
        certificate(&directory);
        directory
    });
    let file = |directory: &Path, name: &str| directory.join(name).display().to_string();
    let set = |environment: &[(String, String)], more: &[(&str, String)]| {
        let more = more.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        let kept = environment.iter().filter(|(name, _)| name != "MAXIS_LISTEN").cloned();
        kept.chain(more).collect::<Vec<_>>()
    };
    let environment = maxis.environment();
    let commerce = set(
        &environment,
        &[
            ("MAXIS_LISTEN", "10.0.0.2:8080".to_owned()),
            ("MAXIS_API_KEY", KEY.to_owned()),
            ("MAXIS_API_ALLOW", "10.0.0.3".to_owned()),
            ("MAXIS_TLS_CERT", file(&at, "maxis.pem")),
            ("MAXIS_TLS_KEY", file(&at, "maxis.key")),
        ],
    );
    let discord: Vec<_> = environment.iter().filter(|(name, _)| name.starts_with("DISCORD_")).cloned().collect();
    let controller = |expected: &Path| {
        set(
            &discord,
            &[
                ("SHELLIA_DISCORD_TOKEN", "sandbox-shellia".to_owned()),
                ("MAXIS_API_URL", "https://10.0.0.2:8080/api".to_owned()),
                ("MAXIS_API_KEY", KEY.to_owned()),
                ("MAXIS_API_CERT", file(expected, "maxis.pem")),
            ],
        )
    };
    let mut hosts = Hosts::start(&ports(&environment)).await;
    let (his_log, her_log) = (files.path().join("maxis.log"), files.path().join("shellia.log"));
    let his = hosts.run("maxis", "commerce", &commerce, &his_log);
    let hers = hosts.run("shellia", "controller", &controller(&at), &her_log);
    maxis.online().await;
    online(&maxis, shellia, &her_log).await;

    let (answer, took) = asks(&maxis, shellia).await;
    assert!(answer.contains("Maxis est en ligne"), "{answer}");
    // To connect, to agree on keys and to ask: three times there and back.
    assert!(took > Duration::from_millis(3 * 2 * DELAY_MS), "the way is long: {took:?}");
    // A guild is known once somebody spoke with Maxis there.
    maxis.person("lea", "boutique").uses("help", serde_json::json!({})).await;
    let mut wrong = String::new();
    for (text, expected) in TYPED {
        let (mut answer, _) = types(&maxis, shellia, text).await;
        // A giveaway is open once Discord has its announcement, a moment after the plan is done.
        for _ in 0..10 {
            if !answer.contains("Ce concours n’est pas ouvert") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
            (answer, _) = types(&maxis, shellia, text).await;
        }
        if !answer.contains(expected) {
            wrong += &format!("{text}: {answer}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(hosts.order("cut").await > 0, "the way is lossy");
    for _ in 0..2 {
        let (answer, took) = asks(&maxis, shellia).await;
        assert!(answer.contains("Impossible de le joindre"), "{answer}");
        assert!(took < Duration::from_secs(10), "{took:?}");
    }
    hosts.order("mend").await;
    assert!(asks(&maxis, shellia).await.0.contains("Maxis est en ligne"));

    stop(hers).await;
    let hers = hosts.run("shellia", "controller", &controller(&other), &her_log);
    online(&maxis, shellia, &her_log).await;
    let (answer, _) = asks(&maxis, shellia).await;
    assert!(answer.contains("Son certificat n’est pas celui qu’on attend"), "{answer}");

    // Maxis takes the certificate that she expects, without a restart.
    for name in ["maxis.key", "maxis.pem"] {
        fs::copy(other.join(name), at.join(name)).unwrap();
    }
    let renewed = async {
        while !asks(&maxis, shellia).await.0.contains("Maxis est en ligne") {
            tokio::time::sleep(Duration::from_secs(2)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), renewed).await.expect("the new certificate is shown");
    stop(hers).await;
    stop(his).await;
    hosts.end().await;
    for log in [&his_log, &her_log] {
        let text = fs::read_to_string(log).unwrap();
        assert!(!text.contains(KEY) && !text.contains("PRIVATE"), "no secret in a log");
    }
    maxis.sandbox.stop().await;
}

/// Waits until Shellia hears.
async fn online(maxis: &Maxis, shellia: u64, log: &Path) {
    let ready = async {
        while !maxis.sandbox.wait_connected(shellia, PATIENCE).await || maxis.sandbox.commands(shellia, None).is_empty()
        {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let ready = tokio::time::timeout(PATIENCE, ready).await;
    ready.unwrap_or_else(|_| panic!("Shellia comes online: {}", fs::read_to_string(log).unwrap_or_default()));
}
