## Shellia : ce qu’elle fait faire à Maxis
choice-pending = plans
choice-pending-also = plan, pending, attente, en_attente, voir
choice-approve = approuver
choice-approve-also = approve, approuve, valider, valide
choice-reject = rejeter
choice-reject-also = reject, rejette, refuser, refuse
choice-stop = stop
choice-stop-also = arrêter, arrête, halt
choice-resume = reprendre
choice-resume-also = resume, reprends, reprise
choice-audit = journal
choice-audit-also = audit
choice-autonomy = autonomie
choice-autonomy-also = autonomy

## Un plan
plan-title = 📋 Plan #{ $number }
plan-shown = Plan #{ $number } : rien n’est fait tant qu’il n’est pas approuvé.
plan-is-committed = ✅ Plan #{ $number } : il est exécuté.
plan-is-rejected = ✖️ Plan #{ $number } : il est rejeté, rien n’a changé.
plan-is-expired = ⌛ Plan #{ $number } : il a expiré, rien n’a changé. Refaites la demande si elle tient toujours.
plan-is-failed = ⚠️ Plan #{ $number } : il n’a pas pu être exécuté.
plan-button-approve = Approuver
plan-button-reject = Rejeter
plan-button-show = Voir le plan #{ $number }
plan-approvals = Approbations
plan-approvals-count = { $have } sur { $needed }
plan-approvals-none = Aucune n’est nécessaire : c’est petit, et l’autonomie le permet
plan-expires = Ce plan
plan-expires-at = expire { $when }
plan-digest = Empreinte { $digest } · une approbation vaut pour ce qui est montré ici, et rien d’autre
plan-moment = { $shown } ({ $there }, { $zone })
plan-by-month = au mois
plan-by-year = à l’année
plan-more = { $count ->
    [one] … et { $count } autre
   *[other] … et { $count } autres
}
plan-promotion = Une promotion commence : **−{ $off }** sur { $target }.
plan-stop_promotion = La promotion n° { $of } s’arrête : { $target }.
plan-giveaway = Un concours est annoncé : **{ $prize }**, { $winners ->
    [one] { $winners } gagnant
   *[other] { $winners } gagnants
}.
plan-end_giveaway = Le concours n° { $of } se termine et se tire maintenant : **{ $prize }**, { $winners ->
    [one] { $winners } gagnant
   *[other] { $winners } gagnants
}.
plan-reroll = Au concours n° { $of } (**{ $prize }**), { $who } perd sa place au profit du suivant du classement.
plan-setting = **{ $name }** : { $before } → **{ $after }**
plan-resume = Tout reprend. L’arrêt date du { $since }.
plan-ends-else = Finirait sinon
plan-prices = Prix, avant → après
plan-price = { $item } : { $change }
plan-price-first-month = { $change } le premier mois, puis { $list }
plan-price-first-year = { $change } la première année, puis { $list }
plan-for = Pour qui
plan-for-first = Les membres dont c’est le premier achat
plan-for-everyone = Tout le monde
plan-prize = Lot
plan-prize-by-hand = À remettre par l’équipe : le bot ne le remet pas. Pour qu’il remette une formule ou un produit, `!concours_créer`.
plan-for-members = Tous les membres
plan-with-code = avec le code `{ $code }`
plan-uses = { $uses ->
    [one] { $uses } utilisation au plus
   *[other] { $uses } utilisations au plus
}
plan-buyers = { $count ->
    [0] Personne n’en a acheté ces 30 derniers jours
    [one] { $count } membre en a acheté ces 30 derniers jours
   *[other] { $count } membres en ont acheté ces 30 derniers jours
}
plan-where = Annoncé dans
plan-ends = Jusqu’à
plan-at-milestone = Commence à { $members } membres et dure { $hours } h
plan-replaces = Remplace ce qui était promis à ce palier
plan-replaces-prize = { $prize } · { $winners ->
    [one] { $winners } gagnant
   *[other] { $winners } gagnants
  } · { $hours } h
