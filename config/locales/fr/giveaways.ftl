## Noms et descriptions des commandes de concours
cmd-giveaway-name = concours
cmd-giveaway = Voir les concours en cours, vos chances, et participer
cmd-giveaway_proof-name = concours_preuve
cmd-giveaway_proof = Obtenir la preuve que vous êtes dans la liste d’un tirage ; pour l’équipe, le fichier complet
cmd-giveaway_create-name = concours_créer
cmd-giveaway_create = Lancer un concours, avec un tirage que chacun peut vérifier
cmd-giveaway_end-name = concours_terminer
cmd-giveaway_end = Terminer un concours maintenant et tirer les gagnants
cmd-giveaway_pause-name = concours_pause
cmd-giveaway_pause = Mettre un concours en pause, ou le reprendre
cmd-giveaway_extend-name = concours_prolonger
cmd-giveaway_extend = Repousser la fin d’un concours
cmd-giveaway_move-name = concours_déplacer
cmd-giveaway_move = Continuer un concours dans un autre salon
cmd-giveaway_cancel-name = concours_annuler
cmd-giveaway_cancel = Annuler un concours avant son tirage
cmd-giveaway_reroll-name = concours_remplacer
cmd-giveaway_reroll = Remplacer un gagnant par le suivant du classement
cmd-giveaway_entrants-name = concours_participants
cmd-giveaway_entrants = Voir qui participe à un concours
cmd-giveaway_repeat-name = concours_répéter
cmd-giveaway_repeat = Refaire un concours chaque semaine, au même jour et à la même heure
cmd-giveaway_repeat_stop-name = concours_ne_plus_répéter
cmd-giveaway_repeat_stop = Ne plus refaire un concours, ou voir ceux qui reviennent
cmd-milestones-name = paliers
cmd-milestones = Voir les paliers de membres, et ce que chacun déclenche
cmd-milestones_channel-name = paliers_salon
cmd-milestones_channel = Annoncer les paliers dans un salon, ou ne plus les annoncer
cmd-milestone_set-name = palier_définir
cmd-milestone_set = Ajouter ou changer un palier : ce qui se gagne quand le serveur compte tant de membres
cmd-milestone_remove-name = palier_retirer
cmd-milestone_remove = Retirer un palier qui n’est pas atteint

## Options
opt-giveaway-name = concours
opt-giveaway = Numéro du concours, par exemple 3
opt-prize-name = lot
opt-prize = Ce qui est à gagner, en une ligne (entre guillemets si vous tapez la commande)
opt-winners-name = gagnants
opt-winners = Combien de gagnants, de 1 à 10 000
opt-giveaway_channel-name = salon
opt-giveaway_channel = Où il est annoncé ; sinon, ici
opt-won_product-name = produit
opt-won_product = Le produit de la boutique à gagner, par son nom ou son code
opt-won_variant-name = variante
opt-won_variant = La variante du produit à gagner ; sinon, la première
opt-won_coupon-name = réduction
opt-won_coupon = Un code promo pour chaque gagnant, à lui seul : 20 % ou 5 €
opt-coupon_days-name = jours_du_code
opt-coupon_days = Pendant combien de jours le code compte, au plus 90 ; sinon, 30
opt-any_role-name = un_des_rôles
opt-any_role = Il faut l’un de ces rôles, mentionnés les uns après les autres
opt-all_roles-name = tous_les_rôles
opt-all_roles = Il faut tous ces rôles
opt-no_role-name = aucun_rôle
opt-no_role = Ces rôles ne participent pas
opt-needs_plan-name = formule_requise
opt-needs_plan = Il faut cette formule
opt-account_days-name = âge_du_compte
opt-account_days = Âge minimal du compte Discord, en jours
opt-member_days-name = ancienneté
opt-member_days = Jours passés sur le serveur
opt-bonus_role-name = rôle_bonus
opt-bonus_role = Ce rôle donne des chances en plus
opt-bonus_entries-name = chances_bonus
opt-bonus_entries = Combien de chances en plus ; sinon, une
opt-giveaway_begins-name = début
opt-giveaway_begins = Quand il commence : dans 3j, ou le 24/12 8h ; sinon tout de suite
opt-claim_hours-name = délai
opt-claim_hours = Heures pour réclamer son lot ; 0 : donné sans rien réclamer ; sinon 48
opt-fairness-name = tirage
opt-fairness = D’où vient le hasard
opt-giveaway_text-name = texte
opt-giveaway_text = Quelques mots de plus, au plus 1 000 caractères
opt-reroll_reason-name = raison
opt-reroll_reason = Pourquoi ce gagnant est remplacé
opt-note-name = note
opt-note = Quelques mots, publics : ils restent dans le journal du tirage
opt-weekday-name = jour
opt-weekday = Le jour de la semaine
opt-time_of_day-name = heure
opt-time_of_day = L’heure, dans le fuseau du serveur : 18h ou 18:30
opt-entrants_after-name = après
opt-entrants_after = Les participants suivants
opt-step-name = étape
opt-step = Le message expliqué
opt-milestones_in-name = salon
opt-milestones_in = Où les paliers sont annoncés ; sinon, ici
opt-milestones_off-name = arrêter
opt-milestones_off = Ne plus annoncer les paliers
opt-milestone_members-name = membres
opt-milestone_members = Combien de membres, de 2 à 1 000 000
opt-reward-name = récompense
opt-reward = Ce qui est à gagner, en une ligne, remis par l’équipe
opt-lasts_hours-name = heures
opt-lasts_hours = Combien d’heures dure le concours

