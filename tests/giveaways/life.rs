//! A giveaway from its announcement to the last prize, and what gets in its way.

use super::stage::{Stage, channel, user};
use jiff::SignedDuration;
use jiff::civil::Weekday;
use sha2::{Digest, Sha256};
use shellia::commands::giveaways::{notices, win};
use shellia::domain::giveaways::draw::{Hex, Source, verify};
use shellia::domain::giveaways::repeats::{self, Rule};
use shellia::domain::giveaways::service::Step;
use shellia::domain::giveaways::{Prize, SourceKind, State, places, service};
use shellia::domain::promotions::{self, Discount, PromoCode};
use shellia::kernel::words::Words;
use shellia::kernel::{Actor, Error, Locale, Percent, RoleId, System};

pub fn conflict(done: Result<(), Error>) -> &'static str {
    match done {
        Err(Error::Conflict(id)) => id,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn winners_claim_and_the_draw_can_be_checked() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let plan = Prize::Plan { code: "pro".to_owned(), days: 3 };
    let number = stage.makes(|new| (new.winners, new.prize) = (2, plan)).await;
    stage.until_state(number, "open").await;
    stage.enter(number, 1..=5).await;
    stage.draw(number).await;
    let holders = stage.holders(number).await;
    assert_eq!(holders.len(), 2);
    let loser = (1..=5).find(|id| !holders.contains(id)).unwrap();
    assert_eq!(conflict(stage.claim(number, loser).await), "error-giveaway-not-won");
    let held = "select count(*) as n from entitlements where source = 'prize' and plan = 'pro'";
    assert_eq!(stage.world.database.count(held).await, 0, "nothing is given before it is claimed");
    for winner in &holders {
        stage.claim(number, *winner).await.unwrap();
        stage.claim(number, *winner).await.expect("a second time he hears the same");
    }
    stage.until_over(number).await;
    assert_eq!(stage.world.database.count(held).await, 2);
    assert_eq!(stage.verified(number).await, holders);
    for winner in &holders {
        let told = stage.world.courier.shown(crate::notices::courier::direct(user(*winner)));
        assert_eq!(told.iter().filter(|reply| reply.text.contains("Vous avez gagné")).count(), 1);
    }
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_may_stand_in_the_place_of_a_beacon() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let secret = Hex([7; 32]);
    let Source::None { secret_hash } = Source::secret(&secret) else { panic!("a secret's source") };
    let number = stage
        .makes(|new| {
            new.source = SourceKind::None;
            new.source_value = Some(secret_hash.to_string());
            new.secret = Some(secret.to_string());
            new.claim_hours = 0;
            new.prize = Prize::Role { role: RoleId::new(77).unwrap(), days: Some(2) };
        })
        .await;
    stage.until_state(number, "open").await;
    assert_eq!(stage.saying(&secret_hash.to_string()), 1, "the hash is there before anybody enters");
    stage.enter(number, 1..=3).await;
    stage.pass_to_end(number).await;
    stage.until_over(number).await;
    assert_eq!(stage.verified(number).await, stage.holders(number).await);
    assert_eq!(stage.world.beacon.asked(), 0);
    let role = "select count(*) as n from entitlements where source = 'prize' and role_id = 77 and ends_at is not null";
    assert_eq!(stage.world.database.count(role).await, 1);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_ended_while_nothing_ran_is_announced_anew_and_drawn_once() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let number = stage.makes(|new| new.claim_hours = 0).await;
    stage.until_state(number, "open").await;
    stage.enter(number, 1..=3).await;
    let promised = stage.giveaway(number).await.terms();
    worker.stop().await;
    stage.world.pass(SignedDuration::from_hours(72));
    let (worker, other) = (stage.world.start(), stage.world.start());
    let moved = format!("select count(*) as n from giveaways where number = {number} and terms_version = 2");
    stage.world.until(&moved, 1).await;
    assert_ne!(stage.giveaway(number).await.terms(), promised, "the round that was missed is never used");
    assert_eq!(stage.saying("Les conditions ont changé"), 1);
    stage.draw(number).await;
    stage.world.until("select count(*) as n from giveaway_places where staff_told_at is not null", 1).await;
    assert_eq!(stage.saying("La liste est figée"), 1);
    assert_eq!(stage.saying("🏆"), 1);
    let drawn = "select count(*) as n from giveaway_log where event ? 'drawn'";
    assert_eq!(stage.world.database.count(drawn).await, 1);
    worker.stop().await;
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_draw_waits_for_the_beacon_and_says_so_once() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let number = stage.makes(|new| (new.claim_hours, new.winners) = (0, 3)).await;
    stage.until_state(number, "open").await;
    stage.enter(number, 1..=2).await;
    stage.world.beacon.set_away(true);
    stage.pass_to_end(number).await;
    stage.world.until("select count(*) as n from giveaways where commitment_message_id is not null", 1).await;
    stage.world.pass(SignedDuration::from_secs(8));
    stage.world.until("select count(*) as n from giveaways where waits_since is not null", 1).await;
    assert_eq!(stage.saying("ne répond pas encore"), 0);
    for _ in 0..3 {
        let asked = stage.world.beacon.asked();
        stage.world.pass(SignedDuration::from_mins(3));
        while stage.world.beacon.asked() == asked {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }
    stage.world.until("select count(*) as n from giveaways where wait_told", 1).await;
    assert_eq!(stage.saying("ne répond pas encore"), 1);
    assert_eq!(stage.giveaway(number).await.state, State::Drawing);
    stage.world.beacon.set_away(false);
    stage.world.pass(SignedDuration::from_mins(2));
    stage.until_state(number, "drawn").await;
    // Fewer entrants than winners: everybody wins.
    assert_eq!(stage.holders(number).await.len(), 2);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_entrants_nothing_is_drawn() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let number = stage.makes(|_| {}).await;
    stage.until_state(number, "open").await;
    stage.pass_to_end(number).await;
    stage.until_over(number).await;
    assert_eq!(stage.saying("sans participant"), 1);
    assert_eq!(stage.saying("figée"), 0);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_was_deleted_is_posted_again_and_a_channel_that_is_gone_is_told_to_staff_once() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let number = stage.makes(|_| {}).await;
    stage.until_state(number, "open").await;
    let cards = || stage.said().iter().filter(|reply| !reply.cards.is_empty()).count();
    assert_eq!(cards(), 1);
    stage.world.courier.clear(channel());
    stage.enter(number, [1]).await;
    stage.world.pass(SignedDuration::from_secs(6));
    let started = std::time::Instant::now();
    while cards() == 0 {
        assert!(started.elapsed() < std::time::Duration::from_secs(20), "the card comes back");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    stage.world.courier.remove_channel(channel());
    stage.world.courier.clear(channel());
    stage.enter(number, [2]).await;
    for _ in 0..3 {
        stage.world.pass(SignedDuration::from_mins(11));
        stage.world.until("select count(*) as n from giveaways where trouble = 'gone' and trouble_told", 1).await;
    }
    let told = stage.world.courier.shown(stage.world.staff_channel);
    assert_eq!(told.iter().filter(|reply| reply.text.contains("n’existe plus")).count(), 1);
    let step = Step { guild: stage.world.guild, number, by: stage.world.agent, request: "s", now: stage.now() };
    let mut tx = stage.world.app.db.begin(&Actor::system_in(System::Payments, stage.world.guild)).await.unwrap();
    service::cancel(&mut tx, step).await.unwrap();
    tx.commit().await.unwrap();
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_back_every_week_is_made_once_each_time_and_staff_hear_where_it_cannot_be() {
    let stage = Stage::new().await;
    let plan = Prize::Plan { code: "pro".to_owned(), days: 3 };
    let number = stage.makes(|new| new.prize = plan).await;
    let rule =
        Rule { weekday: Weekday::Friday, time: repeats::time_of("18h").unwrap(), zone: "Europe/Paris".to_owned() };
    let step = Step { guild: stage.world.guild, number, by: stage.world.agent, request: "s", now: stage.now() };
    let mut tx = stage.world.app.db.begin(&Actor::system_in(System::Payments, stage.world.guild)).await.unwrap();
    let (_, next, _) = repeats::set(&mut tx, step, &rule, None).await.unwrap();
    tx.commit().await.unwrap();
    // Three weeks pass while nothing runs: what was missed is made up for once, by two processes.
    stage.world.pass(next.duration_since(stage.now()) + SignedDuration::from_hours(15 * 24));
    let (worker, other) = (stage.world.start(), stage.world.start());
    stage.until_state(number + 1, "open").await;
    let copy = stage.giveaway(number + 1).await;
    assert_eq!((copy.title.as_str(), copy.prize), ("Un jeu", Prize::Plan { code: "pro".to_owned(), days: 3 }));
    let left = copy.ends_at.duration_since(copy.starts_at);
    assert!((SignedDuration::from_hours(47)..=SignedDuration::from_hours(48)).contains(&left), "{left}");
    let secrets = "select count(distinct salt) as n from giveaway_secrets";
    assert_eq!(stage.world.database.count(secrets).await, 2, "each has a secret of its own");
    stage.world.behind("update plans set archived = true where code = 'pro'").await;
    stage.world.pass(SignedDuration::from_hours(7 * 24));
    let started = std::time::Instant::now();
    let told = || {
        let said = stage.world.courier.shown(stage.world.staff_channel);
        said.iter().filter(|reply| reply.text.contains("devait revenir")).count()
    };
    while told() == 0 {
        assert!(started.elapsed() < std::time::Duration::from_secs(20), "staff are told");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    // People know the number of the copy.
    let (copy, by, now) = (number + 1, stage.world.agent, stage.now());
    let step = Step { guild: stage.world.guild, number: copy, by, request: "s2", now };
    let mut tx = stage.world.app.db.begin(&Actor::system_in(System::Payments, stage.world.guild)).await.unwrap();
    let repeated = repeats::of(&mut tx, stage.world.guild, copy).await.unwrap();
    assert_eq!(repeated.map(|one| one.number), Some(number));
    assert!(repeats::stop(&mut tx, step).await.unwrap().1);
    tx.commit().await.unwrap();
    stage.world.pass(SignedDuration::from_hours(7 * 24));
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert_eq!(stage.world.database.count("select count(*) as n from giveaways").await, 2);
    assert_eq!(told(), 1);
    worker.stop().await;
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_is_its_winners_alone_and_the_same_whenever_he_asks() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let percent = |hundredths| Percent::from_hundredths(hundredths).unwrap();
    let coupon = Prize::Coupon { discount: Discount::Percent(percent(2_000)), cap: percent(3_000), days: 10 };
    let number = stage.makes(|new| (new.winners, new.prize) = (2, coupon)).await;
    stage.until_state(number, "open").await;
    stage.enter(number, 1..=4).await;
    stage.draw(number).await;
    let holders = stage.holders(number).await;
    let mut codes = Vec::new();
    for winner in &holders {
        let mut said = Vec::new();
        for _ in 0..2 {
            let guild = stage.world.guild;
            let mut tx = stage.world.app.db.begin(&Actor::system_in(System::Payments, guild)).await.unwrap();
            let claimed =
                places::claim(&mut tx, (guild, number), (user(*winner), Locale::Fr), false, stage.now()).await;
            said.push(claimed.unwrap().1.code.expect("a code"));
            tx.commit().await.unwrap();
        }
        assert_eq!(said[0], said[1]);
        codes.push(said.remove(0));
    }
    assert_ne!(codes[0].code, codes[1].code);
    assert!(codes[0].until.duration_since(stage.now()).as_hours() >= 239);
    assert_eq!(stage.world.database.count("select count(*) as n from promotions where for_user is not null").await, 2);
    let counts = |who: u64, code: &str| {
        let code = PromoCode::parse(code).unwrap();
        let (stage, guild) = (&stage, stage.world.guild);
        async move {
            let mut tx = stage.world.app.db.begin(&Actor::system_in(System::Payments, guild)).await.unwrap();
            let found = promotions::check_code(&mut tx, (guild, user(who)), &code, stage.now()).await.unwrap();
            tx.end().await.unwrap();
            found.is_some()
        }
    };
    for (mine, his) in [(0, 1), (1, 0)] {
        assert!(counts(holders[mine], &codes[mine].code).await);
        assert!(!counts(holders[his], &codes[mine].code).await, "for anybody else there is no such code");
    }
    stage.until_over(number).await;
    assert_eq!(stage.saying("WIN-"), 0, "nobody else reads it");
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_too_large_for_discord_is_known_by_its_hash_and_written_by_the_host() {
    let stage = Stage::new().await;
    let worker = stage.world.start();
    let number = stage
        .makes(|new| {
            new.claim_hours = 0;
            new.prize = Prize::Role { role: RoleId::new(77).unwrap(), days: Some(2) };
        })
        .await;
    stage.until_state(number, "open").await;
    stage.enter(number, 1..=5).await;
    let place = tempfile::tempdir().unwrap();
    let export = |number: &str, name: &str, more: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_shellia"))
            .env_clear()
            .env("DATABASE_URL", &stage.world.database.app_url)
            .current_dir(place.path())
            .args(["export-draw", "7", number, name])
            .args(more)
            .output()
            .unwrap()
    };
    for none in ["1", "2"] {
        let none = export(none, "none.json", &[]);
        assert!(!none.status.success() && String::from_utf8_lossy(&none.stderr).contains("has no draw"));
        assert!(!place.path().join("none.json").exists(), "what is half written is nothing");
    }
    stage.draw(number).await;
    stage.until_over(number).await;
    worker.stop().await;
    let read = |name: &str| std::fs::read(place.path().join(name)).unwrap();
    let written = export("1", "draw.json", &[]);
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    assert_eq!(read("draw.json"), stage.file(number), "it is the one that was posted");
    assert!(export("1", "open.json", &["--open"]).status.success());
    let open = read("open.json");
    assert!(open != read("draw.json") && verify(&open).is_ok_and(|draw| draw.winners.len() == 1));
    assert!(!export("1", "draw.json", &["--open"]).status.success());
    assert_eq!(read("draw.json"), stage.file(number), "what is there is not written over");
    // What is posted where it doesn't fit.
    let words = Words::new();
    let (giveaway, large) = (stage.giveaway(number).await, vec![b'x'; win::FILE_MAX + 1]);
    let digest: String = Sha256::digest(&large).iter().map(|byte| format!("{byte:02x}")).collect();
    for locale in Locale::ALL {
        let reply = notices::done(&words.speak(locale), &giveaway, large.clone());
        assert!(
            reply.files.is_empty() && reply.text.contains(&digest) && reply.text.contains("8 Mi"),
            "{}",
            reply.text
        );
        let reply = notices::done(&words.speak(locale), &giveaway, large[1..].to_vec());
        assert!(reply.files.len() == 1 && !reply.text.contains("SHA-256"), "{}", reply.text);
    }
}
