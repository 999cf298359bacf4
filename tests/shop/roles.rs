//! Which roles may be sold: none that makes staff, belongs to a bot, or gives power over the server.

use super::world::*;
use async_trait::async_trait;
use jiff::Timestamp;
use shellia::commands::{Audience, Census, Inspector, Raw, Seen};
use shellia::domain::giveaways::milestones::Size;
use shellia::domain::shop::roles::RoleState;
use shellia::kernel::error::Cause;
use shellia::kernel::{ChannelId, Error, GuildId, Result, RoleId, UserId};
use std::sync::Arc;

const PLAIN: u64 = 900;
const POWERFUL: u64 = 901;
const MANAGED: u64 = 902;
const UNKNOWN: u64 = 903;
const OTHER: u64 = 904;
const READER: u64 = 905;
const SUPPORT: u64 = 100;
const HIGH: u64 = 906;
const STAFF_CHANNEL: u64 = 4000;

/// A Discord where each of these roles is what its name says; or one that doesn't answer.
struct Roles {
    answers: bool,
}

#[async_trait]
impl Census for Roles {
    async fn size(&self, _: GuildId) -> Result<Option<Size>> {
        Ok(None)
    }

    async fn joined_at(&self, _: GuildId, _: UserId) -> Result<Option<Timestamp>> {
        Ok(None)
    }

    async fn is_banned(&self, _: GuildId, _: UserId) -> Result<bool> {
        Ok(false)
    }
}

#[async_trait]
impl Inspector for Roles {
    async fn look(&self, _: GuildId, channels: &[ChannelId], roles: &[RoleId]) -> Result<Seen> {
        if !self.answers {
            return Err(Error::Unavailable { what: "looking", cause: Cause::new("nobody answers") });
        }
        let those = |id: u64| roles.iter().copied().filter(|role| role.get() == id).collect::<Vec<_>>();
        Ok(Seen {
            unknown_roles: those(UNKNOWN),
            managed_roles: those(MANAGED),
            powerful_roles: those(POWERFUL),
            out_of_reach: those(HIGH).into_iter().map(|role| (role, RoleState::TooLow)).collect(),
            readers: channels.iter().map(|channel| (*channel, RoleId::new(READER).unwrap())).collect(),
            ..Seen::default()
        })
    }

    async fn audience(&self, _: GuildId, _: ChannelId) -> Result<Audience> {
        Ok(Audience::Chosen)
    }

    async fn roles_called(&self, _: GuildId, name: &str) -> Result<Vec<RoleId>> {
        let ids: &[u64] = match name {
            "Premium" => &[PLAIN],
            "Or" => &[PLAIN, OTHER],
            _ => &[],
        };
        Ok(ids.iter().filter_map(|id| RoleId::new(*id)).collect())
    }
}

async fn world(answers: bool) -> World {
    let mut world = World::new().await;
    // A guild that is known: a new one's presets are asked of Discord first.
    let known = format!(
        "insert into guilds (guild_id, created_at, updated_at) values ({guild}, now(), now());
         insert into staff_roles values ({guild}, {SUPPORT}, 'support'), ({guild}, 101, 'operator')",
        guild = boss().guild
    );
    crate::support::db::run(&mut world.database.owner().await, &known).await;
    Arc::get_mut(&mut world.app).unwrap().inspector = Arc::new(Roles { answers });
    world
}

/// The commands that set a role which is sold, with what else they take.
fn selling() -> [(&'static str, Vec<(&'static str, Raw)>); 5] {
    [
        ("product_add", vec![("name", t("Rôle")), ("kind", t("role")), ("price", t("5"))]),
        ("product_edit", vec![("product", t("rose"))]),
        ("product_role", vec![("product", t("rose"))]),
        ("plan_add", vec![("name", t("Or")), ("month_price", t("5"))]),
        ("plan_edit", vec![("plan", t("pro"))]),
    ]
}

