## Annonces d’achats
purchase-title = 🧾 Commande #{ $number }
purchase-free = gratuit
purchase-each-month = { $amount } par mois
purchase-each-year = { $amount } par an
purchase-after-trial = { $days ->
    [one] Un jour d’essai, puis { $each }
   *[other] { $days } jours d’essai, puis { $each }
    }
purchase-first-then = { $first } la première fois, puis { $then }
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
notice-order-role-stuck = 🎉 Merci ! Votre commande est enregistrée, mais je n’ai pas encore pu vous donner le rôle : l’équipe est prévenue, et je réessaie de moi-même dès que c’est réglé. Vous n’avez rien à faire.
notice-trial-begun = 🎉 Votre essai gratuit a commencé.
notice-order-done-gift = 🎁 Merci ! Votre cadeau est remis.
notice-gift = 🎁 { $giver } vous offre un cadeau.
notice-gift-taken = 🎁 Le cadeau de { $giver } a été annulé : ce qu’il vous donnait s’arrête. Vous n’y êtes pour rien, et vous n’avez rien à payer ni à faire.
notice-gift-held = 🎁 Le cadeau de { $giver } est suspendu, le temps d’une vérification. Vous n’y êtes pour rien, et vous n’avez rien à faire : vous serez prévenu de la suite.
notice-gift-back = 🎁 Le cadeau de { $giver } est de nouveau à vous.
notice-trial-used = 💳 Votre essai gratuit n’a pas pu commencer. Rien n’a été débité et rien ne le sera.
notice-order-trouble = ⚠️ Votre achat n’a pas pu être remis, et tout votre argent vous revient. Vous n’avez rien à faire : comptez 5 à 10 jours, selon votre banque.
trouble-double = Vous avez déjà un abonnement : ce second paiement était de trop.
trouble-out-of-stock = Le dernier exemplaire est parti avant l’arrivée de votre paiement.
trouble-trial-used = Cette carte a déjà servi à un essai gratuit. La formule reste à vous sans essai : choisissez-la de nouveau dans `/formules`, ou passez par une autre carte.
trouble-gone = Cet article n’existe plus.
trouble-in-vain = Vous aviez déjà ce que cet article donne quand votre paiement est arrivé : il ne vous aurait rien apporté de plus.
trouble-gift-in-vain = Ce membre avait déjà ce que vous vouliez lui offrir quand votre paiement est arrivé : choisissez autre chose pour lui.
trouble-role-gone = Le rôle que donne cet article a été supprimé du serveur avant l’arrivée de votre paiement.
trouble-left = Ce membre avait quitté le serveur quand votre paiement est arrivé : votre cadeau ne lui serait pas parvenu.
trouble-member-limit = Cette commande était close, et vous avez acheté depuis autant qu’un membre le peut.
trouble-amount-differs = Le montant reçu n’est pas celui convenu.
notice-refunded = 💶 { $amount } vous sont remboursés en totalité. Comptez 5 à 10 jours, selon votre banque.
notice-refunded-part = 💶 Remboursé à ce jour : { $amount } sur { $paid }. Comptez 5 à 10 jours, selon votre banque.
refunded-ends-subscription = Votre abonnement prend fin, et avec lui l’accès qu’il donnait. S’il vous en restait un avoir après un changement de formule, il est repris aussi.
notice-dispute-open = ⏸️ Votre banque examine un paiement de cette commande : ce qu’elle vous donne est suspendu jusqu’à sa décision. Si c’est une erreur, dites à votre banque de retirer la contestation.
notice-dispute-open-gift = ⏸️ Votre banque examine le paiement de ce cadeau : il est suspendu jusqu’à sa décision. Si c’est une erreur, dites à votre banque de retirer la contestation.
notice-dispute-won = ✅ Votre banque a décidé : le paiement est maintenu, et ce que cette commande vous donne est de nouveau à vous.
notice-dispute-won-gift = ✅ Votre banque a décidé : le paiement est maintenu, et votre cadeau n’est plus suspendu.
notice-dispute-won-nothing = Votre banque a décidé : le paiement est maintenu. Où en est cette commande se lit derrière ce bouton.
notice-dispute-lost = ↩️ Votre banque a décidé et repris le paiement de cette commande : ce qu’elle vous donnait a pris fin. Vous n’avez rien à faire.
notice-dispute-lost-gift = ↩️ Votre banque a décidé et repris le paiement de ce cadeau : il est retiré. Vous n’avez rien à faire.
notice-checkout-left = 🛒 Vous avez laissé un paiement en route. Il peut encore être réglé ; la page se ferme { $until }.
notice-checkout-closed = 🛠️ J’ai fermé la page de paiement de cette commande : le rôle qu’elle donne ne peut pas être donné pour l’instant. Rien n’est débité, et l’équipe est prévenue. Vous pourrez commander de nouveau dès qu’il peut être donné.
checkout-left-no-more = Vous recevez ce message parce que vous l’avez demandé. Si l’achat ne vous dit plus rien, il n’y a rien à faire.
notice-renewal-failed = 💳 Le renouvellement de votre abonnement n’a pas pu être payé.
renewal-what-to-do = Changez de carte avec la commande `/abonnement` sur le serveur. Nous réessayons d’ici là ; si rien ne passe, votre accès prendra fin.
notice-trial-ends = ⏳ Votre essai gratuit de **{ $plan }** se termine le { $at } : { $amount } seront alors prélevés.
trial-ends-what-to-do = Ensuite, c’est { $each }, jusqu’à résiliation. Pour ne rien payer, résiliez avant le { $at } avec la commande `/abonnement` sur le serveur. Pour continuer, il n’y a rien à faire.
notice-trial-paid = 💳 Votre essai gratuit est terminé, et le premier paiement de votre abonnement est passé : { $amount }.
notice-plan-changed = 🔀 Votre abonnement est maintenant **{ $plan }** : { $each }.
notice-plan-broken = ⚠️ Le rôle que donne votre formule **{ $plan }** a été supprimé du serveur. L’équipe est prévenue et peut le remplacer.
notice-plan-withheld = ⚠️ Je n’ai pas encore pu vous donner le rôle de votre formule **{ $plan }** : l’équipe est prévenue, et je réessaie de moi-même dès que c’est réglé.
plan-broken-what-to-do = Votre abonnement continue : { $amount } seront prélevés le { $at }. Pour ne rien payer, résiliez avant cette date avec la commande `/abonnement` sur le serveur. Une question ? `/ticket_créer`.
renewal-next = Prochain paiement : { $amount } le { $at }. Résiliable à tout moment avec la commande `/abonnement` sur le serveur.
renewal-next-none = Il est résilié : actif jusqu’au { $at }, puis plus rien n’est prélevé.
renewal-credit = S’il vous reste un avoir après ce changement, il en est déduit.
renewal-credit-next = 💶 Votre avoir : { $amount }. Vos prochains paiements en sont pris d’abord, et rien n’est prélevé tant qu’il suffit. Ce qu’il en reste se lit dans `/abonnement`, sur le serveur.
renewal-credit-later = 💶 Votre avoir : { $amount }. Il sert si vous reprenez cet abonnement, ou une formule plus tard.
renewal-next-after-trial = Votre essai continue : rien n’est prélevé avant le { $at }, puis { $each }. Résiliable à tout moment avec la commande `/abonnement` sur le serveur.
field-paid = Payé
field-paid-at = Le
field-paid-now = Payé pour ce changement
changed-under-way = Le paiement est en route
changed-nothing = Rien
button-see-invoice = Voir la facture
notice-access-ended = ⌛ Votre accès a pris fin : **{ $what }**. Vos tickets et vos commandes restent là.
notice-access-ended-plain = ⌛ Un accès que vous aviez a pris fin.
notice-call-orders = 📬 { $person }, il y a quelque chose pour vous : c’est dans `/commandes`, ou derrière ce bouton. Vos messages privés sont fermés ; personne d’autre ne verra ce que c’est.
notice-call-subscription = 📬 { $person }, il y a du nouveau pour vous : c’est dans `/abonnement`, ou derrière ce bouton. Vos messages privés sont fermés ; personne d’autre ne verra ce que c’est.
sale-last-key = ⚠️ C’était la dernière clé : il n’en reste aucune. Ajoutez-en avec `/produit_clés`.
sale-last-unit = ⚠️ C’était le dernier exemplaire : il n’en reste aucun. S’il y en a d’autres, dites-le avec `/produit_stock`.
notice-shop-alert = 🚨 La commande #{ $number } a besoin de vous.

