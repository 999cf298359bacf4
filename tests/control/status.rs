//! `maxis status`: Maxis up, not quite, slow, down, with another key, with another clock.

use super::stage::{KEY, Maxis, base, healthy, peer, says};
use crate::support::app::unwired;
use crate::support::db::{self, run};
use crate::tickets::world::{guild, timeless, user};
use insta::assert_snapshot;
use jiff::SignedDuration;
use shellia::app::{
    App, Bot, Drafts, GuildCache, GuildPresets, Limits, News, PromotionRules, Rates, ShopRules, TicketRules,
};
use shellia::commands::Blind;
use shellia::commands::{self, Answer, Call, Raw, Way};
use shellia::control::plans::stop_plans;
use shellia::control::{Asker, Database, Discord, Failed, Outbox, Payments, Peer, State, Status, Unreached, status};
use shellia::db::Db;
use shellia::domain::accounts::Person;
use shellia::domain::{giveaways, notifications, payments, shop};
use shellia::kernel::reply::Reply;
use shellia::kernel::words::Words;
use shellia::kernel::{Actor, ChannelId, Clock, Locale, Rank, RoleId, System};
use shellia::pilot::Pilot;
use std::net::TcpListener;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use url::Url;

/// Shellia, who asks on behalf of an operator.
async fn asks(peer: Arc<dyn Peer>, locale: Locale) -> Reply {
    let app = App { peer, ..shellia_app(Arc::default()) };
    asks_of(&app, Vec::new(), locale).await
}

/// Requests so far: each has an id of its own, as Discord's have.
static ASKED: AtomicU64 = AtomicU64::new(1);

/// An operator asks a Shellia in the channel 50 of the guild 7.
pub async fn asks_of(app: &App, given: Vec<(String, Raw)>, locale: Locale) -> Reply {
    let person = Person {
        user: user(10),
        name: "Léa".to_owned(),
        roles: vec![RoleId::new(9).unwrap()],
        manages_guild: false,
        locale: Some(locale),
        bot: false,
        joined_at: None,
    };
    let call = Call {
        request: ASKED.fetch_add(1, Ordering::Relaxed).to_string(),
        command: "maxis".to_owned(),
        given,
        person,
        guild: Some(guild(7)),
        channel: ChannelId::new(50).unwrap(),
        way: Way::Slash,
        typed: String::new(),
    };
    match commands::answer(app, &call).await {
        Answer::Say { reply, .. } => reply,
        other => panic!("{other:?}"),
    }
}

/// Shellia with what she keeps; who has the role 9 is an operator.
pub fn shellia_app(pilot: Arc<Pilot>) -> App {
    let ranks = vec![(RoleId::new(9).unwrap(), Rank::Operator)];
    let peer: Arc<dyn Peer> = Arc::new(shellia::control::Unwired);
    let many = NonZeroU32::new(1_000_000).unwrap();
    App {
        bot: Bot::Shellia,
        db: Db::unwired(),
        clock: Clock::new(),
        words: Words::new(),
        guilds: GuildCache::new(GuildPresets {
            time_zone: "Europe/Paris".to_owned(),
            ranks,
            ..GuildPresets::default()
        }),
        drafts: Drafts::default(),
        limits: Limits::new(Rates { member_per_minute: many, guild_per_minute: many }),
        tickets: TicketRules::default(),
        promotions: PromotionRules::default(),
        privacy: shellia::domain::privacy::PrivacyRules::default(),
        shop: ShopRules::default(),
        gateway: Arc::new(payments::Unwired),
        beacon: Arc::new(giveaways::Unwired),
        peer,
        pilot,
        courier: Arc::new(notifications::Unwired),
        roles: Arc::new(shop::roles::Unwired),
        news: News::default(),
        inspector: Arc::new(Blind),
    }
}

async fn said(peer: impl Peer + 'static) -> String {
    timeless(&asks(Arc::new(peer), Locale::Fr).await)
}

