//! The process that is killed, and the people who go on talking meanwhile.

use crate::support::maxis::{Maxis, PATIENCE, button_of, id};
use serde_json::{Value, json};
use shellia::sandbox::{Answer, Person};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::process::{Child as Process, Command};
use tokio::task::JoinHandle;

/// Numbers that look random and are the same each time (the 64-bit variant of the linear congruential method, Knuth).
pub fn random(n: usize) -> u64 {
    let n = u64::try_from(n).expect("small");
    n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407) >> 33
}

/// A Maxis in his own process.
pub struct Child {
    process: Process,
    /// How many gateway connections the local Discord had seen before.
    before: u64,
}

impl Child {
    /// Starts the process and waits until it hears.
    pub async fn start(maxis: &Maxis) -> Self {
        let child = Self::start_anew(maxis).await;
        child.online(maxis).await;
        child
    }

    /// Starts the process and goes on at once.
    pub async fn start_anew(maxis: &Maxis) -> Self {
        let before = maxis.sandbox.connections();
        let log = std::fs::File::create(maxis.data_dir().join("maxis.log")).expect("a log");
        let process = Command::new(env!("CARGO_BIN_EXE_shellia"))
            .args(["--role", "commerce"])
            .env_clear()
            .envs(maxis.environment())
            .env("PATH", std::env::var("PATH").unwrap_or_default())
            .stdout(Stdio::null())
            .stderr(Stdio::from(log))
            .kill_on_drop(true)
            .spawn()
            .expect("the program starts");
        Self { process, before }
    }

    /// Waits until this very process hears and its commands are known.
    pub async fn online(&self, maxis: &Maxis) {
        let dialled = async {
            while maxis.sandbox.connections() <= self.before {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, dialled).await.expect("the process connects");
        maxis.online().await;
    }

    /// Kills it as a power cut would.
    pub async fn kill(&mut self) {
        self.process.kill().await.expect("it is killed");
    }

    /// Ends it in order.
    pub async fn stop(mut self) {
        let pid = self.process.id().and_then(|pid| i32::try_from(pid).ok()).and_then(rustix::process::Pid::from_raw);
        rustix::process::kill_process(pid.expect("it runs"), rustix::process::Signal::TERM).expect("it is told");
        let ended =
            tokio::time::timeout(PATIENCE, self.process.wait()).await.expect("it ends in time").expect("it ends");
        assert!(ended.success(), "{ended}");
    }
}

/// What somebody said, and whether he was answered.
pub struct Said {
    /// The word that marks it.
    pub word: String,
    /// Whether Maxis told him that it is done.
    pub acknowledged: bool,
    /// Whether it was a reply, not a new ticket.
    pub reply: bool,
}

/// People who open tickets and answer, typed and by slash, until they are stopped.
pub struct Talkers {
    over: Arc<AtomicBool>,
    tasks: Vec<JoinHandle<Vec<Said>>>,
}

impl Talkers {
    /// Starts Marie (typed tickets), Jean (slash tickets) and Sam (answers to Marie's first ticket).
    pub fn start(maxis: &Maxis) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let (marie, jean, sam) =
            (maxis.person("marie", "support"), maxis.person("jean", "support"), maxis.person("sam", "staff"));
        let (app, bot) = (maxis.app, maxis.bot().to_string());
        let tasks = vec![
            tokio::spawn(types(marie.person, marie.channel, bot, over.clone())),
            tokio::spawn(opens(jean.person, jean.channel, app, over.clone())),
            tokio::spawn(answers(sam.person, sam.channel, app, over.clone())),
        ];
        Self { over, tasks }
    }

    /// Stops them and collects what they said.
    pub async fn stop(self) -> Vec<Said> {
        self.over.store(true, Ordering::Relaxed);
        let mut said = Vec::new();
        for task in self.tasks {
            said.extend(task.await.expect("nobody panics"));
        }
        said
    }
}

/// How long someone waits for an answer before he goes on; the answer may still come later.
const WAIT: Duration = Duration::from_secs(4);

/// Types a ticket, waits for the answer, and opens it. A typed command reaches Maxis also when he was down.
async fn types(person: Person, channel: u64, bot: String, over: Arc<AtomicBool>) -> Vec<Said> {
    let mut said = Vec::new();
    let first = person.say(channel, "!ticket_create premier Bonjour").await.expect("he may write");
    while !over.load(Ordering::Relaxed) {
        let word = format!("tape{}", said.len());
        let typed = person.say(channel, &format!("!ticket_create {word} Bonjour")).await.expect("he may write");
        let answers =
            |m: &&Value| m["author"]["id"] == bot && id(m) > typed.max(first) && button_of(m, "answer?").is_some();
        let heard = person.notified(channel, WAIT, |seen| seen.iter().filter(answers).count() > 0).await;
        // He is told when a public answer stands there; whose it is, the button's request says.
        let mine = heard.is_ok_and(|seen| {
            seen.iter()
                .filter(answers)
                .any(|m| button_of(m, "answer?").is_some_and(|b| b.ends_with(&typed.to_string())))
        });
        said.push(Said { word, acknowledged: mine, reply: false });
    }
    said
}

/// Opens tickets by slash; an interaction is lost when Maxis is down, as on Discord.
async fn opens(person: Person, channel: u64, app: u64, over: Arc<AtomicBool>) -> Vec<Said> {
    let mut said = Vec::new();
    while !over.load(Ordering::Relaxed) {
        let word = format!("slash{}", said.len());
        let options = json!({"subject": word, "description": "Bonjour"});
        said.push(Said {
            acknowledged: done(&person, channel, app, "ticket_create", options).await,
            word,
            reply: false,
        });
    }
    said
}

/// Answers ticket 1 as staff.
async fn answers(person: Person, channel: u64, app: u64, over: Arc<AtomicBool>) -> Vec<Said> {
    let mut said = Vec::new();
    while !over.load(Ordering::Relaxed) {
        let word = format!("reponse{}", said.len());
        let options = json!({"id": 1, "message": word});
        said.push(Said { acknowledged: done(&person, channel, app, "ticket_reply", options).await, word, reply: true });
    }
    said
}

/// Uses a slash command; whether he was told that it is done.
async fn done(person: &Person, channel: u64, app: u64, command: &str, options: Value) -> bool {
    let Ok(used) = person.slash(channel, app, command, options).await else {
        // The commands are not registered yet.
        tokio::time::sleep(Duration::from_millis(100)).await;
        return false;
    };
    match person.wait_answer_for(used, WAIT).await {
        Answer::Message(message) => message.to_string().contains("#"),
        Answer::Modal(_) | Answer::Choices(_) | Answer::Silent => false,
        Answer::Failed(_) => {
            tokio::time::sleep(Duration::from_millis(50)).await;
            false
        }
    }
}