## Choix
choice-monday = lundi
choice-tuesday = mardi
choice-wednesday = mercredi
choice-thursday = jeudi
choice-friday = vendredi
choice-saturday = samedi
choice-sunday = dimanche
choice-fair_beacon = Hasard public (drand) : personne ne le connaît d’avance
choice-fair_secret = Secret du bot, dont l’empreinte est publiée d’avance
choice-rule_broken = Règle non respectée
choice-duplicate_account = Compte en double
choice-left_server = A quitté le serveur
choice-banned = Banni
choice-requirement_lost = Ne remplit plus les conditions
choice-declined = Ne veut pas du lot
choice-unreachable = Injoignable
choice-other = Autre

## Formulaires
form-giveaway_create = Lancer un concours
form-giveaway_end = Terminer un concours
form-giveaway_pause = Mettre un concours en pause
form-giveaway_extend = Prolonger un concours
form-giveaway_move = Déplacer un concours
form-giveaway_cancel = Annuler un concours
form-giveaway_reroll = Remplacer un gagnant
form-giveaway_entrants = Voir qui participe
form-giveaway_proof = Preuve d’un tirage
form-giveaway_repeat = Refaire un concours
form-giveaway_repeat_stop = Ne plus refaire un concours
label-weekday = Jour
label-time_of_day = Heure
form-milestone_set = Définir un palier
form-milestone_remove = Retirer un palier
label-milestone_members = Nombre de membres
label-reward = Récompense
label-lasts_hours = Durée en heures
hint-milestone_set-milestone_members = 100
hint-milestone_set-reward = 1 000 pièces
hint-milestone_set-lasts_hours = 72
hint-milestone_set-winners = 3
hint-milestone_remove-milestone_members = 100
hint-giveaway_repeat-giveaway = 3
hint-giveaway_repeat_stop-giveaway = 3
hint-giveaway_repeat-weekday = vendredi
hint-giveaway_repeat-time_of_day = 18h
label-giveaway = Numéro du concours
label-prize = Lot
label-winners = Nombre de gagnants
label-giveaway_text = Texte
label-reroll_reason = Raison
hint-giveaway_proof-giveaway = 3
hint-giveaway_end-giveaway = 3
hint-giveaway_pause-giveaway = 3
hint-giveaway_extend-giveaway = 3
hint-giveaway_move-giveaway = 3
hint-giveaway_cancel-giveaway = 3
hint-giveaway_reroll-giveaway = 3
hint-giveaway_entrants-giveaway = 3
hint-giveaway_reroll-reroll_reason = Règle non respectée
hint-giveaway_create-prize = Une clé du jeu
hint-giveaway_create-winners = 1
hint-giveaway_create-duration = 30 min, 48h, 3j, 2 semaines, 24/12 18h
hint-giveaway_create-giveaway_text = Facultatif
hint-giveaway_extend-duration = 24h de plus, ou 24/12 18h