plan-replaces-plan = et à chacun la formule `{ $plan }` pour { $days ->
    [one] { $days } jour
   *[other] { $days } jours
  }
plan-replaces-role = et à chacun le rôle <@&{ $role }>
plan-cost = Coût attendu
plan-cost-unknown = Pas assez de données
plan-cost-between = Entre { $low } et { $high } (d’après { $weeks } semaines)
plan-done = ✅ Plan #{ $number } exécuté. { $done }
plan-failed = ⚠️ Plan #{ $number } : il n’a pas pu être exécuté, et rien n’a changé. { $why }
plan-read-back = État relu chez Maxis : { $state }.
plan-made-promotion = La promotion n° { $of } est lancée.
plan-made-stop_promotion = La promotion n° { $of } est arrêtée.
plan-made-giveaway = Le concours n° { $of } est lancé.
plan-made-milestone = Le concours du palier de { $of } membres est prêt.
plan-made-end_giveaway = Le concours n° { $of } se termine.
plan-made-reroll = Au concours n° { $of }, le gagnant est remplacé.
plan-made-setting = Le réglage est changé.
plan-made-resume = Tout reprend.
plan-automatic = 🤖 Fait automatiquement : c’est petit, et l’autonomie le permet.
plan-by-number = Ici, répondez « approuve { $number } » ou « rejette { $number } ».
plan-maybe-made = Aucune réponse n’est venue. Un plan a pu être préparé, sans rien changer : voyez `!maxis plans`.
plan-next-resume = Pour reprendre : `!maxis reprendre`.
plan-next-autonomy = Pour la remonter : `!maxis autonomie approbation`.
plan-next-pending = Pour les voir : `!maxis plans`.
plan-away = Rien n’est parti, rien n’a changé. Refaites la demande quand Maxis répondra.
plan-changed = Plan #{ $number } : ce n’est plus celui de la carte où vous avez appuyé. Rien n’est approuvé. Le voici tel qu’il est : regardez-le avant de décider.
plan-stopped-here = ⛔ Tout est arrêté : je n’envoie rien. Pour reprendre : `!maxis reprendre`, puis faites approuver.
plan-approval-unsure = Aucune réponse n’est venue : je ne sais pas si votre approbation du plan #{ $number } compte. Rien n’est exécuté. Appuyez de nouveau : elle ne compte qu’une fois.
plan-rejection-unsure = Aucune réponse n’est venue : je ne sais pas si le plan #{ $number } est rejeté. Sans approbation, il n’est pas exécuté. Rejetez-le de nouveau quand Maxis répondra.
plan-still-missing = Plan #{ $number } : votre approbation compte. { $missing ->
    [one] Il manque encore celle d’un autre opérateur.
   *[other] Il manque encore celles de { $missing } autres opérateurs.
} Est opérateur qui a le rôle choisi dans `/setup`, ou la permission « Gérer le serveur ».
plan-moved = 📋 Plan #{ $number } : quelque chose en a été décidé ailleurs. Un opérateur peut voir où il en est.
plan-half = 📋 Plan #{ $number } : une approbation est là, il manque encore celle d’un autre opérateur.
plan-none = Il n’y a pas de plan #{ $number } ici. Ceux qui attendent : `!maxis plans`.
plan-unsure = ❔ Plan #{ $number } : envoyé, mais aucune réponse n’est venue. Je ne le renvoie pas : je regarde chez Maxis ce qu’il est devenu, et je vous le dis ici.
plan-settled-done = J’ai retrouvé le plan #{ $number }, dont la réponse s’était perdue : il est bien fait, une seule fois.
plan-settled-not = J’ai retrouvé le plan #{ $number }, dont la réponse s’était perdue : il n’est pas fait.
plan-settled-again = J’ai retrouvé le plan #{ $number }, dont la réponse s’était perdue : il n’est pas fait, rien n’a changé. Approuvez de nouveau si vous le voulez toujours.
plan-settled-unknown = Je ne sais toujours pas ce qu’est devenu le plan #{ $number }, et je ne peux plus le demander. Regardez chez Maxis avant de refaire la demande.