## Alertes pour l’équipe
alert-amount-differs = Le montant reçu n’est pas celui convenu : rien n’a été remis. À vous de voir avec l’acheteur : rembourser, ou remettre.
alert-out-of-stock = Payée trop tard : le stock était épuisé.
alert-double = Second abonnement payé par le même membre.
alert-trial-used = Un essai gratuit demandé avec la carte d’un autre membre qui a déjà eu le sien : il est arrêté, rien n’a été débité. Rien à faire.
alert-gone = L’article n’existe plus : remettez-le au catalogue s’il a été retiré par erreur.
alert-in-vain = Le destinataire avait déjà ce que donne l’article quand l’argent est arrivé.
alert-role-gone = Le rôle que donne l’article a été supprimé du serveur : donnez un autre rôle à l’article ou retirez-le de la vente.
alert-left = Le destinataire du cadeau avait quitté le serveur quand l’argent est arrivé.
alert-member-limit = Payée après avoir été annulée ou expirée, alors que le membre en a acheté depuis autant qu’il le peut.
alert-goes-back = L’argent de l’acheteur repart de lui-même.
alert-ungiven-dispute-open = L’acheteur, qui n’a rien reçu, conteste le paiement auprès de sa banque. Acceptez la contestation dans le tableau de bord de Stripe : l’argent lui revient par là. Ne le rendez pas d’une autre façon.
alert-ungiven-dispute-won = La contestation est gagnée : l’argent est de nouveau ici, alors que rien n’a été remis.
alert-ungiven-dispute-lost = La contestation est perdue : l’argent est parti. Rien n’avait été remis ; rien à faire.
alert-dispute-open = L’acheteur conteste le paiement auprès de sa banque : son accès est suspendu. Répondez dans le tableau de bord de Stripe avant l’échéance.
alert-dispute-won = La contestation est gagnée : l’accès est rendu. Rien à faire.
alert-dispute-lost = La contestation est perdue : l’argent est parti et l’accès est retiré. Rien à faire.
alert-refund-late = Un remboursement demandé n’est toujours pas passé : Stripe répond par une panne. Je réessaie sans fin ; regardez dans le tableau de bord de Stripe si cela dure.
alert-refund-failed = Un remboursement n’a pas abouti : l’argent est encore ici. Voyez avec l’acheteur comment le lui rendre.
alert-refund-held = Un remboursement n’a pas abouti : la banque tient l’argent tant qu’elle examine la contestation. Ne le rendez pas d’une autre façon.
alert-refund-returned = La banque a renvoyé un remboursement déjà passé : l’argent est de nouveau ici. L’abonnement, arrêté par ce remboursement, le reste ; le membre retrouve son accès jusqu’à la fin de la période qu’il a payée. À vous de choisir : lui laisser cette période, ou relancer `/rembourser`, qui reprend l’accès si l’argent repart. Pour continuer ensuite, il se réabonne avec `/formules`.
alert-runs-on = L’abonnement devait s’arrêter, et Stripe ne l’a pas arrêté : il continue de débiter pour rien. Arrêtez-le dans le tableau de bord de Stripe ; je réessaie chaque jour.
alert-credit-spent = Un changement de formule avait laissé un avoir pour de l’argent qui n’est plus ici. Il en manque { $amount }, déjà dépensés ou refusés par Stripe : tout le reste a été repris. Voyez le client `{ $customer }` dans le tableau de bord de Stripe, et avec l’acheteur.
alert-credit-owed = Un avoir de { $amount } repris au client `{ $customer }` devait lui être rendu, et Stripe l’a refusé : rendez-le-lui dans le tableau de bord de Stripe, à son solde client.
alert-credit-late = Un avoir à reprendre au client `{ $customer }` chez Stripe ne passe toujours pas. Je réessaie sans fin ; regardez dans le tableau de bord de Stripe si cela dure.
role-alert-title = 🚨 Un rôle ne peut être ni donné ni retiré
role-alert-waiting = { $count ->
    [0] Personne n’attend ce rôle. Ce qui le donne n’est pas vendu tant qu’il manque.
    [one] Un membre attend. Je réessaie de moi-même toutes les heures et dès que les rôles changent.
   *[other] { $count } membres attendent. Je réessaie de moi-même toutes les heures et dès que les rôles changent.
    }