## Le concours
giveaway-state-scheduled = à venir
giveaway-state-open = ouvert
giveaway-state-paused = en pause
giveaway-state-drawing = tirage en cours
giveaway-state-drawn = gagnants tirés
giveaway-state-done = terminé
giveaway-state-cancelled = annulé
giveaway-field-state = État
giveaway-field-starts = Début
giveaway-field-ends = Fin
giveaway-field-winners = Gagnants
giveaway-field-entries = Participants
giveaway-field-prize = Lot
giveaway-field-host = Proposé par
giveaway-field-asks = Conditions
giveaway-field-rules = Règles
giveaway-field-own = Vous
giveaway-end-waits = en attente : la durée de la pause s’ajoute
giveaway-footer = Concours #{ $number }
giveaway-prize-plan = La formule { $plan } pendant { $days } { $days ->
        [one] jour
       *[other] jours
    }
giveaway-prize-role = Le rôle { $role }
giveaway-prize-role-days = Le rôle { $role } pendant { $days } { $days ->
        [one] jour
       *[other] jours
    }
giveaway-prize-product = { $product }, livré par la boutique
giveaway-prize-hand = Remis par l’équipe
giveaway-prize-coupon = Un code promo de { $off }, à utiliser une fois en { $days } { $days ->
        [one] jour
       *[other] jours
    }
giveaway-asks-any = • Avoir l’un de ces rôles : { $roles }
giveaway-asks-all = • Avoir ces rôles : { $roles }
giveaway-asks-none = • Ne pas avoir : { $roles }
giveaway-asks-plan = • Avoir la formule { $plan }
giveaway-asks-account = • Un compte Discord d’au moins { $days } jours
giveaway-asks-member = • Être sur le serveur depuis au moins { $days } jours
giveaway-asks-nothing = Aucune
giveaway-bonus = • { $role } : { $more ->
        [one] 1 chance
       *[other] { $more } chances
    } en plus, si vous avez ce rôle à la fin
giveaway-rules = Participation gratuite, une fois par personne. Les conditions sont revérifiées au tirage.
giveaway-claim-none = Les lots sont remis sans rien réclamer.
giveaway-claim-hours = Un lot se réclame par bouton dans les { $hours } h, sinon il passe au suivant.
giveaway-fair-quicknet = Tirage par le hasard public de drand : chacun peut le vérifier.
giveaway-fair-sandbox = ⚠️ Bac à sable : ce hasard est local et ne prouve rien.
giveaway-fair-none = Tirage par un secret dont l’empreinte est publiée d’avance.
giveaway-list = 🎉 Concours
giveaway-list-page = Page { $page } sur { $pages } : { $all } concours, d’abord ceux en cours.
giveaway-list-none = Aucun concours en cours. Le prochain sera annoncé sur le serveur.
giveaway-list-none-staff = Aucun concours en cours. Lancez-en un avec `/concours_créer`.
giveaway-own-chance = ✅ Vous participez : environ { $chance } de chances pour l’instant{ $weight ->
        [1] {""}
       *[other] {" "}(poids { $weight })
    }.
giveaway-own-none = Vous ne participez pas encore.
button-giveaway-enter = Participer
button-giveaway-leave = Ne plus participer
button-giveaway-fair = Vérifier
button-giveaway-claim = Réclamer mon lot
button-giveaway-given = Lot remis
button-giveaway-more = Suite
button-giveaway-order = Voir mon lot
button-giveaway-proof = Ma preuve

