//! Each of Shellia's commands that order something, as it is typed and answered, in French and in English.

use super::orders::{open, talk};
use insta::assert_snapshot;
use shellia::kernel::Locale::{En, Fr};

#[tokio::test(flavor = "multi_thread")]
async fn each_command_is_answered_in_french_and_english() {
    let real = open().await;
    let fr = [
        "!maxis promo",
        "!maxis promo 5€ basic jusqu'à dimanche",
        "!maxis promo 1€ basic jusqu'à dimanche",
        "!maxis promo 50% pro 48h",
        "!maxis promo stop 3",
        "!maxis giveaway Nitro 7j",
        "!maxis giveaway Nitro 7j <#50>",
        "!maxis giveaway end 4",
        "!maxis giveaway reroll 4",
        "!maxis giveaway reroll 4 ne répond pas",
        "!maxis config set langue en",
        "!maxis config set plafond 80",
        "!maxis config set time_zone Europe/Bruxelles",
        "!maxis plans",
        "!maxis plans 2",
        "!maxis approuver 99",
        "!maxis rejeter 1",
        "!maxis rejeter 1",
        "!maxis approuver 1",
        "!maxis autonomie",
        "!maxis autonomie suggestion",
        "!maxis approuver 2",
        "!maxis autonomie magique",
        "!maxis autonomie approbation",
        "!maxis journal",
        "!maxis stop",
        "!maxis promo 20% pro 48h",
        "!maxis reprendre",
        "!maxis approuver 4",
        "!maxis plans",
    ];
    assert_snapshot!(talk(&real, Fr, &fr).await, @r"
    > !maxis promo
    [🏷️ Promotions en cours et à venir]
    Aucune promotion en cours ni à venir.

    > !maxis promo 5€ basic jusqu'à dimanche
    **valeur** : une promotion retire au plus 30 % du prix le plus bas qu’elle touche. Ici, le moins cher coûte 4,99 € : retirez 1,50 € au plus, ou choisissez une cible plus chère.

    > !maxis promo 1€ basic jusqu'à dimanche
    Plan #1 : rien n’est fait tant qu’il n’est pas approuvé.
    [📋 Plan #1]
    Une promotion commence : **−1,00 €** sur la formule Basic.
    Pour qui = Tout le monde
    Personne n’en a acheté ces 30 derniers jours
    Jusqu’à = ⌚ (29/11/2026 23:59, Europe/Paris)
    Coût attendu = Pas assez de données
    Prix, avant → après = Basic · au mois : 4,99 € → **3,99 €**
    Approbations = 0 sur 2
    Ce plan = expire ⌚
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ✅ Approuver | ✖️ Rejeter

    > !maxis promo 50% pro 48h
    🚫 Le plafond est de 30 % : demandez-moi une remise de 30 % ou moins.

    > !maxis promo stop 3
    Aucune promotion sous ce numéro. Elles sont toutes dans `/promo_liste`.

    > !maxis giveaway Nitro 7j
    Dans quel salon l’annoncer ? Il n’y a pas encore eu de concours ici : nommez un salon.

    > !maxis giveaway Nitro 7j <#50>
    Plan #2 : rien n’est fait tant qu’il n’est pas approuvé.
    [📋 Plan #2]
    Un concours est annoncé : **Nitro**, 1 gagnant.
    Pour qui = Tous les membres
    Annoncé dans = <#50>
    Jusqu’à = ⌚ (02/12/2026 10:00, Europe/Paris)
    Approbations = 0 sur 1
    Ce plan = expire ⌚
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ✅ Approuver | ✖️ Rejeter

    > !maxis giveaway end 4
    Aucun concours sous ce numéro. Ceux en cours sont dans `/concours`.

    > !maxis giveaway reroll 4
    Pourquoi remplacer le gagnant du concours n° 4 ? La raison est publiée avec le tirage.
     injoignable |  ne veut pas du lot |  n’est plus sur le serveur |  règle non respectée |  autre raison

    > !maxis giveaway reroll 4 ne répond pas
    Aucun concours sous ce numéro. Ceux en cours sont dans `/concours`.

    > !maxis config set langue en
    Plan #3 : rien n’est fait tant qu’il n’est pas approuvé.
    [📋 Plan #3]
    **Langue** : fr → **en**
    Approbations = 0 sur 1
    Ce plan = expire ⌚
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ✅ Approuver | ✖️ Rejeter

    > !maxis config set plafond 80
    🚫 Le plafond ne se change pas d’ici : il est réglé sur la machine de Maxis.

    > !maxis config set time_zone Europe/Bruxelles
    **fuseau** : je ne connais pas ce nom.

    > !maxis plans
    [📋 Plans qui attendent]
    **#3** **Langue** : fr → **en** · 0 sur 1 · expire ⌚
    **#2** Un concours est annoncé : **Nitro**, 1 gagnant. · 0 sur 1 · expire ⌚
    **#1** Une promotion commence : **−1,00 €** sur la formule Basic. · 0 sur 2 · expire ⌚
     Voir le plan #3 |  Voir le plan #2 |  Voir le plan #1

    > !maxis plans 2
    Plan #2 : rien n’est fait tant qu’il n’est pas approuvé.
    [📋 Plan #2]
    Un concours est annoncé : **Nitro**, 1 gagnant.
    Pour qui = Tous les membres
    Annoncé dans = <#50>
    Jusqu’à = ⌚ (02/12/2026 10:00, Europe/Paris)
    Approbations = 0 sur 1
    Ce plan = expire ⌚
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ✅ Approuver | ✖️ Rejeter

    > !maxis approuver 99
    Il n’y a pas de plan #99 ici. Ceux qui attendent : `!maxis plans`.

    > !maxis rejeter 1
    ✖️ Plan #1 : il est rejeté, rien n’a changé.
    [📋 Plan #1]
    Une promotion commence : **−1,00 €** sur la formule Basic.
    Pour qui = Tout le monde
    Personne n’en a acheté ces 30 derniers jours
    Jusqu’à = ⌚ (29/11/2026 23:59, Europe/Paris)
    Coût attendu = Pas assez de données
    Prix, avant → après = Basic · au mois : 4,99 € → **3,99 €**
    Approbations = 0 sur 2
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre

    > !maxis rejeter 1
    ✖️ Plan #1 : il est rejeté, rien n’a changé.
    [📋 Plan #1]
    Une promotion commence : **−1,00 €** sur la formule Basic.
    Pour qui = Tout le monde
    Personne n’en a acheté ces 30 derniers jours
    Jusqu’à = ⌚ (29/11/2026 23:59, Europe/Paris)
    Coût attendu = Pas assez de données
    Prix, avant → après = Basic · au mois : 4,99 € → **3,99 €**
    Approbations = 0 sur 2
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre

    > !maxis approuver 1
    ✖️ Plan #1 : il est rejeté, rien n’a changé.
    [📋 Plan #1]
    Une promotion commence : **−1,00 €** sur la formule Basic.
    Pour qui = Tout le monde
    Personne n’en a acheté ces 30 derniers jours
    Jusqu’à = ⌚ (29/11/2026 23:59, Europe/Paris)
    Coût attendu = Pas assez de données
    Prix, avant → après = Basic · au mois : 4,99 € → **3,99 €**
    Approbations = 0 sur 2
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre

    > !maxis autonomie
    Autonomie : **approbation**. Je prépare des plans, vous les approuvez.
     Éteinte |  Suggestion |  Automatique

    > !maxis autonomie suggestion
    Autonomie : **suggestion**. Je prépare des plans, personne ne les approuve.
     Éteinte |  Approbation |  Automatique

    > !maxis approuver 2
    L’autonomie est sur « suggestion » : les plans se préparent et se montrent, sans être approuvés. Un opérateur peut la remonter.
    Pour la remonter : `!maxis autonomie approbation`.

    > !maxis autonomie magique
    Je connais quatre autonomies : `éteinte`, `suggestion`, `approbation`, `automatique`.

    > !maxis autonomie approbation
    Autonomie : **approbation**. Je prépare des plans, vous les approuvez.
     Éteinte |  Suggestion |  Automatique

    > !maxis journal
    [📜 Journal de ce que j’ai fait faire]
    `6` ⌚ <@22> · autonomie changée
    `5` ⌚ <@22> · autonomie changée
    `4` ⌚ <@22> · rejeté · plan #1
    `3` ⌚ <@22> · plan préparé · plan #3
    `2` ⌚ <@22> · plan préparé · plan #2
    `1` ⌚ <@22> · plan préparé · plan #1
    Chaque ligne est liée à celle d’avant : `shellia audit verify`, sur la machine de Maxis, le vérifie.

    > !maxis stop
    ⛔ Tout est arrêté, chez Maxis comme chez moi : rien ne part plus, et les plans qui attendaient sont rejetés. Ce qui est en cours dans la boutique continue. Pour reprendre : `!maxis reprendre`.

    > !maxis promo 20% pro 48h
    ⛔ Tout est arrêté : je n’envoie rien. Pour reprendre : `!maxis reprendre`, puis faites approuver.

    > !maxis reprendre
    Plan #4 : rien n’est fait tant qu’il n’est pas approuvé.
    [📋 Plan #4]
    Tout reprend. Tout est arrêté depuis ⌚.
    Approbations = 0 sur 1
    Ce plan = expire ⌚
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ✅ Approuver | ✖️ Rejeter

    > !maxis approuver 4
    ✅ Plan #4 exécuté. Tout reprend.
    [📋 Plan #4]
    Tout reprend. Tout est arrêté depuis ⌚.
    Approbations = 1 sur 1 · <@22>
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre

    > !maxis plans
    Aucun plan n’attend.
    ");
    let en = [
        "!maxis promo 10% pro 48h code SPRING",
        "!maxis promo 10% pro",
        "!maxis config set language en",
        "!maxis pending",
        "!maxis reject 5",
        "!maxis approve 6",
        "!maxis autonomy",
        "!maxis stop",
        "!maxis giveaway Nitro 7d",
        "!maxis resume",
        "!maxis approve 7",
        "!maxis audit",
    ];
    assert_snapshot!(talk(&real, En, &en).await, @r"
    > !maxis promo 10% pro 48h code SPRING
    Plan #5: nothing is done until it is approved.
    [📋 Plan #5]
    A promotion begins: **−10%** on the plan Pro.
    For whom = Everyone · with the code `SPRING`
    Nobody bought any of it in the last 30 days
    Until = ⌚ (27/11/2026 10:00, Europe/Paris)
    Expected cost = Not enough data
    Prices, before → after = Pro · by the month: €9.99 → **€8.99**
    Pro · by the year: €95.90 → **€86.31**
    Approvals = 0 of 1
    This plan = expires ⌚
    Digest … · an approval is for what is shown here, and for nothing else
    ✅ Approve | ✖️ Reject

    > !maxis promo 10% pro
    Until when? For example “48 hours” or “until Sunday”.
     for 24 hours |  for 48 hours |  for 7 days

    > !maxis config set language en
    Plan #6: nothing is done until it is approved.
    [📋 Plan #6]
    **Language**: fr → **en**
    Approvals = 0 of 1
    This plan = expires ⌚
    Digest … · an approval is for what is shown here, and for nothing else
    ✅ Approve | ✖️ Reject

    > !maxis pending
    [📋 Plans that wait]
    **#6** **Language**: fr → **en** · 0 of 1 · expires ⌚
    **#5** A promotion begins: **−10%** on the plan Pro. · 0 of 1 · expires ⌚
     Show plan #6 |  Show plan #5

    > !maxis reject 5
    ✖️ Plan #5: it is rejected, nothing has changed.
    [📋 Plan #5]
    A promotion begins: **−10%** on the plan Pro.
    For whom = Everyone · with the code `SPRING`
    Nobody bought any of it in the last 30 days
    Until = ⌚ (27/11/2026 10:00, Europe/Paris)
    Expected cost = Not enough data
    Prices, before → after = Pro · by the month: €9.99 → **€8.99**
    Pro · by the year: €95.90 → **€86.31**
    Approvals = 0 of 1
    Digest … · an approval is for what is shown here, and for nothing else

    > !maxis approve 6
    ✅ Plan #6 is done. The setting is changed.
    [📋 Plan #6]
    **Language**: fr → **en**
    Approvals = 1 of 1 · <@22>
    Digest … · an approval is for what is shown here, and for nothing else

    > !maxis autonomy
    Autonomy: **approve**. I prepare plans, you approve them.
     Off |  Suggest |  Automatic

    > !maxis stop
    ⛔ Everything is stopped, at Maxis and here: nothing goes out any more, and the plans that waited are rejected. What runs in the shop goes on. To resume: `!maxis resume`.

    > !maxis giveaway Nitro 7d
    ⛔ Everything is stopped: I send nothing. To go on: `!maxis resume`, and have it approved.

    > !maxis resume
    Plan #7: nothing is done until it is approved.
    [📋 Plan #7]
    Everything goes on. Everything has been stopped since ⌚.
    Approvals = 0 of 1
    This plan = expires ⌚
    Digest … · an approval is for what is shown here, and for nothing else
    ✅ Approve | ✖️ Reject

    > !maxis approve 7
    ✅ Plan #7 is done. Everything goes on.
    [📋 Plan #7]
    Everything goes on. Everything has been stopped since ⌚.
    Approvals = 1 of 1 · <@22>
    Digest … · an approval is for what is shown here, and for nothing else

    > !maxis audit
    [📜 Audit of what I had done]
    `21` ⌚ <@22> · done · plan #7
    `20` ⌚ <@22> · everything resumed
    `19` ⌚ <@22> · approved · plan #7
    `18` ⌚ <@22> · plan prepared · plan #7
    `17` ⌚ <@22> · everything stopped
    `16` ⌚ <@22> · done · plan #6
    `15` ⌚ <@22> · approved · plan #6
    `14` ⌚ <@22> · rejected · plan #5
    `13` ⌚ <@22> · plan prepared · plan #6
    `12` ⌚ <@22> · plan prepared · plan #5
    `11` ⌚ <@22> · done · plan #4
    `10` ⌚ <@22> · everything resumed
    `9` ⌚ <@22> · approved · plan #4
    `8` ⌚ <@22> · plan prepared · plan #4
    `7` ⌚ <@22> · everything stopped
    Each line is bound to the one before: `shellia audit verify`, on the machine of Maxis, checks it.
     Older
    ");
    real.server.stop().await;
}
