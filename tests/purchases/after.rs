//! What comes after buying: subscriptions that change, money that goes back, what staff give and look at.

use super::world::*;
use insta::assert_snapshot;
use shellia::commands::Raw;

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_is_ended_resumed_and_switched() {
    let world = World::new().await;
    let none = world.asks(MARIE, "subscription", &[]).await;
    assert!(words(&none).contains("Vous n’avez pas d’abonnement"), "{none:?}");
    world.owns(MARIE, "plan/pro/month").await;
    let shown = world.asks(MARIE, "subscription", &[]).await;
    assert_snapshot!(timeless(&shown), @"
    [🔁 Abonnement Pro · au mois]
    ✅ Actif, se renouvelle tout seul.
    Prix par période = 9,99 €
    Prochain paiement = ⌚
    💳 Changer de carte | 🔀 Changer de formule | ⏹️ Résilier
    ");
    // A new price is for who comes next.
    let edit = async |price: &str| {
        let given = [("plan", t("pro")), ("month_price", t(price))];
        words(&world.asks(BOSS, "plan_edit", &given).await)
    };
    let dearer = edit("12").await;
    assert!(dearer.contains("Un abonné actuel garde le sien"), "{dearer}");
    assert!(words(&world.asks(MARIE, "subscription", &[]).await).contains("9,99"));
    let back = edit("9,99").await;
    assert!(back.contains("Aucun abonné actuel ne paie autre chose"), "{back}");
    let ended = world.presses(MARIE, &shown, "Résilier").await;
    assert_snapshot!(timeless(&ended), @"
    ⏹️ C’est résilié. Votre accès continue jusqu’au ⌚.
    [🔁 Abonnement Pro · au mois]
    ⏹️ Résilié : actif jusqu’au ⌚, puis plus rien n’est prélevé.
    Prix par période = 9,99 €
    💳 Changer de carte | 🔀 Changer de formule | ▶️ Reprendre
    ");
    let resumed = world.presses(MARIE, &ended, "Reprendre").await;
    assert!(words(&resumed).contains("Votre abonnement reprend"), "{resumed:?}");
    let choice = world.presses(MARIE, &resumed, "Changer de formule").await;
    assert_snapshot!(timeless(&choice), @"
    Vers quelle formule ou période changer ?
     Ultra · au mois · 29,99 € |  Ultra · à l’année · 287,90 €
    ");
    let asked = world.presses(MARIE, &choice, "Ultra · à l’année · 287,90\u{a0}€").await;
    assert_snapshot!(timeless(&asked), @r"
    Passer à **Ultra · à l’année** (287,90 € par période) tout de suite ?
    💶 À payer maintenant : environ **277,91 €**, ce qui reste de la période actuelle étant déduit. S’il vous reste un avoir d’un changement précédent, il est déduit aussi.
    📅 Prochaine facture : 287,90 € le ⌚.

    En changeant, je demande la livraison immédiate du contenu numérique de la nouvelle formule et je reconnais perdre mon droit de rétractation de 14 jours dès qu’il m’est livré.
    ✅ Changer |  Non
    ");
    let switched = world.presses(MARIE, &asked, "Changer").await;
    assert!(words(&switched).contains("Abonnement Ultra · à l’année"), "{switched:?}");
    assert_eq!(
        world.count("select count(*) as n from subscriptions where plan = 'ultra' and period = 'year'").await,
        1
    );
    assert_eq!(world.count("select count(*) as n from subscription_changes where state = 'done'").await, 3);
    // Which payment is to go back nobody can tell here: staff read what to look for in Stripe's dashboard.
    let refund = words(&world.asks(BOSS, "refund", &[("order", n(1)), ("reason", t("Erreur"))]).await);
    for part in ["tableau de bord de Stripe", "• abonnement `sub_", "· 9,99\u{A0}€ · paiement `pi_"] {
        assert!(refund.contains(part), "{part}: {refund}");
    }
    let again = world.presses(MARIE, &asked, "Changer").await;
    assert!(words(&again).contains("Abonnement Ultra · à l’année"), "pressed twice: {again:?}");
    assert_eq!(world.count("select count(*) as n from subscription_changes").await, 3);
    let card = world.presses(MARIE, &switched, "Changer de carte").await;
    assert_eq!(card.buttons[0].link.as_ref().map(ToString::to_string).as_deref(), Some("https://pay.example/portal"));
}

#[tokio::test(flavor = "multi_thread")]
async fn money_goes_back_in_parts_and_never_more_than_was_paid() {
    let world = World::new().await;
    world.owns(MARIE, "product/key/standard").await;
    let asking = |amount: &str| vec![("order", n(1)), ("amount", t(amount)), ("reason", t("Geste"))];
    let asked = world.asks(PAUL, "refund", &asking("10")).await;
    assert_snapshot!(timeless(&asked), @"
    [↩️ Rembourser la commande #1 · Clé ?]
    Remboursement partiel : le membre garde ce qu’il a reçu.
    À rembourser = 10,00 €
    Restera ensuite = 5,00 €
    Acheteur = <@10>
    Raison = Geste
    ↩️ Rembourser |  Non
    ");
    let done = world.presses(PAUL, &asked, "Rembourser").await;
    assert_snapshot!(timeless(&done), @"
    ↩️ Commande #1 : 10,00 € en cours de remboursement. Le membre est prévenu quand c’est fait.
    🧾 Voir la commande
    ");
    // Pressed twice, it is one refund.
    world.presses(PAUL, &asked, "Rembourser").await;
    world.work().await;
    assert_eq!(world.count("select refunded_minor as n from orders").await, 1000);
    // Later, the old button says that it is done.
    let old = world.presses(PAUL, &asked, "Rembourser").await;
    assert_snapshot!(timeless(&old), @r"
    ↩️ Commande #1 : 10,00 € ont déjà été remboursés par ce bouton. Rien de plus n’est parti.
    🧾 Voir la commande
    ");
    let mut call = world.press(PAUL, &asked, "Rembourser");
    call.person.locale = Some(shellia::kernel::Locale::En);
    assert_snapshot!(timeless(&world.answer(&call).await), @r"
    ↩️ Order #1: €10.00 were refunded by this button before. Nothing more was sent.
    🧾 See the order
    ");
    let part = "Livrée, remboursée en partie\u{A0}: 10,00\u{A0}€ sur 15,00\u{A0}€";
    for said in [world.asks(MARIE, "order", &[("order", n(1))]).await, world.asks(MARIE, "orders", &[]).await] {
        assert!(words(&said).contains(part), "{}", words(&said));
    }
    for (amount, expected) in
        [("6", "d’au plus 5,00"), ("0", "d’au plus 5,00"), ("-1", "d’au plus 5,00"), ("x", "d’au plus 5,00")]
    {
        let said = words(&world.asks(PAUL, "refund", &asking(amount)).await);
        assert!(said.contains(expected), "{amount}: {said}");
    }
    let rest = world.asks(PAUL, "refund", &[("order", n(1)), ("reason", t("Reste"))]).await;
    let said = words(&rest);
    assert!(said.contains("une clé déjà remise ne peut pas être reprise"), "{said}");
    world.presses(PAUL, &rest, "Rembourser").await;
    world.work().await;
    assert_eq!(
        world.count("select count(*) as n from orders where state = 'refunded' and refunded_minor = 1500").await,
        1
    );
    let gone = world.asks(MARIE, "order_delivery", &[("order", n(1))]).await;
    assert!(words(&gone).contains("Cette livraison a été retirée"), "{gone:?}");
    let nothing = words(&world.asks(BOSS, "refund", &[("order", n(1)), ("reason", t("Encore"))]).await);
    assert!(nothing.contains("Tout a déjà été remboursé"), "{nothing}");
}

#[tokio::test(flavor = "multi_thread")]
async fn support_refunds_up_to_a_limit_and_members_not_at_all() {
    let world = World::new().await;
    world.owns(MARIE, "plan/ultra/year").await;
    let all = [("order", n(1)), ("reason", t("Erreur"))];
    assert!(words(&world.asks(MARIE, "refund", &all).await).contains("réservée à l’équipe"));
    let too_much = words(&world.asks(PAUL, "refund", &all).await);
    assert!(too_much.starts_with("Votre rang peut rendre 50,00\u{a0}€ au plus sur une même commande, donc encore 50,00\u{a0}€ sur celle-ci. Pour plus, demandez à un opérateur."), "{too_much}");
    let asked = world.asks(BOSS, "refund", &all).await;
    assert!(words(&asked).contains("l’abonnement est arrêté tout de suite"), "{asked:?}");
    let stolen = world.press(BOSS, &asked, "Rembourser");
    let mut stolen_by = stolen.clone();
    stolen_by.person = someone(PAUL);
    assert!(words(&world.answer(&stolen_by).await).contains("Cette offre a expiré"));
    world.answer(&stolen).await;
    world.work().await;
    assert_eq!(world.count("select count(*) as n from subscriptions where state = 'canceled'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_find_orders_gather_evidence_and_it_is_written_down() {
    let world = World::new().await;
    world.owns(MARIE, "product/text/standard").await;
    let found = world.asks(PAUL, "order_find", &[("member", Raw::Id(MARIE))]).await;
    assert_snapshot!(timeless(&found), @"
    <@10>
    [🧾 Commandes du membre]
    **#1** Texte · 3,00 € · ✅ Payée et livrée · ⌚
     #1 Texte
    ");
    let file = world.asks(PAUL, "evidence", &[("order", n(1))]).await;
    let text = words(&file);
    for part in [
        "Acheteur : compte Discord 10",
        "Accord de l’acheteur : version 1, le 20",
        "En payant, je demande la livraison immédiate",
        "Livraison : Texte, le 20",
        "Prix convenu : 3,00\u{A0}€ (EUR)",
        "État : Payée et livrée",
        "Paiement : pi_",
        "Journal : 20",
        "commande livrée · le programme",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let mut english = world.call(PAUL, "evidence", &[("order", n(1))]);
    english.person.locale = Some(shellia::kernel::Locale::En);
    let text = words(&world.answer(&english).await);
    for part in ["Buyer: Discord account 10", "Delivery: Text, on 20", "file looked at · Discord account 20"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("merci"), "nothing of what was delivered: {text}");
    assert!(words(&world.asks(JEAN, "evidence", &[("order", n(1))]).await).contains("réservée à l’équipe"));
    world.asks(PAUL, "order", &[("order", n(1))]).await;
    let read = "select count(*) as n from shop_audit where actor_id = 20 and action in ('orders_read', 'evidence_read', 'order_read')";
    assert_eq!(world.count(read).await, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_holds_a_plan_without_a_subscription_reads_where_it_comes_from_and_until_when() {
    let world = World::new().await;
    let none = world.asks(JEAN, "subscription", &[]).await;
    assert_snapshot!(timeless(&none), @"
    Vous n’avez pas d’abonnement. Les formules sont dans `/formules`.
    ⭐ Formules
    ");
    let given = [("member", Raw::Id(JEAN)), ("given_plan", t("ultra")), ("reason", t("Merci"))];
    world.asks(BOSS, "grant", &given).await;
    for at in 0..2 {
        let offer =
            world.asks(MARIE, "gift", &[("member", Raw::Member(someone(JEAN))), ("item", t("plan/pro/month"))]).await;
        let paying = world.presses(MARIE, &offer, "J’accepte, payer").await;
        assert!(world.provider.pay(at, true));
        world.presses(MARIE, &paying, "J’ai payé").await;
        world.work().await;
    }
    let shown = world.asks(JEAN, "subscription", &[]).await;
    assert_snapshot!(timeless(&shown), @"
    [⭐ Ce que vous avez]
    ⭐ **Ultra** · don de l’équipe · Sans limite de durée
    ⭐ **Pro** · cadeau de <@10> · jusqu’au ⌚
    ⭐ **Pro** · cadeau de <@10> · du ⌚ au ⌚

    Vous n’avez pas d’abonnement : rien n’est prélevé et rien ne se renouvelle. Les formules sont dans `/formules`.
    ⭐ Formules
    ");
    // From a subscription one can go back to a lower plan, from what was given there is nothing to go back.
    let lower = "⬇️ Revenir à Pro".to_owned();
    assert!(!labels(&world.asks(JEAN, "plans", &[]).await).contains(&lower));
    world.owns(MARIE, "plan/ultra/year").await;
    let offered = labels(&world.asks(MARIE, "plans", &[]).await);
    assert!(offered.contains(&lower), "{offered:?}");
    // What was taken back is his no more.
    let taken = [("member", Raw::Id(JEAN)), ("given_plan", t("ultra")), ("reason", t("Erreur"))];
    world.asks(BOSS, "revoke", &taken).await;
    let after = words(&world.asks(JEAN, "subscription", &[]).await);
    assert!(!after.contains("Ultra") && after.contains("Pro"), "{after}");
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_give_and_take_back() {
    let world = World::new().await;
    let given = [("member", Raw::Id(JEAN)), ("given_plan", t("pro")), ("given_days", n(30)), ("reason", t("Concours"))];
    assert!(words(&world.asks(PAUL, "grant", &given).await).contains("réservée aux opérateurs"));
    let call = world.call(BOSS, "grant", &given);
    let said = world.answer(&call).await;
    assert_snapshot!(timeless(&said), @"🎁 <@11> reçoit **Pro**. Jusqu’à : ⌚");
    assert_eq!(world.answer(&call).await, said);
    let held = "select count(*) as n from entitlements where user_id = 11 and plan = 'pro' and revoked_at is null";
    assert_eq!(world.count(held).await, 1);
    let taken = [("member", Raw::Id(JEAN)), ("given_plan", t("pro")), ("reason", t("Erreur"))];
    assert_snapshot!(timeless(&world.asks(BOSS, "revoke", &taken).await), @"**Pro** est repris à <@11>.");
    assert_eq!(world.count(held).await, 0);
    // Staff read why; he reads who did it, not what they wrote for each other.
    let of_him = [("person", Raw::Id(JEAN))];
    let seen = words(&world.asks(PAUL, "why", &of_him).await);
    assert!(seen.contains(": par l’équipe (« Erreur »)"), "{seen}");
    let own = words(&world.asks(JEAN, "why", &[]).await);
    assert!(own.contains(": par l’équipe") && !own.contains("Erreur") && !own.contains("staff"), "{own}");
    let mut call = world.call(PAUL, "why", &of_him);
    call.person.locale = Some(shellia::kernel::Locale::En);
    let seen = words(&world.answer(&call).await);
    assert!(seen.contains(": by the team (“Erreur”)"), "{seen}");
    assert!(words(&world.asks(BOSS, "revoke", &taken).await).contains("rien de tel"));
    let unknown = [("member", Raw::Id(JEAN)), ("given_plan", t("zzz")), ("reason", t("x"))];
    assert!(words(&world.asks(BOSS, "grant", &unknown).await).contains("je ne connais pas ce nom"));
    let mut bot = someone(JEAN);
    bot.bot = true;
    let to_a_bot = [("member", Raw::Member(bot)), ("given_plan", t("pro")), ("reason", t("x"))];
    assert!(words(&world.asks(BOSS, "grant", &to_a_bot).await).contains("Un bot ne peut rien recevoir"));
    assert_eq!(world.count(held).await, 0);
    let neither = [("member", Raw::Id(JEAN)), ("reason", t("x"))];
    assert!(words(&world.asks(BOSS, "grant", &neither).await).contains("l’un des deux"));
}

/// What is meant for an amount and can't be read gives nothing else back, least of all everything.
#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_a_price_is_understood_and_what_is_no_amount_is_refused() {
    let world = World::new().await;
    world.owns(MARIE, "product/text/standard").await;
    for (typed, expected) in [
        ("!rembourser 1 50 % geste commercial", "À rembourser = 1,50"),
        ("!rembourser 1 12,5% geste", "À rembourser = 0,38"),
        ("!rembourser 1 100 % geste", "À rembourser = 3,00"),
        ("!rembourser 1 \"1,50 €\" geste", "À rembourser = 1,50"),
        ("!rembourser 1 montant=50% geste", "À rembourser = 1,50"),
        ("!rembourser 1 150 % geste", "une part de ce qui a été payé, comme `50 %`"),
        ("!rembourser 1 0% geste", "une part de ce qui a été payé, comme `50 %`"),
        ("!rembourser 1 1,5O € geste", "un montant de plus de zéro"),
        ("!rembourser 1 1.50EURO geste", "À rembourser = 1,50"),
        ("!rembourser 1 cinquante euros geste", "un montant de plus de zéro"),
        ("!rembourser 1 \"5 colis perdus\"", "À rembourser = 3,00"),
        ("!rembourser 1 2ème erreur", "À rembourser = 3,00"),
        ("!rembourser 1 １０％ geste", "À rembourser = 0,30"),
        ("!rembourser 1 １ € geste", "À rembourser = 1,00"),
    ] {
        let said = words(&world.says(BOSS, typed).await);
        assert!(said.contains(expected), "{typed}: {said}");
    }
    for (typed, expected) in [
        ("１０％", "À rembourser = 0,30"),
        ("２ €", "À rembourser = 2,00"),
        ("１，５０　€", "À rembourser = 1,50"),
        ("100,0 %", "À rembourser = 3,00"),
        ("100.00%", "À rembourser = 3,00"),
        ("100,1 %", "une part de ce qui a été payé, comme `50 %`"),
        ("100,x %", "une part de ce qui a été payé, comme `50 %`"),
    ] {
        let slash = [("order", n(1)), ("amount", t(typed)), ("reason", t("Geste"))];
        let said = words(&world.asks(BOSS, "refund", &slash).await);
        assert!(said.contains(expected), "{typed}: {said}");
    }
    let slash = [("order", n(1)), ("amount", t("50 %")), ("reason", t("Geste"))];
    let asked = world.asks(BOSS, "refund", &slash).await;
    world.presses(BOSS, &asked, "Rembourser").await;
    world.work().await;
    assert_eq!(world.count("select refunded_minor as n from orders").await, 150);
    // Half of what was paid, not of what is left: twice a half is everything.
    let rest = words(&world.asks(BOSS, "refund", &slash).await);
    assert!(rest.contains("À rembourser = 1,50") && rest.contains("Remboursement intégral"), "{rest}");
}