## Participer
giveaway-in = 🎉 C’est noté, vous participez à **{ $title }** ! Environ { $chance } de chances pour l’instant{ $weight ->
        [1] {""}
       *[other] {" "}(poids { $weight })
    }.
giveaway-in-before = ✅ Vous participez déjà à **{ $title }** : environ { $chance } de chances pour l’instant{ $weight ->
        [1] {""}
       *[other] {" "}(poids { $weight })
    }.
giveaway-left = Vous ne participez plus à **{ $title }**.
giveaway-left-before = Vous ne participiez pas à **{ $title }**.
giveaway-refused-any = Ce concours demande l’un de ces rôles : { $roles }.
giveaway-refused-all = Il vous manque pour ce concours : { $roles }.
giveaway-refused-none = Ce concours n’est pas ouvert à : { $roles }.
giveaway-refused-plan = Ce concours est réservé à la formule { $plan }. Elle est dans `/formules`.
giveaway-refused-account = Il faut un compte Discord d’au moins { $days } jours. Le vôtre aura cet âge { $at }.
giveaway-refused-member = Il faut être sur le serveur depuis au moins { $days } jours. Ce sera le cas { $at }.
giveaway-refused-unknown = Discord ne dit pas depuis quand vous êtes sur le serveur. Réessayez avec le bouton de l’annonce.

## L’équipe
giveaway-made = 🎉 Concours #{ $number } créé : **{ $title }**. Il est annoncé dans { $channel } d’ici quelques secondes et finit le { $ends }.
giveaway-planned = ⏳ Concours #{ $number } prévu : **{ $title }**. Il sera annoncé dans { $channel } le { $starts } et finira le { $ends }.
giveaway-ending = 🎲 Concours #{ $number } : **{ $title }** finit le { $ends }. La fin est annoncée de nouveau, puis les gagnants sont tirés.
giveaway-paused = ⏸️ Concours #{ $number } : **{ $title }** est en pause. Reprenez-le avec la même commande : la fin recule d’autant.
giveaway-resumed = ▶️ Concours #{ $number } : **{ $title }** reprend et finit le { $ends }.
giveaway-extended = ⏳ Concours #{ $number } : **{ $title }** finit désormais le { $ends }. Cette fin est annoncée.
giveaway-moved = ↪️ Concours #{ $number } : **{ $title }** continue dans { $channel }.
giveaway-cancelled = 🛑 Concours #{ $number } : **{ $title }** est annulé.
giveaway-cancelled-repeats = 🔁 Il revient quand même le { $next } : l’annuler n’arrête que celui-ci. Pour tout arrêter : `/concours_ne_plus_répéter`.
giveaway-rerolling = 🔁 Concours #{ $number } : { $winner } sera remplacé pour **{ $title }** par le suivant du classement, annoncé dans le salon.
giveaway-entrants = 👥 { $title } : { $count ->
        [one] { $count } participant
       *[other] { $count } participants
    }, { $total ->
        [one] { $total } chance
       *[other] { $total } chances
    }
