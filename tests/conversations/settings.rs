//! What an operator may set, and what is refused because others could read it or because it isn't there.

use crate::support::db::run;
use crate::support::maxis::{CLUB, Maxis, PATIENCE, SHOP};
use serde_json::json;
use shellia::sandbox::{Kind, World, rights};

#[tokio::test(flavor = "multi_thread")]
async fn a_staff_channel_that_everybody_reads_is_refused_and_nothing_is_kept() {
    let maxis = Maxis::start().await;
    let lea = maxis.person("lea", "support");
    lea.uses("setup", json!({})).await;
    let (open, closed) = (maxis.person("lea", "discussion").channel, maxis.person("sam", "staff").channel);
    let kept = format!("select count(*) as n from guilds where staff_channel_id = {closed} and locale = 'fr'");
    assert_eq!(maxis.database.count(&kept).await, 1);
    let read = lea.uses("setup", json!({"staff_channel": open.to_string(), "language": "en"})).await;
    assert!(read.contains("Tout le monde peut lire ce salon") && read.contains("@everyone"), "{read}");
    assert_eq!(maxis.database.count(&kept).await, 1);
    let typed = lea.says(&format!("!setup salon_staff=<#{open}>")).await;
    assert!(typed.contains("Tout le monde peut lire ce salon"), "{typed}");
    assert_eq!(maxis.database.count(&kept).await, 1);
    lea.person.set_locale("en-GB");
    let read = lea.uses("setup", json!({"staff_channel": open.to_string()})).await;
    assert!(read.contains("Everyone can read that channel"), "{read}");
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_ticket_is_shown_in_a_staff_channel_that_everybody_reads() {
    let mut maxis = Maxis::prepare(World::two_guilds()).await;
    let shop = maxis.sandbox.guild_id(SHOP).expect("the shop");
    let open = maxis.sandbox.channel_id(shop, "discussion").expect("a channel");
    maxis.set("TICKETS_STAFF_CHANNEL_ID", &open.to_string());
    maxis.run().await;
    let (marie, lea) = (maxis.person("marie", "support"), maxis.person("lea", "support"));
    marie.uses("ticket_create", json!({"subject": "MOTSECRET", "description": "Bonjour"})).await;
    let held = async {
        let held = "select count(*) as n from outbox where kind = 'card' and outcome = 'open'";
        while maxis.database.count(held).await == 0 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, held).await.expect("the card is held back");
    assert_eq!(maxis.sandbox.messages(open), Vec::<serde_json::Value>::new());
    let read = lea.uses("setup", json!({})).await;
    assert!(read.contains("🚨 Tout le monde peut lire"), "{read}");
    maxis.halt().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_preset_for_one_guild_is_nothing_to_another() {
    let mut maxis = Maxis::start().await;
    let (shop, club) =
        (maxis.sandbox.guild_id(SHOP).expect("the shop"), maxis.sandbox.guild_id(CLUB).expect("the club"));
    let staff = maxis.sandbox.channel_id(shop, "staff").expect("a channel");
    let secret = json!({"subject": "MOTSECRET", "description": "Bonjour"});
    maxis.person_in(CLUB, "nora", "aide").uses("ticket_create", secret.clone()).await;
    maxis.person("marie", "support").uses("ticket_create", json!({"subject": "Aide", "description": "x"})).await;
    maxis.settled().await;
    let presets = "(staff_channel_id is not null)::int + (support_channel_id is not null)::int \
                   + (select count(*) from staff_roles r where r.guild_id = g.guild_id)";
    let preset = |guild| format!("select sum({presets})::bigint as n from guilds g where guild_id = {guild}");
    assert_eq!(maxis.database.count(&preset(club)).await, 0);
    assert_eq!(maxis.database.count(&preset(shop)).await, 4);
    maxis.halt().await;
    // As it was written before.
    let row = format!("update guilds set staff_channel_id = {staff} where guild_id = {club}");
    run(&mut maxis.database.owner().await, &row).await;
    maxis.run().await;
    maxis.person_in(CLUB, "nora", "aide").uses("ticket_create", secret).await;
    let held = async {
        let held =
            format!("select count(*) as n from outbox where guild_id = {club} and kind = 'card' and outcome = 'gone'");
        while maxis.database.count(&held).await == 0 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, held).await.expect("the card is held back");
    let seen = maxis.sandbox.messages(staff);
    assert!(seen.len() == 1 && !format!("{seen:?}").contains("MOTSECRET"), "{seen:?}");
    maxis.halt().await;
    crate::support::witness::judge(&maxis.sandbox).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn channels_and_roles_that_are_not_there_are_refused_and_nothing_is_kept() {
    let maxis = Maxis::start().await;
    let lea = maxis.person("lea", "support");
    lea.uses("setup", json!({})).await;
    let sum = "select (coalesce((select sum(hashtextextended(g::text, 0) % 1000000007) from guilds g), 0) \
               + coalesce((select sum(hashtextextended(r::text, 0) % 1000000007) from staff_roles r), 0))::bigint as n";
    let before = maxis.database.count(sum).await;
    for (typed, expected) in [
        ("!setup salon_support=123456", "Ce salon n’existe pas sur ce serveur"),
        ("!setup langue=en salon_staff=<#123456>", "Ce salon n’existe pas sur ce serveur"),
        ("!setup role_support=<@&123456>", "Ce rôle n’existe pas sur ce serveur"),
    ] {
        let read = lea.says(typed).await;
        assert!(read.contains(expected), "{typed}: {read}");
    }
    assert_eq!(maxis.database.count(sum).await, before);
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_was_replaced_is_spoken_of_no_more() {
    let mut world = World::two_guilds();
    let shop = world.guild_id(SHOP).expect("the shop");
    let mute = world.channel(shop, "muet", Kind::Text);
    world.overwrite(mute, shop, 0, rights::SEND_MESSAGES);
    let maxis = Maxis::start_in(world).await;
    let lea = maxis.person("lea", "support");
    let read = lea.uses("setup", json!({"support_channel": mute.to_string()})).await;
    assert!(read.contains("Envoyer des messages"), "{read}");
    let read = lea.uses("setup", json!({"support_channel": lea.channel.to_string()})).await;
    assert!(read.contains("Tout est prêt") && !read.contains("⚠️"), "{read}");
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_is_typed_to_the_team_only() {
    let maxis = Maxis::start().await;
    let (marie, sam, lea) =
        (maxis.person("marie", "support"), maxis.person("sam", "staff"), maxis.person("lea", "staff"));
    marie.uses("ticket_create", json!({"subject": "Aide", "description": "Bonjour"})).await;
    let jean = maxis.person("jean", "support").person.id();
    for named in [format!("<@{jean}>"), format!("<@!{jean}>"), jean.to_string()] {
        let read = sam.says(&format!("!ticket_attribuer 1 {named}")).await;
        assert!(read.contains("ne fait pas partie de l’équipe"), "{named}: {read}");
        let read = lea.says(&format!("!ticket_agent facturation {named}")).await;
        assert!(read.contains("ne fait pas partie de l’équipe"), "{named}: {read}");
    }
    let read = sam.says(&format!("!ticket_attribuer 1 {}", lea.person.id())).await;
    assert!(read.contains("attribué à"), "{read}");
    assert_eq!(maxis.database.count("select count(*) as n from category_agents").await, 0);
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_heard_in_english_is_answered_so_when_he_types_and_after_a_restart() {
    let mut maxis = Maxis::start().await;
    {
        let emma = maxis.person("emma", "support");
        emma.person.set_locale("en-US");
        assert!(emma.says("!ticket_view 9").await.contains("Rien sous ce numéro"), "nobody knows yet");
        emma.uses("ticket_list", json!({})).await;
        assert!(emma.says("!ticket_view 9").await.contains("Nothing under that number"));
    }
    maxis.halt().await;
    maxis.run().await;
    let emma = maxis.person("emma", "support");
    assert!(emma.says("!ticket_view 9").await.contains("Nothing under that number"));
    emma.person.set_locale("fr");
    emma.uses("ticket_list", json!({})).await;
    assert!(emma.says("!ticket_view 9").await.contains("Rien sous ce numéro"));
    let kept = "select count(*) as n from languages where locale = 'fr'";
    assert_eq!(maxis.database.count(kept).await, 1);
    maxis.end().await;
}

/// All settings as one number.
const SETTINGS: &str = "select (coalesce((select sum(hashtextextended(g::text, 0) % 1000000007) from guilds g), 0) \
    + coalesce((select sum(hashtextextended(r::text, 0) % 1000000007) from staff_roles r), 0))::bigint as n";

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_does_not_see_the_staff_channel_is_none_of_staff_and_nothing_is_kept() {
    let mut world = World::two_guilds();
    let shop = world.guild_id(SHOP).expect("the shop");
    let team = world.channel(shop, "équipe", Kind::Text);
    world.overwrite(team, shop, 0, rights::VIEW_CHANNEL);
    let maxis = Maxis::start_in(world).await;
    let lea = maxis.person("lea", "support");
    lea.uses("setup", json!({})).await;
    let (support, staff) = (lea.channel, maxis.person("sam", "staff").channel);
    let role = |name| maxis.sandbox.role_id(shop, name).expect("a role").to_string();
    let before = maxis.database.count(SETTINGS).await;
    let mut read = String::new();
    for (what, mut options) in [
        ("role_support=@Membre", json!({"support_role": role("Membre")})),
        ("role_operateur=@Membre", json!({"operator_role": role("Membre")})),
        (
            "role_support=@Premium salon_staff=#staff",
            json!({"support_role": role("Premium"), "staff_channel": staff.to_string()}),
        ),
        ("role_support=@Maxis", json!({"support_role": role("Maxis")})),
        ("role_operateur=@everyone", json!({"operator_role": shop.to_string()})),
        (
            "role_support=@Support salon_staff=#équipe",
            json!({"support_role": role("Support"), "staff_channel": team.to_string()}),
        ),
        ("salon_staff=#support", json!({"staff_channel": support.to_string()})),
        ("salon_support=#staff", json!({"support_channel": staff.to_string()})),
    ] {
        options["language"] = json!("en");
        let mut said = lea.uses("setup", options.clone()).await;
        lea.person.set_locale("en-GB");
        said.push_str(&format!("\n{}", lea.uses("setup", options).await));
        lea.person.set_locale("fr");
        read.push_str(&format!("\n● Léa : /setup {what}\n{said}\n"));
        assert_eq!(maxis.database.count(SETTINGS).await, before, "{what}");
    }
    insta::assert_snapshot!(read);
    lea.uses("setup", json!({})).await;
    let typed = lea.says(&format!("!setup role_support=<@&{}>", role("Membre"))).await;
    assert!(typed.contains("Ce rôle ne voit pas le salon de l’équipe"), "{typed}");
    assert_eq!(maxis.database.count(SETTINGS).await, before);
    // Support sees it, and administrators see everything.
    let set = lea.uses("setup", json!({"support_role": role("Support"), "operator_role": role("Admin")})).await;
    assert!(set.contains("Tout est prêt"), "{set}");
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_staff_channel_that_everybody_reads_vouches_for_no_role() {
    let mut maxis = Maxis::prepare(World::two_guilds()).await;
    let shop = maxis.sandbox.guild_id(SHOP).expect("the shop");
    let open = maxis.sandbox.channel_id(shop, "discussion").expect("a channel");
    let member = maxis.sandbox.role_id(shop, "Membre").expect("a role").to_string();
    maxis.set("TICKETS_STAFF_CHANNEL_ID", &open.to_string());
    maxis.run().await;
    let lea = maxis.person("lea", "support");
    let read = lea.uses("setup", json!({"support_role": member})).await;
    assert!(read.contains("Tout le monde peut lire le salon de l’équipe"), "{read}");
    let given = format!("select count(*) as n from staff_roles where role_id = {member}");
    assert_eq!(maxis.database.count(&given).await, 0);
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_staff_channel_a_role_is_kept_with_the_advice_to_choose_one() {
    let mut maxis = Maxis::prepare(World::two_guilds()).await;
    let shop = maxis.sandbox.guild_id(SHOP).expect("the shop");
    let member = maxis.sandbox.role_id(shop, "Membre").expect("a role").to_string();
    let staff = maxis.sandbox.channel_id(shop, "staff").expect("a channel").to_string();
    maxis.set("TICKETS_STAFF_CHANNEL_ID", "");
    maxis.run().await;
    let lea = maxis.person("lea", "support");
    let read = lea.uses("setup", json!({"support_role": member})).await;
    assert!(read.contains("Choisissez un salon réservé au staff"), "{read}");
    let read = lea.uses("setup", json!({"staff_channel": staff})).await;
    assert!(read.contains(&format!("⚠️ Ne voit pas <#{staff}> : <@&{member}>.")), "{read}");
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn others_who_read_the_staff_channel_and_a_gated_support_channel_are_pointed_out() {
    let mut world = World::two_guilds();
    let shop = world.guild_id(SHOP).expect("the shop");
    let member = world.role(shop, "Vérifié", 0, 0);
    let gated = world.channel(shop, "aide", Kind::Text);
    let staff = world.channel(shop, "bureau", Kind::Text);
    let roles = ["Support", "Premium", "Maxis"].map(|name| world.role_named(shop, name).expect("a role"));
    world.only_for(gated, &[member, roles[2]]);
    world.only_for(staff, &roles);
    let maxis = Maxis::start_in(world).await;
    let lea = maxis.person("lea", "support");
    let options = json!({"support_channel": gated.to_string(), "staff_channel": staff.to_string()});
    let read = lea.uses("setup", options).await;
    let premium = roles[1];
    let others =
        format!("⚠️ Peut aussi lire <#{staff}>, où arrivent les tickets, sans être de l’équipe : <@&{premium}>.");
    assert!(read.contains(&others), "{read}");
    assert!(read.contains(&format!("ℹ️ @everyone ne voit pas <#{gated}>")), "{read}");
    assert_eq!(read.matches('⚠').count(), 1, "{read}");
    maxis.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn setup_says_what_it_changed_and_takes_a_role_by_its_name() {
    let maxis = Maxis::start().await;
    let lea = maxis.person("lea", "support");
    lea.uses("setup", json!({})).await;
    let changed = lea.says("!setup langue=en fuseau=Europe/London").await;
    for part in ["• Langue\u{A0}: français → anglais", "• Fuseau horaire\u{A0}: Europe/Paris → Europe/London"]
    {
        assert!(changed.contains(part), "{part}: {changed}");
    }
    assert!(!changed.contains("• Salon"), "{changed}");
    let same = lea.uses("setup", json!({"language": "en"})).await;
    assert!(same.contains("Rien n’a changé"), "{same}");
    let unknown = lea.says("!setup role_support=Personne").await;
    assert!(unknown.contains("son nom exact, une mention avec @, ou son identifiant"), "{unknown}");
    let support = maxis.sandbox.role_id(maxis.sandbox.guild_id(SHOP).expect("the shop"), "Support").expect("a role");
    let named = lea.says("!setup role_support=support").await;
    assert!(!named.contains("son nom exact"), "{named}");
    let kept = format!("select count(*) as n from staff_roles where role_id = {support} and rank = 'support'");
    assert_eq!(maxis.database.count(&kept).await, 1);
    maxis.end().await;
}
