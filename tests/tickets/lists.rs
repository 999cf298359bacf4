//! Lists, pages, filters and suggestions.

use super::world::*;

#[tokio::test(flavor = "multi_thread")]
async fn pages_hold_ten_and_lead_to_one_another() {
    let world = World::new().await;
    for at in 1..=23 {
        world.opens(&marie(), &format!("Sujet {at}")).await;
    }
    let numbers = |reply: &shellia::kernel::reply::Reply| -> Vec<i64> {
        let shown = reply.buttons.iter().filter_map(|button| button.label.strip_prefix('#'));
        shown.map(|number| number.parse().unwrap()).collect()
    };
    let first = world.asks(&marie(), "ticket_list", &[]).await;
    assert_eq!(numbers(&first), (14..=23).rev().collect::<Vec<_>>());
    assert!(!first.replaces && !labels(&first).contains(&"◀️ Plus récents".to_owned()));
    let second = world.presses(&marie(), &first, "Plus anciens").await;
    assert!(second.replaces, "a page takes the place of a page");
    assert_eq!(numbers(&second), (4..=13).rev().collect::<Vec<_>>());
    let third = world.presses(&marie(), &second, "Plus anciens").await;
    assert_eq!(numbers(&third), [3, 2, 1]);
    assert!(!labels(&third).contains(&"▶️ Plus anciens".to_owned()));
    let back = world.presses(&marie(), &third, "Plus récents").await;
    assert_eq!(numbers(&back), numbers(&second));
    assert_eq!(numbers(&world.presses(&marie(), &back, "Plus récents").await), numbers(&first));
}

/// Options of a list, and the tickets it must show.
type Filtered = (&'static [(&'static str, &'static str)], &'static [&'static str]);

#[tokio::test(flavor = "multi_thread")]
async fn staff_filter_and_see_active_tickets_first() {
    let world = World::new().await;
    for (who, category, priority) in
        [(marie(), "billing", "high"), (jean(), "bug", "low"), (marie(), "bug", "critical"), (jean(), "general", "low")]
    {
        let given =
            [("subject", t("s")), ("description", t("d")), ("category", t(category)), ("priority", t(priority))];
        world.asks(&who, "ticket_create", &given).await;
    }
    world.asks(&marie(), "ticket_close", &[("id", n(1))]).await;
    world.asks(&paul(), "ticket_claim", &[("id", n(2))]).await;
    let table: [Filtered; 9] = [
        (&[], &["#4", "#3", "#2"]),
        (&[("state", "all")], &["#4", "#3", "#2", "#1"]),
        (&[("state", "closed")], &["#1"]),
        (&[("category", "bug")], &["#3", "#2"]),
        (&[("category", "bug"), ("priority", "low")], &["#2"]),
        (&[("assignee", "me")], &["#2"]),
        (&[("assignee", "nobody")], &["#4", "#3"]),
        (&[("state", "in_progress")], &["#2"]),
        (&[("state", "resolved")], &[]),
    ];
    for (filter, expected) in table {
        let given: Vec<_> = filter.iter().map(|(name, value)| (*name, t(value))).collect();
        let reply = world.asks(&paul(), "ticket_list", &given).await;
        let found: Vec<_> = reply.buttons.iter().map(|button| button.label.as_str()).collect();
        assert_eq!(found, expected, "{filter:?}");
    }
    let own = world.asks(&jean(), "ticket_list", &[]).await;
    assert_eq!(own.buttons.iter().map(|button| button.label.as_str()).collect::<Vec<_>>(), ["#4", "#2"]);
    let none = world.asks(&member(99, "Nouveau"), "ticket_list", &[]).await;
    assert!(words(&none).contains("pas encore de ticket"));
    assert_eq!(labels(&none), ["🎫 Ouvrir un ticket"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn suggestions_fit_numbers_and_words() {
    let world = World::new().await;
    for at in 1..=30 {
        world.opens(&marie(), &format!("Sujet {}", if at % 2 == 0 { "Carte Bleue" } else { "Livraison" })).await;
    }
    world.opens(&jean(), "Carte de Jean").await;
    world.asks(&marie(), "ticket_close", &[("id", n(2))]).await;
    let values = |found: Vec<(String, String)>| found.into_iter().map(|(_, value)| value).collect::<Vec<_>>();
    assert_eq!(values(world.suggestions(&marie(), "2").await)[..3], ["2", "20", "21"]);
    assert_eq!(values(world.suggestions(&paul(), "#2").await)[..2], ["20", "21"], "staff look for what is active");
    assert_eq!(values(world.suggestions(&marie(), "31").await), Vec::<String>::new());
    assert_eq!(values(world.suggestions(&paul(), "CARTE jean").await), ["31"]);
    assert_eq!(world.suggestions(&marie(), "").await.len(), 25);
    assert_eq!(world.suggestions(&marie(), "carte").await.len(), 15);
    assert_eq!(world.suggestions(&marie(), "0").await.len(), 0);
    assert_eq!(world.suggestions(&marie(), "%_'\"\\").await.len(), 0);
    assert_eq!(values(world.suggestions_for(&paul(), "ticket_reopen", "").await), ["2"]);
    assert_eq!(values(world.suggestions_for(&marie(), "ticket_reopen", "2").await), ["2"]);
    let labels = world.suggestions(&marie(), "30").await;
    assert_eq!(labels, [("#30 🆕 Sujet Carte Bleue".to_owned(), "30".to_owned())]);
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_that_there_are_not_yet_are_said_in_words() {
    let world = World::new().await;
    let none = words(&world.asks(&paul(), "ticket_stats", &[]).await);
    assert!(none.contains("Satisfaction = pas encore d’avis"), "{none}");
    assert!(none.contains("Résolution, en moyenne = pas encore de données"), "{none}");
    assert!(none.contains("Par agent = pas encore de données") && !none.contains('—'), "{none}");
    let id = world.opens(&marie(), "x").await;
    world.asks(&paul(), "ticket_claim", &[("id", n(id))]).await;
    let some = words(&world.asks(&paul(), "ticket_stats", &[]).await);
    assert!(some.contains("Par agent = <@20> · attribués 1 · résolus 0"), "{some}");
    assert!(!some.contains("résolus 0 ·"), "{some}");
}