giveaway-entrants-none = Personne pour l’instant.
giveaway-was-given = ✅ Concours #{ $number } : { $winner } a reçu **{ $title }**, noté par { $by }.
giveaway-was-given-before = C’était déjà noté : { $winner } a reçu **{ $title }** (concours #{ $number }). Rien n’est à remettre une seconde fois.
giveaway-repeats = 🔁 Concours #{ $number } : **{ $title }** revient chaque { $day } à { $time } ({ $zone }), la prochaine fois le { $next }, et dure chaque fois { $length }. Pour une autre durée, la même commande avec `heures=`. Pour arrêter : `/concours_ne_plus_répéter`.
giveaway-repeats-no-more = Concours #{ $number } : **{ $title }** ne revient plus.
giveaway-repeats-not = Concours #{ $number } : **{ $title }** ne revenait pas.
giveaway-repeats-none = Aucun concours ne revient. `/concours_répéter` en fait revenir un chaque semaine.
giveaway-repeats-list = 🔁 Concours qui reviennent, le prochain d’abord :
giveaway-repeats-line = • #{ $number } : **{ $title }**, le { $next }
button-giveaway-repeat-stop = Ne plus refaire #{ $number }
giveaway-not-repeated = ⚠️ Concours #{ $number } (**{ $title }**) devait revenir et n’a pas pu : { $why } Il sera retenté la fois suivante.
giveaway-by-hand = 🎁 Concours #{ $number } : { $winner } attend **{ $title }**, à remettre par l’équipe.
giveaway-by-hand-role = 🎁 Concours #{ $number } : { $winner } attend **{ $title }**, mais le rôle à gagner n’existe plus. Remettez-lui autre chose ou recréez le rôle, puis notez-le ici.
giveaway-trouble = ⚠️ Concours #{ $number } (**{ $title }**) : je ne peux plus rien publier dans { $channel }. { $why } Je réessaie de moi-même ; rien n’est tiré d’ici là. Pour y renoncer : `/concours_annuler`.
giveaway-trouble-drawn = ⚠️ Concours #{ $number } (**{ $title }**) : les gagnants sont tirés, mais je ne peux plus rien publier dans { $channel }. { $why } Je les préviens en message privé, où ils peuvent réclamer leur lot ; leur délai ne court pas d’ici là.
giveaway-trouble-done = ⚠️ Concours #{ $number } (**{ $title }**) est terminé, mais son dernier message n’a pas pu être publié dans { $channel }. { $why }
giveaway-trouble-gone = Le salon n’existe plus : continuez dans un autre avec `/concours_déplacer`.
giveaway-trouble-no_access = Je ne vois plus ce salon : rendez-m’en l’accès.
giveaway-trouble-no_permission = Il me manque une permission : envoyer des messages, intégrer des liens et joindre des fichiers.

## Ce qui est publié
giveaway-terms = 📜 Concours #{ $number } : **{ $title }**. Fin : { $ends } · gagnants : { $winners }
    { $source }
    Empreinte des conditions : `{ $digest }`
giveaway-terms-anew = 📜 Concours #{ $number } : **{ $title }**. Les conditions ont changé ; seules celles-ci comptent. Fin : { $ends } · gagnants : { $winners }
    { $source }
    Empreinte des conditions : `{ $digest }`
giveaway-terms-quicknet = Hasard : tour { $round } de drand quicknet, que personne ne connaît encore.
giveaway-terms-sandbox = ⚠️ Hasard : tour { $round } du bac à sable, qui ne prouve rien.
giveaway-terms-none = Hasard : un secret, d’empreinte `{ $hash }`, révélé au tirage.
giveaway-commitment = 🔒 Concours #{ $number } : **{ $title }**. La liste est figée : { $entries ->
        [one] { $entries } participation
       *[other] { $entries } participations
    }.
    Empreinte de la liste : `{ $digest }`
giveaway-waits = ⏳ Concours #{ $number } : **{ $title }**. Le hasard public ne répond pas encore. Le tirage attend et se fera avec le tour promis, avec aucun autre.
giveaway-waits-members = ⏳ Concours #{ $number } : **{ $title }**. Les inscriptions sont closes, mais Discord ne me dit pas encore qui a quels rôles. Le tirage attend, et les chances en plus compteront comme annoncé.
giveaway-nobody = Concours #{ $number } : **{ $title }** est terminé sans participant. Pas de tirage.
giveaway-no-winner = Concours #{ $number } : **{ $title }**. Personne de la liste ne remplit encore les conditions : pas de gagnant.
giveaway-won = 🏆 Concours #{ $number } : **{ $title }**. { $count ->
        [one] Bravo { $winners } !
       *[other] Bravo à { $winners } !
    }
giveaway-news = 🎲 Concours #{ $number } : **{ $title }**.
giveaway-more = et { $more } autres
giveaway-out = 🚫 Rang { $rank } écarté : { $why }.
giveaway-out-many = 🚫 { $count } places passées ; le détail sera dans le fichier du tirage, publié à la fin.
giveaway-rerolled-many = 🔁 { $count ->
        [one] { $count } remplacement plus ancien est
       *[other] { $count } remplacements plus anciens sont
    } dans le fichier du tirage, publié à la fin.
