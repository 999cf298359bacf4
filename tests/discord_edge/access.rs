//! What the bot may do: the inspector behind `setup`, and the check of a configuration.

use super::{SHOP, channel, options, sandbox};
use shellia::app::Bot;
use shellia::config::Secret;
use shellia::discord::check::check;
use shellia::discord::{Discord, Options};
use shellia::kernel::{ChannelId, GuildId, RoleId};
use shellia::sandbox::{Kind, Sandbox, World, rights};
use tempfile::tempdir;

fn maxis(world: &Sandbox) -> Options {
    options(world, Bot::Maxis, tempdir().unwrap().path())
}

#[tokio::test]
async fn what_the_bot_lacks_in_a_channel_is_named() {
    let mut plan = World::demo();
    let shop = {
        let look = sandbox(plan.clone()).await;
        look.guild_id(SHOP).unwrap()
    };
    let mute = plan.channel(shop, "muet", Kind::Text);
    plan.overwrite(mute, shop, 0, rights::SEND_MESSAGES | rights::EMBED_LINKS);
    let hidden = plan.channel(shop, "caché", Kind::Text);
    plan.only_for(hidden, &[]);
    let world = sandbox(plan).await;
    let inspector = Discord::connect(maxis(&world)).await.unwrap().inspector();
    let guild = GuildId::new(shop).unwrap();
    let look = async |channel: u64| {
        let seen = inspector.look(guild, &[ChannelId::new(channel).unwrap()], &[]).await.unwrap();
        seen.lacking.into_iter().flat_map(|lacking| lacking.permissions).collect::<Vec<_>>()
    };
    assert_eq!(look(channel(&world, "support")).await, Vec::<&str>::new());
    assert_eq!(look(mute).await, ["SEND_MESSAGES", "EMBED_LINKS"]);
    assert_eq!(look(hidden).await.first(), Some(&"VIEW_CHANNEL"));
    assert_eq!(look(123).await.len(), 6, "a channel that isn't there");
}

#[tokio::test]
async fn what_everybody_can_read_and_what_is_not_there_are_told() {
    let world = sandbox(World::two_guilds()).await;
    let shop = world.guild_id(SHOP).unwrap();
    let club = world.guild_id("Le Club de Paul").unwrap();
    let (support, staff) = (channel(&world, "support"), channel(&world, "staff"));
    let elsewhere = world.channel_id(club, "salon").unwrap();
    let ids = [support, staff, elsewhere, 123].map(|id| ChannelId::new(id).unwrap());
    let roles = [world.role_id(shop, "Support").unwrap(), 123].map(|id| RoleId::new(id).unwrap());
    let inspector = Discord::connect(maxis(&world)).await.unwrap().inspector();
    let seen = inspector.look(GuildId::new(shop).unwrap(), &ids, &roles).await.unwrap();
    assert_eq!(seen.open, ids[..1]);
    assert_eq!(seen.unknown_channels, ids[2..]);
    assert_eq!(seen.unknown_roles, roles[1..]);
}

#[tokio::test]
async fn a_sound_configuration_has_no_problem() {
    let world = sandbox(World::demo()).await;
    let report = check(maxis(&world), "maxis.discord_token").await;
    assert_eq!(report.problems, []);
    assert_eq!((report.bot.as_deref(), report.servers), (Some("Maxis"), vec![SHOP.to_owned()]));
}

#[tokio::test]
async fn every_problem_comes_with_its_remedy_and_without_the_token() {
    let mut plan = World::new();
    let lea = plan.person("lea", "Léa");
    let app = plan.bot("Maxis", "sandbox-maxis", lea);
    plan.without_privileged_intents(app);
    let world = sandbox(plan).await;
    let report = check(maxis(&world), "maxis.discord_token").await;
    let told: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("Message Content Intent"), "{told:?}");
    assert!(told[1].contains("no server") && told[1].contains(&format!("client_id={app}")), "{told:?}");

    let mut wrong = maxis(&world);
    wrong.token = Secret::new("a-token-that-must-not-show");
    let told = check(wrong, "maxis.discord_token").await.problems;
    assert_eq!(told.len(), 1);
    assert!(told[0].to_string().starts_with("maxis.discord_token"), "{told:?}");
    assert!(!told[0].to_string().contains("must-not-show"));
}
