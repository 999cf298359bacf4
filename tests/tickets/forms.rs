//! What was given before a form opened, and what was written in one that is refused: neither is lost.

use super::world::*;
use shellia::app::TicketRules;
use shellia::commands::{self, Answer, Call, FileRef, Raw, Way};
use shellia::kernel::reply::{Form, Visibility};

const TICKETS: &str = "select count(*) as n from tickets";

fn picture() -> Raw {
    let (name, content_type) = ("a.png".to_owned(), "image/png".to_owned());
    Raw::File(FileRef { name, content_type, size: 12, url: "https://cdn.discordapp.com/a.png".to_owned() })
}

fn values(form: &Form) -> Vec<(&str, &str)> {
    form.inputs.iter().map(|input| (input.option, input.value.as_str())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_given_by_slash_stands_in_the_form_for_the_rest() {
    let mut world = World::new().await;
    let given = [("subject", t("Paiement refusé")), ("category", t("billing"))];
    let form = world.form(&marie(), "ticket_create", &given).await;
    assert_eq!(values(&form), [("subject", "Paiement refusé"), ("description", ""), ("priority", "")]);
    assert_eq!(form.action.to_string(), "ticket_create?category=billing", "a form without a draft outlives a restart");
    world.restarts();
    let read = words(&world.sends(&marie(), &form, &[("description", "Ma carte est refusée")]).await);
    assert!(read.contains("Paiement refusé") && read.contains("Facturation"), "{read}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_given_by_slash_comes_with_the_form_for_the_text() {
    let world = World::new().await;
    let id = world.opens(&marie(), "x").await;
    let form = world.form(&marie(), "ticket_reply", &[("id", n(id)), ("file", picture())]).await;
    // Nobody else's form takes it.
    let foreign = world.sends(&jean(), &form, &[("message", "Voici")]).await;
    assert!(words(&foreign).contains("Je n’ai plus ce que vous aviez donné"), "{foreign:?}");
    let reply = world.sends(&marie(), &form, &[("message", "Voici la photo")]).await;
    let files = "select count(*) as n from ticket_attachments where file_name = 'a.png'";
    assert_eq!(world.database.count(files).await, 1, "{}", words(&reply));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_whose_draft_is_gone_gives_back_what_was_written_and_does_nothing() {
    let mut world = World::new().await;
    let form = world.form(&marie(), "ticket_create", &[("file", picture())]).await;
    let filled = [("subject", "Capture"), ("description", "Voir la capture")];
    let done = world.sending(&marie(), &form, &filled);
    let first = said(commands::answer(&world.app, &done).await);
    world.restarts();
    let lost = world.sends(&marie(), &form, &filled).await;
    assert!(words(&lost).contains("Je n’ai plus ce que vous aviez donné"), "{}", words(&lost));
    assert!(words(&lost).contains("Capture") && words(&lost).contains("Voir la capture"), "{}", words(&lost));
    assert_eq!(world.database.count(TICKETS).await, 1);
    // Told again after the restart, what was done is not done twice, nor called undone.
    assert_eq!(said(commands::answer(&world.app, &done).await), first);
    let again = world.reopens(&marie(), &lost).await;
    assert_eq!(values(&again)[..2], [("subject", "Capture"), ("description", "Voir la capture")]);
    world.sends(&marie(), &again, &[]).await;
    assert_eq!(world.database.count(TICKETS).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_action_can_carry_comes_with_the_form_all_the_same() {
    let world = World::new().await;
    let form = world.form(&boss(), "product_add", &[("name", t("Sel & Poivre = 2")), ("kind", t("text"))]).await;
    assert_eq!(form.action.to_string(), "product_add?kind=text");
    assert_eq!(form.inputs.first().map(|input| input.value.as_str()), Some("Sel & Poivre = 2"));
    let read = words(&world.sends(&boss(), &form, &[("price", "5")]).await);
    assert!(read.contains("Sel & Poivre = 2") && read.contains("est créé"), "{read}");
    let long = [
        ("name", t(&"n".repeat(80))),
        ("kind", t("plan_days")),
        ("plan", t("une-formule-au-code-tres-long-32")),
        ("days", n(30)),
        ("role", Raw::Id(1_234_567_890_123_456_789)),
    ];
    let form = world.form(&boss(), "product_add", &long).await;
    assert!(form.action.to_string().len() <= 100, "{}", form.action);
    let sent = world.sending(&boss(), &form, &[("price", "5")]);
    let given =
        |name: &str| sent.given.iter().any(|(had, _)| had == name) || form.action.to_string().contains("typed=");
    assert!(long.iter().all(|(name, _)| given(name)), "{sent:?}");
    let read = words(&said(commands::answer(&world.app, &sent).await));
    assert!(!read.contains("Il manque"), "{read}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_in_a_form_that_is_refused_comes_back_and_so_does_the_form() {
    let mut world = World::new().await;
    let id = world.opens(&marie(), "x").await;
    let form = world.form(&marie(), "ticket_reply", &[("id", n(id)), ("file", picture())]).await;
    world.asks(&paul(), "ticket_close", &[("id", n(id))]).await;
    let refused = world.sends(&marie(), &form, &[("message", "UNLONGTEXTE")]).await;
    assert!(words(&refused).contains("UNLONGTEXTE"), "{}", words(&refused));
    assert_eq!(labels(&refused), ["🔓 Rouvrir", "📝 Remplir le formulaire"]);
    let again = world.reopens(&marie(), &refused).await;
    assert_eq!(values(&again), [("message", "UNLONGTEXTE")]);
    world.presses(&marie(), &refused, "Rouvrir").await;
    world.sends(&marie(), &again, &[]).await;
    let kept = "select count(*) as n from ticket_messages m join ticket_attachments a on a.message_id = m.id \
                where m.body = 'UNLONGTEXTE'";
    assert_eq!(world.database.count(kept).await, 1, "with the file that came with the command");
    // Whatever the reason.
    let foreign = world.form(&jean(), "ticket_reply", &[("id", n(id))]).await;
    let refused = world.sends(&jean(), &foreign, &[("message", "UNAUTRETEXTE")]).await;
    assert!(words(&refused).contains("Rien sous ce numéro") && words(&refused).contains("UNAUTRETEXTE"));
    world.limits(1);
    let form = world.form(&marie(), "ticket_create", &[]).await;
    let sent = [("subject", "Sujet"), ("description", "DESCRIPTION"), ("priority", "high")];
    world.asks(&marie(), "ticket_list", &[]).await;
    let refused = world.sends(&marie(), &form, &sent).await;
    assert!(words(&refused).contains("Doucement") && words(&refused).contains("DESCRIPTION"), "{}", words(&refused));
    let again = world.reopens(&marie(), &refused).await;
    let sent = world.sending(&marie(), &again, &[]);
    assert!(sent.given.contains(&("priority".to_owned(), t("high"))), "{sent:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_given_to_a_slash_command_comes_back_with_its_refusal() {
    let mut world = World::with(TicketRules { open_max: 1, ..TicketRules::default() }).await;
    let id = world.opens(&marie(), "x").await;
    let new = [("subject", t("MONSUJET")), ("description", t("MONTEXTE"))];
    let refused = words(&world.asks(&marie(), "ticket_create", &new).await);
    assert!(refused.contains("beaucoup de tickets ouverts"), "{refused}");
    assert!(refused.contains("MONSUJET") && refused.contains("MONTEXTE"), "{refused}");
    world.asks(&marie(), "ticket_close", &[("id", n(id)), ("reason", t("fini"))]).await;
    let answer = [("id", n(id)), ("message", t("MAREPONSE"))];
    let refused = world.asks(&marie(), "ticket_reply", &answer).await;
    assert!(words(&refused).contains("fermé") && words(&refused).contains("MAREPONSE"), "{refused:?}");
    assert_eq!(refused.visibility, Visibility::Private);
    let long = "long ".repeat(790);
    let refused = world.asks(&marie(), "ticket_reply", &[("id", n(id)), ("message", t(&long))]).await;
    assert!(refused.files.is_empty(), "it fits");
    let signs = "*_".repeat(1900);
    let refused = world.asks(&marie(), "ticket_reply", &[("id", n(id)), ("message", t(&signs))]).await;
    assert_eq!(refused.files[0].bytes, signs.as_bytes(), "to the last sign");
    world.limits(1);
    world.asks(&marie(), "ticket_list", &[]).await;
    let refused = words(&world.asks(&marie(), "ticket_reply", &answer).await);
    assert!(refused.contains("Doucement") && refused.contains("MAREPONSE"), "{refused}");
    let list = world.asks(&marie(), "ticket_list", &[("state", t("closed"))]).await;
    assert!(list.cards.is_empty(), "nothing was written: {list:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_asks_again_for_what_was_wrong_in_it() {
    let world = World::new().await;
    let form = world.form(&boss(), "product_add", &[]).await;
    let filled = [("name", "Guide"), ("kind", "text"), ("price", "cher"), ("about", "Tout y est.")];
    let refused = world.sends(&boss(), &form, &filled).await;
    let again = world.reopens(&boss(), &refused).await;
    assert_eq!(values(&again)[2], ("price", "cher"));
    let read = words(&world.sends(&boss(), &again, &[("price", "5")]).await);
    assert!(read.contains("**Guide** est créé") && read.contains("Tout y est."), "{read}");
    // The same typed.
    let refused = said(world.types(&boss(), "!product_add Livre text cher").await);
    let refused = world.presses(&boss(), &refused, "Lire la réponse").await;
    let again = world.reopens(&boss(), &refused).await;
    assert!(values(&again).contains(&("price", "cher")), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_was_typed_comes_back_with_its_refusal_to_the_last_letter() {
    let world = World::new().await;
    let text = format!("!ticket_reply 99 {}LAFIN", "[main] (worker_1) <b>_ok_</b> ".repeat(120));
    assert!(text.chars().count() <= 4000, "what Discord lets some people type");
    let reply = world.says(&marie(), &text).await;
    let shown = shellia::discord::render::message(&reply);
    assert_eq!(shown.files.first().map(|file| file.file.as_slice()), Some(text.as_bytes()));
    let shown: usize =
        shown.embeds.iter().filter_map(|embed| embed.description.as_ref()).map(|d| d.chars().count()).sum();
    assert!((1000..4096).contains(&shown), "{shown}");
    let short = world.says(&marie(), "!ticket_reply 99 (court)").await;
    assert!(short.files.is_empty() && words(&short).contains("court"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_fast_is_told_once_where_others_read() {
    let mut world = World::new().await;
    world.limits(1);
    world.types(&marie(), "!ticket_list").await;
    let told = said(world.types(&marie(), "!ticket_list").await);
    assert!(words(&told).contains("Doucement") && !words(&told).contains("visible"), "{told:?}");
    assert_eq!(world.types(&marie(), "!ticket_list").await, Answer::Nothing);
    let stays = said(world.types(&marie(), "!ticket_create Aide mon secret").await);
    assert!(words(&stays).contains("il reste visible ici"), "{stays:?}");
    assert!(words(&stays).contains("je ne prends rien de ce que vous tapez ici : cela reste visible"), "{stays:?}");
    assert_eq!(world.types(&marie(), "!ticket_create Aide mon secret").await, Answer::Nothing);
    // Where nobody else reads, each is answered; and so is everybody else.
    for _ in 0..2 {
        assert!(words(&world.asks(&marie(), "ticket_list", &[]).await).contains("Doucement"));
    }
    world.types(&jean(), "!ticket_list").await;
    assert!(words(&said(world.types(&jean(), "!ticket_list").await)).contains("Doucement"));
}

#[tokio::test(flavor = "multi_thread")]
async fn from_direct_messages_only_a_known_guild_is_reached_and_the_person_is_counted() {
    let mut world = World::new().await;
    world.opens(&marie(), "x").await;
    let before = world.database.count("select count(*) as n from guilds").await;
    let view = |guild_id: u64| Call {
        way: Way::Button,
        guild: Some(guild(guild_id)),
        ..world.call(&marie(), "ticket_view", &[("id", t("1"))])
    };
    let calls: Vec<Call> = (0..5).map(|n| view(900 + n)).chain([view(GUILD)]).collect();
    for call in &calls[..5] {
        assert!(words(&said(commands::answer_from_afar(&world.app, call).await)).contains("Rien sous ce numéro"));
    }
    assert!(words(&said(commands::answer_from_afar(&world.app, &calls[5]).await)).contains("#1"));
    let order = Call { command: "order".to_owned(), given: vec![("order".to_owned(), t("1"))], ..view(905) };
    let order = words(&said(commands::answer_from_afar(&world.app, &order).await));
    assert!(order.contains("Aucune commande sous ce numéro") && !order.contains("ticket"), "{order}");
    assert_eq!(world.database.count("select count(*) as n from guilds").await, before);
    world.limits(2);
    let mut limited = 0;
    for call in &calls {
        let read = words(&said(commands::answer_from_afar(&world.app, call).await));
        limited += usize::from(read.contains("Doucement"));
    }
    assert_eq!(limited, 4, "whatever guild he names");
}
