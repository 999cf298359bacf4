//! What pgbench runs beside the program in the benchmark is what the program sends: a script that fell behind is noticed here,
//! not by whoever measures next.
//!
//! The messages to the server are read as they pass, in the form of <https://www.postgresql.org/docs/15/protocol.html>.

#[path = "../../benches/support/plain.rs"]
mod plain;

use crate::support::app::{MARIE, SHOP, Who, call, unwired};
use crate::support::db::Database;
use crate::support::link::between;
use plain::statements;
use shellia::commands::{Answer, Raw, Way, answer};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

const PATIENCE: Duration = Duration::from_secs(10);

/// What was carried out, in the order of sending, over all connections.
#[derive(Default)]
struct Heard(Mutex<Vec<String>>);

impl Heard {
    fn len(&self) -> usize {
        self.0.lock().unwrap().len()
    }

    /// Without what opens a connection: whether a command finds a free one is the pool's affair.
    fn since(&self, start: usize) -> Vec<String> {
        let opens = |sent: &String| ["set time zone ", "set client_encoding "].iter().any(|o| sent.starts_with(o));
        self.0.lock().unwrap()[start..].iter().flat_map(|text| statements(text)).filter(|sent| !opens(sent)).collect()
    }

    /// Leads one connection's bytes on, and notes each statement that runs.
    async fn listen(self: Arc<Self>, mut from: OwnedReadHalf, mut to: OwnedWriteHalf) -> std::io::Result<()> {
        let (mut known, mut waiting, mut typed) = (HashMap::new(), Vec::new(), false);
        let mut bytes = vec![0; 65_536];
        loop {
            let length = from.read(&mut bytes).await?;
            if length == 0 {
                return to.shutdown().await;
            }
            waiting.extend_from_slice(&bytes[..length]);
            while let Some(message) = next(&mut waiting, &mut typed) {
                self.note(&message, &mut known);
            }
            to.write_all(&bytes[..length]).await?;
        }
    }

    fn note(&self, (kind, body): &(u8, Vec<u8>), known: &mut HashMap<String, String>) {
        let mut texts = body.split(|byte| *byte == 0).map(|text| String::from_utf8_lossy(text).into_owned());
        let mut text = || texts.next().unwrap_or_default();
        match kind {
            b'Q' => self.0.lock().unwrap().push(text()),
            b'P' => drop(known.insert(text(), text())),
            b'B' => {
                let (_portal, name) = (text(), text());
                self.0.lock().unwrap().push(known[&name].clone());
            }
            _ => {}
        }
    }
}

/// Takes the first whole message off; the ones before a connection is opened carry no letter.
fn next(waiting: &mut Vec<u8>, typed: &mut bool) -> Option<(u8, Vec<u8>)> {
    let letter = usize::from(*typed);
    let length = waiting.get(letter..letter + 4)?;
    let length = u32::from_be_bytes(length.try_into().unwrap()) as usize;
    if waiting.len() < letter + length {
        return None;
    }
    let message: Vec<u8> = waiting.drain(..letter + length).collect();
    let body = message[letter + 4..].to_vec();
    // Version 3 of the protocol opens it; anything else asks for encryption first.
    let opened = !*typed && body.starts_with(&[0, 3]);
    let kind = if *typed { message[0] } else { 0 };
    *typed |= opened;
    Some((kind, body))
}

/// Puts an ear before a database; gives its new address.
async fn overheard(url: &str, heard: Arc<Heard>) -> String {
    between(url, move |client, server| {
        let (from_client, mut to_client) = client.into_split();
        let (mut from_server, to_server) = server.into_split();
        tokio::spawn(heard.clone().listen(from_client, to_server));
        tokio::spawn(async move { tokio::io::copy(&mut from_server, &mut to_client).await });
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_benchmarks_scripts_hold_what_the_program_sends() {
    let database = Database::fresh().await;
    let heard = Arc::new(Heard::default());
    let app_url = overheard(&database.app_url, heard.clone()).await;
    let app = unwired(&Database { owner_url: database.owner_url.clone(), app_url });
    let marie = Who { user: MARIE, guild: Some(SHOP), staff: false };
    let text = |name: &str, value: &str| (name.to_owned(), Raw::Text(value.to_owned()));
    let create = vec![
        text("subject", "Paiement refusé"),
        text("description", "Ma carte est refusée"),
        text("category", "billing"),
        text("priority", "high"),
    ];
    // The first command of all opens the connection and learns the guild's settings and Marie's language.
    answer(&app, &call(marie, "ticket_create", create.clone(), Way::Slash)).await;
    let id = || ("id".to_owned(), Raw::Int(1));
    let scripts = [
        ("ticket_create", create, include_str!("../../benches/tickets/create.sql")),
        ("ticket_list", vec![], include_str!("../../benches/tickets/list.sql")),
        ("ticket_view", vec![id()], include_str!("../../benches/tickets/view.sql")),
        ("ticket_reply", vec![id(), text("message", "Bonjour")], include_str!("../../benches/tickets/reply.sql")),
    ];
    for (command, given, script) in scripts {
        let start = heard.len();
        let said = answer(&app, &call(marie, command, given, Way::Slash)).await;
        assert!(matches!(&said, Answer::Say { reply, .. } if !reply.buttons.is_empty()), "{command}: {said:?}");
        let written = statements(script);
        assert!(written.len() > 3, "{command}'s script holds {written:?}");
        // The end of a transaction that only read is sent when the answer is out already.
        let all = async {
            while heard.since(start).len() < written.len() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, all).await.ok();
        let sent = heard.since(start);
        assert_eq!(sent.join(";\n"), written.join(";\n"), "{command} and its script in benches/tickets");
    }
}
