//! Events from the database to a channel: each once and in order, whatever breaks.

use super::world::{Breaking, Channels, Meets, Shellia, Shop, channel, guild, tell};
use insta::assert_snapshot;
use shellia::app::told_events;
use shellia::control::events::News;
use shellia::control::{Failed, Why, events};
use shellia::domain::notifications::Undelivered;
use shellia::kernel::Error;
use shellia::pilot::{Ended, Piloted, Topic};
use shellia::web::Pace;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const HOUR: Duration = Duration::from_secs(3600);

fn piloted(shop: &Shop) -> Vec<Piloted> {
    vec![Piloted { name: "maxis".to_owned(), peer: shop.peer(shop.address()) }]
}

/// The order's number in a line of a sale.
fn order(line: &str) -> i64 {
    let number = line.split('#').nth(1).unwrap_or_else(|| panic!("{line}"));
    number.trim_end_matches(')').parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_cut_a_hundred_times_and_both_programs_restarted_bring_each_event_once_and_in_order() {
    let mut shop = Shop::open().await;
    let breaking = Breaking::to(shop.address(), 100).await;
    let peers = || vec![Piloted { name: "maxis".to_owned(), peer: shop.peer(breaking.address) }];
    let (channels, dir) = (Arc::new(Channels::default()), tempfile::tempdir().unwrap());
    let mut shellia = Shellia::start(peers(), &channels, dir.path(), HOUR);
    shellia.follows(7, 50, &[Topic::Sale]);
    shellia.app.pilot.save().await;
    shellia.listens().await;
    let (mut sold, mut round) = (0, 0);
    while breaking.left() > 0 {
        // Some of another guild and some that nobody is told lie between.
        for _ in 0..3 {
            sold += 1;
            shop.sells(guild(7), sold).await;
            shop.sells(guild(8), 90_000).await;
            shop.tells(guild(7), "order_placed", 90_001).await;
        }
        round += 1;
        tokio::time::sleep(Duration::from_millis(60)).await;
        if round % 40 == 7 {
            shellia.dies().await;
            shellia = Shellia::start(
                vec![Piloted { name: "maxis".to_owned(), peer: shop.peer(breaking.address) }],
                &channels,
                dir.path(),
                HOUR,
            );
        }
        if round % 60 == 30 {
            shop.stop().await;
            shop.start();
        }
    }
    assert!(round > 60, "both were restarted");
    shellia.stop().await;
    let shellia = Shellia::start(piloted(&shop), &channels, dir.path(), HOUR);
    let posted = channels.holds(channel(50), usize::try_from(sold).unwrap()).await;
    let orders: Vec<i64> = posted.iter().map(|line| order(line)).collect();
    assert_eq!(orders, (1..=sold).collect::<Vec<i64>>());
    shellia.stop().await;
    shop.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_of_a_transaction_that_commits_late_is_not_passed_over() {
    let shop = Shop::open().await;
    let stop = CancellationToken::new();
    let read = async |after: &str, wait: u64| {
        told_events(&shop.app, Some(after), Duration::from_millis(wait), &stop).await.unwrap()
    };
    let begin = told_events(&shop.app, None, Duration::ZERO, &stop).await.unwrap();
    assert_eq!(begin.events, [], "what was before the first question isn't told");
    let now = shop.app.clock.now();
    let mut late = shop.begin().await;
    tell(&mut late, guild(7), "sale", 1, now);
    late.flush().await.unwrap();
    shop.sells(guild(7), 2).await;
    let between = read(&begin.reached, 0).await;
    assert_eq!(between.events, [], "the later one waits for the earlier");
    late.commit().await.unwrap();
    let mut orders = Vec::new();
    let mut after = between.reached;
    while orders.len() < 2 {
        let batch = read(&after, 5000).await;
        orders.extend(batch.events.iter().map(|event| event.order.unwrap()));
        after = batch.reached;
    }
    assert_eq!(orders, [1, 2]);
    assert_eq!(read(&after, 0).await.events, [], "and none twice");
    for (position, conflict) in [("999999999999-0", true), ("seven", false), ("", false)] {
        let refused = told_events(&shop.app, Some(position), Duration::ZERO, &stop).await.unwrap_err();
        assert_eq!(matches!(refused, Error::Conflict(_)), conflict, "{position}: {refused:?}");
    }
    stop.cancel();
    let ended = told_events(&shop.app, Some(&after), HOUR, &stop).await;
    assert!(matches!(ended, Err(Error::Unavailable { .. })), "the end of the program ends the wait");
}

#[tokio::test(flavor = "multi_thread")]
async fn waiting_holds_no_connection_and_a_commit_wakes() {
    let mut shop = Shop::with(Pace { alive: HOUR, ..Pace::default() }).await;
    let peer = shop.peer(shop.address());
    let mut streams = Vec::new();
    for _ in 0..15 {
        streams.push(events(&*peer, None).await.unwrap());
    }
    for stream in &mut streams {
        assert!(matches!(stream.next().await, Ok(Some(News::Reached(_)))));
    }
    // More streams than connections, and each still hears.
    shop.sells(guild(7), 1).await;
    for stream in &mut streams {
        let mut next = stream.next().await.unwrap();
        while matches!(next, Some(News::Reached(_))) {
            next = stream.next().await.unwrap();
        }
        assert!(matches!(next, Some(News::Event(event)) if event.order == Some(1)));
    }
    shop.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn there_are_so_many_streams_and_a_new_one_ends_the_oldest() {
    let mut shop = Shop::with(Pace { most: 2, alive: HOUR, ..Pace::default() }).await;
    let peer = shop.peer(shop.address());
    let mut streams = Vec::new();
    for _ in 0..3 {
        let mut stream = events(&*peer, None).await.unwrap();
        assert!(matches!(stream.next().await, Ok(Some(News::Reached(_)))));
        streams.push(stream);
    }
    shop.sells(guild(7), 1).await;
    assert_eq!(streams[0].next().await, Ok(None), "it ended in order");
    for stream in &mut streams[1..] {
        let mut news = stream.next().await.unwrap();
        while matches!(news, Some(News::Reached(_))) {
            news = stream.next().await.unwrap();
        }
        assert!(matches!(news, Some(News::Event(_))));
    }
    let refused = events(&*peer, Some("999999999999-0")).await.err();
    assert!(matches!(refused, Some(Failed::Denied(denied)) if denied.why == Why::Conflict));
    shop.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_is_one_short_line_in_the_channel_of_its_guild_alone() {
    let mut shop = Shop::open().await;
    let (channels, dir) = (Arc::new(Channels::default()), tempfile::tempdir().unwrap());
    let shellia = Shellia::start(piloted(&shop), &channels, dir.path(), HOUR);
    shellia.follows(7, 50, &Topic::ALL);
    shellia.follows(7, 51, &[Topic::Dispute]);
    shellia.follows(8, 60, &Topic::ALL);
    shellia.listens().await;
    let kinds =
        ["sale", "trial_begun", "order_refunded", "refund_returned", "dispute_opened", "dispute_won", "dispute_lost"];
    for (n, kind) in (1..).zip(kinds) {
        shop.tells(guild(7), kind, n * 1250).await;
    }
    let mut owner = shop.database.owner().await;
    let rows = "insert into events (guild_id, kind, ticket_number, number, at) values \
                (7, 'breached', 12, null, now()), (7, 'giveaway_drawn', null, 3, now()), \
                (7, 'promotion_begun', null, 4, now()), (7, 'promotion_ended', null, null, now()), \
                (7, 'promotion_stopped', null, 4, now()), (8, 'breached', 99, null, now())";
    crate::support::db::run(&mut owner, rows).await;
    assert_snapshot!(channels.holds(channel(50), 11).await.join("\n"), @r"
    🛒 Vente : 12,50 € (commande #1250)
    🌱 Nouvel essai gratuit (commande #2500)
    ↩️ Remboursement : 37,50 € (commande #3750)
    ↪️ Un remboursement n’a pas abouti, 50,00 € sont revenus (commande #5000)
    ⚖️ Litige ouvert sur la commande #6250
    ⚖️ Litige gagné : la commande #7500 reste payée
    ⚖️ Litige perdu : la banque a repris la commande #8750
    ⏰ Le ticket #12 a dépassé son délai
    🎉 Le concours #3 est tiré
    🏷️ La promotion #4 a commencé
    🏁 La promotion #4 est terminée
    ");
    assert_snapshot!(channels.holds(channel(60), 1).await.join("\n"), @"⏰ Le ticket #99 a dépassé son délai");
    assert_eq!(channels.read(channel(51)).len(), 3);
    shellia.stop().await;
    shop.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn discord_away_delays_a_closed_channel_ends_its_following_and_a_lost_answer_doubles_nothing() {
    let mut shop = Shop::open().await;
    let (channels, dir) = (Arc::new(Channels::default()), tempfile::tempdir().unwrap());
    let shellia = Shellia::start(piloted(&shop), &channels, dir.path(), HOUR);
    for at in [50, 51, 52, 53] {
        shellia.follows(7, at, &[Topic::Sale]);
    }
    shellia.listens().await;
    channels.meets(channel(50), vec![Meets::LostAnswer, Meets::Refusal(Undelivered::Later(None))]);
    channels.meets(channel(51), vec![Meets::Refusal(Undelivered::Gone)]);
    channels.meets(channel(52), vec![Meets::Refusal(Undelivered::NoPermission)]);
    shop.sells(guild(7), 1).await;
    shop.sells(guild(7), 2).await;
    channels.holds(channel(53), 2).await;
    assert_eq!(channels.read(channel(50)).len(), 2, "each once");
    assert_eq!((channels.read(channel(51)).len(), channels.read(channel(52)).len()), (0, 0));
    shellia.stop().await;
    // What became of a channel is known after a restart, too.
    let tries = channels.tries();
    let shellia = Shellia::start(piloted(&shop), &channels, dir.path(), HOUR);
    let ended: Vec<Option<Ended>> = shellia.app.pilot.kept("maxis").follows.iter().map(|one| one.ended).collect();
    assert_eq!(ended, [None, Some(Ended::Gone), Some(Ended::Closed), None]);
    shop.sells(guild(7), 3).await;
    channels.holds(channel(53), 3).await;
    assert_eq!(channels.tries(), tries + 2, "nothing is tried where nothing is followed");
    shellia.stop().await;
    shop.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_broken_file_or_another_database_the_events_begin_anew() {
    let mut shop = Shop::open().await;
    let (channels, dir) = (Arc::new(Channels::default()), tempfile::tempdir().unwrap());
    std::fs::write(dir.path().join("shellia-pilot.json"), "{\"of\":\"shellia pi").unwrap();
    let shellia = Shellia::start(piloted(&shop), &channels, dir.path(), HOUR);
    shellia.listens().await;
    shellia.follows(7, 50, &[Topic::Sale]);
    shop.sells(guild(7), 1).await;
    channels.holds(channel(50), 1).await;
    shellia.stop().await;
    assert!(dir.path().join("shellia-pilot.json.aside0").exists());
    // A database that was set up anew doesn't know the position.
    let shellia = Shellia::start(Vec::new(), &channels, dir.path(), HOUR);
    shellia.app.pilot.change("maxis", |kept| kept.after = Some("999999999999-7".to_owned()));
    shellia.stop().await;
    let shellia = Shellia::start(piloted(&shop), &channels, dir.path(), HOUR);
    let begun = async {
        while shellia.app.pilot.kept("maxis").after.is_none_or(|after| after.starts_with("999")) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), begun).await.expect("it begins anew");
    shop.sells(guild(7), 2).await;
    channels.holds(channel(50), 2).await;
    shellia.stop().await;
    shop.stop().await;
}