#[tokio::test]
async fn maxis_up_and_not_quite() {
    let maxis = Maxis::start();
    assert_snapshot!(said(peer(maxis.base(), KEY, &maxis.clock)).await, @"
    [🟢 Maxis est en ligne]
    Discord = 2 sur 2 connexions · 41 ms
    Base de données = Répond en 3 ms · 1 connexion prise sur 8
    À envoyer = 5 pour plus tard
    Paiements = Activés · nouvelles de Stripe ⌚
    En marche = ⌚
    Version = 0.1.0
    ");
    *maxis.desk.status.lock().unwrap() = Status {
        state: State::Degraded,
        database: Database { ok: false, took_ms: 2000, ..healthy().database },
        discord: Discord { ready: 1, slash_only: true, latency_ms: None, ..healthy().discord },
        outbox: None,
        payments: Payments { on: false, heard_at: None },
        ..healthy()
    };
    assert_snapshot!(said(peer(maxis.base(), KEY, &maxis.clock)).await, @"
    [🟠 Maxis répond, mais tout ne marche pas]
    Discord = 1 sur 2 connexions
    ⚠️ Les commandes tapées ne sont pas entendues : il manque *Message Content Intent*.
    Base de données = ⚠️ Ne répond pas
    À envoyer = Inconnu tant que la base ne répond pas
    Paiements = Désactivés
    En marche = ⌚
    Version = 0.1.0
    ");
    *maxis.desk.status.lock().unwrap() =
        Status { outbox: Some(Outbox { waiting: 9, due: 3, oldest_s: 75 }), ..healthy() };
    let english = asks(Arc::new(peer(maxis.base(), KEY, &maxis.clock)), Locale::En).await;
    assert_snapshot!(timeless(&english), @"
    [🟢 Maxis is up]
    Discord = 2 of 2 connections · 41 ms
    Database = Answers in 3 ms · 1 connection of 8 in use
    To be sent = 3 messages to send, for 75 s at most
    Payments = On · news from Stripe ⌚
    Running = ⌚
    Version = 0.1.0
    ");
    *maxis.desk.stopped.lock().unwrap() = Some(maxis.clock.now());
    *maxis.desk.status.lock().unwrap() = healthy();
    assert_snapshot!(said(peer(maxis.base(), KEY, &maxis.clock)).await, @r"
    [⛔ Maxis est en ligne, mais tout est arrêté]
    ⛔ Tout est arrêté (⌚) : pour reprendre, `!maxis reprendre`.
    Discord = 2 sur 2 connexions · 41 ms
    Base de données = Répond en 3 ms · 1 connexion prise sur 8
    À envoyer = 5 pour plus tard
    Paiements = Activés · nouvelles de Stripe ⌚
    En marche = ⌚
    Version = 0.1.0
    ");
    let english = asks(Arc::new(peer(maxis.base(), KEY, &maxis.clock)), Locale::En).await;
    assert_snapshot!(timeless(&english), @r"
    [⛔ Maxis is up, but everything is stopped]
    ⛔ Everything is stopped (⌚): to go on, `!maxis resume`.
    Discord = 2 of 2 connections · 41 ms
    Database = Answers in 3 ms · 1 connection of 8 in use
    To be sent = 5 for later
    Payments = On · news from Stripe ⌚
    Running = ⌚
    Version = 0.1.0
    ");
    maxis.server.stop().await;
}

#[tokio::test]
async fn maxis_slow_down_or_at_odds_with_us() {
    let maxis = Maxis::start();
    assert_snapshot!(said(peer(maxis.base(), "another-key-altogether", &maxis.clock)).await, @"
    [🔴 Maxis ne répond pas]
    Il ne nous laisse pas entrer : `MAXIS_API_KEY` et `MAXIS_NAME` doivent être les mêmes sur les deux machines, et `MAXIS_API_ALLOW` sur la sienne, s’il est réglé, doit contenir mon adresse.
    ");
    let ahead = Clock::new();
    ahead.advance(SignedDuration::from_mins(5));
    let said_of_clock = said(peer(maxis.base(), KEY, &ahead)).await;
    // The date in the answer is in whole seconds, and may be one old.
    let seconds = [299, 300, 301].map(|seconds| format!("horloges ont {seconds} s d’écart"));
    assert!(seconds.iter().any(|told| said_of_clock.contains(told)), "{said_of_clock}");
    *maxis.desk.after.lock().unwrap() = Duration::from_secs(5);
    assert_snapshot!(said(peer(maxis.base(), KEY, &maxis.clock)).await, @"
    [🔴 Maxis ne répond pas]
    Il est joignable, mais met trop de temps à répondre. Regardez la charge de sa machine et sa base de données.
    ");
    maxis.server.stop().await;
    assert_snapshot!(said(shellia::control::Unwired).await, @"🔌 Aucun Maxis ne m’est confié : mettez `MAXIS_API_URL` et `MAXIS_API_KEY` sur ma machine, puis relancez-moi. Je réponds déjà à `/aide_shellia`.");
}

#[tokio::test]
async fn whatever_else_stands_at_that_address_is_told_apart() {
    let clock = Clock::new();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let reads = async |at: Url| match status(&peer(at, KEY, &clock), Asker::watch()).await.unwrap_err() {
        Failed::Unreached(why) => why,
        Failed::Denied(denied) => panic!("{denied:?}"),
    };
    assert_eq!(reads(base(free)).await, Unreached::Network);
    assert_eq!(reads(Url::parse("http://maxis.invalid:8080/api").unwrap()).await, Unreached::Name);
    assert_eq!(reads(says("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello").await).await, Unreached::Strange);
    assert_eq!(reads(says("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await).await, Unreached::Strange);
    assert_eq!(reads(says("HTTP/1.1 500 Oh\r\ncontent-length: 0\r\n\r\n").await).await, Unreached::Fault(500));
    assert_eq!(
        reads(says("HTTP/1.1 307 Go\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n").await).await,
        Unreached::Fault(307)
    );
    assert_eq!(reads(says("HTTP/1.1 404 No\r\ncontent-length: 0\r\n\r\n").await).await, Unreached::Absent);
    assert_eq!(reads(says("HTTP/1.1 429 Wait\r\ncontent-length: 0\r\n\r\n").await).await, Unreached::Busy);
    assert_eq!(reads(says("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{").await).await, Unreached::Network);
    // What speaks no TLS shows no certificate either.
    let plain = says("HTTP/1.1 200 OK\r\n\r\n").await.to_string().replace("http:", "https:");
    assert!(matches!(reads(Url::parse(&plain).unwrap()).await, Unreached::Certificate | Unreached::Network));
}

#[tokio::test]
async fn a_look_that_meets_a_connection_that_was_over_is_asked_once_more_and_a_change_never() {
    let clock = Clock::new();
    // Takes each request; the first of two breaks off, as a connection does that the other end closed unheard.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = base(listener.local_addr().unwrap());
    let healthy = serde_json::to_string(&healthy()).unwrap();
    let taken = Arc::new(AtomicUsize::new(0));
    let counted = taken.clone();
    let serving = tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let nth = counted.fetch_add(1, Ordering::Relaxed);
            let mut heard = [0; 4096];
            assert!(socket.read(&mut heard).await.unwrap() > 0);
            if nth % 2 == 1 {
                let length = healthy.len();
                let answer =
                    format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{healthy}");
                socket.write_all(answer.as_bytes()).await.unwrap();
            }
        }
    });
    let peer = peer(at, KEY, &clock);
    assert!(status(&peer, Asker::watch()).await.is_ok());
    assert_eq!(taken.load(Ordering::Relaxed), 2);
    let stopped = stop_plans(&peer, Asker::watch()).await;
    assert!(matches!(stopped, Err(Failed::Unreached(Unreached::Network))), "{stopped:?}");
    assert_eq!(taken.load(Ordering::Relaxed), 3, "what may have arrived is not sent again");
    serving.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_counted_by_what_is_due() {
    let database = db::Database::fresh().await;
    let app = unwired(&database);
    let now = app.clock.now();
    let mut owner = database.owner().await;
    for (seconds, state) in
        [(90, "'pending', null"), (30, "'pending', null"), (-60, "'pending', null"), (500, "'done', now()")]
    {
        let row = format!(
            "insert into outbox (guild_id, kind, due_at, created_at, state, done_at) \
             values (7, 'card', timestamptz '{now}' - interval '{seconds} s', now(), {state})"
        );
        run(&mut owner, &row).await;
    }
    let mut tx = app.db.begin(&Actor::system(System::Outbox)).await.unwrap();
    let waits = notifications::backlog(&mut tx, now).await.unwrap();
    tx.end().await.unwrap();
    assert_eq!((waits.waiting, waits.due, waits.oldest_s), (3, 2, 90));
    let mut tx = app.db.begin(&Actor::system(System::Payments)).await.unwrap();
    assert_eq!(payments::heard_at(&mut tx).await.unwrap(), None);
    tx.end().await.unwrap();
}