role-alert-charged = { $count ->
    [one] Un abonnement ou essai à une formule qui donne ce rôle continue et sera prélevé : son membre en est prévenu dans l’heure, sauf si la formule a un autre rôle d’ici là (`/formule_modifier`).
   *[other] { $count } abonnements ou essais à une formule qui donne ce rôle continuent et seront prélevés : leurs membres en sont prévenus dans l’heure, sauf si la formule a un autre rôle d’ici là (`/formule_modifier`).
    }
button-roles-check = Réessayer
roles-check-asked = 🔁 Je revérifie tout de suite les rôles bloqués.
role-no-permission = ⛔ { $role } : il me manque la permission « Gérer les rôles ». Donnez-la à mon rôle (Paramètres du serveur, Rôles).
role-too-low = ⛔ { $role } est au-dessus de mon rôle. Faites glisser mon rôle au-dessus de lui (Paramètres du serveur, Rôles).
role-refused = ⛔ { $role } : Discord ne le laisse donner à la main à personne (rôle d’un bot ou d’une intégration). Choisissez un autre rôle pour ce produit ou cette formule.
role-gone = ⛔ { $role } : ce rôle a été supprimé. Choisissez-en un autre pour ce produit ou cette formule.
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
why-plan = formule { $plan }
why-role = rôle
why-from-order = commande #{ $number }
why-from-subscription = { $order } · abonnement { $state }
why-from-grant = don de l’équipe
why-from-prize = lot gagné
why-active = en cours, sans fin
why-active-until = en cours jusqu’au { $at }
why-active-renews = en cours, se renouvelle le { $at }
why-to-come = à partir du { $at }
why-ended = terminé le { $at }
why-suspended = suspendu depuis le { $at } : paiement contesté
why-revoked = retiré le { $at } : { $why }
why-discord-held = • Discord : porté en ce moment
why-discord-not-held = • Discord : pas porté en ce moment
why-revoked-note = { $why } (« { $note } »)
revoked-staff = par l’équipe
revoked-refunded = remboursé
revoked-dispute-lost = contestation perdue
why-subscription-incomplete = jamais payé
why-subscription-incomplete-expired = jamais payé
why-subscription-trialing = à l’essai
why-subscription-active = actif
why-subscription-past-due = impayé, en sursis
why-subscription-canceled = terminé
why-subscription-unpaid = impayé
why-subscription-paused = en pause

## Pourquoi : la commande
cmd-why-name = pourquoi
cmd-why = Savoir pourquoi vous avez un rôle, ou ne l’avez pas
opt-person-name = membre
opt-person = De qui il s’agit ; sans rien, vous

## Noms et descriptions des commandes d’achat
cmd-buy-name = acheter
cmd-buy = Acheter une formule ou un produit
cmd-gift-name = offrir
cmd-gift = Offrir une formule ou un produit à un membre
cmd-orders-name = commandes
cmd-orders = Voir vos commandes et les cadeaux reçus
cmd-order-name = commande
cmd-order = Voir une commande : où elle en est, montants, livraison, rétractation

## Options
opt-item-name = article
opt-item = Ce que vous voulez : choisissez dans la liste
opt-quantity-name = quantité
opt-quantity = Combien, de 1 à 100
opt-code-name = code
opt-code = Un code de réduction
opt-trial-name = essai_gratuit
opt-trial = Commencer par l’essai gratuit de la formule
opt-member-name = membre
opt-member = Un membre du serveur
opt-order-name = commande
opt-order = Numéro de la commande, par exemple 12
opt-below-name = avant_numéro
opt-below = Les commandes plus anciennes que ce numéro

## Acheter
buy-title = 🛒 { $item }
gift-choice = 🎁 Ce qui peut s’offrir
gift-how = Dites à qui, puis quoi : `!offrir @membre "{ $item }"`, ou choisissez dans `/offrir`.
buy-which-variant = Laquelle voulez-vous ?
buy-which-of-a-name = Plusieurs articles portent ce nom. Lequel voulez-vous ?
buy-monthly = au mois
buy-yearly = à l’année
buy-once = Un seul paiement de { $price }, sans abonnement.
buy-renews-month = { $price } par mois. Se renouvelle chaque mois jusqu’à résiliation ; résiliable à tout moment avec `/abonnement`.
buy-renews-year = { $price } par an. Se renouvelle chaque année jusqu’à résiliation ; résiliable à tout moment avec `/abonnement`.
buy-trial-month = { $days ->
    [one] 🎁 **Gratuit pendant un jour** : { $nothing } aujourd’hui, puis { $price } par mois à partir du { $from }, jusqu’à résiliation. Résiliez avant cette date avec `/abonnement` : rien n’est prélevé.
   *[other] 🎁 **Gratuit pendant { $days } jours** : { $nothing } aujourd’hui, puis { $price } par mois à partir du { $from }, jusqu’à résiliation. Résiliez avant cette date avec `/abonnement` : rien n’est prélevé.
    }
buy-trial-year = { $days ->
    [one] 🎁 **Gratuit pendant un jour** : { $nothing } aujourd’hui, puis { $price } par an à partir du { $from }, jusqu’à résiliation. Résiliez avant cette date avec `/abonnement` : rien n’est prélevé.
   *[other] 🎁 **Gratuit pendant { $days } jours** : { $nothing } aujourd’hui, puis { $price } par an à partir du { $from }, jusqu’à résiliation. Résiliez avant cette date avec `/abonnement` : rien n’est prélevé.
    }
