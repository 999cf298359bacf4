//! Two members and staff talk: every step and every answer, as slash and as text.

use super::world::*;
use insta::assert_snapshot;
use shellia::commands::{self, Raw};

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_from_its_opening_to_its_stars() {
    let world = World::new().await;
    let given = [
        ("subject", t("Paiement refusé")),
        ("description", t("Ma carte est *refusée* depuis hier. 💳")),
        ("category", t("billing")),
        ("priority", t("high")),
    ];
    let created = world.asks(&marie(), "ticket_create", &given).await;
    assert_snapshot!(timeless(&created), @"
    ✅ Ticket #1 créé : **Paiement refusé**
    💳 Facturation · 🟠 Haute · résolution visée ⌚
    L’équipe est prévenue ; sa réponse vous arrivera en privé.
    👁️ Voir | 💬 Ajouter un message
    ");
    let id = || ("id", n(1));
    let claimed = world.asks(&paul(), "ticket_claim", &[id()]).await;
    assert_snapshot!(timeless(&claimed), @"
    🙋 Le ticket #1 est à vous.
    👁️ Voir | 💬 Répondre
    ");
    let noted = world.asks(&paul(), "ticket_note", &[id(), ("message", t("Voir avec la banque"))]).await;
    assert_snapshot!(timeless(&noted), @"
    🗒️ Note ajoutée au ticket #1. Seule l’équipe la voit.
    👁️ Voir
    ");
    let replied = world.asks(&paul(), "ticket_reply", &[id(), ("message", t("Quelle carte ?"))]).await;
    assert_snapshot!(timeless(&replied), @"
    💬 Réponse envoyée sur le ticket #1. Le membre va être prévenu ; le ticket attend sa réponse.
    👁️ Voir
    ");
    let seen = world.asks(&marie(), "ticket_view", &[id()]).await;
    assert_snapshot!(timeless(&seen), @"
    [🎫 Ticket #1 · Paiement refusé]
    État = ⏳ En attente de votre réponse
    Catégorie = 💳 Facturation
    Priorité = 🟠 Haute
    Ouvert = ⌚
    Responsable = <@20>
    Se ferme de lui-même = ⌚
    [💬 Marie]
    ⌚
    Ma carte est *refusée* depuis hier. 💳
    [🛡️ Paul · équipe]
    ⌚
    Quelle carte ?
    💬 Répondre | 🔒 Fermer
    ");
    let answered = world.asks(&marie(), "ticket_reply", &[id(), ("message", t("La bleue"))]).await;
    assert_snapshot!(timeless(&answered), @"
    💬 Réponse ajoutée au ticket #1. L’équipe est prévenue.
    👁️ Voir
    ");
    let staff_view = world.asks(&paul(), "ticket_view", &[id()]).await;
    assert_snapshot!(timeless(&staff_view), @"
    [🎫 Ticket #1 · Paiement refusé]
    État = 🛠️ En cours
    Catégorie = 💳 Facturation
    Priorité = 🟠 Haute
    Ouvert = ⌚
    Responsable = <@20>
    Membre = <@10> (Marie)
    Formule = Gratuit
    Échéance = ⌚
    [💬 Marie]
    ⌚
    Ma carte est *refusée* depuis hier. 💳
    [🗒️ Paul · note interne]
    ⌚
    Voir avec la banque
    [🛡️ Paul · équipe]
    ⌚
    Quelle carte ?
    ⏳ Remise en cours
    [💬 Marie]
    ⌚
    La bleue
    💬 Répondre | 🗒️ Note | ✅ Résoudre | 🔒 Fermer
    ");
    let closed = world.asks(&marie(), "ticket_close", &[id(), ("reason", t("Réglé, merci"))]).await;
    assert_snapshot!(timeless(&closed), @"
    🔒 Ticket #1 fermé. Merci ! Combien d’étoiles pour notre aide ?
    ⭐ 1 | ⭐ 2 | ⭐ 3 | ⭐ 4 | ⭐ 5 | 🔓 Rouvrir
    ");
    let rated = world.presses(&marie(), &closed, "5").await;
    assert_snapshot!(timeless(&rated), @"⭐⭐⭐⭐⭐ Merci pour votre avis sur le ticket #1 !");
    let anew = world.presses(&marie(), &closed, "4").await;
    assert_snapshot!(timeless(&anew), @"⭐⭐⭐⭐ C’est changé : cet avis sur le ticket #1 remplace le précédent (⭐⭐⭐⭐⭐).");
    let history = world.asks(&paul(), "ticket_history", &[id()]).await;
    assert_snapshot!(timeless(&history), @"
    [🧾 Historique du ticket #1]
    ⌚ · <@10> · a donné son avis · ⭐⭐⭐⭐⭐ → ⭐⭐⭐⭐
    ⌚ · <@10> · a donné son avis · ⭐⭐⭐⭐⭐
    ⌚ · <@10> · a fermé le ticket · 🛠️ En cours → 🔒 Fermé
    ⌚ · <@20> · a lu le ticket
    ⌚ · <@10> · a répondu · ⏳ En attente du membre → 🛠️ En cours
    ⌚ · <@20> · a répondu · 🛠️ En cours → ⏳ En attente du membre
    ⌚ · <@20> · a laissé une note
    ⌚ · <@20> · a pris le ticket · <@20>
    ⌚ · <@10> · a ouvert le ticket · 💳 Facturation 🟠 Haute
    ");
    let stats = world.asks(&paul(), "ticket_stats", &[]).await;
    assert_snapshot!(timeless(&stats), @"
    [📊 Tickets]
    Total = 1
    Échéances dépassées = 0
    Satisfaction = 4,0 ⭐
    Résolution, en moyenne = 0 min
    Première réponse, en moyenne = 0 min
    Par état = 🆕 Ouvert : **0**
    🛠️ En cours : **0**
    ⏳ En attente du membre : **0**
    ✅ Résolu : **0**
    🔒 Fermé : **1**
    Urgents = 🔴 Critique : **0**
    🟠 Haute : **1**
    Par agent = <@20> · attribués 1 · résolus 1 · 0 min · 4,0 ⭐
    Tickets ouverts ces 30 derniers jours
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_typed_leaves_nothing_in_public() {
    let world = World::new().await;
    let typed = "!ticket_create \"Paiement refusé\" catégorie=facturation priority=high Ma carte\nest refusée 👩‍👩‍👧";
    let answer = world.types(&marie(), typed).await;
    let commands::Answer::Say { reply: stub, remove_source } = answer else { panic!("{answer:?}") };
    assert!(remove_source);
    assert_snapshot!(timeless(&stub), @"
    📬 <@10>, votre réponse à `!ticket_create` est prête, visible de vous uniquement.
    📬 Lire la réponse
    ");
    let opened = world.presses(&marie(), &stub, "Lire la réponse").await;
    assert!(words(&opened).starts_with("✅ Ticket #1 créé : **Paiement refusé**\n💳 Facturation · 🟠 Haute"));
    let foreign = world.presses(&jean(), &stub, "Lire la réponse").await;
    assert_snapshot!(timeless(&foreign), @"Cette réponse a expiré ou n’est pas la vôtre. Relancez la commande pour avoir la vôtre.");
    let view = words(&world.says(&marie(), "!ticket_view 1").await);
    assert!(view.contains("Ma carte\nest refusée 👩‍👩‍👧"), "{view}");
    assert!(words(&world.says(&paul(), "!ticket_assign #1 <@!21>").await).contains("attribué à <@21>"));
    assert!(words(&world.says(&marie(), "!ticket_close 1 c'est bon\nmerci").await).contains("fermé"));
    assert!(words(&world.says(&marie(), "!ticket_view 1").await).contains("c'est bon merci"));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_answers_in_the_language_of_who_asks() {
    let world = World::new().await;
    let mut john = member(12, "John");
    john.person.locale = Some(shellia::kernel::Locale::En);
    let given = [("subject", t("Payment refused")), ("description", t("My card"))];
    assert_snapshot!(timeless(&world.asks(&john, "ticket_create", &given).await), @"
    ✅ Ticket #1 created: **Payment refused**
    ❓ General · 🟡 Medium · to be solved ⌚
    The team knows; their answer will reach you in private.
    👁️ View | 💬 Add a message
    ");
    assert!(words(&world.asks(&paul(), "ticket_view", &[("id", n(1))]).await).contains("Catégorie = ❓ Général"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_text_is_asked_for_in_a_form() {
    let world = World::new().await;
    let form = world.form(&marie(), "ticket_create", &[("category", t("bug"))]).await;
    assert_eq!(form.action.to_string(), "ticket_create?category=bug");
    let asked: Vec<_> = form.inputs.iter().map(|input| (input.option, input.required)).collect();
    assert_eq!(asked, [("subject", true), ("description", true), ("priority", false)]);
    let id = world.opens(&marie(), "x").await;
    let form = world.form(&marie(), "ticket_reply", &[("id", n(id))]).await;
    assert_eq!((form.action.to_string().as_str(), form.title.as_str()), ("ticket_reply?id=1", "Répondre au ticket"));
    let stub = said(world.types(&marie(), "!ticket_create").await);
    assert_eq!(labels(&stub), ["📝 Remplir le formulaire"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn categories_with_an_agent_are_assigned_at_once() {
    let world = World::new().await;
    let agent = [("category", t("billing")), ("agent", Raw::Member(paul().person))];
    let set = world.asks(&boss(), "ticket_agent", &agent).await;
    assert!(words(&set).contains("💳 Facturation → <@20>"));
    let create = |subject: &'static str| [("subject", t(subject)), ("description", t("d")), ("category", t("billing"))];
    world.asks(&marie(), "ticket_create", &create("a")).await;
    let view = words(&world.asks(&marie(), "ticket_view", &[("id", n(1))]).await);
    assert!(view.contains("État = 🛠️ En cours") && view.contains("Responsable = <@20>"), "{view}");
    let told = "select count(*) as n from outbox where kind = 'assigned' and recipient_id = 20";
    assert_eq!(world.database.count(told).await, 1);
    world.asks(&paul(), "ticket_create", &create("b")).await;
    let own = words(&world.asks(&paul(), "ticket_view", &[("id", n(2))]).await);
    assert!(own.contains("Responsable = Personne"), "an agent doesn't answer himself: {own}");
    world.asks(&boss(), "ticket_agent", &[("category", t("billing")), ("clear", t("yes"))]).await;
    world.asks(&marie(), "ticket_create", &create("c")).await;
    assert!(words(&world.asks(&marie(), "ticket_view", &[("id", n(3))]).await).contains("Responsable = Personne"));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_staff_can_be_made_agents() {
    let world = World::new().await;
    let id = world.opens(&marie(), "x").await;
    // Discord tells the roles of members only: this one left, never came, or is staff of another guild.
    let gone = ("agent", Raw::Id(stranger().person.user.get()));
    let refused = words(&world.asks(&paul(), "ticket_assign", &[("id", n(id)), gone.clone()]).await);
    assert!(refused.contains("ne fait pas partie de l’équipe"), "{refused}");
    let refused = words(&world.asks(&boss(), "ticket_agent", &[("category", t("billing")), gone]).await);
    assert!(refused.contains("ne fait pas partie de l’équipe"), "{refused}");
    let unknown = words(&world.says(&paul(), "!ticket_assign #1 <@30>").await);
    assert!(unknown.contains("Réessayez dans une minute"), "Discord didn't answer: {unknown}");
    let nobody = "select count(*) as n from tickets where assignee_id is not null";
    assert_eq!(world.database.count(nobody).await, 0);
    assert_eq!(world.database.count("select count(*) as n from category_agents").await, 0);
    let assign = |who: &Someone| [("id", n(id)), ("agent", Raw::Member(who.person.clone()))];
    let refused = words(&world.asks(&paul(), "ticket_assign", &assign(&jean())).await);
    assert!(refused.contains("ne fait pas partie de l’équipe"), "{refused}");
    assert!(words(&world.asks(&paul(), "ticket_assign", &assign(&ines())).await).contains("attribué à <@21>"));
    let again = words(&world.asks(&paul(), "ticket_assign", &assign(&ines())).await);
    assert!(again.contains("déjà attribué"), "{again}");
    assert!(words(&world.asks(&paul(), "ticket_claim", &[("id", n(id))]).await).contains("déjà pris"));
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_do_not_fit_are_named_and_the_rest_is_kept() {
    let world = World::new().await;
    let file = |name: &str, content_type: &str, size: u64| {
        let (name, content_type) = (name.to_owned(), content_type.to_owned());
        (
            "file",
            Raw::File(shellia::commands::FileRef {
                name,
                content_type,
                size,
                url: "https://cdn.discordapp.com/x".into(),
            }),
        )
    };
    let given = [
        ("subject", t("s")),
        ("description", t("d")),
        file("a.png", "image/png", 1000),
        file("virus.exe", "application/x-msdownload", 10),
        file("gros.png", "image/png", 9 * 1024 * 1024),
    ];
    let reply = words(&world.asks(&marie(), "ticket_create", &given).await);
    assert!(reply.contains("virus.exe n’est pas joint : ce type"), "{reply}");
    assert!(reply.contains("gros.png n’est pas joint : il dépasse 8 Mio"), "{reply}");
    let view = words(&world.asks(&marie(), "ticket_view", &[("id", n(1))]).await);
    assert!(view.contains("📎 a.png · copie en cours\n📎 virus.exe · non accepté"), "{view}");
    assert_eq!(world.database.count("select count(*) as n from outbox where kind = 'attachment'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn long_texts_are_shown_whole_in_a_file() {
    let world = World::new().await;
    let long = "é".repeat(4000);
    world.asks(&marie(), "ticket_create", &[("subject", t("s")), ("description", t(&long))]).await;
    world.asks(&marie(), "ticket_reply", &[("id", n(1)), ("message", t("court"))]).await;
    let view = world.asks(&marie(), "ticket_view", &[("id", n(1))]).await;
    assert!(view.text.contains("fichier joint"));
    assert!(String::from_utf8_lossy(&view.files[0].bytes).contains(&long));
    assert_eq!(view.cards.last().unwrap().body.lines().last(), Some("court"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_answers_first_gets_a_ticket_that_nobody_had() {
    let world = World::new().await;
    let id = world.opens(&marie(), "x").await;
    world.asks(&marie(), "ticket_reply", &[("id", n(id)), ("message", t("Vite !"))]).await;
    let view = words(&world.asks(&marie(), "ticket_view", &[("id", n(id))]).await);
    assert!(view.contains("État = 🆕 Ouvert") && view.contains("Responsable = Personne"), "nobody began: {view}");
    let reply = |text: &'static str| [("id", n(id)), ("message", t(text))];
    let first = words(&world.asks(&paul(), "ticket_reply", &reply("Bonjour")).await);
    assert!(first.contains("Le membre va être prévenu") && first.contains("il est maintenant à vous"), "{first}");
    let second = words(&world.asks(&ines(), "ticket_reply", &reply("Moi aussi")).await);
    assert!(second.contains("Le membre va être prévenu") && !second.contains("maintenant à vous"), "{second}");
    let hers = words(&world.asks(&marie(), "ticket_list", &[]).await);
    assert!(hers.contains("En attente de votre réponse"), "{hers}");
    let theirs = words(&world.asks(&paul(), "ticket_list", &[]).await);
    assert!(theirs.contains("En attente du membre"), "{theirs}");
    let view = words(&world.asks(&marie(), "ticket_view", &[("id", n(id))]).await);
    assert!(view.contains("Responsable = <@20>"), "{view}");
    let audited =
        "select count(*) as n from ticket_audit where action = 'assigned' and actor_id = 20 and new_value = '20'";
    assert_eq!(world.database.count(audited).await, 1);
    assert_eq!(world.database.count("select count(*) as n from ticket_audit where action = 'assigned'").await, 1);
    // Nobody is told of what he did himself, and a note takes nothing.
    assert_eq!(world.database.count("select count(*) as n from outbox where kind = 'assigned'").await, 0);
    let other = world.opens(&marie(), "y").await;
    world.asks(&paul(), "ticket_note", &[("id", n(other)), ("message", t("à voir"))]).await;
    assert!(words(&world.asks(&marie(), "ticket_view", &[("id", n(other))]).await).contains("Responsable = Personne"));
}

#[tokio::test(flavor = "multi_thread")]
async fn stars_outlive_a_reopening_until_the_next_end_brings_others() {
    let world = World::new().await;
    let id = || ("id", n(1));
    world.opens(&marie(), "x").await;
    world.asks(&marie(), "ticket_close", &[id()]).await;
    world.asks(&marie(), "ticket_rate", &[id(), ("stars", n(2))]).await;
    world.asks(&marie(), "ticket_reopen", &[id()]).await;
    let view = words(&world.asks(&paul(), "ticket_view", &[id()]).await);
    assert!(view.contains("Avis = ⭐⭐"), "{view}");
    let early = words(&world.asks(&marie(), "ticket_rate", &[id(), ("stars", n(5))]).await);
    assert!(early.contains("une fois le ticket résolu ou fermé"), "{early}");
    world.asks(&paul(), "ticket_reply", &[id(), ("message", t("Voilà"))]).await;
    world.asks(&paul(), "ticket_close", &[id()]).await;
    let ended = world.asks(&marie(), "ticket_view", &[id()]).await;
    assert!(labels(&ended).iter().any(|label| label == "⭐ 5"), "she is asked again: {:?}", labels(&ended));
    world.asks(&marie(), "ticket_rate", &[id(), ("stars", n(5))]).await;
    let lines =
        "select count(*) as n from ticket_audit where action = 'rated' and coalesce(old_value, '-') || new_value";
    assert_eq!(world.database.count(&format!("{lines} = '-2'")).await, 1);
    assert_eq!(world.database.count(&format!("{lines} = '25'")).await, 1);
    assert_eq!(world.database.count("select count(*) as n from tickets where rating = 5").await, 1);
}
