## Shellia : ce qu’elle demande à Maxis
opt-details-name = précision
opt-details = Selon la demande : hier ; 20% pro 48h ; stop 3 ; ventes, litiges ; un numéro de plan…
choice-analytics = chiffres
choice-analytics-also = analytics, analytique, statistiques, stats
choice-report = rapport
choice-report-also = report, bilan, récap
choice-config = réglages
choice-config-also = config, réglage, paramètres
choice-promos = promos
choice-promos-also = promo, promotions, promotion
choice-giveaways = concours
choice-giveaways-also = giveaways, giveaway
choice-tickets = tickets
choice-tickets-also = ticket
maxis-analytics-title = 📊 La boutique · { $span }
maxis-others = {" "}· aussi en { $currencies } : ajoutez la devise derrière la période
maxis-period-unknown = Je n’ai pas reconnu cette période. Essayez par exemple `30j`, `hier`, `la semaine dernière`, `ce mois-ci` ou `novembre` ; un an au plus.
maxis-field-giveaways = Concours
maxis-field-promotions = Promotions
maxis-field-tickets = Tickets
maxis-giveaways-line = { $made ->
    [one] **{ $made }** créé
   *[other] **{ $made }** créés
} · { $entries ->
    [one] **{ $entries }** participation
   *[other] **{ $entries }** participations
} · { $drawn ->
    [one] **{ $drawn }** avec des gagnants
   *[other] **{ $drawn }** avec des gagnants
}
maxis-promotions-line = { $ran ->
    [one] **{ $ran }** a eu cours
   *[other] **{ $ran }** ont eu cours
} · { $uses ->
    [one] **{ $uses }** commande
   *[other] **{ $uses }** commandes
} pour **{ $revenue }**, dont la remise a coûté **{ $discount }**
maxis-tickets-line = { $opened ->
    [one] **{ $opened }** ouvert
   *[other] **{ $opened }** ouverts
} · { $closed ->
    [one] **{ $closed }** réglé
   *[other] **{ $closed }** réglés
} · **{ $breached }** hors délai
maxis-tickets-first = première réponse en { $span } (médiane)
maxis-tickets-resolution = réglé en { $span } (médiane)
maxis-tickets-title = 🎫 Tickets · { $span }
maxis-tickets-standing = Où ils en sont (30 derniers jours)
maxis-report-title = 🗓️ Le bilan · { $span }
maxis-report-orders = **{ $paid }** sur { $placed ->
    [one] { $placed } passée
   *[other] { $placed } passées
}
maxis-report-tickets = Tickets réglés
maxis-promos-none = Aucune promotion en cours ni à venir.
maxis-promo-did = { $uses } { $count ->
    [one] utilisation
   *[other] utilisations
}, { $spent } de remises
maxis-promo-begins = commence { $when }
maxis-promo-ends = finit { $when }
maxis-giveaways-none = Aucun concours en cours ni à venir.
maxis-giveaway-winners = { $winners ->
    [one] { $winners } gagnant
   *[other] { $winners } gagnants
}
maxis-config-title = ⚙️ Les réglages de Maxis
maxis-config-footer = 🔒 : se change seulement sur la machine de Maxis. Langue, fuseau et salons se changent ici : `!maxis config set langue en`.
maxis-config-unset = non défini
maxis-config-percent = { $value } %
maxis-config-days = { $value } jours
maxis-config-unknown = Je ne connais pas ce réglage. Ceux que Maxis me montre : { $keys }.
setting-language = Langue
setting-time_zone = Fuseau horaire
setting-support_channel = Salon du support
setting-staff_channel = Salon de l’équipe
setting-currency = Devise
setting-promotion_cap = Plafond des promotions
setting-cooldown = Repos entre deux promotions