buy-trial-kept-code = 🏷️ Votre code **{ $code }** ne réduit ni l’essai ni l’abonnement qui le suit : il reste gardé pour un autre achat. Pour l’utiliser ici, prenez la formule sans essai.
buy-first-period = 🏷️ Première période à { $price }, puis le prix ci-dessous.
buy-gift-month = Un seul paiement : un mois offert, sans renouvellement.
buy-gift-year = Un seul paiement : un an offert, sans renouvellement.
buy-field-heed = À savoir
buy-held-plan = Vous avez déjà cette formule jusqu’au { $until }, sans abonnement. L’abonnement commence tout de suite : ces jours ne s’y ajoutent pas.
buy-held-extends = Vous l’avez déjà jusqu’au { $until } : ces jours s’ajoutent à la suite, jusqu’au { $end }.
buy-held-for-good = Vous l’avez déjà jusqu’au { $until } ; avec cet achat, c’est sans limite de durée.
buy-worn = Vous portez déjà ce rôle sur le serveur, sans l’avoir acheté ici : cet achat ne changera rien tant qu’il ne vous est pas retiré.
buy-by-plan = Votre formule vous donne déjà ce rôle : cet achat ne changera rien tant que vous l’avez.
buy-outranked = Vous avez déjà une formule au moins aussi élevée : tant que vous l’avez, c’est elle qui compte, et celle-ci se paierait en plus. La voulez-vous vraiment ?
buy-gift-by-plan = La formule de ce membre lui donne déjà ce rôle : ce cadeau ne changera rien tant qu’il l’a. Voulez-vous vraiment l’offrir ?
buy-gift-outranked = Pour l’instant, ce cadeau n’apporterait rien à ce membre. Voulez-vous vraiment l’offrir ?
buy-owned = Vous l’avez déjà : vous le retrouvez dans `/commandes`. Un second achat vous donne la même chose.
buy-credit = S’il vous reste un avoir d’un changement de formule, il est déduit de ce prix au moment du paiement.
buy-gives-way = Votre commande #{ $number } (**{ $title }**), pas encore payée, sera annulée si vous acceptez.
buy-quantity = { $count } × { $unit }
buy-off = 💤 Les paiements ne sont pas encore ouverts ici. Rien n’a été commandé ; revenez plus tard.
buy-declined = D’accord : rien n’a été commandé.
buy-price-changed = ⚠️ Le prix a changé entre-temps. Voici le nouveau.
consent-1 = En payant, je demande la livraison immédiate de ce contenu numérique et je reconnais perdre mon droit de rétractation de 14 jours dès qu’il m’est livré.
consent-1-trial = En commençant l’essai, je demande la livraison immédiate de ce contenu numérique et je reconnais perdre mon droit de rétractation de 14 jours dès qu’il m’est livré.
consent-1-change = En changeant, je demande la livraison immédiate du contenu numérique de la nouvelle formule et je reconnais perdre mon droit de rétractation de 14 jours dès qu’il m’est livré.
buy-promotion-gone = 🏷️ La promotion est terminée ou sa dernière utilisation vient de partir. Voici le prix normal.
button-full-price = Acheter au prix normal
button-agree-and-pay = J’accepte, payer
button-agree-and-try = J’accepte, commencer l’essai
button-begin-trial = Commencer l’essai
button-trial-done = C’est fait
button-no = Non
button-pay = Payer
button-paid = J’ai payé
button-try-again = Réessayer
button-buy-again = Commander à nouveau
button-cancel-order = Annuler la commande
button-my-orders = Mes commandes
button-order = Voir la commande
button-verify = Vérifier mon paiement
button-delivery = Voir ma livraison
button-subscription = Mon abonnement
button-order-help = Obtenir de l’aide
button-withdraw = Me rétracter
button-withdraw-confirm = Confirmer ma rétractation
button-older-orders = Plus anciennes

## Commandes
order-to-pay = 🧾 Commande #{ $number } : **{ $title }** · { $total }
    Payez sur la page sécurisée, qui se ferme { $until }. Ce que vous achetez vous est remis dès le paiement ; si rien n’arrive, appuyez sur « J’ai payé ».
order-to-pay-gift = 🧾 Commande #{ $number } : **{ $title }** · { $total }
    Payez sur la page sécurisée, qui se ferme { $until }. { $recipient } reçoit votre cadeau dès le paiement ; si je ne le confirme pas, appuyez sur « J’ai payé ».
order-gave-way = ✖️ Votre commande #{ $number } (**{ $title }**), pas encore payée, est annulée : celle-ci la remplace.
order-not-now = ⏳ La page de paiement ne s’ouvre pas pour l’instant. Votre commande #{ $number } est gardée et rien n’est débité : réessayez dans un instant.
order-too-late = ⌛ La commande #{ $number } ne peut plus être payée : son délai est passé. Rien n’a été débité.
order-done = ✅ Commande #{ $number } : **{ $title }** est à vous, sans rien payer.
order-to-try-month = { $days ->
    [one] 🧾 Commande #{ $number } : **{ $title }** · essai gratuit d’un jour, { $nothing } aujourd’hui
    Donnez votre carte sur la page sécurisée, qui se ferme { $until }. Rien n’est prélevé avant le { $from }, puis { $total } par mois ; résiliez avant avec `/abonnement`. Si l’accès tarde, appuyez sur « C’est fait ».
   *[other] 🧾 Commande #{ $number } : **{ $title }** · essai gratuit de { $days } jours, { $nothing } aujourd’hui
    Donnez votre carte sur la page sécurisée, qui se ferme { $until }. Rien n’est prélevé avant le { $from }, puis { $total } par mois ; résiliez avant avec `/abonnement`. Si l’accès tarde, appuyez sur « C’est fait ».
    }
order-to-try-year = { $days ->
    [one] 🧾 Commande #{ $number } : **{ $title }** · essai gratuit d’un jour, { $nothing } aujourd’hui
    Donnez votre carte sur la page sécurisée, qui se ferme { $until }. Rien n’est prélevé avant le { $from }, puis { $total } par an ; résiliez avant avec `/abonnement`. Si l’accès tarde, appuyez sur « C’est fait ».
   *[other] 🧾 Commande #{ $number } : **{ $title }** · essai gratuit de { $days } jours, { $nothing } aujourd’hui
    Donnez votre carte sur la page sécurisée, qui se ferme { $until }. Rien n’est prélevé avant le { $from }, puis { $total } par an ; résiliez avant avec `/abonnement`. Si l’accès tarde, appuyez sur « C’est fait ».
    }