async fn sets(world: &World, command: &str, more: &[(&'static str, Raw)], role: u64) -> String {
    let mut given = more.to_vec();
    given.push(("role", Raw::Id(role)));
    words(&world.asks(&boss(), command, &given).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_must_not_be_sold_is_refused_with_what_to_do() {
    let world = world(true).await;
    world.sells("Rose", "role", "5", &[]).await;
    for (command, given) in selling() {
        for (role, why) in [
            (SUPPORT, "fait partie de l’équipe ici"),
            (MANAGED, "celui d’un bot"),
            (POWERFUL, "donne des pouvoirs sur le serveur"),
            (UNKNOWN, "rôle"),
            (boss().guild.get(), "celui de tout le monde"),
        ] {
            let before = world.database.count(SOLD).await;
            let said = sets(&world, command, &given, role).await;
            assert!(said.contains(why) && !said.contains("✅"), "{command} {role}: {said}");
            assert_eq!(world.database.count(SOLD).await, before, "{command} {role}");
        }
        let said = sets(&world, command, &given, PLAIN).await;
        assert!(said.contains("✅") && !said.contains("⛔"), "{command}: {said}");
        // One that the bot can't give as things are may be set; what to do is said at once.
        let said = sets(&world, command, &given, HIGH).await;
        assert!(said.contains("✅") && said.contains("au-dessus de mon rôle"), "{command}: {said}");
        assert!(said.contains("qui l’achète ne reçoit pas le rôle"), "{command}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_named_by_its_name_by_a_mention_or_by_its_id() {
    let world = world(true).await;
    world.asks(&boss(), "product_add", &[("name", t("Rose")), ("kind", t("role")), ("price", t("5"))]).await;
    let named = async |role: &str| {
        let given = [("product", t("rose")), ("role", t(role))];
        words(&world.asks(&boss(), "product_role", &given).await)
    };
    let several = named("Or").await;
    assert!(
        several.contains("plusieurs rôles portent ce nom") && several.contains("<@&900> (`900`), <@&904> (`904`)"),
        "{several}"
    );
    let none = named("Bronze").await;
    assert!(none.contains("son nom exact, une mention avec @, ou son identifiant"), "{none}");
    // Nobody can type what has a button only.
    assert!(!none.contains("Usage") && !several.contains("product_role"), "{none}");
    assert_eq!(world.database.count(SOLD).await, 0);
    for role in ["Premium", "@Premium", "<@&900>", "900"] {
        crate::support::db::run(
            &mut world.database.owner().await,
            "update products set role_id = null, archived = true",
        )
        .await;
        let said = named(role).await;
        assert!(said.contains("✅") && said.contains("<@&900>"), "{role}: {said}");
    }
}

/// The roles for sale.
const SOLD: &str = "select (select count(role_id) from products) + (select count(role_id) from plans) as n";

#[tokio::test(flavor = "multi_thread")]
async fn a_role_of_which_discord_does_not_tell_is_asked_for_again_later() {
    let world = world(false).await;
    world.sells("Rose", "role", "5", &[]).await;
    for (command, given) in selling() {
        let said = sets(&world, command, &given, PLAIN).await;
        assert!(!said.contains("✅"), "{command}: {said}");
    }
    assert_eq!(world.database.count(SOLD).await, 0);
    // What names no role needs nothing of Discord.
    let renamed = world.asks(&boss(), "product_edit", &[("product", t("rose")), ("name", t("Rose rouge"))]).await;
    assert!(words(&renamed).contains("✅"), "{}", words(&renamed));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_only_shows_a_product_may_be_anything_but_everybodys() {
    let world = world(true).await;
    world.sells("Rose", "role", "5", &[]).await;
    let shown = |role| vec![("product", t("rose")), ("visible_role", Raw::Id(role))];
    let said = words(&world.asks(&boss(), "product_edit", &shown(SUPPORT)).await);
    assert!(said.contains("✅"), "{said}");
    let said = words(&world.asks(&boss(), "product_edit", &shown(boss().guild.get())).await);
    assert!(said.contains("celui de tout le monde"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_the_shop_gives_makes_nobody_staff() {
    let world = world(true).await;
    world.sells("Rose", "role", "5", &[("role", Raw::Id(PLAIN))]).await;
    let staff = "select count(*) as n from staff_roles";
    let before = world.database.count(staff).await;
    let chosen = [("operator_role", Raw::Id(PLAIN))];
    let said = words(&world.asks(&boss(), "setup", &chosen).await);
    assert!(said.contains("vend ou donne ce rôle"), "{said}");
    assert_eq!(world.database.count(staff).await, before);
    // Off sale, its holders keep it, and a button puts it back on sale.
    world.asks(&boss(), "product_remove", &[("product", t("rose"))]).await;
    assert!(words(&world.asks(&boss(), "setup", &chosen).await).contains("vend ou donne ce rôle"));
    world.asks(&boss(), "product_edit", &[("product", t("rose")), ("role", Raw::Id(OTHER))]).await;
    // Out of the shop, it is a role like another, until a member holds it by what he was given.
    let given = [("member", Raw::Id(10)), ("given_role", Raw::Id(PLAIN)), ("reason", t("Concours"))];
    let said = words(&world.asks(&boss(), "grant", &given).await);
    assert!(said.contains("reçoit"), "{said}");
    assert!(words(&world.asks(&boss(), "setup", &chosen).await).contains("vend ou donne ce rôle"));
    let taken = [("member", Raw::Id(10)), ("given_role", Raw::Id(PLAIN)), ("reason", t("Fin"))];
    world.asks(&boss(), "revoke", &taken).await;
    assert!(words(&world.asks(&boss(), "setup", &chosen).await).contains("Réglages"));
    assert_eq!(world.database.count(staff).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_role_of_a_plan_that_is_off_sale_and_held_makes_nobody_staff() {
    let world = world(true).await;
    world.asks(&boss(), "plan_edit", &[("plan", t("pro")), ("role", Raw::Id(PLAIN))]).await;
    world.entitles(&marie(), "pro").await;
    world.asks(&boss(), "plan_remove", &[("plan", t("pro"))]).await;
    let said = words(&world.asks(&boss(), "setup", &[("operator_role", Raw::Id(PLAIN))]).await);
    assert!(said.contains("vend ou donne ce rôle"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_reads_the_staff_channel_is_neither_sold_nor_given() {
    let world = world(true).await;
    let staff = format!("update guilds set staff_channel_id = {STAFF_CHANNEL}");
    crate::support::db::run(&mut world.database.owner().await, &staff).await;
    let product = [("name", t("Rose")), ("kind", t("role")), ("price", t("5")), ("role", Raw::Id(READER))];
    let given = [("member", Raw::Id(10)), ("given_role", Raw::Id(READER)), ("reason", t("Concours"))];
    for (command, given) in [("product_add", &product[..]), ("grant", &given[..])] {
        let said = words(&world.asks(&boss(), command, given).await);
        assert!(said.contains("ouvre le salon de l’équipe"), "{command}: {said}");
    }
    assert_eq!(world.database.count("select count(*) as n from entitlements").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_gives_no_role_that_makes_staff_or_has_power() {
    let world = world(true).await;
    for (role, why) in [
        (SUPPORT, "fait partie de l’équipe ici"),
        (MANAGED, "celui d’un bot"),
        (POWERFUL, "donne des pouvoirs sur le serveur"),
        (UNKNOWN, "rôle"),
        (boss().guild.get(), "celui de tout le monde"),
    ] {
        let given = [("member", Raw::Id(10)), ("given_role", Raw::Id(role)), ("reason", t("Concours"))];
        let said = words(&world.asks(&boss(), "grant", &given).await);
        assert!(said.contains(why) && !said.contains("reçoit"), "{role}: {said}");
        assert_eq!(world.database.count("select count(*) as n from entitlements").await, 0, "{role}");
    }
}

/// A plan that nobody can buy isn't said to be on sale where it is edited.
#[tokio::test(flavor = "multi_thread")]
async fn a_plan_whose_role_can_not_be_given_is_not_said_to_be_on_sale() {
    let world = world(true).await;
    world.asks(&boss(), "plan_edit", &[("plan", t("pro")), ("role", Raw::Id(PLAIN))]).await;
    let alert = format!("insert into role_alerts (guild_id, role_id, why, at) values (7, {PLAIN}, 'too_low', now())");
    crate::support::db::run(&mut world.database.owner().await, &alert).await;
    let edits = async |given: &[(&str, Raw)]| words(&world.asks(&boss(), "plan_edit", given).await);
    let card = edits(&[("plan", t("pro")), ("level", Raw::Int(25))]).await;
    assert!(card.contains("⛔ Pas vendue : je ne peux pas donner son rôle") && !card.contains("En vente"), "{card}");
    let other = edits(&[("plan", t("pro")), ("role", Raw::Id(OTHER))]).await;
    assert!(other.contains("✅ En vente"), "another role: {other}");
}
