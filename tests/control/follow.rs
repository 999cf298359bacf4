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
    assert_snapshot!(says(&app, "!maxis follow ventes, litiges", Locale::Fr).await, @"🔔 C’est noté : dans ce salon, je vous tiens au courant de : ventes et remboursements, litiges. Pour arrêter : `!maxis unfollow`.");
    assert_snapshot!(says(&app, "!maxis unfollow vente", Locale::Fr).await, @"🔔 Ce salon suit encore : litiges.");
    assert_snapshot!(says(&app, "!maxis follow", Locale::En).await, @"🔔 Noted: in this channel I keep you posted on: sales and refunds, disputes, late tickets, giveaways, promotions, outages and stops of Maxis, the weekly report. To stop: `!maxis unfollow`.");
    assert_snapshot!(says(&app, "!maxis suivre pannes chez=maxis", Locale::Fr).await, @"🔔 C’est noté : dans ce salon, je vous tiens au courant de : ventes et remboursements, litiges, tickets hors délai, concours, promotions, pannes et arrêts de Maxis, bilan de la semaine. Pour arrêter : `!maxis unfollow`.");
    assert_snapshot!(says(&app, "!maxis unfollow", Locale::En).await, @"🔕 This channel follows nothing any more. To begin again: `!maxis follow`.");
    assert_snapshot!(says(&app, "!maxis unfollow sla", Locale::Fr).await, @"Ce salon ne suivait rien de cela. `!maxis status` montre ce que suivent vos salons.");
    assert_snapshot!(says(&app, "!maxis follow messages", Locale::Fr).await, @r"
    **précision** doit être l’un de : ventes, litiges, délais, concours, promotions, pannes, rapport, tout.
    Usage : `!maxis [quoi=…] [précision] [chez=…]`
    ");
    assert_snapshot!(says(&app, "!maxis danse", Locale::En).await, @r"
    **topic** must be one of: status, analytics, report, config, promos, giveaways, tickets, plans, approve, reject, stop, resume, audit, autonomy, follow, unfollow.
    Usage: `!maxis [topic=…] [details] [at=…]`
    ");
    assert_eq!(app.pilot.kept("maxis").follows, []);
    maxis.server.stop().await;
    // Nobody can be known to be an operator while Maxis is away; quieting a channel needs no word of his.
    assert_snapshot!(says(&app, "!maxis follow sale", Locale::Fr).await, @r"
    [🔴 Maxis ne répond pas]
    Impossible de le joindre : la machine ou Maxis est arrêté, ou un pare-feu est entre les deux. Sur sa machine, `MAXIS_LISTEN` doit écouter sur une adresse que Shellia peut atteindre.
    ");
    assert_snapshot!(says(&app, "!maxis unfollow", Locale::Fr).await, @"Ce salon ne suivait rien de cela. `!maxis status` montre ce que suivent vos salons.");
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
    assert_snapshot!(says(&app, "!maxis status", Locale::Fr).await, @r"
    [🟢 Maxis est en ligne]
    Discord = 2 sur 2 connexions · 41 ms
    Base de données = Répond en 3 ms · 1 connexion prise sur 8
    À envoyer = 5 pour plus tard
    Paiements = Activés · nouvelles de Stripe ⌚
    En marche = ⌚
    Version = 0.1.0
    Disponibilité = 99,50 % sur 24 h · 99,50 % sur 7 j · 99,50 % sur 30 j
    Salons qui suivent = <#50> : ventes et remboursements, pannes et arrêts de Maxis
    ⚠️ <#51> : terminé, le salon n’existe plus
    ⚠️ <#52> : terminé, je ne peux plus y écrire. Rendez-moi l’accès, puis retapez-y `!maxis follow`
    ");
    assert_snapshot!(says(&app, "!maxis", Locale::En).await, @r"
    [🟢 Maxis is up]
    Discord = 2 of 2 connections · 41 ms
    Database = Answers in 3 ms · 1 connection of 8 in use
    To be sent = 5 for later
    Payments = On · news from Stripe ⌚
    Running = ⌚
    Version = 0.1.0
    Uptime = 99.50% over 24 h · 99.50% over 7 d · 99.50% over 30 d
    Channels that follow = <#50>: sales and refunds, outages and stops of Maxis
    ⚠️ <#51>: over, the channel is gone
    ⚠️ <#52>: over, I can’t write there any more. Give me access again, then type `!maxis follow` there
    ");
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
    assert_snapshot!(says(&app, "!maxis@us follow sale", Locale::Fr).await, @"Je ne connais pas de Maxis `us`. Ceux que je pilote : `maxis`, `EU`.");
    assert_snapshot!(says(&app, "!maxis status at=us`x`", Locale::En).await, @"I know no Maxis `usx`. Those in my hands: `maxis`, `EU`.");
    says(&app, "!maxis@eu follow sale", Locale::Fr).await;
    assert_eq!((app.pilot.kept("EU").follows.len(), app.pilot.kept("maxis").follows.len()), (1, 0));
    maxis.server.stop().await;
}