## Plans qui attendent
pending-title = 📋 Plans qui attendent
pending-line = **#{ $number }** { $what } · { $have } sur { $needed } · expire { $expires }
pending-none = Aucun plan n’attend.
pending-unsettled = **#{ $number }** ❔ envoyé, réponse perdue : je cherche ce qu’il est devenu

## Tout arrêter
stop-done = ⛔ Tout est arrêté, chez Maxis comme chez moi : rien ne part plus, et les plans qui attendaient sont rejetés. Ce qui est en cours dans la boutique continue. Pour reprendre : `!maxis reprendre`.
stop-here-only = ⛔ Je suis arrêtée : je n’envoie plus rien. Mais Maxis ne répond pas et n’a pas pu être prévenu : je continue d’essayer, et je vous dis ici quand c’est fait.
stop-told = ⛔ Maxis est prévenu : tout est arrêté chez lui aussi.
order-lost = ⚠️ { $person } J’ai redémarré avant d’avoir répondu à ce que vous m’avez demandé à { $at } : ce n’est peut-être pas fait, et je ne le refais pas de moi-même. Regardez où en sont les plans avec `!maxis plans`, et redites-le-moi s’il le faut.
stop-refused = ⚠️ Maxis répond, mais ne s’arrête pas pour vous. Je reste arrêtée.
stop-lifted = ▶️ Maxis n’est plus arrêté : je reprends aussi.

## L’autonomie
autonomy-now = Autonomie : { $now }
autonomy-stopped = ⛔ Tout est arrêté ({ $since }) : pour reprendre, `!maxis reprendre`.
autonomy-off = **éteinte**. Je réponds aux questions, je ne prépare rien.
autonomy-suggest = **suggestion**. Je prépare des plans, personne ne les approuve.
autonomy-approve = **approbation**. Je prépare des plans, vous les approuvez.
autonomy-automatic = **automatique**. Comme l’approbation, et ce qui est petit se fait tout seul.
autonomy-name-off = Éteinte
autonomy-name-suggest = Suggestion
autonomy-name-approve = Approbation
autonomy-name-automatic = Automatique
autonomy-press = Appuyez pour la changer.
autonomy-unknown = Je connais quatre autonomies : `éteinte`, `suggestion`, `approbation`, `automatique`.

## Le journal
audit-title = 📜 Journal de ce que j’ai fait faire
audit-none = Le journal est vide.
audit-footer = Chaque ligne est liée à celle d’avant : `shellia audit verify`, sur la machine de Maxis, le vérifie.
audit-older = Plus ancien
journal-planned = plan préparé
journal-approved = approuvé
journal-rejected = rejeté
journal-committed = exécuté
journal-failed = pas pu être exécuté
journal-stopped = tout arrêté
journal-resumed = tout repris
journal-autonomy = autonomie changée
journal-refused = refusé

## Ce que Maxis ne sait pas faire, ou ce qui manque
order-audience = Je ne sais pas viser ce groupe : une promotion est pour tout le monde, ou pour les membres dont c’est le premier achat. Redites-le-moi avec l’un des deux.
order-giveaway-audience = D’ici, un concours est pour tous les membres. Pour en réserver un, tapez `!concours_créer`.
order-reroll-why = Pourquoi remplacer le gagnant du concours n° { $number } ? La raison est publiée avec le tirage.
order-setting-unknown = Ce réglage ne se change pas d’ici. Ceux que je peux changer : `language`, `time_zone`, `support_channel`, `staff_channel`.
which-promotion = Laquelle arrêter ?
which-no-promotion = Aucune promotion en cours ou à venir ne correspond. Celles qu’il y a : `!maxis promos`.
which-giveaway = Lequel ?
which-no-giveaway = Aucun concours n’est ouvert.
which-no-drawn = Aucun concours n’a de gagnants à remplacer.
plan-autonomy = **Autonomie** : { $before } → **{ $after }**
plan-made-autonomy = L’autonomie est changée.
