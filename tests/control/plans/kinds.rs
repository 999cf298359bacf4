//! The whole way of every other kind: giveaways, milestones, settings.

use super::*;
use shellia::control::effect::Effect;
use shellia::control::plans::{Made, PlanState};
use shellia::control::wanted::{SettingKey, WantedGiveawayEnd, WantedReroll, WantedSetting};

impl Shop {
    /// Planned, approved and committed.
    async fn done(&self, key: &str, wanted: Wanted) -> Plan {
        let plan = self.approved(key, wanted).await;
        let done = self.commits("lea", &plan).await.unwrap();
        assert_eq!(done.state, PlanState::Committed, "{:?}", done.failure);
        assert_eq!(self.reads("sam", plan.number).await.unwrap().digest, plan.digest);
        done
    }
}

fn made(kind: &str, number: i64, state: Option<&str>) -> Option<Made> {
    Some(Made { kind: kind.to_owned(), number: Some(number), state: state.map(str::to_owned) })
}

fn setting(key: SettingKey, value: &str) -> Wanted {
    Wanted::Setting(WantedSetting { key, value: value.to_owned() })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_giveaway_is_made_ended_and_a_winner_replaced() {
    let shop = Shop::open().await;
    let channel = shop.channel("boutique");
    let first = shop.done("k1", Wanted::Giveaway(gift("Un livre", &channel))).await;
    let Some(Made { kind, number: Some(1), state: Some(state) }) = &first.made else { panic!("{:?}", first.made) };
    assert!(kind == "giveaway" && ["scheduled", "open"].contains(&state.as_str()), "{state}");
    let by_lea = format!(
        "select count(*) as n from giveaways where host_id = {} and prize = 'hand' and title = 'Un livre'",
        shop.user("lea")
    );
    assert_eq!(shop.count(&by_lea).await, 1);
    // The next is announced where the last was.
    let wanted = WantedGiveaway { channel: None, ..gift("Un vélo", "") };
    let second = shop.makes("lea", "k2", Wanted::Giveaway(wanted)).await.unwrap();
    assert!(matches!(&second.effect, Effect::Giveaway(effect) if effect.channel == channel));
    // Posting it is the worker's.
    let open = "select count(*) as n from giveaways where number = 1 and state = 'open'";
    for _ in 0..200 {
        if shop.count(open).await == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let none = Wanted::EndGiveaway(WantedGiveawayEnd { number: 9 });
    assert_eq!(conflict(shop.makes("lea", "k3", none).await), "error-giveaway-none");
    let ended = shop.done("k3", Wanted::EndGiveaway(WantedGiveawayEnd { number: 1 })).await;
    assert!(matches!(&ended.effect, Effect::EndGiveaway(effect) if effect.prize == "Un livre"));
    assert_eq!(shop.count("select count(*) as n from giveaways where number = 1 and version = 2").await, 1);
    // A winner who has nothing yet.
    let (guild, marie) = (shop.guild, shop.user("marie"));
    shop.does(&format!(
        "insert into giveaways (guild_id, number, host_id, request, channel_id, title, description, winners, prize, requirements,
           claim_hours, source, state, starts_at, ends_at, root, commitment, entries, created_at, updated_at)
         values ({guild}, 7, 6, 'r7', {channel}, 'Un jeu', '', 1, 'hand', '{{}}', 48, 'quicknet', 'drawn', now(),
           now() + interval '1 hour', repeat('ab', 32), repeat('cd', 32), 1, now(), now());
         insert into giveaway_places (guild_id, giveaway, rank, place, user_id, state, created_at, updated_at)
         values ({guild}, 7, 1, 1, {marie}, 'pending', now(), now())"
    ))
    .await;
    let reroll = |reason: &str| {
        Wanted::Reroll(WantedReroll {
            number: 7,
            user: None,
            reason: reason.to_owned(),
            note: Some("trop tard".to_owned()),
        })
    };
    assert_eq!(why(shop.makes("lea", "k4", reroll("bored")).await).1, "reroll_reason");
    assert_eq!(why(shop.makes("lea", "k4", reroll("unclaimed")).await).1, "reroll_reason");
    let replaced = shop.done("k4", reroll("declined")).await;
    assert!(matches!(&replaced.effect, Effect::Reroll(effect) if effect.user == marie.to_string()));
    let asked = format!(
        "select count(*) as n from giveaway_places where reroll_reason = 'declined' and user_id = {marie} and reroll_by = {}",
        shop.user("lea")
    );
    assert_eq!(shop.count(&asked).await, 1);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_giveaway_waits_for_a_number_of_members() {
    let shop = Shop::open().await;
    let at = |ends| {
        Wanted::Giveaway(WantedGiveaway { channel: None, milestone_members: Some(777), ends, ..gift("Un vélo", "") })
    };
    assert_eq!(conflict(shop.makes("lea", "k1", at(WantedEnd::Minutes(90))).await), "error-plan-milestone-end");
    assert_eq!(conflict(shop.makes("lea", "k1", at(WantedEnd::Minutes(120))).await), "error-milestone-off");
    let channel = shop.channel("boutique");
    shop.does(&format!(
        "insert into milestone_watches (guild_id, channel_id, set_by, look_at, created_at, updated_at)
         values ({}, {channel}, 6, now() + interval '1 year', now(), now())",
        shop.guild
    ))
    .await;
    let done = shop.done("k1", at(WantedEnd::Minutes(120))).await;
    assert_eq!(done.made, made("milestone", 777, None));
    let set =
        "select count(*) as n from milestones where members = 777 and reward = 'Un vélo' and hours = 2 and winners = 1";
    assert_eq!((shop.count(set).await, shop.things().await), (1, (0, 0)));
    // What is promised there by now is shown before it is replaced, and approved as it was shown.
    shop.does("update milestones set also_plan = 'pro', also_days = 3, winners = 4 where members = 777").await;
    let other = Wanted::Giveaway(WantedGiveaway {
        channel: None,
        milestone_members: Some(777),
        ends: WantedEnd::Minutes(60),
        ..gift("Un bonbon", "")
    });
    let plan = shop.makes("lea", "k2", other).await.unwrap();
    let Effect::Giveaway(effect) = &plan.effect else { panic!("{plan:?}") };
    let promised = effect.milestone.as_ref().and_then(|milestone| milestone.replaces.clone()).unwrap();
    assert_eq!((promised.prize.as_str(), promised.winners, promised.hours), ("Un vélo", 4, 2));
    assert_eq!((promised.plan.as_deref(), promised.plan_days), (Some("pro"), Some(3)));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_of_a_closed_list_are_changed_and_read_back() {
    let shop = Shop::open().await;
    let (boutique, staff, support) = (shop.channel("boutique"), shop.channel("staff"), shop.channel("support"));
    for (key, value, word) in [
        (SettingKey::Language, "klingon", "language"),
        (SettingKey::Language, "fr", "error-plan-same"),
        (SettingKey::TimeZone, "Mars/Olympus", "time_zone"),
        (SettingKey::SupportChannel, "here", "support_channel"),
        (SettingKey::SupportChannel, "7", "setup-unknown-channel"),
        (SettingKey::SupportChannel, &staff, "setup-same-channel"),
        (SettingKey::StaffChannel, &support, "setup-same-channel"),
        // Tickets would be shown to everybody.
        (SettingKey::StaffChannel, &boutique, "setup-open-staff-channel"),
    ] {
        assert_eq!(why(shop.makes("lea", "k1", setting(key, value)).await).1, word, "{key:?} {value}");
    }
    let english = shop.done("k1", setting(SettingKey::Language, "en")).await;
    assert!(
        matches!(&english.effect, Effect::Setting(effect) if effect.before.as_deref() == Some("fr") && effect.after == "en")
    );
    shop.done("k2", setting(SettingKey::TimeZone, "america/montreal")).await;
    shop.done("k3", setting(SettingKey::SupportChannel, &boutique)).await;
    let kept = format!(
        "select count(*) as n from guilds where guild_id = {} and locale = 'en' and support_channel_id = {boutique} and time_zone like 'America/%'",
        shop.guild
    );
    assert_eq!(shop.count(&kept).await, 1);
    // Two that were shown the same setting: the second was shown what is no more.
    let (back, too) = (setting(SettingKey::Language, "fr"), setting(SettingKey::Language, "fr"));
    let (back, too) = (shop.approved("k4", back).await, shop.approved("k5", too).await);
    shop.commits("lea", &back).await.unwrap();
    let failed = shop.commits("lea", &too).await.unwrap();
    assert_eq!((failed.state, failed.failure.unwrap().error.as_str()), (PlanState::Failed, "error-plan-same"));
    shop.close().await;
}
