//! Shellia's orders by sentence: the same cards, what is asked back with buttons, and what acts at once.

use super::orders::{count, open, read};
use super::real::{OPERATOR, Real};
use super::stage::{self, KEY};
use super::wired::{Meets, Wired};
use insta::assert_snapshot;
use jiff::SignedDuration;
use shellia::kernel::{Clock, Locale};
use std::sync::Arc;

async fn talk(real: &Real, said: &[&str]) -> String {
    let mut all = Vec::new();
    for text in said {
        all.push(format!("> {text}\n{}", read(&real.types(OPERATOR, 7, Locale::Fr, text).await)));
    }
    all.join("\n\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn sentences_make_the_same_cards() {
    let real = open().await;
    let said = [
        "lance une promo de 20 % sur Pro jusqu'à dimanche",
        "20% off Basic for new customers until Sunday please",
        "promo de 10 % sur tous les plans pendant 24h, code NOEL, 50 utilisations max",
        "promo de 10 % sur Pro pendant 24h pour les boosters",
        "fais gagner un Nitro à 3 personnes pendant 48h dans <#50>",
        "mets la langue en anglais",
        "mets l'autonomie sur automatique",
        "coupe la promo du plan pro",
        "reroll giveaway #9",
        "approuve",
        "oui",
        "rejette le plan 1",
        "approve 2",
        "qu'est-ce qui est en attente ?",
        "who did what?",
    ];
    assert_snapshot!(talk(&real, &said).await, @r"
    > lance une promo de 20 % sur Pro jusqu'à dimanche
    Plan #1 : rien n’est fait tant qu’il n’est pas approuvé.
    [📋 Plan #1]
    Une promotion commence : **−20 %** sur la formule Pro.
    Pour qui = Tout le monde
    Personne n’en a acheté ces 30 derniers jours
    Jusqu’à = ⌚ (29/11/2026 23:59, Europe/Paris)
    Coût attendu = Pas assez de données
    Prix, avant → après = Pro · au mois : 9,99 € → **7,99 €** le premier mois, puis 9,99 €
    Pro · à l’année : 95,90 € → **76,72 €** la première année, puis 95,90 €
    Approbations = 0 sur 1
    Ce plan = expire ⌚
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ✅ Approuver | ✖️ Rejeter

    > 20% off Basic for new customers until Sunday please
    Plan #2: nothing is done until it is approved.
    [📋 Plan #2]
    A promotion begins: **−20%** on the plan Basic.
    For whom = Members who buy for the first time
    Nobody bought any of it in the last 30 days
    Until = ⌚ (29/11/2026 23:59, Europe/Paris)
    Expected cost = Not enough data
    Prices, before → after = Basic · by the month: €4.99 → **€3.99** for the first month, then €4.99
    Approvals = 0 of 1
    This plan = expires ⌚
    Digest … · an approval is for what is shown here, and for nothing else
    ✅ Approve | ✖️ Reject

    > promo de 10 % sur tous les plans pendant 24h, code NOEL, 50 utilisations max
    Plan #3 : rien n’est fait tant qu’il n’est pas approuvé.
    [📋 Plan #3]
    Une promotion commence : **−10 %** sur toutes les formules.
    Pour qui = Tout le monde · avec le code `NOEL` · 50 utilisations au plus
    Personne n’en a acheté ces 30 derniers jours
    Jusqu’à = ⌚ (26/11/2026 10:00, Europe/Paris)
    Coût attendu = Pas assez de données
    Prix, avant → après = Basic · au mois : 4,99 € → **4,49 €** le premier mois, puis 4,99 €
    founder · au mois : 3,49 € → **3,14 €** le premier mois, puis 3,49 €
    founder · à l’année : 33,90 € → **30,51 €** la première année, puis 33,90 €
    Pro · au mois : 9,99 € → **8,99 €** le premier mois, puis 9,99 €
    Pro · à l’année : 95,90 € → **86,31 €** la première année, puis 95,90 €
    Ultra · au mois : 29,99 € → **26,99 €** le premier mois, puis 29,99 €
    Ultra · à l’année : 287,90 € → **259,11 €** la première année, puis 287,90 €
    Approbations = 0 sur 2
    Ce plan = expire ⌚
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ✅ Approuver | ✖️ Rejeter

    > promo de 10 % sur Pro pendant 24h pour les boosters
    Je ne sais pas viser ce groupe : une promotion est pour tout le monde, ou pour les membres dont c’est le premier achat. Redites-le-moi avec l’un des deux.

    > fais gagner un Nitro à 3 personnes pendant 48h dans <#50>
    Plan #4 : rien n’est fait tant qu’il n’est pas approuvé.
    [📋 Plan #4]
    Un concours est annoncé : **Nitro**, 3 gagnants.
    Lot = À remettre par l’équipe : le bot ne le remet pas. Pour qu’il remette une formule ou un produit, `!concours_créer`.
    Pour qui = Tous les membres
    Annoncé dans = <#50>
    Jusqu’à = ⌚ (27/11/2026 10:00, Europe/Paris)
    Approbations = 0 sur 1
    Ce plan = expire ⌚
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ✅ Approuver | ✖️ Rejeter

    > mets la langue en anglais
    Plan #5 : rien n’est fait tant qu’il n’est pas approuvé.
    [📋 Plan #5]
    **Langue** : fr → **en**
    Approbations = 0 sur 1
    Ce plan = expire ⌚
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ✅ Approuver | ✖️ Rejeter

    > mets l'autonomie sur automatique
    Autonomie : **approbation**. Je prépare des plans, vous les approuvez.
    Appuyez pour la changer.
     Automatique

    > coupe la promo du plan pro
    Aucune promotion en cours ou à venir ne correspond. Celles qu’il y a : `!maxis promos`.

    > reroll giveaway #9
    Why is the winner of giveaway #9 to be replaced? The reason is published with the draw.
     can’t be reached |  doesn’t want the prize |  is no longer in the server |  broke a rule |  another reason

    > approuve
    Lequel ? Donnez-moi son numéro.
    [📋 Plans qui attendent]
    **#5** **Langue** : fr → **en** · 0 sur 1 · expire ⌚
    **#4** Un concours est annoncé : **Nitro**, 3 gagnants. · 0 sur 1 · expire ⌚
    **#3** Une promotion commence : **−10 %** sur toutes les formules. · 0 sur 2 · expire ⌚
    **#2** Une promotion commence : **−20 %** sur la formule Basic. · 0 sur 1 · expire ⌚
    **#1** Une promotion commence : **−20 %** sur la formule Pro. · 0 sur 1 · expire ⌚
     Voir le plan #5 |  Voir le plan #4 |  Voir le plan #3 |  Voir le plan #2 |  Voir le plan #1

    > oui
    Lequel ? Donnez-moi son numéro.
    [📋 Plans qui attendent]
    **#5** **Langue** : fr → **en** · 0 sur 1 · expire ⌚
    **#4** Un concours est annoncé : **Nitro**, 3 gagnants. · 0 sur 1 · expire ⌚
    **#3** Une promotion commence : **−10 %** sur toutes les formules. · 0 sur 2 · expire ⌚
    **#2** Une promotion commence : **−20 %** sur la formule Basic. · 0 sur 1 · expire ⌚
    **#1** Une promotion commence : **−20 %** sur la formule Pro. · 0 sur 1 · expire ⌚
     Voir le plan #5 |  Voir le plan #4 |  Voir le plan #3 |  Voir le plan #2 |  Voir le plan #1

    > rejette le plan 1
    ✖️ Plan #1 : il est rejeté, rien n’a changé.
    [📋 Plan #1]
    Une promotion commence : **−20 %** sur la formule Pro.
    Pour qui = Tout le monde
    Personne n’en a acheté ces 30 derniers jours
    Jusqu’à = ⌚ (29/11/2026 23:59, Europe/Paris)
    Coût attendu = Pas assez de données
    Prix, avant → après = Pro · au mois : 9,99 € → **7,99 €** le premier mois, puis 9,99 €
    Pro · à l’année : 95,90 € → **76,72 €** la première année, puis 95,90 €
    Approbations = 0 sur 1
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre

    > approve 2
    ✅ Plan #2 is done. Promotion #1 is running. As read back from Maxis: running.
    [📋 Plan #2]
    A promotion begins: **−20%** on the plan Basic.
    For whom = Members who buy for the first time
    Nobody bought any of it in the last 30 days
    Until = ⌚ (29/11/2026 23:59, Europe/Paris)
    Expected cost = Not enough data
    Prices, before → after = Basic · by the month: €4.99 → **€3.99** for the first month, then €4.99
    Approvals = 1 of 1 · <@22>
    Digest … · an approval is for what is shown here, and for nothing else

    > qu'est-ce qui est en attente ?
    [📋 Plans qui attendent]
    **#5** **Langue** : fr → **en** · 0 sur 1 · expire ⌚
    **#4** Un concours est annoncé : **Nitro**, 3 gagnants. · 0 sur 1 · expire ⌚
    **#3** Une promotion commence : **−10 %** sur toutes les formules. · 0 sur 2 · expire ⌚
     Voir le plan #5 |  Voir le plan #4 |  Voir le plan #3

    > who did what?
    [📜 Audit of what I had done]
    `8` ⌚ <@22> · done · plan #2
    `7` ⌚ <@22> · approved · plan #2
    `6` ⌚ <@22> · rejected · plan #1
    `5` ⌚ <@22> · plan prepared · plan #5
    `4` ⌚ <@22> · plan prepared · plan #4
    `3` ⌚ <@22> · plan prepared · plan #3
    `2` ⌚ <@22> · plan prepared · plan #2
    `1` ⌚ <@22> · plan prepared · plan #1
    Each line is bound to the one before: `shellia audit verify`, on the machine of Maxis, checks it.
    ");
    assert_eq!(count(&real, "promotions").await, 1);
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_asked_with_buttons_and_the_answers_make_the_plan() {
    let real = open().await;
    let asked = real.types(OPERATOR, 7, Locale::Fr, "promo de 20").await;
    assert_snapshot!(read(&asked), @r"
    Est-ce un pourcentage ou un montant ?
    Sur quoi ? Une formule, toutes, un produit, ou toute la boutique.
    Jusqu’à quand ? Par exemple « 48 h » ou « jusqu’à dimanche ».
     % |  €
    ");
    let unit = real.presses(OPERATOR, &asked, "%").await;
    assert_snapshot!(read(&unit), @r"
    Sur quoi ? Une formule, toutes, un produit, ou toute la boutique.
    Jusqu’à quand ? Par exemple « 48 h » ou « jusqu’à dimanche ».
     Basic |  Pro |  Ultra |  tous les plans
    ");
    let target = real.presses(OPERATOR, &unit, "Pro").await;
    assert_snapshot!(read(&target), @r"
    Jusqu’à quand ? Par exemple « 48 h » ou « jusqu’à dimanche ».
     pendant 24 h |  pendant 48 h |  pendant 7 jours
    ");
    let plan = real.presses(OPERATOR, &target, "pendant 48 h").await;
    assert_snapshot!(plan.text, @"Plan #1 : rien n’est fait tant qu’il n’est pas approuvé.");
    let done = real.presses(OPERATOR, &plan, "Approuver").await;
    assert_snapshot!(done.text, @"✅ Plan #1 exécuté. La promotion n° 1 est lancée. État relu chez Maxis : en cours.");
    // Typed short, what follows on is a sentence.
    assert_snapshot!(talk(&real, &["!maxis promo 10% basic", "jusqu'à dimanche"]).await, @r"
    > !maxis promo 10% basic
    Jusqu’à quand ? Par exemple « 48 h » ou « jusqu’à dimanche ».
     pendant 24 h |  pendant 48 h |  pendant 7 jours

    > jusqu'à dimanche
    Plan #2 : rien n’est fait tant qu’il n’est pas approuvé.
    [📋 Plan #2]
    Une promotion commence : **−10 %** sur la formule Basic.
    Pour qui = Tout le monde
    Personne n’en a acheté ces 30 derniers jours
    Jusqu’à = ⌚ (29/11/2026 23:59, Europe/Paris)
    Coût attendu = Pas assez de données
    Prix, avant → après = Basic · au mois : 4,99 € → **4,49 €** le premier mois, puis 4,99 €
    Approbations = 0 sur 1
    Ce plan = expire ⌚
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ✅ Approuver | ✖️ Rejeter
    ");
    // Which of several.
    real.types(OPERATOR, 7, Locale::Fr, "approuve 2").await;
    let which = real.types(OPERATOR, 7, Locale::Fr, "arrête la promo").await;
    assert_snapshot!(read(&which), @r"
    Laquelle arrêter ?
     #2 Basic |  #1 Pro
    ");
    let stop = real.presses(OPERATOR, &which, &which.buttons[0].label).await;
    assert_snapshot!(stop.text, @"Plan #3 : rien n’est fait tant qu’il n’est pas approuvé.");
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_stopped_by_a_sentence_and_goes_on_by_a_plan() {
    let real = open().await;
    let said = [
        "lance une promo de 20 % sur Pro pendant 48h",
        "arrête tout",
        "approuve le plan 1",
        "lance une promo de 20 % sur Pro pendant 48h",
        "resume",
        "approuve le plan 2",
        "lance une promo de 20 % sur Pro pendant 48h",
    ];
    assert_snapshot!(talk(&real, &said).await, @r"
    > lance une promo de 20 % sur Pro pendant 48h
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

    > arrête tout
    ⛔ Tout est arrêté, chez Maxis comme chez moi : rien ne part plus, et les plans qui attendaient sont rejetés. Ce qui est en cours dans la boutique continue. Pour reprendre : `!maxis reprendre`.

    > approuve le plan 1
    ✖️ Plan #1 : il est rejeté, rien n’a changé.
    [📋 Plan #1]
    Une promotion commence : **−20 %** sur la formule Pro.
    Pour qui = Tout le monde
    Personne n’en a acheté ces 30 derniers jours
    Jusqu’à = ⌚ (27/11/2026 10:00, Europe/Paris)
    Coût attendu = Pas assez de données
    Prix, avant → après = Pro · au mois : 9,99 € → **7,99 €** le premier mois, puis 9,99 €
    Pro · à l’année : 95,90 € → **76,72 €** la première année, puis 95,90 €
    Approbations = 0 sur 1
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre

    > lance une promo de 20 % sur Pro pendant 48h
    ⛔ Tout est arrêté : je n’envoie rien. Pour reprendre : `!maxis reprendre`, puis faites approuver.

    > resume
    Plan #2 : rien n’est fait tant qu’il n’est pas approuvé.
    [📋 Plan #2]
    Tout reprend. L’arrêt date du ⌚.
    Approbations = 0 sur 1
    Ce plan = expire ⌚
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ✅ Approuver | ✖️ Rejeter

    > approuve le plan 2
    ✅ Plan #2 exécuté. Tout reprend.
    [📋 Plan #2]
    Tout reprend. L’arrêt date du ⌚.
    Approbations = 1 sur 1 · <@22>
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre

    > lance une promo de 20 % sur Pro pendant 48h
    Plan #3 : rien n’est fait tant qu’il n’est pas approuvé.
    [📋 Plan #3]
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
    ");
    real.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_while_maxis_is_slow_away_or_at_odds_with_us_change_nothing_and_say_so() {
    let mut real = open().await;
    // Another key, and a clock five minutes off.
    let at = stage::base(real.server.address);
    let ahead = Clock::new();
    ahead.advance(ahead.now().duration_until(real.shellia.clock.now()) + SignedDuration::from_mins(5));
    let right = real.shellia.peer.clone();
    for peer in [stage::peer(at.clone(), "another-key-altogether", &real.shellia.clock), stage::peer(at, KEY, &ahead)] {
        Arc::get_mut(&mut real.shellia).unwrap().peer = Arc::new(peer);
        let said = talk(&real, &["!maxis reject 1", "!maxis promo 20% pro 48h"]).await;
        assert_eq!(said.matches("Maxis ne répond pas").count(), 2, "{said}");
    }
    Arc::get_mut(&mut real.shellia).unwrap().peer = right;
    let wired = Wired::start(real);
    wired.way.is(&[("", Meets::Cut)]);
    let typed = [
        "!maxis promo 20% pro 48h",
        "lance une promo de 20 % sur Pro pendant 48h",
        "!maxis approuver 1",
        "!maxis plans",
    ];
    assert_snapshot!(talk(&wired.real, &typed).await, @r"
    > !maxis promo 20% pro 48h
    [🔴 Maxis ne répond pas]
    Impossible de le joindre : la machine ou Maxis est arrêté, ou un pare-feu est entre les deux. Sur sa machine, `MAXIS_LISTEN` doit écouter sur une adresse que Shellia peut atteindre.

    > lance une promo de 20 % sur Pro pendant 48h
    [🔴 Maxis ne répond pas]
    Impossible de le joindre : la machine ou Maxis est arrêté, ou un pare-feu est entre les deux. Sur sa machine, `MAXIS_LISTEN` doit écouter sur une adresse que Shellia peut atteindre.

    > !maxis approuver 1
    Rien n’est parti, rien n’a changé. Refaites la demande quand Maxis répondra.
    [🔴 Maxis ne répond pas]
    Impossible de le joindre : la machine ou Maxis est arrêté, ou un pare-feu est entre les deux. Sur sa machine, `MAXIS_LISTEN` doit écouter sur une adresse que Shellia peut atteindre.

    > !maxis plans
    [🔴 Maxis ne répond pas]
    Impossible de le joindre : la machine ou Maxis est arrêté, ou un pare-feu est entre les deux. Sur sa machine, `MAXIS_LISTEN` doit écouter sur une adresse que Shellia peut atteindre.
    ");
    // A plan whose answer is lost is made once, and shown.
    wired.way.is(&[]);
    wired.real.types(OPERATOR, 7, Locale::Fr, "!maxis promos").await;
    wired.way.is(&[("/plans", Meets::LosesAnswer)]);
    assert_snapshot!(talk(&wired.real, &["!maxis promo 20% pro 48h"]).await, @r"
    > !maxis promo 20% pro 48h
    Aucune réponse n’est venue. Un plan a pu être préparé, sans rien changer : voyez `!maxis plans`.
    [🔴 Maxis ne répond pas]
    Impossible de le joindre : la machine ou Maxis est arrêté, ou un pare-feu est entre les deux. Sur sa machine, `MAXIS_LISTEN` doit écouter sur une adresse que Shellia peut atteindre.
    ");
    assert_eq!(count(&wired.real, "agent_plans").await, 1);
    wired.way.is(&[("", Meets::Late(std::time::Duration::from_millis(700)))]);
    assert_snapshot!(talk(&wired.real, &["!maxis approuver 1"]).await, @r"
    > !maxis approuver 1
    ✅ Plan #1 exécuté. La promotion n° 1 est lancée. État relu chez Maxis : en cours.
    [📋 Plan #1]
    Une promotion commence : **−20 %** sur la formule Pro.
    Pour qui = Tout le monde
    Personne n’en a acheté ces 30 derniers jours
    Jusqu’à = ⌚ (27/11/2026 10:00, Europe/Paris)
    Coût attendu = Pas assez de données
    Prix, avant → après = Pro · au mois : 9,99 € → **7,99 €** le premier mois, puis 9,99 €
    Pro · à l’année : 95,90 € → **76,72 €** la première année, puis 95,90 €
    Approbations = 1 sur 1 · <@22>
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ");
    wired.end().await;
}
