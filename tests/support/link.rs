//! A link to the database that can be cut and mended, or breaks at a chosen place: what a network does.

use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use url::Url;

/// How PostgreSQL reports that a transaction is kept.
const COMMITTED: &[u8] = b"COMMIT\0";

/// Where a connection breaks that carries a certain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// Before the text reaches the server.
    BeforeIt,
    /// After the commit that follows it, before the server's word of it arrives.
    AfterCommit,
    /// The same, and the whole link is cut with it.
    AfterCommitForGood,
}

/// Puts something before a database's server: `lead` gets both ends of each connection. Gives the address that leads through it.
pub async fn between(url: &str, lead: impl Fn(TcpStream, TcpStream) + Send + 'static) -> String {
    let mut url = Url::parse(url).expect("an address");
    let server = format!("{}:{}", url.host_str().expect("a host"), url.port().unwrap_or(5432));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    url.set_host(Some("127.0.0.1")).expect("a host");
    url.set_port(Some(listener.local_addr().expect("bound").port())).expect("a port");
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = TcpStream::connect(&server).await.expect("the server is there");
            lead(client, server);
        }
    });
    url.to_string()
}

/// A TCP link on a port of its own.
pub struct Link {
    port: u16,
    state: Arc<State>,
}

struct State {
    cut: watch::Sender<bool>,
    /// The text at which the next connection that carries it breaks, once.
    trap: Mutex<Option<(String, Break)>>,
}

impl Link {
    /// Leads to the server of this address.
    pub async fn to(url: &str) -> Self {
        let url = Url::parse(url).expect("an address");
        let server = format!("{}:{}", url.host_str().expect("a host"), url.port().expect("a port"));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("bound").port();
        let state = Arc::new(State { cut: watch::Sender::new(false), trap: Mutex::default() });
        let shared = state.clone();
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                tokio::spawn(lead(near, server.clone(), shared.clone()));
            }
        });
        Self { port, state }
    }

    /// The same address by way of the link.
    pub fn through(&self, url: &str) -> String {
        let mut url = Url::parse(url).expect("an address");
        url.set_port(Some(self.port)).expect("a port");
        url.to_string()
    }

    /// Breaks every connection and takes no new one.
    pub fn cut(&self) {
        self.state.cut.send_replace(true);
    }

    /// Takes connections again.
    pub fn mend(&self) {
        self.state.cut.send_replace(false);
    }

    /// Breaks the next connection that carries a text to the server, once.
    pub fn break_at(&self, text: &str, place: Break) {
        *self.state.trap.lock().expect("no panic") = Some((text.to_owned(), place));
    }

    /// Whether that has happened.
    pub fn broke(&self) -> bool {
        self.state.trap.lock().expect("no panic").is_none()
    }
}

/// Leads one connection to its end; however it ends, both sides are closed.
async fn lead(near: TcpStream, server: String, state: Arc<State>) {
    let mut cut = state.cut.subscribe();
    if *cut.borrow() {
        return;
    }
    let Ok(far) = TcpStream::connect(server).await else { return };
    let ((from_near, to_near), (from_far, to_far)) = (near.into_split(), far.into_split());
    // What this connection met on its way there.
    let (met, seen) = watch::channel(None);
    tokio::select! {
        _ = there(from_near, to_far, &state, met) => {}
        _ = back(from_far, to_near, &state, seen) => {}
        _ = cut.wait_for(|cut| *cut) => {}
    }
}

async fn there(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    state: &State,
    met: watch::Sender<Option<Break>>,
) -> std::io::Result<()> {
    let mut bytes = vec![0; 65_536];
    loop {
        let length = from.read(&mut bytes).await?;
        if length == 0 {
            return Ok(());
        }
        let sprung = {
            let mut trap = state.trap.lock().expect("no panic");
            let here = trap.as_ref().is_some_and(|(text, _)| holds(&bytes[..length], text.as_bytes()));
            if here { trap.take() } else { None }
        };
        match sprung {
            Some((_, Break::BeforeIt)) => return Ok(()),
            Some((_, place)) => drop(met.send_replace(Some(place))),
            None => {}
        }
        to.write_all(&bytes[..length]).await?;
    }
}

async fn back(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    state: &State,
    met: watch::Receiver<Option<Break>>,
) -> std::io::Result<()> {
    let mut bytes = vec![0; 65_536];
    loop {
        let length = from.read(&mut bytes).await?;
        if length == 0 {
            return Ok(());
        }
        let place = *met.borrow();
        if place.is_some() && holds(&bytes[..length], COMMITTED) {
            if place == Some(Break::AfterCommitForGood) {
                state.cut.send_replace(true);
            }
            return Ok(());
        }
        to.write_all(&bytes[..length]).await?;
    }
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}