giveaway-rerolled = 🔁 La place de { $old } va à quelqu’un d’autre ({ $why }). Bravo { $new } !
giveaway-nobody-left = 🔁 La place de { $old } est libre ({ $why }). Il ne reste personne dans le classement.
giveaway-claim-now = Réclamez votre lot par le bouton, dans les { $hours } h.
giveaway-head = Journal du tirage : `{ $head }`
giveaway-done = 🏁 Concours #{ $number } : **{ $title }** est terminé. Le fichier ci-joint permet à chacun de vérifier le tirage ; il ne nomme que les gagnants.
giveaway-done-large = 🏁 Concours #{ $number } : **{ $title }** est terminé. Le fichier du tirage ({ $size } Mio) est trop grand pour Discord. Son empreinte SHA-256 : `{ $digest }`
    Qui héberge le bot l’obtient par `shellia export-draw`, et chacun peut le lui demander. Chaque participant a sa preuve par `/concours_preuve`.
giveaway-told-claim = 🏆 Vous avez gagné **{ $title }** ! Réclamez votre lot par le bouton, ici ou dans { $channel }, dans les { $hours } h.
giveaway-told-claim-here = 🏆 Vous avez gagné **{ $title }** ! Le salon du concours n’est pas accessible pour l’instant : réclamez votre lot ici, par le bouton.
giveaway-told-hand = 🏆 Vous avez gagné **{ $title }** ! L’équipe vous le remet bientôt.
giveaway-told-delivered = 🏆 Vous avez gagné **{ $title }** ! C’est déjà à vous ; l’annonce est dans { $channel }.
giveaway-told-later = 🏆 Vous avez gagné **{ $title }** ! C’est à vous ; comme vous payez déjà cette formule, ces jours commenceront quand votre abonnement prendra fin. L’annonce est dans { $channel }.
giveaway-also-later = ⏳ Vous payez déjà la formule que vous gagnez en plus : ces jours commenceront quand votre abonnement prendra fin. Rien n’en est perdu.
giveaway-claimed = 🎁 **{ $title }** est à vous, bravo !
giveaway-claimed-later = 🎁 **{ $title }** est à vous, bravo ! Comme vous payez déjà cette formule, ces jours commenceront quand votre abonnement prendra fin : rien n’en est perdu.
giveaway-claimed-hand = 🎁 C’est noté, bravo ! L’équipe vous remet **{ $title }** bientôt.
giveaway-claimed-code = 🎁 **{ $title }** est à vous, bravo ! Votre code : `{ $code }`, pour vous seul, une fois, jusqu’au { $until }. Gardez-le avec `/code`, ou rappelez cette réponse par le même bouton.
giveaway-claimed-given = 🎁 L’équipe a déjà noté que vous avez reçu **{ $title }**. Sinon, écrivez-lui avec `/ticket_créer`.
giveaway-reason-left_server = n’est plus sur le serveur
giveaway-reason-banned = banni
giveaway-reason-requirement_lost = ne remplit plus les conditions
giveaway-reason-rule_broken = règle non respectée
giveaway-reason-duplicate_account = compte en double
giveaway-reason-unclaimed = lot non réclamé à temps
giveaway-reason-declined = ne veut pas du lot
giveaway-reason-unreachable = injoignable
giveaway-reason-other = autre raison

## Vérifier
giveaway-fair = 🔎 **Comment vérifier le concours #{ $number }**
    1. Avant, l’empreinte des conditions est publiée : fin, gagnants, et le tour de hasard qui comptera.
    2. À la fin, la liste est figée et son empreinte publiée avant que ce hasard existe. Votre preuve (`/concours_preuve`) montre que vous y êtes.
    3. Le hasard et la liste donnent un classement complet, que personne ne choisit. Un remplaçant est toujours le suivant.
    4. À la fin, le fichier du tirage est publié : `shellia verify-draw FICHIER` le vérifie, ou tout programme écrit d’après `docs/FAIR_DRAWS.md`. Comparez ses trois empreintes avec les messages.
