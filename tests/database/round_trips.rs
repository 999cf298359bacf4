//! How often a command waits for the database: a server far away must still feel near.
//!
//! The way back from the server takes its time here, so whatever the program sends without waiting arrives together.

use crate::support::app::{MARIE, SAM, SHOP, Who, call, unwired};
use crate::support::db::Database;
use crate::support::link::between;
use shellia::commands::{Answer, Raw, Way, answer};
use shellia::kernel::GuildId;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

/// How long an answer of the server is under way: long enough for a busy machine to have sent what it would send.
const UNDER_WAY: Duration = Duration::from_millis(60);

/// Counts how often something is sent after an answer came.
#[derive(Default)]
struct Trips {
    count: AtomicU32,
    answered: AtomicBool,
}

impl Trips {
    async fn there(self: Arc<Self>, mut from: OwnedReadHalf, mut to: OwnedWriteHalf) -> std::io::Result<()> {
        let mut bytes = vec![0; 65_536];
        loop {
            let length = from.read(&mut bytes).await?;
            if length == 0 {
                return to.shutdown().await;
            }
            // The end of a transaction that only read: nobody waits for it.
            let ends = bytes[..length].windows(8).any(|word| word.eq_ignore_ascii_case(b"rollback"));
            if self.answered.swap(false, Ordering::SeqCst) && !ends {
                self.count.fetch_add(1, Ordering::SeqCst);
            }
            to.write_all(&bytes[..length]).await?;
        }
    }

    async fn back(self: Arc<Self>, mut from: OwnedReadHalf, mut to: OwnedWriteHalf) -> std::io::Result<()> {
        let mut bytes = vec![0; 65_536];
        loop {
            let length = from.read(&mut bytes).await?;
            if length == 0 {
                return to.shutdown().await;
            }
            tokio::time::sleep(UNDER_WAY).await;
            self.answered.store(true, Ordering::SeqCst);
            to.write_all(&bytes[..length]).await?;
        }
    }
}

/// Puts a long way before a database; gives its new address.
async fn far_away(url: &str, trips: Arc<Trips>) -> String {
    between(url, move |client, server| {
        let (from_client, to_client) = client.into_split();
        let (from_server, to_server) = server.into_split();
        tokio::spawn(trips.clone().there(from_client, to_server));
        tokio::spawn(trips.clone().back(from_server, to_client));
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_at_tickets_waits_for_the_database_once_and_a_command_twice_at_most() {
    let database = Database::fresh().await;
    let trips = Arc::new(Trips::default());
    let app_url = far_away(&database.app_url, trips.clone()).await;
    let app = unwired(&Database { owner_url: database.owner_url.clone(), app_url });
    let text = |name: &str| (name.to_owned(), Raw::Text("Ma carte est refusée".to_owned()));
    let id = || ("id".to_owned(), Raw::Int(1));
    // The guild begins with its presets, and its staff with it.
    let shop = GuildId::new(SHOP).unwrap();
    app.guild(shop).await.unwrap();
    crate::support::db::run(
        &mut database.owner().await,
        &format!(
            "insert into orders (guild_id, number, user_id, recipient_id, user_name, locale, request, kind, mode, product, variant, \
               quantity, title, currency, list_minor, discount_minor, total_minor, state, reserved, payment_id, paid_minor, \
               checkout_key, created_at, updated_at, paid_at, fulfilled_at) \
             values ({SHOP}, 1, {MARIE}, {MARIE}, 'Marie', 'fr', 'r1', 'product', 'payment', 'texte', 'standard', 1, 'Texte', 'eur', \
               300, 0, 300, 'fulfilled', false, 'pi_1', 300, 'k', now(), now(), now(), now())"
        ),
    )
    .await;
    let marie = Who { user: MARIE, guild: Some(SHOP), staff: false };
    let sam = Who { user: SAM, guild: Some(SHOP), staff: true };
    let commands = [
        (marie, "ticket_create", vec![text("subject"), text("description")]),
        (marie, "ticket_list", vec![]),
        (marie, "ticket_view", vec![id()]),
        (marie, "ticket_reply", vec![id(), text("message")]),
        (marie, "shop", vec![]),
        (marie, "plans", vec![]),
        (marie, "order", vec![("order".to_owned(), Raw::Int(1))]),
        (sam, "ticket_list", vec![]),
        (sam, "ticket_view", vec![id()]),
        (sam, "ticket_reply", vec![id(), text("message")]),
        (sam, "ticket_note", vec![id(), text("message")]),
    ];
    for (who, command, given) in commands {
        for way in [Way::Slash, Way::Text] {
            // The first time, the connection learns the statements and the program the guild's settings.
            answer(&app, &call(who, command, given.clone(), way)).await;
            // Those are read again every few seconds, which isn't the command's doing.
            app.guilds.forget(shop);
            app.guild(shop).await.unwrap();
            // A look is answered before its connection is free again; another one would first have to be opened.
            while app.db.usage().1 > 0 {
                tokio::time::sleep(UNDER_WAY).await;
            }
            tokio::time::sleep(UNDER_WAY * 3).await;
            trips.count.store(0, Ordering::SeqCst);
            let said = answer(&app, &call(who, command, given.clone(), way)).await;
            let count = trips.count.load(Ordering::SeqCst);
            tokio::time::sleep(UNDER_WAY * 3).await;
            assert!(matches!(&said, Answer::Say { reply, .. } if !reply.buttons.is_empty()), "{command}: {said:?}");
            // What staff read is audited.
            let looks = !who.staff && matches!(command, "ticket_list" | "ticket_view");
            // A private answer to a typed command is kept.
            let most = if looks && way == Way::Slash { 1 } else { 2 };
            assert!((1..=most).contains(&count), "{command} by {way:?} waited {count} times");
        }
    }
}
