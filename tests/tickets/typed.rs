//! What is typed: names, slips and quotation marks, and what becomes of what was typed wrongly.

use super::world::*;
use shellia::commands;
use shellia::kernel::Locale;
use shellia::kernel::text::plain;

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
        (boss(), "setup", "support_role", "Support", "une mention avec @"),
        (english.clone(), "setup", "support_role", "Support", "a mention with @"),
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

#[test]
fn shellias_one_question_is_understood_in_other_words_and_without_any() {
    let words = shellia::kernel::words::Words::new();
    let specs: Vec<_> = commands::of(shellia::app::Bot::Shellia).filter(|spec| !spec.hidden).collect();
    for (typed, option, value) in [
        ("statut", "details", "statut"),
        ("follow ventes, litiges", "details", "follow ventes, litiges"),
        ("quoi=statut", "topic", "status"),
        ("topic=état", "topic", "status"),
    ] {
        let read = commands::text::read(&format!("!maxis {typed}"), &specs, &words);
        let commands::text::Read::Command(spec, given) = read else { panic!("{typed}: {read:?}") };
        assert_eq!((spec.name, given), ("maxis", vec![(option.to_owned(), t(value))]), "{typed}");
    }
    let named = commands::text::read("!maxis@eu status", &specs, &words);
    let commands::text::Read::Command(_, given) = named else { panic!("{named:?}") };
    assert_eq!(given, [("at".to_owned(), t("eu")), ("details".to_owned(), t("status"))]);
    assert!(matches!(commands::text::read("!shellia_help@eu", &specs, &words), commands::text::Read::Nothing));
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