order-done-gift = 🎁 Commande #{ $number } : **{ $title }** est remis à { $recipient }, sans rien payer.
order-canceled = ✖️ Commande #{ $number } annulée. Rien ne sera débité.
order-title = 🧾 Commande #{ $number } · { $title }
order-field-state = État
order-field-date = Date
order-field-gift = Cadeau
order-field-buyer = Acheteur
order-field-for = Pour
order-field-quantity = Quantité
order-field-list = Prix
order-field-discount = Réduction
order-field-credit = Votre crédit
order-field-after-trial = Après l’essai
buy-field-today = Aujourd’hui
order-field-total = Total
order-field-paid = Payé
order-field-plan-now = Formule actuelle
order-field-plan-last = Dernière formule
order-field-paid-since = Payé ensuite
order-field-from-credit = Réglé par votre avoir
order-field-tax = Taxes
order-tax-unknown = s’il y en a, comprises dans ce qui a été payé
order-field-refunds = Remboursements
order-field-dispute = Contestation
order-field-consent = Votre accord
order-field-withdrawal = Rétractation
order-withdrawal-over = Ce droit a pris fin à la livraison, que vous avez demandée tout de suite. Un souci avec votre achat ? « Obtenir de l’aide » ouvre un ticket sur cette commande.
order-consent = Version { $version }, le { $at }
order-refund-requested = demandé
order-refund-done = effectué
order-refund-failed = n’a pas abouti
order-refund-owed = L’équipe voit avec vous comment vous rendre cet argent.
order-dispute-open = examinée par la banque ; l’accès est suspendu
order-dispute-open-nothing = examinée par la banque
order-dispute-won = close, le paiement est maintenu
order-dispute-won-nothing = close en faveur de la boutique
order-dispute-lost = close, la banque a repris le paiement
order-state-pending = En attente de paiement
order-state-awaiting = Paiement en route : certaines banques prennent quelques jours
order-state-paid = Payée, livraison en cours
order-state-trial-pending = Essai pas encore commencé
order-state-trial = Essai en cours, rien n’est payé
order-state-fulfilled = Payée et livrée
order-state-suspended = Suspendue : la banque examine le paiement
order-state-dispute-lost = Terminée : la banque a repris le paiement, l’accès est retiré
order-state-role-stuck = Le rôle n’a pas encore pu être donné : l’équipe est prévenue
order-state-role-gone = Le rôle que donne cette commande a été supprimé du serveur : l’équipe est prévenue
order-state-trial-unpaid = Essai gratuit, rien n’est payé
order-state-fulfilled-part = Livrée, remboursée en partie
order-state-refunded-part = Livrée, remboursée en partie : { $amount } sur { $paid }
order-state-refunded-first = Livrée, premier paiement remboursé : { $amount }
order-state-expired = Expirée sans paiement
order-state-canceled = Annulée
order-state-failed = Le paiement n’a pas abouti
order-state-refunded = Remboursée
order-trouble-amount = Payée, mais le montant reçu diffère
order-stuck = { $why } : { $money }
order-money-back = l’argent vous revient
order-money-held = votre banque examine le paiement
order-money-taken = votre banque a repris l’argent pour vous
order-money-staff = l’équipe s’en occupe
order-trouble-stock = Payée trop tard, le dernier exemplaire était parti
order-trouble-double = Payée en double
order-trouble-trial = Essai impossible : la carte a déjà servi à un essai. Rien n’a été débité
order-trouble-gone = Payée, mais l’article n’existe plus
order-trouble-in-vain = Payée, mais c’était déjà acquis
order-trouble-role-gone = Payée, mais le rôle a été supprimé du serveur
order-trouble-member-limit = Payée, mais vous en aviez déjà acheté autant qu’un membre le peut
order-trouble-left = Payée, mais le membre avait quitté le serveur
gift-state-given = Cadeau reçu
gift-state-held = Suspendu, le temps d’une vérification
gift-state-revoked = Repris : le paiement a été remboursé ou repris
orders-title = 🧾 Vos commandes
orders-empty = Vous n’avez pas encore de commande. Pour commencer : `/acheter`.
order-help-subject = Commande #{ $number } · { $title }
verify-trial = ✅ Votre essai a commencé ; rien n’est débité avant sa fin.
form-order_help = Demander de l’aide
form-refund = Rembourser une commande
label-amount = Montant (vide : tout)
hint-refund-amount = 12,50 ou 50 %
hint-refund-reason = Ce que la commande n’a pas tenu
verify-done = ✅ Paiement reçu, tout est livré.
verify-role-stuck = ✅ Votre commande est là, mais je n’ai pas encore pu donner le rôle : l’équipe est prévenue, et je réessaie dès que c’est réglé.
verify-awaiting = 🏦 Le paiement est lancé, l’argent est en route. La livraison se fera toute seule.
verify-not-yet = ⏳ Aucun paiement pour l’instant. Si vous venez de payer, attendez quelques secondes puis vérifiez à nouveau.
verify-unknown = ⏳ Le prestataire de paiement ne répond pas pour l’instant. Rien n’est perdu : je vérifie aussi de mon côté.
verify-over = Voici où en est la commande.
withdraw-lost = Pour la commande #{ $number }, vous avez demandé la livraison immédiate : le droit de rétractation a pris fin à la livraison. Un souci avec votre achat ? L’équipe regarde ce qu’elle peut faire.
withdraw-confirm = Vous rétracter de la commande #{ $number } ? Elle sera remboursée en entier et ne sera plus livrée.
withdraw-done = ↩️ Rétractation de la commande #{ $number } enregistrée : { $amount } vous sont remboursés sur le moyen de paiement utilisé.

## Livraison
delivery-title = 📦 Commande #{ $number } · { $title }
delivery-revoked = Cette livraison a été retirée { $at } : le paiement a été remboursé ou repris.
delivery-suspended = ⏸️ Cette livraison a été suspendue { $at } : la banque examine le paiement. Elle se rouvre si le paiement est maintenu.
delivery-suspended-gift = ⏸️ Ce cadeau a été suspendu { $at }, le temps d’une vérification : vous serez prévenu de la suite.
delivery-keys = { $count ->
    [one] 🔑 Votre clé :
   *[other] 🔑 Vos clés :
    }
delivery-file = 📎 Votre fichier est joint.
delivery-role = 🎖️ Rôle { $role }
delivery-role-stuck = ⚠️ Je n’ai pas encore pu donner ce rôle : l’équipe est prévenue, et je réessaie de moi-même dès que c’est réglé.
delivery-role-gone = ⚠️ Ce rôle a été supprimé du serveur : l’équipe est prévenue. « Obtenir de l’aide » ouvre un ticket sur cette commande.
delivery-plan = ⭐ Formule **{ $plan }**
delivery-until = Jusqu’au { $until }
delivery-waits = ⏳ Vos jours ne passent pas tant que je n’ai pas pu vous donner le rôle.
delivery-for-good = Sans limite de durée
delivery-plain = Livré. Rien de plus à montrer ici.