giveaway-proof = 🧾 Votre preuve : `shellia verify-draw` doit y trouver l’empreinte publiée, `{ $digest }`.
giveaway-proof-open = 🧾 Le fichier complet du tirage, pour l’équipe : il nomme tous les participants. Empreinte publiée : `{ $digest }`.

## Ce qui ne va pas
error-giveaway-none = Aucun concours sous ce numéro. Ceux en cours sont dans `/concours`.
error-giveaway-ends-first = La fin doit venir après le début, et dans l’avenir.
error-giveaway-too-short = Un concours dure au moins une minute.
error-giveaway-too-long = Un concours finit dans l’année.
error-giveaway-no-prize = Ce lot n’existe pas ou ne peut pas être donné. Vérifiez la formule, le rôle ou le produit.
error-giveaway-one-prize = Choisissez un seul lot : une formule, un rôle, un produit ou une réduction. Sans rien, l’équipe le remet.
error-giveaway-days-of-what = Des jours de quoi ? Ajoutez une formule ou un rôle.
error-giveaway-coupon-claim = Un code promo se réclame par bouton, pour que son gagnant seul le lise : laissez un délai d’au moins une heure.
error-giveaway-no-plan = La formule demandée n’existe pas.
error-giveaway-everyone = Le rôle @everyone est celui de tout le monde : il ne peut être ni demandé, ni exclu, ni donner de chances. Choisissez-en un autre.
error-giveaway-nobody-may = Personne ne pourrait participer : un même rôle est demandé et exclu.
error-giveaway-channel = Ce salon n’est pas un salon textuel de ce serveur. Choisissez-en un avec l’option du salon.
error-giveaway-permissions = Il me manque une permission dans ce salon : le voir, envoyer des messages, intégrer des liens et joindre des fichiers. Donnez-la-moi, ou choisissez un autre salon.
error-giveaway-over = Ce concours est terminé ou annulé, ou son tirage a commencé : plus rien n’y change.
error-giveaway-time = L’heure s’écrit 18h, 18h30 ou 18:30.
error-giveaway-repeats-many = Ce serveur a déjà 20 concours qui reviennent. Arrêtez-en un d’abord.
error-giveaway-not-open = Ce concours n’est pas ouvert.
error-giveaway-not-later = Cette fin n’est pas après l’actuelle. Pour finir plus tôt, utilisez `/concours_terminer`.
error-giveaway-not-begun = Ce concours n’a pas encore commencé. Réessayez dans quelques secondes, ou à son début.
error-giveaway-paused = Ce concours est en pause. Revenez quand il reprend.
error-giveaway-cancelled = Ce concours est annulé.
error-giveaway-ended = Ce concours est terminé : on n’y entre plus, et l’on n’en sort plus.
error-giveaway-not-won = Vous n’avez pas de lot à réclamer dans ce concours.
error-giveaway-claim-late = Trop tard : le délai est passé, ou votre place est allée au suivant.
error-giveaway-replaced = L’équipe a demandé votre remplacement pour ce lot : il ne peut plus être réclamé. Si c’est une erreur, écrivez-lui avec `/ticket_créer`.
error-giveaway-replaced-staff = Son remplacement a été demandé : ce lot va au suivant du classement.
error-giveaway-left = Vous n’êtes plus sur le serveur de ce concours. Revenez-y, puis réclamez votre lot.
error-giveaway-there = Ce concours est déjà dans ce salon. Choisissez-en un autre avec l’option du salon.
error-giveaway-no-winner = Aucun gagnant de ce nom n’attend son lot dans ce concours.
error-giveaway-nobody-waits = Personne n’attend de lot dans ce concours en ce moment. Un remplacement que vous avez déjà demandé est annoncé dans le salon.
error-giveaway-nothing-to-give = Rien n’est à remettre à cette personne.
error-giveaway-which-winner = Plusieurs gagnants attendent leur lot. Dites lequel avec l’option du membre.
error-giveaway-all-given = Ce concours est fini, plus aucun lot n’attend : plus personne n’est remplacé.
error-giveaway-not-drawn = Les gagnants ne sont pas encore tirés.
error-giveaway-too-old = Ce concours est fini depuis plus de 14 jours : plus personne n’est remplacé.
error-giveaway-not-frozen = La liste de ce concours n’est pas encore figée. La preuve existe après la fin.
error-giveaway-no-entry = Vous n’êtes pas dans la liste de ce concours.
error-giveaway-file-large = Ce fichier est trop grand pour Discord. Qui héberge le bot l’obtient par `shellia export-draw SERVEUR CONCOURS FICHIER --open`.
error-giveaway-key = La clé de la demande doit compter de 1 à 100 caractères ASCII visibles, sans espace.
error-giveaway-key-used = Cette clé a déjà servi pour une autre demande. Prenez-en une nouvelle.