## Questions posées d’une phrase
cmd-shellia-name = shellia
cmd-shellia = Demander quelque chose à Shellia, avec vos mots
opt-sentence-name = phrase
opt-sentence = Par exemple : combien de ventes hier ?
metric-revenue = Encaissé, taxes comprises
metric-orders = Commandes payées
metric-mrr = Revenu mensuel récurrent
metric-conversion = Conversion
metric-refunds = Remboursé
metric-churn = Abonnements perdus
metric-disputes = Litiges
metric-members = Membres
metric-subscribers = Abonnements en cours
metric-trials = Essais commencés
metric-tickets = Tickets ouverts
metric-sla = Première réponse aux tickets (médiane)
metric-giveaways = Participations aux concours
metric-promotions = Encaissé avec une promotion
metric-best_plan = Formule la plus vendue
metric-best_product = Produit le plus vendu
maxis-answer = **{ $what }** · { $span } : **{ $now }**{ $arrow } ({ $then } : { $before })
maxis-answer-now = **{ $what }** en ce moment : **{ $count }**
maxis-answer-best = **{ $what }** · { $span } : **{ $name }**, { $units ->
    [one] { $units } vente
   *[other] { $units } ventes
} pour { $amount }
maxis-answer-sold = **{ $name }** · { $span } : **{ $units }** { $units ->
    [one] vente
   *[other] ventes
} pour { $amount }
maxis-answer-unsold = **{ $name }** n’est pas parmi les cinq meilleures ventes · { $span }.
maxis-answer-none = **{ $what }** · { $span } : aucune vente.
maxis-answer-whole = C’est le chiffre de toute la boutique : je ne l’ai pas pour une partie.
maxis-answer-unknown = Je n’ai pas ce chiffre. Voici ce que je peux donner : `/maxis`, puis « chiffres ».
said-help = Demandez-moi par exemple « combien de ventes hier ? », « quelle formule se vend le mieux ? », « le rapport de la semaine », « quelles promos en cours ? », ou dites-moi « promo de 20 % sur Pro pendant 48 h » : je prépare un plan, vous l’approuvez. Mes commandes sont dans `/aide_shellia`.
said-on = sur { $target }
said-all-plans = tous les plans
said-for-24h = pendant 24 h
said-for-48h = pendant 48 h
said-for-7d = pendant 7 jours
said-yesterday = hier
said-last-7-days = les 7 derniers jours
said-last-30-days = les 30 derniers jours

## Ce qui manque à une phrase
said-ask-value = De combien est la remise ? Par exemple « 20 % » ou « 5 € ».
said-ask-unit = Est-ce un pourcentage ou un montant ?
said-ask-target = Sur quoi ? Une formule, toutes, un produit, ou toute la boutique.
said-ask-end = Jusqu’à quand ? Par exemple « 48 h » ou « jusqu’à dimanche ».
said-ask-prize = Que fait-on gagner ?
said-ask-ref = Lequel ? Donnez-moi son numéro.
said-ask-button = Appuyez sur le bouton du plan, ou donnez-moi son numéro.
said-ask-key = Quel réglage ? Par exemple « langue » ou « fuseau horaire ».
said-ask-code = Quel code ?
said-ask-audience = Pour qui ?
said-ask-period = Sur quels jours ? Par exemple « hier » ou « les 30 derniers jours ».
said-ask-choice = Redites-moi en une phrase ce que vous voulez.
said-ask-intent = Que voulez-vous que je fasse ?