## Refus, et quoi faire à la place
error-order-not-found-staff = Aucune commande sous ce numéro. Celles d’un membre : `/commandes_membre`.
error-order-not-found = Aucune commande sous ce numéro. Les vôtres sont dans `/commandes`.
error-item-not-found = Cet article n’est pas en vente. Choisissez dans la liste que propose `/acheter`.
error-order-not-pending = Cette commande n’attend plus de paiement : elle ne peut plus être annulée. Son état est dans `/commandes`.
error-offer-gone = Cette offre a expiré ou n’est pas la vôtre. Relancez `/acheter`.
error-shop-consent = Sans votre accord sur la livraison immédiate, je ne peux pas livrer. Relancez `/acheter` et choisissez « J’accepte, payer ».
error-shop-subscribed = Vous avez déjà un abonnement. Pour changer de formule ou de période, passez par `/abonnement` ; s’il est impayé, mettez-y votre carte à jour, ou résiliez-le d’abord.
error-credit-spent = Votre crédit vient de servir à une autre commande. Recommencez : vous verrez le nouveau prix.
error-shop-free-plan = La formule gratuite est déjà celle de chaque membre : il n’y a rien à commander. Les autres sont dans `/formules`.
error-shop-in-vain = Vous avez déjà ce que cet article donne : il ne vous apporterait rien de plus. Rien n’est débité.
error-shop-gift-in-vain = Ce membre a déjà ce que vous voulez lui offrir : choisissez autre chose. Rien n’est débité.
error-shop-role-gone = Cet article n’est pas disponible pour l’instant : l’équipe doit d’abord le réparer. Rien n’est débité.
error-shop-role-stuck = Le rôle que donne cet article ne peut pas être donné pour l’instant : l’équipe est prévenue, et il sera de nouveau en vente dès que ce sera réglé. Rien n’est débité.
error-shop-suspended = Ce que cet article donne est déjà à vous, mais suspendu le temps d’une vérification : vous serez prévenu de la suite. Rien n’est débité.
error-switch-no-trial = Cette formule n’a pas d’essai gratuit : vous pourrez y passer dès que le vôtre sera terminé. Rien n’est changé.
error-switch-awaiting = ⏳ Votre premier paiement n’est pas encore arrivé : vous pourrez changer de formule dès qu’il le sera. Rien n’est changé. Où il en est se lit dans `/commandes`.
error-switch-refunding = ↩️ Un remboursement de cet abonnement est en cours : il ne peut plus changer de formule. Rien n’est changé. Une question ? `/ticket_créer`.
error-switch-disputed = ⚠️ Votre banque examine un paiement de cet abonnement : il ne peut pas changer de formule avant sa décision. Rien n’est changé. Si c’est une erreur, dites à votre banque de retirer la contestation.
error-switch-owes = ⏳ Le paiement de la période en cours n’est pas encore arrivé : vous pourrez changer de formule dès qu’il le sera. Rien n’est changé. Revoyez `/abonnement` dans une heure, ou dans quelques jours pour un prélèvement.
error-switch-reduced = Une partie de votre dernier paiement vous a été remboursée : passer à une formule moins chère la rendrait une seconde fois. Rien n’est changé. Ce sera possible à la prochaine période ; pour la suite, `/ticket_créer` mène à l’équipe.
error-switch-in-vain = Vous avez déjà cette formule, sans limite de durée : y passer ne vous apporterait rien de plus. Rien n’est changé.
error-switch-currency = La boutique vend maintenant dans une autre monnaie, et un abonnement garde la sienne : pour une autre formule, résiliez celui-ci avec `/abonnement`, puis choisissez-la dans `/formules` quand il aura pris fin. Rien n’est changé.
refund-look-for = Ce qu’il faut chercher là-bas :
refund-of-subscription = • abonnement `{ $id }`
refund-of-payment = • { $at } · { $amount } · paiement `{ $id }`
error-shop-once = Cet article ne s’achète qu’en un seul exemplaire : un second ne donnerait rien de plus. Recommencez sans quantité. Rien n’est débité.
error-refund-invoices = Cet abonnement a eu plusieurs paiements ou a changé de formule : choisissez le paiement à rembourser dans le tableau de bord de Stripe. Tout le reste suivra ici de lui-même, y compris l’avoir qu’un changement de formule a laissé.
error-refund-credit = Cette commande a été réglée par un avoir du membre ({ $amount }), qu’un changement de formule lui avait laissé : aucun paiement n’est à rembourser. Pour la défaire, arrêtez l’abonnement dans le tableau de bord de Stripe, et rendez-y l’avoir au solde du client.
error-shop-sold-out = C’est épuisé, et rien n’est débité. Ce qui est encore en vente est dans `/boutique`.
error-shop-own-waits = Ce qui reste est dans une commande à vous, pas encore payée : payez-la ou annulez-la dans `/commandes`.
error-shop-limit-waits = Une commande à vous pour cet article attend son paiement, et avec elle vous avez atteint le nombre permis par membre. Payez-la, ou annulez-la pour en passer une autre : elle est dans `/commandes`.
error-shop-member-limit = Vous avez atteint le nombre permis par membre pour cet article. Vos achats sont dans `/commandes`.
problem-only-left = { $left ->
    [one] **{ $option }** : il n’en reste qu’un. Demandez-en un.
   *[other] **{ $option }** : il n’en reste que { $left }. Demandez-en { $left } au plus.
    }
problem-member-limit = { $left ->
    [one] **{ $option }** : le nombre par membre est limité, vous pouvez encore en acheter un.
   *[other] **{ $option }** : le nombre par membre est limité, vous pouvez encore en acheter { $left }.
    }
