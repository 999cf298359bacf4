//! Bad input: each gets a helpful answer, and nothing changes.

use super::world::*;
use shellia::commands::{self, Raw};
use shellia::kernel::Locale;
use shellia::kernel::text::plain;

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
async fn mistakes_in_typed_commands_show_the_usage() {
    let world = World::new().await;
    for (typed, expected) in [
        ("!ticket_create \"Sans fin Ma carte", "Le guillemet qui ouvre **sujet** n’est pas fermé"),
        ("!ticket_create \"Sujet\"", "Il manque une option : **description**"),
        ("!ticket_view 1 2 3", "ou il y en a trop"),
        ("!ticket_view -1", "donnez le numéro"),
        ("!ticket_voir -1", "Usage : `!ticket_voir <numéro>"),
        ("!ticket_reply", "Il manque une option : **numéro**"),
        ("!ticket_create priorité=urgente \"S\" d", "doit être l’un de : Critique, Haute, Moyenne, Basse"),
    ] {
        let mut reply = said(world.types(&marie(), typed).await);
        if labels(&reply).iter().any(|label| label.contains("Lire la réponse")) {
            reply = world.presses(&marie(), &reply, "Lire la réponse").await;
        }
        let reply = words(&reply);
        assert!(reply.contains(expected) && reply.contains("Usage : `!ticket_"), "{typed}: {reply}");
    }
    assert_eq!(world.database.count("select count(*) as n from tickets").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subject_typed_without_quotes_is_shown_with_how_to_make_it_longer() {
    let world = World::new().await;
    let stub = said(world.types(&marie(), "!ticket_create Bonjour").await);
    let usage = words(&world.presses(&marie(), &stub, "Lire la réponse").await);
    assert!(usage.contains("\"<sujet>\" [catégorie=…] [priorité=…] <description>`"), "{usage}");
    for (typed, subject, hint) in [
        ("!ticket_create Paiement refusé depuis hier", "Paiement", true),
        ("!ticket_create \"Paiement refusé\" depuis hier", "Paiement refusé", false),
        ("!ticket_create sujet=\"Paiement refusé\" depuis hier", "Paiement refusé", false),
    ] {
        let stub = said(world.types(&marie(), typed).await);
        let answer = words(&world.presses(&marie(), &stub, "Lire la réponse").await);
        assert!(answer.contains(&format!("créé : **{subject}**")), "{typed}: {answer}");
        assert_eq!(answer.contains("guillemets : `!ticket_créer \"votre sujet\""), hint, "{typed}: {answer}");
    }
    // A form or a slash command asks for the subject by itself.
    let asked = world.asks(&marie(), "ticket_create", &[("subject", t("Paiement")), ("description", t("x"))]).await;
    assert!(!words(&asked).contains("guillemets"), "{asked:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_in_each_language_are_understood_with_or_without_accents() {
    let world = World::new().await;
    for (at, typed) in [
        "!ticket_create \"Une carte\" category=billing refusée",
        "!ticket_créer \"Une carte\" catégorie=facturation refusée",
        "!ticket_creer \"Une carte\" categorie=FACTURATION refusée",
        "!TICKET_CRÉER \"Une carte\" Catégorie=billing refusée",
    ]
    .into_iter()
    .enumerate()
    {
        world.types(&marie(), typed).await;
        let kept = "select count(*) as n from tickets where category = 'billing' and subject = 'Une carte'";
        assert_eq!(world.database.count(kept).await, i64::try_from(at).unwrap() + 1, "{typed}");
    }
    let mut olga = marie();
    olga.person.locale = Some(Locale::En);
    for (who, typed, expected) in [
        (&marie(), "!ticket_view", "Usage : `!ticket_voir <numéro>"),
        (&olga, "!ticket_voir", "Usage: `!ticket_view <id>"),
    ] {
        let reply = words(&said(world.types(who, typed).await));
        assert!(reply.contains(expected), "{typed}: {reply}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_be_typed_is_told_in_the_readers_language() {
    let world = World::new().await;
    let mut english = boss();
    english.person.locale = Some(Locale::En);
    for (who, command, option, typed, expected) in [
        (boss(), "ticket_priority", "priority", "urgente", "l’un de : Critique, Haute, Moyenne, Basse"),
        (english.clone(), "ticket_priority", "priority", "urgente", "one of: Critical, High, Medium, Low"),
        (boss(), "setup", "support_channel", "support", "mentionnez le salon avec #"),
        (english.clone(), "setup", "support_channel", "support", "mention the channel with #"),
        (boss(), "setup", "support_role", "Support", "mentionnez le rôle avec @"),
        (english.clone(), "setup", "support_role", "Support", "mention the role with @"),
        (boss(), "ticket_assign", "agent", "@Sam", "choisissez-la dans la liste qui s’ouvre"),
        (english, "ticket_assign", "agent", "@Sam", "pick them from the list that opens"),
    ] {
        let given = [("id", n(1)), (option, t(typed))];
        let given = if command == "setup" { &given[1..] } else { &given[..] };
        let read = words(&world.asks(&who, command, given).await);
        assert!(read.contains(expected), "{command} {typed}: {read}");
    }
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
async fn an_unknown_name_is_answered_with_a_command_that_the_person_may_use() {
    let world = World::new().await;
    let specs: Vec<_> = commands::of(shellia::app::Bot::Maxis).filter(|spec| !spec.hidden).collect();
    for (who, typed, expected) in [
        (marie(), "!ticket", "`!ticket_créer`"),
        (marie(), "!ticket_agen", "`!ticket_avis`"),
        (boss(), "!ticket_agen", "`!ticket_agent`"),
        (paul(), "!ticket_sta", "`!ticket_stats`"),
        (marie(), "!tiket_create", "`!ticket_créer`"),
        (marie(), "!tcket_liste", "`!ticket_liste`"),
    ] {
        let read = commands::text::read(typed, &specs, &world.app.words);
        let commands::text::Read::Unknown(near) = read else { panic!("{typed}: {read:?}") };
        let read = words(&said(commands::unknown(&world.app, &world.call(&who, "", &[]), &near).await));
        assert!(read.contains(expected), "{typed}: {read}");
    }
    let operators: Vec<_> = specs.into_iter().filter(|spec| spec.name == "setup").collect();
    let mut call = world.call(&paul(), "", &[]);
    call.typed = "!set_up un deux".to_owned();
    let read = words(&said(commands::unknown(&world.app, &call, &operators).await));
    assert!(read.contains("`!aide`"), "{read}");
    // What may be another bot's is none of our business: nothing is said of it.
    call.typed = "!setpu minecraft serveur1".to_owned();
    assert_eq!(commands::unknown(&world.app, &call, &operators).await, commands::Answer::Nothing);
}

#[test]
fn a_space_after_the_mark_is_a_slip_before_a_name_and_small_talk_before_anything_else() {
    use commands::text::{Read, read};
    let specs: Vec<_> = commands::of(shellia::app::Bot::Maxis).filter(|spec| !spec.hidden).collect();
    let words = shellia::kernel::words::Words::new();
    for typed in ["! ticket_create a b", "!  ticket_créer a b", "!\nticket_create a b"] {
        assert!(
            matches!(read(typed, &specs, &words), Read::Command(spec, given) if spec.name == "ticket_create" && given.len() == 2)
        );
    }
    for typed in ["! ticket", "! ticket_creat a b", "!", "! ", "! ! ticket_create a b"] {
        assert!(matches!(read(typed, &specs, &words), Read::Nothing), "{typed}");
    }
}

#[test]
fn quotation_marks_around_the_whole_of_a_text_are_not_its_own() {
    use commands::text::{Read, read};
    let specs: Vec<_> = commands::of(shellia::app::Bot::Maxis).filter(|spec| !spec.hidden).collect();
    let words = shellia::kernel::words::Words::new();
    for (typed, amount, reason) in [
        ("\"produit abîmé\"", None, "produit abîmé"),
        ("« produit abîmé »", None, "produit abîmé"),
        ("\"un \\\"mot\\\" cité\"", None, "un \"mot\" cité"),
        ("\"un\" et \"deux\"", None, "\"un\" et \"deux\""),
        ("\"sans fin", None, "\"sans fin"),
        ("5 \"produit abîmé\"", Some("5"), "produit abîmé"),
        ("5 € produit abîmé", Some("5 €"), "produit abîmé"),
        ("1 234,50 produit abîmé", Some("1 234,50"), "produit abîmé"),
        ("montant=1 234,50 € produit abîmé", Some("1 234,50 €"), "produit abîmé"),
        ("5 pots cassés", None, "5 pots cassés"),
        ("2ème fois", None, "2ème fois"),
        ("-5 trop", Some("-5"), "trop"),
        ("50 % geste", Some("50 %"), "geste"),
        ("1,5O € geste", Some("1,5O €"), "geste"),
        ("\"1,50 €\" geste", Some("1,50 €"), "geste"),
        ("\"12.05 colis perdu\"", None, "12.05 colis perdu"),
    ] {
        let read = read(&format!("!refund 12 {typed}"), &specs, &words);
        let Read::Command(_, given) = read else { panic!("{typed}: {read:?}") };
        let value = |name: &str| given.iter().find(|(had, _)| had == name).map(|(_, raw)| raw.clone());
        assert_eq!((value("amount"), value("reason")), (amount.map(t), Some(t(reason))), "{typed}");
    }
}

#[test]
fn choices_behind_a_text_are_options_and_everything_else_is_text() {
    use commands::text::{Read, read};
    let specs: Vec<_> = commands::of(shellia::app::Bot::Maxis).filter(|spec| !spec.hidden).collect();
    let words = shellia::kernel::words::Words::new();
    for (typed, description, priority) in [
        ("b priorité=haute", "b", Some("high")),
        ("b c\nd priority=high catégorie=facturation", "b c\nd", Some("high")),
        ("b priorité=jaune", "b priorité=jaune", None),
        ("b x=1 priorité=haute y=2", "b x=1 priorité=haute y=2", None),
        ("priorité=haute b", "b", Some("high")),
        ("b sujet=autre", "b sujet=autre", None),
    ] {
        let Read::Command(_, given) = read(&format!("!ticket_create \"a\" {typed}"), &specs, &words) else {
            panic!("{typed}")
        };
        let of = |wanted: &str| {
            given.iter().find(|(name, _)| name == wanted).map(|(_, raw)| match raw {
                commands::Raw::Text(text) => text.as_str(),
                other => panic!("{other:?}"),
            })
        };
        assert_eq!((of("description"), of("priority")), (Some(description), priority), "{typed}");
    }
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
    assert!(words(&stub).contains("votre réponse est prête"), "{stub:?}");
    let read = words(&world.presses(&marie(), &stub, "Lire la réponse").await);
    assert!(read.contains("Rouvrez-le d’abord"), "{read}");
    assert!(read.contains("!ticket\\_reply 1 encore une chose"), "what was typed isn't lost: {read}");
    let foreign = world.says(&jean(), "!ticket_reply 1 à moi ?").await;
    let unknown = world.says(&jean(), "!ticket_reply 9 à moi ?").await;
    assert_eq!(words(&foreign).replace("reply 1", "reply 9"), words(&unknown));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_wrongly_is_kept_for_its_writer_and_leaves_the_channel() {
    let world = World::new().await;
    for mistake in [
        "!ticket_create Sujet category=chats MOTSECRET",
        "!ticket_create \"Sans fin MOTSECRET",
        "!ticket_reply 99 MOTSECRET",
        "!ticket_reply douze MOTSECRET",
        "!ticket_note 1 MOTSECRET",
    ] {
        let answer = world.types(&marie(), mistake).await;
        let commands::Answer::Say { reply: stub, remove_source } = answer else { panic!("{answer:?}") };
        assert!(remove_source, "{mistake}");
        assert!(!format!("{stub:?}").contains("MOTSECRET"), "{mistake}");
        let read = words(&world.presses(&marie(), &stub, "Lire la réponse").await);
        assert!(read.contains(&plain(mistake)), "{mistake}: {read}");
        let foreign = words(&world.presses(&jean(), &stub, "Lire la réponse").await);
        assert!(!foreign.contains("MOTSECRET"), "{foreign}");
    }
    // Where nothing private was typed, help comes at once.
    for mistake in ["!ticket_create", "!ticket_view douze", "!ticket_view 99"] {
        let answer = world.types(&marie(), mistake).await;
        let commands::Answer::Say { reply, remove_source } = answer else { panic!("{answer:?}") };
        assert!(!remove_source && !words(&reply).contains("votre réponse est prête"), "{mistake}: {reply:?}");
    }
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

#[test]
fn shellias_one_question_is_understood_in_other_words_and_without_any() {
    let words = shellia::kernel::words::Words::new();
    let specs: Vec<_> = commands::of(shellia::app::Bot::Shellia).filter(|spec| !spec.hidden).collect();
    for typed in ["status", "statut", "STATUT", "état", "etat", "state", "quoi=statut"] {
        let read = commands::text::read(&format!("!maxis {typed}"), &specs, &words);
        let commands::text::Read::Command(spec, given) = read else { panic!("{typed}: {read:?}") };
        assert_eq!((spec.name, given), ("maxis", vec![("topic".to_owned(), t("status"))]), "{typed}");
    }
    let alone = commands::text::read("!maxis", &specs, &words);
    assert!(matches!(&alone, commands::text::Read::Command(_, given) if given.is_empty()), "{alone:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_after_a_typed_mistake_holds_what_was_typed() {
    let world = World::new().await;
    for (typed, subject, description, inputs) in [
        ("!ticket_create \"Ma carte\" category=chats Elle est refusée", "Ma carte", "Elle est refusée", 4),
        ("!ticket_create \"Ma carte\" category=billing priority=x Elle", "Ma carte", "Elle", 3),
        ("!ticket_create \"Ma carte", "", "\"Ma carte", 4),
    ] {
        let refused = world.says(&marie(), typed).await;
        let button = refused.buttons.iter().find(|button| button.label == "Remplir le formulaire").unwrap();
        let given: Vec<_> = button.action.options.iter().map(|(name, value)| (name.as_str(), t(value))).collect();
        let press = |who: &Someone| commands::Call {
            way: commands::Way::Button,
            ..world.call(who, &button.action.command, &given)
        };
        let commands::Answer::Ask(form) = commands::answer(&world.app, &press(&marie())).await else {
            panic!("no form")
        };
        let values: Vec<&str> = form.inputs.iter().map(|input| input.value.as_str()).collect();
        assert_eq!((values[0], values[1], values.len()), (subject, description, inputs), "{typed}");
        assert!(!form.action.to_string().contains("typed") && !form.action.to_string().contains("chats"), "{form:?}");
        let commands::Answer::Ask(other) = commands::answer(&world.app, &press(&jean())).await else {
            panic!("no form")
        };
        assert!(other.inputs.iter().all(|input| input.value.is_empty()), "{other:?}");
    }
}
