//! `maxis follow`, `maxis unfollow`, and what `maxis status` says of them; several Maxis by name.

use super::stage::{KEY, Maxis, peer};
use super::status::{asks_of, shellia_app};
use super::world::{channel, guild};
use crate::tickets::world::timeless;
use insta::assert_snapshot;
use jiff::SignedDuration;
use shellia::app::App;
use shellia::commands::text::{self, Read};
use shellia::commands::{self, Raw};
use shellia::kernel::Locale;
use shellia::kernel::words::Words;
use shellia::pilot::{Ended, Follow, Level, Pilot, Piloted, Reading, Topic};
use std::sync::Arc;

/// A Shellia who pilots these, by their names.
fn pilots(maxis: &Maxis, names: &[&str]) -> (App, tempfile::TempDir) {
    let way = |name: &&str| Piloted { name: (*name).to_owned(), peer: Arc::new(peer(maxis.base(), KEY, &maxis.clock)) };
    let dir = tempfile::tempdir().unwrap();
    (shellia_app(Arc::new(Pilot::open(names.iter().map(way).collect(), dir.path()).unwrap())), dir)
}

/// What is given by a message, as the edge reads it.
fn typed(message: &str) -> Vec<(String, Raw)> {
    let specs: Vec<_> = commands::of(shellia::app::Bot::Shellia).collect();
    match text::read(message, &specs, &Words::new()) {
        Read::Command(_, given) => given,
        other => panic!("{message}: {other:?}"),
    }
}

async fn says(app: &App, message: &str, locale: Locale) -> String {
    timeless(&asks_of(app, typed(message), locale).await)
}

#[tokio::test]
async fn a_channel_follows_what_an_operator_types_there() {
    let maxis = Maxis::start();
    let (app, _dir) = pilots(&maxis, &["maxis"]);
    assert_snapshot!(says(&app, "!maxis follow ventes, litiges", Locale::Fr).await, @"");
    assert_snapshot!(says(&app, "!maxis unfollow vente", Locale::Fr).await, @"");
    assert_snapshot!(says(&app, "!maxis follow", Locale::En).await, @"");
    assert_snapshot!(says(&app, "!maxis suivre pannes chez=maxis", Locale::Fr).await, @"");
    assert_snapshot!(says(&app, "!maxis unfollow", Locale::En).await, @"");
    assert_snapshot!(says(&app, "!maxis unfollow sla", Locale::Fr).await, @"");
    assert_snapshot!(says(&app, "!maxis follow messages", Locale::Fr).await, @"");
    assert_snapshot!(says(&app, "!maxis danse", Locale::En).await, @"");
    assert_eq!(app.pilot.kept("maxis").follows, []);
    maxis.server.stop().await;
    // Nobody can be known to be an operator while Maxis is away; quieting a channel needs no word of his.
    assert_snapshot!(says(&app, "!maxis follow sale", Locale::Fr).await, @"");
    assert_snapshot!(says(&app, "!maxis unfollow", Locale::Fr).await, @"");
}

#[tokio::test]
async fn the_status_shows_uptime_and_what_the_channels_of_this_guild_follow() {
    let maxis = Maxis::start();
    let (app, _dir) = pilots(&maxis, &["maxis"]);
    let now = app.clock.now();
    app.pilot.change("maxis", |kept| {
        for (of, at, ended) in [(7, 50, None), (7, 51, Some(Ended::Gone)), (7, 52, Some(Ended::Closed)), (8, 60, None)]
        {
            let topics = [Topic::Sale, Topic::Outage].into();
            kept.follows.push(Follow { guild: guild(of), channel: channel(at), topics, locale: Locale::Fr, ended });
        }
        for n in (0..=200).rev() {
            let at = now.checked_sub(SignedDuration::from_secs(30 * n)).unwrap();
            let level = if n == 3 { Level::Down } else { Level::Up };
            kept.watched.read(Reading { level, why: None, at });
        }
    });
    assert_snapshot!(says(&app, "!maxis status", Locale::Fr).await, @"");
    assert_snapshot!(says(&app, "!maxis", Locale::En).await, @"");
    maxis.server.stop().await;
}

#[tokio::test]
async fn several_maxis_are_told_apart_by_name() {
    let maxis = Maxis::start();
    // Passes are bound to the name `maxis`; the other doesn't take them.
    let (app, _dir) = pilots(&maxis, &["maxis", "EU"]);
    assert!(says(&app, "!maxis@EU status", Locale::Fr).await.starts_with("[🟢 Maxis est en ligne · EU]"));
    assert!(says(&app, "!maxis@eu", Locale::En).await.starts_with("[🟢 Maxis is up · EU]"));
    assert!(says(&app, "!maxis status", Locale::Fr).await.starts_with("[🟢 Maxis est en ligne · maxis]"));
    assert_snapshot!(says(&app, "!maxis@us follow sale", Locale::Fr).await, @"");
    assert_snapshot!(says(&app, "!maxis status at=us`x`", Locale::En).await, @"");
    says(&app, "!maxis@eu follow sale", Locale::Fr).await;
    assert_eq!((app.pilot.kept("EU").follows.len(), app.pilot.kept("maxis").follows.len()), (1, 0));
    maxis.server.stop().await;
}
