//! What is handed over stays shut, and one guild's catalogue is not another's.

use super::world::*;
use shellia::app::Bot;
use shellia::commands::{self, Raw};

const SECRET: &str = "CLE-SECRETE";

#[tokio::test(flavor = "multi_thread")]
async fn no_command_shows_a_key_or_a_content() {
    let world = World::new().await;
    world.sells("Jeu", "key", "10", &[]).await;
    world.asks(&boss(), "product_keys", &[("product", t("jeu")), ("keys", t(SECRET))]).await;
    world.asks(&boss(), "product_add", &[("name", t("Guide")), ("kind", t("text")), ("price", t("1"))]).await;
    world.asks(&boss(), "product_content", &[("product", t("guide")), ("content", t(SECRET))]).await;
    for who in [marie(), jean(), paul(), stranger()] {
        for spec in commands::of(Bot::Maxis) {
            for product in ["jeu", "guide"] {
                let given: Vec<(&str, Raw)> =
                    spec.options.iter().filter(|opt| opt.name == "product").map(|opt| (opt.name, t(product))).collect();
                let answer = commands::answer(&world.app, &world.call(&who, spec.name, &given)).await;
                assert!(!format!("{answer:?}").contains(SECRET), "{} for {}", spec.name, who.person.name);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_suggests_values_of_its_own_options_to_those_who_may_use_it_and_not_without_end() {
    let world = World::new().await;
    world.sells("Secret", "key", "5", &[]).await;
    let suggestions = |who: Someone, command: &'static str, option: &'static str| {
        let call = world.call(&who, command, &[]);
        let app = world.app.clone();
        async move { commands::suggest(&app, &call, option, "").await.len() }
    };
    for option in ["variant", "plan", "id", "x"] {
        assert_eq!(suggestions(marie(), "shop", option).await, 0, "{option}");
    }
    assert_eq!(suggestions(marie(), "product_edit", "product").await, 0, "it is for operators");
    let mut answered = 0;
    for _ in 0..200 {
        answered += usize::from(suggestions(boss(), "product_edit", "product").await > 0);
    }
    assert!((120..200).contains(&answered), "{answered}");
    assert!(words(&world.asks(&boss(), "product_list", &[]).await).contains("Secret"), "commands are counted apart");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_guild_has_a_shop_of_its_own() {
    let world = World::new().await;
    world.sells("Jeu", "key", "10", &[]).await;
    world.asks(&boss(), "plan_remove", &[("plan", t("ultra"))]).await;
    let elsewhere = words(&world.asks(&stranger(), "shop", &[("product", t("jeu"))]).await);
    assert!(elsewhere.contains("Rien de tel"), "{elsewhere}");
    assert!(words(&world.asks(&stranger(), "plans", &[]).await).contains("Ultra"));
    let call = world.call(&stranger(), "product_list", &[]);
    assert_eq!(commands::suggest(&world.app, &call, "product", "").await, []);
}
