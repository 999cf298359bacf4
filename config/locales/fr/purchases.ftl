## Noms et descriptions des commandes d’achat
cmd-buy-name = acheter
cmd-buy = Acheter une formule ou un produit
cmd-gift-name = offrir
cmd-gift = Offrir une formule ou un produit à un membre
cmd-orders-name = commandes
cmd-orders = Voir vos commandes et les cadeaux reçus
cmd-order-name = commande
cmd-order = Voir une commande : reçu, livraison, paiement, rétractation

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
buy-monthly = au mois
buy-yearly = à l’année
buy-once = Un seul paiement de { $price }, sans abonnement.
buy-renews-month = { $price } par mois. Se renouvelle chaque mois jusqu’à résiliation ; résiliable à tout moment avec `/abonnement`.
buy-renews-year = { $price } par an. Se renouvelle chaque année jusqu’à résiliation ; résiliable à tout moment avec `/abonnement`.
buy-trial = { $days ->
    [one] Essai gratuit d’un jour : rien n’est prélevé avant la fin.
   *[other] Essai gratuit de { $days } jours : rien n’est prélevé avant la fin.
    }
buy-gift-month = Un seul paiement : un mois offert, sans renouvellement.
buy-gift-year = Un seul paiement : un an offert, sans renouvellement.
buy-quantity = { $count } × { $unit }
buy-off = 💤 Les paiements ne sont pas encore ouverts ici. Rien n’a été commandé ; revenez plus tard.
buy-declined = D’accord : rien n’a été commandé.
buy-price-changed = ⚠️ Le prix a changé entre-temps. Voici le nouveau.
consent-1 = En payant, je demande la livraison immédiate de ce contenu numérique et je reconnais perdre mon droit de rétractation de 14 jours dès qu’il m’est livré.
button-agree-and-pay = J’accepte, payer
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
    Payez sur la page sécurisée, qui se ferme { $until }. Le contenu arrive ici tout seul ; sinon, « J’ai payé ».
order-not-now = ⏳ La page de paiement ne s’ouvre pas pour l’instant. Votre commande #{ $number } est gardée et rien n’est débité : réessayez dans un instant.
order-too-late = ⌛ La commande #{ $number } ne peut plus être payée : son délai est passé. Rien n’a été débité.
order-done = ✅ Commande #{ $number } : **{ $title }** est à vous, sans rien payer.
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
order-field-total = Total
order-field-paid = Payé
order-field-tax = Taxes
order-tax-unknown = détaillées sur le reçu du paiement
order-field-refunds = Remboursements
order-field-dispute = Contestation
order-field-consent = Votre accord
order-consent = Version { $version }, le { $at }
order-refund-requested = demandé
order-refund-done = effectué
order-refund-failed = refusé par la banque
order-dispute-open = examinée par la banque ; l’accès est suspendu
order-dispute-won = close, le paiement est maintenu
order-dispute-lost = close, la banque a repris le paiement
order-state-pending = En attente de paiement
order-state-awaiting = Paiement en route : certaines banques prennent quelques jours
order-state-paid = Payée, livraison en cours
order-state-fulfilled = Payée et livrée
order-state-expired = Expirée sans paiement
order-state-canceled = Annulée
order-state-failed = Le paiement n’a pas abouti
order-state-refunded = Remboursée
order-trouble-amount = Payée, mais le montant reçu diffère : l’équipe s’en occupe
order-trouble-stock = Payée trop tard, le dernier exemplaire était parti : vous êtes remboursé
order-trouble-double = Payée en double : vous êtes remboursé
order-trouble-gone = Payée, mais l’article n’existe plus : vous êtes remboursé
orders-title = 🧾 Vos commandes
orders-empty = Vous n’avez pas encore de commande. Pour commencer : `/acheter`.
order-help-subject = Commande #{ $number } · { $title }
verify-done = ✅ Paiement reçu, tout est livré.
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
delivery-keys = 🔑 Vos clés :
delivery-file = 📎 Votre fichier est joint.
delivery-role = 🎖️ Rôle { $role }
delivery-plan = ⭐ Formule **{ $plan }**
delivery-until = Jusqu’au { $until }
delivery-for-good = Sans limite de durée
delivery-plain = Livré. Rien de plus à montrer ici.

