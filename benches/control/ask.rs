//! What is asked, and asking it: with the program's own way to a Maxis, as Shellia does.

use crate::support::Outcome;
use crate::support::cpu::Spent;
use crate::support::figures::Figures;
use crate::support::server::Server;
use shellia::config::Secret;
use shellia::control::{self, Asker, Signer, Wanted};
use shellia::kernel::{Clock, GuildId, Locale, UserId};
use shellia::peer_http::HttpPeer;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use url::Url;

/// How often one who asks alone asks: Discord lets a bot ask it fifty times a second, and every question but that
/// for his state has Maxis ask it.
const PACE: Duration = Duration::from_millis(100);

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where a Maxis is, and on whose behalf it is asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way {
    pub(crate) maxis: SocketAddr,
    pub(crate) guild: u64,
    pub(crate) person: u64,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    Status,
    Analytics,
    Report,
}

impl Asked {
    pub(crate) const ALL: [Self; 3] = [Self::Status, Self::Analytics, Self::Report];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Analytics => "analytics, 30 days",
            Self::Report => "report, a week",
        }
    }

    /// The longest answer at the 99th percentile.
    pub(crate) const fn aim(self) -> Duration {
        match self {
            Self::Status => Duration::from_millis(5),
            Self::Analytics | Self::Report => Duration::from_millis(50),
        }
    }

    /// A word that only its statements hold.
    pub(crate) const fn mark(self) -> &'static str {
        match self {
            Self::Status => "max(received_at)",
            Self::Analytics | Self::Report => "quarter_sums",
        }
    }
}

impl Way {
    fn peer(&self) -> Outcome<HttpPeer> {
        let base = Url::parse(&format!("http://{}/api", self.maxis))?;
        let signer = Signer::new(&Secret::new("only-for-the-benchmark"), "maxis");
        Ok(HttpPeer::new(base, signer, Clock::new(), PATIENCE)?)
    }

    fn asker(&self) -> Outcome<Asker> {
        let guild = GuildId::new(self.guild).ok_or("no guild")?;
        Ok(Asker::person(guild, UserId::new(self.person).ok_or("nobody")?, Locale::Fr))
    }
}

async fn answered(peer: &HttpPeer, asker: Asker, asked: Asked) -> Outcome<()> {
    match asked {
        Asked::Status => drop(control::status(peer, asker).await?),
        Asked::Analytics => drop(control::analytics(peer, asker, &Wanted::period("30d")).await?),
        Asked::Report => drop(control::report(peer, asker, &Wanted::default()).await?),
    }
    Ok(())
}

/// Asks once.
pub(crate) async fn once(way: &Way, asked: Asked) -> Outcome<()> {
    answered(&way.peer()?, way.asker()?, asked).await
}

/// Asks so many times, with so many at a time.
pub(crate) async fn run(
    server: &Server,
    way: &Way,
    asked: Asked,
    (workers, count): (usize, usize),
) -> Outcome<Figures> {
    let (before, began) = (Spent::now(server)?, Instant::now());
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..workers {
        let way = *way;
        asking.spawn(async move {
            let (peer, asker) = (way.peer()?, way.asker()?);
            let mut took = Vec::new();
            for _ in 0..(count / workers).max(1) {
                let began = Instant::now();
                answered(&peer, asker, asked).await?;
                took.push(began.elapsed());
                if workers == 1 && asked != Asked::Status {
                    tokio::time::sleep(PACE.saturating_sub(began.elapsed())).await;
                }
            }
            Outcome::Ok(took)
        });
    }
    let mut all = Vec::new();
    while let Some(took) = asking.join_next().await {
        all.extend(took??);
    }
    let took = began.elapsed();
    let cost = before.own(server, all.len())?;
    Ok(Figures::of(all, took, cost))
}
