//! Staff and members talk about a giveaway: every step and every answer; and what is refused, kindly.

use crate::tickets::world::*;
use insta::assert_snapshot;
use jiff::SignedDuration;
use shellia::commands::{self, Answer, Way};
use shellia::domain::giveaways::{reading, work};
use shellia::kernel::{Actor, Locale, MessageId, System};

/// Announces a giveaway as the program does.
async fn announce(world: &World, number: i64) {
    let mut tx = world.app.db.begin(&Actor::system_in(System::Payments, guild(GUILD))).await.unwrap();
    let seen = reading::one(&mut tx, guild(GUILD), number).await.unwrap();
    let message = MessageId::new(1).unwrap();
    let announced = work::change(&mut tx, &seen, world.app.clock.now(), |giveaway| {
        work::announced(giveaway, message);
        work::shown(giveaway, message, "x".to_owned());
    });
    announced.await.unwrap().expect("it stands as it was seen");
    tx.commit().await.unwrap();
}

async fn makes(world: &World, more: &[(&str, commands::Raw)]) -> shellia::kernel::reply::Reply {
    let mut given = vec![("prize", t("Un *jeu*")), ("winners", n(1)), ("duration", t("48h"))];
    given.extend(more.iter().cloned());
    world.asks(&boss(), "giveaway_create", &given).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_enters_and_leaves_what_staff_made() {
    let world = World::new().await;
    let made = makes(&world, &[("giveaway_text", t("Bonne chance"))]).await;
    assert_snapshot!(timeless(&made), @"🎉 Concours #1 créé : **Un \\*jeu\\***. Il est annoncé dans <#50> d’ici quelques secondes et finit le ⌚ (⌚).");
    assert_snapshot!(timeless(&world.asks(&marie(), "giveaway", &[]).await), @"
    [🎉 Concours]
    Aucun concours en cours. Le prochain sera annoncé sur le serveur.
    ");
    announce(&world, 1).await;
    let list = world.asks(&marie(), "giveaway", &[]).await;
    assert_snapshot!(timeless(&list), @"
    [🎉 Un \\*jeu\\*]
    Bonne chance
    État = ouvert
    Fin = ⌚ (⌚)
    Gagnants = 1
    Participants = 0
    Lot = Remis par l’équipe
    Proposé par = <@22>
    Conditions = Aucune
    Règles = Participation gratuite, une fois par personne. Les conditions sont revérifiées au tirage.
    Un lot se réclame par bouton dans les 48 h, sinon il passe au suivant.
    Tirage par le hasard public de drand : chacun peut le vérifier.
    Vous = Vous ne participez pas encore.
    Concours #1
    🎉 Participer #1
    ");
    let entered = world.presses(&marie(), &list, "Participer #1").await;
    assert_snapshot!(timeless(&entered), @r"
    🎉 C’est noté, vous participez à **Un \*jeu\*** ! Environ 100 % de chances pour l’instant.
    🚪 Ne plus participer
    ");
    world.asks(&jean(), "giveaway_enter", &[("giveaway", n(1))]).await;
    assert_snapshot!(timeless(&world.asks(&marie(), "giveaway_enter", &[("giveaway", n(1))]).await), @r"
    ✅ Vous participez déjà à **Un \*jeu\*** : environ 50 % de chances pour l’instant.
    🚪 Ne plus participer
    ");
    assert_snapshot!(timeless(&world.asks(&paul(), "giveaway_entrants", &[("giveaway", n(1))]).await), @"
    [👥 Un \\*jeu\\* : 2 participants, 2 chances]
    <@10>
    <@11>
    ");
    let left = world.presses(&marie(), &entered, "Ne plus participer").await;
    assert_snapshot!(timeless(&left), @"
    Vous ne participez plus à **Un \\*jeu\\***.
    🎉 Participer
    ");
    assert_snapshot!(timeless(&world.asks(&marie(), "giveaway_leave", &[("giveaway", n(1))]).await), @"
    Vous ne participiez pas à **Un \\*jeu\\***.
    🎉 Participer
    ");
    assert_snapshot!(timeless(&world.asks(&boss(), "giveaway_pause", &[("giveaway", n(1))]).await), @"⏸️ Concours #1 : **Un \\*jeu\\*** est en pause. Reprenez-le avec la même commande : la fin recule d’autant.");
    assert_snapshot!(timeless(&world.asks(&marie(), "giveaway_enter", &[("giveaway", n(1))]).await), @"Ce concours est en pause. Revenez quand il reprend.");
    assert_snapshot!(timeless(&world.asks(&boss(), "giveaway_pause", &[("giveaway", n(1))]).await), @"▶️ Concours #1 : **Un \\*jeu\\*** reprend et finit le ⌚ (⌚).");
    assert_snapshot!(timeless(&world.asks(&boss(), "giveaway_extend", &[("giveaway", n(1)), ("duration", t("24h"))]).await), @r"⏳ Concours #1 : **Un \*jeu\*** finit désormais le ⌚ (⌚). Cette fin est annoncée.");
    assert_snapshot!(timeless(&world.asks(&boss(), "giveaway_end", &[("giveaway", n(1))]).await), @"🎲 Concours #1 : **Un \\*jeu\\*** finit le ⌚ (⌚). La fin est annoncée de nouveau, puis les gagnants sont tirés.");
    assert_snapshot!(timeless(&world.asks(&boss(), "giveaway_reroll", &[("giveaway", n(1)), ("reroll_reason", t("declined"))]).await), @"Les gagnants ne sont pas encore tirés.");
    assert_snapshot!(timeless(&world.asks(&jean(), "giveaway_proof", &[("giveaway", n(1))]).await), @"La liste de ce concours n’est pas encore figée. La preuve existe après la fin.");
    assert_snapshot!(timeless(&world.asks(&jean(), "giveaway_claim", &[("giveaway", n(1))]).await), @"Vous n’avez pas de lot à réclamer dans ce concours.");
    assert_snapshot!(timeless(&world.asks(&jean(), "giveaway_fair", &[("giveaway", n(1))]).await), @"
    🔎 **Comment vérifier le concours #1**
    1. Avant, l’empreinte des conditions est publiée : fin, gagnants, et le tour de hasard qui comptera.
    2. À la fin, la liste est figée et son empreinte publiée avant que ce hasard existe. Votre preuve (`/concours_preuve`) montre que vous y êtes.
    3. Le hasard et la liste donnent un classement complet, que personne ne choisit. Un remplaçant est toujours le suivant.
    4. À la fin, le fichier du tirage est publié : `shellia verify-draw FICHIER` le vérifie, ou tout programme écrit d’après `docs/FAIR_DRAWS.md`. Comparez ses trois empreintes avec les messages.
    ");
    assert_snapshot!(timeless(&world.asks(&boss(), "giveaway_cancel", &[("giveaway", n(1))]).await), @"🛑 Concours #1 : **Un \\*jeu\\*** est annulé.");
    assert_snapshot!(timeless(&world.asks(&boss(), "giveaway", &[]).await), @"
    [🎉 Concours]
    Aucun concours en cours. Lancez-en un avec `/concours_créer`.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_is_explained_to_who_may_not_enter() {
    let world = World::new().await;
    let asked = [
        ("any_role", t("<@&501> <@&502>")),
        ("no_role", t("<@&503>")),
        ("account_days", n(30)),
        ("member_days", n(10)),
        ("bonus_role", commands::Raw::Id(504)),
        ("bonus_entries", n(4)),
    ];
    makes(&world, &asked).await;
    announce(&world, 1).await;
    let enters = [("giveaway", n(1))];
    assert_snapshot!(timeless(&world.asks(&marie(), "giveaway_enter", &enters).await), @"Ce concours demande l’un de ces rôles : <@&501>, <@&502>.");
    let mut who = marie();
    who.person.roles = vec![shellia::kernel::RoleId::new(502).unwrap(), shellia::kernel::RoleId::new(504).unwrap()];
    // An account of 2015, by its id.
    assert_snapshot!(timeless(&world.asks(&who, "giveaway_enter", &enters).await), @"Discord ne dit pas depuis quand vous êtes sur le serveur. Réessayez avec le bouton de l’annonce.");
    who.person.joined_at = Some(world.app.clock.now());
    assert_snapshot!(timeless(&world.asks(&who, "giveaway_enter", &enters).await), @"Il faut être sur le serveur depuis au moins 10 jours. Ce sera le cas ⌚.");
    world.app.clock.advance(SignedDuration::from_hours(25));
    who.person.joined_at = world.app.clock.now().checked_sub(SignedDuration::from_hours(241)).ok();
    assert_snapshot!(timeless(&world.asks(&who, "giveaway_enter", &enters).await), @"
    🎉 C’est noté, vous participez à **Un \\*jeu\\*** ! Environ 100 % de chances pour l’instant (poids 5).
    🚪 Ne plus participer
    ");
    who.person.roles.push(shellia::kernel::RoleId::new(503).unwrap());
    world.asks(&who, "giveaway_leave", &enters).await;
    assert_snapshot!(timeless(&world.asks(&who, "giveaway_enter", &enters).await), @"Ce concours n’est pas ouvert à : <@&503>.");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_english_speaker_is_answered_in_english() {
    let world = World::new().await;
    let mut chief = boss();
    chief.person.locale = Some(Locale::En);
    let given = [("prize", t("A game")), ("winners", n(2)), ("duration", t("2 days")), ("claim_hours", n(0))];
    let made = world.asks(&chief, "giveaway_create", &given).await;
    assert_snapshot!(timeless(&made), @"🎉 Giveaway #1 is made: **A game**. It is announced in <#50> within seconds and ends ⌚ (⌚).");
    announce(&world, 1).await;
    let mut member = marie();
    member.person.locale = Some(Locale::En);
    assert_snapshot!(timeless(&world.asks(&member, "giveaway", &[]).await), @"
    [🎉 A game]
    State = open
    Ends = ⌚ (⌚)
    Winners = 2
    Entrants = 0
    Prize = Given by staff
    Hosted by = <@22>
    Requirements = None
    Rules = Free to enter, once a person. The requirements are checked again at the draw.
    Prizes are given without a claim.
    Drawn with drand’s public randomness: anybody can check it.
    You = You don’t take part yet.
    Giveaway #1
    🎉 Enter #1
    ");
    assert_snapshot!(timeless(&world.asks(&member, "giveaway_enter", &[("giveaway", n(1))]).await), @r"
    🎉 You take part in **A game**! A chance of about 100% as things stand.
    🚪 Leave
    ");
}

/// What is wrong, without how the command is typed.
fn why(reply: &shellia::kernel::reply::Reply) -> String {
    words(reply).lines().next().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_is_refused_with_what_to_do() {
    let world = World::new().await;
    let mut said = Vec::new();
    for (name, value) in [
        ("duration", t("0h")),
        ("duration", t("-3h")),
        ("duration", t("36500j")),
        ("duration", t("demain 25h")),
        ("duration", t("30/02")),
        ("winners", n(0)),
        ("winners", n(10_001)),
        ("prize", t(&"é".repeat(10_000))),
        ("prize", t("\u{200B}")),
    ] {
        let mut given = vec![("prize", t("Un jeu")), ("winners", n(1)), ("duration", t("48h"))];
        given.retain(|(had, _)| *had != name);
        given.push((name, value));
        said.push(why(&world.asks(&boss(), "giveaway_create", &given).await));
    }
    for more in [
        [("any_role", t("@Membres"))].as_slice(),
        &[("all_roles", t("<@&5>")), ("no_role", t("<@&5>"))],
        &[("given_plan", t("nulle part")), ("given_days", n(3))],
        &[("given_plan", t("pro"))],
        &[("given_days", n(3))],
        &[("won_product", t("rien"))],
        &[("bonus_entries", n(3))],
        &[("giveaway_text", t(&"a".repeat(1_001)))],
        &[("giveaway_begins", t("hier"))],
    ] {
        said.push(why(&makes(&world, more).await));
    }
    for command in ["giveaway_enter", "giveaway_leave", "giveaway_claim", "giveaway_proof", "giveaway_fair"] {
        said.push(why(&world.asks(&marie(), command, &[("giveaway", n(424_242))]).await));
    }
    assert_eq!(world.database.count("select count(*) as n from giveaways").await, 0);
    assert_snapshot!(said.join("\n"), @"
    **durée** doit être une durée (30 min, 48h, 3j, 2 semaines) ou une date (24/12, 24/12/2026 18h).
    **durée** doit être une durée (30 min, 48h, 3j, 2 semaines) ou une date (24/12, 24/12/2026 18h).
    Un concours finit dans l’année.
    **durée** doit être une durée (30 min, 48h, 3j, 2 semaines) ou une date (24/12, 24/12/2026 18h).
    **durée** doit être une durée (30 min, 48h, 3j, 2 semaines) ou une date (24/12, 24/12/2026 18h).
    **gagnants** doit être un nombre de 1 à 10000.
    **gagnants** doit être un nombre de 1 à 10000.
    **lot** est trop long : 10000 caractères pour 100 au plus.
    **lot** est vide.
    **un_des_rôles** doit être un rôle : mentionnez le rôle avec @.
    Personne ne pourrait participer : un même rôle est demandé et exclu.
    **formule** : je ne connais pas ce nom.
    Il manque une option : **jours**.
    Des jours de quoi ? Ajoutez une formule ou un rôle.
    **produit** : je ne connais pas ce nom.
    Il manque une option : **rôle_bonus**.
    **texte** est trop long : 1001 caractères pour 1000 au plus.
    **début** doit être une durée (30 min, 48h, 3j, 2 semaines) ou une date (24/12, 24/12/2026 18h).
    Aucun concours sous ce numéro. Ceux en cours sont dans `/concours`.
    Aucun concours sous ce numéro. Ceux en cours sont dans `/concours`.
    Aucun concours sous ce numéro. Ceux en cours sont dans `/concours`.
    Aucun concours sous ce numéro. Ceux en cours sont dans `/concours`.
    Aucun concours sous ce numéro. Ceux en cours sont dans `/concours`.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_after_the_end_and_one_from_elsewhere_enter_nobody() {
    let world = World::new().await;
    makes(&world, &[]).await;
    announce(&world, 1).await;
    let elsewhere = world.asks(&stranger(), "giveaway_enter", &[("giveaway", n(1))]).await;
    assert_snapshot!(timeless(&elsewhere), @"Aucun concours sous ce numéro. Ceux en cours sont dans `/concours`.");
    // From direct messages nobody is known to be a member; whether a winner is, is asked when he claims.
    assert!(!commands::reaches_from_afar("giveaway_enter") && commands::reaches_from_afar("giveaway_claim"));
    world.wait_hours(49);
    let late = world.asks(&marie(), "giveaway_enter", &[("giveaway", n(1))]).await;
    assert_snapshot!(timeless(&late), @"Ce concours est terminé : on n’y entre plus, et l’on n’en sort plus.");
    assert_eq!(world.database.count("select count(*) as n from giveaway_entries").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_asks_for_what_is_missing_and_members_make_none() {
    let world = World::new().await;
    let form = world.form(&boss(), "giveaway_create", &[]).await;
    let inputs: Vec<&str> = form.inputs.iter().map(|input| input.label.as_str()).collect();
    assert_eq!(inputs, ["Lot", "Nombre de gagnants", "Durée ou fin", "Texte"]);
    let filled = [("prize", "Un jeu"), ("winners", "2"), ("duration", "3j")];
    let made = world.sends(&boss(), &form, &filled).await;
    assert!(words(&made).contains("Concours #1 créé"), "{}", words(&made));
    let given = [("prize", t("Un jeu")), ("winners", n(1)), ("duration", t("48h"))];
    let call = commands::Call { way: Way::Slash, ..world.call(&marie(), "giveaway_create", &given) };
    match commands::answer(&world.app, &call).await {
        Answer::Say { reply, .. } => assert!(!words(&reply).contains("créé"), "{}", words(&reply)),
        other => panic!("{other:?}"),
    }
    assert_eq!(world.database.count("select count(*) as n from giveaways").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_giveaway_comes_back_every_week_at_a_time_that_exists() {
    let world = World::new().await;
    makes(&world, &[]).await;
    let asks = |number: i64, time: &'static str| {
        let given = [("giveaway", n(number)), ("weekday", t("friday")), ("time_of_day", t(time))];
        let world = &world;
        async move { words(&world.asks(&boss(), "giveaway_repeat", &given).await) }
    };
    assert_eq!(asks(1, "25h").await, "L’heure s’écrit 18h, 18h30 ou 18:30.");
    assert_eq!(asks(1, "demain").await, "L’heure s’écrit 18h, 18h30 ou 18:30.");
    assert_eq!(asks(9, "18h").await, "Aucun concours sous ce numéro. Ceux en cours sont dans `/concours`.");
    // Ended before its time, it comes back for as long as it was meant to last.
    let shorter = "update giveaways set ends_at = starts_at + interval '1 minute'";
    crate::support::db::run(&mut world.database.owner().await, shorter).await;
    let set = asks(1, "18h30").await;
    assert!(set.contains("revient chaque vendredi à 18:30 (Europe/Paris)") && !set.contains("fois 1 min"), "{set}");
    let at = "select extract(dow from next_at at time zone zone)::bigint * 10000 \
              + extract(hour from next_at at time zone zone)::bigint * 100 \
              + extract(minute from next_at at time zone zone)::bigint as n from giveaway_repeats";
    assert_eq!(world.database.count(at).await, 51_830, "a Friday, at half past six there");
    let listed = world.asks(&boss(), "giveaway_repeat_stop", &[]).await;
    assert!(words(&listed).contains("• #1") && words(&listed).contains("jeu"), "{}", words(&listed));
    assert_eq!(listed.buttons.len(), 1, "each can be stopped there");
    // Calling off the present one leaves the repetition, and says so.
    let cancelled = words(&world.asks(&boss(), "giveaway_cancel", &[("giveaway", n(1))]).await);
    assert!(cancelled.contains("est annulé") && cancelled.contains("revient quand même"), "{cancelled}");
    let stopped = words(&world.asks(&boss(), "giveaway_repeat_stop", &[("giveaway", n(1))]).await);
    assert!(stopped.contains("ne revient plus"), "{stopped}");
    let again = words(&world.asks(&boss(), "giveaway_repeat_stop", &[("giveaway", n(1))]).await);
    assert!(again.contains("ne revenait pas"), "{again}");
    let none = words(&world.asks(&boss(), "giveaway_repeat_stop", &[]).await);
    assert!(none.contains("Aucun concours ne revient"), "{none}");
}

#[tokio::test(flavor = "multi_thread")]
async fn milestones_are_switched_on_set_and_removed() {
    let world = World::new().await;
    let asks = |who: Someone, command: &'static str, given: Vec<(&'static str, commands::Raw)>| {
        let world = &world;
        async move { timeless(&world.asks(&who, command, &given).await) }
    };
    let first = [("milestone_members", n(30)), ("reward", t("Un *badge*")), ("lasts_hours", n(24)), ("winners", n(1))];
    let mut with_plan = first.to_vec();
    with_plan.extend([("given_plan", t("pro")), ("given_days", n(3)), ("given_role", commands::Raw::Id(501))]);
    let mut chief = boss();
    chief.person.locale = Some(Locale::En);
    let said = [
        asks(paul(), "milestones", vec![]).await,
        asks(boss(), "milestone_set", first.to_vec()).await,
        asks(boss(), "milestones_channel", vec![]).await,
        asks(boss(), "milestone_set", with_plan).await,
        asks(boss(), "milestone_remove", vec![("milestone_members", n(5_000))]).await,
        asks(boss(), "milestone_remove", vec![("milestone_members", n(5_000))]).await,
        asks(paul(), "milestones", vec![]).await,
        asks(boss(), "milestones_channel", vec![("milestones_off", t("yes"))]).await,
        asks(chief.clone(), "milestones", vec![]).await,
        asks(chief, "milestone_set", first.to_vec()).await,
    ];
    assert_snapshot!(said.join("\n———\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_or_a_variant_may_be_won() {
    let world = World::new().await;
    // The guild is known once somebody asks something.
    world.asks(&marie(), "giveaway", &[]).await;
    crate::support::db::run(
        &mut world.database.owner().await,
        &format!(
            "insert into products (guild_id, code, name, kind, created_at, updated_at) values ({GUILD}, 'guide', 'Guide', 'text', now(), now()); \
             insert into variants (guild_id, product, code, name) values ({GUILD}, 'guide', 'standard', 'Broché'), ({GUILD}, 'guide', 'relie', 'Relié');"
        ),
    )
    .await;
    let mut said = Vec::new();
    for more in [
        [("won_coupon", t("20 %"))].as_slice(),
        &[("won_product", t("guide")), ("won_variant", t("relié"))],
        &[("won_coupon", t("5 €")), ("coupon_days", n(7))],
        &[("won_coupon", t("40 %"))],
        &[("won_coupon", t("vingt"))],
        &[("won_coupon", t("20 %")), ("won_product", t("guide"))],
        &[("won_coupon", t("20 %")), ("claim_hours", n(0))],
        &[("won_coupon", t("5 $"))],
        &[("coupon_days", n(7))],
        &[("won_coupon", t("20 %")), ("coupon_days", n(91))],
        &[("won_variant", t("relie"))],
        &[("won_product", t("guide")), ("won_variant", t("doré"))],
    ] {
        said.push(timeless(&makes(&world, more).await).lines().next().unwrap_or_default().to_owned());
    }
    assert_eq!(world.database.count("select count(*) as n from giveaways").await, 3);
    for number in 1..=3 {
        announce(&world, number).await;
    }
    let list = timeless(&world.asks(&marie(), "giveaway", &[]).await);
    said.extend(list.lines().filter(|line| line.starts_with("Lot = ")).map(ToOwned::to_owned));
    assert_snapshot!(said.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_for_milestones_is_refused_with_what_to_do() {
    let world = World::new().await;
    world.asks(&boss(), "milestones_channel", &[]).await;
    let mut said = Vec::new();
    for (name, value) in [
        ("milestone_members", n(1)),
        ("milestone_members", n(1_000_001)),
        ("lasts_hours", n(0)),
        ("lasts_hours", n(8_761)),
        ("winners", n(0)),
        ("reward", t(&"é".repeat(10_000))),
        ("given_days", n(3)),
        ("given_plan", t("pro")),
    ] {
        let mut given =
            vec![("milestone_members", n(30)), ("reward", t("Un badge")), ("lasts_hours", n(24)), ("winners", n(1))];
        given.retain(|(had, _)| *had != name);
        given.push((name, value));
        said.push(why(&world.asks(&boss(), "milestone_set", &given).await));
    }
    let both = [("milestones_in", commands::Raw::Id(50)), ("milestones_off", t("yes"))];
    said.push(why(&world.asks(&boss(), "milestones_channel", &both).await));
    said.push(why(&world.asks(&marie(), "milestones", &[]).await));
    said.push(why(&world.asks(&paul(), "milestone_remove", &[("milestone_members", n(50))]).await));
    assert_eq!(world.database.count("select count(*) as n from milestones where members = 30").await, 0);
    assert_snapshot!(said.join("\n"));
}