## Refus, et quoi faire à la place
error-order-not-found = Aucune commande sous ce numéro. Les vôtres sont dans `/commandes`.
error-item-not-found = Cet article n’est pas en vente. Choisissez dans la liste que propose `/acheter`.
error-order-not-pending = Cette commande n’attend plus de paiement : elle ne peut plus être annulée. Son état est dans `/commandes`.
error-offer-gone = Cette offre a expiré ou n’est pas la vôtre. Relancez `/acheter`.
error-shop-consent = Sans votre accord sur la livraison immédiate, je ne peux pas livrer. Relancez `/acheter` et choisissez « J’accepte, payer ».
error-shop-subscribed = Vous avez déjà un abonnement. Pour changer de formule ou de période, passez par `/abonnement`.
error-shop-sold-out = C’est épuisé pour l’instant. Si une commande en cours n’est pas payée, l’article revient : réessayez dans une heure.
error-shop-member-limit = Vous avez atteint le nombre permis par membre pour cet article. Vos achats sont dans `/commandes`.
error-shop-no-trial = L’essai gratuit n’est pas possible : il n’existe pas ici, ou vous l’avez déjà eu. Sans essai : `/acheter`.
error-shop-gift-self = Un cadeau est pour quelqu’un d’autre. Pour vous : `/acheter`.
error-shop-too-much = Cela dépasse le montant possible en une fois. Essayez une quantité plus petite.
error-shop-awaiting = Une autre commande de formule est déjà en cours de paiement. Attendez son issue : elle est dans `/commandes`.
error-shop-nothing-paid = Rien n’a été payé pour cette commande : il n’y a rien à rembourser.
error-shop-disputed = La banque examine ce paiement : le rembourser ferait payer deux fois.
error-shop-nothing-left = Tout a déjà été remboursé, ou le sera.
error-gift-not-member = Choisissez un membre du serveur : avec `/offrir`, dans la liste que Discord propose.
error-gift-bot = Un bot ne peut rien recevoir. Choisissez une personne.

## Abonnement
cmd-subscription-name = abonnement
cmd-subscription = Voir votre abonnement : le résilier, le reprendre, changer de carte ou de formule
subscription-none = Vous n’avez pas d’abonnement. Les formules sont dans `/acheter`.
subscription-title = 🔁 Abonnement { $plan }
subscription-state-incomplete = Le premier paiement n’est pas terminé.
subscription-state-incomplete-expired = Terminé.
subscription-state-trialing = ✅ Essai gratuit en cours. Le premier paiement se fait à la fin de l’essai.
subscription-state-active = ✅ Actif, se renouvelle tout seul.
subscription-state-past-due = ⚠️ Le dernier paiement n’est pas passé. Il sera retenté ; votre accès continue pendant le délai de grâce. Mettez votre carte à jour pour le garder.
subscription-state-canceled = Terminé.
subscription-state-unpaid = ⚠️ Impayé : l’accès est suspendu. Mettez votre carte à jour pour le retrouver.
subscription-state-paused = ⏸️ En pause : ajoutez une carte pour continuer.
subscription-ends = ⏹️ Résilié : actif jusqu’au { $end }, puis plus rien n’est prélevé.
subscription-field-price = Prix par période
subscription-field-trial = Fin de l’essai
subscription-field-next = Prochain paiement
subscription-field-access = Accès jusqu’au
subscription-ended = ⏹️ C’est résilié. Votre accès continue jusqu’au { $end }.
subscription-resumed = ▶️ Votre abonnement reprend. Prochain paiement le { $end }.
subscription-switched = 🔀 C’est changé. Prochain paiement le { $end }.
subscription-card = Changez votre carte et retrouvez vos factures sur la page sécurisée.
subscription-choose = Vers quelle formule ou période changer ?
subscription-no-other = Il n’y a pas d’autre formule pour l’instant.
subscription-switch = Passer à **{ $plan }** ({ $price } par période) tout de suite ? Ce qui reste de la période actuelle est déduit : la différence est prélevée tout de suite, ou portée à votre crédit.
subscription-not-now = ⏳ Le prestataire de paiement ne répond pas comme prévu. Rien n’est perdu : regardez où en est `/abonnement` et réessayez dans un instant.
button-change-card = Changer de carte
button-switch = Changer de formule
button-switch-confirm = Changer
button-resume = Reprendre
button-end = Résilier
