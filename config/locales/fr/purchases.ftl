## Annonces d’achats
purchase-title = 🧾 Commande #{ $number }
purchase-free = gratuit
purchase-each-month = { $amount } par mois
purchase-each-year = { $amount } par an
purchase-after-trial = { $days } jours d’essai, puis { $each }
purchase-consent = Vous avez demandé la livraison immédiate et reconnu perdre ainsi votre droit de rétractation (texte version { $version }, { $at }). Conservez ce message : il vous en donne confirmation.
field-bought = Article
field-amount = Montant
field-buyer = Acheteur
field-gift = Cadeau
field-gift-for = Offert à
field-consent = Livraison immédiate
field-access-until = Accès maintenu jusqu’au
field-reduction = Réduction
button-see-delivery = Voir la livraison
button-see-order = Voir la commande
notice-order-done = 🎉 Merci ! Votre achat est prêt.
notice-order-done-gift = 🎁 Merci ! Votre cadeau est remis.
notice-gift = 🎁 { $giver } vous offre un cadeau.
notice-trial-used = 💳 Votre essai gratuit n’a pas pu commencer. Rien n’a été débité et rien ne le sera.
notice-order-trouble = ⚠️ Votre achat n’a pas pu être remis, et tout votre argent vous revient. Vous n’avez rien à faire : comptez 5 à 10 jours, selon votre banque.
trouble-double = Vous avez déjà un abonnement : ce second paiement était de trop.
trouble-out-of-stock = Le dernier exemplaire est parti avant l’arrivée de votre paiement.
trouble-trial-used = Cette carte a déjà servi à un essai gratuit. La formule reste à vous sans essai : choisissez-la de nouveau dans `/formules`, ou passez par une autre carte.
trouble-gone = Cet article n’existe plus.
trouble-amount-differs = Le montant reçu n’est pas celui convenu.
notice-refunded = 💶 { $amount } vous sont remboursés en totalité. Comptez 5 à 10 jours, selon votre banque.
notice-refunded-part = 💶 Remboursé à ce jour : { $amount } sur { $paid }. Comptez 5 à 10 jours, selon votre banque.
notice-renewal-failed = 💳 Le renouvellement de votre abonnement n’a pas pu être payé.
renewal-what-to-do = Changez de carte avec la commande `/abonnement` sur le serveur. Nous réessayons d’ici là ; si rien ne passe, votre accès prendra fin.
notice-access-ended = ⌛ Votre accès a pris fin : **{ $what }**. Vos tickets et vos commandes restent là.
notice-access-ended-plain = ⌛ Un accès que vous aviez a pris fin.
notice-shop-alert = 🚨 La commande #{ $number } a besoin de vous.

## Alertes pour l’équipe
alert-amount-differs = Le montant reçu n’est pas celui convenu : rien n’a été remis. À vous de voir avec l’acheteur : rembourser, ou remettre.
alert-out-of-stock = Payée trop tard : le stock était épuisé. L’argent repart de lui-même ; vous n’avez rien à faire.
alert-double = Second abonnement payé par le même membre. L’argent repart de lui-même ; vous n’avez rien à faire.
alert-trial-used = Un essai gratuit demandé avec la carte d’un autre membre qui a déjà eu le sien : il est arrêté, rien n’a été débité. Rien à faire.
alert-gone = L’article n’existe plus. L’argent repart de lui-même ; remettez l’article au catalogue s’il a été retiré par erreur.
alert-dispute-open = L’acheteur conteste le paiement auprès de sa banque : son accès est suspendu. Répondez dans le tableau de bord de Stripe avant l’échéance.
alert-dispute-won = La contestation est gagnée : l’accès est rendu. Rien à faire.
alert-dispute-lost = La contestation est perdue : l’argent est parti et l’accès est retiré. Rien à faire.
alert-refund-failed = Un remboursement n’a pas abouti : l’argent est encore ici. Voyez avec l’acheteur comment le lui rendre.
role-alert-title = 🚨 Un rôle ne peut être ni donné ni retiré
role-alert-waiting = { $count ->
    [one] Un membre attend. Je réessaie de moi-même toutes les heures et dès que les rôles changent.
   *[other] { $count } membres attendent. Je réessaie de moi-même toutes les heures et dès que les rôles changent.
    }
button-roles-check = Réessayer
roles-check-asked = 🔁 Je revérifie tout de suite les rôles bloqués.
role-no-permission = ⛔ { $role } : il me manque la permission « Gérer les rôles ». Donnez-la à mon rôle (Paramètres du serveur, Rôles).
role-too-low = ⛔ { $role } est au-dessus de mon rôle. Faites glisser mon rôle au-dessus de lui (Paramètres du serveur, Rôles).
role-refused = ⛔ { $role } : Discord ne le laisse donner à la main à personne (rôle d’un bot ou d’une intégration). Choisissez un autre rôle pour ce produit ou ce plan.
role-gone = ⛔ { $role } : ce rôle a été supprimé. Choisissez-en un autre pour ce produit ou ce plan.
role-left = 🚪 { $role } : ce membre n’est pas sur le serveur. Il le recevra à son retour.
role-waiting = ⏳ { $role } : j’y travaille ; Discord n’a pas encore confirmé.
role-given = ✅ { $role } : donné.

## Pourquoi
why-title = 🔎 Rôles : pourquoi
why-of = { $person }
why-nothing = Rien à expliquer : aucun achat, don ou lot, et je n’ai donné aucun rôle.
why-given = ✅ { $role } : donné par moi { $at }.
why-found = ✅ { $role } : déjà porté { $at }, donné par quelqu’un d’autre ; je ne le retirerai pas.
why-missing = 🔁 { $role } : donné, mais Discord ne le montre plus ; je le redonne.
why-times = Depuis { $since } · vérifié { $checked }
why-not-mine = 👤 { $role } : donné par quelqu’un d’autre. Je ne retire que ce que j’ai donné.
why-not-due = ➖ { $role } : rien ne le donne à ce membre.
why-without-role = **Sans rôle**
why-reason = • { $from } · { $what } · { $stands }
why-plan = plan { $plan }
why-role = rôle
why-from-order = commande #{ $number }
why-from-subscription = { $order } · abonnement { $state }
why-from-grant = don de l’équipe
why-from-prize = lot gagné
why-active = en cours, sans fin
why-active-until = en cours jusqu’au { $at }
why-to-come = à partir du { $at }
why-ended = terminé le { $at }
why-suspended = suspendu depuis le { $at } : paiement contesté
why-revoked = retiré le { $at } : { $why }
why-discord-held = • Discord : porté en ce moment
why-discord-not-held = • Discord : pas porté en ce moment
revoked-refunded = remboursé
revoked-dispute-lost = contestation perdue
subscription-state-incomplete = jamais payé
subscription-state-incomplete-expired = jamais payé
subscription-state-trialing = à l’essai
subscription-state-active = actif
subscription-state-past-due = impayé, en sursis
subscription-state-canceled = terminé
subscription-state-unpaid = impayé
subscription-state-paused = en pause

## Commandes
cmd-why-name = pourquoi
cmd-why = Savoir pourquoi vous avez un rôle, ou ne l’avez pas
opt-member-name = membre
opt-member = De qui il s’agit ; sans rien, vous
