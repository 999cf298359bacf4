//! What somebody says to Shellia who knows no more than the README: what only a command does is answered by its name, a promotion said
//! after a question is one, and a stop is seen by whoever comes later.

use super::orders::{count, open, talk};
use super::real::Real;
use crate::analytics::conversation::busy;
use insta::assert_snapshot;
use shellia::kernel::Locale::{En, Fr};

#[tokio::test(flavor = "multi_thread")]
async fn what_a_command_does_and_no_sentence_is_answered_by_its_name() {
    let real = Real::serve(busy().await);
    let said = [
        "annule le concours 4",
        "cancel the Nitro giveaway",
        "!maxis giveaway cancel 4",
        "mets le concours 4 en pause",
        "pause the giveaway",
        "prolonge le concours 4 de 2 jours",
        "extend giveaway 4 by a day",
        "donne 1 mois gratuit à Marie",
        "give Marie a free month of Pro",
        "rembourse la commande 2",
        "quel est le stock de clé du jeu ?",
        "how many keys are left?",
        "qui sont mes meilleurs clients ?",
        "who are my best customers?",
        "préviens-moi quand il y a une vente",
        "notify me when there is a sale",
        "qui a gagné le concours 2 ?",
        "who won the last giveaway?",
        "rappelle-moi demain de faire une promo",
        "what's running right now?",
    ];
    assert_snapshot!(talk(&real, Fr, &said).await, @r"
    > annule le concours 4
    🚫 D’ici, je ne sais que terminer un concours, et le terminer tire ses gagnants. Pour l’annuler sans gagnant : `!concours_annuler`. Pour rejeter un plan qui attend : son bouton, dans `!maxis plans`.

    > cancel the Nitro giveaway
    🚫 From here I can only end a giveaway, and ending it draws its winners. To cancel it without a winner: `!giveaway_cancel`. To reject a plan that waits: its button, in `!maxis plans`.

    > !maxis giveaway cancel 4
    🚫 D’ici, je ne sais que terminer un concours, et le terminer tire ses gagnants. Pour l’annuler sans gagnant : `!concours_annuler`. Pour rejeter un plan qui attend : son bouton, dans `!maxis plans`.

    > mets le concours 4 en pause
    🚫 Je ne mets pas de concours en pause : tapez `!concours_pause`.

    > pause the giveaway
    🚫 I don’t pause giveaways: type `!giveaway_pause`.

    > prolonge le concours 4 de 2 jours
    🚫 Je ne prolonge pas de concours : tapez `!concours_prolonger`.

    > extend giveaway 4 by a day
    🚫 I don’t make giveaways longer: type `!giveaway_extend`.

    > donne 1 mois gratuit à Marie
    🚫 Je ne donne pas de formule à un membre : l’équipe le fait auprès de Maxis, par `!attribuer`.

    > give Marie a free month of Pro
    🚫 I don’t give a plan to a member: staff do that with Maxis, by `!grant`.

    > rembourse la commande 2
    🚫 Je ne rembourse pas : l’équipe le fait auprès de Maxis, par `!rembourser`.

    > quel est le stock de clé du jeu ?
    🚫 Le stock n’est pas dans mes chiffres : il est dans `!produit_liste`.

    > how many keys are left?
    🚫 How many are left isn’t among my figures: it is in `!product_list`.

    > qui sont mes meilleurs clients ?
    🚫 Je ne donne que des chiffres, rien sur une personne. Les commandes d’un membre sont dans `!commandes_membre`.

    > who are my best customers?
    🚫 I tell figures only, nothing of a person. What a member ordered is in `!order_find`.

    > préviens-moi quand il y a une vente
    🚫 Une phrase ne suffit pas pour ça. Dans le salon où vous voulez être prévenu, tapez `!maxis suivre ventes`, ou `!maxis suivre tout`.

    > notify me when there is a sale
    🚫 A sentence can’t do that. In the channel where you want to be told, type `!maxis follow sales`, or `!maxis follow everything`.

    > qui a gagné le concours 2 ?
    Qui a gagné est sur l’annonce du concours ; le tirage entier est dans `!concours_preuve`, et qui participe dans `!concours_participants`.
    [🎉 Concours]
    Aucun concours en cours ni à venir.

    > who won the last giveaway?
    Who won is on the giveaway’s announcement; the whole draw is in `!giveaway_proof`, and who takes part in `!giveaway_entrants`.
    [🎉 Giveaways]
    No giveaway is running or to come.

    > rappelle-moi demain de faire une promo
    Je n’ai pas compris. Demandez-moi par exemple « combien de ventes hier ? », ou voyez `!aide_shellia`.

    > what's running right now?
    I didn’t understand. Ask me for example “how many sales yesterday?”, or see `!shellia_help`.
    ");
    assert_eq!(count(&real, "agent_plans").await, 0, "no plan is made");
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_question_a_whole_promotion_is_a_plan_and_an_annule_asks_which() {
    let real = open().await;
    let said = [
        "combien de ventes hier ?",
        "20 % sur Pro pendant 2 jours",
        "quels concours en cours ?",
        "annule",
        "how many sales yesterday?",
        "cancel",
    ];
    assert_snapshot!(talk(&real, Fr, &said).await, @r"
    > combien de ventes hier ?
    **Commandes payées** · 24/11/2026 : **0** ＝ (23/11/2026 : 0)

    > 20 % sur Pro pendant 2 jours
    Plan #1 : rien n’est fait tant qu’il n’est pas approuvé.
    [📋 Plan #1]
    Une promotion commence : **−20 %** sur la formule Pro.
    Pour qui = Tout le monde
    Personne n’en a acheté ces 30 derniers jours
    Jusqu’à = ⌚ (27/11/2026 10:00, Europe/Paris)
    Coût attendu = Pas assez de données
    Prix, avant → après = Pro · au mois : 9,99 € → **7,99 €** le premier mois, puis 9,99 €
    Pro · à l’année : 95,90 € → **76,72 €** la première année, puis 95,90 €
    Approbations = 0 sur 1
    Ce plan = expire ⌚
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ✅ Approuver | ✖️ Rejeter

    > quels concours en cours ?
    [🎉 Concours]
    Aucun concours en cours ni à venir.

    > annule
    Lequel ? Donnez-moi son numéro.
    [📋 Plans qui attendent]
    **#1** Une promotion commence : **−20 %** sur la formule Pro. · 0 sur 1 · expire ⌚
     Voir le plan #1

    > how many sales yesterday?
    **Paid orders** · 24 Nov 2026: **0** ＝ (23 Nov 2026: 0)

    > cancel
    Which one? Tell me its number.
    [📋 Plans that wait]
    **#1** A promotion begins: **−20%** on the plan Pro. · 0 of 1 · expires ⌚
     Show plan #1
    ");
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_stop_the_status_says_that_everything_is_stopped() {
    let real = Real::serve(busy().await);
    assert!(!talk(&real, Fr, &["!maxis status"]).await.contains("Tout est arrêté"));
    talk(&real, Fr, &["arrête tout"]).await;
    for asked in ["!maxis status", "est-ce que tout est arrêté ?", "tu es arrêtée ?"] {
        let told = talk(&real, Fr, &[asked]).await;
        assert!(told.contains("⛔ Tout est arrêté (⌚) : pour reprendre, `!maxis reprendre`.\n"), "{told}");
    }
    let told = talk(&real, Fr, &["are you stopped?"]).await;
    assert!(told.contains("⛔ Everything is stopped (⌚): to go on, `!maxis resume`.\n"), "{told}");
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_giveaway_by_sentence_says_that_staff_hand_out_the_prize() {
    let real = open().await;
    let said = [
        "concours : 3 mois de Pro à gagner, 1 gagnant, jusqu'à vendredi 18h dans <#50>",
        "start a giveaway: a month of Basic, 2 winners, until Sunday in <#50>",
    ];
    assert_snapshot!(talk(&real, Fr, &said).await, @r"
    > concours : 3 mois de Pro à gagner, 1 gagnant, jusqu'à vendredi 18h dans <#50>
    Plan #1 : rien n’est fait tant qu’il n’est pas approuvé.
    [📋 Plan #1]
    Un concours est annoncé : **3 mois de Pro**, 1 gagnant.
    Lot = À remettre par l’équipe : le bot ne le remet pas. Pour qu’il remette une formule ou un produit, `!concours_créer`.
    Pour qui = Tous les membres
    Annoncé dans = <#50>
    Jusqu’à = ⌚ (27/11/2026 18:00, Europe/Paris)
    Approbations = 0 sur 1
    Ce plan = expire ⌚
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ✅ Approuver | ✖️ Rejeter

    > start a giveaway: a month of Basic, 2 winners, until Sunday in <#50>
    Plan #2: nothing is done until it is approved.
    [📋 Plan #2]
    A giveaway is announced: **a month of Basic**, 2 winners.
    Prize = Given by staff: the bot doesn’t hand it out. To have it give a plan or a product, `!giveaway_create`.
    For whom = All members
    Announced in = <#50>
    Until = ⌚ (29/11/2026 23:59, Europe/Paris)
    Approvals = 0 of 1
    This plan = expires ⌚
    Digest … · an approval is for what is shown here, and for nothing else
    ✅ Approve | ✖️ Reject
    ");
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_second_operator_is_missing_it_is_said_who_is_one() {
    let real = open().await;
    let said = ["!maxis promo 25% pro 48h", "!maxis approve 1"];
    assert_snapshot!(talk(&real, En, &said).await, @r"
    > !maxis promo 25% pro 48h
    Plan #1: nothing is done until it is approved.
    [📋 Plan #1]
    A promotion begins: **−25%** on the plan Pro.
    For whom = Everyone
    Nobody bought any of it in the last 30 days
    Until = ⌚ (27/11/2026 10:00, Europe/Paris)
    Expected cost = Not enough data
    Prices, before → after = Pro · by the month: €9.99 → **€7.49** for the first month, then €9.99
    Pro · by the year: €95.90 → **€71.92** for the first year, then €95.90
    Approvals = 0 of 2
    This plan = expires ⌚
    Digest … · an approval is for what is shown here, and for nothing else
    ✅ Approve | ✖️ Reject

    > !maxis approve 1
    Plan #1: your approval counts. That of another operator is still missing. An operator is who has the role chosen in `/setup`, or the permission “Manage Server”.
    [📋 Plan #1]
    A promotion begins: **−25%** on the plan Pro.
    For whom = Everyone
    Nobody bought any of it in the last 30 days
    Until = ⌚ (27/11/2026 10:00, Europe/Paris)
    Expected cost = Not enough data
    Prices, before → after = Pro · by the month: €9.99 → **€7.49** for the first month, then €9.99
    Pro · by the year: €95.90 → **€71.92** for the first year, then €95.90
    Approvals = 1 of 2 · <@22>
    This plan = expires ⌚
    Digest … · an approval is for what is shown here, and for nothing else
    ✅ Approve | ✖️ Reject
    ");
    real.server.stop().await;
}