error-shop-no-trial = L’essai gratuit n’est pas possible : il n’existe pas ici, ou vous l’avez déjà eu. Sans essai : `/acheter`.
error-shop-gift-self = Un cadeau est pour quelqu’un d’autre. Pour vous : `/acheter`.
error-shop-too-much = Cela dépasse le montant possible en une fois. Essayez une quantité plus petite.
error-shop-awaiting = Une autre commande de formule est déjà en cours de paiement. Attendez son issue : elle est dans `/commandes`.
error-shop-nothing-paid = Rien n’a été payé pour cette commande : il n’y a rien à rembourser.
error-shop-disputed = La banque examine ce paiement : le rembourser ferait payer deux fois.
error-shop-dispute-lost = La contestation est close : la banque a déjà rendu cet argent à l’acheteur, et l’accès est retiré. Il n’y a plus rien à rembourser.
error-shop-nothing-left = Tout a déjà été remboursé, ou le sera.
error-gift-not-member = Choisissez un membre du serveur : avec `/offrir`, dans la liste que Discord propose.
error-promo-trial = Un essai gratuit et un code de réduction ne vont pas ensemble. Choisissez l’un des deux.
error-gift-left = Ce membre n’est plus sur le serveur : il ne recevrait pas votre cadeau. Rien n’est débité. Choisissez quelqu’un d’autre avec `/offrir`, ou attendez son retour.
error-gift-bot = Un bot ne peut rien recevoir. Choisissez une personne.
error-gift-free-enough = Vous avez offert 5 articles gratuits en 24 heures, c’est le maximum. Rien n’a été envoyé : réessayez demain, ou choisissez un article payant.

## Abonnement
cmd-subscription-name = abonnement
cmd-subscription = Voir votre abonnement : le résilier, le reprendre, changer de carte ou de formule
subscription-none = Vous n’avez pas d’abonnement. Les formules sont dans `/formules`.
holding-title = ⭐ Ce que vous avez
holding-no-subscription = Vous n’avez pas d’abonnement : rien n’est prélevé et rien ne se renouvelle. Les formules sont dans `/formules`.
holding-gift = cadeau de { $giver }
holding-paid = jours payés, commande #{ $number }
holding-paid-once = jours payés
holding-subscription = reste d’un abonnement terminé
holding-until = jusqu’au { $at }
holding-to-come = du { $from } au { $until }
subscription-title = 🔁 Abonnement { $plan }
subscription-state-incomplete = Le premier paiement n’est pas terminé.
subscription-state-incomplete-expired = Terminé.
subscription-state-trialing = ✅ Essai gratuit en cours. Le premier paiement se fait à la fin de l’essai.
subscription-state-active = ✅ Actif, se renouvelle tout seul.
subscription-state-past-due = ⚠️ Le dernier paiement n’est pas passé. Il sera retenté ; votre accès continue pendant le délai de grâce. Mettez votre carte à jour pour le garder. Résilier arrête tout de suite l’accès et les tentatives : rien n’est prélevé.
subscription-state-past-due-over = ⚠️ Le dernier paiement n’est pas passé, et le délai de grâce est fini : votre accès est arrêté. Le paiement sera peut-être encore retenté. Mettez votre carte à jour pour retrouver votre accès, ou résiliez : plus rien n’est retenté, et vous pouvez choisir une autre formule.
subscription-state-canceled = Terminé.
subscription-state-unpaid = ⚠️ Impayé : l’accès est suspendu. Mettez votre carte à jour pour le retrouver.
subscription-state-paused = ⏸️ En pause : ajoutez une carte pour continuer.
subscription-ends = ⏹️ Résilié : actif jusqu’au { $end }, puis plus rien n’est prélevé.
subscription-ends-owes = ⏹️ Résilié. Le paiement de la période en cours est déjà lancé et sera encore prélevé ; actif jusqu’au { $end }, puis plus rien n’est prélevé.
subscription-ends-unpaid = ⏹️ Résilié, mais le paiement de la période en cours n’est pas passé et sera retenté. « Résilier » l’arrête tout de suite, avec l’accès ; sinon, une carte à jour garde l’accès jusqu’au bout de la période.
subscription-awaiting = ⏳ Le premier paiement n’est pas encore arrivé : votre accès commence dès qu’il l’est. Où il en est se lit dans `/commandes`.
subscription-awaiting-ends = ⏹️ Résilié : il ne se renouvelle pas. Le premier paiement, déjà lancé, sera encore prélevé ; votre accès commence dès qu’il est arrivé et dure jusqu’au { $end }.
subscription-disputed = ⚠️ Votre banque examine un paiement de cet abonnement : votre accès est suspendu jusqu’à sa décision.
subscription-field-price = Prix par période
subscription-field-trial = Fin de l’essai
subscription-field-next = Prochain paiement
subscription-field-credit = Votre avoir
subscription-credit-next = { $amount } : vos prochains paiements en sont pris d’abord, et rien n’est prélevé tant qu’il suffit.
subscription-credit-later = { $amount } : il sert si vous reprenez cet abonnement, ou une formule plus tard.
subscription-field-access = Accès jusqu’au
subscription-ended = ⏹️ C’est résilié. Votre accès continue jusqu’au { $end }.
subscription-ended-now = ⏹️ C’est résilié, tout de suite : le paiement qui n’était pas passé n’est plus retenté, et plus rien n’est prélevé. Votre accès a pris fin. Les formules sont dans `/formules`.
subscription-ended-owes = ⏹️ C’est résilié. Le paiement de la période en cours, déjà lancé, sera encore prélevé ; votre accès continue jusqu’au { $end }.
subscription-ended-awaiting = ⏹️ C’est résilié : il ne se renouvelle pas. Le premier paiement, déjà lancé, sera encore prélevé ; votre accès commence dès qu’il est arrivé et dure jusqu’au { $end }.
subscription-ended-disputed = ⏹️ C’est résilié : il ne se renouvelle pas. Votre accès reste suspendu jusqu’à la décision de votre banque.
subscription-credit-left = 💶 Il vous reste un avoir de { $amount } : il sera déduit si vous reprenez une formule. Pour en parler avec l’équipe, `/ticket_créer`.
subscription-resumed = ▶️ Votre abonnement reprend. Prochain paiement le { $end }.
subscription-switched = 🔀 C’est changé. Prochain paiement le { $end }.
subscription-switched-ends = 🔀 C’est changé. Il reste résilié : actif jusqu’au { $end }, puis plus rien n’est prélevé.
subscription-card = Changez votre carte et retrouvez vos factures sur la page sécurisée.
subscription-choose = Vers quelle formule ou période changer ?
subscription-no-other = Il n’y a pas d’autre formule pour l’instant.
subscription-switch = Passer à **{ $plan }** ({ $price } par période) tout de suite ?
subscription-switch-due = 💶 À payer maintenant : environ **{ $amount }**, ce qui reste de la période actuelle étant déduit. S’il vous reste un avoir d’un changement précédent, il est déduit aussi.
subscription-switch-credit = 💶 Rien à payer maintenant : environ **{ $amount }** restent à votre crédit et sont déduits de vos prochaines factures.
subscription-switch-credit-ends = 💶 Rien à payer maintenant : environ **{ $amount }** restent à votre crédit. Comme il est résilié, aucune facture ne viendra les déduire, sauf si vous le reprenez ou reprenez une formule plus tard.
subscription-switch-even = 💶 Rien à payer maintenant.
subscription-switch-next = 📅 Prochaine facture : { $price } le { $next }.
subscription-switch-ends = ⏹️ Il reste résilié : plus rien n’est prélevé ensuite.
subscription-switch-unknown = 💶 Ce qui reste de la période actuelle est déduit : la différence est prélevée tout de suite, ou portée à votre crédit.
subscription-switch-trial = Passer à **{ $plan }** ? Votre essai continue jusqu’au { $end } et rien n’est prélevé d’ici là : ensuite, { $price } par période.
subscription-switch-trial-ends = Passer à **{ $plan }** ({ $price } par période) ? Votre essai continue jusqu’au { $end }. Il est résilié : rien n’est prélevé, ni maintenant ni ensuite, sauf si vous le reprenez.
subscription-card-refused = 💳 Votre carte a été refusée : rien n’a changé et rien n’est prélevé. Changez de carte, ou voyez avec votre banque, puis recommencez.
subscription-not-now = ⏳ Le prestataire de paiement ne répond pas comme prévu. Rien n’est perdu : regardez où en est `/abonnement` et réessayez dans un instant.
button-change-card = Changer de carte
button-switch = Changer de formule
button-switch-confirm = Changer
button-resume = Reprendre
button-end = Résilier

