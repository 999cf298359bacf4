//! What another program of ours asks about giveaways: each key once.

use super::world::{GUILD, GUILD_ELSEWHERE, World, guild, new_giveaway, user};
use futures_util::future::join_all;
use jiff::SignedDuration;
use shellia::domain::giveaways::draw::Reason;
use shellia::domain::giveaways::remote::{self, Call};
use shellia::domain::giveaways::{Giveaway, NewGiveaway, State};
use shellia::kernel::{Error, Result};

impl World {
    fn call<'a>(&self, key: &'a str) -> Call<'a> {
        Call { guild: guild(GUILD), key, by: user(22), now: self.now() }
    }

    async fn creates(&self, key: &str, title: &str) -> Result<Giveaway> {
        // Its times and secrets differ whenever it is asked.
        let ends_at = self.now().checked_add(SignedDuration::from_hours(48)).unwrap();
        let salt = format!("{:032x}{:032x}", rand::random::<u128>(), rand::random::<u128>());
        let new = NewGiveaway { title: title.to_owned(), ends_at, salt, ..new_giveaway() };
        let mut tx = self.system(GUILD).await;
        match remote::create(&mut tx, &self.call(key), title, &new).await {
            Ok(made) => tx.commit().await.map(|()| made),
            Err(error) => tx.rollback().await.and(Err(error)),
        }
    }

    async fn ends(&self, key: &str, number: i64) -> Result<Giveaway> {
        let mut tx = self.system(GUILD).await;
        match remote::end(&mut tx, &self.call(key), number).await {
            Ok(ended) => tx.commit().await.map(|()| ended),
            Err(error) => tx.rollback().await.and(Err(error)),
        }
    }
}

fn refused(done: Result<Giveaway>) -> &'static str {
    match done {
        Err(Error::Conflict(id)) => id,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_makes_one_giveaway_and_stands_for_nothing_else() {
    let world = World::new().await;
    let made = join_all((0..8).map(|_| world.creates("k-1", "Un jeu"))).await;
    let numbers: Vec<i64> = made.into_iter().map(|made| made.unwrap().number).collect();
    assert_eq!(numbers, [numbers[0]; 8]);
    assert_eq!(refused(world.creates("k-1", "Un autre").await), "error-giveaway-key-used");
    assert_eq!(refused(world.ends("k-1", numbers[0]).await), "error-giveaway-key-used");
    assert_ne!(world.creates("k-2", "Un jeu").await.unwrap().number, numbers[0]);
    let long = "k".repeat(101);
    for key in ["", " ", "é", "a b", long.as_str()] {
        assert_eq!(refused(world.creates(key, "Un jeu").await), "error-giveaway-key", "{key:?}");
    }
    assert_eq!(world.database.count("select count(*) as n from giveaways").await, 2);
    assert_eq!(world.database.count("select count(*) as n from giveaway_requests").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn ended_under_a_key_it_is_not_ended_again_whatever_happened_since() {
    let world = World::new().await;
    let number = world.creates("k-1", "Un jeu").await.unwrap().number;
    assert_eq!(refused(world.ends("k-2", number).await), "error-giveaway-not-open");
    world.announces(number).await;
    let ended = world.ends("k-2", number).await.unwrap();
    assert!(ended.ends_at.duration_since(world.now()) <= SignedDuration::from_secs(11));
    let later = world.now().checked_add(SignedDuration::from_hours(5)).unwrap();
    let extended = world
        .staff(number, "s1", |tx, step| {
            Box::pin(shellia::domain::giveaways::service::extend(tx, step, move |_| Ok(later)))
        })
        .await
        .unwrap();
    // It comes once more, late.
    let again = world.ends("k-2", number).await.unwrap();
    assert_eq!((again.ends_at, again.version), (extended.ends_at, extended.version));
    let mut tx = world.system(GUILD).await;
    let none = remote::reroll(&mut tx, &world.call("k-3"), (number, None), (Reason::Declined, "")).await;
    assert!(matches!(none, Err(Error::Conflict("error-giveaway-not-drawn"))), "{none:?}");
    tx.rollback().await.unwrap();
    let mut tx = world.system(GUILD).await;
    let gone = remote::end(&mut tx, &world.call("k-4"), 99).await;
    assert!(matches!(gone, Err(Error::NotFound(_))), "{gone:?}");
    tx.rollback().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guilds_giveaways_are_listed_page_by_page_and_no_others() {
    let world = World::new().await;
    for n in 0..53 {
        world.creates(&format!("k-{n}"), "Un jeu").await.unwrap();
    }
    let mut tx = world.system(GUILD).await;
    let first = remote::list(&mut tx, guild(GUILD), &State::ALL, None).await.unwrap();
    assert_eq!((first.len(), first[0].number), (50, 53));
    let rest = remote::list(&mut tx, guild(GUILD), &State::ALL, Some(first[49].number)).await.unwrap();
    assert_eq!(rest.iter().map(|one| one.number).collect::<Vec<_>>(), [3, 2, 1]);
    assert_eq!(remote::list(&mut tx, guild(GUILD), &[State::Open], None).await.unwrap(), []);
    tx.end().await.unwrap();
    let mut tx = world.system(GUILD_ELSEWHERE).await;
    assert_eq!(remote::list(&mut tx, guild(GUILD_ELSEWHERE), &State::ALL, None).await.unwrap(), []);
    tx.end().await.unwrap();
}
