//! Bad input: each gets a helpful answer, and nothing changes.

use super::world::*;
use shellia::commands::{self, Raw};

/// A command, its options, and what the answer must say.
type Mistake = (&'static str, Vec<(&'static str, Raw)>, &'static str);

#[tokio::test(flavor = "multi_thread")]
async fn each_mistake_is_named_and_changes_nothing() {
    let world = World::new().await;
    world.opens(&marie(), "Ouvert").await;
    world.opens(&jean(), "À Jean").await;
    world.opens(&marie(), "Fermé").await;
    world.asks(&marie(), "ticket_close", &[("id", n(3))]).await;
    let count = "select count(*) + (select count(*) from ticket_messages) + (select count(*) from ticket_audit) as n \
                 from tickets";
    let before = world.database.count(count).await;
    let long = "a".repeat(100_000);
    let id = |raw: Raw| vec![("id", raw)];
    let reply = |text: &str| vec![("id", n(1)), ("message", t(text))];
    let table: Vec<Mistake> = vec![
        ("ticket_view", vec![], "Il manque une option : **numéro**"),
        ("ticket_view", id(n(999)), "Rien sous ce numéro"),
        ("ticket_view", id(n(2)), "Rien sous ce numéro"),
        ("ticket_view", id(n(0)), "donnez le numéro"),
        ("ticket_view", id(n(-1)), "donnez le numéro"),
        ("ticket_view", id(t("9223372036854775808")), "donnez le numéro"),
        ("ticket_view", id(n(i64::MAX)), "Rien sous ce numéro"),
        ("ticket_view", id(t("douze")), "donnez le numéro"),
        ("ticket_view", vec![("id", n(1)), ("page", n(0))], "doit être un nombre de 1"),
        ("ticket_view", vec![("id", n(1)), ("id", n(1))], "donné deux fois"),
        ("ticket_view", vec![("id", n(1)), ("nope", n(1))], "Je ne connais pas cette option"),
        ("ticket_reply", reply(&long), "trop long : 100000 caractères pour 4000"),
        ("ticket_reply", reply("\u{200B}\u{2800}\0"), "est vide"),
        ("ticket_reply", vec![("id", n(2)), ("message", t("à moi ?"))], "Rien sous ce numéro"),
        ("ticket_reply", vec![("id", n(3)), ("message", t("encore"))], "Rouvrez-le d’abord"),
        ("ticket_close", vec![("id", n(1)), ("reason", t(&"a".repeat(501)))], "trop long : 501"),
        ("ticket_close", id(n(3)), "déjà fermé"),
        ("ticket_reopen", id(n(1)), "ni résolu ni fermé"),
        ("ticket_rate", vec![("id", n(3)), ("stars", n(6))], "doit être un nombre de 1 à 5"),
        ("ticket_rate", vec![("id", n(3)), ("stars", n(0))], "doit être un nombre de 1 à 5"),
        ("ticket_rate", vec![("id", n(1)), ("stars", n(5))], "une fois le ticket résolu ou fermé"),
        ("ticket_create", vec![("subject", t(&"a".repeat(101))), ("description", t("d"))], "trop long : 101"),
        (
            "ticket_create",
            vec![("subject", t("s")), ("description", t("d")), ("category", t("x"))],
            "doit être l’un de",
        ),
        ("ticket_assign", vec![("id", n(1)), ("agent", Raw::Id(20))], "réservée à l’équipe"),
        ("ticket_list", vec![("state", t("lost"))], "doit être l’un de"),
        ("answer", vec![("request", t("1' or true"))], "ne mène plus nulle part"),
        ("ticket_file", vec![("id", n(1)), ("file", n(0))], "ne mène plus nulle part"),
        ("ticket_file", vec![("id", n(1)), ("file", n(1))], "Rien sous ce numéro"),
        ("ticket_list", vec![("before", n(1)), ("after", n(1))], "pas les deux"),
        ("answer", vec![("request", t("123456"))], "a expiré ou n’est pas la vôtre"),
        ("ticket_explode", vec![], "ne mène plus nulle part"),
    ];
    for (command, given, expected) in table {
        let said = words(&world.asks(&marie(), command, &given).await);
        assert!(said.contains(expected), "{command} {given:?}: {said}");
    }
    let mut rated = world.asks(&paul(), "ticket_rate", &[("id", n(3)), ("stars", n(5))]).await;
    assert!(words(&rated).contains("Seul le membre qui a ouvert"), "{rated:?}");
    let mut outside = world.call(&marie(), "ticket_list", &[]);
    outside.guild = None;
    rated = said(commands::answer(&world.app, &outside).await);
    assert!(words(&rated).contains("Lancez cette commande sur le serveur"));
    assert_eq!(world.database.count(count).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_for_operators_says_so() {
    let world = World::new().await;
    let set = [("category", t("billing")), ("agent", Raw::Id(20))];
    let read = words(&world.asks(&paul(), "ticket_agent", &set).await);
    assert!(read.contains("réservée aux opérateurs"), "{read}");
    let read = words(&world.asks(&marie(), "ticket_stats", &[]).await);
    assert!(read.contains("réservée à l’équipe"), "{read}");
}

#[tokio::test(flavor = "multi_thread")]
async fn tricks_in_texts_do_no_harm() {
    let world = World::new().await;
    let subject = "@everyone [x](http://évil) **gras** \u{202E}fin";
    let body = "clic [ici](http://évil)\0 @here \u{202E}x";
    let mut zoe = member(13, "_Zoé_\u{202E}@everyone");
    zoe.person.locale = None;
    world.asks(&zoe, "ticket_create", &[("subject", t(subject)), ("description", t(body))]).await;
    let view = world.asks(&paul(), "ticket_view", &[("id", n(1))]).await;
    let read = words(&view);
    assert!(view.cards[0].title.contains("\\@everyone \\[x\\]\\(http://évil\\) \\*\\*gras\\*\\* fin"), "{read}");
    assert!(read.contains("clic [ici]\\(http://évil)") && !read.contains('\0') && !read.contains('\u{202E}'), "{read}");
    assert!(read.contains("\\_Zoé\\_\\@everyone"), "{read}");
    assert!(view.mentions.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_that_tells_of_a_ticket_is_not_said_in_public() {
    let world = World::new().await;
    world.opens(&marie(), "x").await;
    world.asks(&marie(), "ticket_close", &[("id", n(1))]).await;
    let answer = world.types(&marie(), "!ticket_reply 1 encore une chose").await;
    let commands::Answer::Say { reply: stub, remove_source } = answer else { panic!("{answer:?}") };
    assert!(remove_source);
    assert!(words(&stub).contains("votre réponse à `!ticket_reply` est prête"), "{stub:?}");
    let read = words(&world.presses(&marie(), &stub, "Lire la réponse").await);
    assert!(read.contains("Rouvrez-le d’abord"), "{read}");
    assert!(read.contains("!ticket\\_reply 1 encore une chose"), "what was typed isn't lost: {read}");
    let foreign = world.says(&jean(), "!ticket_reply 1 à moi ?").await;
    let unknown = world.says(&jean(), "!ticket_reply 9 à moi ?").await;
    assert_eq!(words(&foreign).replace("reply 1", "reply 9"), words(&unknown));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_writes_on_a_closed_ticket_may_reopen_it_there() {
    let world = World::new().await;
    world.opens(&marie(), "x").await;
    world.asks(&marie(), "ticket_close", &[("id", n(1))]).await;
    let slash = world.asks(&marie(), "ticket_reply", &[("id", n(1)), ("message", t("encore"))]).await;
    let typed = world.says(&marie(), "!ticket_reply #1 encore").await;
    assert_eq!(labels(&slash), ["🔓 Rouvrir"]);
    assert!(labels(&typed).contains(&"🔓 Rouvrir".to_owned()), "{typed:?}");
    assert!(words(&world.presses(&marie(), &typed, "Rouvrir").await).contains("rouvert"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_button_that_closes_asks_first() {
    let world = World::new().await;
    world.opens(&marie(), "x").await;
    let view = world.asks(&marie(), "ticket_view", &[("id", n(1))]).await;
    let button = view.buttons.iter().find(|button| button.label == "Fermer").unwrap();
    let pressed =
        commands::Call { way: commands::Way::Button, ..world.call(&marie(), "ticket_close", &[("id", t("1"))]) };
    assert_eq!(button.action.to_string(), "ticket_close?id=1");
    let commands::Answer::Ask(form) = commands::answer(&world.app, &pressed).await else { panic!("no form") };
    assert_eq!((form.title.as_str(), form.inputs.len(), form.inputs[0].required), ("Fermer le ticket ?", 1, false));
    let closed = "select count(*) as n from tickets where state = 'closed'";
    assert_eq!(world.database.count(closed).await, 0);
    let sent = [("id", t("1")), ("reason", t(""))];
    let sent = commands::Call { way: commands::Way::Form, ..world.call(&marie(), "ticket_close", &sent) };
    assert!(words(&said(commands::answer(&world.app, &sent).await)).contains("fermé"));
    assert_eq!(world.database.count(closed).await, 1);
}