## Paliers
milestones = 🎯 Paliers de membres
milestones-never = Les paliers sont éteints. Choisissez où ils s’annoncent avec `/paliers_salon` : les paliers habituels sont alors en place, et chacun se change avec `/palier_définir`.
milestones-on = Annoncés dans { $channel }. Chaque palier compte une seule fois, quand le serveur grandit.
milestones-off = Éteints : rien n’est annoncé. Rallumez-les avec `/paliers_salon`.
milestones-count = Le serveur compte { $members } membres d’après Discord, robots compris ; au plus : { $peak }.
milestone-line = **{ $members } membres** : { $reward } · { $hours } h · { $winners ->
        [one] 1 gagnant
       *[other] { $winners } gagnants
    }
milestone-reached = ✅ atteint le { $at }, concours #{ $number }
milestone-reached-without = ⚠️ atteint le { $at }, sans concours
milestone-passed = ➖ dépassé avant que je compte
milestone-ahead = ⏳ à venir
milestone-text = 🎯 Nous sommes { $members } ! Merci à chacun de vous.
milestones-now-on = 🎯 Les paliers de membres s’annoncent dans { $channel }. Je compte à partir de maintenant : ce que le serveur a déjà dépassé ne compte pas. Les voir : `/paliers`.
milestones-by-hand = Ce que les paliers promettent en mots, pièces comprises, c’est l’équipe qui le remet. `/palier_définir` change un palier, `/palier_retirer` l’enlève.
milestones-now-off = Les paliers de membres ne s’annoncent plus.
milestone-was-set = ✅ { $milestone }
milestone-was-removed = ✅ Le palier de { $members } membres est retiré.
milestone-without = ⚠️ Le palier de { $members } membres est atteint, mais son concours n’a pas pu être créé : { $why } Lancez-le vous-mêmes avec `/concours_créer`.
milestone-reward-50 = 500 pièces
milestone-reward-100 = 1 000 pièces et un rôle
milestone-reward-250 = 2 500 pièces et un lot
milestone-reward-500 = 5 000 pièces et un rôle
milestone-reward-1000 = 10 000 pièces, un rôle et un badge
milestone-reward-2500 = 25 000 pièces
milestone-reward-5000 = 50 000 pièces
error-milestone-off = Les paliers ne sont pas encore en place. Choisissez d’abord où ils s’annoncent avec `/paliers_salon`.
error-milestone-where = Choisissez un salon, ou arrêtez : pas les deux.
error-milestone-reached = Ce palier est déjà atteint : il ne change plus et ne revient pas.
error-milestone-passed = Le serveur a déjà compté autant de membres : ce palier ne serait jamais atteint. Choisissez un nombre plus grand.
error-milestone-many = Ce serveur a déjà 25 paliers. Retirez-en un d’abord.
error-milestone-none = Aucun palier à ce nombre de membres. Les voir : `/paliers`.