## Pourquoi une phrase n’est pas suivie
said-why-above_cap = 🚫 Le plafond est de { $cap } % : demandez-moi une remise de { $cap } % ou moins.
said-why-free = 🚫 Rien n’est gratuit par une promotion : { $cap } % au plus.
said-why-stacking = 🚫 Les promotions ne se cumulent pas : un acheteur a la meilleure.
said-why-without_end = 🚫 Une promotion a toujours une fin : dites-moi laquelle.
said-why-cap_change = 🚫 Le plafond ne se change pas d’ici : il est réglé sur la machine de Maxis.
said-why-approval_off = 🚫 L’approbation reste : ce qui change la boutique est approuvé par quelqu’un.
said-why-audit_off = 🚫 Le journal reste : tout ce qui se fait y est écrit.
said-why-refund = 🚫 Je ne rembourse pas : l’équipe le fait auprès de Maxis, par `!rembourser`.
said-why-payout = 🚫 Je ne verse pas d’argent.
said-why-role_grant = 🚫 Je ne donne ni ne retire de rôles.
said-why-price_change = 🚫 Je ne change pas les prix : une formule se modifie auprès de Maxis.
said-why-chosen_winner = 🚫 Personne ne choisit les gagnants : le tirage le fait, et chacun peut le vérifier.
said-why-others_data = 🚫 Je ne donne que des chiffres, rien sur une personne. Les commandes d’un membre sont dans `!commandes_membre`.
said-why-moderation = 🚫 Je ne modère pas : avertir ou exclure reste votre affaire.
said-why-rules = 🚫 Mes règles ne se changent pas par une phrase.
said-why-giveaway_cancel = 🚫 D’ici, je ne sais que terminer un concours, et le terminer tire ses gagnants. Pour l’annuler sans gagnant : `!concours_annuler`. Pour rejeter un plan qui attend : son bouton, dans `!maxis plans`.
said-why-giveaway_pause = 🚫 Je ne mets pas de concours en pause : tapez `!concours_pause`.
said-why-giveaway_extend = 🚫 Je ne prolonge pas de concours : tapez `!concours_prolonger`.
said-why-grant = 🚫 Je ne donne pas de formule à un membre : l’équipe le fait auprès de Maxis, par `!attribuer`.
said-why-stock = 🚫 Le stock n’est pas dans mes chiffres : il est dans `!produit_liste`.
said-why-follow = 🚫 Une phrase ne suffit pas pour ça. Dans le salon où vous voulez être prévenu, tapez `!maxis suivre ventes`, ou `!maxis suivre tout`.
said-why-entrants = Qui a gagné est sur l’annonce du concours ; le tirage entier est dans `!concours_preuve`, et qui participe dans `!concours_participants`.
said-why-negated = D’accord, je ne fais rien.
said-why-quoted = Je ne suis pas ce qui est cité : dites-le-moi avec vos mots si vous le voulez.
said-why-hypothetical = C’est une supposition : rien n’est lancé. Ce que ça donnerait, je ne peux pas encore le dire.
said-why-taken_back = D’accord, j’oublie.
said-why-condition = Il y a une condition : je ne peux pas la surveiller. Dites-le-moi le moment venu.
said-why-two_orders = Il y a deux demandes dans cette phrase : une à la fois, s’il vous plaît.
said-why-two_values = Il y a deux valeurs dans cette phrase : laquelle ?
said-why-two_targets = Il y a deux cibles dans cette phrase : laquelle ?
said-why-unknown_target = Je ne connais pas cette formule ni ce produit.
said-why-unknown_audience = Je ne connais pas ce groupe de personnes.
said-why-unknown_limit = Il y a une limite ou une exception que je ne sais pas poser : redites-le-moi sans elle.
said-why-currency = Ce n’est pas la devise de la boutique.
said-why-doubtful_number = Ce nombre peut se lire de deux façons : écrivez-le autrement.
said-why-vague_length = Cette durée est vague.
said-why-past_date = Cette date est passée.
said-why-impossible_date = Cette date n’existe pas.
said-why-later_start = Je ne sais pas commencer plus tard : dites-le-moi le moment venu.
said-why-uncertain = Je ne suis pas sûre de comprendre.
said-why-hidden_characters = Il y a des signes cachés dans ce message : je ne m’y fie pas. Tapez-le de nouveau.
said-why-not_addressed = Je crois que ce n’était pas pour moi.
said-why-small_talk = 👋 Je suis là. Demandez-moi par exemple « combien de ventes hier ? »
said-why-not_understood = Je n’ai pas compris. Demandez-moi par exemple « combien de ventes hier ? », ou voyez `!{ $help }`.
said-why-too_long = C’est trop long pour moi : dites-le en une phrase.