## Équipe
cmd-refund-name = rembourser
cmd-refund = Rembourser une commande, en entier ou en partie
cmd-order_find-name = commandes_membre
cmd-order_find = Voir les commandes d’un membre (la lecture est notée)
cmd-grant-name = attribuer
cmd-grant = Donner une formule ou un rôle à un membre, sans paiement
cmd-revoke-name = retirer
cmd-revoke = Reprendre une formule ou un rôle donné à la main
cmd-evidence-name = dossier
cmd-evidence = Le dossier d’une commande, pour une contestation bancaire
opt-amount-name = montant
opt-amount = Combien rembourser, comme 4,99 ou 50 % ; sans montant, tout ce qui reste
opt-given_plan-name = formule
opt-given_plan = Le nom ou le code de la formule
opt-given_role-name = rôle
opt-given_role = Le rôle Discord
opt-given_days-name = jours
opt-given_days = Pour combien de jours ; sans nombre, sans limite
order-find-title = 🧾 Commandes du membre
refund-title = ↩️ Rembourser la commande #{ $number } · { $title } ?
refund-takes-access = Remboursement intégral : ce que la commande a donné est retiré.
refund-key-stays = Remboursement intégral : une clé déjà remise ne peut pas être reprise, le membre la connaît. Désactivez-la chez son éditeur, si c’est possible.
refund-ends-subscription = Remboursement intégral : l’abonnement est arrêté tout de suite et l’accès retiré.
refund-keeps-access = Remboursement partiel : le membre garde ce qu’il a reçu.
refund-field-amount = À rembourser
refund-field-left = Restera ensuite
button-refund-confirm = Rembourser
refund-done = ↩️ Commande #{ $number } : { $amount } en cours de remboursement. Le membre est prévenu quand c’est fait.
grant-done = 🎁 { $member } reçoit { $what }. Jusqu’à : { $until }
revoke-done = { $what } est repris à { $member }.
evidence-here = 📄 Le dossier de la commande #{ $number } est joint. Il ne contient aucun message ni le contenu livré.
evidence-line = { $name } : { $value }
evidence-order = Commande
evidence-of-server = { $number } du serveur Discord { $server }
evidence-item = Article
evidence-buyer = Acheteur
evidence-recipient = Destinataire
evidence-account = compte Discord { $id }
evidence-placed = Passée le
evidence-price = Prix convenu
evidence-state = État
evidence-consent = Accord de l’acheteur
evidence-consent-given = version { $version }, le { $at } : { $words }
evidence-checkout = Page de paiement
evidence-payment = Paiement
evidence-subscription = Abonnement
evidence-plan = formule
evidence-none = aucun
evidence-paid-at = Payée le
evidence-never = jamais
evidence-paid = Montant payé
evidence-first-then = { $first } la première période, puis { $then } par période
evidence-trial = Essai gratuit
evidence-trial-from = { $days } j, à partir du { $at }
evidence-change = Changement de formule
evidence-changed-at = { $what }, le { $at }
evidence-renews = Abonnement actuel
evidence-paid-on = { $what }, le { $at }
evidence-delivered = Livraison
evidence-delivered-at = { $what }, le { $at }
evidence-taken-back = , reprise le { $at }
evidence-refund = Remboursement
evidence-refunded-at = { $what }, le { $at }
evidence-log = Journal
evidence-program = le programme
evidence-deed-order-fulfilled = commande livrée
evidence-deed-order-stuck = livraison impossible
evidence-deed-order-state = état changé
evidence-deed-order-refunded = argent rendu
evidence-deed-order-disputed = contestation
evidence-value-amount_differs = montant reçu différent de celui convenu
evidence-value-out_of_stock = stock épuisé
evidence-value-double = payée en double
evidence-value-gone = article disparu du catalogue
evidence-value-in_vain = déjà acquis avant le paiement
evidence-value-role_gone = rôle supprimé du serveur
evidence-value-left = destinataire parti du serveur
evidence-value-member_limit = acheté au-delà de ce qu’un membre peut acheter
evidence-value-trial_used = carte déjà utilisée pour un essai
evidence-value-none = aucune
evidence-value-open = examinée par la banque
evidence-value-won = gagnée
evidence-value-lost = perdue
evidence-deed-order-read = commande consultée
evidence-deed-evidence-read = dossier consulté
evidence-deed-refund-asked = remboursement demandé
error-refund-cap = Ce montant dépasse ce que votre rang peut rembourser sur une commande. Demandez à un opérateur.
error-grant-what = Choisissez : une formule ou un rôle, l’un des deux.
error-grant-free = Tout le monde a déjà cette formule : il n’y a rien à donner.
error-grant-no-plan = Aucune formule n’a ce code.
error-revoke-none = Ce membre n’a rien de tel donné à la main. Pour ce qui est payé : `/rembourser`.
