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
    Prix, avant → après = Basic · au mois : 4,99 € → **3,99 €** le premier mois, puis 4,99 €
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
    Lot = À remettre par l’équipe : le bot ne le remet pas. Pour qu’il remette une formule ou un produit, `!concours_créer`.
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
    Lot = À remettre par l’équipe : le bot ne le remet pas. Pour qu’il remette une formule ou un produit, `!concours_créer`.
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
    Prix, avant → après = Basic · au mois : 4,99 € → **3,99 €** le premier mois, puis 4,99 €
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
    Prix, avant → après = Basic · au mois : 4,99 € → **3,99 €** le premier mois, puis 4,99 €
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
    Prix, avant → après = Basic · au mois : 4,99 € → **3,99 €** le premier mois, puis 4,99 €
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
    Plan #4 : rien n’est fait tant qu’il n’est pas approuvé.
    [📋 Plan #4]
    **Autonomie** : Suggestion → **Approbation**
    Approbations = 0 sur 1
    Ce plan = expire ⌚
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ✅ Approuver | ✖️ Rejeter

    > !maxis journal
    [📜 Journal de ce que j’ai fait faire]
    `12` ⌚ <@22> · plan préparé · plan #4
    `11` ⌚ <@22> · refusé · plan #2
    `10` ⌚ <@22> · autonomie changée
    `9` ⌚ <@22> · rejeté · plan #1
    `8` ⌚ <@22> · refusé · plan #99
    `7` ⌚ <@22> · plan préparé · plan #3
    `6` ⌚ <@22> · refusé
    `5` ⌚ <@22> · plan préparé · plan #2
    `4` ⌚ <@22> · refusé
    `3` ⌚ <@22> · refusé
    `2` ⌚ <@22> · plan préparé · plan #1
    `1` ⌚ <@22> · refusé
    Chaque ligne est liée à celle d’avant : `shellia audit verify`, sur la machine de Maxis, le vérifie.

    > !maxis stop
    ⛔ Tout est arrêté, chez Maxis comme chez moi : rien ne part plus, et les plans qui attendaient sont rejetés. Ce qui est en cours dans la boutique continue. Pour reprendre : `!maxis reprendre`.

    > !maxis promo 20% pro 48h
    ⛔ Tout est arrêté : je n’envoie rien. Pour reprendre : `!maxis reprendre`, puis faites approuver.

    > !maxis reprendre
    Plan #5 : rien n’est fait tant qu’il n’est pas approuvé.
    [📋 Plan #5]
    Tout reprend. L’arrêt date du ⌚.
    Approbations = 0 sur 1
    Ce plan = expire ⌚
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre
    ✅ Approuver | ✖️ Rejeter

    > !maxis approuver 4
    ✖️ Plan #4 : il est rejeté, rien n’a changé.
    [📋 Plan #4]
    **Autonomie** : Suggestion → **Approbation**
    Approbations = 0 sur 1
    Empreinte … · une approbation vaut pour ce qui est montré ici, et rien d’autre

    > !maxis plans
    [📋 Plans qui attendent]
    **#5** Tout reprend. L’arrêt date du ⌚. · 0 sur 1 · expire ⌚
     Voir le plan #5
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
    ⛔ Everything is stopped: I send nothing. To go on: `!maxis resume`, and have it approved.

    > !maxis promo 10% pro
    Until when? For example “48 hours” or “until Sunday”.
     for 24 hours |  for 48 hours |  for 7 days

    > !maxis config set language en
    ⛔ Everything is stopped: I send nothing. To go on: `!maxis resume`, and have it approved.

    > !maxis pending
    [📋 Plans that wait]
    **#5** Everything goes on. It was stopped on ⌚. · 0 of 1 · expires ⌚
     Show plan #5

    > !maxis reject 5
    ✖️ Plan #5: it is rejected, nothing has changed.
    [📋 Plan #5]
    Everything goes on. It was stopped on ⌚.
    Approvals = 0 of 1
    Digest … · an approval is for what is shown here, and for nothing else

    > !maxis approve 6
    There is no plan #6 here. Those that wait: `!maxis plans`.

    > !maxis autonomy
    Autonomy: **suggest**. I prepare plans, nobody approves them.
    ⛔ Everything is stopped (⌚): to go on, `!maxis resume`.
     Off |  Approve |  Automatic

    > !maxis stop
    ⛔ Everything is stopped, at Maxis and here: nothing goes out any more, and the plans that waited are rejected. What runs in the shop goes on. To resume: `!maxis resume`.

    > !maxis giveaway Nitro 7d
    ⛔ Everything is stopped: I send nothing. To go on: `!maxis resume`, and have it approved.

    > !maxis resume
    Plan #6: nothing is done until it is approved.
    [📋 Plan #6]
    Everything goes on. It was stopped on ⌚.
    Approvals = 0 of 1
    This plan = expires ⌚
    Digest … · an approval is for what is shown here, and for nothing else
    ✅ Approve | ✖️ Reject

    > !maxis approve 7
    There is no plan #7 here. Those that wait: `!maxis plans`.

    > !maxis audit
    [📜 Audit of what I had done]
    `18` ⌚ <@22> · refused · plan #7
    `17` ⌚ <@22> · plan prepared · plan #6
    `16` ⌚ <@22> · refused · plan #6
    `15` ⌚ <@22> · rejected · plan #5
    `14` ⌚ <@22> · plan prepared · plan #5
    `13` ⌚ <@22> · everything stopped
    `12` ⌚ <@22> · plan prepared · plan #4
    `11` ⌚ <@22> · refused · plan #2
    `10` ⌚ <@22> · autonomy changed
    `9` ⌚ <@22> · rejected · plan #1
    `8` ⌚ <@22> · refused · plan #99
    `7` ⌚ <@22> · plan prepared · plan #3
    `6` ⌚ <@22> · refused
    `5` ⌚ <@22> · plan prepared · plan #2
    `4` ⌚ <@22> · refused
    Each line is bound to the one before: `shellia audit verify`, on the machine of Maxis, checks it.
     Older
    ");
    real.server.stop().await;
}
